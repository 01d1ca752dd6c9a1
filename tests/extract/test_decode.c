/* test_decode.c — encodings, offsets and limits of extract_text; the readings for callers without an article. */
#include "data/extract/extract.h"
#include "data/reference/reference.h"

#include <iconv.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char TEXT[] = "紫云县猫营镇2019年工作小结\n2020-01-15\n\n2019年,全镇种植辣椒4600亩,带动1200余户增收,培训村民近2万人次。\n";
static const char TRADITIONAL[] = "七星關區青場鎮:二〇一九年小結\n2020-01-15\n\n全鎮共建成串戶路120餘公里,改造危房400餘戶,投入資金2000萬元。\n";

struct seen {
    size_t count;
    struct {
        size_t start, end;
        double value;
        char unit[16], quote[64], region[16], period[32];
    } rows[64];
};

static int note(const struct observation *o, void *context)
{
    struct seen *seen = context;
    if (seen->count < 64) {
        seen->rows[seen->count].start = o->start;
        seen->rows[seen->count].end = o->end;
        seen->rows[seen->count].value = o->value;
        snprintf(seen->rows[seen->count].unit, 16, "%s", o->unit);
        snprintf(seen->rows[seen->count].quote, 64, "%s", o->quote);
        snprintf(seen->rows[seen->count].region, 16, "%s", o->region_code ? o->region_code : "");
        snprintf(seen->rows[seen->count].period, 32, "%s", o->period ? o->period : "");
    }
    seen->count++;
    return 0;
}

static int run(const void *bytes, size_t size, const char *encoding, struct seen *seen, struct document_facts *facts, struct error *error)
{
    struct arena arena = {0};
    struct extract_options options = {.source = "t.txt", .encoding = encoding};
    memset(seen, 0, sizeof *seen);
    int status = extract_text(&options, bytes, size, &arena, facts, note, seen, error);
    if (facts != NULL && status == E_OK) {
        static char title[256], published[32], name[32];
        snprintf(title, sizeof title, "%s", facts->title ? facts->title : "");
        snprintf(published, sizeof published, "%s", facts->published ? facts->published : "");
        snprintf(name, sizeof name, "%s", facts->encoding);
        facts->title = title;
        facts->published = published;
        facts->encoding = name;
    }
    arena_free(&arena);
    return status;
}

static size_t convert(const char *to, const char *text, char *out, size_t room)
{
    iconv_t converter = iconv_open(to, "UTF-8");
    assert_true(converter != (iconv_t)-1);
    char *in = (char *)text, *at = out;
    size_t left = strlen(text), space = room;
    assert_true(iconv(converter, &in, &left, &at, &space) != (size_t)-1);
    iconv_close(converter);
    return room - space;
}

/* The bytes at an observation's offsets, read in the file's own encoding, are its quote. */
static void check_offsets(const char *encoding, const char *bytes, const struct seen *seen)
{
    for (size_t i = 0; i < seen->count; i++) {
        char quote[128];
        iconv_t converter = iconv_open("UTF-8", encoding);
        char *in = (char *)bytes + seen->rows[i].start, *at = quote;
        size_t left = seen->rows[i].end - seen->rows[i].start, space = sizeof quote - 1;
        assert_true(iconv(converter, &in, &left, &at, &space) != (size_t)-1);
        *at = '\0';
        iconv_close(converter);
        assert_string_equal(quote, seen->rows[i].quote);
    }
}

static void every_encoding_gives_the_same(void **state)
{
    (void)state;
    static const char *const encodings[] = {"UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"};
    struct seen expected, seen;
    struct document_facts facts;
    struct error error;
    assert_int_equal(run(TEXT, strlen(TEXT), NULL, &expected, &facts, &error), E_OK);
    assert_int_equal(expected.count, 3);
    assert_string_equal(facts.title, "紫云县猫营镇2019年工作小结");
    assert_string_equal(facts.published, "2020-01-15");
    assert_true(expected.rows[0].value == 4600 && expected.rows[2].value == 20000);
    assert_string_equal(expected.rows[0].region, "520425103");
    assert_string_equal(expected.rows[0].period, "2019");
    for (size_t e = 1; e < sizeof encodings / sizeof *encodings; e++) {
        char bytes[1024] = "";
        size_t mark = 0;
        if (strncmp(encodings[e], "UTF-16", 6) == 0) {
            memcpy(bytes, e == 2 ? "\xFF\xFE" : "\xFE\xFF", 2);
            mark = 2;
        }
        size_t size = mark + convert(encodings[e], TEXT, bytes + mark, sizeof bytes - mark);
        assert_int_equal(run(bytes, size, NULL, &seen, &facts, &error), E_OK);
        assert_string_equal(facts.encoding, encodings[e]);
        assert_int_equal(seen.count, expected.count);
        check_offsets(encodings[e], bytes, &seen);
        for (size_t i = 0; i < seen.count; i++) {
            assert_true(seen.rows[i].value == expected.rows[i].value);
            assert_string_equal(seen.rows[i].region, expected.rows[i].region);
            assert_string_equal(seen.rows[i].period, expected.rows[i].period);
        }
    }
}

static void big5_is_read(void **state)
{
    (void)state;
    char bytes[1024];
    struct seen seen;
    struct document_facts facts;
    struct error error;
    /* 〇 is not in every Big5 */
    char text[sizeof TRADITIONAL];
    strcpy(text, TRADITIONAL);
    char *zero = strstr(text, "〇");
    memcpy(zero, "零", 3);
    size_t size = convert("BIG5", text, bytes, sizeof bytes);
    assert_int_equal(run(bytes, size, "BIG5", &seen, &facts, &error), E_OK);
    assert_int_equal(seen.count, 3);
    assert_string_equal(seen.rows[0].unit, "公里");
    assert_true(seen.rows[2].value == 20000000);
    check_offsets("BIG5", bytes, &seen);
    assert_int_equal(run(bytes, size, NULL, &seen, &facts, &error), E_OK);
    assert_string_equal(facts.encoding, "BIG5");
    assert_int_equal(seen.count, 3);
}

static void broken_bytes_are_counted(void **state)
{
    (void)state;
    char bytes[sizeof TEXT + 8];
    struct seen seen;
    struct document_facts facts;
    struct error error;
    size_t at = (size_t)(strstr(TEXT, "带动") - TEXT);
    memcpy(bytes, TEXT, at);
    memcpy(bytes + at, "\xE4\xB8\xFF", 3);
    memcpy(bytes + at + 3, TEXT + at, strlen(TEXT) - at);
    assert_int_equal(run(bytes, strlen(TEXT) + 3, NULL, &seen, &facts, &error), E_OK);
    assert_int_equal(facts.replaced, 2);
    assert_int_equal(seen.count, 3);
}

static void bad_input_is_refused(void **state)
{
    (void)state;
    struct seen seen;
    struct error error;
    assert_int_equal(run("", 0, NULL, &seen, NULL, &error), E_INPUT);
    assert_string_equal(error.text, "t.txt: the file is empty; give a file with text in it");
    assert_int_equal(run("ab\0cd", 5, NULL, &seen, NULL, &error), E_INPUT);
    assert_string_equal(error.text, "t.txt: a binary file (it holds NUL bytes); give a text file");
    assert_int_equal(run(TEXT, strlen(TEXT), "KLINGON", &seen, NULL, &error), E_USAGE);
    assert_string_equal(error.text, "unknown encoding 'KLINGON'; try UTF-8, GB18030, BIG5 or UTF-16LE");
    struct arena arena = {0};
    struct extract_options options = {.source = "t.txt", .region = "999999"};
    assert_int_equal(extract_text(&options, (const unsigned char *)TEXT, strlen(TEXT), &arena, NULL, note, &seen, &error), E_INPUT);
    arena_free(&arena);
}

static void windows_do_not_show(void **state)
{
    (void)state;
    /* three windows' worth of lines: every line gives what it gives alone, and offsets go on */
    static const char line[] = "2019年,猫营镇种植辣椒4600亩。\n";
    size_t lines = 200000, size = lines * strlen(line);
    char *text = malloc(size);
    assert_non_null(text);
    for (size_t i = 0; i < lines; i++)
        memcpy(text + i * strlen(line), line, strlen(line));
    struct seen seen;
    struct error error;
    assert_int_equal(run(text, size, NULL, &seen, NULL, &error), E_OK);
    assert_int_equal(seen.count, lines);
    assert_int_equal(seen.rows[63].start, 63 * strlen(line) + (size_t)(strstr(line, "4600") - line));
    /* one line that is longer than a window */
    for (size_t i = 0; i < size; i++)
        if (text[i] == '\n')
            text[i] = ' ';
    assert_int_equal(run(text, size, NULL, &seen, NULL, &error), E_OK);
    assert_int_equal(seen.count, lines);
    free(text);
}

static int stop(const struct observation *o, void *context)
{
    (void)o;
    return ++*(int *)context == 2 ? E_OUTPUT : 0;
}

static void a_sink_can_stop(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct extract_options options = {.source = "t.txt"};
    int calls = 0;
    assert_int_equal(extract_text(&options, (const unsigned char *)TEXT, strlen(TEXT), &arena, NULL, stop, &calls, NULL), E_OUTPUT);
    assert_int_equal(calls, 2);
    arena_free(&arena);
}

static void numbers_of_cells(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
        enum bound bound;
        const char *unit;
    } good[] = {{"1,234.5", 1234.5, BOUND_exact, NULL}, {"3万余", 30000, BOUND_above, NULL}, {"二百余万元", 2000000, BOUND_above, "元"},
                {"近2亿元", 200000000, BOUND_below, "元"}, {"12.5%", 12.5, BOUND_exact, "%"}, {"-3.5", -3.5, BOUND_exact, NULL},
                {" 600余户 ", 600, BOUND_above, "户"}, {"3—5万元", 40000, BOUND_range, "元"}, {"８６", 86, BOUND_exact, NULL}};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct observation o;
        if (extract_number(good[i].text, &o) != 0)
            fail_msg("%s is not read", good[i].text);
        if (o.value != good[i].value || o.bound != good[i].bound)
            fail_msg("%s is %g (bound %s)", good[i].text, o.value, bound_name(o.bound));
        if (good[i].unit == NULL ? o.unit != NULL : o.unit == NULL || strcmp(o.unit, good[i].unit) != 0)
            fail_msg("%s has unit %s", good[i].text, o.unit ? o.unit : "none");
    }
    static const char *const bad[] = {"", "abc", "12a", "—", "3 4", "无"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct observation o;
        if (extract_number(bad[i], &o) == 0)
            fail_msg("'%s' is read as %g", bad[i], o.value);
    }
}

static void labels_find_their_entry(void **state)
{
    (void)state;
    assert_string_equal(extract_classify("农村居民人均可支配收入", "元"), "rural_disposable_income_per_capita");
    assert_string_equal(extract_classify("改造危房户数", "户"), "dilapidated_houses_renovated");
    assert_null(extract_classify("龘龘", NULL));
    struct arena arena = {0};
    assert_string_equal(extract_simplified("種植面積", &arena), "种植面积");
    arena_free(&arena);
}

int main(void)
{
    struct error error;
    if (reference_open(&error) != E_OK) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_encoding_gives_the_same), cmocka_unit_test(big5_is_read),
        cmocka_unit_test(broken_bytes_are_counted),      cmocka_unit_test(bad_input_is_refused),
        cmocka_unit_test(windows_do_not_show),           cmocka_unit_test(a_sink_can_stop),
        cmocka_unit_test(numbers_of_cells),              cmocka_unit_test(labels_find_their_entry),
    };
    return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
