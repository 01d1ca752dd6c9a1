/* pyramid.c — two series back to back on one scale, the names of the categories between them: population by age and sex,
 * input and output, before and after. Categories stand in the given order, the first on top; lengths start at zero. */
#include "plots/courses.h"

#include <math.h>
#include <string.h>

#define ROW_HEIGHT 27.0
#define ROW_LEAST 9.0
#define AXIS_HEIGHT 22.0
#define HEAD 24.0
#define NAME_SHARE 0.3
#define GAP 9.0
#define VALUE_GAP 5.0
#define SIZE 13.0

struct pyramid_row {
    const char *name;
    const char *const *line;
    size_t line_count;
    const struct mark *sides[2];
};

struct pyramid_plan {
    struct pyramid_row *rows;
    size_t count;
    double row_height, size, name_width, high, scale;
};

static int pyramid_read(struct drawing *drawing, struct pyramid_plan *plan)
{
    const struct figure *figure = drawing->figure;
    struct names names = {0};
    if (drawing->series.count != 2)
        return error_set(drawing->error, E_DOMAIN, "a pyramid has two sides: its marks must name two series, and these name %zu", drawing->series.count);
    for (size_t i = 0; i < figure->mark_count; i++)
        if (names_add(&names, drawing->arena, figure->marks[i].label) == NAME_NONE)
            return out_of_memory(drawing);
    plan->count = names.count;
    plan->rows = arena_alloc(drawing->arena, names.count * sizeof *plan->rows);
    if (plan->rows == NULL)
        return out_of_memory(drawing);
    for (size_t i = 0; i < figure->mark_count; i++) {
        const struct mark *mark = &figure->marks[i];
        double low, high;
        if (!mark_missing(mark) && mark->value < 0)
            return error_set(drawing->error, E_DOMAIN, "%s: a pyramid cannot hold the negative value %g", mark->label != NULL ? mark->label : "", mark->value);
        struct pyramid_row *row = &plan->rows[names_find(&names, mark->label)];
        row->name = names.items[row - plan->rows];
        row->sides[names_find(&drawing->series, mark->series)] = mark;
        if (mark_extent(drawing, mark, &low, &high))
            plan->high = fmax(plan->high, high);
    }
    plan->high = shared_need(&drawing->shared, NEED_HIGH, plan->high);
    return E_OK;
}

static int pyramid_layout(struct drawing *drawing, double width, double *height, void **result)
{
    struct pyramid_plan *plan = arena_alloc(drawing->arena, sizeof *plan);
    int code = plan == NULL ? out_of_memory(drawing) : pyramid_read(drawing, plan);
    double beside = 0;
    if (code != E_OK)
        return code;
    plan->row_height = *height > 0 ? fmin(36, (*height - HEAD - AXIS_HEIGHT) / (double)plan->count) : ROW_HEIGHT;
    if (plan->row_height < ROW_LEAST)
        return error_set(drawing->error, E_DOMAIN, "%zu rows do not fit: the figure would have to be %.0f px higher, or have no height set", plan->count,
                         ceil((ROW_LEAST - plan->row_height) * (double)plan->count));
    plan->size = fmin(SIZE, plan->row_height * 0.8);
    for (size_t i = 0; i < plan->count; i++) {
        struct pyramid_row *row = &plan->rows[i];
        row->line_count = text_wrap(drawing->text, drawing->arena, row->name, plan->size, false, floor(width * NAME_SHARE), 1, &row->line);
        if (row->line_count > 0)
            plan->name_width = fmax(plan->name_width, text_width(drawing->text, row->line[0], plan->size, false));
        for (int side = 0; side < 2; side++) {
            const char *label = row->sides[side] == NULL ? "" : mark_label(drawing, row->sides[side]);
            if (label == NULL)
                return out_of_memory(drawing);
            beside = fmax(beside, text_width(drawing->text, label, plan->size - 1, false) + VALUE_GAP +
                                      (row->sides[side] != NULL && row->sides[side]->high == INFINITY ? ARROW : 0));
        }
    }
    plan->name_width = shared_need(&drawing->shared, NEED_NAME, plan->name_width) + 2 * GAP;
    beside = shared_need(&drawing->shared, NEED_OTHER, beside);
    plan->scale = plan->high > 0 ? fmax(0, (width - plan->name_width) / 2 - beside) / plan->high : 0;
    if (*height <= 0)
        *height = HEAD + AXIS_HEIGHT + plan->row_height * (double)plan->count;
    *result = plan;
    return E_OK;
}

static int side_draw(struct drawing *drawing, const struct pyramid_plan *plan, const struct mark *mark, int side, double zero, double middle)
{
    double direction = side == 0 ? -1 : 1, thickness = floor(plan->row_height * 0.72), factor = drawing->scale.factor, size = plan->size - 1;
    const char *label = mark_label(drawing, mark);
    struct colour colour = mark_colour(drawing, mark);
    if (label == NULL)
        return out_of_memory(drawing);
    double length = mark_missing(mark) ? 0 : mark->value / factor * plan->scale, reach = length;
    if (mark_missing(mark)) {
        canvas_tag_mark(drawing->canvas, "missing", mark_title(drawing, mark), mark);
    } else {
        glyph_bar(drawing, mark, (struct box){side == 0 ? zero - length : zero, floor(middle - thickness / 2), length, thickness}, colour);
        if (mark_is_range(mark)) {
            double low = mark->low / factor * plan->scale, high = mark->high / factor * plan->scale;
            glyph_whisker(drawing, (struct point){zero + direction * low, middle}, (struct point){zero + direction * high, middle}, thickness * 0.5, drawing->theme->ink);
            reach = fmax(reach, high);
        }
        if (mark->high == INFINITY) {
            glyph_arrow(drawing, (struct point){zero + direction * (length + 1.5), middle}, direction, 0, ARROW - 2.5, colour);
            reach += ARROW;
        }
        if (mark_is_below(mark) && length >= 2 * ARROW)
            glyph_arrow(drawing, (struct point){zero + direction * (length - 4), middle}, -direction, 0, ARROW - 2.5, colour);
        canvas_tag(drawing->canvas, "value", label);
    }
    canvas_text(drawing->canvas, zero + direction * (reach + VALUE_GAP), middle + size * 0.36, side == 0 ? ANCHOR_END : ANCHOR_START, size, false,
                mark_missing(mark) ? drawing->theme->faint : drawing->theme->ink, label);
    return E_OK;
}

static int pyramid_draw(struct drawing *drawing, const void *given, struct box panel)
{
    const struct pyramid_plan *plan = given;
    const struct theme *theme = drawing->theme;
    double centre = panel.x + panel.width / 2, zeros[2] = {centre - plan->name_width / 2, centre + plan->name_width / 2};
    double top = panel.y + HEAD, bottom = top + plan->row_height * (double)plan->count;
    struct ticks ticks = ticks_choose(0, plan->high, (int)fmax(2, plan->high * plan->scale / 55));
    char number[NUMBER_LABEL];
    int code = E_OK;
    for (int side = 0; side < 2; side++) {
        double direction = side == 0 ? -1 : 1, end = -INFINITY;
        const char *const *line;
        for (int i = 0; i < ticks.count && plan->scale > 0; i++) {
            double x = zeros[side] + direction * tick_at(&ticks, i) * plan->scale;
            canvas_tag(drawing->canvas, i == 0 ? "zero" : "grid", NULL);
            canvas_rect(drawing->canvas, floor(x), top - 2, 1, bottom - top + 4, i == 0 ? theme->zero : theme->grid);
            number_grouped(tick_at(&ticks, i), ticks.decimals, number);
            double half = text_width(drawing->text, number, theme->tick_size, false) / 2;
            if (direction * (x - zeros[side]) - half < end + 8)
                continue;
            canvas_tag(drawing->canvas, "tick", number);
            canvas_text(drawing->canvas, x, bottom + 6 + theme->tick_size, ANCHOR_MIDDLE, theme->tick_size, false, theme->faint, number);
            end = direction * (x - zeros[side]) + half;
        }
        if (text_wrap(drawing->text, drawing->arena, drawing->series.items[side], SIZE + 0.5, true, panel.width / 2 - plan->name_width / 2 - 4, 1, &line) > 0) {
            canvas_tag(drawing->canvas, "side", line[0]);
            canvas_text(drawing->canvas, zeros[side] + direction * 2, panel.y + SIZE, side == 0 ? ANCHOR_END : ANCHOR_START, SIZE + 0.5, true,
                        text_colour(drawing, series_colour(drawing, (size_t)side)), line[0]);
        }
    }
    for (size_t i = 0; i < plan->count && code == E_OK; i++) {
        const struct pyramid_row *row = &plan->rows[i];
        double middle = top + plan->row_height * ((double)i + 0.5);
        if (row->line_count > 0) {
            canvas_tag(drawing->canvas, "category", row->line[0]);
            canvas_text(drawing->canvas, centre, middle + plan->size * 0.36, ANCHOR_MIDDLE, plan->size, false, theme->ink, row->line[0]);
        }
        for (int side = 0; side < 2 && code == E_OK; side++)
            if (row->sides[side] != NULL)
                code = side_draw(drawing, plan, row->sides[side], side, zeros[side], middle);
    }
    return code;
}

const struct chart chart_pyramid = {.layout = pyramid_layout, .draw = pyramid_draw, .content_height = true};
