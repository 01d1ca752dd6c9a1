/* correlation.c — Pearson's, Spearman's and Kendall's coefficients with their tests and intervals. */
#include "stats/relation.h"

#include "stats/internal.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SPEARMAN_EXACT 9   /* n! orders are looked at */
#define KENDALL_EXACT 50

static int begin(const double *x, const double *y, size_t n, struct correlation *c)
{
    *c = (struct correlation){.n = n, .value = NAN, .low = NAN, .high = NAN, .p = NAN};
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i]) || !isfinite(y[i]))
            return E_DOMAIN;
    if (n < 2)
        c->reason = c->test_reason = n == 0 ? REASON_EMPTY : REASON_TOO_FEW;
    return E_OK;
}

/* Fisher's z: tanh(artanh r ± reach). */
static void interval(struct correlation *c, double variance, double confidence)
{
    if (!(variance > 0) || !(fabs(c->value) < 1))
        return;
    double z = atanh(c->value), reach = gsl_cdf_ugaussian_Pinv(1 - (1 - confidence) / 2) * sqrt(variance);
    c->low = tanh(z - reach);
    c->high = tanh(z + reach);
}

static double student(double r, size_t n)
{
    if (fabs(r) >= 1)
        return 0;
    return 2 * gsl_cdf_tdist_Q(fabs(r) * sqrt((double)(n - 2) / ((1 - r) * (1 + r))), (double)(n - 2));
}

/* r in binary128: sums of products of decimals cancel. */
static double product_moment(const double *x, const double *y, size_t n, bool *constant)
{
    _Float128 mean_x = 0, mean_y = 0, xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < n; i++) {
        mean_x += x[i];
        mean_y += y[i];
    }
    mean_x /= n;
    mean_y /= n;
    for (size_t i = 0; i < n; i++) {
        _Float128 a = x[i] - mean_x, b = y[i] - mean_y;
        xx += a * a;
        yy += b * b;
        xy += a * b;
    }
    *constant = !(xx > 0) || !(yy > 0);
    bool flat = true, level = true;
    for (size_t i = 1; i < n; i++) {
        flat = flat && x[i] == x[0];
        level = level && y[i] == y[0];
    }
    *constant |= flat || level;
    double r = *constant ? NAN : (double)(xy / (quad_sqrt(xx) * quad_sqrt(yy)));
    return r > 1 ? 1 : r < -1 ? -1 : r;
}

int stats_pearson(const double *x, const double *y, size_t n, double confidence, struct correlation *c)
{
    bool constant;
    int status = begin(x, y, n, c);
    if (status != E_OK || c->reason != REASON_NONE)
        return status;
    c->value = product_moment(x, y, n, &constant);
    if (constant)
        c->reason = c->test_reason = REASON_CONSTANT;
    else if (n < 3)
        c->test_reason = REASON_TOO_FEW;
    else
        c->p = student(c->value, n);
    if (!constant && n > 3)
        interval(c, 1.0 / (double)(n - 3), confidence);
    return E_OK;
}

/* The share of orders of 1..n whose Σd² is at least (upper) or at most as extreme as d: Heap's algorithm over n! orders. */
static double spearman_exact(size_t n, double d)
{
    int order[SPEARMAN_EXACT], turn[SPEARMAN_EXACT] = {0};
    double all = 0, as_extreme = 0, middle = ((double)n * (double)n * (double)n - (double)n) / 6, distance = fabs(d - middle) - 1e-9;
    for (size_t i = 0; i < n; i++)
        order[i] = (int)i;
    for (size_t i = 0; i < n;) {
        if (i == 0) {
            int sum = 0;
            for (size_t k = 0; k < n; k++)
                sum += (order[k] - (int)k) * (order[k] - (int)k);
            all++;
            as_extreme += fabs(sum - middle) >= distance;
            i = 1;
        } else if (turn[i] < (int)i) {
            size_t other = i % 2 == 0 ? 0 : (size_t)turn[i];
            int swap = order[other];
            order[other] = order[i];
            order[i] = swap;
            turn[i]++;
            i = 0;
            continue;
        } else {
            turn[i++] = 0;
        }
    }
    return as_extreme / all;
}

int stats_spearman(const double *x, const double *y, size_t n, double confidence, struct correlation *c)
{
    bool constant;
    double ties_x, ties_y, *rank = NULL;
    int status = begin(x, y, n, c);
    if (status != E_OK || c->reason != REASON_NONE)
        return status;
    rank = calloc(2 * n, sizeof *rank);
    if (rank == NULL || stats_ranks(x, n, rank, &ties_x) != E_OK || stats_ranks(y, n, rank + n, &ties_y) != E_OK) {
        free(rank);
        return E_MEMORY;
    }
    c->value = product_moment(rank, rank + n, n, &constant);
    if (constant) {
        c->reason = c->test_reason = REASON_CONSTANT;
    } else if (n < 3) {
        c->test_reason = REASON_TOO_FEW;
    } else if (n <= SPEARMAN_EXACT && ties_x == 0 && ties_y == 0) {
        double d = 0;
        for (size_t i = 0; i < n; i++)
            d += (rank[i] - rank[n + i]) * (rank[i] - rank[n + i]);
        c->p = spearman_exact(n, d);
        c->exact = true;
    } else {
        c->p = student(c->value, n);
    }
    if (!constant && n > 3)
        interval(c, 1.06 / (double)(n - 3), confidence);
    free(rank);
    return E_OK;
}

struct pair {
    double x, y;
};

static int by_x_then_y(const void *a, const void *b)
{
    const struct pair *p = a, *q = b;
    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    return (p->y > q->y) - (p->y < q->y);
}

static int ascending(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

/* Sorts y[0..n) by merging and counts the exchanges. */
static double exchanges(double *y, double *spare, size_t n)
{
    double count = 0;
    for (size_t width = 1; width < n; width *= 2)
        for (size_t start = 0; start + width < n; start += 2 * width) {
            size_t middle = start + width, end = middle + width < n ? middle + width : n, i = start, k = middle, at = 0;
            while (i < middle && k < end)
                if (y[k] < y[i]) {
                    count += (double)(middle - i);
                    spare[at++] = y[k++];
                } else {
                    spare[at++] = y[i++];
                }
            while (i < middle)
                spare[at++] = y[i++];
            memcpy(y + start, spare, at * sizeof *y);
        }
    return count;
}

/* Pairs that tie, and what their variance needs: Σt(t-1)/2, Σt(t-1)(t-2), Σt(t-1)(2t+5). */
struct tied {
    double pairs, triples, weighted;
};

static void tie(struct tied *tied, double t)
{
    tied->pairs += t * (t - 1) / 2;
    tied->triples += t * (t - 1) * (t - 2);
    tied->weighted += t * (t - 1) * (2 * t + 5);
}

/* P(T <= q) for the number T of concordant pairs of n values without ties, by counting orders. */
static int kendall_distribution(size_t n, double q, double *below, double *upto)
{
    size_t most = n * (n - 1) / 2;
    double *ways = calloc(most + 1, sizeof *ways), *next = calloc(most + 1, sizeof *next);
    if (ways == NULL || next == NULL) {
        free(ways);
        free(next);
        return E_MEMORY;
    }
    ways[0] = 1;
    for (size_t k = 2; k <= n; k++) {
        size_t reach = k * (k - 1) / 2;
        double window = 0;
        for (size_t t = 0; t <= reach; t++) {
            window += ways[t];
            if (t >= k)
                window -= ways[t - k];
            next[t] = window / (double)k;  /* probabilities, not counts: no overflow */
        }
        memcpy(ways, next, (reach + 1) * sizeof *ways);
    }
    *below = *upto = 0;
    for (size_t t = 0; t <= most; t++) {
        *below += (double)t < q - 0.5 ? ways[t] : 0;
        *upto += (double)t < q + 0.5 ? ways[t] : 0;
    }
    free(ways);
    free(next);
    return E_OK;
}

int stats_kendall(const double *x, const double *y, size_t n, double confidence, struct correlation *c)
{
    struct tied tied_x = {0}, tied_y = {0}, both = {0};
    double *column = NULL;
    struct pair *pairs = NULL;
    int status = begin(x, y, n, c);
    if (status != E_OK || c->reason != REASON_NONE)
        return status;
    pairs = calloc(n, sizeof *pairs);
    column = calloc(2 * n, sizeof *column);
    if (pairs == NULL || column == NULL) {
        status = E_MEMORY;
        goto done;
    }
    for (size_t i = 0; i < n; i++)
        pairs[i] = (struct pair){x[i], y[i]};
    qsort(pairs, n, sizeof *pairs, by_x_then_y);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && pairs[end].x == pairs[i].x; end++)
            continue;
        tie(&tied_x, (double)(end - i));
        for (size_t k = i, last; k < end; k = last) {
            for (last = k + 1; last < end && pairs[last].y == pairs[k].y; last++)
                continue;
            tie(&both, (double)(last - k));
        }
    }
    for (size_t i = 0; i < n; i++)
        column[i] = pairs[i].y;
    double discordant = exchanges(column, column + n, n);
    memcpy(column, y, n * sizeof *column);
    qsort(column, n, sizeof *column, ascending);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && column[end] == column[i]; end++)
            continue;
        tie(&tied_y, (double)(end - i));
    }
    double count = (double)n, all = count * (count - 1) / 2;
    double score = all - tied_x.pairs - tied_y.pairs + both.pairs - 2 * discordant;  /* concordant - discordant */
    double spread = sqrt(all - tied_x.pairs) * sqrt(all - tied_y.pairs);
    if (!(spread > 0)) {
        c->reason = c->test_reason = REASON_CONSTANT;
        goto done;
    }
    c->value = score / spread;
    c->value = c->value > 1 ? 1 : c->value < -1 ? -1 : c->value;
    if (n < 3) {
        c->test_reason = REASON_TOO_FEW;
    } else if (n < KENDALL_EXACT && tied_x.pairs == 0 && tied_y.pairs == 0) {
        double below, upto, concordant = (score + all) / 2;
        if ((status = kendall_distribution(n, concordant, &below, &upto)) != E_OK)
            goto done;
        double tail = upto < 1 - below ? upto : 1 - below;
        c->p = 2 * tail < 1 ? 2 * tail : 1;
        c->exact = true;
    } else {
        double variance = (count * (count - 1) * (2 * count + 5) - tied_x.weighted - tied_y.weighted) / 18 +
                          (2 * tied_x.pairs) * (2 * tied_y.pairs) / (2 * count * (count - 1)) +
                          (n > 2 ? tied_x.triples * tied_y.triples / (9 * count * (count - 1) * (count - 2)) : 0);
        if (variance > 0)
            c->p = 2 * gsl_cdf_ugaussian_Q(fabs(score) / sqrt(variance));
        else
            c->test_reason = REASON_CONSTANT;
    }
    if (n > 4)
        interval(c, 0.437 / (count - 4), confidence);
done:
    free(column);
    free(pairs);
    return status;
}
