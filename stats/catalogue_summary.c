/* catalogue_summary.c — the definitions of the univariate statistics. */
#include "stats/catalogue.h"

#define FISHER "R. A. Fisher, Statistical Methods for Research Workers, 1925"
#define HYNDMAN "R. J. Hyndman and Y. Fan, Sample quantiles in statistical packages, The American Statistician 50 (1996) 361–365"

const struct definition definitions_summary[] = {
    {"n", "count", "个数", "How many values are not missing.", "n", "—"},
    {"missing", "missing values", "缺失数", "How many rows have no value; they are left out, never read as 0.", "rows − n", "—"},
    {"sum", "sum", "合计", "The sum of all values, added exactly and rounded once.", "Σx", "—"},
    {"mean", "arithmetic mean", "平均数", "The sum divided by the count, exact and rounded once.", "Σx/n", FISHER},
    {"sd", "sample standard deviation", "标准差", "Spread around the mean with n − 1; undefined for n < 2.",
     "√(Σ(x − mean)²/(n − 1))", FISHER},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
