/* fixture.h — what the store's tests share: a folder of their own, one observation to vary, SQL on the side. */
#ifndef ZHIBIAO_TESTS_STORE_FIXTURE_H
#define ZHIBIAO_TESTS_STORE_FIXTURE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "data/reference/reference.h"
#include "data/store/checksum.h"
#include "data/store/store.h"

struct fixture {
    char folder[64], path[96];
};

static inline int fixture_make(void **state)
{
    static struct fixture fixture;
    struct error error = {0};
    strcpy(fixture.folder, "/tmp/zhibiao-store-XXXXXX");
    if (mkdtemp(fixture.folder) == NULL || reference_open(&error) != E_OK)
        return -1;
    snprintf(fixture.path, sizeof fixture.path, "%s/store.db", fixture.folder);
    *state = &fixture;
    return 0;
}

static inline int fixture_remove(void **state)
{
    struct fixture *fixture = *state;
    static const char *const files[] = {"store.db", "store.db-wal", "store.db-shm", "store.db-journal", "other.db", "other.db-wal", "other.db-shm"};
    char path[128];
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", fixture->folder, files[i]);
        unlink(path);
    }
    return rmdir(fixture->folder);
}

static inline struct document document_of(const char *content)
{
    return (struct document){.path = "bulletin.txt", .title = "公报", .source = "统计局", .published = "2020-12-15",
                             .encoding = "UTF-8", .content = content, .size = strlen(content),
                             .tool_version = "1", .reference_hash = "rules-a"};
}

static inline struct observation observation_of(double value)
{
    return (struct observation){
        .source = "bulletin.txt", .start = 3, .end = 12, .quote = "12亩", .value = value, .low = NAN, .high = NAN,
        .bound = BOUND_exact, .unit = "亩", .region_code = "520425", .region_name = "紫云苗族布依族自治县",
        .region_path = "贵州省/安顺市/紫云苗族布依族自治县", .how = HOW_explicit, .period = "2019", .indicator = "种植面积",
        .kind = KIND_level, .status = STATUS_actual, .confidence = 0.5, .evidence = "种植12亩。"};
}

/* Moves an observation to a region; path is the caller's and must live as long as it. */
static inline void move_to(struct observation *observation, const char *code, char path[REGION_PATH])
{
    region_id id = region_find(code);
    assert_true(id != REGION_NONE);
    observation->region_code = code;
    observation->region_name = region_name(id);
    observation->region_path = region_path(id, path);
}

static inline void assert_done(int result, const struct error *error)
{
    if (result != E_OK)
        fail_msg("%d: %s", result, error->text);
}

static inline struct store *open_store(const struct fixture *fixture, enum store_mode mode)
{
    struct store *store = NULL;
    struct error error = {0};
    assert_done(store_open(&store, fixture->path, mode, &error), &error);
    return store;
}

/* A document with these observations, all or fail. */
static inline void put(struct store *store, const struct document *document, const struct observation *observations,
                       size_t count)
{
    struct error error = {0};
    bool known = true;
    assert_done(store_document_begin(store, document, &known, &error), &error);
    assert_false(known);
    for (size_t i = 0; i < count; i++)
        assert_done(store_observation_add(store, &observations[i], &error), &error);
    assert_done(store_document_end(store, &error), &error);
}

/* The first column of a statement's first row, read on a connection of its own: an analyst with the sqlite3 shell. */
static inline const char *sql_text(const struct fixture *fixture, const char *sql)
{
    static char text[256];
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    const char *value = (const char *)sqlite3_column_text(statement, 0);
    snprintf(text, sizeof text, "%s", value != NULL ? value : "NULL");
    sqlite3_finalize(statement);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return text;
}

static inline int sql_number(const struct fixture *fixture, const char *sql)
{
    return atoi(sql_text(fixture, sql));
}

/* By this program's VFS (CHECKSUM_VFS), which gives pages their sums, or by SQLite's own (NULL): another program. */
static inline void sql_run_by(const char *vfs, const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(checksum_register(), SQLITE_OK);
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static inline void sql_run(const char *path, const char *sql)
{
    sql_run_by(CHECKSUM_VFS, path, sql);
}

#endif
