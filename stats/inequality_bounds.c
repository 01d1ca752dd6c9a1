/* inequality_bounds.c — between what an index of inequality must lie when its values are known only within bounds.
 *
 * All indices here but the ratios of quantiles are N(x)/D(x) with N convex, D concave (for most of them linear) and positive,
 * both homogeneous of degree 1, or increasing functions of such a ratio: of Σ w|x_i - x_j| / Σ w x for Gini, of the norm of x - μ
 * for cv, of μ over the power mean for Atkinson, L and the generalized entropies, of (Σ w x ln x - μ ln μ)/μ for T. So the sets
 * {index <= c} are convex, and the indices respect Pigou's and Dalton's transfer principle. From this follow:
 *
 * Requirement 1 (least): of all values within the bounds that have the mean m, those closest to equality in Lorenz's sense are
 *   x_i = t clamped to [low_i, high_i], with one t for all rows (the solution of Σ w φ(x) -> min for every convex φ). The index of
 *   these, as a function of m, has one valley without level stretches elsewhere: a golden-section search finds its bottom. Where
 *   one t lies in all the bounds, equality is possible. The least value is attained: sharp.
 * Requirement 2 (greatest, few rows with bounds): on a box the greatest value is attained at a corner. All 2^k corners are looked
 *   at as long as that is at most WORK values: sharp. (For many rows even the greatest variance is an NP-hard question: Ferson et
 *   al., Computing variance for interval data is NP-hard, SIGACT News 33 (2002) 108–118.)
 * Requirement 3 (greatest, many rows): with the mean m given, the poorest p of the weight have at least A(p), that of the sorted low
 *   ends, and at least m - B(1 - p), B from the sorted high ends. The distribution that has the low ends up to the p* where both are
 *   equal, and the high ends from there on, is therefore at least as unequal as any within the bounds, though rows may appear in it
 *   twice. Its index as a function of m has one hill; its top is an upper bound: an enclosure.
 * Requirement 4 (an open end): along the line x_i -> ∞ the index is largest at one of the line's ends, and at its far end all of the
 *   total is row i's: the limit is known in closed form (T: -ln w_i; L: ∞).
 * Requirement 5: a ratio of quantiles lies between the ratios of the quantiles of opposite ends, because quantiles rise with each
 *   value: an enclosure.
 * Requirement 6: bounds below 0 where the index needs values from 0 up: no bounds are claimed, with the reason. */
#include "stats/inequality_ratio.h"
#include "stats/internal.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#define WORK (1u << 20)       /* values looked at in an enumeration of corners */
#define MOST_CORNERS 20       /* rows with bounds */
#define SEARCH_STEPS 90       /* of a golden section: 0.618^90 < 2^-52 */
#define SAFETY 1e-12          /* what rounding may take from an upper bound that is approached from below */

struct box {
    enum inequality index;
    double parameter;
    struct row *rows;          /* by low end, ascending; weights sum to 1 */
    size_t n;
    struct distribution work;  /* room for 2n values */
    double *highs, *high_weights;  /* by high end, ascending */
    double *knots, *means;     /* 2n ends, ascending, and the mean of the rows clamped to each */
    bool weighted;
};

const char *sharpness_name(enum sharpness sharpness)
{
    static const char *const names[] = {"exact", "sharp", "enclosure"};
    return names[sharpness];
}

static int by_low(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    return (x->low > y->low) - (x->low < y->low);
}

static int by_high(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    return (x->high > y->high) - (x->high < y->high);
}

struct event {
    double at, slope;
};

static int by_place(const void *a, const void *b)
{
    const struct event *x = a, *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

/* The index of what lies in box->work; `otherwise` where all values are 0 and there is none. What counts rows is computed from
 * what does not, with the true number of rows: requirement 3 splits them. */
static double evaluate(struct box *box, double otherwise)
{
    struct distribution *d = &box->work;
    double n = (double)box->n, value;
    if (d->n == 0 || (d->value[d->n - 1] == 0 && d->value[0] == 0))
        return otherwise;
    switch (box->index) {
    case INEQUALITY_gini_corrected:
        value = inequality_of(INEQUALITY_gini, 0, d) * n / (n - 1);
        break;
    case INEQUALITY_cv:
        value = inequality_of(INEQUALITY_cv_population, 0, d) * sqrt(n / (n - 1));
        break;
    case INEQUALITY_hhi:  /* of rows of equal weight (box_fill) */
        value = inequality_of(INEQUALITY_cv_population, 0, d);
        value = (1 + value * value) / n;
        break;
    case INEQUALITY_hhi_normalized:
        value = inequality_of(INEQUALITY_cv_population, 0, d);
        value = value * value / (n - 1);
        break;
    default:
        value = inequality_of(box->index, box->parameter, d);
    }
    return isnan(value) ? otherwise : value;
}

/* Fills the high ends in their own order. */
static void order_highs(struct box *box)
{
    qsort(box->rows, box->n, sizeof *box->rows, by_high);
    for (size_t i = 0; i < box->n; i++) {
        box->highs[i] = box->rows[i].high;
        box->high_weights[i] = box->rows[i].weight;
    }
    qsort(box->rows, box->n, sizeof *box->rows, by_low);
}

/* ---- requirement 1 ---- */

/* The mean of the rows clamped to t rises linearly between the ends; its values there, in O(n log n). */
static int make_knots(struct box *box)
{
    size_t count = 2 * box->n;
    struct event *events = malloc(count * sizeof *events);
    if (events == NULL)
        return E_MEMORY;
    struct compensated mean = {0, 0}, slope = {0, 0};
    for (size_t i = 0; i < box->n; i++) {
        const struct row *row = &box->rows[i];
        events[2 * i] = (struct event){row->low, row->weight};
        events[2 * i + 1] = (struct event){row->high, -row->weight};
        compensated_add(&mean, row->weight * row->low);
    }
    qsort(events, count, sizeof *events, by_place);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            compensated_add(&mean, fmax(0, compensated_sum(&slope)) * (events[i].at - events[i - 1].at));
        box->knots[i] = events[i].at;
        box->means[i] = compensated_sum(&mean);
        compensated_add(&slope, events[i].slope);
    }
    free(events);
    return E_OK;
}

/* The clamping value whose rows have the mean m. */
static double clamp_for(const struct box *box, double m)
{
    size_t first = 0, last = 2 * box->n - 1;
    while (last - first > 1) {
        size_t middle = first + (last - first) / 2;
        if (box->means[middle] <= m)
            first = middle;
        else
            last = middle;
    }
    double rise = box->means[last] - box->means[first];
    double part = rise > 0 ? fmin(1, fmax(0, (m - box->means[first]) / rise)) : 0;
    return box->knots[first] + part * (box->knots[last] - box->knots[first]);
}

static double most_equal(struct box *box, double m)
{
    double t = clamp_for(box, m);
    struct distribution *d = &box->work;
    d->n = 0;
    /* in order without sorting: high ends below t, then t, then low ends above it */
    for (size_t i = 0; i < box->n && box->highs[i] < t; i++) {
        d->value[d->n] = box->highs[i];
        d->weight[d->n++] = box->high_weights[i];
    }
    for (size_t i = 0; i < box->n; i++) {
        if (box->rows[i].high < t)
            continue;
        d->value[d->n] = fmax(t, box->rows[i].low);
        d->weight[d->n++] = box->rows[i].weight;
    }
    return evaluate(box, INFINITY);
}

/* ---- requirement 3 ---- */

/* Low ends up to the part p of the weight, high ends above, p so that the mean is m. */
static double most_unequal(struct box *box, double m)
{
    double sum = 0, from = 0;
    size_t low = 0, high = 0, n = 0;
    double low_left = box->rows[0].weight, high_left = box->high_weights[0];
    struct distribution *d = &box->work;
    for (size_t i = 0; i < box->n; i++)
        sum += box->highs[i] * box->high_weights[i];
    /* walks p up from 0: each step trades a piece of a high end for the same piece of a low end */
    while (low < box->n && high < box->n && sum > m) {
        double piece = fmin(low_left, high_left);
        double fall = box->highs[high] - box->rows[low].low;
        bool stop = fall * piece > sum - m;
        if (stop)
            piece = (sum - m) / fall;
        sum -= fall * piece;
        from += piece;
        low_left -= piece;
        high_left -= piece;
        if (stop)
            break;
        if (low_left <= 0 && ++low < box->n)
            low_left += box->rows[low].weight;
        if (high_left <= 0 && ++high < box->n)
            high_left += box->high_weights[high];
    }
    double left = from;
    for (size_t i = 0; i < box->n && left > 0; i++) {
        d->value[n] = box->rows[i].low;
        d->weight[n++] = fmin(left, box->rows[i].weight);
        left -= box->rows[i].weight;
    }
    for (size_t i = high; i < box->n; i++) {
        double weight = i == high ? fmin(high_left, box->high_weights[i]) : box->high_weights[i];
        if (weight <= 0)
            continue;
        d->value[n] = n > 0 ? fmax(d->value[n - 1], box->highs[i]) : box->highs[i];
        d->weight[n++] = weight;
    }
    d->n = n;
    return evaluate(box, -INFINITY);
}

/* The best of f on [first, last] in the sense of sign: -1 the least, 1 the greatest. */
static double golden_section(struct box *box, double f(struct box *, double), double first, double last, int sign)
{
    const double ratio = 0.6180339887498949;
    double a = first, b = last;
    double best = fmax(sign * f(box, a), sign * f(box, b));
    double x = b - ratio * (b - a), y = a + ratio * (b - a);
    double fx = sign * f(box, x), fy = sign * f(box, y);
    for (int step = 0; step < SEARCH_STEPS && b > a; step++) {
        best = fmax(best, fmax(fx, fy));
        if (fx < fy) {
            a = x;
            x = y;
            fx = fy;
            y = a + ratio * (b - a);
            fy = sign * f(box, y);
        } else {
            b = y;
            y = x;
            fy = fx;
            x = b - ratio * (b - a);
            fx = sign * f(box, x);
        }
    }
    return sign * best;
}

static double least(struct box *box)
{
    double smallest_high = INFINITY, largest_low = -INFINITY, reach = INFINITY;
    for (size_t i = 0; i < box->n; i++) {
        smallest_high = fmin(smallest_high, box->rows[i].high);
        largest_low = fmax(largest_low, box->rows[i].low);
        if (box->rows[i].high > 0)
            reach = fmin(reach, box->rows[i].high);
    }
    box->work.n = box->n;
    if (smallest_high >= largest_low && smallest_high > 0) {
        for (size_t i = 0; i < box->n; i++) {
            box->work.value[i] = 1;
            box->work.weight[i] = box->rows[i].weight;
        }
        return evaluate(box, INFINITY);
    }
    /* equality is only possible at 0, which has no index: then any positive t shows what is near it */
    double from = smallest_high, to = fmax(largest_low, smallest_high <= 0 ? reach : smallest_high);
    double means[2] = {0, 0};
    for (size_t i = 0; i < box->n; i++) {
        means[0] += box->rows[i].weight * fmin(fmax(from, box->rows[i].low), box->rows[i].high);
        means[1] += box->rows[i].weight * fmin(fmax(to, box->rows[i].low), box->rows[i].high);
    }
    return golden_section(box, most_equal, means[0], means[1], -1);
}

/* ---- requirement 2 ---- */

static double greatest_corner(struct box *box, const size_t *bounded, size_t k)
{
    double best = -INFINITY;
    struct distribution *d = &box->work;
    for (uint32_t corner = 0; corner < (uint32_t)1 << k; corner++) {
        d->n = box->n;
        for (size_t i = 0; i < box->n; i++) {
            d->value[i] = box->rows[i].low;
            d->weight[i] = box->rows[i].weight;
        }
        for (size_t j = 0; j < k; j++)
            if (corner >> j & 1)
                d->value[bounded[j]] = box->rows[bounded[j]].high;
        distribution_sort(d);
        best = fmax(best, evaluate(box, -INFINITY));
    }
    return best;
}

/* ---- requirement 4 ---- */

static double ratio_limit(double weight, double upper, double lower)
{
    double others = 1 - weight;
    return lower <= others ? INFINITY : fmin(weight, upper) / (lower - others);
}

/* The index when all of the total is that of one row of weight w. */
static double limit(const struct box *box, double w)
{
    double n = (double)box->n, p = box->parameter;
    switch (box->index) {
    case INEQUALITY_gini:
    case INEQUALITY_hoover:
        return 1 - w;
    case INEQUALITY_gini_corrected:
        return (1 - w) * n / (n - 1);
    case INEQUALITY_theil_t:
        return -log(w);
    case INEQUALITY_atkinson:
        return p < 1 ? 1 - pow(w, p / (1 - p)) : 1;
    case INEQUALITY_generalized_entropy:
        return p == 1 ? -log(w) : p <= 0 ? INFINITY : (pow(w, 1 - p) - 1) / (p * (p - 1));
    case INEQUALITY_cv:
        return sqrt((1 / w - 1) * n / (n - 1));
    case INEQUALITY_cv_population:
        return sqrt(1 / w - 1);
    case INEQUALITY_hhi:
    case INEQUALITY_hhi_normalized:
        return 1;
    case INEQUALITY_palma:
        return ratio_limit(w, 0.1, 0.4);
    case INEQUALITY_s80_s20:
        return ratio_limit(w, 0.2, 0.2);
    default:
        return INFINITY;  /* theil_l */
    }
}

static double greatest(struct box *box, bool *sharp)
{
    double best = -INFINITY;
    size_t bounded[MOST_CORNERS], k = 0;
    for (size_t i = 0; i < box->n; i++)
        if (isinf(box->rows[i].high))
            best = fmax(best, limit(box, box->rows[i].weight));
    for (size_t i = 0; i < box->n; i++) {
        if (isinf(box->rows[i].high))
            box->rows[i].high = box->rows[i].low;
        if (box->rows[i].high <= box->rows[i].low)
            continue;
        if (k < MOST_CORNERS)
            bounded[k] = i;
        k++;
    }
    bool few = k <= MOST_CORNERS && ((size_t)box->n << k) <= WORK;
    *sharp = true;
    if (best == INFINITY)
        return best;
    if (few)
        return fmax(best, greatest_corner(box, bounded, k));
    order_highs(box);
    double from = 0, to = 0;
    for (size_t i = 0; i < box->n; i++) {
        from += box->rows[i].weight * box->rows[i].low;
        to += box->rows[i].weight * box->rows[i].high;
    }
    double bound = golden_section(box, most_unequal, from, to, 1);
    *sharp = false;
    return fmax(best, bound * (1 + SAFETY));
}

/* ---- all together ---- */

static int box_open(struct box *box, size_t n)
{
    size_t room = n ? n : 1;
    if (n > SIZE_MAX / (4 * sizeof(struct row)))
        return E_MEMORY;
    box->rows = malloc(room * sizeof *box->rows);
    box->work.value = malloc(2 * room * sizeof(double));
    box->work.weight = malloc(2 * room * sizeof(double));
    box->highs = malloc(room * sizeof(double));
    box->high_weights = malloc(room * sizeof(double));
    box->knots = malloc(2 * room * sizeof(double));
    box->means = malloc(2 * room * sizeof(double));
    return box->rows != NULL && box->work.value != NULL && box->work.weight != NULL && box->highs != NULL &&
                   box->high_weights != NULL && box->knots != NULL && box->means != NULL ? E_OK : E_MEMORY;
}

static void box_close(struct box *box)
{
    free(box->rows);
    distribution_free(&box->work);
    free(box->highs);
    free(box->high_weights);
    free(box->knots);
    free(box->means);
}

/* Rows that count, scaled, weights normalised. For shares of the total (hhi) a row's part is weight·value, each of weight 1. */
static int box_fill(struct box *box, const struct interval *values, const double *weights, size_t n, bool *bounded)
{
    bool totals = box->index == INEQUALITY_hhi || box->index == INEQUALITY_hhi_normalized;
    double largest = 0, sum = 0, heaviest = 0;
    *bounded = false;
    for (size_t i = 0; weights != NULL && i < n; i++)
        heaviest = fmax(heaviest, weights[i]);  /* scaled by it nothing overflows */
    for (size_t i = 0; i < n; i++) {
        struct interval known = values[i];
        double weight = weights != NULL ? weights[i] / heaviest : 1;
        if (isnan(known.value) || isnan(weight) || weight == 0)
            continue;
        if (interval_check(&known) != E_OK)
            return E_DOMAIN;
        double factor = totals ? weight : 1;
        struct row *row = &box->rows[box->n++];
        *row = (struct row){known.value * factor, known.low * factor, known.high * factor, totals ? 1 : weight};
        *bounded |= row->low < row->high;
        sum += row->weight;
        largest = fmax(largest, isinf(row->high) ? fabs(row->value) : fabs(row->high));
    }
    int exponent;
    frexp(largest, &exponent);
    for (size_t i = 0; i < box->n; i++) {
        struct row *row = &box->rows[i];
        row->weight /= sum;
        row->value = ldexp(row->value, -exponent);
        row->low = ldexp(row->low, -exponent);
        row->high = ldexp(row->high, -exponent);
    }
    qsort(box->rows, box->n, sizeof *box->rows, by_low);
    box->work.weighted = box->weighted = weights != NULL && !totals;
    return E_OK;
}

/* Requirement 6. */
static enum reason box_domain(const struct box *box)
{
    if (box->index != INEQUALITY_cv && box->index != INEQUALITY_cv_population)
        return box->rows[0].low < 0 ? REASON_BOUND_NEGATIVE : REASON_NONE;
    double mean = 0;
    for (size_t i = 0; i < box->n; i++)
        mean += box->rows[i].weight * box->rows[i].low;
    return mean > 0 ? REASON_NONE : box->rows[0].low < 0 ? REASON_BOUND_NEGATIVE : REASON_NONE;
}

int stats_inequality_bounds(enum inequality index, double parameter, const struct interval *values, const double *weights,
                            size_t n, struct inequality_result *result)
{
    bool bounded, sharp, number = index == INEQUALITY_equivalent_number;
    struct box box = {.index = number ? INEQUALITY_hhi : index, .parameter = parameter};
    double *points = malloc((n ? n : 1) * sizeof *points);
    int status = box_open(&box, n);
    *result = (struct inequality_result){.value = NAN, .low = NAN, .high = NAN};
    if (points == NULL || status != E_OK) {
        status = E_MEMORY;
        goto done;
    }
    for (size_t i = 0; i < n; i++)
        points[i] = values[i].value;
    if ((status = stats_inequality(index, parameter, points, weights, n, result)) != E_OK ||
        (status = box_fill(&box, values, weights, n, &bounded)) != E_OK || !bounded)
        goto done;
    result->low = result->high = NAN;
    /* what is undefined for every value of the data (too few rows, weights, a bad parameter) has no bounds either */
    result->bound_reason = result->reason != REASON_NONE ? result->reason : box_domain(&box);
    if (result->bound_reason != REASON_NONE)
        goto done;
    result->sharpness = SHARPNESS_sharp;
    if (box.n == 1) {
        result->low = result->high = result->value;
        goto done;
    }
    if (index >= INEQUALITY_p90_p10) {
        status = ratio_bounds(box.index, box.rows, box.n, box.weighted, result);
        goto done;
    }
    if ((status = make_knots(&box)) != E_OK)
        goto done;
    order_highs(&box);
    result->low = least(&box);
    result->high = greatest(&box, &sharp);
    if (!sharp)
        result->sharpness = SHARPNESS_enclosure;
    if (number) {
        double low = 1 / result->high;
        result->high = 1 / result->low;
        result->low = low;
    }
    /* rounding of three separate results must not push the value out */
    result->low = fmin(result->low, result->value);
    result->high = fmax(result->high, result->value);
done:
    free(points);
    box_close(&box);
    return status;
}
