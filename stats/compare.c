/* compare.c — regions side by side on one indicator.
 *
 * Requirement 1: rank_i = 1 + #{j : v_j > v_i}, the "standard competition" ranking 1224; missing values have no rank
 *                and do not push others down.
 * Requirement 2: a value is known only within [low, high], so its rank is too:
 *                    best_i  = 1 + #{j ≠ i : low_j  > high_i}   those that are larger for certain,
 *                    worst_i = 1 + #{j ≠ i : high_j > low_i}    those that may be larger.
 *                Both are attained (v_i at its high and all others at their low end, and the reverse; an infinite
 *                end as a limit), and best <= rank <= worst. Equal exact values share a rank for certain.
 * Requirement 3: share_i = v_i / Σv, defined when no value is negative and the sum is positive.
 * Requirement 4: ratio_i = v_i / mean; undefined when the mean is 0.
 * Requirement 5: difference_i = v_i - max{v_j : v_j < v_i}; undefined for the smallest.
 * Requirement 6: undefined is NaN; an infinite value, ends that do not enclose their value, or a result too large for
 *                a double is E_DOMAIN.
 *
 * Time O(n log n): the ends are sorted once and counted by bisection. */
#include "stats/internal.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* The non-missing intervals, column by column. */
struct columns {
    double *value, *low, *high;
    size_t *index;   /* position in the input */
    size_t *order;   /* by value, ascending */
    size_t n;
};

/* How many of n ascending values are greater than x. */
static size_t count_above(const double *sorted, size_t n, double x)
{
    size_t first = 0, last = n;
    while (first < last) {
        size_t middle = first + (last - first) / 2;
        if (sorted[middle] > x)
            last = middle;
        else
            first = middle + 1;
    }
    return n - first;
}

static int columns_fill(struct columns *columns, const struct interval *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct interval known = values[i];
        if (isnan(known.value))
            continue;
        if (interval_check(&known) != E_OK)
            return E_DOMAIN;
        columns->value[columns->n] = known.value;
        columns->low[columns->n] = known.low;
        columns->high[columns->n] = known.high;
        columns->index[columns->n++] = i;
    }
    return E_OK;
}

/* Requirements 1 and 5: one walk from the smallest value up, over runs of equal values. */
static void rank_and_difference(const struct columns *columns, struct comparison *rows)
{
    for (size_t first = 0, after; first < columns->n; first = after) {
        double value = columns->value[columns->order[first]];
        for (after = first + 1; after < columns->n && columns->value[columns->order[after]] == value; after++)
            ;
        for (size_t i = first; i < after; i++) {
            struct comparison *row = &rows[columns->index[columns->order[i]]];
            row->rank = columns->n - after + 1;
            if (first > 0)
                row->difference_to_next = value - columns->value[columns->order[first - 1]];
        }
    }
}

/* Requirement 2; sorts the columns of ends, so their link with `index` is used before and gone after. */
static void possible_ranks(struct columns *columns, struct comparison *rows)
{
    for (size_t i = 0; i < columns->n; i++) {
        /* it counts itself among those that may be larger unless it is exact */
        rows[columns->index[i]].worst_rank = columns->high[i] > columns->low[i] ? 0 : 1;
    }
    double *lows = columns->low, *highs = columns->high;
    size_t n = columns->n;
    /* the unsorted ends are needed while the sorted ones are searched: keep them in the second halves */
    for (size_t i = 0; i < n; i++) {
        lows[n + i] = lows[i];
        highs[n + i] = highs[i];
    }
    gsl_sort(lows, 1, n);
    gsl_sort(highs, 1, n);
    for (size_t i = 0; i < n; i++) {
        struct comparison *row = &rows[columns->index[i]];
        row->best_rank = 1 + count_above(lows, n, highs[n + i]);
        row->worst_rank += count_above(highs, n, lows[n + i]);
    }
}

static int share_and_ratio(const struct columns *columns, struct comparison *rows)
{
    double sum = stats_sum(columns->value, columns->n);
    double mean = gsl_stats_mean(columns->value, 1, columns->n);
    double smallest = columns->value[columns->order[0]];
    if (!isfinite(sum))
        return E_DOMAIN;
    for (size_t i = 0; i < columns->n; i++) {
        struct comparison *row = &rows[columns->index[i]];
        if (smallest >= 0 && sum > 0)
            row->share = columns->value[i] / sum;
        if (sum != 0 && mean != 0)  /* the running mean of values that cancel is rounding dust */
            row->ratio_to_mean = columns->value[i] / mean;
        if (isinf(row->ratio_to_mean) || isinf(row->difference_to_next))
            return E_DOMAIN;
    }
    return E_OK;
}

int stats_compare(const struct interval *values, size_t n, struct comparison *rows)
{
    int result = E_OK;
    double *numbers = NULL;
    size_t *indices = NULL;

    for (size_t i = 0; i < n; i++)
        rows[i] = (struct comparison){.share = NAN, .ratio_to_mean = NAN, .difference_to_next = NAN};
    if (n == 0)
        goto done;
    numbers = n <= SIZE_MAX / (5 * sizeof *numbers) ? malloc(5 * n * sizeof *numbers) : NULL;
    indices = n <= SIZE_MAX / (2 * sizeof *indices) ? malloc(2 * n * sizeof *indices) : NULL;
    if (numbers == NULL || indices == NULL) {
        result = E_MEMORY;
        goto done;
    }
    struct columns columns = {numbers, numbers + n, numbers + 3 * n, indices, indices + n, 0};
    result = columns_fill(&columns, values, n);
    if (result != E_OK || columns.n == 0)
        goto done;
    gsl_sort_index(columns.order, columns.value, 1, columns.n);
    rank_and_difference(&columns, rows);
    possible_ranks(&columns, rows);
    result = share_and_ratio(&columns, rows);
done:
    free(numbers);
    free(indices);
    return result;
}
