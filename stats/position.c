/* position.c — dense and fractional ranks, z-scores, indices and distances from a base. */
#include "stats/position.h"

#include "stats/internal.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static const struct interval unknown = {NAN, NAN, NAN};

struct placed {
    double value;
    size_t at;
};

static int descending(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    if (x->value != y->value)
        return x->value > y->value ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

struct interval interval_ratio(struct interval a, struct interval b)
{
    if (isnan(a.value) || !(b.value > 0))
        return unknown;
    double least = b.low > 0 ? b.low : 0;
    struct interval r = {a.value / b.value, a.low >= 0 ? a.low / b.high : least > 0 ? a.low / least : -INFINITY,
                         a.high <= 0 ? a.high / b.high : least > 0 ? a.high / least : INFINITY};
    if (isnan(r.low))
        r.low = a.low >= 0 ? 0 : -INFINITY;
    if (isnan(r.high))
        r.high = INFINITY;
    return r;
}

/* x/mean over all values within the bounds, for x >= 0 and n values: n·x/(x + rest) grows with x and falls with the rest.
 * high_sum: of the finite upper ends; open: how many are infinite. */
static struct interval of_mean(struct interval x, double n, double value_sum, double low_sum, double high_sum, size_t open)
{
    bool own = isinf(x.high);
    double low_rest = low_sum - x.low, high_rest = open > own ? INFINITY : high_sum - (own ? 0 : x.high);
    struct interval r = {n * x.value / value_sum, NAN, NAN};
    r.low = x.low <= 0 || isinf(high_rest) ? 0 : n * x.low / (x.low + high_rest);
    r.high = isinf(x.high) || !(low_rest > 0) ? n : n * x.high / (x.high + low_rest);
    return r;
}

int stats_positions(const struct interval *values, size_t n, size_t base, struct position *positions)
{
    struct placed *placed = malloc((n + 1) * sizeof *placed);
    size_t count = 0, open = 0;
    int status = E_OK;
    bool negative = false;
    _Float128 sum = 0, low = 0, high = 0, squares = 0;
    if (placed == NULL)
        return E_MEMORY;
    for (size_t i = 0; i < n; i++) {
        struct interval known = values[i];
        positions[i] = (struct position){.fractional = NAN, .z = NAN, .index = unknown, .to_base = unknown, .ratio = unknown};
        if (isnan(known.value))
            continue;
        if ((status = interval_check(&known)) != E_OK)
            goto done;
        placed[count++] = (struct placed){known.value, i};
        sum += known.value;
        low += known.low;
        if (isinf(known.high))
            open++;
        else
            high += known.high;
        negative |= known.low < 0;
    }
    qsort(placed, count, sizeof *placed, descending);
    size_t dense = 0;
    for (size_t i = 0, end; i < count; i = end) {
        dense++;
        for (end = i; end < count && placed[end].value == placed[i].value; end++)
            positions[placed[end].at].dense = dense;
        for (size_t k = i; k < end; k++)
            positions[placed[k].at].fractional = ((double)(i + 1) + (double)end) / 2;
    }
    _Float128 mean = count > 0 ? sum / count : 0;
    for (size_t i = 0; i < count; i++)
        squares += (placed[i].value - mean) * (placed[i].value - mean);
    double sd = count > 1 ? (double)quad_sqrt(squares / (count - 1)) : 0;
    bool constant = count < 2 || placed[0].value == placed[count - 1].value;
    for (size_t k = 0; k < count; k++) {
        size_t i = placed[k].at;
        struct position *p = &positions[i];
        struct interval x = values[i];
        if (!constant)
            p->z = (double)((x.value - mean) / sd);
        if (base == POSITION_NO_BASE && mean > 0) {
            p->index = negative ? (struct interval){(double)(x.value / mean), (double)(x.value / mean), (double)(x.value / mean)}
                                : of_mean(x, (double)count, (double)sum, (double)low, (double)high, open);
            p->index = interval_scale(p->index, 100);
        } else if (base != POSITION_NO_BASE && !isnan(values[base].value)) {
            struct interval b = values[base];
            if (i == base) {
                p->to_base = (struct interval){0, 0, 0};
                p->ratio = b.value > 0 ? (struct interval){1, 1, 1} : unknown;
            } else {
                p->to_base = (struct interval){x.value - b.value, x.low - b.high, x.high - b.low};
                p->ratio = interval_ratio(x, b);
            }
            p->index = isnan(p->ratio.value) ? unknown : interval_scale(p->ratio, 100);
        }
    }
done:
    free(placed);
    return status;
}
