/* describe.c — the univariate description of a sample.
 *
 * Requirement 1: nothing is silent: a statistic that is undefined for these values has the reason beside it.
 * Requirement 2: the order of rows changes nothing but the autocorrelation.
 * Requirement 3: sum, mean, variance and sd of decimals are exact and rounded once (exact.c); of doubles they are computed in
 *                binary128 in two passes, so that neither cancelling nor overflow on the way costs a digit. */
#include "stats/exact.h"
#include "stats/internal.h"
#include "stats/sample.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *description_name(enum description_id id)
{
    static const char *const names[] = {
#define X(name) #name,
        DESCRIPTION_STATISTICS(X)
#undef X
    };
    return names[id];
}

static long double ten_to(int power)
{
    long double ten = 1;
    for (int i = 0; i < power; i++)
        ten *= 10;
    return ten;
}

/* A value at the sample's scale. */
static long double at(const struct sample *s, size_t i)
{
    return s->scaled != NULL ? (long double)s->scaled[i] : (long double)s->value[i];
}

/* ---- moments of doubles ---- */

static void quad_moments(const double *value, size_t n, struct exact_moments *m)
{
    _Float128 sum = 0, squares = 0, neighbours = 0, last = 0;
    *m = (struct exact_moments){NAN, NAN, NAN, NAN, NAN, NAN, NAN, false};
    if (n == 0)
        return;
    for (size_t i = 0; i < n; i++)
        sum += value[i];
    _Float128 mean = sum / n;
    m->sum = (double)sum;
    m->mean = (double)mean;
    if (n < 2)
        return;
    m->constant = true;
    for (size_t i = 0; i < n; i++) {
        _Float128 deviation = value[i] - mean;
        squares += deviation * deviation;
        neighbours += deviation * last;
        last = deviation;
        m->constant = m->constant && value[i] == value[0];
    }
    if (m->constant)
        squares = 0;
    _Float128 sd = quad_sqrt(squares / (n - 1));
    m->variance = (double)(squares / (n - 1));
    m->sd = (double)sd;
    if (m->constant)
        return;
    m->autocorrelation = (double)(neighbours / squares);
    struct compensated cubes = {0, 0}, fourths = {0, 0};
    for (size_t i = 0; i < n; i++) {
        double z = (double)((value[i] - mean) / sd), square = z * z;
        compensated_add(&cubes, square * z);
        compensated_add(&fourths, square * square);
    }
    adjusted_shape(compensated_sum(&cubes), compensated_sum(&fourths), (double)n, &m->skewness, &m->kurtosis);
}

/* ---- order statistics ---- */

/* Median of |x − median|: the sorted sample's deviations are two ascending runs, walked from the middle outwards. */
static double median_deviation(const struct sample *s)
{
    size_t n = s->n, right = n / 2, left = right, wanted = (n - 1) / 2;
    long double median = (at(s, (n - 1) / 2) + at(s, n / 2)) / 2, deviation = 0, first = 0;
    for (size_t i = 0; i <= n / 2; i++) {
        bool down = left > 0 && (right == n || median - at(s, left - 1) <= at(s, right) - median);
        deviation = down ? median - at(s, --left) : at(s, right++) - median;
        if (i == wanted)
            first = deviation;
    }
    return (double)((first + deviation) / 2 / ten_to(s->scale));
}

static void find_mode(const struct sample *s, struct description *d)
{
    size_t run = 1;
    double mode = NAN;
    d->mode_count = 0;
    d->modes = 0;
    for (size_t i = 1; i <= s->n; i++) {
        if (i < s->n && at(s, i) == at(s, i - 1)) {
            run++;
            continue;
        }
        if (run > d->mode_count) {
            d->mode_count = run;
            d->modes = 0;
            mode = s->scaled != NULL ? exact_value(s->scaled[i - 1], s->scale) : s->value[i - 1];
        }
        d->modes += run == d->mode_count;
        run = 1;
    }
    d->value[DESCRIPTION_mode] = d->mode_count > 1 || s->n == 1 ? mode : NAN;
    d->reason[DESCRIPTION_mode] = d->mode_count > 1 || s->n == 1 ? REASON_NONE : REASON_NO_MODE;
}

static double trimmed_mean(const struct sample *s, double trim)
{
    size_t cut = (size_t)floor((double)s->n * trim + 1e-9);
    if (2 * cut >= s->n)
        return sample_quantile(s, 0.5, 7);
    if (s->scaled == NULL) {
        _Float128 sum = 0;
        for (size_t i = cut; i < s->n - cut; i++)
            sum += s->value[i];
        return (double)(sum / (s->n - 2 * cut));
    }
    __int128 sum = 0;
    for (size_t i = cut; i < s->n - cut; i++)
        sum += s->scaled[i];
    return (double)((_Float128)sum / ((_Float128)(s->n - 2 * cut) * ten_to(s->scale)));
}

/* Student's t exceeded with probability q < 0.5: GSL's inverse has 12 digits, two steps of Newton's method give the rest. */
static double student_quantile(double q, double freedom)
{
    double t = gsl_cdf_tdist_Qinv(q, freedom);
    for (int i = 0; i < 2; i++) {
        double density = gsl_ran_tdist_pdf(t, freedom);
        if (isfinite(t) && density > 0)
            t += (gsl_cdf_tdist_Q(t, freedom) - q) / density;
    }
    return t;
}

/* ---- the description ---- */

static void undefined(struct description *d, enum description_id id, enum reason reason)
{
    d->value[id] = NAN;
    d->reason[id] = reason;
}

static void put_moments(struct description *d, const struct exact_moments *m)
{
    double n = (double)d->n;
    d->value[DESCRIPTION_sum] = m->sum;
    d->value[DESCRIPTION_mean] = m->mean;
    d->value[DESCRIPTION_variance] = m->variance;
    d->value[DESCRIPTION_sd] = m->sd;
    d->value[DESCRIPTION_se] = m->sd / sqrt(n);
    d->value[DESCRIPTION_cv] = m->mean > 0 ? m->sd / m->mean : NAN;
    d->value[DESCRIPTION_skewness] = m->skewness;
    d->value[DESCRIPTION_kurtosis] = m->kurtosis;
    d->value[DESCRIPTION_autocorrelation] = m->autocorrelation;
    if (!(m->mean > 0))
        undefined(d, DESCRIPTION_cv, REASON_MEAN_NOT_POSITIVE);
    if (m->constant) {
        undefined(d, DESCRIPTION_skewness, REASON_CONSTANT);
        undefined(d, DESCRIPTION_kurtosis, REASON_CONSTANT);
        undefined(d, DESCRIPTION_autocorrelation, REASON_CONSTANT);
    }
    static const struct {
        enum description_id id;
        size_t least;
    } small[] = {{DESCRIPTION_variance, 2}, {DESCRIPTION_sd, 2},       {DESCRIPTION_se, 2},
                 {DESCRIPTION_cv, 2},       {DESCRIPTION_skewness, 3}, {DESCRIPTION_kurtosis, 4},
                 {DESCRIPTION_autocorrelation, 2}};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if (d->n < small[i].least)
            undefined(d, small[i].id, REASON_TOO_FEW);
}

int sample_describe(struct sample *s, const struct description_options *options, int64_t *scratch, struct description *d)
{
    struct exact_moments m;
    *d = (struct description){.n = s->n, .missing = s->missing, .mean_low = NAN, .mean_high = NAN};
    if (s->n == 0) {
        for (int i = 0; i < DESCRIPTION_COUNT; i++)
            undefined(d, (enum description_id)i, REASON_EMPTY);
        return E_OK;
    }
    if (s->scaled != NULL)
        exact_moments(s->scaled, s->n, s->scale, &m);
    else
        quad_moments(s->value, s->n, &m);
    put_moments(d, &m);
    int result = sample_sort(s, scratch);
    if (result != E_OK)
        return result;
    int type = options->quantile_type;
    d->value[DESCRIPTION_min] = sample_quantile(s, 0, 7);
    d->value[DESCRIPTION_q1] = sample_quantile(s, 0.25, type);
    d->value[DESCRIPTION_median] = sample_quantile(s, 0.5, type);
    d->value[DESCRIPTION_q3] = sample_quantile(s, 0.75, type);
    d->value[DESCRIPTION_max] = sample_quantile(s, 1, 7);
    d->value[DESCRIPTION_iqr] = d->value[DESCRIPTION_q3] - d->value[DESCRIPTION_q1];
    d->value[DESCRIPTION_mad] = median_deviation(s);
    d->value[DESCRIPTION_trimmed_mean] = trimmed_mean(s, options->trim);
    find_mode(s, d);
    if (s->n >= 2) {
        double margin = student_quantile((1 - options->confidence) / 2, (double)s->n - 1) * d->value[DESCRIPTION_se];
        d->mean_low = m.mean - margin;
        d->mean_high = m.mean + margin;
    }
    for (int i = 0; i < DESCRIPTION_COUNT; i++)
        if (d->reason[i] == REASON_NONE && !isfinite(d->value[i]))
            undefined(d, (enum description_id)i, REASON_OVERFLOW);
    return E_OK;
}

double weighted_mean(const double *value, const double *weight, size_t rows, size_t *n, size_t *missing, enum reason *reason)
{
    _Float128 sum = 0, weights = 0;
    *n = *missing = 0;
    *reason = REASON_NONE;
    if (weight == NULL) {
        *reason = REASON_NO_WEIGHTS;
        return NAN;
    }
    for (size_t i = 0; i < rows; i++) {
        if (isnan(value[i]) || isnan(weight[i])) {
            ++*missing;
            continue;
        }
        ++*n;
        sum += (_Float128)weight[i] * value[i];
        weights += weight[i];
    }
    if (*n == 0)
        *reason = REASON_EMPTY;
    else if (!(weights > 0))
        *reason = REASON_ZERO_WEIGHTS;
    double mean = *reason == REASON_NONE ? (double)(sum / weights) : NAN;
    if (*reason == REASON_NONE && !isfinite(mean))
        *reason = REASON_OVERFLOW;
    return *reason == REASON_NONE ? mean : NAN;
}

int bootstrap_mean(const struct sample *s, size_t resamples, unsigned long seed, double confidence, double *low, double *high,
                   enum reason *reason)
{
    int result = E_MEMORY;
    struct sample means = {.n = resamples, .owned = true};
    gsl_rng *rng = NULL;
    *low = *high = NAN;
    *reason = s->n < 2 ? REASON_TOO_FEW : REASON_NONE;
    if (s->n < 2 || resamples == 0)
        return E_OK;
    means.value = calloc(resamples, sizeof *means.value);
    rng = gsl_rng_alloc(gsl_rng_mt19937);
    if (means.value == NULL || rng == NULL)
        goto done;
    gsl_rng_set(rng, seed);
    long double ten = ten_to(s->scale);
    for (size_t r = 0; r < resamples; r++) {
        long double sum = 0;
        for (size_t i = 0; i < s->n; i++)
            sum += at(s, (size_t)(gsl_rng_uniform(rng) * (double)s->n));
        means.value[r] = (double)(sum / (long double)s->n / ten);
    }
    if ((result = sample_sort(&means, NULL)) != E_OK)
        goto done;
    *low = sample_quantile(&means, (1 - confidence) / 2, 7);
    *high = sample_quantile(&means, (1 + confidence) / 2, 7);
done:
    if (rng != NULL)
        gsl_rng_free(rng);
    sample_free(&means);
    return result;
}
