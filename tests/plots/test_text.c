/* Text: widths, wrapping, cleaning, what happens without a glyph; and labels kept apart. Needs fonts-wqy-microhei. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "plots/chart.h"
#include "plots/text.h"

#include <math.h>
#include <string.h>

static struct arena arena;

static struct text *opened(const char *family)
{
    struct text *text;
    struct error error = {0};
    assert_int_equal(text_open(family, &text, &error), E_OK);
    return text;
}

static void test_width(void **state)
{
    (void)state;
    struct text *text = opened(NULL);
    assert_true(fabs(text_width(text, "沿河县", 14, false) - 42) < 1e-9);   /* an em each */
    assert_true(fabs(text_width(text, "沿河", 28, false) - 4 * text_width(text, "沿", 14, false)) < 1e-9);
    assert_true(text_width(text, "1,234.57", 14, false) < 70);
    assert_true(text_width(text, "沿河县", 14, true) > 42);
    assert_true(text_width(text, "", 14, false) == 0);
    assert_int_equal(text_status(text, NULL), E_OK);
    text_close(text);
}

static void test_wrap(void **state)
{
    (void)state;
    const char *const *lines;
    struct text *text = opened(NULL);
    assert_int_equal(text_wrap(text, &arena, "沿河土家族自治县", 10, false, 80, 2, &lines), 1);
    assert_int_equal(text_wrap(text, &arena, "沿河土家族自治县", 10, false, 50, 2, &lines), 2);
    assert_string_equal(lines[0], "沿河土家族");
    assert_string_equal(lines[1], "自治县");
    assert_int_equal(text_wrap(text, &arena, "沿河土家族自治县", 10, false, 35, 2, &lines), 2);
    assert_string_equal(lines[1], "家族…");
    assert_int_equal(text_wrap(text, &arena, "沿河，印江", 10, false, 20, 3, &lines), 3);   /* no line begins with a comma */
    assert_string_equal(lines[0], "沿");
    assert_string_equal(lines[1], "河，");
    assert_int_equal(text_wrap(text, &arena, "gross domestic product", 10, false, 80, 3, &lines), 2);
    assert_string_equal(lines[0], "gross domestic");
    assert_string_equal(lines[1], "product");
    assert_int_equal(text_wrap(text, &arena, "", 10, false, 80, 3, &lines), 0);
    assert_int_equal(text_wrap(text, &arena, "沿河", 10, false, 1, 5, &lines), 2);   /* one character at least */
    text_close(text);
    arena_reset(&arena);
}

/* However long and narrow: no line is wider than asked for (a single character excepted). */
static void test_wrap_widths(void **state)
{
    (void)state;
    const char *const *lines;
    char label[2000] = "";
    struct text *text = opened(NULL);
    for (int i = 0; i < 40; i++)
        strcat(label, i % 3 == 0 ? "regional-product " : i % 3 == 1 ? "地区生产总值，" : "2020年（万元）");
    for (double width = 20; width < 400; width += 13)
        for (size_t most = 1; most < 5; most++) {
            size_t n = text_wrap(text, &arena, label, 12, false, width, most, &lines);
            assert_in_range(n, 1, most);
            for (size_t i = 0; i < n; i++)
                assert_true(text_width(text, lines[i], 12, false) <= width + 1e-9);
        }
    text_close(text);
    arena_reset(&arena);
}

static void test_clean(void **state)
{
    (void)state;
    assert_string_equal(text_clean(&arena, "a\tb\n\r c\x1b[31m"), "a b c [31m");
    assert_string_equal(text_clean(&arena, "  沿河\xE2\x80\xAE县\xE2\x80\x8B \n"), "沿河县");   /* U+202E, U+200B */
    assert_string_equal(text_clean(&arena, "a\xff\xc3z"), "a??z");
    assert_string_equal(text_clean(&arena, ""), "");
    arena_reset(&arena);
}

static void test_missing_glyph(void **state)
{
    (void)state;
    struct error error = {0};
    struct text *text = opened(NULL);
    text_width(text, "沿\U0010FFFD\U0010FFFC", 12, false);
    assert_int_equal(text_status(text, &error), E_FONT);
    assert_string_equal(error.text, "no installed font has the character \U0010FFFD (U+10FFFD); install the package "
                                    "fonts-noto-core (for Chinese: fonts-noto-cjk), or leave it out");
    text_close(text);
    text = opened(NULL);
    text_width(text, "\U0003FFFD", 12, false);
    assert_int_equal(text_status(text, &error), E_FONT);
    assert_string_equal(error.text, "no installed font has the character \U0003FFFD (U+3FFFD); install the package "
                                    "fonts-wqy-microhei or fonts-noto-cjk");
    text_close(text);
}

static void test_families(void **state)
{
    (void)state;
    struct error error = {0};
    struct text *text;
    assert_int_equal(text_open("No Such Family", &text, &error), E_FONT);
    assert_null(text);
    assert_string_equal(error.text, "the font family \"No Such Family\" is not installed; `fc-list : family` lists those that are");
    text = opened("wenquanyi micro hei");
    assert_true(fabs(text_width(text, "县", 10, false) - 10) < 1e-9);
    text_close(text);
}

static void test_spread(void **state)
{
    (void)state;
    double heights[] = {10, 10, 10, 10}, out[4];
    labels_spread((double[]){20, 50, 80, 110}, heights, out, 4, 0, 200);   /* nothing to do */
    assert_true(out[0] == 20 && out[3] == 110);
    labels_spread((double[]){50, 50, 50, 50}, heights, out, 4, 0, 200);    /* around the wish */
    for (int i = 0; i < 4; i++)
        assert_true(fabs(out[i] - (35 + 10 * i)) < 1e-9);
    labels_spread((double[]){0, 1, 150, 151}, heights, out, 4, 0, 200);    /* kept inside */
    assert_true(fabs(out[0] - 5) < 1e-9 && fabs(out[1] - 15) < 1e-9 && fabs(out[2] - 145.5) < 1e-9);
    labels_spread((double[]){199, 199, 199, 199}, heights, out, 4, 0, 200);
    assert_true(fabs(out[3] - 195) < 1e-9 && fabs(out[0] - 165) < 1e-9);
    labels_spread((double[]){5, 5, 5, 5}, heights, out, 4, 0, 20);         /* no room: still no overlap */
    for (int i = 1; i < 4; i++)
        assert_true(out[i] - out[i - 1] >= 10 - 1e-9);
}

static void test_geometry(void **state)
{
    (void)state;
    struct box box = {10, 10, 20, 10};
    assert_true(box_meets_segment(box, (struct point){0, 0}, (struct point){40, 30}));
    assert_true(box_meets_segment(box, (struct point){12, 12}, (struct point){13, 13}));
    assert_false(box_meets_segment(box, (struct point){0, 0}, (struct point){5, 30}));
    assert_false(box_meets_segment(box, (struct point){0, 25}, (struct point){40, 25}));
    assert_true(boxes_overlap(box, (struct box){29, 19, 5, 5}));
    assert_false(boxes_overlap(box, (struct box){30, 10, 5, 5}));
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_width), cmocka_unit_test(test_wrap), cmocka_unit_test(test_wrap_widths),
        cmocka_unit_test(test_clean), cmocka_unit_test(test_missing_glyph), cmocka_unit_test(test_families),
        cmocka_unit_test(test_spread), cmocka_unit_test(test_geometry),
    };
    return cmocka_run_group_tests_name("plots/text", tests, NULL, teardown);
}
