/* heatmap.c — a table whose cells are coloured: regions below one another, indicators side by side.
 *
 * Each column has its own unit and its own range of colours, because indicators of different units cannot share one; the
 * number stands in the cell, so that the colour only helps to find it. Where the columns are too narrow for numbers, the
 * colour stands alone. Rows are sorted by the first column. */
#include "plots/courses.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROW_HEIGHT 26.0
#define ROW_LEAST 9.0
#define HEAD_LINE 15.0
#define NAME_SHARE 0.34
#define NAME_GAP 9.0
#define SIZE 12.5
#define CELL_WIDEST 150.0
#define CELL_LEAST 6.0

struct heat_row {
    const char *name;
    const char *const *line;
    size_t line_count, order;
    double key;
};

struct heatmap_plan {
    struct heat_row *rows;
    struct names columns;
    const struct mark **marks;   /* [row->order × column] */
    size_t count;
    double *low, *high;          /* of a column, in plain units */
    struct unit_scale *scales;
    const char *const **heads;
    size_t *head_counts, head_most;
    double name_width, cell_width, row_height, head_height, size;
    bool numbers, turned;
};

static int row_before(const void *a, const void *b)
{
    const struct heat_row *p = a, *q = b;
    return order_before(p->key, p->order, q->key, q->order);
}

static const char *unit_of(const struct drawing *drawing, const struct mark *mark)
{
    return mark->unit != NULL ? mark->unit : drawing->figure->unit;
}

static int heatmap_read(struct drawing *drawing, struct heatmap_plan *plan)
{
    const struct figure *figure = drawing->figure;
    struct names names = {0};
    size_t n = figure->mark_count;
    for (size_t i = 0; i < n; i++)
        if (names_add(&names, drawing->arena, figure->marks[i].label) == NAME_NONE || names_add(&plan->columns, drawing->arena, figure->marks[i].series) == NAME_NONE)
            return out_of_memory(drawing);
    size_t columns = plan->columns.count, cells = names.count * columns;
    if (cells > 4000000)
        return error_set(drawing->error, E_DOMAIN, "a heatmap of %zu × %zu cells cannot be drawn", names.count, columns);
    plan->count = names.count;
    plan->rows = arena_alloc(drawing->arena, names.count * sizeof *plan->rows);
    plan->marks = arena_alloc(drawing->arena, cells * sizeof *plan->marks);
    plan->low = arena_alloc(drawing->arena, columns * sizeof *plan->low);
    plan->high = arena_alloc(drawing->arena, columns * sizeof *plan->high);
    plan->scales = arena_alloc(drawing->arena, columns * sizeof *plan->scales);
    double *values = arena_alloc(drawing->arena, (names.count + n) * sizeof *values);
    if (plan->rows == NULL || plan->marks == NULL || plan->low == NULL || plan->high == NULL || plan->scales == NULL || values == NULL)
        return out_of_memory(drawing);
    for (size_t i = 0; i < n; i++)
        plan->marks[names_find(&names, figure->marks[i].label) * columns + names_find(&plan->columns, figure->marks[i].series)] = &figure->marks[i];
    for (size_t c = 0; c < columns; c++) {
        const char *unit = NULL;
        size_t m = 0;
        plan->low[c] = INFINITY;
        plan->high[c] = -INFINITY;
        for (size_t r = 0; r < names.count; r++) {
            const struct mark *mark = plan->marks[r * columns + c];
            if (mark == NULL || mark_missing(mark))
                continue;
            unit = unit_of(drawing, mark);
            values[m++] = mark->value;
            plan->low[c] = fmin(plan->low[c], mark->value);
            plan->high[c] = fmax(plan->high[c], mark->value);
        }
        unit_scale_choose(values, m, unit, drawing->words->english, &plan->scales[c]);
    }
    for (size_t r = 0; r < names.count; r++) {
        const struct mark *first = plan->marks[r * columns];
        plan->rows[r] = (struct heat_row){.name = names.items[r], .order = r, .key = first == NULL ? NAN : first->value};
    }
    if (!figure->keep_order)
        qsort(plan->rows, names.count, sizeof *plan->rows, row_before);
    return E_OK;
}

/* A mark's label in its column's scale. */
static const char *cell_label(struct drawing *drawing, const struct heatmap_plan *plan, const struct mark *mark, size_t column)
{
    struct unit_scale before = drawing->scale;
    drawing->scale = plan->scales[column];
    const char *label = mark_label(drawing, mark);
    drawing->scale = before;
    return label;
}

/* "农村收入（万元）" */
static const char *head_text(struct drawing *drawing, const struct heatmap_plan *plan, size_t column)
{
    const char *unit = "", *name = plan->columns.items[column];
    for (size_t r = 0; r < plan->count && unit[0] == '\0'; r++) {
        const struct mark *mark = plan->marks[r * plan->columns.count + column];
        if (mark != NULL && unit_of(drawing, mark) != NULL)
            unit = unit_of(drawing, mark);
    }
    size_t size = strlen(name) + strlen(unit) + 48;
    char *text = arena_alloc(drawing->arena, size);
    bool bare = unit[0] == '\0' && plan->scales[column].prefix[0] == '\0';
    size_t length = strlen(name), close = strlen("）");
    if (text != NULL && !bare && length > close && strcmp(name + length - close, "）") == 0)   /* one pair of brackets for both */
        snprintf(text, size, "%.*s，%s%s）", (int)(length - close), name, plan->scales[column].prefix, unit);
    else if (text != NULL)
        snprintf(text, size, bare ? "%s" : drawing->words->english ? "%s (%s%s)" : "%s（%s%s）", name, plan->scales[column].prefix, unit);
    return text;
}

static int heatmap_layout(struct drawing *drawing, double width, double *height, void **result)
{
    struct heatmap_plan *plan = arena_alloc(drawing->arena, sizeof *plan);
    int code = plan == NULL ? out_of_memory(drawing) : heatmap_read(drawing, plan);
    if (code != E_OK)
        return code;
    size_t columns = plan->columns.count;
    double widest = 0;
    plan->heads = arena_alloc(drawing->arena, columns * sizeof *plan->heads);
    plan->head_counts = arena_alloc(drawing->arena, columns * sizeof *plan->head_counts);
    if (plan->heads == NULL || plan->head_counts == NULL)
        return out_of_memory(drawing);
    for (int attempt = 0; attempt < 2; attempt++) {   /* the head's height and the size of the rows depend on each other */
        double room = *height > 0 ? (*height - (attempt == 0 ? 3 * HEAD_LINE : plan->head_height)) / (double)plan->count : ROW_HEIGHT;
        plan->row_height = fmin(ROW_HEIGHT, room);
        if (plan->row_height < ROW_LEAST)
            return error_set(drawing->error, E_DOMAIN, "%zu rows do not fit: the figure would have to be %.0f px higher, or have no height set", plan->count,
                             ceil((ROW_LEAST - plan->row_height) * (double)plan->count));
        plan->size = fmin(SIZE, plan->row_height * 0.78);
        widest = plan->name_width = 0;
        for (size_t r = 0; r < plan->count; r++) {
            struct heat_row *row = &plan->rows[r];
            row->line_count = text_wrap(drawing->text, drawing->arena, row->name, plan->size, false, floor(width * NAME_SHARE), 1, &row->line);
            if (row->line_count > 0)
                plan->name_width = fmax(plan->name_width, text_width(drawing->text, row->line[0], plan->size, false));
            for (size_t c = 0; c < columns && columns <= 60; c++) {
                const struct mark *mark = plan->marks[row->order * columns + c];
                const char *label = mark == NULL ? "" : cell_label(drawing, plan, mark, c);
                if (label == NULL)
                    return out_of_memory(drawing);
                widest = fmax(widest, text_width(drawing->text, label, plan->size, false));
            }
        }
        plan->name_width = shared_need(&drawing->shared, NEED_NAME, plan->name_width) + NAME_GAP;
        plan->cell_width = fmin(CELL_WIDEST, (width - plan->name_width) / (double)columns);
        if (plan->cell_width < CELL_LEAST)
            return error_set(drawing->error, E_DOMAIN, "%zu columns do not fit side by side; choose fewer, or a wider figure", columns);
        plan->numbers = columns <= 60 && widest + 6 <= plan->cell_width;
        plan->head_most = 0;
        double turned = 0;
        plan->turned = false;
        for (size_t c = 0; c < columns; c++) {
            const char *text = head_text(drawing, plan, c);
            if (text == NULL)
                return out_of_memory(drawing);
            plan->head_counts[c] = text_wrap(drawing->text, drawing->arena, text, SIZE - 0.5, false, plan->cell_width - 6, 4, &plan->heads[c]);
            plan->head_most = plan->head_counts[c] > plan->head_most ? plan->head_counts[c] : plan->head_most;
            plan->turned = plan->turned || plan->cell_width < 44 || plan->head_counts[c] > 3;
            turned = fmax(turned, fmin(150, text_width(drawing->text, text, SIZE - 0.5, false)));
        }
        for (size_t c = 0; c < columns && plan->turned; c++)
            plan->head_counts[c] = plan->cell_width < 11 && c % 2 == 1 ? 0 : text_wrap(drawing->text, drawing->arena, head_text(drawing, plan, c), SIZE - 0.5, false, 150, 1, &plan->heads[c]);
        plan->head_height = plan->turned ? turned + 10 : (double)plan->head_most * HEAD_LINE + 6;
    }
    if (*height <= 0)
        *height = plan->head_height + plan->row_height * (double)plan->count;
    *result = plan;
    return E_OK;
}

static int heatmap_draw(struct drawing *drawing, const void *given, struct box panel)
{
    const struct heatmap_plan *plan = given;
    const struct theme *theme = drawing->theme;
    size_t columns = plan->columns.count;
    double left = panel.x + plan->name_width, top = panel.y + plan->head_height;
    for (size_t c = 0; c < columns; c++) {
        double x = left + (double)c * plan->cell_width;
        for (size_t l = 0; l < plan->head_counts[c]; l++) {
            canvas_tag(drawing->canvas, "head", plan->heads[c][l]);
            if (plan->turned)
                canvas_text_turned(drawing->canvas, x + plan->cell_width / 2 + SIZE * 0.36, top - 6, ANCHOR_START, SIZE - 0.5, false, theme->soft, plan->heads[c][l], 90);
            else
                canvas_text(drawing->canvas, x + plan->cell_width / 2, top - 9 - HEAD_LINE * (double)(plan->head_counts[c] - 1 - l), ANCHOR_MIDDLE, SIZE - 0.5, false,
                            theme->soft, plan->heads[c][l]);
        }
    }
    for (size_t r = 0; r < plan->count; r++) {
        const struct heat_row *row = &plan->rows[r];
        double y = top + (double)r * plan->row_height, baseline = y + plan->row_height / 2 + plan->size * 0.36;
        bool out = drawing->whole->highlight_count > 0 && highlighted(drawing, row->name);
        if (row->line_count > 0) {
            canvas_tag(drawing->canvas, "category", row->line[0]);
            canvas_text(drawing->canvas, left - NAME_GAP, baseline, ANCHOR_END, plan->size, out, out ? text_colour(drawing, theme->accent) : theme->ink, row->line[0]);
        }
        for (size_t c = 0; c < columns; c++) {
            const struct mark *mark = plan->marks[row->order * columns + c];
            double x = left + (double)c * plan->cell_width;
            bool missing = mark == NULL || mark_missing(mark);
            double share = missing || plan->high[c] <= plan->low[c] ? 0.5 : (mark->value - plan->low[c]) / (plan->high[c] - plan->low[c]);
            struct colour colour = missing ? theme->paper : theme_ramp(theme, 0.04 + 0.92 * share);
            if (!missing && mark->estimated && !mark->planned)
                colour = colour_mix(theme->paper, colour, 0.45);
            const char *label = mark == NULL ? drawing->words->missing : cell_label(drawing, plan, mark, c);
            struct unit_scale before = drawing->scale;
            drawing->scale = plan->scales[c];
            const char *title = mark == NULL ? NULL : mark_title(drawing, mark);
            drawing->scale = before;
            if (label == NULL)
                return out_of_memory(drawing);
            if (missing) {
                canvas_tag_mark(drawing->canvas, "cell missing", title, mark);
                canvas_framed_rect(drawing->canvas, x + 0.5, y + 0.5, plan->cell_width - 1, plan->row_height - 1, theme->paper, theme->grid, 1, true);
            } else if (mark->planned) {
                canvas_tag_mark(drawing->canvas, "cell planned", title, mark);
                canvas_framed_rect(drawing->canvas, x + 0.5, y + 0.5, plan->cell_width - 1, plan->row_height - 1, theme->paper, colour, 2, false);
            } else {
                canvas_tag_mark(drawing->canvas, mark->estimated ? "cell estimated" : "cell", title, mark);
                canvas_rect(drawing->canvas, x + 0.5, y + 0.5, plan->cell_width - 1, plan->row_height - 1, colour);
            }
            if (plan->numbers && !(mark == NULL && plan->cell_width < 24)) {
                canvas_tag(drawing->canvas, "value", label);
                canvas_text(drawing->canvas, x + plan->cell_width / 2, baseline, ANCHOR_MIDDLE, plan->size, false,
                            missing ? theme->faint : mark->planned ? theme->ink : colour_on(colour), label);
            }
        }
    }
    return E_OK;
}

static const char *heatmap_note(struct drawing *drawing)
{
    return drawing->words->heat_note;
}

const struct chart chart_heatmap = {.layout = heatmap_layout, .draw = heatmap_draw, .note = heatmap_note, .content_height = true, .own_scales = true, .signs = SIGNS_WRITTEN};
