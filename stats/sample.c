/* sample.c — making, sorting and asking a sample.
 *
 * Quantiles: R. J. Hyndman and Y. Fan, Sample quantiles in statistical packages, The American Statistician 50 (1996)
 * 361–365. Position h on 1..n; between x_⌊h⌋ and the next the value is interpolated. A position within a few units in the
 * last place of a whole number is that number (p = 0.1 is no double), as in R. */
#include "stats/sample.h"

#include "stats/exact.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

int sample_of(const double *value, const char *const *text, size_t n, struct sample *sample)
{
    int result = E_OK;
    const char **kept = NULL;
    *sample = (struct sample){.owned = true};
    for (size_t i = 0; i < n; i++) {
        if (isinf(value[i]))
            return E_DOMAIN;
        sample->n += !isnan(value[i]);
    }
    sample->missing = n - sample->n;
    size_t room = n > 0 ? n : 1;
    if (text != NULL) {
        kept = calloc(room, sizeof *kept);
        sample->scaled = calloc(room, sizeof *sample->scaled);
        if (kept == NULL || sample->scaled == NULL) {
            result = E_MEMORY;
            goto done;
        }
        size_t count = 0;
        bool whole = true;
        for (size_t i = 0; i < n; i++) {
            if (isnan(value[i]))
                continue;
            whole = whole && text[i] != NULL;
            kept[count++] = text[i];
        }
        if (whole && exact_column(kept, count, sample->scaled, &count, &sample->scale) == E_OK) {
            exact_reduce(sample->scaled, count, &sample->scale);
            goto done;
        }
        free(sample->scaled);
        sample->scaled = NULL;
        sample->scale = 0;
    }
    sample->value = calloc(room, sizeof *sample->value);
    if (sample->value == NULL) {
        result = E_MEMORY;
        goto done;
    }
    for (size_t i = 0, at = 0; i < n; i++)
        if (!isnan(value[i]))
            sample->value[at++] = value[i];
done:
    free(kept);
    if (result != E_OK)
        sample_free(sample);
    return result;
}

void sample_free(struct sample *sample)
{
    if (sample->owned) {
        free(sample->scaled);
        free(sample->value);
    }
    *sample = (struct sample){0};
}

/* ---- sorting ---- */

#define SHORT 96  /* below this, insertion is faster than counting */

static void insertion_sort(int64_t *keys, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        int64_t key = keys[i];
        size_t at = i;
        for (; at > 0 && keys[at - 1] > key; at--)
            keys[at] = keys[at - 1];
        keys[at] = key;
    }
}

/* Least digit first, 8 bits at a time, only as many digits as the range has. */
static void radix_sort(int64_t *keys, int64_t *scratch, size_t n)
{
    int64_t least = keys[0], most = keys[0];
    for (size_t i = 1; i < n; i++) {
        least = keys[i] < least ? keys[i] : least;
        most = keys[i] > most ? keys[i] : most;
    }
    uint64_t range = (uint64_t)most - (uint64_t)least;
    int64_t *from = keys, *to = scratch;
    for (int shift = 0; shift < 64 && range >> shift != 0; shift += 8) {
        size_t place[257] = {0};
        for (size_t i = 0; i < n; i++)
            place[((((uint64_t)from[i] - (uint64_t)least) >> shift) & 255) + 1]++;
        for (int d = 1; d < 257; d++)
            place[d] += place[d - 1];
        for (size_t i = 0; i < n; i++)
            to[place[(((uint64_t)from[i] - (uint64_t)least) >> shift) & 255]++] = from[i];
        int64_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != keys)
        memcpy(keys, from, n * sizeof *keys);
}

/* Doubles in their order as integers, and back: its own inverse but for the sign's test. */
static int64_t ordered(int64_t bits)
{
    return bits ^ (bits < 0 ? INT64_MAX : 0);
}

int sample_sort(struct sample *sample, int64_t *scratch)
{
    _Static_assert(sizeof(double) == sizeof(int64_t), "doubles are sorted as integers");
    int64_t *keys = sample->scaled, *room = scratch;
    size_t n = sample->n;
    if (n > SHORT && room == NULL && (room = malloc(n * sizeof *room)) == NULL)
        return E_MEMORY;
    if (keys == NULL) {
        for (size_t i = 0; i < n; i++) {
            int64_t bits;
            double value = sample->value[i] + 0.0;  /* −0 is 0 */
            memcpy(&bits, &value, sizeof bits);
            bits = ordered(bits);
            memcpy(&sample->value[i], &bits, sizeof bits);
        }
        keys = (int64_t *)(void *)sample->value;
    }
    if (n > SHORT)
        radix_sort(keys, room, n);
    else
        insertion_sort(keys, n);
    for (size_t i = 0; sample->scaled == NULL && i < n; i++) {
        int64_t bits;
        memcpy(&bits, &sample->value[i], sizeof bits);
        bits = ordered(bits);
        memcpy(&sample->value[i], &bits, sizeof bits);
    }
    if (room != scratch)
        free(room);
    return E_OK;
}

/* ---- quantiles ---- */

bool quantile_type_known(int type)
{
    return type == 1 || type == 6 || type == 7 || type == 8;
}

double sample_quantile(const struct sample *s, double p, int type)
{
    const long double fuzz = 4 * DBL_EPSILON, n = (long double)s->n;
    if (s->n == 0 || !(p >= 0 && p <= 1))
        return NAN;
    long double h = type == 1 ? n * p : type == 6 ? (n + 1) * p : type == 8 ? (n + 1 / 3.0L) * p + 1 / 3.0L : (n - 1) * p + 1;
    long double below = floorl(h + fuzz), part = h - below;
    if (fabsl(part) < fuzz)
        part = 0;
    if (type == 1)
        part = part > 0 ? 1 : 0;
    size_t at = below < 1 ? 1 : below > n ? s->n : (size_t)below;
    if (below < 1 || at == s->n)
        part = 0;
    if (s->scaled == NULL) {
        long double x = s->value[at - 1];
        return (double)(part > 0 && !isinf(x) ? x + part * (s->value[at] - x) : x);  /* an end may be open */
    }
    if (part == 0)
        return exact_value(s->scaled[at - 1], s->scale);
    long double x = (long double)s->scaled[at - 1], ten = 1;
    for (int i = 0; i < s->scale; i++)
        ten *= 10;
    return (double)((x + part * ((long double)s->scaled[at] - x)) / ten);
}
