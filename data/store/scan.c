/* scan.c — the figures of one indicator by the million.
 *
 * A statistic of a large store needs a tenth of what an observation holds. The index observation_plain has just that, in the
 * order of regions and periods, and only of figures that can be taken as they stand; each query here is answered from it
 * without touching the table (a test asks SQLite for its plan). */
#include "data/store/internal.h"

#include <stdio.h>
#include <string.h>

#define DOING "read"
#define PLAIN " FROM observation INDEXED BY observation_plain WHERE superseded_by IS NULL AND " PLAIN_FIGURE " AND indicator_id = ?1"
#define OTHER " FROM observation INDEXED BY observation_other WHERE superseded_by IS NULL AND NOT (" PLAIN_FIGURE ")" \
              " AND indicator_id = ?1"
#define MEASURE " AND kind = ?2 AND status = ?3 AND unit IS ?4 AND per IS ?5"

const char store_scan_sql[] =
    "SELECT region_code, period, value, confidence" PLAIN MEASURE " AND region_code >= ?6 AND region_code < ?7"
    " ORDER BY indicator_id, kind, status, unit, per, region_code, period";
const char store_scan_next_sql[] =
    "SELECT region_code" PLAIN MEASURE " AND region_code > ?6 ORDER BY indicator_id, kind, status, unit, per, region_code LIMIT 1";
/* The first and the last unit, and whether there is anything else: two rows, or none. */
const char store_scan_check_sql[] =
    "SELECT * FROM (SELECT unit, per, EXISTS(SELECT 1" OTHER " AND kind = ?2 AND status = ?3) OR EXISTS(SELECT 1" OTHER
    " AND kind < ?2) OR EXISTS(SELECT 1" OTHER " AND kind > ?2) OR EXISTS(SELECT 1" PLAIN " AND kind < ?2)"
    " OR EXISTS(SELECT 1" PLAIN " AND kind > ?2)" PLAIN " AND kind = ?2 AND status = ?3"
    " ORDER BY indicator_id, kind, status, unit, per, region_code LIMIT 1)"
    " UNION ALL SELECT * FROM (SELECT unit, per, region_code IS NULL" PLAIN " AND kind = ?2 AND status = ?3"
    " ORDER BY indicator_id DESC, kind DESC, status DESC, unit DESC, per DESC LIMIT 1)"
    " UNION ALL SELECT * FROM (SELECT NULL, NULL, 1" PLAIN MEASURE " AND region_code IS NULL LIMIT 1)";

/* Prepares and binds; a NULL text stays NULL. */
static int begin(struct store *store, const char *sql, const struct scan *scan, const char *first, const char *last,
                 sqlite3_stmt **statement, struct error *error)
{
    const char *const texts[] = {scan->indicator, scan->kind, scan->status, scan->unit, scan->per, first, last};
    int result = sqlite3_prepare_v2(store->db, sql, -1, statement, NULL);
    for (int i = 0; i < 7 && result == SQLITE_OK; i++)
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

static void copy_text(sqlite3_stmt *statement, int column, char *out, size_t room)
{
    int size;
    const char *bytes = text(statement, column, &size);
    snprintf(out, room, "%.*s", size, bytes != NULL ? bytes : "");
}

int store_scan_check(struct store *store, const struct scan *scan, bool *plain, char unit[64], char per[128], struct error *error)
{
    sqlite3_stmt *statement = NULL;
    char last_unit[64] = "", last_per[128] = "";
    struct scan of = *scan;
    size_t rows = 0;
    int step = SQLITE_DONE, result = E_OK;
    *plain = true;
    unit[0] = per[0] = '\0';
    /* the first time finds the unit, the second asks about it */
    for (int turn = 0; turn < 2 && result == E_OK && *plain; turn++) {
        result = begin(store, store_scan_check_sql, &of, NULL, NULL, &statement, error);
        for (rows = 0; result == E_OK && (step = sqlite3_step(statement)) == SQLITE_ROW; rows++) {
            if (sqlite3_column_int(statement, 2) != 0)
                *plain = false;
            if (rows == 0) {
                copy_text(statement, 0, unit, 64);
                copy_text(statement, 1, per, 128);
            } else if (rows == 1) {
                copy_text(statement, 0, last_unit, sizeof last_unit);
                copy_text(statement, 1, last_per, sizeof last_per);
            }
        }
        if (result == E_OK && step != SQLITE_DONE)
            result = store_fail(store->db, store->path, DOING, error);
        *plain = *plain && rows == 2 && strcmp(unit, last_unit) == 0 && strcmp(per, last_per) == 0;
        of.unit = unit[0] != '\0' ? unit : NULL;
        of.per = per[0] != '\0' ? per : NULL;
        sqlite3_finalize(statement);
        statement = NULL;
    }
    return result;
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
        row.value = sqlite3_column_double(statement, 2);
        row.confidence = sqlite3_column_double(statement, 3);
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
        int step = sqlite3_step(statement);
        if (step == SQLITE_ROW)
            copy_text(statement, 0, out, 13);
        else if (step != SQLITE_DONE)
            result = store_fail(store->db, store->path, DOING, error);
    }
    sqlite3_finalize(statement);
    return result;
}
