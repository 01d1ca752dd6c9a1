/* slope.c — each category as a line from its value at the first stage to that at the last; named with both at both ends.
 *
 * Stages are the series in the order in which they first appear. A line is only drawn where both of its ends are known;
 * what rises and what falls can be told without colour, so colour is free for what is highlighted. */
#include "plots/courses.h"

#include <math.h>
#include <string.h>

#define PANEL_HEIGHT 380.0
#define PANEL_LEAST 80.0
#define HEAD 26.0
#define NAMED_MAX 26
#define NAME_SHARE 0.3

struct slope_plan {
    const char **names;          /* of the categories */
    const struct mark **marks;   /* [category × stage], NULL where there is none */
    size_t count, stages;
    struct axis axis;
    struct ends left, right;
    double left_width, right_width;
};

static int slope_read(struct drawing *drawing, struct slope_plan *plan)
{
    const struct figure *figure = drawing->figure;
    struct names names = {0};
    size_t n = figure->mark_count;
    plan->stages = drawing->series.count;
    for (size_t i = 0; i < n; i++)
        if (names_add(&names, drawing->arena, figure->marks[i].label) == NAME_NONE)
            return out_of_memory(drawing);
    plan->names = names.items;
    plan->count = names.count;
    plan->marks = arena_alloc(drawing->arena, names.count * plan->stages * sizeof *plan->marks);
    if (plan->marks == NULL)
        return out_of_memory(drawing);
    if (plan->stages < 2)
        return error_set(drawing->error, E_DOMAIN, "a slope needs two stages: values of two series (periods) for each label");
    double low = INFINITY, high = -INFINITY, a, b;
    for (size_t i = 0; i < n; i++) {
        const struct mark *mark = &figure->marks[i];
        plan->marks[names_find(&names, mark->label) * plan->stages + names_find(&drawing->series, mark->series)] = mark;
        if (mark_extent(drawing, mark, &a, &b)) {
            low = fmin(low, a);
            high = fmax(high, b);
        }
    }
    low = -shared_need(&drawing->shared, NEED_LOW, -low);
    high = shared_need(&drawing->shared, NEED_HIGH, high);
    plan->axis = axis_choose(low, high, 100, 50, false, false);
    return E_OK;
}

/* Named on one side; where the name stands already on the other, the value alone would do, but a reader follows names. */
static int side_layout(struct drawing *drawing, const struct slope_plan *plan, struct ends *ends, size_t stage, double room, double height)
{
    ends->count = 0;
    ends->list = arena_alloc(drawing->arena, plan->count * sizeof *ends->list);
    if (ends->list == NULL)
        return out_of_memory(drawing);
    for (size_t i = 0; i < plan->count; i++) {
        const struct mark *mark = plan->marks[i * plan->stages + stage];
        if (mark == NULL || mark_missing(mark))
            continue;
        bool stands_out = highlighted(drawing, plan->names[i]);
        struct colour colour = drawing->whole->highlight_count == 0 ? series_colour(drawing, 0) : stands_out ? drawing->theme->accent : drawing->theme->muted;
        ends->list[ends->count++] = (struct end){.name = plan->names[i], .mark = mark, .colour = colour,
                                                 .weight = stands_out ? INFINITY : fabs(mark->value)};
    }
    return ends_layout(drawing, ends, room, height);
}

static int slope_layout(struct drawing *drawing, double width, double *height, void **result)
{
    struct slope_plan *plan = arena_alloc(drawing->arena, sizeof *plan);
    int code = plan == NULL ? out_of_memory(drawing) : slope_read(drawing, plan);
    if (code != E_OK)
        return code;
    double room = *height > 0 ? *height - HEAD : plan->count > NAMED_MAX ? NAMED_MAX * END_SIZE * 1.5 : 0;
    if ((code = side_layout(drawing, plan, &plan->left, 0, floor(width * NAME_SHARE), room)) != E_OK ||
        (code = side_layout(drawing, plan, &plan->right, plan->stages - 1, floor(width * NAME_SHARE), room)) != E_OK)
        return code;
    if (*height > 0 && *height < PANEL_LEAST + HEAD)
        return error_set(drawing->error, E_DOMAIN, "the figure would have to be %.0f px higher to hold a slope chart, or have no height set",
                         ceil(PANEL_LEAST + HEAD - *height));
    if (*height <= 0)
        *height = fmax(PANEL_HEIGHT, fmax(plan->left.height, plan->right.height)) + HEAD;
    plan->left_width = shared_need(&drawing->shared, NEED_TICK, plan->left.width);
    plan->right_width = shared_need(&drawing->shared, NEED_NAME, plan->right.width);
    *result = plan;
    return E_OK;
}

static bool end_shown(const struct ends *ends, const char *name)
{
    for (size_t i = 0; i < ends->count; i++)
        if (strcmp(ends->list[i].name, name) == 0)
            return ends->list[i].line_count > 0;
    return false;
}

static int category_draw(struct drawing *drawing, const struct slope_plan *plan, size_t i, struct box area, struct obstacles *words)
{
    double factor = drawing->scale.factor, step = area.width / (double)(plan->stages - 1);
    bool shown = end_shown(&plan->left, plan->names[i]) || end_shown(&plan->right, plan->names[i]), stands_out = highlighted(drawing, plan->names[i]);
    struct colour colour = stands_out ? drawing->theme->accent
                         : drawing->whole->highlight_count > 0 || !shown ? drawing->theme->muted : series_colour(drawing, 0);
    for (size_t s = 0; s < plan->stages; s++) {
        const struct mark *mark = plan->marks[i * plan->stages + s], *next = s + 1 < plan->stages ? plan->marks[i * plan->stages + s + 1] : NULL;
        if (mark == NULL || mark_missing(mark))
            continue;
        struct point at = {area.x + (double)s * step, axis_at(&plan->axis, mark->value / factor)};
        if (next != NULL && !mark_missing(next)) {
            canvas_tag(drawing->canvas, next->planned ? "line planned" : "line", plan->names[i]);
            canvas_polyline(drawing->canvas, (struct point[]){at, {at.x + step, axis_at(&plan->axis, next->value / factor)}}, 2, stands_out ? 2.5 : 1.75,
                            colour, next->planned);
        }
        const struct mark *before = s > 0 ? plan->marks[i * plan->stages + s - 1] : mark;
        for (int side = -1; side <= 1; side += 2) {   /* where its line would go on to a stage without a figure */
            const struct mark *other = side < 0 ? before : s + 1 < plan->stages ? next : mark;
            double width = text_width(drawing->text, drawing->words->missing, 11, false);
            struct box box = {side < 0 ? at.x - 9 - width : at.x + 9, at.y - 7, width, 14};
            if ((other != NULL && !mark_missing(other)) || !obstacles_allow(words, box))
                continue;
            if (!obstacles_add_box(words, box))
                return out_of_memory(drawing);
            canvas_tag_mark(drawing->canvas, "missing", other == NULL ? plan->names[i] : mark_title(drawing, other), other);
            canvas_text(drawing->canvas, at.x + side * 9, at.y + 4, side < 0 ? ANCHOR_END : ANCHOR_START, 11, false, drawing->theme->faint, drawing->words->missing);
        }
        if (mark_is_range(mark))
            glyph_whisker(drawing, (struct point){at.x, axis_at(&plan->axis, mark->low / factor)}, (struct point){at.x, axis_at(&plan->axis, mark->high / factor)}, 8, colour);
        if (mark->high == INFINITY)
            glyph_arrow(drawing, (struct point){at.x, at.y - 5}, 0, -1, 10, colour);
        if (mark_is_below(mark) || mark->low == -INFINITY)
            glyph_arrow(drawing, (struct point){at.x, at.y + 5}, 0, 1, 10, colour);
        glyph_dot(drawing, mark, at, 3.5, colour);
    }
    return E_OK;
}

static int slope_draw(struct drawing *drawing, const void *given, struct box panel)
{
    struct slope_plan plan = *(const struct slope_plan *)given;
    const struct theme *theme = drawing->theme;
    double left = plan.left_width + 16, right = plan.right_width + 16;
    struct box area = {panel.x + left, panel.y + HEAD + 6, panel.width - left - right, panel.height - HEAD - 14};
    plan.axis.from = area.y + area.height;
    plan.axis.to = area.y;
    double end = -INFINITY;
    for (size_t s = 0; s < plan.stages; s++) {
        double x = area.x + area.width * (double)s / (double)(plan.stages - 1), half = text_width(drawing->text, drawing->series.items[s], 13, true) / 2;
        canvas_tag(drawing->canvas, "stage-line", NULL);
        canvas_rect(drawing->canvas, floor(x), panel.y + HEAD - 4, 1, panel.height - HEAD + 4, theme->grid);
        if (x - half < end + 8 && s + 1 < plan.stages)
            continue;
        canvas_tag(drawing->canvas, "stage", drawing->series.items[s]);
        canvas_text(drawing->canvas, fmax(x, panel.x + half), panel.y + 13, ANCHOR_MIDDLE, 13, true, theme->soft, drawing->series.items[s]);
        end = x + half;
    }
    struct obstacles *words = obstacles_new(drawing, (struct box){area.x, area.y - 10, area.width, area.height + 20});
    int code = words == NULL ? out_of_memory(drawing) : E_OK;
    for (int bright = 0; bright < 2; bright++)
        for (size_t i = 0; i < plan.count && code == E_OK; i++)
            if ((highlighted(drawing, plan.names[i]) ? 1 : 0) == bright)
                code = category_draw(drawing, &plan, i, area, words);
    struct ends *sides[] = {&plan.left, &plan.right};
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < sides[side]->count; i++) {
            sides[side]->list[i].x = side == 0 ? area.x : area.x + area.width;
            sides[side]->list[i].y = axis_at(&plan.axis, sides[side]->list[i].mark->value / drawing->scale.factor);
        }
    if (code == E_OK)
        code = ends_draw(drawing, &plan.left, area.x - 16, true, area.y - 8, area.y + area.height + 8);
    return code != E_OK ? code : ends_draw(drawing, &plan.right, area.x + area.width + 16, false, area.y - 8, area.y + area.height + 8);
}

const struct chart chart_slope = {.layout = slope_layout, .draw = slope_draw};
