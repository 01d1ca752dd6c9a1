/* trend.h — change over time: growth between two points, straight lines, Theil–Sen and Mann–Kendall, convergence of regions. */
#ifndef ZHIBIAO_STATS_TREND_H
#define ZHIBIAO_STATS_TREND_H

#include "stats/reason.h"
#include "stats/stats.h"

#include <stdbool.h>

/* Change from one value to another over `years` (> 0). The ends may be known within bounds; so is then the result. */
struct growth {
    struct interval change;      /* last - first */
    struct interval rate;        /* last/first - 1; NaN with reason for first <= 0 */
    struct interval annual;      /* compound: (last/first)^(1/years) - 1; last >= 0 */
    enum reason rate_reason, annual_reason;
};
void stats_growth(struct interval first, struct interval last, double years, struct growth *growth);

/* The line of least squares of value on time, with Student's test of its slope (stats/regression.h), and the rank-based ones:
 * Theil and Sen's slope, the median of the slopes of all pairs at different times, with Sen's interval (P. K. Sen, JASA 63 (1968)
 * 1379–1389), and the test of Mann and Kendall: S, Z with corrections for ties and continuity, two-sided p (H. B. Mann,
 * Econometrica 13 (1945) 245–259). */
struct trend {
    size_t n;
    double slope, slope_se, slope_low, slope_high, slope_p, intercept, r_squared;
    enum reason reason, test_reason;          /* of the line */
    double sen, sen_low, sen_high;
    double s, z, mann_kendall_p, tau;
    enum reason sen_reason, mann_kendall_reason;
};
/* time, value: [n], finite, in any order; several values of one time are allowed. n <= TREND_MOST. E_MEMORY, E_DOMAIN. */
#define TREND_MOST 20000u
int stats_trend(const double *time, const double *value, size_t n, double confidence, struct trend *trend);

/* Unconditional β-convergence (R. J. Barro and X. Sala-i-Martin, Journal of Political Economy 100 (1992) 223–251): the slope
 * of ln(last/first)/years on ln first over regions, and the speed λ = -ln(1 + β·years)/years (NaN where 1 + β·years <= 0). */
struct convergence {
    size_t n, left_out;          /* regions; those without a positive value at both times */
    double beta, beta_se, beta_p, intercept, r_squared;
    double lambda, half_life;    /* ln 2 / λ: years; NaN unless λ > 0 */
    enum reason reason, test_reason, lambda_reason;
};
int stats_beta_convergence(const double *first, const double *last, size_t n, double years, struct convergence *convergence);
/* σ-convergence: the population standard deviation of ln x over the positive values. *used: how many. */
double stats_sigma(const double *values, size_t n, size_t *used, enum reason *reason);

#endif
