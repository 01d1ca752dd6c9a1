/* places.h — values joined to the regions of a map, in classes: what map and tile have in common. Internal to plots/. */
#ifndef ZHIBIAO_PLOTS_PLACES_H
#define ZHIBIAO_PLOTS_PLACES_H

#include "plots/geometry.h"

#define CLASSES_MOST 9

struct places_plan {
    const struct mark **marks;   /* of each place of the map; NULL: no data */
    const char **titles;         /* of each place */
    double limits[CLASSES_MOST + 1];   /* scaled unit */
    double lows[CLASSES_MOST], highs[CLASSES_MOST];   /* the least and the largest value in each class; scaled unit */
    size_t class_count, members[CLASSES_MOST], missing, unmatched;
    double key_height, swatch;
    bool key_wraps;
};

/* Joins, classifies and measures the key. E_DOMAIN: no map, or nothing that it has in common with the data. */
int places_layout(struct drawing *drawing, double width, struct places_plan **plan);
void places_key_draw(struct drawing *drawing, const struct places_plan *plan, double x, double y);
struct colour places_colour(struct drawing *drawing, const struct places_plan *plan, const struct mark *mark);   /* NULL: no data */
const char *places_note(struct drawing *drawing);

#endif
