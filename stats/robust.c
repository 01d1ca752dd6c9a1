/* robust.c — regression that few wild values cannot turn, by GSL's iteratively reweighted least squares. */
#include "stats/regression.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit.h>
#include <math.h>

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
    if ((design = gsl_matrix_alloc(n, terms)) == NULL || (covariance = gsl_matrix_alloc(terms, terms)) == NULL ||
        (response = gsl_vector_alloc(n)) == NULL || (b = gsl_vector_alloc(terms)) == NULL ||
        (work = gsl_multifit_robust_alloc(weights == ROBUST_huber ? gsl_multifit_robust_huber : gsl_multifit_robust_bisquare, n, terms)) == NULL)
        goto done;
    for (size_t i = 0; i < n; i++) {
        gsl_vector_set(response, i, y[i]);
        for (size_t k = 0; k < terms; k++)
            gsl_matrix_set(design, i, k, x[k * n + i]);
    }
    status = E_OK;
    switch (gsl_multifit_robust(design, response, b, covariance, work)) {
    case GSL_SUCCESS: break;
    case GSL_EMAXITER: fit->reason = fit->test_reason = REASON_NOT_CONVERGED; goto done;
    default: fit->reason = fit->test_reason = REASON_SINGULAR; goto done;
    }
    gsl_multifit_robust_stats about = gsl_multifit_robust_statistics(work);
    fit->residual_sd = about.sigma;
    fit->r_squared = about.Rsq;
    fit->adjusted_r_squared = about.adj_Rsq;
    for (size_t k = 0; k < terms; k++) {
        struct coefficient *c = &coefficients[k];
        c->value = gsl_vector_get(b, k);
        c->se = sqrt(gsl_matrix_get(covariance, k, k));
        c->t = c->value / c->se;
        c->p = 2 * gsl_cdf_tdist_Q(fabs(c->t), (double)fit->df_residual);
        double reach = gsl_cdf_tdist_Pinv(1 - (1 - confidence) / 2, (double)fit->df_residual) * c->se;
        c->low = c->value - reach;
        c->high = c->value + reach;
        if (!(c->se > 0))
            fit->test_reason = REASON_EXACT_FIT;
    }
done:
    gsl_multifit_robust_free(work);
    gsl_vector_free(b);
    gsl_vector_free(response);
    gsl_matrix_free(covariance);
    gsl_matrix_free(design);
    return status;
}
