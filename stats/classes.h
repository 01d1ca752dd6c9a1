/* classes.h — class limits for maps and tables: quantiles, equal widths, natural breaks.
 *
 * As in stats.h: NaN is a missing value and left out; no text, no printing. */
#ifndef ZHIBIAO_STATS_CLASSES_H
#define ZHIBIAO_STATS_CLASSES_H

#include "data/base/error.h"

#include <stddef.h>

enum class_method { CLASSES_QUANTILE, CLASSES_EQUAL, CLASSES_JENKS };

/* The limits of at most `wanted` classes of n values: limits[0] is the least value, limits[*count] the largest, and class k
 * holds limits[k] <= value < limits[k + 1] (the last one its upper limit, too). Quantiles are of type 7, each
 * moved up to the next value, so that no class of theirs is empty. Jenks: the classes
 * with the least sum of squared deviations from their means (Fisher 1958), exact, in O(wanted n²) of the distinct values; of
 * more than 4,000 distinct values every k-th is taken. Classes that begin at one value are one; the last may hold nothing but the
 * largest value (limits[*count - 1] == limits[*count]). limits has room for wanted + 1.
 * E_DOMAIN: no value; E_MEMORY. */
int classes_limits(const double *values, size_t n, size_t wanted, enum class_method method, double *limits, size_t *count);
/* The class of a value; values outside belong to the first or the last. */
size_t class_of(const double *limits, size_t count, double value);

#endif
