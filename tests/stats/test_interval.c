/* test_interval.c — bounds of reported figures and their arithmetic. */
#include "tests/stats/close.h"
#include "stats/stats.h"

static void assert_interval(struct interval got, double value, double low, double high)
{
    assert_rel(got.value, value, 0);
    assert_rel(got.low, low, 0);
    assert_rel(got.high, high, 0);
}

static void bounds(void **state)
{
    (void)state;
    assert_interval(interval_of(600, NAN, NAN, STATS_EXACT, 1), 600, 600, 600);
    assert_interval(interval_of(600, NAN, NAN, STATS_ABOUT, 1), 600, 600, 600);
    assert_interval(interval_of(600, NAN, NAN, STATS_ABOVE, 1), 600, 600, INFINITY);
    assert_interval(interval_of(600, NAN, NAN, STATS_BELOW, 1), 600, 0, 600);
    assert_interval(interval_of(600, NAN, NAN, STATS_BELOW, 0), 600, -INFINITY, 600);
    assert_interval(interval_of(0, NAN, NAN, STATS_BELOW, 1), 0, 0, 0);
    assert_interval(interval_of(-5, NAN, NAN, STATS_BELOW, 1), -5, -INFINITY, -5);
    assert_interval(interval_of(40000, 30000, 50000, STATS_RANGE, 1), 40000, 30000, 50000);
    assert_interval(interval_of(40000, 50000, 30000, STATS_RANGE, 1), 40000, 30000, 50000);
    assert_interval(interval_of(NAN, 3, 5, STATS_RANGE, 0), 4, 3, 5);
    assert_interval(interval_of(NAN, 1e308, 1.5e308, STATS_RANGE, 0), 1.25e308, 1e308, 1.5e308);
    assert_interval(interval_of(7, NAN, 5, STATS_RANGE, 0), 7, 7, 7);
    assert_interval(interval_of(NAN, NAN, NAN, STATS_RANGE, 0), NAN, NAN, NAN);
    assert_interval(interval_of(NAN, 1, 2, STATS_ABOVE, 0), NAN, NAN, NAN);
    assert_interval(interval_of(1, 1, 1, (enum stats_bound)99, 0), NAN, NAN, NAN);
}

static void addition(void **state)
{
    (void)state;
    struct interval range = {4, 3, 5}, above = {600, 600, INFINITY}, below = {10, -INFINITY, 10};
    struct interval missing = {NAN, NAN, NAN}, exact = {1, 1, 1};
    assert_interval(interval_add(range, exact), 5, 4, 6);
    assert_interval(interval_add(range, above), 604, 603, INFINITY);
    assert_interval(interval_add(above, below), 610, -INFINITY, INFINITY);
    assert_interval(interval_add(range, missing), NAN, NAN, NAN);
    assert_interval(interval_add(missing, range), NAN, NAN, NAN);
    assert_interval(interval_add(exact, (struct interval){2, NAN, NAN}), 3, -INFINITY, INFINITY);
    assert_interval(interval_add((struct interval){1, -INFINITY, INFINITY}, (struct interval){1, INFINITY, -INFINITY}),
                    2, -INFINITY, INFINITY);
}

static void scaling(void **state)
{
    (void)state;
    struct interval range = {4, 3, 5}, above = {600, 600, INFINITY};
    assert_interval(interval_scale(range, 2), 8, 6, 10);
    assert_interval(interval_scale(range, -1), -4, -5, -3);
    assert_interval(interval_scale(above, -1), -600, -INFINITY, -600);
    assert_interval(interval_scale(above, 0), 0, 0, 0);
    assert_interval(interval_scale(range, NAN), NAN, NAN, NAN);
    assert_interval(interval_scale((struct interval){NAN, NAN, NAN}, 2), NAN, NAN, NAN);
}

/* Whatever true values lie in the inputs, their sum and multiple lie in the result. */
static void enclosure(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 1000; i++) {
        double low = floor(random_next(&seed) * 2000 - 1000), width = floor(random_next(&seed) * 100);
        double other = floor(random_next(&seed) * 2000 - 1000), factor = floor(random_next(&seed) * 20 - 10);
        double at = low + floor(random_next(&seed) * width);
        struct interval a = {at, low, low + width}, b = {other, other, other};
        struct interval sum = interval_scale(interval_add(a, b), factor);
        double truth = factor * (at + other);
        assert_true(sum.low <= truth && truth <= sum.high);
        assert_rel(sum.value, truth, 0);
        struct interval back = interval_add(b, a), forth = interval_add(a, b);
        assert_interval(back, forth.value, forth.low, forth.high);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds),
        cmocka_unit_test(addition),
        cmocka_unit_test(scaling),
        cmocka_unit_test(enclosure),
    };
    return cmocka_run_group_tests_name("stats/interval", tests, NULL, NULL);
}
