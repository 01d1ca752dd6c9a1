/* levels.c — groups of a frame's rows: those of --group, or the regions above them level by level.
 *
 * A level at which all rows lie in one region, or that groups them as the level above does, tells nothing apart and is left out. */
#include "cli/levels.h"

#include <stdlib.h>
#include <string.h>

void level_free(struct level *level)
{
    free(level->group);
    free(level->names);
    *level = (struct level){0};
}

/* The groups of --group; names are the frame's. */
int level_of_group(const struct frame *frame, const struct settings *settings, struct level *level)
{
    *level = (struct level){.name = settings->group, .groups = frame->group_count};
    level->group = calloc(frame->rows + 1, sizeof *level->group);
    level->names = calloc(frame->group_count + 1, sizeof *level->names);
    if (level->group == NULL || level->names == NULL)
        return E_MEMORY;
    for (size_t i = 0; i < frame->rows; i++)
        level->group[i] = frame->group_of[i];
    for (size_t g = 0; g < frame->group_count; g++)
        level->names[g] = frame->groups[g];
    return E_OK;
}

/* Rows by the first `digits` digits of their regions' codes. */
static int level_of_codes(const struct frame *frame, int digits, struct level *level)
{
    size_t *firsts = calloc(frame->rows + 1, sizeof *firsts);
    *level = (struct level){.name = level_name(digits)};
    level->group = calloc(frame->rows + 1, sizeof *level->group);
    level->names = calloc(frame->rows + 1, sizeof *level->names);
    if (level->group == NULL || level->names == NULL || firsts == NULL) {
        free(firsts);
        return E_MEMORY;
    }
    for (size_t i = 0; i < frame->rows; i++) {
        size_t g = 0;
        while (g < level->groups && strncmp(frame->region_code[firsts[g]], frame->region_code[i], (size_t)digits) != 0)
            g++;
        if (g == level->groups) {
            firsts[g] = i;
            level->names[level->groups++] = frame_region_above(frame->region_code[i], digits);
        }
        level->group[i] = g;
    }
    free(firsts);
    return E_OK;
}

int levels_of_tree(const struct frame *frame, struct level levels[LEVELS_MOST], size_t *count, struct error *error)
{
    static const int digits[] = {2, 4, 6, 9};
    int shortest = 12;
    for (size_t i = 0; i < frame->rows; i++) {
        const char *code = frame->region_code != NULL ? frame->region_code[i] : NULL;
        if (code == NULL)
            return error_set(error, E_INPUT, "--tree: %s%s is no region of the region tree; --group groups by a column",
                             frame->region != NULL && frame->region[i] != NULL ? frame->region[i] : "row without --region",
                             frame->region != NULL && frame->region[i] != NULL ? "" : ", the column with the regions,");
        if ((int)strlen(code) < shortest)
            shortest = (int)strlen(code);
    }
    for (size_t k = 0; k < sizeof digits / sizeof *digits && digits[k] < shortest; k++) {
        struct level *level = &levels[*count];
        if (level_of_codes(frame, digits[k], level) != E_OK) {
            level_free(level);
            return error_set(error, E_MEMORY, "out of memory");
        }
        /* a level that tells nothing apart is left out */
        if (level->groups < 2 || (*count > 0 && level->groups == levels[*count - 1].groups))
            level_free(level);
        else
            ++*count;
    }
    if (*count == 0)
        return error_set(error, E_INPUT, "--tree: all rows lie in one region of each level above them: there is nothing to split");
    return E_OK;
}
