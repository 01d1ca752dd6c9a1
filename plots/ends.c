/* ends.c — names at the ends of lines instead of a legend: wrapped, kept apart, left out where there is no room at all. */
#include "plots/courses.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_HEIGHT 1.2
#define GAP 3.0              /* between names, one below the other */
#define MOVED 3.0            /* px from which on a thin line leads to the name */

/* Name and value in one line, or the wrapped name with the value below it; `brief`: the name alone, cut. */
static int end_wrap(struct drawing *drawing, struct end *end, double room, bool brief)
{
    const char *value = end->text != NULL ? end->text : end->mark != NULL ? mark_label(drawing, end->mark) : "";
    size_t size = value == NULL ? 0 : strlen(end->name) + strlen(value) + 2;
    char *label = value == NULL ? NULL : arena_alloc(drawing->arena, size);
    const char *const *name = NULL;
    end->lines = arena_alloc(drawing->arena, 3 * sizeof *end->lines);
    end->line_count = 0;
    if (label == NULL || end->lines == NULL)
        return out_of_memory(drawing);
    snprintf(label, size, "%s%s%s", end->name, end->name[0] != '\0' && value[0] != '\0' ? " " : "", value);
    if (text_width(drawing->text, label, END_SIZE, false) <= room) {
        end->lines[end->line_count++] = label;
        return E_OK;
    }
    size_t n = text_wrap(drawing->text, drawing->arena, end->name, END_SIZE, false, room, brief ? 1 : 2, &name);
    drawing->labels_cut = drawing->labels_cut || (brief && text_width(drawing->text, end->name, END_SIZE, false) > room);
    for (size_t i = 0; i < n; i++)
        end->lines[end->line_count++] = name[i];
    if (!brief && value[0] != '\0')
        end->lines[end->line_count++] = value;
    return E_OK;
}

static double end_height(const struct end *end)
{
    return end->line_count == 0 ? 0 : (double)end->line_count * END_SIZE * LINE_HEIGHT + GAP;
}

static void measure(struct drawing *drawing, struct ends *ends)
{
    ends->width = ends->height = 0;
    for (size_t i = 0; i < ends->count; i++) {
        const struct end *end = &ends->list[i];
        ends->height += end_height(end);
        for (size_t l = 0; l < end->line_count; l++)
            ends->width = fmax(ends->width, text_width(drawing->text, end->lines[l], END_SIZE, false));
    }
}

static int heavier(const void *a, const void *b)
{
    const struct end *const *p = a, *const *q = b;
    if ((*p)->weight != (*q)->weight)
        return (*p)->weight > (*q)->weight ? -1 : 1;
    return *p < *q ? -1 : *p > *q;
}

int ends_layout(struct drawing *drawing, struct ends *ends, double room, double height)
{
    for (int brief = 0; brief < 2; brief++) {
        for (size_t i = 0; i < ends->count; i++) {
            int code = end_wrap(drawing, &ends->list[i], room, brief == 1);
            if (code != E_OK)
                return code;
        }
        measure(drawing, ends);
        if (height <= 0 || ends->height <= height)
            return E_OK;
    }
    const struct end **sorted = arena_alloc(drawing->arena, ends->count * sizeof *sorted);
    if (sorted == NULL)
        return out_of_memory(drawing);
    for (size_t i = 0; i < ends->count; i++)
        sorted[i] = &ends->list[i];
    qsort(sorted, ends->count, sizeof *sorted, heavier);
    double used = 0;
    for (size_t i = 0; i < ends->count; i++) {
        struct end *end = &ends->list[sorted[i] - ends->list];
        used += end_height(end);
        if (used > height) {
            end->line_count = 0;
            drawing->labels_left_out = drawing->labels_cut = true;
        }
    }
    measure(drawing, ends);
    return E_OK;
}

static int higher(const void *a, const void *b)
{
    const struct end *const *p = a, *const *q = b;
    if ((*p)->y != (*q)->y)
        return (*p)->y < (*q)->y ? -1 : 1;
    return *p < *q ? -1 : *p > *q;
}

int ends_draw(struct drawing *drawing, const struct ends *ends, double x, bool left, double top, double bottom)
{
    size_t n = 0;
    double side = left ? -1 : 1;
    const struct end **sorted = arena_alloc(drawing->arena, (ends->count + 1) * sizeof *sorted);
    double *wishes = arena_alloc(drawing->arena, 3 * (ends->count + 1) * sizeof *wishes);
    if (sorted == NULL || wishes == NULL)
        return out_of_memory(drawing);
    double *heights = wishes + ends->count + 1, *centres = heights + ends->count + 1;
    for (size_t i = 0; i < ends->count; i++)
        if (ends->list[i].line_count > 0)
            sorted[n++] = &ends->list[i];
    qsort(sorted, n, sizeof *sorted, higher);
    for (size_t i = 0; i < n; i++) {
        wishes[i] = sorted[i]->y;
        heights[i] = end_height(sorted[i]);
    }
    labels_spread(wishes, heights, centres, n, top, bottom);
    for (size_t i = 0; i < n; i++) {
        const struct end *end = sorted[i];
        bool far = fabs(x - side * 16 - end->x) > 10;
        if (fabs(centres[i] - wishes[i]) > MOVED || far) {
            canvas_tag(drawing->canvas, "leader", NULL);
            canvas_polyline(drawing->canvas, (struct point[]){{end->x + side * 6, wishes[i]}, {x - side * 12, far ? centres[i] : wishes[i]}, {x - side * 3, centres[i]}},
                            3, 0.75, colour_mix(drawing->theme->paper, end->colour, 0.7), far);
        }
        double baseline = centres[i] - (double)end->line_count * END_SIZE * LINE_HEIGHT / 2 + END_SIZE * (LINE_HEIGHT / 2 + 0.36);
        for (size_t l = 0; l < end->line_count; l++, baseline += END_SIZE * LINE_HEIGHT) {
            canvas_tag(drawing->canvas, "name", end->lines[l]);
            canvas_text(drawing->canvas, x, baseline, left ? ANCHOR_END : ANCHOR_START, END_SIZE, false, text_colour(drawing, end->colour),
                        end->lines[l]);
        }
    }
    return E_OK;
}
