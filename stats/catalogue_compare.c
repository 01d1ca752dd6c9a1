/* catalogue_compare.c — the definitions of what `compare` says of a region among others. */
#include "stats/catalogue.h"

#define BOUNDS "Where figures have bounds it is that of the reported values."

const struct definition definitions_compare[] = {
    {"rank", "rank", "位次", "Competition rank of the value, the largest first; equals share the smaller number. A region without a figure has none. " BOUNDS,
     "1 + #{xj > xi}", "M. G. Kendall, Rank Correlation Methods, 1948, ch. 3"},
    {"ranks", "possible ranks", "可能位次", "The best and the worst rank that the bounds of all figures allow: guaranteed, however the true values lie in them.",
     "1 + #{lowj > highi} … n − #{highj < lowi}", "this project"},
    {"rank_dense", "dense rank", "密集位次", "As rank, but the next different value has the next number.", "1 + #{distinct xj > xi}", "SQL:2003, dense_rank"},
    {"rank_fractional", "fractional rank", "平均位次", "Equals share the mean of the ranks they take up.", "mean of the ranks of xi's equals", "M. G. Kendall, Rank Correlation Methods, 1948, ch. 3"},
    {"order", "order", "次序是否确定", "certain: the bounds allow one rank only; undecided: several.", "", "this project"},
    {"share_of_total", "share of the total", "占比", "The part of the sum of the compared regions; only of what may be added up and was not divided.", "xi/Σx", "this project"},
    {"ratio_to_mean", "ratio to the mean", "与均值之比", "The value over the unweighted mean of the compared regions.", "xi/x̄", "this project"},
    {"difference_to_next", "difference to the next", "与下一位之差", "How far ahead of the next lower value it is.", "x(r) − x(r+1)", "this project"},
    {"z_score", "z-score", "标准分", "Distance from the mean in sample standard deviations. Undefined where all values are equal.", "(xi − x̄)/s", "this project"},
    {"index", "index", "指数", "100 is the mean of the compared regions, or with --base that region. Undefined where the reference is not positive. Its bounds are those of the quotient of the two intervals.",
     "100·xi/x̄ or 100·xi/xb", "this project"},
    {"difference_to_base", "difference to the base", "与基准之差", "With --base.", "xi − xb", "this project"},
    {"ratio_to_base", "ratio to the base", "与基准之比", "With --base; undefined where the base is not positive.", "xi/xb", "this project"},
    {"difference_to_parent", "difference to the parent's average", "与上级均值之差", "The value less the unweighted mean of the compared regions below the same parent.", "xi − x̄p", "this project"},
    {"ratio_to_parent", "ratio to the parent's average", "与上级均值之比", "As difference_to_parent; undefined where that mean is not positive.", "xi/x̄p", "this project"},
    {"contribution_to_growth", "contribution to growth", "对增长的贡献", "The region's change from the year before over the sum of the figures of that year: over all regions that have both it adds up to the growth of their sum.",
     "(xi,t − xi,t−1)/Σ xj,t−1", "this project"},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
