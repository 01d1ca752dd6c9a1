/* scatter.c — two measures of each region, with the line that fits them and the names that fit beside them.
 *
 * The line is least squares, the band the 95 % confidence band of its mean (stats/curve.h); both are left out below five
 * points and where figures are only bounds. Names are tried in eight places around their dot, those that are highlighted
 * and those that lie far out first; a name for which there is no room is left out, the SVG still tells it. */
#include "plots/courses.h"

#include "stats/curve.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PANEL_HEIGHT 420.0
#define PANEL_LEAST 90.0
#define AXIS_HEIGHT 26.0
#define NAME_ROOM 23.0       /* for the name of an axis */
#define NAME_SIZE 12.0
#define NAME_MOST 170.0      /* px of one label */
#define TICK_GAP 8.0
#define FIT_LEAST 5
#define LABELS_MOST 600      /* with more dots, names would say nothing */
#define BAND_STEPS 48

struct scatter_plan {
    struct axis x, y;
    struct line_fit fit;
    bool fitted;
    double tick_width;
    const char *x_name, *y_name;
    struct key *key;
    double key_height;
    struct reference_line *x_lines, *y_lines;
    size_t x_count, y_count;
};

static double abscissa(const struct drawing *drawing, const struct mark *mark)
{
    return mark->x / drawing->x_scale.factor;
}
static double ordinate(const struct drawing *drawing, const struct mark *mark)
{
    return mark->value / drawing->scale.factor;
}
static bool drawable(const struct mark *mark)
{
    return !mark_missing(mark) && isfinite(mark->x);
}

/* "农村人均可支配收入（万元）" */
static const char *axis_name(struct drawing *drawing, const char *name, const struct unit_scale *scale, const char *unit)
{
    const char *open = drawing->words->english ? " (" : "（", *close = drawing->words->english ? ")" : "）";
    if (name == NULL)
        name = "";
    if (unit == NULL)
        unit = "";
    bool bare = unit[0] == '\0' && scale->prefix[0] == '\0';
    size_t size = strlen(name) + strlen(unit) + sizeof scale->prefix + 16;
    char *text = arena_alloc(drawing->arena, size);
    if (text != NULL)
        snprintf(text, size, "%s%s%s%s%s", name, bare ? "" : open, bare ? "" : scale->prefix, unit, bare ? "" : close);
    return text;
}

/* From zero when the data come near it: a scatter compares positions, so that zero is not due. */
static bool near_zero(double low, double high)
{
    return (low >= 0 && low < 0.25 * high) || (high <= 0 && high > 0.25 * low);
}

static int plan_fit(struct drawing *drawing, struct scatter_plan *plan)
{
    const struct figure *figure = drawing->figure;
    double *x = arena_alloc(drawing->arena, 2 * figure->mark_count * sizeof *x), *y = x == NULL ? NULL : x + figure->mark_count;
    size_t n = 0;
    if (x == NULL)
        return out_of_memory(drawing);
    for (size_t i = 0; i < figure->mark_count; i++)
        if (drawable(&figure->marks[i]) && !figure->marks[i].planned && figure->marks[i].low == figure->marks[i].high) {
            x[n] = abscissa(drawing, &figure->marks[i]);
            y[n++] = ordinate(drawing, &figure->marks[i]);
        }
    if (curve_line(x, y, n, &plan->fit) != E_OK)
        return out_of_memory(drawing);
    plan->fitted = n >= FIT_LEAST && isfinite(plan->fit.slope);
    return E_OK;
}

static int scatter_layout(struct drawing *drawing, double width, double *height, void **result)
{
    const struct figure *figure = drawing->figure;
    struct scatter_plan *plan = arena_alloc(drawing->arena, sizeof *plan);
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY}, a, b;
    int code = plan == NULL ? out_of_memory(drawing) : plan_fit(drawing, plan);
    if (code == E_OK)
        code = key_layout(drawing, width, &plan->key, &plan->key_height);
    if (code == E_OK)
        code = references_of(drawing, true, &plan->x_lines, &plan->x_count);
    if (code == E_OK)
        code = references_of(drawing, false, &plan->y_lines, &plan->y_count);
    if (code != E_OK)
        return code;
    for (size_t i = 0; i < figure->mark_count; i++)
        if (drawable(&figure->marks[i])) {
            mark_extent(drawing, &figure->marks[i], &a, &b);
            low[0] = fmin(low[0], abscissa(drawing, &figure->marks[i]));
            high[0] = fmax(high[0], abscissa(drawing, &figure->marks[i]));
            low[1] = fmin(low[1], a);
            high[1] = fmax(high[1], b);
        }
    if (!(low[0] <= high[0]))
        return error_set(drawing->error, E_DOMAIN, "nothing to draw: no mark has both an x and a value");
    for (size_t i = 0; i < plan->x_count; i++)
        low[0] = fmin(low[0], plan->x_lines[i].value), high[0] = fmax(high[0], plan->x_lines[i].value);
    for (size_t i = 0; i < plan->y_count; i++)
        low[1] = fmin(low[1], plan->y_lines[i].value), high[1] = fmax(high[1], plan->y_lines[i].value);
    for (int k = 0; k < 2; k++) {   /* no dot on the frame itself */
        double pad = (high[k] - low[k]) * 0.02;
        low[k] -= low[k] >= 0 && low[k] < pad ? low[k] : pad;
        high[k] += pad;
    }
    low[0] = -shared_need(&drawing->shared, NEED_X_LOW, -low[0]);
    high[0] = shared_need(&drawing->shared, NEED_X_HIGH, high[0]);
    low[1] = -shared_need(&drawing->shared, NEED_LOW, -low[1]);
    high[1] = shared_need(&drawing->shared, NEED_HIGH, high[1]);
    plan->x_name = axis_name(drawing, figure->x_name, &drawing->x_scale, figure->x_unit);
    plan->y_name = axis_name(drawing, figure->value_name, &drawing->scale, figure->unit);
    if (plan->x_name == NULL || plan->y_name == NULL)
        return out_of_memory(drawing);
    double around = AXIS_HEIGHT + 2 * NAME_ROOM + plan->key_height;
    if (*height > 0 && *height < around + PANEL_LEAST)
        return error_set(drawing->error, E_DOMAIN, "the figure would have to be %.0f px higher to hold a scatter, or have no height set",
                         ceil(around + PANEL_LEAST - *height));
    if (*height <= 0)
        *height = PANEL_HEIGHT + around;
    plan->x = axis_choose(low[0], high[0], width, 100, near_zero(low[0], high[0]), true);
    plan->y = axis_choose(low[1], high[1], *height - around, 62, near_zero(low[1], high[1]), true);
    plan->tick_width = shared_need(&drawing->shared, NEED_TICK, axis_label_width(drawing, &plan->y));
    *result = plan;
    return E_OK;
}

/* ---- drawing ---- */

/* The fitted line over the data's own range, and its band; both cut to the area. */
static void fit_draw(struct drawing *drawing, const struct scatter_plan *plan, bool band, struct obstacles *obstacles)
{
    struct point edge[2 * (BAND_STEPS + 1)], line[BAND_STEPS + 1];
    double low = INFINITY, high = -INFINITY, y, half, top = fmin(plan->y.from, plan->y.to), bottom = fmax(plan->y.from, plan->y.to);
    size_t n = 0;
    for (size_t i = 0; i < drawing->figure->mark_count; i++)
        if (drawable(&drawing->figure->marks[i])) {
            low = fmin(low, abscissa(drawing, &drawing->figure->marks[i]));
            high = fmax(high, abscissa(drawing, &drawing->figure->marks[i]));
        }
    for (int k = 0; k <= BAND_STEPS; k++) {
        double at = low + (high - low) * k / BAND_STEPS, x = axis_at(&plan->x, at);
        curve_line_at(&plan->fit, at, &y, &half);
        edge[k] = (struct point){x, fmin(bottom, fmax(top, axis_at(&plan->y, y + half)))};
        edge[2 * BAND_STEPS + 1 - k] = (struct point){x, fmin(bottom, fmax(top, axis_at(&plan->y, y - half)))};
        double py = axis_at(&plan->y, y);
        if (py >= top && py <= bottom)
            line[n++] = (struct point){x, py};
    }
    if (band) {
        canvas_tag(drawing->canvas, "band", NULL);
        canvas_polygon(drawing->canvas, edge, sizeof edge / sizeof *edge, colour_mix(drawing->theme->paper, drawing->theme->ink, 0.09));
    } else if (n >= 2) {
        canvas_tag(drawing->canvas, "fit", NULL);
        canvas_polyline(drawing->canvas, line, n, 1.5, drawing->theme->soft, false);
        for (size_t k = 0; k + 1 < n; k += 8)
            obstacles_add_segment(obstacles, line[k], line[k + 8 < n ? k + 8 : n - 1]);
    }
}

struct candidate {
    const struct mark *mark;
    struct point at;
    double weight;
};

static int heavier(const void *a, const void *b)
{
    const struct candidate *p = a, *q = b;
    if (p->weight != q->weight)
        return p->weight > q->weight ? -1 : 1;
    return p->mark < q->mark ? -1 : p->mark > q->mark;
}

static int labels_draw(struct drawing *drawing, struct candidate *list, size_t n, struct obstacles *obstacles, double radius)
{
    static const struct { double x, y; } places[] = {{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {1, 1}, {-1, -1}, {-1, 1}};
    double near = radius + 3;
    qsort(list, n, sizeof *list, heavier);
    for (size_t i = 0; i < n; i++) {
        const char *const *line;
        const struct mark *mark = list[i].mark;
        if (mark->label == NULL || text_wrap(drawing->text, drawing->arena, mark->label, NAME_SIZE, false, NAME_MOST, 1, &line) == 0)
            continue;
        double width = text_width(drawing->text, line[0], NAME_SIZE, false), height = NAME_SIZE * 1.15;
        bool placed = false;
        for (size_t p = 0; p < sizeof places / sizeof *places && !placed; p++) {
            double x = list[i].at.x + places[p].x * near * (places[p].y != 0 ? 0.75 : 1), y = list[i].at.y + places[p].y * near * (places[p].x != 0 ? 0.75 : 1);
            struct box box = {places[p].x > 0 ? x : places[p].x < 0 ? x - width : x - width / 2,
                              places[p].y > 0 ? y : places[p].y < 0 ? y - height : y - height / 2, width, height};
            if (!obstacles_allow(obstacles, box))
                continue;
            placed = true;
            bool out = drawing->whole->highlight_count > 0 && highlighted(drawing, mark->label);
            canvas_tag(drawing->canvas, "name", line[0]);
            canvas_text(drawing->canvas, box.x, box.y + NAME_SIZE * 0.95, ANCHOR_START, NAME_SIZE, false,
                        out ? text_colour(drawing, drawing->theme->accent) : drawing->theme->soft, line[0]);
            if (!obstacles_add_box(obstacles, (struct box){box.x - 2, box.y, box.width + 4, box.height}))
                return out_of_memory(drawing);
        }
        drawing->labels_left_out = drawing->labels_left_out || !placed;
    }
    return E_OK;
}

/* The lines of both axes, named where nothing is in the way. */
static int references_draw(struct drawing *drawing, const struct scatter_plan *plan, struct box area, struct obstacles *obstacles)
{
    for (size_t i = 0; i < plan->x_count + plan->y_count; i++) {
        bool upright = i < plan->x_count;
        const struct reference_line *line = upright ? &plan->x_lines[i] : &plan->y_lines[i - plan->x_count];
        double at = axis_at(upright ? &plan->x : &plan->y, line->value), width = text_width(drawing->text, line->label, NAME_SIZE, false) + 6;
        struct point from = upright ? (struct point){at, area.y} : (struct point){area.x, at};
        struct point to = upright ? (struct point){at, area.y + area.height} : (struct point){area.x + area.width, at};
        canvas_tag(drawing->canvas, "reference", line->label);
        canvas_polyline(drawing->canvas, (struct point[]){from, to}, 2, 1.25, drawing->theme->ink, true);
        if (!obstacles_add_segment(obstacles, from, to))
            return out_of_memory(drawing);
        for (double step = 0; step < (upright ? area.height : area.width) - width; step += 10) {
            double x = upright ? at + 3 + width > area.x + area.width ? at - 3 - width : at + 3 : area.x + area.width - width - step;
            struct box box = {x, upright ? area.y + 2 + step : at - NAME_SIZE * 1.3, width, NAME_SIZE * 1.2};
            if (!obstacles_allow(obstacles, box))
                continue;
            canvas_tag(drawing->canvas, "reference-label", line->label);
            canvas_text(drawing->canvas, box.x + 3, box.y + NAME_SIZE * 0.95, ANCHOR_START, NAME_SIZE, false, drawing->theme->ink, line->label);
            if (!obstacles_add_box(obstacles, box))
                return out_of_memory(drawing);
            break;
        }
    }
    return E_OK;
}

static int scatter_draw(struct drawing *drawing, const void *given, struct box panel)
{
    struct scatter_plan plan = *(const struct scatter_plan *)given;
    const struct figure *figure = drawing->figure;
    const struct theme *theme = drawing->theme;
    struct box area = {panel.x + plan.tick_width + TICK_GAP + 6, panel.y + plan.key_height + NAME_ROOM, 0, 0};
    area.width = panel.x + panel.width - area.x - 10;
    area.height = panel.y + panel.height - area.y - AXIS_HEIGHT - NAME_ROOM;
    plan.x.from = area.x;
    plan.x.to = area.x + area.width;
    plan.y.from = area.y + area.height;
    plan.y.to = area.y;
    if (plan.key != NULL)
        key_draw(drawing, plan.key, panel.x, panel.y);
    canvas_tag(drawing->canvas, "axis-name", plan.y_name);
    canvas_text(drawing->canvas, panel.x, area.y - 12, ANCHOR_START, theme->tick_size, false, theme->soft, plan.y_name);
    canvas_tag(drawing->canvas, "axis-name", plan.x_name);
    canvas_text(drawing->canvas, area.x + area.width, area.y + area.height + AXIS_HEIGHT + theme->tick_size, ANCHOR_END, theme->tick_size, false,
                theme->soft, plan.x_name);
    if (plan.fitted)
        fit_draw(drawing, &plan, true, NULL);
    axis_draw_below(drawing, &plan.x, area.y + area.height + 6 + theme->tick_size, area.y, area.y + area.height);
    axis_draw_left(drawing, &plan.y, area.x - TICK_GAP, area.x, area.x + area.width);
    struct obstacles *obstacles = obstacles_new(drawing, (struct box){area.x, area.y - 4, area.width + 8, area.height + 4});
    struct candidate *labels = arena_alloc(drawing->arena, figure->mark_count * sizeof *labels);
    size_t n = 0;
    if (obstacles == NULL || labels == NULL)
        return out_of_memory(drawing);
    if (plan.fitted)
        fit_draw(drawing, &plan, false, obstacles);
    double radius = figure->mark_count > 5000 ? 1.5 : figure->mark_count > 500 ? 2.5 : 4.5;
    double centre_x = (plan.x.low + plan.x.high) / 2, centre_y = (plan.y.low + plan.y.high) / 2;
    for (int bright = 0; bright < 2; bright++)
        for (size_t i = 0; i < figure->mark_count; i++) {
            const struct mark *mark = &figure->marks[i];
            bool out = drawing->whole->highlight_count > 0 && (highlighted(drawing, mark->label) || highlighted(drawing, mark->series));
            if (!drawable(mark) || out != (bright == 1))
                continue;
            double x = abscissa(drawing, mark), y = ordinate(drawing, mark);
            struct point at = {axis_at(&plan.x, x), axis_at(&plan.y, y)};
            struct colour colour = mark_colour(drawing, mark);
            if (mark_is_range(mark))
                glyph_whisker(drawing, (struct point){at.x, axis_at(&plan.y, mark->low / drawing->scale.factor)},
                              (struct point){at.x, axis_at(&plan.y, mark->high / drawing->scale.factor)}, 7, colour);
            if (mark->high == INFINITY)
                glyph_arrow(drawing, (struct point){at.x, at.y - 5}, 0, -1, 10, colour);
            if (mark_is_below(mark) || mark->low == -INFINITY)
                glyph_arrow(drawing, (struct point){at.x, at.y + 5}, 0, 1, 10, colour);
            glyph_dot(drawing, mark, at, radius, colour);
            if (figure->mark_count <= LABELS_MOST && !obstacles_add_box(obstacles, (struct box){at.x - radius, at.y - radius, 2 * radius, 2 * radius}))
                return out_of_memory(drawing);
            if (figure->mark_count <= LABELS_MOST || out)
                labels[n++] = (struct candidate){mark, at, out ? INFINITY : hypot((x - centre_x) / (plan.x.high - plan.x.low), (y - centre_y) / (plan.y.high - plan.y.low))};
        }
    int code = references_draw(drawing, &plan, area, obstacles);
    return code != E_OK ? code : labels_draw(drawing, labels, n, obstacles, radius);
}

static const char *scatter_note(struct drawing *drawing)
{
    struct scatter_plan plan;
    if (plan_fit(drawing, &plan) != E_OK)
        return NULL;
    char *text = arena_alloc(drawing->arena, 256);
    if (text == NULL)
        return NULL;
    bool panels = drawing->figure->marks[0].panel != NULL;   /* each has a line of its own */
    if (plan.fitted && panels)
        snprintf(text, 256, "%s", drawing->words->fit_note);
    else if (plan.fitted)
        snprintf(text, 256, drawing->words->english ? "%s; n = %zu, R² = %.2f" : "%s；n = %zu，R² = %.2f", drawing->words->fit_note, plan.fit.n,
                 plan.fit.r_squared);
    return text;
}

const struct chart chart_scatter = {.layout = scatter_layout, .draw = scatter_draw, .note = scatter_note, .uses_x = true, .no_unit = true};
