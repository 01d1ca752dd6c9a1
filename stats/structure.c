/* structure.c — location quotient and measures of specialisation.
 *
 * Sources: P. Florence, Report on the location of industry (1939), for the location quotient; P. Krugman, Geography and Trade
 * (1991), p. 76, for Σ|s - r|; O. Farhauer and A. Kröll, Standorttheorien (2014), chapter 11, for the Gini index of
 * specialisation; C. Shannon (1948) for entropy.
 *
 * Requirement 1 (location quotient): with the cell a, the rest of its region r, of its industry o, and all else z,
 *     LQ = a (a + r + o + z) / ((a + r)(a + o)).
 *   It falls with r and o and rises with z. In a, its derivative has the sign of -z a² + 2 r o a + r o (r + o + z): first up, then
 *   down. So the least value is at an end of a, and the greatest at an end or at the positive root: bounds are sharp.
 * Requirement 2 (Krugman): each share lies in [l_i/(l_i + Σ h_others), h_i/(h_i + Σ l_others)]; the sum of the differences' ranges
 *   encloses the index.
 * Requirement 3: shares of values with open ends: an end of ∞ gives a share of at most 1. */
#include "stats/structure.h"
#include "stats/internal.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static const struct interval unknown = {NAN, NAN, NAN};

/* ---- requirement 1 ---- */

/* The quotient; parts may be infinite, their limits are taken. NaN: 0/0. */
static double quotient(double a, double r, double o, double z)
{
    if (isinf(z))
        return a > 0 ? INFINITY : r > 0 && o > 0 ? 0 : NAN;
    if (isinf(a))
        return 1;
    if (isinf(r) && isinf(o))
        return 0;
    if (isinf(r))
        return a + o > 0 ? a / (a + o) : NAN;
    if (isinf(o))
        return a + r > 0 ? a / (a + r) : NAN;
    if (a + r <= 0 || a + o <= 0)
        return NAN;
    return (a / (a + r)) / ((a + o) / (a + r + o + z));
}

static double greatest_quotient(struct interval cell, double r, double o, double z)
{
    double best = fmax(quotient(cell.low, r, o, z), quotient(cell.high, r, o, z));
    if (z > 0 && isfinite(z) && isfinite(r) && isfinite(o)) {
        /* z a² - 2 r o a - r o (r + o + z) = 0 */
        double half = r * o / z, root = half + sqrt(half * half + r * o * (r + o + z) / z);
        if (root > cell.low && root < cell.high)
            best = fmax(best, quotient(root, r, o, z));
    }
    return best;
}

int stats_location_quotient(struct interval cell, struct interval r, struct interval o, struct interval z,
                            struct structure_result *result)
{
    struct interval *parts[] = {&cell, &r, &o, &z};
    *result = (struct structure_result){.value = unknown};
    for (size_t i = 0; i < 4; i++) {
        if (isnan(parts[i]->value)) {
            result->reason = REASON_EMPTY;
            return E_OK;
        }
        if (interval_check(parts[i]) != E_OK)
            return E_DOMAIN;
        if (parts[i]->value < 0)
            result->reason = REASON_NEGATIVE;
    }
    if (result->reason == REASON_NONE && (cell.value + r.value <= 0 || cell.value + o.value <= 0))
        result->reason = REASON_ZERO_BASE;
    if (result->reason != REASON_NONE)
        return E_OK;
    result->value.value = quotient(cell.value, r.value, o.value, z.value);
    bool exact = true;
    for (size_t i = 0; i < 4; i++) {
        exact = exact && parts[i]->low == parts[i]->high;
        if (parts[i]->low < 0)
            return E_OK;  /* nothing can be said of the bounds */
    }
    double a[] = {quotient(cell.low, r.high, o.high, z.low), quotient(cell.high, r.high, o.high, z.low)};
    /* 0/0 at an end: a region or industry that may be nothing has no quotient there; what is left is from 0 up */
    result->value.low = isnan(a[0]) || isnan(a[1]) ? 0 : fmin(fmin(a[0], a[1]), result->value.value);
    double high = greatest_quotient(cell, r.low, o.low, z.high);
    result->value.high = isnan(high) ? INFINITY : fmax(high, result->value.value);
    if (exact)
        result->value.low = result->value.high = result->value.value;
    result->sharpness = exact ? SHARPNESS_exact : SHARPNESS_sharp;
    return E_OK;
}

/* The share of a in a + rest: rises with a, falls with rest. NaN: 0/0. */
static double share(double a, double rest)
{
    if (isinf(a))
        return 1;
    return isinf(rest) ? 0 : a / (a + rest);
}

int stats_share_ratio(struct interval cell, struct interval rest, struct interval reference_cell,
                      struct interval reference_rest, struct structure_result *result)
{
    struct interval *parts[] = {&cell, &rest, &reference_cell, &reference_rest};
    bool exact = true;
    *result = (struct structure_result){.value = unknown};
    for (size_t i = 0; i < 4; i++) {
        if (isnan(parts[i]->value)) {
            result->reason = REASON_EMPTY;
            return E_OK;
        }
        if (interval_check(parts[i]) != E_OK)
            return E_DOMAIN;
        if (parts[i]->value < 0)
            result->reason = REASON_NEGATIVE;
        parts[i]->low = fmax(parts[i]->low, fmin(0, parts[i]->value));
        exact = exact && parts[i]->low == parts[i]->high;
    }
    if (result->reason == REASON_NONE && (cell.value + rest.value <= 0 || reference_cell.value <= 0))
        result->reason = REASON_ZERO_BASE;
    if (result->reason != REASON_NONE)
        return E_OK;
    double value = share(cell.value, rest.value) / share(reference_cell.value, reference_rest.value);
    double low = share(cell.low, rest.high), high = share(cell.high, rest.low);
    double reference_low = share(reference_cell.low, reference_rest.high), reference_high = share(reference_cell.high, reference_rest.low);
    low = isnan(low) ? 0 : low / (isnan(reference_high) ? 1 : reference_high);
    high = isnan(high) ? 1 : high;
    high = isnan(reference_low) || reference_low == 0 ? INFINITY : high / reference_low;
    result->value = exact ? (struct interval){value, value, value} : (struct interval){value, fmin(low, value), fmax(high, value)};
    result->sharpness = exact ? SHARPNESS_exact : SHARPNESS_enclosure;
    return E_OK;
}

/* ---- specialisation ---- */

struct sums {
    double value, low, high;
};

static struct sums sum_of(const struct interval *x, size_t n)
{
    struct compensated value = {0, 0}, low = {0, 0};
    double high = 0;
    for (size_t i = 0; i < n; i++) {
        compensated_add(&value, x[i].value);
        compensated_add(&low, x[i].low);
        high += x[i].high;
    }
    return (struct sums){compensated_sum(&value), compensated_sum(&low), high};
}

/* Requirement 2: the share of one of several parts, and its range. */
static struct interval share_of(struct interval x, struct sums sum)
{
    struct interval share = {x.value / sum.value, x.value / sum.value, x.value / sum.value};
    if (sum.low == sum.high)
        return share;
    double others_high = isinf(sum.high) ? (isinf(x.high) ? INFINITY : sum.high) : sum.high - x.high;
    double others_low = sum.low - x.low;
    share.low = x.low <= 0 ? 0 : isinf(others_high) ? 0 : x.low / (x.low + others_high);
    share.high = isinf(x.high) || others_low <= 0 ? (x.high > 0 ? 1 : 0) : x.high / (x.high + others_low);
    share.low = fmin(share.low, share.value);
    share.high = fmax(share.high, share.value);
    return share;
}

static void krugman_of(const struct interval *region, const struct interval *reference, size_t n, bool bounded,
                       struct structure_result *result)
{
    struct sums own = sum_of(region, n), other = sum_of(reference, n);
    struct compensated value = {0, 0};
    double low = 0, high = 0;
    for (size_t i = 0; i < n; i++) {
        struct interval s = share_of(region[i], own), r = share_of(reference[i], other);
        compensated_add(&value, fabs(s.value - r.value));
        low += fmax(0, fmax(s.low - r.high, r.low - s.high));
        high += fmax(s.high - r.low, r.high - s.low);
    }
    double index = compensated_sum(&value);
    result->value = (struct interval){index, index, index};
    if (bounded)
        result->value = (struct interval){index, fmin(low, index), fmax(fmin(high, 2), index)};
    result->sharpness = bounded ? SHARPNESS_enclosure : SHARPNESS_exact;
}

static int gini_of_ratios(const struct interval *region, const struct interval *reference, size_t n, bool bounded,
                          struct structure_result *result)
{
    struct sums own = sum_of(region, n), other = sum_of(reference, n);
    struct inequality_result gini;
    struct interval *ratios = malloc((n ? n : 1) * sizeof *ratios);
    int status = ratios == NULL ? E_MEMORY : E_OK;
    for (size_t i = 0; i < n && status == E_OK; i++) {
        struct interval s = share_of(region[i], own), r = share_of(reference[i], other);
        if (!(r.value > 0)) {
            result->reason = REASON_ZERO_BASE;
            goto done;
        }
        ratios[i] = (struct interval){s.value / r.value, s.low / r.high, r.low > 0 ? s.high / r.low : INFINITY};
        ratios[i].low = fmin(ratios[i].low, ratios[i].value);
        ratios[i].high = fmax(ratios[i].high, ratios[i].value);
    }
    if (status == E_OK)
        status = stats_inequality_bounds(INEQUALITY_gini, 0, ratios, NULL, n, &gini);
    if (status == E_OK) {
        result->value = (struct interval){gini.value, gini.low, gini.high};
        result->reason = gini.reason;
        result->sharpness = bounded ? SHARPNESS_enclosure : SHARPNESS_exact;  /* ratios move together */
    }
done:
    free(ratios);
    return status;
}

static int entropy_of(const struct interval *region, size_t n, bool bounded, struct specialization *result)
{
    struct inequality_result hhi, theil;
    int status = stats_inequality_bounds(INEQUALITY_hhi, 0, region, NULL, n, &hhi);
    if (status == E_OK)
        status = stats_inequality_bounds(INEQUALITY_theil_t, 0, region, NULL, n, &theil);
    if (status != E_OK)
        return status;
    result->hhi = (struct structure_result){{hhi.value, hhi.low, hhi.high}, hhi.sharpness, hhi.reason};
    /* H = ln n - T: Theil's T is the entropy's distance from its greatest value */
    struct sums own = sum_of(region, n);
    struct compensated entropy = {0, 0};
    for (size_t i = 0; i < n; i++) {
        double share = region[i].value / own.value;
        if (share > 0)
            compensated_add(&entropy, -share * log(share));
    }
    double value = fmax(0, compensated_sum(&entropy)), most = log((double)n);
    result->entropy.value = (struct interval){value, value, value};
    if (bounded)
        result->entropy.value = (struct interval){value, fmin(value, fmax(0, most - theil.high)), fmax(value, most - theil.low)};
    result->entropy.sharpness = theil.sharpness;
    return E_OK;
}

/* Why parts of values that are not negative have no shares. */
static enum reason no_structure(const struct interval *x, size_t n)
{
    double sum = sum_of(x, n).value;
    return !isfinite(sum) ? REASON_OVERFLOW : sum > 0 ? REASON_NONE : REASON_ZERO_SUM;
}

int stats_specialization(const struct interval *region, const struct interval *reference, size_t n,
                         struct specialization *result)
{
    struct interval *own = calloc(n ? n : 1, sizeof *own), *other = calloc(n ? n : 1, sizeof *other);
    enum reason reason = REASON_NONE, other_reason = REASON_NONE;
    int status = own == NULL || other == NULL ? E_MEMORY : E_OK;
    bool bounded = false;
    *result = (struct specialization){.krugman.value = unknown, .gini.value = unknown, .hhi.value = unknown,
                                      .entropy.value = unknown};
    for (size_t i = 0; i < n && status == E_OK; i++) {
        struct interval a = region[i], b = reference[i];
        if (isnan(a.value) || isnan(b.value)) {
            result->missing++;
            continue;
        }
        if (interval_check(&a) != E_OK || interval_check(&b) != E_OK) {
            status = E_DOMAIN;
            goto done;
        }
        if (a.value < 0)
            reason = REASON_NEGATIVE;
        if (b.value < 0)
            other_reason = REASON_NEGATIVE;
        a.low = fmax(a.low, fmin(0, a.value));  /* shares are of what is not negative */
        b.low = fmax(b.low, fmin(0, b.value));
        bounded |= a.low < a.high || b.low < b.high;
        own[result->n] = a;
        other[result->n++] = b;
    }
    if (status != E_OK)
        goto done;
    if (result->n == 0)
        reason = other_reason = REASON_EMPTY;
    if (reason == REASON_NONE)
        reason = no_structure(own, result->n);
    if (other_reason == REASON_NONE)
        other_reason = no_structure(other, result->n);
    result->hhi.reason = result->entropy.reason = reason;
    result->krugman.reason = result->gini.reason = reason != REASON_NONE ? reason : other_reason;
    if (reason != REASON_NONE)
        goto done;
    if ((status = entropy_of(own, result->n, bounded, result)) != E_OK || other_reason != REASON_NONE)
        goto done;
    krugman_of(own, other, result->n, bounded, &result->krugman);
    status = gini_of_ratios(own, other, result->n, bounded, &result->gini);
done:
    free(own);
    free(other);
    return status;
}
