/* regression.h — least squares, robust regression and one-way analysis of variance, computed in binary128.
 *
 * Ordinary data lose nothing; ill-conditioned ones (a polynomial of degree ten, values that differ in the thirteenth digit)
 * keep all fifteen digits of a double, if they are given as the decimals they are (quad.h). Rows with a missing value must
 * be left out before. */
#ifndef ZHIBIAO_STATS_REGRESSION_H
#define ZHIBIAO_STATS_REGRESSION_H

#include "stats/reason.h"
#include "stats/stats.h"

#include <stdbool.h>

struct coefficient {
    double value, se, t, p;      /* p: two-sided, Student's t with df_residual */
    double low, high;            /* the confidence interval */
};
/* What a fit says of itself. Undefined results are NaN; `reason` says why all, `test_reason` why standard errors and tests are. */
struct regression {
    size_t n, terms;             /* rows; coefficients, the intercept included */
    size_t df_model, df_residual;
    double residual_ss, model_ss, total_ss;  /* about the mean with an intercept, else about 0 */
    double residual_sd, r_squared, adjusted_r_squared, f, f_p;
    enum reason reason, test_reason;
    size_t dependent;            /* REASON_SINGULAR: the first term that the ones before it explain */
};

/* y = Xb by Householder's QR (G. H. Golub, Numerische Mathematik 7 (1965) 206–216) in binary128, once refined.
 * x: [terms][n], column after column; the intercept, where there is one, is the caller's first column, all 1, and `intercept`
 * tells. coefficients: [terms]. n = terms fits without tests (TOO_FEW); n < terms: REASON_MORE_COLUMNS; columns that depend
 * on one another: REASON_SINGULAR; a residual that is nothing but rounding: 0, the tests are REASON_EXACT_FIT. confidence: 0.95.
 * E_MEMORY; E_DOMAIN: a value that is not finite. */
int stats_regression(const _Float128 *x, const _Float128 *y, size_t n, size_t terms, bool intercept, double confidence,
                     struct coefficient *coefficients, struct regression *fit);

/* The same model by iteratively reweighted least squares with Tukey's bisquare or Huber's weights (GSL, gsl_multifit_robust;
 * P. J. Huber, Robust Statistics, 1981). residual_sd is the robust scale; f and p are not defined. x: [terms][n], terms >= 1. Reasons
 * as above; NOT_CONVERGED. */
enum robust_weights { ROBUST_bisquare, ROBUST_huber };
int stats_robust(const double *x, const double *y, size_t n, size_t terms, enum robust_weights weights, bool intercept,
                 double confidence, struct coefficient *coefficients, struct regression *fit);

/* One-way analysis of variance (R. A. Fisher, Statistical Methods for Research Workers, 1925). */
struct anova {
    size_t n, groups, df_between, df_within;
    double between_ss, within_ss, total_ss, between_ms, within_ms, f, p;
    double residual_sd;          /* root of within_ms */
    double eta_squared;          /* between_ss / total_ss: R² */
    double omega_squared;        /* (between_ss - df_between · within_ms) / (total_ss + within_ms) */
    enum reason reason;
};
/* group[i]: 0 <= group[i] < groups; groups without a row do not count. Fewer than two groups, or no more rows than groups:
 * TOO_FEW; all values equal: CONSTANT; no variation within groups: EXACT_FIT, f is NaN. E_MEMORY, E_DOMAIN as above. */
int stats_anova(const _Float128 *values, const size_t *group, size_t n, size_t groups, struct anova *anova);

#endif
