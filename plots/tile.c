/* tile.c — a tile map: each region one square of the same size, near where it lies. Small regions are seen as well as large
 * ones. Every region takes the free cell nearest to its place, those in the middle of the map first. */
#include "plots/places.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define TILE_MOST 68.0
#define TILE_LEAST 4.0
#define NAME_SIZE 11.5

struct tile_plan {
    struct places_plan *places;
    size_t *column, *row;
    size_t columns, rows;
};

struct middle {
    double distance;
    size_t place;
};

static int nearer(const void *a, const void *b)
{
    const struct middle *p = a, *q = b;
    if (p->distance != q->distance)
        return p->distance < q->distance ? -1 : 1;
    return p->place < q->place ? -1 : p->place > q->place;
}

/* Columns and rows of cells that no region has taken go. */
static int tiles_compact(struct drawing *drawing, struct tile_plan *plan, size_t n)
{
    size_t *lines[] = {plan->column, plan->row}, *counts[] = {&plan->columns, &plan->rows};
    for (int side = 0; side < 2; side++) {
        size_t kept = 0, *to = arena_alloc(drawing->arena, *counts[side] * sizeof *to);
        if (to == NULL)
            return out_of_memory(drawing);
        for (size_t i = 0; i < n; i++)
            to[lines[side][i]] = 1;
        for (size_t c = 0; c < *counts[side]; c++) {
            bool taken = to[c] > 0;
            to[c] = kept;
            kept += taken;
        }
        for (size_t i = 0; i < n; i++)
            lines[side][i] = to[lines[side][i]];
        *counts[side] = kept;
    }
    return E_OK;
}

static int tiles_place(struct drawing *drawing, struct tile_plan *plan)
{
    const struct geometry *map = drawing->whole->map;
    size_t n = map->count;
    double aspect = fmin(4, fmax(0.25, map->box.width / fmax(map->box.height, 1e-12)));
    plan->columns = (size_t)fmax(1, ceil(sqrt((double)n * aspect * 1.5)));   /* half as many cells again as regions: shape */
    plan->rows = (size_t)fmax(1, ceil((double)n * 1.5 / (double)plan->columns));
    struct middle *order = arena_alloc(drawing->arena, n * sizeof *order);
    bool *taken = arena_alloc(drawing->arena, plan->columns * plan->rows * sizeof *taken);
    plan->column = arena_alloc(drawing->arena, n * sizeof *plan->column);
    plan->row = arena_alloc(drawing->arena, n * sizeof *plan->row);
    if (order == NULL || taken == NULL || plan->column == NULL || plan->row == NULL)
        return out_of_memory(drawing);
    double across = map->box.width / (double)plan->columns, down = map->box.height / (double)plan->rows;
    for (size_t i = 0; i < n; i++)
        order[i] = (struct middle){hypot((map->places[i].centre.x - map->box.x) / fmax(across, 1e-12) - (double)plan->columns / 2,
                                         (map->places[i].centre.y - map->box.y) / fmax(down, 1e-12) - (double)plan->rows / 2), i};
    qsort(order, n, sizeof *order, nearer);
    for (size_t k = 0; k < n; k++) {
        const struct place *place = &map->places[order[k].place];
        double x = (place->centre.x - map->box.x) / fmax(across, 1e-12) - 0.5, y = (place->centre.y - map->box.y) / fmax(down, 1e-12) - 0.5, best = INFINITY;
        size_t cell = 0;
        for (size_t r = 0; r < plan->rows; r++)
            for (size_t c = 0; c < plan->columns; c++) {
                double distance = ((double)c - x) * ((double)c - x) + ((double)r - y) * ((double)r - y);
                if (!taken[r * plan->columns + c] && distance < best) {
                    best = distance;
                    cell = r * plan->columns + c;
                }
            }
        taken[cell] = true;
        plan->column[order[k].place] = cell % plan->columns;
        plan->row[order[k].place] = cell / plan->columns;
    }
    return tiles_compact(drawing, plan, n);
}

static int tile_layout(struct drawing *drawing, double width, double *height, void **result)
{
    struct tile_plan *plan = arena_alloc(drawing->arena, sizeof *plan);
    int code = plan == NULL ? out_of_memory(drawing) : places_layout(drawing, width, &plan->places);
    if (code == E_OK)
        code = tiles_place(drawing, plan);
    if (code != E_OK)
        return code;
    double side = fmin(TILE_MOST, width / (double)plan->columns);
    if (*height > 0)
        side = fmin(side, (*height - plan->places->key_height) / (double)plan->rows);
    else
        *height = side * (double)plan->rows + plan->places->key_height;
    if (side < TILE_LEAST)
        return error_set(drawing->error, E_DOMAIN, "%zu tiles do not fit: the figure would have to be larger", drawing->whole->map->count);
    *result = plan;
    return E_OK;
}

static int tile_draw(struct drawing *drawing, const void *given, struct box panel)
{
    const struct tile_plan *plan = given;
    const struct geometry *map = drawing->whole->map;
    const struct theme *theme = drawing->theme;
    double side = fmin(TILE_MOST, fmin(panel.width / (double)plan->columns, (panel.height - plan->places->key_height) / (double)plan->rows));
    double left = panel.x + (panel.width - side * (double)plan->columns) / 2, top = panel.y + plan->places->key_height;
    places_key_draw(drawing, plan->places, panel.x, panel.y);
    for (size_t i = 0; i < map->count; i++) {
        const struct mark *mark = plan->places->marks[i];
        double x = left + (double)plan->column[i] * side, y = top + (double)plan->row[i] * side, gap = side > 12 ? 1 : 0.5;
        struct colour colour = places_colour(drawing, plan->places, mark);
        bool missing = mark == NULL || mark_missing(mark), open = !missing && (mark->low != mark->high || mark->planned || mark->estimated);
        bool out = drawing->whole->highlight_count > 0 && (highlighted(drawing, map->places[i].name) || (mark != NULL && highlighted(drawing, mark->label)));
        canvas_tag_mark(drawing->canvas, missing ? "tile missing" : open ? "tile bound" : "tile", plan->places->titles[i], mark);
        if (out || open)
            canvas_framed_rect(drawing->canvas, x + gap, y + gap, side - 2 * gap, side - 2 * gap, colour, theme->ink, out ? 2 : 1, open && !out);
        else
            canvas_rect(drawing->canvas, x + gap, y + gap, side - 2 * gap, side - 2 * gap, colour);
        const char *const *lines, *name = mark != NULL && mark->label != NULL ? mark->label : map->places[i].name;
        size_t most = side >= 40 ? 3 : 2, n = side < 26 ? 0 : text_wrap(drawing->text, drawing->arena, name, NAME_SIZE, false, side - (side >= 40 ? 7 : 4), most, &lines);
        const char *value = mark != NULL ? mark_label(drawing, mark) : drawing->words->missing;
        if (value == NULL)
            return out_of_memory(drawing);
        bool valued = n > 0 && (double)(n + 1) * NAME_SIZE * 1.15 <= side - 6 && text_width(drawing->text, value, NAME_SIZE - 1, false) <= side - 4;
        double baseline = y + side / 2 - (double)(n + valued) * NAME_SIZE * 1.15 / 2 + NAME_SIZE * 0.94;
        for (size_t l = 0; l < n; l++, baseline += NAME_SIZE * 1.15) {
            canvas_tag(drawing->canvas, "name", lines[l]);
            canvas_text(drawing->canvas, x + side / 2, baseline, ANCHOR_MIDDLE, NAME_SIZE, false, missing ? theme->faint : colour_on(colour), lines[l]);
        }
        if (valued) {
            canvas_tag(drawing->canvas, "value", value);
            canvas_text(drawing->canvas, x + side / 2, baseline, ANCHOR_MIDDLE, NAME_SIZE - 1, false, missing ? theme->faint : colour_on(colour), value);
        }
    }
    return E_OK;
}

const struct chart chart_tile = {.layout = tile_layout, .draw = tile_draw, .note = places_note, .signs = SIGNS_EDGED};
