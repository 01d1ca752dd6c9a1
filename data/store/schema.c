/* schema.c — the tables and views of the store, and how an older file becomes a newer one.
 *
 * A store carries SQLite's application_id (so that no other database is taken for one) and its schema version in
 * user_version. Opening it for writing runs every migration that is due in one transaction: all or none. A migration
 * that was released is never edited; README.md says how to add one. */
#include "data/store/internal.h"

#include <stdio.h>


static const char version_1[] =
    /* Which rules made a row: the program's version and the digest of its reference data. */
    "CREATE TABLE run("
    " id INTEGER PRIMARY KEY,"
    " tool_version TEXT NOT NULL,"
    " reference_hash TEXT NOT NULL,"
    " UNIQUE(tool_version, reference_hash)"
    ") STRICT;"

    /* A file as it was read; run_id: the run whose reading of it is the current one. */
    "CREATE TABLE document("
    " id INTEGER PRIMARY KEY,"
    " sha256 TEXT NOT NULL UNIQUE CHECK(length(sha256) = 64),"
    " run_id INTEGER NOT NULL REFERENCES run(id),"
    " path TEXT NOT NULL,"
    " title TEXT,"
    " source TEXT,"
    " published TEXT,"
    " encoding TEXT NOT NULL,"
    " size INTEGER NOT NULL CHECK(size >= 0),"
    " content BLOB NOT NULL"
    ") STRICT;"

    /* Copies of the reference rows that observations use, so that the file explains itself. Columns are NULL where the
     * register knows nothing. */
    "CREATE TABLE region("
    " code TEXT PRIMARY KEY CHECK(length(code) = level),"
    " parent TEXT REFERENCES region(code),"
    " level INTEGER NOT NULL CHECK(level IN (2, 4, 6, 9, 12)),"
    " name TEXT,"
    " valid_from TEXT,"
    " valid_to TEXT,"
    " successor TEXT"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE unit("
    " name TEXT PRIMARY KEY,"
    " dimension TEXT,"
    " factor REAL"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE indicator("
    " id TEXT PRIMARY KEY,"
    " chinese TEXT NOT NULL,"
    " english TEXT,"
    " dimension TEXT,"
    " aggregation TEXT,"
    " weight TEXT"
    ") STRICT, WITHOUT ROWID;"

    /* Labels other than the Chinese name under which observations of an indicator were found. */
    "CREATE TABLE indicator_alias("
    " indicator_id TEXT NOT NULL REFERENCES indicator(id),"
    " name TEXT NOT NULL,"
    " PRIMARY KEY(indicator_id, name)"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE observation("
    " id INTEGER PRIMARY KEY,"
    " document_id INTEGER NOT NULL REFERENCES document(id),"
    " run_id INTEGER NOT NULL REFERENCES run(id),"
    " superseded_by INTEGER REFERENCES run(id),"
    " start_byte INTEGER NOT NULL CHECK(start_byte >= 0),"
    " end_byte INTEGER NOT NULL CHECK(end_byte >= start_byte),"
    " quote TEXT,"
    " value REAL,"
    " low REAL,"
    " high REAL,"
    " bound TEXT NOT NULL CHECK(bound IN ('exact', 'about', 'above', 'below', 'range')),"
    " unit TEXT REFERENCES unit(name),"
    " per TEXT,"           /* denominators in their order, joined by '/' */
    " region_code TEXT REFERENCES region(code),"
    " region_name TEXT,"
    " region_path TEXT,"
    " place TEXT,"         /* the part of region_path below region_code: a village that the register lacks */
    " region_level INTEGER NOT NULL,"  /* 0: about no place */
    " region_how TEXT NOT NULL,"
    " period TEXT,"
    " period_year TEXT,"   /* the year in which the period ends */
    " indicator TEXT NOT NULL,"
    " indicator_id TEXT REFERENCES indicator(id),"
    " indicator_key TEXT GENERATED ALWAYS AS (COALESCE(indicator_id, indicator)) VIRTUAL,"
    " item TEXT,"
    " kind TEXT NOT NULL,"
    " status TEXT NOT NULL CHECK(status IN ('actual', 'planned')),"
    " confidence REAL NOT NULL CHECK(confidence BETWEEN 0 AND 1),"
    " evidence TEXT"
    ") STRICT;"
    "CREATE INDEX observation_document ON observation(document_id, superseded_by);"
    "CREATE INDEX observation_region ON observation(region_code) WHERE superseded_by IS NULL;"
    "CREATE INDEX observation_indicator ON observation(indicator_key) WHERE superseded_by IS NULL;"

    /* preferred: of all current statements of a fact the one with the highest confidence; among equals the one of the
     * latest published document (undated ones last); among equals the one stored first. */
    "CREATE VIEW preferred AS"
    " SELECT * FROM (SELECT o.*, " PREFERENCE " AS preference"
    "  FROM observation o JOIN document d ON d.id = o.document_id WHERE o.superseded_by IS NULL)"
    " WHERE preference = 1;"

    /* conflict: facts on which documents disagree, one row a document: its best statement (highest confidence, then
     * stored first). They disagree when no value satisfies all of them: `above 600` and `exact 620` agree. */
    "CREATE VIEW conflict AS"
    " WITH best AS (SELECT * FROM (SELECT *,"
    "   row_number() OVER (PARTITION BY document_id, " FACT("") " ORDER BY confidence DESC, id) AS choice"
    "   FROM observation WHERE superseded_by IS NULL AND value IS NOT NULL) WHERE choice = 1),"
    "  bounded AS (SELECT *,"
    "   CASE bound WHEN 'below' THEN -9e999 WHEN 'range' THEN COALESCE(low, value) ELSE value END AS least,"
    "   CASE bound WHEN 'above' THEN 9e999 WHEN 'range' THEN COALESCE(high, value) ELSE value END AS most"
    "   FROM best),"
    "  compared AS (SELECT *, max(least) OVER fact AS highest_least, min(most) OVER fact AS lowest_most,"
    "   count(*) OVER fact AS documents FROM bounded WINDOW fact AS (PARTITION BY " FACT("") "))"
    " SELECT * FROM compared WHERE highest_least > lowest_most;";

/* Superseded by version 3: an index that statistics were read from. */
static const char version_2[] =
    "CREATE INDEX observation_fact ON observation(indicator_id, kind, status, region_code, place, period, item, unit, per,"
    " bound, value, confidence, superseded_by) WHERE superseded_by IS NULL AND indicator_id IS NOT NULL;";

/* Plain figures of the dictionary's indicators in the order of regions and periods, with all that their statistics read:
 * millions are read from this index alone (scan.c). Its last columns are there only because SQLite otherwise takes it for one
 * that does not cover the query. observation_other says whether an indicator has figures that are not plain. */
static const char version_3[] =
    "DROP INDEX observation_fact;"
    "CREATE INDEX observation_plain ON observation(indicator_id, kind, status, unit, per, region_code, period, value, confidence,"
    " place, item, bound, superseded_by)"
    " WHERE superseded_by IS NULL AND indicator_id IS NOT NULL AND " PLAIN_FIGURE ";"
    "CREATE INDEX observation_other ON observation(indicator_id, kind, status)"
    " WHERE superseded_by IS NULL AND indicator_id IS NOT NULL AND NOT (" PLAIN_FIGURE ");";

const struct migration schema_migrations[] = {
    {1, version_1, false},
    {2, version_2, false},
    {3, version_3, false},
    {CHECKSUM_VERSION, "", true},  /* the same tables in pages that have sums (seal.c): a program that writes none must not write here */
};
const size_t schema_migration_count = sizeof schema_migrations / sizeof *schema_migrations;

struct identity {
    int application, version, objects;
};

/* In one statement, so that all three are of the same moment: another process may be making the store. */
static int read_identity(sqlite3 *db, struct identity *identity)
{
    static const char sql[] = "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)"
                              " FROM pragma_application_id, pragma_user_version";
    sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_step(statement);
    if (result == SQLITE_ROW) {
        *identity = (struct identity){sqlite3_column_int(statement, 0), sqlite3_column_int(statement, 1), sqlite3_column_int(statement, 2)};
        result = SQLITE_OK;
    }
    sqlite3_finalize(statement);
    return result;
}

/* The oldest version that can be read without a migration. */
static int oldest_readable(const struct migration *migrations, size_t count)
{
    size_t i = count - 1;
    while (i > 0 && migrations[i].readable)
        i--;
    return migrations[i].version;
}

static int check_identity(const struct identity *identity, const char *path, enum store_mode mode, const struct migration *migrations,
                          size_t count, struct error *error)
{
    const int newest = migrations[count - 1].version;
    bool empty = identity->objects == 0 && identity->application == 0 && identity->version == 0;
    if (empty && mode == STORE_WRITE)
        return E_OK;
    if (identity->application != CHECKSUM_APPLICATION)
        return error_set(error, E_STORE, "%s: a database, but not a zhibiao store; name another file with --store",
                         path);
    if (identity->version > newest)
        return error_set(error, E_STORE, "%s: the store has schema version %d and this zhibiao knows versions up to "
                         "%d; use a newer zhibiao or another store", path, identity->version, newest);
    if (identity->version < oldest_readable(migrations, count) && mode == STORE_READ)
        return error_set(error, E_STORE, "%s: the store has the older schema version %d; bring it to version %d with a "
                         "command that writes, such as ingest", path, identity->version, newest);
    return E_OK;
}

/* Runs every migration above `version`; the caller has begun the transaction. Returns an SQLite result. */
static int migrate(sqlite3 *db, int version, const struct migration *migrations, size_t count)
{
    char pragma[64];
    int result = SQLITE_OK;
    for (size_t i = 0; i < count && result == SQLITE_OK; i++) {
        if (migrations[i].version <= version)
            continue;
        result = sqlite3_exec(db, migrations[i].sql, NULL, NULL, NULL);
        if (result == SQLITE_OK) {
            /* a pragma takes no bound values: the number is ours */
            snprintf(pragma, sizeof pragma, "PRAGMA user_version = %d", migrations[i].version);
            result = sqlite3_exec(db, pragma, NULL, NULL, NULL);
        }
    }
    if (result == SQLITE_OK) {
        snprintf(pragma, sizeof pragma, "PRAGMA application_id = %d", CHECKSUM_APPLICATION);
        result = sqlite3_exec(db, pragma, NULL, NULL, NULL);
    }
    return result;
}

int schema_check(sqlite3 *db, const char *path, enum store_mode mode, const struct migration *migrations, size_t count, int *version,
                 struct error *error)
{
    struct identity identity = {0, 0, 0};
    if (read_identity(db, &identity) != SQLITE_OK)
        return store_fail(db, path, "open", error);
    *version = identity.version;
    return check_identity(&identity, path, mode, migrations, count, error);
}

int schema_prepare(sqlite3 *db, const char *path, enum store_mode mode, const struct migration *migrations,
                   size_t count, struct error *error)
{
    struct identity identity = {0, 0, 0};
    int result;
    bool begun = false;

    result = schema_check(db, path, mode, migrations, count, &identity.version, error);
    if (result != E_OK || mode == STORE_READ || identity.version == migrations[count - 1].version)
        goto done;

    if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK) {
        result = store_fail(db, path, "update", error);
        goto done;
    }
    begun = true;
    /* another process may have been faster: look again, now that none can */
    if (read_identity(db, &identity) != SQLITE_OK) {
        result = store_fail(db, path, "update", error);
        goto done;
    }
    result = check_identity(&identity, path, mode, migrations, count, error);
    if (result != E_OK)
        goto done;
    if (migrate(db, identity.version, migrations, count) != SQLITE_OK ||
        sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
        result = store_fail(db, path, "update", error);
    else
        begun = false;
done:
    if (begun)
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);  /* fails only where SQLite has rolled back itself */
    return result;
}
