/* compare.c — the command that ranks regions on one or several indicators.
 *
 * 1. --per INDICATOR divides each figure by the same region's figure of another: a head, a household, a mu.
 * 2. --base REGION: differences, ratios and indices are against it; otherwise an index is 100 at the mean.
 * 3. The parent's average is the mean of the compared regions below the same parent.
 * 4. Growth is from the figure a year before, as it stands in the store; a region's contribution is its change over the sum
 *    of the figures a year before of the regions that have both.
 * 5. Of a table (--from) every column of --value is compared, within each group of --group; --time gives the years.
 * Every result carries the bounds of the figures it was computed from. */
#include "cli/frame.h"
#include "cli/result.h"
#include "cli/series.h"
#include "cli/sources.h"

#include "stats/position.h"
#include "stats/trend.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct option options[] = {
    FRAME_OPTIONS,
    OPTION("per", 0, "INDICATOR", per, "divide by the same region's figure of this indicator, such as 常住人口, or column"),
    OPTION("base", 0, "REGION", base, "compare with this region: difference, ratio, index (otherwise the mean is 100)"),
    OPTION("explain", 0, NULL, explain, "say what each column is instead: definition, formula, source"),
    OPTION("evidence", 0, NULL, evidence, "list the figures behind the comparison instead: where each one stands"),
    OUTPUT_OPTIONS,
    HELP_OPTION,
    OPTIONS_END,
};

static const struct column columns[] = {
    {"rank", COLUMN_INTEGER, 0},                {"ranks", COLUMN_TEXT, 0},
    {"region", COLUMN_TEXT, 0},                 {"region_code", COLUMN_TEXT, COLUMN_DETAIL},
    {"indicator", COLUMN_TEXT, COLUMN_DETAIL},  {"indicator_id", COLUMN_TEXT, COLUMN_DETAIL},
    {"kind", COLUMN_TEXT, COLUMN_DETAIL},       {"status", COLUMN_TEXT, COLUMN_DETAIL},
    {"item", COLUMN_TEXT, COLUMN_DETAIL},       {"period", COLUMN_TEXT, 0},
    {"value", COLUMN_VALUE, 0},                 {"low", COLUMN_NUMBER, COLUMN_DETAIL},
    {"high", COLUMN_NUMBER, COLUMN_DETAIL},     {"bound", COLUMN_TEXT, COLUMN_DETAIL},
    {"unit", COLUMN_TEXT, 0},                   {"share_of_total", COLUMN_RATIO, 0},
    {"ratio_to_mean", COLUMN_RATIO, 0},         {"difference_to_next", COLUMN_NUMBER, 0},
    {"parts", COLUMN_INTEGER, 0},               {"evidence", COLUMN_INTEGER, 0},
    {"conflicts", COLUMN_INTEGER, 0},           {"rank_dense", COLUMN_INTEGER, COLUMN_DETAIL},
    {"rank_fractional", COLUMN_NUMBER, COLUMN_DETAIL},
    {"order", COLUMN_TEXT, COLUMN_DETAIL},      {"z_score", COLUMN_RATIO, COLUMN_DETAIL},
    {"index", COLUMN_FIGURE, COLUMN_DETAIL},                {"index_low", COLUMN_NUMBER, COLUMN_DETAIL},
    {"index_high", COLUMN_NUMBER, COLUMN_DETAIL},
    {"difference_to_base", COLUMN_FIGURE, COLUMN_DETAIL}, {"ratio_to_base", COLUMN_RATIO, COLUMN_DETAIL},
    {"ratio_to_base_low", COLUMN_NUMBER, COLUMN_DETAIL},  {"ratio_to_base_high", COLUMN_NUMBER, COLUMN_DETAIL},
    {"difference_to_parent", COLUMN_FIGURE, COLUMN_DETAIL}, {"ratio_to_parent", COLUMN_RATIO, COLUMN_DETAIL},
    {"growth", COLUMN_RATIO, COLUMN_DETAIL},    {"growth_low", COLUMN_NUMBER, COLUMN_DETAIL},
    {"growth_high", COLUMN_NUMBER, COLUMN_DETAIL},        {"annual_growth", COLUMN_RATIO, COLUMN_DETAIL},
    {"contribution_to_growth", COLUMN_RATIO, COLUMN_DETAIL},
    {"interval", COLUMN_TEXT, COLUMN_DETAIL},   {"note", COLUMN_TEXT, COLUMN_DETAIL},
};

static const char *const explained[] = {"rank", "ranks", "rank_dense", "rank_fractional", "order", "share_of_total", "ratio_to_mean", "difference_to_next",
                                        "z_score", "index", "difference_to_base", "ratio_to_base", "difference_to_parent", "ratio_to_parent", "growth",
                                        "annual_growth", "contribution_to_growth", NULL};

struct ranked {
    const struct reading *reading;
    const struct reading *by;           /* what it was divided by, or NULL */
    const struct reading *before, *first;  /* a year before; the first of all; or NULL */
    struct interval value;       /* the reading's, or divided by --per */
    struct comparison comparison;
    struct position position;
    struct growth growth;
    double contribution;
    double parent_mean;          /* of the compared regions below the same parent */
    size_t order;  /* among the readings: keeps equals in the regions' order */
};

/* Where the figures come from: the store, or a column of a table, of it one group. */
struct origin {
    struct store *store;
    const struct frame *frame;   /* NULL: the store */
    size_t column, per;
    const char *group;           /* NULL: no --group */
};

/* What one indicator's rows have in common. */
struct compared {
    struct series series, per, history;
    struct ranked *rows;         /* in the order of the readings until they are sorted */
    char unit[300];
    bool divided, based;         /* --per, --base */
    bool bounded, conventional;  /* any of the figures: ranks and indices rest on all of them */
};

static int by_rank(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    size_t p = x->comparison.rank == 0 ? SIZE_MAX : x->comparison.rank;
    size_t q = y->comparison.rank == 0 ? SIZE_MAX : y->comparison.rank;
    return p != q ? (p > q) - (p < q) : (x->order > y->order) - (x->order < y->order);
}

static void explain_gap(char *note, size_t size, bool missing, const char *statistic, const char *why)
{
    size_t used = strlen(note);
    if (missing)
        snprintf(note + used, size - used, "%s%s: %s", used > 0 ? "; " : "", statistic, why);
}

/* Why the row lacks what could have been there. What was not asked for (a base, the growth of a quotient) needs no word. */
static void say_gaps(char *note, size_t size, const struct compared *c, const struct ranked *row)
{
    note[0] = '\0';
    if (isnan(row->value.value)) {
        explain_gap(note, size, true, "value", c->divided ? "no positive figure to divide by" : reason_text(REASON_EMPTY));
        return;
    }
    const char *base = c->based ? "the base is not positive" : reason_text(REASON_MEAN_NOT_POSITIVE);
    const char *growth = row->before == NULL ? "no figure a year before" : reason_text(row->growth.rate_reason);
    bool grows = !c->divided, additive = c->series.additive && !c->divided;
    explain_gap(note, size, isnan(row->comparison.share) || !additive, "share_of_total",
                additive ? "the values add up to zero, or one is negative" : reason_text(REASON_NOT_ADDITIVE));
    explain_gap(note, size, isnan(row->comparison.ratio_to_mean), "ratio_to_mean", "the mean is zero");
    explain_gap(note, size, isnan(row->position.z), "z_score", reason_text(c->series.count < 2 ? REASON_TOO_FEW : REASON_CONSTANT));
    explain_gap(note, size, isnan(row->position.index.value), "index", base);
    explain_gap(note, size, c->based && isnan(row->position.ratio.value), "ratio_to_base", base);
    explain_gap(note, size, !(row->parent_mean > 0), "ratio_to_parent", reason_text(REASON_MEAN_NOT_POSITIVE));
    explain_gap(note, size, grows && isnan(row->growth.rate.value), "growth", growth);
    explain_gap(note, size, grows && isnan(row->growth.annual.value), "annual_growth",
                row->first == NULL ? "no earlier figure" : reason_text(row->growth.annual_reason));
    explain_gap(note, size, grows && isnan(row->contribution), "contribution_to_growth",
                !c->series.additive ? reason_text(REASON_NOT_ADDITIVE) : row->before == NULL ? growth : "the figures a year before add up to nothing above zero");
}

static int write_row(struct output *out, const struct compared *compared, const struct ranked *row, struct error *error)
{
    const struct series *series = &compared->series;
    const struct reading *r = row->reading;
    const struct position *p = &row->position;
    const struct comparison *c = &row->comparison;
    char ranks[48] = "", note[800];
    if (c->rank > 0 && c->best_rank != c->worst_rank)
        snprintf(ranks, sizeof ranks, "%zu–%zu", c->best_rank, c->worst_rank);
    else if (c->rank > 0)
        snprintf(ranks, sizeof ranks, "%zu", c->rank);
    if (c->rank > 0)
        output_integer(out, (int64_t)c->rank);
    else
        output_missing(out);
    output_text(out, ranks[0] != '\0' ? ranks : NULL);
    output_text(out, r->region_path != NULL ? r->region_path : r->region_name);
    output_text(out, r->region_code);
    output_text(out, series->label);
    output_text(out, series->entry != NULL ? series->entry->id : NULL);
    output_text(out, kind_name(series->kind));
    output_text(out, status_name(r->status));
    output_text(out, r->item);
    output_text(out, r->period);
    output_value(out, row->value, r->about);
    output_number(out, row->value.low);
    output_number(out, row->value.high);
    output_text(out, isnan(row->value.value) ? NULL : value_bound(row->value, r->about));
    output_text(out, compared->unit[0] != '\0' ? compared->unit : NULL);
    output_number(out, series->additive && !compared->divided ? c->share : NAN);  /* a share of a sum of means says nothing */
    output_number(out, c->ratio_to_mean);
    output_number(out, c->difference_to_next);
    output_integer(out, (int64_t)r->parts);
    output_integer(out, (int64_t)r->evidence);
    output_integer(out, (int64_t)r->conflicts);
    if (p->dense > 0)
        output_integer(out, (int64_t)p->dense);
    else
        output_missing(out);
    output_number(out, p->fractional);
    output_text(out, c->rank == 0 ? NULL : c->best_rank == c->worst_rank ? "certain" : "undecided");
    output_number(out, p->z);
    output_number(out, p->index.value);
    output_number(out, p->index.low);
    output_number(out, p->index.high);
    output_number(out, p->to_base.value);
    output_number(out, p->ratio.value);
    output_number(out, p->ratio.low);
    output_number(out, p->ratio.high);
    output_number(out, row->value.value - row->parent_mean);
    output_number(out, row->parent_mean > 0 ? row->value.value / row->parent_mean : NAN);
    output_number(out, row->growth.rate.value);
    output_number(out, row->growth.rate.low);
    output_number(out, row->growth.rate.high);
    output_number(out, row->growth.annual.value);
    output_number(out, row->contribution);
    output_text(out, compared->conventional ? "conventional" : compared->bounded ? "guaranteed" : NULL);
    say_gaps(note, sizeof note, compared, row);
    output_text(out, note[0] != '\0' ? note : NULL);
    return output_row(out, error);
}

int compare_load(struct series *series, struct store *store, const struct settings *settings, struct filter *filter,
                 bool newest, int *level, struct error *error)
{
    /* what is planned is compared only when asked for */
    if (filter->status == NULL)
        filter->status = "actual";
    int status = series_load(series, store, settings, filter, error);
    if (status != E_OK)
        return status;
    *level = series_select(series, settings, filter->level, filter->region, newest);
    if (*level == 0)
        return error_set(error, E_NOTHING, "%s: no regions to compare below %s; zhibiao show lists what there is", series->label,
                         settings->region != NULL ? settings->region : "the top");
    return E_OK;
}

/* A rank among sums of different things has to be read with care. */
static void say_items(const struct series *series, const struct settings *settings)
{
    for (size_t i = 0; i < series->count; i++) {
        const struct reading *a = &series->readings[0], *b = &series->readings[i];
        bool same = a->parts == b->parts && (a->item == b->item || (a->item != NULL && b->item != NULL && strcmp(a->item, b->item) == 0));
        if (!same || b->parts > 1) {
            complain(settings->command, "note: the regions report different items, added up where there are several; --item "
                     "chooses one");
            return;
        }
    }
}

static int no_memory(struct error *error)
{
    return error_set(error, E_MEMORY, "out of memory");
}

/* Requirement 5: a column of the table, of the figures of one group the newest of each region, or all. */
static int load_column(struct series *series, const struct origin *from, size_t column, const struct settings *settings, bool newest, int *level,
                       struct error *error)
{
    struct settings table = *settings;
    size_t kept = 0;
    int status = series_from_frame(series, from->frame, column, settings, error);
    if (status != E_OK)
        return status;
    for (size_t i = 0; i < series->count; i++) {
        const char *group = series->readings[i].group;
        if (from->group == NULL || (group != NULL && strcmp(group, from->group) == 0))
            series->readings[kept++] = series->readings[i];
    }
    series->count = kept;
    table.region = NULL;  /* a column's name */
    *level = series_select(series, &table, *level, NULL, newest);
    return *level > 0 ? E_OK : error_set(error, E_NOTHING, "%s: no regions to compare in %s", series->label, from->frame->path);
}

static const struct reading *reading_of(const struct series *series, const char *key)
{
    for (size_t i = 0; i < series->count; i++)
        if (strcmp(series->readings[i].key, key) == 0)
            return &series->readings[i];
    return NULL;
}

/* The same regions' figures of another indicator, or this one's of all periods. */
static int load_beside(struct series *series, const struct origin *from, const struct settings *settings, const char *indicator, bool history, int level,
                       struct error *error)
{
    struct scope scope;
    struct settings other = *settings;
    series->quiet = history;
    if (from->frame != NULL)
        return load_column(series, from, history ? from->column : from->per, settings, !history, &level, error);
    if (history) {
        other.period = NULL;
    } else {
        other.indicator = indicator;
        other.item = other.kind = other.unit = NULL;
    }
    int status = scope_of(&other, &scope, error);
    if (status != E_OK)
        return status;
    if (scope.filter.status == NULL)
        scope.filter.status = "actual";
    if ((status = open_option(settings, &series->open, error)) != E_OK || (status = series_load(series, from->store, &other, &scope.filter, error)) != E_OK)
        return status;
    if (series_select(series, &other, level, scope.filter.region, !history) == 0)
        return error_set(error, E_NOTHING, "%s: no figures of the regions compared", series->label);
    return E_OK;
}

/* Requirement 1. */
static int divide(struct compared *c, const struct origin *from, const struct settings *settings, int level, struct error *error)
{
    char own[128], other[128];
    size_t without = 0;
    int status = load_beside(&c->per, from, settings, settings->per, false, level, error);
    if (status != E_OK)
        return status;
    c->divided = true;
    const char *unit = series_unit(&c->series, own), *per = series_unit(&c->per, other);
    snprintf(c->unit, sizeof c->unit, "%s/%s", unit != NULL ? unit : "1", per != NULL ? per : "1");
    for (size_t i = 0; i < c->series.count; i++) {
        const struct reading *by = reading_of(&c->per, c->rows[i].reading->key);
        c->rows[i].by = by;
        c->rows[i].value = by != NULL ? interval_ratio(c->rows[i].value, by->value) : (struct interval){NAN, NAN, NAN};
        without += isnan(c->rows[i].value.value);
    }
    if (without > 0)
        complain_about(settings->command, "note: %zu region%s without a positive figure of %s", without, without == 1 ? "" : "s", c->per.label);
    return E_OK;
}

/* Requirement 2: the row of --base. */
static int base_row(const struct compared *c, const struct settings *settings, size_t *base, struct error *error)
{
    char code[REGION_CODE];
    struct settings other = *settings;
    *base = POSITION_NO_BASE;
    if (settings->base == NULL)
        return E_OK;
    other.region = settings->base;
    int status = region_option(&other, code, error);
    for (size_t i = 0; i < c->series.count && status == E_OK && *base == POSITION_NO_BASE; i++)
        if (c->rows[i].reading->region_code != NULL && strcmp(c->rows[i].reading->region_code, code) == 0)
            *base = i;
    if (status == E_OK && *base == POSITION_NO_BASE)
        status = error_set(error, E_USAGE, "--base '%s' is not among the regions that are compared", settings->base);
    return status;
}

static bool same_parent(const struct reading *a, const struct reading *b)
{
    const char *x = a->region_path, *y = b->region_path;
    const char *end_x = x != NULL ? strrchr(x, '/') : NULL, *end_y = y != NULL ? strrchr(y, '/') : NULL;
    if (end_x == NULL || end_y == NULL)
        return end_x == end_y;
    return end_x - x == end_y - y && strncmp(x, y, (size_t)(end_x - x)) == 0;
}

/* Requirement 3. */
static void average_of_parents(struct compared *c)
{
    for (size_t i = 0; i < c->series.count; i++) {
        double sum = 0, n = 0;
        for (size_t k = 0; k < c->series.count; k++)
            if (!isnan(c->rows[k].value.value) && same_parent(c->rows[i].reading, c->rows[k].reading)) {
                sum += c->rows[k].value.value;
                n++;
            }
        c->rows[i].parent_mean = n > 0 ? sum / n : NAN;
    }
}

/* Requirement 4: the figure of the same region one year before, and its first one. */
static void grow(struct compared *c)
{
    double before_sum = 0;
    for (size_t i = 0; i < c->series.count; i++) {
        struct ranked *row = &c->rows[i];
        const struct reading *before = NULL, *first = NULL;
        double now = period_position(row->reading->period);
        for (size_t k = 0; k < c->history.count; k++) {
            const struct reading *r = &c->history.readings[k];
            double then = period_position(r->period);
            if (strcmp(r->key, row->reading->key) != 0 || r->status != row->reading->status || isnan(then) || !(then < now))
                continue;
            if (fabs(now - then - 1) < 0.01)
                before = r;
            if (first == NULL || then < period_position(first->period))
                first = r;
        }
        row->before = before;
        row->first = first;
        row->growth = (struct growth){.rate = {NAN, NAN, NAN}, .annual = {NAN, NAN, NAN}};
        row->contribution = NAN;
        if (first != NULL && !isnan(now)) {
            stats_growth(first->value, row->reading->value, now - period_position(first->period), &row->growth);
            struct interval annual = row->growth.annual;
            enum reason annual_reason = row->growth.annual_reason;
            if (before != NULL)
                stats_growth(before->value, row->reading->value, 1, &row->growth);
            else
                row->growth.rate = (struct interval){NAN, NAN, NAN};
            row->growth.annual = annual;
            row->growth.annual_reason = annual_reason;
        }
        if (before != NULL) {
            row->contribution = row->reading->value.value - before->value.value;
            before_sum += before->value.value;
        }
    }
    for (size_t i = 0; i < c->series.count; i++)
        c->rows[i].contribution = c->series.additive && before_sum > 0 ? c->rows[i].contribution / before_sum : NAN;
}

static int place(struct compared *c, size_t base, struct error *error)
{
    size_t n = c->series.count;
    struct interval *values = calloc(n + 1, sizeof *values);
    struct comparison *comparison = calloc(n + 1, sizeof *comparison);
    struct position *position = calloc(n + 1, sizeof *position);
    int status = values == NULL || comparison == NULL || position == NULL ? no_memory(error) : E_OK;
    for (size_t i = 0; i < n && status == E_OK; i++)
        values[i] = c->rows[i].value;
    if (status == E_OK && ((status = stats_compare(values, n, comparison)) != E_OK || (status = stats_positions(values, n, base, position)) != E_OK))
        error_set(error, (enum error_code)status, "%s: the values cannot be compared: %s", c->series.label, error_text((enum error_code)status));
    for (size_t i = 0; i < n && status == E_OK; i++) {
        c->rows[i].comparison = comparison[i];
        c->rows[i].position = position[i];
    }
    free(position);
    free(comparison);
    free(values);
    return status;
}

/* The figures behind one row. */
static int write_sources(struct output *out, const struct compared *c, const struct ranked *row, struct error *error)
{
    const char *of = row->reading->region_path != NULL ? row->reading->region_path : row->reading->region_name;
    int status = sources_write(out, &c->series, row->reading, of, "figure", error);
    if (status == E_OK && row->by != NULL)
        status = sources_write(out, &c->per, row->by, of, "denominator", error);
    if (status == E_OK && row->before != NULL)
        status = sources_write(out, &c->history, row->before, of, "a year before", error);
    if (status == E_OK && row->first != NULL && row->first != row->before)
        status = sources_write(out, &c->history, row->first, of, "first", error);
    return status;
}

static int load(struct series *series, const struct origin *from, const struct settings *settings, int *level, struct error *error)
{
    struct scope scope;
    *level = 0;
    if (from->frame != NULL)
        return load_column(series, from, from->column, settings, true, level, error);
    int status = scope_of(settings, &scope, error);
    if (status == E_OK)
        status = open_option(settings, &series->open, error);
    return status == E_OK ? compare_load(series, from->store, settings, &scope.filter, true, level, error) : status;
}

static int compare_one(struct output *out, const struct origin *from, const struct settings *settings, struct error *error)
{
    struct compared c = {0};
    char unit[128];
    size_t base;
    int level, status = load(&c.series, from, settings, &level, error);
    if (status != E_OK)
        goto done;
    c.rows = calloc(c.series.count + 1, sizeof *c.rows);
    if (c.rows == NULL) {
        status = no_memory(error);
        goto done;
    }
    for (size_t i = 0; i < c.series.count; i++)
        c.rows[i] = (struct ranked){.reading = &c.series.readings[i], .value = c.series.readings[i].value, .order = i};
    snprintf(c.unit, sizeof c.unit, "%s", series_unit(&c.series, unit) != NULL ? unit : "");
    if (from->frame == NULL)
        say_items(&c.series, settings);
    if ((settings->per != NULL && (status = divide(&c, from, settings, level, error)) != E_OK) || (status = base_row(&c, settings, &base, error)) != E_OK ||
        (status = place(&c, base, error)) != E_OK)
        goto done;
    c.based = base != POSITION_NO_BASE;
    average_of_parents(&c);
    /* of a quotient the growth is not asked for */
    if (!c.divided && (status = load_beside(&c.history, from, settings, NULL, true, level, error)) != E_OK)
        goto done;
    grow(&c);
    for (size_t i = 0; i < c.series.count; i++) {
        const struct ranked *row = &c.rows[i];
        const struct reading *behind[] = {row->reading, row->by, row->before, row->first};
        for (size_t k = 0; k < sizeof behind / sizeof *behind; k++) {
            c.bounded |= behind[k] != NULL && behind[k]->value.low < behind[k]->value.high;
            c.conventional |= behind[k] != NULL && behind[k]->conventional;
        }
    }
    qsort(c.rows, c.series.count, sizeof *c.rows, by_rank);
    for (size_t i = 0; i < c.series.count && status == E_OK; i++)
        status = settings->evidence ? write_sources(out, &c, &c.rows[i], error) : write_row(out, &c, &c.rows[i], error);
done:
    free(c.rows);
    series_free(&c.history);
    series_free(&c.per);
    series_free(&c.series);
    return status;
}

/* What was asked for is shown to people as well. */
static int open_output(struct output **out, const struct settings *settings, bool several, struct column shown[], struct error *error)
{
    memcpy(shown, columns, sizeof columns);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const char *key = shown[i].key;
        if ((several && strcmp(key, "indicator") == 0) || (settings->from != NULL && settings->group != NULL && strcmp(key, "item") == 0) ||
            (settings->base != NULL && (strcmp(key, "index") == 0 || strcmp(key, "difference_to_base") == 0 || strcmp(key, "ratio_to_base") == 0)))
            shown[i].flags &= ~COLUMN_DETAIL;
    }
    return settings->evidence ? sources_open(out, settings, error)
                              : output_open(out, settings, FORMAT_table, shown, sizeof columns / sizeof *columns, error);
}

static int run_store(const struct settings *settings, struct error *error)
{
    struct scope scope;
    struct origin from = {0};
    struct output *out = NULL;
    struct column shown[sizeof columns / sizeof *columns];
    char *names = NULL;
    if (settings->indicator == NULL)
        return error_set(error, E_USAGE, "needs --indicator; zhibiao indicators --used lists what can be compared");
    int status = scope_of(settings, &scope, error);
    if (status != E_OK || (status = store_open(&from.store, settings->store, STORE_READ, error)) != E_OK)
        goto done;
    names = strdup(settings->indicator);
    if (names == NULL) {
        status = no_memory(error);
        goto done;
    }
    status = open_output(&out, settings, strchr(names, ',') != NULL, shown, error);
    for (char *name = names, *next; name != NULL && status == E_OK; name = next) {
        struct settings one = *settings;
        next = strchr(name, ',');
        if (next != NULL)
            *next++ = '\0';
        one.indicator = name;
        status = compare_one(out, &from, &one, error);
    }
    status = output_close(out, status, error);
done:
    free(names);
    store_close(from.store);
    return status;
}

/* Requirement 5: each column of --value, within each group of --group. --per is read as the last column. */
static int run_table(const struct settings *settings, struct error *error)
{
    static const struct frame_wish wish = {.least = 1, .needs = FRAME_REGION};
    struct settings table = *settings;
    struct frame frame = {0};
    struct output *out = NULL;
    struct column shown[sizeof columns / sizeof *columns];
    char *values = NULL;
    int status = E_OK;
    if (settings->value != NULL && settings->per != NULL) {
        if (asprintf(&values, "%s,%s", settings->value, settings->per) < 0)
            return no_memory(error);
        table.value = values;
    }
    if ((status = frame_load(&frame, &table, &wish, error)) != E_OK)
        goto done;
    struct origin from = {.frame = &frame, .per = frame.column_count - 1};
    size_t compared = frame.column_count - (settings->per != NULL);
    status = open_output(&out, settings, compared > 1, shown, error);
    size_t empty = 0;
    for (from.column = 0; from.column < compared && status == E_OK; from.column++)
        for (size_t g = 0; g < frame.group_count && status == E_OK; g++) {
            from.group = frame.groups[g];
            status = compare_one(out, &from, settings, error);
            if (status == E_NOTHING && ++empty < compared * frame.group_count) {
                complain_about(settings->command, "note: %s, %s: no figures to compare", frame.columns[from.column].name,
                               from.group != NULL ? from.group : frame.path);
                status = E_OK;
            }
        }
    status = output_close(out, status, error);
done:
    frame_free(&frame);
    free(values);
    return status;
}

static int run(const struct settings *settings, struct error *error)
{
    static const struct frame_wish wish = {0};
    if (settings->explain)
        return result_explain(settings, explained, error);
    if (settings->weight != NULL)
        return error_set(error, E_USAGE, "--weight: a comparison has no weights");
    if (settings->from != NULL)
        return run_table(settings, error);
    if (settings->group != NULL)
        return error_set(error, E_USAGE, "--group goes with --from FILE only; --region and --level choose what is compared");
    int status = frame_check(settings, &wish, error);
    return status == E_OK ? run_store(settings, error) : status;
}

const struct command command_compare = {
    "compare", NULL, 0, 0, "rank regions on indicators and compare them",
    "Regions of one level are compared (--level, or else the level with most of them), each with its newest figure (or\n"
    "--period). ranks: the ranks that are possible given the bounds. parts: items that were added up. evidence: statements\n"
    "of all documents on the figure; conflicts: those that contradict it. Planned figures need --status planned.\n"
    "index: 100 is the mean, or --base. The machine formats also have dense and fractional ranks, whether the order is certain,\n"
    "z-scores, distances from the average of the regions below the same parent, growth from the year before and a year since\n"
    "the first figure, and the contribution to the growth of all; interval: whether the bounds are guaranteed by what was\n"
    "reported or rest on a convention (--open, 约); note: why a value is missing. --indicator A,B compares on several, --from a table's columns.",
    options, run,
};
