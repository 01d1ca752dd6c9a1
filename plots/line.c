/* line.c — series over time: each named at its end, broken where a value is missing.
 *
 * A line says that what lies between two points is known well enough to be passed through. So it breaks at a missing
 * value, and where points are further apart than 1.5 times the series' usual (median) distance; the way to a planned
 * value is dashed. The value axis starts at zero unless that would press the lines flat against the top. */
#include "plots/chart.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PANEL_HEIGHT 330.0
#define PANEL_LEAST 60.0
#define AXIS_HEIGHT 26.0
#define NAME_SHARE 0.28      /* of the panel's width that names may take */
#define NAME_SIZE 13.0
#define NAME_GAP 3.0         /* between names, one below the other */
#define VALUE_SIZE 12.0
#define LINE_HEIGHT 1.2
#define VALUES_SERIES_MAX 3  /* with more lines, numbers between them are a thicket */
#define VALUES_MAX 400
#define GAP_FACTOR 1.5

struct line_point {
    const struct mark *mark;
    size_t order;
    double x, y;             /* px, once drawn */
};

struct line_series {
    const char *name;
    struct line_point *points;   /* ascending in time */
    size_t count;
    const struct line_point *last;   /* the last that is not missing, or NULL */
    const char *const *lines;    /* the label at its end */
    size_t line_count;
    double usual;            /* median distance of its points in time */
    struct colour colour;
};

struct line_plan {
    struct line_series *series;
    size_t count;
    struct line_point *by_time;  /* all points, for the labels of the axis */
    size_t point_count;
    double x_low, x_high, y_low, y_high;   /* y in the scaled unit */
    struct ticks ticks;
    double tick_width, name_width;
};

static int earlier(const void *a, const void *b)
{
    const struct line_point *p = a, *q = b;
    if (p->mark->x != q->mark->x)
        return p->mark->x < q->mark->x ? -1 : 1;
    return p->order < q->order ? -1 : p->order > q->order;
}

static int ascending(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

static int series_measure(struct drawing *drawing, struct line_series *series)
{
    double *steps = arena_alloc(drawing->arena, series->count * sizeof *steps);
    size_t n = 0;
    if (steps == NULL)
        return error_set(drawing->error, E_MEMORY, "drawing lines: out of memory");
    for (size_t i = 0; i < series->count; i++) {
        if (i > 0 && series->points[i].mark->x > series->points[i - 1].mark->x)
            steps[n++] = series->points[i].mark->x - series->points[i - 1].mark->x;
        if (!mark_missing(series->points[i].mark))
            series->last = &series->points[i];
    }
    qsort(steps, n, sizeof *steps, ascending);
    series->usual = n == 0 ? INFINITY : steps[n / 2];
    return E_OK;
}

/* Sorts the marks into series, in the order in which their names first appear. Marks without a time cannot be drawn. */
static int series_read(struct drawing *drawing, struct line_plan *plan)
{
    const struct figure *figure = drawing->figure;
    size_t n = figure->mark_count, *of = arena_alloc(drawing->arena, n * sizeof *of), capacity = 0, timeless = 0;
    struct line_point *points = arena_alloc(drawing->arena, n * sizeof *points);
    plan->by_time = arena_alloc(drawing->arena, n * sizeof *plan->by_time);
    if (of == NULL || points == NULL || plan->by_time == NULL)
        goto memory;
    for (size_t i = 0; i < n; i++) {
        const struct mark *mark = &figure->marks[i];
        const char *name = mark->series != NULL ? mark->series : "";
        if (!isfinite(mark->x)) {
            timeless++;
            of[i] = SIZE_MAX;
            continue;
        }
        size_t k = 0;
        while (k < plan->count && strcmp(plan->series[k].name, name) != 0)
            k++;
        if (k == plan->count) {
            if (k == capacity) {
                capacity = capacity == 0 ? 8 : capacity * 2;
                struct line_series *grown = arena_alloc(drawing->arena, capacity * sizeof *grown);
                if (grown == NULL)
                    goto memory;
                if (k > 0)
                    memcpy(grown, plan->series, k * sizeof *grown);
                plan->series = grown;
            }
            plan->series[plan->count++] = (struct line_series){.name = name};
        }
        of[i] = k;
        plan->series[k].count++;
        plan->by_time[plan->point_count++] = (struct line_point){.mark = mark, .order = i};
    }
    for (size_t k = 0, at = 0; k < plan->count; k++) {
        struct line_series *series = &plan->series[k];
        series->points = points + at;
        at += series->count;
        series->count = 0;
        series->colour = drawing->theme->palette[k % PALETTE_SIZE];
    }
    bool any = false;
    for (size_t i = 0; i < n; i++)
        if (of[i] != SIZE_MAX) {
            struct line_series *series = &plan->series[of[i]];
            series->points[series->count++] = (struct line_point){.mark = &figure->marks[i], .order = i};
            any = any || !mark_missing(&figure->marks[i]);
        }
    if (!any)
        return error_set(drawing->error, E_DOMAIN, "nothing to draw: no mark has both a time and a value (%zu of %zu have no time)", timeless, n);
    qsort(plan->by_time, plan->point_count, sizeof *plan->by_time, earlier);
    for (size_t k = 0; k < plan->count; k++) {
        qsort(plan->series[k].points, plan->series[k].count, sizeof *points, earlier);
        int code = series_measure(drawing, &plan->series[k]);
        if (code != E_OK)
            return code;
    }
    return E_OK;
memory:
    return error_set(drawing->error, E_MEMORY, "drawing lines: out of memory");
}

/* The value axis: all points and finite bounds, from zero when the data come near it, out to the next ticks. */
static void plan_range(struct line_plan *plan, double factor, double height)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < plan->point_count; i++) {
        const struct mark *mark = plan->by_time[i].mark;
        if (mark_missing(mark))
            continue;
        low = fmin(low, fmin(mark->value, isfinite(mark->low) && !mark_is_below(mark) ? mark->low : mark->value) / factor);
        high = fmax(high, fmax(mark->value, isfinite(mark->high) ? mark->high : mark->value) / factor);
    }
    if (low >= 0 && (low < 0.6 * high || low == high))
        low = 0;
    if (high <= 0 && (high > 0.6 * low || low == high))
        high = 0;
    if (low == high)
        high = low + 1;   /* all zero */
    int wanted = (int)fmax(2, height / 62);
    plan->ticks = ticks_choose(low, high, wanted);
    double step = plan->ticks.step;
    plan->y_low = floor(low / step + 1e-9) * step;
    plan->y_high = ceil(high / step - 1e-9) * step;
    plan->ticks.first = plan->y_low;
    plan->ticks.count = (int)lround((plan->y_high - plan->y_low) / step) + 1;
}

/* The label at the end of a line: its name and last value in one line, or the wrapped name with the value below it; where
 * there is no height for that (`brief`), the name alone, cut. */
static int series_label(struct drawing *drawing, struct line_plan *plan, struct line_series *series, double width, bool brief)
{
    if (series->last == NULL)
        return E_OK;
    series->line_count = 0;
    double room = floor(width * NAME_SHARE);
    const char *value = mark_label(drawing, series->last->mark);
    size_t size = value == NULL ? 0 : strlen(series->name) + strlen(value) + 2;
    char *label = value == NULL ? NULL : arena_alloc(drawing->arena, size);
    const char **lines = arena_alloc(drawing->arena, 3 * sizeof *lines);
    const char *const *name = NULL;
    if (label == NULL || lines == NULL)
        return error_set(drawing->error, E_MEMORY, "drawing lines: out of memory");
    snprintf(label, size, "%s%s%s", series->name, series->name[0] != '\0' ? " " : "", value);
    series->lines = lines;
    if (text_width(drawing->text, label, NAME_SIZE, false) <= room) {
        lines[series->line_count++] = label;
    } else {
        size_t n = text_wrap(drawing->text, drawing->arena, series->name, NAME_SIZE, false, room, brief ? 1 : 2, &name);
        for (size_t i = 0; i < n; i++)
            lines[series->line_count++] = name[i];
        if (!brief)
            lines[series->line_count++] = value;
    }
    for (size_t i = 0; i < series->line_count; i++)
        plan->name_width = fmax(plan->name_width, text_width(drawing->text, lines[i], NAME_SIZE, false));
    return E_OK;
}

static int line_layout(struct drawing *drawing, double width, double *height, void **result)
{
    struct line_plan *plan = arena_alloc(drawing->arena, sizeof *plan);
    char label[NUMBER_LABEL];
    double names = 0;
    if (plan == NULL)
        return error_set(drawing->error, E_MEMORY, "drawing lines: out of memory");
    int code = series_read(drawing, plan);
    for (int brief = 0; brief < 2; brief++) {
        names = plan->name_width = 0;
        for (size_t k = 0; code == E_OK && k < plan->count; k++) {
            code = series_label(drawing, plan, &plan->series[k], width, brief);
            names += (double)plan->series[k].line_count * NAME_SIZE * LINE_HEIGHT + NAME_GAP;
        }
        if (code != E_OK)
            return code;
        if (*height <= 0 || names <= *height - AXIS_HEIGHT)
            break;
    }
    double least = fmax(PANEL_LEAST, names) + AXIS_HEIGHT;
    if (*height > 0 && *height < least)
        return error_set(drawing->error, E_DOMAIN, "the figure would have to be %.0f px higher to hold %zu lines, or have no height set",
                         ceil(least - *height), plan->count);
    if (*height <= 0)
        *height = fmax(PANEL_HEIGHT, names) + AXIS_HEIGHT;
    plan_range(plan, drawing->scale.factor, *height - AXIS_HEIGHT);
    for (int i = 0; i < plan->ticks.count; i++)
        plan->tick_width = fmax(plan->tick_width, text_width(drawing->text, number_grouped(tick_at(&plan->ticks, i), plan->ticks.decimals, label),
                                                             drawing->theme->tick_size, false));
    plan->x_low = plan->by_time[0].mark->x;
    plan->x_high = plan->by_time[plan->point_count - 1].mark->x;
    *result = plan;
    return E_OK;
}

/* ---- axes ---- */

static double time_at(const struct line_plan *plan, struct box area, double x)
{
    if (!(plan->x_high > plan->x_low))
        return area.x + area.width / 2;
    return area.x + (x - plan->x_low) / (plan->x_high - plan->x_low) * area.width;
}

static double value_at(const struct line_plan *plan, struct box area, double scaled)
{
    return area.y + area.height * (1 - (scaled - plan->y_low) / (plan->y_high - plan->y_low));
}

static void value_axis(struct drawing *drawing, const struct line_plan *plan, struct box panel, struct box area)
{
    char label[NUMBER_LABEL];
    double size = drawing->theme->tick_size;
    for (int i = 0; i < plan->ticks.count; i++) {
        double tick = tick_at(&plan->ticks, i), y = floor(value_at(plan, area, tick));
        bool zero = fabs(tick) < plan->ticks.step / 2;
        canvas_tag(drawing->canvas, zero ? "zero" : "grid", NULL);
        canvas_rect(drawing->canvas, panel.x + plan->tick_width + 8, y, area.x + area.width + 10 - (panel.x + plan->tick_width + 8), 1,
                    zero ? drawing->theme->zero : drawing->theme->grid);
        number_grouped(tick, plan->ticks.decimals, label);
        canvas_tag(drawing->canvas, "tick", label);
        canvas_text(drawing->canvas, panel.x + plan->tick_width, y + size * 0.37, ANCHOR_END, size, false, drawing->theme->faint, label);
    }
}

static bool is_year(const char *label, long *year)
{
    char *end;
    *year = strtol(label, &end, 10);
    return end == label + 4 && (*end == '\0' || strcmp(end, "年") == 0) && *year > 0;
}

/* Labels of periods below the axis, as many as stand side by side. The latest is always among them; of plain years those
 * that are multiples of 2, 5, 10 … are preferred. */
static void time_axis(struct drawing *drawing, const struct line_plan *plan, struct box area, struct box panel)
{
    char number[NUMBER_LABEL];
    double size = drawing->theme->tick_size, y = area.y + area.height;
    static const long strides[] = {1, 2, 5, 10, 20, 50, 100};
    size_t s = 0;
    long year;
    for (bool fits = false; !fits && s < sizeof strides / sizeof *strides;) {
        double end = -INFINITY, last = -INFINITY;
        fits = true;
        for (size_t i = 0; i < plan->point_count && fits; i++) {
            const struct mark *mark = plan->by_time[i].mark;
            if (mark->label == NULL || !is_year(mark->label, &year)) {
                s = sizeof strides / sizeof *strides;  /* not years: none is preferred */
                break;
            }
            double x = time_at(plan, area, mark->x);
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
    for (size_t i = plan->point_count; i-- > 0;) {
        const struct mark *mark = plan->by_time[i].mark;
        double x = time_at(plan, area, mark->x);
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

/* ---- series ---- */

static bool breaks(const struct line_series *series, size_t i)
{
    const struct mark *a = series->points[i - 1].mark, *b = series->points[i].mark;
    return mark_missing(a) || mark_missing(b) || b->x - a->x > GAP_FACTOR * series->usual;
}

static void series_lines(struct drawing *drawing, const struct line_series *series, struct point *scratch)
{
    size_t start = 0;
    for (size_t i = 1; i <= series->count; i++) {
        bool dashed = start + 1 < series->count && series->points[start + 1].mark->planned;
        bool end = i == series->count || breaks(series, i);
        bool turn = !end && i > start + 1 && series->points[i].mark->planned != dashed;
        if (!end && !turn)
            continue;
        if (i - start > 1) {
            for (size_t k = start; k < i; k++)
                scratch[k - start] = (struct point){series->points[k].x, series->points[k].y};
            canvas_tag(drawing->canvas, dashed ? "line planned" : "line", series->name);
            canvas_polyline(drawing->canvas, scratch, i - start, 2.25, series->colour, dashed);
        }
        start = end ? i : i - 1;
        if (turn)
            i--;  /* the last point of the solid part begins the dashed one */
    }
}

static void arrow(struct canvas *canvas, double x, double y, double direction, struct colour colour)
{
    double tip = y + direction * 15, neck = tip - direction * 6, from = y + direction * 5;
    canvas_tag(canvas, "arrow", NULL);
    canvas_polygon(canvas, (struct point[]){{x - 1, from}, {x - 1, neck}, {x - 4, neck}, {x, tip}, {x + 4, neck}, {x + 1, neck}, {x + 1, from}},
                   7, colour);
}

static int series_points(struct drawing *drawing, const struct line_plan *plan, const struct line_series *series, struct box area)
{
    struct canvas *canvas = drawing->canvas;
    double factor = drawing->scale.factor, spacing = area.width / fmax(1, (double)series->count);
    for (size_t i = 0; i < series->count; i++) {
        const struct line_point *point = &series->points[i];
        const struct mark *mark = point->mark;
        if (mark_missing(mark))
            continue;
        bool below = mark_is_below(mark), alone = (i == 0 || breaks(series, i)) && (i + 1 == series->count || breaks(series, i + 1));
        if (isfinite(mark->low) && isfinite(mark->high) && mark->low < mark->high && !below) {
            double low = value_at(plan, area, mark->low / factor), high = value_at(plan, area, mark->high / factor);
            canvas_tag(canvas, "whisker", NULL);
            canvas_rect(canvas, point->x - 0.75, high, 1.5, low - high, series->colour);
            canvas_rect(canvas, point->x - 4, high - 0.75, 8, 1.5, series->colour);
            canvas_rect(canvas, point->x - 4, low - 0.75, 8, 1.5, series->colour);
        }
        if (mark->high == INFINITY)
            arrow(canvas, point->x, point->y, -1, series->colour);
        if (below || mark->low == -INFINITY)
            arrow(canvas, point->x, point->y, 1, series->colour);
        if (spacing < 7 && !alone && !mark->planned && point != series->last && mark->low == mark->high)
            continue;  /* a string of beads hides the line */
        const char *title = mark_title(drawing, mark);
        if (title == NULL)
            return error_set(drawing->error, E_MEMORY, "drawing lines: out of memory");
        canvas_tag(canvas, mark->planned ? "point planned" : "point", title);
        canvas_circle(canvas, point->x, point->y, 3.2, mark->planned ? drawing->theme->paper : series->colour, series->colour, 1.5);
    }
    return E_OK;
}

/* Darker than the line, so that thin strokes can be read. */
static struct colour text_colour(const struct theme *theme, struct colour colour)
{
    return colour_mix(colour, theme->ink, 0.25);
}

/* Names at the right edge, apart from each other; a thin line leads to those that had to move. */
static int series_names(struct drawing *drawing, const struct line_plan *plan, struct box area)
{
    size_t n = 0;
    const struct line_series **sorted = arena_alloc(drawing->arena, plan->count * sizeof *sorted);
    double *wishes = arena_alloc(drawing->arena, plan->count * sizeof *wishes);
    double *heights = arena_alloc(drawing->arena, plan->count * sizeof *heights);
    double *centres = arena_alloc(drawing->arena, plan->count * sizeof *centres);
    if (sorted == NULL || wishes == NULL || heights == NULL || centres == NULL)
        return error_set(drawing->error, E_MEMORY, "drawing lines: out of memory");
    for (size_t k = 0; k < plan->count; k++) {
        if (plan->series[k].line_count == 0)
            continue;
        size_t at = n++;
        while (at > 0 && sorted[at - 1]->last->y > plan->series[k].last->y) {
            sorted[at] = sorted[at - 1];
            at--;
        }
        sorted[at] = &plan->series[k];
    }
    for (size_t i = 0; i < n; i++) {
        wishes[i] = sorted[i]->last->y;
        heights[i] = (double)sorted[i]->line_count * NAME_SIZE * LINE_HEIGHT + NAME_GAP;
    }
    labels_spread(wishes, heights, centres, n, area.y - 8, area.y + area.height + 8);
    double right = area.x + area.width, x = right + 16;
    for (size_t i = 0; i < n; i++) {
        const struct line_series *series = sorted[i];
        bool far = right - series->last->x > 10;
        if (fabs(centres[i] - wishes[i]) > 3 || far) {
            canvas_tag(drawing->canvas, "leader", NULL);
            canvas_polyline(drawing->canvas, (struct point[]){{series->last->x + 6, wishes[i]}, {right + 4, far ? centres[i] : wishes[i]}, {x - 3, centres[i]}},
                            3, 0.75, colour_mix(drawing->theme->paper, series->colour, 0.7), far);
        }
        double baseline = centres[i] - (double)series->line_count * NAME_SIZE * LINE_HEIGHT / 2 + NAME_SIZE * (LINE_HEIGHT / 2 + 0.36);
        for (size_t l = 0; l < series->line_count; l++, baseline += NAME_SIZE * LINE_HEIGHT) {
            canvas_tag(drawing->canvas, "name", series->lines[l]);
            canvas_text(drawing->canvas, x, baseline, ANCHOR_START, NAME_SIZE, false, text_colour(drawing->theme, series->colour), series->lines[l]);
        }
    }
    return E_OK;
}

/* ---- numbers at the points ---- */

struct placed {
    struct box *boxes;
    size_t count;
};

static bool place_free(const struct line_plan *plan, const struct placed *placed, struct box box, struct box limits)
{
    if (box.x < limits.x || box.x + box.width > limits.x + limits.width || box.y < limits.y || box.y + box.height > limits.y + limits.height)
        return false;
    for (size_t i = 0; i < placed->count; i++)
        if (boxes_overlap(box, placed->boxes[i]))
            return false;
    for (size_t k = 0; k < plan->count; k++)
        for (size_t i = 0; i < plan->series[k].count; i++) {
            const struct line_series *series = &plan->series[k];
            const struct line_point *p = &series->points[i];
            if (mark_missing(p->mark))
                continue;
            double up = p->mark->high > p->mark->value ? 17 : 4.5, down = p->mark->low < p->mark->value ? 17 : 4.5;
            if (boxes_overlap(box, (struct box){p->x - 4.5, p->y - up, 9, up + down}))
                return false;
            if (i > 0 && !breaks(series, i) &&
                box_meets_segment(box, (struct point){p[-1].x, p[-1].y}, (struct point){p->x, p->y}))
                return false;
        }
    return true;
}

static int value_label(struct drawing *drawing, const struct line_plan *plan, const struct line_series *series, size_t i,
                       struct placed *placed, struct box limits)
{
    const struct line_point *p = &series->points[i];
    if (mark_missing(p->mark))
        return E_OK;
    const char *label = mark_label(drawing, p->mark);
    if (label == NULL)
        return error_set(drawing->error, E_MEMORY, "drawing lines: out of memory");
    double width = text_width(drawing->text, label, VALUE_SIZE, false), height = VALUE_SIZE * 1.15;
    double above = p->y - (p->mark->high > p->mark->value ? 20 : 8) - height, below = p->y + (p->mark->low < p->mark->value ? 20 : 8);
    /* a valley is labelled below, everything else above, when there is room */
    bool valley = (i == 0 || mark_missing(series->points[i - 1].mark) || series->points[i - 1].y < p->y) &&
                  (i + 1 == series->count || mark_missing(series->points[i + 1].mark) || series->points[i + 1].y < p->y) && series->count > 1;
    for (int attempt = 0; attempt < 6; attempt++) {
        bool low = (attempt % 2 == 0) == valley;
        double shift = attempt < 2 ? 0 : attempt < 4 ? -width * 0.35 : width * 0.35;
        struct box box = {p->x - width / 2 + shift - 2, low ? below : above, width + 4, height};
        if (!place_free(plan, placed, box, limits))
            continue;
        placed->boxes[placed->count++] = box;
        canvas_rect(drawing->canvas, box.x, box.y, box.width, box.height, drawing->theme->paper);  /* no grid through digits */
        canvas_tag(drawing->canvas, "value", label);
        canvas_text(drawing->canvas, box.x + 2, box.y + VALUE_SIZE * 0.98, ANCHOR_START, VALUE_SIZE, false,
                    text_colour(drawing->theme, series->colour), label);
        break;
    }
    return E_OK;
}

/* The first value, the largest and the smallest, then the others, each where it fits; the last stands with the name. */
static int values_draw(struct drawing *drawing, const struct line_plan *plan, struct box area, struct box panel)
{
    struct placed placed = {.boxes = arena_alloc(drawing->arena, (plan->point_count + 1) * sizeof *placed.boxes)};
    struct box limits = {area.x - 14, panel.y - 6, area.width + 26, area.y + area.height - panel.y + 6};
    int code = placed.boxes == NULL ? error_set(drawing->error, E_MEMORY, "drawing lines: out of memory") : E_OK;
    bool all = plan->count <= VALUES_SERIES_MAX && plan->point_count <= VALUES_MAX;
    for (int pass = 0; pass < 2; pass++)
        for (size_t k = 0; k < plan->count && code == E_OK; k++) {
            const struct line_series *series = &plan->series[k];
            size_t first = SIZE_MAX, last = 0, most = 0, least = 0;
            for (size_t i = 0; i < series->count; i++) {
                double value = series->points[i].mark->value;
                if (isnan(value))
                    continue;
                if (first == SIZE_MAX)
                    first = most = least = i;
                last = i;
                most = value > series->points[most].mark->value ? i : most;
                least = value < series->points[least].mark->value ? i : least;
            }
            if (first == SIZE_MAX || plan->count > VALUES_SERIES_MAX)
                continue;
            size_t key[] = {first, most, least};
            for (size_t q = 0; pass == 0 && q < 3 && code == E_OK; q++) {
                bool again = key[q] == last;
                for (size_t r = 0; r < q; r++)
                    again = again || key[r] == key[q];
                if (!again)
                    code = value_label(drawing, plan, series, key[q], &placed, limits);
            }
            for (size_t i = 0; pass == 1 && all && i < series->count && code == E_OK; i++)
                if (i != last && i != first && i != most && i != least)
                    code = value_label(drawing, plan, series, i, &placed, limits);
        }
    return code;
}

/* With one series, the word 缺 stands in the gap itself. */
static void gaps_draw(struct drawing *drawing, const struct line_plan *plan, struct box area)
{
    double end = -INFINITY, width = text_width(drawing->text, "缺", VALUE_SIZE, false);
    for (size_t i = 0; plan->count == 1 && i < plan->series[0].count; i++) {
        const struct line_point *p = &plan->series[0].points[i];
        if (!mark_missing(p->mark) || p->x - width / 2 < end + 4)
            continue;
        canvas_tag(drawing->canvas, "missing", p->mark->label);
        canvas_text(drawing->canvas, p->x, area.y + area.height - 6, ANCHOR_MIDDLE, VALUE_SIZE, false, drawing->theme->faint, "缺");
        end = p->x + width / 2;
    }
}

static int line_draw(struct drawing *drawing, const void *given, struct box panel)
{
    const struct line_plan *plan = given;
    double left = plan->tick_width + 8 + 18, right = plan->name_width + 16;
    struct box area = {panel.x + left, panel.y + 6, panel.width - left - right, panel.height - AXIS_HEIGHT - 6};
    struct point *scratch = arena_alloc(drawing->arena, plan->point_count * sizeof *scratch);
    if (scratch == NULL)
        return error_set(drawing->error, E_MEMORY, "drawing lines: out of memory");
    value_axis(drawing, plan, panel, area);
    time_axis(drawing, plan, area, panel);
    for (size_t k = 0; k < plan->count; k++)
        for (size_t i = 0; i < plan->series[k].count; i++) {
            struct line_point *p = &plan->series[k].points[i];
            p->x = time_at(plan, area, p->mark->x);
            p->y = mark_missing(p->mark) ? 0 : value_at(plan, area, p->mark->value / drawing->scale.factor);
        }
    gaps_draw(drawing, plan, area);
    int code = E_OK;
    for (size_t k = plan->count; k-- > 0;)   /* the first series lies on top */
        series_lines(drawing, &plan->series[k], scratch);
    for (size_t k = plan->count; k-- > 0 && code == E_OK;)
        code = series_points(drawing, plan, &plan->series[k], area);
    if (code == E_OK)
        code = series_names(drawing, plan, area);
    if (code == E_OK)
        code = values_draw(drawing, plan, area, panel);
    return code;
}

const struct chart chart_line = {line_layout, line_draw};
