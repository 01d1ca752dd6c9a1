/* place.c — keeping labels apart: geometry. */
#include "plots/chart.h"

#include <math.h>

/* With o_i the height of all labels above label i, the shifted wishes u_i = wish_i - o_i - height_i / 2 must come out
 * ascending: that is isotonic regression, solved by pooling adjacent violators, then clipped to the room there is. The
 * pools are the runs of equal values in centres, so no other memory is needed; quadratic at worst, for some hundred labels. */
void labels_spread(const double *wishes, const double *heights, double *centres, size_t n, double top, double bottom)
{
    double above = 0;
    for (size_t i = 0; i < n; i++) {
        double mean = wishes[i] - above - heights[i] / 2;
        size_t start = i;
        while (start > 0 && centres[start - 1] > mean) {
            double pooled = centres[start - 1], before = (double)(i + 1 - start) * mean;
            size_t end = start;
            while (start > 0 && centres[start - 1] == pooled)
                start--;
            mean = (before + (double)(end - start) * pooled) / (double)(i + 1 - start);
        }
        for (size_t k = start; k <= i; k++)
            centres[k] = mean;
        above += heights[i];
    }
    double last = fmax(top, bottom - above);   /* what cannot be held overflows downwards, still without overlap */
    above = 0;
    for (size_t i = 0; i < n; i++) {
        centres[i] = fmin(fmax(centres[i], top), last) + above + heights[i] / 2;
        above += heights[i];
    }
}

bool boxes_overlap(struct box a, struct box b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/* Liang–Barsky: whether some part of the segment lies within the box. */
bool box_meets_segment(struct box box, struct point a, struct point b)
{
    double from = 0, to = 1, d[2] = {b.x - a.x, b.y - a.y}, p[2] = {a.x, a.y};
    double low[2] = {box.x, box.y}, high[2] = {box.x + box.width, box.y + box.height};
    for (int k = 0; k < 2; k++) {
        if (d[k] == 0) {
            if (p[k] < low[k] || p[k] > high[k])
                return false;
            continue;
        }
        double t1 = (low[k] - p[k]) / d[k], t2 = (high[k] - p[k]) / d[k];
        from = fmax(from, fmin(t1, t2));
        to = fmin(to, fmax(t1, t2));
    }
    return from <= to;
}

/* ---- many obstacles ---- */

#define CELL 24.0
#define CELLS_MAX 20000

struct obstacle {
    bool segment;
    struct box box;              /* around it; of a segment, from the left end */
    struct point a, b;
};
struct obstacle_link {
    const struct obstacle *obstacle;
    struct obstacle_link *next;
};
struct obstacles {
    struct arena *arena;
    struct box area;
    double cell_width, cell_height;
    size_t across, down;
    struct obstacle_link **cells;
};

struct obstacles *obstacles_new(struct drawing *drawing, struct box area)
{
    struct obstacles *o = arena_alloc(drawing->arena, sizeof *o);
    if (o == NULL)
        return NULL;
    o->arena = drawing->arena;
    o->area = area;
    o->across = (size_t)fmin(sqrt(CELLS_MAX), fmax(1, area.width / CELL));
    o->down = (size_t)fmin(sqrt(CELLS_MAX), fmax(1, area.height / CELL));
    o->cell_width = area.width / (double)o->across;
    o->cell_height = area.height / (double)o->down;
    o->cells = arena_alloc(drawing->arena, o->across * o->down * sizeof(struct obstacle_link *));
    return o->cells == NULL ? NULL : o;
}

/* The cells that a box touches; outside of the area, those at its edge. */
static void cells_of(const struct obstacles *o, struct box box, size_t *x0, size_t *x1, size_t *y0, size_t *y1)
{
    double right = (double)o->across - 1, bottom = (double)o->down - 1;
    *x0 = (size_t)fmin(right, fmax(0, floor((box.x - o->area.x) / o->cell_width)));
    *x1 = (size_t)fmin(right, fmax(0, floor((box.x + box.width - o->area.x) / o->cell_width)));
    *y0 = (size_t)fmin(bottom, fmax(0, floor((box.y - o->area.y) / o->cell_height)));
    *y1 = (size_t)fmin(bottom, fmax(0, floor((box.y + box.height - o->area.y) / o->cell_height)));
}

static bool obstacle_meets(const struct obstacle *obstacle, struct box box)
{
    return obstacle->segment ? box_meets_segment(box, obstacle->a, obstacle->b) : boxes_overlap(box, obstacle->box);
}

static bool obstacle_add(struct obstacles *o, struct obstacle obstacle)
{
    struct obstacle *kept = arena_alloc(o->arena, sizeof *kept);
    size_t x0, x1, y0, y1;
    if (kept == NULL)
        return false;
    *kept = obstacle;
    cells_of(o, obstacle.box, &x0, &x1, &y0, &y1);
    for (size_t y = y0; y <= y1; y++)
        for (size_t x = x0; x <= x1; x++) {
            struct box cell = {o->area.x + (double)x * o->cell_width, o->area.y + (double)y * o->cell_height, o->cell_width, o->cell_height};
            if (obstacle.segment && !box_meets_segment(cell, obstacle.a, obstacle.b))
                continue;
            struct obstacle_link *link = arena_alloc(o->arena, sizeof *link);
            if (link == NULL)
                return false;
            *link = (struct obstacle_link){kept, o->cells[y * o->across + x]};
            o->cells[y * o->across + x] = link;
        }
    return true;
}

bool obstacles_add_box(struct obstacles *o, struct box box)
{
    return obstacle_add(o, (struct obstacle){.box = box});
}

bool obstacles_add_segment(struct obstacles *o, struct point a, struct point b)
{
    struct box around = {fmin(a.x, b.x), fmin(a.y, b.y), fabs(a.x - b.x), fabs(a.y - b.y)};
    return obstacle_add(o, (struct obstacle){.segment = true, .box = around, .a = a, .b = b});
}

bool obstacles_allow(const struct obstacles *o, struct box box)
{
    size_t x0, x1, y0, y1;
    if (box.x < o->area.x || box.x + box.width > o->area.x + o->area.width || box.y < o->area.y ||
        box.y + box.height > o->area.y + o->area.height)
        return false;
    cells_of(o, box, &x0, &x1, &y0, &y1);
    for (size_t y = y0; y <= y1; y++)
        for (size_t x = x0; x <= x1; x++)
            for (const struct obstacle_link *link = o->cells[y * o->across + x]; link != NULL; link = link->next)
                if (obstacle_meets(link->obstacle, box))
                    return false;
    return true;
}
