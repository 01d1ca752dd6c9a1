/* catalogue_summary.c — the definitions of the univariate statistics. */
#include "stats/catalogue.h"

#define KENDALL "M. G. Kendall and A. Stuart, The Advanced Theory of Statistics, volume 1, 4th edition, 1977, chapters 2 and 3"
#define STUDENT "Student, The probable error of a mean, Biometrika 6 (1908) 1–25"
#define HYNDMAN "R. J. Hyndman and Y. Fan, Sample quantiles in statistical packages, The American Statistician 50 (1996) 361–365"
#define JOANES "D. N. Joanes and C. A. Gill, Comparing measures of sample skewness and kurtosis, The Statistician 47 (1998) 183–189"
#define MOORE "R. E. Moore, R. B. Kearfott and M. J. Cloud, Introduction to Interval Analysis, 2009, chapter 2"
#define TUKEY "J. W. Tukey, Exploratory Data Analysis, 1977"

const struct definition definitions_summary[] = {
    {"n", "count", "个数", "How many values are not missing.", "n", KENDALL},
    {"missing", "missing values", "缺失数", "How many rows have no value; they are left out, never read as 0.", "rows − n", KENDALL},
    {"sum", "sum", "合计", "All values added exactly as decimals and rounded once; not given for means, shares, rates and prices.",
     "Σx", KENDALL},
    {"mean", "arithmetic mean", "平均数", "The exact sum divided by the count, rounded once.", "Σx/n", KENDALL},
    {"weighted_mean", "weighted mean", "加权平均数",
     "The mean with --weight; rows without value or weight are left out; weights may be 0, not negative; undefined when they "
     "add up to 0.", "Σwx/Σw", KENDALL},
    {"sd", "sample standard deviation", "标准差", "Spread around the mean, with n − 1; exact for decimals; undefined for n < 2.",
     "√(Σ(x − mean)²/(n − 1))", KENDALL},
    {"variance", "sample variance", "方差", "The square of the standard deviation; undefined for n < 2.", "Σ(x − mean)²/(n − 1)",
     KENDALL},
    {"se", "standard error of the mean", "标准误", "How much the mean would vary from sample to sample; undefined for n < 2.",
     "sd/√n", STUDENT},
    {"cv", "coefficient of variation", "变异系数", "Spread relative to the mean; undefined unless the mean is positive.", "sd/mean",
     "K. Pearson, Regression, heredity and panmixia, Philosophical Transactions A 187 (1896) 253–318"},
    {"min", "minimum", "最小值", "The smallest value.", "x(1)", KENDALL},
    {"q1", "lower quartile", "下四分位数", "A quarter of the values lie below it; --quantile-type says how it is interpolated.",
     "type 7: x at (n − 1)/4 + 1", HYNDMAN},
    {"median", "median", "中位数", "Half of the values lie below it.", "x at (n + 1)/2", HYNDMAN},
    {"q3", "upper quartile", "上四分位数", "Three quarters of the values lie below it.", "type 7: x at 3(n − 1)/4 + 1", HYNDMAN},
    {"max", "maximum", "最大值", "The largest value.", "x(n)", KENDALL},
    {"percentile", "percentile", "百分位数", "p% of the values lie below it (p5, p97.5: of --quantiles).",
     "1: x at ⌈np⌉; 6: (n + 1)p; 7: (n − 1)p + 1; 8: (n + 1/3)p + 1/3", HYNDMAN},
    {"iqr", "interquartile range", "四分位距", "What the middle half of the values spans.", "q3 − q1", TUKEY},
    {"mad", "median absolute deviation", "绝对中位差", "The median distance from the median, not rescaled.", "median |x − median|",
     "F. R. Hampel, The influence curve and its role in robust estimation, JASA 69 (1974) 383–393"},
    {"skewness", "skewness, adjusted (G1)", "偏度", "Positive: a long tail of large values. Undefined for n < 3 or equal values.",
     "n/((n − 1)(n − 2)) · Σ((x − mean)/sd)³", JOANES},
    {"kurtosis", "excess kurtosis, adjusted (G2)", "峰度",
     "Positive: heavier tails than the normal distribution's. Undefined for n < 4 or equal values.",
     "n(n + 1)/((n − 1)(n − 2)(n − 3)) · Σ((x − mean)/sd)⁴ − 3(n − 1)²/((n − 2)(n − 3))", JOANES},
    {"trimmed_mean", "trimmed mean", "截尾均值",
     "The mean without the ⌊n · trim⌋ smallest and as many largest values (--trim, 10% otherwise).", "Σ x(i)/(n − 2k), k < i <= n − k",
     TUKEY},
    {"mode", "mode", "众数", "The commonest value; of several the smallest, with a note; undefined when no value occurs twice.",
     "argmax count(x)", KENDALL},
    {"autocorrelation", "lag-1 autocorrelation", "一阶自相关系数",
     "How much a value is like the one in the row before, in the order of the rows; undefined for n < 2 or equal values.",
     "Σ(x_i − mean)(x_{i+1} − mean)/Σ(x_i − mean)²", "NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.12"},
    {"mean_ci", "confidence interval of the mean (Student's t)", "均值的置信区间",
     "Holds the mean of the population in 95% of samples (--confidence) from a normal population; undefined for n < 2.",
     "mean ± t(n − 1)·sd/√n", STUDENT},
    {"mean_ci_bootstrap", "confidence interval of the mean (percentile bootstrap)", "均值的自助法置信区间",
     "Quantiles (type 7) of the means of --bootstrap resamples drawn with replacement (MT19937, --seed, 1 otherwise); undefined "
     "for n < 2.", "q(α/2), q(1 − α/2) of the resamples' means", "B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13"},
    {"reported", "reported figure", "上报数", "What the region states of itself, with the bounds of its words (600余: at least 600).",
     "x(region)", MOORE},
    {"sum_of_parts", "sum of parts", "分项合计",
     "The sum of the topmost figures below the region, so that no region is counted with its own parts; bounds are added end by "
     "end; planned and actual, items and periods apart; never of means, shares, rates and prices.",
     "[Σ low, Σ high]", MOORE},
    {"coverage", "coverage", "覆盖率",
     "The share of the region that has a figure: a part with a figure is covered wholly, one without by the mean coverage of its "
     "own parts, each counting alike.", "c = 1 with a figure, else Σ c(child)/children", MOORE},
    {"difference_to_parts", "difference to the parts", "差额", "Reported minus sum of parts, with all that the bounds allow.",
     "[low − Σ high, high − Σ low]", MOORE},
    {"sum_of_reported", "sum of parts to reported", "分项合计占上报数之比", "Undefined when the reported figure is 0.", "Σx(part)/x(region)",
     MOORE},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
