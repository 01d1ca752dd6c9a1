/* axis.c — value axes: their range, grid and labels, and the reference lines that they can show. */
#include "plots/chart.h"

#include "stats/stats.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct axis axis_choose(double low, double high, double length, double spacing, bool zero, bool nice)
{
    struct axis axis = {.low = low, .high = high};
    if (!isfinite(low) || !isfinite(high) || low > high)
        axis.low = axis.high = 0;
    if (zero) {
        axis.low = fmin(axis.low, 0);
        axis.high = fmax(axis.high, 0);
    }
    if (!(axis.high - axis.low > 1e-12 * fmax(fabs(axis.low), fabs(axis.high)))) {   /* one value */
        double pad = axis.high == 0 ? 1 : fabs(axis.high) * 0.1;
        axis.low -= zero && axis.low == 0 ? 0 : pad;
        axis.high += zero && axis.low < 0 ? 0 : pad;
    }
    axis.ticks = ticks_choose(axis.low, axis.high, (int)fmax(2, length / spacing));
    if (nice) {
        double step = axis.ticks.step;
        axis.low = floor(axis.low / step + 1e-9) * step;
        axis.high = ceil(axis.high / step - 1e-9) * step;
        axis.ticks.first = axis.low;
        axis.ticks.count = (int)lround((axis.high - axis.low) / step) + 1;
    }
    return axis;
}

double axis_at(const struct axis *axis, double value)
{
    return axis->from + (value - axis->low) / (axis->high - axis->low) * (axis->to - axis->from);
}

double axis_label_width(struct drawing *drawing, const struct axis *axis)
{
    char label[NUMBER_LABEL];
    double width = 0;
    for (int i = 0; i < axis->ticks.count; i++)
        width = fmax(width, text_width(drawing->text, number_grouped(tick_at(&axis->ticks, i), axis->ticks.decimals, label),
                                       drawing->theme->tick_size, false));
    return width;
}

static bool tick_is_zero(const struct axis *axis, int i)
{
    return fabs(tick_at(&axis->ticks, i)) < axis->ticks.step / 2;
}

void axis_draw_left(struct drawing *drawing, const struct axis *axis, double labels_x, double from, double to)
{
    char label[NUMBER_LABEL];
    double size = drawing->theme->tick_size;
    for (int i = 0; i < axis->ticks.count; i++) {
        double tick = tick_at(&axis->ticks, i), y = floor(axis_at(axis, tick));
        canvas_tag(drawing->canvas, tick_is_zero(axis, i) ? "zero" : "grid", NULL);
        canvas_rect(drawing->canvas, from, y, to - from, 1, tick_is_zero(axis, i) ? drawing->theme->zero : drawing->theme->grid);
        number_grouped(tick, axis->ticks.decimals, label);
        canvas_tag(drawing->canvas, "tick", label);
        canvas_text(drawing->canvas, labels_x, y + size * 0.37, ANCHOR_END, size, false, drawing->theme->faint, label);
    }
}

int ticks_stride(struct drawing *drawing, const struct ticks *ticks, double px, double size)
{
    char label[NUMBER_LABEL];
    double widest = 0;
    for (int i = 0; i < ticks->count; i++)
        widest = fmax(widest, text_width(drawing->text, number_grouped(tick_at(ticks, i), ticks->decimals, label), size, false));
    return px > 0 ? (int)fmin(fmax(1, ceil((widest + 8) / px)), fmax(1, ticks->count)) : 1;
}

void axis_draw_below(struct drawing *drawing, const struct axis *axis, double labels_y, double from, double to)
{
    char label[NUMBER_LABEL];
    double size = drawing->theme->tick_size;
    int stride = ticks_stride(drawing, &axis->ticks, fabs(axis_at(axis, axis->ticks.step) - axis_at(axis, 0)), size);
    for (int i = 0; i < axis->ticks.count; i++) {
        double tick = tick_at(&axis->ticks, i), x = axis_at(axis, tick);
        if (x < fmin(axis->from, axis->to) - 0.5 || x > fmax(axis->from, axis->to) + 0.5)
            continue;
        canvas_tag(drawing->canvas, "grid", NULL);
        canvas_rect(drawing->canvas, floor(x), from, 1, to - from, drawing->theme->grid);
        number_grouped(tick, axis->ticks.decimals, label);
        if (i % stride != 0)
            continue;
        canvas_tag(drawing->canvas, "tick", label);
        canvas_text(drawing->canvas, x, labels_y, ANCHOR_MIDDLE, size, false, drawing->theme->faint, label);
    }
}

/* Whether a mean of the figure's values is one of what is: planned figures are not mixed in, unless there are no others. */
bool figure_leaves_planned_out(const struct figure *figure)
{
    bool planned = false, actual = false, statistic = false;
    for (size_t i = 0; i < figure->reference_count; i++)
        statistic = statistic || figure->references[i].statistic != REFERENCE_VALUE;
    for (size_t i = 0; i < figure->mark_count && statistic; i++)
        if (!mark_missing(&figure->marks[i])) {
            planned = planned || figure->marks[i].planned;
            actual = actual || !figure->marks[i].planned;
        }
    return planned && actual;
}

int references_of(struct drawing *drawing, bool abscissa, struct reference_line **lines, size_t *count)
{
    const struct figure *figure = drawing->whole;
    struct summary summary = {.mean = NAN, .median = NAN};
    struct reference_line *list = arena_alloc(drawing->arena, (figure->reference_count + 1) * sizeof *list);
    double *values = arena_alloc(drawing->arena, (figure->mark_count + 1) * sizeof *values);
    const struct unit_scale *scale = abscissa ? &drawing->x_scale : &drawing->scale;
    *lines = list;
    *count = 0;
    if (list == NULL || values == NULL)
        return out_of_memory(drawing);
    const char *bounds = "";
    bool above = false, below = false, range = false, actual = figure_leaves_planned_out(figure);
    for (size_t i = 0; i < figure->mark_count; i++) {
        const struct mark *mark = &figure->marks[i];
        bool counts = !(actual && mark->planned);
        values[i] = !counts ? NAN : abscissa ? mark->x : mark->value;
        if (abscissa || !counts || mark_missing(mark))
            continue;
        above = above || mark->high == INFINITY;
        below = below || mark_is_below(mark) || mark->low == -INFINITY;
        range = range || mark_is_range(mark) || mark->about;
    }
    /* what is made of bounds is one */
    bounds = range || (above && below) ? drawing->words->about : above ? "≥" : below ? "≤" : "";
    if (figure->reference_count > 0 && stats_summary(values, figure->mark_count, &summary) == E_MEMORY)
        return out_of_memory(drawing);
    for (size_t i = 0; i < figure->reference_count; i++) {
        const struct reference *given = &figure->references[i];
        double value = given->statistic == REFERENCE_MEAN ? summary.mean : given->statistic == REFERENCE_MEDIAN ? summary.median : given->value;
        const char *name = given->label != NULL           ? given->label
                         : given->statistic == REFERENCE_MEAN ? drawing->words->mean
                         : given->statistic == REFERENCE_MEDIAN ? drawing->words->median : "";
        char number[NUMBER_LABEL];
        if (given->abscissa != abscissa || !isfinite(value))
            continue;
        number_label(value, scale, abscissa ? figure->x_unit : figure->unit, number);
        const char *sign = given->statistic == REFERENCE_VALUE ? "" : bounds;
        size_t size = strlen(name) + strlen(sign) + strlen(number) + 2;
        char *label = arena_alloc(drawing->arena, size);
        if (label == NULL)
            return out_of_memory(drawing);
        snprintf(label, size, "%s%s%s%s", name, name[0] != '\0' ? " " : "", sign, number);
        size_t at = (*count)++;   /* ascending, as labels are placed */
        for (; at > 0 && list[at - 1].value > value / scale->factor; at--)
            list[at] = list[at - 1];
        list[at] = (struct reference_line){label, value / scale->factor};
    }
    return E_OK;
}
