/* structure.h — what an economy is made of, compared with a reference, and what its change is made of.
 *
 * Inputs are intervals (an exact value has low == value == high; a value of NaN is missing). Results carry the interval in
 * which they must lie over all values within the bounds. Undefined is NaN with a reason, never an error. */
#ifndef ZHIBIAO_STATS_STRUCTURE_H
#define ZHIBIAO_STATS_STRUCTURE_H

#include "stats/inequality.h"
#include "stats/reason.h"
#include "stats/stats.h"

struct structure_result {
    struct interval value;   /* NaN: undefined, `reason` says why */
    enum sharpness sharpness;
    enum reason reason;
};

/* Location quotient (e_ij/e_j)/(e_i/e) from the four parts of the table that do not overlap, so that nothing is counted twice
 * in its bounds: the cell, the rest of its region, the rest of its industry, and all else. Sharp. A part below 0 or missing, or
 * a region or industry of 0: undefined. */
int stats_location_quotient(struct interval cell, struct interval rest_of_region, struct interval rest_of_industry,
                            struct interval rest, struct structure_result *result);

/* The same against a reference that stands on its own (a national table): (cell/(cell + rest))/(reference/(reference + rest)). The
 * bounds take both tables as independent: an enclosure where the region is part of the reference. */
int stats_share_ratio(struct interval cell, struct interval rest, struct interval reference_cell,
                      struct interval reference_rest, struct structure_result *result);

/* How a region's structure differs from a reference's; n industries each. An industry that is missing in either is left out
 * of both and counted. Values below 0 and structures of sum 0 are refused. */
struct specialization {
    struct structure_result krugman;     /* Σ|s_i - r_i| of the shares: 0 equal, 2 nothing in common */
    struct structure_result gini;        /* Gini index of the n ratios s_i/r_i (Farhauer and Kröll): needs r_i > 0 */
    struct structure_result hhi;         /* Σ s_i² of the region's own shares */
    struct structure_result entropy;     /* -Σ s_i ln s_i: ln n for equal shares */
    size_t n, missing;
};
int stats_specialization(const struct interval *region, const struct interval *reference, size_t n,
                         struct specialization *result);

/* Shift-share analysis after Dunn: of each of n industries the change in the region as the sum of
 *   national   e_0 (N_1/N_0 - 1)          what it had gained had it grown as the reference did as a whole,
 *   structural e_0 (n_1/n_0 - N_1/N_0)    what its industry's growth adds,
 *   regional   e_1 - e_0 n_1/n_0          what is left: the region's own;
 * net = structural + regional. N is the sum over the n industries. An industry that is missing at either time in either table is
 * left out of all and counted. n_0 must be positive in every industry, nothing negative. E_MEMORY. */
struct shift_share {
    struct interval change, national, structural, regional, net;
    enum reason reason;
};
int stats_shift_share(const struct interval *region_0, const struct interval *region_1, const struct interval *reference_0,
                      const struct interval *reference_1, size_t n, struct shift_share *industries,
                      struct shift_share *total, size_t *missing);

/* LMDI-I, additive: the change of Σ_i Π_k x_ki between two times as the sum of one effect for each of k factors,
 *   Δ_k = Σ_i L(y_1i, y_0i) ln(x_1ki/x_0ki),   L(a, b) = (a - b)/ln(a/b), L(a, a) = a,   y_i = Π_k x_ki.
 * x_0, x_1: [factors][n], row by row. Values of 0 are taken in the limit (Ang and Liu 2007): what comes from or goes to 0 is
 * shared equally by the factors that are 0. Rows with a missing value are left out and counted; a value below 0 is refused.
 * Effects and total add up without remainder. */
int stats_lmdi(const struct interval *x_0, const struct interval *x_1, size_t factors, size_t n, struct interval *effects,
               struct interval *total, enum reason *reason, size_t *missing);

/* (a - b)/ln(a/b), the logarithmic mean of two values >= 0. */
double logarithmic_mean(double a, double b);

#endif
