/* histogram.c — how many values lie where: bars over classes of equal width, and the kernel density as a curve.
 *
 * The class width is that of Freedman and Diaconis (1981), 2 IQR n^(-1/3), taken to the nearest 1, 2 or 5 times a power of ten so
 * that its limits can be read. A class holds its lower limit and not its upper one, the last class both. The curve is the
 * density times n times the class width, on the same axis as the counts. */
#include "plots/courses.h"

#include "stats/curve.h"
#include "stats/stats.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define PANEL_HEIGHT 320.0
#define PANEL_LEAST 70.0
#define AXIS_HEIGHT 24.0
#define NAME_ROOM 20.0
#define TICK_GAP 8.0
#define CLASSES_MOST 200
#define CURVE_STEPS 160
#define VALUE_SIZE 11.5

struct histogram_plan {
    double *values;              /* scaled unit */
    size_t n;
    struct axis x, y;            /* x from the lower limit of the first class to the upper one of the last */
    double width, first;
    size_t *counts, classes;
    double *curve_x, *curve_y;
    int curved;
    double tick_width;
};

static size_t class_at(const struct histogram_plan *plan, double value)
{
    return (size_t)fmin((double)plan->classes - 1, fmax(0, floor((value - plan->first) / plan->width + 1e-9)));
}

/* The marks of a class as one, "9,000–10,000". */
static const struct mark *class_mark(struct drawing *drawing, const struct histogram_plan *plan, size_t class, const char *name)
{
    const struct figure *figure = drawing->figure;
    const struct mark **members = arena_alloc(drawing->arena, (plan->counts[class] + 1) * sizeof *members);
    const char *label = arena_copy(drawing->arena, name, strlen(name));
    size_t n = 0;
    if (members == NULL || label == NULL)
        return NULL;
    for (size_t i = 0; i < figure->mark_count; i++)
        if (!mark_missing(&figure->marks[i]) && class_at(plan, figure->marks[i].value / drawing->scale.factor) == class && n < plan->counts[class])
            members[n++] = &figure->marks[i];
    return mark_of_many(drawing, label, members, n);
}

static int classes_count(struct drawing *drawing, struct histogram_plan *plan)
{
    struct summary s;
    if (stats_summary(plan->values, plan->n, &s) == E_MEMORY)
        return out_of_memory(drawing);
    double low = -shared_need(&drawing->shared, NEED_X_LOW, -s.min), high = shared_need(&drawing->shared, NEED_X_HIGH, s.max);
    double wanted = 2 * (s.q3 - s.q1) * pow((double)plan->n, -1.0 / 3);
    if (!(wanted > 0))   /* Sturges, where half of the values are one */
        wanted = (high - low) / ceil(log2((double)plan->n) + 1);
    if (!(wanted > 0) || !isfinite(wanted))
        wanted = high == 0 ? 1 : fabs(high) / 10;
    wanted = fmax(wanted, (high - low) / (CLASSES_MOST / 2.0));
    wanted = -shared_need(&drawing->shared, NEED_OTHER, -wanted);
    double power = pow(10, floor(log10(wanted))), fraction = wanted / power;
    plan->width = (fraction < 1.5 ? 1 : fraction < 3.5 ? 2 : fraction < 7.5 ? 5 : 10) * power;
    plan->first = floor(low / plan->width + 1e-9) * plan->width;
    plan->classes = (size_t)fmin(CLASSES_MOST, fmax(1, ceil((high - plan->first) / plan->width - 1e-9)));
    plan->counts = arena_alloc(drawing->arena, plan->classes * sizeof *plan->counts);
    if (plan->counts == NULL)
        return out_of_memory(drawing);
    for (size_t i = 0; i < plan->n; i++)
        plan->counts[class_at(plan, plan->values[i])]++;
    return E_OK;
}

static int histogram_layout(struct drawing *drawing, double width, double *height, void **result)
{
    const struct figure *figure = drawing->figure;
    struct histogram_plan *plan = arena_alloc(drawing->arena, sizeof *plan);
    double most = 0;
    (void)width;
    if (plan == NULL || (plan->values = arena_alloc(drawing->arena, figure->mark_count * sizeof *plan->values)) == NULL ||
        (plan->curve_x = arena_alloc(drawing->arena, CURVE_STEPS * sizeof *plan->curve_x)) == NULL ||
        (plan->curve_y = arena_alloc(drawing->arena, CURVE_STEPS * sizeof *plan->curve_y)) == NULL)
        return out_of_memory(drawing);
    for (size_t i = 0; i < figure->mark_count; i++)
        if (!mark_missing(&figure->marks[i]))
            plan->values[plan->n++] = figure->marks[i].value / drawing->scale.factor;
    if (plan->n == 0)
        return error_set(drawing->error, E_DOMAIN, "nothing to draw: a panel has no values");
    int code = classes_count(drawing, plan);
    if (code != E_OK)
        return code;
    double span = plan->width * (double)plan->classes;
    for (size_t k = 0; k < CURVE_STEPS; k++)
        plan->curve_x[k] = plan->first + span * (double)k / (CURVE_STEPS - 1);
    if (curve_density(plan->values, plan->n, plan->curve_x, CURVE_STEPS, plan->curve_y, &plan->curved) == E_MEMORY)
        return out_of_memory(drawing);
    for (size_t k = 0; k < CURVE_STEPS && plan->curved; k++)
        most = fmax(most, plan->curve_y[k] *= (double)plan->n * plan->width);
    for (size_t k = 0; k < plan->classes; k++)
        most = fmax(most, (double)plan->counts[k]);
    most = shared_need(&drawing->shared, NEED_HIGH, most);
    double around = AXIS_HEIGHT + 2 * NAME_ROOM;
    if (*height > 0 && *height < around + PANEL_LEAST)
        return error_set(drawing->error, E_DOMAIN, "the figure would have to be %.0f px higher to hold a histogram, or have no height set",
                         ceil(around + PANEL_LEAST - *height));
    if (*height <= 0)
        *height = PANEL_HEIGHT + around;
    plan->y = axis_choose(0, most, *height - around, 62, true, true);
    while (plan->y.ticks.step < 1) {   /* there is no half of a region */
        plan->y.ticks.step = 1;
        plan->y.ticks.decimals = 0;
        plan->y.high = ceil(plan->y.high);
        plan->y.ticks.count = (int)plan->y.high + 1;
    }
    plan->x = (struct axis){.low = plan->first, .high = plan->first + span};
    /* ticks stand at limits of classes: every one, every second, every fifth … */
    plan->x.ticks = ticks_choose(plan->x.low, plan->x.high, (int)fmin((double)plan->classes, fmax(2, width / 60)));
    if (plan->x.ticks.step < plan->width)
        plan->x.ticks = (struct ticks){.first = plan->first, .step = plan->width, .count = (int)plan->classes + 1, .decimals = plan->x.ticks.decimals};
    plan->tick_width = shared_need(&drawing->shared, NEED_TICK, axis_label_width(drawing, &plan->y));
    *result = plan;
    return E_OK;
}

/* Lines with their labels above the area, kept apart. */
static int references_draw(struct drawing *drawing, const struct histogram_plan *plan, struct box area)
{
    struct reference_line *lines;
    size_t count, n = 0;
    int code = references_of(drawing, false, &lines, &count);
    double *wishes = arena_alloc(drawing->arena, 3 * (count + 1) * sizeof *wishes);
    if (code != E_OK || wishes == NULL)
        return code != E_OK ? code : out_of_memory(drawing);
    double *widths = wishes + count + 1, *centres = widths + count + 1;
    for (size_t i = 0; i < count; i++) {
        if (lines[i].value < plan->x.low || lines[i].value > plan->x.high)
            continue;
        lines[n] = lines[i];
        wishes[n] = axis_at(&plan->x, lines[n].value);
        widths[n] = text_width(drawing->text, lines[n].label, VALUE_SIZE, false) + 10;
        n++;
    }
    labels_spread(wishes, widths, centres, n, area.x + 40, area.x + area.width + 12);
    for (size_t i = 0; i < n; i++) {
        canvas_tag(drawing->canvas, "reference", lines[i].label);
        canvas_polyline(drawing->canvas, (struct point[]){{wishes[i], area.y - 4}, {wishes[i], area.y + area.height}}, 2, 1.25, drawing->theme->ink, true);
        canvas_tag(drawing->canvas, "reference-label", lines[i].label);
        canvas_text(drawing->canvas, centres[i], area.y - 9, ANCHOR_MIDDLE, VALUE_SIZE, false, drawing->theme->ink, lines[i].label);
    }
    return code;
}

static int histogram_draw(struct drawing *drawing, const void *given, struct box panel)
{
    struct histogram_plan plan = *(const struct histogram_plan *)given;
    const struct theme *theme = drawing->theme;
    struct box area = {panel.x + plan.tick_width + TICK_GAP, panel.y + NAME_ROOM + 8, panel.width - plan.tick_width - TICK_GAP - 12,
                       panel.height - AXIS_HEIGHT - 2 * NAME_ROOM + 4};
    struct colour colour = series_colour(drawing, 0);
    char number[NUMBER_LABEL], low[NUMBER_LABEL], high[NUMBER_LABEL], title[256];
    plan.x.from = area.x;
    plan.x.to = area.x + area.width;
    plan.y.from = area.y + area.height;
    plan.y.to = area.y;
    canvas_tag(drawing->canvas, "axis-name", drawing->words->count);
    canvas_text(drawing->canvas, panel.x, panel.y + theme->tick_size, ANCHOR_START, theme->tick_size, false, theme->soft, drawing->words->count);
    axis_draw_left(drawing, &plan.y, panel.x + plan.tick_width, area.x, area.x + area.width);
    double width = area.width / (double)plan.classes;
    for (size_t k = 0; k < plan.classes; k++) {
        if (plan.counts[k] == 0)
            continue;
        double x = area.x + (double)k * width, top = axis_at(&plan.y, (double)plan.counts[k]);
        number_grouped(plan.first + (double)k * plan.width, plan.x.ticks.decimals, low);
        number_grouped(plan.first + (double)(k + 1) * plan.width, plan.x.ticks.decimals, high);
        snprintf(title, sizeof title, "%s–%s", low, high);
        const struct mark *members = class_mark(drawing, &plan, k, title);
        if (members == NULL)
            return out_of_memory(drawing);
        snprintf(title, sizeof title, "%s–%s%s%zu", low, high, drawing->words->colon, plan.counts[k]);
        canvas_tag_mark(drawing->canvas, "class", title, members);
        canvas_rect(drawing->canvas, x + (width > 4 ? 0.5 : 0), top, width - (width > 4 ? 1 : 0), area.y + area.height - top, colour_mix(theme->paper, colour, 0.6));
        snprintf(number, sizeof number, "%zu", plan.counts[k]);
        if (text_width(drawing->text, number, VALUE_SIZE, false) + 4 <= width && area.y + area.height - top >= VALUE_SIZE * 1.5) {
            canvas_tag(drawing->canvas, "value", number);
            canvas_text(drawing->canvas, x + width / 2, area.y + area.height - 5, ANCHOR_MIDDLE, VALUE_SIZE, false,
                        colour_on(colour_mix(theme->paper, colour, 0.6)), number);
        }
    }
    if (plan.curved) {
        struct point line[CURVE_STEPS];
        for (size_t k = 0; k < CURVE_STEPS; k++)
            line[k] = (struct point){axis_at(&plan.x, plan.curve_x[k]), axis_at(&plan.y, plan.curve_y[k])};
        canvas_tag(drawing->canvas, "density", drawing->words->density);
        canvas_polyline(drawing->canvas, line, CURVE_STEPS, 2, theme->ink, false);
    }
    canvas_tag(drawing->canvas, "zero", NULL);
    canvas_rect(drawing->canvas, area.x, floor(area.y + area.height), area.width, 1, theme->zero);
    double end = -INFINITY;
    for (int i = 0; i < plan.x.ticks.count; i++) {
        double x = axis_at(&plan.x, tick_at(&plan.x.ticks, i)), half;
        number_grouped(tick_at(&plan.x.ticks, i), plan.x.ticks.decimals, number);
        half = text_width(drawing->text, number, theme->tick_size, false) / 2;
        if (x > area.x + area.width + 1 || x < area.x - 1 || x - half < end + 8)
            continue;
        canvas_tag(drawing->canvas, "notch", NULL);
        canvas_rect(drawing->canvas, floor(x), area.y + area.height + 1, 1, 4, theme->faint);
        canvas_tag(drawing->canvas, "tick", number);
        canvas_text(drawing->canvas, fmin(x, panel.x + panel.width - half), area.y + area.height + 7 + theme->tick_size, ANCHOR_MIDDLE, theme->tick_size, false, theme->faint, number);
        end = x + half;
    }
    return references_draw(drawing, &plan, area);
}

static const char *histogram_note(struct drawing *drawing)
{
    return drawing->words->density_note;
}

const struct chart chart_histogram = {.layout = histogram_layout, .draw = histogram_draw, .note = histogram_note, .signs = SIGNS_COUNTED};
