/* box.c — box plots, one row a group: quartiles (type 7), median, whiskers to the last value within 1.5 interquartile ranges
 * of the box (Tukey 1977), the values beyond as dots with their names. A group of fewer than five values is drawn as the
 * dots that it is. */
#include "plots/spread.h"

#include <math.h>

#define BOX_LEAST 5
#define RADIUS 3.2

static int row_draw(struct drawing *drawing, const struct rows *rows, const struct row *row, double middle)
{
    const struct spread *spread = (const struct spread *)(const void *)rows;   /* its first member */
    const struct summary *s = &spread->summaries[row->order];
    const struct theme *theme = drawing->theme;
    double factor = drawing->scale.factor, half = fmin(14, row->pitch * 0.32), fence = 1.5 * (s->q3 - s->q1), y = floor(middle) + 0.5;
    struct colour colour = drawing->whole->highlight_count > 0 ? highlighted(drawing, row->name) ? theme->accent : theme->muted : series_colour(drawing, 0);
    struct spread_label *labels = arena_alloc(drawing->arena, (row->count + 1) * sizeof *labels);
    struct obstacles *obstacles = obstacles_new(drawing, (struct box){row_at(rows, rows->low) - 4, middle - row->pitch / 2, (rows->high - rows->low) * rows->scale + 12, row->pitch});
    size_t n = 0;
    if (labels == NULL || obstacles == NULL)
        return out_of_memory(drawing);
    bool boxed = row->count >= BOX_LEAST;
    if (boxed) {
        double low = s->q1, high = s->q3;
        for (size_t i = 0; i < row->count; i++) {
            double value = spread->marks[row->first + i]->value;
            if (value >= s->q1 - fence)
                low = fmin(low, value);
            if (value <= s->q3 + fence)
                high = fmax(high, value);
        }
        double left = row_at(rows, s->q1 / factor), right = row_at(rows, s->q3 / factor), whisker_low = row_at(rows, low / factor), whisker_high = row_at(rows, high / factor);
        canvas_tag(drawing->canvas, "whisker", NULL);
        canvas_rect(drawing->canvas, whisker_low, y - 0.75, whisker_high - whisker_low, 1.5, colour);
        canvas_rect(drawing->canvas, whisker_low - 0.75, y - half / 2, 1.5, half, colour);
        canvas_rect(drawing->canvas, whisker_high - 0.75, y - half / 2, 1.5, half, colour);
        const struct mark *group = mark_of_many(drawing, row->name, spread->marks + row->first, row->count);
        if (group == NULL)
            return out_of_memory(drawing);
        canvas_tag_mark(drawing->canvas, "box", row->name, group);
        canvas_framed_rect(drawing->canvas, left, y - half, fmax(1, right - left), 2 * half, colour_mix(theme->paper, colour, 0.3), colour, 1.5, false);
        canvas_tag(drawing->canvas, "median", row->name);
        canvas_rect(drawing->canvas, row_at(rows, s->median / factor) - 1.25, y - half, 2.5, 2 * half, text_colour(drawing, colour));
        if (!obstacles_add_box(obstacles, (struct box){whisker_low, y - half, whisker_high - whisker_low, 2 * half}))
            return out_of_memory(drawing);
    }
    for (size_t i = 0; i < row->count; i++) {
        const struct mark *mark = spread->marks[row->first + i];
        bool out = drawing->whole->highlight_count > 0 && highlighted(drawing, mark->label);
        if (boxed && !out && mark->value >= s->q1 - fence && mark->value <= s->q3 + fence)
            continue;
        struct point at = {row_at(rows, mark->value / factor), y};
        glyph_dot(drawing, mark, at, RADIUS, out ? theme->accent : colour);
        labels[n++] = (struct spread_label){mark, at};
        if (!obstacles_add_box(obstacles, (struct box){at.x - RADIUS, at.y - RADIUS, 2 * RADIUS, 2 * RADIUS}))
            return out_of_memory(drawing);
    }
    if (row->count == 0) {
        canvas_tag(drawing->canvas, "missing", row->name);
        canvas_text(drawing->canvas, row_at(rows, rows->low) + 6, middle + rows->size * 0.36, ANCHOR_START, rows->size, false, theme->faint, drawing->words->missing);
    }
    return spread_labels(drawing, labels, n, obstacles, RADIUS);
}

static const struct row_style STYLE = {
    .what = "boxes", .named = true, .thickest = 30, .sub_least = 24, .key_of = spread_key, .measure = spread_measure, .draw = row_draw,
};

static int box_layout(struct drawing *drawing, double width, double *height, void **result)
{
    struct spread *spread = arena_alloc(drawing->arena, sizeof *spread);
    int code = spread == NULL ? out_of_memory(drawing) : spread_read(drawing, spread);
    if (code == E_OK)
        code = rows_layout(drawing, &spread->rows, &STYLE, width, height);
    *result = spread;
    return code;
}

static int box_draw(struct drawing *drawing, const void *given, struct box panel)
{
    struct spread spread = *(const struct spread *)given;
    return rows_draw(drawing, &spread.rows, &STYLE, panel);
}

static const char *box_note(struct drawing *drawing)
{
    return drawing->words->box_note;
}

const struct chart chart_box = {.layout = box_layout, .draw = box_draw, .note = box_note, .content_height = true, .signs = SIGNS_COUNTED};
