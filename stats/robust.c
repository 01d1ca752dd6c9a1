/* robust.c — regression that few wild values cannot turn, by GSL's iteratively reweighted least squares.
 *
 * GSL takes a singular design for a regular one, and its sums of squares overflow: so the design is looked at by the QR of
 * regression.c first, and each column is brought to at most 1 by a power of two, which changes no digit. */
#include "stats/regression.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit.h>
#include <math.h>
#include <setjmp.h>
#include <stdlib.h>

/* Whether the columns depend on one another, in *fit. */
static int look_at_design(const double *x, const double *y, size_t n, size_t terms, bool intercept, struct regression *fit)
{
    struct regression plain;
    struct coefficient *unused = malloc(terms * sizeof *unused);
    _Float128 *wide = malloc((terms + 1) * n * sizeof *wide);
    int status = unused == NULL || wide == NULL ? E_MEMORY : E_OK;
    for (size_t i = 0; i < n * terms && status == E_OK; i++)
        wide[i] = x[i];
    for (size_t i = 0; i < n && status == E_OK; i++)
        wide[n * terms + i] = y[i];
    if (status == E_OK && (status = stats_regression(wide, wide + n * terms, n, terms, intercept, 0.95, unused, &plain)) == E_OK) {
        fit->reason = fit->test_reason = plain.reason;
        fit->dependent = plain.dependent;
    }
    free(wide);
    free(unused);
    return status;
}

/* The power of two that brings the largest of n values to below 1 and at least 1/2; 0 for zeros. */
static int exponent_of(const double *values, size_t n)
{
    double largest = 0;
    int exponent;
    for (size_t i = 0; i < n; i++)
        largest = fmax(largest, fabs(values[i]));
    frexp(largest, &exponent);
    return exponent;
}

static jmp_buf *without_memory;

static void gsl_trouble(const char *reason, const char *file, int line, int code)
{
    (void)reason, (void)file, (void)line;
    if (code == GSL_ENOMEM && without_memory != NULL)
        longjmp(*without_memory, 1);
}

/* gsl_multifit_robust allocates inside of its decompositions, and would go on with NULL there. Who has no memory gets
 * GSL_ENOMEM instead; what was allocated on the way there is lost. */
static int fit_robust(const gsl_matrix *design, const gsl_vector *response, gsl_vector *b, gsl_matrix *covariance, gsl_multifit_robust_workspace *work)
{
    jmp_buf back;
    volatile int code = GSL_ENOMEM;
    gsl_error_handler_t *before = gsl_set_error_handler(gsl_trouble);
    without_memory = &back;
    if (setjmp(back) == 0)
        code = gsl_multifit_robust(design, response, b, covariance, work);
    without_memory = NULL;
    gsl_set_error_handler(before);
    return code;
}

int stats_robust(const double *x, const double *y, size_t n, size_t terms, enum robust_weights weights, bool intercept,
                 double confidence, struct coefficient *coefficients, struct regression *fit)
{
    int status = E_MEMORY;
    gsl_matrix *design = NULL, *covariance = NULL;
    gsl_vector *response = NULL, *b = NULL;
    gsl_multifit_robust_workspace *work = NULL;
    *fit = (struct regression){.n = n, .terms = terms, .df_model = terms - intercept, .df_residual = n > terms ? n - terms : 0};
    fit->residual_ss = fit->model_ss = fit->total_ss = fit->residual_sd = fit->r_squared = fit->adjusted_r_squared = fit->f = fit->f_p = NAN;
    for (size_t k = 0; k < terms; k++)
        coefficients[k] = (struct coefficient){NAN, NAN, NAN, NAN, NAN, NAN};
    for (size_t i = 0; i < n * terms; i++)
        if (!isfinite(x[i]))
            return E_DOMAIN;
    for (size_t i = 0; i < n; i++)
        if (!isfinite(y[i]))
            return E_DOMAIN;
    if (n <= terms) {
        fit->reason = fit->test_reason = n == 0 ? REASON_EMPTY : REASON_MORE_COLUMNS;
        return E_OK;
    }
    if (terms == 0)
        return E_DOMAIN;
    if ((status = look_at_design(x, y, n, terms, intercept, fit)) != E_OK || fit->reason != REASON_NONE)
        return status;
    status = E_MEMORY;
    int exponent = exponent_of(y, n);
    if ((design = gsl_matrix_alloc(n, terms)) == NULL || (covariance = gsl_matrix_alloc(terms, terms)) == NULL ||
        (response = gsl_vector_alloc(n)) == NULL || (b = gsl_vector_alloc(terms)) == NULL ||
        (work = gsl_multifit_robust_alloc(weights == ROBUST_huber ? gsl_multifit_robust_huber : gsl_multifit_robust_bisquare, n, terms)) == NULL)
        goto done;
    for (size_t i = 0; i < n; i++)
        gsl_vector_set(response, i, ldexp(y[i], -exponent));
    for (size_t k = 0; k < terms; k++) {
        int power = exponent_of(x + k * n, n);
        for (size_t i = 0; i < n; i++)
            gsl_matrix_set(design, i, k, ldexp(x[k * n + i], -power));
    }
    int fitted = fit_robust(design, response, b, covariance, work);
    if (fitted == GSL_ENOMEM)
        goto done;
    status = E_OK;
    switch (fitted) {
    case GSL_SUCCESS: break;
    case GSL_EMAXITER: fit->reason = fit->test_reason = REASON_NOT_CONVERGED; goto done;
    default: fit->reason = fit->test_reason = REASON_SINGULAR; goto done;
    }
    gsl_multifit_robust_stats about = gsl_multifit_robust_statistics(work);
    fit->residual_sd = ldexp(about.sigma, exponent);
    fit->r_squared = about.Rsq;
    fit->adjusted_r_squared = about.adj_Rsq;
    for (size_t k = 0; k < terms; k++) {
        struct coefficient *c = &coefficients[k];
        int unit = exponent - exponent_of(x + k * n, n);
        double value = gsl_vector_get(b, k), se = sqrt(gsl_matrix_get(covariance, k, k));
        c->t = value / se;
        c->value = ldexp(value, unit);
        c->se = ldexp(se, unit);
        c->p = 2 * gsl_cdf_tdist_Q(fabs(c->t), (double)fit->df_residual);
        double reach = gsl_cdf_tdist_Pinv(1 - (1 - confidence) / 2, (double)fit->df_residual) * c->se;
        c->low = c->value - reach;
        c->high = c->value + reach;
        if (!(c->se > 0))
            fit->test_reason = REASON_EXACT_FIT;
    }
done:
    if (work != NULL)      /* GSL's other functions of this kind look themselves */
        gsl_multifit_robust_free(work);
    gsl_vector_free(b);
    gsl_vector_free(response);
    gsl_matrix_free(covariance);
    gsl_matrix_free(design);
    return status;
}
