/* test_position.c — ranks of other kinds, z-scores, indices and their bounds. */
#include "stats/position.h"
#include "tests/stats/refs.h"

static struct interval exact(double x)
{
    return (struct interval){x, x, x};
}

static void ranks_and_indices(void **state)
{
    (void)state;
    struct position p[5];
    const struct interval values[] = {exact(30), exact(10), exact(NAN), exact(30), exact(50)};
    assert_int_equal(stats_positions(values, 5, POSITION_NO_BASE, p), E_OK);
    assert_true(p[4].dense == 1 && p[0].dense == 2 && p[3].dense == 2 && p[1].dense == 3 && p[2].dense == 0);
    assert_true(p[0].fractional == 2.5 && p[3].fractional == 2.5 && p[1].fractional == 4 && isnan(p[2].fractional));
    assert_true(p[0].z == 0 && p[4].z > 0 && isnan(p[2].z));
    assert_rel(p[4].index.value, 500.0 / 3, 1e-14);
    assert_true(isnan(p[4].to_base.value));
    assert_int_equal(stats_positions(values, 5, 1, p), E_OK);
    assert_true(p[4].index.value == 500 && p[4].to_base.value == 40 && p[4].ratio.value == 5 && p[1].index.value == 100 && p[1].to_base.low == 0);
    const struct interval flat[] = {exact(3), exact(3)};
    assert_int_equal(stats_positions(flat, 2, POSITION_NO_BASE, p), E_OK);
    assert_true(isnan(p[0].z) && p[0].index.value == 100);
    const struct interval endless[] = {exact(INFINITY), exact(3)};
    assert_int_equal(stats_positions(endless, 2, POSITION_NO_BASE, p), E_DOMAIN);
}

/* Whatever the values within their bounds: index, ratio and difference lie within theirs. */
static void bounds_enclose(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (int round = 0; round < 200; round++) {
        struct interval values[4], points[4];
        struct position bounded[4], inside[4], against[4], inside_against[4];
        for (size_t i = 0; i < 4; i++) {
            double low = 10 * random_next(&seed), high = low + 5 * random_next(&seed), x = low + (high - low) * random_next(&seed);
            values[i] = (struct interval){(low + high) / 2, low, high};
            points[i] = exact(x);
        }
        assert_int_equal(stats_positions(values, 4, POSITION_NO_BASE, bounded), E_OK);
        assert_int_equal(stats_positions(points, 4, POSITION_NO_BASE, inside), E_OK);
        assert_int_equal(stats_positions(values, 4, 2, against), E_OK);
        assert_int_equal(stats_positions(points, 4, 2, inside_against), E_OK);
        for (size_t i = 0; i < 4; i++) {
            assert_true(inside[i].index.value >= bounded[i].index.low - 1e-9 && inside[i].index.value <= bounded[i].index.high + 1e-9);
            assert_true(inside_against[i].ratio.value >= against[i].ratio.low - 1e-9 && inside_against[i].ratio.value <= against[i].ratio.high + 1e-9);
            assert_true(inside_against[i].to_base.value >= against[i].to_base.low - 1e-9 && inside_against[i].to_base.value <= against[i].to_base.high + 1e-9);
        }
    }
    /* 600余 among exact figures: its index has no certain upper end but the number of regions */
    const struct interval open[] = {{600, 600, INFINITY}, exact(300), exact(300)};
    struct position p[3];
    assert_int_equal(stats_positions(open, 3, POSITION_NO_BASE, p), E_OK);
    assert_true(p[0].index.low == 150 && p[0].index.high == 300 && p[1].index.low == 0 && p[1].index.high == 75);
}

int main(void)
{
    stats_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_and_indices),
        cmocka_unit_test(bounds_enclose),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
