/* score_options.c — reads the choices that make a composite score, and matches them with the indicators at hand.
 *
 * ε is 0.002 where logarithms or products need values above 0 (entropy weights, geometric mean, coupling), otherwise 0. */
#include "cli/pairwise.h"
#include "cli/score.h"

#include "data/base/number.h"

#include <math.h>
#include <string.h>

static const char *const shows[SHOW_COUNT] = {"scores", "weights", "ranks", "scaled", "loadings"};

/* ---- options ---- */

static int read_word(const char *option, const char *text, const char *(*name)(int), int count, int *value, struct error *error)
{
    char list[256] = "", hint[320];
    struct nearest nearest;
    nearest_start(&nearest, text);
    for (int i = 0; i < count; i++) {
        if (strcmp(name(i), text) == 0) {
            *value = i;
            return E_OK;
        }
        nearest_consider(&nearest, name(i));
        snprintf(list + strlen(list), sizeof list - strlen(list), "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " or ", name(i));
    }
    return error_set(error, E_USAGE, "--%s: unknown '%s'%s; write %s", option, text, nearest_hint(&nearest, hint), list);
}

static const char *method_at(int i)
{
    return score_method_name((enum score_method)i);
}

static const char *scaling_at(int i)
{
    return scaling_name((enum scaling)i);
}

static const char *show_at(int i)
{
    return shows[i];
}

static int read_number(const char *option, const char *text, double least, double most, const char *what, double *value,
                       struct error *error)
{
    if (number_parse(text, strlen(text), value) != 0 || *value < least || *value > most)
        return error_set(error, E_USAGE, "--%s '%s': write %s", option, text, what);
    return E_OK;
}

static int read_vary(const char *list, struct sensitivity_plan *plan, struct error *error)
{
    plan->scalings = plan->weights = plan->bounds = false;
    for (const char *at = list; *at != '\0'; at += *at == ',') {
        size_t length = strcspn(at, ",");
        if (length == 7 && memcmp(at, "scaling", length) == 0)
            plan->scalings = true;
        else if (length == 7 && memcmp(at, "weights", length) == 0)
            plan->weights = true;
        else if (length == 6 && memcmp(at, "bounds", length) == 0)
            plan->bounds = true;
        else
            return error_set(error, E_USAGE, "--vary '%.*s': write scaling, weights or bounds, or several with commas", (int)length, at);
        at += length;
    }
    return E_OK;
}

int score_options_read(const struct settings *settings, struct score_options *o, struct error *error)
{
    static const enum scaling usual[SCORE_COUNT] = {[SCORE_sum] = SCALING_minmax, [SCORE_geometric] = SCALING_minmax,
                                                    [SCORE_topsis] = SCALING_vector, [SCORE_coupling] = SCALING_minmax,
                                                    [SCORE_pca] = SCALING_zscore};
    int value = 0, status = E_OK;
    double number;
    o->plan = (struct sensitivity_plan){.runs = 1000, .seed = 1, .scalings = true, .weights = true, .bounds = true};
    if (settings->weight != NULL)
        return error_set(error, E_USAGE, "--weight weights rows, which a score does not; --weights weights indicators");
    if (settings->weights != NULL && settings->ahp != NULL)
        return error_set(error, E_USAGE, "--weights and --ahp exclude one another");
    if (settings->method != NULL && (status = read_word("method", settings->method, method_at, SCORE_COUNT, &value, error)) != E_OK)
        return status;
    o->model.method = (enum score_method)value;
    value = (int)usual[o->model.method];
    if (settings->scaling != NULL && (status = read_word("scaling", settings->scaling, scaling_at, SCALING_COUNT, &value, error)) != E_OK)
        return status;
    o->model.scaling = (enum scaling)value;
    if (!score_accepts(o->model.method, o->model.scaling))
        return error_set(error, E_USAGE, "--method %s cannot use --scaling %s", score_method_name(o->model.method),
                         scaling_name(o->model.scaling));
    value = 0;
    if (settings->show != NULL && (status = read_word("show", settings->show, show_at, SHOW_COUNT, &value, error)) != E_OK)
        return status;
    o->show = (enum show)value;
    if (o->show == SHOW_loadings && o->model.method != SCORE_pca)
        return error_set(error, E_USAGE, "--show loadings goes with --method pca");
    if (settings->runs != NULL) {
        status = read_number("runs", settings->runs, 0, 1e6, "a whole number from 0 to 1000000", &number, error);
        if (status == E_OK && number != floor(number))
            status = error_set(error, E_USAGE, "--runs '%s': write a whole number from 0 to 1000000", settings->runs);
        if (status != E_OK)
            return status;
        o->plan.runs = (size_t)number;
    }
    if (settings->seed != NULL) {
        if ((status = read_number("seed", settings->seed, 0, 4294967295.0, "a whole number", &number, error)) != E_OK)
            return status;
        o->plan.seed = (unsigned long)number;
    }
    if (settings->concentration != NULL &&
        (status = read_number("concentration", settings->concentration, 1e-3, 1e9, "a number above 0", &o->plan.concentration, error)) != E_OK)
        return status;
    return settings->vary != NULL ? read_vary(settings->vary, &o->plan, error) : E_OK;
}

/* ---- what depends on the columns ---- */

static int find_negative(const char *list, const struct frame *frame, bool *negative, struct error *error)
{
    for (const char *at = list; *at != '\0'; at += *at == ',') {
        size_t length = strcspn(at, ","), found = SIZE_MAX;
        double number;
        for (size_t j = 0; j < frame->column_count; j++) {
            const char *name = frame->columns[j].name;
            const struct indicator *entry = frame->columns[j].entry;
            /* 能耗 is 能耗(吨), and an indicator's id is its name too */
            if (strncmp(name, at, length) == 0 &&
                (name[length] == '\0' || name[length] == '(' || strncmp(name + length, "（", strlen("（")) == 0))
                found = j;
            if (entry != NULL && strlen(entry->id) == length && memcmp(entry->id, at, length) == 0)
                found = j;
        }
        if (found == SIZE_MAX && number_parse(at, length, &number) == 0 && number >= 1 && number <= (double)frame->column_count &&
            number == floor(number))
            found = (size_t)number - 1;
        if (found == SIZE_MAX)
            return error_set(error, E_USAGE, "--negative: '%.*s' is none of the indicators", (int)length, at);
        negative[found] = true;
        at += length;
    }
    return E_OK;
}

static int given_weights(const char *list, size_t k, double *weights, struct error *error)
{
    size_t count = 0;
    double sum = 0;
    for (const char *at = list; *at != '\0'; at += *at == ',') {
        size_t length = strcspn(at, ",");
        double weight;
        if (number_parse(at, length, &weight) != 0 || weight < 0)
            return error_set(error, E_USAGE, "--weights '%.*s': write equal, entropy, critic or deviation, or a number that is not "
                             "negative for each indicator", (int)length, at);
        if (count < k)
            weights[count] = weight;
        count++;
        sum += weight;
        at += length;
    }
    if (count != k)
        return error_set(error, E_USAGE, "--weights: %zu weight%s for %zu indicators", count, count == 1 ? "" : "s", k);
    if (!(sum > 0) || isinf(sum))
        return error_set(error, E_USAGE, "--weights: they add up to %s", sum > 0 ? "more than a number can hold" : "0");
    for (size_t j = 0; j < k; j++)
        weights[j] /= sum;
    return E_OK;
}

static int ahp_weights(const char *path, size_t k, struct score_options *o, struct error *error)
{
    double matrix[AHP_MOST * AHP_MOST];
    if (k > AHP_MOST)
        return error_set(error, E_USAGE, "--ahp: at most %d indicators; there are %zu", AHP_MOST, k);
    int status = pairwise_read(path, k, matrix, error);
    /* 0.33 for 1/3 is what people write down */
    if (status != E_OK || (status = stats_ahp(matrix, k, 0.02, o->weights, &o->ahp)) != E_OK)
        return status;
    if (o->ahp.reason == REASON_UNDEFINED)
        return error_set(error, E_INPUT, "%s: row %zu, entry %zu: it and its counterpart in row %zu multiply to %.4g, not to 1", path,
                         o->ahp.row + 1, o->ahp.column + 1, o->ahp.column + 1,
                         matrix[o->ahp.row * k + o->ahp.column] * matrix[o->ahp.column * k + o->ahp.row]);
    if (o->ahp.reason != REASON_NONE)
        return error_set(error, E_INPUT, "%s: row %zu, entry %zu: %s", path, o->ahp.row + 1, o->ahp.column + 1,
                         reason_text(o->ahp.reason));
    return E_OK;
}

int score_options_fit(const struct settings *settings, const struct frame *frame, struct score_options *o, struct error *error)
{
    int status = E_OK;
    o->model.k = frame->column_count;
    o->model.negative = o->negative;
    o->weighting = WEIGHTING_entropy;
    if (frame->column_count > INDICATORS_MOST)
        return error_set(error, E_USAGE, "at most %d indicators; there are %zu", INDICATORS_MOST, frame->column_count);
    if (settings->negative != NULL && (status = find_negative(settings->negative, frame, o->negative, error)) != E_OK)
        return status;
    if (settings->ahp != NULL) {
        o->weighting = WEIGHTING_ahp;
        status = ahp_weights(settings->ahp, o->model.k, o, error);
    } else if (settings->weights != NULL) {
        o->weighting = WEIGHTING_given;
        for (int w = 0; w < WEIGHTING_ahp; w++)
            if (w != WEIGHTING_given && strcmp(settings->weights, weighting_name((enum weighting)w)) == 0)
                o->weighting = (enum weighting)w;
        if (o->weighting == WEIGHTING_given)
            status = given_weights(settings->weights, o->model.k, o->weights, error);
    }
    if (status != E_OK)
        return status;
    bool margin = o->weighting == WEIGHTING_entropy || o->model.method == SCORE_geometric || o->model.method == SCORE_coupling;
    o->model.epsilon = margin ? 0.002 : 0;
    if (settings->epsilon != NULL)
        status = read_number("epsilon", settings->epsilon, 0, 0.499, "a number from 0 to 0.499", &o->model.epsilon, error);
    return status;
}
