/* test_score.c — composite scores: weights, methods and components against published values, properties, refusals. */
#include "tests/stats/refs.h"
#include "tests/stats/usarrests.h"
#include "stats/score.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void scores_of(const struct score_model *model, const double *x, size_t n, const double *weights, double *scores)
{
    enum reason reason;
    size_t column;
    assert_int_equal(stats_score(model, x, n, weights, scores, &reason, &column), E_OK);
    assert_int_equal(reason, REASON_NONE);
}

static void weights_of(enum weighting weighting, const struct score_model *model, const double *x, size_t n, double *weights)
{
    enum reason reason;
    assert_int_equal(stats_score_weights(weighting, model, x, n, weights, &reason), E_OK);
    assert_int_equal(reason, REASON_NONE);
}

static void reference_values(void **state)
{
    (void)state;
    static struct reference_table t;
    char name[24];
    refs_load(&t);

    static const double entropy[] = {3, 10, 5, 20, 2, 15, 7, 25};
    static const bool second_negative[] = {false, true};
    const struct score_model sum = {2, second_negative, SCALING_minmax, 0.002, SCORE_sum};
    double w[5], scores[50];
    weights_of(WEIGHTING_entropy, &sum, entropy, 4, w);
    assert_ref(&t, "mm_entropy", "w1", w[0]);
    assert_ref(&t, "mm_entropy", "w2", w[1]);
    scores_of(&sum, entropy, 4, w, scores);
    for (int i = 0; i < 4; i++) {
        snprintf(name, sizeof name, "score%d", i + 1);
        assert_ref(&t, "mm_entropy", name, 100 * scores[i]);
    }

    static const double topsis[] = {2, 8, 5, 1, 3, 6}, given[] = {0.6, 0.4};
    const struct score_model ideal = {2, second_negative, SCALING_vector, 0, SCORE_topsis};
    scores_of(&ideal, topsis, 3, given, scores);
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "C%d", i + 1);
        assert_ref(&t, "mm_topsis", name, scores[i]);
    }

    static const double pairs[] = {1, 1.0 / 2, 4, 3, 3, 2, 1, 7, 5, 5, 1.0 / 4, 1.0 / 7, 1, 1.0 / 2, 1.0 / 3,
                                   1.0 / 3, 1.0 / 5, 2, 1, 1, 1.0 / 3, 1.0 / 5, 3, 1, 1};
    struct ahp ahp;
    assert_int_equal(stats_ahp(pairs, 5, 1e-9, w, &ahp), E_OK);
    assert_int_equal(ahp.reason, REASON_NONE);
    for (int i = 0; i < 5; i++) {
        snprintf(name, sizeof name, "w%d", i + 1);
        assert_ref(&t, "mm_ahp", name, w[i]);
    }
    assert_ref(&t, "mm_ahp", "lambda_max", ahp.lambda);
    assert_ref(&t, "mm_ahp", "CR", ahp.ratio);

    static const double systems[] = {0.5, 0.4, 0.7, 0.6, 0.3, 0.8}, half[] = {0.5, 0.5};
    const struct score_model coupled = {2, NULL, SCALING_none, 0, SCORE_coupling};
    scores_of(&coupled, systems, 3, half, scores);
    for (int i = 0; i < 3; i++) {
        struct coupling c = stats_coupling(systems + 2 * i, half, 2);
        snprintf(name, sizeof name, "C%d", i + 1);
        assert_ref(&t, "mm_ccd", name, c.degree);
        snprintf(name, sizeof name, "D%d", i + 1);
        assert_ref(&t, "mm_ccd", name, c.coordination);
        assert_rel(scores[i], c.coordination, 0);
    }

    double variances[4], loadings[16], components[200];
    enum reason reason;
    size_t column;
    assert_int_equal(stats_pca(&usarrests[0][0], 50, 4, variances, loadings, components, &reason, &column), E_OK);
    assert_ref(&t, "USArrests", "PCA var1", variances[0]);
    assert_ref(&t, "USArrests", "PC1 |loading Murder|", fabs(loadings[0]));
    double trace = 0, variance = 0;
    for (size_t c = 0; c < 4; c++)
        trace += variances[c];
    assert_rel(trace, 4, 1e-14);
    for (size_t i = 0; i < 50; i++)
        variance += components[i * 4] * components[i * 4] / 49;
    assert_rel(variance, variances[0], 1e-13);

    static const char *const examples[] = {"mm_entropy", "mm_topsis", "mm_ahp", "mm_ccd", "USArrests", NULL};
    refs_assert_all(&t, examples);
}

/* Worked out by hand on three objects. */
static void scalings(void **state)
{
    (void)state;
    static const double x[] = {1, 4, 2, 2, 5, 1};
    static const bool negative[] = {false, true};
    static const struct { enum scaling scaling; double want[6]; } cases[] = {
        {SCALING_minmax, {0.1, 0.1, 0.3, 0.1 + 0.8 * 2 / 3, 0.9, 0.9}},
        {SCALING_max, {0.2, 0.25, 0.4, 0.5, 1, 1}},
        {SCALING_sum, {0.125, 0.25 / 1.75, 0.25, 0.5 / 1.75, 0.625, 1 / 1.75}},
        {SCALING_rank, {0, 0, 0.5, 0.5, 1, 1}},
        {SCALING_none, {1, -4, 2, -2, 5, -1}},
    };
    for (size_t c = 0; c < COUNT(cases); c++) {
        const struct score_model model = {2, negative, cases[c].scaling, 0.1, SCORE_sum};
        double z[6];
        enum reason reason;
        size_t column;
        assert_int_equal(stats_scale(&model, x, 3, z, &reason, &column), E_OK);
        for (size_t i = 0; i < 6; i++)
            assert_true(fabs(z[i] - cases[c].want[i]) < 1e-15);
    }
}

static void weights(void **state)
{
    (void)state;
    /* three indicators: the second is the first again, the third goes the other way, the fourth is constant */
    static const double x[] = {1, 1, 5, 7, 2, 2, 1, 7, 4, 4, 3, 7, 5, 5, 2, 7};
    const struct score_model model = {4, NULL, SCALING_minmax, 0.002, SCORE_sum};
    for (int k = 0; k < WEIGHTING_COUNT; k++) {
        if (k == WEIGHTING_given || k == WEIGHTING_ahp)
            continue;
        double w[4];
        weights_of((enum weighting)k, &model, x, 4, w);
        assert_rel(w[0] + w[1] + w[2] + w[3], 1, 1e-15);
        assert_rel(w[0], w[1], 1e-14);
        assert_true(k == WEIGHTING_equal ? w[3] == 0.25 : w[3] == 0);
        if (k == WEIGHTING_critic)
            assert_true(w[2] > w[0]);  /* most in conflict */
        /* order of objects, and each indicator's own unit, do not matter */
        double y[16], v[4];
        for (size_t i = 0; i < 4; i++)
            for (size_t j = 0; j < 4; j++)
                y[(3 - i) * 4 + j] = x[i * 4 + j] * (double)(j + 1) * 8;
        weights_of((enum weighting)k, &model, y, 4, v);
        for (size_t j = 0; j < 4; j++)
            assert_true(fabs(v[j] - w[j]) < 1e-14);
    }
    /* CRITIC by hand: columns (0, 1/2, 1) and (0, 1, 0): both sd known, r = 0 */
    static const double three[] = {0, 0, 1, 3, 2, 0};
    const struct score_model two = {2, NULL, SCALING_minmax, 0, SCORE_sum};
    double w[2], sd[] = {0.5, sqrt(1.0 / 3)};
    weights_of(WEIGHTING_critic, &two, three, 3, w);
    assert_rel(w[0], sd[0] / (sd[0] + sd[1]), 1e-14);
    /* two that always agree: by their spread */
    static const double agree[] = {1, 2, 2, 4, 3, 6};
    weights_of(WEIGHTING_critic, &two, agree, 3, w);
    assert_rel(w[0], 0.5, 1e-14);
}

static void ahp(void **state)
{
    (void)state;
    /* consistent: weights 4 : 2 : 1, ratio 0 */
    static const double consistent[] = {1, 2, 4, 0.5, 1, 2, 0.25, 0.5, 1};
    double w[AHP_MOST];
    struct ahp a;
    assert_int_equal(stats_ahp(consistent, 3, 1e-9, w, &a), E_OK);
    assert_rel(w[0], 4.0 / 7, 1e-15);
    assert_rel(a.lambda, 3, 1e-15);
    assert_true(fabs(a.ratio) < 1e-14);
    static const double one[] = {1};
    assert_int_equal(stats_ahp(one, 1, 1e-9, w, &a), E_OK);
    assert_true(w[0] == 1 && a.ratio == 0 && a.reason == REASON_NONE);
    static const double wrong[] = {1, 2, 2, 1}, zero[] = {1, 0, 0, 1};
    assert_int_equal(stats_ahp(wrong, 2, 1e-9, w, &a), E_OK);
    assert_true(a.reason == REASON_UNDEFINED && a.row == 1 && a.column == 0 && isnan(w[0]));
    assert_int_equal(stats_ahp(zero, 2, 1e-9, w, &a), E_OK);
    assert_int_equal(a.reason, REASON_NOT_POSITIVE);
    assert_int_equal(stats_ahp(zero, 0, 1e-9, w, &a), E_OK);
    assert_int_equal(a.reason, REASON_EMPTY);
}

/* What no method may depend on: the order of objects, the units of indicators (ratio scalings, min-max); and an object that is
 * better in everything is never below. */
static void properties(void **state)
{
    (void)state;
    static const bool negative[] = {false, true, false};
    uint64_t seed = 8;
    for (int round = 0; round < 100; round++) {
        enum { N = 7, K = 3 };
        double x[N * K], y[N * K], u[N * K], w[K] = {0.2, 0.5, 0.3}, a[N], b[N], c[N];
        for (size_t i = 0; i < N * K; i++)
            x[i] = 1 + floor(random_next(&seed) * 100);
        for (size_t j = 0; j < K; j++)  /* object 0 is at least as good as object 1, and better in one */
            x[j] = x[K + j] + (negative[j] ? -0.5 : 0.5);
        for (size_t i = 0; i < N; i++)
            for (size_t j = 0; j < K; j++) {
                y[(N - 1 - i) * K + j] = x[i * K + j];
                u[i * K + j] = x[i * K + j] * (j == 0 ? 8 : j == 1 ? 0.25 : 1024);
            }
        for (int method = 0; method < SCORE_COUNT; method++) {
            for (int scaling = 0; scaling < SCALING_none; scaling++) {
                const struct score_model model = {K, negative, (enum scaling)scaling, 0.01, (enum score_method)method};
                if (!score_accepts(model.method, model.scaling))
                    continue;
                scores_of(&model, x, N, w, a);
                scores_of(&model, y, N, w, b);
                scores_of(&model, u, N, w, c);
                size_t ranks[N];
                assert_int_equal(stats_score_ranks(a, N, ranks), E_OK);
                for (size_t i = 0; i < N; i++) {
                    size_t above = 0;
                    for (size_t l = 0; l < N; l++)
                        above += a[l] > a[i];
                    assert_int_equal(ranks[i], above + 1);
                    assert_true(fabs(a[i] - b[N - 1 - i]) < 1e-12);
                    assert_true(fabs(a[i] - c[i]) < 1e-12);
                }
                if (method != SCORE_pca && method != SCORE_coupling)
                    assert_true(a[0] > a[1]);
            }
        }
    }
}

static void refusals(void **state)
{
    (void)state;
    static const double same[] = {2, 3, 2, 3}, zero[] = {0, 3, 2, 0}, below[] = {-1, 3, 2, 1}, w[] = {0.5, 0.5};
    static const bool negative[] = {true, false};
    const struct {
        struct score_model model;
        const double *x;
        size_t n;
        enum reason reason;
    } cases[] = {
        {{2, NULL, SCALING_vector, 0, SCORE_topsis}, same, 2, REASON_CONSTANT},
        {{2, NULL, SCALING_zscore, 0, SCORE_pca}, same, 2, REASON_CONSTANT},
        {{2, NULL, SCALING_zscore, 0, SCORE_pca}, same, 1, REASON_TOO_FEW},
        {{2, negative, SCALING_max, 0, SCORE_sum}, zero, 2, REASON_NOT_POSITIVE},
        {{2, NULL, SCALING_sum, 0, SCORE_sum}, below, 2, REASON_NEGATIVE},
        {{2, NULL, SCALING_none, 0, SCORE_geometric}, below, 2, REASON_NEGATIVE},
        {{2, NULL, SCALING_none, 0, SCORE_coupling}, below, 2, REASON_NEGATIVE},
        {{2, NULL, SCALING_minmax, 0, SCORE_sum}, same, 0, REASON_EMPTY},
    };
    double scores[2], out[2];
    enum reason reason;
    size_t column;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(stats_score(&cases[i].model, cases[i].x, cases[i].n, w, scores, &reason, &column), E_OK);
        assert_int_equal(reason, cases[i].reason);
        if (cases[i].n > 0)
            assert_true(isnan(scores[0]));
    }
    const struct score_model model = {2, NULL, SCALING_minmax, 0.01, SCORE_sum}, wild = {2, NULL, SCALING_minmax, 0.5, SCORE_sum};
    assert_int_equal(stats_score_weights(WEIGHTING_entropy, &model, same, 2, out, &reason), E_OK);
    assert_true(reason == REASON_CONSTANT && isnan(out[0]));
    assert_int_equal(stats_score_weights(WEIGHTING_critic, &model, same, 1, out, &reason), E_OK);
    assert_int_equal(reason, REASON_TOO_FEW);
    assert_int_equal(stats_score(&wild, same, 2, w, scores, &reason, &column), E_DOMAIN);
    static const double infinite[] = {1, 2, 3, INFINITY};
    assert_int_equal(stats_score(&model, infinite, 2, w, scores, &reason, &column), E_DOMAIN);
    struct coupling c = stats_coupling((double[]){0, 0}, w, 2);
    assert_true(isnan(c.degree) && c.reason == REASON_ZERO_SUM);
    c = stats_coupling((double[]){0, 1}, w, 2);
    assert_true(c.degree == 0 && c.level == 0.5 && c.coordination == 0);
}

static void sensitivity(void **state)
{
    (void)state;
    enum { N = 4, K = 2 };
    /* first in everything; two that trade places; last in everything */
    const double base[] = {9, 9, 6, 3, 3, 6.5, 1, 1};
    struct interval x[N * K];
    for (size_t i = 0; i < N * K; i++)
        x[i] = (struct interval){base[i], base[i], base[i]};
    const struct score_model model = {K, NULL, SCALING_minmax, 0.002, SCORE_sum};
    const double w[] = {0.5, 0.5};
    struct sensitivity_plan plan = {.runs = 400, .seed = 1, .scalings = true, .weights = true, .bounds = true};
    struct sensitivity r[N], again[N];
    uint32_t counts[N * N], total;
    double reversed, reversed_again;
    size_t runs;
    assert_int_equal(stats_score_sensitivity(&model, x, N, w, &plan, r, counts, &reversed, &runs), E_OK);
    assert_int_equal(runs, 400);
    assert_true(r[0].rank == 1 && r[0].best == 1 && r[0].worst == 1 && r[0].same == 1 && r[0].mean_rank == 1);
    assert_true(r[3].rank == 4 && r[3].worst == 4 && r[3].best == 4 && r[3].next == N && isnan(r[3].reversal));
    assert_true(r[1].best == 2 && r[1].worst == 3 && r[2].best == 2 && r[2].worst == 3);
    assert_int_equal(r[2].rank, 2);
    assert_int_equal(r[2].next, 1);
    assert_true(r[2].reversal > 0.3 && r[2].reversal < 0.7);
    assert_rel(reversed, r[2].reversal / 6, 1e-12);  /* one of six pairs */
    for (size_t i = 0; i < N; i++) {
        total = 0;
        for (size_t k = 0; k < N; k++)
            total += counts[i * N + k];
        assert_int_equal(total, 400);
        assert_rel(r[i].same, counts[i * N + r[i].rank - 1] / 400.0, 1e-14);
    }
    assert_int_equal(stats_score_sensitivity(&model, x, N, w, &plan, again, NULL, &reversed_again, &runs), E_OK);
    assert_true(reversed == reversed_again && again[2].reversal == r[2].reversal);

    /* nothing varies: nothing changes */
    struct sensitivity_plan still = {.runs = 20, .seed = 1};
    assert_int_equal(stats_score_sensitivity(&model, x, N, w, &still, r, counts, &reversed, &runs), E_OK);
    for (size_t i = 0; i < N; i++)
        assert_true(r[i].same == 1 && r[i].best == r[i].worst && r[i].low == r[i].high);
    assert_true(reversed == 0);

    /* bounds alone: the two in the middle overlap */
    struct sensitivity_plan loose = {.runs = 300, .seed = 7, .bounds = true};
    x[2] = (struct interval){6, 4, 8};
    assert_int_equal(stats_score_sensitivity(&model, x, N, w, &loose, r, NULL, &reversed, &runs), E_OK);
    assert_true(r[1].best == 2 && r[1].worst == 3 && r[1].low < r[1].high && r[0].worst == 1);
    /* weights close to the given ones change little */
    struct sensitivity_plan near = {.runs = 300, .seed = 7, .weights = true, .concentration = 1e6};
    x[2] = (struct interval){6, 6, 6};
    x[5] = (struct interval){7.5, 7.5, 7.5};
    assert_int_equal(stats_score_sensitivity(&model, x, N, w, &near, r, NULL, &reversed, &runs), E_OK);
    assert_true(r[2].same == 1 && r[2].reversal == 0);
    /* a model that is undefined on the data has no sensitivity */
    x[0].value = x[0].low = x[0].high = -1;
    const struct score_model shares = {K, NULL, SCALING_sum, 0, SCORE_sum};
    assert_int_equal(stats_score_sensitivity(&shares, x, N, w, &near, r, NULL, &reversed, &runs), E_DOMAIN);
}

int main(void)
{
    stats_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reference_values), cmocka_unit_test(scalings), cmocka_unit_test(weights),  cmocka_unit_test(ahp),
        cmocka_unit_test(properties),       cmocka_unit_test(refusals), cmocka_unit_test(sensitivity),
    };
    return cmocka_run_group_tests_name("stats/score", tests, NULL, NULL);
}
