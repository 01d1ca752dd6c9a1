/* test_words.c — periods as people write them, suggestions, cleaning of text, option tables, figures with their bounds. */
#include "cli/output.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void periods_are_read(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"2019", "2019"},                     {"2019年", "2019"},
        {"2019年度", "2019"},                 {" 2019", "2019"},
        {"2019-03", "2019-03"},               {"2019年3月", "2019-03"},
        {"2019.3", "2019-03"},                {"2019-3-7", "2019-03-07"},
        {"2019/3/7", "2019-03-07"},           {"2019年3月7日", "2019-03-07"},
        {"2020-02-29", "2020-02-29"},         {"2018/2019", "2018/2019"},
        {"2018-2019", "2018/2019"},           {"2018年—2019年", "2018/2019"},
        {"2018年至2019年", "2018/2019"},      {"2019-01/2019-06", "2019-01/2019-06"},
        {"2019Q1", "2019-01/2019-03"},        {"2019-q4", "2019-10/2019-12"},
        {"2019年上半年", "2019-01/2019-06"},  {"2019年第三季度", "2019-07/2019-09"},
        {"2019年末", "asof:2019-12"},         {"2019年6月底", "asof:2019-06"},
        {"asof:2020-12-15", "asof:2020-12-15"}, {"截至2020年5月", "asof:2020-05"},
        {"", NULL},        {"昨天", NULL},       {"19", NULL},         {"20190", NULL},      {"2019-13", NULL},
        {"2019-02-29", NULL}, {"2019/2", NULL},  {"2019-2018", NULL},  {"2019-01x", NULL},   {"asof:2019/2020", NULL},
        {"2019年三月", NULL}, {"2019 x", NULL},  {"2018/2019/2020", NULL}, {"0999", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[PERIOD_TEXT] = "";
        int status = period_parse(cases[i][0], out);
        if (cases[i][1] == NULL ? status == 0 : status != 0 || strcmp(out, cases[i][1]) != 0)
            fail_msg("period '%s': status %d, '%s'", cases[i][0], status, out);
    }
}

static void periods_have_an_order(void **state)
{
    (void)state;
    assert_int_equal(period_end(NULL), 0);
    assert_int_equal(period_end("nonsense"), 0);
    assert_int_equal(period_end("2019"), 20191231);
    assert_int_equal(period_end("2020-02"), 20200229);
    assert_int_equal(period_end("2018/2019-06"), 20190630);
    assert_int_equal(period_end("asof:2020-12-15"), 20201215);
    assert_true(isnan(period_position(NULL)));
    assert_true(period_position("2019") == 2019);
    assert_true(period_position("2019-12-31") == 2019);
    assert_true(period_position("2018/2019") == 2019);
    assert_float_equal(period_position("2019-03"), 2018 + 90.0 / 365, 1e-9);
    assert_float_equal(period_position("2020-03"), 2019 + 91.0 / 366, 1e-9);
    char group[PERIOD_TEXT];
    assert_string_equal(period_group(NULL, group), "");
    assert_string_equal(period_group("2019", group), "2019");
    assert_string_equal(period_group("asof:2019-12-15", group), "2019");
    assert_string_equal(period_group("2019-12", group), "2019-12");
    assert_string_equal(period_group("2018/2019", group), "2018/2019");
}

static void the_nearest_word_is_suggested(void **state)
{
    (void)state;
    static const char *const known[] = {"compare", "documents", "茶叶种植面积", "辣椒种植面积", "--indicator", "--version"};
    static const char *const cases[][2] = {
        {"comapre", " (did you mean 'compare'?)"}, {"Compare", " (did you mean 'compare'?)"},
        {"comp", " (did you mean 'compare'?)"},    {"辣淑种植面积", " (did you mean '辣椒种植面积'?)"},
        {"--vers", " (did you mean '--version'?)"}, {"xyzzy", ""}, {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct nearest nearest;
        char hint[320];
        nearest_start(&nearest, cases[i][0]);
        for (size_t j = 0; j < sizeof known / sizeof *known; j++)
            nearest_consider(&nearest, known[j]);
        assert_string_equal(nearest_hint(&nearest, hint), cases[i][1]);
    }
    /* words without end are neither compared nor written out of bounds */
    char huge[5000];
    memset(huge, 'a', sizeof huge - 1);
    huge[sizeof huge - 1] = '\0';
    struct nearest nearest;
    char hint[320];
    nearest_start(&nearest, huge);
    nearest_consider(&nearest, huge);
    nearest_start(&nearest, "aaa");
    nearest_consider(&nearest, huge);
    assert_string_equal(nearest_hint(&nearest, hint), "");
}

static void text_is_cleaned(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        /* text, cleaned, as JSON */
        {"辣椒 2150亩", "辣椒 2150亩", "\"辣椒 2150亩\""},
        {"a\nb\tc\rd", "a b c d", "\"a\\nb\\tc\\u000dd\""},
        {"\x1b[31m", "\uFFFD[31m", "\"\\u001b[31m\""},
        {"\x7f", "\uFFFD", "\"\\u007f\""},
        {"\xC2\x9B", "\uFFFD", "\"\\u009b\""},                      /* C1: a terminal takes it for ESC [ */
        {"a\u202Eb", "a\uFFFDb", "\"a\\u202eb\""},
        {"\uFEFFx", "\uFFFDx", "\"\\ufeffx\""},
        {"\U000E0041", "\uFFFD", "\"\\udb40\\udc41\""},
        {"\xE8\xBE", "\uFFFD", "\"\uFFFD\""},                       /* half of a character */
        {"\xFF\xFEz", "\uFFFD\uFFFDz", "\"\uFFFD\uFFFDz\""},
        {"\"\\", "\"\\", "\"\\\"\\\\\""},
        {"𠮷", "𠮷", "\"𠮷\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer clean = {0}, json = {0};
        buffer_clean(&clean, cases[i][0]);
        buffer_json(&json, cases[i][0]);
        assert_string_equal(clean.bytes, cases[i][1]);
        assert_string_equal(json.bytes, cases[i][2]);
        buffer_free(&clean);
        buffer_free(&json);
    }
    struct buffer none = {0};
    buffer_json(&none, NULL);
    buffer_clean(&none, NULL);
    assert_string_equal(none.bytes, "null");
    buffer_free(&none);
}

static void json_numbers(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0, "0"}, {-0.0, "0"}, {23860000, "23860000"}, {129.73, "129.73"}, {0.1, "0.1"}, {0.05, "0.05"}, {-3.5, "-3.5"},
        {0.305, "0.305"}, {1e15, "1000000000000000"}, {9999999999999.99, "9999999999999.99"}, {1.0 / 3, "0.3333333333333333"},
        {NAN, "null"}, {INFINITY, "null"}, {100.005, "100.005"}, {1234567890.5, "1234567890.5"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = {0};
        buffer_json_number(&out, cases[i].value);
        assert_string_equal(out.bytes, cases[i].text);
        buffer_free(&out);
    }
}

static void figures_show_their_bounds(void **state)
{
    (void)state;
    static const struct {
        struct interval value;
        bool about;
        const char *text, *bound;
    } cases[] = {
        {{600, 600, 600}, false, "600", "exact"},
        {{600, 600, 600}, true, "≈600", "about"},
        {{600, 600, INFINITY}, false, "≥600", "above"},
        {{1200000, 0, 1200000}, false, "≤1200000", "below"},
        {{5, -INFINITY, 5}, false, "≤5", "below"},
        {{240, 230, 250}, false, "230–250", "range"},
        {{2.5, 0, 5}, false, "0–5", "range"},
        {{7, -INFINITY, INFINITY}, false, "≈7", "about"},
        {{NAN, NAN, NAN}, false, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = {0};
        value_text(cases[i].value, cases[i].about, &out);
        if (cases[i].text == NULL)
            assert_null(out.bytes);
        else
            assert_string_equal(out.bytes, cases[i].text);
        const char *bound = value_bound(cases[i].value, cases[i].about);
        if (cases[i].bound == NULL)
            assert_null(bound);
        else
            assert_string_equal(bound, cases[i].bound);
        buffer_free(&out);
    }
}

static const struct option table[] = {
    STORE_OPTION,
    OPTION("format", 'f', "FORMAT", format, "how"),
    OPTION("used", 'U', NULL, used, "a flag"),
    OPTIONS_END,
};

static void options_are_parsed(void **state)
{
    (void)state;
    char a0[] = "one", a1[] = "--store=x.db", a2[] = "-fcsv", a3[] = "--used", a4[] = "-", a5[] = "--", a6[] = "--store";
    char *arguments[] = {a0, a1, a2, a3, a4, a5, a6};
    struct settings settings = {.command = "test"};
    struct error error = {0};
    assert_int_equal(options_parse(table, 7, arguments, false, NULL, &settings, &error), E_OK);
    assert_string_equal(settings.store, "x.db");
    assert_string_equal(settings.format, "csv");
    assert_true(settings.used);
    assert_int_equal(settings.operand_count, 3);
    assert_string_equal(settings.operands[0], "one");
    assert_string_equal(settings.operands[1], "-");
    assert_string_equal(settings.operands[2], "--store");
}

static void wrong_options_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *arguments[2];
        const char *message;
    } cases[] = {
        {{"--stroe=x"}, "unknown option '--stroe' (did you mean '--store'?); see zhibiao test --help"},
        {{"-x"}, "unknown option '-x'; see zhibiao test --help"},
        {{"-Ux"}, "unknown option '-Ux'; see zhibiao test --help"},
        {{"--used=1"}, "option --used takes no value"},
        {{"--format"}, "option --format needs a value: --format FORMAT"},
        {{"--format", ""}, "option --format needs a value that is not empty: --format FORMAT"},
        {{"--format="}, "option --format needs a value that is not empty: --format FORMAT"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char first[64], second[64] = "";
        char *arguments[] = {first, second};
        strcpy(first, cases[i].arguments[0]);
        struct settings settings = {.command = "test"};
        struct error error = {0};
        int count = cases[i].arguments[1] != NULL ? 2 : 1;
        assert_int_equal(options_parse(table, count, arguments, false, NULL, &settings, &error), E_USAGE);
        assert_string_equal(error.text, cases[i].message);
    }
}

static void dates_exist(void **state)
{
    (void)state;
    assert_true(date_valid("2020-02-29"));
    assert_true(date_valid("1999-12-31"));
    static const char *const wrong[] = {"2019-02-29", "2020-13-01", "2020-00-10", "2020-01-32", "2020-1-1", "20200101",
                                        "2020-01-0x", "2020/01/01", "0000-01-01", "1900-02-29", ""};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(date_valid(wrong[i]));
}

static void levels_have_names(void **state)
{
    (void)state;
    assert_int_equal(level_parse(NULL), 0);
    assert_int_equal(level_parse("county"), 6);
    assert_int_equal(level_parse("12"), 12);
    assert_int_equal(level_parse("5"), -1);
    assert_string_equal(level_name(9), "township");
    assert_null(level_name(5));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_are_read),
        cmocka_unit_test(periods_have_an_order),
        cmocka_unit_test(the_nearest_word_is_suggested),
        cmocka_unit_test(text_is_cleaned),
        cmocka_unit_test(json_numbers),
        cmocka_unit_test(figures_show_their_bounds),
        cmocka_unit_test(options_are_parsed),
        cmocka_unit_test(wrong_options_are_named),
        cmocka_unit_test(dates_exist),
        cmocka_unit_test(levels_have_names),
    };
    return cmocka_run_group_tests_name("cli: words", tests, NULL, NULL);
}
