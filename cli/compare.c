/* compare.c — the command that ranks regions on one indicator. */
#include "cli/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct option options[] = {
    STORE_OPTION, FILTER_OPTIONS, OUTPUT_OPTIONS, HELP_OPTION, OPTIONS_END,
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
    {"conflicts", COLUMN_INTEGER, 0},
};

struct ranked {
    const struct reading *reading;
    struct comparison comparison;
    size_t order;  /* among the readings: keeps equals in the regions' order */
};

static int by_rank(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    size_t p = x->comparison.rank == 0 ? SIZE_MAX : x->comparison.rank;
    size_t q = y->comparison.rank == 0 ? SIZE_MAX : y->comparison.rank;
    return p != q ? (p > q) - (p < q) : (x->order > y->order) - (x->order < y->order);
}

static int write_row(struct output *out, const struct series *series, const struct ranked *row, struct error *error)
{
    const struct reading *r = row->reading;
    const struct comparison *c = &row->comparison;
    char unit[128], ranks[48] = "";
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
    output_value(out, r->value, r->about);
    output_number(out, r->value.low);
    output_number(out, r->value.high);
    output_text(out, value_bound(r->value, r->about));
    output_text(out, series_unit(series, unit));
    output_number(out, series->additive ? c->share : NAN);  /* a share of a sum of means says nothing */
    output_number(out, c->ratio_to_mean);
    output_number(out, c->difference_to_next);
    output_integer(out, (int64_t)r->parts);
    output_integer(out, (int64_t)r->evidence);
    output_integer(out, (int64_t)r->conflicts);
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

static int run(const struct settings *settings, struct error *error)
{
    struct scope scope;
    struct store *store = NULL;
    struct series series = {0};
    struct output *out = NULL;
    struct interval *values = NULL;
    struct comparison *compared = NULL;
    struct ranked *ranked = NULL;
    int level, status = scope_of(settings, &scope, error);
    if (status == E_OK && settings->indicator == NULL)
        status = error_set(error, E_USAGE, "needs --indicator; zhibiao indicators --used lists what can be compared");
    if (status != E_OK || (status = store_open(&store, settings->store, STORE_READ, error)) != E_OK ||
        (status = compare_load(&series, store, settings, &scope.filter, true, &level, error)) != E_OK)
        goto done;
    values = calloc(series.count, sizeof *values);
    compared = calloc(series.count, sizeof *compared);
    ranked = calloc(series.count, sizeof *ranked);
    if (values == NULL || compared == NULL || ranked == NULL) {
        status = error_set(error, E_MEMORY, "out of memory");
        goto done;
    }
    for (size_t i = 0; i < series.count; i++)
        values[i] = series.readings[i].value;
    say_items(&series, settings);
    if ((status = stats_compare(values, series.count, compared)) != E_OK) {
        error_set(error, (enum error_code)status, "%s: the values cannot be compared: %s", series.label,
                  error_text((enum error_code)status));
        goto done;
    }
    for (size_t i = 0; i < series.count; i++)
        ranked[i] = (struct ranked){&series.readings[i], compared[i], i};
    qsort(ranked, series.count, sizeof *ranked, by_rank);
    status = output_open(&out, settings, FORMAT_table, columns, sizeof columns / sizeof *columns, error);
    for (size_t i = 0; i < series.count && status == E_OK; i++)
        status = write_row(out, &series, &ranked[i], error);
    status = output_close(out, status, error);
done:
    free(values);
    free(compared);
    free(ranked);
    series_free(&series);
    store_close(store);
    return status;
}

const struct command command_compare = {
    "compare", NULL, 0, 0, "rank regions on an indicator",
    "Regions of one level are compared (--level, or else the level with most of them), each with its newest figure (or\n"
    "--period). ranks: the ranks that are possible given the bounds. parts: items that were added up. evidence: statements\n"
    "of all documents on the figure; conflicts: those that contradict it. Planned figures need --status planned.",
    options, run,
};
