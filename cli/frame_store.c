/* frame_store.c — a frame from the store: one column an indicator, one row a region or a region and period.
 *
 * 1. Each indicator is loaded as series.h says: preferred statements, one kind, one unit, one level, what is planned only
 *    when asked for. The first indicator decides the level; the others are taken at that level.
 * 2. Rows are regions, each with its newest figure of each indicator; a row's period is that of the first indicator it has.
 *    With wish.all_periods they are regions and periods; a date within a year counts as that year.
 * 3. --group is a level of the region tree, period, or item: then each item of a region is a row of its own. --weight is an indicator, loaded like the others. */
#include "cli/frame.h"
#include "cli/series.h"

#include "data/base/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct row_key {
    const char *key;           /* of the region, in its series' arena */
    char period[PERIOD_TEXT];  /* "" where rows are regions */
    const char *item;          /* with --group item; else NULL */
    const struct reading *reading;
};

static int by_key(const void *a, const void *b)
{
    const struct row_key *x = a, *y = b;
    int c = strcmp(x->key, y->key);
    if (c == 0)
        c = strcmp(x->period, y->period);
    if (c == 0)
        c = x->item == NULL || y->item == NULL ? (x->item != NULL) - (y->item != NULL) : strcmp(x->item, y->item);
    return c;
}

static struct row_key key_of(const struct reading *reading, bool all_periods)
{
    struct row_key key = {.key = reading->key, .item = reading->group, .reading = reading};
    if (all_periods)
        period_group(reading->period, key.period);
    return key;
}

/* "A,B,C" or A alone: how many, and the i-th in out[]. */
static size_t list_count(const char *list)
{
    size_t n = 1;
    for (; *list != '\0'; list++)
        n += *list == ',';
    return n;
}

static const char *list_item(const char *list, size_t i, char out[256])
{
    for (; i > 0; i--)
        list = strchr(list, ',') + 1;
    snprintf(out, 256, "%.*s", (int)strcspn(list, ","), list);
    return out;
}

static int load_series(struct series *series, struct store *store, const struct settings *settings, const char *indicator,
                       bool newest, int *level, struct error *error)
{
    struct settings one = *settings;
    struct scope scope;
    one.indicator = indicator;
    if (*level != 0)
        one.level = level_name(*level);
    int status = open_option(settings, &series->open, error);
    if (status == E_OK)
        status = scope_of(&one, &scope, error);
    return status == E_OK ? compare_load(series, store, &one, &scope.filter, newest, level, error) : status;
}

/* ---- rows ---- */

/* All keys of all series, sorted, each once. */
static int collect_keys(const struct series *series, size_t count, bool all_periods, struct row_key **keys, size_t *n,
                        struct error *error)
{
    size_t total = 0, kept = 0;
    for (size_t i = 0; i < count; i++)
        total += series[i].count;
    *keys = calloc(total > 0 ? total : 1, sizeof **keys);
    if (*keys == NULL)
        return error_set(error, E_MEMORY, "out of memory");
    total = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < series[i].count; j++)
            (*keys)[total++] = key_of(&series[i].readings[j], all_periods);
    qsort(*keys, total, sizeof **keys, by_key);
    for (size_t i = 0; i < total; i++)
        if (kept == 0 || by_key(&(*keys)[kept - 1], &(*keys)[i]) != 0)
            (*keys)[kept++] = (*keys)[i];
    *n = kept;
    return E_OK;
}

static const char *keep(struct frame *frame, const char *text, bool *good)
{
    const char *copy = text != NULL ? arena_copy(&frame->arena, text, strlen(text)) : NULL;
    *good = *good && (text == NULL || copy != NULL);
    return copy;
}

static bool fill_rows(struct frame *frame, const struct row_key *keys, const struct settings *settings, bool all_periods)
{
    bool good = true;
    int level = settings->group != NULL ? level_parse(settings->group) : 0;
    char label[REGION_PATH];
    for (size_t i = 0; i < frame->rows && good; i++) {
        const struct reading *r = keys[i].reading;
        frame->region[i] = keep(frame, r->region_name != NULL ? r->region_name : r->region_path, &good);
        frame->region_code[i] = keep(frame, r->region_code, &good);
        frame->time[i] = keep(frame, all_periods && keys[i].period[0] != '\0' ? keys[i].period : r->period, &good);
        if (frame->group != NULL)
            frame->group[i] = level > 0 ? keep(frame, frame_region_label(frame->region_code[i], level, label) ? label : NULL, &good)
                              : strcmp(settings->group, "item") == 0 ? keep(frame, keys[i].item, &good) : frame->time[i];
    }
    return good;
}

/* ---- columns ---- */

static bool fill_cell(struct frame *frame, struct frame_column *column, size_t row, const struct reading *reading)
{
    char text[NUMBER_TEXT];
    bool good = true;
    column->value[row] = reading->value.value;
    column->low[row] = reading->value.low;
    column->high[row] = reading->value.high;
    column->conventional[row] = reading->conventional;
    column->text[row] = isnan(reading->value.value) ? NULL : keep(frame, number_format(reading->value.value, text), &good);
    if (column->evidence == NULL)
        return good;
    struct evidence *list = arena_alloc(&frame->arena, reading->parts * sizeof *list);
    if (list == NULL)
        return false;
    for (size_t i = 0; i < reading->parts; i++)
        list[i] = (struct evidence){reading->sources[i].id, keep(frame, reading->sources[i].document, &good),
                                    reading->sources[i].start, reading->sources[i].end,
                                    keep(frame, reading->sources[i].quote, &good)};
    column->evidence[row] = list;
    column->evidence_count[row] = reading->parts;
    return good;
}

static bool fill_column(struct frame *frame, struct frame_column *column, const struct series *series, const struct row_key *keys,
                        bool all_periods, bool evidence)
{
    char unit[128];
    bool good = true;
    *column = (struct frame_column){.entry = series->entry, .kind = series->kind, .additive = series->additive};
    column->name = keep(frame, series->label, &good);
    column->unit = keep(frame, series_unit(series, unit), &good);
    if (!good || !frame_column_room(frame, column, frame->rows, true, evidence))
        return false;
    for (size_t i = 0; i < frame->rows; i++) {
        column->value[i] = column->low[i] = column->high[i] = NAN;
        column->text[i] = NULL;
        column->conventional[i] = false;
        if (evidence) {
            column->evidence[i] = NULL;
            column->evidence_count[i] = 0;
        }
    }
    /* of several dates within a year the newest one, which has the better claim on the year */
    const struct reading **chosen = calloc(frame->rows > 0 ? frame->rows : 1, sizeof *chosen);
    if (chosen == NULL)
        return false;
    for (size_t j = 0; j < series->count && good; j++) {
        struct row_key key = key_of(&series->readings[j], all_periods);
        const struct row_key *found = bsearch(&key, keys, frame->rows, sizeof *keys, by_key);
        if (found == NULL)
            continue;  /* a weight of a region without a figure */
        size_t row = (size_t)(found - keys);
        if (chosen[row] == NULL || reading_newer(&series->readings[j], chosen[row])) {
            chosen[row] = &series->readings[j];
            good = fill_cell(frame, column, row, &series->readings[j]);
        }
    }
    free(chosen);
    return good;
}

/* A column without any bound is exact: low and high go. */
static void drop_exact_bounds(struct frame *frame, struct frame_column *column)
{
    for (size_t i = 0; i < frame->rows; i++)
        if (column->conventional[i] || (!isnan(column->value[i]) && column->low[i] != column->high[i]))
            return;
    free(column->low);
    free(column->high);
    free(column->conventional);
    column->low = column->high = NULL;
    column->conventional = NULL;
}

static int check_group(const struct settings *settings, struct error *error)
{
    if (settings->group == NULL || level_parse(settings->group) > 0 || strcmp(settings->group, "period") == 0 ||
        strcmp(settings->group, "item") == 0)
        return E_OK;
    return error_set(error, E_USAGE, "--group '%s': write province, prefecture, county, township, period or item; a column's name "
                     "goes with --from", settings->group);
}

int frame_from_store(struct frame *frame, const struct settings *settings, const struct frame_wish *wish, struct error *error)
{
    struct store *store = NULL;
    struct series *series = NULL;
    struct row_key *keys = NULL;
    size_t count = 0, n = 0;
    char name[256];
    bool all_periods = wish->all_periods || (settings->group != NULL && strcmp(settings->group, "period") == 0);
    bool by_item = settings->group != NULL && strcmp(settings->group, "item") == 0;
    int level = 0, status = check_group(settings, error);
    frame->from_store = true;
    frame->path = settings->store;
    if (status == E_OK && settings->indicator == NULL)
        status = error_set(error, E_USAGE, "needs --indicator (zhibiao indicators --used lists what the store has) or a table: "
                           "--from FILE");
    if (status != E_OK)
        goto done;
    count = list_count(settings->indicator);
    if (count < wish->least || (wish->most > 0 && count > wish->most)) {
        status = error_set(error, E_USAGE, "needs %s%zu indicator%s in --indicator A,B,…; %zu named",
                           count < wish->least ? "" : "at most ", count < wish->least ? wish->least : wish->most,
                           (count < wish->least ? wish->least : wish->most) == 1 ? "" : "s", count);
        goto done;
    }
    if ((status = store_open(&store, settings->store, STORE_READ, error)) != E_OK)
        goto done;
    size_t columns = count + (settings->weight != NULL);
    series = calloc(columns, sizeof *series);
    frame->columns = calloc(columns, sizeof *frame->columns);
    if (series == NULL || frame->columns == NULL) {
        status = error_set(error, E_MEMORY, "out of memory");
        goto done;
    }
    for (size_t i = 0; i < columns && status == E_OK; i++) {
        series[i].by_item = by_item;  /* the newest figure is then each item's, which fill_column sees to */
        status = load_series(&series[i], store, settings, i < count ? list_item(settings->indicator, i, name) : settings->weight,
                             !all_periods && !by_item, &level, error);
    }
    if (status != E_OK || (status = collect_keys(series, count, all_periods, &keys, &n, error)) != E_OK)
        goto done;
    frame->rows = n;
    frame->region = calloc(n + 1, sizeof *frame->region);
    frame->region_code = calloc(n + 1, sizeof *frame->region_code);
    frame->time = calloc(n + 1, sizeof *frame->time);
    frame->group = settings->group != NULL ? calloc(n + 1, sizeof *frame->group) : NULL;
    bool good = frame->region != NULL && frame->region_code != NULL && frame->time != NULL &&
                (settings->group == NULL || frame->group != NULL) && fill_rows(frame, keys, settings, all_periods);
    for (size_t i = 0; i < count && good; i++) {
        frame->column_count++;
        good = fill_column(frame, &frame->columns[i], &series[i], keys, all_periods, settings->evidence);
        if (good)
            drop_exact_bounds(frame, &frame->columns[i]);
    }
    if (good && settings->weight != NULL) {
        /* read like any column, then kept as the weights */
        struct frame_column *weights = &frame->columns[count];
        frame->column_count++;
        good = fill_column(frame, weights, &series[count], keys, all_periods, false);
        frame->weight = weights->value;
        frame->weight_name = weights->name;
        weights->value = NULL;
        for (size_t i = 0; i < n && good; i++)
            if (frame->weight[i] < 0)
                status = error_set(error, E_INPUT, "%s of %s is negative and cannot be a weight", frame->weight_name,
                                   frame->region[i] != NULL ? frame->region[i] : "a region");
        free(weights->low);
        free(weights->high);
        free(weights->conventional);
        free(weights->text);
        frame->column_count--;
    }
    if (!good)
        status = error_set(error, E_MEMORY, "out of memory");
done:
    for (size_t i = 0; series != NULL && i < count + (settings->weight != NULL); i++)
        series_free(&series[i]);
    free(series);
    free(keys);
    store_close(store);
    return status;
}
