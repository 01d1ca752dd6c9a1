/* distribution.h — values with weights, cleaned and sorted: what the indices of inequality are computed on. Internal. */
#ifndef ZHIBIAO_STATS_DISTRIBUTION_H
#define ZHIBIAO_STATS_DISTRIBUTION_H

#include "stats/inequality.h"

/* Ascending values; weights are positive and sum to 1 (unweighted: 1/n each). */
struct distribution {
    double *value, *weight;
    size_t n;
    bool weighted;
};

/* Leaves out missing values and weights and rows of weight 0, and counts them in *result. Values are multiplied by a power of
 * two so that nothing overflows on the way; *exponent (may be NULL) takes it back: value·2^exponent. E_DOMAIN, E_MEMORY. */
int distribution_make(struct distribution *distribution, const double *values, const double *weights, size_t n,
                      int *exponent, struct inequality_result *result);
void distribution_free(struct distribution *distribution);
void distribution_sort(struct distribution *distribution);
double distribution_mean(const struct distribution *distribution);

/* Why an index of this distribution is undefined; REASON_NONE: it is defined. */
enum reason inequality_domain(enum inequality index, double parameter, const struct distribution *distribution);
/* The index; the distribution must be in its domain or on its border, where the limit is given (theil_l with a zero: ∞). */
double inequality_of(enum inequality index, double parameter, const struct distribution *distribution);
/* Numerator and denominator of an index that is a ratio. */
void inequality_parts(enum inequality index, const struct distribution *distribution, double *upper, double *lower);

#endif
