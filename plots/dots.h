/* dots.h — rows with one dot a series: dot, lollipop and dumbbell differ in what joins the dots. Internal to plots/. */
#ifndef ZHIBIAO_PLOTS_DOTS_H
#define ZHIBIAO_PLOTS_DOTS_H

#include "plots/rows.h"

enum dots_join {
    DOTS_ALONE,      /* on a thin line across: positions are compared, the axis need not start at zero */
    DOTS_STEM,       /* a stem from zero: lengths are compared */
    DOTS_SPAN,       /* a line from the first to the last: changes are compared */
};
int dots_layout(struct drawing *drawing, enum dots_join join, double width, double *height, void **plan);
int dots_draw(struct drawing *drawing, enum dots_join join, const void *plan, struct box panel);

#endif
