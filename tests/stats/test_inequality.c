/* test_inequality.c — indices of inequality against published values, their properties, what they refuse, and their bounds. */
#include "tests/stats/refs.h"
#include "tests/stats/mexico.h"
#include "stats/inequality.h"

#include <float.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const double ineq_ex[] = {541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261};
static const double stoermann[] = {10, 10, 10, 20, 50};
static const double gdp[] = {460.69, 549.19, 124.16, 65.29, 31.59, 109.27, 263.44, 39.87, 258.53, 645.59, 131.95, 35.03, 112.66,
                             56.22, 85.61, 56.81};
static const double population[] = {10879618, 12843514, 3520031, 2484826, 671489, 1787408, 6176172, 1612362,
                                    7926599, 17865516, 4052803, 995597, 4084851, 2245470, 2858714, 2170714};

static double compute(enum inequality index, double parameter, const double *values, const double *weights, size_t n)
{
    struct inequality_result r;
    assert_int_equal(stats_inequality(index, parameter, values, weights, n, &r), E_OK);
    assert_true(isnan(r.value) == (r.reason != REASON_NONE));
    return r.value;
}
#define PLAIN(index, parameter, values) compute(INEQUALITY_##index, parameter, values, NULL, COUNT(values))

static void reference_values(void **state)
{
    (void)state;
    static struct reference_table t;
    refs_load(&t);
    assert_ref(&t, "ineq_ex", "Gini", PLAIN(gini, 0, ineq_ex));
    assert_ref(&t, "ineq_ex", "Gini_corr", PLAIN(gini_corrected, 0, ineq_ex));
    assert_ref(&t, "ineq_ex", "RS", PLAIN(hoover, 0, ineq_ex));
    assert_ref(&t, "ineq_ex", "Atkinson", PLAIN(atkinson, 0.5, ineq_ex));
    assert_ref(&t, "ineq_ex", "Theil", PLAIN(theil_t, 0, ineq_ex));
    assert_ref(&t, "ineq_ex", "Theil_L", PLAIN(theil_l, 0, ineq_ex));
    double cv = PLAIN(cv_population, 0, ineq_ex);  /* the source's "var" */
    assert_ref(&t, "ineq_ex", "var", cv);
    assert_ref(&t, "ineq_ex", "square.var", cv * cv);
    assert_ref(&t, "ineq_ex", "entropy", PLAIN(generalized_entropy, 0.5, ineq_ex));

    /* the source's Inf is e^(μ - x) overflowing; the index is finite: μ - min + ln(Σ e^-(x - min)/n), whose sum is 1/10 here */
    struct inequality_result kolm;
    assert_true(isinf(ref(&t, "ineq_ex", "Kolm")));
    assert_true(isinf(exp(6658.6 - 541)));
    assert_int_equal(stats_kolm(1, ineq_ex, NULL, COUNT(ineq_ex), &kolm), E_OK);
    assert_rel(kolm.value, 6658.6 - 541 + log(0.1), 1e-15);

    assert_ref(&t, "stoermann", "MLD_L (REAT theil)", PLAIN(theil_l, 0, stoermann));
    assert_ref(&t, "stoermann", "Theil_T", PLAIN(theil_t, 0, stoermann));
    assert_ref(&t, "stoermann", "Gini", PLAIN(gini, 0, stoermann));
    assert_ref(&t, "stoermann", "Gini*n/(n-1)", PLAIN(gini_corrected, 0, stoermann));
    assert_ref(&t, "stoermann", "HHI", PLAIN(hhi, 0, stoermann));
    assert_ref(&t, "stoermann", "HHI_norm", PLAIN(hhi_normalized, 0, stoermann));
    assert_ref(&t, "stoermann", "Hoover", PLAIN(hoover, 0, stoermann));
    assert_ref(&t, "stoermann", "Atkinson_.5", PLAIN(atkinson, 0.5, stoermann));
    assert_ref(&t, "stoermann", "Atkinson_1", PLAIN(atkinson, 1, stoermann));
    assert_ref(&t, "stoermann", "CV_sample", PLAIN(cv, 0, stoermann));
    assert_ref(&t, "stoermann", "CV_pop", PLAIN(cv_population, 0, stoermann));

    static const double classes[] = {500, 1500, 2500, 4000, 7500, 15000}, people[] = {1000, 1200, 1600, 400, 200, 600};
    assert_ref(&t, "doersam_classes", "Gini_weighted", compute(INEQUALITY_gini, 0, classes, people, 6));
    static const double sales[] = {20, 50, 20, 10};
    assert_ref(&t, "doersam_sales", "HHI", PLAIN(hhi, 0, sales));
    assert_ref(&t, "doersam_sales", "HHI_norm", PLAIN(hhi_normalized, 0, sales));
    assert_ref(&t, "doersam_sales", "HHI_eq", PLAIN(equivalent_number, 0, sales));

    double a_head[COUNT(gdp)];
    for (size_t i = 0; i < COUNT(gdp); i++)
        a_head[i] = gdp[i] / population[i];
    assert_ref(&t, "laender2015", "Gini_gdp", PLAIN(gini, 0, gdp));
    assert_ref(&t, "laender2015", "HHI_gdp", PLAIN(hhi, 0, gdp));
    assert_ref(&t, "laender2015", "Hoover_gdp_vs_pop", compute(INEQUALITY_hoover, 0, a_head, population, COUNT(gdp)));
    assert_ref(&t, "laender2015", "Theil_T_popw", compute(INEQUALITY_theil_t, 0, a_head, population, COUNT(gdp)));
    assert_ref(&t, "laender2015", "Theil_L_popw", compute(INEQUALITY_theil_l, 0, a_head, population, COUNT(gdp)));
    assert_ref(&t, "laender2015", "Gini_popw", compute(INEQUALITY_gini, 0, a_head, population, COUNT(gdp)));
    assert_ref(&t, "laender2015", "Williamson_popw_mean",
               compute(INEQUALITY_cv_population, 0, a_head, population, COUNT(gdp)));

    const size_t *level[] = {mexico_hanson98}, groups[] = {5};
    struct theil_split parts[2];
    struct theil_total total;
    assert_int_equal(stats_theil_split(mexico_1940, NULL, 32, level, groups, 1, parts, &total), E_OK);
    assert_ref(&t, "mexico1940", "Theil_T", total.t);
    assert_ref(&t, "mexico1940", "Theil_between(hanson98)", parts[0].t);
    assert_ref(&t, "mexico1940", "Theil_within", parts[1].t);
    assert_ref(&t, "mexico1940", "Gini", PLAIN(gini, 0, mexico_1940));

    static const char *const examples[] = {"ineq_ex", "stoermann", "doersam_classes", "doersam_sales", "laender2015",
                                           "mexico1940", NULL};
    refs_assert_all(&t, examples);
}

/* Worked out by hand. */
static void ratios(void **state)
{
    (void)state;
    static const double ten[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 15};
    assert_rel(PLAIN(palma, 0, ten), 15.0 / 10, 1e-14);
    assert_rel(PLAIN(s80_s20, 0, ten), 24.0 / 3, 1e-14);
    assert_rel(PLAIN(p90_p10, 0, ten), 9.6 / 1.9, 1e-14);
    assert_rel(PLAIN(p90_p50, 0, ten), 9.6 / 5.5, 1e-14);
    assert_rel(PLAIN(p50_p10, 0, ten), 5.5 / 1.9, 1e-14);
    assert_rel(PLAIN(max_min, 0, ten), 15, 1e-14);
    static const double two[] = {1, 3}, weights[] = {3, 1};
    assert_rel(compute(INEQUALITY_palma, 0, two, weights, 2), 0.3 / 0.4, 1e-14);  /* a tenth of the weight is part of one row */
    assert_rel(compute(INEQUALITY_p90_p10, 0, two, weights, 2), 3, 0);
    double at[3], share[3];
    size_t points;
    enum reason reason;
    assert_int_equal(stats_lorenz(two, weights, 2, at, share, &points, &reason), E_OK);
    assert_int_equal(points, 3);
    assert_rel(at[1], 0.75, 1e-15);
    assert_rel(share[1], 0.5, 1e-15);
    assert_true(at[0] == 0 && share[0] == 0 && at[2] == 1 && share[2] == 1);
}

static double parameter_of(enum inequality index, int variant)
{
    static const double epsilon[] = {0.5, 1, 2}, alpha[] = {-1, 0.5, 2};
    return index == INEQUALITY_atkinson ? epsilon[variant] : index == INEQUALITY_generalized_entropy ? alpha[variant] : 0;
}

static bool counts_rows(enum inequality index)
{
    return index == INEQUALITY_gini_corrected || index == INEQUALITY_cv || index == INEQUALITY_hhi ||
           index == INEQUALITY_hhi_normalized || index == INEQUALITY_equivalent_number;
}

static bool is_quantile_ratio(enum inequality index)
{
    return index >= INEQUALITY_p90_p10;
}

/* Order of rows, scale, weights equal to repetition, duplication, rows of weight 0, missing rows. */
static void properties(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int round = 0; round < 120; round++) {
        size_t n = 2 + (size_t)(random_next(&seed) * 8), m = 0;
        double x[10], w[10], reversed[10], scaled[10], padded[12], padded_w[12], repeated[64], twice[20];
        for (size_t i = 0; i < n; i++) {
            x[i] = 1 + floor(random_next(&seed) * 1000) / 8;
            w[i] = 1 + floor(random_next(&seed) * 4);
            scaled[i] = x[i] * 0x1p300;
            twice[2 * i] = twice[2 * i + 1] = x[i];
            for (int k = 0; k < (int)w[i]; k++)
                repeated[m++] = x[i];
        }
        for (size_t i = 0; i < n; i++) {
            reversed[i] = x[n - 1 - i];
            padded[i] = x[i];
            padded_w[i] = w[i];
        }
        padded[n] = NAN, padded_w[n] = 1;
        padded[n + 1] = 1e9, padded_w[n + 1] = 0;
        for (int index = 0; index < INEQUALITY_COUNT; index++) {
            enum inequality which = (enum inequality)index;
            double p = parameter_of(which, round % 3), plain = compute(which, p, x, NULL, n);
            assert_rel(compute(which, p, reversed, NULL, n), plain, 0);
            assert_rel(compute(which, p, scaled, NULL, n), plain, 1e-13);
            if (!counts_rows(which) && !is_quantile_ratio(which)) {
                double weighted = compute(which, p, x, w, n);
                assert_true(fabs(weighted - compute(which, p, repeated, NULL, m)) <= 1e-13);
                assert_true(fabs(plain - compute(which, p, twice, NULL, 2 * n)) <= 1e-13);
                struct inequality_result r;
                assert_int_equal(stats_inequality(which, p, padded, padded_w, n + 2, &r), E_OK);
                assert_rel(r.value, weighted, 0);
                assert_true(r.n == n && r.missing == 1 && r.zero_weight == 1);
            }
        }
        /* duplication halves concentration and does not touch the others */
        assert_rel(compute(INEQUALITY_hhi, 0, twice, NULL, 2 * n), compute(INEQUALITY_hhi, 0, x, NULL, n) / 2, 1e-13);
        /* Kolm's index does not change when every value grows by the same amount */
        double shifted[10];
        struct inequality_result k, moved;
        for (size_t i = 0; i < n; i++)
            shifted[i] = x[i] - 4096;
        assert_int_equal(stats_kolm(0.05, x, w, n, &k), E_OK);
        assert_int_equal(stats_kolm(0.05, shifted, w, n, &moved), E_OK);
        assert_true(fabs(k.value - moved.value) < 1e-10 && k.value >= 0);
        /* generalized entropy's special cases */
        assert_rel(compute(INEQUALITY_generalized_entropy, 1, x, w, n), compute(INEQUALITY_theil_t, 0, x, w, n), 0);
        assert_rel(compute(INEQUALITY_generalized_entropy, 0, x, w, n), compute(INEQUALITY_theil_l, 0, x, w, n), 0);
        double cv = compute(INEQUALITY_cv_population, 0, x, w, n);
        assert_rel(2 * compute(INEQUALITY_generalized_entropy, 2, x, w, n), cv * cv, 1e-12);
    }
}

/* Equal values give 0 exactly; nearly equal ones keep their digits: with x = 1 ± δ, T ≈ L ≈ δ²/2 and Gini = δ/2. */
static void nearly_equal(void **state)
{
    (void)state;
    static const double equal[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
    static const enum inequality zero[] = {INEQUALITY_gini, INEQUALITY_gini_corrected, INEQUALITY_theil_t, INEQUALITY_theil_l,
                                           INEQUALITY_atkinson, INEQUALITY_generalized_entropy, INEQUALITY_hoover,
                                           INEQUALITY_cv, INEQUALITY_cv_population, INEQUALITY_hhi_normalized};
    for (size_t i = 0; i < COUNT(zero); i++)
        assert_true(compute(zero[i], 0.5, equal, NULL, COUNT(equal)) == 0);
    const double d = 0x1p-30, near[] = {1 - d, 1 + d};
    assert_rel(PLAIN(theil_t, 0, near), d * d / 2, 1e-15);
    assert_rel(PLAIN(theil_l, 0, near), d * d / 2, 1e-15);
    assert_rel(PLAIN(gini, 0, near), d / 2, 1e-15);
    assert_rel(PLAIN(cv_population, 0, near), d, 1e-15);
}

static void refusals(void **state)
{
    (void)state;
    struct { enum inequality index; double parameter; double values[4]; size_t n; const double *weights; enum reason reason; } cases[] = {
        {INEQUALITY_gini, 0, {0}, 0, NULL, REASON_EMPTY},
        {INEQUALITY_gini, 0, {NAN, NAN}, 2, NULL, REASON_EMPTY},
        {INEQUALITY_gini, 0, {1, -1, 3}, 3, NULL, REASON_NEGATIVE},
        {INEQUALITY_gini, 0, {0, 0}, 2, NULL, REASON_ZERO_SUM},
        {INEQUALITY_gini_corrected, 0, {5}, 1, NULL, REASON_TOO_FEW},
        {INEQUALITY_gini_corrected, 0, {1, 2}, 2, (const double[]){1, 2}, REASON_WEIGHTED},
        {INEQUALITY_theil_l, 0, {0, 1}, 2, NULL, REASON_NOT_POSITIVE},
        {INEQUALITY_atkinson, 1, {0, 1}, 2, NULL, REASON_NOT_POSITIVE},
        {INEQUALITY_atkinson, 0, {1, 2}, 2, NULL, REASON_UNDEFINED},
        {INEQUALITY_atkinson, NAN, {1, 2}, 2, NULL, REASON_UNDEFINED},
        {INEQUALITY_generalized_entropy, -1, {0, 2}, 2, NULL, REASON_NOT_POSITIVE},
        {INEQUALITY_cv, 0, {5}, 1, NULL, REASON_TOO_FEW},
        {INEQUALITY_cv, 0, {-1, 1}, 2, NULL, REASON_MEAN_NOT_POSITIVE},
        {INEQUALITY_cv_population, 0, {-3, 1}, 2, NULL, REASON_MEAN_NOT_POSITIVE},
        {INEQUALITY_hhi_normalized, 0, {5}, 1, NULL, REASON_TOO_FEW},
        {INEQUALITY_palma, 0, {0, 0, 0, 8}, 4, NULL, REASON_ZERO_BASE},
        {INEQUALITY_max_min, 0, {0, 3}, 2, NULL, REASON_ZERO_BASE},
        {INEQUALITY_gini, 0, {1, 2}, 2, (const double[]){0, 0}, REASON_ZERO_WEIGHTS},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct inequality_result r;
        assert_int_equal(stats_inequality(cases[i].index, cases[i].parameter, cases[i].values, cases[i].weights, cases[i].n, &r), E_OK);
        assert_int_equal(r.reason, cases[i].reason);
        assert_true(isnan(r.value));
    }
    struct inequality_result r;
    assert_int_equal(stats_inequality(INEQUALITY_gini, 0, (double[]){1, INFINITY}, NULL, 2, &r), E_DOMAIN);
    assert_int_equal(stats_inequality(INEQUALITY_gini, 0, (double[]){1, 2}, (double[]){1, -1}, 2, &r), E_DOMAIN);
    /* the largest doubles are fine, so are the smallest */
    assert_rel(compute(INEQUALITY_gini, 0, (double[]){DBL_MAX, DBL_MAX / 2}, NULL, 2), 1.0 / 6, 1e-15);
    assert_rel(compute(INEQUALITY_theil_t, 0, (double[]){0x1p-1070, 0x1p-1069}, NULL, 2),
               compute(INEQUALITY_theil_t, 0, (double[]){1, 2}, NULL, 2), 1e-15);
    /* T and Gini take zeros: one row has all */
    assert_rel(compute(INEQUALITY_theil_t, 0, (double[]){0, 0, 5}, NULL, 3), log(3), 1e-15);
    assert_rel(compute(INEQUALITY_gini, 0, (double[]){0, 0, 5}, NULL, 3), 2.0 / 3, 1e-15);
}

/* Three levels: components add up to the total, agree with the groups' own indices, and do not change when groups are renamed;
 * merging the groups of a level moves what was between them to the level below. */
static void decomposition(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int round = 0; round < 100; round++) {
        enum { N = 24 };
        double x[N], w[N];
        size_t fine[N], coarse[N], renamed[N], one[N] = {0};
        for (size_t i = 0; i < N; i++) {
            x[i] = round % 4 == 0 && i == 5 ? 0 : 1 + random_next(&seed) * 50;
            w[i] = round % 3 == 0 ? 1 : 0.5 + random_next(&seed) * 9;
            fine[i] = (size_t)(random_next(&seed) * 6);
            coarse[i] = fine[i] / 2;
            renamed[i] = 5 - fine[i];
        }
        const size_t *levels[] = {coarse, fine}, *names[] = {coarse, renamed}, *flat[] = {one, fine};
        const size_t groups[] = {3, 6}, flat_groups[] = {1, 6};
        struct theil_split parts[3], other[3];
        struct theil_total total, again;
        assert_int_equal(stats_theil_split(x, w, N, levels, groups, 2, parts, &total), E_OK);
        assert_true(fabs(parts[0].t + parts[1].t + parts[2].t - compute(INEQUALITY_theil_t, 0, x, w, N)) < 1e-14);
        assert_rel(total.t, compute(INEQUALITY_theil_t, 0, x, w, N), 1e-13);
        if (round % 4 == 0) {
            assert_true(isnan(total.l) && total.reason_l == REASON_NOT_POSITIVE && total.reason_t == REASON_NONE);
        } else {
            assert_rel(total.l, compute(INEQUALITY_theil_l, 0, x, w, N), 1e-13);
        }
        assert_int_equal(stats_theil_split(x, w, N, names, groups, 2, other, &again), E_OK);
        for (int k = 0; k < 3; k++)
            assert_true(fabs(parts[k].t - other[k].t) < 1e-15 && parts[k].t >= -1e-16);
        assert_int_equal(stats_theil_split(x, w, N, flat, flat_groups, 2, other, &again), E_OK);
        assert_true(fabs(other[0].t) < 1e-16);
        assert_rel(other[1].t, parts[0].t + parts[1].t, 1e-12);

        struct theil_group g[6];
        assert_int_equal(stats_theil_groups(x, w, N, fine, 6, g), E_OK);
        double within = 0, shares = 0;
        for (size_t k = 0; k < 6; k++) {
            double gx[N], gw[N];
            size_t m = 0;
            for (size_t i = 0; i < N; i++)
                if (fine[i] == k)
                    gx[m] = x[i], gw[m++] = w[i];
            assert_int_equal(g[k].n, m);
            if (m == 0 || isnan(g[k].t))
                continue;
            struct inequality_result r;
            assert_int_equal(stats_inequality(INEQUALITY_theil_t, 0, gx, gw, m, &r), E_OK);
            assert_true(fabs(g[k].t - r.value) < 1e-14);
            within += g[k].contribution_t;
            shares += g[k].value_share;
            double sum = 0, weight = 0;
            for (size_t i = 0; i < m; i++)
                sum += gx[i] * gw[i], weight += gw[i];
            assert_rel(g[k].mean, sum / weight, 1e-13);
        }
        assert_rel(within, parts[2].t, 1e-12);
        assert_rel(shares, 1, 1e-13);
    }
    struct theil_split parts[1];
    struct theil_total total;
    assert_int_equal(stats_theil_split((double[]){-1, 2}, NULL, 2, NULL, NULL, 0, parts, &total), E_OK);
    assert_true(isnan(total.t) && total.reason_t == REASON_NEGATIVE);
    const size_t wild[] = {0, 7}, *level[] = {wild}, groups[] = {2};
    struct theil_split two[2];
    assert_int_equal(stats_theil_split((double[]){1, 2}, NULL, 2, level, groups, 1, two, &total), E_DOMAIN);
}

int main(void)
{
    stats_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reference_values), cmocka_unit_test(ratios),   cmocka_unit_test(properties),
        cmocka_unit_test(nearly_equal),     cmocka_unit_test(refusals), cmocka_unit_test(decomposition),
    };
    return cmocka_run_group_tests_name("stats/inequality", tests, NULL, NULL);
}
