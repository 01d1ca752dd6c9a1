/* bar.c — horizontal bars: the category left of the common zero line, the value behind the bar.
 *
 * Lengths start at zero, always. The scale is the largest at which every value label still fits in the panel, so that no
 * label is clipped however long it is. Categories are wrapped to two lines, then cut with "…". */
#include "plots/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LABEL_SHARE 0.36     /* of the panel's width that categories may take */
#define LABEL_GAP 9.0
#define VALUE_GAP 6.0
#define ARROW 15.0           /* room for an arrow outside a bar */
#define AXIS_HEIGHT 22.0
#define AXIS_REPEAT 40       /* above so many rows the axis stands below them too */
#define PITCH_LEAST 11.0
#define LINE_HEIGHT 1.22

struct row {
    const struct mark *mark;
    const char *const *lines;
    size_t line_count, order;
    const char *value, *title;
    double value_width, pitch;
    double from, to;         /* the ends of what is drawn, in the scaled unit; from <= 0 <= to */
    struct colour colour;
};

struct bar_plan {
    struct row *rows;
    size_t count;
    double size, thickness;  /* of labels; of bars */
    double label_width;      /* the column of categories */
    double left, scale;      /* px from the column to the zero line; px per scaled unit */
    double data_low, data_high;
    bool repeat_axis;
};

static int row_before(const void *a, const void *b)
{
    const struct row *p = a, *q = b;
    if (mark_missing(p->mark) != mark_missing(q->mark))
        return mark_missing(p->mark) ? 1 : -1;
    if (!mark_missing(p->mark) && p->mark->value != q->mark->value)
        return p->mark->value > q->mark->value ? -1 : 1;
    return p->order < q->order ? -1 : p->order > q->order;
}

static bool points_left(const struct row *row)
{
    return !mark_missing(row->mark) && row->mark->value < 0;
}

/* Room that a row needs on one side of the zero line at a scale. */
static double side_left(const struct row *row, double scale)
{
    double ink = -row->from * scale;
    if (row->mark->low == -INFINITY && points_left(row))
        ink += ARROW;
    return points_left(row) ? ink + VALUE_GAP + row->value_width : ink;
}
static double side_right(const struct row *row, double scale)
{
    double ink = row->to * scale;
    if (!mark_missing(row->mark) && row->mark->high == INFINITY)
        ink += ARROW;
    return points_left(row) ? ink : ink + VALUE_GAP + row->value_width;
}

static void sides(const struct bar_plan *plan, double scale, double *left, double *right)
{
    *left = *right = 0;
    for (size_t i = 0; i < plan->count; i++) {
        *left = fmax(*left, side_left(&plan->rows[i], scale));
        *right = fmax(*right, side_right(&plan->rows[i], scale));
    }
}

/* The largest scale at which both sides fit in width: bisection, as the need grows with the scale. */
static void plan_fit(struct bar_plan *plan, double width)
{
    double low = 0, high, left, right;
    double span = plan->data_high - plan->data_low;
    high = span > 0 && isfinite(width / span) ? width / span : 0;
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        sides(plan, middle, &left, &right);
        if (left + right <= width)
            low = middle;
        else
            high = middle;
    }
    plan->scale = low;
    sides(plan, low, &plan->left, &right);
}

/* Colours by series in order of appearance; names of series are few, those beyond the palette repeat it. */
static void rows_colour(struct drawing *drawing, struct row *rows, size_t count)
{
    const char *names[PALETTE_SIZE] = {0};
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        size_t k = 0;
        const char *series = rows[i].mark->series != NULL ? rows[i].mark->series : "";
        while (k < known && strcmp(names[k], series) != 0)
            k++;
        if (k == known && known < PALETTE_SIZE)
            names[known++] = series;
        rows[i].colour = drawing->theme->palette[k % PALETTE_SIZE];
    }
}

static const char *category(struct drawing *drawing, const struct mark *mark)
{
    const char *label = mark->label != NULL ? mark->label : "", *series = mark->series;
    if (series == NULL)
        return label;
    char *text = arena_alloc(drawing->arena, strlen(label) + strlen(series) + sizeof " · ");
    if (text != NULL) {
        strcpy(text, label);
        if (label[0] != '\0')
            strcat(text, " · ");
        strcat(text, series);
    }
    return text;
}

/* Wraps a category; two lines are brought to about the same length ("松桃苗族 自治县", not "松桃苗族自治 县"). */
static size_t category_wrap(struct drawing *drawing, const struct bar_plan *plan, const char *name, double cap, size_t most,
                            const char *const **lines)
{
    size_t n = text_wrap(drawing->text, drawing->arena, name, plan->size, false, cap, most, lines);
    double whole = n == 2 ? text_width(drawing->text, name, plan->size, false) : INFINITY;
    for (double width = whole / 2; width < cap && whole < 2 * cap; width += plan->size / 2) {
        const char *const *narrow;
        size_t m = text_wrap(drawing->text, drawing->arena, name, plan->size, false, width, 3, &narrow);
        if (m == 2) {
            *lines = narrow;
            break;
        }
    }
    return n;
}

static int rows_read(struct drawing *drawing, struct bar_plan *plan, double width, size_t most_lines)
{
    const struct figure *figure = drawing->figure;
    double cap = floor(width * LABEL_SHARE);
    for (size_t i = 0; i < plan->count; i++) {
        struct row *row = &plan->rows[i];
        const struct mark *mark = row->mark;
        const char *name = category(drawing, mark);
        row->value = mark_label(drawing, mark);
        row->title = mark_title(drawing, mark);
        if (name == NULL || row->value == NULL || row->title == NULL)
            return error_set(drawing->error, E_MEMORY, "drawing bars: out of memory");
        row->line_count = category_wrap(drawing, plan, name, cap, most_lines, &row->lines);
        for (size_t k = 0; k < row->line_count; k++)
            plan->label_width = fmax(plan->label_width, text_width(drawing->text, row->lines[k], plan->size, false));
        row->value_width = text_width(drawing->text, row->value, plan->size, false);
        if (!mark_missing(mark)) {
            double factor = drawing->scale.factor;
            row->to = fmax(0, fmax(mark->value, isfinite(mark->high) ? mark->high : 0)) / factor;
            row->from = fmin(0, fmin(mark->value, isfinite(mark->low) ? mark->low : 0)) / factor;
            plan->data_high = fmax(plan->data_high, row->to);
            plan->data_low = fmin(plan->data_low, row->from);
        }
    }
    if (!figure->keep_order)
        qsort(plan->rows, plan->count, sizeof *plan->rows, row_before);
    return E_OK;
}

static int bar_layout(struct drawing *drawing, double width, double *height, void **result)
{
    const struct figure *figure = drawing->figure;
    size_t n = figure->mark_count, most_lines = 2;
    struct bar_plan *plan = arena_alloc(drawing->arena, sizeof *plan);
    struct row *rows = plan == NULL ? NULL : arena_alloc(drawing->arena, n * sizeof *rows);
    if (rows == NULL)
        return error_set(drawing->error, E_MEMORY, "drawing bars: out of memory");
    plan->rows = rows;
    plan->count = n;
    plan->repeat_axis = n > AXIS_REPEAT;
    double axes = AXIS_HEIGHT * (plan->repeat_axis ? 2 : 1);
    double pitch = n <= 6 ? 40 : n <= 15 ? 33 : n <= AXIS_REPEAT ? 27 : 22;
    if (*height > 0) {
        pitch = fmin(44, (*height - axes) / (double)n);
        if (pitch < PITCH_LEAST)
            return error_set(drawing->error, E_DOMAIN, "%zu bars do not fit: the figure would have to be %.0f px higher, or have no height set",
                             n, ceil(PITCH_LEAST * (double)n + axes - *height));
    }
    plan->size = pitch >= 33 ? 14 : pitch >= 26 ? 13.5 : fmax(9, fmin(12.5, pitch * 0.62));
    plan->thickness = floor(pitch * (pitch >= 30 ? 0.64 : 0.68));
    if (*height > 0 && pitch < 2 * plan->size * LINE_HEIGHT)
        most_lines = 1;
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct row){.mark = &figure->marks[i], .order = i};
    rows_colour(drawing, rows, n);
    int code = rows_read(drawing, plan, width, most_lines);
    if (code != E_OK)
        return code;
    double total = axes;
    for (size_t i = 0; i < n; i++) {
        rows[i].pitch = pitch;
        if (*height <= 0)
            rows[i].pitch = fmax(pitch, ceil((double)rows[i].line_count * plan->size * LINE_HEIGHT + 7));
        total += rows[i].pitch;
    }
    plan->label_width = ceil(plan->label_width) + (plan->label_width > 0 ? LABEL_GAP : 0);
    plan_fit(plan, width - plan->label_width);
    *height = total;
    *result = plan;
    return E_OK;
}

/* ---- drawing ---- */

/* A shaft with a head, pointing right or left from x. */
static void arrow(struct canvas *canvas, double x, double y, double direction, double length, struct colour colour)
{
    double tip = x + direction * length, neck = tip - direction * 6;
    canvas_tag(canvas, "arrow", NULL);
    canvas_polygon(canvas, (struct point[]){{x, y - 1}, {neck, y - 1}, {neck, y - 4.5}, {tip, y}, {neck, y + 4.5}, {neck, y + 1}, {x, y + 1}},
                   7, colour);
}

static void whisker(struct canvas *canvas, double from, double to, double y, double cap, struct colour colour)
{
    canvas_tag(canvas, "whisker", NULL);
    canvas_rect(canvas, from, y - 0.75, to - from, 1.5, colour);
    canvas_rect(canvas, from - 0.75, y - cap / 2, 1.5, cap, colour);
    canvas_rect(canvas, to - 0.75, y - cap / 2, 1.5, cap, colour);
}

static void axis(struct drawing *drawing, const struct bar_plan *plan, const struct ticks *ticks, double zero, double baseline)
{
    char label[NUMBER_LABEL];
    double size = fmin(drawing->theme->tick_size, plan->size + 1);
    double end = -INFINITY;
    for (int i = 0; i < ticks->count; i++) {
        double tick = tick_at(ticks, i), x = zero + tick * plan->scale;
        number_grouped(tick, ticks->decimals, label);
        double half = text_width(drawing->text, label, size, false) / 2;
        if (x - half < end + 8)
            continue;
        canvas_tag(drawing->canvas, "tick", label);
        canvas_text(drawing->canvas, x, baseline, ANCHOR_MIDDLE, size, false, drawing->theme->faint, label);
        end = x + half;
    }
}

static void row_draw(struct drawing *drawing, const struct bar_plan *plan, const struct row *row, double zero, double middle)
{
    struct canvas *canvas = drawing->canvas;
    const struct theme *theme = drawing->theme;
    const struct mark *mark = row->mark;
    double factor = drawing->scale.factor, top = floor(middle - plan->thickness / 2);
    if (mark_missing(mark)) {
        canvas_tag(canvas, "missing", row->title);
        canvas_text(canvas, zero + VALUE_GAP, middle + plan->size * 0.36, ANCHOR_START, plan->size, false, theme->faint, row->value);
        return;
    }
    double end = zero + mark->value / factor * plan->scale, left = fmin(zero, end), length = fabs(end - zero);
    bool below = mark_is_below(mark), backwards = points_left(row);
    if (below || mark->planned) {
        canvas_tag(canvas, below ? "bar below" : "bar planned", row->title);
        canvas_framed_rect(canvas, left, top, length, plan->thickness,
                           below && !mark->planned ? colour_mix(theme->paper, row->colour, 0.2) : theme->paper, row->colour, 1.5, below);
    } else {
        canvas_tag(canvas, "bar", row->title);
        canvas_rect(canvas, left, top, length, plan->thickness, row->colour);
    }
    double reach_right = fmax(end, zero), reach_left = left;
    if (isfinite(mark->low) && isfinite(mark->high) && mark->low < mark->high && !below) {
        double from = zero + mark->low / factor * plan->scale, to = zero + mark->high / factor * plan->scale;
        whisker(canvas, from, to, top + plan->thickness / 2, fmin(10, plan->thickness * 0.55), theme->ink);
        reach_right = fmax(reach_right, to);
        reach_left = fmin(reach_left, from);
    }
    if (mark->high == INFINITY) {
        arrow(canvas, end + (backwards ? 2 : 1.5), top + plan->thickness / 2, 1, ARROW - 2.5, backwards ? theme->ink : row->colour);
        reach_right = fmax(reach_right, end + ARROW);
    }
    if (below && !backwards && length >= 2 * ARROW) {
        arrow(canvas, end - 4, top + plan->thickness / 2, -1, ARROW - 2.5, row->colour);
    } else if (mark->low == -INFINITY && backwards) {
        arrow(canvas, end - 1.5, top + plan->thickness / 2, -1, ARROW - 2.5, row->colour);
        reach_left = fmin(reach_left, end - ARROW);
    }
    double x = backwards ? reach_left - VALUE_GAP - row->value_width : reach_right + VALUE_GAP;
    /* the grid must not cross the digits */
    canvas_rect(canvas, x - 2, middle - plan->size * 0.6, row->value_width + 4, plan->size * 1.2, theme->paper);
    canvas_tag(canvas, "value", row->value);
    canvas_text(canvas, x, middle + plan->size * 0.36, ANCHOR_START, plan->size, false, theme->ink, row->value);
}

static int bar_draw(struct drawing *drawing, const void *given, struct box panel)
{
    const struct bar_plan *plan = given;
    const struct theme *theme = drawing->theme;
    struct canvas *canvas = drawing->canvas;
    double zero = round(panel.x + plan->label_width + plan->left), right = panel.x + panel.width;
    double bottom = panel.y + panel.height - (plan->repeat_axis ? AXIS_HEIGHT : 0), top = panel.y + AXIS_HEIGHT;
    double span = (plan->data_high - plan->data_low) * plan->scale;
    struct ticks ticks = {.count = 0};
    if (span > 0) {
        ticks = ticks_choose(plan->data_low, plan->data_high, (int)fmax(2, span / 95));
        /* one more beyond the longest bar, if it stands in the panel */
        if (plan->data_high > 0 && zero + tick_at(&ticks, ticks.count) * plan->scale <= right - 4)
            ticks.count++;
        axis(drawing, plan, &ticks, zero, panel.y + AXIS_HEIGHT - 9);
        if (plan->repeat_axis)
            axis(drawing, plan, &ticks, zero, panel.y + panel.height - 4);
    }
    for (int i = 0; i < ticks.count; i++) {
        double x = floor(zero + tick_at(&ticks, i) * plan->scale);
        if (tick_at(&ticks, i) == 0)
            continue;
        canvas_tag(canvas, "grid", NULL);
        canvas_rect(canvas, x, top - 3, 1, bottom - top + 3, theme->grid);
    }
    double y = top;
    for (size_t i = 0; i < plan->count; i++) {
        const struct row *row = &plan->rows[i];
        double middle = y + row->pitch / 2, line_height = plan->size * LINE_HEIGHT;
        double baseline = middle - (double)row->line_count * line_height / 2 + line_height / 2 + plan->size * 0.36;
        for (size_t k = 0; k < row->line_count; k++, baseline += line_height) {
            canvas_tag(canvas, "category", row->lines[k]);
            canvas_text(canvas, panel.x + plan->label_width - LABEL_GAP, baseline, ANCHOR_END, plan->size, false,
                        mark_missing(row->mark) ? theme->faint : theme->ink, row->lines[k]);
        }
        row_draw(drawing, plan, row, zero, middle);
        y += row->pitch;
    }
    canvas_tag(canvas, "zero", NULL);
    canvas_rect(canvas, zero - 1, top - 3, 1, bottom - top + 3, theme->zero);
    return E_OK;
}

const struct chart chart_bar = {bar_layout, bar_draw};
