/* text.c — characters that came through markup or escapes, each with the bytes of the file that it stands for. */
#include "data/extract/source.h"

#include "data/base/utf8.h"

#include <stdlib.h>
#include <string.h>

void text_clear(struct text *text, size_t base)
{
    text->n = 0;
    text->base = base;
    text->toned = text->failed = false;
}

void text_free(struct text *text)
{
    free(text->raw);
    free(text->start);
    free(text->end);
    *text = (struct text){0};
}

static bool reserve(struct text *text, size_t more)
{
    if (text->n + more <= text->capacity)
        return true;
    size_t capacity = text->capacity ? text->capacity * 2 : 1024;
    while (capacity < text->n + more)
        capacity *= 2;
    uint16_t *raw = reallocarray(text->raw, capacity, sizeof *raw);
    if (raw != NULL)
        text->raw = raw;
    uint32_t *start = reallocarray(text->start, capacity, sizeof *start);
    if (start != NULL)
        text->start = start;
    uint32_t *end = reallocarray(text->end, capacity, sizeof *end);
    if (end != NULL)
        text->end = end;
    if (raw == NULL || start == NULL || end == NULL) {
        text->failed = true;
        return false;
    }
    text->capacity = capacity;
    return true;
}

void text_add(struct text *text, uint16_t unit, uint32_t start, uint32_t end)
{
    if (text->n == text->capacity && !reserve(text, 1))
        return;
    text->raw[text->n] = unit;
    text->start[text->n] = start;
    text->end[text->n++] = end;
    text->toned |= may_be_toned(unit);
}

void text_append(struct text *text, const struct text *from, size_t first, size_t last)
{
    last = last < from->n ? last : from->n;
    if (last <= first || !reserve(text, last - first))
        return;
    size_t n = last - first;
    memcpy(text->raw + text->n, from->raw + first, n * sizeof *text->raw);
    memcpy(text->start + text->n, from->start + first, n * sizeof *text->start);
    memcpy(text->end + text->n, from->end + first, n * sizeof *text->end);
    text->n += n;
    text->toned |= from->toned;
}

void text_break(struct text *text)
{
    if (text->n > 0 && text->raw[text->n - 1] != '\n')
        text_add(text, '\n', text->end[text->n - 1], text->end[text->n - 1]);
}

void text_passage(struct text *text, const struct passage *p, size_t *replaced)
{
    uint32_t shift = (uint32_t)(p->base - text->base);
    for (size_t i = 0; i < p->size && !text->failed;) {
        uint32_t point;
        int length = utf8_decode(p->bytes + i, p->size - i, &point);
        if (length < 0) {
            ++*replaced;
            length = -length;
        }
        size_t next = i + (size_t)length;
        uint32_t start = p->map ? p->map[i] : (uint32_t)i, end = p->map ? p->map[next] : (uint32_t)next;
        text_add(text, point > 0xFFFF ? (uint16_t)UTF8_REPLACEMENT : (uint16_t)point, shift + start, shift + end);
        i = next;
    }
}

bool text_window(const struct text *text, size_t *at, struct window *w)
{
    if (*at >= text->n)
        return false;
    size_t n = text->n - *at;
    if (n > WINDOW_UNITS) {
        size_t line = 0, stop = 0;
        for (size_t i = WINDOW_UNITS; i > 0 && line == 0; i--) {
            uint16_t c = text->raw[*at + i - 1];
            line = c == '\n' ? i : 0;
            stop = stop == 0 && c == 0x3002 ? i : stop;
        }
        n = line > 0 ? line : stop > 0 ? stop : WINDOW_UNITS;
    }
    if (w->end == NULL && (w->end = malloc((WINDOW_UNITS + 1) * sizeof *w->end)) == NULL) {
        w->failed = true;
        return true;
    }
    w->base = text->base;
    w->n = n;
    w->has_end = true;
    memcpy(w->raw, text->raw + *at, n * sizeof *w->raw);
    memcpy(w->offset, text->start + *at, n * sizeof *w->offset);
    memcpy(w->end, text->end + *at, n * sizeof *w->end);
    for (size_t i = 0; i < n; i++)
        w->text[i] = fold_character(w->raw[i]);
    w->offset[n] = w->end[n - 1];
    w->text[n] = w->raw[n] = 0;
    *at += n;
    if (window_strip_noise(w, text->toned) != E_OK)
        w->failed = true;
    return true;
}

static bool is_blank(uint16_t c)
{
    return c <= ' ' || c == 0x3000 || c == 0xA0;
}

char *text_utf8(const struct text *text, size_t first, size_t last, struct arena *arena)
{
    while (first < last && is_blank(text->raw[first]))
        first++;
    while (last > first && is_blank(text->raw[last - 1]))
        last--;
    return units_utf8(text->raw + first, last - first, arena);
}
