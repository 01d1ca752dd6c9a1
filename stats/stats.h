/* stats.h — pure functions on arrays and plain structs: no text, no printing, no store. GSL computes.
 *
 * Conventions: sizes are counts of elements; NaN in an input is a missing value; every function states what it does
 * with missing values and small n; results that are undefined are NaN, never 0. Functions return 0, E_DOMAIN or
 * E_MEMORY. */
#ifndef ZHIBIAO_STATS_H
#define ZHIBIAO_STATS_H

#include "data/base/error.h"

#include <stddef.h>

/* Must be called once before any other: GSL's default handler aborts. */
void stats_init(void);

/* A value known only within bounds: low <= true value <= high, either end may be infinite. An exact value has
 * low == value == high. */
struct interval {
    double value, low, high;
};
/* The guaranteed interval of a reported figure; a missing value gives three NaN. above: [value, inf); below: (-inf or
 * 0, value] — counts, money and areas cannot be negative, so `nonnegative` puts 0 there; about: value as given,
 * unbounded knowledge is not invented, so [value, value] and labelled conventional by the caller; range: [low, high].
 * `bound` takes enum bound's order. */
enum stats_bound { STATS_EXACT, STATS_ABOUT, STATS_ABOVE, STATS_BELOW, STATS_RANGE };
struct interval interval_of(double value, double low, double high, enum stats_bound bound, int nonnegative);
struct interval interval_add(struct interval a, struct interval b);
struct interval interval_scale(struct interval a, double factor);

/* Sum of n intervals by compensated summation (Neumaier 1974); missing values are skipped and counted. An end that is
 * NaN is unknown: infinite. With no value at all the sum is NaN. E_DOMAIN: an infinite value, ends that do not enclose
 * it, or a sum too large for a double; the sum is then NaN. */
struct total {
    struct interval sum;
    size_t n, missing;
};
int stats_total(const struct interval *values, size_t n, struct total *total);

/* Univariate summary of the non-missing values; sd is the sample standard deviation (n - 1), quantiles type 7. cv is
 * sd / mean, NaN unless the mean is positive. n = 0: all NaN; n = 1: sd and cv NaN. E_DOMAIN: an infinite value, or a
 * sum or spread too large for a double. */
struct summary {
    size_t n, missing;
    double sum, mean, sd, cv, min, q1, median, q3, max;
};
int stats_summary(const double *values, size_t n, struct summary *summary);

/* Comparison of n regions on one indicator, in the input's order. */
struct comparison {
    size_t rank;                 /* competition ranking (1224), largest first; 0 for a missing value */
    size_t best_rank, worst_rank;/* possible ranks given the intervals: equal when the order is certain */
    double share;                /* of the total of all non-missing values, 0..1; NaN when it is 0 or one is negative */
    double ratio_to_mean;        /* value / arithmetic mean; NaN when the mean is 0 */
    double difference_to_next;   /* value minus the next smaller distinct one's; NaN for the last */
};
/* E_DOMAIN as for stats_total; nothing in rows can be used then. */
int stats_compare(const struct interval *values, size_t n, struct comparison *rows);

#endif
