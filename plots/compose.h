/* compose.h — from a prepared figure to a file: the frame around the chart. Internal to plots/figure.c. */
#ifndef ZHIBIAO_PLOTS_COMPOSE_H
#define ZHIBIAO_PLOTS_COMPOSE_H

#include "plots/chart.h"

const struct chart *chart_of(enum figure_type type);
int figure_compose(struct drawing *drawing, enum figure_format format, char **bytes, size_t *size);

#endif
