/* paths.c — see paths.h. Folders are read with scandir, which says when its memory or its folder fails; fts does not. */
#include "cli/paths.h"

#include "cli/cli.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#define DEPTH_MOST 64   /* folders in folders */

/* What a folder is searched for; a file named on the command line is taken whatever it is called. */
static const char *const endings[] = {".txt", ".text", ".html", ".htm", ".xhtml", ".shtml", ".jsonl", ".ndjson"};

static bool is_text_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot != NULL && i < sizeof endings / sizeof *endings; i++)
        if (strcasecmp(dot, endings[i]) == 0)
            return true;
    return false;
}

int paths_add(struct paths *paths, const char *path)
{
    if (paths->count == paths->capacity) {
        size_t capacity = paths->capacity ? paths->capacity * 2 : 64;
        char **items = reallocarray(paths->items, capacity, sizeof *items);
        if (items == NULL)
            return E_MEMORY;
        paths->items = items;
        paths->capacity = capacity;
    }
    char *copy = strdup(path);
    if (copy == NULL)
        return E_MEMORY;
    paths->items[paths->count++] = copy;
    return E_OK;
}

static int trouble(const char *command, const char *path, const char *what, int64_t *failed)
{
    complain_about(command, "%s: %s; it is skipped", path, what);
    ++*failed;
    return E_OK;
}

/* What is hidden is not meant to be read: .git and the like. */
static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int walk(struct paths *paths, const char *command, const char *folder, unsigned depth, int64_t *failed)
{
    struct dirent **entries = NULL;
    struct buffer path = {0};
    int status = E_OK;
    int count = depth < DEPTH_MOST ? scandir(folder, &entries, is_shown, by_name) : 0;
    if (depth == DEPTH_MOST)
        return trouble(command, folder, "nested too deep", failed);
    if (count < 0)
        return errno == ENOMEM ? E_MEMORY : trouble(command, folder, strerror(errno), failed);
    for (int i = 0; i < count && status == E_OK; i++) {
        size_t length = strlen(folder);
        struct stat about;
        buffer_clear(&path);
        buffer_add(&path, folder, length);
        if (length > 0 && folder[length - 1] != '/')
            buffer_char(&path, '/');
        buffer_text(&path, entries[i]->d_name);
        if (path.failed)
            status = E_MEMORY;
        else if (lstat(path.bytes, &about) != 0)
            status = trouble(command, path.bytes, strerror(errno), failed);
        else if (S_ISDIR(about.st_mode))
            status = walk(paths, command, path.bytes, depth + 1, failed);
        else if (S_ISREG(about.st_mode) && is_text_name(entries[i]->d_name))
            status = paths_add(paths, path.bytes);
    }
    for (int i = 0; i < count; i++)
        free(entries[i]);
    free(entries);
    buffer_free(&path);
    return status;
}

int paths_walk(struct paths *paths, const char *command, const char *folder, int64_t *failed)
{
    size_t before = paths->count;
    int64_t failed_before = *failed;
    int status = walk(paths, command, folder, 0, failed);
    if (status == E_OK && paths->count == before && *failed == failed_before) {
        complain_about(command, "%s: no text files in this folder (.txt, .html, .jsonl and their like); name other files themselves", folder);
        ++*failed;
    }
    return status;
}

void paths_free(struct paths *paths)
{
    for (size_t i = 0; i < paths->count; i++)
        free(paths->items[i]);
    free(paths->items);
    *paths = (struct paths){0};
}
