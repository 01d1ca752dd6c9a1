/* memory.h — an arena for what lives as long as one document, and a growing byte buffer. */
#ifndef ZHIBIAO_MEMORY_H
#define ZHIBIAO_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* An arena hands out memory that is freed all at once. Zero-initialise it; a failed allocation returns NULL and sets `failed`,
 * which stays until arena_free: who cannot tell "no memory" from "nothing" leaves the check to whoever ends the work. */
struct arena_block;
struct arena {
    struct arena_block *blocks;
    bool failed;
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
/* Room for `more` bytes and the NUL; false when there is none. */
bool buffer_reserve(struct buffer *buffer, size_t more);
static inline void buffer_add(struct buffer *buffer, const void *bytes, size_t size)
{
    bool fits = buffer->bytes != NULL && !buffer->failed && size < buffer->capacity - buffer->size;
    if (!fits && !buffer_reserve(buffer, size))
        return;
    if (size > 0)
        memcpy(buffer->bytes + buffer->size, bytes, size);
    buffer->size += size;
    buffer->bytes[buffer->size] = '\0';
}
static inline void buffer_text(struct buffer *buffer, const char *text)
{
    buffer_add(buffer, text, strlen(text));
}
static inline void buffer_char(struct buffer *buffer, char c)
{
    buffer_add(buffer, &c, 1);
}
__attribute__((format(printf, 2, 3)))
void buffer_format(struct buffer *buffer, const char *format, ...);
void buffer_clear(struct buffer *buffer);
void buffer_free(struct buffer *buffer);

#endif
