/* tests.c — whether samples differ: Welch, Mann–Whitney, Kruskal–Wallis, χ². */
#include "stats/relation.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define EXACT_MOST 50

static struct test nothing(size_t n, enum reason reason)
{
    return (struct test){.n = n, .statistic = NAN, .df = NAN, .df_second = NAN, .p = NAN, .estimate = NAN, .low = NAN, .high = NAN,
                         .effect = NAN, .reason = reason};
}

static bool all_finite(const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(values[i]))
            return false;
    return true;
}

static void moments(const double *values, size_t n, double *mean, double *variance)
{
    _Float128 sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++)
        sum += values[i];
    _Float128 middle = sum / n;
    for (size_t i = 0; i < n; i++)
        squares += (values[i] - middle) * (values[i] - middle);
    *mean = (double)middle;
    *variance = (double)(squares / (n - 1));
}

int stats_welch(const double *a, size_t n, const double *b, size_t m, double confidence, struct test *test)
{
    double mean_a, mean_b, variance_a, variance_b;
    *test = nothing(n + m, REASON_NONE);
    if (!all_finite(a, n) || !all_finite(b, m))
        return E_DOMAIN;
    if (n < 2 || m < 2) {
        test->reason = n + m == 0 ? REASON_EMPTY : REASON_TOO_FEW;
        return E_OK;
    }
    moments(a, n, &mean_a, &variance_a);
    moments(b, m, &mean_b, &variance_b);
    double one = variance_a / (double)n, two = variance_b / (double)m, se = sqrt(one + two);
    test->estimate = mean_a - mean_b;
    if (!isfinite(se) || !isfinite((one + two) * (one + two)) || !isfinite(test->estimate)) {
        *test = nothing(n + m, REASON_OVERFLOW);
        return E_OK;
    }
    if (!(se > 0)) {
        test->reason = REASON_CONSTANT;
        return E_OK;
    }
    test->statistic = test->estimate / se;
    test->df = (one + two) * (one + two) / (one * one / (double)(n - 1) + two * two / (double)(m - 1));
    test->p = 2 * gsl_cdf_tdist_Q(fabs(test->statistic), test->df);
    double reach = gsl_cdf_tdist_Pinv(1 - (1 - confidence) / 2, test->df) * se;
    test->low = test->estimate - reach;
    test->high = test->estimate + reach;
    double all = (double)(n + m - 2), pooled = sqrt(((double)(n - 1) * variance_a + (double)(m - 1) * variance_b) / all);
    test->effect = test->estimate / pooled * (1 - 3 / (4 * all - 1));
    return E_OK;
}

/* P(U <= u) of two samples without ties: the ways to make u, counted by adding one value after the other. */
static int u_distribution(size_t n, size_t m, double u, double *below, double *upto)
{
    size_t most = n * m;
    /* ways[i][u]: i values of a placed; column by column over the m values of b */
    double *ways = calloc((n + 1) * (most + 1), sizeof *ways);
    if (ways == NULL)
        return E_MEMORY;
    for (size_t i = 0; i <= n; i++)
        ways[i * (most + 1)] = 1;
    /* after k of b: f(i, k, u) = i/(i + k) f(i - 1, k, u - k) + k/(i + k) f(i, k - 1, u): probabilities */
    for (size_t k = 1; k <= m; k++)
        for (size_t i = 1; i <= n; i++) {
            double *here = ways + i * (most + 1);
            const double *fewer = ways + (i - 1) * (most + 1);
            for (size_t t = most + 1; t-- > 0;)
                here[t] = (double)k / (double)(i + k) * here[t] + (t >= k ? (double)i / (double)(i + k) * fewer[t - k] : 0);
        }
    *below = *upto = 0;
    const double *last = ways + n * (most + 1);
    for (size_t t = 0; t <= most; t++) {
        *below += (double)t < u - 0.5 ? last[t] : 0;
        *upto += (double)t < u + 0.5 ? last[t] : 0;
    }
    free(ways);
    return E_OK;
}

int stats_mann_whitney(const double *a, size_t n, const double *b, size_t m, struct test *test)
{
    int status = E_OK;
    double ties, sum = 0, *both = NULL;
    *test = nothing(n + m, REASON_NONE);
    if (!all_finite(a, n) || !all_finite(b, m))
        return E_DOMAIN;
    if (n == 0 || m == 0) {
        test->reason = n + m == 0 ? REASON_EMPTY : REASON_TOO_FEW;
        return E_OK;
    }
    both = calloc(2 * (n + m), sizeof *both);
    if (both == NULL)
        return E_MEMORY;
    memcpy(both, a, n * sizeof *both);
    memcpy(both + n, b, m * sizeof *both);
    if ((status = stats_ranks(both, n + m, both + n + m, &ties)) != E_OK)
        goto done;
    for (size_t i = 0; i < n; i++)
        sum += both[n + m + i];
    double one = (double)n, two = (double)m, all = one + two, middle = one * two / 2;
    test->statistic = sum - one * (one + 1) / 2;
    test->effect = 2 * test->statistic / (one * two) - 1;
    double variance = one * two / 12 * (all + 1 - ties / (all * (all - 1)));
    if (!(variance > 0)) {
        test->reason = REASON_CONSTANT;
    } else if (ties == 0 && n < EXACT_MOST && m < EXACT_MOST) {
        double below, upto;
        if ((status = u_distribution(n, m, test->statistic, &below, &upto)) != E_OK)
            goto done;
        double tail = upto < 1 - below ? upto : 1 - below;
        test->p = 2 * tail < 1 ? 2 * tail : 1;
        test->exact = true;
    } else {
        double distance = fabs(test->statistic - middle) - 0.5;
        test->p = distance <= 0 ? 1 : 2 * gsl_cdf_ugaussian_Q(distance / sqrt(variance));
    }
done:
    free(both);
    return status;
}

int stats_kruskal_wallis(const double *values, const size_t *group, size_t n, size_t groups, struct test *test)
{
    int status = E_OK;
    double ties, h = 0, *rank = calloc(n + 1, sizeof *rank), *sum = calloc(groups + 1, sizeof *sum), *count = calloc(groups + 1, sizeof *count);
    size_t used = 0;
    *test = nothing(n, REASON_NONE);
    if (rank == NULL || sum == NULL || count == NULL) {
        status = E_MEMORY;
        goto done;
    }
    if (!all_finite(values, n)) {
        status = E_DOMAIN;
        goto done;
    }
    if ((status = stats_ranks(values, n, rank, &ties)) != E_OK)
        goto done;
    for (size_t i = 0; i < n; i++) {
        used += count[group[i]]++ == 0;
        sum[group[i]] += rank[i];
    }
    double all = (double)n;
    if (used < 2 || n <= used) {
        test->reason = n == 0 ? REASON_EMPTY : REASON_TOO_FEW;
        goto done;
    }
    for (size_t g = 0; g < groups; g++)
        if (count[g] > 0) {
            double distance = sum[g] / count[g] - (all + 1) / 2;
            h += count[g] * distance * distance;
        }
    double correction = 1 - ties / (all * all * all - all);
    if (!(correction > 0)) {
        test->reason = REASON_CONSTANT;
        goto done;
    }
    test->statistic = 12 / (all * (all + 1)) * h / correction;
    test->df = (double)(used - 1);
    test->p = gsl_cdf_chisq_Q(test->statistic, test->df);
    test->effect = test->statistic / (all - 1);
done:
    free(rank);
    free(sum);
    free(count);
    return status;
}

int stats_chi_square(const double *counts, size_t rows, size_t columns, struct test *test)
{
    double all = 0, chi = 0, *margin = calloc(rows + columns + 1, sizeof *margin);
    size_t used_rows = 0, used_columns = 0;
    *test = nothing(0, REASON_NONE);
    if (margin == NULL)
        return E_MEMORY;
    for (size_t i = 0; i < rows * columns; i++) {
        if (!(counts[i] >= 0) || !isfinite(counts[i])) {
            free(margin);
            return E_DOMAIN;
        }
        margin[i / columns] += counts[i];
        margin[rows + i % columns] += counts[i];
        all += counts[i];
    }
    for (size_t r = 0; r < rows; r++)
        used_rows += margin[r] > 0;
    for (size_t c = 0; c < columns; c++)
        used_columns += margin[rows + c] > 0;
    test->n = (size_t)all;
    if (used_rows < 2 || used_columns < 2) {
        test->reason = all > 0 ? REASON_TOO_FEW : REASON_EMPTY;
    } else {
        for (size_t i = 0; i < rows * columns; i++) {
            double expected = margin[i / columns] * margin[rows + i % columns] / all;
            if (expected > 0)
                chi += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        size_t less = used_rows < used_columns ? used_rows : used_columns;
        test->statistic = chi;
        test->df = (double)(used_rows - 1) * (double)(used_columns - 1);
        test->p = gsl_cdf_chisq_Q(chi, test->df);
        test->effect = sqrt(chi / (all * (double)(less - 1)));
    }
    free(margin);
    return E_OK;
}
