/* table.h — a page's table while it is read: its grid and what its headings say. Internal to data/extract. */
#ifndef ZHIBIAO_TABLE_H
#define ZHIBIAO_TABLE_H

#include "data/extract/source.h"

#define TABLE_NONE UINT32_MAX        /* no cell */
#define NUMBER_MOST 40u              /* characters of a cell that is a number */

struct header {
    size_t line, length;       /* in the window: the heading's characters */
    char *label;               /* its words without place, time and unit; "" */
    char *unit;                /* or NULL */
    const char *period;        /* or NULL */
    struct place place;
    bool explicit;             /* it names its place itself */
    bool skipped;              /* a running number, a telephone number */
    bool growth, rank, planned, share;
};

struct table {
    const struct page *page;
    const struct table_setting *setting;
    struct extractor *x;
    uint32_t node;             /* the table's */
    uint32_t *cells;           /* rows × columns nodes */
    size_t rows, columns;
    size_t top, left;          /* rows and columns of headings */
    size_t unit_column, caption_rows;
    size_t caption_first, caption_last;  /* in page.all: the lines before the table */
    struct header caption, *column, *row;
    size_t *count;
};

static inline uint32_t cell_at(const struct table *t, size_t row, size_t column)
{
    return t->cells[row * t->columns + column];
}

/* ---- table_grid.c ---- */
/* A cell's node with its characters trimmed of blanks. */
struct node trimmed(const struct page *page, uint32_t cell);
bool is_year(const uint16_t *text, size_t n);
/* Whether a cell is most likely a figure: digits, and little else. */
bool is_figure(const struct page *page, uint32_t cell);
/* Fills table->cells (malloc; NULL where the table is too large) and finds heading rows and columns and the caption. */
int grid_read(struct table *table);

/* ---- table_heading.c ---- */
/* Makes lines of the title, the caption, all columns and the rows from `from` on, as many as are looked at together (*to),
 * and fills table->caption, column and row (row[0] is `from`). E_MEMORY */
int headings_read(struct table *table, size_t from, size_t *to);
/* A unit's text is one when a number in front of it has it; in the arena; NULL: none. */
char *unit_text(const uint16_t *text, size_t n, struct arena *arena);

#endif
