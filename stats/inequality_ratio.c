/* inequality_ratio.c — between what a ratio of quantiles lies: requirement 5 of inequality_bounds.c.
 *
 * A quantile rises with each value, so it lies between that of the low ends and that of the high ends; the ratio of the opposite
 * ones encloses the index, and it is never below 1. */
#include "stats/inequality_ratio.h"

#include <math.h>
#include <stdlib.h>

/* Both quantiles of one end, by the index's own rule for quantiles; an infinite end stands above all others. */
static int quantiles_of(const struct row *rows, size_t n, bool weighted, bool highs, enum inequality index, double *upper,
                        double *lower)
{
    struct distribution d = {.n = n, .weighted = weighted, .value = malloc(n * sizeof(double)),
                             .weight = malloc(n * sizeof(double))};
    double most = 0;
    int status = E_OK;
    if (d.value == NULL || d.weight == NULL) {
        status = E_MEMORY;
        goto done;
    }
    for (size_t i = 0; i < n; i++) {
        double end = highs ? rows[i].high : rows[i].low;
        most = isinf(end) ? most : fmax(most, end);
    }
    for (size_t i = 0; i < n; i++) {
        double end = highs ? rows[i].high : rows[i].low;
        d.value[i] = isinf(end) ? 4 * (most > 0 ? most : 1) : end;
        d.weight[i] = rows[i].weight;
    }
    /* rows come by their low ends; of high ends many may be out of order */
    for (size_t gap = n / 2; gap > 0; gap /= 2)
        for (size_t i = gap; i < n; i++)
            for (size_t j = i; j >= gap && d.value[j - gap] > d.value[j]; j -= gap) {
                double value = d.value[j], weight = d.weight[j];
                d.value[j] = d.value[j - gap];
                d.weight[j] = d.weight[j - gap];
                d.value[j - gap] = value;
                d.weight[j - gap] = weight;
            }
    inequality_parts(index, &d, upper, lower);
    if (*upper > most)
        *upper = INFINITY;
    if (*lower > most)
        *lower = INFINITY;
done:
    free(d.value);
    free(d.weight);
    return status;
}

int ratio_bounds(enum inequality index, const struct row *rows, size_t n, bool weighted, struct inequality_result *result)
{
    double upper_low, lower_low, upper_high, lower_high;
    int status = quantiles_of(rows, n, weighted, false, index, &upper_low, &lower_low);
    if (status == E_OK)
        status = quantiles_of(rows, n, weighted, true, index, &upper_high, &lower_high);
    if (status != E_OK)
        return status;
    /* the upper quantile is never below the lower one */
    result->low = isinf(lower_high) || !(lower_high > 0) ? 1 : fmax(1, upper_low / lower_high);
    result->high = lower_low > 0 ? upper_high / lower_low : INFINITY;
    result->sharpness = SHARPNESS_enclosure;
    return E_OK;
}
