/* total.c — the command that sets a region's own reported figure beside the sum of its parts.
 *
 * 1. Parts are the topmost figures below the region (rollup.h), or those of --level: parents and children are never added
 *    together.
 * 2. Actual and planned, different periods and different items (辣椒, 白茶) are different rows: what the region reports of
 *    one item says nothing of another. A date within a year counts as that year; months and spans stay by themselves.
 * 3. Only what may be added is added: levels and capacities that the dictionary does not say otherwise of.
 * 4. Bounds are carried on as intervals. The difference is reported minus sum, within what the bounds allow. */
#include "cli/frame.h"
#include "cli/result.h"
#include "cli/rollup.h"
#include "cli/sources.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct option options[] = {
    FRAME_OPTIONS,
    OPTION("tree", 0, NULL, tree, "a row for every region below that has parts with figures, too"),
    OPTION("explain", 0, NULL, explain, "say what each column is instead: definition, formula, source"),
    OPTION("evidence", 0, NULL, evidence, "list the figures behind the totals instead: where each one stands"),
    OUTPUT_OPTIONS,
    HELP_OPTION,
    OPTIONS_END,
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
    {"interval", COLUMN_TEXT, COLUMN_DETAIL},
    {"unit", COLUMN_TEXT, 0},                     {"level", COLUMN_TEXT, 0},
    {"regions", COLUMN_INTEGER, 0},               {"of", COLUMN_INTEGER, 0},
    {"coverage", COLUMN_RATIO, 0},
    {"difference", COLUMN_VALUE, 0},              {"difference_low", COLUMN_NUMBER, COLUMN_DETAIL},
    {"difference_high", COLUMN_NUMBER, COLUMN_DETAIL}, {"sum_of_reported", COLUMN_RATIO, 0},
    {"evidence", COLUMN_INTEGER, 0},
};
static const char *const explained[] = {"reported", "sum_of_parts", "coverage", "difference_to_parts", "sum_of_reported", NULL};

struct totals {
    const struct settings *settings;
    struct series series;
    const struct reading **chosen, **parts;
    struct interval *values;
    struct rollup_group *groups;
    struct output *out;
    size_t shown;
    int level;
};

static const char *region_label(const char *code, char path[REGION_PATH])
{
    return code[0] != '\0' ? region_path(region_find(code), path) : "全国";
}

/* "township", or "county, township" where the parts are of both. */
static const char *levels_text(const struct rollup_row *row, char out[80])
{
    static const int digits[] = {2, 4, 6, 9, 12};
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < 5; i++)
        if (row->levels & 1 << i)
            used += (size_t)snprintf(out + used, 80 - used, "%s%s", used > 0 ? ", " : "", level_name(digits[i]));
    return used > 0 ? out : NULL;
}

static int write_row(struct totals *t, const struct rollup_group *group, const struct rollup_row *row, const char *code,
                     struct error *error)
{
    struct output *out = t->out;
    char unit[128], path[REGION_PATH], levels[80];
    bool bounded = row->reported.low < row->reported.high || row->sum.low < row->sum.high || row->conventional;
    output_text(out, region_label(code, path));
    output_text(out, code[0] != '\0' ? code : NULL);
    output_text(out, t->series.label);
    output_text(out, t->series.entry != NULL ? t->series.entry->id : NULL);
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
    output_text(out, row->conventional ? "conventional" : bounded ? "guaranteed" : NULL);
    output_text(out, series_unit(&t->series, unit));
    output_text(out, levels_text(row, levels));
    output_integer(out, (int64_t)row->regions);
    if (row->of > 0)
        output_integer(out, (int64_t)row->of);
    else
        output_missing(out);
    output_number(out, row->coverage);
    output_value(out, row->difference, row->reported_about || row->sum_about);
    output_number(out, row->difference.low);
    output_number(out, row->difference.high);
    output_number(out, row->reported.value != 0 ? row->sum.value / row->reported.value : NAN);
    output_integer(out, (int64_t)row->evidence);
    return output_row(out, error);
}

/* One region's row, or its evidence. */
static int total_of(struct totals *t, const struct rollup_group *group, size_t count, const char *code, bool always,
                    struct error *error)
{
    struct rollup_row row;
    char path[REGION_PATH];
    int status = rollup_add(t->chosen, count, code, t->level, t->parts, t->values, &row, t->series.label, error);
    if (status != E_OK || (row.regions == 0 && !(always && row.has_reported)))
        return status;
    t->shown++;
    if (!t->settings->evidence)
        return write_row(t, group, &row, code, error);
    const char *label = region_label(code, path);
    if (row.own != NULL)
        status = sources_write(t->out, &t->series, row.own, label, "reported", error);
    for (size_t i = 0; i < row.regions && status == E_OK; i++)
        status = sources_write(t->out, &t->series, t->parts[i], label, "part", error);
    return status;
}

/* The regions below `top` that figures lie in, each once: the keys are sorted, so a region's own come one after the other. */
static int totals_below(struct totals *t, const struct rollup_group *group, size_t count, const char *top, struct error *error)
{
    static const size_t lengths[] = {2, 4, 6, 9};
    char last[REGION_CODE] = "";
    int status = E_OK;
    for (size_t i = 0; i < count && status == E_OK; i++) {
        const char *key = t->chosen[i]->key;
        if (!rollup_below(t->chosen[i], top))
            continue;
        for (size_t j = 0; j < sizeof lengths / sizeof *lengths && status == E_OK; j++) {
            char code[REGION_CODE];
            if (lengths[j] <= strlen(top) || lengths[j] >= strlen(key))
                continue;
            snprintf(code, sizeof code, "%.*s", (int)lengths[j], key);
            if (strncmp(last, code, lengths[j]) != 0 && region_find(code) != REGION_NONE)
                status = total_of(t, group, count, code, false, error);
        }
        size_t above = 0;  /* a figure's own region has not been totalled by it */
        for (size_t j = 0; j < sizeof lengths / sizeof *lengths; j++)
            above = lengths[j] < strlen(key) ? lengths[j] : above;
        snprintf(last, sizeof last, "%.*s", (int)above, key);
    }
    return status;
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

/* The smallest region that all figures of a table lie in. */
static void common_region(const struct series *series, char out[REGION_CODE])
{
    static const size_t lengths[] = {12, 9, 6, 4, 2, 0};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        bool common = true;
        for (size_t j = 0; j < series->count && common; j++)
            common = strlen(series->readings[j].key) >= lengths[i] &&
                     strncmp(series->readings[j].key, series->readings[0].key, lengths[i]) == 0;
        snprintf(out, REGION_CODE, "%.*s", (int)lengths[i], series->readings[0].key);
        /* a county that stands alone is a part of something larger */
        bool alone = series->count > 0;
        for (size_t j = 0; j < series->count && alone; j++)
            alone = strcmp(series->readings[j].key, out) == 0;
        if (common && !alone)
            return;
    }
}

static int load(struct totals *t, struct store **store, char top[REGION_CODE], struct error *error)
{
    const struct settings *settings = t->settings;
    static const struct frame_wish wish = {.least = 1, .most = 1, .needs = FRAME_REGION};
    struct frame frame = {0};
    struct scope scope;
    int status;
    if (settings->weight != NULL)
        return error_set(error, E_USAGE, "--weight: a total has no weights");
    if (settings->from != NULL) {
        struct settings table = *settings;
        table.level = NULL;  /* the parts' level, as with the store */
        settings = &table;
        if ((t->level = level_parse(t->settings->level)) < 0)
            return error_set(error, E_USAGE, "unknown level '%s'; write province, prefecture, county, township or village",
                             t->settings->level);
        if ((status = frame_load(&frame, settings, &wish, error)) == E_OK &&
            (status = series_from_frame(&t->series, &frame, 0, settings, error)) == E_OK)
            common_region(&t->series, top);
        frame_free(&frame);
        return status;
    }
    if ((status = frame_check(settings, &wish, error)) != E_OK || (status = scope_of(settings, &scope, error)) != E_OK)
        return status;
    if (settings->group != NULL)
        return error_set(error, E_USAGE, "--group goes with --from FILE only: every item and period has a row of its own");
    if (settings->indicator == NULL)
        return error_set(error, E_USAGE, "needs --indicator; zhibiao indicators --used lists what can be added up");
    if (settings->region == NULL)
        return error_set(error, E_USAGE, "needs --region, the region whose parts are added up");
    if ((status = store_open(store, settings->store, STORE_READ, error)) != E_OK ||
        (status = open_option(settings, &t->series.open, error)) != E_OK)
        return status;
    memcpy(top, scope.region, REGION_CODE);
    t->level = scope.filter.level;
    scope.filter.level = 0;  /* --level is the parts' level; the region's own figure is of another */
    if ((status = series_load(&t->series, *store, settings, &scope.filter, error)) != E_OK)
        return status;
    return check_additive(&t->series, error);
}

static int run(const struct settings *settings, struct error *error)
{
    struct totals t = {.settings = settings, .series = {.by_item = true}};
    struct store *store = NULL;
    char top[REGION_CODE] = "";
    int status;
    if (settings->explain)
        return result_explain(settings, explained, error);
    if ((status = load(&t, &store, top, error)) != E_OK)
        goto done;
    t.chosen = calloc(t.series.count, sizeof *t.chosen);
    t.parts = calloc(t.series.count, sizeof *t.parts);
    t.values = calloc(t.series.count, sizeof *t.values);
    t.groups = calloc(t.series.count, sizeof *t.groups);
    if (t.chosen == NULL || t.parts == NULL || t.values == NULL || t.groups == NULL) {
        status = error_set(error, E_MEMORY, "out of memory");
        goto done;
    }
    status = settings->evidence ? sources_open(&t.out, settings, error)
                                : output_open(&t.out, settings, FORMAT_table, columns, sizeof columns / sizeof *columns, error);
    size_t groups = rollup_groups(&t.series, t.groups);
    for (size_t i = 0; i < groups && status == E_OK; i++) {
        size_t count = rollup_choose(&t.series, &t.groups[i], t.chosen);
        status = total_of(&t, &t.groups[i], count, top, true, error);
        if (status == E_OK && settings->tree)
            status = totals_below(&t, &t.groups[i], count, top, error);
    }
    if (status == E_OK && t.shown == 0)
        status = error_set(error, E_NOTHING, "%s: nothing to add up in %s at this level", t.series.label,
                           settings->from != NULL ? settings->from : settings->region);
    status = output_close(t.out, status, error);
done:
    free(t.chosen);
    free(t.parts);
    free(t.values);
    free(t.groups);
    series_free(&t.series);
    store_close(store);
    return status;
}

const struct command command_total = {
    "total", NULL, 0, 0, "set a region's reported figure beside the sum of its parts",
    "Needs --indicator and --region, or a table: --from FILE --value COLUMN --region COLUMN (--time, --group: the item).\n"
    "The parts are the topmost figures below the region: a county without one is stood in for by its townships; with\n"
    "--level only the figures of that level. regions / of: how many of them there are. coverage: the share of the region\n"
    "that has a figure, each of its parts counting alike. difference: reported minus sum. Each item, each period, and\n"
    "what is planned and what is actual, has a row of its own. interval: whether the bounds are guaranteed by what was\n"
    "reported or rest on a convention (--open, 约). --tree: the same for every region below.",
    options, run,
};
