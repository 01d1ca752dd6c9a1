/* test_properties_many.c — laws of what relates variables, tests samples, splits changes and scores: order, scale, shift, duplication,
 * merging. Those of one variable are in test_properties.c. */
#include "tests/stats/close.h"
#include "stats/regression.h"
#include "stats/relation.h"
#include "stats/score.h"
#include "stats/structure.h"
#include "stats/trend.h"

#include <string.h>

enum { N = 24, ROUNDS = 60 };

static void assert_near(const char *law, double got, double want, double tolerance)
{
    if (isnan(want) ? isnan(got) : got == want || fabs(got - want) <= tolerance * fmax(1, fabs(want)))
        return;
    fail_msg("%s: got %.17g, want %.17g", law, got, want);
}

/* x and y with ties; the same rows shuffled; x in another unit and from another zero; every row twice. */
struct pairs {
    double x[N], y[N], shuffled_x[N], shuffled_y[N], moved[N], twice_x[2 * N], twice_y[2 * N];
};

static void draw_pairs(struct pairs *p, uint64_t *seed)
{
    size_t place[N];
    for (size_t i = 0; i < N; i++) {
        p->x[i] = p->twice_x[i] = p->twice_x[N + i] = floor(random_next(seed) * 60) / 4;
        p->y[i] = p->twice_y[i] = p->twice_y[N + i] = floor(p->x[i] + random_next(seed) * 20) / 2;
        p->moved[i] = 8 * p->x[i] + 1024;
        place[i] = i;
    }
    for (size_t i = N - 1; i > 0; i--) {
        size_t k = (size_t)(random_next(seed) * (double)(i + 1)), held = place[i];
        place[i] = place[k];
        place[k] = held;
    }
    for (size_t i = 0; i < N; i++) {
        p->shuffled_x[place[i]] = p->x[i];
        p->shuffled_y[place[i]] = p->y[i];
    }
}

static void correlations(void **state)
{
    (void)state;
    int (*const kinds[])(const double *, const double *, size_t, double, struct correlation *) = {stats_pearson, stats_spearman, stats_kendall};
    uint64_t seed = 31;
    struct pairs p;
    for (int round = 0; round < ROUNDS; round++) {
        draw_pairs(&p, &seed);
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            struct correlation a, b;
            assert_int_equal(kinds[k](p.x, p.y, N, 0.95, &a), E_OK);
            assert_int_equal(kinds[k](p.shuffled_x, p.shuffled_y, N, 0.95, &b), E_OK);
            assert_near("correlation, order", b.value, a.value, 1e-14);
            assert_near("p of correlation, order", b.p, a.p, 1e-12);
            assert_int_equal(kinds[k](p.moved, p.y, N, 0.95, &b), E_OK);
            assert_near("correlation, scale and shift", b.value, a.value, 1e-13);
            assert_near("p of correlation, scale and shift", b.p, a.p, 1e-12);
            assert_int_equal(kinds[k](p.y, p.x, N, 0.95, &b), E_OK);
            assert_near("correlation, exchange", b.value, a.value, 1e-14);
            assert_near("interval, exchange", b.low, a.low, 1e-13);
            assert_int_equal(kinds[k](p.twice_x, p.twice_y, 2 * N, 0.95, &b), E_OK);
            assert_near("correlation, duplication", b.value, a.value, 1e-14);
            assert_true(b.p <= a.p && b.low >= a.low && b.high <= a.high);
        }
    }
}

static void fit_of(const double *x, const double *y, size_t n, struct coefficient *c, struct regression *fit)
{
    _Float128 design[4 * N], target[2 * N];
    for (size_t i = 0; i < n; i++) {
        design[i] = 1;
        design[n + i] = x[i];
        target[i] = y[i];
    }
    assert_int_equal(stats_regression(design, target, n, 2, true, 0.95, c, fit), E_OK);
}

static void robust_of(const double *x, const double *y, enum robust_weights weights, struct coefficient *c)
{
    double design[2 * N];
    struct regression fit;
    for (size_t i = 0; i < N; i++) {
        design[i] = 1;
        design[N + i] = x[i];
    }
    assert_int_equal(stats_robust(design, y, N, 2, weights, true, 0.95, c, &fit), E_OK);
}

/* y on x: the slope is in y's unit over x's, R² and the tests know no units; duplication leaves the line. */
static void regressions(void **state)
{
    (void)state;
    uint64_t seed = 32;
    struct pairs p;
    for (int round = 0; round < ROUNDS; round++) {
        struct coefficient a[2], b[2];
        struct regression f, g;
        struct correlation r;
        draw_pairs(&p, &seed);
        fit_of(p.x, p.y, N, a, &f);
        fit_of(p.shuffled_x, p.shuffled_y, N, b, &g);
        assert_near("slope, order", b[1].value, a[1].value, 1e-15);
        assert_near("F, order", g.f, f.f, 1e-14);
        fit_of(p.moved, p.y, N, b, &g);
        assert_near("slope, scale", b[1].value * 8, a[1].value, 1e-14);
        assert_near("intercept, shift", b[0].value + 1024 * b[1].value, a[0].value, 1e-12);
        assert_near("p of slope, scale and shift", b[1].p, a[1].p, 1e-13);
        assert_near("R², scale and shift", g.r_squared, f.r_squared, 1e-14);
        fit_of(p.twice_x, p.twice_y, 2 * N, b, &g);
        assert_near("slope, duplication", b[1].value, a[1].value, 1e-14);
        assert_near("R², duplication", g.r_squared, f.r_squared, 1e-14);
        assert_near("residuals, duplication", g.residual_ss, 2 * f.residual_ss, 1e-14);
        assert_int_equal(stats_pearson(p.x, p.y, N, 0.95, &r), E_OK);
        assert_near("R² is r²", r.value * r.value, f.r_squared, 1e-13);
        for (int weights = ROBUST_bisquare; weights <= ROBUST_huber; weights++) {
            robust_of(p.x, p.y, (enum robust_weights)weights, a);
            robust_of(p.shuffled_x, p.shuffled_y, (enum robust_weights)weights, b);
            assert_near("robust slope, order", b[1].value, a[1].value, 1e-6);
            robust_of(p.moved, p.y, (enum robust_weights)weights, b);
            assert_near("robust slope, scale and shift", b[1].value * 8, a[1].value, 1e-6);
        }
    }
}

static void trends(void **state)
{
    (void)state;
    uint64_t seed = 33;
    struct pairs p;
    for (int round = 0; round < ROUNDS; round++) {
        struct trend a, b;
        draw_pairs(&p, &seed);
        assert_int_equal(stats_trend(p.x, p.y, N, 0.95, &a), E_OK);
        assert_int_equal(stats_trend(p.shuffled_x, p.shuffled_y, N, 0.95, &b), E_OK);
        assert_true(b.s == a.s && b.sen == a.sen && b.sen_low == a.sen_low && b.mann_kendall_p == a.mann_kendall_p);
        assert_near("trend, order", b.slope, a.slope, 1e-13);
        assert_int_equal(stats_trend(p.moved, p.y, N, 0.95, &b), E_OK);
        assert_near("sen, unit of time", 8 * b.sen, a.sen, 1e-14);
        assert_near("p, unit of time", b.mann_kendall_p, a.mann_kendall_p, 0);
        assert_int_equal(stats_trend(p.twice_x, p.twice_y, 2 * N, 0.95, &b), E_OK);
        assert_near("sen, duplication", b.sen, a.sen, 1e-15);
        assert_true(b.s == 4 * a.s);
        assert_near("slope, duplication", b.slope, a.slope, 1e-13);
    }
}

/* Tests of samples: no units, no order, no names of groups; rank tests know only the order of values. */
static void tests_of_samples(void **state)
{
    (void)state;
    uint64_t seed = 34;
    struct pairs p;
    for (int round = 0; round < ROUNDS; round++) {
        struct test a, b;
        struct anova v, w;
        _Float128 values[N], shifted[N];
        size_t group[N], renamed[N], merged[N];
        double cubed[N], moved_y[N];
        draw_pairs(&p, &seed);
        for (size_t i = 0; i < N; i++) {
            moved_y[i] = 8 * p.y[i] + 1024;
            cubed[i] = p.x[i] * p.x[i] * p.x[i];
            values[i] = p.x[i];
            shifted[i] = p.moved[i];
            group[i] = i % 3;
            renamed[i] = 2 - i % 3;
            merged[i] = i % 3 == 2;
        }
        assert_int_equal(stats_welch(p.x, N, p.y, N, 0.95, &a), E_OK);
        assert_int_equal(stats_welch(p.moved, N, moved_y, N, 0.95, &b), E_OK);
        assert_near("welch, scale and shift", b.statistic, a.statistic, 1e-12);
        assert_near("welch p, scale and shift", b.p, a.p, 1e-12);
        assert_near("welch difference, scale", b.estimate, 8 * a.estimate, 1e-12);
        assert_int_equal(stats_welch(p.shuffled_y, N, p.shuffled_x, N, 0.95, &b), E_OK);
        assert_near("welch, exchange and order", -b.statistic, a.statistic, 1e-13);
        assert_near("welch effect, exchange", -b.effect, a.effect, 1e-13);
        assert_int_equal(stats_mann_whitney(p.x, N, p.y, N, &a), E_OK);
        assert_int_equal(stats_mann_whitney(p.moved, N, moved_y, N, &b), E_OK);
        assert_true(b.statistic == a.statistic && b.p == a.p);
        assert_int_equal(stats_mann_whitney(p.shuffled_y, N, p.shuffled_x, N, &b), E_OK);
        assert_near("U of both", a.statistic + b.statistic, (double)N * N, 0);
        assert_near("mann-whitney p, exchange", b.p, a.p, 1e-14);
        assert_int_equal(stats_kruskal_wallis(p.x, group, N, 3, &a), E_OK);
        assert_int_equal(stats_kruskal_wallis(cubed, renamed, N, 3, &b), E_OK);
        assert_near("kruskal-wallis, any rising function", b.statistic, a.statistic, 1e-13);
        assert_int_equal(stats_anova(values, group, N, 3, &v), E_OK);
        assert_int_equal(stats_anova(shifted, renamed, N, 3, &w), E_OK);
        assert_near("anova, scale, shift, names", w.f, v.f, 1e-14);
        assert_near("eta², scale, shift, names", w.eta_squared, v.eta_squared, 1e-14);
        assert_near("anova, scale", w.within_ss, 64 * v.within_ss, 1e-14);
        /* groups merged: the whole stays, what lay between the two is within */
        assert_int_equal(stats_anova(values, merged, N, 2, &w), E_OK);
        assert_near("anova, merging", w.total_ss, v.total_ss, 1e-15);
        assert_true(w.between_ss <= v.between_ss && w.within_ss >= v.within_ss);
        assert_near("anova, parts", w.between_ss + w.within_ss, w.total_ss, 1e-15);
    }
}

/* A table of counts: the order of rows, exchange of rows and columns, duplication, rows of one profile merged. */
static void tables(void **state)
{
    (void)state;
    uint64_t seed = 35;
    for (int round = 0; round < ROUNDS; round++) {
        double table[12], turned[12], reversed[12], twice[12], merged[9];
        struct test a, b;
        for (size_t i = 0; i < 9; i++)
            table[i] = 1 + floor(random_next(&seed) * 30);
        for (size_t j = 0; j < 3; j++)
            table[9 + j] = 2 * table[6 + j];  /* the profile of the row before */
        for (size_t i = 0; i < 4; i++)
            for (size_t j = 0; j < 3; j++) {
                turned[j * 4 + i] = reversed[(3 - i) * 3 + j] = table[i * 3 + j];
                twice[i * 3 + j] = 2 * table[i * 3 + j];
                if (i < 3)
                    merged[i * 3 + j] = table[i * 3 + j] + (i == 2 ? table[9 + j] : 0);
            }
        assert_int_equal(stats_chi_square(table, 4, 3, &a), E_OK);
        assert_int_equal(stats_chi_square(turned, 3, 4, &b), E_OK);
        assert_near("chi-square, exchange", b.statistic, a.statistic, 1e-13);
        assert_near("chi-square p, exchange", b.p, a.p, 1e-12);
        assert_int_equal(stats_chi_square(reversed, 4, 3, &b), E_OK);
        assert_near("chi-square, order", b.statistic, a.statistic, 1e-13);
        assert_int_equal(stats_chi_square(twice, 4, 3, &b), E_OK);
        assert_near("chi-square, duplication", b.statistic, 2 * a.statistic, 1e-13);
        assert_near("Cramér's V, duplication", b.effect, a.effect, 1e-13);
        assert_int_equal(stats_chi_square(merged, 3, 3, &b), E_OK);
        assert_near("chi-square, merging", b.statistic, a.statistic, 1e-12);
        assert_true(b.df == 4 && a.df == 6);
    }
    /* many tests: their order changes nothing, an adjusted p is never smaller, Holm is never below Benjamini and Hochberg */
    double p[10], reversed[10], holm[10], bh[10], other[10];
    for (size_t i = 0; i < 10; i++)
        p[i] = reversed[9 - i] = pow(random_next(&seed), 3);
    assert_int_equal(stats_adjust_holm(p, 10, holm), E_OK);
    assert_int_equal(stats_adjust_bh(p, 10, bh), E_OK);
    assert_int_equal(stats_adjust_holm(reversed, 10, other), E_OK);
    for (size_t i = 0; i < 10; i++) {
        assert_near("holm, order", other[9 - i], holm[i], 0);
        assert_true(p[i] <= bh[i] && bh[i] <= holm[i] && holm[i] <= 1);
    }
}

static struct interval exact(double x)
{
    return (struct interval){x, x, x};
}

/* Structures and what changes are made of: units, order of industries, industries merged that behave alike. */
static void structures(void **state)
{
    (void)state;
    enum { K = 6 };
    uint64_t seed = 36;
    for (int round = 0; round < ROUNDS; round++) {
        struct interval t[4][K], r[4][K], m[4][K - 1], scaled[4][K], effects[2], first[2], second[2], whole, part, rest;
        struct specialization a, b, c;
        struct shift_share rows[K], sum, other, merged;
        struct structure_result q, scaled_q;
        enum reason reason;
        size_t missing;
        for (size_t i = 0; i < K; i++) {
            double base = 100 + floor(random_next(&seed) * 900), share = 0.05 + random_next(&seed) / 4, growth = 0.8 + random_next(&seed), own = 0.8 + random_next(&seed);
            const double cells[] = {base * share, base * share * own, base, base * growth};
            for (size_t k = 0; k < 4; k++) {
                /* the last industry is like the one before it, three times as large */
                t[k][i] = i + 1 < K ? exact(cells[k]) : interval_scale(t[k][i - 1], 3);
                scaled[k][i] = interval_scale(t[k][i], 8);
            }
        }
        for (size_t k = 0; k < 4; k++)
            for (size_t i = 0; i < K; i++) {
                r[k][K - 1 - i] = t[k][i];
                if (i + 1 < K)
                    m[k][i] = i + 2 < K ? t[k][i] : interval_add(t[k][i], t[k][i + 1]);
            }
        assert_int_equal(stats_location_quotient(t[0][0], t[0][1], t[2][0], t[2][1], &q), E_OK);
        assert_int_equal(stats_location_quotient(scaled[0][0], scaled[0][1], scaled[2][0], scaled[2][1], &scaled_q), E_OK);
        assert_near("location quotient, scale", scaled_q.value.value, q.value.value, 1e-15);
        assert_int_equal(stats_specialization(t[0], t[2], K, &a), E_OK);
        assert_int_equal(stats_specialization(r[0], r[2], K, &b), E_OK);
        assert_near("krugman, order", b.krugman.value.value, a.krugman.value.value, 1e-14);
        assert_near("gini, order", b.gini.value.value, a.gini.value.value, 1e-13);
        assert_near("entropy, order", b.entropy.value.value, a.entropy.value.value, 1e-14);
        assert_int_equal(stats_specialization(scaled[0], t[2], K, &b), E_OK);
        assert_near("krugman, scale", b.krugman.value.value, a.krugman.value.value, 1e-14);
        assert_near("hhi, scale", b.hhi.value.value, a.hhi.value.value, 1e-15);
        assert_int_equal(stats_specialization(m[0], m[2], K - 1, &c), E_OK);
        assert_near("krugman, merging", c.krugman.value.value, a.krugman.value.value, 1e-14);
        assert_true(c.hhi.value.value >= a.hhi.value.value && c.entropy.value.value <= a.entropy.value.value);
        assert_int_equal(stats_shift_share(t[0], t[1], t[2], t[3], K, rows, &sum, &missing), E_OK);
        assert_int_equal(stats_shift_share(r[0], r[1], r[2], r[3], K, rows, &other, &missing), E_OK);
        assert_near("structural, order", other.structural.value, sum.structural.value, 1e-11);
        assert_int_equal(stats_shift_share(scaled[0], scaled[1], scaled[2], scaled[3], K, rows, &other, &missing), E_OK);
        assert_near("regional, scale", other.regional.value, 8 * sum.regional.value, 1e-12);
        assert_int_equal(stats_shift_share(m[0], m[1], m[2], m[3], K - 1, rows, &merged, &missing), E_OK);
        assert_near("national, merging", merged.national.value, sum.national.value, 1e-12);
        assert_near("structural, merging", merged.structural.value, sum.structural.value, 1e-11);
        assert_near("regional, merging", merged.regional.value, sum.regional.value, 1e-11);
        assert_near("parts", sum.national.value + sum.structural.value + sum.regional.value, sum.change.value, 1e-12);
        /* LMDI: effects of sectors add up, factors may be exchanged, units cancel but for the total's */
        struct interval x0[2 * K], x1[2 * K], y0[2 * K], y1[2 * K], a0[K], a1[K], b0[K], b1[K];
        for (size_t i = 0; i < K; i++) {
            x0[i] = y0[K + i] = t[0][i], x1[i] = y1[K + i] = t[1][i];
            x0[K + i] = y0[i] = t[2][i], x1[K + i] = y1[i] = t[3][i];
        }
        for (size_t i = 0; i < K / 2; i++) {
            a0[i] = x0[i], a1[i] = x1[i], b0[i] = x0[K / 2 + i], b1[i] = x1[K / 2 + i];
            a0[K / 2 + i] = x0[K + i], a1[K / 2 + i] = x1[K + i], b0[K / 2 + i] = x0[K + K / 2 + i], b1[K / 2 + i] = x1[K + K / 2 + i];
        }
        assert_int_equal(stats_lmdi(x0, x1, 2, K, effects, &whole, &reason, &missing), E_OK);
        assert_near("lmdi, parts", effects[0].value + effects[1].value, whole.value, 1e-12);
        assert_int_equal(stats_lmdi(y0, y1, 2, K, first, &part, &reason, &missing), E_OK);
        assert_near("lmdi, exchange of factors", first[1].value, effects[0].value, 1e-12);
        assert_int_equal(stats_lmdi(a0, a1, 2, K / 2, first, &part, &reason, &missing), E_OK);
        assert_int_equal(stats_lmdi(b0, b1, 2, K / 2, second, &rest, &reason, &missing), E_OK);
        assert_near("lmdi, sectors", first[0].value + second[0].value, effects[0].value, 1e-11);
        assert_near("lmdi, sectors", part.value + rest.value, whole.value, 1e-11);
    }
}

/* Scores: objects that are there twice have the score they had; an indicator split in two of half the weight changes nothing. */
static void scores(void **state)
{
    (void)state;
    enum { OBJECTS = 6, K = 3 };
    static const bool negative[] = {false, true, false, false};
    uint64_t seed = 37;
    for (int round = 0; round < ROUNDS; round++) {
        double x[OBJECTS * K], twice[2 * OBJECTS * K], split[OBJECTS * 4], a[OBJECTS], b[2 * OBJECTS], once[K], again[K];
        const double w[] = {0.2, 0.3, 0.5}, halves[] = {0.2, 0.3, 0.25, 0.25};
        enum reason reason;
        size_t column;
        for (size_t i = 0; i < OBJECTS * K; i++)
            x[i] = twice[i] = twice[OBJECTS * K + i] = 1 + floor(random_next(&seed) * 50);
        for (size_t i = 0; i < OBJECTS; i++)
            for (size_t j = 0; j < 4; j++)
                split[i * 4 + j] = x[i * K + (j < K ? j : K - 1)];
        const enum score_method methods[] = {SCORE_sum, SCORE_geometric, SCORE_topsis};
        for (size_t m = 0; m < 3; m++) {
            const struct score_model model = {K, negative, SCALING_minmax, 0.01, methods[m]}, wide = {4, negative, SCALING_minmax, 0.01, methods[m]};
            assert_int_equal(stats_score(&model, x, OBJECTS, w, a, &reason, &column), E_OK);
            assert_int_equal(stats_score(&model, twice, 2 * OBJECTS, w, b, &reason, &column), E_OK);
            for (size_t i = 0; i < OBJECTS; i++)
                assert_near("score, duplication", b[OBJECTS + i], a[i], 1e-14);
            if (methods[m] == SCORE_topsis)
                continue;  /* distances are not sums: two halves are nearer than one whole */
            assert_int_equal(stats_score(&wide, split, OBJECTS, halves, b, &reason, &column), E_OK);
            for (size_t i = 0; i < OBJECTS; i++)
                assert_near("score, split indicator", b[i], a[i], 1e-14);
        }
        const struct score_model model = {K, negative, SCALING_minmax, 0.01, SCORE_sum};
        assert_int_equal(stats_score_weights(WEIGHTING_critic, &model, x, OBJECTS, once, &reason), E_OK);
        assert_int_equal(stats_score_weights(WEIGHTING_critic, &model, twice, 2 * OBJECTS, again, &reason), E_OK);
        for (size_t j = 0; j < K; j++)
            assert_near("CRITIC, duplication", again[j], once[j], 1e-13);
        for (int weighting = WEIGHTING_entropy; weighting <= WEIGHTING_deviation; weighting++) {
            double sum = 0;
            assert_int_equal(stats_score_weights((enum weighting)weighting, &model, x, OBJECTS, once, &reason), E_OK);
            for (size_t i = 0; i < OBJECTS / 2; i++)  /* objects in the opposite order */
                for (size_t j = 0; j < K; j++) {
                    double held = twice[i * K + j];
                    twice[i * K + j] = twice[(OBJECTS - 1 - i) * K + j];
                    twice[(OBJECTS - 1 - i) * K + j] = held;
                }
            assert_int_equal(stats_score_weights((enum weighting)weighting, &model, twice, OBJECTS, again, &reason), E_OK);
            for (size_t j = 0; j < K; j++) {
                assert_near("weights, order", again[j], once[j], 1e-13);
                sum += again[j];
            }
            assert_near("weights, sum", sum, 1, 1e-14);
        }
    }
}

int main(void)
{
    stats_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(correlations), cmocka_unit_test(regressions), cmocka_unit_test(trends), cmocka_unit_test(tests_of_samples),
        cmocka_unit_test(tables), cmocka_unit_test(structures), cmocka_unit_test(scores),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
