/* rollup.h — figures added up along the region tree: which ones are parts of a region, and how much of it they cover. */
#ifndef ZHIBIAO_CLI_ROLLUP_H
#define ZHIBIAO_CLI_ROLLUP_H

#include "cli/series.h"

/* What the figures of one total have in common. */
struct rollup_group {
    char period[PERIOD_TEXT];
    const char *item;
    enum status status;
};
/* All groups of a series, in order; the array has room for every reading. */
size_t rollup_groups(const struct series *series, struct rollup_group *groups);

/* The newest figure of each region in a group, by key; chosen has room for every reading. Returns how many. */
size_t rollup_choose(const struct series *series, const struct rollup_group *group, const struct reading **chosen);

struct rollup_row {
    struct interval reported, sum, difference;
    bool reported_about, sum_about, conventional;
    bool has_reported;
    int level;                   /* of the parts; 0: none, or of several levels */
    int levels;                  /* bits: 1 county, 2 township … for the names of several */
    size_t regions, of;          /* parts; regions of that level below, 0 where they are of several */
    double coverage;             /* share of the region that has a figure, each of its parts counting alike; NaN: unknown */
    size_t evidence;
    const struct reading *own;   /* the reported figure, or NULL */
};
#define ROLLUP_ROOT ""           /* the code of all provinces together */
/* One row for the region `code`. level 0: the topmost figures below it, wherever they stand in the tree; else only that level.
 * parts: room for `count`; the parts that were added up, row->regions of them. values: room for `count`. */
int rollup_add(const struct reading *const *chosen, size_t count, const char *code, int level, const struct reading **parts,
               struct interval *values, struct rollup_row *row, const char *label, struct error *error);

/* Whether the region of a reading lies below `code`, and is not that region itself. */
bool rollup_below(const struct reading *reading, const char *code);

#endif
