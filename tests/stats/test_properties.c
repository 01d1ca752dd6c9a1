/* test_properties.c — laws of every statistic of one variable: order of rows, scale, shift, duplication, weights as repetition, merging of groups.
 *
 * A table says which law holds for which statistic; each is tried on many samples. What compares two variables or several samples
 * is in test_properties_many.c. */
#include "tests/stats/close.h"
#include "stats/inequality.h"
#include "stats/position.h"
#include "stats/sample.h"
#include "stats/trend.h"

#include <stdbool.h>
#include <string.h>

enum { MOST = 40, ROUNDS = 150 };

/* Under a shift by c: MOVES by c, STAYS, or follows no simple law. When each row is there twice: the same, twice or half as much, or what
 * n - 1 instead of n makes of a spread (SPREAD) and its standard error. */
enum shift { SHIFT_none, SHIFT_moves, SHIFT_stays };
enum duplication { DUPLICATION_none, DUPLICATION_same, DUPLICATION_twice, DUPLICATION_half, DUPLICATION_spread, DUPLICATION_variance, DUPLICATION_error };

static double duplicated(enum duplication law, double plain, size_t n)
{
    double variance = 2 * ((double)n - 1) / (2 * (double)n - 1);
    switch (law) {
    case DUPLICATION_twice: return 2 * plain;
    case DUPLICATION_half: return plain / 2;
    case DUPLICATION_spread: return plain * sqrt(variance);
    case DUPLICATION_variance: return plain * variance;
    case DUPLICATION_error: return plain * sqrt(variance / 2);
    default: return plain;
    }
}

struct draw {
    size_t n, repeated_n;
    double x[MOST], shuffled[MOST], scaled[MOST], shifted[MOST], twice[2 * MOST], w[MOST], shuffled_w[MOST], tripled_w[MOST], repeated[8 * MOST],
        once[8 * MOST];
};
#define FACTOR 8.0
#define SHIFT 4096.0

/* Positive values with ties, and weights of 1 to 4. */
static void draw_sample(struct draw *d, uint64_t *seed)
{
    size_t place[MOST];
    d->n = 4 + (size_t)(random_next(seed) * (MOST - 4));
    d->repeated_n = 0;
    for (size_t i = 0; i < d->n; i++) {
        d->x[i] = 1 + floor(random_next(seed) * 100) / 4;
        d->w[i] = 1 + floor(random_next(seed) * 4);
        place[i] = i;
    }
    for (size_t i = d->n - 1; i > 0; i--) {
        size_t k = (size_t)(random_next(seed) * (double)(i + 1)), held = place[i];
        place[i] = place[k];
        place[k] = held;
    }
    for (size_t i = 0; i < d->n; i++) {
        d->shuffled[place[i]] = d->x[i];
        d->shuffled_w[place[i]] = d->w[i];
        d->tripled_w[i] = 3 * d->w[i];
        d->scaled[i] = FACTOR * d->x[i];
        d->shifted[i] = SHIFT + d->x[i];
        d->twice[i] = d->twice[d->n + i] = d->x[i];
        for (int k = 0; k < (int)d->w[i]; k++) {
            d->once[d->repeated_n] = 1;
            d->repeated[d->repeated_n++] = d->x[i];
        }
    }
}

static void assert_near(const char *name, const char *law, double got, double want, double tolerance)
{
    if (isnan(want) ? isnan(got) : got == want || fabs(got - want) <= tolerance * fmax(1, fabs(want)))
        return;
    fail_msg("%s, %s: got %.17g, want %.17g", name, law, got, want);
}

static struct description describe(const double *values, size_t n)
{
    static const struct description_options usual = {7, 0.95, 0.1};
    struct sample sample;
    struct description d;
    assert_int_equal(sample_of(values, NULL, n, &sample), E_OK);
    assert_int_equal(sample_describe(&sample, &usual, NULL, &d), E_OK);
    sample_free(&sample);
    return d;
}

static const struct description_law {
    bool ordered;            /* it depends on the order of the rows */
    int degree;              /* of the scale */
    enum shift shift;
    enum duplication duplication;
} description_laws[DESCRIPTION_COUNT] = {
    [DESCRIPTION_sum] = {false, 1, SHIFT_none, DUPLICATION_twice},
    [DESCRIPTION_mean] = {false, 1, SHIFT_moves, DUPLICATION_same},
    [DESCRIPTION_sd] = {false, 1, SHIFT_stays, DUPLICATION_spread},
    [DESCRIPTION_variance] = {false, 2, SHIFT_stays, DUPLICATION_variance},
    [DESCRIPTION_se] = {false, 1, SHIFT_stays, DUPLICATION_error},
    [DESCRIPTION_cv] = {false, 0, SHIFT_none, DUPLICATION_spread},
    [DESCRIPTION_min] = {false, 1, SHIFT_moves, DUPLICATION_same},
    [DESCRIPTION_q1] = {false, 1, SHIFT_moves, DUPLICATION_none},
    [DESCRIPTION_median] = {false, 1, SHIFT_moves, DUPLICATION_same},
    [DESCRIPTION_q3] = {false, 1, SHIFT_moves, DUPLICATION_none},
    [DESCRIPTION_max] = {false, 1, SHIFT_moves, DUPLICATION_same},
    [DESCRIPTION_iqr] = {false, 1, SHIFT_stays, DUPLICATION_none},
    [DESCRIPTION_mad] = {false, 1, SHIFT_stays, DUPLICATION_same},
    [DESCRIPTION_skewness] = {false, 0, SHIFT_stays, DUPLICATION_none},
    [DESCRIPTION_kurtosis] = {false, 0, SHIFT_stays, DUPLICATION_none},
    [DESCRIPTION_trimmed_mean] = {false, 1, SHIFT_moves, DUPLICATION_none},
    [DESCRIPTION_mode] = {false, 1, SHIFT_moves, DUPLICATION_none},
    [DESCRIPTION_autocorrelation] = {true, 0, SHIFT_stays, DUPLICATION_none},
};

static void descriptions(void **state)
{
    (void)state;
    uint64_t seed = 21;
    struct draw d;
    for (int round = 0; round < ROUNDS; round++) {
        draw_sample(&d, &seed);
        struct description plain = describe(d.x, d.n), shuffled = describe(d.shuffled, d.n), scaled = describe(d.scaled, d.n),
                           shifted = describe(d.shifted, d.n), twice = describe(d.twice, 2 * d.n);
        for (int i = 0; i < DESCRIPTION_COUNT; i++) {
            const struct description_law *law = &description_laws[i];
            const char *name = description_name((enum description_id)i);
            double x = plain.value[i];
            if (!law->ordered)
                assert_near(name, "order", shuffled.value[i], x, 0);
            assert_near(name, "scale", scaled.value[i], x * pow(FACTOR, law->degree), 1e-15);
            if (law->shift != SHIFT_none)
                assert_near(name, "shift", shifted.value[i], law->shift == SHIFT_moves ? x + SHIFT : x, 1e-12);
            if (law->duplication != DUPLICATION_none)
                assert_near(name, "duplication", twice.value[i], duplicated(law->duplication, x, d.n), 1e-14);
        }
        /* weights are repetitions, whatever their unit */
        size_t n, missing;
        enum reason reason;
        double mean = describe(d.repeated, d.repeated_n).value[DESCRIPTION_mean];
        assert_near("weighted mean", "repetition", weighted_mean(d.x, d.w, d.n, &n, &missing, &reason), mean, 1e-14);
        assert_near("weighted mean", "unit of weights", weighted_mean(d.x, d.tripled_w, d.n, &n, &missing, &reason), mean, 1e-14);
        assert_near("weighted mean", "order", weighted_mean(d.shuffled, d.shuffled_w, d.n, &n, &missing, &reason), mean, 1e-14);
    }
}

/* Two groups taken together: sums and counts add up, the mean is that of the means weighted by n, the sum of squares has the parts within
 * and between. */
static void merged_descriptions(void **state)
{
    (void)state;
    uint64_t seed = 22;
    struct draw d;
    for (int round = 0; round < ROUNDS; round++) {
        draw_sample(&d, &seed);
        size_t n = d.n, a = 2 + (size_t)(random_next(&seed) * (double)(n - 3)), b = n - a, used, missing;
        enum reason reason;
        struct description all = describe(d.x, n), first = describe(d.x, a), second = describe(d.x + a, b);
        double p = (double)a, q = (double)b, gap = first.value[DESCRIPTION_mean] - second.value[DESCRIPTION_mean];
        assert_near("sum", "merging", first.value[DESCRIPTION_sum] + second.value[DESCRIPTION_sum], all.value[DESCRIPTION_sum], 0);
        assert_near("min", "merging", fmin(first.value[DESCRIPTION_min], second.value[DESCRIPTION_min]), all.value[DESCRIPTION_min], 0);
        assert_near("max", "merging", fmax(first.value[DESCRIPTION_max], second.value[DESCRIPTION_max]), all.value[DESCRIPTION_max], 0);
        double means[] = {first.value[DESCRIPTION_mean], second.value[DESCRIPTION_mean]}, counts[] = {p, q};
        assert_near("mean", "merging", weighted_mean(means, counts, 2, &used, &missing, &reason), all.value[DESCRIPTION_mean], 1e-14);
        /* a group of one has no variance: nothing within it */
        double within = (p - 1) * first.value[DESCRIPTION_variance] + (b > 1 ? (q - 1) * second.value[DESCRIPTION_variance] : 0);
        assert_near("variance", "merging", (within + p * q / (p + q) * gap * gap) / (p + q - 1), all.value[DESCRIPTION_variance], 1e-13);
        assert_true(all.value[DESCRIPTION_median] >= fmin(first.value[DESCRIPTION_median], second.value[DESCRIPTION_median]) &&
                    all.value[DESCRIPTION_median] <= fmax(first.value[DESCRIPTION_median], second.value[DESCRIPTION_median]));
    }
}

static double index_of(enum inequality index, double parameter, const double *x, const double *w, size_t n)
{
    struct inequality_result r;
    assert_int_equal(stats_inequality(index, parameter, x, w, n, &r), E_OK);
    return r.value;
}

/* Every index is free of scale; none but the two below stays under a shift, which makes shares more equal. weighted: defined with
 * weights. repeats: the same without weights on the repeated rows (ratios of quantiles interpolate without weights only). Concentration
 * counts rows: its weights make shares, but not rows. */
static const struct index_law {
    bool weighted, repeats, falls;
    enum duplication duplication;
} index_laws[INEQUALITY_COUNT] = {
    [INEQUALITY_gini] = {true, true, true, DUPLICATION_same},
    [INEQUALITY_gini_corrected] = {false, false, true, DUPLICATION_none},
    [INEQUALITY_theil_t] = {true, true, true, DUPLICATION_same},
    [INEQUALITY_theil_l] = {true, true, true, DUPLICATION_same},
    [INEQUALITY_atkinson] = {true, true, true, DUPLICATION_same},
    [INEQUALITY_generalized_entropy] = {true, true, true, DUPLICATION_same},
    [INEQUALITY_hoover] = {true, true, true, DUPLICATION_same},
    [INEQUALITY_cv] = {false, false, true, DUPLICATION_spread},
    [INEQUALITY_cv_population] = {true, true, true, DUPLICATION_same},
    [INEQUALITY_hhi] = {true, false, true, DUPLICATION_half},
    [INEQUALITY_hhi_normalized] = {true, false, true, DUPLICATION_none},
    [INEQUALITY_equivalent_number] = {true, false, false, DUPLICATION_twice},
    [INEQUALITY_palma] = {true, true, true, DUPLICATION_same},
    [INEQUALITY_s80_s20] = {true, true, true, DUPLICATION_same},
    [INEQUALITY_p90_p10] = {true, false, true, DUPLICATION_none},
    [INEQUALITY_p90_p50] = {true, false, true, DUPLICATION_none},
    [INEQUALITY_p50_p10] = {true, false, true, DUPLICATION_none},
    [INEQUALITY_max_min] = {true, true, true, DUPLICATION_same},
};

static void indices(void **state)
{
    (void)state;
    static const double epsilon[] = {0.5, 1, 2}, alpha[] = {-1, 0.5, 2};
    uint64_t seed = 23;
    struct draw d;
    for (int round = 0; round < ROUNDS; round++) {
        draw_sample(&d, &seed);
        for (int i = 0; i < INEQUALITY_COUNT; i++) {
            enum inequality which = (enum inequality)i;
            const struct index_law *law = &index_laws[i];
            const char *name = inequality_name(which);
            double p = which == INEQUALITY_atkinson ? epsilon[round % 3] : which == INEQUALITY_generalized_entropy ? alpha[round % 3] : 0;
            double x = index_of(which, p, d.x, NULL, d.n), shifted = index_of(which, p, d.shifted, NULL, d.n);
            assert_near(name, "order", index_of(which, p, d.shuffled, NULL, d.n), x, 1e-14);
            assert_near(name, "scale", index_of(which, p, d.scaled, NULL, d.n), x, 1e-14);
            assert_true(law->falls ? shifted <= x : shifted >= x);
            if (law->duplication != DUPLICATION_none)
                assert_near(name, "duplication", index_of(which, p, d.twice, NULL, 2 * d.n), duplicated(law->duplication, x, d.n), 1e-13);
            struct inequality_result refused;
            assert_int_equal(stats_inequality(which, p, d.x, d.w, d.n, &refused), E_OK);
            if (law->weighted != !isnan(refused.value) || (!law->weighted && refused.reason != REASON_WEIGHTED))
                fail_msg("%s with weights: %.17g, %s", name, refused.value, reason_text(refused.reason));
            if (!law->weighted)
                continue;
            double weighted = refused.value;
            assert_near(name, "order", index_of(which, p, d.shuffled, d.shuffled_w, d.n), weighted, 1e-13);
            if (which != INEQUALITY_hhi && which != INEQUALITY_hhi_normalized && which != INEQUALITY_equivalent_number)
                assert_near(name, "repetition", index_of(which, p, d.repeated, law->repeats ? NULL : d.once, d.repeated_n), weighted, 1e-13);
            assert_near(name, "unit of weights", index_of(which, p, d.x, d.tripled_w, d.n), weighted, 1e-13);
        }
        struct inequality_result k, shifted, repeated;
        assert_int_equal(stats_kolm(0.25, d.x, d.w, d.n, &k), E_OK);
        assert_int_equal(stats_kolm(0.25, d.shifted, d.w, d.n, &shifted), E_OK);
        assert_int_equal(stats_kolm(0.25, d.repeated, NULL, d.repeated_n, &repeated), E_OK);
        assert_near("kolm", "shift", shifted.value, k.value, 1e-11);
        assert_near("kolm", "repetition", repeated.value, k.value, 1e-12);
        assert_int_equal(stats_kolm(0.25 / FACTOR, d.scaled, d.w, d.n, &repeated), E_OK);
        assert_near("kolm", "scale", repeated.value, FACTOR * k.value, 1e-12);
    }
}

/* Groups that are merged: total inequality stays, what lay between them moves to within; groups of one mean have nothing between. */
static void merged_groups(void **state)
{
    (void)state;
    uint64_t seed = 24;
    struct draw d;
    for (int round = 0; round < ROUNDS; round++) {
        size_t fine[MOST], coarse[MOST], counts[] = {2, 5}, one = 1, all[MOST] = {0};
        draw_sample(&d, &seed);
        for (size_t i = 0; i < d.n; i++) {
            fine[i] = i % 5;
            coarse[i] = fine[i] > 2;
        }
        const size_t *nested[] = {coarse, fine}, *only_fine[] = {fine}, *only_coarse[] = {coarse}, *whole[] = {all};
        struct theil_split both[3], split[2], merged[2], none[2];
        struct theil_total total;
        assert_int_equal(stats_theil_split(d.x, d.w, d.n, nested, counts, 2, both, &total), E_OK);
        assert_int_equal(stats_theil_split(d.x, d.w, d.n, only_fine, &counts[1], 1, split, &total), E_OK);
        assert_int_equal(stats_theil_split(d.x, d.w, d.n, only_coarse, &counts[0], 1, merged, &total), E_OK);
        assert_int_equal(stats_theil_split(d.x, d.w, d.n, whole, &one, 1, none, &total), E_OK);
        assert_near("theil_t", "parts", split[0].t + split[1].t, total.t, 1e-14);
        assert_near("theil_l", "parts", merged[0].l + merged[1].l, total.l, 1e-14);
        assert_near("theil_t", "merging", both[0].t + both[1].t, split[0].t, 1e-14);
        assert_near("theil_l", "merging", both[1].l + both[2].l, merged[1].l, 1e-14);
        assert_near("theil_t", "one group", none[0].t, 0, 1e-15);
        assert_true(merged[0].t <= split[0].t + 1e-15 && merged[0].l <= split[0].l + 1e-15);
        /* each row's twin lies in another group: the means of the groups are equal */
        size_t side[2 * MOST];
        const size_t *twins[] = {side};
        for (size_t i = 0; i < 2 * d.n; i++)
            side[i] = i / d.n;
        assert_int_equal(stats_theil_split(d.twice, NULL, 2 * d.n, twins, &counts[0], 1, split, &total), E_OK);
        assert_near("theil_t", "equal means", split[0].t, 0, 1e-14);
        assert_near("theil_t", "duplication", total.t, index_of(INEQUALITY_theil_t, 0, d.x, NULL, d.n), 1e-14);
    }
}

/* Positions among regions follow the rows, do not know units, and shares of merged regions add up. */
static void positions(void **state)
{
    (void)state;
    uint64_t seed = 25;
    struct draw d;
    for (int round = 0; round < ROUNDS; round++) {
        struct interval x[MOST], scaled[MOST], merged[MOST];
        struct comparison a[MOST], b[MOST], m[MOST];
        struct position p[MOST], q[MOST];
        struct total whole, parts;
        draw_sample(&d, &seed);
        for (size_t i = 0; i < d.n; i++) {
            double wide = i % 3 == 0 ? d.w[i] / 2 : 0;
            x[i] = (struct interval){d.x[i], d.x[i] - wide, d.x[i] + wide};
            scaled[d.n - 1 - i] = interval_scale(x[i], FACTOR);
        }
        memcpy(merged, x, sizeof x);
        merged[d.n - 2] = interval_add(x[d.n - 2], x[d.n - 1]);
        assert_int_equal(stats_compare(x, d.n, a), E_OK);
        assert_int_equal(stats_compare(scaled, d.n, b), E_OK);
        assert_int_equal(stats_compare(merged, d.n - 1, m), E_OK);
        assert_int_equal(stats_positions(x, d.n, 0, p), E_OK);
        assert_int_equal(stats_positions(scaled, d.n, d.n - 1, q), E_OK);
        assert_int_equal(stats_total(x, d.n, &whole), E_OK);
        assert_int_equal(stats_total(merged, d.n - 1, &parts), E_OK);
        assert_true(whole.sum.value == parts.sum.value && whole.sum.low == parts.sum.low && whole.sum.high == parts.sum.high);
        assert_near("share", "merging", m[d.n - 2].share, a[d.n - 2].share + a[d.n - 1].share, 1e-15);
        assert_near("share", "merging leaves others", m[0].share, a[0].share, 1e-15);
        for (size_t i = 0; i < d.n; i++) {
            const struct comparison *there = &b[d.n - 1 - i];
            const struct position *same = &q[d.n - 1 - i];
            assert_true(there->rank == a[i].rank && there->best_rank == a[i].best_rank && there->worst_rank == a[i].worst_rank);
            assert_true(a[i].best_rank <= a[i].rank && a[i].rank <= a[i].worst_rank);
            assert_near("share", "order and scale", there->share, a[i].share, 1e-15);
            assert_near("ratio to mean", "order and scale", there->ratio_to_mean, a[i].ratio_to_mean, 1e-15);
            assert_near("difference", "order and scale", there->difference_to_next, FACTOR * a[i].difference_to_next, 1e-15);
            assert_true(same->dense == p[i].dense && same->fractional == p[i].fractional);
            assert_near("z", "order and scale", same->z, p[i].z, 1e-13);
            assert_near("index", "order and scale", same->index.value, p[i].index.value, 1e-15);
            assert_near("index", "bounds", same->index.high, p[i].index.high, 1e-14);
            assert_near("to base", "order and scale", same->to_base.value, FACTOR * p[i].to_base.value, 1e-15);
        }
    }
}

/* Growth and convergence do not depend on the currency, the order of regions, or on each region being there twice. */
static void convergence_of_regions(void **state)
{
    (void)state;
    uint64_t seed = 26;
    struct draw d;
    for (int round = 0; round < ROUNDS; round++) {
        double last[2 * MOST], first_2[2 * MOST], scaled_last[MOST];
        struct convergence a, b, c;
        struct growth g, h;
        size_t used;
        enum reason reason;
        draw_sample(&d, &seed);
        for (size_t i = 0; i < d.n; i++) {
            last[i] = last[d.n + i] = d.x[i] * (1 + d.w[i] / 8);
            first_2[d.n - 1 - i] = d.scaled[i];
            scaled_last[d.n - 1 - i] = FACTOR * last[i];
        }
        assert_int_equal(stats_beta_convergence(d.x, last, d.n, 14, &a), E_OK);
        assert_int_equal(stats_beta_convergence(first_2, scaled_last, d.n, 14, &b), E_OK);
        assert_int_equal(stats_beta_convergence(d.twice, last, 2 * d.n, 14, &c), E_OK);
        assert_near("beta", "currency and order", b.beta, a.beta, 1e-13);
        assert_near("p of beta", "currency and order", b.beta_p, a.beta_p, 1e-10);
        assert_near("lambda", "duplication", c.lambda, a.lambda, 1e-13);
        assert_near("r squared", "duplication", c.r_squared, a.r_squared, 1e-12);
        double sigma = stats_sigma(d.x, d.n, &used, &reason);
        assert_near("sigma", "order", stats_sigma(d.shuffled, d.n, &used, &reason), sigma, 1e-14);
        assert_near("sigma", "scale", stats_sigma(d.scaled, d.n, &used, &reason), sigma, 1e-13);
        assert_near("sigma", "duplication", stats_sigma(d.twice, 2 * d.n, &used, &reason), sigma, 1e-14);
        struct interval from = {d.x[0], d.x[0] / 2, d.x[0]}, to = {last[1], last[1], last[1] * 2};
        stats_growth(from, to, 3, &g);
        stats_growth(interval_scale(from, FACTOR), interval_scale(to, FACTOR), 3, &h);
        assert_near("growth", "currency", h.rate.value, g.rate.value, 1e-15);
        assert_near("growth", "bounds", h.rate.high, g.rate.high, 1e-15);
        assert_near("annual growth", "currency", h.annual.value, g.annual.value, 1e-15);
        assert_near("annual growth", "compounds", pow(1 + g.annual.value, 3), 1 + g.rate.value, 1e-14);
    }
}

int main(void)
{
    stats_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(descriptions), cmocka_unit_test(merged_descriptions), cmocka_unit_test(indices),
        cmocka_unit_test(merged_groups), cmocka_unit_test(positions), cmocka_unit_test(convergence_of_regions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
