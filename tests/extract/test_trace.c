/* test_trace.c — the trace does not change what is found and tells how it was; the confidence keeps its bounds and its signs. */
#include "data/extract/extract.h"
#include "data/extract/trace.h"
#include "data/reference/reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char text[] = "紫云县猫营镇2019年种植辣椒4600亩,带动1200余户增收。2020年,全镇计划种植辣椒5000亩。\n"
                           "全县共有贫困户三百户,户均增收2000元,比上年增长8%。\n";

struct seen {
    size_t count;
    struct trace *trace;
    uint64_t rules[16];
    double confidence[16];
    char id[16][64], line[16][512];
};

static int note(const struct observation *o, void *context)
{
    struct seen *seen = context;
    assert_true(seen->count < 16);
    size_t i = seen->count++;
    seen->confidence[i] = o->confidence;
    snprintf(seen->id[i], sizeof seen->id[i], "%s", o->indicator_id ? o->indicator_id : "");
    snprintf(seen->line[i], sizeof seen->line[i], "%zu %zu %s %.17g %s %s %s %d %.17g", o->start, o->end, o->quote, o->value, o->indicator,
             o->period ? o->period : "-", o->region_path ? o->region_path : "-", (int)o->status, o->confidence);
    const struct trace *t = seen->trace;
    if (t == NULL)
        return 0;
    seen->rules[i] = t->rules;
    /* what is shown of the text is the text, where it says it is */
    assert_non_null(t->before);
    const struct trace_span *spans[] = {&t->left, &t->right, &t->place, &t->time, &t->plan};
    for (size_t k = 0; k < sizeof spans / sizeof *spans; k++)
        if (spans[k]->text != NULL) {
            assert_true(spans[k]->start <= spans[k]->end && spans[k]->end < sizeof text);
            assert_int_equal(strlen(spans[k]->text), spans[k]->end - spans[k]->start);
            assert_memory_equal(spans[k]->text, text + spans[k]->start, strlen(spans[k]->text));
        }
    for (size_t k = 0; k < t->entry_count; k++)
        assert_true((t->entries[k].fate == ENTRY_won) == (k == 0 && (t->rules & RULE_BIT(entry_found)) != 0));
    if (t->rules & RULE_BIT(entry_found))
        assert_string_equal(t->entries[0].id, o->indicator_id);
    return 0;
}

static void run(struct trace *trace, double least, struct seen *seen)
{
    *seen = (struct seen){.trace = trace};
    struct extract_options options = {.source = "t.txt", .published = "2020-01-15", .trace = trace, .min_confidence = least};
    struct arena arena = {0};
    struct error error = {0};
    assert_int_equal(extract_text(&options, (const unsigned char *)text, sizeof text - 1, &arena, NULL, note, seen, &error), E_OK);
    arena_free(&arena);
}

static void tracing_changes_nothing(void **state)
{
    (void)state;
    struct trace trace = {0};
    struct seen plain, traced;
    run(NULL, 0, &plain);
    run(&trace, 0, &traced);
    trace_free(&trace);
    assert_int_equal(plain.count, 6);
    assert_int_equal(traced.count, plain.count);
    for (size_t i = 0; i < plain.count; i++) {
        assert_string_equal(traced.line[i], plain.line[i]);
        /* the same marks make the confidence and the explanation */
        assert_true(traced.confidence[i] == confidence_of(traced.rules[i]));
    }
}

static void rules_tell_what_happened(void **state)
{
    (void)state;
    struct trace trace = {0};
    struct seen s;
    run(&trace, 0, &s);
    trace_free(&trace);
#define HAS(i, name) assert_true(s.rules[i] & RULE_BIT(name))
#define HAS_NOT(i, name) assert_false(s.rules[i] & RULE_BIT(name))
    HAS(0, words_before), HAS(0, region_named), HAS(0, period_sentence), HAS(0, status_done), HAS(0, item_named), HAS_NOT(0, denominator);
    HAS(2, region_scope), HAS(2, status_word), HAS_NOT(2, status_done);
    HAS(3, chinese_digits), HAS_NOT(2, chinese_digits);
    HAS(4, denominator);
    HAS(5, subject_last), HAS_NOT(5, entry_found);
    for (size_t i = 0; i < s.count; i++) {
        unsigned decided[ASPECT_COUNT] = {0};
        for (unsigned r = 0; r < RULE_COUNT; r++)
            if (s.rules[i] >> r & 1 && r != RULE_region_kept)
                decided[rule_aspect((enum rule)r)]++;
        assert_int_equal(decided[ASPECT_region], 1);
        assert_int_equal(decided[ASPECT_period], 1);
        assert_int_equal(decided[ASPECT_status], 1);
        assert_true(decided[ASPECT_label] > 0);
    }
}

static void every_rule_has_a_sentence(void **state)
{
    (void)state;
    for (unsigned i = 0; i < RULE_COUNT; i++) {
        assert_true(strlen(rule_name((enum rule)i)) > 3 && strlen(rule_text((enum rule)i)) > 10);
        assert_non_null(aspect_name(rule_aspect((enum rule)i)));
        for (unsigned k = 0; k < i; k++)
            assert_string_not_equal(rule_text((enum rule)i), rule_text((enum rule)k));
    }
    assert_null(rule_name(RULE_COUNT));
}

static void confidence_is_a_share(void **state)
{
    (void)state;
    uint64_t random = 7;
    assert_true(confidence_term_count <= 11);  /* the base and ten more: a few hundred rows bear no more */
    for (int n = 0; n < 20000; n++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        uint64_t rules = random ^ random >> 29;
        double c = confidence_of(rules);
        assert_true(c >= 0.01 && c <= 0.99);
        assert_true(fabs(c * 100 - round(c * 100)) < 1e-9);
        /* one term more moves it the way of its sign, whatever else holds */
        const struct confidence_term *term = &confidence_terms[random % confidence_term_count];
        double with = confidence_of(term->absent ? rules & ~term->rules : rules | term->rules);
        double without = confidence_of(term->absent ? rules | term->rules : rules & ~term->rules);
        if (term->rules != 0)
            assert_true(term->weight > 0 ? with >= without : with <= without);
    }
    for (size_t i = 0; i < confidence_term_count; i++)
        assert_true(confidence_terms[i].weight != 0 && strlen(confidence_terms[i].why) > 10);
}

static void threshold_keeps_the_sure(void **state)
{
    (void)state;
    struct seen all, sure, none;
    run(NULL, 0, &all);
    run(NULL, 1, &none);
    assert_int_equal(none.count, 0);
    double least = 0;  /* the highest there is */
    for (size_t i = 0; i < all.count; i++)
        least = all.confidence[i] > least ? all.confidence[i] : least;
    run(NULL, least, &sure);
    size_t kept = 0;
    for (size_t i = 0; i < all.count; i++)
        if (all.confidence[i] >= least)
            assert_string_equal(all.line[i], sure.line[kept++]);  /* what is left out still counts for its neighbours */
    assert_int_equal(sure.count, kept);
    assert_true(kept > 0 && kept < all.count);
}

int main(void)
{
    struct error error;
    if (reference_open(&error) != E_OK) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tracing_changes_nothing), cmocka_unit_test(rules_tell_what_happened), cmocka_unit_test(every_rule_has_a_sentence),
        cmocka_unit_test(confidence_is_a_share),   cmocka_unit_test(threshold_keeps_the_sure),
    };
    return cmocka_run_group_tests_name("trace", tests, NULL, NULL);
}
