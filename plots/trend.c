/* trend.c — series over time as in line.c, each with its line of least squares and its mean growth a year.
 *
 * The line is fitted to the actual figures (planned ones are what somebody wants, not what happened), from three of them on, and
 * drawn over their years only. Growth is from the first of them to the last: (last / first)^(1 / years) - 1; between figures of
 * which only bounds are known it is an approximate one. */
#include "plots/courses.h"

#include "stats/curve.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static bool counts(const struct mark *mark)
{
    return !mark_missing(mark) && !mark->planned;
}

const char *trend_text(struct drawing *drawing, const struct course *course)
{
    const struct mark *first = NULL, *last = NULL;
    const char *value = mark_label(drawing, course->last->mark);
    for (size_t i = 0; i < course->count; i++)
        if (counts(course->points[i].mark)) {
            first = first == NULL ? course->points[i].mark : first;
            last = course->points[i].mark;
        }
    if (value == NULL)
        return NULL;
    if (first == NULL || !(last->x - first->x >= 1) || !(first->value > 0) || !(last->value > 0))
        return value;
    double growth = (pow(last->value / first->value, 1 / (last->x - first->x)) - 1) * 100;
    bool about = first->about || last->about || first->low != first->high || last->low != last->high;
    size_t size = strlen(value) + 96;
    char *text = arena_alloc(drawing->arena, size);
    if (text != NULL)
        snprintf(text, size, drawing->words->english ? "%s (%s%+.1f%% a year)" : "%s（%s%+.1f%%/年）", value, about ? drawing->words->about : "", growth);
    return text;
}

int trend_draw_fit(struct drawing *drawing, const struct course *course, const struct courses *courses, const struct axis *axis, struct box area)
{
    double *x = arena_alloc(drawing->arena, (2 * course->count + 1) * sizeof *x), *y, low = INFINITY, high = -INFINITY, from, to, half;
    size_t n = 0;
    struct line_fit fit;
    if (x == NULL)
        return out_of_memory(drawing);
    y = x + course->count;
    for (size_t i = 0; i < course->count; i++)
        if (counts(course->points[i].mark)) {
            x[n] = course->points[i].mark->x;
            y[n++] = course->points[i].mark->value / drawing->scale.factor;
            low = fmin(low, x[n - 1]);
            high = fmax(high, x[n - 1]);
        }
    if (curve_line(x, y, n, &fit) == E_MEMORY)
        return out_of_memory(drawing);
    if (!isfinite(fit.slope))
        return E_OK;
    curve_line_at(&fit, low, &from, &half);
    curve_line_at(&fit, high, &to, &half);
    canvas_tag_mark(drawing->canvas, "fit", course->name, NULL);
    canvas_polyline(drawing->canvas, (struct point[]){{course_x(courses, area, low), axis_at(axis, from)}, {course_x(courses, area, high), axis_at(axis, to)}}, 2, 1.25,
                    colour_mix(drawing->theme->paper, course->colour, 0.75), true);
    return E_OK;
}

static const char *trend_note(struct drawing *drawing)
{
    return drawing->words->trend_note;
}

const struct chart chart_trend = {.layout = line_layout, .draw = line_draw, .note = trend_note, .uses_x = true};
