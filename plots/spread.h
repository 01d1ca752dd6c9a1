/* spread.h — rows of many values each: what box and strip have in common. Internal to plots/. */
#ifndef ZHIBIAO_PLOTS_SPREAD_H
#define ZHIBIAO_PLOTS_SPREAD_H

#include "plots/rows.h"

#include "stats/stats.h"

struct spread {
    struct rows rows;            /* one row a series */
    const struct mark **marks;   /* of a row: first … first + count, ascending in value; missing ones left out */
    struct summary *summaries;   /* by row->order */
};

/* Groups the figure's marks into rows by their series and sorts each. */
int spread_read(struct drawing *drawing, struct spread *spread);
/* What a row needs: from its least to its largest value, with room for a dot. */
int spread_measure(struct drawing *drawing, struct rows *rows, struct row *row);
double spread_key(struct drawing *drawing, const struct row *row);   /* the median, left in row->key by spread_read */

/* Names beside dots, where they fit; each tried above, below, right and left. */
struct spread_label {
    const struct mark *mark;
    struct point at;
};
int spread_labels(struct drawing *drawing, const struct spread_label *labels, size_t count, struct obstacles *obstacles, double radius);

#endif
