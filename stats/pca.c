/* pca.c — principal components of the correlation matrix (K. Pearson 1901; H. Hotelling 1933; I. Jolliffe, Principal Component
 * Analysis (2002), chapters 2–3), by GSL's symmetric eigenvalue solver.
 *
 * A component's sign is not determined by the data: here the loadings of each add up to something not negative, so that a
 * high score means high indicators. */
#include "stats/score.h"

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

/* Standardised columns; what is wrong with *column otherwise. */
static enum reason standardise(const double *x, size_t n, size_t k, double *z, size_t *column)
{
    for (size_t j = 0; j < k; j++) {
        double mean = gsl_stats_mean(x + j, k, n), sd = gsl_stats_sd_m(x + j, k, n, mean);
        bool constant = true;
        for (size_t i = 0; i < n; i++) {
            constant = constant && x[i * k + j] == x[j];
            z[i * k + j] = (x[i * k + j] - mean) / sd;
        }
        if (constant || !(sd > 0) || isinf(sd)) {
            *column = j;
            return constant || sd == 0 ? REASON_CONSTANT : REASON_OVERFLOW;
        }
    }
    return REASON_NONE;
}

int stats_pca(const double *x, size_t n, size_t k, double *variances, double *loadings, double *scores, enum reason *reason,
              size_t *column)
{
    int status = E_MEMORY;
    gsl_matrix *correlation = NULL, *vectors = NULL;
    gsl_vector *values = NULL;
    gsl_eigen_symmv_workspace *space = NULL;
    double *z = NULL;
    *reason = n == 0 || k == 0 ? REASON_EMPTY : n < 2 ? REASON_TOO_FEW : REASON_NONE;
    *column = 0;
    if (*reason != REASON_NONE)
        return E_OK;
    z = malloc(n * k * sizeof *z);
    correlation = gsl_matrix_alloc(k, k);
    vectors = gsl_matrix_alloc(k, k);
    values = gsl_vector_alloc(k);
    space = gsl_eigen_symmv_alloc(k);
    if (z == NULL || correlation == NULL || vectors == NULL || values == NULL || space == NULL)
        goto done;
    status = E_OK;
    if ((*reason = standardise(x, n, k, z, column)) != REASON_NONE)
        goto done;
    for (size_t a = 0; a < k; a++) {
        for (size_t b = 0; b <= a; b++) {
            double sum = 0;
            for (size_t i = 0; i < n; i++)
                sum += z[i * k + a] * z[i * k + b];
            double r = a == b ? 1 : sum / (double)(n - 1);
            gsl_matrix_set(correlation, a, b, r);
            gsl_matrix_set(correlation, b, a, r);
        }
    }
    if (gsl_eigen_symmv(correlation, values, vectors, space) != 0 ||
        gsl_eigen_symmv_sort(values, vectors, GSL_EIGEN_SORT_VAL_DESC) != 0) {
        *reason = REASON_NOT_CONVERGED;
        goto done;
    }
    for (size_t c = 0; c < k; c++) {
        double sum = 0;
        for (size_t j = 0; j < k; j++)
            sum += gsl_matrix_get(vectors, j, c);
        variances[c] = fmax(0, gsl_vector_get(values, c));
        for (size_t j = 0; j < k; j++)
            loadings[j * k + c] = (sum < 0 ? -1 : 1) * gsl_matrix_get(vectors, j, c);
    }
    for (size_t i = 0; i < n && scores != NULL; i++)
        for (size_t c = 0; c < k; c++) {
            scores[i * k + c] = 0;
            for (size_t j = 0; j < k; j++)
                scores[i * k + c] += z[i * k + j] * loadings[j * k + c];
        }
done:
    free(z);
    gsl_matrix_free(correlation);
    gsl_matrix_free(vectors);
    gsl_vector_free(values);
    gsl_eigen_symmv_free(space);
    return status;
}
