/* summary.c — the univariate summary of a series.
 *
 * Requirement 1: missing values (NaN) are left out and counted; an infinite value is E_DOMAIN.
 * Requirement 2: mean = Σx/n; sd = √(Σ(x - mean)²/(n - 1)), undefined (NaN) for n < 2; cv = sd/mean, undefined unless
 *                the mean is positive (the coefficient of variation is a measure for ratio scales).
 * Requirement 3: quantiles by linear interpolation at (n - 1)p, Hyndman & Fan, Sample quantiles in statistical
 *                packages, The American Statistician 50 (1996) 361–365, type 7: R's and GSL's default.
 * Requirement 4: the order of the input does not matter: everything is computed on the sorted values.
 * Requirement 5: what a double can hold is found, also where squares on the way overflow or vanish: mean and sd are
 *                computed on values scaled by a power of two, which is exact. */
#include "stats/internal.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

static const struct summary undefined = {
    .sum = NAN, .mean = NAN, .sd = NAN, .cv = NAN, .min = NAN, .q1 = NAN, .median = NAN, .q3 = NAN, .max = NAN};

int stats_summary(const double *values, size_t n, struct summary *summary)
{
    int result = E_OK;
    double *sorted = NULL;
    struct summary s = undefined;

    if (n > SIZE_MAX / sizeof *sorted || (sorted = malloc((n ? n : 1) * sizeof *sorted)) == NULL) {
        result = E_MEMORY;
        goto done;
    }
    for (size_t i = 0; i < n; i++) {
        if (isnan(values[i])) {
            s.missing++;
        } else if (isinf(values[i])) {
            result = E_DOMAIN;
            goto done;
        } else {
            sorted[s.n++] = values[i];
        }
    }
    if (s.n == 0)
        goto done;

    gsl_sort(sorted, 1, s.n);
    s.min = sorted[0];
    s.max = sorted[s.n - 1];
    s.q1 = gsl_stats_quantile_from_sorted_data(sorted, 1, s.n, 0.25);
    s.median = gsl_stats_quantile_from_sorted_data(sorted, 1, s.n, 0.5);
    s.q3 = gsl_stats_quantile_from_sorted_data(sorted, 1, s.n, 0.75);
    s.sum = stats_sum(sorted, s.n);

    int exponent = 0;
    frexp(fmax(fabs(s.min), fabs(s.max)), &exponent);
    for (size_t i = 0; i < s.n; i++)
        sorted[i] = ldexp(sorted[i], -exponent);
    double mean = s.sum == 0 ? 0 : gsl_stats_mean(sorted, 1, s.n);  /* no rounding dust where values cancel */
    s.mean = ldexp(mean, exponent);
    if (s.n >= 2) {
        double sd = gsl_stats_sd_m(sorted, 1, s.n, mean);
        s.sd = ldexp(sd, exponent);
        if (mean > 0)
            s.cv = sd / mean;
    }
    if (!isfinite(s.sum) || isinf(s.sd) || isinf(s.cv))
        result = E_DOMAIN;
done:
    free(sorted);
    if (result != E_OK)
        s = undefined;
    *summary = s;
    return result;
}
