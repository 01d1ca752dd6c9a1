/* inequality_ratio.h — rows with bounds, and the bounds of the indices that are ratios of quantiles. Internal. */
#ifndef ZHIBIAO_STATS_INEQUALITY_RATIO_H
#define ZHIBIAO_STATS_INEQUALITY_RATIO_H

#include "stats/distribution.h"

struct row {
    double value, low, high, weight;
};

/* Sets low, high and sharpness of *result. rows: n >= 1, by their low ends. E_MEMORY. */
int ratio_bounds(enum inequality index, const struct row *rows, size_t n, bool weighted, struct inequality_result *result);

#endif
