/* total.c — the command that sets a region's own reported figure beside the sum of its parts.
 *
 * 1. Parts are regions of one level below the region: parents and children are never added together.
 * 2. Actual and planned, different periods and different items (辣椒, 白茶) are different rows: what the region reports of
 *    one item says nothing of another. A date within a year counts as that year; months and spans stay by themselves.
 * 3. Only what may be added is added: levels and capacities that the dictionary does not say otherwise of.
 * 4. Bounds are carried on as intervals. The difference is reported minus sum, within what the bounds allow. */
#include "cli/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct option options[] = {
    STORE_OPTION, FILTER_OPTIONS, OUTPUT_OPTIONS, HELP_OPTION, OPTIONS_END,
};

static const struct column columns[] = {
    {"region", COLUMN_TEXT, 0},                   {"region_code", COLUMN_TEXT, COLUMN_DETAIL},
    {"indicator", COLUMN_TEXT, 0},                {"indicator_id", COLUMN_TEXT, COLUMN_DETAIL},
    {"item", COLUMN_TEXT, 0},                     {"period", COLUMN_TEXT, 0},
    {"status", COLUMN_TEXT, 0},
    {"reported", COLUMN_VALUE, 0},                {"reported_low", COLUMN_NUMBER, COLUMN_DETAIL},
    {"reported_high", COLUMN_NUMBER, COLUMN_DETAIL}, {"reported_bound", COLUMN_TEXT, COLUMN_DETAIL},
    {"sum", COLUMN_VALUE, 0},                     {"sum_low", COLUMN_NUMBER, COLUMN_DETAIL},
    {"sum_high", COLUMN_NUMBER, COLUMN_DETAIL},   {"sum_bound", COLUMN_TEXT, COLUMN_DETAIL},
    {"unit", COLUMN_TEXT, 0},                     {"level", COLUMN_TEXT, 0},
    {"regions", COLUMN_INTEGER, 0},               {"of", COLUMN_INTEGER, 0},
    {"difference", COLUMN_VALUE, 0},              {"difference_low", COLUMN_NUMBER, COLUMN_DETAIL},
    {"difference_high", COLUMN_NUMBER, COLUMN_DETAIL}, {"sum_of_reported", COLUMN_RATIO, 0},
    {"evidence", COLUMN_INTEGER, 0},
};

static const struct interval missing = {NAN, NAN, NAN};

/* Requirement 2: the readings that one row is made of. */
struct group {
    char period[PERIOD_TEXT];
    const char *item;
    enum status status;
};

static int order_items(const char *a, const char *b)
{
    return a == NULL || b == NULL ? (a != NULL) - (b != NULL) : strcmp(a, b);
}

static int by_group(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    int c = order_items(x->item, y->item);
    if (c != 0)
        return c;
    long p = period_end(x->period[0] != '\0' ? x->period : NULL), q = period_end(y->period[0] != '\0' ? y->period : NULL);
    if (p != q)
        return p < q ? -1 : 1;
    c = strcmp(x->period, y->period);
    return c != 0 ? c : (int)x->status - (int)y->status;
}

static bool in_group(const struct group *group, const struct reading *reading)
{
    char period[PERIOD_TEXT];
    return reading->status == group->status && order_items(reading->group, group->item) == 0 &&
           strcmp(period_group(reading->period, period), group->period) == 0;
}

struct row {
    struct interval reported, sum, difference;
    bool reported_about, sum_about, has_reported, has_sum;
    int level;
    size_t regions, of, evidence;
};

/* Regions of a level below a region; 0 when the register has none of that level. */
static size_t regions_below(const char *code, int level)
{
    region_id above = region_find(code), first = region_first(level);
    size_t count = region_count(level), below = 0;
    for (size_t i = 0; i < count; i++)
        below += region_within(first + (region_id)i, above);
    return below;
}

static struct interval subtract(struct interval a, struct interval b)
{
    return interval_add(a, interval_scale(b, -1));
}

/* Adds up one group. values has room for every reading. */
static int make_row(const struct series *series, const struct group *group, const struct settings *settings,
                    const char *code, struct interval *values, struct row *row, struct error *error)
{
    const struct reading *reported = NULL, *last = NULL;
    size_t n = 0;
    *row = (struct row){.reported = missing, .sum = missing, .difference = missing, .level = level_parse(settings->level)};
    /* Requirement 1: the highest level that has any figure, unless one is asked for */
    for (size_t i = 0; i < series->count && settings->level == NULL; i++) {
        const struct reading *r = &series->readings[i];
        if (in_group(group, r) && strcmp(r->key, code) != 0 && r->level > 0 && (row->level == 0 || r->level < row->level))
            row->level = r->level;
    }
    for (size_t i = 0; i < series->count; i++) {
        const struct reading *r = &series->readings[i];
        if (!in_group(group, r) || isnan(r->value.value))
            continue;
        if (strcmp(r->key, code) == 0) {
            if (reported == NULL || reading_newer(r, reported))
                reported = r;
            continue;
        }
        if (r->level != row->level)
            continue;
        /* readings are sorted by region: several dates in the year leave the newest one */
        if (last != NULL && strcmp(last->key, r->key) == 0) {
            if (!reading_newer(r, last))
                continue;
            n--;
            row->evidence -= last->evidence;
        }
        values[n++] = r->value;
        row->evidence += r->evidence;
        row->sum_about |= r->about;
        last = r;
    }
    row->regions = n;
    if (reported != NULL) {
        row->reported = reported->value;
        row->reported_about = reported->about;
        row->evidence += reported->evidence;
    }
    if (n > 0) {
        struct total total;
        int status = stats_total(values, n, &total);
        if (status != E_OK)
            return error_set(error, (enum error_code)status, "%s: the figures cannot be added up: %s", series->label,
                             error_text((enum error_code)status));
        row->sum = total.sum;
        row->of = regions_below(code, row->level);
    }
    if (reported != NULL && n > 0)
        row->difference = subtract(row->reported, row->sum);
    return E_OK;
}

static int write_row(struct output *out, const struct series *series, const struct group *group, const struct row *row,
                     region_id region, struct error *error)
{
    char unit[128], code[REGION_CODE], path[REGION_PATH];
    output_text(out, region_path(region, path));
    output_text(out, region_code(region, code));
    output_text(out, series->label);
    output_text(out, series->entry != NULL ? series->entry->id : NULL);
    output_text(out, group->item);
    output_text(out, group->period[0] != '\0' ? group->period : NULL);
    output_text(out, status_name(group->status));
    output_value(out, row->reported, row->reported_about);
    output_number(out, row->reported.low);
    output_number(out, row->reported.high);
    output_text(out, value_bound(row->reported, row->reported_about));
    output_value(out, row->sum, row->sum_about);
    output_number(out, row->sum.low);
    output_number(out, row->sum.high);
    output_text(out, value_bound(row->sum, row->sum_about));
    output_text(out, series_unit(series, unit));
    output_text(out, row->regions > 0 ? level_name(row->level) : NULL);
    output_integer(out, (int64_t)row->regions);
    if (row->of > 0)
        output_integer(out, (int64_t)row->of);
    else
        output_missing(out);
    output_value(out, row->difference, row->reported_about || row->sum_about);
    output_number(out, row->difference.low);
    output_number(out, row->difference.high);
    output_number(out, row->reported.value != 0 ? row->sum.value / row->reported.value : NAN);
    output_integer(out, (int64_t)row->evidence);
    return output_row(out, error);
}

/* Requirement 3, with what to do instead. */
static int check_additive(const struct series *series, struct error *error)
{
    if (series->additive)
        return E_OK;
    const char *kind = series->kind == KIND_level || series->kind == KIND_capacity ? "an average" : kind_name(series->kind);
    const char *article = kind[0] == 'a' ? "" : "a ";
    return error_set(error, E_USAGE, "%s is %s%s and cannot be added up; use zhibiao compare --indicator '%s'", series->label,
                     article, kind, series->label);
}

static int run(const struct settings *settings, struct error *error)
{
    struct scope scope;
    struct store *store = NULL;
    struct series series = {.by_item = true};
    struct output *out = NULL;
    struct interval *values = NULL;
    struct group *groups = NULL;
    size_t group_count = 0, shown = 0;
    int status = scope_of(settings, &scope, error);
    if (status == E_OK && settings->indicator == NULL)
        status = error_set(error, E_USAGE, "needs --indicator; zhibiao indicators --used lists what can be added up");
    if (status == E_OK && settings->region == NULL)
        status = error_set(error, E_USAGE, "needs --region, the region whose parts are added up");
    if (status != E_OK || (status = store_open(&store, settings->store, STORE_READ, error)) != E_OK)
        goto done;
    scope.filter.level = 0;  /* --level is the parts' level; the region's own figure is of another */
    if ((status = series_load(&series, store, settings, &scope.filter, error)) != E_OK ||
        (status = check_additive(&series, error)) != E_OK)
        goto done;
    values = calloc(series.count, sizeof *values);
    groups = calloc(series.count, sizeof *groups);
    if (values == NULL || groups == NULL) {
        status = error_set(error, E_MEMORY, "out of memory");
        goto done;
    }
    for (size_t i = 0; i < series.count; i++) {
        struct group group = {.status = series.readings[i].status, .item = series.readings[i].group};
        period_group(series.readings[i].period, group.period);
        size_t j = 0;
        while (j < group_count && by_group(&groups[j], &group) != 0)
            j++;
        if (j == group_count)
            groups[group_count++] = group;
    }
    qsort(groups, group_count, sizeof *groups, by_group);
    status = output_open(&out, settings, FORMAT_table, columns, sizeof columns / sizeof *columns, error);
    for (size_t i = 0; i < group_count && status == E_OK; i++) {
        struct row row;
        status = make_row(&series, &groups[i], settings, scope.region, values, &row, error);
        if (status == E_OK && (row.regions > 0 || !isnan(row.reported.value))) {
            shown++;
            status = write_row(out, &series, &groups[i], &row, region_find(scope.region), error);
        }
    }
    if (status == E_OK && shown == 0)
        status = error_set(error, E_NOTHING, "%s: nothing to add up in %s at this level", series.label, settings->region);
    status = output_close(out, status, error);
done:
    free(values);
    free(groups);
    series_free(&series);
    store_close(store);
    return status;
}

const struct command command_total = {
    "total", NULL, 0, 0, "set a region's reported figure beside the sum of its parts",
    "Needs --indicator and --region. The parts are the regions of --level, or else of the highest level below that has\n"
    "figures; regions / of: how many of them have one. difference: reported minus sum. Each item, each period, and\n"
    "what is planned and what is actual, has a row of its own.",
    options, run,
};
