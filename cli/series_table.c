/* series_table.c — a column of a table as a series, for the commands that compare and add up regions.
 *
 * A table gives each region, period and group (its item) one figure: a second one is an error, since nothing says which of
 * them counts. Rows about regions that the register lacks are left out and counted. */
#include "cli/frame.h"
#include "cli/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_order(const char *a, const char *b)
{
    return a == NULL || b == NULL ? (a != NULL) - (b != NULL) : strcmp(a, b);
}

static int by_place(const void *a, const void *b)
{
    const struct reading *x = a, *y = b;
    int c = strcmp(x->key, y->key);
    if (c == 0)
        c = by_order(x->period, y->period);
    if (c == 0)
        c = by_order(x->group, y->group);
    return c != 0 ? c : (x->sources->start > y->sources->start) - (x->sources->start < y->sources->start);
}

static const char *keep(struct series *series, const char *text, bool *good)
{
    const char *copy = text != NULL ? arena_copy(&series->arena, text, strlen(text)) : NULL;
    *good = *good && (text == NULL || copy != NULL);
    return copy;
}

static bool fill(struct series *series, const struct frame *frame, const struct frame_column *c, size_t row)
{
    char path[REGION_PATH], period[PERIOD_TEXT];
    struct reading *r = &series->readings[series->count++];
    region_id region = region_find(frame->region_code[row]);
    bool good = true;
    *r = (struct reading){.level = region_level(region), .parts = 1, .evidence = 1, .status = STATUS_actual};
    r->key = r->region_code = keep(series, frame->region_code[row], &good);
    r->region_name = region_name(region);
    r->region_path = keep(series, region_path(region, path), &good);
    if (frame->time != NULL && frame->time[row] != NULL)
        r->period = keep(series, period_parse(frame->time[row], period) == 0 ? period : frame->time[row], &good);
    r->group = r->item = keep(series, frame->group != NULL ? frame->group[row] : NULL, &good);
    r->value = (struct interval){c->value[row], c->low != NULL ? c->low[row] : c->value[row],
                                 c->high != NULL ? c->high[row] : c->value[row]};
    r->conventional = c->conventional != NULL && c->conventional[row];
    r->document = keep(series, frame->path, &good);
    r->sources = arena_alloc(&series->arena, sizeof *r->sources);
    if (r->sources == NULL)
        return false;
    *r->sources = (struct reading_source){.document = r->document, .start = row};
    if (c->evidence != NULL && c->evidence[row] != NULL) {
        r->sources->start = c->evidence[row]->start;
        r->sources->end = c->evidence[row]->end;
        r->sources->quote = keep(series, c->evidence[row]->quote, &good);
    }
    return good;
}

int series_from_frame(struct series *series, const struct frame *frame, size_t column, const struct settings *settings,
                      struct error *error)
{
    const struct frame_column *c = &frame->columns[column];
    size_t placeless = 0;
    bool good = true;
    series->readings = calloc(frame->rows > 0 ? frame->rows : 1, sizeof *series->readings);
    if (series->readings == NULL)
        return error_set(error, E_MEMORY, "out of memory");
    series->label = keep(series, c->name, &good);
    series->unit = keep(series, c->unit, &good);
    series->kind = KIND_level;
    series->additive = true;
    for (size_t i = 0; i < frame->rows && good; i++) {
        if (frame->region_code[i] == NULL)
            placeless++;
        else if (!isnan(c->value[i]))
            good = fill(series, frame, c, i);
    }
    if (!good)
        return error_set(error, E_MEMORY, "out of memory");
    if (placeless > 0)
        complain_about(settings->command, "note: %zu row%s left out: the register has no such region, or several; write codes or "
                       "paths", placeless, placeless == 1 ? "" : "s");
    if (series->count == 0)
        return error_set(error, E_NOTHING, "%s: no row with a figure and a region that the register has", frame->path);
    qsort(series->readings, series->count, sizeof *series->readings, by_place);
    for (size_t i = 1; i < series->count; i++) {
        const struct reading *a = &series->readings[i - 1], *b = &series->readings[i];
        if (strcmp(a->key, b->key) == 0 && by_order(a->period, b->period) == 0 && by_order(a->group, b->group) == 0)
            return error_set(error, E_INPUT, "%s: %s has two figures%s%s; name the column that tells them apart with --time or "
                             "--group", frame->path, b->region_name, b->period != NULL ? " for " : "",
                             b->period != NULL ? b->period : "");
    }
    return E_OK;
}
