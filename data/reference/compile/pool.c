/* pool.c — the strings of the image, each kept once, and the spellings that trie.c joins. */
#include "data/reference/compile/compile.h"

#include "data/base/utf8.h"

#include <stdlib.h>
#include <string.h>

int memory_failed(struct compile *compile)
{
    return error_set(&compile->error, E_MEMORY, "out of memory while compiling %s", compile->folder);
}

static uint32_t text_hash(const char *text)
{
    uint32_t hash = 2166136261u;
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619u;
    return hash;
}

static int pool_grow(struct compile *compile)
{
    uint32_t size = compile->pool_size ? compile->pool_size * 2 : 1u << 16;
    uint32_t *pool = calloc(size, sizeof *pool);
    if (pool == NULL)
        return memory_failed(compile);
    for (uint32_t i = 0; i < compile->pool_size; i++)
        if (compile->pool[i] != 0) {
            uint32_t at = text_hash(compile->section[IMAGE_text].bytes + compile->pool[i]) & (size - 1);
            while (pool[at] != 0)
                at = (at + 1) & (size - 1);
            pool[at] = compile->pool[i];
        }
    free(compile->pool);
    compile->pool = pool;
    compile->pool_size = size;
    return E_OK;
}

int text_add(struct compile *compile, const char *text, uint32_t *offset)
{
    struct buffer *pool = &compile->section[IMAGE_text];
    if (pool->size == 0)
        buffer_add(pool, "", 1);  /* offset 0 is the empty string, and marks a free slot */
    *offset = 0;
    if (*text == '\0')
        return E_OK;
    if (compile->pool_used * 2 >= compile->pool_size && pool_grow(compile) != E_OK)
        return E_MEMORY;
    uint32_t at = text_hash(text) & (compile->pool_size - 1);
    while (compile->pool[at] != 0 && strcmp(pool->bytes + compile->pool[at], text) != 0)
        at = (at + 1) & (compile->pool_size - 1);
    if (compile->pool[at] == 0) {
        if (pool->size > UINT32_MAX / 2)
            return memory_failed(compile);
        compile->pool[at] = (uint32_t)pool->size;
        compile->pool_used++;
        buffer_add(pool, text, strlen(text) + 1);
        if (pool->failed)
            return memory_failed(compile);
    }
    *offset = compile->pool[at];
    return E_OK;
}

size_t text_fold(const struct compile *compile, const char *text, uint16_t *units, size_t limit)
{
    size_t count = 0;
    for (size_t left = strlen(text); left > 0;) {
        uint32_t point;
        int n = utf8_decode((const unsigned char *)text, left, &point);
        if (n < 0 || count + 2 > limit)
            return 0;
        if (point < 0x10000) {
            units[count++] = compile->fold[point];
        } else {
            units[count++] = (uint16_t)(0xD800 + ((point - 0x10000) >> 10));
            units[count++] = (uint16_t)(0xDC00 + ((point - 0x10000) & 0x3FF));
        }
        text += n;
        left -= (size_t)n;
    }
    return count;
}

int term_add(struct compile *compile, const char *spelling, unsigned class, unsigned sub, uint32_t value)
{
    uint16_t units[SPELLING_MAX];
    size_t length = text_fold(compile, spelling, units, SPELLING_MAX);
    if (length == 0)
        return error_set(&compile->error, E_INPUT, "%s: \"%s\" is empty, too long or no UTF-8", compile->folder, spelling);
    struct spelled spelled = {(uint32_t)(compile->spelled_units.size / sizeof *units), (uint32_t)length, {0, 0, 0}};
    spelled.term.class = (uint8_t)class;
    spelled.term.sub = (uint8_t)sub;
    spelled.term.value = value;
    buffer_add(&compile->spelled_units, units, length * sizeof *units);
    buffer_add(&compile->spelled, &spelled, sizeof spelled);
    return compile->spelled.failed || compile->spelled_units.failed ? memory_failed(compile) : E_OK;
}
