/* test_relation.c — correlations, tests of samples and adjusted p values against published values and their identities. */
#include "stats/quad.h"
#include "stats/regression.h"
#include "stats/relation.h"
#include "tests/stats/refs.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const double hollander_x[] = {44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1};
static const double hollander_y[] = {2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8};

static void reference_values(void **state)
{
    (void)state;
    static struct reference_table t;
    struct correlation c;
    refs_load(&t);
    assert_int_equal(stats_kendall(hollander_x, hollander_y, 9, 0.95, &c), E_OK);
    assert_ref(&t, "hollander", "kendall tau_b", c.value);
    assert_true(c.exact);
    assert_rel(c.p, 43342.0 / 362880, 1e-12);  /* R, cor.test: 0.1194 */
    assert_int_equal(stats_spearman(hollander_x, hollander_y, 9, 0.95, &c), E_OK);
    assert_ref(&t, "hollander", "spearman", c.value);
    assert_rel(c.p, 35126.0 / 362880, 1e-12);  /* R: 0.0968; all orders were counted */
    static const double a[] = {1, 2, 2, 4}, b[] = {1, 3, 2, 4};
    assert_int_equal(stats_spearman(a, b, 4, 0.95, &c), E_OK);
    assert_ref(&t, "ties", "spearman", c.value);
    assert_false(c.exact);
    assert_int_equal(stats_kendall(a, b, 4, 0.95, &c), E_OK);
    assert_ref(&t, "ties", "kendall tau_b", c.value);
    refs_assert_all(&t, (const char *const[]){"hollander", "ties", NULL});
}

static void pearson_of_lines_and_constants(void **state)
{
    (void)state;
    struct correlation c;
    static const double x[] = {1, 2, 3, 4, 5}, up[] = {2, 4, 6, 8, 10}, down[] = {5, 4, 3, 2, 1}, flat[] = {7, 7, 7, 7, 7};
    assert_int_equal(stats_pearson(x, up, 5, 0.95, &c), E_OK);
    assert_true(c.value == 1 && c.p == 0);
    assert_int_equal(stats_pearson(x, down, 5, 0.95, &c), E_OK);
    assert_true(c.value == -1);
    assert_int_equal(stats_pearson(x, flat, 5, 0.95, &c), E_OK);
    assert_true(isnan(c.value) && c.reason == REASON_CONSTANT);
    assert_int_equal(stats_kendall(x, flat, 5, 0.95, &c), E_OK);
    assert_true(isnan(c.value) && c.reason == REASON_CONSTANT);
    assert_int_equal(stats_spearman(x, up, 1, 0.95, &c), E_OK);
    assert_true(isnan(c.value) && c.reason == REASON_TOO_FEW);
    static const double endless[] = {1, INFINITY, 3, 4, 5};
    assert_int_equal(stats_pearson(x, endless, 5, 0.95, &c), E_DOMAIN);
}

/* Scale, shift and the order of rows change nothing; turning one variable round turns the sign. */
static void correlations_do_not_depend_on_units(void **state)
{
    (void)state;
    int (*const kinds[])(const double *, const double *, size_t, double, struct correlation *) = {stats_pearson, stats_spearman, stats_kendall};
    double x[9], y[9], minus[9];
    for (size_t i = 0; i < 9; i++) {
        x[i] = 1000 * hollander_x[8 - i] + 5;
        y[i] = hollander_y[8 - i] / 3;
        minus[i] = -hollander_y[i];
    }
    for (size_t k = 0; k < COUNT(kinds); k++) {
        struct correlation a, b, c;
        assert_int_equal(kinds[k](hollander_x, hollander_y, 9, 0.95, &a), E_OK);
        assert_int_equal(kinds[k](x, y, 9, 0.95, &b), E_OK);
        assert_int_equal(kinds[k](hollander_x, minus, 9, 0.95, &c), E_OK);
        assert_rel(a.value, b.value, 1e-12);
        assert_rel(a.p, b.p, 1e-9);
        assert_rel(a.value, -c.value, 1e-12);
        assert_rel(a.p, c.p, 1e-9);
        assert_true(a.low < a.value && a.value < a.high);
    }
}

/* Kendall by merging equals the count of all pairs, with ties and without. */
static void kendall_counts_pairs(void **state)
{
    (void)state;
    unsigned seed = 7;
    double x[60], y[60];
    for (int round = 0; round < 20; round++) {
        for (size_t i = 0; i < 60; i++) {
            seed = seed * 1664525u + 1013904223u;
            x[i] = (double)(seed >> 24 & 15);
            seed = seed * 1664525u + 1013904223u;
            y[i] = (double)(seed >> 24 & 31);
        }
        double score = 0, tied_x = 0, tied_y = 0, all = 60 * 59 / 2;
        for (size_t i = 0; i < 60; i++)
            for (size_t k = i + 1; k < 60; k++) {
                double a = x[i] - x[k], b = y[i] - y[k];
                score += a * b > 0 ? 1 : a * b < 0 ? -1 : 0;
                tied_x += a == 0;
                tied_y += b == 0;
            }
        struct correlation c;
        assert_int_equal(stats_kendall(x, y, 60, 0.95, &c), E_OK);
        assert_rel(c.value, score / sqrt((all - tied_x) * (all - tied_y)), 1e-13);
    }
}

static void tests_of_samples(void **state)
{
    (void)state;
    struct test t;
    /* Student's sleep data; R, t.test: t = -1.8608, df = 17.776, p = 0.07939, -3.3654832 to 0.2054832 */
    static const double one[] = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0}, two[] = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
    assert_int_equal(stats_welch(one, 10, two, 10, 0.95, &t), E_OK);
    assert_rel(t.statistic, -1.860813467486853, 1e-12);
    assert_rel(t.df, 17.776473516178047, 1e-12);
    assert_rel(t.p, 0.07939414018735820, 1e-10);
    assert_rel(t.low, -3.365483, 1e-6);
    assert_rel(t.high, 0.2054832, 1e-6);
    /* R, ?wilcox.test: W = 35, p = 0.1272 one-sided */
    static const double a[] = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46}, b[] = {1.15, 0.88, 0.90, 0.74, 1.21};
    assert_int_equal(stats_mann_whitney(a, 10, b, 5, &t), E_OK);
    assert_true(t.statistic == 35 && t.exact);
    assert_rel(t.p, 2 * 0.127206127206127, 1e-12);
    struct test back;
    assert_int_equal(stats_mann_whitney(b, 5, a, 10, &back), E_OK);
    assert_rel(back.p, t.p, 1e-12);
    assert_rel(back.statistic, 50 - t.statistic, 1e-12);
    /* R, ?kruskal.test: 0.77143, df = 2, p = 0.68 */
    static const double h[] = {2.9, 3.0, 2.5, 2.6, 3.2, 3.8, 2.7, 4.0, 2.4, 2.8, 3.4, 3.7, 2.2, 2.0};
    static const size_t of[] = {0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2};
    assert_int_equal(stats_kruskal_wallis(h, of, 14, 3, &t), E_OK);
    assert_rel(t.statistic, 0.771428571428571, 1e-12);
    assert_rel(t.p, 0.679964773578855, 1e-10);
    /* A. Agresti, Categorical Data Analysis, 2007, p. 39: χ² = 30.07, df = 2 */
    static const double counts[] = {762, 327, 468, 484, 239, 477};
    assert_int_equal(stats_chi_square(counts, 2, 3, &t), E_OK);
    assert_rel(t.statistic, 30.0701490957547, 1e-12);
    assert_true(t.df == 2);
    static const double negative[] = {1, -1, 2, 3};
    assert_int_equal(stats_chi_square(negative, 2, 2, &t), E_DOMAIN);
    assert_int_equal(stats_welch(one, 1, two, 10, 0.95, &t), E_OK);
    assert_true(isnan(t.p) && t.reason == REASON_TOO_FEW);
}

static void adjusted_p_values(void **state)
{
    (void)state;
    static const double p[] = {0.04, 0.01, NAN, 0.03, 0.02};
    double holm[5], bh[5];
    assert_int_equal(stats_adjust_holm(p, 5, holm), E_OK);
    assert_int_equal(stats_adjust_bh(p, 5, bh), E_OK);
    assert_rel(holm[1], 0.04, 1e-12);
    assert_rel(holm[4], 0.06, 1e-12);
    assert_rel(holm[3], 0.06, 1e-12);
    assert_rel(holm[0], 0.06, 1e-12);
    assert_true(isnan(holm[2]) && isnan(bh[2]));
    for (size_t i = 0; i < 5; i++)
        if (i != 2)
            assert_rel(bh[i], 0.04, 1e-12);
}

static void quad_reads_decimals(void **state)
{
    (void)state;
    _Float128 value;
    assert_true(quad_parse("-12.50", 6, &value) && value == -12.5);
    assert_true(quad_parse("1e-3", 4, &value) && (double)value == 1e-3);
    assert_true(quad_parse(".5", 2, &value) && value == 0.5);
    assert_true(quad_parse("1000000000000.4", 15, &value));
    _Float128 rest = value * 10 - (_Float128)10000000000004;
    assert_true((rest < 0 ? -rest : rest) < 1e-19);
    assert_false(quad_parse("", 0, &value));
    assert_false(quad_parse(".", 1, &value));
    assert_false(quad_parse("1.2.3", 5, &value));
    assert_false(quad_parse("1e", 2, &value));
    assert_false(quad_parse("1e99999", 7, &value));
}

static void regression_says_why(void **state)
{
    (void)state;
    struct coefficient c[3];
    struct regression fit;
    /* the third column is twice the second */
    const _Float128 x[] = {1, 1, 1, 1, 1, 2, 3, 4, 2, 4, 6, 8}, y[] = {1, 3, 2, 5};
    assert_int_equal(stats_regression(x, y, 4, 3, true, 0.95, c, &fit), E_OK);
    assert_true(fit.reason == REASON_SINGULAR && fit.dependent == 2 && isnan(c[0].value));
    assert_int_equal(stats_regression(x, y, 2, 3, true, 0.95, c, &fit), E_OK);
    assert_true(fit.reason == REASON_MORE_COLUMNS);
    const _Float128 line[] = {3, 5, 7, 9};
    assert_int_equal(stats_regression(x, line, 4, 2, true, 0.95, c, &fit), E_OK);
    assert_true(fit.reason == REASON_NONE && fit.test_reason == REASON_EXACT_FIT && c[1].value == 2 && c[0].value == 1 && fit.residual_sd == 0);
    const _Float128 flat[] = {4, 4, 4, 4};
    assert_int_equal(stats_regression(x, flat, 4, 2, true, 0.95, c, &fit), E_OK);
    assert_true(fit.test_reason == REASON_CONSTANT && isnan(fit.r_squared) && c[1].value == 0);
    /* robust: one wild value of ten does not turn the line y = 1 + 2x */
    double design[20], wild[10];
    for (size_t i = 0; i < 10; i++) {
        design[i] = 1;
        design[10 + i] = (double)i;
        wild[i] = 1 + 2 * (double)i + (i % 2 ? 0.01 : -0.01);
    }
    wild[9] = 500;
    assert_int_equal(stats_robust(design, wild, 10, 2, ROBUST_bisquare, true, 0.95, c, &fit), E_OK);
    assert_true(fit.reason == REASON_NONE && fabs(c[1].value - 2) < 0.01);
    /* a design whose columns depend on one another is no better for being robust; units change nothing */
    double doubled[30], huge[10];
    struct coefficient plain[2];
    for (size_t i = 0; i < 10; i++) {
        doubled[i] = design[i];
        doubled[10 + i] = design[10 + i];
        doubled[20 + i] = 2 * design[10 + i];
        wild[i] = wild[i] + (double)(i * i % 7);
        huge[i] = ldexp(wild[i], 1010);
    }
    assert_int_equal(stats_robust(doubled, wild, 10, 3, ROBUST_huber, true, 0.95, c, &fit), E_OK);
    assert_true(fit.reason == REASON_SINGULAR && fit.dependent == 2 && isnan(c[0].value) && isnan(c[2].value));
    for (int weights = ROBUST_bisquare; weights <= ROBUST_huber; weights++) {
        assert_int_equal(stats_robust(design, wild, 10, 2, (enum robust_weights)weights, true, 0.95, plain, &fit), E_OK);
        double r_squared = fit.r_squared;
        assert_int_equal(stats_robust(design, huge, 10, 2, (enum robust_weights)weights, true, 0.95, c, &fit), E_OK);
        assert_true(c[1].value == ldexp(plain[1].value, 1010) && c[1].p == plain[1].p && fit.r_squared == r_squared);
    }
    const _Float128 alike[] = {2, 2, 5, 5};
    static const size_t group[] = {0, 0, 1, 1};
    struct anova a;
    assert_int_equal(stats_anova(alike, group, 4, 2, &a), E_OK);
    assert_true(a.reason == REASON_EXACT_FIT && isnan(a.f) && a.within_ss == 0 && a.between_ss == 9);
    assert_int_equal(stats_anova(alike, group, 2, 2, &a), E_OK);
    assert_true(a.reason == REASON_TOO_FEW);
}

int main(void)
{
    stats_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reference_values),
        cmocka_unit_test(pearson_of_lines_and_constants),
        cmocka_unit_test(correlations_do_not_depend_on_units),
        cmocka_unit_test(kendall_counts_pairs),
        cmocka_unit_test(tests_of_samples),
        cmocka_unit_test(adjusted_p_values),
        cmocka_unit_test(quad_reads_decimals),
        cmocka_unit_test(regression_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
