/* figure.c — what all charts share: cleaning the description, the frame (title, subtitle with the unit, notes, source),
 * and the table of types. The chart itself is the type's own file. */
#include "plots/chart.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define WIDTH_DEFAULT 760
#define WIDTH_LEAST 280
#define MARGIN 28
#define LINE_HEIGHT 1.38     /* of the text's size */
#define MARKS_MAX 2000000

static const struct {
    const char *name, *summary;
    const struct chart *chart;
} TYPES[] = {
#define X(constant, name, summary) {#name, summary, &chart_##name},
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
    } endings[] = {{".svg", FIGURE_SVG}, {".png", FIGURE_PNG}, {".ps", FIGURE_PS}, {".eps", FIGURE_PS}};
    size_t length = strlen(path);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t size = strlen(endings[i].ending);
        if (length > size && strcasecmp(path + length - size, endings[i].ending) == 0) {
            *format = endings[i].format;
            return E_OK;
        }
    }
    return error_set(error, E_USAGE, "%s: the chart's format is chosen by the name's ending: .svg, .png, .ps or .eps", path);
}

/* ---- a clean copy ---- */

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
    struct mark *marks = arena_alloc(arena, count * sizeof *marks);
    double *values = arena_alloc(arena, count * 3 * sizeof *values);
    bool ok = marks != NULL && values != NULL && clean_into(arena, &figure->title) && clean_into(arena, &figure->subtitle) &&
              clean_into(arena, &figure->source_note) && clean_into(arena, &figure->unit);
    for (size_t i = 0; ok && i < count; i++) {
        marks[i] = given->marks[i];
        mark_normalise(&marks[i]);
        ok = clean_into(arena, &marks[i].label) && clean_into(arena, &marks[i].series);
        present += !mark_missing(&marks[i]);
        values[3 * i] = marks[i].value;
        values[3 * i + 1] = marks[i].low;
        values[3 * i + 2] = marks[i].high;
    }
    if (!ok)
        return error_set(drawing->error, E_MEMORY, "drawing: out of memory");
    if (present == 0)
        return error_set(drawing->error, E_DOMAIN, "nothing to draw: the values of all %zu marks are missing", count);
    figure->marks = marks;
    unit_scale_choose(values, count * 3, figure->unit, &drawing->scale);
    return E_OK;
}

/* ---- the frame ---- */

struct paragraph {
    const char *const *lines;
    size_t count;
    double size;
    bool bold;
    struct colour colour;
};

static double paragraph_height(const struct paragraph *p)
{
    return (double)p->count * p->size * LINE_HEIGHT;
}

/* Returns the y below it. */
static double paragraph_draw(struct drawing *drawing, const struct paragraph *p, const char *class, double x, double y)
{
    for (size_t i = 0; i < p->count; i++) {
        canvas_tag(drawing->canvas, class, p->lines[i]);
        canvas_text(drawing->canvas, x, y + p->size * 1.05, ANCHOR_START, p->size, p->bold, p->colour, p->lines[i]);
        y += p->size * LINE_HEIGHT;
    }
    return y;
}

static const char *join(struct arena *arena, const char *a, const char *between, const char *b)
{
    size_t size = strlen(a) + strlen(between) + strlen(b) + 1;
    char *out = arena_alloc(arena, size);
    if (out != NULL)
        snprintf(out, size, "%s%s%s", a, a[0] != '\0' && b[0] != '\0' ? between : "", b);
    return out;
}

/* "subtitle　单位：万元" */
static const char *subtitle_text(struct drawing *drawing)
{
    const struct figure *figure = drawing->figure;
    const char *subtitle = figure->subtitle != NULL ? figure->subtitle : "", *unit = figure->unit != NULL ? figure->unit : "";
    if (unit[0] == '\0' && drawing->scale.prefix[0] == '\0')
        return subtitle;
    const char *prefix = drawing->scale.prefix;
    if (strncmp(prefix, "×", strlen("×")) == 0)
        prefix += strlen("×");  /* "单位：10^-9 元", but "1.7×10^-9 元" */
    const char *scaled = join(drawing->arena, prefix, "", unit);
    scaled = scaled == NULL ? NULL : join(drawing->arena, "单位", "：", scaled);
    return scaled == NULL ? NULL : join(drawing->arena, subtitle, "　", scaled);
}

static const char *source_text(struct drawing *drawing)
{
    const char *source = drawing->figure->source_note;
    if (source == NULL)
        return "";
    bool named = strncmp(source, "Source", 6) == 0 || strstr(source, "来源") != NULL;
    return named ? source : join(drawing->arena, "来源", "：", source);
}

static int figure_compose(struct drawing *drawing, enum figure_format format, char **bytes, size_t *size)
{
    const struct figure *figure = drawing->figure;
    const struct theme *theme = drawing->theme;
    const struct chart *chart = TYPES[figure->type].chart;
    double width = figure->width > 0 ? round(figure->width) : WIDTH_DEFAULT, inner = width - 2 * MARGIN;
    void *plan = NULL;
    struct canvas *canvas = NULL;
    if (!(width >= WIDTH_LEAST))
        return error_set(drawing->error, E_DOMAIN, "a figure %.0f px wide cannot hold a chart; at least %d px are needed", width, WIDTH_LEAST);
    const char *texts[4] = {figure->title != NULL ? figure->title : "", subtitle_text(drawing), marks_note(drawing), source_text(drawing)};
    static const size_t most[4] = {3, 3, 4, 3};
    struct paragraph p[4] = {
        {.size = theme->title_size, .bold = true, .colour = theme->ink},
        {.size = theme->subtitle_size, .colour = theme->soft},
        {.size = theme->note_size, .colour = theme->faint},
        {.size = theme->note_size, .colour = theme->faint},
    };
    for (int i = 0; i < 4; i++) {
        if (texts[i] == NULL)
            return error_set(drawing->error, E_MEMORY, "drawing: out of memory");
        p[i].count = text_wrap(drawing->text, drawing->arena, texts[i], p[i].size, p[i].bold, inner, most[i], &p[i].lines);
    }
    double head = paragraph_height(&p[0]) + paragraph_height(&p[1]), foot = paragraph_height(&p[2]) + paragraph_height(&p[3]);
    double top = MARGIN - 6 + head + (head > 0 ? 14 : 0), bottom = (foot > 0 ? foot + 16 : 0) + MARGIN - 10;
    double height = 0;
    if (figure->height > 0) {
        height = figure->height - top - bottom;
        if (!(height >= 40))
            return error_set(drawing->error, E_DOMAIN, "a figure %.0f px high cannot hold a chart and its notes; at least %.0f px are needed",
                             figure->height, ceil(top + bottom + 40));
    }
    int code = chart->layout(drawing, inner, &height, &plan);
    if (code == E_OK)
        code = text_status(drawing->text, drawing->error);
    if (code != E_OK)
        return code;
    double whole = figure->height > 0 ? round(figure->height) : ceil(top + height + bottom);
    code = canvas_open(format, width, whole, drawing->text, &canvas, drawing->error);
    if (code != E_OK)
        return code;
    drawing->canvas = canvas;
    double y = paragraph_draw(drawing, &p[0], "title", MARGIN, MARGIN - 6);
    paragraph_draw(drawing, &p[1], "subtitle", MARGIN, y + 1);
    code = chart->draw(drawing, plan, (struct box){MARGIN, top, inner, height});
    y = paragraph_draw(drawing, &p[2], "note", MARGIN, whole - (MARGIN - 10) - foot);
    paragraph_draw(drawing, &p[3], "source", MARGIN, y);
    if (code == E_OK)
        code = text_status(drawing->text, drawing->error);
    if (code == E_OK)
        code = canvas_finish(canvas, texts[0], join(drawing->arena, texts[1], "　", texts[3]), bytes, size, drawing->error);
    canvas_close(canvas);
    drawing->canvas = NULL;
    return code;
}

int figure_draw(const struct figure *given, enum figure_format format, char **bytes, size_t *size, struct error *error)
{
    struct arena arena = {0};
    struct figure figure;
    struct drawing drawing = {.figure = &figure, .theme = &theme_light, .arena = &arena, .error = error};
    /* libplot prints numbers by the locale's decimal point; charts never do */
    locale_t number = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0), before = (locale_t)0;
    *bytes = NULL;
    *size = 0;
    int code = number == (locale_t)0 ? error_set(error, E_MEMORY, "drawing: out of memory") : E_OK;
    if (code == E_OK)
        before = uselocale(number);
    if (code == E_OK && (!type_known(given->type) || format < FIGURE_SVG || format > FIGURE_PS))
        code = error_set(error, E_USAGE, "there is no figure of type %d in format %d", (int)given->type, (int)format);
    if (code == E_OK)
        code = figure_prepare(given, &figure, &drawing);
    if (code == E_OK)
        code = text_open(figure.font, &drawing.text, error);
    if (code == E_OK)
        code = figure_compose(&drawing, format, bytes, size);
    text_close(drawing.text);
    arena_free(&arena);
    if (number != (locale_t)0) {
        if (before != (locale_t)0)
            uselocale(before);
        freelocale(number);
    }
    return code;
}
