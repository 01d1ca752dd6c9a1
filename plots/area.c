/* area.c — amounts over time: one filled below its line, several stacked on one another, or as shares of their sum.
 *
 * An area is a sum of what lies under it, so that it starts at zero and refuses negative values. Where any part is missing at
 * a time, the stack breaks there: a sum without one of its parts is no sum. */
#include "plots/courses.h"

#include <math.h>
#include <stdio.h>

#define PANEL_HEIGHT 320.0
#define PANEL_LEAST 60.0
#define AXIS_HEIGHT 26.0
#define NAME_SHARE 0.28
#define TICK_GAP 8.0
#define TIMES_MAX 5000

struct area_plan {
    struct courses courses;
    double *times;               /* distinct, ascending */
    size_t time_count;
    double *upper;               /* [course × time]: the top of each layer in the scaled unit; NaN where the stack breaks */
    const struct mark **marks;   /* [course × time] */
    struct axis axis;
    struct ends ends;
    double tick_width, name_width;
    double highest;              /* of the layers with the bounds of their edges; scaled unit */
};

static int times_read(struct drawing *drawing, struct area_plan *plan)
{
    const struct courses *courses = &plan->courses;
    plan->times = arena_alloc(drawing->arena, courses->point_count * sizeof *plan->times);
    if (plan->times == NULL)
        return out_of_memory(drawing);
    for (size_t i = 0; i < courses->point_count; i++)
        if (i == 0 || courses->by_time[i].mark->x != courses->by_time[i - 1].mark->x)
            plan->times[plan->time_count++] = courses->by_time[i].mark->x;
    if (plan->time_count > TIMES_MAX)
        return error_set(drawing->error, E_DOMAIN, "an area chart holds at most %d times; there are %zu", TIMES_MAX, plan->time_count);
    return E_OK;
}

static int layers_read(struct drawing *drawing, struct area_plan *plan)
{
    const struct courses *courses = &plan->courses;
    size_t n = plan->time_count;
    bool percent = drawing->figure->arrangement == FIGURE_PERCENT;
    plan->upper = arena_alloc(drawing->arena, courses->count * n * sizeof *plan->upper);
    plan->marks = arena_alloc(drawing->arena, courses->count * n * sizeof *plan->marks);
    if (plan->upper == NULL || plan->marks == NULL)
        return out_of_memory(drawing);
    for (size_t k = 0; k < courses->count; k++)
        for (size_t i = 0, t = 0; i < courses->list[k].count; i++) {
            const struct mark *mark = courses->list[k].points[i].mark;
            while (plan->times[t] < mark->x)
                t++;
            if (!mark_missing(mark) && mark->value < 0)
                return error_set(drawing->error, E_DOMAIN, "%s %s: an area cannot hold the negative value %g; draw lines", courses->list[k].name,
                                 mark->label != NULL ? mark->label : "", mark->value);
            plan->marks[k * n + t] = mark;
        }
    for (size_t t = 0; t < n; t++) {
        double sum = 0;
        for (size_t k = 0; k < courses->count; k++) {
            const struct mark *mark = plan->marks[k * n + t];
            sum += mark == NULL || mark_missing(mark) ? NAN : mark->value / drawing->scale.factor;
            double beyond = mark == NULL || mark_missing(mark) || !isfinite(mark->high) ? 0 : (mark->high - mark->value) / drawing->scale.factor;
            plan->highest = percent || isnan(sum) ? plan->highest : fmax(plan->highest, sum + beyond);
            plan->upper[k * n + t] = sum;
        }
        for (size_t k = 0; k < courses->count; k++)   /* the highest layer is NaN when any is */
            plan->upper[k * n + t] = isnan(sum) ? NAN : !percent ? plan->upper[k * n + t] : sum > 0 ? plan->upper[k * n + t] / sum * 100 : NAN;
    }
    return E_OK;
}

static int area_layout(struct drawing *drawing, double width, double *height, void **result)
{
    struct area_plan *plan = arena_alloc(drawing->arena, sizeof *plan);
    double high = 0;
    int code = plan == NULL ? out_of_memory(drawing) : courses_read(drawing, &plan->courses);
    if (code == E_OK)
        code = times_read(drawing, plan);
    if (code == E_OK)
        code = layers_read(drawing, plan);
    if (code != E_OK)
        return code;
    size_t n = plan->time_count, last = n;
    high = plan->highest;
    while (last > 0 && isnan(plan->upper[last - 1]))
        last--;
    if (last == 0)
        return error_set(drawing->error, E_DOMAIN, "nothing to draw: at no time all %zu series have a value; draw lines", plan->courses.count);
    plan->ends.list = arena_alloc(drawing->arena, plan->courses.count * sizeof *plan->ends.list);
    const struct mark **parts = arena_alloc(drawing->arena, plan->courses.count * sizeof *parts);
    if (plan->ends.list == NULL || parts == NULL)
        return out_of_memory(drawing);
    for (size_t k = 0; k < plan->courses.count; k++)
        parts[k] = plan->marks[k * n + last - 1];
    for (size_t k = 0; k < plan->courses.count; k++) {
        const struct mark *mark = plan->marks[k * n + last - 1];
        char *share = NULL;
        if (drawing->figure->arrangement == FIGURE_PERCENT) {
            const char *number = stack_share(drawing, parts, plan->courses.count, k);
            size_t size = number == NULL ? 0 : strlen(number) + 2;
            if (number == NULL || (share = arena_alloc(drawing->arena, size)) == NULL)
                return out_of_memory(drawing);
            snprintf(share, size, "%s%%", number);
        }
        plan->ends.list[plan->ends.count++] = (struct end){.name = plan->courses.list[k].name, .mark = mark, .text = share,
                                                           .colour = plan->courses.list[k].colour, .weight = mark->value};
    }
    if ((code = ends_layout(drawing, &plan->ends, floor(width * NAME_SHARE), *height > 0 ? *height - AXIS_HEIGHT : 0)) != E_OK)
        return code;
    if (*height > 0 && *height < PANEL_LEAST + AXIS_HEIGHT)
        return error_set(drawing->error, E_DOMAIN, "the figure would have to be %.0f px higher to hold an area chart, or have no height set",
                         ceil(PANEL_LEAST + AXIS_HEIGHT - *height));
    if (*height <= 0)
        *height = fmax(PANEL_HEIGHT, plan->ends.height) + AXIS_HEIGHT;
    high = drawing->figure->arrangement == FIGURE_PERCENT ? 100 : shared_need(&drawing->shared, NEED_HIGH, high);
    plan->axis = axis_choose(0, high, *height - AXIS_HEIGHT, 62, true, true);
    plan->tick_width = shared_need(&drawing->shared, NEED_TICK, axis_label_width(drawing, &plan->axis));
    plan->name_width = shared_need(&drawing->shared, NEED_NAME, plan->ends.width);
    *result = plan;
    return E_OK;
}

/* One layer between two edges, from one break to the next. */
static void layer_draw(struct drawing *drawing, const struct area_plan *plan, size_t k, struct box area, struct point *scratch)
{
    size_t n = plan->time_count;
    const double *upper = plan->upper + k * n, *lower = k == 0 ? NULL : upper - n;
    struct colour colour = plan->courses.list[k].colour;
    for (size_t start = 0, end; start < n; start = end + 1) {
        for (end = start; end < n && !isnan(upper[end]); end++)
            ;
        if (end - start < 2) {
            if (end > start) {   /* one time alone: a line as high as its amount */
                double x = course_x(&plan->courses, area, plan->times[start]), y = axis_at(&plan->axis, upper[start]);
                canvas_tag(drawing->canvas, "area", plan->courses.list[k].name);
                canvas_rect(drawing->canvas, x - 1.5, y, 3, axis_at(&plan->axis, lower == NULL ? 0 : lower[start]) - y, colour);
            }
            continue;
        }
        size_t m = 0;
        for (size_t t = start; t < end; t++)
            scratch[m++] = (struct point){course_x(&plan->courses, area, plan->times[t]), axis_at(&plan->axis, upper[t])};
        size_t edge = m;
        for (size_t t = end; t-- > start;)
            scratch[m++] = (struct point){course_x(&plan->courses, area, plan->times[t]), axis_at(&plan->axis, lower == NULL ? 0 : lower[t])};
        canvas_tag(drawing->canvas, "area", plan->courses.list[k].name);
        canvas_polygon(drawing->canvas, scratch, m, plan->courses.count == 1 ? colour_mix(drawing->theme->paper, colour, 0.35) : colour);
        canvas_tag(drawing->canvas, "edge", NULL);
        canvas_polyline(drawing->canvas, scratch, edge, plan->courses.count == 1 ? 2.25 : 1, plan->courses.count == 1 ? colour : drawing->theme->paper, false);
    }
}

/* The word for missing in the gap itself, with the names of those that are. */
static void gaps_draw(struct drawing *drawing, const struct area_plan *plan, struct box area)
{
    size_t n = plan->time_count;
    const char *word = drawing->words->missing;
    double end = -INFINITY, half = text_width(drawing->text, word, 12, false) / 2;
    for (size_t t = 0; t < n; t++) {
        double x = course_x(&plan->courses, area, plan->times[t]);
        const struct mark *missing = NULL;
        for (size_t k = 0; k < plan->courses.count && missing == NULL; k++)
            if (plan->marks[k * n + t] != NULL && mark_missing(plan->marks[k * n + t]))
                missing = plan->marks[k * n + t];
        if (!isnan(plan->upper[(plan->courses.count - 1) * n + t]) || x - half < end + 4)
            continue;
        canvas_tag_mark(drawing->canvas, "missing", missing == NULL ? NULL : mark_title(drawing, missing), missing);
        canvas_text(drawing->canvas, x, area.y + area.height - 6, ANCHOR_MIDDLE, 12, false, drawing->theme->faint, word);
        end = x + half;
    }
}

static int area_draw(struct drawing *drawing, const void *given, struct box panel)
{
    struct area_plan plan = *(const struct area_plan *)given;
    size_t n = plan.time_count, last = n;
    double left = plan.tick_width + TICK_GAP + 4, right = plan.name_width + 16;
    struct box area = {panel.x + left, panel.y + 6, panel.width - left - right, panel.height - AXIS_HEIGHT - 6};
    struct point *scratch = arena_alloc(drawing->arena, 2 * n * sizeof *scratch);
    if (scratch == NULL)
        return out_of_memory(drawing);
    plan.axis.from = area.y + area.height;
    plan.axis.to = area.y;
    axis_draw_left(drawing, &plan.axis, panel.x + plan.tick_width, panel.x + plan.tick_width + TICK_GAP, area.x + area.width);
    for (size_t k = plan.courses.count; k-- > 0;)
        layer_draw(drawing, &plan, k, area, scratch);
    time_axis_draw(drawing, &plan.courses, area, panel);
    gaps_draw(drawing, &plan, area);
    for (size_t k = 0; k < plan.courses.count; k++)
        for (size_t t = 0; t < n; t++) {
            const struct mark *mark = plan.marks[k * n + t];
            if (mark == NULL || isnan(plan.upper[k * n + t]) || (plan.courses.count > 1 && n > 60))
                continue;
            struct point at = {course_x(&plan.courses, area, mark->x), axis_at(&plan.axis, plan.upper[k * n + t])};
            double unit = drawing->scale.factor;
            if (drawing->figure->arrangement != FIGURE_PERCENT && mark_is_range(mark))   /* about the edge of its own layer */
                glyph_whisker(drawing, (struct point){at.x, axis_at(&plan.axis, plan.upper[k * n + t] + (mark->low - mark->value) / unit)},
                              (struct point){at.x, axis_at(&plan.axis, plan.upper[k * n + t] + (mark->high - mark->value) / unit)}, 8, drawing->theme->ink);
            if (mark->high == INFINITY && drawing->figure->arrangement != FIGURE_PERCENT)
                glyph_arrow(drawing, (struct point){at.x, at.y - 4}, 0, -1, 10, drawing->theme->ink);
            if ((mark_is_below(mark) || mark->low == -INFINITY) && drawing->figure->arrangement != FIGURE_PERCENT)
                glyph_arrow(drawing, (struct point){at.x, at.y + 4}, 0, 1, 10, drawing->theme->ink);
            glyph_dot(drawing, mark, at, plan.courses.count == 1 || mark->planned || mark->estimated ? 3 : 1.75, plan.courses.count == 1 ? plan.courses.list[k].colour : text_colour(drawing, plan.courses.list[k].colour));
        }
    while (last > 0 && isnan(plan.upper[last - 1]))
        last--;
    for (size_t k = 0; k < plan.courses.count; k++) {
        double top = plan.upper[k * n + last - 1], bottom = k == 0 ? 0 : plan.upper[(k - 1) * n + last - 1];
        plan.ends.list[k].x = course_x(&plan.courses, area, plan.times[last - 1]);
        plan.ends.list[k].y = axis_at(&plan.axis, plan.courses.count == 1 ? top : (top + bottom) / 2);
    }
    return ends_draw(drawing, &plan.ends, area.x + area.width + 16, false, area.y - 8, area.y + area.height + 8);
}

const struct chart chart_area = {.layout = area_layout, .draw = area_draw, .uses_x = true, .percent = true};
