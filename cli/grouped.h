/* grouped.h — millions of figures by group, as exact scaled integers in little memory: what `summary` of a large table and of
 * a large store are computed from.
 *
 * Figures are put in by several threads, each into a `gather` of its own; grouped_join makes one collection of them. The
 * order of groups and of the figures in each is that of the rows: gather 0's first, and so on. */
#ifndef ZHIBIAO_CLI_GROUPED_H
#define ZHIBIAO_CLI_GROUPED_H

#include "data/base/error.h"
#include "data/base/memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gather_chunk;
struct gather_group {
    const char *name;           /* in the gather's arena, not NUL-terminated; NULL: the empty name */
    uint32_t length;
    uint32_t room;              /* places left in the last chunk */
    struct gather_chunk *first, *last;
    size_t n, missing;
};
struct gather {
    struct arena arena;
    struct gather_group *groups;
    uint64_t *hashes;           /* of the groups */
    size_t count, capacity;
    uint32_t *table;            /* group + 1, or 0; a power of two of them */
    size_t table_size;
    size_t recent;              /* the group of the row before */
    int scale;
    int64_t most;               /* the largest magnitude, at this scale */
    bool unsuited;              /* figures that do not fit 64 bits together */
    bool failed;                /* out of memory */
};
/* Zero-initialise a gather. The place of a group, made when it is new; GATHER_NONE: out of memory, or a name that is no valid
 * UTF-8 (unsuited). */
#define GATHER_NONE SIZE_MAX
size_t gather_group(struct gather *gather, const char *name, size_t length);
/* One figure scaled / 10^scale, |scaled| <= 10^18; false: failed or unsuited. */
bool gather_add(struct gather *gather, size_t group, int64_t scaled, int scale);
/* digits of value as scaled / 10^scale, exact: false where it has more than 15 significant digits. */
bool gather_decimal(double value, int hint, int64_t *scaled, int *scale);
void gather_free(struct gather *gather);

struct grouped {
    struct gather *gathers;     /* [gather_count], owned */
    size_t gather_count;
    struct grouped_part {
        const char *name;       /* NUL-terminated, or NULL */
        size_t n, missing;
        uint32_t *part;         /* [gather_count] its group in each gather + 1; 0: none */
    } *parts;
    size_t count, largest;      /* groups; values in the largest one */
    int scale;
    struct arena arena;
};
/* Takes the gathers over. *suited false: their figures do not fit 64 bits at one scale. */
int grouped_join(struct grouped *grouped, struct gather *gathers, size_t count, bool *suited, struct error *error);
/* The figures of a group at grouped->scale, in the order of the rows; out has room for them. */
void grouped_values(const struct grouped *grouped, size_t group, int64_t *out);
void grouped_free(struct grouped *grouped);

#endif
