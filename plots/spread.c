/* spread.c — see spread.h. */
#include "plots/spread.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NAME_SIZE 11.0
#define NAME_MOST 130.0

static int by_value(const void *a, const void *b)
{
    const struct mark *const *p = a, *const *q = b;
    if ((*p)->value != (*q)->value)
        return (*p)->value < (*q)->value ? -1 : 1;
    return *p < *q ? -1 : *p > *q;
}

int spread_read(struct drawing *drawing, struct spread *spread)
{
    const struct figure *figure = drawing->figure;
    size_t n = figure->mark_count, filled = 0;
    struct names names = {0};
    double *values = arena_alloc(drawing->arena, n * sizeof *values);
    spread->marks = arena_alloc(drawing->arena, n * sizeof *spread->marks);
    size_t *of = arena_alloc(drawing->arena, n * sizeof *of);
    if (values == NULL || spread->marks == NULL || of == NULL)
        return out_of_memory(drawing);
    for (size_t i = 0; i < n; i++)
        if ((of[i] = names_add(&names, drawing->arena, figure->marks[i].series)) == NAME_NONE)
            return out_of_memory(drawing);
    spread->rows.rows = arena_alloc(drawing->arena, names.count * sizeof *spread->rows.rows);
    spread->summaries = arena_alloc(drawing->arena, names.count * sizeof *spread->summaries);
    if (spread->rows.rows == NULL || spread->summaries == NULL)
        return out_of_memory(drawing);
    spread->rows.count = names.count;
    spread->rows.series_count = 1;
    for (size_t i = 0; i < n; i++)
        spread->rows.rows[of[i]].count += !mark_missing(&figure->marks[i]);
    for (size_t k = 0; k < names.count; k++) {
        struct row *row = &spread->rows.rows[k];
        row->name = names.items[k];
        row->order = k;
        row->first = filled;
        filled += row->count;
        row->count = 0;
        if ((row->inks = arena_alloc(drawing->arena, sizeof *row->inks)) == NULL)
            return out_of_memory(drawing);
    }
    for (size_t i = 0; i < n; i++)
        if (!mark_missing(&figure->marks[i])) {
            struct row *row = &spread->rows.rows[of[i]];
            spread->marks[row->first + row->count++] = &figure->marks[i];
        }
    for (size_t k = 0; k < names.count; k++) {
        struct row *row = &spread->rows.rows[k];
        qsort(spread->marks + row->first, row->count, sizeof *spread->marks, by_value);
        for (size_t i = 0; i < row->count; i++)
            values[i] = spread->marks[row->first + i]->value;
        if (stats_summary(values, row->count, &spread->summaries[k]) == E_MEMORY)
            return out_of_memory(drawing);
        row->key = spread->summaries[k].median;
        row->inks[0] = (struct row_ink){
            .from = row->count == 0 ? NAN : values[0] / drawing->scale.factor,
            .to = row->count == 0 ? NAN : values[row->count - 1] / drawing->scale.factor, .left = 8, .right = 8,
        };
    }
    return E_OK;
}

double spread_key(struct drawing *drawing, const struct row *row)
{
    (void)drawing;
    return row->key;
}

int spread_measure(struct drawing *drawing, struct rows *rows, struct row *row)
{
    (void)drawing, (void)rows;
    row->ink_count = 1;
    return E_OK;
}

int spread_labels(struct drawing *drawing, const struct spread_label *labels, size_t count, struct obstacles *obstacles, double radius)
{
    static const struct { double x, y; } places[] = {{0, -1}, {0, 1}, {1, 0}, {-1, 0}};
    for (int bright = 1; bright >= 0; bright--)
        for (size_t i = 0; i < count; i++) {
            const struct mark *mark = labels[i].mark;
            const char *const *line;
            bool out = drawing->whole->highlight_count > 0 && highlighted(drawing, mark->label);
            if (out != (bright == 1) || mark->label == NULL || text_wrap(drawing->text, drawing->arena, mark->label, NAME_SIZE, false, NAME_MOST, 1, &line) == 0)
                continue;
            double width = text_width(drawing->text, line[0], NAME_SIZE, false), height = NAME_SIZE * 1.15, near = radius + 2;
            bool placed = false;
            for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
                double x = labels[i].at.x + places[p].x * near, y = labels[i].at.y + places[p].y * near;
                struct box box = {places[p].x > 0 ? x : places[p].x < 0 ? x - width : x - width / 2,
                                  places[p].y > 0 ? y : places[p].y < 0 ? y - height : y - height / 2, width, height};
                if (!obstacles_allow(obstacles, box))
                    continue;
                placed = true;
                canvas_tag(drawing->canvas, "name", line[0]);
                canvas_text(drawing->canvas, box.x, box.y + NAME_SIZE * 0.95, ANCHOR_START, NAME_SIZE, false,
                            out ? text_colour(drawing, drawing->theme->accent) : drawing->theme->soft, line[0]);
                if (!obstacles_add_box(obstacles, (struct box){box.x - 3, box.y, box.width + 6, box.height}))
                    return out_of_memory(drawing);
                break;
            }
            drawing->labels_left_out = drawing->labels_left_out || !placed;
        }
    return E_OK;
}
