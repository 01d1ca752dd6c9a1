/* figure.c — the table of types, and what all charts share before they are drawn: a clean copy of the description, its
 * language and its scales. The frame around the chart is compose.c, the chart itself the type's own file. */
#include "plots/compose.h"
#include "plots/terminal.h"

#include "data/base/utf8.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MARKS_MAX 2000000

static const struct {
    const char *name, *summary;
    enum figure_shape shape;
    const struct chart *chart;
} TYPES[] = {
#define X(constant, name, shape, summary) {#name, summary, SHAPE_##shape, &chart_##name},
    FIGURE_TYPES(X)
#undef X
};

static bool type_known(enum figure_type type)
{
    return (int)type >= 0 && type < FIGURE_TYPE_COUNT;
}

const char *figure_type_name(enum figure_type type)
{
    return type_known(type) ? TYPES[type].name : NULL;
}

const char *figure_type_summary(enum figure_type type)
{
    return type_known(type) ? TYPES[type].summary : NULL;
}

enum figure_shape figure_type_shape(enum figure_type type)
{
    return type_known(type) ? TYPES[type].shape : SHAPE_RANKING;
}

int figure_type_parse(const char *name)
{
    for (int i = 0; i < FIGURE_TYPE_COUNT; i++)
        if (strcmp(TYPES[i].name, name) == 0)
            return i;
    return -1;
}

int figure_format_of(const char *path, enum figure_format *format, struct error *error)
{
    static const struct {
        const char *ending;
        enum figure_format format;
    } endings[] = {{".svg", FIGURE_SVG}, {".png", FIGURE_PNG}, {".ps", FIGURE_PS}, {".eps", FIGURE_PS}, {".pdf", FIGURE_PDF}};
    size_t length = strlen(path);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t size = strlen(endings[i].ending);
        if (length > size && strcasecmp(path + length - size, endings[i].ending) == 0) {
            *format = endings[i].format;
            return E_OK;
        }
    }
    return error_set(error, E_USAGE, "%s: the chart's format is chosen by the name's ending: .svg, .png, .pdf, .eps or .ps", path);
}

const struct chart *chart_of(enum figure_type type)
{
    return TYPES[type].chart;
}

int order_before(double key, size_t order, double other_key, size_t other_order)
{
    if (isnan(key) != isnan(other_key))
        return isnan(key) ? 1 : -1;
    if (!isnan(key) && key != other_key)
        return key > other_key ? -1 : 1;
    return order < other_order ? -1 : order > other_order;
}

bool figure_uses_x(const struct figure *figure)
{
    return type_known(figure->type) && TYPES[figure->type].chart->uses_x;
}

static const struct {
    const char *name;
    double width, height, zoom;
} SIZES[] = {
    {"a4", 605, 0, 1},          /* a column of 160 mm */
    {"slide", 1280, 720, 1.6},
    {"web", 760, 0, 1},
};

int figure_size_parse(const char *text, struct figure *figure, struct error *error)
{
    unsigned width, height;
    char end;
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++)
        if (strcmp(text, SIZES[i].name) == 0) {
            figure->width = SIZES[i].width;
            figure->height = SIZES[i].height;
            figure->zoom_most = SIZES[i].zoom;
            return E_OK;
        }
    if (strspn(text, "0123456789x") != strlen(text) || strlen(text) > 11 || sscanf(text, "%5ux%5u%c", &width, &height, &end) != 2 ||
        width < 100 || height < 100 || width > 20000 || height > 20000)
        return error_set(error, E_USAGE, "'%s' is no size; write a4, slide, web or WIDTHxHEIGHT with 100 to 20000 pixels, such as 960x640",
                         text);
    figure->width = width;
    figure->height = height;
    figure->zoom_most = 1;
    return E_OK;
}

const char *figure_size_text(const struct figure *figure, char text[FIGURE_SIZE_TEXT])
{
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++)
        if (figure->width == SIZES[i].width && figure->height == SIZES[i].height && figure->zoom_most == SIZES[i].zoom)
            return SIZES[i].name;
    if (!(figure->width > 0 && figure->height > 0))
        return NULL;
    snprintf(text, FIGURE_SIZE_TEXT, "%.0fx%.0f", figure->width, figure->height);
    return text;
}

/* ---- a clean copy ---- */

int out_of_memory(struct drawing *drawing)
{
    return error_set(drawing->error, E_MEMORY, "drawing: out of memory");
}

static bool clean_into(struct arena *arena, const char **text)
{
    if (*text == NULL)
        return true;
    *text = text_clean(arena, *text);
    if (*text != NULL && (*text)[0] == '\0') {
        *text = NULL;
        return true;
    }
    return *text != NULL;
}

static bool has_chinese(const char *text)
{
    uint32_t point;
    size_t length = text == NULL ? 0 : strlen(text);
    for (size_t i = 0; i < length;) {
        i += (size_t)abs(utf8_decode((const unsigned char *)text + i, length - i, &point));
        if ((point >= 0x2E80 && point <= 0x9FFF) || (point >= 0xFF00 && point <= 0xFFEF) || (point >= 0x20000 && point <= 0x3FFFF))
            return true;
    }
    return false;
}

/* As asked for; otherwise Chinese, unless the figure has words and none of them is Chinese. */
static const struct words *language_of(const struct figure *figure)
{
    if (figure->language != NULL)
        return strcmp(figure->language, "en") == 0 ? &words_english : &words_chinese;
    const char *texts[] = {figure->title, figure->subtitle, figure->source_note, figure->unit};
    bool chinese = false, worded = figure->title != NULL || figure->subtitle != NULL;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        chinese = chinese || has_chinese(texts[i]);
    for (size_t i = 0; i < figure->mark_count && i < 100; i++)
        chinese = chinese || has_chinese(figure->marks[i].label) || has_chinese(figure->marks[i].series);
    return worded && !chinese ? &words_english : &words_chinese;
}

static bool clean_lists(struct arena *arena, struct figure *figure)
{
    const char **highlights = arena_alloc(arena, (figure->highlight_count + 1) * sizeof *highlights);
    struct reference *references = arena_alloc(arena, (figure->reference_count + 1) * sizeof *references);
    size_t kept = 0;
    if (highlights == NULL || references == NULL)
        return false;
    for (size_t i = 0; i < figure->highlight_count; i++) {
        highlights[kept] = figure->highlights[i];
        if (!clean_into(arena, &highlights[kept]))
            return false;
        kept += highlights[kept] != NULL;   /* an empty name would match all */
    }
    for (size_t i = 0; i < figure->reference_count; i++) {
        references[i] = figure->references[i];
        if (!clean_into(arena, &references[i].label))
            return false;
    }
    figure->highlights = highlights;
    figure->highlight_count = kept;
    figure->references = references;
    return true;
}

/* Copies the figure: strings that can be drawn, marks in one form, and the scale that suits all of them. */
static int figure_prepare(const struct figure *given, struct figure *figure, struct drawing *drawing)
{
    struct arena *arena = drawing->arena;
    size_t count = given->mark_count, present = 0;
    *figure = *given;
    if (count == 0 || given->marks == NULL)
        return error_set(drawing->error, E_DOMAIN, "nothing to draw: the figure has no marks");
    if (count > MARKS_MAX)
        return error_set(drawing->error, E_DOMAIN, "the figure has %zu marks; at most %d can be drawn", count, MARKS_MAX);
    drawing->words = language_of(given);
    struct mark *marks = arena_alloc(arena, count * sizeof *marks);
    double *values = arena_alloc(arena, count * 3 * sizeof *values);
    const char **texts[] = {&figure->title, &figure->subtitle, &figure->source_note, &figure->unit, &figure->value_name,
                            &figure->x_name, &figure->x_unit};
    bool ok = marks != NULL && values != NULL && clean_lists(arena, figure);
    for (size_t i = 0; ok && i < sizeof texts / sizeof *texts; i++)
        ok = clean_into(arena, texts[i]);
    const char **units[] = {&figure->unit, &figure->x_unit};
    for (size_t i = 0; ok && i < sizeof units / sizeof *units; i++) {
        const char *given_unit = *units[i];
        *units[i] = words_unit(arena, drawing->words, given_unit);
        ok = (*units[i] == NULL) == (given_unit == NULL);
    }
    for (size_t i = 0; ok && i < count; i++) {
        struct mark *mark = &marks[i];
        *mark = given->marks[i];
        mark_normalise(mark);
        ok = clean_into(arena, &mark->label) && clean_into(arena, &mark->series) && clean_into(arena, &mark->panel) && clean_into(arena, &mark->code) &&
             clean_into(arena, &mark->observation) && clean_into(arena, &mark->source) && clean_into(arena, &mark->unit) &&
             names_add(&drawing->series, arena, mark->series) != NAME_NONE;
        const char *unit = mark->unit;
        mark->unit = words_unit(arena, drawing->words, unit);
        ok = ok && (mark->unit == NULL) == (unit == NULL);
        present += !mark_missing(mark);
        values[3 * i] = mark->value;
        values[3 * i + 1] = mark->low;
        values[3 * i + 2] = mark->high;
    }
    if (!ok)
        return out_of_memory(drawing);
    if (present == 0)
        return error_set(drawing->error, E_DOMAIN, "nothing to draw: the values of all %zu marks are missing", count);
    figure->marks = marks;
    unit_scale_choose(values, count * 3, figure->unit, drawing->words->english, &drawing->scale);
    /* what the values need is enough: 890 (757–1,068), not 890.0 (756.5–1,068.0) and 1,280.0 beside it */
    struct unit_scale plain;
    double largest = 0;
    for (size_t i = 0; i < count; i++) {
        values[i] = marks[i].value;
        largest = isfinite(values[i]) ? fmax(largest, fabs(values[i])) : largest;
    }
    unit_scale_choose(values, count, figure->unit, drawing->words->english, &plain);
    if (plain.factor == drawing->scale.factor && largest >= 100 * plain.factor)
        drawing->scale.decimals = plain.decimals;
    for (size_t i = 0; i < count; i++)
        values[i] = marks[i].x;
    unit_scale_choose(values, count, figure->x_unit, drawing->words->english, &drawing->x_scale);
    return E_OK;
}

/* Prepares the figure and hands it on: to the composer, or to the terminal with so many columns. */
static int figure_make(const struct figure *given, enum figure_format format, int columns, struct buffer *lines, char **bytes, size_t *size,
                       struct error *error)
{
    struct arena arena = {0};
    struct figure figure;
    struct drawing drawing = {.figure = &figure, .whole = &figure, .arena = &arena, .error = error};
    /* libplot prints numbers by the locale's decimal point; charts never do */
    locale_t number = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0), before = (locale_t)0;
    int code = number == (locale_t)0 ? out_of_memory(&drawing) : E_OK;
    if (code == E_OK)
        before = uselocale(number);
    if (code == E_OK && (!type_known(given->type) || (int)format < 0 || format >= FIGURE_FORMAT_COUNT))
        code = error_set(error, E_USAGE, "there is no figure of type %d in format %d", (int)given->type, (int)format);
    if (code == E_OK)
        code = figure_prepare(given, &figure, &drawing);
    drawing.theme = given->theme != NULL ? given->theme : theme_find("light");
    if (code == E_OK && lines != NULL) {
        code = terminal_draw(&drawing, figure_type_shape(given->type), columns, lines);
    } else if (code == E_OK) {
        code = text_open(figure.font != NULL ? figure.font : drawing.theme->font, &drawing.text, error);
        if (code == E_OK)
            code = figure_compose(&drawing, format, bytes, size);
    }
    text_close(drawing.text);
    arena_free(&arena);
    if (number != (locale_t)0) {
        if (before != (locale_t)0)
            uselocale(before);
        freelocale(number);
    }
    return code;
}

int figure_draw(const struct figure *figure, enum figure_format format, char **bytes, size_t *size, struct error *error)
{
    *bytes = NULL;
    *size = 0;
    return figure_make(figure, format, 0, NULL, bytes, size, error);
}

int figure_text(const struct figure *figure, int columns, struct buffer *out, struct error *error)
{
    return figure_make(figure, FIGURE_SVG, columns, out, NULL, NULL, error);
}
