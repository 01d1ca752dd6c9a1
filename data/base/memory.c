/* memory.c — see memory.h. Sizes come from input, so every sum of sizes is checked. */
#include "data/base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Builds for tests make it as small as can be: then each allocation has a block of its own, and can fail. */
#ifndef ARENA_BLOCK
#define ARENA_BLOCK ((size_t)64 * 1024)
#endif

struct arena_block {
    struct arena_block *next;
    size_t used, capacity;
    max_align_t start[];
};

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t align = sizeof(max_align_t);
    if (size > SIZE_MAX / 2) {
        arena->failed = true;
        return NULL;
    }
    size = size ? (size + align - 1) / align * align : align;
    struct arena_block *block = arena->blocks;
    if (block == NULL || block->capacity - block->used < size) {
        size_t capacity = size > ARENA_BLOCK ? size : ARENA_BLOCK;
        block = malloc(sizeof *block + capacity);
        if (block == NULL) {
            arena->failed = true;
            return NULL;
        }
        *block = (struct arena_block){arena->blocks, 0, capacity};
        arena->blocks = block;
    }
    void *p = (char *)block->start + block->used;
    block->used += size;
    return memset(p, 0, size);
}

char *arena_copy(struct arena *arena, const char *bytes, size_t size)
{
    char *copy = arena_alloc(arena, size + 1);
    if (copy != NULL && size > 0)
        memcpy(copy, bytes, size);
    return copy;
}

void arena_reset(struct arena *arena)
{
    struct arena_block *keep = NULL;
    while (arena->blocks != NULL) {
        struct arena_block *next = arena->blocks->next;
        if (keep == NULL && arena->blocks->capacity == ARENA_BLOCK) {
            keep = arena->blocks;
            keep->used = 0;
            keep->next = NULL;
        } else {
            free(arena->blocks);
        }
        arena->blocks = next;
    }
    arena->blocks = keep;
}

void arena_free(struct arena *arena)
{
    arena->failed = false;
    while (arena->blocks != NULL) {
        struct arena_block *next = arena->blocks->next;
        free(arena->blocks);
        arena->blocks = next;
    }
}

bool buffer_reserve(struct buffer *buffer, size_t more)
{
    if (buffer->failed || more > SIZE_MAX / 2 - buffer->size - 1) {
        buffer->failed = true;
        return false;
    }
    size_t wanted = buffer->size + more + 1;
    if (wanted <= buffer->capacity)
        return true;
    size_t capacity = buffer->capacity ? buffer->capacity : 256;
    while (capacity < wanted)
        capacity *= 2;
    char *bytes = realloc(buffer->bytes, capacity);
    if (bytes == NULL) {
        buffer->failed = true;
        return false;
    }
    buffer->bytes = bytes;
    buffer->capacity = capacity;
    return true;
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0)
        buffer->failed = true;
    else if (buffer_reserve(buffer, (size_t)n)) {
        vsnprintf(buffer->bytes + buffer->size, (size_t)n + 1, format, again);
        buffer->size += (size_t)n;
    }
    va_end(again);
}

void buffer_clear(struct buffer *buffer)
{
    buffer->size = 0;
    buffer->failed = false;
    if (buffer->bytes != NULL)
        buffer->bytes[0] = '\0';
}

void buffer_free(struct buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (struct buffer){0};
}
