/* lollipop.c — a dot on a stem from zero: bars with less ink. */
#include "plots/dots.h"

static int lollipop_layout(struct drawing *drawing, double width, double *height, void **plan)
{
    return dots_layout(drawing, DOTS_STEM, width, height, plan);
}

static int lollipop_draw(struct drawing *drawing, const void *plan, struct box panel)
{
    return dots_draw(drawing, DOTS_STEM, plan, panel);
}

const struct chart chart_lollipop = {.layout = lollipop_layout, .draw = lollipop_draw, .content_height = true};
