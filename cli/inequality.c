/* inequality.c — the command that says how unevenly an indicator or a column is spread, and what groups explain of it.
 *
 * 1. Every index comes with the interval that the figures' bounds imply (stats/inequality_bounds.c).
 * 2. With --group or --tree Theil's T and L are split; the interval of what lies between groups is that of the index of the groups'
 *    means, whose bounds do not depend on one another; of a component below it is the difference of two such intervals, which
 *    encloses it.
 * 3. --totals: figures that are totals (an output) become figures a head by their weight (the population). */
#include "cli/levels.h"
#include "cli/result.h"

#include "data/base/number.h"
#include "stats/inequality.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PARAMETERS_MOST 8

static const struct option options[] = {
    FRAME_OPTIONS,
    OPTION("totals", 0, NULL, totals, "the figures are totals over their weights, such as an output with --weight population"),
    OPTION("tree", 0, NULL, tree, "split Theil's indices along the region tree: provinces, prefectures, counties …"),
    OPTION("epsilon", 0, "E,...", epsilon, "of Atkinson's index (0.5,1 otherwise)"),
    OPTION("alpha", 0, "A,...", alpha, "also generalized entropy with these parameters"),
    OPTION("kolm", 0, "A,...", kolm, "also Kolm's index with these parameters, which belong to the figures' unit"),
    OPTION("lorenz", 0, NULL, lorenz, "the points of the Lorenz curve instead of indices"),
    RESULT_OPTIONS,
    HELP_OPTION,
    OPTIONS_END,
};

static const char *const headline[] = {"n", "weight_share", "value_share", "gini", "theil_t", "theil_t_between",
                                       "theil_t_between_share", "theil_t_within", "theil_t_within_share", "theil_t_share",
                                       "theil_l", "hoover", "cv_population", NULL};

struct parameters {
    double value[PARAMETERS_MOST];
    char name[PARAMETERS_MOST][NUMBER_TEXT + 32];  /* "atkinson_0.5" */
    size_t count;
};

struct inequality_options {
    struct parameters epsilon, alpha, kolm;
};

/* One column, whole or a group of it, as the functions of stats/ take it. */
struct data {
    size_t n;
    struct interval *value;
    double *point, *weight;      /* weight NULL: none */
    bool bounded, conventional;
    const char *unit;
    struct result_key key;
};

static int no_memory(struct error *error)
{
    return error_set(error, E_MEMORY, "out of memory");
}

/* ---- options ---- */

static int read_parameters(const char *list, const char *option, const char *index, double least, struct parameters *p,
                           struct error *error)
{
    for (const char *at = list; *at != '\0'; at += *at == ',') {
        char text[NUMBER_TEXT];
        size_t length = strcspn(at, ",");
        double value;
        if (p->count == PARAMETERS_MOST)
            return error_set(error, E_USAGE, "--%s: more than %d values", option, PARAMETERS_MOST);
        if (number_parse(at, length, &value) != 0 || !(value >= least) || value > 100 || (value == 0 && least == 0))
            return error_set(error, E_USAGE, "--%s '%.*s': write a number %s and up to 100", option, (int)length, at,
                             least == 0 ? "above 0" : "from -100");
        snprintf(p->name[p->count], sizeof *p->name, "%s_%s", index, number_format(value, text));
        p->value[p->count++] = value;
        at += length;
    }
    return E_OK;
}

/* ---- data ---- */

static void data_free(struct data *data)
{
    free(data->value);
    free(data->point);
    free(data->weight);
    *data = (struct data){0};
}

static int data_of(const struct frame *frame, size_t column, size_t group, bool totals, struct data *data, struct error *error)
{
    struct slice slice;
    *data = (struct data){.unit = frame->columns[column].unit, .key = {.variable = frame->columns[column].name}};
    int status = frame_slice(frame, column, group, &slice, error);
    if (status != E_OK)
        return status;
    data->value = calloc(slice.n + 1, sizeof *data->value);
    data->point = calloc(slice.n + 1, sizeof *data->point);
    data->weight = slice.weight != NULL ? calloc(slice.n + 1, sizeof *data->weight) : NULL;
    if (data->value == NULL || data->point == NULL || (slice.weight != NULL && data->weight == NULL)) {
        status = no_memory(error);
        goto done;
    }
    data->n = slice.n;
    data->bounded = slice.bounded;
    data->conventional = slice.conventional;
    for (size_t i = 0; i < slice.n; i++) {
        data->value[i] = (struct interval){slice.value[i], slice.low[i], slice.high[i]};
        const double weight = data->weight != NULL ? slice.weight[i] : 0;
        if (data->weight != NULL)
            data->weight[i] = weight;
        if (totals && weight > 0)
            data->value[i] = interval_scale(data->value[i], 1 / weight);
        if (totals && weight > 0 && !isnan(slice.value[i]))
            data->value[i].value = slice.value[i] / weight;  /* the quotient itself, rounded once */
        if (data->value[i].low > data->value[i].value)
            data->value[i].low = data->value[i].value;
        if (data->value[i].high < data->value[i].value)
            data->value[i].high = data->value[i].value;
        data->point[i] = data->value[i].value;
    }
done:
    slice_free(&slice);
    if (status != E_OK)
        data_free(data);
    return status;
}

static enum result_interval label_of(const struct data *data)
{
    return !data->bounded ? INTERVAL_none : data->conventional ? INTERVAL_conventional : INTERVAL_guaranteed;
}

/* ---- indices ---- */

/* Where the figures are exact their indices are computed together. */
static int compute(const struct data *data, const struct inequality_wish *wishes, size_t count, struct inequality_result *results)
{
    if (!data->bounded)
        return stats_inequalities(wishes, count, data->point, data->weight, data->n, results);
    int status = E_OK;
    for (size_t i = 0; i < count && status == E_OK; i++)
        status = stats_inequality_bounds(wishes[i].index, wishes[i].parameter, data->value, data->weight, data->n, &results[i]);
    return status;
}

static int add_index(struct result *result, const struct data *data, const char *name, const struct inequality_result *r,
                     struct error *error)
{
    char note[160] = "";
    struct finding f = {.key = data->key, .statistic = name, .value = r->value, .reason = r->reason, .n = r->n};
    if (r->reason == REASON_NONE && data->bounded && r->sharpness != SHARPNESS_exact) {
        f.low = r->low;
        f.high = r->high;
        f.interval = label_of(data);
        if (isinf(r->high))
            snprintf(note, sizeof note, "no upper bound");
        else if (r->sharpness == SHARPNESS_enclosure && r->low < r->high)
            snprintf(note, sizeof note, "the bounds enclose it; they may be wider than need be");
    } else if (r->reason == REASON_NONE && data->bounded && r->bound_reason != REASON_NONE) {
        snprintf(note, sizeof note, "no bounds: %s", reason_text(r->bound_reason));
    } else if (r->reason == REASON_NONE && data->bounded) {
        f.low = f.high = r->value;
        f.interval = label_of(data);
    }
    f.note = note[0] != '\0' ? note : NULL;
    return result_add(result, &f, error);
}

static int add_counts(struct result *result, const struct data *data, const struct inequality_result *r, struct error *error)
{
    char note[80] = "";
    if (r->zero_weight > 0)
        snprintf(note, sizeof note, "%zu row%s of weight 0 left out", r->zero_weight, r->zero_weight == 1 ? "" : "s");
    const struct finding n = {.key = data->key, .statistic = "n", .value = (double)r->n, .n = r->n,
                              .note = note[0] != '\0' ? note : NULL};
    const struct finding missing = {.key = data->key, .statistic = "missing", .value = (double)r->missing, .n = r->n};
    int status = result_add(result, &n, error);
    return status == E_OK ? result_add(result, &missing, error) : status;
}

static int add_indices(struct result *result, const struct data *data, const struct inequality_options *o, struct error *error)
{
    struct inequality_wish wishes[INEQUALITY_COUNT + 2 * PARAMETERS_MOST];
    struct inequality_result results[INEQUALITY_COUNT + 2 * PARAMETERS_MOST];
    const char *names[INEQUALITY_COUNT + 2 * PARAMETERS_MOST];
    size_t count = 1;
    wishes[0] = (struct inequality_wish){INEQUALITY_gini, 0};  /* for n and missing, at least */
    names[0] = inequality_name(INEQUALITY_gini);
    for (int k = 0; k < INEQUALITY_COUNT; k++) {
        enum inequality index = (enum inequality)k;
        const struct parameters *p = index == INEQUALITY_atkinson ? &o->epsilon
                                     : index == INEQUALITY_generalized_entropy ? &o->alpha : NULL;
        for (size_t i = 0; i < (p != NULL ? p->count : 1) && index != INEQUALITY_gini; i++) {
            names[count] = p != NULL ? p->name[i] : inequality_name(index);
            if (result_wants(result, names[count]))
                wishes[count++] = (struct inequality_wish){index, p != NULL ? p->value[i] : 0};
        }
    }
    int status = compute(data, wishes, count, results);
    if (status != E_OK)
        return error_set(error, (enum error_code)status, "%s: %s", data->key.variable,
                         status == E_MEMORY ? "out of memory" : "a value or weight is infinite");
    status = add_counts(result, data, &results[0], error);
    for (size_t i = 0; i < count && status == E_OK; i++)
        status = add_index(result, data, names[i], &results[i], error);
    for (size_t i = 0; i < o->kolm.count && status == E_OK; i++) {
        struct inequality_result r;
        if (stats_kolm(o->kolm.value[i], data->point, data->weight, data->n, &r) != E_OK)
            return no_memory(error);
        const struct finding f = {.key = data->key, .statistic = o->kolm.name[i], .value = r.value, .reason = r.reason, .n = r.n,
                                  .unit = data->unit, .note = data->bounded ? "of the figures as reported" : NULL};
        status = result_add(result, &f, error);
    }
    return status;
}

/* ---- the split ---- */

/* The index of the means of a level's groups: its interval is that of all between-components down to this level. */
static int bounds_between(const struct data *data, const struct level *level, enum inequality index, struct interval *between)
{
    struct interval *means = calloc(level->groups + 1, sizeof *means);
    double *weights = calloc(level->groups + 1, sizeof *weights);
    struct inequality_result r = {0};
    int status = means == NULL || weights == NULL ? E_MEMORY : E_OK;
    *between = (struct interval){NAN, NAN, NAN};
    for (size_t i = 0; i < data->n && status == E_OK; i++) {
        double weight = data->weight != NULL ? data->weight[i] : 1;
        size_t g = level->group[i];
        if (isnan(data->point[i]) || !(weight > 0))
            continue;
        weights[g] += weight;
        means[g].value += weight * data->value[i].value;
        means[g].low += weight * data->value[i].low;
        means[g].high += weight * data->value[i].high;
    }
    for (size_t g = 0; g < level->groups && status == E_OK; g++) {
        means[g].value /= weights[g];  /* a group without rows: 0/0, missing */
        means[g].low = fmin(means[g].low / weights[g], means[g].value);
        means[g].high = fmax(means[g].high / weights[g], means[g].value);
        if (weights[g] == 0)
            means[g] = (struct interval){NAN, NAN, NAN};
    }
    if (status == E_OK)
        status = stats_inequality_bounds(index, 0, means, weights, level->groups, &r);
    if (status == E_OK)
        *between = (struct interval){r.value, r.low, r.high};
    free(means);
    free(weights);
    return status;
}

static int add_component(struct result *result, const struct data *data, bool is_t, bool within, const char *term, double value,
                         double total, struct interval upto, struct interval above, enum reason reason, size_t n,
                         struct error *error)
{
    struct finding f = {.key = data->key, .value = value, .n = n, .reason = reason};
    f.key.term = term;
    f.statistic = is_t ? within ? "theil_t_within" : "theil_t_between" : within ? "theil_l_within" : "theil_l_between";
    const char *share_name = is_t ? within ? "theil_t_within_share" : "theil_t_between_share"
                                  : within ? "theil_l_within_share" : "theil_l_between_share";
    if (data->bounded && !isnan(value) && !isnan(upto.low) && !isnan(above.low)) {
        f.low = fmin(value, fmax(0, upto.low - above.high));
        f.high = fmax(value, upto.high - above.low);
        f.interval = label_of(data);
        f.note = isinf(f.high) ? "no upper bound" : above.high > above.low ? "the bounds enclose it; they may be wider than need be" : NULL;
    }
    int status = result_add(result, &f, error);
    if (status != E_OK)
        return status;
    const struct finding share = {.key = f.key, .statistic = share_name,
                                  .value = total > 0 ? value / total : NAN, .n = n,
                                  .reason = reason != REASON_NONE ? reason : total > 0 ? REASON_NONE : REASON_CONSTANT};
    return result_add(result, &share, error);
}

static int add_split(struct result *result, const struct data *data, const struct level *levels, size_t count, struct error *error)
{
    const size_t *group[LEVELS_MOST];
    size_t groups[LEVELS_MOST];
    struct theil_split parts[LEVELS_MOST + 1];
    struct theil_total total;
    for (size_t k = 0; k < count; k++) {
        group[k] = levels[k].group;
        groups[k] = levels[k].groups;
    }
    int status = stats_theil_split(data->point, data->weight, data->n, group, groups, count, parts, &total);
    for (int is_t = 1; is_t >= 0 && status == E_OK; is_t--) {
        enum inequality index = is_t ? INEQUALITY_theil_t : INEQUALITY_theil_l;
        struct interval above = {0, 0, 0}, upto = {0, 0, 0};
        struct inequality_result all;
        double whole = is_t ? total.t : total.l;
        enum reason reason = is_t ? total.reason_t : total.reason_l;
        for (size_t k = 0; k <= count && status == E_OK; k++) {
            char term[128];
            snprintf(term, sizeof term, "%s %.100s", k < count ? "between" : "within", levels[k < count ? k : count - 1].name);
            if (!data->bounded) {
                upto = above;  /* no interval is shown */
            } else if (k < count) {
                status = bounds_between(data, &levels[k], index, &upto);
            } else if ((status = stats_inequality_bounds(index, 0, data->value, data->weight, data->n, &all)) == E_OK) {
                upto = (struct interval){all.value, all.low, all.high};
            }
            if (status == E_OK)
                status = add_component(result, data, is_t, k == count, count > 1 ? term : NULL, is_t ? parts[k].t : parts[k].l, whole, upto, above,
                                       reason, total.n, error);
            above = upto;
        }
    }
    return status == E_MEMORY ? no_memory(error) : status;
}

static int add_group_shares(struct result *result, const struct data *data, const struct theil_group *g, const struct theil_split *total,
                            struct error *error)
{
    const struct {
        const char *statistic;
        double value;
    } shares[] = {{"weight_share", g->weight_share}, {"value_share", g->value_share},
                  {"theil_t_share", g->contribution_t / total->t}, {"theil_l_share", g->contribution_l / total->l}};
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        const struct finding f = {.key = data->key, .statistic = shares[i].statistic, .value = shares[i].value, .n = g->n,
                                  .reason = isnan(shares[i].value) ? REASON_UNDEFINED : REASON_NONE};
        int status = result_add(result, &f, error);
        if (status != E_OK)
            return status;
    }
    return E_OK;
}

/* The rows of one group of a level. */
static int data_of_group(const struct data *all, const struct level *level, size_t group, struct data *part)
{
    *part = (struct data){.bounded = all->bounded, .conventional = all->conventional, .unit = all->unit, .key = all->key};
    part->key.group = level->names[group] != NULL ? level->names[group] : "(none)";
    size_t rows = 0;
    for (size_t i = 0; i < all->n; i++)
        rows += level->group[i] == group;
    part->value = calloc(rows + 1, sizeof *part->value);
    part->point = calloc(rows + 1, sizeof *part->point);
    part->weight = all->weight != NULL ? calloc(rows + 1, sizeof *part->weight) : NULL;
    if (part->value == NULL || part->point == NULL || (all->weight != NULL && part->weight == NULL))
        return E_MEMORY;
    for (size_t i = 0; i < all->n; i++) {
        if (level->group[i] != group)
            continue;
        part->value[part->n] = all->value[i];
        part->point[part->n] = all->point[i];
        if (all->weight != NULL)
            part->weight[part->n] = all->weight[i];
        part->n++;
    }
    return E_OK;
}

static int add_groups(struct result *result, const struct data *data, const struct level *level, const struct inequality_options *o,
                      struct error *error)
{
    struct theil_group *groups = calloc(level->groups + 1, sizeof *groups);
    struct theil_split whole[1];
    struct theil_total total = {0};
    struct data part = {0};
    int status = groups == NULL ? E_MEMORY : stats_theil_groups(data->point, data->weight, data->n, level->group, level->groups, groups);
    if (status == E_OK)
        status = stats_theil_split(data->point, data->weight, data->n, NULL, NULL, 0, whole, &total);
    for (size_t g = 0; g < level->groups && status == E_OK; g++) {
        if ((status = data_of_group(data, level, g, &part)) != E_OK)
            break;
        status = add_indices(result, &part, o, error);
        if (status == E_OK && total.reason_t == REASON_NONE)
            status = add_group_shares(result, &part, &groups[g], &whole[0], error);
        data_free(&part);
    }
    data_free(&part);
    free(groups);
    return status == E_MEMORY ? no_memory(error) : status;
}

/* ---- the Lorenz curve ---- */

static int add_lorenz(struct result *result, const struct data *data, struct error *error)
{
    double *population = calloc(data->n + 1, sizeof *population), *share = calloc(data->n + 1, sizeof *share);
    size_t points = 0;
    enum reason reason = REASON_NONE;
    int status = population == NULL || share == NULL ? E_MEMORY
                 : stats_lorenz(data->point, data->weight, data->n, population, share, &points, &reason);
    if (status == E_OK && reason != REASON_NONE)
        status = error_set(error, E_DOMAIN, "%s%s%s: no Lorenz curve: %s", data->key.variable, data->key.group != NULL ? " of " : "",
                           data->key.group != NULL ? data->key.group : "", reason_text(reason));
    for (size_t i = 0; i < points && status == E_OK; i++) {
        char term[32];
        snprintf(term, sizeof term, "%zu", i);
        struct finding f = {.key = data->key, .statistic = "lorenz_population", .value = population[i], .n = points - 1};
        f.key.term = term;
        status = result_add(result, &f, error);
        f.statistic = "lorenz_value";
        f.value = share[i];
        if (status == E_OK)
            status = result_add(result, &f, error);
    }
    free(population);
    free(share);
    return status == E_MEMORY ? no_memory(error) : status;
}

/* ---- the command ---- */

static int column_results(struct result *result, const struct frame *frame, size_t column, const struct settings *settings,
                          const struct inequality_options *o, const struct level *levels, size_t count, struct error *error)
{
    struct data data;
    int status = data_of(frame, column, FRAME_ALL, settings->totals, &data, error);
    if (status != E_OK)
        return status;
    if (settings->lorenz) {
        struct data part = {0};
        if (count == 0)
            status = add_lorenz(result, &data, error);
        for (size_t g = 0; count > 0 && g < levels[count - 1].groups && status == E_OK; g++) {
            status = data_of_group(&data, &levels[count - 1], g, &part) == E_OK ? add_lorenz(result, &part, error) : no_memory(error);
            data_free(&part);
        }
    } else {
        status = add_indices(result, &data, o, error);
        if (status == E_OK && count > 0)
            status = add_split(result, &data, levels, count, error);
        if (status == E_OK && count > 0)
            status = add_groups(result, &data, &levels[count - 1], o, error);
    }
    data_free(&data);
    return status;
}

static int run(const struct settings *settings, struct error *error)
{
    const struct frame_wish wish = {.least = 1, .needs = settings->totals ? FRAME_WEIGHT : 0};
    struct inequality_options o = {0};
    struct frame frame = {0};
    struct result *result = NULL;
    struct level levels[LEVELS_MOST] = {{0}};
    size_t count = 0;
    if (settings->tree && settings->group != NULL)
        return error_set(error, E_USAGE, "--tree and --group exclude one another");
    int status = read_parameters(settings->epsilon != NULL ? settings->epsilon : "0.5,1", "epsilon", "atkinson", 0, &o.epsilon, error);
    if (status == E_OK && settings->alpha != NULL)
        status = read_parameters(settings->alpha, "alpha", "generalized_entropy", -100, &o.alpha, error);
    if (status == E_OK && settings->kolm != NULL)
        status = read_parameters(settings->kolm, "kolm", "kolm", 0, &o.kolm, error);
    if (status == E_OK)
        status = result_open(&result, settings, settings->lorenz || settings->group != NULL ? LAYOUT_WIDE : LAYOUT_LONG, error);
    if (status != E_OK || (status = frame_load(&frame, settings, &wish, error)) != E_OK)
        goto done;
    result_headline(result, settings->lorenz ? NULL : headline);
    if (settings->tree) {
        status = levels_of_tree(&frame, levels, &count, error);
    } else if (settings->group != NULL) {
        count = 1;
        if (level_of_group(&frame, settings, &levels[0]) != E_OK)
            status = no_memory(error);
    }
    for (size_t column = 0; column < frame.column_count && status == E_OK; column++)
        status = column_results(result, &frame, column, settings, &o, levels, count, error);
    if (status == E_OK)
        status = result_print(result, &frame, error);
done:
    for (size_t k = 0; k < LEVELS_MOST; k++)
        level_free(&levels[k]);
    result_free(result);
    frame_free(&frame);
    return status;
}

const struct command command_inequality = {
    "inequality", NULL, 0, 0, "measure how unevenly an indicator or a column is spread",
    "Of an indicator of the store (--indicator) or of columns of a table (--from FILE --value COLUMN): gini, gini_corrected,\n"
    "theil_t, theil_l, atkinson, generalized_entropy (--alpha), hoover, cv, cv_population (Williamson's with --weight), hhi,\n"
    "hhi_normalized, equivalent_number, palma, s80_s20, p90_p10, p90_p50, p50_p10, max_min; with --lorenz the curve. --weight\n"
    "counts each row so many times. --group and --tree say what lies between and within groups. What is undefined has a note.\n"
    "Figures with bounds (600余) give indices with bounds: all values within them give an index within.",
    options, run,
};
