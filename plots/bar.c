/* bar.c — horizontal bars: the category left of the common zero line, the value behind the bar.
 *
 * Lengths start at zero, always. Several series of a category stand below one another (grouped), end to end (stacked) or
 * end to end as shares of their sum (percent). A stack is a sum: it refuses negative parts, and its total carries the
 * bounds of its parts on. */
#include "plots/rows.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define VALUE_GAP 6.0
#define SUB_LEAST 9.0        /* px of one bar in a group */

static bool stacked(const struct drawing *drawing)
{
    return drawing->figure->arrangement != FIGURE_GROUPED;
}

static double key_of(struct drawing *drawing, const struct row *row)
{
    size_t n = drawing->series.count;
    double sum = stack_sum(row->marks, n).value;
    if (!stacked(drawing))
        return stack_mean(row->marks, n);   /* a row without one of its bars is not a smaller one */
    if (drawing->figure->arrangement == FIGURE_STACKED)
        return sum;
    /* shares are sorted by the first part, which starts at the common line */
    const struct mark *first = row->marks[0];
    if (!stack_complete(row->marks, n) && sum > 0)
        return -INFINITY;   /* shares of what happens to be known: last */
    return first == NULL || mark_missing(first) || sum == 0 ? sum == 0 ? 0 : NAN : first->value / sum;
}

/* What a stack is without, with some room before it. */
static const char *parts_missing(struct drawing *drawing, const struct rows *rows, const struct row *row)
{
    const char *missing = stack_missing(drawing, row->marks, rows->series_count);
    size_t size = missing == NULL ? 0 : strlen(missing) + 4;
    char *text = size == 0 ? NULL : arena_alloc(drawing->arena, size);
    if (text != NULL)
        snprintf(text, size, "%s%s", missing[0] == '\0' ? "" : drawing->words->english ? " " : "　", missing);
    return text;
}

/* How a value is written: in full for a single series, small in a group. */
static double value_size(const struct rows *rows)
{
    double sub = rows->thickness / (double)rows->series_count;
    return rows->series_count == 1 ? rows->size : fmin(rows->size - 1, sub * 0.95);
}

static void ink_of(struct drawing *drawing, const struct rows *rows, const struct mark *mark, const char *label, struct row_ink *ink)
{
    double low = 0, high = 0, width = text_width(drawing->text, label, value_size(rows), false) + VALUE_GAP;
    bool backwards = !mark_missing(mark) && mark->value < 0;
    mark_extent(drawing, mark, &low, &high);
    *ink = (struct row_ink){.from = fmin(0, low), .to = fmax(0, high)};
    if (mark->low == -INFINITY && backwards)
        ink->left += ARROW;
    if (!mark_missing(mark) && mark->high == INFINITY)
        ink->right += ARROW;
    if (backwards)
        ink->left += width;
    else
        ink->right += width;
}

static int measure(struct drawing *drawing, struct rows *rows, struct row *row)
{
    const char *missing = stacked(drawing) ? parts_missing(drawing, rows, row) : "";
    if (missing == NULL)
        return out_of_memory(drawing);
    if (drawing->figure->arrangement == FIGURE_PERCENT) {
        row->inks[row->ink_count++] = (struct row_ink){.from = 0, .to = 100, .right = 4 + text_width(drawing->text, missing, rows->size - 1, false)};
        return E_OK;
    }
    if (stacked(drawing)) {
        struct mark sum = stack_sum(row->marks, rows->series_count);
        const char *label = mark_label(drawing, &sum);
        if (label == NULL)
            return out_of_memory(drawing);
        ink_of(drawing, rows, &sum, label, &row->inks[row->ink_count++]);
        row->inks[0].right = ARROW + VALUE_GAP + text_width(drawing->text, label, rows->size, false) + text_width(drawing->text, missing, rows->size - 1, false);
        return E_OK;
    }
    for (size_t s = 0; s < rows->series_count; s++) {
        const char *label = row->marks[s] == NULL ? NULL : mark_label(drawing, row->marks[s]);
        if (row->marks[s] == NULL)
            continue;
        if (label == NULL)
            return out_of_memory(drawing);
        ink_of(drawing, rows, row->marks[s], label, &row->inks[row->ink_count++]);
    }
    return E_OK;
}

/* ---- drawing ---- */

/* One bar with its signs and value; thickness and middle in px. */
static int bar_one(struct drawing *drawing, const struct rows *rows, const struct mark *mark, double middle, double thickness)
{
    const struct theme *theme = drawing->theme;
    double factor = drawing->scale.factor, top = floor(middle - thickness / 2), size = value_size(rows), zero = row_at(rows, 0);
    const char *label = mark_label(drawing, mark), *title = mark_title(drawing, mark);
    struct colour colour = mark_colour(drawing, mark);
    if (label == NULL || title == NULL)
        return out_of_memory(drawing);
    if (mark_missing(mark)) {
        canvas_tag_mark(drawing->canvas, "missing", title, mark);
        canvas_text(drawing->canvas, zero + VALUE_GAP, middle + size * 0.36, ANCHOR_START, size, false, theme->faint, label);
        return E_OK;
    }
    double end = row_at(rows, mark->value / factor), left = fmin(zero, end), length = fabs(end - zero), line = top + thickness / 2;
    bool below = mark_is_below(mark), backwards = mark->value < 0;
    glyph_bar(drawing, mark, (struct box){left, top, length, thickness}, colour);
    double reach_right = fmax(end, zero), reach_left = left;
    if (mark_is_range(mark)) {
        double from = row_at(rows, mark->low / factor), to = row_at(rows, mark->high / factor);
        glyph_whisker(drawing, (struct point){from, line}, (struct point){to, line}, fmin(10, thickness * 0.55), theme->ink);
        reach_right = fmax(reach_right, to);
        reach_left = fmin(reach_left, from);
    }
    if (mark->high == INFINITY) {
        glyph_arrow(drawing, (struct point){end + (backwards ? 2 : 1.5), line}, 1, 0, ARROW - 2.5, backwards ? theme->ink : colour);
        reach_right = fmax(reach_right, end + ARROW);
    }
    if (below && !backwards && length >= 2 * ARROW) {
        glyph_arrow(drawing, (struct point){end - 4, line}, -1, 0, ARROW - 2.5, colour);
    } else if (mark->low == -INFINITY && backwards) {
        glyph_arrow(drawing, (struct point){end - 1.5, line}, -1, 0, ARROW - 2.5, colour);
        reach_left = fmin(reach_left, end - ARROW);
    }
    row_label(drawing, "value", backwards ? reach_left - VALUE_GAP : reach_right + VALUE_GAP, middle, backwards ? ANCHOR_END : ANCHOR_START,
              size, theme->ink, label);
    return E_OK;
}

/* The parts end to end; each is labelled where its label fits in it. */
static int stack_draw(struct drawing *drawing, const struct rows *rows, const struct row *row, double middle)
{
    const struct theme *theme = drawing->theme;
    bool percent = drawing->figure->arrangement == FIGURE_PERCENT;
    struct mark sum = stack_sum(row->marks, rows->series_count);
    double factor = drawing->scale.factor, top = floor(middle - rows->thickness / 2), at = 0, size = fmin(rows->size - 1, rows->thickness * 0.8);
    double whole = percent ? sum.value / 100 : factor;   /* what one unit of the axis is */
    const char *total = mark_label(drawing, &sum);
    if (total == NULL)
        return out_of_memory(drawing);
    for (size_t s = 0; s < rows->series_count; s++) {
        const struct mark *mark = row->marks[s];
        if (mark == NULL || mark_missing(mark) || !(whole > 0))
            continue;
        double from = row_at(rows, at), to = row_at(rows, at + mark->value / whole);
        struct colour colour = mark_colour(drawing, mark);
        const char *title = mark_title(drawing, mark), *label = percent ? stack_share(drawing, row->marks, rows->series_count, s) : mark_label(drawing, mark);
        if (title == NULL || label == NULL)
            return out_of_memory(drawing);
        /* a thin line of paper parts neighbours, but never hides a small part */
        glyph_bar(drawing, mark, (struct box){from, top, fmax(0, to - from - (to - from > 3 ? 1 : 0)), rows->thickness}, colour);
        if (text_width(drawing->text, label, size, false) + 8 <= to - from && rows->thickness >= size * 1.1) {
            canvas_tag(drawing->canvas, "part", label);
            canvas_text(drawing->canvas, (from + to) / 2, middle + size * 0.36, ANCHOR_MIDDLE, size, false,
                        mark->planned ? theme->ink : colour_on(mark->estimated ? colour_mix(theme->paper, colour, 0.45) : colour), label);
        }
        at += mark->value / whole;
    }
    double end = row_at(rows, at) + 2;
    const char *missing = parts_missing(drawing, rows, row);
    if (missing == NULL)
        return out_of_memory(drawing);
    if (percent && !mark_missing(&sum)) {
        if (missing[0] != '\0')
            row_label(drawing, "missing", end, middle, ANCHOR_START, rows->size - 1, theme->faint, missing);
        return E_OK;
    }
    if (sum.high == INFINITY) {
        glyph_arrow(drawing, (struct point){end, middle}, 1, 0, ARROW - 2.5, theme->ink);
        end += ARROW;
    } else if (mark_is_range(&sum)) {
        double high = row_at(rows, sum.high / factor);
        glyph_whisker(drawing, (struct point){row_at(rows, sum.low / factor), middle}, (struct point){high, middle}, fmin(10, rows->thickness * 0.55), theme->ink);
        end = fmax(end, high);
    }
    row_label(drawing, mark_missing(&sum) ? "missing" : "value", end + VALUE_GAP, middle, ANCHOR_START, rows->size,
              mark_missing(&sum) ? theme->faint : theme->ink, total);
    if (missing[0] != '\0')
        row_label(drawing, "missing", end + VALUE_GAP + text_width(drawing->text, total, rows->size, false), middle, ANCHOR_START, rows->size - 1,
                  theme->faint, missing);
    return E_OK;
}

static int row_draw(struct drawing *drawing, const struct rows *rows, const struct row *row, double middle)
{
    if (stacked(drawing))
        return stack_draw(drawing, rows, row, middle);
    double each = rows->thickness / (double)rows->series_count, y = middle - rows->thickness / 2 + each / 2;
    int code = E_OK;
    for (size_t s = 0; s < rows->series_count && code == E_OK; s++, y += each)
        if (row->marks[s] != NULL)
            code = bar_one(drawing, rows, row->marks[s], y, rows->series_count > 1 ? fmax(2, each - 1) : each);
    return code;
}

static struct row_style style_of(const struct drawing *drawing)
{
    return (struct row_style){
        .what = "bars", .zero = true, .key = true, .named = true, .thickest = 28,
        .sub_least = stacked(drawing) || drawing->series.count == 1 ? 0 : SUB_LEAST,
        .key_of = key_of, .measure = measure, .draw = row_draw,
    };
}

static int bar_layout(struct drawing *drawing, double width, double *height, void **result)
{
    struct rows *rows = arena_alloc(drawing->arena, sizeof *rows);
    struct row_style style = style_of(drawing);
    if (rows == NULL)
        return out_of_memory(drawing);
    int code = stack_check(drawing);
    if (code == E_OK)
        code = rows_by_label(drawing, rows);
    if (code == E_OK)
        code = rows_layout(drawing, rows, &style, width, height);
    *result = rows;
    return code;
}

static int bar_draw(struct drawing *drawing, const void *given, struct box panel)
{
    struct rows rows = *(const struct rows *)given;
    struct row_style style = style_of(drawing);
    return rows_draw(drawing, &rows, &style, panel);
}

const struct chart chart_bar = {.layout = bar_layout, .draw = bar_draw, .content_height = true, .percent = true};
