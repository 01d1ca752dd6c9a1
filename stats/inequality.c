/* inequality.c — the indices of inequality and concentration, each from its definition.
 *
 * Sources: C. Gini (1912), here by the distribution function, G = ∫F(1 - F)dx / μ (Dorfman, Review of Economics and Statistics
 * 61 (1979) 146–149); H. Theil, Economics and Information Theory (1967), chapter 4; F. Cowell, Measuring Inequality (2011),
 * chapters 2–3 and appendix A for generalized entropy; A. Atkinson, Journal of Economic Theory 2 (1970) 244–263; E. Hoover,
 * Journal of Economic History 1 (1941) 162–171; J. Williamson, Economic Development and Cultural Change 13 (1965) 3–84; O.
 * Herfindahl (1950) and A. Hirschman (1945); G. Palma, Homogeneous middles vs. heterogeneous tails, Development and Change 42
 * (2011) 87–153; S. Kolm, Journal of Economic Theory 12 (1976) 416–442.
 *
 * Requirement 1: values that are nearly equal keep their digits: everything is written in d = (x - μ)/μ, whose weighted sum is 0,
 *                so that what cancels in the textbook's form is taken out beforehand, e.g. T = Σ w ((1 + d) ln(1 + d) - d).
 * Requirement 2: equal values give exactly 0.
 * Requirement 3: outside its domain an index is NaN with a reason: negative values (but for cv), a zero sum, zeros where a
 *                logarithm or a denominator needs more, one row where n - 1 divides, weights where rows are counted. */
#include "stats/distribution.h"
#include "stats/internal.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* What an index refuses, and the pair of percentages where it is a ratio. */
static const struct traits {
    const char *name;
    bool signs;        /* takes negative values too, as long as the mean is positive */
    bool positive;     /* zeros are refused */
    bool unweighted;   /* counts rows: refused with weights */
    size_t least;
    double upper, lower;
} traits[INEQUALITY_COUNT] = {
    [INEQUALITY_gini] = {.name = "gini", .least = 1},
    [INEQUALITY_gini_corrected] = {.name = "gini_corrected", .unweighted = true, .least = 2},
    [INEQUALITY_theil_t] = {.name = "theil_t", .least = 1},
    [INEQUALITY_theil_l] = {.name = "theil_l", .positive = true, .least = 1},
    [INEQUALITY_atkinson] = {.name = "atkinson", .least = 1},
    [INEQUALITY_generalized_entropy] = {.name = "generalized_entropy", .least = 1},
    [INEQUALITY_hoover] = {.name = "hoover", .least = 1},
    [INEQUALITY_cv] = {.name = "cv", .signs = true, .unweighted = true, .least = 2},
    [INEQUALITY_cv_population] = {.name = "cv_population", .signs = true, .least = 1},
    [INEQUALITY_hhi] = {.name = "hhi", .least = 1},
    [INEQUALITY_hhi_normalized] = {.name = "hhi_normalized", .least = 2},
    [INEQUALITY_equivalent_number] = {.name = "equivalent_number", .least = 1},
    [INEQUALITY_palma] = {.name = "palma", .least = 1, .upper = 0.1, .lower = 0.4},
    [INEQUALITY_s80_s20] = {.name = "s80_s20", .least = 1, .upper = 0.2, .lower = 0.2},
    [INEQUALITY_p90_p10] = {.name = "p90_p10", .least = 1, .upper = 0.9, .lower = 0.1},
    [INEQUALITY_p90_p50] = {.name = "p90_p50", .least = 1, .upper = 0.9, .lower = 0.5},
    [INEQUALITY_p50_p10] = {.name = "p50_p10", .least = 1, .upper = 0.5, .lower = 0.1},
    [INEQUALITY_max_min] = {.name = "max_min", .least = 1, .upper = 1, .lower = 0},
};

const char *inequality_name(enum inequality index)
{
    return traits[index].name;
}

/* ---- the parts ---- */

static double gini(const struct distribution *d, double mean)
{
    struct compensated area = {0, 0}, below = {0, 0};
    for (size_t i = 0; i + 1 < d->n; i++) {
        compensated_add(&below, d->weight[i]);
        double share = compensated_sum(&below);
        compensated_add(&area, (d->value[i + 1] - d->value[i]) * share * (1 - share));
    }
    return compensated_sum(&area) / mean;
}

/* Σ w f(d) over the relative differences d from the mean. */
static double sum_over_differences(const struct distribution *d, double mean, double f(double, double), double parameter)
{
    struct compensated sum = {0, 0};
    for (size_t i = 0; i < d->n; i++) {
        double term = f((d->value[i] - mean) / mean, parameter);
        if (isinf(term))
            return term;  /* the limit at a zero, and no inf - inf in the compensation */
        compensated_add(&sum, d->weight[i] * term);
    }
    return compensated_sum(&sum);
}

static double theil_t_term(double d, double unused)
{
    (void)unused;
    return d <= -1 ? 1 : (1 + d) * log1p(d) - d;
}

static double theil_l_term(double d, double unused)
{
    (void)unused;
    return d - log1p(d);
}

static double power_term(double d, double exponent)
{
    return expm1(exponent * log1p(d));
}

static double centred_power_term(double d, double exponent)
{
    return power_term(d, exponent) - exponent * d;
}

static double square_term(double d, double unused)
{
    (void)unused;
    return d * d;
}

static double absolute_term(double d, double unused)
{
    (void)unused;
    return fabs(d);
}

static double atkinson(const struct distribution *d, double mean, double epsilon)
{
    if (epsilon == 1)
        return -expm1(-sum_over_differences(d, mean, theil_l_term, 0));
    double power = sum_over_differences(d, mean, power_term, 1 - epsilon);
    return fmax(0, -expm1(log1p(power) / (1 - epsilon)));
}

static double generalized_entropy(const struct distribution *d, double mean, double alpha)
{
    if (alpha == 0)
        return sum_over_differences(d, mean, theil_l_term, 0);
    if (alpha == 1)
        return sum_over_differences(d, mean, theil_t_term, 0);
    return sum_over_differences(d, mean, centred_power_term, alpha) / (alpha * (alpha - 1));
}

static double herfindahl(const struct distribution *d, double mean)
{
    struct compensated sum = {0, 0};
    for (size_t i = 0; i < d->n; i++) {
        double share = d->weight[i] * d->value[i] / mean;
        compensated_add(&sum, share * share);
    }
    return compensated_sum(&sum);
}

/* Σ w x over the poorest (or richest) `part` of the weight; the row on the border counts in part. */
static double tail_sum(const struct distribution *d, double part, bool richest)
{
    struct compensated sum = {0, 0};
    for (size_t i = 0; i < d->n && part > 0; i++) {
        size_t row = richest ? d->n - 1 - i : i;
        double weight = fmin(d->weight[row], part);
        compensated_add(&sum, weight * d->value[row]);
        part -= weight;
    }
    return compensated_sum(&sum);
}

static double quantile(const struct distribution *d, double p)
{
    if (!d->weighted) {
        double position = (double)(d->n - 1) * p;
        size_t below = (size_t)position;
        if (below + 1 >= d->n)
            return d->value[d->n - 1];
        return d->value[below] + (position - (double)below) * (d->value[below + 1] - d->value[below]);
    }
    struct compensated sum = {0, 0};
    for (size_t i = 0; i < d->n; i++) {
        compensated_add(&sum, d->weight[i]);
        if (compensated_sum(&sum) >= p - 1e-12)  /* p of weights that were divided by their sum */
            return d->value[i];
    }
    return d->value[d->n - 1];
}

static bool is_share_ratio(enum inequality index)
{
    return index == INEQUALITY_palma || index == INEQUALITY_s80_s20;
}

static double upper_part(enum inequality index, const struct distribution *d)
{
    return is_share_ratio(index) ? tail_sum(d, traits[index].upper, true) : quantile(d, traits[index].upper);
}

static double lower_part(enum inequality index, const struct distribution *d)
{
    return is_share_ratio(index) ? tail_sum(d, traits[index].lower, false) : quantile(d, traits[index].lower);
}

/* ---- an index of a distribution ---- */

void inequality_parts(enum inequality index, const struct distribution *d, double *upper, double *lower)
{
    *upper = upper_part(index, d);
    *lower = lower_part(index, d);
}

enum reason inequality_domain(enum inequality index, double parameter, const struct distribution *d)
{
    const struct traits *t = &traits[index];
    if (d->n == 0)
        return REASON_EMPTY;
    if (t->unweighted && d->weighted)
        return REASON_WEIGHTED;
    if (t->signs && distribution_mean(d) <= 0)
        return REASON_MEAN_NOT_POSITIVE;
    if (!t->signs && d->value[0] < 0)
        return REASON_NEGATIVE;
    if (d->value[d->n - 1] == 0)
        return REASON_ZERO_SUM;
    bool positive = t->positive || (index == INEQUALITY_atkinson && parameter >= 1) ||
                    (index == INEQUALITY_generalized_entropy && parameter <= 0);
    if (positive && d->value[0] <= 0)
        return REASON_NOT_POSITIVE;
    if (d->n < t->least)
        return REASON_TOO_FEW;
    if (index == INEQUALITY_atkinson && !(parameter > 0 && parameter <= 1000))
        return REASON_UNDEFINED;
    if (index == INEQUALITY_generalized_entropy && !(fabs(parameter) <= 1000))
        return REASON_UNDEFINED;
    if (t->upper > 0 && !(lower_part(index, d) > 0))
        return REASON_ZERO_BASE;
    return REASON_NONE;
}

double inequality_of(enum inequality index, double parameter, const struct distribution *d)
{
    double mean = distribution_mean(d), n = (double)d->n;
    switch (index) {
    case INEQUALITY_gini:
        return gini(d, mean);
    case INEQUALITY_gini_corrected:
        return gini(d, mean) * n / (n - 1);
    case INEQUALITY_theil_t:
        return sum_over_differences(d, mean, theil_t_term, 0);
    case INEQUALITY_theil_l:
        return sum_over_differences(d, mean, theil_l_term, 0);
    case INEQUALITY_atkinson:
        return atkinson(d, mean, parameter);
    case INEQUALITY_generalized_entropy:
        return generalized_entropy(d, mean, parameter);
    case INEQUALITY_hoover:
        return sum_over_differences(d, mean, absolute_term, 0) / 2;
    case INEQUALITY_cv:
        return sqrt(sum_over_differences(d, mean, square_term, 0) * n / (n - 1));
    case INEQUALITY_cv_population:
        return sqrt(sum_over_differences(d, mean, square_term, 0));
    case INEQUALITY_hhi:
        return herfindahl(d, mean);
    case INEQUALITY_hhi_normalized:
        return d->weighted ? (herfindahl(d, mean) - 1 / n) / (1 - 1 / n)
                           : sum_over_differences(d, mean, square_term, 0) / (n - 1);  /* the same without cancellation */
    case INEQUALITY_equivalent_number:
        return 1 / herfindahl(d, mean);
    default:
        return upper_part(index, d) / lower_part(index, d);
    }
}

/* As inequality_domain, which does not see the rows of weight 0. */
static enum reason domain_of(enum inequality index, double parameter, const struct distribution *d, const struct inequality_result *counts)
{
    return d->n == 0 && counts->zero_weight > 0 ? REASON_ZERO_WEIGHTS : inequality_domain(index, parameter, d);
}

int stats_inequalities(const struct inequality_wish *wishes, size_t count, const double *values, const double *weights, size_t n,
                       struct inequality_result *results)
{
    struct distribution d;
    struct inequality_result counts = {.value = NAN, .low = NAN, .high = NAN};
    int status = distribution_make(&d, values, weights, n, NULL, &counts);
    for (size_t i = 0; i < count; i++) {
        struct inequality_result *r = &results[i];
        *r = counts;
        if (status != E_OK)
            continue;
        r->reason = domain_of(wishes[i].index, wishes[i].parameter, &d, r);
        if (r->reason != REASON_NONE)
            continue;
        r->value = inequality_of(wishes[i].index, wishes[i].parameter, &d);
        if (!isfinite(r->value)) {
            r->value = NAN;
            r->reason = REASON_OVERFLOW;
        }
        r->low = r->high = r->value;
    }
    distribution_free(&d);
    return status;
}

int stats_inequality(enum inequality index, double parameter, const double *values, const double *weights, size_t n,
                     struct inequality_result *result)
{
    const struct inequality_wish wish = {index, parameter};
    return stats_inequalities(&wish, 1, values, weights, n, result);
}

int stats_kolm(double alpha, const double *values, const double *weights, size_t n, struct inequality_result *result)
{
    struct distribution d;
    int exponent;
    *result = (struct inequality_result){.value = NAN, .low = NAN, .high = NAN};
    int status = distribution_make(&d, values, weights, n, &exponent, result);
    if (status != E_OK)
        return status;
    if (d.n == 0) {
        result->reason = result->zero_weight > 0 ? REASON_ZERO_WEIGHTS : REASON_EMPTY;
    } else if (!(alpha > 0) || isinf(alpha)) {
        result->reason = REASON_UNDEFINED;
    } else {
        /* the largest exponent, that of the smallest value, is taken out of the sum */
        double scaled = ldexp(alpha, exponent), mean = distribution_mean(&d);
        struct compensated sum = {0, 0};
        for (size_t i = 0; i < d.n; i++)
            compensated_add(&sum, d.weight[i] * exp(-scaled * (d.value[i] - d.value[0])));
        result->value = ldexp(mean - d.value[0], exponent) + log(compensated_sum(&sum)) / alpha;
        if (!isfinite(result->value)) {
            result->value = NAN;
            result->reason = REASON_OVERFLOW;
        }
        result->low = result->high = result->value;
    }
    distribution_free(&d);
    return E_OK;
}

int stats_lorenz(const double *values, const double *weights, size_t n, double *population, double *share, size_t *points,
                 enum reason *reason)
{
    struct distribution d;
    struct inequality_result counts = {0};
    *points = 0;
    int status = distribution_make(&d, values, weights, n, NULL, &counts);
    if (status != E_OK)
        return status;
    *reason = domain_of(INEQUALITY_gini, 0, &d, &counts);
    if (*reason == REASON_NONE) {
        double mean = distribution_mean(&d);
        struct compensated weight = {0, 0}, sum = {0, 0};
        population[0] = share[0] = 0;
        for (size_t i = 0; i < d.n; i++) {
            compensated_add(&weight, d.weight[i]);
            compensated_add(&sum, d.weight[i] * d.value[i]);
            population[i + 1] = i + 1 == d.n ? 1 : fmin(1, compensated_sum(&weight));
            share[i + 1] = i + 1 == d.n ? 1 : fmin(1, compensated_sum(&sum) / mean);
        }
        *points = d.n + 1;
    }
    distribution_free(&d);
    return E_OK;
}
