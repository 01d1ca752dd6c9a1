/* memory.h — an arena for what lives as long as one document, and a growing byte buffer. */
#ifndef ZHIBIAO_MEMORY_H
#define ZHIBIAO_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* An arena hands out memory that is freed all at once. Zero-initialise it; a failed allocation returns NULL. */
struct arena_block;
struct arena {
    struct arena_block *blocks;
};
void *arena_alloc(struct arena *arena, size_t size);  /* aligned for any type, zeroed */
char *arena_copy(struct arena *arena, const char *bytes, size_t size);  /* adds a closing NUL */
void arena_reset(struct arena *arena);  /* keeps one block for the next document */
void arena_free(struct arena *arena);

/* A byte buffer, always NUL-terminated once anything was added. Zero-initialise it. An allocation that fails sets
 * `failed`, after which additions do nothing: check once, at the end. */
struct buffer {
    char *bytes;
    size_t size, capacity;
    bool failed;
};
void buffer_add(struct buffer *buffer, const void *bytes, size_t size);
void buffer_text(struct buffer *buffer, const char *text);
void buffer_char(struct buffer *buffer, char c);
__attribute__((format(printf, 2, 3)))
void buffer_format(struct buffer *buffer, const char *format, ...);
void buffer_clear(struct buffer *buffer);
void buffer_free(struct buffer *buffer);

#endif
