/* grid.h — a table for people: columns as wide as their widest cell, a blank between them. Chinese characters take two columns.
 *
 * It needs no locale, and what it has no memory for it says. */
#ifndef ZHIBIAO_CLI_GRID_H
#define ZHIBIAO_CLI_GRID_H

#include "data/base/memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct grid_column {
    bool right;      /* its cells stand at the right */
    bool may_shrink; /* its cells may be cut, with … at the end, where the width does not suffice */
};
struct grid {
    struct grid_column *columns;
    size_t column_count;
    struct buffer cells;   /* row after row, each cell NUL-terminated; the first row are the headings */
};

/* Zero-initialise it, then add all columns, then all cells; both return 0 or E_MEMORY. Cells hold valid UTF-8 of one line. */
int grid_column(struct grid *grid, bool right, bool may_shrink);
int grid_cells(struct grid *grid, const char *cells, size_t size);
/* width: of the terminal, 0 for any. Returns E_OK, E_MEMORY or E_OUTPUT. */
int grid_print(const struct grid *grid, size_t width, FILE *file);
void grid_free(struct grid *grid);

#endif
