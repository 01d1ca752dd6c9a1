/* Curves that charts draw, against values worked out apart from them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "stats/curve.h"
#include "stats/stats.h"

#include <math.h>

#define CLOSE(got, want) assert_true(fabs((got) - (want)) <= 1e-9 * fmax(1, fabs(want)))

/* NIST StRD's Norris has too many points to repeat; Anscombe's first quartet has its results in print (Anscombe 1973):
 * y = 3.0001 + 0.5001 x, R² = 0.6665, residual sd 1.2366. */
static void test_line(void **state)
{
    (void)state;
    static const double x[] = {10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5, NAN}, y[] = {8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68, 1};
    struct line_fit fit;
    double at, half;
    assert_int_equal(curve_line(x, y, 12, &fit), E_OK);
    assert_int_equal(fit.n, 11);
    assert_true(fabs(fit.intercept - 3.0000909) < 1e-6 && fabs(fit.slope - 0.5000909) < 1e-6);
    assert_true(fabs(fit.r_squared - 0.6665425) < 1e-6 && fabs(fit.residual_sd - 1.2366033) < 1e-6);
    assert_true(fabs(fit.t - 2.2621572) < 1e-6);   /* Student's t, 9 degrees of freedom, 97.5 % */
    curve_line_at(&fit, 9, &at, &half);            /* at the mean the band is t s / sqrt(n) */
    CLOSE(at, fit.intercept + 9 * fit.slope);
    CLOSE(half, fit.t * fit.residual_sd / sqrt(11));
    assert_int_equal(curve_line(x, y, 2, &fit), E_OK);
    assert_true(isnan(fit.slope));
    static const double same[] = {3, 3, 3};
    assert_int_equal(curve_line(same, y, 3, &fit), E_OK);
    assert_true(isnan(fit.slope));
}

static void test_density(void **state)
{
    (void)state;
    static const double values[] = {1, 2, 2.5, 3, 7, NAN};
    double points[2001], density[2001], sum = 0;
    int defined;
    for (int i = 0; i <= 2000; i++)
        points[i] = -20 + i * 0.025;
    assert_int_equal(curve_density(values, 6, points, 2001, density, &defined), E_OK);
    assert_true(defined);
    for (int i = 0; i <= 2000; i++)
        sum += density[i] * 0.025;
    assert_true(fabs(sum - 1) < 1e-6);
    assert_int_equal(curve_density(values, 2, points, 3, density, &defined), E_OK);
    assert_false(defined);
    assert_true(isnan(density[0]));
}

static void test_lorenz(void **state)
{
    (void)state;
    static const double values[] = {10, 20, 30, 40}, weights[] = {1, 1, 1, 1}, grouped[] = {10, 30}, people[] = {3, 1};
    double x[5], y[5], gini;
    size_t n;
    assert_int_equal(curve_lorenz(values, NULL, 4, x, y, &n, &gini), E_OK);
    assert_int_equal(n, 4);
    CLOSE(y[1], 0.1);
    CLOSE(y[2], 0.3);
    CLOSE(gini, 0.25);
    assert_int_equal(curve_lorenz(values, weights, 4, x, y, &n, &gini), E_OK);
    CLOSE(gini, 0.25);
    /* three people with 10 each and one with 30 */
    assert_int_equal(curve_lorenz(grouped, people, 2, x, y, &n, &gini), E_OK);
    CLOSE(x[1], 0.75);
    CLOSE(y[1], 0.5);
    CLOSE(gini, 0.25);
    static const double negative[] = {1, -1}, zero[] = {0, 0};
    assert_int_equal(curve_lorenz(negative, NULL, 2, x, y, &n, &gini), E_DOMAIN);
    assert_int_equal(curve_lorenz(zero, NULL, 2, x, y, &n, &gini), E_DOMAIN);
}

int main(void)
{
    stats_init();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_line), cmocka_unit_test(test_density), cmocka_unit_test(test_lorenz)};
    return cmocka_run_group_tests_name("stats/curve", tests, NULL, NULL);
}
