/* line.c — series over time: each named at its end, broken where a value is missing (courses.c says when).
 *
 * The way to a planned value is dashed. The value axis starts at zero unless that would press the lines flat against the
 * top. Where there are more lines than names fit beside, the heaviest are named and the others are grey. */
#include "plots/courses.h"

#include <math.h>
#include <string.h>

#define PANEL_HEIGHT 330.0
#define PANEL_LEAST 60.0
#define AXIS_HEIGHT 26.0
#define NAME_SHARE 0.28      /* of the panel's width that names may take */
#define VALUE_SIZE 12.0
#define VALUES_SERIES_MAX 3  /* with more lines, numbers between them are a thicket */
#define VALUES_MAX 400
#define NAMED_MAX 24         /* lines that a figure grows for; beyond, some stay without a name */
#define TICK_GAP 8.0

struct line_plan {
    struct courses courses;
    struct ends ends;            /* of courses with a value, in their order */
    struct axis axis;
    double tick_width, name_width;
    struct reference_line *references;
    size_t reference_count;
};

/* The value axis: all points and finite bounds, from zero when the data come near it, out to the next ticks. */
static void plan_range(struct drawing *drawing, struct line_plan *plan, double height)
{
    double low = INFINITY, high = -INFINITY, a, b;
    for (size_t i = 0; i < plan->courses.point_count; i++)
        if (mark_extent(drawing, plan->courses.by_time[i].mark, &a, &b)) {
            low = fmin(low, a);
            high = fmax(high, b);
        }
    for (size_t i = 0; i < plan->reference_count; i++) {
        low = fmin(low, plan->references[i].value);
        high = fmax(high, plan->references[i].value);
    }
    low = -shared_need(&drawing->shared, NEED_LOW, -low);
    high = shared_need(&drawing->shared, NEED_HIGH, high);
    bool zero = (low >= 0 && (low < 0.6 * high || low == high)) || (high <= 0 && (high > 0.6 * low || low == high));
    plan->axis = axis_choose(low, high, height, 62, zero, true);
}

static int plan_ends(struct drawing *drawing, struct line_plan *plan, double width, double height)
{
    plan->ends.count = 0;
    plan->ends.list = arena_alloc(drawing->arena, plan->courses.count * sizeof *plan->ends.list);
    if (plan->ends.list == NULL)
        return out_of_memory(drawing);
    for (size_t k = 0; k < plan->courses.count; k++) {
        const struct course *course = &plan->courses.list[k];
        if (course->last == NULL)
            continue;
        const char *text = drawing->whole->type == FIGURE_TREND ? trend_text(drawing, course) : NULL;
        if (drawing->whole->type == FIGURE_TREND && text == NULL)
            return out_of_memory(drawing);
        plan->ends.list[plan->ends.count++] = (struct end){
            .name = course->name, .mark = course->last->mark, .text = text, .colour = course->colour,
            .weight = highlighted(drawing, course->name) ? INFINITY : fabs(course->last->mark->value),
        };
    }
    int code = ends_layout(drawing, &plan->ends, floor(width * NAME_SHARE), height);
    plan->name_width = shared_need(&drawing->shared, NEED_NAME, plan->ends.width);
    return code;
}

/* Lines that are not named step back, unless the user has said which ones matter. */
static int fade(struct drawing *drawing, struct line_plan *plan)
{
    bool *shown = arena_alloc(drawing->arena, plan->courses.count * sizeof *shown);
    if (shown == NULL)
        return out_of_memory(drawing);
    for (size_t k = 0, e = 0; k < plan->courses.count; k++)
        shown[k] = plan->courses.list[k].last == NULL || plan->ends.list[e++].line_count > 0;
    courses_fade(drawing, &plan->courses, shown);
    for (size_t k = 0, e = 0; k < plan->courses.count; k++)
        if (plan->courses.list[k].last != NULL)
            plan->ends.list[e++].colour = plan->courses.list[k].colour;
    return E_OK;
}

int line_layout(struct drawing *drawing, double width, double *height, void **result)
{
    struct line_plan *plan = arena_alloc(drawing->arena, sizeof *plan);
    if (plan == NULL)
        return out_of_memory(drawing);
    int code = courses_read(drawing, &plan->courses);
    if (code == E_OK)
        code = references_of(drawing, false, &plan->references, &plan->reference_count);
    double room = *height > 0 ? *height - AXIS_HEIGHT : plan->courses.count > NAMED_MAX ? NAMED_MAX * END_SIZE * 1.5 : 0;
    if (code == E_OK)
        code = plan_ends(drawing, plan, width, room);
    if (code == E_OK)
        code = fade(drawing, plan);
    if (code != E_OK)
        return code;
    if (*height > 0 && *height < PANEL_LEAST + AXIS_HEIGHT)
        return error_set(drawing->error, E_DOMAIN, "the figure would have to be %.0f px higher to hold a line chart, or have no height set",
                         ceil(PANEL_LEAST + AXIS_HEIGHT - *height));
    if (*height <= 0)
        *height = fmax(PANEL_HEIGHT, plan->ends.height) + AXIS_HEIGHT;
    plan_range(drawing, plan, *height - AXIS_HEIGHT);
    plan->tick_width = shared_need(&drawing->shared, NEED_TICK, axis_label_width(drawing, &plan->axis));
    *result = plan;
    return E_OK;
}

/* ---- series ---- */

static void course_lines(struct drawing *drawing, const struct course *course, struct point *scratch)
{
    size_t start = 0;
    for (size_t i = 1; i <= course->count; i++) {
        bool dashed = start + 1 < course->count && course->points[start + 1].mark->planned;
        bool end = i == course->count || course_breaks(course, i);
        bool turn = !end && i > start + 1 && course->points[i].mark->planned != dashed;
        if (!end && !turn)
            continue;
        if (i - start > 1) {
            for (size_t k = start; k < i; k++)
                scratch[k - start] = (struct point){course->points[k].x, course->points[k].y};
            canvas_tag_mark(drawing->canvas, dashed ? "line planned" : "line", course->name, NULL);
            canvas_polyline(drawing->canvas, scratch, i - start, 2.25, course->colour, dashed);
        }
        start = end ? i : i - 1;
        if (turn)
            i--;  /* the last point of the solid part begins the dashed one */
    }
}

static void course_points(struct drawing *drawing, const struct line_plan *plan, const struct course *course, double width)
{
    double factor = drawing->scale.factor, spacing = width / fmax(1, (double)course->count);
    for (size_t i = 0; i < course->count; i++) {
        const struct course_point *point = &course->points[i];
        const struct mark *mark = point->mark;
        if (mark_missing(mark))
            continue;
        bool below = mark_is_below(mark);
        bool alone = (i == 0 || course_breaks(course, i)) && (i + 1 == course->count || course_breaks(course, i + 1));
        if (mark_is_range(mark))
            glyph_whisker(drawing, (struct point){point->x, axis_at(&plan->axis, mark->low / factor)},
                          (struct point){point->x, axis_at(&plan->axis, mark->high / factor)}, 8, course->colour);
        if (mark->high == INFINITY)
            glyph_arrow(drawing, (struct point){point->x, point->y - 5}, 0, -1, 10, course->colour);
        if (below || mark->low == -INFINITY)
            glyph_arrow(drawing, (struct point){point->x, point->y + 5}, 0, 1, 10, course->colour);
        if (spacing < 7 && !alone && !mark->planned && point != course->last && mark->low == mark->high)
            continue;  /* a string of beads hides the line */
        glyph_dot(drawing, mark, (struct point){point->x, point->y}, 3.2, course->colour);
    }
}

/* ---- numbers at the points ---- */

static int obstacles_fill(const struct line_plan *plan, struct obstacles *obstacles)
{
    for (size_t k = 0; k < plan->courses.count; k++)
        for (size_t i = 0; i < plan->courses.list[k].count; i++) {
            const struct course *course = &plan->courses.list[k];
            const struct course_point *p = &course->points[i];
            if (mark_missing(p->mark))
                continue;
            double up = p->mark->high > p->mark->value ? 17 : 4.5, down = p->mark->low < p->mark->value ? 17 : 4.5;
            if (!obstacles_add_box(obstacles, (struct box){p->x - 4.5, p->y - up, 9, up + down}) ||
                (i > 0 && !course_breaks(course, i) &&
                 !obstacles_add_segment(obstacles, (struct point){p[-1].x, p[-1].y}, (struct point){p->x, p->y})))
                return E_MEMORY;
        }
    return E_OK;
}

static int value_label(struct drawing *drawing, const struct course *course, size_t i, struct obstacles *obstacles)
{
    const struct course_point *p = &course->points[i];
    if (mark_missing(p->mark))
        return E_OK;
    const char *label = mark_label(drawing, p->mark);
    if (label == NULL)
        return out_of_memory(drawing);
    double width = text_width(drawing->text, label, VALUE_SIZE, false), height = VALUE_SIZE * 1.15;
    double above = p->y - (p->mark->high > p->mark->value ? 20 : 8) - height, below = p->y + (p->mark->low < p->mark->value ? 20 : 8);
    /* a valley is labelled below, everything else above, when there is room */
    bool valley = (i == 0 || mark_missing(course->points[i - 1].mark) || course->points[i - 1].y < p->y) &&
                  (i + 1 == course->count || mark_missing(course->points[i + 1].mark) || course->points[i + 1].y < p->y) && course->count > 1;
    for (int attempt = 0; attempt < 6; attempt++) {
        bool low = (attempt % 2 == 0) == valley;
        double shift = attempt < 2 ? 0 : attempt < 4 ? -width * 0.35 : width * 0.35;
        struct box box = {p->x - width / 2 + shift - 2, low ? below : above, width + 4, height};
        if (!obstacles_allow(obstacles, box))
            continue;
        canvas_rect(drawing->canvas, box.x, box.y, box.width, box.height, drawing->theme->paper);  /* no grid through digits */
        canvas_tag(drawing->canvas, "value", label);
        canvas_text(drawing->canvas, box.x + 2, box.y + VALUE_SIZE * 0.98, ANCHOR_START, VALUE_SIZE, false,
                    text_colour(drawing, course->colour), label);
        return obstacles_add_box(obstacles, box) ? E_OK : out_of_memory(drawing);
    }
    return E_OK;
}

/* The first value, the largest and the smallest, then the others, each where it fits; the last stands with the name. */
static int values_draw(struct drawing *drawing, const struct line_plan *plan, struct obstacles *obstacles)
{
    const struct courses *courses = &plan->courses;
    bool all = courses->point_count <= VALUES_MAX;
    int code = E_OK;
    if (courses->count > VALUES_SERIES_MAX)
        return E_OK;
    for (int pass = 0; pass < 2; pass++)
        for (size_t k = 0; k < courses->count && code == E_OK; k++) {
            const struct course *course = &courses->list[k];
            if (course->first == NULL)
                continue;
            size_t first = (size_t)(course->first - course->points), last = (size_t)(course->last - course->points), most = first, least = first;
            for (size_t i = first; i <= last; i++) {
                double value = course->points[i].mark->value;
                most = value > course->points[most].mark->value ? i : most;
                least = value < course->points[least].mark->value ? i : least;
            }
            size_t key[] = {first, most, least};
            for (size_t q = 0; pass == 0 && q < 3 && code == E_OK; q++) {
                bool again = key[q] == last;
                for (size_t r = 0; r < q; r++)
                    again = again || key[r] == key[q];
                if (!again)
                    code = value_label(drawing, course, key[q], obstacles);
            }
            for (size_t i = 0; pass == 1 && all && i < course->count && code == E_OK; i++)
                if (i != last && i != first && i != most && i != least)
                    code = value_label(drawing, course, i, obstacles);
        }
    return code;
}

/* With one series, the word for missing stands in the gap itself. */
static void gaps_draw(struct drawing *drawing, const struct line_plan *plan, struct box area)
{
    const char *word = drawing->words->missing;
    double end = -INFINITY, width = text_width(drawing->text, word, VALUE_SIZE, false);
    for (size_t i = 0; plan->courses.count == 1 && i < plan->courses.list[0].count; i++) {
        const struct course_point *p = &plan->courses.list[0].points[i];
        if (!mark_missing(p->mark) || p->x - width / 2 < end + 4)
            continue;
        canvas_tag_mark(drawing->canvas, "missing", p->mark->label, p->mark);
        canvas_text(drawing->canvas, p->x, area.y + area.height - 6, ANCHOR_MIDDLE, VALUE_SIZE, false, drawing->theme->faint, word);
        end = p->x + width / 2;
    }
}

/* Reference lines across the area lie below the series, */
static int references_draw(struct drawing *drawing, const struct line_plan *plan, struct box area, struct obstacles *obstacles)
{
    for (size_t i = 0; i < plan->reference_count; i++) {
        double y = axis_at(&plan->axis, plan->references[i].value);
        canvas_tag(drawing->canvas, "reference", plan->references[i].label);
        canvas_polyline(drawing->canvas, (struct point[]){{area.x - 10, y}, {area.x + area.width + 6, y}}, 2, 1.25, drawing->theme->ink, true);
        if (!obstacles_add_segment(obstacles, (struct point){area.x, y}, (struct point){area.x + area.width, y}))
            return out_of_memory(drawing);
    }
    return E_OK;
}

/* and their names above them: from the left where nothing is in the way, else at the left end on paper all the same, because
 * a line without a name is a riddle. */
static int reference_names_draw(struct drawing *drawing, const struct line_plan *plan, struct box area, struct obstacles *obstacles)
{
    double lowest = INFINITY;
    for (size_t i = plan->reference_count; i-- > 0;) {   /* from the top downwards, the names one below the other */
        const struct reference_line *line = &plan->references[i];
        double y = axis_at(&plan->axis, line->value), width = text_width(drawing->text, line->label, VALUE_SIZE, false), height = VALUE_SIZE * 1.2;
        struct box box = {area.x - 8, y - VALUE_SIZE * 1.4, width + 4, height};
        for (double x = area.x - 8; x + width < area.x + area.width; x += 12)
            if (obstacles_allow(obstacles, (struct box){x, box.y, box.width, box.height})) {
                box.x = x;
                break;
            }
        if (isfinite(lowest) && box.y < lowest)
            box.y = lowest;
        lowest = box.y + height;
        canvas_rect(drawing->canvas, box.x, box.y, box.width, box.height - 1, drawing->theme->paper);
        canvas_tag(drawing->canvas, "reference-label", line->label);
        canvas_text(drawing->canvas, box.x + 2, box.y + VALUE_SIZE * 0.98, ANCHOR_START, VALUE_SIZE, false, drawing->theme->ink, line->label);
        if (!obstacles_add_box(obstacles, box))
            return out_of_memory(drawing);
    }
    return E_OK;
}

int line_draw(struct drawing *drawing, const void *given, struct box panel)
{
    struct line_plan plan = *(const struct line_plan *)given;
    double left = plan.tick_width + TICK_GAP + 18, right = plan.name_width + 16;
    struct box area = {panel.x + left, panel.y + 6, panel.width - left - right, panel.height - AXIS_HEIGHT - 6};
    struct point *scratch = arena_alloc(drawing->arena, plan.courses.point_count * sizeof *scratch);
    struct obstacles *obstacles = obstacles_new(drawing, (struct box){area.x - 14, panel.y - 6, area.width + 26, area.y + area.height - panel.y + 6});
    if (scratch == NULL || obstacles == NULL)
        return out_of_memory(drawing);
    plan.axis.from = area.y + area.height;
    plan.axis.to = area.y;
    axis_draw_left(drawing, &plan.axis, panel.x + plan.tick_width, panel.x + plan.tick_width + TICK_GAP, area.x + area.width + 10);
    time_axis_draw(drawing, &plan.courses, area, panel);
    for (size_t k = 0, e = 0; k < plan.courses.count; k++) {
        struct course *course = &plan.courses.list[k];
        for (size_t i = 0; i < course->count; i++) {
            struct course_point *p = &course->points[i];
            p->x = course_x(&plan.courses, area, p->mark->x);
            p->y = mark_missing(p->mark) ? 0 : axis_at(&plan.axis, p->mark->value / drawing->scale.factor);
        }
        if (course->last != NULL) {
            plan.ends.list[e].x = course->last->x;
            plan.ends.list[e++].y = course->last->y;
        }
    }
    gaps_draw(drawing, &plan, area);
    int code = obstacles_fill(&plan, obstacles) == E_OK ? E_OK : out_of_memory(drawing);
    if (code == E_OK)
        code = references_draw(drawing, &plan, area, obstacles);
    for (int bright = 0; bright < 2; bright++)   /* muted lines lie below the others, the first series on top */
        for (size_t k = plan.courses.count; k-- > 0 && code == E_OK;) {
            const struct course *course = &plan.courses.list[k];
            bool muted = memcmp(&course->colour, &drawing->theme->muted, sizeof course->colour) == 0;
            if (muted == (bright == 1))
                continue;
            if (drawing->whole->type == FIGURE_TREND)
                code = trend_draw_fit(drawing, course, &plan.courses, &plan.axis, area);
            course_lines(drawing, course, scratch);
            course_points(drawing, &plan, course, area.width);
        }
    if (code == E_OK)
        code = reference_names_draw(drawing, &plan, area, obstacles);
    if (code == E_OK)
        code = ends_draw(drawing, &plan.ends, area.x + area.width + 16, false, area.y - 8, area.y + area.height + 8);
    if (code == E_OK)
        code = values_draw(drawing, &plan, obstacles);
    return code;
}

const struct chart chart_line = {.layout = line_layout, .draw = line_draw, .uses_x = true};
