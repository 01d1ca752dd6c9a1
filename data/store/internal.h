/* internal.h — what the files of data/store/ share and nobody else sees. */
#ifndef ZHIBIAO_STORE_INTERNAL_H
#define ZHIBIAO_STORE_INTERNAL_H

#include "data/store/checksum.h"
#include "data/store/store.h"

#include <sqlite3.h>
#include <stddef.h>

/* ---- schema.c ---- */

/* What brings a store from one version to the next; the last one's version is the newest that this program knows. */
struct migration {
    int version;      /* 1, 2, 3 … without a gap */
    const char *sql;  /* run in one transaction, together with all other steps that are due */
    bool readable;    /* who reads this version reads the one before as well: the tables are the same */
};
extern const struct migration schema_migrations[];
extern const size_t schema_migration_count;

/* Checks that db is a store that this program knows, or in WRITE mode becomes one; *version: 0 for that one. */
int schema_check(sqlite3 *db, const char *path, enum store_mode mode, const struct migration *migrations, size_t count, int *version,
                 struct error *error);
/* The same and, in WRITE mode, brings it to the last version of migrations. */
int schema_prepare(sqlite3 *db, const char *path, enum store_mode mode, const struct migration *migrations,
                   size_t count, struct error *error);

/* What makes two observations statements of the same fact: o is the observation's alias with its point, or "".
 * Figures about no known place cannot be matched across documents, so there the document belongs to it. */
#define FACT(o)                                                                                             \
    o "region_code, " o "place, " o "indicator_key, " o "item, " o "period, " o "unit, " o "per, " o "kind, " \
    o "status, CASE WHEN " o "region_code IS NULL AND " o "place IS NULL THEN " o "document_id END"

/* The rule of the view `preferred` (README.md gives the reasons), also for queries that choose among part of the rows:
 * observation as o, document as d; 1 is preferred. */
#define PREFERENCE \
    "row_number() OVER (PARTITION BY " FACT("o.") " ORDER BY o.confidence DESC, d.published DESC, o.id)"

/* ---- store.c ---- */

/* The statements of writing, prepared when first used. */
#define STATEMENTS(X)                                                                                              \
    X(RUN_ADD, "INSERT INTO run(tool_version, reference_hash) VALUES(?1, ?2) ON CONFLICT DO NOTHING")              \
    X(RUN_FIND, "SELECT id FROM run WHERE tool_version = ?1 AND reference_hash = ?2")                              \
    X(DOCUMENT_FIND, "SELECT id, run_id FROM document WHERE sha256 = ?1")                                          \
    X(DOCUMENT_ADD, "INSERT INTO document(sha256, run_id, path, title, source, published, encoding, size, content)"\
                    " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")                                                 \
    X(DOCUMENT_RENEW, "UPDATE document SET run_id = ?2, path = ?3, title = COALESCE(?4, title),"                   \
                      " source = COALESCE(?5, source), published = COALESCE(?6, published), encoding = ?7"         \
                      " WHERE id = ?1")                                                                            \
    X(SUPERSEDE, "UPDATE observation SET superseded_by = ?2 WHERE document_id = ?1 AND superseded_by IS NULL")     \
    /* reference rows follow the register; what the register does not know never replaces what it knew */          \
    X(REGION_ADD, "INSERT INTO region(code, parent, level, name) VALUES(?1, ?2, ?3, ?4)"                           \
                  " ON CONFLICT DO UPDATE SET parent = excluded.parent, name = excluded.name"                      \
                  " WHERE ?5 AND (name IS NOT excluded.name OR parent IS NOT excluded.parent)")                    \
    X(UNIT_ADD, "INSERT INTO unit(name, dimension, factor) VALUES(?1, ?2, ?3)"                                     \
                " ON CONFLICT DO UPDATE SET dimension = excluded.dimension, factor = excluded.factor"              \
                " WHERE ?4 AND (dimension IS NOT excluded.dimension OR factor IS NOT excluded.factor)")            \
    X(INDICATOR_ADD, "INSERT INTO indicator(id, chinese, english, dimension, aggregation, weight)"                 \
                     " VALUES(?1, ?2, ?3, ?4, ?5, ?6)"                                                             \
                     " ON CONFLICT DO UPDATE SET chinese = excluded.chinese, english = excluded.english,"          \
                     " dimension = excluded.dimension, aggregation = excluded.aggregation,"                        \
                     " weight = excluded.weight WHERE ?7")                                                         \
    X(ALIAS_ADD, "INSERT INTO indicator_alias(indicator_id, name) VALUES(?1, ?2) ON CONFLICT DO NOTHING")          \
    X(OBSERVATION_ADD, "INSERT INTO observation(document_id, run_id, start_byte, end_byte, quote, value, low, high,"\
                       " bound, unit, per, region_code, region_name, region_path, place, region_level, region_how,"\
                       " period, period_year, indicator, indicator_id, item, kind, status, confidence, evidence)"  \
                       " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"  \
                       " ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26)")

enum statement {
#define X(name, sql) name,
    STATEMENTS(X)
#undef X
    STATEMENT_COUNT
};

/* Reference rows known to be in the file already: a small direct-mapped table, so memory stays bounded. */
#define SEEN_SLOTS 1024
#define SEEN_KEY 60

struct store {
    sqlite3 *db;
    char *path;
    bool trusting;  /* sums of pages are not looked at */
    sqlite3_stmt *statements[STATEMENT_COUNT];
    /* the document being written */
    bool writing, failed;
    int64_t run_id, document_id;
    char seen[SEEN_SLOTS][SEEN_KEY];
};

/* store_open; with `trusting` no sum of a page is looked at on the way in and, in WRITE mode, every page is sealed anew. */
int store_open_as(struct store **store, const char *path, enum store_mode mode, bool trusting, struct error *error);

/* Whether the store's write-ahead log is empty or not there. E_MEMORY. */
int store_log_empty(const struct store *store, bool *empty, struct error *error);

/* ---- seal.c ---- */
/* Gives all pages sums: those of a database that is new, that has none yet, or, with `again`, of any. */
int store_seal(struct store *store, bool again, struct error *error);

/* The message for SQLite's last error while `doing` something to the store; returns E_STORE or E_MEMORY. */
int store_fail(sqlite3 *db, const char *path, const char *doing, struct error *error);
/* That of a page that has not its checksum. */
int store_refused(sqlite3 *db, const char *path, struct error *error);

/* ---- scan.c ---- */
/* A figure that a scan may take as it stands; the index observation_plain has these, observation_other all others. */
#define PLAIN_FIGURE "place IS NULL AND item IS NULL AND bound = 'exact' AND value IS NOT NULL"
/* for the test of their plans */
extern const char store_scan_sql[], store_scan_next_sql[], store_scan_check_sql[];

/* ---- query.c: a document's current observations in the order in which they were stored ---- */
int store_document_observations(struct store *store, int64_t document,
                                int visit(const struct stored_observation *row, void *context), void *context, struct error *error);

/* The prepared statement, reset: who runs it binds every value. It belongs to the store. */
int store_statement(struct store *store, enum statement which, sqlite3_stmt **statement, struct error *error);

#endif
