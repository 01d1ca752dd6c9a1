/* test_exact.c — decimals as integers: parsing, scaling, exact moments, and where they do not fit. */
#include "tests/stats/close.h"
#include "stats/exact.h"

#include <stdbool.h>
#include <string.h>

static bool parse(const char *text, int64_t *digits, int *scale)
{
    return exact_parse(text, strlen(text), digits, scale);
}

static void decimals_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t digits;
        int scale;
    } good[] = {
        {"0", 0, 0},        {"-12.50", -1250, 2}, {"+7", 7, 0},       {".5", 5, 1},         {"5.", 5, 0},
        {"1.5e3", 1500, 0}, {"1.5E-3", 15, 4},    {"1e18", 1000000000000000000, 0},         {"0.000", 0, 3},
        {"-0", 0, 0},       {"1000000000000000000", 1000000000000000000, 0},                {"0e-999", 0, 18},
    };
    static const char *const bad[] = {"", "-", ".", "e5", "1e", "1e+", "1 ", "1,5", "0x1", "nan", "inf", "1000000000000000001",
                                      "1e19", "1e-19", "12345678901234567890", "1.5.2", "--1"};
    int64_t digits;
    int scale;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(parse(good[i].text, &digits, &scale));
        assert_int_equal(digits, good[i].digits);
        assert_int_equal(scale, good[i].scale);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(parse(bad[i], &digits, &scale));
}

static void columns_share_a_scale(void **state)
{
    (void)state;
    static const char *const text[] = {"1", NULL, "2.25", "-3.5"}, *const apart[] = {"1e18", "0.1"};
    int64_t scaled[4];
    size_t n;
    int scale;
    assert_int_equal(exact_column(text, 4, scaled, &n, &scale), E_OK);
    assert_int_equal(n, 3);
    assert_int_equal(scale, 2);
    assert_int_equal(scaled[0], 100);
    assert_int_equal(scaled[1], 225);
    assert_int_equal(scaled[2], -350);
    assert_int_equal(exact_column(apart, 2, scaled, &n, &scale), E_DOMAIN);
}

/* 0.1 + 0.2 − 0.3 is nothing, and a spread of 10^-9 on 10^9 is seen to its last digit. */
static void nothing_cancels(void **state)
{
    (void)state;
    const int64_t tenths[] = {1, 2, -3};
    struct exact_moments m;
    exact_moments(tenths, 3, 1, &m);
    assert_rel(m.sum, 0, 0);
    assert_rel(m.mean, 0, 0);
    const int64_t close[] = {1000000000000000000, 999999999999999999, 999999999999999998};
    exact_moments(close, 3, 9, &m);
    assert_rel(m.sd, 1e-9, 0);
    assert_rel(m.mean, 999999999.999999999, 0);
    assert_rel(m.skewness, 0, 0);
    assert_rel(m.autocorrelation, 0, 0);
}

static void extremes_fit(void **state)
{
    (void)state;
    enum { N = 4000 };
    int64_t values[N];
    struct exact_moments m;
    for (size_t i = 0; i < N; i++)
        values[i] = i % 2 ? EXACT_MOST : -EXACT_MOST;
    exact_moments(values, N, 0, &m);
    assert_rel(m.sum, 0, 0);
    assert_rel(m.sd, 1e18 * sqrt(4000.0 / 3999.0), 1e-15);
    assert_rel(m.autocorrelation, -3999.0 / 4000.0, 1e-15);
}

static void small_samples_are_undefined(void **state)
{
    (void)state;
    const int64_t values[] = {5, 5, 5, 5};
    struct exact_moments m;
    exact_moments(values, 0, 0, &m);
    assert_true(isnan(m.sum) && isnan(m.mean) && isnan(m.sd));
    exact_moments(values, 1, 0, &m);
    assert_rel(m.mean, 5, 0);
    assert_true(isnan(m.sd) && isnan(m.skewness));
    exact_moments(values, 4, 0, &m);
    assert_true(m.constant);
    assert_rel(m.sd, 0, 0);
    assert_true(isnan(m.autocorrelation) && isnan(m.skewness) && isnan(m.kurtosis));
}

/* Scale, shift and repetition change the results as the formulas say. */
static void properties(void **state)
{
    (void)state;
    enum { N = 301 };
    int64_t x[N], shifted[N], doubled[2 * N];
    uint64_t seed = 1;
    struct exact_moments a, b, c;
    for (size_t i = 0; i < N; i++) {
        x[i] = (int64_t)(random_next(&seed) * 1e6) - 200000;
        shifted[i] = x[i] + 123456789012345;
        doubled[i] = doubled[N + i] = x[i];
    }
    exact_moments(x, N, 3, &a);
    exact_moments(shifted, N, 3, &b);
    exact_moments(doubled, 2 * N, 3, &c);
    assert_rel(b.sd, a.sd, 0);
    assert_rel(b.skewness, a.skewness, 1e-12);
    assert_rel(b.autocorrelation, a.autocorrelation, 0);
    assert_rel(c.mean, a.mean, 0);
    assert_rel(c.sd * c.sd * (2 * N - 1), a.sd * a.sd * 2 * (N - 1), 1e-14);
    exact_moments(x, N, 0, &b);
    assert_rel(b.sd, a.sd * 1000, 1e-15);
    assert_rel(b.kurtosis, a.kurtosis, 1e-13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_are_read), cmocka_unit_test(columns_share_a_scale), cmocka_unit_test(nothing_cancels),
        cmocka_unit_test(extremes_fit),      cmocka_unit_test(small_samples_are_undefined), cmocka_unit_test(properties),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
