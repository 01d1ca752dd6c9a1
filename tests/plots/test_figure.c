/* Whole figures: geometry read back from the SVG, the other formats' heads, determinism, errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "plots/plot.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct mark exact(const char *label, double value)
{
    return (struct mark){.label = label, .value = value, .low = value, .high = value};
}

static char *drawn(const struct figure *figure, enum figure_format format, size_t *size)
{
    char *bytes;
    size_t own;
    struct error error = {0};
    int code = figure_draw(figure, format, &bytes, size != NULL ? size : &own, &error);
    if (code != E_OK)
        fail_msg("%s", error.text);
    return bytes;
}

static void fails(const struct figure *figure, enum figure_format format, int want_code, const char *want_text)
{
    char *bytes = (char *)1;
    size_t size = 1;
    struct error error = {0};
    assert_int_equal(figure_draw(figure, format, &bytes, &size, &error), want_code);
    assert_null(bytes);
    assert_int_equal(size, 0);
    assert_string_equal(error.text, want_text);
}

/* The next element whose class begins so, after *at; its start, or NULL. *at moves on. */
static const char *element(const char **at, const char *class)
{
    char wanted[64];
    snprintf(wanted, sizeof wanted, " class=\"%s", class);
    const char *found = strstr(*at, wanted);
    if (found == NULL)
        return NULL;
    *at = found + strlen(wanted);
    return found;
}

static double attribute(const char *start, const char *name)
{
    char wanted[32];
    snprintf(wanted, sizeof wanted, " %s=\"", name);
    const char *found = strstr(start, wanted);
    assert_non_null(found);
    assert_true(found < strchr(start, '>'));
    return strtod(found + strlen(wanted), NULL);
}

static size_t count_of(const char *text, const char *what)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, what)) != NULL; at++)
        n++;
    return n;
}

static void test_bar_lengths(void **state)
{
    (void)state;
    static const size_t counts[] = {1, 5, 30, 120};
    struct mark marks[120];
    char labels[120][32];
    for (size_t c = 0; c < 4; c++) {
        size_t n = counts[c];
        for (size_t i = 0; i < n; i++) {
            snprintf(labels[i], sizeof labels[i], "第%zu乡", i);
            marks[i] = exact(labels[i], 23860000.0 * (double)(n - i) / (double)n);
        }
        struct figure figure = {.type = FIGURE_BAR, .title = "投入", .unit = "元", .marks = marks, .mark_count = n};
        char *svg = drawn(&figure, FIGURE_SVG, NULL);
        const char *at = svg, *bar;
        double width = 0, zero = 0, last_y = 0;
        for (size_t i = 0; i < n; i++) {
            assert_non_null(bar = element(&at, "bar\""));
            if (i == 0) {
                width = attribute(bar, "width");
                zero = attribute(bar, "x");
                assert_true(width > 300);
            }
            assert_true(fabs(attribute(bar, "x") - zero) <= 0.5);
            assert_true(fabs(attribute(bar, "width") - width * (double)(n - i) / (double)n) <= 0.5);
            assert_true(i == 0 || attribute(bar, "y") >= last_y + attribute(bar, "height"));
            last_y = attribute(bar, "y");
        }
        assert_null(element(&at, "bar\""));
        double height = attribute(strstr(svg, "<svg"), "height");
        assert_true(last_y < height && height < 100 + 45 * (double)n + 100);
        assert_int_equal(count_of(svg, "class=\"value\""), n);
        free(svg);
    }
}

static void test_bar_order(void **state)
{
    (void)state;
    struct mark marks[] = {exact("甲", 1), exact("乙", NAN), exact("丙", 3), exact("丁", 2), exact("戊", 3)};
    struct figure figure = {.type = FIGURE_BAR, .unit = "户", .marks = marks, .mark_count = 5};
    char *svg = drawn(&figure, FIGURE_SVG, NULL);
    static const char *const sorted[] = {">丙</text>", ">戊</text>", ">丁</text>", ">甲</text>", ">乙</text>"};
    const char *at = svg;
    for (int i = 0; i < 5; i++)
        assert_non_null(at = strstr(at, sorted[i]));
    free(svg);
    figure.keep_order = true;
    svg = drawn(&figure, FIGURE_SVG, NULL);
    static const char *const given[] = {">甲</text>", ">乙</text>", ">丙</text>", ">丁</text>", ">戊</text>"};
    at = svg;
    for (int i = 0; i < 5; i++)
        assert_non_null(at = strstr(at, given[i]));
    free(svg);
}

static void test_bar_signs(void **state)
{
    (void)state;
    struct mark marks[] = {
        {.label = "下限", .value = 600, .low = 600, .high = INFINITY},
        {.label = "上限", .value = 500, .low = 0, .high = 500},
        {.label = "区间", .value = 350, .low = 300, .high = 400},
        {.label = "约数", .value = 200, .low = 200, .high = 200, .about = true},
        {.label = "计划", .value = 100, .low = 100, .high = 100, .planned = true},
        {.label = "负数", .value = -50, .low = -50, .high = -50},
        {.label = "缺失", .value = NAN, .low = NAN, .high = NAN},
    };
    struct figure figure = {.type = FIGURE_BAR, .unit = "户", .marks = marks, .mark_count = 7};
    char *svg = drawn(&figure, FIGURE_SVG, NULL);
    static const char *const titles[] = {
        "class=\"bar\"",         "<title>下限：≥600户</title>",     "class=\"bar below\"",   "<title>上限：≤500户</title>",
        "class=\"bar\"",         "<title>区间：300–400户</title>",  "class=\"whisker\"",     "<title>约数：约200户</title>",
        "class=\"bar planned\"", "<title>计划：100户（计划）</title>", "<title>负数：-50户</title>", "class=\"missing\"",
        "<title>缺失：缺</title>",
        ">说明：≥、≤ 与箭头：只知下限、只知上限；须线：上下限；约：概数；空心：计划数；缺：无数据</text>",
    };
    const char *at = svg;
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if ((at = strstr(at, titles[i])) == NULL)
            fail_msg("not found, or not in this order: %s", titles[i]);
    assert_int_equal(count_of(svg, "class=\"arrow\""), 2);
    at = svg;
    double zero = 0;
    const char *bar = element(&at, "bar\"");
    zero = attribute(bar, "x");
    while (strstr(at, "负数：") != NULL && (bar = element(&at, "bar\"")) != NULL && attribute(bar, "x") >= zero - 0.5)
        ;
    assert_true(fabs(attribute(bar, "x") + attribute(bar, "width") - zero) <= 0.5);   /* backwards from the same zero */
    free(svg);
}

static void test_svg_frame(void **state)
{
    (void)state;
    struct mark mark = exact("a<b & \"c\"\n\td", 3.5e8);
    struct figure figure = {.type = FIGURE_BAR, .title = "收入 <2020> & 其他", .subtitle = "按县", .source_note = "公报",
                            .unit = "元", .marks = &mark, .mark_count = 1, .width = 600, .height = 240};
    char *svg = drawn(&figure, FIGURE_SVG, NULL);
    assert_int_equal(strncmp(svg, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", 39), 0);
    assert_non_null(strstr(svg, " width=\"600\" height=\"240\" viewBox=\"0 0 600 240\""));
    assert_non_null(strstr(svg, "<title>收入 &lt;2020&gt; &amp; 其他</title>"));
    assert_non_null(strstr(svg, "<desc>按县　单位：亿元　来源：公报</desc>"));
    assert_non_null(strstr(svg, "class=\"background\" x=\"0\" y=\"0\" width=\"600\" height=\"240\""));
    assert_non_null(strstr(svg, "<title>a&lt;b &amp; &quot;c&quot; d：3.5亿元</title>"));
    assert_string_equal(svg + strlen(svg) - 12, "</g>\n</svg>\n");
    assert_null(strstr(svg, "libplot"));
    free(svg);
}

static struct figure sample(struct mark marks[4])
{
    for (int i = 0; i < 4; i++) {
        marks[i] = exact(i % 2 ? "2019" : "2018", 12.5 + i);
        marks[i].x = 2018 + i % 2;
        marks[i].series = i < 2 ? "沿河县" : "印江县";
    }
    return (struct figure){.type = FIGURE_LINE, .title = "Income", .unit = "万元", .marks = marks, .mark_count = 4};
}

static void test_same_bytes(void **state)
{
    (void)state;
    for (int type = 0; type < FIGURE_TYPE_COUNT; type++)
        for (int format = FIGURE_SVG; format < FIGURE_FORMAT_COUNT; format++) {
            struct mark marks[4];
            struct figure figure = sample(marks);
            figure.type = (enum figure_type)type;
            if (figure_type_shape(figure.type) == SHAPE_PLACES)
                continue;   /* need a map; tests/cli/charts.bats draws them twice */
            size_t sizes[2];
            char *first = drawn(&figure, (enum figure_format)format, &sizes[0]);
            if (format == FIGURE_PS)   /* the PostScript driver would write the second */
                nanosleep(&(struct timespec){1, 10000000}, NULL);
            setlocale(LC_ALL, format == FIGURE_SVG ? "de_DE.UTF-8" : "C.UTF-8");
            char *second = drawn(&figure, (enum figure_format)format, &sizes[1]);
            setlocale(LC_ALL, "C");
            assert_int_equal(sizes[0], sizes[1]);
            assert_memory_equal(first, second, sizes[0]);
            free(first);
            free(second);
        }
}

static uint32_t big_endian(const char *bytes)
{
    const unsigned char *b = (const unsigned char *)bytes;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static void test_png(void **state)
{
    (void)state;
    struct mark marks[4];
    size_t size;
    struct figure figure = sample(marks);
    figure.width = 500;
    figure.height = 320;
    char *png = drawn(&figure, FIGURE_PNG, &size);
    assert_true(size > 1000);
    assert_memory_equal(png, "\x89PNG\r\n\x1a\n", 8);
    assert_memory_equal(png + 12, "IHDR", 4);
    assert_int_equal(big_endian(png + 16), 500);
    assert_int_equal(big_endian(png + 20), 320);
    assert_memory_equal(png + size - 8, "IEND", 4);
    assert_null(memmem(png, size, "tIME", 4));
    free(png);
}

static void test_ps(void **state)
{
    (void)state;
    struct mark marks[4];
    size_t size;
    struct figure figure = sample(marks);
    figure.width = 500;
    figure.height = 320;
    char *ps = drawn(&figure, FIGURE_PS, &size);
    assert_memory_equal(ps, "%!PS-Adobe-3.0 EPSF-3.0\n", 24);
    assert_non_null(memmem(ps, size, "\n%%BoundingBox: 0 0 375 240\n", 28));
    assert_non_null(memmem(ps, size, "\n%%Title: Income\n", 17));
    assert_null(memmem(ps, size, "CreationDate", 12));
    for (size_t i = 0; i < size; i++)
        assert_true((unsigned char)ps[i] < 0x80);
    /* the holes of glyphs are holes: their contours stand in one path */
    assert_non_null(memmem(ps, size, "\nH\nifill\nEnd\n", 13));
    assert_null(memmem(ps, size, "2 setlinecap", 12));
    free(ps);
}

static void test_line_gaps(void **state)
{
    (void)state;
    struct mark marks[7];
    static const char *const years[] = {"2014", "2015", "2016", "2017", "2018", "2019", "2020"};
    for (int i = 0; i < 7; i++) {
        marks[i] = exact(years[i], i == 2 ? NAN : 10 + i);
        marks[i].x = 2014 + i;
    }
    marks[6].planned = true;
    struct figure figure = {.type = FIGURE_LINE, .unit = "万元", .marks = marks, .mark_count = 7};
    char *svg = drawn(&figure, FIGURE_SVG, NULL);
    assert_int_equal(count_of(svg, "class=\"line\""), 2);           /* 2014–2015, 2017–2019 */
    assert_int_equal(count_of(svg, "class=\"line planned\""), 1);   /* 2019–2020 */
    assert_int_equal(count_of(svg, "class=\"point\""), 5);
    assert_int_equal(count_of(svg, "class=\"point planned\""), 1);
    assert_int_equal(count_of(svg, "class=\"missing\""), 1);
    assert_int_equal(count_of(svg, "class=\"period\""), 7);
    /* points stand where their time and value say: equal steps in both */
    const char *at = svg, *a = element(&at, "point\""), *b = element(&at, "point\""), *c = element(&at, "point\"");
    double dx = attribute(b, "cx") - attribute(a, "cx"), dy = attribute(b, "cy") - attribute(a, "cy");
    assert_true(dx > 20 && dy < 0);
    assert_true(fabs(attribute(c, "cx") - attribute(a, "cx") - 3 * dx) < 0.5);
    assert_true(fabs(attribute(c, "cy") - attribute(a, "cy") - 3 * dy) < 0.5);
    free(svg);
}

/* Drawn, or refused with a reason by those types that cannot hold such data. */
static void drawn_or_refused(const struct figure *figure, enum figure_format format)
{
    char *bytes;
    size_t size;
    struct error error = {0};
    int code = figure_draw(figure, format, &bytes, &size, &error);
    bool picky = figure->type == FIGURE_SLOPE || figure->type == FIGURE_PYRAMID || figure->type == FIGURE_LORENZ || figure->type == FIGURE_AREA || figure->type == FIGURE_MAP || figure->type == FIGURE_TILE;
    if (code != E_OK && (code != E_DOMAIN || !picky || error.text[0] == '\0'))
        fail_msg("%s: %s", figure_type_name(figure->type), error.text);
    free(bytes);
}

/* Many series, many times, 200-character names, extreme values: readable or refused, never broken. */
static void test_extremes(void **state)
{
    (void)state;
    enum { N = 240 };
    struct mark marks[N];
    char labels[N][32], name[801] = "";
    for (int i = 0; i < 200; i++)
        strcat(name, "县");
    for (int i = 0; i < N; i++) {
        snprintf(labels[i], sizeof labels[i], "%d-%02d", 2000 + i / 12, i % 12 + 1);
        marks[i] = exact(labels[i], (i % 2 ? 1 : -1) * pow(10, i % 25 - 9));
        marks[i].x = 2000 + (i / 6) / 12.0;
        marks[i].series = i % 6 == 0 ? name : i % 6 == 1 ? "乙" : i % 6 == 2 ? "丙" : i % 6 == 3 ? "丁" : i % 6 == 4 ? "戊" : "己";
    }
    for (int type = 0; type < FIGURE_TYPE_COUNT; type++)
        for (int format = FIGURE_SVG; format < FIGURE_FORMAT_COUNT; format++) {
            struct figure figure = {.type = (enum figure_type)type, .title = name, .subtitle = name, .source_note = name,
                                    .unit = "元", .marks = marks, .mark_count = N};
            drawn_or_refused(&figure, (enum figure_format)format);
            figure.mark_count = 1;
            figure.width = 280;
            drawn_or_refused(&figure, (enum figure_format)format);
            struct mark kept = marks[0];
            marks[0].value = 0;   /* and nothing but zero */
            marks[0].low = marks[0].high = 0;
            drawn_or_refused(&figure, (enum figure_format)format);
            marks[0] = kept;
        }
}

static void test_errors(void **state)
{
    (void)state;
    struct mark missing[3] = {exact("甲", NAN), exact("乙", INFINITY), exact("丙", NAN)}, good = exact("甲", 1), bad = exact("甲\U0010FFFD", 1);
    struct figure figure = {.type = FIGURE_BAR, .unit = "户"};
    fails(&figure, FIGURE_SVG, E_DOMAIN, "nothing to draw: the figure has no marks");
    missing[1].low = missing[1].high = NAN;
    figure.marks = missing;
    figure.mark_count = 3;
    fails(&figure, FIGURE_PNG, E_DOMAIN, "nothing to draw: the values of all 3 marks are missing");
    figure.marks = &good;
    figure.mark_count = 1;
    figure.width = 100;
    fails(&figure, FIGURE_SVG, E_DOMAIN, "a figure 100 px wide cannot hold a chart; at least 280 px are needed");
    figure.width = 1e7;
    fails(&figure, FIGURE_SVG, E_DOMAIN, "drawing: a figure of 10000000 × 135 px is too large; choose fewer marks");
    figure.width = 0;
    figure.font = "No Such Family";
    fails(&figure, FIGURE_SVG, E_FONT, "the font family \"No Such Family\" is not installed; `fc-list : family` lists those that are");
    figure.font = NULL;
    figure.marks = &bad;
    fails(&figure, FIGURE_SVG, E_FONT, "no installed font has the character \U0010FFFD (U+10FFFD); install the package "
                                       "fonts-noto-core (for Chinese: fonts-noto-cjk), or leave it out");
    good.x = NAN;
    figure.marks = &good;
    figure.type = FIGURE_LINE;
    fails(&figure, FIGURE_SVG, E_DOMAIN, "nothing to draw: no mark has both a time and a value (1 of 1 have no time)");
    struct mark many[100];
    for (int i = 0; i < 100; i++)
        many[i] = exact("甲", i);
    figure = (struct figure){.type = FIGURE_BAR, .marks = many, .mark_count = 100, .width = 300, .height = 500};
    fails(&figure, FIGURE_SVG, E_DOMAIN, "100 bars do not fit: the figure would have to be 662 px higher, or have no height set");
}

/* A height that is given is kept: labels give way, and where nothing gives, the message says how much is wanting. */
static void test_given_height(void **state)
{
    (void)state;
    static const char *const names[] = {"沿河土家族自治县", "松桃苗族自治县", "玉屏侗族自治县", "印江土家族苗族自治县", "德江县", "思南县"};
    struct mark marks[12];
    for (int i = 0; i < 12; i++) {
        marks[i] = exact(i % 2 ? "2020" : "2019", 10 + i / 2.0);
        marks[i].series = names[i / 2];
        marks[i].x = 2019 + i % 2;
    }
    struct figure figure = {.type = FIGURE_LINE, .unit = "万元", .marks = marks, .mark_count = 12, .width = 400, .height = 260};
    char *svg = drawn(&figure, FIGURE_SVG, NULL);
    assert_int_equal(count_of(svg, "class=\"name\""), 6);   /* one line each */
    assert_non_null(strstr(svg, "…</text>"));
    free(svg);
    figure.height = 0;
    svg = drawn(&figure, FIGURE_SVG, NULL);
    assert_true(count_of(svg, "class=\"name\"") > 6);
    free(svg);
    figure.height = 200;   /* not all names fit: the note says so */
    svg = drawn(&figure, FIGURE_SVG, NULL);
    assert_true(count_of(svg, "class=\"name\"") < 6);
    assert_non_null(strstr(svg, "名称未全部标出"));
    free(svg);
    figure.height = 130;
    fails(&figure, FIGURE_SVG, E_DOMAIN, "the figure would have to be 29 px higher to hold a line chart, or have no height set");
}

static void test_names(void **state)
{
    (void)state;
    enum figure_format format;
    struct error error = {0};
    assert_int_equal(figure_format_of("a/b.SVG", &format, &error), E_OK);
    assert_int_equal(format, FIGURE_SVG);
    assert_int_equal(figure_format_of("b.eps", &format, &error), E_OK);
    assert_int_equal(format, FIGURE_PS);
    assert_int_equal(figure_format_of("b.png", &format, &error), E_OK);
    assert_int_equal(format, FIGURE_PNG);
    assert_int_equal(figure_format_of("b.jpg", &format, &error), E_USAGE);
    assert_string_equal(error.text, "b.jpg: the chart's format is chosen by the name's ending: .svg, .png, .pdf, .eps or .ps");
    assert_int_equal(figure_format_of(".svg", &format, &error), E_USAGE);
    assert_int_equal(figure_type_parse("line"), FIGURE_LINE);
    assert_int_equal(figure_type_parse("pie"), -1);
    assert_string_equal(figure_type_name(FIGURE_BAR), "bar");
    assert_non_null(figure_type_summary(FIGURE_LINE));
    assert_null(figure_type_name(FIGURE_TYPE_COUNT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bar_lengths), cmocka_unit_test(test_bar_order), cmocka_unit_test(test_bar_signs),
        cmocka_unit_test(test_svg_frame), cmocka_unit_test(test_same_bytes), cmocka_unit_test(test_png),
        cmocka_unit_test(test_ps), cmocka_unit_test(test_line_gaps), cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_errors), cmocka_unit_test(test_given_height), cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests_name("plots/figure", tests, NULL, NULL);
}
