/* trend.c — growth, trends by least squares and by ranks, convergence. */
#include "stats/trend.h"

#include "stats/internal.h"
#include "stats/regression.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

static const struct interval unknown = {NAN, NAN, NAN};

static double compound(double ratio, double years)
{
    return expm1(log(ratio) / years);
}

/* The ends and the value are rounded on ways of their own: an end that is the value stays it. */
static void enclose(struct interval *i)
{
    i->low = i->low > i->value ? i->value : i->low;
    i->high = i->high < i->value ? i->value : i->high;
}

void stats_growth(struct interval first, struct interval last, double years, struct growth *g)
{
    *g = (struct growth){.change = unknown, .rate = unknown, .annual = unknown};
    if (isnan(first.value) || isnan(last.value)) {
        g->rate_reason = g->annual_reason = REASON_EMPTY;
        return;
    }
    g->change = (struct interval){last.value - first.value, last.low - first.high, last.high - first.low};
    if (!(first.value > 0)) {
        g->rate_reason = g->annual_reason = first.value < 0 ? REASON_NEGATIVE_BASE : REASON_ZERO_BASE;
        return;
    }
    /* a base that may be zero leaves the upper end open */
    double least = first.low > 0 ? first.low : 0;
    double low = last.low >= 0 ? last.low / first.high : least > 0 ? last.low / least : -INFINITY;
    double high = least > 0 ? last.high / (last.high >= 0 ? least : first.high) : INFINITY;
    if (isnan(low))
        low = 0;
    if (isnan(high))
        high = INFINITY;
    g->rate = (struct interval){(last.value - first.value) / first.value, low - 1, high - 1};
    enclose(&g->rate);
    if (!(years > 0)) {
        g->annual_reason = REASON_TOO_FEW;
    } else if (last.value < 0) {
        g->annual_reason = REASON_NEGATIVE;
    } else {
        g->annual.value = last.value > 0 ? compound(last.value / first.value, years) : -1;
        g->annual.low = low > 0 ? compound(low, years) : -1;
        g->annual.high = isinf(high) ? INFINITY : high > 0 ? compound(high, years) : -1;
        enclose(&g->annual);
    }
    if (first.low == first.value && first.high == first.value && last.low == last.value && last.high == last.value) {
        g->rate.low = g->rate.high = g->rate.value;
        g->annual.low = g->annual.high = g->annual.value;
    }
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Σt(t-1)(2t+5) over groups of t equal values, which are sorted on the way. */
static double tie_variance(double *sorted, size_t n)
{
    double sum = 0;
    qsort(sorted, n, sizeof *sorted, ascending);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && sorted[end] == sorted[i]; end++)
            continue;
        double t = (double)(end - i);
        sum += t * (t - 1) * (2 * t + 5);
    }
    return sum;
}

static int by_ranks(const double *time, const double *value, size_t n, double confidence, struct trend *trend)
{
    size_t count = 0, pairs = n * (n - 1) / 2;
    double *slope = malloc((pairs + n + 1) * sizeof *slope), *sorted = slope != NULL ? slope + pairs : NULL, ties;
    if (slope == NULL)
        return E_MEMORY;
    double s = 0, untied_time = 0, untied_value = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++) {
            double dt = time[k] - time[i], dv = value[k] - value[i];
            untied_time += dt != 0;
            untied_value += dv != 0;
            if (dt == 0)
                continue;
            slope[count++] = dv / dt;
            s += (dv > 0) == (dt > 0) ? dv != 0 : dv != 0 ? -1 : 0;
        }
    if (count == 0) {
        trend->sen_reason = trend->mann_kendall_reason = REASON_TOO_FEW;
        free(slope);
        return E_OK;
    }
    qsort(slope, count, sizeof *slope, ascending);
    trend->sen = count % 2 ? slope[count / 2] : (slope[count / 2 - 1] + slope[count / 2]) / 2;
    trend->s = s;
    for (size_t i = 0; i < n; i++)
        sorted[i] = value[i];
    ties = tie_variance(sorted, n);
    for (size_t i = 0; i < n; i++)
        sorted[i] = time[i];
    ties += tie_variance(sorted, n);
    double all = (double)n, variance = (all * (all - 1) * (2 * all + 5) - ties) / 18;
    if (untied_value == 0) {
        trend->mann_kendall_reason = REASON_CONSTANT;
    } else if (n < 3 || !(variance > 0)) {
        trend->mann_kendall_reason = REASON_TOO_FEW;
    } else {
        trend->z = s == 0 ? 0 : (s - (s > 0 ? 1 : -1)) / sqrt(variance);
        trend->mann_kendall_p = 2 * gsl_cdf_ugaussian_Q(fabs(trend->z));
        trend->tau = s / sqrt(untied_time * untied_value);
        double reach = gsl_cdf_ugaussian_Pinv(1 - (1 - confidence) / 2) * sqrt(variance);
        double lower = ((double)count - reach) / 2, upper = ((double)count + reach) / 2;
        if (lower >= 1 && upper + 1 <= (double)count) {
            trend->sen_low = slope[(size_t)floor(lower) - 1 + (lower > floor(lower))];
            trend->sen_high = slope[(size_t)ceil(upper) - (upper < ceil(upper))];
        }
    }
    free(slope);
    return E_OK;
}

int stats_trend(const double *time, const double *value, size_t n, double confidence, struct trend *trend)
{
    struct coefficient c[2];
    struct regression fit;
    *trend = (struct trend){.n = n, .slope = NAN, .slope_se = NAN, .slope_low = NAN, .slope_high = NAN, .slope_p = NAN, .intercept = NAN,
                            .r_squared = NAN, .sen = NAN, .sen_low = NAN, .sen_high = NAN, .s = NAN, .z = NAN, .mann_kendall_p = NAN, .tau = NAN};
    for (size_t i = 0; i < n; i++)
        if (!isfinite(time[i]) || !isfinite(value[i]))
            return E_DOMAIN;
    if (n < 2) {
        trend->reason = trend->test_reason = trend->sen_reason = trend->mann_kendall_reason = n == 0 ? REASON_EMPTY : REASON_TOO_FEW;
        return E_OK;
    }
    if (n > TREND_MOST)
        return E_DOMAIN;
    _Float128 *work = malloc(3 * n * sizeof *work);
    if (work == NULL)
        return E_MEMORY;
    for (size_t i = 0; i < n; i++) {
        work[i] = 1;
        work[n + i] = time[i];
        work[2 * n + i] = value[i];
    }
    int status = stats_regression(work, work + 2 * n, n, 2, true, confidence, c, &fit);
    free(work);
    if (status != E_OK)
        return status;
    trend->reason = fit.reason;
    trend->test_reason = fit.test_reason;
    trend->intercept = c[0].value;
    trend->slope = c[1].value;
    trend->slope_se = c[1].se;
    trend->slope_low = c[1].low;
    trend->slope_high = c[1].high;
    trend->slope_p = c[1].p;
    trend->r_squared = fit.r_squared;
    return by_ranks(time, value, n, confidence, trend);
}

int stats_beta_convergence(const double *first, const double *last, size_t n, double years, struct convergence *k)
{
    struct coefficient c[2];
    struct regression fit;
    *k = (struct convergence){.beta = NAN, .beta_se = NAN, .beta_p = NAN, .intercept = NAN, .r_squared = NAN, .lambda = NAN, .half_life = NAN};
    _Float128 *work = malloc((3 * n + 1) * sizeof *work);
    if (work == NULL)
        return E_MEMORY;
    size_t used = 0;
    for (size_t i = 0; i < n; i++)
        used += first[i] > 0 && last[i] > 0 && isfinite(first[i]) && isfinite(last[i]);
    for (size_t i = 0, at = 0; i < n; i++)
        if (first[i] > 0 && last[i] > 0 && isfinite(first[i]) && isfinite(last[i])) {
            work[at] = 1;
            work[used + at] = log(first[i]);
            double ratio = last[i] / first[i];  /* a normal number, or else the difference of the logarithms */
            work[2 * used + at++] = (isnormal(ratio) ? log(ratio) : log(last[i]) - log(first[i])) / years;
        }
    k->n = used;
    k->left_out = n - used;
    int status = stats_regression(work, work + 2 * used, used, 2, true, 0.95, c, &fit);
    free(work);
    if (status != E_OK)
        return status;
    k->reason = fit.reason;
    k->test_reason = fit.test_reason;
    k->intercept = c[0].value;
    k->beta = c[1].value;
    k->beta_se = c[1].se;
    k->beta_p = c[1].p;
    k->r_squared = fit.r_squared;
    if (fit.reason != REASON_NONE)
        k->lambda_reason = fit.reason;
    else if (!(1 + k->beta * years > 0))
        k->lambda_reason = REASON_UNDEFINED;
    else
        k->lambda = -log1p(k->beta * years) / years;
    if (k->lambda > 0)
        k->half_life = log(2) / k->lambda;
    return E_OK;
}

double stats_sigma(const double *values, size_t n, size_t *used, enum reason *reason)
{
    _Float128 sum = 0, squares = 0;
    *used = 0;
    *reason = REASON_NONE;
    for (size_t i = 0; i < n; i++)
        if (values[i] > 0 && isfinite(values[i])) {
            sum += log(values[i]);
            ++*used;
        }
    if (*used < 2) {
        *reason = *used == 0 ? REASON_EMPTY : REASON_TOO_FEW;
        return NAN;
    }
    _Float128 mean = sum / *used;
    for (size_t i = 0; i < n; i++)
        if (values[i] > 0 && isfinite(values[i]))
            squares += (log(values[i]) - mean) * (log(values[i]) - mean);
    return (double)quad_sqrt(squares / *used);
}
