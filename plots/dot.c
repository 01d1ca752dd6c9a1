/* dot.c — a dot at each value; positions are compared, so that the axis starts where the data do. */
#include "plots/dots.h"

static int dot_layout(struct drawing *drawing, double width, double *height, void **plan)
{
    return dots_layout(drawing, DOTS_ALONE, width, height, plan);
}

static int dot_draw(struct drawing *drawing, const void *plan, struct box panel)
{
    return dots_draw(drawing, DOTS_ALONE, plan, panel);
}

const struct chart chart_dot = {.layout = dot_layout, .draw = dot_draw, .content_height = true};
