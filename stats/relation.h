/* relation.h — how two variables go together, and whether samples differ: coefficients, tests, effect sizes.
 *
 * Values are finite; rows with a missing one are left out before. Undefined results are NaN with a reason. */
#ifndef ZHIBIAO_STATS_RELATION_H
#define ZHIBIAO_STATS_RELATION_H

#include "stats/reason.h"
#include "stats/stats.h"

#include <stdbool.h>

/* Mid-ranks from 1: equal values share the mean of their ranks. ranks: [n]. *ties: Σ(t³ - t) over groups of t equal values.
 * E_MEMORY. */
int stats_ranks(const double *values, size_t n, double *ranks, double *ties);

struct correlation {
    size_t n;
    double value;
    double low, high;        /* confidence interval by Fisher's z; NaN for n < 4 and for ±1 */
    double p;                /* two-sided */
    bool exact;              /* p is of the exact distribution */
    enum reason reason, test_reason;
};
/* x, y: [n]. Pearson: p by Student's t with n - 2. Spearman: Pearson of mid-ranks, p exact by enumeration for n <= 9 without
 * ties, else Student's t; interval with Fieller, Hartley and Pearson's variance 1.06/(n - 3). Kendall's tau-b: p exact without
 * ties for n < 50, else normal with the variance for ties (M. G. Kendall, Rank Correlation Methods, 1948; W. R. Knight, JASA 61
 * (1966) 436–439 for the counting); interval with variance 0.437/(n - 4). E_MEMORY, E_DOMAIN: a value is not finite. */
int stats_pearson(const double *x, const double *y, size_t n, double confidence, struct correlation *correlation);
int stats_spearman(const double *x, const double *y, size_t n, double confidence, struct correlation *correlation);
int stats_kendall(const double *x, const double *y, size_t n, double confidence, struct correlation *correlation);

/* A test of samples: its statistic, degrees of freedom (NaN where there are none), p, and an effect size. */
struct test {
    size_t n;
    double statistic, df, df_second, p;
    double estimate, low, high;  /* welch: difference of means with its interval */
    double effect;
    bool exact;
    enum reason reason;
};
/* B. L. Welch, Biometrika 34 (1947) 28–35; effect: Hedges' g. Both samples need two values.
 * OVERFLOW: a variance is too large for a double. */
int stats_welch(const double *a, size_t n, const double *b, size_t m, double confidence, struct test *test);
/* H. B. Mann and D. R. Whitney, Annals of Mathematical Statistics 18 (1947) 50–60: statistic U of a (as R's W); exact without
 * ties when both have fewer than 50 values, else normal with corrections for ties and continuity; effect: rank-biserial. */
int stats_mann_whitney(const double *a, size_t n, const double *b, size_t m, struct test *test);
/* W. H. Kruskal and W. A. Wallis, JASA 47 (1952) 583–621, corrected for ties; effect: ε² = H/(n - 1). */
int stats_kruskal_wallis(const double *values, const size_t *group, size_t n, size_t groups, struct test *test);
/* Pearson's χ² of a table of counts[rows][columns], without continuity correction; effect: Cramér's V. Rows and columns that
 * are empty do not count. E_DOMAIN: a negative count. */
int stats_chi_square(const double *counts, size_t rows, size_t columns, struct test *test);

/* p values of several tests, NaN among them left out. S. Holm, Scandinavian Journal of Statistics 6 (1979) 65–70; Y. Benjamini
 * and Y. Hochberg, JRSS B 57 (1995) 289–300. adjusted: [n]. E_MEMORY. */
int stats_adjust_holm(const double *p, size_t n, double *adjusted);
int stats_adjust_bh(const double *p, size_t n, double *adjusted);

#endif
