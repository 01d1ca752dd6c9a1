/* test_scan.c — reading one indicator's figures from an index alone: order, ends, kinds, and SQLite's plan. */
#include "tests/store/fixture.h"

#include "data/store/internal.h"

struct seen {
    char text[512];
    size_t rows, stop_after;
};

static int remember(const struct scanned *row, void *context)
{
    struct seen *seen = context;
    size_t used = strlen(seen->text);
    snprintf(seen->text + used, sizeof seen->text - used, "%.*s/%.*s=%g ", row->region_size, row->region, row->period_size,
             row->period != NULL ? row->period : "", row->value);
    return ++seen->rows == seen->stop_after ? E_NOTHING : E_OK;
}

static struct store *filled(const struct fixture *fixture)
{
    struct store *store = NULL;
    struct error error = {0};
    struct document document = document_of("text");
    bool known;
    static const struct {
        const char *code, *period, *item;
        double value;
    } rows[] = {{"520602", "2020", NULL, 3}, {"520402", "2019", NULL, 1}, {"520602", "2019", NULL, 2}, {"520603", NULL, "茶叶", NAN}};
    char paths[4][REGION_PATH];
    assert_done(store_open(&store, fixture->path, STORE_WRITE, &error), &error);
    assert_done(store_document_begin(store, &document, &known, &error), &error);
    for (size_t i = 0; i < 4; i++) {
        struct observation o = observation_of(rows[i].value);
        move_to(&o, rows[i].code, paths[i]);
        o.period = rows[i].period;
        o.item = rows[i].item;
        o.indicator_id = "planted_area";
        o.start = i * 10;
        o.end = i * 10 + 3;
        assert_done(store_observation_add(store, &o, &error), &error);
    }
    assert_done(store_document_end(store, &error), &error);
    return store;
}

static const struct scan whole = {"planted_area", "level", "actual", "亩", NULL, "", ":"};

static void in_order(void **state)
{
    struct store *store = filled(*state);
    struct error error = {0};
    struct seen seen = {.stop_after = 0};
    assert_done(store_scan(store, &whole, remember, &seen, &error), &error);
    assert_string_equal(seen.text, "520402/2019=1 520602/2019=2 520602/2020=3 ");
    seen = (struct seen){.stop_after = 2};
    assert_int_equal(store_scan(store, &whole, remember, &seen, &error), E_NOTHING);
    assert_int_equal(seen.rows, 2);
    struct scan part = whole;
    part.first = "5206";
    part.last = "520603";
    seen = (struct seen){.stop_after = 0};
    assert_done(store_scan(store, &part, remember, &seen, &error), &error);
    assert_string_equal(seen.text, "520602/2019=2 520602/2020=3 ");
    part.unit = "公顷";
    seen = (struct seen){.stop_after = 0};
    assert_done(store_scan(store, &part, remember, &seen, &error), &error);
    assert_string_equal(seen.text, "");
    store_close(store);
}

static void regions_one_by_one(void **state)
{
    struct store *store = filled(*state);
    struct error error = {0};
    char code[13] = "", all[64] = "";
    for (;;) {
        char next[13];
        assert_done(store_scan_next(store, &whole, code, next, &error), &error);
        if (next[0] == '\0')
            break;
        strcat(strcat(all, next), " ");
        strcpy(code, next);
    }
    assert_string_equal(all, "520402 520602 ");
    store_close(store);
}

/* Adds one statement more and asks whether all are plain. */
static bool still_plain(const struct fixture *fixture, const struct observation *more)
{
    static int documents;
    struct store *store = open_store(fixture, STORE_WRITE);
    struct error error = {0};
    char content[32], unit[64], per[128];
    bool plain = false;
    snprintf(content, sizeof content, "more %d", documents++);
    const struct document document = document_of(content);
    if (more != NULL)
        put(store, &document, more, 1);
    struct scan scan = whole;
    scan.unit = NULL;
    assert_done(store_scan_check(store, &scan, &plain, unit, per, &error), &error);
    if (plain)
        assert_string_equal(unit, "亩");
    store_close(store);
    return plain;
}

static void what_is_not_plain_is_seen(void **state)
{
    const struct fixture *fixture = *state;
    struct observation o = observation_of(5);
    o.indicator_id = "planted_area";
    struct store *store = open_store(fixture, STORE_WRITE);
    put(store, &(struct document){.path = "a", .encoding = "UTF-8", .content = "a", .size = 1, .tool_version = "1", .reference_hash = "r"},
        &o, 1);
    store_close(store);
    assert_true(still_plain(fixture, NULL));
    struct observation planned = o, other[5] = {o, o, o, o, o};
    planned.status = STATUS_planned;
    planned.item = "茶叶";
    assert_true(still_plain(fixture, &planned));  /* of another status: none of the scan's */
    other[0].item = "茶叶";
    other[1].bound = BOUND_above;
    other[2].kind = KIND_growth;
    other[3].unit = "公顷";
    other[4].region_code = other[4].region_name = other[4].region_path = NULL;
    for (size_t i = 0; i < 5; i++) {
        assert_false(still_plain(fixture, &other[i]));
        sql_run(fixture->path, "DELETE FROM observation WHERE id = (SELECT max(id) FROM observation)");
        assert_true(still_plain(fixture, NULL));
    }
}

/* The queries are as quick as they are because they never touch the table. */
static void plans(void **state)
{
    struct store *store = filled(*state);
    const char *const all[] = {store_scan_sql, store_scan_next_sql, store_scan_check_sql};
    for (size_t i = 0; i < 3; i++) {
        char sql[2048];
        sqlite3_stmt *statement = NULL;
        size_t searches = 0;
        snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", all[i]);
        assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL), SQLITE_OK);
        while (sqlite3_step(statement) == SQLITE_ROW) {
            const char *detail = (const char *)sqlite3_column_text(statement, 3);
            assert_null(strstr(detail, "TEMP B-TREE"));
            if (strstr(detail, "SEARCH observation") != NULL) {
                /* of what is not plain it is only asked whether there is any */
                assert_true(strstr(detail, "USING COVERING INDEX observation_plain") != NULL ||
                            (i == 2 && strstr(detail, "INDEX observation_other") != NULL));
                searches++;
            }
        }
        assert_true(searches > 0);
        sqlite3_finalize(statement);
    }
    store_close(store);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_make, fixture_remove)
    const struct CMUnitTest tests[] = {
        TEST(in_order), TEST(regions_one_by_one), TEST(what_is_not_plain_is_seen), TEST(plans),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
