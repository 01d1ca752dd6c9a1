/* test_faults.c — the store under faults: a process that dies, memory that runs out, a disk that is full.
 *
 * The fault is the test's parameter: the Nth allocation fails, for each N, or the file may grow to N bytes. What must
 * come out is the whole document or a clear error with the store as it was. */
#include "tests/store/fixture.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define OBSERVATIONS 40

/* Opens, stores one document with OBSERVATIONS observations, reads them back. Returns the first error. */
static int count_rows(const struct stored_observation *row, void *context)
{
    (void)row;
    ++*(int *)context;
    return 0;
}

static int store_one(const struct fixture *fixture, const char *content, int *rows, struct error *error)
{
    struct store *store = NULL;
    struct document document = document_of(content);
    bool known = false;
    *rows = 0;
    int result = store_open(&store, fixture->path, STORE_WRITE, error);
    if (result == E_OK)
        result = store_document_begin(store, &document, &known, error);
    for (int i = 0; i < OBSERVATIONS && result == E_OK; i++) {
        struct observation o = observation_of(i);
        o.item = i % 2 ? "辣椒" : NULL;
        result = store_observation_add(store, &o, error);
    }
    if (result == E_OK)
        result = store_document_end(store, error);
    if (result == E_OK)
        result = store_query(store, &(struct filter){.preferred = true}, count_rows, rows, error);
    store_close(store);
    return result;
}

static void assert_unharmed(const struct fixture *fixture, int documents)
{
    assert_string_equal(sql_text(fixture, "PRAGMA integrity_check"), "ok");
    assert_int_equal(sql_number(fixture, "SELECT count(*) FROM document"), documents);
    assert_int_equal(sql_number(fixture, "SELECT count(*) FROM observation"), documents * OBSERVATIONS);
}

static void killed_writer(void **state)
{
    const struct fixture *fixture = *state;
    struct error error = {0};
    int rows;
    assert_done(store_one(fixture, "first", &rows, &error), &error);
    assert_int_equal(rows, 2);  /* preferred: one without an item, one of 辣椒 */
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct store *store = NULL;
        struct document document = document_of("second");
        bool known;
        if (store_open(&store, fixture->path, STORE_WRITE, &error) != E_OK ||
            store_document_begin(store, &document, &known, &error) != E_OK)
            _exit(1);
        for (int i = 0; i < 20000; i++) {  /* more than the page cache holds: some of it reaches the file */
            struct observation o = observation_of(i);
            if (store_observation_add(store, &o, &error) != E_OK)
                _exit(1);
        }
        kill(getpid(), SIGKILL);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    assert_unharmed(fixture, 1);
    assert_done(store_one(fixture, "second", &rows, &error), &error);
    assert_unharmed(fixture, 2);
}

/* ---- the Nth of SQLite's allocations fails ---- */

static sqlite3_mem_methods real;
static long countdown;  /* allocations until one fails; 0: none does */

static int fails(void)
{
    return countdown > 0 && --countdown == 0;
}
static void *faulty_malloc(int size)
{
    return fails() ? NULL : real.xMalloc(size);
}
static void *faulty_realloc(void *p, int size)
{
    return fails() ? NULL : real.xRealloc(p, size);
}

static void out_of_memory(void **state)
{
    const struct fixture *fixture = *state;
    struct error error = {0};
    int rows, failures = 0;
    sqlite3_mem_methods faulty;
    assert_int_equal(sqlite3_shutdown(), SQLITE_OK);
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real), SQLITE_OK);
    faulty = real;
    faulty.xMalloc = faulty_malloc;
    faulty.xRealloc = faulty_realloc;
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &faulty), SQLITE_OK);
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0), SQLITE_OK);
    assert_done(store_one(fixture, "first", &rows, &error), &error);

    bool stored = false;
    for (long n = 1; n < 100000; n += 1 + n / 40) {
        countdown = n;
        int result = store_one(fixture, "second", &rows, &error);
        bool reached = countdown == 0;
        countdown = 0;
        if (result == E_OK) {
            /* SQLite does without some allocations (a cache, say): then all is there */
            assert_int_equal(rows, 2);
            stored = true;
        } else {
            failures++;
            assert_true(result == E_MEMORY || result == E_STORE);
            assert_true(error.text[0] != '\0');
            /* either it failed before the commit, or in reading what was committed */
            stored = sql_number(fixture, "SELECT count(*) FROM document") == 2;
        }
        assert_unharmed(fixture, stored ? 2 : 1);
        if (stored)
            sql_run(fixture->path, "DELETE FROM observation WHERE document_id = 2; DELETE FROM document WHERE id = 2");
        if (!reached)
            break;
    }
    assert_true(failures > 50);
    assert_int_equal(sqlite3_shutdown(), SQLITE_OK);
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &real), SQLITE_OK);
}

/* ---- files may grow to N bytes only ---- */

static void disk_full(void **state)
{
    const struct fixture *fixture = *state;
    struct error error = {0};
    struct rlimit limit, small;
    int rows;
    assert_done(store_one(fixture, "first", &rows, &error), &error);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    assert_int_equal(sigaction(SIGXFSZ, &ignore, &before), 0);  /* the write fails instead */
    char content[] = "document 000";
    int stored = 1, refused = 0;
    for (rlim_t bytes = 0; bytes <= 64 * 1024; bytes += 4096) {
        small = limit;
        small.rlim_cur = bytes;
        snprintf(content, sizeof content, "document %03d", (int)(bytes / 4096));
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
        int result = store_one(fixture, content, &rows, &error);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
        if (result == E_OK) {
            stored++;
        } else {
            assert_int_equal(result, E_STORE);
            assert_non_null(strstr(error.text, "cannot "));
            refused++;
        }
        assert_unharmed(fixture, stored);
    }
    assert_int_equal(sigaction(SIGXFSZ, &before, NULL), 0);
    assert_true(refused > 3);
    assert_done(store_one(fixture, "afterwards", &rows, &error), &error);
    assert_unharmed(fixture, stored + 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_make, fixture_remove)
    const struct CMUnitTest tests[] = {TEST(killed_writer), TEST(disk_full), TEST(out_of_memory)};
    return cmocka_run_group_tests_name("store/faults", tests, NULL, NULL);
}
