/* test_summary.c — the univariate summary: certified values, properties, small and broken input. */
#include "tests/stats/close.h"
#include "stats/stats.h"

#include <float.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct summary summary_of(const double *values, size_t n)
{
    struct summary summary;
    assert_int_equal(stats_summary(values, n, &summary), E_OK);
    return summary;
}

/* NIST Statistical Reference Datasets, univariate (public domain). NumAcc2–4 are constructed: a first value c + 0.2,
 * then c + 0.1 and c + 0.3 in turn, 500 times each; mean c + 0.2 and sd 0.1 exactly. */
static void nist_constructed(void **state)
{
    (void)state;
    struct summary s = summary_of((double[]){10000001, 10000003, 10000002}, 3);
    assert_rel(s.mean, 10000002, 0);
    assert_rel(s.sd, 1, 0);
    static const struct {
        double first, lower, upper, sd_tolerance;
    } sets[] = {
        {1.2, 1.1, 1.3, 1e-14},                                  /* NumAcc2 */
        {1000000.2, 1000000.1, 1000000.3, 1e-9},                 /* NumAcc3: the data themselves lose 7 digits */
        {10000000.2, 10000000.1, 10000000.3, 1e-7},              /* NumAcc4: and 8 here */
    };
    for (size_t set = 0; set < COUNT(sets); set++) {
        double values[1001] = {sets[set].first};
        for (size_t i = 1; i < COUNT(values); i++)
            values[i] = i % 2 ? sets[set].lower : sets[set].upper;
        s = summary_of(values, COUNT(values));
        assert_rel(s.mean, sets[set].first, 1e-15);
        assert_rel(s.sd, 0.1, sets[set].sd_tolerance);
        assert_rel(s.median, sets[set].first, 0);
    }
}

/* NIST StRD Michelso: Michelson's 1882 measurements of the speed of light. */
static const double michelson[] = {
    299.85, 299.74, 299.90, 300.07, 299.93, 299.85, 299.95, 299.98, 299.98, 299.88, 300.00, 299.98, 299.93, 299.65,
    299.76, 299.81, 300.00, 300.00, 299.96, 299.96, 299.96, 299.94, 299.96, 299.94, 299.88, 299.80, 299.85, 299.88,
    299.90, 299.84, 299.83, 299.79, 299.81, 299.88, 299.88, 299.83, 299.80, 299.79, 299.76, 299.80, 299.88, 299.88,
    299.88, 299.86, 299.72, 299.72, 299.62, 299.86, 299.97, 299.95, 299.88, 299.91, 299.85, 299.87, 299.84, 299.84,
    299.85, 299.84, 299.84, 299.84, 299.89, 299.81, 299.81, 299.82, 299.80, 299.77, 299.76, 299.74, 299.75, 299.76,
    299.91, 299.92, 299.89, 299.86, 299.88, 299.72, 299.84, 299.85, 299.85, 299.78, 299.89, 299.84, 299.78, 299.81,
    299.76, 299.81, 299.79, 299.81, 299.82, 299.85, 299.87, 299.87, 299.81, 299.74, 299.81, 299.94, 299.95, 299.80,
    299.81, 299.87,
};

static void nist_michelson(void **state)
{
    (void)state;
    struct summary s = summary_of(michelson, COUNT(michelson));
    assert_int_equal(s.n, 100);
    assert_rel(s.mean, 299.852400000000, 1e-15);
    assert_rel(s.sd, 0.0790105478190518, 1e-13);
    assert_rel(s.cv, 0.0790105478190518 / 299.8524, 1e-13);
}

static void type_7_quantiles(void **state)
{
    (void)state;
    /* R: quantile(c(1, 2, 4, 8, 16, 32)) gives 1.0 2.5 6.0 14.0 32.0 */
    struct summary s = summary_of((double[]){32, 1, 16, 2, 8, 4}, 6);
    assert_rel(s.min, 1, 0);
    assert_rel(s.q1, 2.5, 0);
    assert_rel(s.median, 6, 0);
    assert_rel(s.q3, 14, 0);
    assert_rel(s.max, 32, 0);
    assert_rel(s.sum, 63, 0);
}

static void small_n(void **state)
{
    (void)state;
    struct summary s = summary_of(NULL, 0);
    assert_int_equal(s.n, 0);
    assert_rel(s.sum, NAN, 0);
    assert_rel(s.median, NAN, 0);
    s = summary_of((double[]){NAN, NAN}, 2);
    assert_int_equal(s.n, 0);
    assert_int_equal(s.missing, 2);
    assert_rel(s.mean, NAN, 0);
    s = summary_of((double[]){NAN, 5}, 2);
    assert_int_equal(s.n, 1);
    assert_int_equal(s.missing, 1);
    assert_rel(s.mean, 5, 0);
    assert_rel(s.q1, 5, 0);
    assert_rel(s.max, 5, 0);
    assert_rel(s.sd, NAN, 0);
    assert_rel(s.cv, NAN, 0);
    s = summary_of((double[]){3, 3}, 2);
    assert_rel(s.sd, 0, 0);
    assert_rel(s.cv, 0, 0);
}

static void undefined_cv(void **state)
{
    (void)state;
    assert_rel(summary_of((double[]){-1, 1}, 2).cv, NAN, 0);
    assert_rel(summary_of((double[]){0, 0}, 2).cv, NAN, 0);
    assert_rel(summary_of((double[]){-1, -3}, 2).cv, NAN, 0);
    /* 0.1 + 0.2 - 0.3 in any order: the mean is what the sum says, and cv is defined or not by it */
    struct summary s = summary_of((double[]){0.1, -0.1, 0.7, -0.7}, 4);
    assert_rel(s.mean, 0, 0);
    assert_rel(s.cv, NAN, 0);
}

static void extremes(void **state)
{
    (void)state;
    struct summary s;
    assert_int_equal(stats_summary((double[]){1, INFINITY}, 2, &s), E_DOMAIN);
    assert_rel(s.min, NAN, 0);
    assert_int_equal(stats_summary((double[]){DBL_MAX, DBL_MAX}, 2, &s), E_DOMAIN);
    assert_rel(s.sum, NAN, 0);
    assert_int_equal(stats_summary((double[]){DBL_MAX, -DBL_MAX}, 2, &s), E_DOMAIN);  /* sd = √2 · DBL_MAX */
    /* squares overflow or vanish, the results do not */
    s = summary_of((double[]){1e300, 3e300}, 2);
    assert_rel(s.mean, 2e300, 1e-15);
    assert_rel(s.sd, sqrt(2) * 1e300, 1e-15);
    s = summary_of((double[]){1e-300, 3e-300}, 2);
    assert_rel(s.sd, sqrt(2) * 1e-300, 1e-15);
    assert_rel(s.median, 2e-300, 1e-15);
}

static void order_scale_shift(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int round = 0; round < 200; round++) {
        double values[21], other[21];
        for (size_t i = 0; i < COUNT(values); i++)
            values[i] = floor(random_next(&seed) * 1000) + 1;
        struct summary s = summary_of(values, COUNT(values)), t;

        for (size_t i = 0; i < COUNT(values); i++)
            other[i] = values[COUNT(values) - 1 - i];
        t = summary_of(other, COUNT(values));
        assert_rel(t.mean, s.mean, 0);
        assert_rel(t.sd, s.sd, 0);

        for (size_t i = 0; i < COUNT(values); i++)
            other[i] = values[i] * 10000;  /* 万元 to 元 */
        t = summary_of(other, COUNT(values));
        assert_rel(t.sum, s.sum * 10000, 0);
        assert_rel(t.sd, s.sd * 10000, 1e-13);
        assert_rel(t.cv, s.cv, 1e-13);
        assert_rel(t.q1, s.q1 * 10000, 1e-15);

        for (size_t i = 0; i < COUNT(values); i++)
            other[i] = values[i] + 1e6;
        t = summary_of(other, COUNT(values));
        assert_rel(t.sd, s.sd, 1e-10);
        assert_rel(t.median, s.median + 1e6, 0);
        assert_true(s.min <= s.q1 && s.q1 <= s.median && s.median <= s.q3 && s.q3 <= s.max);
    }
}

int main(void)
{
    stats_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nist_constructed), cmocka_unit_test(nist_michelson), cmocka_unit_test(type_7_quantiles),
        cmocka_unit_test(small_n),          cmocka_unit_test(undefined_cv),   cmocka_unit_test(extremes),
        cmocka_unit_test(order_scale_shift),
    };
    return cmocka_run_group_tests_name("stats/summary", tests, NULL, NULL);
}
