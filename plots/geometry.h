/* geometry.h — regions as polygons, from GeoJSON (RFC 7946) or TopoJSON; and where they stand on paper. Internal to plots/. */
#ifndef ZHIBIAO_PLOTS_GEOMETRY_H
#define ZHIBIAO_PLOTS_GEOMETRY_H

#include "plots/chart.h"

struct ring {
    struct point *points;        /* closed: the last is not repeated */
    size_t count;
};

struct place {
    const char *name;            /* the best of its properties, for people */
    struct ring *rings;          /* outer ones and holes, wound even-odd */
    size_t ring_count;
    struct point centre;         /* of its largest ring */
    struct box box;
    double area;                 /* of its largest ring */
};

/* Once projected, coordinates are planar with y downwards, in the map's own unit. */
struct geometry {
    struct place *places;
    size_t count;
    struct names keys;           /* every text and number among the properties … */
    size_t *key_places;          /* … and the place that alone has it; NAME_NONE: several have */
    struct box box;
};

/* The place that a mark means: by its code, by its label, or by how its label begins; NAME_NONE. */
size_t geometry_find(const struct geometry *geometry, const struct mark *mark);

#endif
