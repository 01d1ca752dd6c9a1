/* inequality.h — how unevenly something is spread over regions: indices, their bounds, and what groups explain of them.
 *
 * Every index is one of a distribution: values x_i with weights w_i that are normalised to Σw = 1 (all equal without weights).
 * Weights are population sizes: a weight of 3 is the same as three rows of weight 1, except for the statistics that count
 * rows, which are refused with weights. A NaN value or weight is missing and counted; a row of weight 0 counts for nothing
 * (ZERO_WEIGHTS where no other row is left).
 * All indices are 0 when the values are equal, and do not change when every value is multiplied by the same factor. */
#ifndef ZHIBIAO_STATS_INEQUALITY_H
#define ZHIBIAO_STATS_INEQUALITY_H

#include "stats/reason.h"
#include "stats/stats.h"

#include <stdbool.h>

/* What `parameter` is: none is read where it says nothing. ε > 0 for atkinson; α, any number, for generalized_entropy;
 * upper and lower percentage of ratios are fixed by their names. */
enum inequality {
    INEQUALITY_gini,                /* Σ_ij w_i w_j |x_i - x_j| / 2μ */
    INEQUALITY_gini_corrected,      /* gini · n/(n - 1) */
    INEQUALITY_theil_t,             /* Σ w (x/μ) ln(x/μ), with 0 ln 0 = 0 */
    INEQUALITY_theil_l,             /* Σ w ln(μ/x), x > 0 */
    INEQUALITY_atkinson,            /* 1 - (Σ w x^(1-ε))^(1/(1-ε)) / μ */
    INEQUALITY_generalized_entropy, /* (Σ w (x/μ)^α - 1) / (α(α - 1)) */
    INEQUALITY_hoover,              /* Σ w |x - μ| / 2μ */
    INEQUALITY_cv,                  /* sd(n - 1)/μ */
    INEQUALITY_cv_population,       /* sd(n)/μ; with weights Williamson's V_w */
    INEQUALITY_hhi,                 /* Σ s², s_i = w_i x_i / Σ w x */
    INEQUALITY_hhi_normalized,      /* (hhi - 1/n)/(1 - 1/n) */
    INEQUALITY_equivalent_number,   /* 1/hhi */
    INEQUALITY_palma,               /* share of the top 10 % / share of the bottom 40 % */
    INEQUALITY_s80_s20,             /* share of the top fifth / share of the bottom fifth */
    INEQUALITY_p90_p10,             /* ratios of quantiles: type 7; with weights the inverse of the distribution function */
    INEQUALITY_p90_p50,
    INEQUALITY_p50_p10,
    INEQUALITY_max_min,
    INEQUALITY_COUNT
};

/* What is known of a bound of an index. */
enum sharpness {
    SHARPNESS_exact,      /* the data have no bounds: low = value = high */
    SHARPNESS_sharp,      /* both ends are attained (or approached) by values within the bounds */
    SHARPNESS_enclosure,  /* the index is certainly within; the interval may be wider than need be */
};

struct inequality_result {
    double value;             /* NaN: undefined, `reason` says why */
    double low, high;         /* over all values within the bounds; high may be infinite; NaN where unknown */
    enum sharpness sharpness;
    enum reason reason;       /* of value */
    enum reason bound_reason; /* why low and high are NaN although there are bounds */
    size_t n, missing, zero_weight;
};

/* One index of n values. weights: [n] or NULL. Undefined results are NaN with a reason; they are no error. E_DOMAIN: an
 * infinite value or weight, a negative weight. E_MEMORY. */
int stats_inequality(enum inequality index, double parameter, const double *values, const double *weights, size_t n,
                     struct inequality_result *result);

/* Several indices of the same values, for which these are sorted once. results: [count]. */
struct inequality_wish {
    enum inequality index;
    double parameter;
};
int stats_inequalities(const struct inequality_wish *wishes, size_t count, const double *values, const double *weights, size_t n,
                       struct inequality_result *results);

/* The same as stats_inequality for values known within bounds, with the interval of the index over all values within them. weights are exact.
 * How, and why it is right, is told in inequality_bounds.c. E_DOMAIN also for ends that do not enclose their value. */
int stats_inequality_bounds(enum inequality index, double parameter, const struct interval *values, const double *weights,
                            size_t n, struct inequality_result *result);

/* Kolm's index ln(Σ w e^(α(μ - x)))/α for α > 0: invariant to adding a constant, in the unit of the values, so that the
 * values' unit and α belong together. No overflow on the way. */
int stats_kolm(double alpha, const double *values, const double *weights, size_t n, struct inequality_result *result);

/* The Lorenz curve: points (share of weight, share of value), from the smallest value up, the first (0, 0), the last (1, 1).
 * population, share: [n + 1] each, filled up to *points. Undefined as the Gini index: *points is 0 then, *reason says why. */
int stats_lorenz(const double *values, const double *weights, size_t n, double *population, double *share, size_t *points,
                 enum reason *reason);

/* Theil's T and L of n values split along a tree of groups.
 * group[k][i]: the group of row i at level k, 0 <= group[k][i] < groups[k]; level 0 is the coarsest, and rows that share a group
 * at level k share one at k - 1. components: [levels + 1]; component k < levels is what lies between the groups of level k
 * inside those of level k - 1 (inside the whole for k = 0), component `levels` what lies within the finest groups. The
 * components add up to the total. theil_l needs positive values: NaN otherwise; reason_t, reason_l say why one is NaN. */
struct theil_split {
    double t, l;
};
struct theil_total {
    double t, l;
    enum reason reason_t, reason_l;
    size_t n, missing, zero_weight;
};
int stats_theil_split(const double *values, const double *weights, size_t n, const size_t *const *group,
                      const size_t *groups, size_t levels, struct theil_split *components, struct theil_total *total);

/* What each group of one level is: its part of the weight and of the value, its mean, and what its inner inequality
 * contributes to the whole: value_share·T_g and weight_share·L_g. A group without rows has n = 0 and NaN. */
struct theil_group {
    size_t n;
    double weight_share, value_share, mean, t, l, contribution_t, contribution_l;
};
int stats_theil_groups(const double *values, const double *weights, size_t n, const size_t *group, size_t groups,
                       struct theil_group *results);

/* The key of an index in every output: "theil_t". */
const char *inequality_name(enum inequality index);
const char *sharpness_name(enum sharpness sharpness);

#endif
