/* interval.c — figures that are known only within bounds ("600余户", "3—5万元") and their arithmetic.
 *
 * Textbook interval arithmetic (Moore, Kearfott & Cloud, Introduction to Interval Analysis, 2009, chapter 2) with a
 * reported value carried along inside each interval:
 *     [a] + [b] = [a.low + b.low, a.high + b.high]
 *     c · [a]   = [c·a.low, c·a.high], ends swapped when c < 0
 * Ends are rounded to nearest, not outwards: figures in reports have far fewer digits than a double.
 *
 * A missing value has three NaN and makes every result missing. An end of which nothing is known is infinite. */
#include "stats/internal.h"

#include <gsl/gsl_errno.h>
#include <math.h>

static const struct interval missing = {NAN, NAN, NAN};

void stats_init(void)
{
    gsl_set_error_handler_off();
}

struct interval interval_of(double value, double low, double high, enum stats_bound bound, int nonnegative)
{
    if (bound == STATS_RANGE && !isnan(low) && !isnan(high)) {
        struct interval range = {value, fmin(low, high), fmax(low, high)};
        if (isnan(value))
            range.value = range.low / 2 + range.high / 2;
        return range;
    }
    if (isnan(value))
        return missing;
    switch (bound) {
    case STATS_EXACT:
    case STATS_ABOUT:
    case STATS_RANGE:  /* without its ends */
        return (struct interval){value, value, value};
    case STATS_ABOVE:
        return (struct interval){value, value, INFINITY};
    case STATS_BELOW:
        /* a negative value contradicts `nonnegative`: then nothing is known of the lower end */
        return (struct interval){value, nonnegative && value >= 0 ? 0 : -INFINITY, value};
    }
    return missing;
}

struct interval interval_add(struct interval a, struct interval b)
{
    if (isnan(a.value) || isnan(b.value))
        return missing;
    struct interval sum = {a.value + b.value, a.low + b.low, a.high + b.high};
    /* an unknown end stays unknown, and so does infinity minus infinity */
    if (isnan(sum.low))
        sum.low = -INFINITY;
    if (isnan(sum.high))
        sum.high = INFINITY;
    return sum;
}

struct interval interval_scale(struct interval a, double factor)
{
    if (isnan(a.value) || isnan(factor))
        return missing;
    if (factor == 0)
        return (struct interval){0, 0, 0};  /* also of an infinite end: the true value is finite */
    struct interval scaled = {a.value * factor, a.low * factor, a.high * factor};
    if (factor < 0) {
        double low = scaled.high;
        scaled.high = scaled.low;
        scaled.low = low;
    }
    return scaled;
}

int interval_check(struct interval *interval)
{
    if (isnan(interval->low))
        interval->low = -INFINITY;
    if (isnan(interval->high))
        interval->high = INFINITY;
    if (!isfinite(interval->value) || interval->low > interval->value || interval->value > interval->high)
        return E_DOMAIN;
    return E_OK;
}
