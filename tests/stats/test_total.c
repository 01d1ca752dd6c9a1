/* test_total.c — compensated sums of intervals. */
#include "tests/stats/close.h"
#include "stats/stats.h"

#include <float.h>
#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct interval exact(double value)
{
    return interval_of(value, NAN, NAN, STATS_EXACT, 0);
}

static double sum_of(const double *values, size_t n)
{
    struct interval intervals[16];
    assert_true(n <= COUNT(intervals));
    for (size_t i = 0; i < n; i++)
        intervals[i] = exact(values[i]);
    struct total total;
    assert_int_equal(stats_total(intervals, n, &total), E_OK);
    return total.sum.value;
}

static void cancellation(void **state)
{
    (void)state;
    /* the naive sum of each of these loses everything but the large terms */
    assert_rel(sum_of((double[]){1, 1e100, 1, -1e100}, 4), 2, 0);
    assert_rel(sum_of((double[]){1e16, 1, 1, -1e16}, 4), 2, 0);
    assert_rel(sum_of((double[]){0.1, 0.2, 0.3, 0.1, 0.2, 0.1}, 6), 1.0, DBL_EPSILON);
    struct interval *tenths = calloc(1000000, sizeof *tenths);
    assert_non_null(tenths);
    for (size_t i = 0; i < 1000000; i++)
        tenths[i] = exact(0.1);
    struct total total;
    assert_int_equal(stats_total(tenths, 1000000, &total), E_OK);
    free(tenths);
    assert_rel(total.sum.value, 100000, 0);
    assert_rel(total.sum.low, 100000, 0);
    assert_int_equal(total.n, 1000000);
}

static void bounds_propagate(void **state)
{
    (void)state;
    struct interval values[] = {exact(10), interval_of(600, NAN, NAN, STATS_ABOVE, 1), {NAN, NAN, NAN},
                                interval_of(NAN, 3, 5, STATS_RANGE, 1)};
    struct total total;
    assert_int_equal(stats_total(values, COUNT(values), &total), E_OK);
    assert_int_equal(total.n, 3);
    assert_int_equal(total.missing, 1);
    assert_rel(total.sum.value, 614, 0);
    assert_rel(total.sum.low, 613, 0);
    assert_rel(total.sum.high, INFINITY, 0);

    struct interval unknown[] = {exact(1), {2, NAN, NAN}, interval_of(3, NAN, NAN, STATS_BELOW, 0)};
    assert_int_equal(stats_total(unknown, COUNT(unknown), &total), E_OK);
    assert_rel(total.sum.value, 6, 0);
    assert_rel(total.sum.low, -INFINITY, 0);
    assert_rel(total.sum.high, INFINITY, 0);
}

static void nothing_is_not_zero(void **state)
{
    (void)state;
    struct interval missing[] = {{NAN, NAN, NAN}, {NAN, 1, 2}};
    struct total total;
    assert_int_equal(stats_total(NULL, 0, &total), E_OK);
    assert_rel(total.sum.value, NAN, 0);
    assert_int_equal(total.n, 0);
    assert_int_equal(stats_total(missing, 2, &total), E_OK);
    assert_rel(total.sum.low, NAN, 0);
    assert_int_equal(total.missing, 2);
}

static void out_of_domain(void **state)
{
    (void)state;
    struct interval infinite = {INFINITY, -INFINITY, INFINITY}, outside = {5, 6, 7};
    struct interval large[] = {exact(DBL_MAX), exact(DBL_MAX)};
    struct total total;
    assert_int_equal(stats_total(&infinite, 1, &total), E_DOMAIN);
    assert_int_equal(stats_total(&outside, 1, &total), E_DOMAIN);
    assert_int_equal(stats_total(large, 2, &total), E_DOMAIN);
    assert_rel(total.sum.value, NAN, 0);
    /* overflow on the way only: the result is a double again */
    assert_rel(sum_of((double[]){DBL_MAX, DBL_MAX, -DBL_MAX, 1}, 4), DBL_MAX, 0);
    /* only an end overflows: it is unbounded then, the value stands */
    struct interval wide[] = {{0, -DBL_MAX, DBL_MAX}, {0, -DBL_MAX, DBL_MAX}};
    assert_int_equal(stats_total(wide, 2, &total), E_OK);
    assert_rel(total.sum.value, 0, 0);
    assert_rel(total.sum.low, -INFINITY, 0);
    assert_rel(total.sum.high, INFINITY, 0);
}

static void order_and_scale(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int round = 0; round < 200; round++) {
        double values[15], reversed[15], scaled[15];
        for (size_t i = 0; i < COUNT(values); i++) {
            values[i] = ldexp(random_next(&seed) - 0.5, (int)(random_next(&seed) * 40));
            reversed[COUNT(values) - 1 - i] = values[i];
            scaled[i] = values[i] * 1024;
        }
        double sum = sum_of(values, COUNT(values));
        assert_rel(sum_of(reversed, COUNT(values)), sum, 4 * DBL_EPSILON);
        assert_rel(sum_of(scaled, COUNT(values)), sum * 1024, 0);
    }
}

int main(void)
{
    stats_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cancellation),
        cmocka_unit_test(bounds_propagate),
        cmocka_unit_test(nothing_is_not_zero),
        cmocka_unit_test(out_of_domain),
        cmocka_unit_test(order_and_scale),
    };
    return cmocka_run_group_tests_name("stats/total", tests, NULL, NULL);
}
