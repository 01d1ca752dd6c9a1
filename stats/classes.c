/* classes.c — see classes.h. */
#include "stats/classes.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#define JENKS_MOST 4000

static int ascending(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

/* Fisher's dynamic programme over sorted values: cost[j] of the best partition of the first j values, class by class. */
static int jenks(const double *sorted, size_t n, size_t wanted, double *limits, size_t *count)
{
    size_t step = n > JENKS_MOST ? (n + JENKS_MOST - 1) / JENKS_MOST : 1, m = (n + step - 1) / step;
    double *sum = calloc(2 * (m + 1), sizeof *sum), *square = sum == NULL ? NULL : sum + m + 1, *cost = calloc(2 * (m + 1), sizeof *cost);
    uint32_t *start = calloc((wanted + 1) * (m + 1), sizeof *start);
    int code = sum == NULL || cost == NULL || start == NULL ? E_MEMORY : E_OK;
    if (code != E_OK)
        goto done;
    double origin = sorted[n / 2];   /* deviations from it keep the sums of squares small */
    for (size_t i = 0; i < m; i++) {
        double d = sorted[i * step] - origin;
        sum[i + 1] = sum[i] + d;
        square[i + 1] = square[i] + d * d;
    }
    double *before = cost, *now = cost + m + 1;
    for (size_t j = 1; j <= m; j++)
        before[j] = square[j] - sum[j] * sum[j] / (double)j;
    for (size_t k = 2; k <= wanted; k++) {
        for (size_t j = k; j <= m; j++) {
            now[j] = INFINITY;
            for (size_t i = k - 1; i < j; i++) {
                double s = sum[j] - sum[i], within = square[j] - square[i] - s * s / (double)(j - i), total = before[i] + fmax(0, within);
                if (total < now[j]) {
                    now[j] = total;
                    start[k * (m + 1) + j] = (uint32_t)i;
                }
            }
        }
        double *swap = before;
        before = now;
        now = swap;
    }
    *count = wanted;
    limits[wanted] = sorted[n - 1];
    for (size_t k = wanted, j = m; k > 0; k--) {
        j = k == 1 ? 0 : start[k * (m + 1) + j];
        limits[k - 1] = sorted[j * step];
    }
done:
    free(sum);
    free(cost);
    free(start);
    return code;
}

int classes_limits(const double *values, size_t n, size_t wanted, enum class_method method, double *limits, size_t *count)
{
    double *sorted = malloc((n > 0 ? n : 1) * sizeof *sorted);
    size_t m = 0, distinct = 0, kept = 0;
    int code = sorted == NULL ? E_MEMORY : E_OK;
    *count = 0;
    for (size_t i = 0; code == E_OK && i < n; i++)
        if (isfinite(values[i]))
            sorted[m++] = values[i];
    if (code == E_OK && (m == 0 || wanted == 0))
        code = E_DOMAIN;
    if (code != E_OK)
        goto done;
    qsort(sorted, m, sizeof *sorted, ascending);
    for (size_t i = 0; i < m; i++)
        distinct += i == 0 || sorted[i] != sorted[i - 1];
    wanted = wanted > distinct ? distinct : wanted;
    *count = wanted;
    for (size_t k = 0; k <= wanted; k++) {
        double share = (double)k / (double)wanted;
        limits[k] = method == CLASSES_EQUAL ? sorted[0] + share * (sorted[m - 1] - sorted[0]) : gsl_stats_quantile_from_sorted_data(sorted, 1, m, share);
    }
    if (method == CLASSES_JENKS && wanted > 1) {
        for (size_t i = 0; i < m; i++)
            if (i == 0 || sorted[i] != sorted[kept - 1])
                sorted[kept++] = sorted[i];
        code = jenks(sorted, kept, wanted, limits, count);
    }
    limits[*count] = sorted[method == CLASSES_JENKS && wanted > 1 ? kept - 1 : m - 1];
    /* one class where several begin at the same value; the last may begin at the largest one and hold it alone */
    double largest = limits[*count];
    kept = 1;
    for (size_t k = 1, i = 0; k < *count && method == CLASSES_QUANTILE; k++) {
        while (sorted[i] < limits[k])
            i++;
        limits[k] = sorted[i];   /* a quantile between two values begins at the upper one: no class is empty */
    }
    for (size_t k = 1; k < *count; k++)
        if (limits[k] > limits[kept - 1])
            limits[kept++] = limits[k];
    *count = kept;
    limits[kept] = largest;
done:
    free(sorted);
    return code;
}

size_t class_of(const double *limits, size_t count, double value)
{
    size_t k = 0;
    while (k + 1 < count && value >= limits[k + 1])
        k++;
    return k;
}
