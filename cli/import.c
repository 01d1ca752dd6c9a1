/* import.c — the command that takes a table of figures into the store.
 *
 * The long form has one figure a row, its columns named in any order: region, indicator, period, value, unit and, where they
 * are there, item, kind, status. The wide form has a column for each indicator (茶叶面积(亩), 2019年产值(亿元)) or for each year
 * (2018, 2019). --map says what headings mean that nobody could guess. A table is in wholly or not at all: the first row that
 * cannot be read is named, and nothing is stored. */
#include "cli/heading.h"
#include "cli/import.h"
#include "data/base/sha256.h"
#include "data/extract/extract.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

static const struct option options[] = {
    STORE_OPTION,
    OPTION("region", 'r', "REGION", region, "the region of the table: of all rows, or above those of its region column"),
    OPTION("indicator", 'i', "NAME", indicator, "the indicator, where no column or heading says it"),
    OPTION("period", 'p', "PERIOD", period, "the period, where no column or heading says it"),
    OPTION("unit", 'u', "UNIT", unit, "the unit, such as 万元, where no column, heading or cell says it"),
    OPTION("item", 0, "ITEM", item, "what it is broken down by, where no column says it"),
    OPTION("kind", 'k', "KIND", kind, "level, mean, share, growth, capacity, rank or price, where no column says it"),
    OPTION("status", 0, "STATUS", status, "actual or planned, where no column says it"),
    OPTION("map", 0, "FILE.json", map, "what headings mean: {\"辖区\": \"region\", \"税收\": \"budget_revenue\", \"备注\": null}"),
    OPTION("delimiter", 'd', "CHAR", delimiter, "what separates columns; otherwise it is guessed"),
    OPTION("published", 0, "YYYY-MM-DD", published, "when the table was published"),
    OPTION("encoding", 0, "NAME", encoding, "UTF-8, GB18030 or BIG5; otherwise it is detected"),
    OUTPUT_OPTIONS,
    HELP_OPTION,
    OPTIONS_END,
};

static const struct column columns[] = {
    {"file", COLUMN_TEXT, 0}, {"state", COLUMN_TEXT, 0}, {"rows", COLUMN_INTEGER, 0}, {"observations", COLUMN_INTEGER, 0},
};

static int read_row(const struct table_row *row, void *context)
{
    struct import *import = context;
    if (import->has_heading)
        return import_row(import, row);
    import->has_heading = true;
    return import_heading(import, row);
}

/* The rules that a table is read by: the program's, and what --map and the options say. The same table read otherwise is a
 * new reading of it, not an old acquaintance. */
static int rules(const struct settings *s, const cJSON *map, struct buffer *out)
{
    const char *const given[] = {s->region, s->indicator, s->period, s->unit, s->item, s->kind, s->status, s->delimiter};
    struct buffer all = {0};
    char digest[SHA256_TEXT];
    bool any = map != NULL;
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        any |= given[i] != NULL && i > 0;  /* --region alone was there before these: stores know tables read with it */
        buffer_text(&all, given[i] != NULL ? given[i] : "");
        buffer_char(&all, '\n');
    }
    char *text = map != NULL ? cJSON_PrintUnformatted(map) : NULL;
    if (text != NULL)
        buffer_text(&all, text);
    buffer_text(out, reference_hash());
    if (any && !all.failed)
        buffer_format(out, "+%.16s", sha256_hex(all.bytes, all.size, digest));
    bool failed = all.failed || out->failed || (map != NULL && text == NULL);
    cJSON_free(text);
    buffer_free(&all);
    return failed ? E_MEMORY : E_OK;
}

static int count_row(const struct table_row *row, void *context)
{
    (void)row;
    ++*(size_t *)context;
    return E_OK;
}

/* Reads the table into the store's transaction. */
static int store_table(struct import *import, const struct input *input, const char *rules_text, const struct table_format *format,
                       bool *known, struct error *error)
{
    size_t rows = 0;
    const char *encoding = NULL;
    /* a first pass says whether it is a table at all, and its encoding, before anything is begun */
    int status = table_read(input->bytes, input->size, import->path, format, &encoding, count_row, &rows, error);
    if (status != E_OK)
        return status;
    const struct document document = {
        .path = import->path,
        .published = import->settings->published,
        .encoding = encoding,
        .content = input->bytes,
        .size = input->size,
        .tool_version = ZHIBIAO_VERSION,
        .reference_hash = rules_text,
    };
    status = store_document_begin(import->store, &document, known, error);
    if (status != E_OK)
        return status;
    if (*known) {
        import->rows = rows > 0 ? rows - 1 : 0;
        return E_OK;
    }
    status = table_read(input->bytes, input->size, import->path, format, &encoding, read_row, import, error);
    if (status == E_OK && import->count == 0)
        status = error_set(error, E_INPUT, "%s: no figures below the heading; nothing was imported", import->path);
    if (status == E_OK)
        status = store_document_end(import->store, error);
    if (status != E_OK)
        store_document_abort(import->store);
    return status;
}

struct importing {
    struct store *store;
    const struct settings *settings;
    const char *region, *rules;
    const cJSON *map;
    struct table_format format;
    struct output *out;
};

static int import_file(const struct importing *all, const char *path, struct error *why)
{
    struct import import = {.settings = all->settings, .path = path, .region = all->region, .map = all->map, .store = all->store,
                            .error = why};
    struct input input;
    bool known = false;
    int status = input_open(&input, path, why);
    if (status != E_OK)
        return status;
    status = store_table(&import, &input, all->rules, &all->format, &known, why);
    if (status == E_OK) {
        output_text(all->out, path);
        output_text(all->out, known ? "unchanged" : "new");
        output_integer(all->out, (int64_t)import.rows);
        output_integer(all->out, (int64_t)import.count);
        status = output_row(all->out, why);
    }
    free(import.figures);
    arena_free(&import.arena);
    arena_free(&import.row_arena);
    input_close(&input);
    return status;
}

/* What the options say of all rows is checked before any is read. */
static int check_options(const struct settings *settings, struct importing *all, struct error *error)
{
    struct settings filters = *settings;
    struct scope scope;
    filters.indicator = filters.region = filters.unit = NULL;
    int status = scope_of(&filters, &scope, error);
    if (status == E_OK && settings->unit != NULL && !unit_known(settings->unit))
        status = error_set(error, E_USAGE, "--unit: unknown unit '%s'", settings->unit);
    return status == E_OK ? delimiter_option(settings, &all->format.delimiter, error) : status;
}

static int run(const struct settings *settings, struct error *error)
{
    struct extract_options checked;
    struct importing all = {.settings = settings, .format = {.encoding = settings->encoding}};
    struct buffer rules_text = {0};
    struct cJSON *map = NULL;
    char code[REGION_CODE];
    int status, worst = E_OK;
    if ((status = extract_settings(settings, &checked, code, error)) != E_OK ||
        (status = check_options(settings, &all, error)) != E_OK || (status = import_map_read(settings->map, &map, error)) != E_OK)
        goto done;
    if (rules(settings, map, &rules_text) != E_OK) {
        status = error_set(error, E_MEMORY, "out of memory");
        goto done;
    }
    all.region = checked.region;
    all.rules = rules_text.bytes;
    all.map = map;
    if ((status = output_open(&all.out, settings, FORMAT_table, columns, sizeof columns / sizeof *columns, error)) != E_OK)
        goto done;
    status = store_open(&all.store, settings->store, STORE_WRITE, error);
    for (size_t i = 0; i < settings->operand_count && status == E_OK; i++) {
        struct error why = {0};
        int one = import_file(&all, settings->operands[i], &why);
        if (one == E_INPUT) {
            complain(settings->command, why.text);
            worst = E_INPUT;
        } else if (one != E_OK) {
            *error = why;
            status = one;
        }
    }
    status = output_close(all.out, status == E_OK ? worst : status, error);
done:
    store_close(all.store);
    cJSON_Delete(map);
    buffer_free(&rules_text);
    return status;
}

const struct command command_import = {
    "import", "FILE.csv...", 1, SIZE_MAX, "take tables of figures (CSV, TSV) into the store",
    "Columns are found by their headings: region (地区, 县区), indicator (指标), period (年份), value (数值), unit (单位), and\n"
    "perhaps item (品种), kind and status. Without a value column every year (2018, 2019年) is a column of figures, and every\n"
    "other heading an indicator with its unit and year: 2019年茶叶面积(亩), 产值/亿元, 税收万元. --map FILE.json names columns\n"
    "otherwise; an entry may be a role, an indicator, null (left out), or an object with indicator, unit, period, item, kind,\n"
    "status. Cells may hold 1,234.5, 二十三, 3.5万, 600余, ≥600, 3-5; …, -, NA, 缺, 空 are missing. A file is imported\n"
    "wholly or not at all; - is standard input.",
    options, run,
};
