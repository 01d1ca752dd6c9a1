/* score_scale.c — makes indicators comparable, so that more is better in each.
 *
 * M. Nardo et al., Handbook on Constructing Composite Indicators (OECD 2008), chapter 5, for min-max, z-score, distance to the
 * best and ranks; C.-L. Hwang and K. Yoon, Multiple Attribute Decision Making (1981), for vector normalisation.
 *
 * Requirement 1: min-max runs over the data at hand, into [ε, 1 - ε]; with ε > 0 logarithms and products are defined.
 * Requirement 2: a constant indicator tells objects nothing apart: min-max gives 1/2, z-score 0, ranks 1/2.
 * Requirement 3: ratios to the best or to the sum need values that are not negative, and positive ones where less is better. */
#include "stats/score.h"
#include "stats/internal.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#define X(name) #name,
const char *scaling_name(enum scaling scaling)
{
    static const char *const names[] = {SCALINGS(X)};
    return names[scaling];
}

const char *weighting_name(enum weighting weighting)
{
    static const char *const names[] = {WEIGHTINGS(X)};
    return names[weighting];
}

const char *score_method_name(enum score_method method)
{
    static const char *const names[] = {SCORE_METHODS(X)};
    return names[method];
}
#undef X

bool score_accepts(enum score_method method, enum scaling scaling)
{
    switch (method) {
    case SCORE_geometric:
    case SCORE_coupling:
        return scaling == SCALING_minmax || scaling == SCALING_max || scaling == SCALING_sum || scaling == SCALING_none;
    case SCORE_topsis:
        return scaling != SCALING_zscore;
    case SCORE_pca:
        return scaling == SCALING_zscore;
    default:
        return true;
    }
}

/* (n - r)/(n - 1) with mid-ranks r from above, or (r - 1)/(n - 1) where less is better. */
static int scale_ranks(const double *column, size_t k, size_t n, bool negative, double *out)
{
    size_t *order = malloc((n + 1) * sizeof *order);
    if (order == NULL)
        return E_MEMORY;
    gsl_sort_index(order, column, k, n);
    for (size_t first = 0, after; first < n; first = after) {
        for (after = first + 1; after < n && column[order[after] * k] == column[order[first] * k]; after++)
            ;
        double below = ((double)first + (double)after - 1) / 2;  /* mid-rank from below, less 1 */
        for (size_t i = first; i < after; i++)
            out[order[i] * k] = n < 2 ? 0.5 : (negative ? (double)(n - 1) - below : below) / (double)(n - 1);
    }
    free(order);
    return E_OK;
}

/* Requirement 3. */
static enum reason check_ratio(const double *column, size_t k, size_t n, bool negative)
{
    double largest = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        if (column[i * k] < 0)
            return REASON_NEGATIVE;
        if (negative && column[i * k] == 0)
            return REASON_NOT_POSITIVE;
        largest = fmax(largest, column[i * k]);
    }
    return largest > 0 ? REASON_NONE : REASON_ZERO_SUM;
}

static enum reason scale_column(enum scaling scaling, double epsilon, const double *x, size_t k, size_t n, bool negative,
                                double *out)
{
    double low = INFINITY, high = -INFINITY, sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        low = fmin(low, x[i * k]);
        high = fmax(high, x[i * k]);
    }
    double range = high - low, sign = negative ? -1 : 1;
    enum reason reason = scaling == SCALING_max || scaling == SCALING_sum ? check_ratio(x, k, n, negative) : REASON_NONE;
    if (reason != REASON_NONE)
        return reason;
    if (isinf(range))
        return REASON_OVERFLOW;
    double mean = 0, sd = 0;
    if (scaling == SCALING_zscore) {
        mean = gsl_stats_mean(x, k, n);
        sd = n > 1 ? gsl_stats_sd_m(x, k, n, mean) : 0;
    }
    for (size_t i = 0; scaling == SCALING_sum && i < n; i++)
        sum += negative ? 1 / x[i * k] : x[i * k];
    double largest = fmax(fabs(low), fabs(high));
    for (size_t i = 0; scaling == SCALING_vector && i < n; i++)
        squares += (x[i * k] / largest) * (x[i * k] / largest);
    double length = largest * sqrt(squares);
    if (scaling == SCALING_vector && largest == 0)
        return REASON_ZERO_SUM;
    if (!isfinite(sum) || !isfinite(length) || !isfinite(sd))
        return REASON_OVERFLOW;
    for (size_t i = 0; i < n; i++) {
        double value = x[i * k], *place = &out[i * k];
        switch (scaling) {
        case SCALING_minmax:
            *place = range > 0 ? epsilon + (1 - 2 * epsilon) * ((negative ? high - value : value - low) / range) : 0.5;
            break;
        case SCALING_zscore:
            *place = range > 0 && sd > 0 ? sign * (value - mean) / sd : 0;
            break;
        case SCALING_vector:
            *place = sign * (value / length);
            break;
        case SCALING_max:
            *place = negative ? low / value : value / high;
            break;
        case SCALING_sum:
            *place = (negative ? 1 / value : value) / sum;
            break;
        default:
            *place = sign * value;
        }
        if (!isfinite(*place))
            return REASON_OVERFLOW;
    }
    return REASON_NONE;
}

int stats_scale(const struct score_model *model, const double *x, size_t n, double *scaled, enum reason *reason, size_t *column)
{
    *reason = n == 0 || model->k == 0 ? REASON_EMPTY : REASON_NONE;
    *column = 0;
    for (size_t i = 0; i < n * model->k; i++)
        if (!isfinite(x[i]))
            return E_DOMAIN;
    if (!(model->epsilon >= 0 && model->epsilon < 0.5))
        return E_DOMAIN;
    for (size_t j = 0; j < model->k && *reason == REASON_NONE; j++) {
        bool negative = model->negative != NULL && model->negative[j];
        *column = j;
        if (model->scaling != SCALING_rank)
            *reason = scale_column(model->scaling, model->epsilon, x + j, model->k, n, negative, scaled + j);
        else if (scale_ranks(x + j, model->k, n, negative, scaled + j) != E_OK)
            return E_MEMORY;
    }
    if (*reason != REASON_NONE)
        for (size_t i = 0; i < n * model->k; i++)
            scaled[i] = NAN;
    return E_OK;
}
