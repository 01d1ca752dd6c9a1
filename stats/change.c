/* change.c — what a change is made of: shift-share analysis and the logarithmic mean Divisia index.
 *
 * Sources: E. S. Dunn, A statistical and analytical technique for regional analysis, Papers of the Regional Science Association 6
 * (1960) 97–112; B. W. Ang, The LMDI approach to decomposition analysis, Energy Policy 33 (2005) 867–871; B. W. Ang and N. Liu,
 * Handling zero values in the logarithmic mean Divisia index decomposition approach, Energy Policy 35 (2007) 238–246.
 *
 * Requirement 1: components add up to the change up to rounding.
 * Requirement 2: bounds are those of interval arithmetic on each component's formula: they enclose, and may be wide, because a value
 *                that stands in a formula twice is taken as if it could differ.
 * Requirement 3 (LMDI, zeros): with δ -> 0 for each 0, L(y_1, y_0) ln(x_1/x_0) tends to y_1/m for each of the m factors that leave 0,
 *                to -y_0/m for each that goes to 0, and to 0 for all others; that limit is used, not a small number. */
#include "stats/structure.h"
#include "stats/internal.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static const struct interval unknown = {NAN, NAN, NAN};

/* ---- interval arithmetic ---- */

static double times(double a, double b)
{
    return a == 0 || b == 0 ? 0 : a * b;  /* 0·∞ of an end: the true value is finite */
}

static struct interval product(struct interval a, struct interval b)
{
    double ends[] = {times(a.low, b.low), times(a.low, b.high), times(a.high, b.low), times(a.high, b.high)};
    struct interval p = {a.value * b.value, ends[0], ends[0]};
    for (size_t i = 1; i < 4; i++) {
        p.low = fmin(p.low, ends[i]);
        p.high = fmax(p.high, ends[i]);
    }
    p.low = fmin(p.low, p.value);
    p.high = fmax(p.high, p.value);
    return p;
}

/* a/b of values that are not negative. */
static struct interval ratio(struct interval a, struct interval b)
{
    struct interval q = {a.value / b.value, isinf(b.high) ? 0 : a.low / b.high,
                         b.low > 0 && isfinite(a.high) ? a.high / b.low : a.high > 0 ? INFINITY : 0};
    q.low = fmin(q.low, q.value);
    q.high = fmax(q.high, q.value);
    return q;
}

static struct interval minus(struct interval a, struct interval b)
{
    return interval_add(a, interval_scale(b, -1));
}

static bool is_exact(struct interval x)
{
    return x.low == x.high;
}

/* ---- shift-share ---- */

struct industry {
    struct interval e_0, e_1, n_0, n_1;
    size_t index;
};

static struct shift_share shift_of(const struct industry *x, struct interval overall)
{
    static const struct interval one = {1, 1, 1};
    struct interval growth = ratio(x->n_1, x->n_0);
    struct shift_share s = {
        .change = minus(x->e_1, x->e_0),
        .national = product(x->e_0, minus(overall, one)),
        .structural = product(x->e_0, minus(growth, overall)),
        .regional = minus(x->e_1, product(x->e_0, growth)),
        .net = minus(x->e_1, product(x->e_0, overall)),
    };
    return s;
}

static void shift_add(struct shift_share *sum, const struct shift_share *term)
{
    sum->change = interval_add(sum->change, term->change);
    sum->national = interval_add(sum->national, term->national);
    sum->structural = interval_add(sum->structural, term->structural);
    sum->regional = interval_add(sum->regional, term->regional);
    sum->net = interval_add(sum->net, term->net);
}

static struct shift_share shift_unknown(enum reason reason)
{
    return (struct shift_share){unknown, unknown, unknown, unknown, unknown, reason};
}

int stats_shift_share(const struct interval *region_0, const struct interval *region_1, const struct interval *reference_0,
                      const struct interval *reference_1, size_t n, struct shift_share *industries,
                      struct shift_share *total, size_t *missing)
{
    int status = E_OK;
    size_t kept = 0;
    enum reason reason = REASON_NONE;
    struct interval sum_0 = {0, 0, 0}, sum_1 = {0, 0, 0};
    struct industry *rows = malloc((n ? n : 1) * sizeof *rows);
    *missing = 0;
    *total = shift_unknown(REASON_EMPTY);
    if (rows == NULL)
        return E_MEMORY;
    for (size_t i = 0; i < n; i++) {
        struct industry x = {region_0[i], region_1[i], reference_0[i], reference_1[i], i};
        struct interval *parts[] = {&x.e_0, &x.e_1, &x.n_0, &x.n_1};
        industries[i] = shift_unknown(REASON_EMPTY);
        bool gap = false;
        for (size_t k = 0; k < 4; k++)
            gap |= isnan(parts[k]->value);
        if (gap) {
            ++*missing;
            continue;
        }
        for (size_t k = 0; k < 4; k++) {
            if (interval_check(parts[k]) != E_OK) {
                status = E_DOMAIN;
                goto done;
            }
            if (parts[k]->value < 0)
                reason = REASON_NEGATIVE;
            parts[k]->low = fmax(parts[k]->low, fmin(0, parts[k]->value));
        }
        if (reason == REASON_NONE && x.n_0.value == 0)
            reason = REASON_ZERO_BASE;
        sum_0 = interval_add(sum_0, x.n_0);
        sum_1 = interval_add(sum_1, x.n_1);
        rows[kept++] = x;
    }
    if (kept == 0 || reason != REASON_NONE) {
        *total = shift_unknown(kept == 0 ? REASON_EMPTY : reason);
        for (size_t i = 0; i < kept; i++)
            industries[rows[i].index].reason = reason;
        goto done;
    }
    struct interval overall = ratio(sum_1, sum_0);
    *total = (struct shift_share){.reason = REASON_NONE};
    for (size_t i = 0; i < kept; i++) {
        industries[rows[i].index] = shift_of(&rows[i], overall);
        shift_add(total, &industries[rows[i].index]);
    }
done:
    free(rows);
    return status;
}

/* ---- LMDI ---- */

double logarithmic_mean(double a, double b)
{
    if (a == b)
        return a;
    if (a == 0 || b == 0)
        return 0;
    double difference = (a - b) / b;
    /* nearly equal: ln(1 + d) keeps the digits that a - b still has */
    return fabs(difference) < 0.5 ? (a - b) / log1p(difference) : (a - b) / log(a / b);
}

/* Requirement 3: the effect of each factor of one row. */
static void row_effects(const double *x_0, const double *x_1, size_t factors, double *effects)
{
    double y_0 = 1, y_1 = 1;
    size_t leaving = 0, going = 0;
    for (size_t k = 0; k < factors; k++) {
        y_0 *= x_0[k];
        y_1 *= x_1[k];
        leaving += x_0[k] == 0;
        going += x_1[k] == 0;
    }
    for (size_t k = 0; k < factors; k++) {
        if (y_0 == 0 && y_1 == 0)
            effects[k] = 0;
        else if (y_0 == 0)
            effects[k] = x_0[k] == 0 ? y_1 / (double)leaving : 0;
        else if (y_1 == 0)
            effects[k] = x_1[k] == 0 ? -y_0 / (double)going : 0;
        else
            effects[k] = logarithmic_mean(y_1, y_0) * log(x_1[k] / x_0[k]);
    }
}

/* Requirement 2: L rises with both values, ln(x_1/x_0) lies between the logarithms of opposite ends. */
static struct interval row_bounds(const struct interval *x_0, const struct interval *x_1, size_t factors, size_t k, double value)
{
    double low_0 = 1, low_1 = 1, high_0 = 1, high_1 = 1;
    bool exact = true;
    for (size_t j = 0; j < factors; j++) {
        low_0 = times(low_0, x_0[j].low);
        low_1 = times(low_1, x_1[j].low);
        high_0 = times(high_0, x_0[j].high);
        high_1 = times(high_1, x_1[j].high);
        exact = exact && is_exact(x_0[j]) && is_exact(x_1[j]);
    }
    if (exact)
        return (struct interval){value, value, value};
    /* 0 <= L <= the larger of both; |effect| <= L |ln|, and an end at 0 or ∞ leaves only |effect| <= the larger of both */
    double most = fmax(high_0, high_1);
    if (!(low_0 > 0) || !(low_1 > 0) || isinf(most))
        return (struct interval){value, isinf(most) ? -INFINITY : -most, isinf(most) ? INFINITY : most};
    struct interval mean = {logarithmic_mean(low_1, low_0), logarithmic_mean(low_1, low_0), logarithmic_mean(high_1, high_0)};
    struct interval growth = {log(x_1[k].low / x_0[k].high), log(x_1[k].low / x_0[k].high), log(x_1[k].high / x_0[k].low)};
    struct interval bounds = product(mean, growth);
    return (struct interval){value, fmin(bounds.low, value), fmax(bounds.high, value)};
}

int stats_lmdi(const struct interval *x_0, const struct interval *x_1, size_t factors, size_t n, struct interval *effects,
               struct interval *total, enum reason *reason, size_t *missing)
{
    int status = E_OK;
    size_t kept = 0;
    double *numbers = malloc((factors ? factors : 1) * 3 * sizeof *numbers);
    struct interval *row = malloc((factors ? factors : 1) * 2 * sizeof *row);
    *total = unknown;
    *reason = REASON_NONE;
    *missing = 0;
    for (size_t k = 0; k < factors; k++)
        effects[k] = (struct interval){0, 0, 0};
    if (numbers == NULL || row == NULL) {
        status = E_MEMORY;
        goto done;
    }
    struct interval sum = {0, 0, 0};
    for (size_t i = 0; i < n && *reason == REASON_NONE; i++) {
        bool gap = false;
        for (size_t k = 0; k < factors && status == E_OK; k++) {
            row[k] = x_0[k * n + i];
            row[factors + k] = x_1[k * n + i];
            for (size_t side = 0; side < 2; side++) {
                struct interval *x = &row[side * factors + k];
                if (isnan(x->value)) {
                    gap = true;
                    continue;
                }
                status = interval_check(x) != E_OK ? E_DOMAIN : status;
                if (x->value < 0)
                    *reason = REASON_NEGATIVE;
                x->low = fmax(x->low, fmin(0, x->value));
                numbers[side * factors + k] = x->value;
            }
        }
        if (status != E_OK)
            goto done;
        if (gap) {
            ++*missing;
            continue;
        }
        kept++;
        row_effects(numbers, numbers + factors, factors, numbers + 2 * factors);
        struct interval y_0 = {1, 1, 1}, y_1 = {1, 1, 1};
        for (size_t k = 0; k < factors; k++) {
            effects[k] = interval_add(effects[k], row_bounds(row, row + factors, factors, k, numbers[2 * factors + k]));
            y_0 = product(y_0, row[k]);
            y_1 = product(y_1, row[factors + k]);
        }
        sum = interval_add(sum, minus(y_1, y_0));
    }
    if (*reason == REASON_NONE && (kept == 0 || factors == 0))
        *reason = REASON_EMPTY;
    if (*reason == REASON_NONE)
        *total = sum;
    else
        for (size_t k = 0; k < factors; k++)
            effects[k] = unknown;
done:
    free(numbers);
    free(row);
    return status;
}
