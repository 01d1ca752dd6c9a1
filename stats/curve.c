/* curve.c — see curve.h. */
#include "stats/curve.h"

#include "stats/stats.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_fit.h>
#include <math.h>
#include <stdlib.h>

int curve_line(const double *x, const double *y, size_t n, struct line_fit *fit)
{
    double *pairs = malloc((n > 0 ? n : 1) * 2 * sizeof *pairs), c00, c01, c11, ssr, sum_y = 0, total = 0;
    size_t used = 0;
    *fit = (struct line_fit){.intercept = NAN, .slope = NAN, .r_squared = NAN, .residual_sd = NAN, .mean_x = NAN, .sum_xx = NAN, .t = NAN};
    if (pairs == NULL)
        return E_MEMORY;
    for (size_t i = 0; i < n; i++)
        if (isfinite(x[i]) && isfinite(y[i])) {
            pairs[2 * used] = x[i];
            pairs[2 * used++ + 1] = y[i];
        }
    fit->n = used;
    if (used >= 3) {
        double mean_x = 0, sum_xx = 0;
        for (size_t i = 0; i < used; i++) {
            mean_x += pairs[2 * i] / (double)used;
            sum_y += pairs[2 * i + 1] / (double)used;
        }
        for (size_t i = 0; i < used; i++) {
            sum_xx += (pairs[2 * i] - mean_x) * (pairs[2 * i] - mean_x);
            total += (pairs[2 * i + 1] - sum_y) * (pairs[2 * i + 1] - sum_y);
        }
        if (sum_xx > 0 && isfinite(sum_xx) && gsl_fit_linear(pairs, 2, pairs + 1, 2, used, &fit->intercept, &fit->slope, &c00, &c01, &c11, &ssr) == 0) {
            fit->mean_x = mean_x;
            fit->sum_xx = sum_xx;
            fit->residual_sd = sqrt(ssr / (double)(used - 2));
            fit->r_squared = total > 0 ? 1 - ssr / total : NAN;
            fit->t = gsl_cdf_tdist_Pinv(0.975, (double)(used - 2));
        }
    }
    free(pairs);
    return E_OK;
}

void curve_line_at(const struct line_fit *fit, double x, double *y, double *half_width)
{
    *y = fit->intercept + fit->slope * x;
    *half_width = fit->t * fit->residual_sd * sqrt(1 / (double)fit->n + (x - fit->mean_x) * (x - fit->mean_x) / fit->sum_xx);
}

int curve_density(const double *values, size_t n, const double *points, size_t count, double *density, int *defined)
{
    struct summary summary;
    int code = stats_summary(values, n, &summary);
    *defined = 0;
    for (size_t i = 0; i < count; i++)
        density[i] = NAN;
    if (code != E_OK)
        return code;
    double spread = summary.sd, quartiles = (summary.q3 - summary.q1) / 1.34;
    if (quartiles > 0)
        spread = fmin(spread, quartiles);
    if (summary.n < 3 || !(spread > 0))
        return E_OK;
    double width = 0.9 * spread * pow((double)summary.n, -0.2), norm = 1 / ((double)summary.n * width * sqrt(2 * M_PI));
    for (size_t i = 0; i < count; i++) {
        double sum = 0;
        for (size_t k = 0; k < n; k++) {
            double z = (points[i] - values[k]) / width;
            if (z > -8 && z < 8)   /* false for NaN, too */
                sum += exp(-z * z / 2);
        }
        density[i] = sum * norm;
    }
    *defined = 1;
    return E_OK;
}

struct share {
    double value, weight;
};

static int poorer(const void *a, const void *b)
{
    const struct share *p = a, *q = b;
    double left = p->value * q->weight, right = q->value * p->weight;   /* value per unit of weight */
    return (left > right) - (left < right);
}

int curve_lorenz(const double *values, const double *weights, size_t n, double *share_x, double *share_y, size_t *count, double *gini)
{
    struct share *shares = malloc((n > 0 ? n : 1) * sizeof *shares);
    double total = 0, weight = 0, x = 0, y = 0, area = 0;
    size_t used = 0;
    int code = E_OK;
    *count = 0;
    *gini = NAN;
    if (shares == NULL)
        return E_MEMORY;
    for (size_t i = 0; i < n && code == E_OK; i++) {
        double w = weights == NULL ? 1 : weights[i];
        if (isnan(values[i]) || isnan(w) || w == 0)
            continue;
        if (values[i] < 0 || w < 0 || isinf(values[i]) || isinf(w))
            code = E_DOMAIN;
        /* a value is per unit: 3 people with 100 each have 300 of the total */
        shares[used++] = (struct share){values[i] * w, w};
        total += values[i] * w;
        weight += w;
    }
    if (code == E_OK && !(total > 0 && isfinite(total) && weight > 0))
        code = E_DOMAIN;
    if (code == E_OK) {
        qsort(shares, used, sizeof *shares, poorer);
        share_x[0] = share_y[0] = 0;
        for (size_t i = 0; i < used; i++) {
            double next_x = x + shares[i].weight / weight, next_y = y + shares[i].value / total;
            area += (next_x - x) * (y + next_y) / 2;
            share_x[i + 1] = x = next_x;
            share_y[i + 1] = y = next_y;
        }
        share_x[used] = share_y[used] = 1;
        *count = used;
        *gini = 1 - 2 * area;
    }
    free(shares);
    return code;
}
