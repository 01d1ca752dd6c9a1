/* catalogue_inequality.c — the definitions of the indices of inequality and concentration. */
#include "stats/catalogue.h"

#define COWELL "F. A. Cowell, Measuring Inequality, 3rd edition, 2011"
#define THEIL "H. Theil, Economics and Information Theory, 1967, chapter 4"
#define SHORROCKS "A. F. Shorrocks, The class of additively decomposable inequality measures, Econometrica 48 (1980) 613–625"
#define HIRSCHMAN "A. O. Hirschman, National Power and the Structure of Foreign Trade, 1945; O. C. Herfindahl, 1950"
#define BOUNDED " Missing values and rows of weight 0 are left out."

const struct definition definitions_inequality[] = {
    {"gini", "Gini index", "基尼系数",
     "Half the mean difference of two rows relative to the mean: 0 for equal values, 1 − 1/n when one row has all. Refuses "
     "negative values and a sum of 0." BOUNDED,
     "Σij wi wj |xi − xj| / 2μ, Σw = 1", "C. Gini, Variabilità e mutabilità, 1912; " COWELL},
    {"gini_corrected", "Gini index, small-sample corrected", "修正基尼系数",
     "The Gini index scaled so that it can reach 1; needs n ≥ 2, not defined with weights.", "gini · n/(n − 1)",
     "G. Deltas, The small-sample bias of the Gini coefficient, Review of Economics and Statistics 85 (2003) 226–234"},
    {"theil_t", "Theil's T", "泰尔指数T",
     "Information gained when shares of the population become shares of the value; a zero counts as 0 ln 0 = 0. Refuses "
     "negative values and a sum of 0." BOUNDED,
     "Σ w (x/μ) ln(x/μ)", THEIL},
    {"theil_l", "Theil's L, mean logarithmic deviation", "泰尔指数L",
     "The mean of ln(μ/x), more sensitive to small values than T; needs positive values." BOUNDED, "Σ w ln(μ/x)", THEIL},
    {"atkinson", "Atkinson index", "阿特金森指数",
     "The part of the total that could be given up if it were spread equally, by an aversion ε to inequality (--epsilon); needs values "
     "≥ 0, positive ones for ε ≥ 1." BOUNDED,
     "1 − (Σ w x^(1−ε))^(1/(1−ε))/μ; ε = 1: 1 − exp(Σ w ln x)/μ",
     "A. B. Atkinson, On the measurement of inequality, Journal of Economic Theory 2 (1970) 244–263"},
    {"generalized_entropy", "generalized entropy", "广义熵指数",
     "A family with the parameter α (--alpha): 0 is Theil's L, 1 Theil's T, 2 half the squared coefficient of variation; "
     "needs values ≥ 0, positive ones for α ≤ 0." BOUNDED,
     "(Σ w (x/μ)^α − 1)/(α(α − 1))", SHORROCKS},
    {"kolm", "Kolm index", "科尔姆指数",
     "The amount a head that could be given up for equality by an aversion α (--kolm); the same when every value grows by the same "
     "amount; in the unit of the values, to which α belongs; takes negative values too." BOUNDED,
     "ln(Σ w e^(α(μ − x)))/α", "S.-C. Kolm, Unequal inequalities I, Journal of Economic Theory 12 (1976) 416–442"},
    {"hoover", "Hoover index", "胡佛指数",
     "The part of the total that would have to move for equality; refuses negative values and a sum of 0." BOUNDED, "Σ w |x − μ|/2μ",
     "E. M. Hoover, Interstate redistribution of population, 1850–1940, Journal of Economic History 1 (1941) 199–205"},
    {"cv_population", "coefficient of variation (population); Williamson's with weights", "加权变异系数（威廉姆森系数）",
     "The standard deviation with n, or with weights, relative to the mean; undefined unless the mean is positive." BOUNDED,
     "√(Σ w (x − μ)²)/μ",
     "J. G. Williamson, Regional inequality and the process of national development, Economic Development and Cultural Change 13 "
     "(1965) 3–84"},
    {"hhi", "Herfindahl–Hirschman index", "赫芬达尔指数",
     "The sum of the squared shares of the total: 1/n for equal shares, 1 when one row has all. With weights the shares are those "
     "of weight times value. Refuses negative values and a sum of 0.",
     "Σ s²", HIRSCHMAN},
    {"hhi_normalized", "Herfindahl–Hirschman index, normalised", "标准化赫芬达尔指数", "From 0 to 1 whatever n is; needs n ≥ 2.",
     "(hhi − 1/n)/(1 − 1/n)", HIRSCHMAN},
    {"equivalent_number", "equivalent number", "等效单位数", "How many equal rows would be as concentrated.", "1/hhi",
     "M. A. Adelman, Comment on the H concentration measure as a numbers-equivalent, Review of Economics and Statistics 51 "
     "(1969) 99–101"},
    {"palma", "Palma ratio", "帕尔马比值",
     "The share of the top tenth (of the weight) relative to that of the bottom four tenths; a row on the border counts in part.",
     "S(top 10%)/S(bottom 40%)", "J. G. Palma, Homogeneous middles vs. heterogeneous tails, Development and Change 42 (2011) 87–153"},
    {"s80_s20", "quintile share ratio", "五等份收入比", "The share of the top fifth relative to that of the bottom fifth.",
     "S(top 20%)/S(bottom 20%)", "Eurostat, Statistics on income and living conditions: S80/S20"},
    {"p90_p10", "ratio of percentiles 90 and 10", "九一分位比",
     "Quantiles of type 7; with weights the smallest value that has the part p of the weight at or below it.", "P90/P10", COWELL},
    {"p90_p50", "ratio of percentiles 90 and 50", "九五分位比", "As p90_p10.", "P90/P50", COWELL},
    {"p50_p10", "ratio of percentiles 50 and 10", "五一分位比", "As p90_p10.", "P50/P10", COWELL},
    {"max_min", "ratio of the largest to the smallest value", "极值比", "Needs a positive smallest value.", "max x/min x", COWELL},
    {"theil_t_between", "Theil's T between groups", "泰尔指数T组间",
     "The part of T that lies between the groups' means; of a tree, between the groups of a level inside those above.",
     "Σg sg ln(sg/wg)", SHORROCKS},
    {"theil_t_within", "Theil's T within groups", "泰尔指数T组内", "The part of T that lies inside the (finest) groups.", "Σg sg Tg",
     SHORROCKS},
    {"theil_t_between_share", "share of Theil's T between groups", "泰尔指数T组间贡献率", "What lies between groups, as a part of T.",
     "between/T", SHORROCKS},
    {"theil_t_within_share", "share of Theil's T within groups", "泰尔指数T组内贡献率", "What lies within groups, as a part of T.",
     "within/T", SHORROCKS},
    {"theil_t_share", "share of Theil's T", "泰尔指数T贡献率", "What the inequality inside this group contributes to T, as a part of T.",
     "sg Tg/T", SHORROCKS},
    {"theil_l_between", "Theil's L between groups", "泰尔指数L组间",
     "The part of L that lies between the groups' means; of a tree, between the groups of a level inside those above.",
     "Σg wg ln(wg/sg)", SHORROCKS},
    {"theil_l_within", "Theil's L within groups", "泰尔指数L组内", "The part of L that lies inside the (finest) groups.", "Σg wg Lg",
     SHORROCKS},
    {"theil_l_between_share", "share of Theil's L between groups", "泰尔指数L组间贡献率", "What lies between groups, as a part of L.",
     "between/L", SHORROCKS},
    {"theil_l_within_share", "share of Theil's L within groups", "泰尔指数L组内贡献率", "What lies within groups, as a part of L.",
     "within/L", SHORROCKS},
    {"theil_l_share", "share of Theil's L", "泰尔指数L贡献率", "What the inequality inside this group contributes to L, as a part of L.",
     "wg Lg/L", SHORROCKS},
    {"weight_share", "share of the weight", "权重份额", "The group's part of the sum of weights (of the rows, without weights).", "Σg w/Σ w",
     "—"},
    {"value_share", "share of the value", "数值份额", "The group's part of the total, weights included.", "Σg wx/Σ wx", "—"},
    {"lorenz_population", "Lorenz curve, share of the population", "洛伦兹曲线：人口累计比重",
     "The part of the weight (of the rows, without weights) up to this row, from the smallest value up.", "Σ(1…i) w",
     "M. O. Lorenz, Methods of measuring the concentration of wealth, Publications of the American Statistical Association 9 "
     "(1905) 209–219"},
    {"lorenz_value", "Lorenz curve, share of the value", "洛伦兹曲线：数值累计比重", "The part of the total up to this row.",
     "Σ(1…i) wx/Σ wx",
     "M. O. Lorenz, Methods of measuring the concentration of wealth, Publications of the American Statistical Association 9 "
     "(1905) 209–219"},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
