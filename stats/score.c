/* score.c — puts scaled and weighted indicators together into one score an object.
 *
 * Sources: Nardo et al. (OECD 2008), chapter 6, for sums and geometric means; C.-L. Hwang and K. Yoon (1981) for TOPSIS;
 * Jolliffe (2002) for components, and H. Kaiser (1960) for keeping those with a variance of at least 1; the coupling
 * coordination model as in Wang et al., Research on misuses and modification of coupling coordination degree model in China,
 * Journal of Natural Resources 36 (2021) 793–810, its unmodified form.
 *
 * Requirement 1: TOPSIS C = d⁻/(d⁺ + d⁻) with Euclidean distances of w·z to the best and worst value of each indicator; where all
 *                objects are equal both distances are 0 and C is undefined.
 * Requirement 2: products run over logarithms; a value of 0 makes the product 0, a negative one is refused. */
#include "stats/score.h"
#include "stats/internal.h"

#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>

int stats_score_ranks(const double *scores, size_t n, size_t *ranks)
{
    size_t *order = malloc((n ? n : 1) * sizeof *order);
    if (order == NULL)
        return E_MEMORY;
    gsl_sort_index(order, scores, 1, n);
    for (size_t i = n, rank = 1; i-- > 0;) {
        if (i + 1 == n || scores[order[i]] != scores[order[i + 1]])
            rank = n - i;
        ranks[order[i]] = rank;
    }
    free(order);
    return E_OK;
}

struct coupling stats_coupling(const double *u, const double *weights, size_t k)
{
    struct coupling c = {NAN, NAN, NAN, REASON_NONE};
    struct compensated sum = {0, 0}, level = {0, 0}, logarithms = {0, 0};
    bool zero = false;
    if (k == 0)
        c.reason = REASON_EMPTY;
    for (size_t j = 0; j < k && c.reason == REASON_NONE; j++) {
        if (u[j] < 0)
            c.reason = REASON_NEGATIVE;
        zero |= u[j] == 0;
        compensated_add(&sum, u[j]);
        compensated_add(&level, weights[j] * u[j]);
        compensated_add(&logarithms, u[j] > 0 ? log(u[j]) : 0);
    }
    if (c.reason == REASON_NONE && !(compensated_sum(&sum) > 0))
        c.reason = REASON_ZERO_SUM;
    if (c.reason != REASON_NONE)
        return c;
    /* the geometric mean is never above the arithmetic one: rounding must not make C greater than 1 */
    double mean = exp(compensated_sum(&logarithms) / (double)k);
    c.degree = zero ? 0 : fmin(1, (double)k * mean / compensated_sum(&sum));
    c.level = compensated_sum(&level);
    c.coordination = sqrt(c.degree * c.level);
    return c;
}

static enum reason weighted_sum(const double *z, size_t n, size_t k, const double *weights, double *scores)
{
    for (size_t i = 0; i < n; i++) {
        struct compensated sum = {0, 0};
        for (size_t j = 0; j < k; j++)
            compensated_add(&sum, weights[j] * z[i * k + j]);
        scores[i] = compensated_sum(&sum);
    }
    return REASON_NONE;
}

static enum reason geometric(const double *z, size_t n, size_t k, const double *weights, double *scores)
{
    for (size_t i = 0; i < n; i++) {
        struct compensated sum = {0, 0};
        bool zero = false;
        for (size_t j = 0; j < k; j++) {
            double value = z[i * k + j];
            if (value < 0)
                return REASON_NEGATIVE;
            if (weights[j] == 0)
                continue;
            zero |= value == 0;
            compensated_add(&sum, value > 0 ? weights[j] * log(value) : 0);
        }
        scores[i] = zero ? 0 : exp(compensated_sum(&sum));
    }
    return REASON_NONE;
}

static int topsis(const double *z, size_t n, size_t k, const double *weights, double *scores, enum reason *reason)
{
    bool apart = false;
    double *low = malloc((k + 1) * 2 * sizeof *low);
    if (low == NULL)
        return E_MEMORY;
    double *high = low + k;
    for (size_t j = 0; j < k; j++) {
        low[j] = INFINITY;
        high[j] = -INFINITY;
    }
    for (size_t i = 0; i < n * k; i++) {
        low[i % k] = fmin(low[i % k], z[i]);
        high[i % k] = fmax(high[i % k], z[i]);
    }
    for (size_t i = 0; i < n; i++) {
        struct compensated best = {0, 0}, worst = {0, 0};
        for (size_t j = 0; j < k; j++) {
            double to_best = weights[j] * (high[j] - z[i * k + j]), to_worst = weights[j] * (z[i * k + j] - low[j]);
            compensated_add(&best, to_best * to_best);
            compensated_add(&worst, to_worst * to_worst);
        }
        double d_best = sqrt(compensated_sum(&best)), d_worst = sqrt(compensated_sum(&worst));
        apart |= d_best + d_worst > 0;
        scores[i] = d_worst / (d_best + d_worst);
    }
    free(low);
    if (!apart)
        *reason = REASON_CONSTANT;
    return E_OK;
}

static enum reason coordination(const double *z, size_t n, size_t k, const double *weights, double *scores)
{
    for (size_t i = 0; i < n; i++) {
        struct coupling c = stats_coupling(z + i * k, weights, k);
        if (c.reason != REASON_NONE)
            return c.reason;
        scores[i] = c.coordination;
    }
    return REASON_NONE;
}

static int components(const struct score_model *model, const double *x, size_t n, double *scores, enum reason *reason,
                      size_t *column)
{
    size_t k = model->k;
    int status = E_MEMORY;
    double *directed = malloc((n * k + 1) * sizeof *directed);
    double *room = malloc((k + k * k + n * k + 1) * sizeof *room);
    if (directed == NULL || room == NULL)
        goto done;
    for (size_t i = 0; i < n * k; i++)
        directed[i] = model->negative != NULL && model->negative[i % k] ? -x[i] : x[i];
    double *variances = room, *loadings = room + k, *values = room + k + k * k;
    status = stats_pca(directed, n, k, variances, loadings, values, reason, column);
    if (status != E_OK || *reason != REASON_NONE)
        goto done;
    double kept = 0;
    size_t count = 0;
    while (count < k && (count == 0 || variances[count] >= 1))
        kept += variances[count++];
    for (size_t i = 0; i < n; i++) {
        scores[i] = 0;
        for (size_t c = 0; c < count; c++)
            scores[i] += variances[c] / kept * values[i * k + c];
    }
done:
    free(directed);
    free(room);
    return status;
}

int stats_score(const struct score_model *model, const double *x, size_t n, const double *weights, double *scores,
                enum reason *reason, size_t *column)
{
    size_t k = model->k;
    int status = E_OK;
    double *z = NULL;
    *reason = n == 0 || k == 0 ? REASON_EMPTY : REASON_NONE;
    *column = 0;
    for (size_t i = 0; i < n; i++)
        scores[i] = NAN;
    if (*reason != REASON_NONE)
        goto done;
    if (model->method == SCORE_pca) {
        status = components(model, x, n, scores, reason, column);
        goto done;
    }
    z = malloc(n * k * sizeof *z);
    status = z == NULL ? E_MEMORY : stats_scale(model, x, n, z, reason, column);
    if (status != E_OK || *reason != REASON_NONE)
        goto done;
    switch (model->method) {
    case SCORE_geometric:
        *reason = geometric(z, n, k, weights, scores);
        break;
    case SCORE_topsis:
        status = topsis(z, n, k, weights, scores, reason);
        break;
    case SCORE_coupling:
        *reason = coordination(z, n, k, weights, scores);
        break;
    default:
        *reason = weighted_sum(z, n, k, weights, scores);
    }
done:
    if (*reason != REASON_NONE)
        for (size_t i = 0; i < n; i++)
            scores[i] = NAN;
    free(z);
    return status;
}
