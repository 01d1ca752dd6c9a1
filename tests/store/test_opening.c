/* test_opening.c — which files are taken for a store, what is said of the others, and how an older one is migrated. */
#include "tests/store/fixture.h"
#include "data/store/internal.h"

#include <sys/prctl.h>
#include <sys/stat.h>

static char *file_bytes(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = malloc(1 << 20);
    assert_non_null(bytes);
    *size = fread(bytes, 1, 1 << 20, file);
    assert_int_equal(fclose(file), 0);
    return bytes;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* Opening is refused with this message after the path. */
static void assert_refused(const char *path, enum store_mode mode, const char *message)
{
    struct store *store = (struct store *)1;
    struct error error = {0};
    char want[512];
    snprintf(want, sizeof want, "%s: %s", path, message);
    assert_int_equal(store_open(&store, path, mode, &error), E_STORE);
    assert_null(store);
    assert_int_equal(error.code, E_STORE);
    assert_string_equal(error.text, want);
}

static void made_when_missing(void **state)
{
    const struct fixture *fixture = *state;
    assert_refused(fixture->path, STORE_READ, "no such store; make one with ingest, or name another with --store");
    assert_int_equal(access(fixture->path, F_OK), -1);
    store_close(open_store(fixture, STORE_WRITE));
    store_close(open_store(fixture, STORE_READ));
    store_close(open_store(fixture, STORE_WRITE));
    assert_string_equal(sql_text(fixture, "PRAGMA journal_mode"), "wal");
    assert_int_equal(sql_number(fixture, "PRAGMA user_version"), 4);
    assert_int_equal(sql_number(fixture, "PRAGMA application_id"), 0x7A686962);
    assert_int_equal(sql_number(fixture, "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND"
                                " type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'"), 0);
}

static void no_store(void **state)
{
    const struct fixture *fixture = *state;
    char inside[128];
    assert_refused(fixture->folder, STORE_READ, "a directory; name the store's file in it with --store");
    assert_refused(fixture->folder, STORE_WRITE, "a directory; name the store's file in it with --store");
    assert_refused("/dev/null", STORE_READ, "not a regular file; name another file with --store");
    snprintf(inside, sizeof inside, "%s/missing/store.db", fixture->folder);
    assert_refused(inside, STORE_WRITE, "cannot open the store: No such file or directory");

    write_file(fixture->path, "2019年，全县种植辣椒12万亩，比上年增长百分之五，带动农户六百余户。\n2019年，全县种植辣椒12万亩。\n");
    size_t before, after;
    char *bytes = file_bytes(fixture->path, &before);
    assert_refused(fixture->path, STORE_READ, "not a database; name another file with --store");
    assert_refused(fixture->path, STORE_WRITE, "not a database; name another file with --store");
    char *again = file_bytes(fixture->path, &after);
    assert_int_equal(before, after);
    assert_memory_equal(bytes, again, before);
    free(bytes);
    free(again);
    snprintf(inside, sizeof inside, "%s/store.db", fixture->path);
    assert_refused(inside, STORE_READ, "cannot open the store: Not a directory");

    struct store *store;
    struct error error = {0};
    assert_int_equal(store_open(&store, "", STORE_WRITE, &error), E_STORE);
    assert_string_equal(error.text, "the store's file name is empty; name a file with --store");
}

static void other_database(void **state)
{
    const struct fixture *fixture = *state;
    static const char message[] = "a database, but not a zhibiao store; name another file with --store";
    sql_run(fixture->path, "CREATE TABLE diary(day TEXT)");
    assert_refused(fixture->path, STORE_READ, message);
    assert_refused(fixture->path, STORE_WRITE, message);
    sql_run(fixture->path, "DROP TABLE diary; PRAGMA application_id = 5");
    assert_refused(fixture->path, STORE_WRITE, message);
    assert_int_equal(sql_number(fixture, "SELECT count(*) FROM sqlite_schema"), 0);
}

static void empty_file(void **state)
{
    const struct fixture *fixture = *state;
    write_file(fixture->path, "");
    assert_refused(fixture->path, STORE_READ, "a database, but not a zhibiao store; name another file with --store");
    store_close(open_store(fixture, STORE_WRITE));
}

static void newer_version(void **state)
{
    const struct fixture *fixture = *state;
    static const char message[] =
        "the store has schema version 7 and this zhibiao knows versions up to 4; use a newer zhibiao or another store";
    store_close(open_store(fixture, STORE_WRITE));
    sql_run(fixture->path, "PRAGMA user_version = 7");
    assert_refused(fixture->path, STORE_READ, message);
    assert_refused(fixture->path, STORE_WRITE, message);
    assert_int_equal(sql_number(fixture, "PRAGMA user_version"), 7);
}

static void damaged(void **state)
{
    const struct fixture *fixture = *state;
    store_close(open_store(fixture, STORE_WRITE));
    FILE *file = fopen(fixture->path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, 100, SEEK_SET), 0);
    for (int i = 0; i < 3000; i++)
        fputc(0xA5, file);
    assert_int_equal(fclose(file), 0);
    assert_refused(fixture->path, STORE_READ, "page 1 of the store is not as zhibiao wrote it: the file is damaged, or another program has"
                   " written to it; restore a copy, or, when it was another program, run zhibiao check --reseal");
}

/* Names that mean something else to SQLite name files here. */
static void literal_names(void **state)
{
    const struct fixture *fixture = *state;
    static const char *const names[] = {":memory:", "file:x.db?mode=memory", "a%20b#c?.db"};
    char old[256];
    assert_non_null(getcwd(old, sizeof old));
    assert_int_equal(chdir(fixture->folder), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct store *store = NULL;
        struct error error = {0};
        assert_done(store_open(&store, names[i], STORE_WRITE, &error), &error);
        store_close(store);
        assert_int_equal(access(names[i], F_OK), 0);
        assert_int_equal(unlink(names[i]), 0);
    }
    assert_int_equal(chdir(old), 0);
}

/* Root may write anything, so the test steps down for a while. */
static void become(uid_t user)
{
    if (getuid() != 0)
        return;
    assert_int_equal(seteuid(user), 0);
    assert_int_equal(prctl(PR_SET_DUMPABLE, 1), 0);  /* else the leak checker cannot look at its own process */
}

static int count_rows(const struct stored_observation *row, void *context)
{
    (void)row;
    ++*(int *)context;
    return 0;
}

static void write_protected(void **state)
{
    const struct fixture *fixture = *state;
    struct store *store = open_store(fixture, STORE_WRITE);
    struct document document = document_of("x");
    struct observation o = observation_of(1);
    put(store, &document, &o, 1);
    store_close(store);
    assert_int_equal(chmod(fixture->path, 0444), 0);
    assert_int_equal(chmod(fixture->folder, 0555), 0);
    become(65534);
    assert_refused(fixture->path, STORE_WRITE, "the store is read-only; make the file and its folder writable");
    /* no -shm file can be made in the folder, and reading works all the same */
    int rows = 0;
    struct error error = {0};
    store = open_store(fixture, STORE_READ);
    assert_done(store_query(store, &(struct filter){0}, count_rows, &rows, &error), &error);
    assert_int_equal(rows, 1);
    store_close(store);
    become(0);
    assert_int_equal(chmod(fixture->folder, 0755), 0);
    assert_int_equal(chmod(fixture->path, 0000), 0);
    become(65534);
    assert_refused(fixture->path, STORE_READ, "cannot open the store: Permission denied");
    become(0);
}

static void in_use(void **state)
{
    const struct fixture *fixture = *state;
    struct store *store = open_store(fixture, STORE_WRITE);
    sqlite3 *other = NULL;
    assert_int_equal(sqlite3_open(fixture->path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_busy_timeout(store->db, 1);  /* the tests do not wait ten seconds */
    struct document document = document_of("x");
    struct error error = {0};
    bool known;
    char want[256];
    snprintf(want, sizeof want, "%s: the store is in use by another program; try again when it is done", fixture->path);
    assert_int_equal(store_document_begin(store, &document, &known, &error), E_STORE);
    assert_string_equal(error.text, want);
    store_close(open_store(fixture, STORE_READ));  /* readers are not held up */
    assert_int_equal(sqlite3_close(other), SQLITE_OK);
    assert_done(store_document_begin(store, &document, &known, &error), &error);
    store_close(store);
}

/* ---- migrations, with steps of the test's own ---- */

static int prepare(const struct fixture *fixture, enum store_mode mode, const struct migration *migrations,
                   size_t count, struct error *error)
{
    sqlite3 *db = NULL;
    assert_int_equal(checksum_register(), SQLITE_OK);
    assert_int_equal(sqlite3_open_v2(fixture->path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, CHECKSUM_VFS), SQLITE_OK);
    int result = schema_prepare(db, "store", mode, migrations, count, error);
    assert_int_equal(sqlite3_get_autocommit(db), 1);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return result;
}

static void migrations(void **state)
{
    const struct fixture *fixture = *state;
    struct error error = {0};
    const struct migration steps[] = {
        {1, "CREATE TABLE a(x INTEGER) STRICT; INSERT INTO a VALUES(1);", false},
        {2, "ALTER TABLE a ADD COLUMN y INTEGER; UPDATE a SET y = x + 1;", false},
        {3, "CREATE VIEW b AS SELECT x + y AS z FROM a;", false},
    };
    assert_done(prepare(fixture, STORE_WRITE, steps, 1, &error), &error);
    assert_int_equal(sql_number(fixture, "PRAGMA user_version"), 1);

    /* reading does not migrate */
    assert_int_equal(prepare(fixture, STORE_READ, steps, 3, &error), E_STORE);
    assert_string_equal(error.text, "store: the store has the older schema version 1; bring it to version 3 with a "
                        "command that writes, such as ingest");

    /* a step that fails leaves the store at the version that it had, with nothing of the steps before */
    const struct migration broken[] = {
        steps[0], steps[1], {3, "CREATE TABLE c(z INTEGER) STRICT; INSERT INTO nowhere VALUES(1);", false}};
    assert_int_equal(prepare(fixture, STORE_WRITE, broken, 3, &error), E_STORE);
    assert_string_equal(error.text, "store: cannot update the store: no such table: nowhere");
    assert_int_equal(sql_number(fixture, "PRAGMA user_version"), 1);
    assert_int_equal(sql_number(fixture, "SELECT count(*) FROM sqlite_schema"), 1);

    assert_done(prepare(fixture, STORE_WRITE, steps, 3, &error), &error);
    assert_int_equal(sql_number(fixture, "PRAGMA user_version"), 3);
    assert_int_equal(sql_number(fixture, "SELECT z FROM b"), 3);
    assert_done(prepare(fixture, STORE_WRITE, steps, 3, &error), &error);
    assert_done(prepare(fixture, STORE_READ, steps, 3, &error), &error);
    assert_int_equal(prepare(fixture, STORE_WRITE, steps, 2, &error), E_STORE);

    /* a step that leaves the tables alone: who only reads does without it */
    const struct migration same[] = {steps[0], steps[1], steps[2], {4, "", true}};
    assert_done(prepare(fixture, STORE_READ, same, 4, &error), &error);
    assert_int_equal(sql_number(fixture, "PRAGMA user_version"), 3);
    assert_done(prepare(fixture, STORE_WRITE, same, 4, &error), &error);
    assert_int_equal(sql_number(fixture, "PRAGMA user_version"), 4);
}

/* Stores of earlier versions keep their rows and get the indexes of the newest when they are next written. */
static void from_earlier_versions(void **state)
{
    const struct fixture *fixture = *state;
    static const char *const back[] = {
        "DROP INDEX observation_plain; DROP INDEX observation_other; PRAGMA user_version = 1",
        "DROP INDEX observation_plain; DROP INDEX observation_other;"
        "CREATE INDEX observation_fact ON observation(indicator_id, kind, status, region_code, place, period, item, unit, per,"
        " bound, value, confidence, superseded_by) WHERE superseded_by IS NULL AND indicator_id IS NOT NULL;"
        "PRAGMA user_version = 2",
    };
    struct store *store = open_store(fixture, STORE_WRITE);
    const struct document document = document_of("text");
    const struct observation o = observation_of(12);
    put(store, &document, &o, 1);
    store_close(store);
    for (size_t i = 0; i < sizeof back / sizeof *back; i++) {
        char message[160];
        sql_run(fixture->path, back[i]);
        snprintf(message, sizeof message,
                 "the store has the older schema version %zu; bring it to version 4 with a command that writes, such as ingest", i + 1);
        assert_refused(fixture->path, STORE_READ, message);
        store_close(open_store(fixture, STORE_WRITE));
        assert_int_equal(sql_number(fixture, "PRAGMA user_version"), 4);
        assert_int_equal(sql_number(fixture, "SELECT count(*) FROM sqlite_schema WHERE name IN ('observation_plain', 'observation_other')"), 2);
        assert_int_equal(sql_number(fixture, "SELECT count(*) FROM sqlite_schema WHERE name = 'observation_fact'"), 0);
        assert_int_equal(sql_number(fixture, "SELECT count(*) FROM observation"), 1);
    }
}

/* The list itself: versions 1, 2, 3 … without a gap. */
static void versions_follow(void **state)
{
    (void)state;
    for (size_t i = 0; i < schema_migration_count; i++)
        assert_int_equal(schema_migrations[i].version, i + 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_make, fixture_remove)
    const struct CMUnitTest tests[] = {
        TEST(made_when_missing), TEST(no_store),        TEST(other_database), TEST(empty_file), TEST(newer_version),
        TEST(damaged),           TEST(literal_names),   TEST(write_protected), TEST(in_use),     TEST(migrations),
        TEST(versions_follow),   TEST(from_earlier_versions),
    };
    return cmocka_run_group_tests_name("store/opening", tests, NULL, NULL);
}
