/* test_compare.c — ranks, possible ranks, shares, ratios and gaps. */
#include "tests/stats/close.h"
#include "stats/stats.h"

#include <float.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct interval exact(double value)
{
    return interval_of(value, NAN, NAN, STATS_EXACT, 0);
}

static void ties_and_missing(void **state)
{
    (void)state;
    struct interval values[] = {exact(10), exact(30), {NAN, NAN, NAN}, exact(30), exact(50)};
    struct comparison rows[COUNT(values)];
    assert_int_equal(stats_compare(values, COUNT(values), rows), E_OK);
    static const size_t ranks[] = {4, 2, 0, 2, 1};
    static const double shares[] = {10.0 / 120, 0.25, NAN, 0.25, 50.0 / 120};
    static const double gaps[] = {NAN, 20, NAN, 20, 20};
    for (size_t i = 0; i < COUNT(values); i++) {
        assert_int_equal(rows[i].rank, ranks[i]);
        assert_int_equal(rows[i].best_rank, ranks[i]);  /* exact values: certain */
        assert_int_equal(rows[i].worst_rank, ranks[i]);
        assert_rel(rows[i].share, shares[i], 1e-15);
        assert_rel(rows[i].ratio_to_mean, shares[i] * 4, 1e-15);
        assert_rel(rows[i].difference_to_next, gaps[i], 0);
    }
}

static void possible_ranks(void **state)
{
    (void)state;
    struct interval values[] = {
        interval_of(600, NAN, NAN, STATS_ABOVE, 1),   /* could be first */
        exact(700),
        interval_of(NAN, 500, 800, STATS_RANGE, 1),   /* 650 */
        exact(100),
        interval_of(650, NAN, NAN, STATS_BELOW, 1),   /* could be last */
    };
    static const size_t rank[] = {4, 1, 2, 5, 2}, best[] = {1, 1, 1, 4, 2}, worst[] = {4, 3, 4, 5, 5};
    struct comparison rows[COUNT(values)];
    assert_int_equal(stats_compare(values, COUNT(values), rows), E_OK);
    for (size_t i = 0; i < COUNT(values); i++) {
        assert_int_equal(rows[i].rank, rank[i]);
        assert_int_equal(rows[i].best_rank, best[i]);
        assert_int_equal(rows[i].worst_rank, worst[i]);
    }
}

static void undefined(void **state)
{
    (void)state;
    struct comparison rows[3];
    assert_int_equal(stats_compare(NULL, 0, rows), E_OK);

    struct interval missing[] = {{NAN, NAN, NAN}};
    assert_int_equal(stats_compare(missing, 1, rows), E_OK);
    assert_int_equal(rows[0].rank, 0);
    assert_int_equal(rows[0].worst_rank, 0);
    assert_rel(rows[0].share, NAN, 0);

    struct interval one[] = {exact(5)};
    assert_int_equal(stats_compare(one, 1, rows), E_OK);
    assert_int_equal(rows[0].rank, 1);
    assert_int_equal(rows[0].worst_rank, 1);
    assert_rel(rows[0].share, 1, 0);
    assert_rel(rows[0].difference_to_next, NAN, 0);

    struct interval zeros[] = {exact(0), exact(0)};
    assert_int_equal(stats_compare(zeros, 2, rows), E_OK);
    assert_int_equal(rows[1].rank, 1);
    assert_rel(rows[0].share, NAN, 0);
    assert_rel(rows[0].ratio_to_mean, NAN, 0);

    struct interval mixed[] = {exact(-10), exact(30)};
    assert_int_equal(stats_compare(mixed, 2, rows), E_OK);
    assert_rel(rows[1].share, NAN, 0);
    assert_rel(rows[1].ratio_to_mean, 3, 1e-15);
    assert_rel(rows[1].difference_to_next, 40, 0);

    struct interval cancel[] = {exact(-0.3), exact(0.3), exact(0)};
    assert_int_equal(stats_compare(cancel, 3, rows), E_OK);
    assert_rel(rows[1].ratio_to_mean, NAN, 0);
}

static void out_of_domain(void **state)
{
    (void)state;
    struct comparison rows[2];
    struct interval infinite[] = {{INFINITY, 0, INFINITY}}, outside[] = {{1, 2, 3}};
    struct interval sum[] = {exact(DBL_MAX), exact(DBL_MAX)}, gap[] = {exact(DBL_MAX), exact(-DBL_MAX)};
    assert_int_equal(stats_compare(infinite, 1, rows), E_DOMAIN);
    assert_int_equal(stats_compare(outside, 1, rows), E_DOMAIN);
    assert_int_equal(stats_compare(sum, 2, rows), E_DOMAIN);
    assert_int_equal(stats_compare(gap, 2, rows), E_DOMAIN);
}

/* The definitions of compare.c, counted one by one, on random intervals with many ties. */
static void agrees_with_definition(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (int round = 0; round < 300; round++) {
        struct interval values[12], scaled[12], shifted[12];
        struct comparison rows[12], other[12];
        size_t n = 1 + (size_t)(random_next(&seed) * 12);
        for (size_t i = 0; i < n; i++) {
            double value = floor(random_next(&seed) * 8) + 1;
            enum stats_bound bound = (enum stats_bound)(random_next(&seed) * 5);
            values[i] = interval_of(random_next(&seed) < 0.1 ? NAN : value, value - 1, value + 1, bound, 1);
            scaled[i] = interval_scale(values[i], 4);
            shifted[i] = interval_add(values[i], exact(16));
        }
        assert_int_equal(stats_compare(values, n, rows), E_OK);
        double share = 0;
        for (size_t i = 0; i < n; i++) {
            if (isnan(values[i].value)) {
                assert_int_equal(rows[i].rank, 0);
                continue;
            }
            size_t rank = 1, best = 1, worst = 1;
            double next = NAN;
            for (size_t j = 0; j < n; j++) {
                rank += values[j].value > values[i].value;
                best += j != i && values[j].low > values[i].high;
                worst += j != i && values[j].high > values[i].low;
                if (values[j].value < values[i].value)
                    next = fmax(next, values[j].value);
            }
            assert_int_equal(rows[i].rank, rank);
            assert_int_equal(rows[i].best_rank, best);
            assert_int_equal(rows[i].worst_rank, worst);
            assert_true(best <= rank && rank <= worst);
            assert_rel(rows[i].difference_to_next, values[i].value - next, 0);
            share += rows[i].share;
        }
        if (share > 0)
            assert_rel(share, 1, 1e-14);
        assert_int_equal(stats_compare(scaled, n, other), E_OK);
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(other[i].best_rank, rows[i].best_rank);
            assert_int_equal(other[i].worst_rank, rows[i].worst_rank);
            assert_rel(other[i].share, rows[i].share, 1e-15);
            assert_rel(other[i].ratio_to_mean, rows[i].ratio_to_mean, 1e-15);
        }
        assert_int_equal(stats_compare(shifted, n, other), E_OK);
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(other[i].rank, rows[i].rank);
            assert_int_equal(other[i].worst_rank, rows[i].worst_rank);
            assert_rel(other[i].difference_to_next, rows[i].difference_to_next, 0);
        }
    }
}

int main(void)
{
    stats_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ties_and_missing), cmocka_unit_test(possible_ranks), cmocka_unit_test(undefined),
        cmocka_unit_test(out_of_domain),    cmocka_unit_test(agrees_with_definition),
    };
    return cmocka_run_group_tests_name("stats/compare", tests, NULL, NULL);
}
