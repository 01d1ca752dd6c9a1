/* score.c — the command that puts several indicators together into one score and a ranking, and says how sure the ranking is.
 *
 * 1. Rows with all indicators are scored; a row that lacks one is listed with the reason, never filled in.
 * 2. Every choice is an option (--method, --scaling, --weights, --negative, --epsilon) and is said on standard error with the weights,
 *    because it changes the result.
 * 3. --runs draws what --vary names anew and gives best and worst ranks, how often the rank stays, and reversals. */
#include "cli/result.h"
#include "cli/score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SHARES_MOST 2000     /* rows for which the shares of all ranks are kept: n² counts */

static const struct option options[] = {
    STORE_OPTION,
    FILTER_OPTIONS,
    TABLE_OPTIONS,
    OPTION("method", 'm', "METHOD", method, "sum (otherwise), geometric, topsis, coupling or pca"),
    OPTION("scaling", 0, "SCALING", scaling, "minmax, zscore, vector, max, sum, rank or none (what fits the method otherwise)"),
    OPTION("weights", 0, "W,...", weights, "equal, entropy (otherwise), critic, deviation, or a number for each indicator"),
    OPTION("ahp", 0, "FILE", ahp, "weights from a matrix of pairwise comparisons, a row a line: 1 3 1/2"),
    OPTION("negative", 0, "NAME,...", negative, "indicators of which less is better, by name or number (the first is 1)"),
    OPTION("epsilon", 0, "E", epsilon, "min-max values lie in [E, 1-E] (0.002 for entropy, geometric and coupling, else 0)"),
    OPTION("runs", 0, "N", runs, "how often choices are drawn anew (1000 otherwise; 0: never)"),
    OPTION("vary", 0, "WHAT,...", vary, "what is drawn: scaling, weights, bounds (all otherwise)"),
    OPTION("concentration", 0, "C", concentration, "draw weights around the given ones, closer for greater C (100, say)"),
    OPTION("seed", 0, "N", seed, "of the random numbers (1 otherwise)"),
    OPTION("show", 0, "WHAT", show, "scores (otherwise), weights, ranks (how often each), scaled (values) or loadings (pca)"),
    RESULT_OPTIONS,
    HELP_OPTION,
    OPTIONS_END,
};

static const char *const headline[] = {"score", "score_rank", "score_best_rank", "score_worst_rank", "score_same_rank",
                                       "score_reversal", "coupling_degree", "comprehensive_level", NULL};

/* The complete rows of a group. */
struct table {
    size_t n, k;
    size_t *row;             /* [n] of the frame */
    double *x;               /* [n·k] */
    struct interval *known;  /* [n·k] */
    size_t *left_out, *lacking, left_count;  /* incomplete rows, and the first indicator that each lacks */
    bool bounded;
    size_t open;             /* figures with an open bound */
    const char *group;
};

static int no_memory(struct error *error)
{
    return error_set(error, E_MEMORY, "out of memory");
}

/* ---- rows ---- */

static void table_free(struct table *t)
{
    free(t->row);
    free(t->x);
    free(t->known);
    free(t->left_out);
    free(t->lacking);
    *t = (struct table){0};
}

static int table_of(const struct frame *frame, size_t group, struct table *t, struct error *error)
{
    size_t k = frame->column_count;
    *t = (struct table){.k = k, .group = frame->groups[group]};
    t->row = calloc(frame->rows + 1, sizeof *t->row);
    t->left_out = calloc(frame->rows + 1, sizeof *t->left_out);
    t->lacking = calloc(frame->rows + 1, sizeof *t->lacking);
    t->x = calloc(frame->rows * k + 1, sizeof *t->x);
    t->known = calloc(frame->rows * k + 1, sizeof *t->known);
    if (t->row == NULL || t->left_out == NULL || t->lacking == NULL || t->x == NULL || t->known == NULL)
        return no_memory(error);
    for (size_t i = 0; i < frame->rows; i++) {
        size_t lacking = k;
        if (frame->group_of[i] != group)
            continue;
        for (size_t j = 0; j < k && lacking == k; j++)
            if (isnan(frame->columns[j].value[i]))
                lacking = j;
        if (lacking < k) {
            t->left_out[t->left_count] = i;
            t->lacking[t->left_count++] = lacking;
            continue;
        }
        for (size_t j = 0; j < k; j++) {
            const struct frame_column *c = &frame->columns[j];
            struct interval *known = &t->known[t->n * k + j];
            *known = (struct interval){c->value[i], c->low != NULL ? c->low[i] : c->value[i], c->high != NULL ? c->high[i] : c->value[i]};
            t->x[t->n * k + j] = known->value;
            t->bounded |= known->low < known->high;
            t->open += isinf(known->low) || isinf(known->high);
        }
        t->row[t->n++] = i;
    }
    return E_OK;
}

static struct result_key key_of(const struct frame *frame, const struct table *t, size_t row)
{
    struct result_key key = {.group = t->group};
    if (frame->region != NULL && frame->region[row] != NULL) {
        key.region = frame->region[row];
        key.region_code = frame->region_code != NULL ? frame->region_code[row] : NULL;
    }
    if (frame->time != NULL)
        key.period = frame->time[row];
    return key;
}

/* A row without a name gets its number. */
static struct result_key key_named(const struct frame *frame, const struct table *t, size_t row, char number[32])
{
    struct result_key key = key_of(frame, t, row);
    snprintf(number, 32, "row %zu", row + 1);
    if (key.region == NULL)
        key.region = number;
    return key;
}

/* ---- findings ---- */

static int add(struct result *result, struct result_key key, const char *statistic, double value, size_t n, struct error *error)
{
    const struct finding f = {.key = key, .statistic = statistic, .value = value, .n = n};
    return result_add(result, &f, error);
}

static int add_left_out(struct result *result, const struct frame *frame, const struct table *t, struct error *error)
{
    int status = E_OK;
    for (size_t i = 0; i < t->left_count && status == E_OK; i++) {
        char number[32], note[200];
        snprintf(note, sizeof note, "%.150s is missing", frame->columns[t->lacking[i]].name);
        const struct finding f = {.key = key_named(frame, t, t->left_out[i], number), .statistic = "score", .value = NAN, .note = note};
        status = result_add(result, &f, error);
    }
    return status;
}

static int by_rank(const void *a, const void *b, void *context)
{
    const struct sensitivity *s = context;
    const size_t *x = a, *y = b;
    if (s[*x].rank != s[*y].rank)
        return s[*x].rank < s[*y].rank ? -1 : 1;
    return (*x > *y) - (*x < *y);
}

static int add_score(struct result *result, const struct frame *frame, const struct table *t, const struct score_options *o, size_t i,
                     double score, const struct sensitivity *s, size_t runs, struct error *error)
{
    char number[32];
    struct result_key key = key_named(frame, t, t->row[i], number);
    int status = add(result, key, "score", score, t->k, error);
    if (status == E_OK)
        status = add(result, key, "score_rank", (double)s->rank, t->n, error);
    if (status == E_OK && runs > 0) {
        const struct finding f = {.key = key, .statistic = "score_sensitivity", .value = score, .n = runs, .low = s->low,
                                  .high = s->high, .interval = INTERVAL_sensitivity};
        status = result_add(result, &f, error);
    }
    if (status == E_OK && runs > 0)
        status = add(result, key, "score_best_rank", (double)s->best, runs, error);
    if (status == E_OK && runs > 0)
        status = add(result, key, "score_worst_rank", (double)s->worst, runs, error);
    if (status == E_OK && runs > 0)
        status = add(result, key, "score_mean_rank", s->mean_rank, runs, error);
    if (status == E_OK && runs > 0)
        status = add(result, key, "score_same_rank", s->same, runs, error);
    if (status == E_OK && runs > 0 && s->next < t->n)
        status = add(result, key, "score_reversal", s->reversal, runs, error);
    if (status == E_OK && o->model.method == SCORE_coupling) {
        struct coupling c;
        double *z = calloc(t->n * t->k + 1, sizeof *z);
        enum reason reason;
        size_t column;
        if (z == NULL || stats_scale(&o->model, t->x, t->n, z, &reason, &column) != E_OK) {
            free(z);
            return no_memory(error);
        }
        c = stats_coupling(z + i * t->k, o->weights, t->k);
        free(z);
        status = add(result, key, "coupling_degree", c.degree, t->k, error);
        if (status == E_OK)
            status = add(result, key, "comprehensive_level", c.level, t->k, error);
    }
    return status;
}

static int add_scores(struct result *result, const struct frame *frame, const struct table *t, const struct score_options *o,
                      const double *scores, struct sensitivity *s, const uint32_t *counts, double reversed, size_t runs,
                      struct error *error)
{
    size_t *order = calloc(t->n + 1, sizeof *order);
    int status = order == NULL ? no_memory(error) : E_OK;
    for (size_t i = 0; order != NULL && i < t->n; i++)
        order[i] = i;
    if (order != NULL)
        qsort_r(order, t->n, sizeof *order, by_rank, s);
    for (size_t at = 0; at < t->n && status == E_OK; at++) {
        size_t i = order[at];
        if (o->show == SHOW_scores) {
            status = add_score(result, frame, t, o, i, scores[i], &s[i], runs, error);
            continue;
        }
        char number[32], term[32];
        for (size_t rank = 1; rank <= t->n && status == E_OK; rank++) {
            struct result_key key = key_named(frame, t, t->row[i], number);
            snprintf(term, sizeof term, "%zu", rank);
            key.term = term;
            if (counts[i * t->n + rank - 1] > 0)
                status = add(result, key, "rank_share", (double)counts[i * t->n + rank - 1] / (double)runs, runs, error);
        }
    }
    if (status == E_OK && o->show == SHOW_ranks)
        status = add(result, (struct result_key){.group = t->group}, "pairs_reversed", reversed, runs, error);
    free(order);
    return status == E_OK ? add_left_out(result, frame, t, error) : status;
}

static int add_weights(struct result *result, const struct frame *frame, const struct table *t, const struct score_options *o,
                       struct error *error)
{
    int status = E_OK;
    for (size_t j = 0; j < t->k && status == E_OK; j++) {
        const struct finding f = {.key = {.group = t->group, .term = frame->columns[j].name}, .statistic = "indicator_weight",
                                  .value = o->weights[j], .n = t->n,
                                  .note = o->negative[j] ? "less is better" : NULL};
        status = result_add(result, &f, error);
    }
    struct result_key key = {.group = t->group};
    if (status == E_OK && o->model.scaling == SCALING_minmax)
        status = add(result, key, "epsilon", o->model.epsilon, t->n, error);
    if (o->weighting != WEIGHTING_ahp || status != E_OK)
        return status;
    if ((status = add(result, key, "lambda_max", o->ahp.lambda, t->k, error)) == E_OK &&
        (status = add(result, key, "consistency_index", o->ahp.index, t->k, error)) == E_OK)
        status = add(result, key, "consistency_ratio", o->ahp.ratio, t->k, error);
    return status;
}

static int undefined(const struct frame *frame, const struct table *t, enum reason reason, size_t column, struct error *error)
{
    const char *name = column < frame->column_count ? frame->columns[column].name : NULL;
    bool of_column = reason != REASON_EMPTY && reason != REASON_TOO_FEW && name != NULL;
    return error_set(error, E_DOMAIN, "%s%s%s%sno score: %s", t->group != NULL ? t->group : "", t->group != NULL ? ": " : "",
                     of_column ? name : "", of_column ? ": " : "",
                     reason == REASON_EMPTY && t->left_count > 0 ? "no row has all indicators" : reason_text(reason));
}

static int add_scaled(struct result *result, const struct frame *frame, const struct table *t, const struct score_options *o,
                      struct error *error)
{
    double *z = calloc(t->n * t->k + 1, sizeof *z);
    enum reason reason = REASON_NONE;
    size_t column = 0;
    int status = z == NULL ? no_memory(error) : stats_scale(&o->model, t->x, t->n, z, &reason, &column);
    if (status == E_OK && reason != REASON_NONE)
        status = undefined(frame, t, reason, column, error);
    for (size_t i = 0; i < t->n * t->k && status == E_OK; i++) {
        char number[32];
        struct result_key key = key_named(frame, t, t->row[i / t->k], number);
        key.term = frame->columns[i % t->k].name;
        status = add(result, key, "scaled", z[i], t->n, error);
    }
    free(z);
    return status;
}

static int add_loadings(struct result *result, const struct frame *frame, const struct table *t, const struct score_options *o,
                        struct error *error)
{
    size_t k = t->k, column = 0;
    enum reason reason = REASON_NONE;
    double *directed = calloc(t->n * k + 1, sizeof *directed), *variances = calloc(k + 1, sizeof *variances);
    double *loadings = calloc(k * k + 1, sizeof *loadings);
    int status = E_MEMORY;
    if (directed != NULL && variances != NULL && loadings != NULL) {
        for (size_t i = 0; i < t->n * k; i++)
            directed[i] = o->negative[i % k] ? -t->x[i] : t->x[i];
        status = stats_pca(directed, t->n, k, variances, loadings, NULL, &reason, &column);
    }
    if (status == E_OK && reason != REASON_NONE)
        status = undefined(frame, t, reason, column, error);
    for (size_t c = 0; c < k && status == E_OK; c++) {
        char term[64];
        struct result_key key = {.group = t->group, .term = term};
        snprintf(term, sizeof term, "PC%zu", c + 1);
        status = add(result, key, "component_variance", variances[c], t->n, error);
        for (size_t j = 0; j < k && status == E_OK; j++) {
            key.variable = frame->columns[j].name;
            status = add(result, key, "loading", loadings[j * k + c], t->n, error);
        }
    }
    free(directed);
    free(variances);
    free(loadings);
    return status == E_MEMORY ? no_memory(error) : status;
}

/* ---- the command ---- */

static void say(const struct settings *settings, const struct frame *frame, const struct table *t, const struct score_options *o,
                size_t runs, double reversed)
{
    struct buffer text = {0};
    if (t->group != NULL)
        buffer_format(&text, "%s: ", t->group);
    buffer_format(&text, "method %s, scaling %s", score_method_name(o->model.method), scaling_name(o->model.scaling));
    if (o->model.scaling == SCALING_minmax || o->weighting == WEIGHTING_entropy)
        buffer_format(&text, ", ε = %g", o->model.epsilon);
    if (o->model.method != SCORE_pca) {
        buffer_format(&text, ", weights%s %s:", o->weighting == WEIGHTING_given ? "" : " by", weighting_name(o->weighting));
        for (size_t j = 0; j < t->k && j < 12; j++)
            buffer_format(&text, " %s %.4f", frame->columns[j].name, o->weights[j]);
        if (t->k > 12)
            buffer_text(&text, " …");
    }
    if (runs > 0)
        buffer_format(&text, "; over %zu runs %.1f%% of all pairs change their order", runs, 100 * reversed);
    if (!text.failed)
        complain(settings->command, text.bytes);
    buffer_free(&text);
    if (t->left_count > 0)
        complain_about(settings->command, "note: %zu of %zu rows have no score: an indicator is missing", t->left_count,
                       t->left_count + t->n);
    if (t->open > 0)
        complain_about(settings->command, "note: %zu figure%s with an open bound taken as %s; --open states a convention", t->open,
                       t->open == 1 ? "" : "s", t->open == 1 ? "it stands" : "they stand");
    if (o->weighting == WEIGHTING_ahp && o->ahp.ratio > 0.1)
        complain_about(settings->command, "warning: the comparisons contradict one another: consistency ratio %.3f is above 0.1", o->ahp.ratio);
}

static int group_results(struct result *result, const struct settings *settings, const struct frame *frame, size_t group,
                         struct score_options *o, struct error *error)
{
    struct table t;
    double *scores = NULL, reversed = NAN;
    struct sensitivity *s = NULL;
    uint32_t *counts = NULL;
    size_t runs = 0, column = SIZE_MAX;
    enum reason reason = REASON_NONE;
    int status = table_of(frame, group, &t, error);
    if (status != E_OK)
        goto done;
    if (t.n == 0) {
        status = undefined(frame, &t, REASON_EMPTY, SIZE_MAX, error);
        goto done;
    }
    if (o->show == SHOW_loadings) {
        status = add_loadings(result, frame, &t, o, error);
        goto done;
    }
    if (o->model.method != SCORE_pca && o->weighting != WEIGHTING_given && o->weighting != WEIGHTING_ahp)
        status = stats_score_weights(o->weighting, &o->model, t.x, t.n, o->weights, &reason);
    if (status == E_OK && reason != REASON_NONE)
        status = error_set(error, E_DOMAIN, "%s%sno weights by %s: %s; --weights equal needs no differences",
                           t.group != NULL ? t.group : "", t.group != NULL ? ": " : "", weighting_name(o->weighting), reason_text(reason));
    if (status != E_OK)
        goto done;
    if (o->show == SHOW_weights || o->show == SHOW_scaled) {
        status = o->show == SHOW_weights ? add_weights(result, frame, &t, o, error) : add_scaled(result, frame, &t, o, error);
        goto done;
    }
    scores = calloc(t.n + 1, sizeof *scores);
    s = calloc(t.n + 1, sizeof *s);
    if (o->show == SHOW_ranks && t.n > SHARES_MOST)
        status = error_set(error, E_USAGE, "--show ranks: at most %d rows; there are %zu", SHARES_MOST, t.n);
    else if (o->show == SHOW_ranks && o->plan.runs == 0)
        status = error_set(error, E_USAGE, "--show ranks needs runs");
    else if (o->show == SHOW_ranks)
        counts = calloc(t.n * t.n, sizeof *counts);
    if (status == E_OK && (scores == NULL || s == NULL || (o->show == SHOW_ranks && counts == NULL)))
        status = no_memory(error);
    if (status == E_OK && (status = stats_score(&o->model, t.x, t.n, o->weights, scores, &reason, &column)) == E_OK && reason != REASON_NONE)
        status = undefined(frame, &t, reason, o->model.method == SCORE_topsis || t.k == 0 ? SIZE_MAX : column, error);
    if (status != E_OK)
        goto done;
    struct sensitivity_plan plan = o->plan;
    plan.bounds = plan.bounds && t.bounded;
    if (t.n < 2)
        plan.runs = 0;  /* one row has one rank */
    if ((status = stats_score_sensitivity(&o->model, t.known, t.n, o->weights, &plan, s, counts, &reversed, &runs)) == E_OK) {
        status = add_scores(result, frame, &t, o, scores, s, counts, reversed, runs, error);
        say(settings, frame, &t, o, runs, reversed);
    }
done:
    free(scores);
    free(s);
    free(counts);
    table_free(&t);
    return status == E_MEMORY && error->text[0] == '\0' ? no_memory(error) : status;
}

static int run(const struct settings *settings, struct error *error)
{
    static const struct frame_wish wish = {.least = 1};
    struct score_options *o = calloc(1, sizeof *o);
    struct frame frame = {0};
    struct result *result = NULL;
    int status = o == NULL ? no_memory(error) : score_options_read(settings, o, error);
    if (status == E_OK)
        status = result_open(&result, settings, o->show == SHOW_scores ? LAYOUT_WIDE : LAYOUT_LONG, error);
    if (status != E_OK || (status = frame_load(&frame, settings, &wish, error)) != E_OK ||
        (status = score_options_fit(settings, &frame, o, error)) != E_OK)
        goto done;
    result_headline(result, headline);
    for (size_t group = 0; group < frame.group_count && status == E_OK; group++)
        status = group_results(result, settings, &frame, group, o, error);
    if (status == E_OK)
        status = result_print(result, &frame, error);
done:
    result_free(result);
    frame_free(&frame);
    free(o);
    return status;
}

const struct command command_score = {
    "score", NULL, 0, 0, "rank regions by several indicators together, and say how sure the ranks are",
    "Of indicators of the store (--indicator A,B,C) or of columns of a table (--from FILE --value A,B,C --region NAME). A row\n"
    "with a missing indicator has no score. What was chosen and the weights are said on standard error (--show weights prints\n"
    "them). Scaling, weights and figures within bounds are then drawn anew --runs times: best and worst rank, how often the\n"
    "rank stays, and how often the next row is ahead.",
    options, run,
};
