/* relate.c — the command that says how columns or indicators go together: correlations, tests, regressions.
 *
 * Rows with a missing value in one of the columns are left out and counted. Decimals are read as what they are
 * (stats/quad.h): a fit loses no digit to the doubles that they are not. */
#include "cli/relate.h"

#include "data/base/number.h"
#include "stats/quad.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DEGREE_MOST 30

static const struct option options[] = {
    FRAME_OPTIONS,
    OPTION("method", 'm', "NAME", method, "correlation (otherwise), regression, robust, huber, anova, welch, mann-whitney, kruskal-wallis or chi-square"),
    OPTION("degree", 0, "N", degree, "with regression: powers of the second column up to this one"),
    OPTION("no-intercept", 0, NULL, no_intercept, "with regression: through the origin"),
    OPTION("confidence", 0, "PERCENT", confidence, "of the intervals (95% otherwise)"),
    OPTION("adjust", 0, "METHOD", adjust, "p values of several tests: holm, bh (Benjamini and Hochberg) or none (otherwise)"),
    RESULT_OPTIONS,
    HELP_OPTION,
    OPTIONS_END,
};

static int no_memory(struct error *error)
{
    return error_set(error, E_MEMORY, "out of memory");
}

/* ---- complete rows ---- */

static _Float128 decimal_of(const struct frame_column *column, size_t row)
{
    _Float128 value;
    if (column->text != NULL && column->text[row] != NULL && quad_parse(column->text[row], strlen(column->text[row]), &value))
        return value;
    return column->value[row];
}

int complete_of(const struct frame *frame, size_t group, struct complete *complete, struct error *error)
{
    size_t n = 0, columns = frame->column_count;
    *complete = (struct complete){.columns = columns};
    complete->quad = calloc(columns * (frame->rows + 1), sizeof *complete->quad);
    complete->value = calloc(columns * (frame->rows + 1), sizeof *complete->value);
    complete->row = calloc(frame->rows + 1, sizeof *complete->row);
    if (complete->quad == NULL || complete->value == NULL || complete->row == NULL) {
        complete_free(complete);
        return no_memory(error);
    }
    for (size_t row = 0; row < frame->rows; row++) {
        bool whole = true;
        if (group != FRAME_ALL && frame->group_of[row] != group)
            continue;
        for (size_t c = 0; c < columns; c++)
            whole = whole && !isnan(frame->columns[c].value[row]);
        if (whole)
            complete->row[n++] = row;
        else
            complete->left_out++;
    }
    complete->n = n;
    for (size_t c = 0; c < columns; c++)
        for (size_t i = 0; i < n; i++) {
            complete->quad[c * n + i] = decimal_of(&frame->columns[c], complete->row[i]);
            complete->value[c * n + i] = frame->columns[c].value[complete->row[i]];
        }
    return E_OK;
}

void complete_free(struct complete *complete)
{
    free(complete->quad);
    free(complete->value);
    free(complete->row);
    *complete = (struct complete){0};
}

const char *complete_note(const struct complete *complete, char *text, size_t size)
{
    if (complete->left_out == 0)
        return NULL;
    snprintf(text, size, "%zu row%s left out: a value is missing", complete->left_out, complete->left_out == 1 ? "" : "s");
    return text;
}

/* ---- options ---- */

static int read_options(const struct settings *settings, struct relation_options *o, struct error *error)
{
    *o = (struct relation_options){.confidence = 0.95, .degree = 1, .intercept = !settings->no_intercept, .adjust = "none"};
    if (settings->confidence != NULL) {
        size_t length = strlen(settings->confidence);
        bool percent = length > 0 && settings->confidence[length - 1] == '%';
        double value;
        if (number_parse(settings->confidence, length - percent, &value) != 0 || !(value > 0 && value < 100))
            return error_set(error, E_USAGE, "--confidence '%s': write a percentage between 0%% and 100%%", settings->confidence);
        o->confidence = percent || value > 1 ? value / 100 : value;
    }
    if (settings->degree != NULL) {
        double value;
        if (number_parse(settings->degree, strlen(settings->degree), &value) != 0 || value != floor(value) || value < 1 || value > DEGREE_MOST)
            return error_set(error, E_USAGE, "--degree '%s': write a whole number from 1 to %d", settings->degree, DEGREE_MOST);
        o->degree = (size_t)value;
    }
    if (settings->adjust != NULL) {
        if (strcmp(settings->adjust, "holm") != 0 && strcmp(settings->adjust, "bh") != 0 && strcmp(settings->adjust, "none") != 0)
            return error_set(error, E_USAGE, "--adjust '%s': write holm, bh or none", settings->adjust);
        o->adjust = settings->adjust;
    }
    return E_OK;
}

static const struct relation_method *find_method(const char *name)
{
    const struct relation_method *const tables[] = {relation_fits, relation_tests};
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        for (const struct relation_method *m = tables[t]; m->name != NULL; m++)
            if (strcmp(m->name, name) == 0)
                return m;
    return NULL;
}

static int run(const struct settings *settings, struct error *error)
{
    struct frame frame = {0};
    struct relation_options o;
    struct result *result = NULL;
    const struct relation_method *method = find_method(settings->method != NULL ? settings->method : "correlation");
    if (method == NULL)
        return error_set(error, E_USAGE, "--method '%s': write correlation, regression, robust, huber, anova, welch, mann-whitney, "
                         "kruskal-wallis or chi-square", settings->method);
    int status = read_options(settings, &o, error);
    if (status != E_OK)
        return status;
    bool fits = method->least == 2 && method->most == 0 && method->run == relation_fits[0].run;
    if ((settings->degree != NULL || settings->no_intercept) && method >= relation_tests && method->samples)
        return error_set(error, E_USAGE, "--degree and --no-intercept go with --method regression");
    if (o.degree > 1 && !fits)
        return error_set(error, E_USAGE, "--degree goes with --method regression");
    const struct frame_wish wish = {.least = method->least, .most = o.degree > 1 ? 2 : method->most, .needs = method->samples ? FRAME_GROUP : 0};
    status = frame_load(&frame, settings, &wish, error);
    if (status == E_OK)
        status = result_open(&result, settings, LAYOUT_WIDE, error);
    const struct relation relation = {settings, &frame, &o, result};
    if (status == E_OK && (method->samples || frame.group_count <= 1))
        status = method->run(&relation, FRAME_ALL, error);
    else
        for (size_t g = 0; g < frame.group_count && status == E_OK; g++)
            status = method->run(&relation, g, error);
    if (status == E_OK)
        status = result_print(result, &frame, error);
    result_free(result);
    frame_free(&frame);
    return status;
}

const struct command command_relate = {
    "relate", NULL, 0, 0, "correlations, tests and regressions between indicators or columns",
    "Takes two or more columns (--from FILE --value A,B,…) or indicators of the store (--indicator A,B: one row a region). "
    "With --method regression the first is explained by the others; anova, welch, mann-whitney and kruskal-wallis compare the groups of "
    "--group. Rows with a missing value are left out and counted. Computed in 34 digits from the decimals as they are written.",
    options, run,
};
