/* grouped.c — see grouped.h.
 *
 * Each group holds its figures in a chain of chunks that grow to 1 KiB, so that thousands of groups waste little and each add
 * touches one line of the cache. All figures of a gather have one scale; a figure with more decimals than any before rescales
 * what is there, which happens a few times at the start. */
#include "cli/grouped.h"

#include "data/base/utf8.h"
#include "stats/exact.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_LEAST 8u
#define CHUNK_MOST 128u

struct gather_chunk {
    struct gather_chunk *next;
    uint32_t n, size;
    int64_t values[];
};

static uint64_t hash_of(const char *name, size_t length)
{
    uint64_t hash = 0x9E3779B97F4A7C15u ^ length, word;
    for (; length >= 8; name += 8, length -= 8) {
        memcpy(&word, name, 8);
        hash = (hash ^ word) * 0xD6E8FEB86659FD93u;
        hash ^= hash >> 32;
    }
    word = 0;
    for (size_t i = 0; i < length; i++)
        word |= (uint64_t)(unsigned char)name[i] << (8 * i);
    hash = (hash ^ word) * 0xD6E8FEB86659FD93u;
    hash ^= hash >> 29;
    hash *= 0xD6E8FEB86659FD93u;
    return hash ^ hash >> 32;
}

static bool is_text(const char *name, size_t length)
{
    for (size_t i = 0; i < length;) {
        uint32_t point;
        int n = (unsigned char)name[i] < 0x80 ? 1 : utf8_decode((const unsigned char *)name + i, length - i, &point);
        if (n < 0 || name[i] == '\0')
            return false;
        i += (size_t)n;
    }
    return true;
}

static bool grow_table(struct gather *g)
{
    size_t size = g->table_size > 0 ? g->table_size * 2 : 256;
    uint32_t *table = calloc(size, sizeof *table);
    if (table == NULL)
        return false;
    for (size_t i = 0; i < g->count; i++) {
        size_t at = g->hashes[i] & (size - 1);
        while (table[at] != 0)
            at = (at + 1) & (size - 1);
        table[at] = (uint32_t)i + 1;
    }
    free(g->table);
    g->table = table;
    g->table_size = size;
    return true;
}

static size_t add_group(struct gather *g, const char *name, size_t length, uint64_t hash)
{
    if (!is_text(name, length) || g->count == UINT32_MAX - 1) {
        g->unsuited = true;
        return GATHER_NONE;
    }
    if (g->count == g->capacity) {
        size_t capacity = g->capacity > 0 ? g->capacity * 2 : 64;
        struct gather_group *groups = reallocarray(g->groups, capacity, sizeof *groups);
        if (groups != NULL)
            g->groups = groups;
        uint64_t *hashes = reallocarray(g->hashes, capacity, sizeof *hashes);
        if (hashes != NULL)
            g->hashes = hashes;
        if (groups == NULL || hashes == NULL) {
            g->failed = true;
            return GATHER_NONE;
        }
        g->capacity = capacity;
    }
    char *copy = length > 0 ? arena_copy(&g->arena, name, length) : NULL;
    if (length > 0 && copy == NULL) {
        g->failed = true;
        return GATHER_NONE;
    }
    g->groups[g->count] = (struct gather_group){.name = copy, .length = (uint32_t)length};
    g->hashes[g->count] = hash;
    return g->count++;
}

size_t gather_group(struct gather *g, const char *name, size_t length)
{
    if (g->recent < g->count) {
        const struct gather_group *recent = &g->groups[g->recent];
        if (recent->length == length && (length == 0 || memcmp(recent->name, name, length) == 0))
            return g->recent;
    }
    if (g->count * 2 >= g->table_size && !grow_table(g)) {
        g->failed = true;
        return GATHER_NONE;
    }
    uint64_t hash = hash_of(name, length);
    size_t at = hash & (g->table_size - 1);
    for (; g->table[at] != 0; at = (at + 1) & (g->table_size - 1)) {
        size_t i = g->table[at] - 1;
        if (g->hashes[i] == hash && g->groups[i].length == length && (length == 0 || memcmp(g->groups[i].name, name, length) == 0))
            return g->recent = i;
    }
    size_t i = add_group(g, name, length, hash);
    if (i != GATHER_NONE) {
        g->table[at] = (uint32_t)i + 1;
        g->recent = i;
    }
    return i;
}

/* All figures to a finer scale. */
static bool rescale(struct gather *g, int scale)
{
    int64_t most = g->most;
    if (!exact_rescale(&most, scale - g->scale))
        return false;
    for (size_t i = 0; i < g->count; i++)
        for (struct gather_chunk *c = g->groups[i].first; c != NULL; c = c->next)
            for (uint32_t j = 0; j < c->n; j++)
                (void)exact_rescale(&c->values[j], scale - g->scale);
    g->most = most;
    g->scale = scale;
    return true;
}

static bool add_chunk(struct gather *g, struct gather_group *group)
{
    uint32_t size = group->last == NULL ? CHUNK_LEAST : group->last->size < CHUNK_MOST ? group->last->size * 2 : CHUNK_MOST;
    struct gather_chunk *chunk = arena_alloc(&g->arena, sizeof *chunk + size * sizeof *chunk->values);
    if (chunk == NULL) {
        g->failed = true;
        return false;
    }
    chunk->size = size;
    if (group->last != NULL)
        group->last->next = chunk;
    else
        group->first = chunk;
    group->last = chunk;
    group->room = size;
    return true;
}

bool gather_add(struct gather *g, size_t at, int64_t scaled, int scale)
{
    if (scale != g->scale) {
        if (scale > g->scale ? !rescale(g, scale) : !exact_rescale(&scaled, g->scale - scale)) {
            g->unsuited = true;
            return false;
        }
    }
    int64_t magnitude = scaled < 0 ? -scaled : scaled;
    g->most = magnitude > g->most ? magnitude : g->most;
    struct gather_group *group = &g->groups[at];
    if (group->room == 0 && !add_chunk(g, group))
        return false;
    struct gather_chunk *chunk = group->last;
    chunk->values[chunk->n++] = scaled;
    group->room--;
    group->n++;
    return true;
}

bool gather_decimal(double value, int hint, int64_t *scaled, int *scale)
{
    static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    for (int i = hint; i <= 15; i++) {
        double whole = nearbyint(value * powers[i]);
        if (!(fabs(whole) < 1e15))
            break;
        /* both are exact, and division rounds correctly: the decimal of at most 15 digits that this double came from */
        if (whole / powers[i] == value) {
            *scaled = (int64_t)whole;
            *scale = i;
            return true;
        }
    }
    return hint > 0 && gather_decimal(value, 0, scaled, scale);
}

void gather_free(struct gather *g)
{
    free(g->groups);
    free(g->hashes);
    free(g->table);
    arena_free(&g->arena);
    *g = (struct gather){0};
}

/* ---- all gathers together ---- */

int grouped_join(struct grouped *grouped, struct gather *gathers, size_t count, bool *suited, struct error *error)
{
    struct gather names = {0};  /* all groups, without figures */
    size_t capacity = 0;
    int status = E_OK;
    *grouped = (struct grouped){.gathers = gathers, .gather_count = count};
    *suited = true;
    for (size_t i = 0; i < count; i++)
        grouped->scale = gathers[i].scale > grouped->scale ? gathers[i].scale : grouped->scale;
    for (size_t i = 0; i < count; i++) {
        int64_t most = gathers[i].most;
        if (gathers[i].unsuited || !exact_rescale(&most, grouped->scale - gathers[i].scale))
            *suited = false;
        if (gathers[i].failed)
            status = E_MEMORY;
        capacity += gathers[i].count;
    }
    if (!*suited || status != E_OK)
        goto done;
    grouped->parts = calloc(capacity > 0 ? capacity : 1, sizeof *grouped->parts);
    if (grouped->parts == NULL) {
        status = E_MEMORY;
        goto done;
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < gathers[i].count; j++) {
            const struct gather_group *group = &gathers[i].groups[j];
            size_t at = gather_group(&names, group->name != NULL ? group->name : "", group->length);
            if (at == GATHER_NONE) {
                status = E_MEMORY;
                goto done;
            }
            struct grouped_part *part = &grouped->parts[at];
            if (part->part == NULL) {
                part->part = arena_alloc(&grouped->arena, count * sizeof *part->part);
                part->name = group->name != NULL ? arena_copy(&grouped->arena, group->name, group->length) : NULL;
                if (part->part == NULL || (group->name != NULL && part->name == NULL)) {
                    status = E_MEMORY;
                    goto done;
                }
            }
            part->part[i] = (uint32_t)j + 1;
            part->n += group->n;
            part->missing += group->missing;
            grouped->largest = part->n > grouped->largest ? part->n : grouped->largest;
        }
    }
    grouped->count = names.count;
done:
    gather_free(&names);
    return status == E_OK ? E_OK : error_set(error, E_MEMORY, "out of memory");
}

void grouped_values(const struct grouped *grouped, size_t group, int64_t *out)
{
    for (size_t i = 0; i < grouped->gather_count; i++) {
        const struct gather *g = &grouped->gathers[i];
        uint32_t part = grouped->parts[group].part[i];
        if (part == 0)
            continue;
        int64_t *begin = out;
        for (const struct gather_chunk *c = g->groups[part - 1].first; c != NULL; c = c->next) {
            memcpy(out, c->values, c->n * sizeof *out);
            out += c->n;
        }
        for (; g->scale < grouped->scale && begin < out; begin++)
            (void)exact_rescale(begin, grouped->scale - g->scale);
    }
}

void grouped_free(struct grouped *grouped)
{
    for (size_t i = 0; i < grouped->gather_count; i++)
        gather_free(&grouped->gathers[i]);
    free(grouped->gathers);
    free(grouped->parts);
    arena_free(&grouped->arena);
    *grouped = (struct grouped){0};
}
