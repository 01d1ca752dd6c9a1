/* words.h — the few words that charts say themselves, in Chinese and English. Internal to plots/. */
#ifndef ZHIBIAO_PLOTS_WORDS_H
#define ZHIBIAO_PLOTS_WORDS_H

#include <stdbool.h>

#define WORDS(X)                                                                                       \
    X(colon, "：", ": ")                                                                               \
    X(semicolon, "；", "; ")                                                                           \
    X(unit, "单位：", "Unit: ")                                                                        \
    X(source, "来源：", "Source: ")                                                                    \
    X(note, "说明：", "Note: ")                                                                        \
    X(comma, "、", ", ")                                                                               \
    X(missing, "缺", "n/a")                                                                            \
    X(about, "约", "c. ")                                                                              \
    X(planned, "（计划）", " (planned)")                                                               \
    X(estimated, "（估计）", " (estimate)")                                                            \
    X(to, " 至 ", " to ")                                                                              \
    X(note_both, "≥、≤ 与箭头：只知下限、只知上限", "≥, ≤ and arrows: only a lower, only an upper bound is known")  \
    X(note_above, "≥ 与箭头：只知下限", "≥ and arrow: only a lower bound is known")                    \
    X(note_below, "≤ 与箭头：只知上限", "≤ and arrow: only an upper bound is known")                   \
    X(note_both_written, "≥、≤：只知下限、只知上限", "≥, ≤: only a lower, only an upper bound is known")  \
    X(note_above_written, "≥：只知下限", "≥: only a lower bound is known")                             \
    X(note_below_written, "≤：只知上限", "≤: only an upper bound is known")                            \
    X(note_edged, "虚线框：只知上下限、计划或估计", "dashed edge: bounds only, planned or estimated")  \
    X(note_shares, "≥、≤、约与区间：占比只知范围", "≥, ≤, c. and ranges: only bounds of the share are known") \
    X(note_counted, "约数、区间、计划与估计按其数值计入", "figures with bounds, planned and estimated ones count by their value") \
    X(note_not_counted, "不含无数据的", "without those that have no data")                             \
    X(note_ranks, "须线：可能的名次", "whisker: the ranks that are possible")                          \
    X(note_range, "须线：上下限", "whisker: from the lower to the upper bound")                        \
    X(note_about, "约：概数", "c.: approximate")                                                       \
    X(note_planned, "空心：计划数", "hollow: planned")                                                 \
    X(note_estimated, "浅色：估计数", "lighter: estimate")                                             \
    X(note_missing, "缺：无数据", "n/a: no data")                                                      \
    X(note_mean_actual, "均值不含计划数", "mean without what is planned")                                   \
    X(note_unlabelled, "名称未全部标出", "not all names are shown")                                    \
    X(note_unlabelled_lines, "灰线未标名", "grey lines are not named")                                 \
    X(mean, "平均", "Mean")                                                                            \
    X(median, "中位数", "Median")                                                                      \
    X(share, "占比", "Share")                                                                          \
    X(others, "其余", "Others")                                                                        \
    X(box_note, "箱：四分位数；线：中位数；须：1.5 倍四分位距以内；点：其外", \
      "box: quartiles; line: median; whiskers: within 1.5 interquartile ranges; dots: beyond")         \
    X(strip_note, "竖线：中位数", "vertical line: median")                                               \
    X(fit_note, "直线：最小二乘；浅带：95% 置信带", "line: least squares; band: 95% confidence")          \
    X(trend_note, "虚线：最小二乘；括号内：年均增长", "dashed: least squares; in brackets: mean growth a year") \
    X(density_note, "曲线：核密度", "curve: kernel density")                                           \
    X(density, "密度", "Density")                                                                      \
    X(count, "个数", "Count")                                                                          \
    X(each, "每项", "each")                                                                            \
    X(gini, "基尼系数", "Gini")                                                                        \
    X(equality, "完全均等", "Equality")                                                                \
    X(lorenz_x, "由低到高的累计个数占比（%）", "Cumulative share of units, lowest first (%)")          \
    X(lorenz_x_weighted, "由低到高的累计权重占比（%）", "Cumulative share of weight, lowest first (%)")  \
    X(lorenz_of, "累计%s占比（%%）", "Cumulative share of %s (%%)")                                      \
    X(lorenz_of_lowest, "由低到高的累计%s占比（%%）", "Cumulative share of %s, lowest first (%%)")       \
    X(lorenz_y, "累计数值占比（%）", "Cumulative share of the total (%)")                              \
    X(classes_quantile, "分级：分位数；括号内为地区个数", "classes: quantiles; regions in brackets")                 \
    X(classes_equal, "分级：等距；括号内为地区个数", "classes: equal widths; regions in brackets")                \
    X(classes_jenks, "分级：自然断点；括号内为地区个数", "classes: natural breaks (Jenks); regions in brackets")    \
    X(heat_note, "每列由浅到深为由低到高", "each column runs from light for its lowest to dark for its highest") \
    X(rank_note, "名次，1 为最高", "rank, 1 is the highest")

struct words {
    bool english;
#define X(name, chinese, english) const char *name;
    WORDS(X)
#undef X
};
extern const struct words words_chinese, words_english;

struct arena;
/* "yuan per person" of "元/人"; what is not among the usual units stays. NULL without memory. */
const char *words_unit(struct arena *arena, const struct words *words, const char *unit);

#endif
