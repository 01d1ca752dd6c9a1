/* strip.c — every value of a group as a dot on its row. Dots that would cover each other move up and down by turns, no
 * further than the row allows; a short line marks the median. */
#include "plots/spread.h"

#include <math.h>

#define RADIUS 4.0
#define LABELS_MOST 60       /* names of a row's dots are tried up to so many */

static int row_draw(struct drawing *drawing, const struct rows *rows, const struct row *row, double middle)
{
    const struct spread *spread = (const struct spread *)(const void *)rows;   /* its first member */
    const struct theme *theme = drawing->theme;
    double factor = drawing->scale.factor, room = row->pitch / 2 - 3, y = floor(middle) + 0.5, radius = row->count > 400 ? 2 : fmin(RADIUS, room);
    struct spread_label *labels = arena_alloc(drawing->arena, (row->count + 1) * sizeof *labels);
    struct obstacles *dots = obstacles_new(drawing, (struct box){row_at(rows, rows->low) - 20, middle - row->pitch / 2, (rows->high - rows->low) * rows->scale + 40, row->pitch});
    struct obstacles *obstacles = obstacles_new(drawing, (struct box){row_at(rows, rows->low) - 4, middle - row->pitch / 2, (rows->high - rows->low) * rows->scale + 12, row->pitch});
    size_t n = 0;
    if (labels == NULL || dots == NULL || obstacles == NULL)
        return out_of_memory(drawing);
    canvas_tag(drawing->canvas, "guide", NULL);
    canvas_rect(drawing->canvas, row_at(rows, rows->low), y - 0.5, (rows->high - rows->low) * rows->scale, 1, theme->grid);
    for (size_t i = 0; i < row->count; i++) {
        const struct mark *mark = spread->marks[row->first + i];
        double x = row_at(rows, mark->value / factor), at = y;
        for (double shift = 0; row->count <= 4000 && shift + radius <= room; shift += radius * 0.75) {
            struct box up = {x - radius, y - shift - radius, 2 * radius, 2 * radius}, down = {x - radius, y + shift - radius, 2 * radius, 2 * radius};
            if (obstacles_allow(dots, up) || obstacles_allow(dots, down)) {
                at = obstacles_allow(dots, up) ? y - shift : y + shift;
                break;
            }
        }
        double arrow = mark->high == INFINITY || mark->low == -INFINITY || mark_is_below(mark) ? 10 : 0;
        if (row->count <= 4000 && (!obstacles_add_box(dots, (struct box){x - radius, at - radius, 2 * radius, 2 * radius}) ||
                                   !obstacles_add_box(obstacles, (struct box){x - radius - arrow, at - radius, 2 * (radius + arrow), 2 * radius})))
            return out_of_memory(drawing);
        labels[n++] = (struct spread_label){mark, {x, at}};
    }
    for (int bright = 0; bright < 2; bright++)
        for (size_t i = 0; i < n; i++) {
            const struct mark *mark = labels[i].mark;
            bool out = drawing->whole->highlight_count > 0 && highlighted(drawing, mark->label);
            if (out != (bright == 1))
                continue;
            struct point at = labels[i].at;
            struct colour colour = drawing->whole->highlight_count == 0 ? colour_mix(theme->paper, series_colour(drawing, 0), 0.75) : out ? theme->accent : theme->muted;
            if (mark_is_range(mark) && !obstacles_add_segment(obstacles, (struct point){row_at(rows, mark->low / factor), at.y}, (struct point){row_at(rows, mark->high / factor), at.y}))
                return out_of_memory(drawing);
            if (mark_is_range(mark))
                glyph_whisker(drawing, (struct point){row_at(rows, mark->low / factor), at.y}, (struct point){row_at(rows, mark->high / factor), at.y}, 7, colour);
            if (mark->high == INFINITY)
                glyph_arrow(drawing, (struct point){at.x + radius, at.y}, 1, 0, 9, colour);
            if (mark_is_below(mark) || mark->low == -INFINITY)
                glyph_arrow(drawing, (struct point){at.x - radius, at.y}, -1, 0, 9, colour);
            glyph_dot(drawing, mark, at, out ? radius + 1 : radius, colour);
        }
    if (row->count > 2) {
        double x = row_at(rows, spread->summaries[row->order].median / factor);
        canvas_tag(drawing->canvas, "median", row->name);
        canvas_rect(drawing->canvas, x - 1, y - fmin(room, 12), 2, 2 * fmin(room, 12), theme->ink);
        if (!obstacles_add_box(obstacles, (struct box){x - 1, y - fmin(room, 12), 2, 2 * fmin(room, 12)}))
            return out_of_memory(drawing);
    }
    /* the ends first: they are what a reader asks about */
    for (size_t i = 1; i + 1 < n; i += 2) {
        struct spread_label swap = labels[i];
        labels[i] = labels[n - 1 - i / 2];
        labels[n - 1 - i / 2] = swap;
    }
    if (n > LABELS_MOST && drawing->whole->highlight_count == 0)
        drawing->labels_left_out = true;
    return spread_labels(drawing, labels, n > LABELS_MOST && drawing->whole->highlight_count == 0 ? 2 : n, obstacles, radius);
}

static const struct row_style STYLE = {
    .what = "rows", .named = true, .thickest = 30, .sub_least = 22, .key_of = spread_key, .measure = spread_measure, .draw = row_draw,
};

static int strip_layout(struct drawing *drawing, double width, double *height, void **result)
{
    struct spread *spread = arena_alloc(drawing->arena, sizeof *spread);
    int code = spread == NULL ? out_of_memory(drawing) : spread_read(drawing, spread);
    if (code == E_OK && *height <= 0)
        spread->rows.pitch_least = 54;   /* room for dots on top of each other, and for names */
    for (size_t k = 0; code == E_OK && k < spread->rows.count; k++)   /* room for whiskers and arrows */
        for (size_t i = 0; i < spread->rows.rows[k].count; i++) {
            struct row_ink *ink = &spread->rows.rows[k].inks[0];
            const struct mark *mark = spread->marks[spread->rows.rows[k].first + i];
            double low, high;
            if (mark->low == mark->high || !mark_extent(drawing, mark, &low, &high))
                continue;
            ink->from = fmin(ink->from, low);
            ink->to = fmax(ink->to, high);
            ink->left = mark->low == -INFINITY || mark_is_below(mark) ? 18 : ink->left;
            ink->right = mark->high == INFINITY ? 18 : ink->right;
        }
    if (code == E_OK)
        code = rows_layout(drawing, &spread->rows, &STYLE, width, height);
    *result = spread;
    return code;
}

static int strip_draw(struct drawing *drawing, const void *given, struct box panel)
{
    struct spread spread = *(const struct spread *)given;
    return rows_draw(drawing, &spread.rows, &STYLE, panel);
}

static const char *strip_note(struct drawing *drawing)
{
    return drawing->words->strip_note;
}

const struct chart chart_strip = {.layout = strip_layout, .draw = strip_draw, .note = strip_note, .content_height = true};
