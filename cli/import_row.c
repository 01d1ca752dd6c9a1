/* import_row.c — a row of a table as observations.
 *
 * What a column of figures does not say itself (its indicator, unit, period …) is taken from the row's other columns, and what
 * these do not say from the options. Each figure's evidence is its row, its column and the cell as it stands. */
#include "cli/heading.h"
#include "cli/import.h"
#include "data/extract/extract.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

int import_bad(const struct import *import, size_t row, size_t column, const char *format, ...)
{
    char text[sizeof import->error->text];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return error_set(import->error, E_INPUT, "%s: row %zu, column %zu: %s", import->path, row, column, n < 0 ? format : text);
}

static int no_memory(const struct import *import)
{
    return error_set(import->error, E_MEMORY, "%s: out of memory", import->path);
}

static char *copy(struct import *import, const char *text)
{
    return arena_copy(&import->row_arena, text, strlen(text));
}

/* The column's own word, else the row's, else the option's; *column: where an error is to be told, from 1. */
static const char *said(const struct import *import, const struct table_row *row, const char *own, enum import_role role,
                        const char *option, size_t *column)
{
    size_t place = import->roles[role];
    if (own != NULL && own[0] != '\0')
        return own;
    if (place > 0) {
        *column = place;
        const char *text = place <= row->cell_count ? row->cells[place - 1].text : "";
        if (text[0] != '\0')
            return text;
    }
    return option != NULL ? option : "";
}

/* Below --region a short name needs to be unique only there. */
static int resolve(const struct import *import, const char *text, region_id *id, struct error *why)
{
    if (import->region != NULL) {
        char path[REGION_PATH + 256];
        region_id above = region_find(import->region);
        size_t length;
        region_path(above, path);
        length = strlen(path);
        snprintf(path + length, sizeof path - length, "/%s", text);
        if (region_resolve(path, id, NULL) == E_OK)
            return E_OK;
    }
    return region_resolve(text, id, why);
}

static int read_region(struct import *import, const struct table_row *row, struct observation *o)
{
    size_t column = 1;
    const char *text = said(import, row, NULL, ROLE_region, NULL, &column);
    struct error why = {0};
    region_id id;
    if (import->roles[ROLE_region] == 0)
        id = region_find(import->region);
    else if (text[0] == '\0')
        return import_bad(import, row->number, column, "no region; fill the cell or remove the row");
    else if (resolve(import, text, &id, &why) != E_OK)
        return import_bad(import, row->number, column, "%s", why.text);
    char code[REGION_CODE], path[REGION_PATH];
    o->region_code = copy(import, region_code(id, code));
    o->region_path = copy(import, region_path(id, path));
    o->region_name = region_name(id);
    o->how = import->roles[ROLE_region] == 0 ? HOW_default : HOW_explicit;
    return o->region_code != NULL && o->region_path != NULL ? E_OK : no_memory(import);
}

/* The value with its unit: "12300" and "亩", "1.2" and "万元", "350" and "元/公斤", or "12300亩" alone. at: of the unit. */
static int read_value(struct import *import, const struct table_row *row, size_t column, const char *unit, size_t at,
                      struct observation *o)
{
    const char *text = row->cells[column].text;
    struct cell_figure number = {0};
    char measure[128];
    size_t per = strcspn(unit, "/");
    snprintf(measure, sizeof measure, "%.*s", (int)(per < sizeof measure ? per : sizeof measure - 1), unit);
    const char *why = cell_read_measure(text, measure, &number, &import->row_arena);
    if (why != NULL)
        return import_bad(import, row->number, column + 1, "'%s' %s; correct it or leave the cell empty", text, why);
    if (number.text == NULL)
        return no_memory(import);
    if (number.unit == NULL && measure[0] != '\0') {
        struct nearest nearest;
        char hint[320];
        nearest_start(&nearest, measure);
        for (size_t i = 0; i < unit_count(); i++)
            nearest_consider(&nearest, unit_at(i)->name);
        return import_bad(import, row->number, at, "unknown unit '%s'%s", measure, nearest_hint(&nearest, hint));
    }
    o->value = number.value;
    o->low = number.bound == BOUND_range ? number.low : NAN;
    o->high = number.bound == BOUND_range ? number.high : NAN;
    o->bound = (enum bound)number.bound;
    o->unit = number.unit;
    if (unit[per] == '/' && unit[per + 1] != '\0') {
        o->per[0] = copy(import, unit + per + 1);
        o->per_count = 1;
        if (o->per[0] == NULL)
            return no_memory(import);
    }
    return E_OK;
}

static int read_indicator(struct import *import, const struct table_row *row, size_t column, const char *label,
                          struct observation *o)
{
    if (label[0] == '\0')
        return import_bad(import, row->number, column, "no indicator; fill the cell or remove the row");
    const struct indicator *entry = indicator_find(label);
    const char *folded = entry != NULL && strcmp(entry->id, label) == 0 ? entry->chinese
                                                                        : extract_simplified(label, &import->row_arena);
    if (folded == NULL)
        return no_memory(import);
    o->indicator = folded;
    o->indicator_id = entry != NULL ? entry->id : extract_classify(folded, o->unit);
    entry = o->indicator_id != NULL ? indicator_find(o->indicator_id) : NULL;
    int kind = entry != NULL ? kind_parse(entry->kind) : -1;
    o->kind = kind >= 0 ? (enum kind)kind : o->unit != NULL && strcmp(o->unit, "%") == 0 ? KIND_share : KIND_level;
    if (entry != NULL && entry->per[0] != '\0' && o->per_count == 0) {
        o->per[0] = entry->per;
        o->per_count = 1;
    }
    return E_OK;
}

static int read_rest(struct import *import, const struct table_row *row, size_t place, const struct import_column *own,
                     struct observation *o)
{
    size_t kind_at = place, status_at = place, item_at = place;
    const char *kind = said(import, row, own->kind, ROLE_kind, import->settings->kind, &kind_at);
    const char *status = said(import, row, own->status, ROLE_status, import->settings->status, &status_at);
    const char *item = said(import, row, own->item, ROLE_item, import->settings->item, &item_at);
    if (kind[0] != '\0' && kind_parse(kind) < 0)
        return import_bad(import, row->number, kind_at, "unknown kind '%s'; write level, mean, share, growth, capacity, rank or price",
                          kind);
    if (kind[0] != '\0')
        o->kind = (enum kind)kind_parse(kind);
    bool planned = strcmp(status, "planned") == 0 || strcmp(status, "计划") == 0 || strcmp(status, "目标") == 0;
    if (status[0] != '\0' && !planned && strcmp(status, "actual") != 0 && strcmp(status, "实际") != 0)
        return import_bad(import, row->number, status_at, "unknown status '%s'; write actual or planned", status);
    o->status = planned ? STATUS_planned : STATUS_actual;
    if (item[0] != '\0' && (o->item = extract_simplified(item, &import->row_arena)) == NULL)
        return no_memory(import);
    /* 辣椒种植面积 and 茶叶种植面积 are one indicator of two items, as the extractor sees them */
    if (item[0] == '\0')
        o->item = extract_item(o->indicator, &import->row_arena);
    return E_OK;
}

/* One figure: the cell of a column. */
static int add_figure(struct import *import, const struct table_row *row, const struct import_column *own)
{
    struct observation o = {.source = import->path, .low = NAN, .high = NAN, .confidence = 1};
    const struct cell *cell = &row->cells[own->column];
    size_t place = own->column + 1, period_at = place, unit_at_column = place, label_at = place;
    char period[PERIOD_TEXT];
    struct buffer evidence = {0};
    int status;
    if (cell_is_missing(cell->text))
        return E_OK;
    const struct settings *s = import->settings;
    const char *when = said(import, row, own->period, ROLE_period, s->period, &period_at);
    const char *unit = said(import, row, own->unit, ROLE_unit, s->unit, &unit_at_column);
    const char *label = said(import, row, own->label, ROLE_indicator, s->indicator, &label_at);
    if ((status = read_region(import, row, &o)) != E_OK ||
        (status = read_value(import, row, own->column, unit, unit_at_column, &o)) != E_OK ||
        (status = read_indicator(import, row, label_at, label, &o)) != E_OK ||
        (status = read_rest(import, row, place, own, &o)) != E_OK)
        return status;
    if (when[0] != '\0') {
        if (period_parse(when, period) != 0)
            return import_bad(import, row->number, period_at, "'%s' is no period; write 2019, 2019-12, 2018/2019 or asof:2019-12-31",
                              when);
        o.period = period;
    }
    o.start = cell->start;
    o.end = cell->end;
    o.quote = cell->text;
    buffer_format(&evidence, "row %zu, column %zu: %s", row->number, place, cell->text);
    o.evidence = evidence.bytes;
    status = evidence.failed ? no_memory(import) : store_observation_add(import->store, &o, import->error);
    import->count += status == E_OK;
    buffer_free(&evidence);
    return status;
}

int import_row(struct import *import, const struct table_row *row)
{
    int status = E_OK;
    for (size_t i = import->heading_count; i < row->cell_count; i++)
        if (row->cells[i].text[0] != '\0')
            return import_bad(import, row->number, i + 1, "the heading has %zu columns only; is a comma in a number not quoted?",
                              import->heading_count);
    import->rows++;
    arena_reset(&import->row_arena);
    if (import->roles[ROLE_value] != 0) {
        const struct import_column value = {.column = import->roles[ROLE_value] - 1};
        if (value.column >= row->cell_count)
            return import_bad(import, row->number, row->cell_count, "the row ends before its value");
        status = add_figure(import, row, &value);
    }
    for (size_t i = 0; i < import->figure_count && status == E_OK; i++)
        if (import->figures[i].column < row->cell_count)
            status = add_figure(import, row, &import->figures[i]);
    return status == E_OK && import->row_arena.failed ? no_memory(import) : status;
}
