/* position.h — where each region stands among others: ranks of other kinds, indices, distances from a base. */
#ifndef ZHIBIAO_STATS_POSITION_H
#define ZHIBIAO_STATS_POSITION_H

#include "stats/stats.h"

#define POSITION_NO_BASE ((size_t)-1)

struct position {
    size_t dense;                     /* 1223; 0 for a missing value */
    double fractional;                /* the mean of the ranks that equals share: 1 2.5 2.5 4 */
    double z;                         /* (value - mean)/sd, sd with n - 1; NaN for a constant column or n < 2 */
    struct interval index;            /* 100 · value/mean, or 100 · value/base; NaN unless that is positive */
    struct interval to_base;          /* value - base; NaN without a base */
    struct interval ratio;            /* value/base; NaN unless the base is positive */
};
/* n values known within bounds; base: the row that is 100, or POSITION_NO_BASE. Intervals are guaranteed: those of the index with
 * the mean as its base take each value into account twice (x_i/(x_i + rest)), and are exact for that. Largest first.
 * E_DOMAIN as for stats_total, E_MEMORY. */
int stats_positions(const struct interval *values, size_t n, size_t base, struct position *positions);

/* a/b of intervals, b >= 0: NaN unless b's value is positive; an end at or below 0 leaves the upper bound open. */
struct interval interval_ratio(struct interval a, struct interval b);

#endif
