/* internal.h — what the files of stats/ share and nobody else sees. */
#ifndef ZHIBIAO_STATS_INTERNAL_H
#define ZHIBIAO_STATS_INTERNAL_H

#include "stats/stats.h"

/* A running sum whose error does not grow with the number of terms. Zero-initialise it. */
struct compensated {
    double sum, correction;
};
void compensated_add(struct compensated *running, double term);
double compensated_sum(const struct compensated *running);

/* Sum of n finite numbers; intermediate overflow does not matter, only that of the result (an infinity). */
double stats_sum(const double *values, size_t n);

/* The square root of a binary128, to its last bit or two; 0 for what is not positive. */
_Float128 quad_sqrt(_Float128 value);
/* Adjusted skewness (n >= 3) and kurtosis (n >= 4) from the sums of the third and fourth powers of (x - mean) / sd, sd with
 * n - 1; left as they are for a smaller n. */
void adjusted_shape(double cubes, double fourths, double n, double *skewness, double *kurtosis);

/* What is known of a value: ends that are NaN become infinite. E_DOMAIN: value infinite, or not within its ends. */
int interval_check(struct interval *interval);

#endif
