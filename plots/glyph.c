/* glyph.c — bars, dots, whiskers and arrows: the same sign for the same state of knowledge in every chart.
 *
 * Solid: a figure as reported. Hollow: planned. Lighter: estimated. Light with a dashed edge: only an upper bound is known.
 * Whisker: from the lower to the upper bound. Arrow: an open end. */
#include "plots/chart.h"

#include <math.h>

#define TINT 0.45

void glyph_bar(struct drawing *drawing, const struct mark *mark, struct box box, struct colour colour)
{
    const struct theme *theme = drawing->theme;
    const char *title = mark_title(drawing, mark);
    bool below = mark_is_below(mark);
    if (below || mark->planned) {
        canvas_tag_mark(drawing->canvas, mark->planned ? "bar planned" : "bar below", title, mark);
        canvas_framed_rect(drawing->canvas, box.x, box.y, box.width, box.height,
                           below && !mark->planned ? colour_mix(theme->paper, colour, 0.2) : theme->paper, colour, 1.5, below);
    } else {
        canvas_tag_mark(drawing->canvas, mark->estimated ? "bar estimated" : "bar", title, mark);
        canvas_rect(drawing->canvas, box.x, box.y, box.width, box.height, mark->estimated ? colour_mix(theme->paper, colour, TINT) : colour);
    }
}

void glyph_dot(struct drawing *drawing, const struct mark *mark, struct point at, double radius, struct colour colour)
{
    const struct theme *theme = drawing->theme;
    canvas_tag_mark(drawing->canvas, mark->planned ? "point planned" : mark->estimated ? "point estimated" : "point",
                    mark_title(drawing, mark), mark);
    canvas_circle(drawing->canvas, at.x, at.y, radius,
                  mark->planned ? theme->paper : mark->estimated ? colour_mix(theme->paper, colour, TINT) : colour, colour, 1.5);
}

void glyph_arrow(struct drawing *drawing, struct point from, double dx, double dy, double length, struct colour colour)
{
    double tip_x = from.x + dx * length, tip_y = from.y + dy * length, neck_x = tip_x - dx * 6, neck_y = tip_y - dy * 6;
    double ax = fabs(dy), ay = fabs(dx);   /* across the shaft */
    canvas_tag(drawing->canvas, "arrow", NULL);
    canvas_polygon(drawing->canvas, (struct point[]){
        {from.x - ax, from.y - ay}, {neck_x - ax, neck_y - ay}, {neck_x - 4.5 * ax, neck_y - 4.5 * ay}, {tip_x, tip_y},
        {neck_x + 4.5 * ax, neck_y + 4.5 * ay}, {neck_x + ax, neck_y + ay}, {from.x + ax, from.y + ay}}, 7, colour);
}

void glyph_whisker(struct drawing *drawing, struct point from, struct point to, double cap, struct colour colour)
{
    struct canvas *canvas = drawing->canvas;
    canvas_tag(canvas, "whisker", NULL);
    if (from.y == to.y) {
        canvas_rect(canvas, fmin(from.x, to.x), from.y - 0.75, fabs(to.x - from.x), 1.5, colour);
        canvas_rect(canvas, from.x - 0.75, from.y - cap / 2, 1.5, cap, colour);
        canvas_rect(canvas, to.x - 0.75, to.y - cap / 2, 1.5, cap, colour);
    } else {
        canvas_rect(canvas, from.x - 0.75, fmin(from.y, to.y), 1.5, fabs(to.y - from.y), colour);
        canvas_rect(canvas, from.x - cap / 2, from.y - 0.75, cap, 1.5, colour);
        canvas_rect(canvas, to.x - cap / 2, to.y - 0.75, cap, 1.5, colour);
    }
}
