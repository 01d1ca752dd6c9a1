/* import.c — the command that takes a table of figures into the store.
 *
 * The long form has one figure a row, its columns named in any order: region, indicator, period, value, unit and, where
 * they are there, item, kind, status. The wide form has no value column: every column that is not named like one of
 * these is an indicator, its unit in brackets (茶叶面积(亩)), perhaps with a year (2019年茶叶面积(亩)). A table is in wholly or
 * not at all: the first row that cannot be read is named, and nothing is stored. */
#include "cli/observation.h"
#include "cli/table.h"
#include "data/extract/extract.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const struct option options[] = {
    STORE_OPTION,
    OPTION("region", 'r', "REGION", region, "the region above those of the table, so that short names are clear"),
    OPTION("published", 0, "YYYY-MM-DD", published, "when the table was published"),
    OPTION("encoding", 0, "NAME", encoding, "UTF-8, GB18030 or BIG5; otherwise it is detected"),
    OUTPUT_OPTIONS,
    HELP_OPTION,
    OPTIONS_END,
};

static const struct column columns[] = {
    {"file", COLUMN_TEXT, 0}, {"state", COLUMN_TEXT, 0}, {"rows", COLUMN_INTEGER, 0}, {"observations", COLUMN_INTEGER, 0},
};

enum role { ROLE_REGION, ROLE_INDICATOR, ROLE_PERIOD, ROLE_VALUE, ROLE_UNIT, ROLE_ITEM, ROLE_KIND, ROLE_STATUS, ROLE_COUNT };

/* What a heading may be called. */
static const struct {
    const char *name;
    enum role role;
} headings[] = {
    {"region", ROLE_REGION},  {"code", ROLE_REGION},      {"area", ROLE_REGION},    {"地区", ROLE_REGION},
    {"区域", ROLE_REGION},    {"行政区", ROLE_REGION},    {"行政区划", ROLE_REGION}, {"县", ROLE_REGION},
    {"区县", ROLE_REGION},    {"县区", ROLE_REGION},      {"县市", ROLE_REGION},    {"县(市、区)", ROLE_REGION},
    {"县市区", ROLE_REGION},  {"乡镇", ROLE_REGION},      {"镇", ROLE_REGION},      {"indicator", ROLE_INDICATOR},
    {"指标", ROLE_INDICATOR}, {"指标名称", ROLE_INDICATOR}, {"项目", ROLE_INDICATOR}, {"period", ROLE_PERIOD},
    {"year", ROLE_PERIOD},    {"date", ROLE_PERIOD},      {"时期", ROLE_PERIOD},    {"年份", ROLE_PERIOD},
    {"年度", ROLE_PERIOD},    {"年", ROLE_PERIOD},        {"时间", ROLE_PERIOD},    {"日期", ROLE_PERIOD},
    {"value", ROLE_VALUE},    {"数值", ROLE_VALUE},       {"值", ROLE_VALUE},       {"数据", ROLE_VALUE},
    {"unit", ROLE_UNIT},      {"单位", ROLE_UNIT},        {"计量单位", ROLE_UNIT},  {"item", ROLE_ITEM},
    {"品种", ROLE_ITEM},      {"分组", ROLE_ITEM},        {"类别", ROLE_ITEM},      {"kind", ROLE_KIND},
    {"status", ROLE_STATUS},  {"状态", ROLE_STATUS},
};

struct wide_column {
    size_t column;
    const char *label, *unit;
    char period[PERIOD_TEXT];
};

struct import {
    const struct settings *settings;
    const char *path, *region;     /* code of --region, or NULL */
    struct arena arena;            /* what outlives a row */
    bool has_heading;
    size_t roles[ROLE_COUNT];      /* column + 1; 0: none */
    struct wide_column *wide;
    size_t wide_count, heading_count;
    struct observation *items;
    size_t count, capacity, rows;
    struct error *error;
};

__attribute__((format(printf, 4, 5)))
static int bad(const struct import *import, size_t row, size_t column, const char *format, ...)
{
    char text[sizeof import->error->text];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return error_set(import->error, E_INPUT, "%s: row %zu, column %zu: %s", import->path, row, column, n < 0 ? format : text);
}

static char *copy(struct import *import, const char *text)
{
    return arena_copy(&import->arena, text, strlen(text));
}

/* ---- the heading ---- */

/* "2019年茶叶面积(亩)" → period, label, unit. */
static int read_wide_heading(struct import *import, const char *text, size_t column)
{
    struct wide_column *wide = &import->wide[import->wide_count];
    *wide = (struct wide_column){.column = column};
    char *label = copy(import, text);
    if (label == NULL)
        return error_set(import->error, E_MEMORY, "%s: out of memory", import->path);
    static const char *const openings[] = {"(", "（", "[", "【"}, *const closings[] = {")", "）", "]", "】"};
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        char *open = strstr(label, openings[i]), *unit = open != NULL ? open + strlen(openings[i]) : NULL;
        char *close = unit != NULL ? strstr(unit, closings[i]) : NULL;
        if (close != NULL && close[strlen(closings[i])] == '\0') {
            *open = *close = '\0';
            wide->unit = unit;
            break;
        }
    }
    char *year = strstr(label, "年");
    if (year == label + 4 && strspn(label, "0123456789") == 4) {
        memcpy(wide->period, label, 4);
        wide->period[4] = '\0';
        label = year + strlen("年");
    }
    if (label[0] == '\0')
        return bad(import, 1, column + 1, "the heading '%s' names no indicator", text);
    wide->label = label;
    import->wide_count++;
    return E_OK;
}

static int read_heading(struct import *import, const struct table_row *row)
{
    int status = E_OK;
    import->wide = calloc(row->cell_count, sizeof *import->wide);
    if (import->wide == NULL)
        return error_set(import->error, E_MEMORY, "%s: out of memory", import->path);
    import->heading_count = row->cell_count;
    bool *named = arena_alloc(&import->arena, row->cell_count);
    if (named == NULL)
        return error_set(import->error, E_MEMORY, "%s: out of memory", import->path);
    for (size_t i = 0; i < row->cell_count; i++) {
        for (size_t j = 0; j < sizeof headings / sizeof *headings && !named[i]; j++) {
            if (strcasecmp(row->cells[i].text, headings[j].name) != 0)
                continue;
            if (import->roles[headings[j].role] != 0)
                return bad(import, row->number, i + 1, "a second column for the same thing ('%s'); remove or rename one",
                           row->cells[i].text);
            import->roles[headings[j].role] = i + 1;
            named[i] = true;
        }
    }
    if (import->roles[ROLE_REGION] == 0)
        return error_set(import->error, E_INPUT, "%s: row %zu: no column for the region; name one region, 地区 or 县区",
                         import->path, row->number);
    if (import->roles[ROLE_VALUE] != 0 && import->roles[ROLE_INDICATOR] == 0)
        return error_set(import->error, E_INPUT, "%s: row %zu: no column for the indicator; name one indicator or 指标",
                         import->path, row->number);
    if (import->roles[ROLE_VALUE] != 0)
        return E_OK;
    if (import->roles[ROLE_INDICATOR] != 0)
        return error_set(import->error, E_INPUT, "%s: row %zu: no column for the value; name one value or 数值", import->path,
                         row->number);
    for (size_t i = 0; i < row->cell_count && status == E_OK; i++)
        if (!named[i] && row->cells[i].text[0] != '\0')
            status = read_wide_heading(import, row->cells[i].text, i);
    if (status == E_OK && import->wide_count == 0)
        return error_set(import->error, E_INPUT, "%s: row %zu: no column for the value; name one value or 数值, or give each "
                         "indicator a column with its unit: 茶叶面积(亩)", import->path, row->number);
    return status;
}

/* ---- a row ---- */

static const char *cell_of(const struct import *import, const struct table_row *row, enum role role)
{
    size_t column = import->roles[role];
    return column > 0 && column <= row->cell_count ? row->cells[column - 1].text : "";
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
    const char *text = cell_of(import, row, ROLE_REGION);
    struct error why = {0};
    region_id id;
    if (text[0] == '\0')
        return bad(import, row->number, import->roles[ROLE_REGION], "no region; fill the cell or remove the row");
    if (resolve(import, text, &id, &why) != E_OK)
        return bad(import, row->number, import->roles[ROLE_REGION], "%s", why.text);
    char code[REGION_CODE], path[REGION_PATH];
    o->region_code = copy(import, region_code(id, code));
    o->region_path = copy(import, region_path(id, path));
    o->region_name = region_name(id);
    o->how = HOW_explicit;
    return o->region_code != NULL && o->region_path != NULL ? E_OK
                                                            : error_set(import->error, E_MEMORY, "%s: out of memory", import->path);
}

/* The value with its unit: "12300" and "亩", "1.2" and "万元", "350" and "元/公斤", or "12300亩" alone. */
static int read_value(struct import *import, const struct table_row *row, size_t column, const char *unit,
                      struct observation *o)
{
    const char *text = row->cells[column].text;
    struct observation number = {0};
    char joined[512], measure[128];
    size_t per = strcspn(unit, "/");
    snprintf(measure, sizeof measure, "%.*s", (int)(per < sizeof measure ? per : sizeof measure - 1), unit);
    int n = snprintf(joined, sizeof joined, "%s%s", text, measure);
    if (n < 0 || (size_t)n >= sizeof joined)
        return bad(import, row->number, column + 1, "too long for a number; correct it or leave the cell empty");
    if (extract_number(text, &number) != 0 && extract_number(joined, &number) != 0)
        return bad(import, row->number, column + 1, "'%s' is not a number; correct it or leave the cell empty", text);
    if (number.unit == NULL && measure[0] != '\0' && extract_number(joined, &number) != 0) {
        struct nearest nearest;
        char hint[320];
        nearest_start(&nearest, measure);
        for (size_t i = 0; i < unit_count(); i++)
            nearest_consider(&nearest, unit_at(i)->name);
        size_t at = import->roles[ROLE_UNIT] != 0 ? import->roles[ROLE_UNIT] : column + 1;
        return bad(import, row->number, at, "unknown unit '%s'%s", measure, nearest_hint(&nearest, hint));
    }
    o->value = number.value;
    o->low = number.bound == BOUND_range ? number.low : NAN;
    o->high = number.bound == BOUND_range ? number.high : NAN;
    o->bound = number.bound;
    o->unit = number.unit;
    if (unit[per] == '/' && unit[per + 1] != '\0') {
        o->per[0] = copy(import, unit + per + 1);
        o->per_count = 1;
        if (o->per[0] == NULL)
            return error_set(import->error, E_MEMORY, "%s: out of memory", import->path);
    }
    return E_OK;
}

static int read_indicator(struct import *import, const struct table_row *row, size_t column, const char *label,
                          struct observation *o)
{
    if (label[0] == '\0')
        return bad(import, row->number, column, "no indicator; fill the cell or remove the row");
    const struct indicator *entry = indicator_find(label);
    const char *folded = entry != NULL && strcmp(entry->id, label) == 0 ? entry->chinese
                                                                        : extract_simplified(label, &import->arena);
    if (folded == NULL)
        return error_set(import->error, E_MEMORY, "%s: out of memory", import->path);
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

static int read_rest(struct import *import, const struct table_row *row, struct observation *o)
{
    const char *kind = cell_of(import, row, ROLE_KIND), *status = cell_of(import, row, ROLE_STATUS);
    const char *item = cell_of(import, row, ROLE_ITEM);
    if (kind[0] != '\0' && kind_parse(kind) < 0)
        return bad(import, row->number, import->roles[ROLE_KIND], "unknown kind '%s'; write level, mean, share, growth, capacity, "
                   "rank or price", kind);
    if (kind[0] != '\0')
        o->kind = (enum kind)kind_parse(kind);
    bool planned = strcmp(status, "planned") == 0 || strcmp(status, "计划") == 0 || strcmp(status, "目标") == 0;
    if (status[0] != '\0' && !planned && strcmp(status, "actual") != 0 && strcmp(status, "实际") != 0)
        return bad(import, row->number, import->roles[ROLE_STATUS], "unknown status '%s'; write actual or planned", status);
    o->status = planned ? STATUS_planned : STATUS_actual;
    if (item[0] != '\0' && (o->item = extract_simplified(item, &import->arena)) == NULL)
        return error_set(import->error, E_MEMORY, "%s: out of memory", import->path);
    /* 辣椒种植面积 and 茶叶种植面积 are one indicator of two items, as the extractor sees them */
    if (item[0] == '\0')
        o->item = extract_item(o->indicator, &import->arena);
    return E_OK;
}

/* One figure: the cell in `column` of a row. */
static int add_figure(struct import *import, const struct table_row *row, size_t column, const struct wide_column *wide)
{
    struct observation o = {.source = import->path, .low = NAN, .high = NAN, .confidence = 1};
    const struct cell *cell = &row->cells[column];
    const char *when = wide != NULL && wide->period[0] != '\0' ? wide->period : cell_of(import, row, ROLE_PERIOD);
    const char *unit = wide != NULL && wide->unit != NULL ? wide->unit : cell_of(import, row, ROLE_UNIT);
    const char *label = wide != NULL ? wide->label : cell_of(import, row, ROLE_INDICATOR);
    char period[PERIOD_TEXT];
    struct buffer evidence = {0};
    int status;
    if (cell_is_missing(cell->text))
        return E_OK;
    if ((status = read_region(import, row, &o)) != E_OK || (status = read_value(import, row, column, unit, &o)) != E_OK ||
        (status = read_indicator(import, row, wide != NULL ? column + 1 : import->roles[ROLE_INDICATOR], label, &o)) != E_OK ||
        (status = read_rest(import, row, &o)) != E_OK)
        return status;
    if (when[0] != '\0') {
        if (period_parse(when, period) != 0)
            return bad(import, row->number, import->roles[ROLE_PERIOD], "'%s' is no period; write 2019, 2019-12, 2018/2019 or "
                       "asof:2019-12-31", when);
        o.period = copy(import, period);
    }
    o.start = cell->start;
    o.end = cell->end;
    o.quote = copy(import, cell->text);
    buffer_format(&evidence, "row %zu, column %zu: %s", row->number, column + 1, cell->text);
    if (!evidence.failed)
        o.evidence = copy(import, evidence.bytes);
    buffer_free(&evidence);
    if (import->count == import->capacity) {
        size_t capacity = import->capacity ? import->capacity * 2 : 256;
        struct observation *items = reallocarray(import->items, capacity, sizeof *items);
        if (items != NULL) {
            import->items = items;
            import->capacity = capacity;
        }
    }
    if (o.quote == NULL || o.evidence == NULL || (when[0] != '\0' && o.period == NULL) || import->count == import->capacity)
        return error_set(import->error, E_MEMORY, "%s: out of memory", import->path);
    import->items[import->count++] = o;
    return E_OK;
}

static int read_row(const struct table_row *row, void *context)
{
    struct import *import = context;
    int status = E_OK;
    if (!import->has_heading) {
        import->has_heading = true;
        return read_heading(import, row);
    }
    for (size_t i = import->heading_count; i < row->cell_count; i++)
        if (row->cells[i].text[0] != '\0')
            return bad(import, row->number, i + 1, "the heading has %zu columns only; is a comma in a number not quoted?",
                       import->heading_count);
    import->rows++;
    if (import->wide_count == 0) {
        size_t column = import->roles[ROLE_VALUE];
        return column <= row->cell_count ? add_figure(import, row, column - 1, NULL)
                                         : bad(import, row->number, row->cell_count, "the row ends before its value");
    }
    for (size_t i = 0; i < import->wide_count && status == E_OK; i++)
        if (import->wide[i].column < row->cell_count)
            status = add_figure(import, row, import->wide[i].column, &import->wide[i]);
    return status;
}

/* ---- the file ---- */

static int store_table(struct store *store, const struct import *import, const struct input *input, const char *encoding,
                       bool *known, struct error *error)
{
    const struct document document = {
        .path = import->path,
        .published = import->settings->published,
        .encoding = encoding,
        .content = input->bytes,
        .size = input->size,
        .tool_version = ZHIBIAO_VERSION,
        .reference_hash = reference_hash(),
    };
    int status = store_document_begin(store, &document, known, error);
    if (status != E_OK || *known)
        return status;
    for (size_t i = 0; i < import->count && status == E_OK; i++)
        status = store_observation_add(store, &import->items[i], error);
    if (status == E_OK)
        status = store_document_end(store, error);
    if (status != E_OK)
        store_document_abort(store);
    return status;
}

static int import_file(struct store *store, const struct settings *settings, const char *path, const char *region,
                       struct output *out, struct error *why)
{
    struct import import = {.settings = settings, .path = path, .region = region, .error = why};
    const struct table_format format = {.encoding = settings->encoding};
    struct input input;
    const char *encoding = NULL;
    bool known = false;
    int status = input_open(&input, path, why);
    if (status != E_OK)
        return status;
    status = table_read(input.bytes, input.size, path, &format, &encoding, read_row, &import, why);
    if (status == E_OK && import.count == 0)
        status = error_set(why, E_INPUT, "%s: no figures below the heading; nothing was imported", path);
    if (status == E_OK)
        status = store_table(store, &import, &input, encoding, &known, why);
    if (status == E_OK) {
        output_text(out, path);
        output_text(out, known ? "unchanged" : "new");
        output_integer(out, (int64_t)import.rows);
        output_integer(out, known ? 0 : (int64_t)import.count);
        status = output_row(out, why);
    }
    free(import.items);
    free(import.wide);
    arena_free(&import.arena);
    input_close(&input);
    return status;
}

static int run(const struct settings *settings, struct error *error)
{
    struct extract_options checked;
    struct store *store = NULL;
    struct output *out = NULL;
    char code[REGION_CODE];
    int status, worst = E_OK;
    if ((status = extract_settings(settings, &checked, code, error)) != E_OK ||
        (status = output_open(&out, settings, FORMAT_table, columns, sizeof columns / sizeof *columns, error)) != E_OK)
        return status;
    status = store_open(&store, settings->store, STORE_WRITE, error);
    for (size_t i = 0; i < settings->operand_count && status == E_OK; i++) {
        struct error why = {0};
        int one = import_file(store, settings, settings->operands[i], checked.region, out, &why);
        if (one == E_INPUT) {
            complain(settings->command, why.text);
            worst = E_INPUT;
        } else if (one != E_OK) {
            *error = why;
            status = one;
        }
    }
    status = output_close(out, status == E_OK ? worst : status, error);
    store_close(store);
    return status;
}

const struct command command_import = {
    "import", "FILE.csv...", 1, SIZE_MAX, "take tables of figures (CSV, TSV) into the store",
    "Columns are found by their headings: region (地区, 县区), indicator (指标), period (年份), value (数值), unit (单位), and\n"
    "perhaps item (品种), kind and status. Without a value column every other column is an indicator with its unit in\n"
    "brackets: 茶叶面积(亩). A file is imported wholly or not at all; - is standard input.",
    options, run,
};
