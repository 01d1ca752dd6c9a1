/* bump.c — ranks over time: who overtakes whom. Rank 1 is the largest value and stands on top; equal values share the best
 * rank of their group (1, 2, 2, 4). A series without a value at a time has no rank there, and its line breaks. */
#include "plots/courses.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define ROW_HEIGHT 26.0
#define ROW_LEAST 4.0
#define AXIS_HEIGHT 26.0
#define NAME_SHARE 0.27
#define RANKS_NAMED 40
#define DOT 4.5

struct bump_plan {
    struct courses courses;
    double *best, *worst;        /* of each point: the ranks that its bounds and those of the others allow */
    double *ranks;               /* of each point of each course, in the courses' order; NaN: missing */
    size_t *first_rank;          /* index of a course's first point in ranks */
    size_t most;
    struct ends left, right;
    double left_width, right_width;
};

static int ranks_read(struct drawing *drawing, struct bump_plan *plan)
{
    const struct courses *courses = &plan->courses;
    size_t at = 0;
    plan->ranks = arena_alloc(drawing->arena, courses->point_count * sizeof *plan->ranks);
    plan->first_rank = arena_alloc(drawing->arena, courses->count * sizeof *plan->first_rank);
    plan->best = arena_alloc(drawing->arena, courses->point_count * sizeof *plan->best);
    plan->worst = arena_alloc(drawing->arena, courses->point_count * sizeof *plan->worst);
    if (plan->best == NULL || plan->worst == NULL || plan->ranks == NULL || plan->first_rank == NULL)
        return out_of_memory(drawing);
    for (size_t k = 0; k < courses->count; k++) {
        plan->first_rank[k] = at;
        for (size_t i = 0; i < courses->list[k].count; i++) {
            const struct mark *mark = courses->list[k].points[i].mark;
            size_t low = 0, high = courses->point_count, rank = 1;
            while (low < high) {   /* the first of this time */
                size_t middle = (low + high) / 2;
                if (courses->by_time[middle].mark->x < mark->x)
                    low = middle + 1;
                else
                    high = middle;
            }
            size_t best = 1, worst = 1;
            for (; low < courses->point_count && courses->by_time[low].mark->x == mark->x; low++) {
                const struct mark *other = courses->by_time[low].mark;
                if (mark_missing(other) || other == mark)
                    continue;
                rank += other->value > mark->value;
                best += other->low > mark->high;
                worst += other->high > mark->low;
            }
            plan->best[at] = (double)best;
            plan->worst[at] = (double)worst;
            plan->ranks[at++] = mark_missing(mark) ? NAN : (double)rank;
            if (!mark_missing(mark) && rank > plan->most)
                plan->most = rank;
        }
    }
    return E_OK;
}

static int side_layout(struct drawing *drawing, struct bump_plan *plan, struct ends *ends, bool last, double room, double height)
{
    ends->list = arena_alloc(drawing->arena, plan->courses.count * sizeof *ends->list);
    if (ends->list == NULL)
        return out_of_memory(drawing);
    for (size_t k = 0; k < plan->courses.count; k++) {
        const struct course *course = &plan->courses.list[k];
        const struct course_point *point = last ? course->last : course->first;
        if (point == NULL)
            continue;
        double rank = plan->ranks[plan->first_rank[k] + (size_t)(point - course->points)];
        size_t size = strlen(course->name) + 32;
        char *text = arena_alloc(drawing->arena, size);
        if (text == NULL)
            return out_of_memory(drawing);
        snprintf(text, size, last ? "%.0f %s" : "%2$s %1$.0f", rank, course->name);
        ends->list[ends->count++] = (struct end){.name = text, .colour = course->colour, .weight = highlighted(drawing, course->name) ? INFINITY : -rank};
    }
    return ends_layout(drawing, ends, room, height);
}

static int bump_layout(struct drawing *drawing, double width, double *height, void **result)
{
    struct bump_plan *plan = arena_alloc(drawing->arena, sizeof *plan);
    int code = plan == NULL ? out_of_memory(drawing) : courses_read(drawing, &plan->courses);
    if (code == E_OK)
        code = ranks_read(drawing, plan);
    if (code != E_OK)
        return code;
    double needed = ROW_HEIGHT * (double)(plan->most < RANKS_NAMED ? plan->most : RANKS_NAMED);
    if (*height <= 0)
        *height = fmax(120, needed) + AXIS_HEIGHT;
    if ((*height - AXIS_HEIGHT) / (double)plan->most < ROW_LEAST)
        return error_set(drawing->error, E_DOMAIN, "%zu ranks do not fit: the figure would have to be %.0f px higher, or have no height set", plan->most,
                         ceil(ROW_LEAST * (double)plan->most + AXIS_HEIGHT - *height));
    double room = *height - AXIS_HEIGHT;
    if ((code = side_layout(drawing, plan, &plan->left, false, floor(width * NAME_SHARE), room)) != E_OK ||
        (code = side_layout(drawing, plan, &plan->right, true, floor(width * NAME_SHARE), room)) != E_OK)
        return code;
    bool *shown = arena_alloc(drawing->arena, plan->courses.count * sizeof *shown);
    if (shown == NULL)
        return out_of_memory(drawing);
    for (size_t k = 0, e = 0; k < plan->courses.count; k++) {
        shown[k] = plan->courses.list[k].last == NULL || plan->right.list[e].line_count > 0 || plan->left.list[e].line_count > 0;
        e += plan->courses.list[k].last != NULL;
    }
    courses_fade(drawing, &plan->courses, shown);
    for (size_t k = 0, e = 0; k < plan->courses.count; k++)
        if (plan->courses.list[k].last != NULL) {
            plan->left.list[e].colour = plan->right.list[e].colour = plan->courses.list[k].colour;
            e++;
        }
    plan->left_width = shared_need(&drawing->shared, NEED_TICK, plan->left.width);
    plan->right_width = shared_need(&drawing->shared, NEED_NAME, plan->right.width);
    *result = plan;
    return E_OK;
}

static int bump_draw(struct drawing *drawing, const void *given, struct box panel)
{
    struct bump_plan plan = *(const struct bump_plan *)given;
    const struct theme *theme = drawing->theme;
    double left = plan.left_width + 18, right = plan.right_width + 18;
    struct box area = {panel.x + left, panel.y, panel.width - left - right, panel.height - AXIS_HEIGHT};
    double row = area.height / (double)plan.most, dot = fmin(DOT, row * 0.35);
    struct point *scratch = arena_alloc(drawing->arena, plan.courses.point_count * sizeof *scratch);
    if (scratch == NULL)
        return out_of_memory(drawing);
    time_axis_draw(drawing, &plan.courses, area, panel);
    for (int bright = 0; bright < 2; bright++)
        for (size_t k = plan.courses.count; k-- > 0;) {
            const struct course *course = &plan.courses.list[k];
            bool out = drawing->whole->highlight_count > 0 && highlighted(drawing, course->name);
            bool muted = memcmp(&course->colour, &theme->muted, sizeof theme->muted) == 0;
            size_t n = 0;
            if (muted == (bright == 1))
                continue;
            for (size_t i = 0; i <= course->count; i++) {
                double rank = i < course->count ? plan.ranks[plan.first_rank[k] + i] : NAN;
                if (n > 1 && (isnan(rank) || course_breaks(course, i))) {
                    canvas_tag(drawing->canvas, "line", course->name);
                    canvas_polyline(drawing->canvas, scratch, n, out ? 3.5 : 2.5, course->colour, false);
                }
                if (isnan(rank) || (i > 0 && i < course->count && course_breaks(course, i)))
                    n = 0;
                if (!isnan(rank))
                    scratch[n++] = (struct point){course_x(&plan.courses, area, course->points[i].mark->x), area.y + (rank - 0.5) * row};
            }
            for (size_t i = 0; i < course->count; i++) {
                double rank = plan.ranks[plan.first_rank[k] + i];
                double best = plan.best[plan.first_rank[k] + i], worst = fmin((double)plan.most, plan.worst[plan.first_rank[k] + i]);
                double x = course_x(&plan.courses, area, course->points[i].mark->x);
                if (!isnan(rank) && best < worst)
                    glyph_whisker(drawing, (struct point){x, area.y + (best - 0.5) * row}, (struct point){x, area.y + (worst - 0.5) * row}, 7, course->colour);
                if (!isnan(rank))
                    glyph_dot(drawing, course->points[i].mark, (struct point){course_x(&plan.courses, area, course->points[i].mark->x), area.y + (rank - 0.5) * row}, dot, course->colour);
            }
        }
    for (size_t k = 0, e = 0; k < plan.courses.count; k++) {
        const struct course *course = &plan.courses.list[k];
        if (course->last == NULL)
            continue;
        const struct course_point *points[] = {course->first, course->last};
        struct end *ends[] = {&plan.left.list[e], &plan.right.list[e]};
        for (int side = 0; side < 2; side++) {
            ends[side]->x = course_x(&plan.courses, area, points[side]->mark->x);
            ends[side]->y = area.y + (plan.ranks[plan.first_rank[k] + (size_t)(points[side] - course->points)] - 0.5) * row;
        }
        e++;
    }
    int code = ends_draw(drawing, &plan.left, area.x - 16, true, area.y - 8, area.y + area.height + 8);
    return code != E_OK ? code : ends_draw(drawing, &plan.right, area.x + area.width + 16, false, area.y - 8, area.y + area.height + 8);
}

static const char *bump_note(struct drawing *drawing)
{
    return drawing->words->rank_note;
}

const struct chart chart_bump = {.layout = bump_layout, .draw = bump_draw, .note = bump_note, .uses_x = true, .no_unit = true, .signs = SIGNS_RANKED};
