/* plot_words.c — what is written around a chart from the store, in Chinese or English: its title, subtitle and the note on its
 * sources, made from the data: what is measured, where, when, and the documents that say so. */
#include "cli/plot.h"

#include <stdlib.h>
#include <string.h>

#define DOCUMENTS_NAMED 3

bool plot_english(const struct settings *settings)
{
    return settings->language != NULL && strcmp(settings->language, "en") == 0;
}

/* "各乡镇", "townships" */
static const char *level_words(int level, bool in_english)
{
    switch (level) {
    case 2: return in_english ? "provinces" : "各省";
    case 4: return in_english ? "prefectures" : "各市州";
    case 6: return in_english ? "counties" : "各县区";
    case 9: return in_english ? "townships" : "各乡镇";
    default: return in_english ? "villages" : "各村";
    }
}

/* "种植面积（辣椒）"; of several indicators all names. */
static void make_title(const struct plot_data *data, const struct settings *settings, struct buffer *out)
{
    enum figure_shape shape = figure_type_shape(data->figure.type);
    for (size_t i = 0; i < data->series_count; i++) {
        if (shape == SHAPE_SHARES && i > 0)
            break;   /* what follows is the weight */
        buffer_text(out, i == 0 ? "" : plot_english(settings) ? shape == SHAPE_PAIRS ? " and " : ", " : shape == SHAPE_PAIRS ? "与" : "、");
        buffer_text(out, data->series[i].label);
    }
}

/* What a series is called on the chart: in English by the dictionary's name; with the item that all of its figures are of. */
int plot_name_series(struct series *series, const struct settings *settings)
{
    const char *name = plot_english(settings) && series->entry != NULL ? series->entry->english : series->label, *item = settings->item;
    for (size_t i = 0; i < series->count && settings->item == NULL && !series->by_item; i++) {
        const char *own = series->readings[i].item;
        if (own == NULL || (i > 0 && strcmp(own, item) != 0)) {
            item = NULL;
            break;
        }
        item = own;
    }
    size_t size = strlen(name) + (item == NULL ? 0 : strlen(item)) + 8;
    char *text = arena_alloc(&series->arena, size);
    if (text == NULL)
        return E_MEMORY;
    snprintf(text, size, item == NULL ? "%s%s" : plot_english(settings) ? "%s (%s)" : "%s（%s）", name, item == NULL ? "" : item);
    series->label = text;
    return E_OK;
}

/* Whether --group or --panel splits by a word of theirs. */
bool plot_splits_by(const struct settings *settings, const char *word)
{
    return (settings->group != NULL && strcmp(settings->group, word) == 0) || (settings->panel != NULL && strcmp(settings->panel, word) == 0);
}

/* "沿河土家族自治县各乡镇，2019年" from what was drawn; periods that differ give their first and last year. */
static void make_subtitle(const struct plot_data *data, const struct settings *settings, const char *code, int level, struct buffer *out)
{
    const char *first = NULL, *last = NULL;
    enum figure_shape shape = figure_type_shape(data->figure.type);
    if (code[0] != '\0')
        buffer_text(out, region_name(region_find(code)));
    if (level > 0)
        buffer_format(out, "%s%s", plot_english(settings) && out->size > 0 ? ": " : "", level_words(level, plot_english(settings)));
    for (size_t s = 0; s < data->series_count; s++)
        for (size_t i = 0; i < data->series[s].count; i++) {
            const char *period = data->series[s].readings[i].period;
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
            buffer_text(out, plot_english(settings) ? ", " : "，");
        if (a == b)
            buffer_format(out, plot_english(settings) ? "%ld" : "%ld年", b);
        else
            buffer_format(out, plot_english(settings) ? "%ld–%ld%s" : "%ld—%ld年%s", a, b, shape == SHAPE_COURSE || shape == SHAPE_CHANGE || plot_splits_by(settings, "period") ? "" : plot_english(settings) ? " (the latest of each)" : "（各地最新一期）");
    }
    if (settings->status != NULL && strcmp(settings->status, "planned") == 0)
        buffer_text(out, plot_english(settings) ? " (planned)" : "（计划）");
}

/* "标题（2020-01-08）" */
void plot_add_document(struct buffer *out, const struct reading *r, bool in_english)
{
    const char *slash = strrchr(r->document, '/');
    buffer_text(out, r->document_title != NULL ? r->document_title : slash != NULL ? slash + 1 : r->document);
    if (r->published != NULL)
        buffer_format(out, in_english ? " (%s)" : "（%s）", r->published);
}

bool plot_listed(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* "来源：标题（2020-01-08）；…等5份文件": at most three are named. */
static void make_note(const struct plot_data *data, const struct settings *settings, struct buffer *out)
{
    const char *names[64];
    size_t count = 0;
    for (size_t s = 0; s < data->series_count; s++)
        for (size_t i = 0; i < data->series[s].count; i++) {
            const struct reading *r = &data->series[s].readings[i];
            if (count == sizeof names / sizeof *names || r->document == NULL || plot_listed(names, count, r->document))
                continue;
            names[count++] = r->document;
            if (count > DOCUMENTS_NAMED)
                continue;
            buffer_text(out, plot_english(settings) ? count == 1 ? "Source: " : "; " : count == 1 ? "来源：" : "；");
            plot_add_document(out, r, plot_english(settings));
        }
    if (count > DOCUMENTS_NAMED)
        buffer_format(out, plot_english(settings) ? " and others, %zu documents in all" : "等%zu份文件", count);
}

int plot_make_words(struct plot_data *data, const struct settings *settings, const struct scope *scope, int level)
{
    struct buffer title = {0}, subtitle = {0}, note = {0};
    char unit[128];
    struct figure *figure = &data->figure;
    make_title(data, settings, &title);
    make_subtitle(data, settings, scope->region, level, &subtitle);
    make_note(data, settings, &note);
    figure->title = plot_data_copy(data, title.bytes);
    figure->subtitle = plot_data_copy(data, subtitle.bytes);
    figure->source_note = plot_data_copy(data, note.bytes);
    figure->unit = plot_data_copy(data, series_unit(&data->series[0], unit));
    bool failed = title.failed || subtitle.failed || note.failed;
    buffer_free(&title);
    buffer_free(&subtitle);
    buffer_free(&note);
    return failed ? E_MEMORY : E_OK;
}
