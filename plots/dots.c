/* dots.c — see dots.h. */
#include "plots/dots.h"

#include <math.h>

#define RADIUS 5.5
#define GAP 10.0             /* from a dot's centre to its label */
#define NAME_ROOM 9.0        /* between the name of a row and the value at its left end */

static double key_of(struct drawing *drawing, const struct row *row)
{
    for (size_t s = drawing->series.count; s-- > 0;)   /* the last stage counts */
        if (row->marks[s] != NULL && !mark_missing(row->marks[s]))
            return row->marks[s]->value;
    return NAN;
}

static double radius_of(const struct rows *rows)
{
    return fmin(RADIUS, fmax(2.5, rows->rows[0].pitch > 0 ? rows->rows[0].pitch * 0.24 : rows->size * 0.42));
}

/* The outermost dots of a row, which carry the labels; false when all are missing. */
static bool ends_of(const struct row *row, size_t series, const struct mark **least, const struct mark **most)
{
    *least = *most = NULL;
    for (size_t s = 0; s < series; s++) {
        const struct mark *mark = row->marks[s];
        if (mark == NULL || mark_missing(mark))
            continue;
        if (*least == NULL || mark->value < (*least)->value)
            *least = mark;
        if (*most == NULL || mark->value > (*most)->value)
            *most = mark;
    }
    return *least != NULL;
}

static int measure(struct drawing *drawing, struct rows *rows, struct row *row)
{
    const struct mark *least, *most;
    double low, high;
    if (!ends_of(row, rows->series_count, &least, &most)) {
        row->inks[row->ink_count++] = (struct row_ink){.from = NAN, .to = NAN, .right = 30};
        return E_OK;
    }
    const char *left = mark_label(drawing, least), *right = mark_label(drawing, most), *missing = stack_missing(drawing, row->marks, rows->series_count);
    if (left == NULL || right == NULL || missing == NULL)
        return out_of_memory(drawing);
    double lack = missing[0] == '\0' ? 0 : text_width(drawing->text, missing, rows->size - 1, false) + 8;
    for (size_t s = 0; s < rows->series_count; s++)
        if (row->marks[s] != NULL && mark_extent(drawing, row->marks[s], &low, &high))
            row->inks[row->ink_count++] = (struct row_ink){
                .from = low, .to = high,
                .left = (row->marks[s] == least && least != most ? text_width(drawing->text, left, rows->size - 1, false) + NAME_ROOM : 0) + GAP + (row->marks[s]->low == -INFINITY ? ARROW : 0),
                .right = (row->marks[s] == most ? text_width(drawing->text, right, rows->size - 1, false) + lack : 0) + GAP + (row->marks[s]->high == INFINITY ? ARROW : 0),
            };
    return E_OK;
}

static void dot_draw(struct drawing *drawing, const struct rows *rows, const struct mark *mark, double y, double *reach_left, double *reach_right)
{
    double factor = drawing->scale.factor, x = row_at(rows, mark->value / factor), radius = radius_of(rows);
    struct colour colour = mark_colour(drawing, mark);
    if (mark_is_range(mark)) {
        double low = row_at(rows, mark->low / factor), high = row_at(rows, mark->high / factor);
        glyph_whisker(drawing, (struct point){low, y}, (struct point){high, y}, 9, drawing->theme->ink);
        *reach_left = fmin(*reach_left, low);
        *reach_right = fmax(*reach_right, high);
    }
    if (mark->high == INFINITY) {
        glyph_arrow(drawing, (struct point){x + radius, y}, 1, 0, ARROW - 2.5, colour);
        *reach_right = fmax(*reach_right, x + ARROW);
    }
    if (mark->low == -INFINITY || mark_is_below(mark)) {
        glyph_arrow(drawing, (struct point){x - radius, y}, -1, 0, ARROW - 2.5, colour);
        *reach_left = fmin(*reach_left, x - ARROW);
    }
    glyph_dot(drawing, mark, (struct point){x, y}, radius, colour);
    *reach_left = fmin(*reach_left, x);
    *reach_right = fmax(*reach_right, x);
}

static int row_dots(struct drawing *drawing, const struct rows *rows, const struct row *row, double middle, enum dots_join join)
{
    const struct mark *least, *most;
    const struct theme *theme = drawing->theme;
    double factor = drawing->scale.factor, left = INFINITY, right = -INFINITY, size = rows->size - 1, y = floor(middle) + 0.5;
    if (!ends_of(row, rows->series_count, &least, &most)) {
        const struct mark *mark = NULL;
        for (size_t s = 0; s < rows->series_count && mark == NULL; s++)
            mark = row->marks[s];
        canvas_tag_mark(drawing->canvas, "missing", mark == NULL ? NULL : mark_title(drawing, mark), mark);
        canvas_text(drawing->canvas, row_at(rows, rows->low) + 6, middle + size * 0.36, ANCHOR_START, size, false, theme->faint, drawing->words->missing);
        return E_OK;
    }
    const char *left_label = mark_label(drawing, least), *right_label = mark_label(drawing, most);
    if (left_label == NULL || right_label == NULL)
        return out_of_memory(drawing);
    if (join == DOTS_ALONE) {
        canvas_tag(drawing->canvas, "guide", NULL);
        canvas_rect(drawing->canvas, row_at(rows, rows->low), y - 0.5, fmax(0, row_at(rows, most->value / factor) - row_at(rows, rows->low)), 1, theme->grid);
    } else if (join == DOTS_STEM) {
        double zero = row_at(rows, 0), end = row_at(rows, most->value / factor);
        canvas_tag(drawing->canvas, "stem", NULL);
        canvas_rect(drawing->canvas, fmin(zero, end), y - 1, fabs(end - zero), 2, mark_colour(drawing, most));
    } else if (least != most) {
        canvas_tag(drawing->canvas, "span", row->name);
        canvas_rect(drawing->canvas, row_at(rows, least->value / factor), y - 1.25, row_at(rows, most->value / factor) - row_at(rows, least->value / factor),
                    2.5, drawing->whole->highlight_count > 0 && highlighted(drawing, row->name) ? theme->accent : theme->muted);
    }
    for (size_t s = 0; s < rows->series_count; s++)
        if (row->marks[s] != NULL && !mark_missing(row->marks[s]))
            dot_draw(drawing, rows, row->marks[s], y, &left, &right);
    const char *missing = stack_missing(drawing, row->marks, rows->series_count);
    if (missing == NULL)
        return out_of_memory(drawing);
    bool backwards = join == DOTS_STEM && most->value < 0;
    if (least != most || backwards)
        row_label(drawing, "value", left - GAP, middle, ANCHOR_END, size, theme->ink, left_label);
    if (!backwards)
        row_label(drawing, "value", right + GAP, middle, ANCHOR_START, size, theme->ink, right_label);
    if (missing[0] != '\0')
        row_label(drawing, "missing", right + GAP + (backwards ? 0 : text_width(drawing->text, right_label, size, false) + 8), middle, ANCHOR_START, size, theme->faint, missing);
    return E_OK;
}

#define ROW_DRAW(name, join)                                                                                              \
    static int name(struct drawing *drawing, const struct rows *rows, const struct row *row, double middle)               \
    {                                                                                                                     \
        return row_dots(drawing, rows, row, middle, join);                                                                \
    }
ROW_DRAW(draw_alone, DOTS_ALONE)
ROW_DRAW(draw_stem, DOTS_STEM)
ROW_DRAW(draw_span, DOTS_SPAN)

static struct row_style style_of(enum dots_join join)
{
    return (struct row_style){
        .what = "rows", .zero = join == DOTS_STEM, .key = true, .named = true, .thickest = 12, .key_of = key_of, .measure = measure,
        .draw = join == DOTS_ALONE ? draw_alone : join == DOTS_STEM ? draw_stem : draw_span,
    };
}

int dots_layout(struct drawing *drawing, enum dots_join join, double width, double *height, void **result)
{
    struct rows *rows = arena_alloc(drawing->arena, sizeof *rows);
    struct row_style style = style_of(join);
    int code = rows == NULL ? out_of_memory(drawing) : rows_by_label(drawing, rows);
    if (code == E_OK)
        code = rows_layout(drawing, rows, &style, width, height);
    *result = rows;
    return code;
}

int dots_draw(struct drawing *drawing, enum dots_join join, const void *given, struct box panel)
{
    struct rows rows = *(const struct rows *)given;
    struct row_style style = style_of(join);
    return rows_draw(drawing, &rows, &style, panel);
}
