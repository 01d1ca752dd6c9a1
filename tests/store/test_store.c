/* test_store.c — what goes into the store, and what comes out of it. */
#include "tests/store/fixture.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- helpers: the values that a filter lets through, in their order ---- */

/* An entry of the dictionary, whichever it is. */
static const struct indicator *entry(void)
{
    assert_true(indicator_count() > 0);
    return indicator_at(0);
}

struct values {
    double value[64];
    size_t count;
};

static int collect(const struct stored_observation *row, void *context)
{
    struct values *values = context;
    assert_true(values->count < COUNT(values->value));
    values->value[values->count++] = row->observation.value;
    return 0;
}

static void assert_values(struct store *store, const struct filter *filter, const double *want, size_t count)
{
    struct values got = {.count = 0};
    struct error error = {0};
    assert_done(store_query(store, filter, collect, &got, &error), &error);
    for (size_t i = 0; i < got.count && i < count; i++)
        if (got.value[i] != want[i])
            fail_msg("row %zu: got %g, want %g", i, got.value[i], want[i]);
    assert_int_equal(got.count, count);
}
#define ASSERT_VALUES(store, given, ...) \
    assert_values(store, given, (double[]){__VA_ARGS__}, sizeof (double[]){__VA_ARGS__} / sizeof(double))
#define ASSERT_NONE(store, given) assert_values(store, given, NULL, 0)
#define F(...) (&(struct filter){__VA_ARGS__})

/* ---- writing and reading back ---- */

static int check_all_fields(const struct stored_observation *row, void *context)
{
    const struct observation *want = context, *got = &row->observation;
    assert_string_equal(got->source, want->source);
    assert_int_equal(got->start, want->start);
    assert_int_equal(got->end, want->end);
    assert_string_equal(got->quote, want->quote);
    assert_true(got->value == want->value);
    assert_true(got->low == want->low && got->high == want->high);
    assert_int_equal(got->bound, want->bound);
    assert_string_equal(got->unit, want->unit);
    assert_int_equal(got->per_count, want->per_count);
    for (size_t i = 0; i < want->per_count; i++)
        assert_string_equal(got->per[i], want->per[i]);
    assert_string_equal(got->region_code, want->region_code);
    assert_string_equal(got->region_name, want->region_name);
    assert_string_equal(got->region_path, want->region_path);
    assert_int_equal(got->how, want->how);
    assert_string_equal(got->period, want->period);
    assert_string_equal(got->indicator, want->indicator);
    assert_string_equal(got->indicator_id, want->indicator_id);
    assert_string_equal(got->item, want->item);
    assert_int_equal(got->kind, want->kind);
    assert_int_equal(got->status, want->status);
    assert_true(got->confidence == want->confidence);
    assert_string_equal(got->evidence, want->evidence);
    assert_string_equal(row->document_title, "公报");
    assert_string_equal(row->document_published, "2020-12-15");
    assert_string_equal(row->label, entry()->chinese);
    assert_int_equal(row->region_level, 6);
    assert_null(row->place);
    assert_int_equal(row->document_id, 1);
    return 0;
}

static void every_field_comes_back(void **state)
{
    struct store *store = open_store(*state, STORE_WRITE);
    struct document document = document_of("正文");
    struct observation o = observation_of(40000);
    o.low = 30000;
    o.high = 50000;
    o.bound = BOUND_range;
    o.per[0] = "人";
    o.per[1] = "月";
    o.per_count = 2;
    o.how = HOW_anaphora;
    o.indicator_id = entry()->id;
    o.item = "辣椒";
    o.kind = KIND_mean;
    o.status = STATUS_planned;
    put(store, &document, &o, 1);
    struct error error = {0};
    assert_done(store_query(store, &(struct filter){0}, check_all_fields, &o, &error), &error);
    store_close(store);

    store = open_store(*state, STORE_READ);
    assert_done(store_query(store, &(struct filter){0}, check_all_fields, &o, &error), &error);
    store_close(store);
    assert_string_equal(sql_text(*state, "SELECT CAST(content AS TEXT) FROM document"), "正文");
    assert_string_equal(sql_text(*state, "SELECT per FROM observation"), "人/月");
}

static int check_absent(const struct stored_observation *row, void *context)
{
    const struct observation *o = &row->observation;
    assert_true(isnan(o->value) && isnan(o->low) && isnan(o->high));
    assert_null(o->unit);
    assert_null(o->region_code);
    assert_null(o->region_name);
    assert_null(o->region_path);
    assert_null(o->period);
    assert_null(o->indicator_id);
    assert_null(o->item);
    assert_null(o->quote);
    assert_null(o->evidence);
    assert_int_equal(o->per_count, 0);
    assert_int_equal(row->region_level, 0);
    assert_string_equal(row->label, "户数");
    assert_null(row->document_title);
    ++*(int *)context;
    return 0;
}

static void absent_stays_absent(void **state)
{
    struct store *store = open_store(*state, STORE_WRITE);
    struct document document = {.path = "a", .encoding = "UTF-8", .tool_version = "1", .reference_hash = "r"};
    struct observation o = {.value = NAN, .low = NAN, .high = NAN, .indicator = "户数"};
    struct error error = {0};
    int rows = 0;
    put(store, &document, &o, 1);
    assert_done(store_query(store, &(struct filter){0}, check_absent, &rows, &error), &error);
    assert_int_equal(rows, 1);
    store_close(store);
    assert_int_equal(sql_number(*state, "SELECT length(content) FROM document"), 0);
}

/* Every name of every enum is accepted by the schema and read back. */
static int check_names(const struct stored_observation *row, void *context)
{
    int *i = context;
    assert_int_equal(row->observation.bound, *i % 5);
    assert_int_equal(row->observation.kind, *i % 7);
    assert_int_equal(row->observation.status, *i % 2);
    assert_int_equal(row->observation.how, *i % 4);
    ++*i;
    return 0;
}

static void every_name_is_stored(void **state)
{
    struct store *store = open_store(*state, STORE_WRITE);
    struct observation o[35];
    for (int i = 0; i < 35; i++) {
        o[i] = observation_of(i);
        o[i].start = (size_t)i;
        o[i].end = (size_t)i + 1;
        o[i].bound = (enum bound)(i % 5);
        o[i].kind = (enum kind)(i % 7);
        o[i].status = (enum status)(i % 2);
        o[i].how = (enum region_how)(i % 4);
    }
    struct document document = document_of("x");
    struct error error = {0};
    int rows = 0;
    put(store, &document, o, COUNT(o));
    assert_done(store_query(store, &(struct filter){0}, check_names, &rows, &error), &error);
    assert_int_equal(rows, 35);
    store_close(store);
}

static void reference_rows_are_copied(void **state)
{
    struct store *store = open_store(*state, STORE_WRITE);
    struct document document = document_of("x");
    struct observation o[3] = {observation_of(1), observation_of(2), observation_of(3)};
    o[0].indicator_id = entry()->id;
    o[0].indicator = "别名";
    char path[REGION_PATH];
    move_to(&o[1], "520425102", path);
    o[1].indicator_id = "not_in_the_dictionary";
    o[1].unit = "光年瓶";
    o[2].region_code = "99";  /* not in the register */
    o[2].region_name = "某地";
    o[2].region_path = "某地";
    put(store, &document, o, COUNT(o));
    store_close(store);
    assert_string_equal(sql_text(*state, "SELECT group_concat(code || ' ' || ifnull(parent, '-') || ' ' || level, ',')"
                                 " FROM (SELECT * FROM region ORDER BY code)"),
                        "52 - 2,5204 52 4,520425 5204 6,520425102 520425 9,99 - 2");
    assert_string_equal(sql_text(*state, "SELECT name FROM region WHERE code = '520425102'"), "猴场镇");
    assert_string_equal(sql_text(*state, "SELECT name FROM region WHERE code = '99'"), "某地");
    assert_string_equal(sql_text(*state, "SELECT dimension FROM unit WHERE name = '亩'"), unit_find("亩")->dimension);
    assert_string_equal(sql_text(*state, "SELECT dimension FROM unit WHERE name = '光年瓶'"), "NULL");
    assert_string_equal(sql_text(*state, "SELECT count(*) FROM indicator"), "2");
    assert_string_equal(sql_text(*state, "SELECT chinese FROM indicator WHERE id = 'not_in_the_dictionary'"), "种植面积");
    assert_string_equal(sql_text(*state, "SELECT name FROM indicator_alias"
                                 " WHERE indicator_id <> 'not_in_the_dictionary'"), "别名");
    assert_string_equal(sql_text(*state, "SELECT count(*) FROM pragma_foreign_key_check"), "0");
}

static int check_village(const struct stored_observation *row, void *context)
{
    (void)context;
    assert_int_equal(row->region_level, 12);
    assert_string_equal(row->place, "新桃花村");
    assert_string_equal(row->observation.region_code, "520425102");
    assert_string_equal(row->observation.region_name, "新桃花村");
    return 0;
}

/* A village that the register lacks keeps its name, and its figures are not taken for the township's. */
static void unregistered_village(void **state)
{
    struct store *store = open_store(*state, STORE_WRITE);
    struct document document = document_of("x");
    struct observation o[2] = {observation_of(1), observation_of(2)};
    char town[REGION_PATH], village[REGION_PATH + 32];
    region_path(region_find("520425102"), town);
    snprintf(village, sizeof village, "%s/新桃花村", town);
    o[0].region_code = o[1].region_code = "520425102";
    o[0].region_name = "猴场镇";
    o[0].region_path = town;
    o[1].region_name = "新桃花村";
    o[1].region_path = village;
    put(store, &document, o, COUNT(o));
    ASSERT_VALUES(store, F(.region = "520425", .preferred = true), 1, 2);
    ASSERT_VALUES(store, F(.level = 9), 1);
    struct error error = {0};
    assert_done(store_query(store, &(struct filter){.level = 12}, check_village, NULL, &error), &error);
    ASSERT_VALUES(store, F(.level = 12), 2);
    store_close(store);
}

/* ---- documents and runs ---- */

static void twice_changes_nothing(void **state)
{
    struct store *store = open_store(*state, STORE_WRITE);
    struct document document = document_of("x");
    struct observation o = observation_of(1);
    struct error error = {0};
    bool known = false;
    put(store, &document, &o, 1);
    document.path = "copy.txt";
    assert_done(store_document_begin(store, &document, &known, &error), &error);
    assert_true(known);
    assert_int_equal(store_observation_add(store, &o, &error), E_STORE);  /* nothing was begun */
    ASSERT_VALUES(store, F(.level = 0), 1);
    store_close(store);
    assert_int_equal(sql_number(*state, "SELECT count(*) FROM document"), 1);
    assert_string_equal(sql_text(*state, "SELECT path FROM document"), "bulletin.txt");
}

static void other_rules_supersede(void **state)
{
    struct store *store = open_store(*state, STORE_WRITE);
    struct document document = document_of("x");
    struct observation o[2] = {observation_of(1), observation_of(2)};
    put(store, &document, o, 2);
    document.reference_hash = "rules-b";
    document.title = NULL;  /* what the new rules do not find stays known */
    o[0].value = 10;
    put(store, &document, o, 1);
    ASSERT_VALUES(store, F(.level = 0), 10);
    ASSERT_VALUES(store, F(.preferred = true), 10);
    bool known = false;
    struct error error = {0};
    assert_done(store_document_begin(store, &document, &known, &error), &error);
    assert_true(known);

    document.reference_hash = "rules-a";  /* and back */
    put(store, &document, o, 2);
    ASSERT_VALUES(store, F(.level = 0), 10, 2);
    store_close(store);
    assert_int_equal(sql_number(*state, "SELECT count(*) FROM observation"), 5);
    assert_int_equal(sql_number(*state, "SELECT count(*) FROM run"), 2);
    assert_string_equal(sql_text(*state, "SELECT group_concat(superseded_by, ',') FROM"
                                 " (SELECT superseded_by FROM observation ORDER BY id)"), "2,2,1");
    assert_string_equal(sql_text(*state, "SELECT title FROM document"), "公报");
}

static void abort_leaves_nothing(void **state)
{
    struct store *store = open_store(*state, STORE_WRITE);
    struct document document = document_of("x");
    struct observation o = observation_of(1);
    struct error error = {0};
    bool known = true;
    assert_done(store_document_begin(store, &document, &known, &error), &error);
    assert_done(store_observation_add(store, &o, &error), &error);
    assert_int_equal(store_document_begin(store, &document, &known, &error), E_STORE);
    store_document_abort(store);
    store_document_abort(store);
    ASSERT_NONE(store, F(.level = 0));
    assert_int_equal(store_document_end(store, &error), E_STORE);
    put(store, &document, &o, 1);  /* the reference rows, rolled back too, are written again */
    ASSERT_VALUES(store, F(.level = 0), 1);

    document.content = "y";
    assert_done(store_document_begin(store, &document, &known, &error), &error);
    assert_done(store_observation_add(store, &o, &error), &error);
    store_close(store);  /* closing is aborting */
    assert_int_equal(sql_number(*state, "SELECT count(*) FROM document"), 1);
    store_close(NULL);
}

/* One observation that cannot be stored: the document is not stored with less. */
static void bad_observation_fails_the_document(void **state)
{
    struct store *store = open_store(*state, STORE_WRITE);
    struct document document = document_of("x");
    struct observation good = observation_of(1), bad[6];
    for (size_t i = 0; i < COUNT(bad); i++)
        bad[i] = observation_of(2);
    bad[0].indicator = NULL;
    bad[1].confidence = NAN;
    bad[2].start = 100;
    bad[3].region_code = "52042";
    bad[4].kind = (enum kind)77;
    bad[5].region_code = "5204x5";
    static const char *const messages[] = {
        "bulletin.txt, byte 3: the observation is incomplete",
        "bulletin.txt, byte 3: the span or confidence of the observation is out of range",
        "bulletin.txt, byte 100: the span or confidence of the observation is out of range",
        "bulletin.txt, byte 3: region code '52042' has not 2, 4, 6, 9 or 12 digits",
        "bulletin.txt, byte 3: the observation is incomplete",
        "bulletin.txt, byte 3: region code '5204x5' has not 2, 4, 6, 9 or 12 digits",
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct error error = {0};
        bool known = true;
        assert_done(store_document_begin(store, &document, &known, &error), &error);
        assert_done(store_observation_add(store, &good, &error), &error);
        assert_int_equal(store_observation_add(store, &bad[i], &error), E_INPUT);
        assert_string_equal(error.text, messages[i]);
        assert_int_equal(store_observation_add(store, &good, &error), E_STORE);
        assert_int_equal(store_document_end(store, &error), E_STORE);
        assert_non_null(strstr(error.text, "the document was not stored"));
    }
    ASSERT_NONE(store, F(.level = 0));
    store_close(store);
}

/* ---- filters ---- */

static void filters(void **state)
{
    struct store *store = open_store(*state, STORE_WRITE);
    struct document document = document_of("x"), other = document_of("y");
    struct observation o[8];
    for (size_t i = 0; i < COUNT(o); i++) {
        o[i] = observation_of((double)i + 1);
        o[i].start = i;
        o[i].end = i + 1;
    }
    static const char *const periods[] = {"2019", "2019-12", "2018/2019", "asof:2019-12-15",
                                          "2020", "2019/2020", "asof:2020-12-15", NULL};
    for (size_t i = 0; i < COUNT(o); i++)
        o[i].period = periods[i];
    char paths[5][REGION_PATH];
    move_to(&o[0], "52", paths[0]);
    move_to(&o[1], "5203", paths[1]);
    move_to(&o[2], "5204", paths[2]);
    move_to(&o[3], "520425102", paths[3]);
    o[4].kind = KIND_share;
    o[4].status = STATUS_planned;
    o[5].item = "辣椒";
    o[5].unit = "元";
    move_to(&o[6], "520425103", paths[4]);
    o[6].indicator_id = entry()->id;
    o[6].indicator = entry()->chinese;
    o[7].indicator = "%' OR 1=1 --";
    o[1].confidence = 0.91;
    o[6].confidence = 0.9;
    put(store, &document, o, 4);
    other.path = "news/second.txt";
    other.source = "日报";
    put(store, &other, o + 4, 4);

    ASSERT_VALUES(store, F(.region = "5204"), 3, 8, 6, 5, 4, 7);
    ASSERT_VALUES(store, F(.region = "520425102"), 4);
    ASSERT_VALUES(store, F(.region = "52", .level = 4), 2, 3);
    ASSERT_NONE(store, F(.region = "53"));
    ASSERT_VALUES(store, F(.period = "2019"), 1, 2, 3, 4);
    ASSERT_VALUES(store, F(.period = "2020"), 6, 5, 7);
    ASSERT_VALUES(store, F(.period = "2019-12"), 2);
    ASSERT_VALUES(store, F(.period = "2018/2019"), 3);
    ASSERT_VALUES(store, F(.period = "asof:2020-12-15"), 7);
    ASSERT_NONE(store, F(.period = "201"));
    ASSERT_VALUES(store, F(.kind = "share"), 5);
    ASSERT_VALUES(store, F(.status = "planned"), 5);
    ASSERT_VALUES(store, F(.item = "辣椒"), 6);
    ASSERT_VALUES(store, F(.unit = "元"), 6);
    ASSERT_NONE(store, F(.unit = "no such unit"));
    ASSERT_VALUES(store, F(.min_confidence = 0.9), 2, 7);
    ASSERT_VALUES(store, F(.min_confidence = 0.91), 2);
    ASSERT_VALUES(store, F(.min_confidence = 0.5, .period = "2020"), 6, 5, 7);
    ASSERT_NONE(store, F(.min_confidence = 1));
    ASSERT_VALUES(store, F(.source = "second"), 8, 6, 5, 7);
    ASSERT_VALUES(store, F(.source = "统计局"), 1, 2, 3, 4);
    ASSERT_VALUES(store, F(.indicator = entry()->id), 7);
    ASSERT_VALUES(store, F(.indicator = entry()->chinese), 7);
    ASSERT_VALUES(store, F(.indicator = "种植面积", .period = "2020"), 6, 5);
    ASSERT_VALUES(store, F(.indicator = "植面", .level = 2), 1);
    /* no pattern and no SQL in what a user types */
    ASSERT_VALUES(store, F(.indicator = "%' OR 1=1 --"), 8);
    ASSERT_VALUES(store, F(.indicator = "%"), 8);
    ASSERT_NONE(store, F(.indicator = "_"));
    ASSERT_NONE(store, F(.indicator = "' OR '1'='1"));
    struct error error = {0};
    struct values none = {.count = 0};
    struct filter longest = {.region = "5204255204255204255204255204255204255204255204255204"};
    assert_int_equal(store_query(store, &longest, collect, &none, &error), E_INPUT);
    store_close(store);
}

static int stop(const struct stored_observation *row, void *context)
{
    (void)row;
    ++*(int *)context;
    return E_INTERRUPTED;
}

static void visitor_stops(void **state)
{
    struct store *store = open_store(*state, STORE_WRITE);
    struct document document = document_of("x");
    struct observation o[3] = {observation_of(1), observation_of(2), observation_of(3)};
    struct error error = {0};
    int rows = 0;
    put(store, &document, o, COUNT(o));
    assert_int_equal(store_query(store, &(struct filter){0}, stop, &rows, &error), E_INTERRUPTED);
    assert_int_equal(rows, 1);
    store_close(store);
}

/* ---- preferred and conflict ---- */

static void preferred_rule(void **state)
{
    struct store *store = open_store(*state, STORE_WRITE);
    struct document early = document_of("early"), late = document_of("late"), undated = document_of("undated");
    early.published = "2020-01-01";
    early.path = "early.txt";
    late.published = "2021-01-01";
    undated.published = NULL;
    /* facts differ by period; value: what tells the rows apart */
    struct observation a[] = {observation_of(1), observation_of(2), observation_of(3), observation_of(4)};
    struct observation b[] = {observation_of(11), observation_of(12), observation_of(13)};
    struct observation c[] = {observation_of(21), observation_of(22), observation_of(24)};
    a[0].period = b[0].period = c[0].period = "2010";
    a[0].confidence = 0.9;                             /* 2010: the surest, though the earliest */
    a[1].period = b[1].period = c[1].period = "2011";  /* 2011: equally sure, the latest */
    a[2].period = b[2].period = "2012";
    b[2].unit = "元";                                  /* 2012: another unit is another fact */
    a[3].period = c[2].period = "2013";
    a[3].region_code = c[2].region_code = NULL;        /* 2013: about no known place, one a document */
    a[3].region_name = c[2].region_name = a[3].region_path = c[2].region_path = NULL;
    put(store, &undated, c, COUNT(c));
    put(store, &early, a, COUNT(a));
    put(store, &late, b, COUNT(b));

    ASSERT_VALUES(store, F(.preferred = true), 24, 4, 1, 12, 3, 13);
    ASSERT_VALUES(store, F(.preferred = true, .period = "2011", .source = "early.txt"), 2);
    ASSERT_VALUES(store, F(.preferred = true, .region = "520425"), 1, 12, 3, 13);
    store_close(store);
    assert_string_equal(sql_text(*state, "SELECT group_concat(value, ' ') FROM (SELECT value FROM preferred"
                                 " ORDER BY region_code, period, document_id)"), "24.0 4.0 1.0 12.0 3.0 13.0");
    assert_int_equal(sql_number(*state, "SELECT count(*) FROM observation"), 10);
}

static void conflict_rule(void **state)
{
    struct store *store = open_store(*state, STORE_WRITE);
    struct document first = document_of("first"), second = document_of("second");
    struct observation a[6], b[6];
    static const char *const periods[] = {"2011", "2012", "2013", "2014", "2015", "2016"};
    for (size_t i = 0; i < 6; i++) {
        a[i] = b[i] = observation_of(600);
        a[i].period = b[i].period = periods[i];
    }
    b[1].value = 620;                                             /* 2012: 600 and 620 */
    b[2].value = 580;
    b[2].bound = BOUND_above;                                     /* 2013: 600 is above 580 */
    b[3].value = 620;
    b[3].bound = BOUND_above;                                     /* 2014: 600 is not above 620 */
    b[4].value = 650;
    b[4].low = 600;
    b[4].high = 700;
    b[4].bound = BOUND_range;                                     /* 2015: 600 lies in 600 to 700 */
    a[5].period = "2011";                                         /* twice in one document: the surer counts */
    a[5].value = 1;
    a[5].confidence = 0.1;
    put(store, &first, a, 6);
    put(store, &second, b, 5);
    store_close(store);
    assert_string_equal(sql_text(*state, "SELECT group_concat(period || ' ' || value, ', ') FROM"
                                 " (SELECT * FROM conflict ORDER BY period, document_id)"),
                        "2012 600.0, 2012 620.0, 2014 600.0, 2014 620.0");
    assert_string_equal(sql_text(*state, "SELECT documents FROM conflict LIMIT 1"), "2");
}

/* ---- lists ---- */

struct lines {
    char text[512];
};

static int document_line(const struct document_row *row, void *context)
{
    struct lines *lines = context;
    size_t used = strlen(lines->text);
    snprintf(lines->text + used, sizeof lines->text - used, "%d %s %s %s %d %d;", (int)row->id, row->path,
             row->published ? row->published : "-", row->encoding, (int)row->size, (int)row->observations);
    assert_int_equal(strlen(row->sha256), 64);
    return 0;
}

static int indicator_line(const struct indicator_row *row, void *context)
{
    struct lines *lines = context;
    size_t used = strlen(lines->text);
    snprintf(lines->text + used, sizeof lines->text - used, "%s %s %s %d %d %d;", row->id ? "id" : "-",
             row->id ? "chinese" : row->label, row->unit ? row->unit : "-", (int)row->observations, (int)row->regions,
             (int)row->documents);
    if (row->id != NULL)
        assert_string_equal(row->label, entry()->chinese);
    return 0;
}

static void lists(void **state)
{
    struct store *store = open_store(*state, STORE_WRITE);
    struct document first = document_of("abc"), second = document_of("defg");
    struct observation o[5];
    for (size_t i = 0; i < COUNT(o); i++)
        o[i] = observation_of((double)i);
    second.path = "b.txt";
    second.source = NULL;
    second.published = NULL;
    char path[REGION_PATH];
    move_to(&o[1], "5204", path);
    o[2].unit = NULL;
    o[3].indicator_id = o[4].indicator_id = entry()->id;
    o[4].indicator = entry()->chinese;
    o[4].region_code = NULL;
    put(store, &first, o, 2);
    put(store, &second, o + 2, 3);
    put(store, &(struct document){.path = "c", .encoding = "UTF-8", .tool_version = "1", .reference_hash = "r"}, o, 2);

    struct error error = {0};
    struct lines lines = {""};
    assert_done(store_documents(store, NULL, document_line, &lines, &error), &error);
    assert_string_equal(lines.text, "1 bulletin.txt 2020-12-15 UTF-8 3 2;2 b.txt - UTF-8 4 3;3 c - UTF-8 0 2;");
    lines.text[0] = '\0';
    assert_done(store_documents(store, "统计", document_line, &lines, &error), &error);
    assert_string_equal(lines.text, "1 bulletin.txt 2020-12-15 UTF-8 3 2;");
    lines.text[0] = '\0';
    assert_done(store_indicators(store, &(struct filter){0}, indicator_line, &lines, &error), &error);
    assert_string_equal(lines.text, "- 种植面积 亩 4 2 2;id chinese 亩 2 1 1;- 种植面积 - 1 1 1;");
    lines.text[0] = '\0';
    assert_done(store_indicators(store, &(struct filter){.region = "5204", .level = 4}, indicator_line, &lines, &error),
                &error);
    assert_string_equal(lines.text, "- 种植面积 亩 2 1 2;");
    store_close(store);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_make, fixture_remove)
    const struct CMUnitTest tests[] = {
        TEST(every_field_comes_back), TEST(absent_stays_absent),   TEST(every_name_is_stored),
        TEST(reference_rows_are_copied), TEST(unregistered_village), TEST(twice_changes_nothing),
        TEST(other_rules_supersede),  TEST(abort_leaves_nothing),  TEST(bad_observation_fails_the_document),
        TEST(filters),                TEST(visitor_stops),         TEST(preferred_rule),
        TEST(conflict_rule),          TEST(lists),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
