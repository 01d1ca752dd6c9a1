/* courses.c — reading series over time, and their time axis.
 *
 * A line says that what lies between two points is known well enough to be passed through. So it breaks at a missing
 * value, and where points are further apart than 1.5 times the series' usual (median) distance. */
#include "plots/courses.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GAP_FACTOR 1.5

static int earlier(const void *a, const void *b)
{
    const struct course_point *p = a, *q = b;
    if (p->mark->x != q->mark->x)
        return p->mark->x < q->mark->x ? -1 : 1;
    return p->order < q->order ? -1 : p->order > q->order;
}

static int ascending(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

static int course_measure(struct drawing *drawing, struct course *course)
{
    double *steps = arena_alloc(drawing->arena, course->count * sizeof *steps);
    size_t n = 0;
    if (steps == NULL)
        return out_of_memory(drawing);
    for (size_t i = 0; i < course->count; i++) {
        const struct course_point *point = &course->points[i];
        if (i > 0 && point->mark->x > point[-1].mark->x)
            steps[n++] = point->mark->x - point[-1].mark->x;
        if (mark_missing(point->mark))
            continue;
        course->last = point;
        if (course->first == NULL)
            course->first = point;
    }
    qsort(steps, n, sizeof *steps, ascending);
    course->usual = n == 0 ? INFINITY : steps[n / 2];
    return E_OK;
}

int courses_read(struct drawing *drawing, struct courses *courses)
{
    const struct figure *figure = drawing->figure;
    size_t n = figure->mark_count, timeless = 0, at = 0;
    struct names names = {0};
    size_t *of = arena_alloc(drawing->arena, n * sizeof *of), *sizes = arena_alloc(drawing->arena, n * sizeof *sizes);
    struct course_point *points = arena_alloc(drawing->arena, n * sizeof *points);
    courses->by_time = arena_alloc(drawing->arena, n * sizeof *courses->by_time);
    if (of == NULL || sizes == NULL || points == NULL || courses->by_time == NULL)
        return out_of_memory(drawing);
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        const struct mark *mark = &figure->marks[i];
        if (!isfinite(mark->x)) {
            timeless++;
            continue;
        }
        if ((of[i] = names_add(&names, drawing->arena, mark->series)) == NAME_NONE)
            return out_of_memory(drawing);
        sizes[of[i]]++;
        courses->by_time[courses->point_count++] = (struct course_point){.mark = mark, .order = i};
        any = any || !mark_missing(mark);
    }
    if (!any)
        return error_set(drawing->error, E_DOMAIN, "nothing to draw: no mark has both a time and a value (%zu of %zu have no time)", timeless, n);
    courses->count = names.count;
    courses->list = arena_alloc(drawing->arena, names.count * sizeof *courses->list);
    if (courses->list == NULL)
        return out_of_memory(drawing);
    for (size_t k = 0; k < names.count; at += sizes[k++]) {
        size_t series = names_find(&drawing->series, names.items[k]);
        courses->list[k] = (struct course){.name = names.items[k], .points = points + at, .series = series};
    }
    for (size_t i = 0; i < n; i++)
        if (isfinite(figure->marks[i].x)) {
            struct course *course = &courses->list[of[i]];
            course->colour = mark_colour(drawing, &figure->marks[i]);
            course->points[course->count++] = (struct course_point){.mark = &figure->marks[i], .order = i};
        }
    qsort(courses->by_time, courses->point_count, sizeof *courses->by_time, earlier);
    for (size_t k = 0; k < courses->count; k++) {
        qsort(courses->list[k].points, courses->list[k].count, sizeof *points, earlier);
        int code = course_measure(drawing, &courses->list[k]);
        if (code != E_OK)
            return code;
    }
    courses->x_low = -shared_need(&drawing->shared, NEED_X_LOW, -courses->by_time[0].mark->x);
    courses->x_high = shared_need(&drawing->shared, NEED_X_HIGH, courses->by_time[courses->point_count - 1].mark->x);
    return E_OK;
}

bool course_breaks(const struct course *course, size_t i)
{
    const struct mark *a = course->points[i - 1].mark, *b = course->points[i].mark;
    return mark_missing(a) || mark_missing(b) || b->x - a->x > GAP_FACTOR * course->usual;
}

void courses_fade(struct drawing *drawing, struct courses *courses, const bool *shown)
{
    bool crowd = courses->count > 2 * drawing->theme->palette_count;
    for (size_t k = 0; k < courses->count && drawing->whole->highlight_count == 0; k++)
        if (!shown[k])
            courses->list[k].colour = drawing->theme->muted;
        else if (crowd)
            courses->list[k].colour = drawing->theme->accent;
}

double course_x(const struct courses *courses, struct box area, double x)
{
    if (!(courses->x_high > courses->x_low))
        return area.x + area.width / 2;
    return area.x + (x - courses->x_low) / (courses->x_high - courses->x_low) * area.width;
}

static bool is_year(const char *label, long *year)
{
    char *end;
    *year = strtol(label, &end, 10);
    return end == label + 4 && (*end == '\0' || strcmp(end, "年") == 0) && *year > 0;
}

/* Labels of periods below the axis, as many as stand side by side. The latest is always among them; of plain years those
 * that are multiples of 2, 5, 10 … are preferred. */
void time_axis_draw(struct drawing *drawing, const struct courses *courses, struct box area, struct box panel)
{
    char number[NUMBER_LABEL];
    double size = drawing->theme->tick_size, y = area.y + area.height;
    static const long strides[] = {1, 2, 5, 10, 20, 50, 100};
    size_t s = 0;
    long year;
    for (bool fits = false; !fits && s < sizeof strides / sizeof *strides;) {
        double end = -INFINITY, last = -INFINITY;
        fits = true;
        for (size_t i = 0; i < courses->point_count && fits; i++) {
            const struct mark *mark = courses->by_time[i].mark;
            if (mark->label == NULL || !is_year(mark->label, &year)) {
                s = sizeof strides / sizeof *strides;  /* not years: none is preferred */
                break;
            }
            double x = course_x(courses, area, mark->x);
            if (x == last || year % strides[s] != 0)
                continue;
            double half = text_width(drawing->text, mark->label, size, false) / 2;
            fits = x - half >= end + 8;
            end = x + half;
            last = x;
        }
        if (!fits)
            s++;
    }
    bool years = s < sizeof strides / sizeof *strides;
    double next = INFINITY, last = INFINITY;
    for (size_t i = courses->point_count; i-- > 0;) {
        const struct mark *mark = courses->by_time[i].mark;
        double x = course_x(courses, area, mark->x);
        if (x == last)
            continue;
        const char *label = mark->label;
        if (label == NULL) {
            snprintf(number, sizeof number, "%.7g", mark->x);
            label = number;
        }
        last = x;
        canvas_tag(drawing->canvas, "notch", NULL);
        bool chosen = !years || (is_year(label, &year) && year % strides[s] == 0);
        double width = text_width(drawing->text, label, size, false);
        double left = fmin(x - width / 2, panel.x + panel.width - width);
        left = fmax(left, panel.x);
        chosen = chosen && left + width + 8 <= next;
        canvas_rect(drawing->canvas, floor(x), y + 1, 1, chosen ? 5 : 3, drawing->theme->faint);
        if (!chosen)
            continue;
        canvas_tag(drawing->canvas, "period", label);
        canvas_text(drawing->canvas, left, y + 9 + size, ANCHOR_START, size, false, drawing->theme->faint, label);
        next = left;
    }
}
