/* test_sample.c — samples: sorting, quantiles by four rules, descriptions and their reasons, the bootstrap. */
#include "tests/stats/close.h"
#include "stats/sample.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static const struct description_options usual = {7, 0.95, 0.1};

static struct description describe(const double *values, const char *const *text, size_t n)
{
    struct sample sample;
    struct description d;
    assert_int_equal(sample_of(values, text, n, &sample), E_OK);
    assert_int_equal(sample_describe(&sample, &usual, NULL, &d), E_OK);
    sample_free(&sample);
    return d;
}

static void sorting(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 2, 96, 97, 5000};
    uint64_t seed = 7;
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        for (int kind = 0; kind < 3; kind++) {
            size_t n = sizes[k];
            int64_t *scaled = calloc(n + 1, sizeof *scaled);
            double *value = calloc(n + 1, sizeof *value);
            for (size_t i = 0; i < n; i++) {
                double u = random_next(&seed);
                scaled[i] = kind == 0 ? (int64_t)(u * 300) - 150 : (int64_t)((u - 0.5) * 2e18);
                value[i] = kind == 2 ? (u - 0.5) * 1e300 : (u - 0.5) * 10;
            }
            struct sample a = {.n = n, .scaled = scaled}, b = {.n = n, .value = value};
            assert_int_equal(sample_sort(&a, NULL), E_OK);
            assert_int_equal(sample_sort(&b, NULL), E_OK);
            for (size_t i = 1; i < n; i++)
                assert_true(scaled[i - 1] <= scaled[i] && value[i - 1] <= value[i]);
            free(scaled);
            free(value);
        }
    }
}

/* 1 … 10 at a quarter: the values R gives for types 1, 6, 7 and 8 (stat_refs.tsv, quantile_1_10). */
static void quantile_types(void **state)
{
    (void)state;
    int64_t scaled[10];
    double value[10];
    for (int i = 0; i < 10; i++) {
        scaled[i] = i + 1;
        value[i] = i + 1;
    }
    struct sample a = {.n = 10, .scaled = scaled}, b = {.n = 10, .value = value};
    static const struct {
        int type;
        double want;
    } types[] = {{1, 3}, {6, 2.75}, {7, 3.25}, {8, 2.91666666666667}};
    for (size_t i = 0; i < 4; i++) {
        assert_rel(sample_quantile(&a, 0.25, types[i].type), types[i].want, 1e-14);
        assert_rel(sample_quantile(&b, 0.25, types[i].type), types[i].want, 1e-14);
    }
    for (int type = 1; type <= 8; type++) {
        assert_int_equal(quantile_type_known(type), type == 1 || type >= 6);
        if (!quantile_type_known(type))
            continue;
        assert_rel(sample_quantile(&a, 0, type), 1, 0);
        assert_rel(sample_quantile(&a, 1, type), 10, 0);
    }
    assert_rel(sample_quantile(&a, 0.3, 1), 3, 0);  /* 10 · 0.3 is a little above 3 as a double */
    assert_true(isnan(sample_quantile(&a, 1.5, 7)));
}

static void reasons(void **state)
{
    (void)state;
    struct description d = describe((double[]){NAN, NAN}, NULL, 2);
    assert_int_equal(d.n, 0);
    assert_int_equal(d.missing, 2);
    for (int i = 0; i < DESCRIPTION_COUNT; i++)
        assert_int_equal(d.reason[i], REASON_EMPTY);
    d = describe((double[]){5, NAN}, NULL, 2);
    assert_rel(d.value[DESCRIPTION_mean], 5, 0);
    assert_rel(d.value[DESCRIPTION_mad], 0, 0);
    assert_int_equal(d.reason[DESCRIPTION_sd], REASON_TOO_FEW);
    assert_int_equal(d.reason[DESCRIPTION_kurtosis], REASON_TOO_FEW);
    d = describe((double[]){-1, -1, -1, -1}, NULL, 4);
    assert_int_equal(d.reason[DESCRIPTION_cv], REASON_MEAN_NOT_POSITIVE);
    assert_int_equal(d.reason[DESCRIPTION_skewness], REASON_CONSTANT);
    assert_int_equal(d.reason[DESCRIPTION_autocorrelation], REASON_CONSTANT);
    assert_rel(d.value[DESCRIPTION_mode], -1, 0);
    d = describe((double[]){1e308, 1e308, 1}, NULL, 3);
    assert_int_equal(d.reason[DESCRIPTION_sum], REASON_OVERFLOW);
    assert_rel(d.value[DESCRIPTION_mean], 1e308 / 1.5, 1e-15);
    /* never a silent NaN */
    static const double sets[][4] = {{1, 2, 3, 4}, {0, 0, 0, 1}, {-1, 1, -1, 1}, {1e-300, 2e-300, 0, 0}, {1e200, -1e200, 3, 4}};
    for (size_t s = 0; s < sizeof sets / sizeof *sets; s++) {
        d = describe(sets[s], NULL, 4);
        for (int i = 0; i < DESCRIPTION_COUNT; i++)
            assert_int_equal(isnan(d.value[i]), d.reason[i] != REASON_NONE);
    }
    struct sample sample;
    assert_int_equal(sample_of((double[]){INFINITY}, NULL, 1, &sample), E_DOMAIN);
}

static void robust_statistics(void **state)
{
    (void)state;
    struct description d = describe((double[]){1, 1, 2, 2, 4, 6, 9}, NULL, 7);
    assert_rel(d.value[DESCRIPTION_median], 2, 0);
    assert_rel(d.value[DESCRIPTION_mad], 1, 0);
    assert_rel(d.value[DESCRIPTION_mode], 1, 0);
    assert_int_equal(d.modes, 2);
    assert_int_equal(d.mode_count, 2);
    d = describe((double[]){100, 1, 2, 3, 4, 5, 6, 7, 8, -90}, NULL, 10);
    assert_rel(d.value[DESCRIPTION_trimmed_mean], 4.5, 0);
    /* even n: the median lies between the deviations 0.5, 0.5, 1.5, 1.5 */
    d = describe((double[]){1, 2, 3, 4}, NULL, 4);
    assert_rel(d.value[DESCRIPTION_mad], 1, 0);
    assert_rel(d.value[DESCRIPTION_skewness], 0, 0);
    assert_rel(d.value[DESCRIPTION_kurtosis], -1.2, 1e-14);
    /* Student's t with 3 degrees of freedom: 3.182446305283710 · sd / 2 */
    assert_rel(d.mean_high - 2.5, 3.182446305283710 * sqrt(5.0 / 3) / 2, 1e-13);
}

/* The order of rows changes nothing but the autocorrelation; text and doubles agree; duplication keeps the middle. */
static void properties(void **state)
{
    (void)state;
    enum { N = 251 };
    double x[N], reversed[N], twice[2 * N];
    char text[N][32];
    const char *texts[N];
    uint64_t seed = 3;
    for (size_t i = 0; i < N; i++) {
        snprintf(text[i], sizeof text[i], "%.3f", random_next(&seed) * 1000 - 300);
        texts[i] = text[i];
        x[i] = strtod(text[i], NULL);
        reversed[N - 1 - i] = twice[i] = twice[N + i] = x[i];
    }
    struct description a = describe(x, texts, N), b = describe(reversed, NULL, N), c = describe(twice, NULL, 2 * N);
    for (int i = 0; i < DESCRIPTION_COUNT; i++)
        assert_rel(b.value[i], a.value[i], 1e-12);
    static const enum description_id same[] = {DESCRIPTION_mean, DESCRIPTION_min, DESCRIPTION_max, DESCRIPTION_median};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_rel(c.value[same[i]], a.value[same[i]], 1e-15);
}

static void weights(void **state)
{
    (void)state;
    size_t n, missing;
    enum reason reason;
    const double x[] = {1, 2, NAN, 4}, w[] = {1, 3, 5, NAN}, repeated[] = {1, 2, 2, 2}, ones[] = {1, 1, 1, 1}, none[] = {0, 0, 0, 0};
    assert_rel(weighted_mean(x, w, 4, &n, &missing, &reason), weighted_mean(repeated, ones, 4, &n, &missing, &reason), 0);
    assert_rel(weighted_mean(x, w, 4, &n, &missing, &reason), 1.75, 0);
    assert_int_equal(n, 2);
    assert_int_equal(missing, 2);
    assert_true(isnan(weighted_mean(x, none, 4, &n, &missing, &reason)));
    assert_int_equal(reason, REASON_ZERO_WEIGHTS);
    assert_true(isnan(weighted_mean(x, NULL, 4, &n, &missing, &reason)));
    assert_int_equal(reason, REASON_NO_WEIGHTS);
    assert_true(isnan(weighted_mean(x + 2, w, 1, &n, &missing, &reason)));
    assert_int_equal(reason, REASON_EMPTY);
}

static void bootstrap(void **state)
{
    (void)state;
    double values[100], low, high, again_low, again_high;
    enum reason reason;
    for (int i = 0; i < 100; i++)
        values[i] = i;
    struct sample sample = {.n = 100, .value = values};
    assert_int_equal(bootstrap_mean(&sample, 2000, 1, 0.95, &low, &high, &reason), E_OK);
    assert_int_equal(reason, REASON_NONE);
    /* the standard error is 2.9: the interval is near 49.5 ± 5.7 */
    assert_true(fabs(low - 43.8) < 0.6 && fabs(high - 55.2) < 0.6);
    assert_int_equal(bootstrap_mean(&sample, 2000, 1, 0.95, &again_low, &again_high, &reason), E_OK);
    assert_rel(again_low, low, 0);
    assert_rel(again_high, high, 0);
    sample.n = 1;
    assert_int_equal(bootstrap_mean(&sample, 2000, 1, 0.95, &low, &high, &reason), E_OK);
    assert_int_equal(reason, REASON_TOO_FEW);
    assert_true(isnan(low) && isnan(high));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorting),    cmocka_unit_test(quantile_types), cmocka_unit_test(reasons), cmocka_unit_test(robust_statistics),
        cmocka_unit_test(properties), cmocka_unit_test(weights),        cmocka_unit_test(bootstrap),
    };
    stats_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
