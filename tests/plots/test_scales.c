/* Unit scaling, number labels and tick positions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "plots/scales.h"

#include <math.h>
#include <string.h>

static void label_is(double value, const char *unit, const char *want_label, const char *want_prefix)
{
    struct unit_scale scale;
    char out[NUMBER_LABEL];
    unit_scale_choose(&value, 1, unit, false, &scale);
    assert_string_equal(number_label(value, &scale, unit, out), want_label);
    assert_string_equal(scale.prefix, want_prefix);
}

static void test_one_number(void **state)
{
    (void)state;
    label_is(12345678, "元", "1,234.57", "万");
    label_is(23860000, "元", "2,386", "万");
    label_is(35000, "元", "3.5", "万");
    label_is(12907, "元", "12,907", "");       /* 1.29万 would lose what the source says */
    label_is(600, "户", "600", "");
    label_is(129.73, "亩", "129.73", "");
    label_is(1297300, "亩", "129.73", "万");
    label_is(4.5e9, "元", "45", "亿");
    label_is(1e15, "元", "1,000", "万亿");
    label_is(-250000, "人", "-25", "万");
    label_is(0, "人", "0", "");
    label_is(0.005, "公顷", "0.005", "");
    label_is(1.7e-9, "克", "1.7", "×10^-9 ");
    label_is(1e-300, NULL, "1", "×10^-300 ");
    label_is(123456.789, "%", "123,457", "");
    label_is(123456.789, "万元", "123,457", "");
    label_is(250000, NULL, "25", "万");
}

static void test_one_scale_for_all(void **state)
{
    (void)state;
    double values[] = {3.5e8, 4200, NAN, INFINITY, 0, 2.25e8};
    struct unit_scale scale;
    char out[NUMBER_LABEL];
    unit_scale_choose(values, 6, "元", false, &scale);
    assert_string_equal(scale.prefix, "亿");
    assert_int_equal(scale.decimals, 2);
    assert_string_equal(number_label(values[0], &scale, "元", out), "3.50");
    assert_string_equal(number_label(values[1], &scale, "元", out), "4,200元");   /* not 0.00 */
    assert_string_equal(number_label(values[4], &scale, "元", out), "0.00");
    assert_string_equal(number_label(3e-7, &scale, "元", out), "3e-7元");
    assert_string_equal(number_label(-321000, &scale, "元", out), "-32.1万元");
    double none[] = {NAN, -INFINITY};
    unit_scale_choose(none, 2, "元", false, &scale);
    assert_true(scale.factor == 1 && scale.decimals == 0);
}

static void test_grouping(void **state)
{
    (void)state;
    char out[NUMBER_LABEL];
    assert_string_equal(number_grouped(1234567.5, 1, out), "1,234,567.5");
    assert_string_equal(number_grouped(-999, 0, out), "-999");
    assert_string_equal(number_grouped(-0.001, 2, out), "0.00");
    assert_string_equal(number_grouped(100000, 0, out), "100,000");
    assert_true(strlen(number_grouped(1e300, 2, out)) < NUMBER_LABEL);
    assert_true(strlen(number_grouped(-1.7e308, 15, out)) < NUMBER_LABEL);
}

static void ticks_are(double low, double high, int wanted, double first, double step, int count, int decimals)
{
    struct ticks ticks = ticks_choose(low, high, wanted);
    assert_true(fabs(ticks.step - step) <= 1e-9 * step);
    assert_true(fabs(ticks.first - first) <= 1e-9 * step);
    assert_int_equal(ticks.count, count);
    assert_int_equal(ticks.decimals, decimals);
}

static void test_ticks(void **state)
{
    (void)state;
    ticks_are(0, 10, 5, 0, 2, 6, 0);
    ticks_are(0, 1, 5, 0, 0.2, 6, 1);
    ticks_are(0, 2415.6, 5, 0, 500, 5, 0);
    ticks_are(-9876, 12345, 5, -5000, 5000, 4, 0);
    ticks_are(0.31, 0.39, 4, 0.32, 0.02, 4, 2);
    ticks_are(0, 1e-9, 4, 0, 2e-10, 6, 10);
    ticks_are(0, 1e15, 4, 0, 2e14, 6, 0);
    struct ticks ticks = ticks_choose(0, 1, 10);
    assert_true(tick_at(&ticks, 3) == 3 * 0.1);   /* 0.30000000000000004 is how 3 * 0.1 is written, not a sum's drift */
    assert_int_equal(ticks_choose(5, 5, 4).count, 1);
    assert_int_equal(ticks_choose(NAN, 5, 4).count, 1);
    assert_int_equal(ticks_choose(0, INFINITY, 4).count, 1);
}

/* For every magnitude: a step of 1, 2 or 5, ticks inside, and neither too few nor too many. */
static void test_ticks_everywhere(void **state)
{
    (void)state;
    for (int magnitude = -9; magnitude <= 15; magnitude++)
        for (double lead = 1; lead < 10; lead += 0.37)
            for (int wanted = 2; wanted < 9; wanted++) {
                double high = lead * pow(10, magnitude);
                struct ticks ticks = ticks_choose(0, high, wanted);
                double mantissa = ticks.step / pow(10, floor(log10(ticks.step) + 1e-9));
                assert_true(fabs(mantissa - 1) < 1e-6 || fabs(mantissa - 2) < 1e-6 || fabs(mantissa - 5) < 1e-6);
                assert_in_range(ticks.count, 2, 2 * (uintmax_t)wanted + 1);
                assert_true(tick_at(&ticks, ticks.count - 1) <= high * (1 + 1e-6));
                assert_true(tick_at(&ticks, ticks.count) > high * (1 - 1e-6));
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_number), cmocka_unit_test(test_one_scale_for_all), cmocka_unit_test(test_grouping),
        cmocka_unit_test(test_ticks), cmocka_unit_test(test_ticks_everywhere),
    };
    return cmocka_run_group_tests_name("plots/scales", tests, NULL, NULL);
}
