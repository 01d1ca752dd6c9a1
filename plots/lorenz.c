/* lorenz.c — Lorenz curves with their Gini coefficients (stats/curve.h): one a series, against the line of equality.
 *
 * The panel is square, because both axes are shares of one whole. Names stand in the empty corner above the diagonal, in the
 * order of their curves. */
#include "plots/courses.h"

#include "stats/curve.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIDE_MOST 430.0
#define SIDE_LEAST 120.0
#define AXIS_HEIGHT 46.0
#define NAME_ROOM 20.0
#define NAME_SIZE 12.5
#define NAMES_MOST 10
#define DOTS_MOST 200        /* of a curve whose regions are marked on it */
#define TICK_GAP 8.0

struct lorenz_curve {
    const char *name;            /* "沿河县 基尼系数 0.312" */
    double *x, *y, gini;
    const struct mark **marks;   /* ascending; each of them stands where it has been added */
    struct point *dots;          /* shares */
    size_t mark_count;
    size_t count, series;
};

struct lorenz_plan {
    struct lorenz_curve *curves;
    size_t count;
    struct axis axis;
    double tick_width, side;
    bool weighted;
};

static int by_value(const void *a, const void *b)
{
    const struct mark *const *p = a, *const *q = b;
    if ((*p)->value != (*q)->value)
        return (*p)->value < (*q)->value ? -1 : 1;
    return *p < *q ? -1 : *p > *q;
}

/* The points of the curve with the regions that they are. False: no memory. */
static bool dots_read(struct drawing *drawing, const struct lorenz_plan *plan, struct lorenz_curve *curve, const char *name)
{
    const struct figure *figure = drawing->figure;
    size_t n = 0;
    double weight = 0, amount = 0, weights = 0, amounts = 0;
    curve->marks = arena_alloc(drawing->arena, figure->mark_count * sizeof *curve->marks);
    curve->dots = arena_alloc(drawing->arena, figure->mark_count * sizeof *curve->dots);
    if (curve->marks == NULL || curve->dots == NULL)
        return false;
    for (size_t i = 0; i < figure->mark_count; i++) {
        const struct mark *mark = &figure->marks[i];
        if (strcmp(mark->series != NULL ? mark->series : "", name) != 0 || mark_missing(mark) || (plan->weighted && !isfinite(mark->x)))
            continue;
        curve->marks[n++] = mark;
        weights += plan->weighted ? mark->x : 1;
        amounts += (plan->weighted ? mark->x : 1) * mark->value;
    }
    qsort(curve->marks, n, sizeof *curve->marks, by_value);
    for (size_t i = 0; i < n; i++) {
        weight += plan->weighted ? curve->marks[i]->x : 1;
        amount += (plan->weighted ? curve->marks[i]->x : 1) * curve->marks[i]->value;
        curve->dots[i] = (struct point){weight / weights, amount / amounts};
    }
    curve->mark_count = n;
    return true;
}

static int curve_read(struct drawing *drawing, struct lorenz_plan *plan, struct lorenz_curve *curve, const char *name)
{
    const struct figure *figure = drawing->figure;
    size_t n = 0, m = figure->mark_count;
    double *values = arena_alloc(drawing->arena, m * sizeof *values), *weights = arena_alloc(drawing->arena, m * sizeof *weights);
    curve->x = arena_alloc(drawing->arena, (m + 1) * sizeof *curve->x);
    curve->y = arena_alloc(drawing->arena, (m + 1) * sizeof *curve->y);
    char *label = arena_alloc(drawing->arena, strlen(name) + 64);
    if (values == NULL || weights == NULL || curve->x == NULL || curve->y == NULL || label == NULL)
        return out_of_memory(drawing);
    for (size_t i = 0; i < m; i++)
        if (strcmp(figure->marks[i].series != NULL ? figure->marks[i].series : "", name) == 0) {
            values[n] = figure->marks[i].value;
            weights[n++] = figure->marks[i].x;
        }
    int code = curve_lorenz(values, plan->weighted ? weights : NULL, n, curve->x, curve->y, &curve->count, &curve->gini);
    if (code == E_MEMORY)
        return out_of_memory(drawing);
    if (code != E_OK)
        return error_set(drawing->error, E_DOMAIN, "%s%sa Lorenz curve needs values and weights of 0 or more, not all of them 0", name, name[0] != '\0' ? ": " : "");
    if (!dots_read(drawing, plan, curve, name))
        return out_of_memory(drawing);
    snprintf(label, strlen(name) + 64, "%s%s%s %.3f", name, name[0] != '\0' ? " " : "", drawing->words->gini, curve->gini);
    curve->name = label;
    return E_OK;
}

static int lorenz_layout(struct drawing *drawing, double width, double *height, void **result)
{
    const struct figure *figure = drawing->figure;
    struct lorenz_plan *plan = arena_alloc(drawing->arena, sizeof *plan);
    struct names names = {0};
    if (plan == NULL)
        return out_of_memory(drawing);
    for (size_t i = 0; i < figure->mark_count; i++) {
        plan->weighted = plan->weighted || (isfinite(figure->marks[i].x) && figure->marks[i].x != 0);
        if (names_add(&names, drawing->arena, figure->marks[i].series) == NAME_NONE)
            return out_of_memory(drawing);
    }
    plan->curves = arena_alloc(drawing->arena, names.count * sizeof *plan->curves);
    if (plan->curves == NULL)
        return out_of_memory(drawing);
    for (; plan->count < names.count; plan->count++) {
        struct lorenz_curve *curve = &plan->curves[plan->count];
        int code = curve_read(drawing, plan, curve, names.items[plan->count]);
        if (code != E_OK)
            return code;
        curve->series = names_find(&drawing->series, names.items[plan->count]);
    }
    plan->axis = (struct axis){.low = 0, .high = 100, .ticks = {.first = 0, .step = 20, .count = 6}};
    plan->tick_width = axis_label_width(drawing, &plan->axis);
    plan->side = fmin(SIDE_MOST, width - plan->tick_width - TICK_GAP - 16);
    if (*height > 0)
        plan->side = fmin(plan->side, *height - AXIS_HEIGHT - NAME_ROOM);
    if (plan->side < SIDE_LEAST)
        return error_set(drawing->error, E_DOMAIN, "the figure is too small for a Lorenz curve by %.0f px", ceil(SIDE_LEAST - plan->side));
    if (*height <= 0)
        *height = plan->side + AXIS_HEIGHT + NAME_ROOM;
    *result = plan;
    return E_OK;
}

/* "累计常住人口占比（%）" of a name, or what stands for it. */
static const char *axis_title(struct drawing *drawing, const char *format, const char *name, const char *otherwise)
{
    size_t size = name == NULL ? 0 : strlen(format) + strlen(name) + 1;
    char *title = name == NULL ? NULL : arena_alloc(drawing->arena, size);
    const char *hole = strstr(format, "%s"), *percent = strstr(format, "%%");
    if (name == NULL)
        return otherwise;
    if (title != NULL)
        snprintf(title, size, "%.*s%s%.*s%s", (int)(hole - format), format, name, (int)(percent - hole - 2), hole + 2, percent + 1);
    return title;
}

static int lorenz_draw(struct drawing *drawing, const void *given, struct box panel)
{
    const struct lorenz_plan *plan = given;
    const struct theme *theme = drawing->theme;
    const struct words *words = drawing->words;
    double side = plan->side, left = panel.x + fmax(0, (panel.width - plan->tick_width - TICK_GAP - side - 16) / 2) + plan->tick_width + TICK_GAP, top = panel.y + NAME_ROOM;
    struct axis x = plan->axis, y = plan->axis;
    x.from = left, x.to = left + side;
    y.from = top + side, y.to = top;
    const char *const *line;
    const char *y_name = axis_title(drawing, words->lorenz_of, drawing->whole->value_name, words->lorenz_y);
    const char *x_name = !plan->weighted ? words->lorenz_x : axis_title(drawing, words->lorenz_of_lowest, drawing->whole->x_name, words->lorenz_x_weighted);
    if (y_name == NULL || x_name == NULL)
        return out_of_memory(drawing);
    if (text_wrap(drawing->text, drawing->arena, y_name, theme->tick_size, false, panel.x + panel.width - left + plan->tick_width + TICK_GAP, 1, &line) > 0) {
        canvas_tag(drawing->canvas, "axis-name", line[0]);
        canvas_text(drawing->canvas, left - TICK_GAP - plan->tick_width, top - 9, ANCHOR_START, theme->tick_size, false, theme->soft, line[0]);
    }
    axis_draw_below(drawing, &x, top + side + 6 + theme->tick_size, top, top + side);
    axis_draw_left(drawing, &y, left - TICK_GAP, left, left + side);
    if (text_wrap(drawing->text, drawing->arena, x_name, theme->tick_size, false, side + plan->tick_width, 1, &line) > 0) {
        canvas_tag(drawing->canvas, "axis-name", line[0]);
        canvas_text(drawing->canvas, left + side, top + side + AXIS_HEIGHT - 8, ANCHOR_END, theme->tick_size, false, theme->soft, line[0]);
    }
    canvas_tag(drawing->canvas, "equality", words->equality);
    canvas_polyline(drawing->canvas, (struct point[]){{x.from, y.from}, {x.to, y.to}}, 2, 1.25, theme->faint, false);
    if (side >= 250 && plan->count <= 4)
        canvas_text_turned(drawing->canvas, x.from + side * 0.66 - 4, y.from - side * 0.66 - 4, ANCHOR_MIDDLE, theme->tick_size, false, theme->faint,
                           words->equality, 45);
    for (size_t k = 0; k < plan->count; k++) {
        const struct lorenz_curve *curve = &plan->curves[k];
        struct point *points = arena_alloc(drawing->arena, (curve->count + 1) * sizeof *points);
        if (points == NULL)
            return out_of_memory(drawing);
        for (size_t i = 0; i <= curve->count; i++)
            points[i] = (struct point){axis_at(&x, curve->x[i] * 100), axis_at(&y, curve->y[i] * 100)};
        struct colour colour = series_colour(drawing, curve->series);
        if (plan->count == 1) {
            canvas_tag(drawing->canvas, "gap", NULL);
            canvas_polygon(drawing->canvas, points, curve->count + 1, colour_mix(theme->paper, colour, 0.14));
        }
        canvas_tag(drawing->canvas, "curve", curve->name);
        canvas_polyline(drawing->canvas, points, curve->count + 1, 2.25, colour, false);
        for (size_t i = 0; i < curve->mark_count && curve->mark_count <= DOTS_MOST; i++)
            glyph_dot(drawing, curve->marks[i], (struct point){axis_at(&x, curve->dots[i].x * 100), axis_at(&y, curve->dots[i].y * 100)}, 2, colour);
    }
    /* in the corner above the diagonal, each line ends before it */
    double baseline = top + NAME_SIZE + 8;
    for (size_t k = 0; k < plan->count && k < NAMES_MOST; k++, baseline += NAME_SIZE * 1.45) {
        double room = side - (baseline - top) - 22;
        if (room < 40 || text_wrap(drawing->text, drawing->arena, plan->curves[k].name, NAME_SIZE, false, room, 1, &line) == 0)
            break;
        struct colour colour = series_colour(drawing, plan->curves[k].series);
        canvas_tag(drawing->canvas, "key", plan->curves[k].name);
        canvas_rect(drawing->canvas, left + 8, baseline - NAME_SIZE * 0.42, 12, 2.5, colour);
        canvas_rect(drawing->canvas, left + 23, baseline - NAME_SIZE, text_width(drawing->text, line[0], NAME_SIZE, false) + 4, NAME_SIZE * 1.3, theme->paper);
        canvas_tag(drawing->canvas, "name", line[0]);
        canvas_text(drawing->canvas, left + 25, baseline, ANCHOR_START, NAME_SIZE, false, text_colour(drawing, colour), line[0]);
    }
    return E_OK;
}

const struct chart chart_lorenz = {.usual_width = 540, .layout = lorenz_layout, .draw = lorenz_draw, .uses_x = true, .no_unit = true, .signs = SIGNS_COUNTED};
