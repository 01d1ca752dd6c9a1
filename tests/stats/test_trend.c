/* test_trend.c — growth with bounds, lines and rank-based trends, convergence. */
#include "stats/trend.h"
#include "tests/stats/refs.h"

static struct interval exact(double x)
{
    return (struct interval){x, x, x};
}

static void growth_and_its_bounds(void **state)
{
    (void)state;
    struct growth g;
    stats_growth(exact(100), exact(121), 2, &g);
    assert_rel(g.rate.value, 0.21, 1e-15);
    assert_rel(g.annual.value, 0.1, 1e-14);
    assert_true(g.rate.low == g.rate.value && g.annual.high == g.annual.value && g.change.value == 21);
    /* 600余 to 800: at most (800 - 600)/600 */
    stats_growth((struct interval){600, 600, INFINITY}, exact(800), 1, &g);
    assert_rel(g.rate.high, 1.0 / 3, 1e-14);
    assert_true(g.rate.low == -1 && g.change.low == -INFINITY && g.change.high == 200);
    /* 近100 is 0 to 100: no upper bound of growth */
    stats_growth((struct interval){100, 0, 100}, exact(150), 1, &g);
    assert_true(isinf(g.rate.high) && g.rate.low == 0.5);
    stats_growth(exact(0), exact(5), 1, &g);
    assert_true(isnan(g.rate.value) && g.rate_reason == REASON_ZERO_BASE && g.change.value == 5);
    stats_growth(exact(-2), exact(5), 1, &g);
    assert_true(g.rate_reason == REASON_NEGATIVE_BASE);
    stats_growth(exact(2), exact(-5), 1, &g);
    assert_true(g.rate.value == -3.5 && isnan(g.annual.value) && g.annual_reason == REASON_NEGATIVE);
    stats_growth(exact(2), exact(0), 3, &g);
    assert_true(g.annual.value == -1);
    stats_growth(exact(NAN), exact(5), 1, &g);
    assert_true(isnan(g.change.value) && g.rate_reason == REASON_EMPTY);
    /* every value within the bounds grows within the bounds */
    uint64_t seed = 11;
    for (int i = 0; i < 500; i++) {
        double a = 1 + 10 * random_next(&seed), b = a + random_next(&seed), c = 10 * random_next(&seed), d = c + random_next(&seed);
        stats_growth((struct interval){(a + b) / 2, a, b}, (struct interval){(c + d) / 2, c, d}, 3, &g);
        double x = a + (b - a) * random_next(&seed), y = c + (d - c) * random_next(&seed);
        assert_true(y / x - 1 >= g.rate.low - 1e-12 && y / x - 1 <= g.rate.high + 1e-12);
        assert_true(pow(y / x, 1.0 / 3) - 1 >= g.annual.low - 1e-12 && pow(y / x, 1.0 / 3) - 1 <= g.annual.high + 1e-12);
    }
}

static void trends(void **state)
{
    (void)state;
    struct trend t;

    static const double time[] = {1, 2, 3, 4, 5, 6, 7}, value[] = {10, 15, 14, 20, 22, 21, 28};
    assert_int_equal(stats_trend(time, value, 7, 0.95, &t), E_OK);
    assert_true(t.s == 17);
    assert_rel(t.z, 16 / sqrt(7.0 * 6 * 19 / 18), 1e-14);
    assert_true(t.slope_low < t.slope && t.slope < t.slope_high && t.sen_low <= t.sen && t.sen <= t.sen_high);
    double turned_time[7], turned[7], scaled[7];
    for (size_t i = 0; i < 7; i++) {
        turned_time[i] = time[6 - i];
        turned[i] = value[6 - i];
        scaled[i] = 5 - 3 * value[i];
    }
    struct trend same, down;
    assert_int_equal(stats_trend(turned_time, turned, 7, 0.95, &same), E_OK);
    assert_rel(same.sen, t.sen, 1e-15);
    assert_rel(same.slope, t.slope, 1e-14);
    assert_true(same.s == t.s);
    assert_int_equal(stats_trend(time, scaled, 7, 0.95, &down), E_OK);
    assert_rel(down.sen, -3 * t.sen, 1e-14);
    assert_rel(down.slope, -3 * t.slope, 1e-13);
    assert_true(down.s == -t.s);
    assert_rel(down.mann_kendall_p, t.mann_kendall_p, 1e-14);
    static const double flat[] = {4, 4, 4, 4, 4, 4, 4};
    assert_int_equal(stats_trend(time, flat, 7, 0.95, &t), E_OK);
    assert_true(t.slope == 0 && t.sen == 0 && isnan(t.mann_kendall_p) && t.mann_kendall_reason == REASON_CONSTANT);
    assert_int_equal(stats_trend(flat, value, 7, 0.95, &t), E_OK);
    assert_true(t.reason == REASON_SINGULAR && isnan(t.slope) && t.sen_reason == REASON_TOO_FEW);
    assert_int_equal(stats_trend(time, value, 1, 0.95, &t), E_OK);
    assert_true(t.reason == REASON_TOO_FEW);
}

/* Regions that close half of their distance in ten years have λ = ln 2/10, whatever their first figures. */
static void convergence(void **state)
{
    (void)state;
    struct convergence k;
    double first[8], last[8], lambda = log(2) / 10;
    for (size_t i = 0; i < 8; i++) {
        first[i] = exp(1 + 0.3 * (double)i);
        last[i] = exp(log(first[i]) * exp(-lambda * 10) + 0.8);
    }
    assert_int_equal(stats_beta_convergence(first, last, 8, 10, &k), E_OK);
    assert_rel(k.lambda, lambda, 1e-12);
    assert_rel(k.half_life, 10, 1e-12);
    assert_rel(k.r_squared, 1, 1e-12);
    first[0] = 0;
    assert_int_equal(stats_beta_convergence(first, last, 8, 10, &k), E_OK);
    assert_true(k.n == 7 && k.left_out == 1);
    size_t used;
    enum reason reason;
    static const double values[] = {1, 2.718281828459045, 7.38905609893065, -1, 0, NAN};
    assert_rel(stats_sigma(values, 6, &used, &reason), sqrt(2.0 / 3), 1e-14);
    assert_true(used == 3 && reason == REASON_NONE);
    assert_true(isnan(stats_sigma(values, 1, &used, &reason)) && reason == REASON_TOO_FEW);
}

/* The data behind G.counties are not at hand (they are published as an R object only). What follows from its rows: figures that are
 * spread by the published σ, or converge by the published β, give σ, β and λ back to the digits given. */
static void reference_values(void **state)
{
    (void)state;
    static struct reference_table table;
    static const char *const years[] = {"sd_pop(ln gdppc2010)", "sd_pop(ln gdppc2011)"}, *const examples[] = {"G.counties", NULL};
    struct convergence k;
    double first[402], last[402], mean = log(30000);
    size_t used;
    enum reason reason;
    refs_load(&table);
    for (size_t year = 0; year < 2; year++) {
        /* half of the regions one σ below the mean of the logarithms, half above: with n - 1 it would be another in the third digit */
        double sigma = ref(&table, "G.counties", years[year]);
        for (size_t i = 0; i < 402; i++)
            first[i] = exp(mean + (i % 2 ? sigma : -sigma));
        assert_ref(&table, "G.counties", years[year], stats_sigma(first, 402, &used, &reason));
        assert_int_equal(used, 402);
    }
    double beta = ref(&table, "G.counties", "beta_annual 2000-14");
    for (size_t i = 0; i < 402; i++) {
        first[i] = 15000 + 100 * (double)i;
        last[i] = first[i] * exp(14 * (0.09 + beta * log(first[i])));
    }
    assert_int_equal(stats_beta_convergence(first, last, 402, 14, &k), E_OK);
    assert_rel(k.beta, beta, 1e-12);
    assert_rel(k.lambda, ref(&table, "G.counties", "lambda=-ln(1+bT)/T"), 1e-12);
    assert_ref(&table, "G.counties", "lambda=-ln(1+bT)/T", -log1p(beta * 14) / 14);
    refs_assert_all(&table, examples);
}

int main(void)
{
    stats_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(growth_and_its_bounds),
        cmocka_unit_test(trends),
        cmocka_unit_test(convergence),
        cmocka_unit_test(reference_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
