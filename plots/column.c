/* column.c — vertical bars: categories side by side on the common zero line, the value above each.
 *
 * Names stand level where they fit below their band (wrapped to three lines), else they are turned; where even turned ones
 * would touch, only some are written. Values that do not fit above their bars stand along them; where even that is too
 * much they are left to the axis. As in bar.c, stacks are
 * sums and refuse negative parts. */
#include "plots/chart.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PANEL_HEIGHT 300.0
#define PANEL_LEAST 70.0
#define NAME_SIZE 12.5
#define NAME_SMALL 10.0
#define NAME_LINE 1.22
#define NAME_HIGHEST 150.0   /* px that turned names may take */
#define VALUE_SIZE 12.0
#define TICK_GAP 8.0
#define REFERENCE_SIZE 12.0

enum { NEED_TICK, NEED_LOW, NEED_HIGH };

struct band {
    const char *name;
    const struct mark **marks;
    const char *const *lines;
    size_t line_count, order;
    double key;
};

struct column_plan {
    struct band *bands;
    size_t count, series;
    struct axis axis;
    struct key *key;
    double key_height, tick_width, band_width, names_height, name_size, value_size;
    bool turned, values, values_turned;
    size_t every;                /* so many-th name is written */
    struct reference_line *references;
    size_t reference_count;
};

static bool stacked(const struct drawing *drawing)
{
    return drawing->figure->arrangement != FIGURE_GROUPED;
}
static bool percent(const struct drawing *drawing)
{
    return drawing->figure->arrangement == FIGURE_PERCENT;
}

static int band_before(const void *a, const void *b)
{
    const struct band *p = a, *q = b;
    return order_before(p->key, p->order, q->key, q->order);
}

static int bands_read(struct drawing *drawing, struct column_plan *plan)
{
    const struct figure *figure = drawing->figure;
    struct names names = {0};
    size_t n = figure->mark_count, *latest = arena_alloc(drawing->arena, n * sizeof *latest);
    plan->series = drawing->series.count;
    plan->bands = arena_alloc(drawing->arena, n * sizeof *plan->bands);
    if (latest == NULL || plan->bands == NULL)
        return out_of_memory(drawing);
    for (size_t i = 0; i < n; i++) {
        const struct mark *mark = &figure->marks[i];
        size_t known = names.count, name = names_add(&names, drawing->arena, mark->label), s = names_find(&drawing->series, mark->series);
        if (name == NAME_NONE)
            return out_of_memory(drawing);
        if (names.count > known || plan->bands[latest[name]].marks[s] != NULL) {
            struct band *band = &plan->bands[plan->count];
            *band = (struct band){.name = mark->label != NULL ? mark->label : "", .order = plan->count};
            if ((band->marks = arena_alloc(drawing->arena, plan->series * sizeof *band->marks)) == NULL)
                return out_of_memory(drawing);
            latest[name] = plan->count++;
        }
        plan->bands[latest[name]].marks[s] = mark;
    }
    for (size_t i = 0; i < plan->count; i++) {
        struct band *band = &plan->bands[i];
        double sum = stack_sum(band->marks, plan->series).value;
        const struct mark *first = band->marks[0];
        band->key = !stacked(drawing) ? stack_mean(band->marks, plan->series) : !percent(drawing) ? sum
                  : !stack_complete(band->marks, plan->series) && sum > 0 ? -INFINITY : first == NULL || mark_missing(first) ? NAN : sum == 0 ? 0 : first->value / sum;
    }
    if (!figure->keep_order)
        qsort(plan->bands, plan->count, sizeof *plan->bands, band_before);
    return E_OK;
}

static void plan_range(struct drawing *drawing, struct column_plan *plan, double height)
{
    double low = 0, high = 0, a, b;
    for (size_t i = 0; i < plan->count; i++) {
        struct mark sum = stack_sum(plan->bands[i].marks, plan->series);
        if (stacked(drawing) && mark_extent(drawing, &sum, &a, &b))
            high = fmax(high, b);
        for (size_t s = 0; s < plan->series && !stacked(drawing); s++)
            if (plan->bands[i].marks[s] != NULL && mark_extent(drawing, plan->bands[i].marks[s], &a, &b)) {
                low = fmin(low, a);
                high = fmax(high, b);
            }
    }
    for (size_t i = 0; i < plan->reference_count && !percent(drawing); i++) {
        low = fmin(low, plan->references[i].value);
        high = fmax(high, plan->references[i].value);
    }
    if (percent(drawing))
        high = 100;
    low = -shared_need(&drawing->shared, NEED_LOW, -low);
    high = shared_need(&drawing->shared, NEED_HIGH, high);
    plan->axis = axis_choose(low, high, height, 55, true, true);
}

/* How names stand: level, turned, or turned with some left out. Sets names_height. */
static int plan_names(struct drawing *drawing, struct column_plan *plan)
{
    double widest = 0, size = NAME_SIZE;
    size_t most = 1;
    bool level = plan->band_width >= 30;
    plan->every = 1;
    for (size_t i = 0; i < plan->count && level; i++) {
        struct band *band = &plan->bands[i];
        band->line_count = text_wrap(drawing->text, drawing->arena, band->name, size, false, plan->band_width - 4, 4, &band->lines);
        most = band->line_count > most ? band->line_count : most;
        level = band->line_count <= 3;
    }
    plan->turned = !level;
    plan->name_size = size;
    if (level) {
        plan->names_height = (double)most * size * NAME_LINE + 8;
        return E_OK;
    }
    plan->name_size = size = plan->band_width >= NAME_SIZE * 1.2 ? NAME_SIZE : NAME_SMALL;
    plan->every = (size_t)fmax(1, ceil(size * 1.15 / plan->band_width));
    if (plan->every > 1)
        drawing->labels_left_out = true;
    for (size_t i = 0; i < plan->count; i++) {
        struct band *band = &plan->bands[i];
        band->line_count = i % plan->every != 0 ? 0
                         : text_wrap(drawing->text, drawing->arena, band->name, size, false, NAME_HIGHEST, 1, &band->lines);
        if (band->line_count > 0)
            widest = fmax(widest, text_width(drawing->text, band->lines[0], size, false));
    }
    plan->names_height = widest + 12;
    return E_OK;
}

/* Whether each value fits above its bar, at which size. */
static int plan_values(struct drawing *drawing, struct column_plan *plan)
{
    double room = plan->band_width * (stacked(drawing) || plan->series == 1 ? 1 : 0.8 / (double)plan->series), widest = 0;
    for (;;) {
        for (size_t i = 0; i < plan->count && !percent(drawing); i++)
            for (size_t s = 0; s < plan->series; s++) {
                const char *label = plan->bands[i].marks[s] == NULL ? "" : mark_label(drawing, plan->bands[i].marks[s]);
                if (label == NULL)
                    return out_of_memory(drawing);
                widest = fmax(widest, text_width(drawing->text, label, VALUE_SIZE, false));
            }
        plan->values = !percent(drawing) && widest * 9 / VALUE_SIZE <= room - 3;
        if (plan->values || percent(drawing) || drawing->short_labels || room < 16)
            break;
        drawing->short_labels = true;   /* the whisker shows the range */
        widest = 0;
    }
    plan->value_size = fmin(VALUE_SIZE, VALUE_SIZE * (room - 3) / fmax(1, widest));
    plan->values_turned = !plan->values && !stacked(drawing) && room >= VALUE_SIZE * 1.3;
    if (plan->values_turned)
        plan->value_size = VALUE_SIZE;
    return E_OK;
}

static int column_layout(struct drawing *drawing, double width, double *height, void **result)
{
    struct column_plan *plan = arena_alloc(drawing->arena, sizeof *plan);
    int code = plan == NULL ? out_of_memory(drawing) : stack_check(drawing);
    if (code == E_OK)
        code = bands_read(drawing, plan);
    if (code == E_OK)
        code = references_of(drawing, false, &plan->references, &plan->reference_count);
    if (code == E_OK)
        code = key_layout(drawing, width, &plan->key, &plan->key_height);
    if (code != E_OK)
        return code;
    plan_range(drawing, plan, *height > 0 ? *height * 0.7 : PANEL_HEIGHT);
    plan->tick_width = shared_need(&drawing->shared, NEED_TICK, axis_label_width(drawing, &plan->axis));
    plan->band_width = (width - plan->tick_width - TICK_GAP) / (double)plan->count;
    if (plan->band_width < 1.2)
        return error_set(drawing->error, E_DOMAIN, "%zu columns do not fit side by side in %.0f px; draw them as bar, or as a histogram",
                         plan->count, width);
    if ((code = plan_names(drawing, plan)) != E_OK || (code = plan_values(drawing, plan)) != E_OK)
        return code;
    double around = plan->names_height + plan->key_height + 20;
    if (*height > 0 && *height - around < PANEL_LEAST)
        return error_set(drawing->error, E_DOMAIN, "the figure would have to be %.0f px higher to hold columns and their names, or have no height set",
                         ceil(PANEL_LEAST + around - *height));
    if (*height <= 0)
        *height = PANEL_HEIGHT + around;
    *result = plan;
    return E_OK;
}

/* ---- drawing ---- */

/* A value along its bar: inside from its end where it is long enough, else beyond it, on paper as far as that reaches. */
static int turned_value(struct drawing *drawing, const struct column_plan *plan, const struct mark *mark, const char *label, double middle,
                        double reach, double end)
{
    const struct theme *theme = drawing->theme;
    double size = plan->value_size, length = text_width(drawing->text, label, size, false) + 10, zero = axis_at(&plan->axis, 0);
    double across = middle + size * 0.36, low = axis_at(&plan->axis, plan->axis.low), high = axis_at(&plan->axis, plan->axis.high);
    bool down = mark->value < 0, inside = fabs(end - zero) >= length && !mark_is_range(mark) && !mark_is_below(mark);
    struct colour colour = mark_colour(drawing, mark);
    if (!inside && (down ? reach + length > low + 4 : reach - length < high - 12))
        return E_OK;
    struct colour ink = !inside || mark->planned ? theme->ink : colour_on(mark->estimated ? colour_mix(theme->paper, colour, 0.45) : colour);
    canvas_tag(drawing->canvas, "value", label);
    if (inside)
        canvas_text_turned(drawing->canvas, across, down ? end - 5 : end + 5, down ? ANCHOR_START : ANCHOR_END, size, false, ink, label, 90);
    else
        canvas_text_turned(drawing->canvas, across, down ? reach + 5 : reach - 5, down ? ANCHOR_END : ANCHOR_START, size, false, ink, label, 90);
    return E_OK;
}

static int one_draw(struct drawing *drawing, const struct column_plan *plan, const struct mark *mark, double x, double width)
{
    double factor = drawing->scale.factor, zero = axis_at(&plan->axis, 0), middle = x + width / 2;
    struct colour colour = mark_colour(drawing, mark);
    const char *label = mark_label(drawing, mark);
    if (label == NULL)
        return out_of_memory(drawing);
    if (mark_missing(mark)) {
        canvas_tag_mark(drawing->canvas, "missing", mark_title(drawing, mark), mark);
        if (text_width(drawing->text, label, 11, false) <= width + 6)
            canvas_text(drawing->canvas, middle, zero - 5, ANCHOR_MIDDLE, 11, false, drawing->theme->faint, label);
        else
            canvas_rect(drawing->canvas, middle - 0.5, zero - 6, 1, 4, drawing->theme->faint);
        return E_OK;
    }
    double end = axis_at(&plan->axis, mark->value / factor), top = fmin(end, zero), reach = top, foot = fmax(end, zero);
    bool below = mark_is_below(mark), downwards = mark->value < 0;
    glyph_bar(drawing, mark, (struct box){x, top, width, fabs(end - zero)}, colour);
    if (mark_is_range(mark)) {
        double low = axis_at(&plan->axis, mark->low / factor), high = axis_at(&plan->axis, mark->high / factor);
        glyph_whisker(drawing, (struct point){middle, low}, (struct point){middle, high}, fmin(10, width * 0.55), drawing->theme->ink);
        reach = fmin(reach, high);
        foot = fmax(foot, low);
    }
    if (mark->high == INFINITY) {
        glyph_arrow(drawing, (struct point){middle, end - 1.5}, 0, -1, ARROW - 2.5, colour);
        reach -= ARROW;
    }
    if (below && !downwards && zero - end >= 2 * ARROW) {
        glyph_arrow(drawing, (struct point){middle, end + 4}, 0, 1, ARROW - 2.5, colour);
    } else if (mark->low == -INFINITY && downwards) {
        glyph_arrow(drawing, (struct point){middle, end + 1.5}, 0, 1, ARROW - 2.5, colour);
        foot += ARROW;
    }
    if (plan->values_turned)
        return turned_value(drawing, plan, mark, label, middle, downwards ? foot : reach, end);
    if (plan->values)
        canvas_tag(drawing->canvas, "value", label),
        canvas_text(drawing->canvas, middle, downwards ? foot + plan->value_size + 2 : reach - 5, ANCHOR_MIDDLE, plan->value_size, false,
                    drawing->theme->ink, label);
    return E_OK;
}

static int stack_draw(struct drawing *drawing, const struct column_plan *plan, const struct band *band, double x, double width)
{
    struct mark total = stack_sum(band->marks, plan->series);
    double at = 0, whole = percent(drawing) ? total.value / 100 : drawing->scale.factor;
    if (mark_missing(&total)) {
        const struct mark missing = {.label = band->name, .value = NAN, .low = NAN, .high = NAN};
        return one_draw(drawing, plan, &missing, x, width);
    }
    for (size_t s = 0; s < plan->series; s++) {
        const struct mark *mark = band->marks[s];
        if (mark == NULL || mark_missing(mark) || !(whole > 0))
            continue;
        double bottom = axis_at(&plan->axis, at), top = axis_at(&plan->axis, at + mark->value / whole);
        struct colour colour = mark_colour(drawing, mark);
        const char *label = percent(drawing) ? stack_share(drawing, band->marks, plan->series, s) : mark_label(drawing, mark);
        if (label == NULL)
            return out_of_memory(drawing);
        glyph_bar(drawing, mark, (struct box){x, top + (bottom - top > 3 ? 1 : 0), width, fmax(0, bottom - top - (bottom - top > 3 ? 1 : 0))}, colour);
        if (bottom - top >= 15 && text_width(drawing->text, label, 11, false) + 4 <= width) {
            canvas_tag(drawing->canvas, "part", label);
            canvas_text(drawing->canvas, x + width / 2, (top + bottom) / 2 + 4, ANCHOR_MIDDLE, 11, false,
                        mark->planned ? drawing->theme->ink : colour_on(mark->estimated ? colour_mix(drawing->theme->paper, colour, 0.45) : colour), label);
        }
        at += mark->value / whole;
    }
    const char *label = mark_label(drawing, &total), *missing = stack_missing(drawing, band->marks, plan->series);
    if (label == NULL || missing == NULL)
        return out_of_memory(drawing);
    double end = axis_at(&plan->axis, at);
    if (total.high == INFINITY && !percent(drawing)) {
        glyph_arrow(drawing, (struct point){x + width / 2, end - 2}, 0, -1, ARROW - 2.5, drawing->theme->ink);
        end -= ARROW;
    }
    if (mark_is_range(&total) && !percent(drawing)) {
        double low = axis_at(&plan->axis, total.low / drawing->scale.factor), high = axis_at(&plan->axis, total.high / drawing->scale.factor);
        glyph_whisker(drawing, (struct point){x + width / 2, low}, (struct point){x + width / 2, high}, fmin(10, width * 0.55), drawing->theme->ink);
        end = fmin(end, high);
    }
    for (size_t s = 0; s < plan->series && plan->band_width >= 30; s++)   /* a sum without one of its parts says so */
        if (band->marks[s] != NULL && mark_missing(band->marks[s])) {
            canvas_tag_mark(drawing->canvas, "missing", mark_title(drawing, band->marks[s]), band->marks[s]);
            canvas_text(drawing->canvas, x + width / 2, end - 5 - (plan->values ? plan->value_size * 1.2 : 0), ANCHOR_MIDDLE, 11, false, drawing->theme->faint,
                        text_width(drawing->text, missing, 11, false) <= plan->band_width ? missing : drawing->words->missing);
            break;
        }
    if (plan->values && text_width(drawing->text, label, plan->value_size, false) <= plan->band_width - 2) {
        canvas_tag(drawing->canvas, "value", label);
        canvas_text(drawing->canvas, x + width / 2, end - 5, ANCHOR_MIDDLE, plan->value_size, false, drawing->theme->ink, label);
    }
    return E_OK;
}

static void name_draw(struct drawing *drawing, const struct column_plan *plan, const struct band *band, double middle, double y)
{
    const struct theme *theme = drawing->theme;
    struct colour colour = isnan(band->key) ? theme->faint
                         : drawing->whole->highlight_count > 0 && highlighted(drawing, band->name) ? text_colour(drawing, theme->accent) : theme->ink;
    for (size_t l = 0; l < band->line_count; l++) {
        canvas_tag(drawing->canvas, "category", band->lines[l]);
        if (plan->turned)
            canvas_text_turned(drawing->canvas, middle + plan->name_size * 0.36, y + 8, ANCHOR_END, plan->name_size, false, colour, band->lines[l], 90);
        else
            canvas_text(drawing->canvas, middle, y + 6 + plan->name_size * (1 + NAME_LINE * (double)l), ANCHOR_MIDDLE, plan->name_size, false, colour, band->lines[l]);
    }
}

static int column_draw(struct drawing *drawing, const void *given, struct box panel)
{
    struct column_plan plan = *(const struct column_plan *)given;
    struct box area = {panel.x + plan.tick_width + TICK_GAP, panel.y + plan.key_height + 14, panel.width - plan.tick_width - TICK_GAP,
                       panel.height - plan.key_height - plan.names_height - 20};
    int code = E_OK;
    plan.axis.from = area.y + area.height;
    plan.axis.to = area.y;
    if (plan.key != NULL)
        key_draw(drawing, plan.key, panel.x, panel.y);
    axis_draw_left(drawing, &plan.axis, panel.x + plan.tick_width, area.x, area.x + area.width);
    double band = area.width / (double)plan.count, ink = band >= 4 ? fmin(90, band * 0.74) : band;
    for (size_t i = 0; i < plan.count && code == E_OK; i++) {
        double middle = area.x + (double)i * band + band / 2, left = middle - ink / 2, each = ink / (double)plan.series;
        if (stacked(drawing))
            code = stack_draw(drawing, &plan, &plan.bands[i], left, ink);
        for (size_t s = 0; s < plan.series && code == E_OK && !stacked(drawing); s++)
            if (plan.bands[i].marks[s] != NULL)
                code = one_draw(drawing, &plan, plan.bands[i].marks[s], left + (double)s * each, each - (plan.series > 1 && each > 4 ? 1 : 0));
        name_draw(drawing, &plan, &plan.bands[i], middle, area.y + area.height);
    }
    canvas_tag(drawing->canvas, "zero", NULL);
    canvas_rect(drawing->canvas, area.x, floor(axis_at(&plan.axis, 0)), area.width, 1, drawing->theme->zero);
    for (size_t i = 0; i < plan.reference_count && !percent(drawing); i++) {
        const struct reference_line *line = &plan.references[i];
        double y = axis_at(&plan.axis, line->value), w = text_width(drawing->text, line->label, REFERENCE_SIZE, false);
        canvas_tag(drawing->canvas, "reference", line->label);
        canvas_polyline(drawing->canvas, (struct point[]){{area.x, y}, {area.x + area.width, y}}, 2, 1.25, drawing->theme->ink, true);
        canvas_rect(drawing->canvas, area.x + area.width - w - 4, y - REFERENCE_SIZE * 1.3, w + 4, REFERENCE_SIZE * 1.2, drawing->theme->paper);
        canvas_tag(drawing->canvas, "reference-label", line->label);
        canvas_text(drawing->canvas, area.x + area.width - 2, y - 4, ANCHOR_END, REFERENCE_SIZE, false, drawing->theme->ink, line->label);
    }
    return code;
}

const struct chart chart_column = {.layout = column_layout, .draw = column_draw, .percent = true};
