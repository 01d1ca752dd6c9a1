/* query.c — what the commands read back.
 *
 * A query is put together from the constant conditions below, one for each filter that is set, and every value is
 * bound to its name: no text of the user's ever becomes SQL. `preferred` chooses among the rows that pass the filters,
 * so that `--source` compares a source's own statements; without that filter it gives the view's rows. */
#include "data/base/memory.h"
#include "data/reference/reference.h"
#include "data/store/internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DOING "read"

/* ---- filters to conditions ---- */

/* How --indicator is understood, the first that finds anything: the dictionary entry, the whole label, a part of it. */
#define INDICATOR_ENTRY "o.indicator_key = :indicator"
#define INDICATOR_LABEL "o.indicator = :indicator"
#define INDICATOR_PART "(instr(o.indicator, :indicator) > 0 OR instr(i.chinese, :indicator) > 0)"

#define TABLES \
    " FROM observation o JOIN document d ON d.id = o.document_id LEFT JOIN indicator i ON i.id = o.indicator_id"

struct query {
    struct buffer sql;
    const char *indicator;            /* what is bound: the entry's id, or the user's text */
    const char *indicator_condition;  /* one of the three above, or NULL */
    const char *unit;                 /* canonical */
    char region_end[32];              /* first code that is not below the region */
    int64_t document;
};

/* Whether any current observation meets a condition on :indicator. */
static int indicator_exists(struct store *store, const char *sql, const char *indicator, bool *exists,
                            struct error *error)
{
    sqlite3_stmt *statement = NULL;
    int result = E_OK;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_bind_text(statement, 1, indicator, -1, SQLITE_STATIC) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW)
        result = store_fail(store->db, store->path, DOING, error);
    else
        *exists = sqlite3_column_int(statement, 0) != 0;
    sqlite3_finalize(statement);
    return result;
}

static int resolve_indicator(struct store *store, const struct filter *filter, struct query *query, struct error *error)
{
    if (filter->indicator == NULL)
        return E_OK;
    bool exists = false;
    const struct indicator *entry = indicator_find(filter->indicator);
    query->indicator = entry != NULL ? entry->id : filter->indicator;
    query->indicator_condition = INDICATOR_ENTRY;
    int result = indicator_exists(store, "SELECT EXISTS(SELECT 1 FROM observation o WHERE " INDICATOR_ENTRY
                                  " AND o.superseded_by IS NULL)", query->indicator, &exists, error);
    if (result != E_OK || exists)
        return result;
    query->indicator = filter->indicator;
    query->indicator_condition = INDICATOR_LABEL;
    result = indicator_exists(store, "SELECT EXISTS(SELECT 1 FROM observation o WHERE " INDICATOR_LABEL
                              " AND o.superseded_by IS NULL)", query->indicator, &exists, error);
    if (result == E_OK && !exists)
        query->indicator_condition = INDICATOR_PART;
    return result;
}

static bool is_year(const char *period)
{
    return strlen(period) == 4 && strspn(period, "0123456789") == 4;
}

static int query_begin(struct store *store, const struct filter *filter, struct query *query, struct error *error)
{
    *query = (struct query){.unit = filter->unit};
    if (filter->unit != NULL) {
        const struct unit *unit = unit_find(filter->unit);
        if (unit != NULL)
            query->unit = unit->name;
    }
    if (filter->region != NULL) {
        /* codes are digits, and ':' follows '9': [code, code + ":") is the code with all that lies below it */
        size_t length = strlen(filter->region);
        if (length + 2 > sizeof query->region_end)
            return error_set(error, E_INPUT, "'%s' is not a region's code", filter->region);
        memcpy(query->region_end, filter->region, length);
        memcpy(query->region_end + length, ":", 2);
    }
    return resolve_indicator(store, filter, query, error);
}

static void add_conditions(const struct filter *filter, struct query *query)
{
    const struct {
        bool set;
        const char *condition;
    } conditions[] = {
        {query->indicator_condition != NULL, query->indicator_condition},
        {filter->region != NULL, "o.region_code >= :region AND o.region_code < :region_end"},
        {filter->level != 0, "o.region_level = :level"},
        {filter->period != NULL, filter->period != NULL && is_year(filter->period) ? "o.period_year = :period"
                                                                                   : "o.period = :period"},
        {filter->kind != NULL, "o.kind = :kind"},
        {filter->status != NULL, "o.status = :status"},
        {filter->item != NULL, "o.item = :item"},
        {filter->source != NULL, "(instr(d.path, :source) > 0 OR instr(d.source, :source) > 0)"},
        {filter->unit != NULL, "o.unit = :unit"},
        {filter->min_confidence > 0, "o.confidence >= :confidence"},
    };
    buffer_text(&query->sql, " WHERE o.superseded_by IS NULL");
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        if (conditions[i].set) {
            buffer_text(&query->sql, " AND ");
            buffer_text(&query->sql, conditions[i].condition);
        }
    }
}

/* "SELECT columns of the rows that the filter lets through ending". */
static void add_select(const char *columns, const struct filter *filter, const char *ending, struct query *query)
{
    buffer_text(&query->sql, columns);
    buffer_text(&query->sql, TABLES);
    if (filter->preferred) {
        buffer_text(&query->sql, " WHERE o.id IN (SELECT id FROM (SELECT o.id, " PREFERENCE " AS preference" TABLES);
        add_conditions(filter, query);
        buffer_text(&query->sql, ") WHERE preference = 1)");
    } else {
        add_conditions(filter, query);
    }
    buffer_text(&query->sql, ending);
}

static int bind_filter(sqlite3_stmt *statement, const struct filter *filter, const struct query *query)
{
    const struct {
        const char *name, *value;
    } texts[] = {
        {":indicator", query->indicator}, {":region", filter->region},      {":region_end", query->region_end},
        {":period", filter->period},      {":kind", filter->kind},          {":status", filter->status},
        {":item", filter->item},          {":source", filter->source},      {":unit", query->unit},
    };
    int result = SQLITE_OK;
    for (size_t i = 0; i < sizeof texts / sizeof *texts && result == SQLITE_OK; i++) {
        int index = sqlite3_bind_parameter_index(statement, texts[i].name);
        if (index > 0)
            result = sqlite3_bind_text(statement, index, texts[i].value, -1, SQLITE_STATIC);
    }
    int document = sqlite3_bind_parameter_index(statement, ":document");
    if (document > 0 && result == SQLITE_OK)
        result = sqlite3_bind_int64(statement, document, query->document);
    int level = sqlite3_bind_parameter_index(statement, ":level");
    if (level > 0 && result == SQLITE_OK)
        result = sqlite3_bind_int(statement, level, filter->level);
    int confidence = sqlite3_bind_parameter_index(statement, ":confidence");
    if (confidence > 0 && result == SQLITE_OK)
        result = sqlite3_bind_double(statement, confidence, filter->min_confidence);
    return result;
}

/* ---- rows ---- */

/* Reads columns in the order of the SELECT. A text that is there but cannot be had means that memory ran out. */
struct reader {
    sqlite3_stmt *statement;
    int column;
    bool failed;
};

static const char *next_text(struct reader *reader)
{
    int column = reader->column++;
    if (sqlite3_column_type(reader->statement, column) == SQLITE_NULL)
        return NULL;
    const char *text = (const char *)sqlite3_column_text(reader->statement, column);
    reader->failed |= text == NULL;
    return text;
}

static double next_number(struct reader *reader)
{
    int column = reader->column++;
    return sqlite3_column_type(reader->statement, column) == SQLITE_NULL
               ? NAN : sqlite3_column_double(reader->statement, column);
}

static int64_t next_integer(struct reader *reader)
{
    return sqlite3_column_int64(reader->statement, reader->column++);
}

/* The value of an enum by its stored name; a name that this program does not know cannot be read. */
static int next_name(struct reader *reader, int parse(const char *name))
{
    const char *name = next_text(reader);
    int value = name != NULL ? parse(name) : -1;
    reader->failed |= value < 0;
    return value < 0 ? 0 : value;
}

/* Called once a row: reads it and hands it to the visitor. Non-zero stops. */
typedef int row_visitor(struct reader *reader, void *visit);

/* Runs the query's SQL and calls `visit` for each row. */
static int query_run(struct store *store, const struct filter *filter, struct query *query, row_visitor *visit,
                     void *context, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    int result = E_OK, stepped = SQLITE_DONE;

    if (query->sql.failed) {
        result = error_set(error, E_MEMORY, "%s: out of memory", store->path);
        goto done;
    }
    if (sqlite3_prepare_v2(store->db, query->sql.bytes, -1, &statement, NULL) != SQLITE_OK ||
        bind_filter(statement, filter, query) != SQLITE_OK) {
        result = store_fail(store->db, store->path, DOING, error);
        goto done;
    }
    while (result == E_OK && (stepped = sqlite3_step(statement)) == SQLITE_ROW) {
        struct reader reader = {statement, 0, false};
        result = visit(&reader, context);
        if (reader.failed) {
            result = error_set(error, E_STORE, "%s: a row of the store cannot be read", store->path);
            goto done;
        }
    }
    if (result == E_OK && stepped != SQLITE_DONE)
        result = store_fail(store->db, store->path, DOING, error);
done:
    sqlite3_finalize(statement);
    buffer_free(&query->sql);
    return result;
}

/* ---- observations ---- */

struct observation_visit {
    int (*visit)(const struct stored_observation *row, void *context);
    void *context;
    struct buffer per;
};

/* "人/月" back to its parts, which stay in `parts`. What exceeds PER_MAX stays joined in the last one. */
static void split_per(const char *per, struct buffer *parts, struct observation *observation)
{
    if (per == NULL)
        return;
    buffer_clear(parts);
    buffer_text(parts, per);
    if (parts->failed)
        return;
    for (char *part = parts->bytes; part != NULL;) {
        char *after = observation->per_count + 1 < PER_MAX ? strchr(part, '/') : NULL;
        if (after != NULL)
            *after++ = '\0';
        observation->per[observation->per_count++] = part;
        part = after;
    }
}

#define OBSERVATION_COLUMNS                                                                                       \
    "SELECT o.id, o.document_id, d.title, d.published, COALESCE(i.chinese, o.indicator), o.region_level, o.place," \
    " d.path, o.start_byte, o.end_byte, o.quote, o.value, o.low, o.high, o.bound, o.unit, o.per, o.region_code,"  \
    " o.region_name, o.region_path, o.region_how, o.period, o.indicator, o.indicator_id, o.item, o.kind,"         \
    " o.status, o.confidence, o.evidence"
#define OBSERVATION_ORDER \
    " ORDER BY o.region_code, o.place, 5, o.period, o.document_id, o.start_byte, o.id"

static int visit_observation(struct reader *reader, void *context)
{
    struct observation_visit *visit = context;
    struct stored_observation row = {.id = next_integer(reader)};
    row.document_id = next_integer(reader);
    row.document_title = next_text(reader);
    row.document_published = next_text(reader);
    row.label = next_text(reader);
    row.region_level = (int)next_integer(reader);
    row.place = next_text(reader);

    struct observation *o = &row.observation;
    o->source = next_text(reader);
    o->start = (size_t)next_integer(reader);
    o->end = (size_t)next_integer(reader);
    o->quote = next_text(reader);
    o->value = next_number(reader);
    o->low = next_number(reader);
    o->high = next_number(reader);
    o->bound = (enum bound)next_name(reader, bound_parse);
    o->unit = next_text(reader);
    split_per(next_text(reader), &visit->per, o);
    o->region_code = next_text(reader);
    o->region_name = next_text(reader);
    o->region_path = next_text(reader);
    o->how = (enum region_how)next_name(reader, region_how_parse);
    o->period = next_text(reader);
    o->indicator = next_text(reader);
    o->indicator_id = next_text(reader);
    o->item = next_text(reader);
    o->kind = (enum kind)next_name(reader, kind_parse);
    o->status = (enum status)next_name(reader, status_parse);
    o->confidence = next_number(reader);
    o->evidence = next_text(reader);
    reader->failed |= visit->per.failed;
    return reader->failed ? E_STORE : visit->visit(&row, visit->context);
}

int store_query(struct store *store, const struct filter *filter,
                int visit(const struct stored_observation *row, void *context), void *context, struct error *error)
{
    struct query query;
    struct observation_visit observations = {visit, context, {0}};
    int result = query_begin(store, filter, &query, error);
    if (result != E_OK)
        return result;
    add_select(OBSERVATION_COLUMNS, filter, OBSERVATION_ORDER, &query);
    result = query_run(store, filter, &query, visit_observation, &observations, error);
    buffer_free(&observations.per);
    return result;
}

int store_document_observations(struct store *store, int64_t document,
                                int visit(const struct stored_observation *row, void *context), void *context, struct error *error)
{
    const struct filter filter = {0};
    struct query query = {.document = document};
    struct observation_visit observations = {visit, context, {0}};
    buffer_text(&query.sql, OBSERVATION_COLUMNS TABLES " WHERE o.superseded_by IS NULL AND o.document_id = :document ORDER BY o.id");
    int result = query_run(store, &filter, &query, visit_observation, &observations, error);
    buffer_free(&observations.per);
    return result;
}

/* ---- documents ---- */

struct document_visit {
    int (*visit)(const struct document_row *row, void *context);
    void *context;
};

static int visit_document(struct reader *reader, void *context)
{
    struct document_visit *visit = context;
    struct document_row row = {.id = next_integer(reader)};
    row.path = next_text(reader);
    row.title = next_text(reader);
    row.source = next_text(reader);
    row.published = next_text(reader);
    row.encoding = next_text(reader);
    row.sha256 = next_text(reader);
    row.size = next_integer(reader);
    row.observations = next_integer(reader);
    return reader->failed ? E_STORE : visit->visit(&row, visit->context);
}

int store_documents(struct store *store, const char *source, int visit(const struct document_row *row, void *context),
                    void *context, struct error *error)
{
    struct filter filter = {.source = source};
    struct query query = {0};
    struct document_visit documents = {visit, context};
    buffer_text(&query.sql, "SELECT d.id, d.path, d.title, d.source, d.published, d.encoding, d.sha256, d.size,"
                " (SELECT count(*) FROM observation o WHERE o.document_id = d.id AND o.superseded_by IS NULL)"
                " FROM document d");
    if (source != NULL)
        buffer_text(&query.sql, " WHERE instr(d.path, :source) > 0 OR instr(d.source, :source) > 0");
    buffer_text(&query.sql, " ORDER BY d.id");
    return query_run(store, &filter, &query, visit_document, &documents, error);
}

/* ---- indicators ---- */

struct indicator_visit {
    int (*visit)(const struct indicator_row *row, void *context);
    void *context;
};

static int visit_indicator(struct reader *reader, void *context)
{
    struct indicator_visit *visit = context;
    struct indicator_row row = {.id = next_text(reader)};
    row.label = next_text(reader);
    row.unit = next_text(reader);
    row.observations = next_integer(reader);
    row.regions = next_integer(reader);
    row.documents = next_integer(reader);
    return reader->failed ? E_STORE : visit->visit(&row, visit->context);
}

int store_indicators(struct store *store, const struct filter *filter,
                     int visit(const struct indicator_row *row, void *context), void *context, struct error *error)
{
    struct query query;
    struct indicator_visit indicators = {visit, context};
    int result = query_begin(store, filter, &query, error);
    if (result != E_OK)
        return result;
    /* a place is its code and what lies below; text that is about no place counts as none */
    add_select("SELECT o.indicator_id, COALESCE(i.chinese, o.indicator), o.unit, count(*),"
               " count(DISTINCT CASE WHEN o.region_level > 0 THEN o.region_code || ifnull('/' || o.place, '') END),"
               " count(DISTINCT o.document_id)",
               filter, " GROUP BY o.indicator_key, o.unit ORDER BY 4 DESC, 2, 3", &query);
    return query_run(store, filter, &query, visit_indicator, &indicators, error);
}
