/* levels.h — the levels of groups along which an index is split. */
#ifndef ZHIBIAO_CLI_LEVELS_H
#define ZHIBIAO_CLI_LEVELS_H

#include "cli/frame.h"

#define LEVELS_MOST 6

/* One level of the tree, or the groups of --group. */
struct level {
    const char *name;            /* "province", or the heading of --group */
    size_t *group;               /* [rows of the frame] */
    const char **names;          /* [groups]; strings of others */
    size_t groups;
};
void level_free(struct level *level);

/* The groups of --group. E_MEMORY. */
int level_of_group(const struct frame *frame, const struct settings *settings, struct level *level);
/* The levels above the rows' regions at which they lie apart, the coarsest first. E_INPUT: a row is no region of the tree, or all lie in
 * the same regions. */
int levels_of_tree(const struct frame *frame, struct level levels[LEVELS_MOST], size_t *count, struct error *error);

#endif
