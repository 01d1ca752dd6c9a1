/* paths.h — the files that a command is given, folders walked. */
#ifndef ZHIBIAO_CLI_PATHS_H
#define ZHIBIAO_CLI_PATHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct paths {
    char **items;
    size_t count, capacity;
};

/* Zero-initialise it. E_OK or E_MEMORY. */
int paths_add(struct paths *paths, const char *path);
/* Adds the text files below a folder, in the order of their names; links are not followed. Trouble with one entry is said and
 * counted in *failed. E_OK or E_MEMORY. */
int paths_walk(struct paths *paths, const char *command, const char *folder, int64_t *failed);
void paths_free(struct paths *paths);

#endif
