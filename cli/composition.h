/* composition.h — a frame as a table of regions, industries (or whatever the parts are called) and periods. */
#ifndef ZHIBIAO_CLI_COMPOSITION_H
#define ZHIBIAO_CLI_COMPOSITION_H

#include "cli/frame.h"

struct composition {
    size_t regions, industries, times;
    const char **region, **region_code, **industry;  /* the frame's strings; the only region of a table without regions is NULL */
    const char **time;           /* in their order; { NULL } where time plays no part */
    struct interval *cell;       /* [time][region][industry]; value NaN: missing */
    bool bounded, conventional;
    size_t missing;              /* cells */
};

/* Parts are the columns, or the groups of the only column. by_time: rows of different times stand apart. E_INPUT: a cell is there
 * twice; E_USAGE: there are no parts. Also after an error composition_free frees. */
int composition_of(const struct frame *frame, const struct settings *settings, bool by_time, struct composition *c, struct error *error);
void composition_free(struct composition *c);
struct interval *composition_cell(const struct composition *c, size_t time, size_t region, size_t industry);

/* The index of a region by name or code; SIZE_MAX with E_USAGE: it is not there. */
int composition_region(const struct composition *c, const char *name, size_t *region, struct error *error);
/* The two times of --between A,B, or the first and the last. E_USAGE: not there, or only one. */
int composition_between(const struct frame *frame, const char *between, size_t *rows_from, size_t *rows_to, const char *times[2],
                        struct error *error);

#endif
