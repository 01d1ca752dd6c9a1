/* names.h — the distinct names of a figure's categories, series or panels, in the order in which they first appear. */
#ifndef ZHIBIAO_PLOTS_NAMES_H
#define ZHIBIAO_PLOTS_NAMES_H

#include "data/base/memory.h"

#include <stdbool.h>
#include <stddef.h>

#define NAME_NONE ((size_t)-1)

struct names {
    const char **items;
    size_t count;
    size_t capacity, *places, place_count;   /* open addressing: index + 1, 0 for an empty place */
};

/* The index of a name (NULL counts as ""), which is added when it is new; the string is not copied. NAME_NONE: no memory. */
size_t names_add(struct names *names, struct arena *arena, const char *name);
/* NAME_NONE when it is not among them. */
size_t names_find(const struct names *names, const char *name);

#endif
