/* relate_fit.c — relate's models: least squares (with a polynomial), robust regression, one-way analysis of variance. */
#include "cli/relate.h"

#include "data/base/number.h"
#include "stats/regression.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int no_memory(struct error *error)
{
    return error_set(error, E_MEMORY, "out of memory");
}

static const char *term_name(const struct relation *relation, size_t term, char text[300])
{
    bool intercept = relation->options->intercept;
    if (intercept && term == 0)
        return "(intercept)";
    size_t power = term - intercept + 1;
    if (relation->options->degree == 1)
        return relation->frame->columns[power].name;
    if (power == 1)
        return relation->frame->columns[1].name;
    snprintf(text, 300, "%.280s^%zu", relation->frame->columns[1].name, power);
    return text;
}

/* The design, column after column: the intercept, then the columns or the powers of the one. */
static size_t design(const struct relation *relation, const struct complete *data, _Float128 *x)
{
    size_t terms = 0, n = data->n;
    if (relation->options->intercept)
        for (size_t i = 0; i < n; i++)
            x[i] = 1;
    terms += relation->options->intercept;
    if (relation->options->degree > 1) {
        for (size_t power = 1; power <= relation->options->degree; power++, terms++)
            for (size_t i = 0; i < n; i++)
                x[terms * n + i] = power == 1 ? data->quad[n + i] : x[(terms - 1) * n + i] * data->quad[n + i];
    } else {
        memcpy(x + terms * n, data->quad + n, (data->columns - 1) * n * sizeof *x);
        terms += data->columns - 1;
    }
    return terms;
}

static int add(const struct relation *relation, struct finding finding, const char *statistic, double value, enum reason reason, struct error *error)
{
    finding.statistic = statistic;
    finding.value = value;
    finding.reason = isnan(value) ? reason != REASON_NONE ? reason : REASON_UNDEFINED : REASON_NONE;
    return result_add(relation->result, &finding, error);
}

static int add_coefficient(const struct relation *relation, struct finding key, const struct coefficient *c, const struct regression *fit, struct error *error)
{
    struct finding f = key;
    f.statistic = "coefficient";
    f.value = c->value;
    f.reason = isnan(c->value) ? fit->reason : REASON_NONE;
    if (!isnan(c->low)) {
        f.low = c->low;
        f.high = c->high;
        f.interval = INTERVAL_confidence;
    }
    int status = result_add(relation->result, &f, error);
    if (status == E_OK)
        status = add(relation, key, "standard_error", c->se, fit->test_reason, error);
    if (status == E_OK)
        status = add(relation, key, "t", c->t, fit->test_reason, error);
    return status == E_OK ? add(relation, key, "p", c->p, fit->test_reason, error) : status;
}

static int add_fit(const struct relation *relation, const struct complete *data, size_t group, const struct coefficient *c, const struct regression *fit,
                   struct error *error)
{
    char note[400] = "", left[80], name[300];
    const struct frame *frame = relation->frame;
    struct finding key = {.key = {.variable = frame->columns[0].name, .group = group == FRAME_ALL ? NULL : frame->groups[group]}, .n = fit->n};
    if (fit->reason == REASON_SINGULAR && fit->dependent < fit->terms)
        snprintf(note, sizeof note, "'%.200s' depends on the columns before it", term_name(relation, fit->dependent, name));
    else if (complete_note(data, left, sizeof left) != NULL)
        snprintf(note, sizeof note, "%s", left);
    struct finding about = key;
    about.note = note[0] != '\0' ? note : NULL;
    about.key.term = "(model)";
    const struct {
        const char *statistic;
        double value;
        enum reason reason;
    } figures[] = {
        {"n", (double)fit->n, REASON_NONE},
        {"df_model", (double)fit->df_model, REASON_NONE},
        {"df_residual", (double)fit->df_residual, REASON_NONE},
        {"r_squared", fit->r_squared, fit->reason != REASON_NONE ? fit->reason : REASON_CONSTANT},
        {"adjusted_r_squared", fit->adjusted_r_squared, fit->reason != REASON_NONE ? fit->reason : fit->test_reason},
        {"residual_sd", fit->residual_sd, fit->test_reason},
        {"residual_ss", fit->residual_ss, fit->reason},
        {"model_ss", fit->model_ss, fit->reason},
        {"f", fit->f, fit->test_reason},
        {"p", fit->f_p, fit->test_reason},
    };
    int status = E_OK;
    for (size_t i = 0; i < sizeof figures / sizeof *figures && status == E_OK; i++) {
        status = add(relation, about, figures[i].statistic, figures[i].value, figures[i].reason, error);
        about.note = NULL;
    }
    for (size_t k = 0; k < fit->terms && status == E_OK; k++) {
        key.key.term = term_name(relation, k, name);
        status = add_coefficient(relation, key, &c[k], fit, error);
    }
    return status;
}

static int fit_group(const struct relation *relation, size_t group, bool robust, enum robust_weights weights, struct error *error)
{
    struct complete data = {0};
    struct regression fit;
    size_t most = relation->options->degree + relation->frame->column_count + 1;
    _Float128 *x = NULL;
    double *plain = NULL;
    struct coefficient *c = calloc(most, sizeof *c);
    int status = c == NULL ? no_memory(error) : complete_of(relation->frame, group, &data, error);
    if (status != E_OK)
        goto done;
    x = calloc(most * (data.n + 1), sizeof *x);
    plain = robust ? calloc(most * (data.n + 1), sizeof *plain) : NULL;
    if (x == NULL || (robust && plain == NULL)) {
        status = no_memory(error);
        goto done;
    }
    size_t terms = design(relation, &data, x);
    for (size_t i = 0; robust && i < terms * data.n; i++)
        plain[i] = (double)x[i];
    status = robust ? stats_robust(plain, data.value, data.n, terms, weights, relation->options->intercept, relation->options->confidence, c, &fit)
                    : stats_regression(x, data.quad, data.n, terms, relation->options->intercept, relation->options->confidence, c, &fit);
    if (status == E_OK)
        status = add_fit(relation, &data, group, c, &fit, error);
    else
        status = status == E_MEMORY ? no_memory(error) : error_set(error, E_DOMAIN, "%s: a value is infinite", relation->frame->columns[0].name);
done:
    free(plain);
    free(x);
    free(c);
    complete_free(&data);
    return status;
}

static int run_regression(const struct relation *relation, size_t group, struct error *error)
{
    return fit_group(relation, group, false, ROBUST_bisquare, error);
}

static int run_bisquare(const struct relation *relation, size_t group, struct error *error)
{
    return fit_group(relation, group, true, ROBUST_bisquare, error);
}

static int run_huber(const struct relation *relation, size_t group, struct error *error)
{
    return fit_group(relation, group, true, ROBUST_huber, error);
}

static int run_anova(const struct relation *relation, size_t unused, struct error *error)
{
    const struct frame *frame = relation->frame;
    struct complete data = {0};
    struct anova a;
    char left[80];
    size_t *group = NULL;
    (void)unused;
    int status = complete_of(frame, FRAME_ALL, &data, error);
    if (status != E_OK)
        goto done;
    group = calloc(data.n + 1, sizeof *group);
    if (group == NULL) {
        status = no_memory(error);
        goto done;
    }
    for (size_t i = 0; i < data.n; i++)
        group[i] = frame->group_of[data.row[i]];
    status = stats_anova(data.quad, group, data.n, frame->group_count, &a);
    if (status != E_OK) {
        status = status == E_MEMORY ? no_memory(error) : error_set(error, E_DOMAIN, "%s: a value is infinite", frame->columns[0].name);
        goto done;
    }
    struct finding key = {.key = {.variable = frame->columns[0].name}, .n = a.n, .note = complete_note(&data, left, sizeof left)};
    const struct {
        const char *statistic;
        double value;
    } figures[] = {
        {"n", (double)a.n}, {"groups", (double)a.groups}, {"df_between", (double)a.df_between}, {"df_within", (double)a.df_within},
        {"between_ss", a.between_ss}, {"within_ss", a.within_ss}, {"between_ms", a.between_ms}, {"within_ms", a.within_ms},
        {"f", a.f}, {"p", a.p}, {"eta_squared", a.eta_squared}, {"omega_squared", a.omega_squared}, {"residual_sd", a.residual_sd},
    };
    for (size_t i = 0; i < sizeof figures / sizeof *figures && status == E_OK; i++) {
        status = add(relation, key, figures[i].statistic, figures[i].value, a.reason, error);
        key.note = NULL;
    }
done:
    free(group);
    complete_free(&data);
    return status;
}

const struct relation_method relation_fits[] = {
    {"regression", "least squares: the first column explained by the others, or by powers of the second", 2, 0, false, run_regression},
    {"robust", "the same with Tukey's bisquare weights: wild values do not turn it", 2, 0, false, run_bisquare},
    {"huber", "the same with Huber's weights", 2, 0, false, run_huber},
    {"anova", "one-way analysis of variance between the groups of --group", 1, 1, true, run_anova},
    {NULL, NULL, 0, 0, false, NULL},
};
