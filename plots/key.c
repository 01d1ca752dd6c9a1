/* key.c — the names of series with their colours, in one or more lines above the panel: for charts whose marks are too
 * small to carry them. */
#include "plots/chart.h"

#include <math.h>
#include <stdlib.h>

#define SIZE 13.0
#define LINE 20.0
#define SWATCH 11.0
#define GAP 18.0

struct key {
    const char **names;          /* cut where one alone is too long */
    struct point *places;        /* of the swatch's upper left corner, from the key's own */
    size_t count;
};

int key_layout(struct drawing *drawing, double width, struct key **result, double *height)
{
    size_t n = drawing->series.count;
    double x = 0, y = 0;
    *result = NULL;
    *height = 0;
    if (n < 2)
        return E_OK;
    struct key *key = arena_alloc(drawing->arena, sizeof *key);
    if (key == NULL || (key->names = arena_alloc(drawing->arena, n * sizeof *key->names)) == NULL ||
        (key->places = arena_alloc(drawing->arena, n * sizeof *key->places)) == NULL)
        return out_of_memory(drawing);
    key->count = n;
    for (size_t i = 0; i < n; i++) {
        const char *const *line;
        size_t lines = text_wrap(drawing->text, drawing->arena, drawing->series.items[i], SIZE, false, width - SWATCH - 6, 1, &line);
        key->names[i] = lines > 0 ? line[0] : "";
        double needed = SWATCH + 6 + text_width(drawing->text, key->names[i], SIZE, false);
        if (x > 0 && x + needed > width) {
            x = 0;
            y += LINE;
        }
        key->places[i] = (struct point){x, y};
        x += needed + GAP;
    }
    *height = y + LINE + 6;
    *result = key;
    return E_OK;
}

void key_draw(struct drawing *drawing, const struct key *key, double x, double y)
{
    for (size_t i = 0; i < key->count; i++) {
        struct point at = {x + key->places[i].x, y + key->places[i].y};
        canvas_tag(drawing->canvas, "key", key->names[i]);
        canvas_rect(drawing->canvas, at.x, at.y + 2, SWATCH, SWATCH, series_colour(drawing, i));
        canvas_tag(drawing->canvas, "key-name", key->names[i]);
        canvas_text(drawing->canvas, at.x + SWATCH + 6, at.y + 2 + SWATCH / 2 + SIZE * 0.36, ANCHOR_START, SIZE, false, drawing->theme->ink,
                    key->names[i]);
    }
}
