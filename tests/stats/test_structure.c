/* test_structure.c — location quotient, specialisation, shift-share and LMDI against published values and their identities. */
#include "tests/stats/refs.h"
#include "stats/structure.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct interval exact(double x)
{
    return (struct interval){x, x, x};
}

static void exacts(const double *values, size_t n, struct interval *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = exact(values[i]);
}

static void reference_values(void **state)
{
    (void)state;
    static struct reference_table t;
    refs_load(&t);
    struct structure_result lq;
    const double e_ij = 1714, e_j = 79006, e_i = 879213, e = 15593224;
    assert_int_equal(stats_location_quotient(exact(e_ij), exact(e_j - e_ij), exact(e_i - e_ij), exact(e - e_j - e_i + e_ij), &lq), E_OK);
    assert_ref(&t, "farhauer", "LQ", lq.value.value);
    assert_true(lq.value.low == lq.value.value && lq.value.high == lq.value.value && lq.sharpness == SHARPNESS_exact);

    static const double own[] = {700, 600, 500, 10000, 40000}, all[] = {30000, 15000, 10000, 60000, 50000};
    static const double first[] = {20, 10, 70, 0, 0}, second[] = {0, 0, 0, 60, 40};
    struct interval a[5], b[5];
    struct specialization s;
    exacts(own, 5, a);
    exacts(all, 5, b);
    assert_int_equal(stats_specialization(a, b, 5, &s), E_OK);
    assert_ref(&t, "farhauer", "Gini_spec", s.gini.value.value);
    exacts(first, 5, a);
    exacts(second, 5, b);
    assert_int_equal(stats_specialization(a, b, 5, &s), E_OK);
    assert_ref(&t, "farhauer", "Krugman", s.krugman.value.value);
    assert_rel(s.hhi.value.value, 0.54, 1e-14);
    assert_int_equal(s.gini.reason, REASON_ZERO_BASE);

    const struct interval x_0[] = {exact(10), exact(3)}, x_1[] = {exact(12), exact(4)};
    struct interval effects[2], total;
    enum reason reason;
    size_t missing;
    assert_int_equal(stats_lmdi(x_0, x_1, 2, 1, effects, &total, &reason, &missing), E_OK);
    assert_ref(&t, "LMDI", "pop effect (10->12, 3->4)", effects[0].value);
    assert_ref(&t, "LMDI", "per-capita effect", effects[1].value);
    assert_rel(total.value, 18, 0);

    /* The data are not at hand (they are published as an R object only). What follows from the rows: they add up, and a table of two
     * industries made for the published components gives them back. */
    double change = ref(&t, "Freiburg0814", "shift:Growth (t1-t)"), national = ref(&t, "Freiburg0814", "shift:National share");
    double mix = ref(&t, "Freiburg0814", "shift:Industrial mix"), regional = ref(&t, "Freiburg0814", "shift:Regional share");
    assert_rel(national + mix + regional, change, 1e-12);
    assert_rel(mix + regional, ref(&t, "Freiburg0814", "shift:Net total shift"), 1e-12);
    /* the nation: 2000 of two equal industries grow by a tenth; the region: 9/10 in the one that grows by what makes the mix */
    double base = 10 * national, lead = mix / (0.8 * base);
    const struct interval region_0[] = {exact(0.9 * base), exact(0.1 * base)}, nation_0[] = {exact(1000), exact(1000)};
    const struct interval nation_1[] = {exact(1000 * (1.1 + lead)), exact(1000 * (1.1 - lead))};
    const struct interval region_1[] = {exact(0.9 * base * (1.1 + lead)), exact(0.1 * base * (1.1 - lead) + regional)};
    struct shift_share parts[2], whole;
    size_t gaps;
    assert_int_equal(stats_shift_share(region_0, region_1, nation_0, nation_1, 2, parts, &whole, &gaps), E_OK);
    const struct {
        const char *row;
        double value;
    } components[] = {{"shift:Growth (t1-t)", whole.change.value}, {"shift:National share", whole.national.value},
                      {"shift:Industrial mix", whole.structural.value}, {"shift:Regional share", whole.regional.value},
                      {"shift:Net total shift", whole.net.value}};
    for (size_t i = 0; i < sizeof components / sizeof *components; i++)
        assert_rel(components[i].value, ref(&t, "Freiburg0814", components[i].row), 1e-12);

    static const char *const examples[] = {"farhauer", "LMDI", "Freiburg0814", NULL};
    refs_assert_all(&t, examples);
}

/* Region A and the nation of the help page of REAT's shift() (Farhauer and Kröll 2013); components worked out by hand:
 * 180 -> 205, nation 1100 -> 1265, that is ×1.15; industries ×1.1, ×1.4, ×0.9, ×1.2. */
static void shift_share(void **state)
{
    (void)state;
    static const double region_0[] = {90, 20, 10, 60}, region_1[] = {100, 40, 10, 55};
    static const double nation_0[] = {400, 150, 150, 400}, nation_1[] = {440, 210, 135, 480};
    struct interval a[4], b[4], c[4], d[4];
    struct shift_share industries[4], total;
    size_t missing;
    exacts(region_0, 4, a), exacts(region_1, 4, b), exacts(nation_0, 4, c), exacts(nation_1, 4, d);
    assert_int_equal(stats_shift_share(a, b, c, d, 4, industries, &total, &missing), E_OK);
    assert_rel(total.change.value, 25, 1e-13);
    assert_rel(total.national.value, 27, 1e-13);
    assert_rel(total.structural.value, 99 + 28 + 9 + 72 - 207, 1e-12);
    assert_rel(total.regional.value, 205 - 208, 1e-12);
    assert_rel(total.net.value, -2, 1e-12);
    assert_rel(industries[1].regional.value, 12, 1e-13);
    for (size_t i = 0; i < 4; i++) {
        const struct shift_share *s = &industries[i];
        assert_true(fabs(s->national.value + s->structural.value + s->regional.value - s->change.value) < 1e-12);
        assert_true(s->regional.low == s->regional.value && s->regional.high == s->regional.value);
    }
    /* bounds enclose what any values within them give */
    uint64_t seed = 9;
    struct interval wide[4] = {{90, 80, 100}, {20, 20, 25}, {10, 10, 10}, {60, 50, 70}};
    assert_int_equal(stats_shift_share(wide, b, c, d, 4, industries, &total, &missing), E_OK);
    for (int draw = 0; draw < 200; draw++) {
        struct shift_share rows[4], sum;
        for (size_t i = 0; i < 4; i++)
            a[i] = exact(wide[i].low + random_next(&seed) * (wide[i].high - wide[i].low));
        assert_int_equal(stats_shift_share(a, b, c, d, 4, rows, &sum, &missing), E_OK);
        assert_true(sum.regional.value >= total.regional.low && sum.regional.value <= total.regional.high);
        assert_true(sum.national.value >= total.national.low && sum.national.value <= total.national.high);
        assert_true(rows[0].structural.value >= industries[0].structural.low - 1e-12);
    }
    /* gaps, a base of 0, negatives */
    b[2] = exact(NAN);
    assert_int_equal(stats_shift_share(a, b, c, d, 4, industries, &total, &missing), E_OK);
    assert_true(missing == 1 && isnan(industries[2].change.value) && industries[2].reason == REASON_EMPTY);
    c[0] = exact(0);
    assert_int_equal(stats_shift_share(a, b, c, d, 4, industries, &total, &missing), E_OK);
    assert_true(isnan(total.change.value) && total.reason == REASON_ZERO_BASE);
    c[0] = exact(-1);
    assert_int_equal(stats_shift_share(a, b, c, d, 4, industries, &total, &missing), E_OK);
    assert_int_equal(total.reason, REASON_NEGATIVE);
    assert_int_equal(stats_shift_share(a, b, c, d, 0, industries, &total, &missing), E_OK);
    assert_int_equal(total.reason, REASON_EMPTY);
}

static void quotient_bounds(void **state)
{
    (void)state;
    uint64_t seed = 77;
    for (int round = 0; round < 300; round++) {
        struct interval part[4];
        double least = INFINITY, most = -INFINITY;
        for (size_t k = 0; k < 4; k++) {
            double low = 1 + floor(random_next(&seed) * 30), width = floor(random_next(&seed) * 40);
            part[k] = (struct interval){low + width / 2, low, low + width};
        }
        struct structure_result r, one;
        assert_int_equal(stats_location_quotient(part[0], part[1], part[2], part[3], &r), E_OK);
        for (int draw = 0; draw < 800; draw++) {
            double x[4];
            for (size_t k = 0; k < 4; k++) {
                double at = random_next(&seed);
                at = k > 0 || draw % 2 == 0 ? (at < 0.5 ? 0 : 1) : at;
                x[k] = part[k].low + at * (part[k].high - part[k].low);
            }
            assert_int_equal(stats_location_quotient(exact(x[0]), exact(x[1]), exact(x[2]), exact(x[3]), &one), E_OK);
            least = fmin(least, one.value.value);
            most = fmax(most, one.value.value);
        }
        assert_true(least >= r.value.low * (1 - 1e-14) && most <= r.value.high * (1 + 1e-14));
        assert_rel(least, r.value.low, 1e-12);
        assert_rel(most, r.value.high, 2e-2);
    }
    struct structure_result r;
    struct interval open = {10, 10, INFINITY}, ten = exact(10);
    assert_int_equal(stats_location_quotient(open, ten, ten, ten, &r), E_OK);
    assert_true(r.value.low == 1 && r.value.high > 1 && isfinite(r.value.high));
    assert_int_equal(stats_location_quotient(ten, open, ten, ten, &r), E_OK);
    assert_rel(r.value.low, 0.5, 1e-15);
    assert_int_equal(stats_location_quotient(ten, ten, ten, open, &r), E_OK);
    assert_true(isinf(r.value.high));
    /* against a table of its own: 1/4 of the region, 1/2 of the reference */
    assert_int_equal(stats_share_ratio(exact(1), exact(3), exact(5), exact(5), &r), E_OK);
    assert_true(r.value.value == 0.5 && r.value.low == 0.5 && r.value.high == 0.5);
    assert_int_equal(stats_share_ratio((struct interval){1, 1, 3}, exact(3), (struct interval){5, 5, 15}, exact(5), &r), E_OK);
    assert_rel(r.value.low, 0.25 / 0.75, 1e-15);
    assert_rel(r.value.high, 1, 1e-15);
    assert_int_equal(stats_share_ratio(exact(1), exact(3), exact(0), exact(5), &r), E_OK);
    assert_true(isnan(r.value.value) && r.reason == REASON_ZERO_BASE);
    assert_int_equal(stats_location_quotient(exact(0), exact(0), ten, ten, &r), E_OK);
    assert_true(isnan(r.value.value) && r.reason == REASON_ZERO_BASE);
    assert_int_equal(stats_location_quotient(exact(-1), ten, ten, ten, &r), E_OK);
    assert_int_equal(r.reason, REASON_NEGATIVE);
    assert_int_equal(stats_location_quotient(exact(NAN), ten, ten, ten, &r), E_OK);
    assert_int_equal(r.reason, REASON_EMPTY);
}

static void specialization(void **state)
{
    (void)state;
    uint64_t seed = 13;
    for (int round = 0; round < 60; round++) {
        struct interval own[6], other[6], x[6];
        struct specialization s, one;
        for (size_t i = 0; i < 6; i++) {
            double low = floor(random_next(&seed) * 30);
            own[i] = (struct interval){low + 2, low, low + 2 + floor(random_next(&seed) * 9)};
            other[i] = exact(1 + floor(random_next(&seed) * 50));
        }
        assert_int_equal(stats_specialization(own, other, 6, &s), E_OK);
        for (int draw = 0; draw < 300; draw++) {
            for (size_t i = 0; i < 6; i++)
                x[i] = exact(own[i].low + random_next(&seed) * (own[i].high - own[i].low));
            assert_int_equal(stats_specialization(x, other, 6, &one), E_OK);
            assert_true(one.krugman.value.value >= s.krugman.value.low - 1e-12 && one.krugman.value.value <= s.krugman.value.high + 1e-12);
            assert_true(one.gini.value.value >= s.gini.value.low - 1e-12 && one.gini.value.value <= s.gini.value.high + 1e-12);
            assert_true(one.hhi.value.value >= s.hhi.value.low - 1e-12 && one.hhi.value.value <= s.hhi.value.high + 1e-12);
            assert_true(one.entropy.value.value >= s.entropy.value.low - 1e-12 &&
                        one.entropy.value.value <= s.entropy.value.high + 1e-12);
        }
        /* the reference itself: no difference */
        assert_int_equal(stats_specialization(other, other, 6, &one), E_OK);
        assert_true(one.krugman.value.value == 0 && one.gini.value.value < 1e-15);
    }
    struct interval equal[4] = {exact(5), exact(5), exact(5), exact(NAN)}, zero[4] = {exact(0), exact(0), exact(0), exact(1)};
    struct specialization s;
    assert_int_equal(stats_specialization(equal, zero, 4, &s), E_OK);
    assert_true(s.n == 3 && s.missing == 1);
    assert_rel(s.entropy.value.value, log(3), 1e-15);
    assert_true(isnan(s.krugman.value.value) && s.krugman.reason == REASON_ZERO_SUM && s.hhi.reason == REASON_NONE);
    assert_int_equal(stats_specialization(zero, equal, 3, &s), E_OK);
    assert_int_equal(s.hhi.reason, REASON_ZERO_SUM);
    assert_int_equal(stats_specialization(zero, equal, 0, &s), E_OK);
    assert_int_equal(s.hhi.reason, REASON_EMPTY);
}

static void lmdi(void **state)
{
    (void)state;
    uint64_t seed = 4;
    enum { K = 3, N = 5 };
    for (int round = 0; round < 200; round++) {
        struct interval x_0[K * N], x_1[K * N], effects[K], total, back[K], back_total;
        enum reason reason;
        size_t missing;
        for (size_t i = 0; i < K * N; i++) {
            x_0[i] = exact(random_next(&seed) < 0.15 ? 0 : random_next(&seed) * 10);
            x_1[i] = exact(random_next(&seed) < 0.15 ? 0 : random_next(&seed) * 10);
        }
        assert_int_equal(stats_lmdi(x_0, x_1, K, N, effects, &total, &reason, &missing), E_OK);
        assert_int_equal(reason, REASON_NONE);
        double scale = 0, sum = 0;
        for (size_t k = 0; k < K; k++)
            sum += effects[k].value, scale += fabs(effects[k].value);
        assert_true(fabs(sum - total.value) <= 1e-12 * (scale + 1));
        /* backwards it is the opposite */
        assert_int_equal(stats_lmdi(x_1, x_0, K, N, back, &back_total, &reason, &missing), E_OK);
        for (size_t k = 0; k < K; k++)
            assert_true(fabs(back[k].value + effects[k].value) <= 1e-11 * (scale + 1));
    }
    struct interval effects[2], total;
    enum reason reason;
    size_t missing;
    /* 0 -> 4 through the first factor only */
    const struct interval from[] = {exact(0), exact(2)}, to[] = {exact(2), exact(2)};
    assert_int_equal(stats_lmdi(from, to, 2, 1, effects, &total, &reason, &missing), E_OK);
    assert_true(effects[0].value == 4 && effects[1].value == 0 && total.value == 4);
    const struct interval below[] = {exact(-1), exact(2)}, gap[] = {exact(NAN), exact(2)};
    assert_int_equal(stats_lmdi(below, to, 2, 1, effects, &total, &reason, &missing), E_OK);
    assert_true(isnan(total.value) && isnan(effects[0].value) && reason == REASON_NEGATIVE);
    assert_int_equal(stats_lmdi(gap, to, 2, 1, effects, &total, &reason, &missing), E_OK);
    assert_true(isnan(total.value) && reason == REASON_EMPTY && missing == 1);
    const struct interval loose[] = {{10, 8, 12}, {3, 3, 3}}, later[] = {{12, 12, 13}, {4, 4, 4}};
    assert_int_equal(stats_lmdi(loose, later, 2, 1, effects, &total, &reason, &missing), E_OK);
    for (int draw = 0; draw < 300; draw++) {
        const struct interval a[] = {exact(8 + 4 * random_next(&seed)), exact(3)}, b[] = {exact(12 + random_next(&seed)), exact(4)};
        struct interval e[2], sum;
        assert_int_equal(stats_lmdi(a, b, 2, 1, e, &sum, &reason, &missing), E_OK);
        for (size_t k = 0; k < 2; k++)
            assert_true(e[k].value >= effects[k].low && e[k].value <= effects[k].high);
        assert_true(sum.value >= total.low && sum.value <= total.high);
    }
    assert_rel(logarithmic_mean(1, 1 + 1e-9), 1 + 0.5e-9, 1e-15);
    assert_true(logarithmic_mean(0, 3) == 0 && logarithmic_mean(3, 3) == 3);
}

int main(void)
{
    stats_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reference_values), cmocka_unit_test(shift_share), cmocka_unit_test(quotient_bounds),
        cmocka_unit_test(specialization),   cmocka_unit_test(lmdi),
    };
    return cmocka_run_group_tests_name("stats/structure", tests, NULL, NULL);
}
