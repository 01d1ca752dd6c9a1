/* map.c — a choropleth: regions coloured by the class of their value.
 *
 * Classes by quantiles unless the figure says otherwise; the key above the map has their limits and how many regions each has. A
 * region without data is left hollow; one of which only a bound is known, or that is planned, has a dashed edge. Names stand in
 * regions that are large enough, with their values where both have room. */
#include "plots/places.h"

#include <math.h>
#include <stdio.h>

#define HEIGHT_MOST 620.0
#define HEIGHT_LEAST 120.0
#define NAME_SIZE 11.0
#define NAMES_MOST 400       /* regions of a map that are named at all */
#define NEAR 0.3             /* px: points closer than this to the one before them are left out */

static int map_layout(struct drawing *drawing, double width, double *height, void **result)
{
    struct places_plan *plan = NULL;
    int code = places_layout(drawing, width, &plan);
    if (code != E_OK)
        return code;
    const struct box *box = &drawing->whole->map->box;
    double natural = fmin(HEIGHT_MOST, fmax(HEIGHT_LEAST, width * box->height / fmax(box->width, 1e-9)));
    if (*height <= 0)
        *height = natural + plan->key_height;
    if (*height < HEIGHT_LEAST + plan->key_height)
        return error_set(drawing->error, E_DOMAIN, "the figure would have to be %.0f px higher to hold a map, or have no height set",
                         ceil(HEIGHT_LEAST + plan->key_height - *height));
    *result = plan;
    return E_OK;
}

/* The rings of a place in px, without points that would not be seen; a ring that shrinks to nothing keeps three. */
static size_t rings_place(const struct place *place, double scale, double left, double top, struct point *points, size_t *sizes)
{
    size_t n = 0, rings = 0;
    for (size_t r = 0; r < place->ring_count; r++) {
        const struct ring *ring = &place->rings[r];
        size_t start = n;
        for (size_t k = 0; k < ring->count; k++) {
            struct point at = {left + ring->points[k].x * scale, top + ring->points[k].y * scale};
            if (k == 0 || hypot(at.x - points[n - 1].x, at.y - points[n - 1].y) >= NEAR)
                points[n++] = at;
        }
        if (n - start < 3 && r > 0) {
            n = start;   /* an island smaller than a pixel, beside a larger one */
            continue;
        }
        while (n - start < 3)
            points[n] = points[n - 1], points[n].x += NEAR, n++;
        sizes[rings++] = n - start;
    }
    return rings;
}

/* The name of a place in one line or two, with its value below where that has room. What has none is left out, and the note says so. */
static int name_draw(struct drawing *drawing, const struct places_plan *plan, size_t i, struct point origin, double scale, struct obstacles *obstacles)
{
    const struct place *place = &drawing->whole->map->places[i];
    const struct mark *mark = plan->marks[i];
    const char *name = mark != NULL && mark->label != NULL ? mark->label : place->name, *value = mark != NULL ? mark_label(drawing, mark) : drawing->words->missing;
    const char *const *lines;
    struct point at = {origin.x + place->centre.x * scale, origin.y + place->centre.y * scale};
    double width = text_width(drawing->text, name, NAME_SIZE, false), wide = place->box.width * scale * 0.92, high = place->box.height * scale, widest = 0;
    if (value == NULL)
        return out_of_memory(drawing);
    if (name[0] == '\0')
        return E_OK;
    /* two lines of about the same length; a name that would be cut is none */
    size_t n = text_wrap(drawing->text, drawing->arena, name, NAME_SIZE, false, width <= wide ? wide : fmin(wide, width / 2 + NAME_SIZE), 2, &lines);
    double written = 0;
    for (size_t l = 0; l < n; l++) {
        double w = text_width(drawing->text, lines[l], NAME_SIZE, false);
        widest = fmax(widest, w);
        written += w;
    }
    for (int valued = n > 0 && written >= width * 0.98; valued >= 0 && n > 0 && written >= width * 0.98; valued--) {
        double rows = (double)n + valued, across = valued ? fmax(widest, text_width(drawing->text, value, NAME_SIZE, false)) : widest;
        struct box box = {at.x - across / 2, at.y - NAME_SIZE * 0.6 * rows, across, NAME_SIZE * 1.2 * rows};
        if (across > wide || NAME_SIZE * (1.2 * rows + (rows > 1 ? 1 : 0.2)) > high || !obstacles_allow(obstacles, box))
            continue;
        if (!obstacles_add_box(obstacles, box))
            return out_of_memory(drawing);
        struct colour ink = mark == NULL || mark_missing(mark) ? drawing->theme->faint : colour_on(places_colour(drawing, plan, mark));
        double baseline = box.y + NAME_SIZE * 0.96;
        for (size_t l = 0; l < n + (size_t)valued; l++, baseline += NAME_SIZE * 1.2) {
            const char *line = l < n ? lines[l] : value;
            canvas_tag(drawing->canvas, l < n ? "name" : "value", line);
            canvas_text(drawing->canvas, at.x, baseline, ANCHOR_MIDDLE, NAME_SIZE, false, ink, line);
        }
        return E_OK;
    }
    drawing->labels_left_out = true;
    return E_OK;
}

static int map_draw(struct drawing *drawing, const void *given, struct box panel)
{
    const struct places_plan *plan = given;
    const struct geometry *map = drawing->whole->map;
    const struct theme *theme = drawing->theme;
    double room = panel.height - plan->key_height, scale = fmin(panel.width / fmax(map->box.width, 1e-12), room / fmax(map->box.height, 1e-12));
    double left = panel.x + (panel.width - map->box.width * scale) / 2 - map->box.x * scale;
    double top = panel.y + plan->key_height + (room - map->box.height * scale) / 2 - map->box.y * scale;
    size_t most = 0, most_rings = 0;
    places_key_draw(drawing, plan, panel.x, panel.y);
    for (size_t i = 0; i < map->count; i++) {
        size_t n = 4 * map->places[i].ring_count;
        for (size_t r = 0; r < map->places[i].ring_count; r++)
            n += map->places[i].rings[r].count;
        most = n > most ? n : most;
        most_rings = map->places[i].ring_count > most_rings ? map->places[i].ring_count : most_rings;
    }
    struct point *points = arena_alloc(drawing->arena, most * sizeof *points);
    size_t *sizes = arena_alloc(drawing->arena, most_rings * sizeof *sizes);
    struct obstacles *obstacles = obstacles_new(drawing, (struct box){panel.x, panel.y + plan->key_height, panel.width, room});
    if (points == NULL || sizes == NULL || obstacles == NULL)
        return out_of_memory(drawing);
    double line = map->count > 500 ? 0.25 : 0.75;
    for (int pass = 0; pass < 3; pass++)   /* dashed edges lie over plain ones, those of highlighted regions on top */
        for (size_t i = 0; i < map->count; i++) {
            const struct mark *mark = plan->marks[i];
            bool out = drawing->whole->highlight_count > 0 && (highlighted(drawing, map->places[i].name) || (mark != NULL && highlighted(drawing, mark->label)));
            bool missing = mark == NULL || mark_missing(mark), open = !missing && (mark->low != mark->high || mark->planned || mark->estimated);
            if ((out ? 2 : open ? 1 : 0) != pass)
                continue;
            size_t rings = rings_place(&map->places[i], scale, left, top, points, sizes);
            canvas_tag_mark(drawing->canvas, missing ? "place missing" : open ? "place bound" : "place", plan->titles[i], mark);
            canvas_region(drawing->canvas, points, sizes, rings, places_colour(drawing, plan, mark), out ? theme->ink : open ? theme->soft : theme->paper,
                          out ? 2 : open ? fmax(line, 1) : line, open && !out);
        }
    for (size_t i = 0; i < map->count && map->count <= NAMES_MOST; i++) {
        int code = name_draw(drawing, plan, i, (struct point){left, top}, scale, obstacles);
        if (code != E_OK)
            return code;
    }
    return E_OK;
}

const struct chart chart_map = {.layout = map_layout, .draw = map_draw, .note = places_note, .signs = SIGNS_EDGED};
