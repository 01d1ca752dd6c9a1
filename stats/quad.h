/* quad.h — decimals as binary128: 113 bits, 34 digits, so that what is lost in a regression is not lost in its data. */
#ifndef ZHIBIAO_STATS_QUAD_H
#define ZHIBIAO_STATS_QUAD_H

#include <stdbool.h>
#include <stddef.h>

/* The number that a plain decimal ("-12.50", "1e-3") names, rounded once; false: not one. The first 34 digits count. */
bool quad_parse(const char *text, size_t size, _Float128 *value);

#endif
