/* rows.c — see rows.h.
 *
 * The scale is the largest at which everything that a row wants to write beside its ink still fits in the panel, so that no
 * label is clipped however long it is. Where a given height cannot hold all rows below one another, they are set in up to
 * four columns with one scale. Names are wrapped to three lines (two where the
 * height is given), then cut with "…". */
#include "plots/rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LABEL_SHARE 0.36     /* of the panel's width that names may take */
#define LABEL_GAP 9.0
#define AXIS_HEIGHT 22.0
#define AXIS_REPEAT 40       /* above so many rows the axis stands below them too */
#define PITCH_LEAST 11.0
#define LINE_HEIGHT 1.22
#define COLUMNS_MAX 4
#define COLUMN_GAP 26.0
#define REFERENCE_SIZE 11.5
#define INK_SHARE 0.2        /* of a column's width that its marks take at least */

enum { NEED_LABEL, NEED_LOW, NEED_HIGH, NEED_SCALE, NEED_LEFT };

/* ---- reading ---- */

int rows_by_label(struct drawing *drawing, struct rows *rows)
{
    const struct figure *figure = drawing->figure;
    size_t n = figure->mark_count, series = drawing->series.count, latest_capacity = n;
    struct names names = {0};
    struct row *list = arena_alloc(drawing->arena, n * sizeof *list);
    size_t *latest = arena_alloc(drawing->arena, latest_capacity * sizeof *latest);   /* of a name: its newest row */
    if (list == NULL || latest == NULL)
        return out_of_memory(drawing);
    rows->rows = list;
    rows->series_count = series;
    for (size_t i = 0; i < n; i++) {
        const struct mark *mark = &figure->marks[i];
        size_t known = names.count, name = names_add(&names, drawing->arena, mark->label), s = names_find(&drawing->series, mark->series);
        if (name == NAME_NONE)
            return out_of_memory(drawing);
        /* a second value of one series under one name is a row of its own: nothing may vanish */
        if (names.count > known || list[latest[name]].marks[s] != NULL) {
            struct row *row = &list[rows->count];
            *row = (struct row){.name = mark->label != NULL ? mark->label : "", .order = rows->count};
            row->marks = arena_alloc(drawing->arena, series * sizeof *row->marks);
            row->inks = arena_alloc(drawing->arena, (series + 1) * sizeof *row->inks);
            if (row->marks == NULL || row->inks == NULL)
                return out_of_memory(drawing);
            latest[name] = rows->count++;
        }
        list[latest[name]].marks[s] = mark;
    }
    return E_OK;
}

static int row_before(const void *a, const void *b)
{
    const struct row *p = a, *q = b;
    return order_before(p->key, p->order, q->key, q->order);
}

/* ---- fitting ---- */

static void sides(const struct rows *rows, double scale, double *left, double *right)
{
    *left = *right = 0;
    for (size_t i = 0; i < rows->count; i++)
        for (size_t k = 0; k < rows->rows[i].ink_count; k++) {
            const struct row_ink *ink = &rows->rows[i].inks[k];
            *left = fmax(*left, ink->left - (ink->from - rows->low) * scale);
            *right = fmax(*right, (ink->to - rows->low) * scale + ink->right);
        }
}

/* The largest scale at which both sides fit in width: bisection, as the need grows with the scale. */
static void rows_fit(struct drawing *drawing, struct rows *rows, double width)
{
    double low = 0, high, left, right, span = rows->high - rows->low;
    double others = shared_need(&drawing->shared, NEED_LEFT, 0);
    high = span > 0 && isfinite(width / span) ? width / span : 0;
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        sides(rows, middle, &left, &right);
        if (fmax(left, others) + right <= width)
            low = middle;
        else
            high = middle;
    }
    rows->scale = -shared_need(&drawing->shared, NEED_SCALE, -low);
    sides(rows, rows->scale, &left, &right);
    rows->left = shared_need(&drawing->shared, NEED_LEFT, left);
}

/* Wraps a name into lines of about the same length ("松桃苗族 自治县", not "松桃苗族自治 县"). */
static size_t name_wrap(struct drawing *drawing, const struct rows *rows, const char *name, double cap, size_t most,
                        const char *const **lines)
{
    size_t n = text_wrap(drawing->text, drawing->arena, name, rows->size, false, cap, most, lines);
    double whole = n >= 2 ? text_width(drawing->text, name, rows->size, false) : INFINITY;
    for (double width = whole / (double)n; width < cap && whole < (double)n * cap; width += rows->size / 2) {
        const char *const *narrow;
        size_t m = text_wrap(drawing->text, drawing->arena, name, rows->size, false, width, n + 1, &narrow);
        if (m == n) {
            *lines = narrow;
            break;
        }
    }
    return n;
}

static double usual_pitch(size_t n)
{
    return n <= 6 ? 40 : n <= 15 ? 33 : n <= AXIS_REPEAT ? 27 : 22;
}

/* How high a row is and in how many columns they stand. */
static int rows_place(struct drawing *drawing, struct rows *rows, const struct row_style *style, double height, double width,
                      double *pitch)
{
    size_t n = rows->count;
    double least = fmax(PITCH_LEAST, style->sub_least * (double)rows->series_count + 3);
    rows->columns = 1;
    rows->per_column = n;
    *pitch = fmax(fmax(usual_pitch(n), rows->pitch_least), style->sub_least > 0 ? 13 * (double)rows->series_count + 12 : 0);
    if (height <= 0)
        return E_OK;
    for (size_t columns = 1; columns <= COLUMNS_MAX; columns++) {
        size_t each = (n + columns - 1) / columns;
        double column = (width - COLUMN_GAP * (double)(columns - 1)) / (double)columns;
        if (columns > 1 && (column < 165 || n < 2 * columns))
            break;
        *pitch = fmin(fmax(44, 13 * (double)rows->series_count + 12), height / (double)each);
        if (*pitch >= least && (*pitch >= least + 4 || columns >= 2 || n < 30)) {
            rows->columns = columns;
            rows->per_column = each;
            return E_OK;
        }
    }
    if (height / (double)n >= least) {
        *pitch = height / (double)n;
        return E_OK;
    }
    return error_set(drawing->error, E_DOMAIN, "%zu %s do not fit: the figure would have to be %.0f px higher, or have no height set",
                     n, style->what, ceil(least * (double)n - height));
}

static int rows_measure(struct drawing *drawing, struct rows *rows, const struct row_style *style, double cap, size_t most_lines)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < rows->count; i++) {
        struct row *row = &rows->rows[i];
        row->line_count = style->named ? name_wrap(drawing, rows, row->name, cap, most_lines, &row->lines) : 0;
        for (size_t k = 0; k < row->line_count; k++)
            rows->label_width = fmax(rows->label_width, text_width(drawing->text, row->lines[k], rows->size, false));
        row->ink_count = 0;
        int code = style->measure(drawing, rows, row);
        if (code != E_OK)
            return code;
        for (size_t k = 0; k < row->ink_count; k++) {
            low = fmin(low, row->inks[k].from);
            high = fmax(high, row->inks[k].to);
        }
    }
    for (size_t i = 0; i < rows->reference_count; i++) {
        low = fmin(low, rows->references[i].value);
        high = fmax(high, rows->references[i].value);
    }
    if (!(low <= high))
        low = high = 0;
    if (style->zero || (low > 0 && low < 0.3 * high) || (high < 0 && high > 0.3 * low)) {
        low = fmin(low, 0);
        high = fmax(high, 0);
    }
    if (!style->zero && low == high) {   /* one value: something on both sides of it */
        double pad = low == 0 ? 1 : fabs(low) * 0.1;
        low -= pad;
        high += pad;
    } else if (!style->zero && low != 0) {
        low -= (high - low) * 0.04;
    }
    rows->low = -shared_need(&drawing->shared, NEED_LOW, -low);
    rows->high = shared_need(&drawing->shared, NEED_HIGH, high);
    return E_OK;
}

int rows_layout(struct drawing *drawing, struct rows *rows, const struct row_style *style, double width, double *height)
{
    size_t most_lines = *height > 0 ? 2 : 3;
    double pitch, tallest = 0;
    int code = references_of(drawing, false, &rows->references, &rows->reference_count);
    if (code != E_OK)
        return code;
    rows->reference_height = rows->reference_count > 0 ? REFERENCE_SIZE + 6 : 0;
    if (style->key && (code = key_layout(drawing, width, &rows->key, &rows->key_height)) != E_OK)
        return code;
    rows->repeat_axis = rows->count > AXIS_REPEAT && *height <= 0;
    double axes = AXIS_HEIGHT * (rows->repeat_axis ? 2 : 1) + rows->key_height + rows->reference_height;
    if ((code = rows_place(drawing, rows, style, *height > 0 ? *height - axes : 0, width, &pitch)) != E_OK)
        return code;
    rows->column_width = (width - COLUMN_GAP * (double)(rows->columns - 1)) / (double)rows->columns;
    rows->size = pitch >= 33 ? 14 : pitch >= 26 ? 13.5 : fmax(9, fmin(12.5, pitch * 0.62));
    rows->thickness = floor(fmin(style->thickest, pitch * (pitch >= 30 ? 0.64 : 0.68)));
    if (style->sub_least > 0 && rows->series_count > 1)
        rows->thickness = floor(pitch * 0.78);
    if (*height > 0 && pitch < 2 * rows->size * LINE_HEIGHT)
        most_lines = 1;
    for (size_t i = 0; i < rows->count; i++)
        rows->rows[i].key = style->key_of == NULL ? (double)rows->count - (double)i : style->key_of(drawing, &rows->rows[i]);
    if (!drawing->figure->keep_order)
        qsort(rows->rows, rows->count, sizeof *rows->rows, row_before);
    /* labels must leave room for what they label: first the ranges beside them go, then there are fewer columns */
    for (;;) {
        rows->label_width = 0;
        if ((code = rows_measure(drawing, rows, style, floor(rows->column_width * LABEL_SHARE), most_lines)) != E_OK)
            return code;
        rows->label_width = shared_need(&drawing->shared, NEED_LABEL, ceil(rows->label_width) + (rows->label_width > 0 ? LABEL_GAP : 0));
        rows_fit(drawing, rows, rows->column_width - rows->label_width);
        bool readable = rows->scale * (rows->high - rows->low) >= INK_SHARE * rows->column_width;
        if (readable || drawing->short_labels) {
            if (!readable && rows->columns > 1)
                return error_set(drawing->error, E_DOMAIN, "%zu %s do not fit in %zu columns: the figure would have to be wider or higher, or have no height set",
                                 rows->count, style->what, rows->columns);
            break;
        }
        drawing->short_labels = true;
        drawing->shared.used[NEED_SCALE] = drawing->shared.used[NEED_LEFT] = false;
    }
    double total = 0;
    for (size_t i = 0; i < rows->count; i++) {
        rows->rows[i].pitch = pitch;
        if (*height <= 0)
            rows->rows[i].pitch = fmax(pitch, ceil((double)rows->rows[i].line_count * rows->size * LINE_HEIGHT + 7));
        total = i % rows->per_column == 0 ? rows->rows[i].pitch : total + rows->rows[i].pitch;
        tallest = fmax(tallest, total);
    }
    *height = tallest + axes;
    return E_OK;
}

/* ---- drawing ---- */

double row_at(const struct rows *rows, double value)
{
    return rows->axis_x + (value - rows->low) * rows->scale;
}

void row_label(struct drawing *drawing, const char *class, double x, double middle, enum anchor anchor, double size,
               struct colour colour, const char *label)
{
    double width = text_width(drawing->text, label, size, false);
    double left = anchor == ANCHOR_START ? x : anchor == ANCHOR_END ? x - width : x - width / 2;
    canvas_rect(drawing->canvas, left - 2, middle - size * 0.6, width + 4, size * 1.2, drawing->theme->paper);
    canvas_tag(drawing->canvas, class, label);
    canvas_text(drawing->canvas, left, middle + size * 0.36, ANCHOR_START, size, false, colour, label);
}

static void axis_labels(struct drawing *drawing, const struct rows *rows, const struct ticks *ticks, double baseline)
{
    char label[NUMBER_LABEL];
    double size = fmin(drawing->theme->tick_size, rows->size + 1);
    int stride = ticks_stride(drawing, ticks, ticks->step * rows->scale, size);
    for (int i = 0; i < ticks->count; i += stride) {
        double x = row_at(rows, tick_at(ticks, i));
        number_grouped(tick_at(ticks, i), ticks->decimals, label);
        canvas_tag(drawing->canvas, "tick", label);
        canvas_text(drawing->canvas, x, baseline, ANCHOR_MIDDLE, size, false, drawing->theme->faint, label);
    }
}

/* Labels above the columns, kept apart; thin lines through the rows. */
static int references_draw(struct drawing *drawing, const struct rows *rows, double top, double bottom, double left, double right, bool labelled)
{
    size_t n = rows->reference_count;
    double *wishes = arena_alloc(drawing->arena, 3 * (n + 1) * sizeof *wishes);
    if (wishes == NULL)
        return out_of_memory(drawing);
    double *widths = wishes + n + 1, *centres = widths + n + 1;
    for (size_t i = 0; i < n; i++) {
        wishes[i] = row_at(rows, rows->references[i].value);
        widths[i] = text_width(drawing->text, rows->references[i].label, REFERENCE_SIZE, false) + 10;
    }
    labels_spread(wishes, widths, centres, n, left, right);
    for (size_t i = 0; i < n; i++) {
        canvas_tag(drawing->canvas, "reference", rows->references[i].label);
        canvas_polyline(drawing->canvas, (struct point[]){{wishes[i], top - 3}, {wishes[i], bottom}}, 2, 1.25, drawing->theme->ink, true);
        if (!labelled)
            continue;
        canvas_tag(drawing->canvas, "reference-label", rows->references[i].label);
        canvas_text(drawing->canvas, centres[i], top - AXIS_HEIGHT - 4, ANCHOR_MIDDLE, REFERENCE_SIZE, false, drawing->theme->ink,
                    rows->references[i].label);
    }
    return E_OK;
}

static int column_draw(struct drawing *drawing, struct rows *rows, const struct row_style *style, size_t first, double x, double top,
                       double bottom)
{
    struct canvas *canvas = drawing->canvas;
    double right = x + rows->column_width, span = (rows->high - rows->low) * rows->scale;
    struct ticks ticks = {.count = 0};
    rows->axis_x = round(x + rows->label_width + rows->left);
    if (span > 0) {
        ticks = ticks_choose(rows->low, rows->high, (int)fmax(2, span / 95));
        /* one more beyond the longest bar, if it stands in the panel */
        if (rows->high > 0 && row_at(rows, tick_at(&ticks, ticks.count)) <= right - 4)
            ticks.count++;
        axis_labels(drawing, rows, &ticks, top - 9);
        if (rows->repeat_axis)
            axis_labels(drawing, rows, &ticks, bottom + AXIS_HEIGHT - 4);
    }
    for (int i = 0; i < ticks.count; i++) {
        if (tick_at(&ticks, i) == 0)
            continue;
        canvas_tag(canvas, "grid", NULL);
        canvas_rect(canvas, floor(row_at(rows, tick_at(&ticks, i))), top - 3, 1, bottom - top + 3, drawing->theme->grid);
    }
    int code = references_draw(drawing, rows, top, bottom, x, right, true);
    double y = top;
    for (size_t i = first; i < rows->count && i < first + rows->per_column && code == E_OK; i++) {
        const struct row *row = &rows->rows[i];
        double middle = y + row->pitch / 2, line_height = rows->size * LINE_HEIGHT;
        double baseline = middle - (double)row->line_count * line_height / 2 + line_height / 2 + rows->size * 0.36;
        bool bold = drawing->whole->highlight_count > 0 && highlighted(drawing, row->name);
        for (size_t k = 0; k < row->line_count; k++, baseline += line_height) {
            canvas_tag(canvas, "category", row->lines[k]);
            canvas_text(canvas, x + rows->label_width - LABEL_GAP, baseline, ANCHOR_END, rows->size, false,
                        isnan(row->key) ? drawing->theme->faint : bold ? text_colour(drawing, drawing->theme->accent) : drawing->theme->ink,
                        row->lines[k]);
        }
        code = style->draw(drawing, rows, row, middle);
        y += row->pitch;
    }
    if (rows->low <= 0 && rows->high >= 0) {
        canvas_tag(canvas, "zero", NULL);
        canvas_rect(canvas, round(row_at(rows, 0)) - 1, top - 3, 1, fmin(y, bottom) - top + 3, drawing->theme->zero);
    }
    return code;
}

int rows_draw(struct drawing *drawing, struct rows *rows, const struct row_style *style, struct box panel)
{
    double bottom = panel.y + panel.height - (rows->repeat_axis ? AXIS_HEIGHT : 0);
    double top = panel.y + rows->key_height + rows->reference_height + AXIS_HEIGHT;
    int code = E_OK;
    if (rows->key != NULL)
        key_draw(drawing, rows->key, panel.x, panel.y);
    for (size_t column = 0; column < rows->columns && code == E_OK; column++)
        code = column_draw(drawing, rows, style, column * rows->per_column,
                           panel.x + (double)column * (rows->column_width + COLUMN_GAP), top, bottom);
    return code;
}
