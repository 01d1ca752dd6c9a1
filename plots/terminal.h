/* terminal.h — figures as lines of text. Internal to plots/figure.c. */
#ifndef ZHIBIAO_PLOTS_TERMINAL_H
#define ZHIBIAO_PLOTS_TERMINAL_H

#include "plots/chart.h"

/* A prepared figure in lines of at most `columns` cells, when that can hold its shortest form. */
int terminal_draw(struct drawing *drawing, enum figure_shape shape, int columns, struct buffer *out);

#endif
