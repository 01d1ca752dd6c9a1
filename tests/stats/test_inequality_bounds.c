/* test_inequality_bounds.c — the bounds of the indices enclose whatever lies within the data's bounds, and are attained where
 * that is claimed. */
#include "tests/stats/close.h"
#include "stats/inequality.h"

#include <stdbool.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static double parameter_of(enum inequality index, int round)
{
    static const double epsilon[] = {0.5, 1, 2}, alpha[] = {-0.5, 0.5, 2};
    return index == INEQUALITY_atkinson ? epsilon[round % 3] : index == INEQUALITY_generalized_entropy ? alpha[round % 3] : 0;
}

static double value_of(enum inequality index, double parameter, const double *x, const double *w, size_t n)
{
    struct inequality_result r;
    assert_int_equal(stats_inequality(index, parameter, x, w, n, &r), E_OK);
    return r.value;
}

static double clamp(double x, double low, double high)
{
    return fmin(fmax(x, low), high);
}

/* Random points of the box, its corners, and points near equality stay inside; the bounds are reached when sharp. */
static void enclose_and_attain(void **state)
{
    (void)state;
    uint64_t seed = 21;
    for (int round = 0; round < 60; round++) {
        size_t n = 2 + (size_t)(random_next(&seed) * 6);
        struct interval known[8];
        double w[8], x[8];
        const double *weights = round % 2 == 0 ? NULL : w;
        for (size_t i = 0; i < n; i++) {
            double low = floor(random_next(&seed) * 20), width = random_next(&seed) < 0.3 ? 0 : floor(random_next(&seed) * 12);
            low += round % 3 == 0 ? 0 : 1;
            known[i] = (struct interval){low + width / 2, low, low + width};
            w[i] = 1 + floor(random_next(&seed) * 5);
        }
        for (int k = 0; k < INEQUALITY_COUNT; k++) {
            enum inequality index = (enum inequality)k;
            double p = parameter_of(index, round), least = INFINITY, most = -INFINITY;
            struct inequality_result r;
            assert_int_equal(stats_inequality_bounds(index, p, known, weights, n, &r), E_OK);
            if (isnan(r.low)) {
                assert_true(r.bound_reason != REASON_NONE || r.reason != REASON_NONE);
                continue;
            }
            assert_true(r.low <= r.value && r.value <= r.high);
            for (int draw = 0; draw < 3000; draw++) {
                double t = random_next(&seed) * 32;
                for (size_t i = 0; i < n; i++) {
                    double part = random_next(&seed);
                    if (draw % 3 == 0)
                        part = part < 0.5 ? 0 : 1;
                    double equal = draw % 2 == 0 && weights != NULL ? 5 * t / w[i] : t;  /* shares of the total, or values */
                    x[i] = draw % 3 == 1 ? clamp(equal, known[i].low, known[i].high)
                                         : known[i].low + part * (known[i].high - known[i].low);
                }
                double value = value_of(index, p, x, weights, n);
                if (isnan(value))
                    continue;
                least = fmin(least, value);
                most = fmax(most, value);
            }
            if (isinf(least))
                continue;
            if (least < r.low - 1e-12 || most > r.high * (1 + 1e-12) + 1e-12)
                fail_msg("%s(%g): [%.17g, %.17g] outside [%.17g, %.17g]", inequality_name(index), p, least, most, r.low, r.high);
            /* an infinite bound is approached at a zero; corners were all drawn, most probably */
            if (r.sharpness == SHARPNESS_sharp && isfinite(r.high) &&
                (most < r.high - 0.002 * (1 + fabs(r.high)) || least > r.low + 0.02 * (1 + fabs(r.low))))
                fail_msg("%s(%g): [%.17g, %.17g] not attained: [%.17g, %.17g]", inequality_name(index), p, r.low, r.high, least, most);
        }
    }
}

/* With too many rows to look at every corner: still above every corner, and not far above. */
static void many_rows(void **state)
{
    (void)state;
    enum { N = 17 };
    uint64_t seed = 5;
    struct interval known[N];
    double x[N];
    for (size_t i = 0; i < N; i++) {
        double low = 5 + floor(random_next(&seed) * 40);
        known[i] = (struct interval){low, low, low + 1 + floor(random_next(&seed) * 10)};
    }
    static const enum inequality few[] = {INEQUALITY_gini, INEQUALITY_theil_t, INEQUALITY_theil_l, INEQUALITY_cv, INEQUALITY_hoover,
                                          INEQUALITY_hhi, INEQUALITY_palma, INEQUALITY_gini_corrected,
                                          INEQUALITY_hhi_normalized};
    for (size_t k = 0; k < COUNT(few); k++) {
        struct inequality_result r;
        assert_int_equal(stats_inequality_bounds(few[k], 0, known, NULL, N, &r), E_OK);
        assert_int_equal(r.sharpness, SHARPNESS_enclosure);
        double most = 0;
        for (uint32_t corner = 0; corner < 1u << N; corner += 3) {
            for (size_t i = 0; i < N; i++)
                x[i] = corner >> i & 1 ? known[i].high : known[i].low;
            most = fmax(most, value_of(few[k], 0, x, NULL, N));
        }
        assert_true(most <= r.high);
        if (r.high > most * 1.25)
            fail_msg("%s: bound %.17g, corners %.17g", inequality_name(few[k]), r.high, most);
    }
}

/* 600余户 of three: the first is at least 600. */
static void open_ends(void **state)
{
    (void)state;
    struct interval known[] = {{600, 600, INFINITY}, {500, 500, 500}, {700, 700, 700}};
    struct inequality_result r;
    assert_int_equal(stats_inequality_bounds(INEQUALITY_theil_t, 0, known, NULL, 3, &r), E_OK);
    assert_rel(r.high, log(3), 1e-14);
    double nearest = INFINITY;  /* a little more than 600 is closer to equality with 500 and 700 */
    for (double x = 600; x < 700; x += 0.01)
        nearest = fmin(nearest, value_of(INEQUALITY_theil_t, 0, (double[]){x, 500, 700}, NULL, 3));
    assert_rel(r.low, nearest, 1e-7);
    assert_int_equal(r.sharpness, SHARPNESS_sharp);
    assert_int_equal(stats_inequality_bounds(INEQUALITY_gini, 0, known, NULL, 3, &r), E_OK);
    assert_rel(r.high, 2.0 / 3, 1e-14);
    assert_int_equal(stats_inequality_bounds(INEQUALITY_theil_l, 0, known, NULL, 3, &r), E_OK);
    assert_true(isinf(r.high));
    assert_int_equal(stats_inequality_bounds(INEQUALITY_hhi, 0, known, NULL, 3, &r), E_OK);
    assert_rel(r.high, 1, 0);
    assert_int_equal(stats_inequality_bounds(INEQUALITY_equivalent_number, 0, known, NULL, 3, &r), E_OK);
    assert_rel(r.low, 1, 0);
    /* the limits are approached */
    double far[] = {1e15, 500, 700};
    for (int k = 0; k < INEQUALITY_p90_p10; k++) {
        double p = parameter_of((enum inequality)k, 1);
        assert_int_equal(stats_inequality_bounds((enum inequality)k, p, known, NULL, 3, &r), E_OK);
        double value = value_of((enum inequality)k, p, far, NULL, 3);
        assert_true(value <= r.high * (1 + 1e-12) && value >= r.low);
        if (isfinite(r.high) && k != INEQUALITY_equivalent_number)
            assert_rel(value, r.high, 1e-4);
    }
}

static void undefined(void **state)
{
    (void)state;
    struct inequality_result r;
    struct interval below[] = {{5, -INFINITY, 5}, {3, 3, 3}};
    assert_int_equal(stats_inequality_bounds(INEQUALITY_gini, 0, below, NULL, 2, &r), E_OK);
    assert_rel(r.value, 0.125, 1e-15);
    assert_true(isnan(r.low) && isnan(r.high) && r.bound_reason == REASON_BOUND_NEGATIVE);
    struct interval exact[] = {{5, 5, 5}, {3, 3, 3}, {NAN, NAN, NAN}};
    assert_int_equal(stats_inequality_bounds(INEQUALITY_gini, 0, exact, NULL, 3, &r), E_OK);
    assert_true(r.low == r.value && r.high == r.value && r.sharpness == SHARPNESS_exact && r.missing == 1);
    struct interval outside[] = {{5, 6, 7}};
    assert_int_equal(stats_inequality_bounds(INEQUALITY_gini, 0, outside, NULL, 1, &r), E_DOMAIN);
    struct interval one[] = {{5, 2, INFINITY}};
    assert_int_equal(stats_inequality_bounds(INEQUALITY_theil_l, 0, one, NULL, 1, &r), E_OK);
    assert_true(r.low == 0 && r.high == 0);
    struct interval free_equal[] = {{5, 2, 9}, {6, 4, 8}, {7, 5, 7}};
    assert_int_equal(stats_inequality_bounds(INEQUALITY_gini, 0, free_equal, NULL, 3, &r), E_OK);
    assert_true(r.low == 0);
}

int main(void)
{
    stats_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(enclose_and_attain), cmocka_unit_test(many_rows), cmocka_unit_test(open_ends), cmocka_unit_test(undefined),
    };
    return cmocka_run_group_tests_name("stats/inequality_bounds", tests, NULL, NULL);
}
