/* write.c — one document with its observations goes in, wholly or not at all.
 *
 * store_document_begin opens an IMMEDIATE transaction and store_document_end commits it; whatever fails between the two
 * marks the document as failed, and a failed document is rolled back, never committed with less. A document is known by
 * the digest of its bytes. Read again by other rules (another run) its observations are superseded, not overwritten. */
#include "data/base/memory.h"
#include "data/base/sha256.h"
#include "data/reference/reference.h"
#include "data/store/internal.h"

#include <math.h>
#include <string.h>

#define DOING "write to"

/* ---- one execution of a prepared statement: begin, put its values in order, run ---- */

struct row {
    sqlite3_stmt *statement;
    int column;
    bool failed;  /* a value could not be bound: too long, for one */
};

static int row_begin(struct store *store, enum statement which, struct row *row, struct error *error)
{
    *row = (struct row){NULL, 0, false};
    return store_statement(store, which, &row->statement, error);
}

static void put_text(struct row *row, const char *text)
{
    /* NULL binds NULL; the caller's text outlives the execution */
    row->failed |= sqlite3_bind_text(row->statement, ++row->column, text, -1, SQLITE_STATIC) != SQLITE_OK;
}

/* "" is how the reference tables and many headers say "absent" */
static void put_filled(struct row *row, const char *text)
{
    put_text(row, text != NULL && text[0] != '\0' ? text : NULL);
}

static void put_integer(struct row *row, int64_t number)
{
    row->failed |= sqlite3_bind_int64(row->statement, ++row->column, number) != SQLITE_OK;
}

static void put_number(struct row *row, double number)
{
    row->column++;
    row->failed |= (isnan(number) ? sqlite3_bind_null(row->statement, row->column)
                                  : sqlite3_bind_double(row->statement, row->column, number)) != SQLITE_OK;
}

static void put_blob(struct row *row, const void *bytes, size_t size)
{
    /* a NULL pointer would bind NULL: an empty document has content, of no bytes */
    row->failed |= sqlite3_bind_blob64(row->statement, ++row->column, size > 0 ? bytes : "", size, SQLITE_STATIC) !=
                   SQLITE_OK;
}

/* Runs it. `found`: the statement may give one row, whose columns can be read until the statement's next use. */
static int row_run(struct store *store, struct row *row, bool *found, struct error *error)
{
    int stepped = row->failed ? SQLITE_TOOBIG : sqlite3_step(row->statement);
    if (stepped == SQLITE_ROW && found != NULL) {
        *found = true;
        return E_OK;
    }
    int result = stepped == SQLITE_DONE ? E_OK : store_fail(store->db, store->path, DOING, error);
    sqlite3_reset(row->statement);
    sqlite3_clear_bindings(row->statement);  /* what was bound is the caller's again */
    return result;
}

/* ---- reference rows ---- */

/* Whether this row was written before in this process; remembers it. A forgotten one is only written again. */
static bool seen(struct store *store, char table, const char *key, const char *more)
{
    char text[SEEN_KEY] = {0};
    size_t length = strlen(key), rest = strlen(more);
    if (length + rest + 3 > sizeof text)
        return false;
    text[0] = table;
    memcpy(text + 1, key, length);
    text[length + 1] = '\n';
    memcpy(text + length + 2, more, rest);
    uint32_t hash = 2166136261u;  /* FNV-1a */
    for (size_t i = 0; i < length + rest + 2; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    char *slot = store->seen[(hash ^ hash >> 16) % SEEN_SLOTS];
    if (memcmp(slot, text, sizeof text) == 0)
        return true;
    memcpy(slot, text, sizeof text);
    return false;
}

static int add_region(struct store *store, const char *code, int level, const char *parent, const char *name,
                      bool known, struct error *error)
{
    struct row row;
    int result = row_begin(store, REGION_ADD, &row, error);
    if (result != E_OK)
        return result;
    put_text(&row, code);
    put_text(&row, parent);
    put_integer(&row, level);
    put_text(&row, name);
    put_integer(&row, known);
    return row_run(store, &row, NULL, error);
}

static int region_code_level(const char *code)
{
    size_t length = strspn(code, "0123456789");
    bool known = length == 2 || length == 4 || length == 6 || length == 9 || length == 12;
    return known && code[length] == '\0' ? (int)length : 0;
}

/* The region's row and those above it, from the top down. A code that the register lacks stands alone. */
static int ensure_region(struct store *store, const struct observation *observation, region_id id, struct error *error)
{
    enum { DEPTH = 8 };
    region_id chain[DEPTH];
    size_t depth = 0;
    int result = E_OK;

    if (seen(store, 'r', observation->region_code, ""))
        return E_OK;
    if (id == REGION_NONE)
        return add_region(store, observation->region_code, region_code_level(observation->region_code), NULL,
                          observation->region_name, false, error);
    for (; id != REGION_NONE && depth < DEPTH; id = region_parent(id))
        chain[depth++] = id;
    char code[REGION_CODE], parent[REGION_CODE];
    for (size_t i = depth; i-- > 0 && result == E_OK;) {
        region_code(chain[i], code);
        if (i + 1 < depth)
            region_code(chain[i + 1], parent);
        result = add_region(store, code, region_level(chain[i]), i + 1 < depth ? parent : NULL, region_name(chain[i]),
                            true, error);
    }
    return result;
}

static int ensure_unit(struct store *store, const char *name, struct error *error)
{
    if (name == NULL || seen(store, 'u', name, ""))
        return E_OK;
    const struct unit *unit = unit_find(name);
    if (unit != NULL && strcmp(unit->name, name) != 0)
        unit = NULL;  /* an alias that was not made canonical: stored as it is, converted by nobody */
    struct row row;
    int result = row_begin(store, UNIT_ADD, &row, error);
    if (result != E_OK)
        return result;
    put_text(&row, name);
    put_filled(&row, unit != NULL ? unit->dimension : NULL);
    put_number(&row, unit != NULL ? unit->factor : NAN);
    put_integer(&row, unit != NULL);
    return row_run(store, &row, NULL, error);
}

static int ensure_indicator(struct store *store, const char *id, const char *label, struct error *error)
{
    if (id == NULL || seen(store, 'i', id, label))
        return E_OK;
    const struct indicator *entry = indicator_find(id);
    if (entry != NULL && strcmp(entry->id, id) != 0)
        entry = NULL;
    struct row row;
    int result = row_begin(store, INDICATOR_ADD, &row, error);
    if (result != E_OK)
        return result;
    put_text(&row, id);
    put_text(&row, entry != NULL ? entry->chinese : label);
    put_filled(&row, entry != NULL ? entry->english : NULL);
    put_filled(&row, entry != NULL ? entry->dimension : NULL);
    put_filled(&row, entry != NULL ? entry->aggregation : NULL);
    put_filled(&row, entry != NULL ? entry->weight : NULL);
    put_integer(&row, entry != NULL);
    result = row_run(store, &row, NULL, error);
    if (result != E_OK || (entry != NULL && strcmp(entry->chinese, label) == 0))
        return result;

    result = row_begin(store, ALIAS_ADD, &row, error);
    if (result != E_OK)
        return result;
    put_text(&row, id);
    put_text(&row, label);
    return row_run(store, &row, NULL, error);
}

/* ---- the place below the register ---- */

static bool ends_in(const char *text, const char *ending)
{
    size_t length = strlen(text), size = strlen(ending);
    return length >= size && memcmp(text + length - size, ending, size) == 0;
}

/* What an observation's path says beyond the register's path of its code: a village that is known by its name only,
 * with the level it has. Such a figure is not the township's own, and must not be taken for it. */
static const char *place_of(const struct observation *observation, region_id id, int *level)
{
    const char *path = observation->region_path, *place = NULL;
    if (observation->region_code == NULL) {
        *level = 0;
        return path != NULL ? path : observation->region_name;
    }
    *level = region_code_level(observation->region_code);
    if (id != REGION_NONE && path != NULL) {
        char known[REGION_PATH];
        size_t length = strlen(region_path(id, known));
        if (strncmp(path, known, length) == 0 && path[length] == '/' && path[length + 1] != '\0')
            place = path + length + 1;
    }
    if (place != NULL) {
        static const int below[] = {[2] = 4, [4] = 6, [6] = 9, [9] = 12, [12] = 12};
        *level = ends_in(place, "村") || ends_in(place, "社区") ? 12 : below[*level];
    }
    return place;
}

/* The year in which a period ends: 2019 of "2019", "2019-12", "2018/2019" and "asof:2019-12-15". */
static const char *year_of(const char *period, char year[5])
{
    if (period == NULL)
        return NULL;
    const char *slash = strchr(period, '/'), *colon = strchr(period, ':');
    const char *end = slash != NULL ? slash + 1 : colon != NULL ? colon + 1 : period;
    if (strspn(end, "0123456789") < 4)
        return NULL;
    memcpy(year, end, 4);
    year[4] = '\0';
    return year;
}

/* ---- documents ---- */

/* The id of the run that these rules are, made when it is new. */
static int find_run(struct store *store, const struct document *document, struct error *error)
{
    static const enum statement both[] = {RUN_ADD, RUN_FIND};
    int result = E_OK;
    for (size_t i = 0; i < 2 && result == E_OK; i++) {
        struct row row;
        bool found = false;
        result = row_begin(store, both[i], &row, error);
        if (result != E_OK)
            break;
        put_text(&row, document->tool_version);
        put_text(&row, document->reference_hash);
        result = row_run(store, &row, &found, error);
        if (found) {
            store->run_id = sqlite3_column_int64(row.statement, 0);
            sqlite3_reset(row.statement);
        }
    }
    return result;
}

/* Looks for the document by its digest: its id (0: new) and the run that read it last. */
static int find_document(struct store *store, const char *sha256, int64_t *run_id, struct error *error)
{
    struct row row;
    bool found = false;
    int result = row_begin(store, DOCUMENT_FIND, &row, error);
    if (result != E_OK)
        return result;
    put_text(&row, sha256);
    result = row_run(store, &row, &found, error);
    store->document_id = 0;
    if (found) {
        store->document_id = sqlite3_column_int64(row.statement, 0);
        *run_id = sqlite3_column_int64(row.statement, 1);
        sqlite3_reset(row.statement);
        sqlite3_clear_bindings(row.statement);
    }
    return result;
}

static void put_facts(struct row *row, const struct document *document)
{
    put_text(row, document->path);
    put_filled(row, document->title);
    put_filled(row, document->source);
    put_filled(row, document->published);
    put_text(row, document->encoding);
}

static int add_document(struct store *store, const struct document *document, const char *sha256, struct error *error)
{
    struct row row;
    int result = row_begin(store, DOCUMENT_ADD, &row, error);
    if (result != E_OK)
        return result;
    put_text(&row, sha256);
    put_integer(&row, store->run_id);
    put_facts(&row, document);
    put_integer(&row, (int64_t)document->size);
    put_blob(&row, document->content, document->size);
    result = row.failed ? error_set(error, E_INPUT, "%s: %zu bytes are too many for the store; split the file",
                                    document->path, document->size)
                        : row_run(store, &row, NULL, error);
    store->document_id = sqlite3_last_insert_rowid(store->db);
    return result;
}

/* Known bytes under other rules: what was read from them before is superseded by this run. */
static int renew_document(struct store *store, const struct document *document, struct error *error)
{
    struct row row;
    int result = row_begin(store, SUPERSEDE, &row, error);
    if (result != E_OK)
        return result;
    put_integer(&row, store->document_id);
    put_integer(&row, store->run_id);
    result = row_run(store, &row, NULL, error);
    if (result == E_OK)
        result = row_begin(store, DOCUMENT_RENEW, &row, error);
    if (result != E_OK)
        return result;
    put_integer(&row, store->document_id);
    put_integer(&row, store->run_id);
    put_facts(&row, document);
    return row_run(store, &row, NULL, error);
}

int store_document_begin(struct store *store, const struct document *document, bool *known, struct error *error)
{
    char sha256[SHA256_TEXT];
    int64_t run_id = 0;
    int result;

    *known = false;
    if (store->writing)
        return error_set(error, E_STORE, "%s: the document before %s was not ended", store->path, document->path);
    sha256_hex(document->content, document->size, sha256);
    if (sqlite3_exec(store->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
        return store_fail(store->db, store->path, DOING, error);
    store->writing = true;
    store->failed = false;
    result = find_run(store, document, error);
    if (result == E_OK)
        result = find_document(store, sha256, &run_id, error);
    if (result != E_OK)
        goto done;
    if (store->document_id == 0)
        result = add_document(store, document, sha256, error);
    else if (run_id == store->run_id)
        *known = true;
    else
        result = renew_document(store, document, error);
done:
    if (result != E_OK || *known)
        store_document_abort(store);
    return result;
}

int store_document_end(struct store *store, struct error *error)
{
    if (!store->writing)
        return error_set(error, E_STORE, "%s: no document was begun", store->path);
    int result = E_OK;
    if (store->failed || sqlite3_get_autocommit(store->db))
        result = error_set(error, E_STORE, "%s: the document was not stored, because one of its observations could "
                           "not be", store->path);
    else if (sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
        result = store_fail(store->db, store->path, DOING, error);
    else
        store->writing = false;
    store_document_abort(store);
    return result;
}

void store_document_abort(struct store *store)
{
    if (!store->writing)
        return;
    for (size_t i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_reset(store->statements[i]);
    /* SQLite itself rolls back after some errors, and only then does this fail */
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    memset(store->seen, 0, sizeof store->seen);
    store->writing = false;
}

/* ---- observations ---- */

static int check_observation(const struct store *store, const struct observation *o, struct error *error)
{
    if (!store->writing || store->failed || sqlite3_get_autocommit(store->db))
        return error_set(error, E_STORE, "%s: an observation outside a document", store->path);
    if (o->indicator == NULL || bound_name(o->bound) == NULL || kind_name(o->kind) == NULL ||
        status_name(o->status) == NULL || region_how_name(o->how) == NULL || o->per_count > PER_MAX)
        return error_set(error, E_INPUT, "%s, byte %zu: the observation is incomplete", o->source ? o->source : "?",
                         o->start);
    if (o->start > o->end || !(o->confidence >= 0 && o->confidence <= 1))
        return error_set(error, E_INPUT, "%s, byte %zu: the span or confidence of the observation is out of range",
                         o->source ? o->source : "?", o->start);
    if (o->region_code != NULL && region_code_level(o->region_code) == 0)
        return error_set(error, E_INPUT, "%s, byte %zu: region code '%s' has not 2, 4, 6, 9 or 12 digits",
                         o->source ? o->source : "?", o->start, o->region_code);
    return E_OK;
}

static int insert(struct store *store, const struct observation *o, region_id id, struct error *error)
{
    struct row row;
    struct buffer per = {0};
    char year[5];
    int level = 0;
    const char *place = place_of(o, id, &level);
    int result = row_begin(store, OBSERVATION_ADD, &row, error);
    if (result != E_OK)
        goto done;
    for (size_t i = 0; i < o->per_count; i++) {
        if (i > 0)
            buffer_char(&per, '/');
        buffer_text(&per, o->per[i]);
    }
    if (per.failed) {
        result = error_set(error, E_MEMORY, "%s: out of memory", store->path);
        goto done;
    }
    put_integer(&row, store->document_id);
    put_integer(&row, store->run_id);
    put_integer(&row, (int64_t)o->start);
    put_integer(&row, (int64_t)o->end);
    put_text(&row, o->quote);
    put_number(&row, o->value);
    put_number(&row, o->low);
    put_number(&row, o->high);
    put_text(&row, bound_name(o->bound));
    put_text(&row, o->unit);
    put_text(&row, per.bytes);
    put_text(&row, o->region_code);
    put_text(&row, o->region_name);
    put_text(&row, o->region_path);
    put_text(&row, place);
    put_integer(&row, level);
    put_text(&row, region_how_name(o->how));
    put_text(&row, o->period);
    put_text(&row, year_of(o->period, year));
    put_text(&row, o->indicator);
    put_text(&row, o->indicator_id);
    put_text(&row, o->item);
    put_text(&row, kind_name(o->kind));
    put_text(&row, status_name(o->status));
    put_number(&row, o->confidence);
    put_text(&row, o->evidence);
    result = row_run(store, &row, NULL, error);
done:
    buffer_free(&per);
    return result;
}

int store_observation_add(struct store *store, const struct observation *observation, struct error *error)
{
    region_id id = REGION_NONE;
    int result = check_observation(store, observation, error);
    if (result == E_OK && observation->region_code != NULL) {
        id = region_find(observation->region_code);
        result = ensure_region(store, observation, id, error);
    }
    if (result == E_OK)
        result = ensure_unit(store, observation->unit, error);
    if (result == E_OK)
        result = ensure_indicator(store, observation->indicator_id, observation->indicator, error);
    if (result == E_OK)
        result = insert(store, observation, id, error);
    if (result != E_OK)
        store->failed = true;
    return result;
}
