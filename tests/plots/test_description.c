/* Figures as JSON: everything that a description says comes back when it is written, and what it cannot say is named by its path. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "plots/plot.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static struct arena arena;

static int release(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void read_figure(const char *json, struct figure *figure)
{
    struct error error = {0};
    if (figure_read(json, strlen(json), "f.json", &arena, figure, &error) != E_OK)
        fail_msg("%s", error.text);
}

static void test_all_members_come_back(void **state)
{
    (void)state;
    static const char JSON[] =
        "{\n  \"type\": \"scatter\",\n  \"title\": \"\\\"甲\\\" \\\\ 乙\\u0001\",\n  \"subtitle\": \"s\",\n  \"source\": \"来源\",\n  \"unit\": \"元\",\n"
        "  \"value_name\": \"收入\",\n  \"x_name\": \"人口\",\n  \"x_unit\": \"人\",\n  \"language\": \"en\",\n  \"arrangement\": \"percent\",\n"
        "  \"order\": \"given\",\n  \"map\": \"m.json\",\n  \"classes\": \"jenks\",\n  \"class_count\": 4,\n  \"highlight\": [\"甲\", \"乙\"],\n"
        "  \"references\": [{\"axis\": \"value\", \"label\": \"线\", \"value\": 3.5}, {\"axis\": \"x\", \"statistic\": \"median\"}],\n"
        "  \"size\": \"900x600\",\n  \"text\": \"outline\",\n  \"dpi\": 192,\n  \"font\": \"Sans\",\n  \"theme\": \"dark\",\n  \"data\": [\n"
        "    {\"label\": \"甲\", \"series\": \"a\", \"panel\": \"p\", \"code\": \"52\", \"x\": 2, \"value\": 3, \"low\": 2, \"high\": 4, \"unit\": \"元\", "
        "\"observation\": \"7\", \"source\": \"d\"},\n"
        "    {\"label\": \"乙\", \"x\": 1, \"value\": 3, \"bound\": \"above\", \"status\": \"planned\"},\n"
        "    {\"label\": \"丙\", \"x\": 1, \"value\": 3, \"bound\": \"below\", \"status\": \"estimated\"},\n"
        "    {\"label\": \"丁\", \"x\": 1, \"value\": 3, \"bound\": \"about\"},\n"
        "    {\"label\": \"戊\", \"x\": 1, \"value\": null}\n  ]\n}\n";
    struct figure figure;
    struct error error = {0};
    struct buffer out = {0};
    read_figure(JSON, &figure);
    assert_int_equal(figure.reference_count, 2);
    assert_true(figure.references[1].abscissa && figure.references[1].statistic == REFERENCE_MEDIAN);
    assert_true(isnan(figure.marks[4].value));
    assert_int_equal(figure_write(&figure, &out, &error), E_OK);
    assert_string_equal(out.bytes, JSON);
    buffer_free(&out);
}

static void test_sizes_come_back(void **state)
{
    (void)state;
    static const char *const sizes[] = {"a4", "slide", "web", "640x480"};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char json[128], want[64];
        struct figure figure;
        struct error error = {0};
        struct buffer out = {0};
        snprintf(json, sizeof json, "{\"type\":\"bar\",\"size\":\"%s\",\"data\":[]}", sizes[i]);
        snprintf(want, sizeof want, "\n  \"size\": \"%s\",\n", sizes[i]);
        read_figure(json, &figure);
        assert_int_equal(figure_write(&figure, &out, &error), E_OK);
        assert_non_null(strstr(out.bytes, want));
        buffer_free(&out);
    }
}

/* Where a period stands: at its end, a whole year at its number. */
static void test_periods(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double at;   /* NaN: no period */
    } cases[] = {
        {"2019", 2019}, {"2019年", 2019}, {"2019-06", 2018.5}, {"2019-12-31", 2019}, {"2019Q2", 2018.5}, {"2019q4", 2019}, {"2019Q5", NAN}, {"2019Q", NAN},
        {"2019Q12", NAN}, {"2019-13", NAN}, {"2019-00", NAN}, {"2019-6", NAN}, {"2019-06-1", NAN}, {"2019-06-32", NAN}, {"2019x", NAN}, {"19", NAN},
        {"2019-06-30x", NAN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char json[128];
        struct figure figure;
        snprintf(json, sizeof json, "{\"type\":\"line\",\"data\":[{\"label\":\"%s\",\"value\":1}]}", cases[i].text);
        read_figure(json, &figure);
        if (isnan(cases[i].at) ? !isnan(figure.marks[0].x) : !(fabs(figure.marks[0].x - cases[i].at) < 0.002))
            fail_msg("%s stands at %g, not %g", cases[i].text, figure.marks[0].x, cases[i].at);
    }
}

static void test_what_is_wrong_is_named(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"{\"type\":\"bar\"}", "f.json: $: \"data\" is missing: an array of {\"label\": …, \"value\": …}"},
        {"{\"data\":[]}", "f.json: $: \"type\" is missing; zhibiao plot --list shows the types"},
        {"{\"type\":\"bar\",\"data\":{}}", "f.json: $.data: an array of objects is wanted here, not an object"},
        {"{\"type\":\"bar\",\"data\":[],\"highlight\":\"a\"}", "f.json: $.highlight: an array of texts is wanted here, not a text"},
        {"{\"type\":\"bar\",\"data\":[],\"highlight\":[\"a\",1]}", "f.json: $.highlight: an array of texts is wanted here; element 1 is a number"},
        {"{\"type\":\"bar\",\"data\":[],\"references\":1}", "f.json: $.references: an array of objects is wanted here, not a number"},
        {"{\"type\":\"bar\",\"data\":[],\"references\":[{\"label\":\"x\"}]}", "f.json: $.references[0]: a \"value\" or a \"statistic\" (mean, median) is needed"},
        {"{\"type\":\"bar\",\"data\":[],\"theme\":\"pink\"}", "f.json: $.theme: \"light\", \"dark\" or a theme object is wanted here, not pink"},
        {"{\"type\":\"bar\",\"data\":[],\"theme\":7}", "f.json: $.theme: \"light\", \"dark\" or a theme object is wanted here, not a number"},
        {"{\"type\":\"bar\",\"data\":[],\"size\":7}", "f.json: $.size: a4, slide, web or WIDTHxHEIGHT is wanted here"},
        {"{\"type\":\"bar\",\"data\":[{\"value\":1e999}]}", "f.json: $.data[0].value: a number is too large for a double"},
        {"{\"type\":\"bar\",\"data\":[{\"value\":\"1\"}]}", "f.json: $.data[0].value: a number or null is wanted here, not a text"},
        {"{\"type\":\"bar\",\"data\":[{\"observation\":[]}]}", "f.json: $.data[0].observation: an observation's number or a text is wanted here, not an array"},
        {"{\"type\":\"bar\",\"data\":[{\"bound\":\"range\",\"low\":1}]}", "f.json: $.data[0]: a range needs \"low\" and \"high\""},
        {"{\"type\":\"bar\",\"data\":[{\"low\":2,\"high\":1}]}", "f.json: $.data[0]: \"low\" is above \"high\""},
        {"{\"type\":\"bar\",\"data\":[{\"value\":3,\"high\":1}]}", "f.json: $.data[0]: \"value\" lies outside of \"low\" and \"high\""},
        {"{\"type\":\"line\",\"data\":[{\"x\":true}]}", "f.json: $.data[0].x: a number or a period such as \"2019\", \"2019-06\" or \"2019Q2\" is wanted here"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct figure figure;
        struct error error = {0};
        int status = figure_read(cases[i][0], strlen(cases[i][0]), "f.json", &arena, &figure, &error);
        if (status != E_INPUT)
            fail_msg("%s: status %d", cases[i][0], status);
        assert_string_equal(error.text, cases[i][1]);
    }
}

static void test_observations_of_every_kind(void **state)
{
    (void)state;
    struct figure figure;
    read_figure("{\"type\":\"bar\",\"data\":[{\"observation\":12},{\"observation\":\"a.csv:3\"},{\"observation\":null}]}", &figure);
    assert_string_equal(figure.marks[0].observation, "12");
    assert_string_equal(figure.marks[1].observation, "a.csv:3");
    assert_null(figure.marks[2].observation);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_all_members_come_back, release),
        cmocka_unit_test_teardown(test_sizes_come_back, release),
        cmocka_unit_test_teardown(test_periods, release),
        cmocka_unit_test_teardown(test_what_is_wrong_is_named, release),
        cmocka_unit_test_teardown(test_observations_of_every_kind, release),
    };
    return cmocka_run_group_tests_name("plots/description", tests, NULL, NULL);
}
