/* rank.c — mid-ranks, and p values adjusted for the number of tests: both go by order. */
#include "stats/relation.h"

#include <math.h>
#include <stdlib.h>

struct ordered {
    double value;
    size_t at;
};

static int by_value(const void *a, const void *b)
{
    const struct ordered *x = a, *y = b;
    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

static struct ordered *order_of(const double *values, size_t n, size_t *count)
{
    struct ordered *ordered = calloc(n + 1, sizeof *ordered);
    *count = 0;
    for (size_t i = 0; ordered != NULL && i < n; i++)
        if (!isnan(values[i]))
            ordered[(*count)++] = (struct ordered){values[i], i};
    if (ordered != NULL)
        qsort(ordered, *count, sizeof *ordered, by_value);
    return ordered;
}

int stats_ranks(const double *values, size_t n, double *ranks, double *ties)
{
    size_t count;
    struct ordered *o = order_of(values, n, &count);
    if (o == NULL)
        return E_MEMORY;
    *ties = 0;
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && o[end].value == o[i].value; end++)
            continue;
        double t = (double)(end - i);
        *ties += t * t * t - t;
        for (size_t k = i; k < end; k++)
            ranks[o[k].at] = ((double)(i + 1) + (double)end) / 2;
    }
    free(o);
    return E_OK;
}

int stats_adjust_holm(const double *p, size_t n, double *adjusted)
{
    size_t count;
    struct ordered *o = order_of(p, n, &count);
    if (o == NULL)
        return E_MEMORY;
    for (size_t i = 0; i < n; i++)
        adjusted[i] = NAN;
    double most = 0;
    for (size_t i = 0; i < count; i++) {
        double value = o[i].value * (double)(count - i);
        most = value > most ? value : most;
        adjusted[o[i].at] = most < 1 ? most : 1;
    }
    free(o);
    return E_OK;
}

int stats_adjust_bh(const double *p, size_t n, double *adjusted)
{
    size_t count;
    struct ordered *o = order_of(p, n, &count);
    if (o == NULL)
        return E_MEMORY;
    for (size_t i = 0; i < n; i++)
        adjusted[i] = NAN;
    double least = 1;
    for (size_t i = count; i-- > 0;) {
        double value = o[i].value * (double)count / (double)(i + 1);
        least = value < least ? value : least;
        adjusted[o[i].at] = least;
    }
    free(o);
    return E_OK;
}
