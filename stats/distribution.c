/* distribution.c — from rows with gaps and weights to a sorted distribution whose weights add up to 1.
 *
 * Requirement 1: a missing value or weight leaves its row out and is counted; a weight of 0 leaves it out and is counted apart.
 * Requirement 2: an infinite number or a negative weight is E_DOMAIN: neither has a place in any of the formulas.
 * Requirement 3: values are scaled by a power of two to at most 1, which is exact; the indices do not depend on scale. */
#include "stats/distribution.h"
#include "stats/internal.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

struct pair {
    double value, weight;
};

static int by_value(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    return (x->value > y->value) - (x->value < y->value);
}

/* Keeps the rows that count; E_DOMAIN by requirement 2. */
static int keep_rows(struct pair *pairs, const double *values, const double *weights, size_t n, size_t *kept,
                     struct inequality_result *result)
{
    for (size_t i = 0; i < n; i++) {
        double weight = weights != NULL ? weights[i] : 1;
        if (isnan(values[i]) || isnan(weight)) {
            result->missing++;
            continue;
        }
        if (isinf(values[i]) || isinf(weight) || weight < 0)
            return E_DOMAIN;
        if (weight == 0)
            result->zero_weight++;
        else
            pairs[(*kept)++] = (struct pair){values[i], weight};
    }
    return E_OK;
}

int distribution_make(struct distribution *distribution, const double *values, const double *weights, size_t n,
                      int *exponent, struct inequality_result *result)
{
    int status = E_OK, scale = 0;
    size_t kept = 0;
    double largest = 0, heaviest = 0;
    struct pair *pairs = n < SIZE_MAX / sizeof *pairs ? malloc((n ? n : 1) * sizeof *pairs) : NULL;
    *distribution = (struct distribution){.weighted = weights != NULL};

    if (pairs == NULL) {
        status = E_MEMORY;
        goto done;
    }
    if ((status = keep_rows(pairs, values, weights, n, &kept, result)) != E_OK)
        goto done;
    qsort(pairs, kept, sizeof *pairs, by_value);
    distribution->value = malloc((kept ? kept : 1) * sizeof(double));
    distribution->weight = malloc((kept ? kept : 1) * sizeof(double));
    if (distribution->value == NULL || distribution->weight == NULL) {
        status = E_MEMORY;
        goto done;
    }
    for (size_t i = 0; i < kept; i++) {
        largest = fmax(largest, fabs(pairs[i].value));
        heaviest = fmax(heaviest, pairs[i].weight);
    }
    frexp(largest, &scale);
    struct compensated total = {0, 0};
    for (size_t i = 0; i < kept; i++)
        compensated_add(&total, pairs[i].weight / heaviest);  /* the sum of huge weights would overflow */
    for (size_t i = 0; i < kept; i++) {
        distribution->value[i] = ldexp(pairs[i].value, -scale);
        distribution->weight[i] = pairs[i].weight / heaviest / compensated_sum(&total);
    }
    distribution->n = result->n = kept;
    if (exponent != NULL)
        *exponent = scale;
done:
    free(pairs);
    if (status != E_OK)
        distribution_free(distribution);
    return status;
}

void distribution_free(struct distribution *distribution)
{
    free(distribution->value);
    free(distribution->weight);
    *distribution = (struct distribution){0};
}

/* Insertion sort: the callers move few values of a sorted distribution. */
void distribution_sort(struct distribution *distribution)
{
    double *x = distribution->value, *w = distribution->weight;
    for (size_t i = 1; i < distribution->n; i++) {
        double value = x[i], weight = w[i];
        size_t j = i;
        for (; j > 0 && x[j - 1] > value; j--) {
            x[j] = x[j - 1];
            w[j] = w[j - 1];
        }
        x[j] = value;
        w[j] = weight;
    }
}

double distribution_mean(const struct distribution *distribution)
{
    struct compensated sum = {0, 0};
    for (size_t i = 0; i < distribution->n; i++)
        compensated_add(&sum, distribution->weight[i] * distribution->value[i]);
    double mean = compensated_sum(&sum);
    /* rounding must not push it outside the values: equal values then have differences of exactly 0 from it */
    if (distribution->n > 0)
        mean = fmin(fmax(mean, distribution->value[0]), distribution->value[distribution->n - 1]);
    return mean;
}
