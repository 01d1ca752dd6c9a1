/* compose.c — the frame of every chart: title, subtitle with the unit, panels, notes, source; and the page around it.
 *
 * A figure whose marks name panels becomes small multiples: one chart a panel, in a grid, with one scale. Layout then runs
 * three times, because each panel must know what the others need (struct shared): their widest names, then the scale that
 * all can hold, then that scale in all. A page of a given size is drawn as large as it holds the figure, up to the figure's
 * zoom. */
#include "plots/compose.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define WIDTH_DEFAULT 760
#define WIDTH_LEAST 280
#define MARGIN 28
#define LINE_HEIGHT 1.38     /* of the text's size */
#define PANEL_GAP 30.0
#define PANEL_LEAST 205.0
#define PANEL_TITLE 22.0
#define PANEL_SIZE 13.5
#define PANELS_MAX 200
#define PANELS_STACKED 4     /* so many panels may stand below one another */
#define PANEL_LOWEST 150.0
#define PANEL_HIGHEST 300.0  /* px of a panel whose height is chosen by its width */
#define ZOOM_STEP 1.1

double shared_need(struct shared *shared, int which, double need)
{
    if (!shared->used[which] || need > shared->need[which])
        shared->need[which] = need;
    shared->used[which] = true;
    return shared->need[which];
}

/* ---- paragraphs ---- */

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
    size_t size = a == NULL || b == NULL ? 0 : strlen(a) + strlen(between) + strlen(b) + 1;
    char *out = size == 0 ? NULL : arena_alloc(arena, size);
    if (out != NULL)
        snprintf(out, size, "%s%s%s", a, a[0] != '\0' && b[0] != '\0' ? between : "", b);
    return out;
}

/* "subtitle　单位：万元" */
static const char *subtitle_text(struct drawing *drawing)
{
    const struct figure *figure = drawing->figure;
    const struct words *words = drawing->words;
    const struct chart *chart = chart_of(figure->type);
    const char *subtitle = figure->subtitle != NULL ? figure->subtitle : "", *unit = figure->unit != NULL ? figure->unit : "";
    const char *prefix = drawing->scale.prefix, *gap = words->english ? ". " : "　";
    if (chart->percent && figure->arrangement == FIGURE_PERCENT)
        prefix = "", unit = "%";
    if (chart->own_scales || chart->no_unit || (unit[0] == '\0' && prefix[0] == '\0'))
        return subtitle;
    if (strncmp(prefix, "×", strlen("×")) == 0)
        prefix += strlen("×");  /* "单位：10^-9 元", but "1.7×10^-9 元" */
    return join(drawing->arena, subtitle, gap, join(drawing->arena, words->unit, "", join(drawing->arena, prefix, "", unit)));
}

static const char *source_text(struct drawing *drawing)
{
    const char *source = drawing->figure->source_note;
    if (source == NULL)
        return "";
    bool named = strncmp(source, "Source", 6) == 0 || strstr(source, "来源") != NULL;
    return named ? source : join(drawing->arena, drawing->words->source, "", source);
}

static const char *note_text(struct drawing *drawing)
{
    const struct chart *chart = chart_of(drawing->figure->type);
    const char *signs = marks_note(drawing), *own = chart->note == NULL ? "" : chart->note(drawing);
    if (signs == NULL || own == NULL || own[0] == '\0')
        return own == NULL ? NULL : signs;
    return signs[0] != '\0' ? join(drawing->arena, signs, drawing->words->semicolon, own) : join(drawing->arena, drawing->words->note, "", own);
}

/* ---- panels ---- */

struct panel {
    struct figure figure;        /* a copy with this panel's marks */
    const char *name;
    const char *const *title;    /* its name, cut to one line */
    size_t title_lines;
    void *plan;
    double height;               /* of the chart itself */
};

struct grid {
    struct panel *panels;
    size_t count, columns, rows;
    double *row_heights;         /* of the charts in a row */
    double cell_width, title_height;
};

static int grid_read(struct drawing *drawing, struct grid *grid)
{
    const struct figure *figure = drawing->whole;
    struct names names = {0};
    size_t n = figure->mark_count, *of = arena_alloc(drawing->arena, n * sizeof *of), filled = 0;
    struct mark *marks = arena_alloc(drawing->arena, n * sizeof *marks);
    if (of == NULL || marks == NULL)
        return out_of_memory(drawing);
    for (size_t i = 0; i < n; i++)
        if ((of[i] = names_add(&names, drawing->arena, figure->marks[i].panel)) == NAME_NONE)
            return out_of_memory(drawing);
    if (names.count > PANELS_MAX)
        return error_set(drawing->error, E_DOMAIN, "the figure has %zu panels; at most %d can be drawn", names.count, PANELS_MAX);
    grid->count = names.count;
    grid->panels = arena_alloc(drawing->arena, names.count * sizeof *grid->panels);
    grid->row_heights = arena_alloc(drawing->arena, names.count * sizeof *grid->row_heights);
    size_t *sizes = arena_alloc(drawing->arena, names.count * sizeof *sizes);
    if (grid->panels == NULL || grid->row_heights == NULL || sizes == NULL)
        return out_of_memory(drawing);
    for (size_t i = 0; i < n; i++)
        sizes[of[i]]++;
    for (size_t k = 0; k < names.count; k++) {
        grid->panels[k] = (struct panel){.figure = *figure, .name = names.items[k]};
        grid->panels[k].figure.marks = marks + filled;
        grid->panels[k].figure.mark_count = 0;
        filled += sizes[k];
    }
    for (size_t i = 0; i < n; i++) {
        struct figure *part = &grid->panels[of[i]].figure;
        marks[(size_t)(part->marks - marks) + part->mark_count++] = figure->marks[i];
    }
    return E_OK;
}

/* Lays out the panels in `width`, at most so many side by side; *height is what the user wants, or 0, and becomes what they take. */
static int grid_try(struct drawing *drawing, struct grid *grid, double width, size_t columns, double least, double *height)
{
    const struct chart *chart = chart_of(drawing->whole->type);
    size_t n = grid->count;
    int code = E_OK;
    double wanted = *height;
    grid->rows = (n + columns - 1) / columns;
    grid->columns = (n + grid->rows - 1) / grid->rows;
    grid->cell_width = floor((width - PANEL_GAP * (double)(grid->columns - 1)) / (double)grid->columns);
    grid->title_height = n > 1 ? PANEL_TITLE : 0;
    double each = wanted <= 0 ? 0 : (wanted - PANEL_GAP * (double)(grid->rows - 1)) / (double)grid->rows - grid->title_height;
    if (wanted > 0 && each < 30)
        return error_set(drawing->error, E_DOMAIN, "%zu panels do not fit: the figure would have to be higher, or have no height set", n);
    drawing->shared = (struct shared){0};
    for (int pass = n > 1 ? 0 : 2; pass < 3 && code == E_OK; pass++)
        for (size_t i = 0; i < n && code == E_OK; i++) {
            struct panel *panel = &grid->panels[i];
            drawing->figure = &panel->figure;
            panel->height = wanted > 0 ? each : n > 1 && !chart->content_height ? fmax(least, fmin(PANEL_HIGHEST, grid->cell_width * 0.72)) : 0;
            code = chart->layout(drawing, grid->cell_width, &panel->height, &panel->plan);
            if (n > 1)
                panel->title_lines = text_wrap(drawing->text, drawing->arena, panel->name, PANEL_SIZE, true, grid->cell_width, 1, &panel->title);
        }
    drawing->figure = drawing->whole;
    *height = PANEL_GAP * (double)(grid->rows - 1) + grid->title_height * (double)grid->rows;
    for (size_t r = 0; r < grid->rows; r++) {
        grid->row_heights[r] = 0;
        for (size_t i = r * grid->columns; i < n && i < (r + 1) * grid->columns; i++)
            grid->row_heights[r] = fmax(grid->row_heights[r], grid->panels[i].height);
        *height += grid->row_heights[r];
    }
    if (wanted > 0)
        *height = wanted;
    return code;
}

/* As high as the type needs in that width, where no height is given. */
static int grid_fit(struct drawing *drawing, struct grid *grid, double width, size_t columns, double *height)
{
    double wanted = *height;
    int code = grid_try(drawing, grid, width, columns, PANEL_LOWEST, height);
    for (double least = PANEL_LOWEST * 1.25; code == E_DOMAIN && wanted <= 0 && grid->count > 1 && least < PANEL_HIGHEST * 2; least *= 1.25) {
        *height = wanted;
        code = grid_try(drawing, grid, width, columns, least, height);
    }
    return code;
}

/* Where few panels would cut the names at their lines, they stand below one another instead. */
static int grid_layout(struct drawing *drawing, struct grid *grid, double width, double *height)
{
    size_t n = grid->count, columns = (size_t)fmax(1, floor((width + PANEL_GAP) / (PANEL_LEAST + PANEL_GAP)));
    double wanted = *height;
    bool left_out = drawing->labels_left_out;
    columns = columns > n ? n : columns > 4 && n > 4 ? 4 : columns;
    drawing->labels_cut = false;
    int code = grid_fit(drawing, grid, width, columns, height);
    if (code != E_OK || !drawing->labels_cut || columns == 1 || n > PANELS_STACKED || wanted > 0)
        return code;
    drawing->labels_left_out = left_out;
    *height = 0;
    return grid_fit(drawing, grid, width, 1, height);
}

static int grid_draw(struct drawing *drawing, const struct grid *grid, double x, double y)
{
    const struct chart *chart = chart_of(drawing->whole->type);
    int code = E_OK;
    for (size_t r = 0; r < grid->rows; r++) {
        for (size_t c = 0; c < grid->columns && r * grid->columns + c < grid->count && code == E_OK; c++) {
            const struct panel *panel = &grid->panels[r * grid->columns + c];
            double left = x + (double)c * (grid->cell_width + PANEL_GAP);
            for (size_t l = 0; l < panel->title_lines; l++) {
                canvas_tag(drawing->canvas, "panel", panel->name);
                canvas_text(drawing->canvas, left, y + PANEL_SIZE, ANCHOR_START, PANEL_SIZE, true, drawing->theme->ink, panel->title[l]);
            }
            drawing->figure = &panel->figure;
            code = chart->draw(drawing, panel->plan, (struct box){left, y + grid->title_height, grid->cell_width, panel->height});
        }
        y += grid->title_height + grid->row_heights[r] + PANEL_GAP;
    }
    drawing->figure = drawing->whole;
    return code;
}

/* ---- the page ---- */

struct page {
    double width, height, zoom, inner, top, panel_height, foot;
    const char *texts[4];
    struct paragraph p[4];
    struct grid grid;
};

static int page_layout(struct drawing *drawing, struct page *page)
{
    const struct figure *figure = drawing->whole;
    const struct theme *theme = drawing->theme;
    static const size_t most[4] = {3, 3, 4, 3};
    if (!(page->width >= WIDTH_LEAST))
        return error_set(drawing->error, E_DOMAIN, "a figure %.0f px wide cannot hold a chart; at least %d px are needed", page->width, WIDTH_LEAST);
    /* whether a name is left out is known after the layout, but its note takes room: then once more */
    for (int attempt = 0; attempt < 2; attempt++) {
        bool before = drawing->labels_left_out;
        page->texts[0] = figure->title != NULL ? figure->title : "";
        page->texts[1] = subtitle_text(drawing);
        page->texts[2] = note_text(drawing);
        page->texts[3] = source_text(drawing);
        const struct paragraph styles[4] = {
            {.size = theme->title_size, .bold = true, .colour = theme->ink},
            {.size = theme->subtitle_size, .colour = theme->soft},
            {.size = theme->note_size, .colour = theme->faint},
            {.size = theme->note_size, .colour = theme->faint},
        };
        for (int i = 0; i < 4; i++) {
            if (page->texts[i] == NULL)
                return out_of_memory(drawing);
            page->p[i] = styles[i];
            page->p[i].count = text_wrap(drawing->text, drawing->arena, page->texts[i], styles[i].size, styles[i].bold, page->inner, most[i],
                                         &page->p[i].lines);
        }
        double head = paragraph_height(&page->p[0]) + paragraph_height(&page->p[1]);
        page->foot = paragraph_height(&page->p[2]) + paragraph_height(&page->p[3]);
        page->top = MARGIN - 6 + head + (head > 0 ? 14 : 0);
        double bottom = (page->foot > 0 ? page->foot + 16 : 0) + MARGIN - 10, panel = 0;
        if (page->height > 0 && !((panel = page->height - page->top - bottom) >= 40))
            return error_set(drawing->error, E_DOMAIN, "a figure %.0f px high cannot hold a chart and its notes; at least %.0f px are needed",
                             page->height, ceil(page->top + bottom + 40));
        int code = grid_layout(drawing, &page->grid, page->inner, &panel);
        if (code == E_OK)
            code = text_status(drawing->text, drawing->error);
        if (code != E_OK)
            return code;
        page->panel_height = panel;
        if (drawing->labels_left_out == before || attempt == 1) {
            if (page->height <= 0)
                page->height = ceil(page->top + panel + bottom);
            break;
        }
    }
    return E_OK;
}

/* The note with what the drawing has brought to light, in the lines that the layout has kept for it. */
static int note_again(struct drawing *drawing, struct page *page)
{
    struct paragraph *note = &page->p[2];
    if ((page->texts[2] = note_text(drawing)) == NULL)
        return out_of_memory(drawing);
    if (note->count > 0)
        note->count = text_wrap(drawing->text, drawing->arena, page->texts[2], note->size, note->bold, page->inner, note->count, &note->lines);
    return E_OK;
}

static int page_draw(struct drawing *drawing, struct page *page, enum figure_format format, char **bytes, size_t *size)
{
    struct canvas *canvas = NULL;
    struct canvas_options options = {
        .format = format, .width = page->width, .height = page->height, .zoom = page->zoom, .dpi = drawing->whole->dpi > 0 ? drawing->whole->dpi : 96,
        .outline_text = drawing->whole->outline_text, .paper = drawing->theme->paper, .language = drawing->words->english ? "en" : "zh",
    };
    int code = canvas_open(&options, drawing->text, &canvas, drawing->error);
    if (code != E_OK)
        return code;
    drawing->canvas = canvas;
    double y = paragraph_draw(drawing, &page->p[0], "title", MARGIN, MARGIN - 6);
    paragraph_draw(drawing, &page->p[1], "subtitle", MARGIN, y + 1);
    code = grid_draw(drawing, &page->grid, MARGIN, page->top);
    if (code == E_OK && drawing->labels_left_out)   /* known to some types only now, when names are placed */
        code = note_again(drawing, page);
    y = paragraph_draw(drawing, &page->p[2], "note", MARGIN, page->height - (MARGIN - 10) - page->foot);
    paragraph_draw(drawing, &page->p[3], "source", MARGIN, y);
    const char *description = join(drawing->arena, page->texts[1], drawing->words->english ? ". " : "　", page->texts[3]);
    if (code == E_OK)
        code = text_status(drawing->text, drawing->error);
    if (code == E_OK && drawing->arena->failed)   /* also of what may be missing, like the text of a mark */
        code = out_of_memory(drawing);
    if (code == E_OK)
        code = canvas_finish(canvas, page->texts[0], description, bytes, size, drawing->error);
    canvas_close(canvas);
    drawing->canvas = NULL;
    return code;
}

int figure_compose(struct drawing *drawing, enum figure_format format, char **bytes, size_t *size)
{
    const struct figure *figure = drawing->whole;
    const struct chart *chart = chart_of(figure->type);
    double most = figure->zoom_most > 1 ? figure->zoom_most : 1;
    struct page page = {0};
    int code = grid_read(drawing, &page.grid);
    if (code != E_OK)
        return code;
    double width = figure->width > 0 ? round(figure->width) : page.grid.count == 1 && chart->usual_width > 0 ? chart->usual_width : WIDTH_DEFAULT;
    for (double zoom = most;; zoom = fmax(1, zoom / ZOOM_STEP)) {
        page.zoom = zoom;
        page.width = width / zoom;
        page.height = figure->height > 0 ? round(figure->height) / zoom : 0;
        page.inner = page.width - 2 * MARGIN;
        drawing->labels_left_out = drawing->short_labels = false;
        code = page_layout(drawing, &page);
        if (code != E_DOMAIN || zoom <= 1)
            break;
    }
    return code == E_OK ? page_draw(drawing, &page, format, bytes, size) : code;
}
