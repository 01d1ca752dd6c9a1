/* scan.c — the figures of one indicator by the million.
 *
 * A statistic of a large store needs a tenth of what an observation holds. The index observation_fact has just that, in the
 * order of facts; each query here is answered from it without touching the table (a test asks SQLite for its plan). */
#include "data/store/internal.h"

#include <math.h>
#include <string.h>

#define DOING "read"
#define CURRENT " FROM observation INDEXED BY observation_fact WHERE superseded_by IS NULL AND indicator_id = ?1"

const char store_scan_sql[] =
    "SELECT region_code, period, unit, per, bound, place IS NOT NULL, item IS NOT NULL, value, confidence" CURRENT
    " AND kind = ?2 AND status = ?3 AND region_code >= ?4 AND region_code < ?5"
    " ORDER BY indicator_id, kind, status, region_code, place, period, item, unit, per";
const char store_scan_next_sql[] =
    "SELECT region_code" CURRENT " AND kind = ?2 AND status = ?3 AND region_code > ?4"
    " ORDER BY indicator_id, kind, status, region_code LIMIT 1";
const char store_scan_mixed_sql[] =
    "SELECT EXISTS(SELECT 1" CURRENT " AND kind < ?2) OR EXISTS(SELECT 1" CURRENT " AND kind > ?2)"
    " OR EXISTS(SELECT 1" CURRENT " AND kind = ?2 AND status = ?3 AND region_code IS NULL)";

/* Prepares and binds indicator, kind, status and two texts more; a NULL text is not bound. */
static int begin(struct store *store, const char *sql, const struct scan *scan, const char *first, const char *last,
                 sqlite3_stmt **statement, struct error *error)
{
    const char *const texts[] = {scan->indicator, scan->kind, scan->status, first, last};
    int result = sqlite3_prepare_v2(store->db, sql, -1, statement, NULL);
    for (int i = 0; i < 5 && result == SQLITE_OK; i++)
        if (texts[i] != NULL)
            result = sqlite3_bind_text(*statement, i + 1, texts[i], -1, SQLITE_STATIC);
    return result == SQLITE_OK ? E_OK : store_fail(store->db, store->path, DOING, error);
}

/* The bytes of a text column as they are: no copy for a closing NUL. */
static const char *text(sqlite3_stmt *statement, int column, int *size)
{
    const void *bytes = sqlite3_column_blob(statement, column);
    *size = bytes != NULL ? sqlite3_column_bytes(statement, column) : 0;
    return bytes;
}

int store_scan(struct store *store, const struct scan *scan, int visit(const struct scanned *row, void *context), void *context,
               struct error *error)
{
    sqlite3_stmt *statement = NULL;
    struct scanned row;
    int step = SQLITE_DONE, result = begin(store, store_scan_sql, scan, scan->first, scan->last, &statement, error);
    while (result == E_OK && (step = sqlite3_step(statement)) == SQLITE_ROW) {
        row.region = text(statement, 0, &row.region_size);
        row.period = text(statement, 1, &row.period_size);
        row.unit = text(statement, 2, &row.unit_size);
        row.per = text(statement, 3, &row.per_size);
        row.bound = text(statement, 4, &row.bound_size);
        row.place = sqlite3_column_int(statement, 5) != 0;
        row.item = sqlite3_column_int(statement, 6) != 0;
        row.value = sqlite3_column_type(statement, 7) == SQLITE_NULL ? NAN : sqlite3_column_double(statement, 7);
        row.confidence = sqlite3_column_double(statement, 8);
        result = visit(&row, context);
    }
    if (result == E_OK && step != SQLITE_DONE)
        result = store_fail(store->db, store->path, DOING, error);
    sqlite3_finalize(statement);
    return result;
}

int store_scan_next(struct store *store, const struct scan *scan, const char *code, char out[13], struct error *error)
{
    sqlite3_stmt *statement = NULL;
    int result = begin(store, store_scan_next_sql, scan, code, NULL, &statement, error);
    out[0] = '\0';
    if (result == E_OK) {
        int step = sqlite3_step(statement), size;
        const char *found = step == SQLITE_ROW ? text(statement, 0, &size) : NULL;
        if (found != NULL && size < 13) {
            memcpy(out, found, (size_t)size);
            out[size] = '\0';
        }
        if (step != SQLITE_ROW && step != SQLITE_DONE)
            result = store_fail(store->db, store->path, DOING, error);
    }
    sqlite3_finalize(statement);
    return result;
}

int store_scan_mixed(struct store *store, const struct scan *scan, bool *mixed, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    int result = begin(store, store_scan_mixed_sql, scan, NULL, NULL, &statement, error);
    if (result == E_OK && sqlite3_step(statement) == SQLITE_ROW)
        *mixed = sqlite3_column_int(statement, 0) != 0;
    else if (result == E_OK)
        result = store_fail(store->db, store->path, DOING, error);
    sqlite3_finalize(statement);
    return result;
}
