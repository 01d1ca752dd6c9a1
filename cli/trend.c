/* trend.c — the command that says how figures change over time: growth, lines, rank-based trends, convergence of regions.
 *
 * Rows of one region (--region's column, or the store's regions), else of one group, make a series; without both the whole
 * column is one. Growth carries the bounds of its first and last figure. */
#include "cli/frame.h"
#include "cli/result.h"

#include "data/base/number.h"
#include "stats/trend.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct option options[] = {
    FRAME_OPTIONS,
    OPTION("convergence", 0, NULL, convergence, "whether regions grow alike: β and λ from the first time to the last, σ at each time"),
    OPTION("confidence", 0, "PERCENT", confidence, "of the intervals of slopes (95% otherwise)"),
    RESULT_OPTIONS,
    HELP_OPTION,
    OPTIONS_END,
};

static const char *const headline[] = {"n", "first_period", "last_period", "first", "last", "growth", "annual_growth", "slope", "slope_p",
                                       "sen_slope", "mann_kendall_p", NULL};

struct point {
    double time;
    struct interval value;
    bool conventional;
    const char *period;
    size_t row;
};

static int no_memory(struct error *error)
{
    return error_set(error, E_MEMORY, "out of memory");
}

static int by_time(const void *a, const void *b)
{
    const struct point *x = a, *y = b;
    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* What tells one series from the next: the region, else the group. */
static const char *series_key(const struct frame *frame, size_t row)
{
    if (frame->region_code != NULL && frame->region_code[row] != NULL)
        return frame->region_code[row];
    if (frame->region != NULL && frame->region[row] != NULL)
        return frame->region[row];
    return frame->group != NULL ? frame->group[row] : NULL;
}

static struct point point_of(const struct frame *frame, size_t column, size_t row)
{
    const struct frame_column *c = &frame->columns[column];
    struct point p = {.time = frame->position[row], .value = {c->value[row], c->value[row], c->value[row]}, .period = frame->time[row], .row = row};
    if (c->low != NULL) {
        p.value.low = isnan(c->low[row]) ? p.value.value : c->low[row];
        p.value.high = isnan(c->high[row]) ? p.value.value : c->high[row];
        p.conventional = c->conventional != NULL && c->conventional[row];
    }
    return p;
}

static int add(struct result *result, struct finding f, const char *statistic, double value, enum reason reason, struct error *error)
{
    f.statistic = statistic;
    f.value = value;
    f.reason = isnan(value) ? reason != REASON_NONE ? reason : REASON_UNDEFINED : REASON_NONE;
    return result_add(result, &f, error);
}

static int add_bounded(struct result *result, struct finding f, const char *statistic, struct interval value, enum reason reason, bool bounded,
                       bool conventional, struct error *error)
{
    if (bounded && !isnan(value.value)) {
        f.low = value.low;
        f.high = value.high;
        f.interval = conventional ? INTERVAL_conventional : INTERVAL_guaranteed;
    }
    return add(result, f, statistic, value.value, reason, error);
}

static int add_slope(struct result *result, struct finding f, const char *statistic, double value, double low, double high, enum reason reason,
                     struct error *error)
{
    if (!isnan(low)) {
        f.low = low;
        f.high = high;
        f.interval = INTERVAL_confidence;
    }
    return add(result, f, statistic, value, reason, error);
}

static int add_text(struct result *result, struct finding f, const char *statistic, const char *text, struct error *error)
{
    f.statistic = statistic;
    f.text = text;
    f.unit = NULL;
    return result_add(result, &f, error);
}

/* One series: points[0..n), in the order of time. */
static int series_results(struct result *result, const struct frame *frame, size_t column, struct point *points, size_t n, size_t missing,
                          double confidence, struct error *error)
{
    struct growth g;
    struct trend t;
    char note[80];
    size_t row = points[0].row;
    double *time = calloc(2 * n + 1, sizeof *time);
    if (time == NULL)
        return no_memory(error);
    for (size_t i = 0; i < n; i++) {
        time[i] = points[i].time;
        time[n + i] = points[i].value.value;
    }
    int status = stats_trend(time, time + n, n, confidence, &t);
    free(time);
    if (status != E_OK)
        return status == E_MEMORY ? no_memory(error)
                                  : error_set(error, E_DOMAIN, "%s: a value is infinite, or there are more than %u in a series",
                                              frame->columns[column].name, TREND_MOST);
    const struct point *first = &points[0], *last = &points[n - 1];
    double years = last->time - first->time;
    bool bounded = first->value.low < first->value.high || last->value.low < last->value.high, conventional = first->conventional || last->conventional;
    stats_growth(first->value, last->value, years, &g);
    struct finding f = {.key = {.variable = frame->columns[column].name, .region = frame->region != NULL ? frame->region[row] : NULL,
                                .region_code = frame->region_code != NULL ? frame->region_code[row] : NULL,
                                .group = frame->group != NULL ? frame->group[row] : NULL}, .n = n};
    struct finding in_unit = f;
    in_unit.unit = frame->columns[column].unit;
    if (missing > 0) {
        snprintf(note, sizeof note, "%zu row%s without a figure or a time left out", missing, missing == 1 ? "" : "s");
        f.note = note;
    }
    if (status == E_OK)
        status = add(result, f, "n", (double)n, REASON_NONE, error);
    f.note = NULL;
    if (status == E_OK)
        status = add_text(result, f, "first_period", first->period, error);
    if (status == E_OK)
        status = add_text(result, f, "last_period", last->period, error);
    if (status == E_OK)
        status = add(result, f, "years", years, REASON_NONE, error);
    if (status == E_OK)
        status = add_bounded(result, in_unit, "first", first->value, REASON_NONE, bounded, conventional, error);
    if (status == E_OK)
        status = add_bounded(result, in_unit, "last", last->value, REASON_NONE, bounded, conventional, error);
    const struct {
        const char *statistic;
        struct interval value;
        enum reason reason;
        bool unit;
    } changes[] = {{"change", g.change, REASON_NONE, true}, {"growth", g.rate, g.rate_reason, false}, {"annual_growth", g.annual, g.annual_reason, false}};
    for (size_t i = 0; i < sizeof changes / sizeof *changes && status == E_OK; i++) {
        if (n < 2)
            status = add(result, f, changes[i].statistic, NAN, REASON_TOO_FEW, error);
        else
            status = add_bounded(result, changes[i].unit ? in_unit : f, changes[i].statistic, changes[i].value, changes[i].reason, bounded, conventional, error);
    }
    if (status == E_OK)
        status = add_slope(result, in_unit, "slope", t.slope, t.slope_low, t.slope_high, t.reason, error);
    if (status == E_OK)
        status = add(result, f, "slope_p", t.slope_p, t.reason != REASON_NONE ? t.reason : t.test_reason, error);
    if (status == E_OK)
        status = add(result, f, "r_squared", t.r_squared, t.reason != REASON_NONE ? t.reason : REASON_CONSTANT, error);
    if (status == E_OK)
        status = add_slope(result, in_unit, "sen_slope", t.sen, t.sen_low, t.sen_high, t.sen_reason, error);
    const struct {
        const char *statistic;
        double value;
    } ranks[] = {{"mann_kendall_s", t.s}, {"mann_kendall_z", t.z}, {"mann_kendall_p", t.mann_kendall_p}, {"trend_tau", t.tau}};
    for (size_t i = 0; i < sizeof ranks / sizeof *ranks && status == E_OK; i++)
        status = add(result, f, ranks[i].statistic, ranks[i].value, t.mann_kendall_reason, error);
    return status;
}

struct keyed {
    const char *key;
    size_t row;
};

static int by_key(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    int order = x->key == NULL || y->key == NULL ? (x->key != NULL) - (y->key != NULL) : strcmp(x->key, y->key);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static int by_first_row(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    return (x->row > y->row) - (x->row < y->row);
}

/* The rows, series after series; *starts: [rows + 1] where each begins, in the order of their first rows. */
static int series_of(const struct frame *frame, struct keyed **rows, struct keyed **firsts, size_t *count, struct error *error)
{
    *rows = calloc(frame->rows + 1, sizeof **rows);
    *firsts = calloc(frame->rows + 1, sizeof **firsts);
    *count = 0;
    if (*rows == NULL || *firsts == NULL)
        return no_memory(error);
    for (size_t i = 0; i < frame->rows; i++)
        (*rows)[i] = (struct keyed){series_key(frame, i), i};
    qsort(*rows, frame->rows, sizeof **rows, by_key);
    for (size_t i = 0; i < frame->rows; i++)
        if (i == 0 || !same((*rows)[i].key, (*rows)[i - 1].key))
            (*firsts)[(*count)++] = (struct keyed){(*rows)[i].key, (*rows)[i].row};
    qsort(*firsts, *count, sizeof **firsts, by_first_row);
    return E_OK;
}

static size_t rows_of(const struct keyed *rows, size_t n, const char *key, size_t *first)
{
    size_t low = 0, high = n;
    struct keyed wanted = {key, 0};
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (by_key(&rows[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *first = low;
    while (high < n && same(rows[high].key, key))
        high++;
    return high - low;
}

static int add_trends(struct result *result, const struct frame *frame, const struct settings *settings, double confidence, struct error *error)
{
    size_t empty = 0;
    struct keyed *rows = NULL, *firsts = NULL;
    size_t count = 0, first;
    struct point *points = calloc(frame->rows + 1, sizeof *points);
    int status = points == NULL ? no_memory(error) : series_of(frame, &rows, &firsts, &count, error);
    for (size_t column = 0; column < frame->column_count && status == E_OK; column++)
        for (size_t k = 0; k < count && status == E_OK; k++) {
            size_t all = rows_of(rows, frame->rows, firsts[k].key, &first), n = 0;
            for (size_t i = 0; i < all; i++) {
                size_t row = rows[first + i].row;
                if (!isnan(frame->columns[column].value[row]) && !isnan(frame->position[row]))
                    points[n++] = point_of(frame, column, row);
            }
            qsort(points, n, sizeof *points, by_time);
            empty += n == 0;
            if (n > 0)
                status = series_results(result, frame, column, points, n, all - n, confidence, error);
        }
    if (status == E_OK && empty > 0)
        complain_about(settings->command, "note: %zu series without a figure and its period left out", empty);
    free(points);
    free(firsts);
    free(rows);
    return status;
}

/* ---- convergence ---- */

static int add_sigma(struct result *result, const struct frame *frame, size_t column, struct point *points, size_t n, struct error *error)
{
    double *values = calloc(n + 1, sizeof *values);
    int status = values == NULL ? no_memory(error) : E_OK;
    for (size_t i = 0, end; i < n && status == E_OK; i = end) {
        size_t used;
        enum reason reason;
        for (end = i; end < n && points[end].time == points[i].time; end++)
            values[end - i] = points[end].value.value;
        double sigma = stats_sigma(values, end - i, &used, &reason);
        struct finding f = {.key = {.variable = frame->columns[column].name, .period = points[i].period}, .n = used};
        status = add(result, f, "n", (double)used, REASON_NONE, error);
        if (status == E_OK)
            status = add(result, f, "sigma", sigma, reason, error);
    }
    free(values);
    return status;
}

static int add_beta(struct result *result, const struct frame *frame, size_t column, const struct point *points, size_t n, struct error *error)
{
    char term[160], note[80];
    struct convergence k;
    double begin = points[0].time, end = points[n - 1].time;
    double *first = calloc(2 * n + 1, sizeof *first), *last = first != NULL ? first + n : NULL;
    size_t pairs = 0;
    if (first == NULL)
        return no_memory(error);
    for (size_t i = 0; i < n && points[i].time == begin; i++)
        for (size_t j = n; j-- > 0 && points[j].time == end && end > begin;)
            if (same(series_key(frame, points[i].row), series_key(frame, points[j].row))) {
                first[pairs] = points[i].value.value;
                last[pairs++] = points[j].value.value;
                break;
            }
    int status = stats_beta_convergence(first, last, pairs, end - begin, &k);
    free(first);
    if (status != E_OK)
        return status == E_MEMORY ? no_memory(error) : error_set(error, E_DOMAIN, "%s: a value is infinite", frame->columns[column].name);
    snprintf(term, sizeof term, "%.60s–%.60s", points[0].period, points[n - 1].period);
    struct finding f = {.key = {.variable = frame->columns[column].name, .period = term}, .n = k.n};
    if (k.left_out > 0) {
        snprintf(note, sizeof note, "%zu region%s without positive values left out", k.left_out, k.left_out == 1 ? "" : "s");
        f.note = note;
    }
    const struct {
        const char *statistic;
        double value;
        enum reason reason;
    } figures[] = {
        {"n", (double)k.n, REASON_NONE}, {"beta", k.beta, k.reason}, {"standard_error", k.beta_se, k.test_reason}, {"p", k.beta_p, k.test_reason},
        {"r_squared", k.r_squared, k.reason != REASON_NONE ? k.reason : REASON_CONSTANT}, {"lambda", k.lambda, k.lambda_reason},
        {"half_life", k.half_life, k.lambda_reason},
    };
    for (size_t i = 0; i < sizeof figures / sizeof *figures && status == E_OK; i++) {
        status = add(result, f, figures[i].statistic, figures[i].value, figures[i].reason, error);
        f.note = NULL;
    }
    return status;
}

static int add_convergence(struct result *result, const struct frame *frame, struct error *error)
{
    struct point *points = calloc(frame->rows + 1, sizeof *points);
    int status = points == NULL ? no_memory(error) : E_OK;
    for (size_t column = 0; column < frame->column_count && status == E_OK; column++) {
        size_t n = 0;
        for (size_t row = 0; row < frame->rows; row++)
            if (!isnan(frame->columns[column].value[row]) && !isnan(frame->position[row]))
                points[n++] = point_of(frame, column, row);
        if (n == 0)
            continue;
        qsort(points, n, sizeof *points, by_time);
        status = add_beta(result, frame, column, points, n, error);
        if (status == E_OK)
            status = add_sigma(result, frame, column, points, n, error);
    }
    free(points);
    return status;
}

static bool any_figure(const struct frame *frame)
{
    for (size_t column = 0; column < frame->column_count; column++)
        for (size_t row = 0; row < frame->rows; row++)
            if (!isnan(frame->columns[column].value[row]) && !isnan(frame->position[row]))
                return true;
    return false;
}

static int run(const struct settings *settings, struct error *error)
{
    struct frame frame = {0};
    struct result *result = NULL;
    double confidence = 0.95;
    if (settings->confidence != NULL) {
        size_t length = strlen(settings->confidence);
        bool percent = length > 0 && settings->confidence[length - 1] == '%';
        if (number_parse(settings->confidence, length - percent, &confidence) != 0 || !(confidence > 0 && confidence < 100))
            return error_set(error, E_USAGE, "--confidence '%s': write a percentage between 0%% and 100%%", settings->confidence);
        confidence = percent || confidence > 1 ? confidence / 100 : confidence;
    }
    const struct frame_wish wish = {.least = 1, .needs = FRAME_TIME, .all_periods = true};
    int status = frame_load(&frame, settings, &wish, error);
    if (status == E_OK && (frame.position == NULL || frame.time == NULL))
        status = error_set(error, E_USAGE, "needs --time COLUMN");
    if (status == E_OK && settings->convergence && frame.region == NULL && frame.group == NULL)
        status = error_set(error, E_USAGE, "--convergence needs --region COLUMN: whose figures are followed");
    if (status == E_OK && !any_figure(&frame))
        status = error_set(error, E_NOTHING, "no row has both a figure and a period; write periods as 2019, 2019-12 or 2018/2019");
    if (status == E_OK)
        status = result_open(&result, settings, LAYOUT_WIDE, error);
    if (status == E_OK && !settings->convergence)
        result_headline(result, headline);
    if (status == E_OK)
        status = settings->convergence ? add_convergence(result, &frame, error) : add_trends(result, &frame, settings, confidence, error);
    if (status == E_OK)
        status = result_print(result, &frame, error);
    result_free(result);
    frame_free(&frame);
    return status;
}

const struct command command_trend = {
    "trend", NULL, 0, 0, "growth, trends and convergence over time",
    "Of an indicator of the store (--indicator; all its periods) or of a table (--from FILE --value COLUMN --time COLUMN, --region or\n"
    "--group for several series): growth from the first figure to the last and a year, with the bounds of both; the line of\n"
    "least squares; Theil and Sen's slope and the Mann–Kendall test. --convergence: β, λ and σ of regions.",
    options, run,
};
