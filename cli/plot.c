/* plot.c — the command that draws what compare ranks (bar) or how it developed (line).
 *
 * Titles and the source note are made from the data where they are not given: what is measured, where, when, and the
 * documents that say so. */
#include "cli/series.h"
#include "plots/plot.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LINES_MOST 8  /* more lines in one chart cannot be told apart */

static const struct option options[] = {
    OPTION("output", 'o', "FILE", output, "the chart: FILE.svg, FILE.png, FILE.ps or FILE.eps"),
    OPTION("title", 't', "TEXT", title, "instead of the indicator's name"),
    OPTION("subtitle", 0, "TEXT", subtitle, "instead of the region and period"),
    OPTION("note", 0, "TEXT", note, "instead of the note on the sources"),
    OPTION("size", 0, "WxH", size, "in pixels at 96 dpi, such as 960x640"),
    STORE_OPTION,
    FILTER_OPTIONS,
    HELP_OPTION,
    OPTIONS_END,
};

static int parse_size(const char *text, struct figure *figure, struct error *error)
{
    unsigned width, height;
    char end;
    if (text == NULL)
        return E_OK;
    if (strspn(text, "0123456789x") != strlen(text) || strlen(text) > 11 ||
        sscanf(text, "%5ux%5u%c", &width, &height, &end) != 2 || width < 100 || height < 100 || width > 20000 ||
        height > 20000)
        return error_set(error, E_USAGE, "--size: '%s' is no size; write WIDTHxHEIGHT with 100 to 20000 pixels, such as 960x640",
                         text);
    figure->width = width;
    figure->height = height;
    return E_OK;
}

static int parse_type(const char *name, enum figure_type *type, struct error *error)
{
    struct nearest nearest;
    char hint[320], list[256] = "";
    int found = figure_type_parse(name);
    if (found >= 0) {
        *type = (enum figure_type)found;
        return E_OK;
    }
    nearest_start(&nearest, name);
    for (int i = 0; i < FIGURE_TYPE_COUNT; i++) {
        const char *known = figure_type_name((enum figure_type)i);
        size_t used = strlen(list);
        nearest_consider(&nearest, known);
        snprintf(list + used, sizeof list - used, "%s%s", i == 0 ? "" : i + 1 < FIGURE_TYPE_COUNT ? ", " : " or ", known);
    }
    return error_set(error, E_USAGE, "unknown chart '%s'%s; write %s", name, nearest_hint(&nearest, hint), list);
}

/* ---- words on the chart ---- */

/* "各乡镇" */
static const char *level_chinese(int level)
{
    switch (level) {
    case 2: return "各省";
    case 4: return "各市州";
    case 6: return "各县区";
    case 9: return "各乡镇";
    default: return "各村";
    }
}

/* "种植面积（辣椒）" */
static void make_title(const struct series *series, const struct settings *settings, struct buffer *out)
{
    buffer_text(out, series->label);
    if (settings->item != NULL)
        buffer_format(out, "（%s）", settings->item);
}

/* "沿河土家族自治县各乡镇，2019年" from what was drawn; periods that differ give their first and last year. */
static void make_subtitle(const struct series *series, const struct settings *settings, const char *code, int level,
                          enum figure_type type, struct buffer *out)
{
    const char *first = NULL, *last = NULL;
    if (code[0] != '\0')
        buffer_text(out, region_name(region_find(code)));
    if (level > 0)
        buffer_text(out, level_chinese(level));
    for (size_t i = 0; i < series->count; i++) {
        const char *period = series->readings[i].period;
        if (period == NULL)
            continue;
        if (first == NULL || period_end(period) < period_end(first))
            first = period;
        if (last == NULL || period_end(period) > period_end(last))
            last = period;
    }
    if (first != NULL) {
        long a = period_end(first) / 10000, b = period_end(last) / 10000;
        if (out->size > 0)
            buffer_text(out, "，");
        if (a == b)
            buffer_format(out, "%ld年", b);
        else
            buffer_format(out, "%ld—%ld年%s", a, b, type == FIGURE_LINE ? "" : "（各地最新一期）");
    }
    if (settings->status != NULL && strcmp(settings->status, "planned") == 0)
        buffer_text(out, "（计划）");
}

static bool listed(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* "来源：标题（2020-01-08）；…等5份文件": at most three are named. */
static void make_note(const struct series *series, struct buffer *out)
{
    const char *names[64];
    size_t count = 0;
    for (size_t i = 0; i < series->count; i++) {
        const struct reading *r = &series->readings[i];
        if (count == sizeof names / sizeof *names || r->document == NULL || listed(names, count, r->document))
            continue;
        names[count++] = r->document;
        if (count > 3)
            continue;
        buffer_text(out, count == 1 ? "来源：" : "；");
        const char *slash = strrchr(r->document, '/');
        buffer_text(out, r->document_title != NULL ? r->document_title : slash != NULL ? slash + 1 : r->document);
        if (r->published != NULL)
            buffer_format(out, "（%s）", r->published);
    }
    if (count > 3)
        buffer_format(out, "等%zu份文件", count);
}

/* ---- marks ---- */

static void fill_mark(struct mark *mark, const struct reading *r, enum figure_type type)
{
    const char *name = r->region_name != NULL ? r->region_name : r->key;
    *mark = (struct mark){.value = r->value.value, .low = r->value.low, .high = r->value.high, .about = r->about,
                          .planned = r->status == STATUS_planned};
    if (type == FIGURE_LINE) {
        mark->series = name;
        mark->label = r->period;
        mark->x = period_position(r->period);
    } else {
        mark->label = name;
    }
}

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

/* A line chart of a region that has figures of its own over time shows that region; otherwise those below it. */
static int load_lines(struct series *series, struct store *store, const struct settings *settings, struct filter *filter,
                      int *level, struct error *error)
{
    if (filter->status == NULL)
        filter->status = "actual";
    int status = series_load(series, store, settings, filter, error);
    if (status != E_OK)
        return status;
    size_t undated = 0, kept = 0, lines = 0;
    for (size_t i = 0; i < series->count; i++) {
        if (series->readings[i].period == NULL)
            undated++;
        else
            series->readings[kept++] = series->readings[i];
    }
    series->count = kept;
    if (undated > 0)
        complain_about(settings->command, "note: %zu %s without a period left out", undated, undated == 1 ? "figure" : "figures");
    bool own = settings->level == NULL || (filter->region != NULL && filter->level == (int)strlen(filter->region));
    if (filter->region != NULL && own && periods_of(series, filter->region) >= 2) {
        keep_one_region(series, filter->region);
        *level = 0;
        return E_OK;
    }
    *level = series_select(series, settings, filter->level, filter->region, false);
    if (*level == 0)
        return error_set(error, E_NOTHING, "%s: no dated figures to draw; zhibiao show lists what there is", series->label);
    /* the first lines in the order of codes; which ones is the user's choice, so say what is missing */
    kept = 0;
    for (size_t i = 0; i < series->count; i++) {
        if (i == 0 || strcmp(series->readings[i - 1].key, series->readings[i].key) != 0)
            lines++;
        if (lines <= LINES_MOST)
            kept = i + 1;
    }
    series->count = kept;
    if (lines > LINES_MOST)
        complain_about(settings->command, "note: the first %d of %zu regions drawn; --region and --level choose others", LINES_MOST,
                       lines);
    return E_OK;
}

static int write_chart(const char *path, const char *bytes, size_t size, struct error *error)
{
    struct destination destination;
    int status = destination_open(&destination, path, error);
    if (status != E_OK)
        return status;
    if (fwrite(bytes, 1, size, destination.file) != size)
        status = error_set(error, E_OUTPUT, "%s: cannot be written: %s", path, strerror(errno));
    struct error closing;
    int closed = destination_close(&destination, status == E_OK, &closing);
    if (status == E_OK && closed != E_OK) {
        *error = closing;
        status = closed;
    }
    return status;
}

static int run(const struct settings *settings, struct error *error)
{
    struct scope scope;
    struct store *store = NULL;
    struct series series = {0};
    struct figure figure = {0};
    struct mark *marks = NULL;
    struct buffer title = {0}, subtitle = {0}, note = {0};
    enum figure_format format;
    char unit[128], *bytes = NULL;
    size_t size = 0;
    int level = 0, status;
    if ((status = parse_type(settings->operands[0], &figure.type, error)) != E_OK ||
        (status = scope_of(settings, &scope, error)) != E_OK ||
        (status = parse_size(settings->size, &figure, error)) != E_OK)
        return status;
    if (settings->indicator == NULL)
        return error_set(error, E_USAGE, "needs --indicator; zhibiao indicators --used lists what can be drawn");
    if (settings->output == NULL)
        return error_set(error, E_USAGE, "needs -o FILE.svg, FILE.png, FILE.ps or FILE.eps");
    if ((status = figure_format_of(settings->output, &format, error)) != E_OK ||
        (status = store_open(&store, settings->store, STORE_READ, error)) != E_OK)
        return status;
    status = figure.type == FIGURE_LINE ? load_lines(&series, store, settings, &scope.filter, &level, error)
                                        : compare_load(&series, store, settings, &scope.filter, true, &level, error);
    if (status != E_OK)
        goto done;
    marks = calloc(series.count, sizeof *marks);
    if (marks == NULL || name_apart(&series) != E_OK) {
        status = error_set(error, E_MEMORY, "out of memory");
        goto done;
    }
    for (size_t i = 0; i < series.count; i++)
        fill_mark(&marks[i], &series.readings[i], figure.type);
    make_title(&series, settings, &title);
    make_subtitle(&series, settings, scope.region, level, figure.type, &subtitle);
    make_note(&series, &note);
    if (title.failed || subtitle.failed || note.failed) {
        status = error_set(error, E_MEMORY, "out of memory");
        goto done;
    }
    figure.title = settings->title != NULL ? settings->title : title.bytes;
    figure.subtitle = settings->subtitle != NULL ? settings->subtitle : subtitle.bytes;
    figure.source_note = settings->note != NULL ? settings->note : note.bytes;
    figure.unit = series_unit(&series, unit);
    figure.marks = marks;
    figure.mark_count = series.count;
    if ((status = figure_draw(&figure, format, &bytes, &size, error)) == E_OK)
        status = write_chart(settings->output, bytes, size, error);
done:
    free(bytes);
    free(marks);
    buffer_free(&title);
    buffer_free(&subtitle);
    buffer_free(&note);
    series_free(&series);
    store_close(store);
    return status;
}

const struct command command_plot = {
    "plot", "bar|line", 1, 1, "draw a chart of an indicator",
    "bar: what zhibiao compare ranks. line: the years of --region where it has figures of its own, else those of the regions\n"
    "below it. Needs --indicator and -o FILE; the ending of FILE is its format.",
    options, run,
};
