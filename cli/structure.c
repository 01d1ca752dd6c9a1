/* structure.c — the command that compares what regions are made of, and what their change is made of.
 *
 * quotient, specialization and concentration look at one period (or at each, with --time); shift-share and lmdi at two. The
 * reference is all regions together, the region itself included, or the one that --reference names, which is then no region of its own. */
#include "cli/composition.h"
#include "cli/result.h"

#include "stats/structure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct option options[] = {
    FRAME_OPTIONS,
    OPTION("reference", 0, "REGION", reference, "compare with this region's figures (the sum of all otherwise)"),
    OPTION("between", 0, "A,B", between, "shift-share, lmdi: the two periods (the first and the last otherwise)"),
    RESULT_OPTIONS,
    HELP_OPTION,
    OPTIONS_END,
};

struct job {
    const struct settings *settings;
    const struct frame *frame;
    struct composition c;
    struct result *result;
    size_t reference;        /* SIZE_MAX: the sum of all */
    size_t time, later;      /* of the table, for two periods */
    bool gaps;               /* the finding at hand leaves missing figures out: its bounds rest on that convention */
    struct error *error;
};

static int no_memory(struct error *error)
{
    return error_set(error, E_MEMORY, "out of memory");
}

static int add(struct job *job, struct result_key key, const char *statistic, struct interval value, enum sharpness sharpness,
               enum reason reason, size_t n, const char *note)
{
    struct finding f = {.key = key, .statistic = statistic, .value = value.value, .n = n, .reason = reason, .note = note};
    if (job->c.bounded && reason == REASON_NONE && !isnan(value.low) && !isnan(value.high)) {
        f.low = value.low;
        f.high = value.high;
        f.interval = job->c.conventional || job->gaps ? INTERVAL_conventional : INTERVAL_guaranteed;
        if (f.note == NULL && (isinf(value.low) || isinf(value.high)))
            f.note = isinf(value.low) ? isinf(value.high) ? "open at both ends" : "no lower bound" : "no upper bound";
        else if (f.note == NULL && sharpness == SHARPNESS_enclosure && value.low < value.high)
            f.note = "the bounds enclose it; they may be wider than need be";
    }
    return result_add(job->result, &f, job->error);
}

static struct result_key key_of(const struct job *job, size_t region, size_t industry, size_t time)
{
    struct result_key key = {0};
    if (region != SIZE_MAX) {
        key.region = job->c.region[region];
        key.region_code = job->c.region_code[region];
    }
    key.term = industry != SIZE_MAX ? job->c.industry[industry] : NULL;
    key.period = time != SIZE_MAX ? job->c.time[time] : NULL;
    return key;
}

/* ---- sums over known cells ---- */

struct total_of {
    struct interval sum;
    size_t missing;
};

static void plus(struct total_of *total, struct interval x)
{
    if (isnan(x.value))
        total->missing++;
    else
        total->sum = interval_add(total->sum, x);
}

static bool is_row(const struct job *job, size_t region)
{
    return region != job->reference;
}

/* The reference's figure of an industry: NaN only where none is known. */
static struct interval reference_of(const struct job *job, size_t time, size_t industry)
{
    if (job->reference != SIZE_MAX)
        return *composition_cell(&job->c, time, job->reference, industry);
    struct total_of total = {{0, 0, 0}, 0};
    for (size_t r = 0; r < job->c.regions; r++)
        plus(&total, *composition_cell(&job->c, time, r, industry));
    return total.missing == job->c.regions ? (struct interval){NAN, NAN, NAN} : total.sum;
}

/* ---- location quotients ---- */

static int quotient(struct job *job, size_t time, size_t region, size_t industry)
{
    const struct composition *c = &job->c;
    struct total_of rest_of_region = {{0, 0, 0}, 0}, rest_of_industry = {{0, 0, 0}, 0}, rest = {{0, 0, 0}, 0};
    struct structure_result r;
    char note[64] = "";
    int status;
    struct interval cell = *composition_cell(c, time, region, industry);
    for (size_t i = 0; i < c->industries; i++)
        if (i != industry)
            plus(&rest_of_region, *composition_cell(c, time, region, i));
    if (job->reference != SIZE_MAX) {
        for (size_t i = 0; i < c->industries; i++)
            if (i != industry)
                plus(&rest, *composition_cell(c, time, job->reference, i));
        status = stats_share_ratio(cell, rest_of_region.sum, *composition_cell(c, time, job->reference, industry), rest.sum, &r);
    } else {
        for (size_t other = 0; other < c->regions; other++) {
            for (size_t i = 0; other != region && i < c->industries; i++)
                plus(i == industry ? &rest_of_industry : &rest, *composition_cell(c, time, other, i));
        }
        status = stats_location_quotient(cell, rest_of_region.sum, rest_of_industry.sum, rest.sum, &r);
    }
    size_t missing = rest_of_region.missing + rest_of_industry.missing + rest.missing;
    if (status == E_OK && missing > 0 && !isnan(r.value.value))
        snprintf(note, sizeof note, "%zu missing figure%s left out", missing, missing == 1 ? "" : "s");
    job->gaps = missing > 0;
    if (status != E_OK)
        return error_set(job->error, (enum error_code)status, "%s: the figures are too large to be added up", c->industry[industry]);
    return add(job, key_of(job, region, industry, time), "location_quotient", r.value, r.sharpness, r.reason, 0,
               note[0] != '\0' ? note : NULL);
}

static int quotients(struct job *job, size_t time)
{
    int status = E_OK;
    for (size_t r = 0; r < job->c.regions && status == E_OK; r++)
        for (size_t i = 0; i < job->c.industries && status == E_OK && is_row(job, r); i++)
            status = quotient(job, time, r, i);
    return status;
}

/* ---- specialisation and concentration ---- */

static int add_specialization(struct job *job, struct result_key key, const struct interval *own, const struct interval *reference, size_t n)
{
    struct specialization s;
    char note[64] = "";
    int status = stats_specialization(own, reference, n, &s);
    if (status != E_OK)
        return error_set(job->error, (enum error_code)status, "%s", status == E_MEMORY ? "out of memory" : "the figures are too large to be added up");
    if (s.missing > 0)
        snprintf(note, sizeof note, "%zu missing figure%s left out", s.missing, s.missing == 1 ? "" : "s");
    job->gaps = s.missing > 0;
    const struct {
        const char *statistic;
        const struct structure_result *r;
    } all[] = {{"krugman", &s.krugman}, {"structure_gini", &s.gini}, {"hhi", &s.hhi}, {"structure_entropy", &s.entropy}};
    for (size_t i = 0; i < sizeof all / sizeof *all && status == E_OK; i++)
        status = add(job, key, all[i].statistic, all[i].r->value, all[i].r->sharpness, all[i].r->reason, s.n,
                     note[0] != '\0' ? note : NULL);
    return status;
}

static int specializations(struct job *job, size_t time)
{
    const struct composition *c = &job->c;
    struct interval *own = calloc(c->industries + 1, sizeof *own), *reference = calloc(c->industries + 1, sizeof *reference);
    int status = own == NULL || reference == NULL ? no_memory(job->error) : E_OK;
    for (size_t r = 0; r < c->regions && status == E_OK; r++) {
        if (!is_row(job, r))
            continue;
        for (size_t i = 0; i < c->industries; i++) {
            own[i] = *composition_cell(c, time, r, i);
            reference[i] = reference_of(job, time, i);
        }
        status = add_specialization(job, key_of(job, r, SIZE_MAX, time), own, reference, c->industries);
    }
    free(own);
    free(reference);
    return status;
}

/* The same with regions and industries exchanged: where each industry is, compared with where everything is. */
static int concentrations(struct job *job, size_t time)
{
    const struct composition *c = &job->c;
    struct interval *own = calloc(c->regions + 1, sizeof *own), *all = calloc(c->regions + 1, sizeof *all);
    int status = own == NULL || all == NULL ? no_memory(job->error) : E_OK;
    for (size_t i = 0; i < c->industries && status == E_OK; i++) {
        size_t n = 0;
        for (size_t r = 0; r < c->regions; r++) {
            struct total_of total = {{0, 0, 0}, 0};
            if (!is_row(job, r))
                continue;
            for (size_t j = 0; j < c->industries; j++)
                plus(&total, *composition_cell(c, time, r, j));
            own[n] = *composition_cell(c, time, r, i);
            all[n++] = total.missing == c->industries ? (struct interval){NAN, NAN, NAN} : total.sum;
        }
        status = add_specialization(job, key_of(job, SIZE_MAX, i, time), own, all, n);
    }
    free(own);
    free(all);
    return status;
}

/* ---- shift-share ---- */

static int add_shift(struct job *job, size_t region, size_t industry, const struct shift_share *s, size_t n, const char *note)
{
    const struct {
        const char *statistic;
        const struct interval *value;
    } all[] = {{"shift_change", &s->change}, {"shift_national", &s->national}, {"shift_structural", &s->structural},
               {"shift_regional", &s->regional}, {"shift_net", &s->net}};
    int status = E_OK;
    for (size_t i = 0; i < sizeof all / sizeof *all && status == E_OK; i++)
        status = add(job, key_of(job, region, industry, SIZE_MAX), all[i].statistic, *all[i].value, SHARPNESS_enclosure, s->reason, n, note);
    return status;
}

static int shift_of_region(struct job *job, size_t region, struct interval *parts, struct shift_share *industries)
{
    const struct composition *c = &job->c;
    size_t n = c->industries, missing = 0;
    struct shift_share total;
    char note[64] = "";
    for (size_t i = 0; i < n; i++) {
        parts[i] = *composition_cell(c, job->time, region, i);
        parts[n + i] = *composition_cell(c, job->later, region, i);
        parts[2 * n + i] = reference_of(job, job->time, i);
        parts[3 * n + i] = reference_of(job, job->later, i);
    }
    int status = stats_shift_share(parts, parts + n, parts + 2 * n, parts + 3 * n, n, industries, &total, &missing);
    if (status != E_OK)
        return error_set(job->error, (enum error_code)status, "%s", status == E_MEMORY ? "out of memory" : "the figures are too large to be added up");
    if (missing > 0)
        snprintf(note, sizeof note, "%zu of %zu parts without both figures left out", missing, n);
    job->gaps = missing > 0;
    if (total.reason == REASON_ZERO_BASE)
        snprintf(note, sizeof note, "every part of the reference needs a base above 0");
    status = add_shift(job, region, SIZE_MAX, &total, n - missing, note[0] != '\0' ? note : NULL);
    for (size_t i = 0; i < n && status == E_OK; i++)
        status = add_shift(job, region, i, &industries[i], 1, NULL);
    return status;
}

static int shift_shares(struct job *job)
{
    struct interval *parts = calloc(job->c.industries + 1, 4 * sizeof *parts);
    struct shift_share *industries = calloc(job->c.industries + 1, sizeof *industries);
    int status = parts == NULL || industries == NULL ? no_memory(job->error) : E_OK;
    for (size_t r = 0; r < job->c.regions && status == E_OK; r++)
        if (is_row(job, r))
            status = shift_of_region(job, r, parts, industries);
    free(parts);
    free(industries);
    return status;
}

/* ---- LMDI ---- */

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static const char *text_at(const char *const *list, size_t row)
{
    return list != NULL ? list[row] : NULL;
}

static struct interval cell_at(const struct frame_column *column, size_t row)
{
    struct interval x = {column->value[row], column->value[row], column->value[row]};
    if (column->low != NULL) {
        x.low = column->low[row];
        x.high = column->high[row];
    }
    return x;
}

/* Rows of both periods that belong together by region and group. E_INPUT: one comes twice in the later period. */
static int match_rows(const struct frame *frame, const char *const times[2], size_t *from, size_t *to, size_t *n, size_t *alone,
                      struct error *error)
{
    size_t later = 0;
    *n = *alone = 0;
    for (size_t i = 0; i < frame->rows; i++)
        later += same(frame->time[i], times[1]);
    for (size_t i = 0; i < frame->rows; i++) {
        size_t match = SIZE_MAX;
        if (!same(frame->time[i], times[0]))
            continue;
        for (size_t j = 0; j < frame->rows; j++) {
            if (!same(frame->time[j], times[1]) ||
                !same(text_at(frame->region, i), text_at(frame->region, j)) || !same(text_at(frame->group, i), text_at(frame->group, j)))
                continue;
            if (match != SIZE_MAX)
                return error_set(error, E_INPUT, "%s%s%s is there twice in %s; --region and --group name the columns that tell rows apart",
                                 frame->region != NULL && frame->region[i] != NULL ? frame->region[i] : "a row",
                                 text_at(frame->group, i) != NULL ? ", " : "", text_at(frame->group, i) != NULL ? frame->group[i] : "", times[1]);
            match = j;
        }
        if (match == SIZE_MAX) {
            ++*alone;
            continue;
        }
        from[*n] = i;
        to[(*n)++] = match;
    }
    if (*n == 0)
        return error_set(error, E_NOTHING, "no row has figures of both %s and %s", times[0], times[1]);
    *alone += later - *n;
    return E_OK;
}

static int lmdi(struct job *job)
{
    const struct frame *frame = job->frame;
    size_t k = frame->column_count, n = 0, alone = 0, missing = 0, at[2];
    const char *times[2];
    struct interval *x = NULL, *effects = NULL, total;
    enum reason reason;
    char note[96] = "";
    int status = composition_between(frame, job->settings->between, &at[0], &at[1], times, job->error);
    if (status != E_OK)
        return status;
    size_t *from = calloc(frame->rows + 1, 2 * sizeof *from), *to = from != NULL ? from + frame->rows + 1 : NULL;
    if (from == NULL || (status = match_rows(frame, times, from, to, &n, &alone, job->error)) != E_OK)
        goto done;
    x = calloc(k * n + 1, 2 * sizeof *x);
    effects = calloc(k + 1, sizeof *effects);
    if (x == NULL || effects == NULL) {
        status = no_memory(job->error);
        goto done;
    }
    for (size_t j = 0; j < k; j++) {
        const struct frame_column *column = &frame->columns[j];
        for (size_t i = 0; i < n; i++) {
            x[j * n + i] = cell_at(column, from[i]);
            x[(k + j) * n + i] = cell_at(column, to[i]);
            job->c.bounded |= column->low != NULL;
            job->c.conventional |= column->conventional != NULL && (column->conventional[from[i]] || column->conventional[to[i]]);
        }
    }
    status = stats_lmdi(x, x + k * n, k, n, effects, &total, &reason, &missing);
    if (status != E_OK) {
        error_set(job->error, (enum error_code)status, "%s", status == E_MEMORY ? "out of memory" : "the figures are too large to be added up");
        goto done;
    }
    if (alone + missing > 0)
        snprintf(note, sizeof note, "%zu row%s without figures of both periods left out", alone + missing, alone + missing == 1 ? "" : "s");
    job->gaps = alone + missing > 0;
    char period[80];
    snprintf(period, sizeof period, "%.36s–%.36s", times[0], times[1]);
    struct result_key key = {.period = period};
    status = add(job, key, "lmdi_total", total, SHARPNESS_enclosure, reason, n - missing, note[0] != '\0' ? note : NULL);
    for (size_t j = 0; j < k && status == E_OK; j++) {
        key.term = frame->columns[j].name;
        status = add(job, key, "lmdi_effect", effects[j], SHARPNESS_enclosure, reason, n - missing, NULL);
        if (status != E_OK)
            break;
        const struct finding share = {.key = key, .statistic = "lmdi_share", .n = n - missing,
                                      .value = total.value != 0 ? effects[j].value / total.value : NAN,
                                      .reason = reason != REASON_NONE ? reason : total.value != 0 ? REASON_NONE : REASON_ZERO_BASE};
        status = result_add(job->result, &share, job->error);
    }
done:
    free(from);
    free(x);
    free(effects);
    return status != E_OK && job->error->text[0] == '\0' ? no_memory(job->error) : status;
}

/* ---- the command ---- */

enum method { METHOD_quotient, METHOD_specialization, METHOD_concentration, METHOD_shift_share, METHOD_lmdi, METHOD_COUNT };
static const char *const methods[METHOD_COUNT] = {"quotient", "specialization", "concentration", "shift-share", "lmdi"};

static int find_method(const char *name, enum method *method, struct error *error)
{
    struct nearest nearest;
    char hint[320];
    nearest_start(&nearest, name);
    for (int i = 0; i < METHOD_COUNT; i++) {
        if (strcmp(methods[i], name) == 0) {
            *method = (enum method)i;
            return E_OK;
        }
        nearest_consider(&nearest, methods[i]);
    }
    return error_set(error, E_USAGE, "unknown method '%s'%s; write quotient, specialization, concentration, shift-share or lmdi", name,
                     nearest_hint(&nearest, hint));
}

/* The table's place of each of the two periods. */
static int two_periods(struct job *job)
{
    size_t rows[2];
    const char *times[2];
    int status = composition_between(job->frame, job->settings->between, &rows[0], &rows[1], times, job->error);
    for (size_t t = 0; status == E_OK && t < job->c.times; t++) {
        if (same(job->c.time[t], times[0]))
            job->time = t;
        if (same(job->c.time[t], times[1]))
            job->later = t;
    }
    return status;
}

static int compare_structures(struct job *job, enum method method, bool by_time)
{
    int status = composition_of(job->frame, job->settings, by_time, &job->c, job->error);
    job->reference = SIZE_MAX;
    if (status == E_OK && job->settings->reference != NULL)
        status = composition_region(&job->c, job->settings->reference, &job->reference, job->error);
    if (status != E_OK)
        return status;
    if (method == METHOD_shift_share)
        return (status = two_periods(job)) == E_OK ? shift_shares(job) : status;
    for (size_t t = 0; t < job->c.times && status == E_OK; t++)
        status = method == METHOD_quotient         ? quotients(job, t)
                 : method == METHOD_specialization ? specializations(job, t)
                                                   : concentrations(job, t);
    return status;
}

static int run(const struct settings *settings, struct error *error)
{
    enum method method = METHOD_quotient;
    struct frame frame = {0};
    struct job job = {.settings = settings, .frame = &frame, .error = error};
    int status = find_method(settings->operands[0], &method, error);
    if (status != E_OK)
        return status;
    bool two = method == METHOD_shift_share || method == METHOD_lmdi;
    if (settings->between != NULL && !two)
        return error_set(error, E_USAGE, "--between goes with shift-share and lmdi");
    if (settings->reference != NULL && (method == METHOD_lmdi || method == METHOD_concentration))
        return error_set(error, E_USAGE, "--reference does not go with %s", methods[method]);
    if (settings->weight != NULL)
        return error_set(error, E_USAGE, "--weight does not go with structure");
    const struct frame_wish wish = {.least = 1, .needs = two ? FRAME_TIME : 0, .all_periods = two};
    status = result_open(&job.result, settings, method == METHOD_lmdi ? LAYOUT_LONG : LAYOUT_WIDE, error);
    if (status != E_OK || (status = frame_load(&frame, settings, &wish, error)) != E_OK)
        goto done;
    status = method == METHOD_lmdi ? lmdi(&job) : compare_structures(&job, method, two || (settings->from != NULL && settings->time != NULL));
    if (status == E_OK)
        status = result_print(job.result, &frame, error);
done:
    composition_free(&job.c);
    result_free(job.result);
    frame_free(&frame);
    return status;
}

const struct command command_structure = {
    "structure", "METHOD", 1, 1, "compare what regions are made of, and what their change is made of",
    "METHOD is quotient (location quotients of every region and part), specialization (Krugman index, Gini index, HHI and entropy of\n"
    "each region), concentration (the same of each part over the regions), shift-share (Dunn: national, structural and regional\n"
    "effect between two periods) or lmdi (the change of a product by its factors, which are the columns). The parts are several\n"
    "columns (--value A,B,C) or indicators, or the groups of one (--group COLUMN; in the store --group item). Figures with bounds\n"
    "(600余) give results with bounds. Missing figures are left out and counted.",
    options, run,
};
