/* names.c — see names.h: a hash table over an array, so that ten thousand categories cost no more than ten each. */
#include "plots/names.h"

#include <stdint.h>

static size_t hash(const char *name)
{
    uint64_t h = 0xcbf29ce484222325u;   /* FNV-1a */
    for (; *name != '\0'; name++)
        h = (h ^ (unsigned char)*name) * 0x100000001b3u;
    return (size_t)(h ^ h >> 32);
}

static size_t place_of(const struct names *names, const char *name)
{
    size_t i = hash(name) & (names->place_count - 1);
    while (names->places[i] != 0 && strcmp(names->items[names->places[i] - 1], name) != 0)
        i = (i + 1) & (names->place_count - 1);
    return i;
}

static bool grow(struct names *names, struct arena *arena)
{
    size_t capacity = names->capacity == 0 ? 16 : names->capacity * 2;
    const char **items = arena_alloc(arena, capacity * sizeof *items);
    size_t *places = arena_alloc(arena, capacity * 2 * sizeof *places);
    if (items == NULL || places == NULL)
        return false;
    if (names->count > 0)
        memcpy(items, names->items, names->count * sizeof *items);
    names->items = items;
    names->capacity = capacity;
    names->places = places;
    names->place_count = capacity * 2;
    for (size_t i = 0; i < names->count; i++)
        places[place_of(names, items[i])] = i + 1;
    return true;
}

size_t names_add(struct names *names, struct arena *arena, const char *name)
{
    if (name == NULL)
        name = "";
    if (names->count == names->capacity && !grow(names, arena))
        return NAME_NONE;
    size_t place = place_of(names, name);
    if (names->places[place] == 0) {
        names->items[names->count++] = name;
        names->places[place] = names->count;
    }
    return names->places[place] - 1;
}

size_t names_find(const struct names *names, const char *name)
{
    if (names->place_count == 0)
        return NAME_NONE;
    size_t place = place_of(names, name == NULL ? "" : name);
    return names->places[place] == 0 ? NAME_NONE : names->places[place] - 1;
}
