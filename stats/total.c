/* total.c — sums that neither lose small terms beside large ones nor depend on the order of the input in any digit
 * that matters.
 *
 * A. Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54 (1974) 39–51, the
 * improved Kahan–Babuška algorithm: beside the running sum it keeps what each addition rounded away,
 *     s' = s + x;  c += |s| >= |x| ? (s - s') + x : (x - s') + s;  result s + c.
 * The error is about one rounding of the result plus n² ε² Σ|x|, instead of n ε Σ|x|. */
#include "stats/internal.h"

#include <math.h>
#include <stdbool.h>

/* Sums that overflow on the way are redone on terms scaled by 2^-SHIFT: no array in memory has 2^SHIFT elements. */
#define SHIFT 64

void compensated_add(struct compensated *running, double term)
{
    double sum = running->sum + term;
    if (fabs(running->sum) >= fabs(term))
        running->correction += (running->sum - sum) + term;
    else
        running->correction += (term - sum) + running->sum;
    running->sum = sum;
}

double compensated_sum(const struct compensated *running)
{
    return running->sum + running->correction;
}

double stats_sum(const double *values, size_t n)
{
    struct compensated plain = {0, 0};
    for (size_t i = 0; i < n; i++)
        compensated_add(&plain, values[i]);
    double sum = compensated_sum(&plain);
    if (isfinite(sum))
        return sum;
    struct compensated scaled = {0, 0};
    for (size_t i = 0; i < n; i++)
        compensated_add(&scaled, ldexp(values[i], -SHIFT));
    return ldexp(compensated_sum(&scaled), SHIFT);
}

/* The part of one interval that is summed: its value or one of its ends. */
enum part { VALUE, LOW, HIGH };

static double part_of(const struct interval *interval, enum part part)
{
    return part == VALUE ? interval->value : part == LOW ? interval->low : interval->high;
}

/* Σ of one part over the non-missing intervals. Infinite ends are kept out of the compensated sum, where they would
 * give inf - inf, and decide the result on their own. */
static double sum_part(const struct interval *values, size_t n, enum part part, int shift)
{
    struct compensated running = {0, 0};
    double unbounded = part == LOW ? -INFINITY : INFINITY;
    bool infinite = false;
    for (size_t i = 0; i < n; i++) {
        struct interval known = values[i];
        if (isnan(known.value) || interval_check(&known) != E_OK)
            continue;
        double term = part_of(&known, part);
        if (isinf(term))
            infinite = true;
        else
            compensated_add(&running, ldexp(term, -shift));
    }
    double sum = infinite ? unbounded : ldexp(compensated_sum(&running), shift);
    return !isfinite(sum) && !infinite && shift == 0 ? sum_part(values, n, part, SHIFT) : sum;
}

int stats_total(const struct interval *values, size_t n, struct total *total)
{
    *total = (struct total){{NAN, NAN, NAN}, 0, 0};
    for (size_t i = 0; i < n; i++) {
        struct interval known = values[i];
        if (isnan(known.value)) {
            total->missing++;
            continue;
        }
        if (interval_check(&known) != E_OK)
            return E_DOMAIN;
        total->n++;
    }
    if (total->n == 0)
        return E_OK;
    struct interval sum = {sum_part(values, n, VALUE, 0), sum_part(values, n, LOW, 0), sum_part(values, n, HIGH, 0)};
    if (!isfinite(sum.value))
        return E_DOMAIN;
    /* three separate roundings must not push the value out of its bounds */
    total->sum = (struct interval){sum.value, fmin(sum.low, sum.value), fmax(sum.high, sum.value)};
    return E_OK;
}
