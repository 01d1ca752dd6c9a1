/* relate_test.c — relate's correlations of every two columns, and tests of samples. */
#include "cli/relate.h"

#include "stats/relation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int no_memory(struct error *error)
{
    return error_set(error, E_MEMORY, "out of memory");
}

static int failed(int status, const char *name, struct error *error)
{
    return status == E_MEMORY ? no_memory(error) : error_set(error, (enum error_code)status, "%s: a value is infinite, or a count negative", name);
}

static int add(const struct relation *relation, struct finding finding, const char *statistic, double value, enum reason reason, struct error *error)
{
    finding.statistic = statistic;
    finding.value = value;
    finding.reason = isnan(value) ? reason != REASON_NONE ? reason : REASON_UNDEFINED : REASON_NONE;
    return result_add(relation->result, &finding, error);
}

/* ---- correlations ---- */

typedef int coefficient_of(const double *x, const double *y, size_t n, double confidence, struct correlation *correlation);
static const struct {
    const char *statistic, *p, *adjusted;
    coefficient_of *compute;
} kinds[] = {
    {"pearson", "pearson_p", "pearson_p_adjusted", stats_pearson},
    {"spearman", "spearman_p", "spearman_p_adjusted", stats_spearman},
    {"kendall", "kendall_p", "kendall_p_adjusted", stats_kendall},
};
#define COEFFICIENTS (sizeof kinds / sizeof *kinds)

/* Rows in which both columns have a value: pairs do not lose rows for a third column's sake. */
static size_t pair_of(const struct frame *frame, size_t group, size_t a, size_t b, double *x, double *y)
{
    size_t n = 0;
    for (size_t row = 0; row < frame->rows; row++)
        if ((group == FRAME_ALL || frame->group_of[row] == group) && !isnan(frame->columns[a].value[row]) && !isnan(frame->columns[b].value[row])) {
            x[n] = frame->columns[a].value[row];
            y[n++] = frame->columns[b].value[row];
        }
    return n;
}

static int run_correlation(const struct relation *relation, size_t group, struct error *error)
{
    const struct frame *frame = relation->frame;
    size_t columns = frame->column_count, pairs = columns * (columns - 1) / 2, at = 0;
    double *x = calloc(2 * (frame->rows + 1), sizeof *x), *p = calloc(COEFFICIENTS * (pairs + 1), sizeof *p), *adjusted = calloc(COEFFICIENTS * (pairs + 1), sizeof *adjusted);
    struct correlation *c = calloc(COEFFICIENTS * (pairs + 1), sizeof *c);
    bool adjust = strcmp(relation->options->adjust, "none") != 0;
    int status = x == NULL || p == NULL || adjusted == NULL || c == NULL ? no_memory(error) : E_OK;
    for (size_t a = 0; a < columns && status == E_OK; a++)
        for (size_t b = a + 1; b < columns && status == E_OK; b++, at++) {
            size_t n = pair_of(frame, group, a, b, x, x + frame->rows + 1);
            for (size_t k = 0; k < COEFFICIENTS && status == E_OK; k++) {
                status = kinds[k].compute(x, x + frame->rows + 1, n, relation->options->confidence, &c[k * pairs + at]);
                if (status != E_OK)
                    status = failed(status, frame->columns[a].name, error);
                p[k * pairs + at] = c[k * pairs + at].p;
            }
        }
    for (size_t k = 0; k < COEFFICIENTS && adjust && status == E_OK; k++)
        if ((strcmp(relation->options->adjust, "holm") == 0 ? stats_adjust_holm : stats_adjust_bh)(p + k * pairs, pairs, adjusted + k * pairs) != E_OK)
            status = no_memory(error);
    at = 0;
    for (size_t a = 0; a < columns && status == E_OK; a++)
        for (size_t b = a + 1; b < columns && status == E_OK; b++, at++) {
            struct finding key = {.key = {.variable = frame->columns[a].name, .term = frame->columns[b].name,
                                          .group = group == FRAME_ALL ? NULL : frame->groups[group]}, .n = c[at].n};
            status = add(relation, key, "n", (double)c[at].n, REASON_NONE, error);
            for (size_t k = 0; k < COEFFICIENTS && status == E_OK; k++) {
                const struct correlation *r = &c[k * pairs + at];
                struct finding f = key;
                f.statistic = kinds[k].statistic;
                f.value = r->value;
                f.reason = r->reason;
                if (!isnan(r->low)) {
                    f.low = r->low;
                    f.high = r->high;
                    f.interval = INTERVAL_confidence;
                }
                status = result_add(relation->result, &f, error);
                if (status == E_OK) {
                    struct finding test = key;
                    test.note = r->exact ? "exact p" : NULL;
                    status = add(relation, test, kinds[k].p, r->p, r->test_reason, error);
                }
                if (status == E_OK && adjust)
                    status = add(relation, key, kinds[k].adjusted, adjusted[k * pairs + at], r->test_reason, error);
            }
        }
    free(c);
    free(adjusted);
    free(p);
    free(x);
    return status;
}

/* ---- samples ---- */

static int add_test(const struct relation *relation, struct finding key, const struct test *t, const char *statistic, const char *effect, struct error *error)
{
    key.n = t->n;
    int status = add(relation, key, "n", (double)t->n, REASON_NONE, error);
    if (status == E_OK && !isnan(t->estimate)) {
        struct finding f = key;
        f.statistic = "difference";
        f.value = t->estimate;
        if (!isnan(t->low)) {
            f.low = t->low;
            f.high = t->high;
            f.interval = INTERVAL_confidence;
        }
        status = result_add(relation->result, &f, error);
    }
    if (status == E_OK)
        status = add(relation, key, statistic, t->statistic, t->reason, error);
    if (status == E_OK && !isnan(t->df))
        status = add(relation, key, "df", t->df, REASON_NONE, error);
    if (status == E_OK) {
        struct finding p = key;
        p.note = t->exact ? "exact p" : NULL;
        status = add(relation, p, "p", t->p, t->reason, error);
    }
    return status == E_OK ? add(relation, key, effect, t->effect, t->reason, error) : status;
}

/* The two samples of --group: `first` of them in values[0..n), then the other. */
static int two_samples(const struct relation *relation, struct slice *one, struct slice *two, struct error *error)
{
    const struct frame *frame = relation->frame;
    if (frame->group_count != 2)
        return error_set(error, E_USAGE, "%s: --group has %zu groups; two are compared", frame->columns[0].name, frame->group_count);
    int status = frame_slice(frame, 0, 0, one, error);
    return status == E_OK ? frame_slice(frame, 0, 1, two, error) : status;
}

static size_t without_missing(double *values, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(values[i]))
            values[kept++] = values[i];
    return kept;
}

static int compare_two(const struct relation *relation, bool ranks, struct error *error)
{
    struct slice one = {0}, two = {0};
    struct test t;
    char names[300];
    const struct frame *frame = relation->frame;
    int status = two_samples(relation, &one, &two, error);
    if (status == E_OK) {
        size_t n = without_missing(one.value, one.n), m = without_missing(two.value, two.n);
        status = ranks ? stats_mann_whitney(one.value, n, two.value, m, &t)
                       : stats_welch(one.value, n, two.value, m, relation->options->confidence, &t);
        if (status != E_OK)
            status = failed(status, frame->columns[0].name, error);
    }
    if (status == E_OK) {
        snprintf(names, sizeof names, "%.120s − %.120s", frame->groups[0] != NULL ? frame->groups[0] : "", frame->groups[1] != NULL ? frame->groups[1] : "");
        const struct finding key = {.key = {.variable = frame->columns[0].name, .term = names}};
        status = add_test(relation, key, &t, ranks ? "u" : "t", ranks ? "rank_biserial" : "hedges_g", error);
    }
    slice_free(&one);
    slice_free(&two);
    return status;
}

static int run_welch(const struct relation *relation, size_t group, struct error *error)
{
    (void)group;
    return compare_two(relation, false, error);
}

static int run_mann_whitney(const struct relation *relation, size_t group, struct error *error)
{
    (void)group;
    return compare_two(relation, true, error);
}

static int run_kruskal_wallis(const struct relation *relation, size_t unused, struct error *error)
{
    const struct frame *frame = relation->frame;
    struct complete data = {0};
    struct test t;
    char left[80];
    size_t *group = NULL;
    (void)unused;
    int status = complete_of(frame, FRAME_ALL, &data, error);
    if (status == E_OK && (group = calloc(data.n + 1, sizeof *group)) == NULL)
        status = no_memory(error);
    for (size_t i = 0; status == E_OK && i < data.n; i++)
        group[i] = frame->group_of[data.row[i]];
    if (status == E_OK && (status = stats_kruskal_wallis(data.value, group, data.n, frame->group_count, &t)) != E_OK)
        status = failed(status, frame->columns[0].name, error);
    if (status == E_OK) {
        const struct finding key = {.key = {.variable = frame->columns[0].name}, .note = complete_note(&data, left, sizeof left)};
        status = add_test(relation, key, &t, "h", "epsilon_squared", error);
    }
    free(group);
    complete_free(&data);
    return status;
}

/* A table of counts: a row of the frame a category, a column of it the other. */
static int run_chi_square(const struct relation *relation, size_t group, struct error *error)
{
    const struct frame *frame = relation->frame;
    struct complete data = {0};
    struct test t;
    char left[80];
    double *counts = NULL;
    int status = complete_of(frame, group, &data, error);
    if (status == E_OK && (counts = calloc(data.n * data.columns + 1, sizeof *counts)) == NULL)
        status = no_memory(error);
    for (size_t i = 0; status == E_OK && i < data.n; i++)
        for (size_t c = 0; c < data.columns; c++)
            counts[i * data.columns + c] = data.value[c * data.n + i];
    if (status == E_OK && (status = stats_chi_square(counts, data.n, data.columns, &t)) != E_OK)
        status = failed(status, frame->columns[0].name, error);
    if (status == E_OK) {
        const struct finding key = {.key = {.variable = frame->columns[0].name, .group = group == FRAME_ALL ? NULL : frame->groups[group]},
                                    .note = complete_note(&data, left, sizeof left)};
        status = add_test(relation, key, &t, "chi_square", "cramers_v", error);
    }
    free(counts);
    complete_free(&data);
    return status;
}

const struct relation_method relation_tests[] = {
    {"correlation", "Pearson, Spearman and Kendall's tau-b of every two columns", 2, 0, false, run_correlation},
    {"welch", "whether the means of two groups differ", 1, 1, true, run_welch},
    {"mann-whitney", "whether one of two groups tends to larger values", 1, 1, true, run_mann_whitney},
    {"kruskal-wallis", "whether one of several groups tends to larger values", 1, 1, true, run_kruskal_wallis},
    {"chi-square", "whether the rows of a table of counts have the same shares", 2, 0, false, run_chi_square},
    {NULL, NULL, 0, 0, false, NULL},
};
