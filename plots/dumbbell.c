/* dumbbell.c — two or more stages of each category as dots on one line. */
#include "plots/dots.h"

static int dumbbell_layout(struct drawing *drawing, double width, double *height, void **plan)
{
    return dots_layout(drawing, DOTS_SPAN, width, height, plan);
}

static int dumbbell_draw(struct drawing *drawing, const void *plan, struct box panel)
{
    return dots_draw(drawing, DOTS_SPAN, plan, panel);
}

const struct chart chart_dumbbell = {.layout = dumbbell_layout, .draw = dumbbell_draw, .content_height = true};
