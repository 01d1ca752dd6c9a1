/* plot_store.c — figures from the store: which series a type of chart needs, and its marks, each with the observations that it
 * shows. What is written around them is plot_words.c. */
#include "cli/plot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- marks ---- */

/* Two regions of one name are told apart by the region above them. */
static int name_apart(struct series *series)
{
    for (size_t i = 0; i < series->count; i++) {
        struct reading *r = &series->readings[i];
        bool twice = false;
        for (size_t j = 0; j < series->count && !twice; j++) {
            const struct reading *other = &series->readings[j];
            twice = j != i && strcmp(other->key, r->key) != 0 && r->region_path != NULL && r->region_name != NULL &&
                    other->region_path != NULL && strlen(other->region_path) >= strlen(r->region_name) &&
                    strcmp(other->region_path + strlen(other->region_path) - strlen(r->region_name), r->region_name) == 0;
        }
        if (!twice)
            continue;
        const char *slash = strrchr(r->region_path, '/');
        while (slash != NULL && slash > r->region_path && slash[-1] != '/')
            slash--;
        if (slash == NULL)
            continue;
        char *copy = arena_copy(&series->arena, slash, strlen(slash));
        if (copy == NULL)
            return E_MEMORY;
        for (char *c = copy; *c != '\0'; c++)
            if (*c == '/')
                *c = ' ';
        r->region_name = copy;
    }
    return E_OK;
}

static const char *name_of(const struct reading *r)
{
    return r->region_name != NULL ? r->region_name : r->key;
}

/* The name of the region above, from the path "省/市/县". */
static const char *name_above(struct plot_data *data, const struct reading *r)
{
    const char *end = r->region_path == NULL ? NULL : strrchr(r->region_path, '/');
    if (end == NULL)
        return "";
    const char *start = end;
    while (start > r->region_path && start[-1] != '/')
        start--;
    return arena_copy(&data->arena, start, (size_t)(end - start));
}

/* "2019-12" of "asof:2019-12". */
static const char *period_shown(const char *period)
{
    return period != NULL && strncmp(period, "asof:", 5) == 0 ? period + 5 : period;
}

/* What --group or --panel splits by: period, item, above, indicator. */
static const char *split_name(struct plot_data *data, const char *by, const struct series *series, const struct reading *r)
{
    const char *text = strcmp(by, "period") == 0 ? period_shown(r->period) : strcmp(by, "item") == 0 ? r->item
                     : strcmp(by, "indicator") == 0 ? series->label : name_above(data, r);
    return text == NULL ? "—" : text;
}

/* "12 15": the observations that make up a figure, in the arena. */
static const char *observation_numbers(struct plot_data *data, const struct reading *r)
{
    size_t room = r->parts * 21 + 1, used = 0;
    char *text = arena_alloc(&data->arena, room);
    for (size_t i = 0; text != NULL && i < r->parts; i++)
        used += (size_t)snprintf(text + used, room - used, "%s%lld", used > 0 ? " " : "", (long long)r->sources[i].id);
    return text;
}

static int check_splits(const struct settings *settings, struct error *error)
{
    const char *const given[] = {settings->group, settings->panel}, *const options[] = {"group", "panel"};
    for (int i = 0; i < 2; i++)
        if (given[i] != NULL && strcmp(given[i], "period") != 0 && strcmp(given[i], "item") != 0 && strcmp(given[i], "above") != 0 &&
            strcmp(given[i], "indicator") != 0)
            return error_set(error, E_USAGE, "--%s: '%s' is none of its words; write period, item, above or indicator (a column's name with --from)",
                             options[i], given[i]);
    return E_OK;
}

static int fill_mark(struct plot_data *data, const struct settings *settings, const struct series *series, const struct reading *r)
{
    struct buffer source = {0};
    struct mark *mark = plot_data_mark(data);
    enum figure_shape shape = figure_type_shape(data->figure.type);
    char unit[128];
    if (mark == NULL)
        return E_MEMORY;
    mark->label = shape == SHAPE_COURSE ? period_shown(r->period) : name_of(r);
    mark->series = shape == SHAPE_COURSE   ? name_of(r)
                 : settings->group != NULL ? split_name(data, settings->group, series, r)
                 : shape == SHAPE_CHANGE   ? period_shown(r->period)
                 : shape == SHAPE_SPREAD   ? NULL
                 : data->series_count > 1 && shape != SHAPE_SHARES && shape != SHAPE_PAIRS ? series->label : NULL;
    if (settings->panel != NULL)
        mark->panel = split_name(data, settings->panel, series, r);
    mark->x = shape == SHAPE_COURSE ? period_position(r->period) : NAN;
    mark->code = r->region_code;
    mark->value = r->value.value;
    mark->low = r->value.low;
    mark->high = r->value.high;
    mark->about = r->about;
    mark->planned = r->status == STATUS_planned;
    if ((mark->observation = observation_numbers(data, r)) == NULL)
        return E_MEMORY;
    if (shape == SHAPE_TABLE && (mark->unit = plot_data_copy(data, series_unit(series, unit))) == NULL && series_unit(series, unit) != NULL)
        return E_MEMORY;
    if (r->document != NULL) {
        plot_add_document(&source, r, plot_english(settings));
        mark->source = source.failed ? NULL : plot_data_copy(data, source.bytes);
        bool failed = mark->source == NULL;
        buffer_free(&source);
        if (failed)
            return E_MEMORY;
    }
    return E_OK;
}

/* ---- series over time ---- */

static void keep_one_region(struct series *series, const char *code)
{
    size_t kept = 0;
    for (size_t i = 0; i < series->count; i++)
        if (strcmp(series->readings[i].key, code) == 0)
            series->readings[kept++] = series->readings[i];
    series->count = kept;
}

static size_t periods_of(const struct series *series, const char *key)
{
    size_t n = 0;
    for (size_t i = 0; i < series->count; i++)
        n += strcmp(series->readings[i].key, key) == 0 && series->readings[i].period != NULL;
    return n;
}

static size_t drop_undated(struct series *series)
{
    size_t kept = 0, before = series->count;
    for (size_t i = 0; i < series->count; i++)
        if (series->readings[i].period != NULL)
            series->readings[kept++] = series->readings[i];
    series->count = kept;
    return before - kept;
}

/* A chart over time of a region that has figures of its own shows that region; otherwise those below it. */
static int load_courses(struct series *series, struct store *store, const struct settings *settings, struct filter *filter,
                        int *level, struct error *error)
{
    if (filter->status == NULL)
        filter->status = "actual";
    int status = series_load(series, store, settings, filter, error);
    if (status != E_OK)
        return status;
    size_t undated = drop_undated(series);
    if (undated > 0)
        complain_about(settings->command, "note: %zu %s without a period left out", undated, undated == 1 ? "figure" : "figures");
    bool own = settings->level == NULL || (filter->region != NULL && filter->level == (int)strlen(filter->region));
    if (filter->region != NULL && own && periods_of(series, filter->region) >= 2) {
        keep_one_region(series, filter->region);
        *level = 0;
        return E_OK;
    }
    *level = series_select(series, settings, filter->level, filter->region, false);
    return *level == 0 ? error_set(error, E_NOTHING, "%s: no dated figures to draw; zhibiao show lists what there is", series->label) : E_OK;
}

/* Of periods, the two whose regions are most in common, the later and then the wider apart of equal ones: that is what a
 * change is shown between. Keeps their readings, the earlier period first. */
static int keep_two_periods(struct series *series, const struct settings *settings, struct error *error)
{
    const char *periods[64];
    size_t n = 0, best = 0, kept = 0;
    const char *from = NULL, *to = NULL;
    drop_undated(series);
    for (size_t i = 0; i < series->count && n < sizeof periods / sizeof *periods; i++)
        if (!plot_listed(periods, n, series->readings[i].period))
            periods[n++] = series->readings[i].period;
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) {
            size_t common = 0;
            if (period_end(periods[a]) >= period_end(periods[b]))
                continue;
            for (size_t i = 0; i < series->count; i++)
                for (size_t j = 0; strcmp(series->readings[i].period, periods[a]) == 0 && j < series->count; j++)
                    common += strcmp(series->readings[j].period, periods[b]) == 0 && strcmp(series->readings[i].key, series->readings[j].key) == 0;
            bool later = to != NULL && period_end(periods[b]) > period_end(to), same = to != NULL && period_end(periods[b]) == period_end(to);
            if (common > best || (common == best && best > 0 && (later || (same && period_end(periods[a]) < period_end(from))))) {
                best = common;
                from = periods[a];
                to = periods[b];
            }
        }
    if (best == 0)
        return error_set(error, E_NOTHING, "%s: no region has figures of two periods; zhibiao show lists what there is", series->label);
    if (n > 2)
        complain_about(settings->command, "note: %s and %s drawn, which most regions have; --period chooses others", from, to);
    struct reading *list = calloc(series->count, sizeof *list);
    if (list == NULL)
        return error_set(error, E_MEMORY, "out of memory");
    for (int stage = 0; stage < 2; stage++)
        for (size_t i = 0; i < series->count; i++)
            if (strcmp(series->readings[i].period, stage == 0 ? from : to) == 0)
                list[kept++] = series->readings[i];
    free(series->readings);
    series->readings = list;
    series->count = kept;
    return E_OK;
}

/* ---- loading ---- */

/* One indicator into the next series. */
static int load_one(struct plot_data *data, struct store *store, const struct settings *settings, const struct scope *scope,
                    const char *indicator, int *level, struct error *error)
{
    struct settings own = *settings;
    struct filter filter = scope->filter;
    enum figure_shape shape = figure_type_shape(data->figure.type);
    if (data->series_count == SERIES_MOST)
        return error_set(error, E_USAGE, "at most %d indicators stand in one chart", SERIES_MOST);
    struct series *series = &data->series[data->series_count++];
    own.indicator = filter.indicator = indicator;
    series->by_item = plot_splits_by(settings, "item");
    int status = shape == SHAPE_COURSE ? load_courses(series, store, &own, &filter, level, error)
                                       : compare_load(series, store, &own, &filter, shape != SHAPE_CHANGE && !plot_splits_by(settings, "period") && !series->by_item, level, error);
    if (status == E_OK && shape == SHAPE_CHANGE && settings->group == NULL)
        status = keep_two_periods(series, settings, error);
    if (status == E_OK && (plot_name_series(series, settings) != E_OK || name_apart(series) != E_OK))
        status = error_set(error, E_MEMORY, "out of memory");
    return status;
}

/* The value of the region above as a reference line, of the newest period among the marks. */
static int load_parent(struct plot_data *data, struct store *store, const struct settings *settings, const struct scope *scope, struct error *error)
{
    struct series above = {0};
    struct settings own = *settings;
    struct filter filter = scope->filter;
    const struct reading *best = NULL;
    if (scope->region[0] == '\0')
        return error_set(error, E_USAGE, "--reference: parent needs --region, the region above those that are drawn");
    own.level = NULL;
    filter.level = (int)strlen(scope->region);
    filter.status = filter.status == NULL ? "actual" : filter.status;
    int status = series_load(&above, store, &own, &filter, error);
    for (size_t i = 0; status == E_OK && i < above.count; i++)
        if (strcmp(above.readings[i].key, scope->region) == 0 && (best == NULL || reading_newer(&above.readings[i], best)))
            best = &above.readings[i];
    if (status == E_OK && best != NULL) {
        struct reference *line = arena_alloc(&data->arena, sizeof *line);
        const char *name = plot_data_copy(data, name_of(best));
        if (line == NULL || name == NULL)
            status = error_set(error, E_MEMORY, "out of memory");
        else
            *line = (struct reference){.label = name, .statistic = REFERENCE_VALUE, .value = best->value.value};
        data->figure.references = line;
        data->figure.reference_count = 1;
    } else if (status == E_OK || status == E_NOTHING) {
        complain_about(settings->command, "note: --reference: %s has no figure of its own", settings->region);
        *error = (struct error){0};
        status = E_OK;
    }
    series_free(&above);
    return status;
}

/* The second series gives each mark its x: the abscissa of a scatter, the weight of a Lorenz curve. */
static int join_second(struct plot_data *data, const struct settings *settings, struct error *error)
{
    const struct series *first = &data->series[0], *second = &data->series[1];
    size_t alone = 0;
    char unit[128];
    for (size_t i = 0; i < first->count; i++) {
        const struct reading *r = &first->readings[i], *other = NULL;
        for (size_t j = 0; j < second->count && other == NULL; j++)
            if (strcmp(second->readings[j].key, r->key) == 0)
                other = &second->readings[j];
        if (other == NULL) {
            alone++;
            continue;
        }
        if (fill_mark(data, settings, first, r) != E_OK)
            return error_set(error, E_MEMORY, "out of memory");
        data->marks[data->mark_count - 1].x = other->value.value;
    }
    if (data->mark_count == 0)
        return error_set(error, E_NOTHING, "no region has both %s and %s", first->label, second->label);
    if (alone > 0)
        complain_about(settings->command, "note: %zu of %zu regions have no %s", alone, first->count, second->label);
    data->figure.x_name = second->label;
    data->figure.x_unit = plot_data_copy(data, series_unit(second, unit));
    data->figure.value_name = first->label;
    return E_OK;
}

static int check_units(const struct plot_data *data, struct error *error)
{
    char a[128], b[128];
    enum figure_shape shape = figure_type_shape(data->figure.type);
    for (size_t i = 1; i < data->series_count && shape != SHAPE_TABLE && shape != SHAPE_PAIRS && shape != SHAPE_SHARES; i++) {
        const char *one = series_unit(&data->series[0], a), *other = series_unit(&data->series[i], b);
        if ((one == NULL) != (other == NULL) || (one != NULL && strcmp(one, other) != 0))
            return error_set(error, E_USAGE, "%s (%s) and %s (%s) cannot share one axis; draw a heatmap or a scatter of them",
                             data->series[0].label, one == NULL ? "no unit" : one, data->series[i].label, other == NULL ? "no unit" : other);
    }
    return E_OK;
}

/* What cannot be added up must not look as if it were. */
static int check_sums(const struct plot_data *data, const struct settings *settings, struct error *error)
{
    if (settings->arrange == NULL || strcmp(settings->arrange, "grouped") == 0)
        return E_OK;
    for (size_t i = 0; i < data->series_count; i++)
        if (!data->series[i].additive)
            return error_set(error, E_USAGE, "--arrange: %s is a %s and cannot be added up; draw it grouped", data->series[i].label,
                             kind_name(data->series[i].kind));
    if (settings->group != NULL && strcmp(settings->group, "period") == 0)
        return error_set(error, E_USAGE, "--arrange: periods are no parts of a whole; draw them grouped");
    return E_OK;
}

int plot_from_store(struct plot_data *data, const struct settings *settings, struct error *error)
{
    struct scope scope;
    struct store *store = NULL;
    const char **indicators = NULL, *second;
    enum figure_shape shape = figure_type_shape(data->figure.type);
    size_t count = 0;
    int level = 0, status = scope_of(settings, &scope, error);
    if (status == E_OK)
        status = check_splits(settings, error);
    if (status != E_OK)
        return status;
    if (settings->indicator == NULL)
        return error_set(error, E_USAGE, "needs --indicator; zhibiao indicators --used lists what can be drawn");
    second = shape == SHAPE_PAIRS ? settings->x : shape == SHAPE_SHARES ? settings->weight : NULL;
    if (plot_split(data, settings->indicator, &indicators, &count) != E_OK)
        return error_set(error, E_MEMORY, "out of memory");
    if (shape == SHAPE_PAIRS && second == NULL && count == 2)
        second = indicators[--count];
    if (shape == SHAPE_PAIRS && second == NULL)
        return error_set(error, E_USAGE, "needs a second indicator for the abscissa: --x ID");
    if ((status = store_open(&store, settings->store, STORE_READ, error)) != E_OK)
        return status;
    for (size_t i = 0; i < count && status == E_OK; i++)
        status = load_one(data, store, settings, &scope, indicators[i], &level, error);
    if (status == E_OK && second != NULL)
        status = load_one(data, store, settings, &scope, second, &level, error);
    if (status == E_OK && settings->reference != NULL && strstr(settings->reference, "parent") != NULL)
        status = load_parent(data, store, settings, &scope, error);
    if (status == E_OK)
        status = check_units(data, error);
    if (status == E_OK)
        status = check_sums(data, settings, error);
    if (status == E_OK && second != NULL)
        status = join_second(data, settings, error);
    for (size_t s = 0; s < data->series_count && status == E_OK && second == NULL; s++)
        for (size_t i = 0; i < data->series[s].count && status == E_OK; i++)
            if (fill_mark(data, settings, &data->series[s], &data->series[s].readings[i]) != E_OK)
                status = error_set(error, E_MEMORY, "out of memory");
    if (status == E_OK && plot_make_words(data, settings, &scope, level) != E_OK)
        status = error_set(error, E_MEMORY, "out of memory");
    store_close(store);
    return status;
}
