/* regression.c — least squares in binary128.
 *
 * The error of a QR solution is about the condition number of X times the rounding unit: 10^-34 leaves sixteen digits at a
 * condition of 10^18, where a double has none (NIST StRD Filip: 10^15). So nothing is scaled, centred or pivoted; columns
 * that depend on one another show as a diagonal of R that is rounding only. */
#include "stats/regression.h"

#include "stats/internal.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define DEPENDENT 1e-27      /* of a column's length: less is rounding */
#define ROUNDING_ONLY 1e-27  /* of the length of y */

static bool finite_quad(_Float128 value)
{
    return value - value == 0;
}

static _Float128 dot(const _Float128 *a, const _Float128 *b, size_t n)
{
    _Float128 sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* Householder vectors in the columns of a (below and on the diagonal), R above it, its diagonal in r. Returns the first column
 * that the ones before it explain, or `terms`. */
static size_t factorise(_Float128 *a, size_t n, size_t terms, _Float128 *r, _Float128 *scale)
{
    for (size_t k = 0; k < terms; k++) {
        _Float128 *v = a + k * n;
        _Float128 whole = dot(v, v, n), rest = dot(v + k, v + k, n - k);
        if (!(rest > (_Float128)DEPENDENT * DEPENDENT * whole))
            return k;
        _Float128 length = quad_sqrt(rest);
        r[k] = v[k] > 0 ? -length : length;
        v[k] -= r[k];
        scale[k] = -1 / (r[k] * v[k]);  /* 2 / vᵀv */
        for (size_t j = k + 1; j < terms; j++) {
            _Float128 *c = a + j * n, factor = scale[k] * dot(v + k, c + k, n - k);
            for (size_t i = k; i < n; i++)
                c[i] -= factor * v[i];
        }
    }
    return terms;
}

/* b = R⁻¹ Qᵀ y; y is overwritten. */
static void solve(const _Float128 *a, size_t n, size_t terms, const _Float128 *r, const _Float128 *scale, _Float128 *y, _Float128 *b)
{
    for (size_t k = 0; k < terms; k++) {
        const _Float128 *v = a + k * n;
        _Float128 factor = scale[k] * dot(v + k, y + k, n - k);
        for (size_t i = k; i < n; i++)
            y[i] -= factor * v[i];
    }
    for (size_t k = terms; k-- > 0;) {
        b[k] = y[k];
        for (size_t j = k + 1; j < terms; j++)
            b[k] -= a[j * n + k] * b[j];
        b[k] /= r[k];
    }
}

static void residuals(const _Float128 *x, const _Float128 *y, const _Float128 *b, size_t n, size_t terms, _Float128 *rest)
{
    memcpy(rest, y, n * sizeof *rest);
    for (size_t k = 0; k < terms; k++)
        for (size_t i = 0; i < n; i++)
            rest[i] -= x[k * n + i] * b[k];
}

/* The diagonal of (XᵀX)⁻¹ = R⁻¹ R⁻ᵀ: the squared lengths of the rows of R⁻¹. column: [terms]. */
static void inverse_diagonal(const _Float128 *a, size_t n, size_t terms, const _Float128 *r, _Float128 *column, _Float128 *diagonal)
{
    for (size_t k = 0; k < terms; k++)
        diagonal[k] = 0;
    for (size_t j = 0; j < terms; j++) {
        for (size_t k = j + 1; k-- > 0;) {
            column[k] = k == j;
            for (size_t i = k + 1; i <= j; i++)
                column[k] -= a[i * n + k] * column[i];
            column[k] /= r[k];
            diagonal[k] += column[k] * column[k];
        }
    }
}

static void undefined(struct coefficient *coefficients, size_t terms, struct regression *fit)
{
    for (size_t k = 0; k < terms; k++)
        coefficients[k] = (struct coefficient){NAN, NAN, NAN, NAN, NAN, NAN};
    fit->residual_ss = fit->model_ss = fit->total_ss = fit->residual_sd = fit->r_squared = fit->adjusted_r_squared = fit->f = fit->f_p = NAN;
}

/* Standard errors, tests and intervals; what is undefined stays NaN. variance: of the residual. */
static void infer(struct coefficient *c, double se, size_t df, double confidence)
{
    c->se = se;
    c->t = c->value / se;
    c->p = 2 * gsl_cdf_tdist_Q(fabs(c->t), (double)df);
    double reach = gsl_cdf_tdist_Pinv(1 - (1 - confidence) / 2, (double)df) * se;
    c->low = c->value - reach;
    c->high = c->value + reach;
}

int stats_regression(const _Float128 *x, const _Float128 *y, size_t n, size_t terms, bool intercept, double confidence,
                     struct coefficient *coefficients, struct regression *fit)
{
    _Float128 *work = NULL;
    *fit = (struct regression){.n = n, .terms = terms, .df_model = terms - intercept, .df_residual = n > terms ? n - terms : 0};
    undefined(coefficients, terms, fit);
    for (size_t i = 0; i < n * terms; i++)
        if (!finite_quad(x[i]))
            return E_DOMAIN;
    for (size_t i = 0; i < n; i++)
        if (!finite_quad(y[i]))
            return E_DOMAIN;
    if (n < terms || n == 0) {
        fit->reason = fit->test_reason = n == 0 ? REASON_EMPTY : REASON_MORE_COLUMNS;
        return E_OK;
    }
    if (n > SIZE_MAX / sizeof *work / (terms + 8))
        return E_MEMORY;
    work = malloc((n * terms + 2 * n + 6 * terms) * sizeof *work);
    if (work == NULL)
        return E_MEMORY;
    _Float128 *a = work, *rest = a + n * terms, *copy = rest + n, *r = copy + n, *scale = r + terms, *b = scale + terms, *step = b + terms,
              *column = step + terms, *diagonal = column + terms;
    memcpy(a, x, n * terms * sizeof *a);
    fit->dependent = factorise(a, n, terms, r, scale);
    if (fit->dependent < terms) {
        fit->reason = fit->test_reason = REASON_SINGULAR;
        goto done;
    }
    memcpy(copy, y, n * sizeof *copy);
    solve(a, n, terms, r, scale, copy, b);
    /* one step of refinement: the residual of the residual */
    residuals(x, y, b, n, terms, rest);
    memcpy(copy, rest, n * sizeof *copy);
    solve(a, n, terms, r, scale, copy, step);
    for (size_t k = 0; k < terms; k++)
        b[k] += step[k];
    residuals(x, y, b, n, terms, rest);

    _Float128 mean = 0, total = 0, left = dot(rest, rest, n), whole = dot(y, y, n);
    for (size_t i = 0; intercept && i < n; i++)
        mean += y[i];
    mean /= n;
    for (size_t i = 0; i < n; i++)
        total += (y[i] - mean) * (y[i] - mean);
    bool exact = !(left > (_Float128)ROUNDING_ONLY * ROUNDING_ONLY * whole);
    if (exact)
        left = 0;
    fit->residual_ss = (double)left;
    fit->total_ss = (double)total;
    fit->model_ss = (double)(total - left);
    for (size_t k = 0; k < terms; k++)
        coefficients[k].value = (double)b[k];
    bool constant = !(total > (_Float128)ROUNDING_ONLY * ROUNDING_ONLY * whole);
    if (!constant)
        fit->r_squared = (double)(1 - left / total);
    if (fit->df_residual == 0) {
        fit->test_reason = REASON_TOO_FEW;
        goto done;
    }
    _Float128 variance = left / fit->df_residual;
    fit->residual_sd = (double)quad_sqrt(variance);
    if (!constant)
        fit->adjusted_r_squared = (double)(1 - variance / (total / (n - intercept)));
    if (exact) {
        fit->test_reason = constant ? REASON_CONSTANT : REASON_EXACT_FIT;
        for (size_t k = 0; k < terms; k++)
            coefficients[k].se = 0;
        goto done;
    }
    if (fit->df_model > 0) {
        fit->f = (double)((total - left) / fit->df_model / variance);
        fit->f_p = gsl_cdf_fdist_Q(fit->f, (double)fit->df_model, (double)fit->df_residual);
    }
    inverse_diagonal(a, n, terms, r, column, diagonal);
    for (size_t k = 0; k < terms; k++)
        infer(&coefficients[k], (double)quad_sqrt(variance * diagonal[k]), fit->df_residual, confidence);
done:
    free(work);
    return E_OK;
}
