/* decode.c — bytes to text: folds characters, remembers the byte each character started at.
 *
 * Requirements:
 *  1. Offsets always point into the bytes as they were read, whatever the encoding.
 *  2. Each character becomes exactly one folded unit (beyond the BMP: U+FFFD), so that positions need no search; readings
 *     in brackets (pinyin.c) become none.
 *  3. Invalid bytes become U+FFFD and are counted.
 *  4. Memory is bounded: a window at a time, cut at a line's end, a sentence's end, or anywhere if there is neither. */
#include "data/extract/document.h"

#include "data/base/utf8.h"
#include "data/extract/encoding.h"
#include "data/extract/source.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#define PROBE ((size_t)1 << 16)

struct decoder {
    const unsigned char *bytes;
    size_t size, at, replaced;
    enum scheme scheme;
    char name[32];
    iconv_t converter;      /* multi-byte encodings only */
    uint16_t *pairs;        /* cache of two-byte characters: 0 not asked yet */
};

int decoder_open(struct decoder **decoder, const unsigned char *bytes, size_t size, const char *encoding,
                 const char *source, struct error *error)
{
    int status = E_MEMORY;
    struct decoder *d = calloc(1, sizeof *d);
    if (d == NULL)
        return error_set(error, E_MEMORY, "%s: out of memory", source);
    d->converter = (iconv_t)-1;
    d->bytes = bytes;
    d->size = size;
    size_t probe = size < PROBE ? size : PROBE;
    if (size == 0) {
        status = error_set(error, E_INPUT, "%s: the file is empty; give a file with text in it", source);
        goto done;
    }
    if (encoding != NULL) {
        d->scheme = scheme_of(encoding);
        iconv_t test = iconv_open("UTF-16LE", encoding);
        if (test == (iconv_t)-1) {
            status = errno != EINVAL ? error_set(error, E_MEMORY, "%s: no converter for %s: %s", source, encoding, strerror(errno))
                                     : error_set(error, E_USAGE, "unknown encoding '%s'; try UTF-8, GB18030, BIG5 or UTF-16LE", encoding);
            goto done;
        }
        iconv_close(test);
        size_t mark;
        enum scheme marked = encoding_mark(bytes, size, &mark);
        /* a mark says which order plain "UTF-16" is in; one of another encoding is not skipped */
        if (mark > 0 && d->scheme >= SCHEME_UTF16LE && d->scheme <= SCHEME_UTF32BE && marked >= SCHEME_UTF16LE &&
            marked <= SCHEME_UTF32BE)
            d->scheme = marked;
        d->at = mark > 0 && d->scheme == marked ? mark : 0;
    } else if (encoding_detect(bytes, probe, &d->scheme, &d->at) != E_OK) {
        status = error_set(error, E_MEMORY, "%s: out of memory", source);
        goto done;
    }
    bool wide = d->scheme >= SCHEME_UTF16LE && d->scheme <= SCHEME_UTF32BE;
    if (!wide && memchr(bytes, 0, probe) != NULL) {
        status = error_set(error, E_INPUT, "%s: a binary file (it holds NUL bytes); give a text file", source);
        goto done;
    }
    const char *name = d->scheme == SCHEME_SINGLE ? encoding : scheme_name(d->scheme);
    if (d->scheme >= SCHEME_GB18030) {
        d->converter = iconv_open("UTF-16LE", d->scheme == SCHEME_BIG5 ? "BIG5-HKSCS" : name);
        d->pairs = calloc(65536, sizeof *d->pairs);
        if (d->converter == (iconv_t)-1 || d->pairs == NULL) {
            status = error_set(error, E_MEMORY, "%s: no converter for %s", source, name);
            goto done;
        }
    }
    strncpy(d->name, name, sizeof d->name - 1);
    *decoder = d;
    d = NULL;
    status = E_OK;
done:
    decoder_close(d);
    return status;
}

void decoder_close(struct decoder *d)
{
    if (d == NULL)
        return;
    if (d->converter != (iconv_t)-1)
        iconv_close(d->converter);
    free(d->pairs);
    free(d);
}

const char *decoder_encoding(const struct decoder *d)
{
    return d->name;
}

size_t decoder_replaced(const struct decoder *d)
{
    return d->replaced;
}

bool decoder_is_utf8(const struct decoder *d)
{
    return d->scheme == SCHEME_UTF8;
}

size_t decoder_at(const struct decoder *d)
{
    return d->at;
}

void decoder_seek(struct decoder *d, size_t at)
{
    d->at = at;
    d->replaced = 0;
}

/* One character of a multi-byte encoding: its length in bytes, negative when it is broken. */
static int multibyte(struct decoder *d, uint32_t *point)
{
    const unsigned char *s = d->bytes + d->at;
    size_t left = d->size - d->at;
    if (s[0] < 0x80) {
        *point = s[0];
        return 1;
    }
    size_t length = 1;
    if (d->scheme == SCHEME_GB18030 && left >= 4 && s[1] >= 0x30 && s[1] <= 0x39)
        length = 4;
    else if (d->scheme != SCHEME_SINGLE && left >= 2 && s[1] >= 0x40)
        length = 2;
    size_t key = length == 2 ? (size_t)s[0] << 8 | s[1] : 0;
    if (length == 2 && d->pairs[key] != 0) {
        *point = d->pairs[key];
        return *point == UTF8_REPLACEMENT ? -1 : 2;
    }
    unsigned char out[8];
    char *in = (char *)s, *to = (char *)out;
    size_t in_left = length, out_left = sizeof out;
    iconv(d->converter, NULL, NULL, NULL, NULL);
    bool ok = iconv(d->converter, &in, &in_left, &to, &out_left) != (size_t)-1 && in_left == 0;
    size_t made = sizeof out - out_left;
    uint16_t unit = ok && made == 2 ? (uint16_t)(out[0] | out[1] << 8) : (uint16_t)UTF8_REPLACEMENT;
    if (length == 2)
        d->pairs[key] = unit;
    *point = unit;
    return ok ? (int)length : -1;
}

static int next_character(struct decoder *d, uint32_t *point)
{
    const unsigned char *s = d->bytes + d->at;
    size_t left = d->size - d->at;
    switch (d->scheme) {
    case SCHEME_UTF8:
        return utf8_decode(s, left, point);
    case SCHEME_UTF16LE:
    case SCHEME_UTF16BE: {
        *point = UTF8_REPLACEMENT;
        if (left < 2)
            return -1;
        uint32_t unit = wide_unit(d->scheme, s);
        if (unit < 0xD800 || unit >= 0xE000) {
            *point = unit;
            return 2;
        }
        uint32_t low = unit < 0xDC00 && left >= 4 ? wide_unit(d->scheme, s + 2) : 0;
        if (low < 0xDC00 || low >= 0xE000)
            return -2;
        *point = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        return 4;
    }
    case SCHEME_UTF32LE:
    case SCHEME_UTF32BE: {
        *point = UTF8_REPLACEMENT;
        if (left < 4)
            return -(int)left;
        uint32_t unit = wide_unit(d->scheme, s);
        if (unit > 0x10FFFF || (unit >= 0xD800 && unit < 0xE000))
            return -4;
        *point = unit;
        return 4;
    }
    default:
        return multibyte(d, point);
    }
}

size_t decoder_peek(struct decoder *d, char *out, size_t room)
{
    size_t at = d->at, n = 0;
    while (n < room && d->at < d->size) {
        uint32_t point;
        int length = next_character(d, &point);
        d->at += (size_t)(length < 0 ? -length : length);
        out[n++] = point < 0x80 ? (char)point : (char)0x80;
    }
    d->at = at;
    return n;
}

/* The bulk of all input: valid UTF-8 of one and three bytes. Stops where next_character() is needed. */
static void decode_plain(struct decoder *d, struct window *w)
{
    const unsigned char *s = d->bytes + d->at, *end = d->bytes + d->size, *base = d->bytes + w->base;
    size_t n = w->n;
    while (n < WINDOW_UNITS && end - s >= 3) {
        uint32_t unit = s[0];
        unsigned length = 1;
        if (unit >= 0x80) {
            uint32_t three = unit << 16 | (uint32_t)s[1] << 8 | s[2];
            unit = (three >> 4 & 0xF000) | (three >> 2 & 0x0FC0) | (three & 0x3F);
            length = 3;
            /* three bytes, none of them wrong; not overlong, no surrogate */
            if ((three & 0xF0C0C0) != 0xE08080 || (unit - 0x800 >= 0xD000 && unit < 0xE000))
                break;
        }
        w->offset[n] = (uint32_t)(s - base);
        w->raw[n] = (uint16_t)unit;
        w->text[n++] = fold_character((uint16_t)unit);
        s += length;
    }
    w->n = n;
    d->at = (size_t)(s - d->bytes);
}

/* Where to end a window that is not the last: behind the last line's end, or sentence's end; 0: nowhere. */
static size_t cut_of(const struct window *w)
{
    for (size_t i = w->n; i > 0; i--)
        if (w->raw[i - 1] == '\n')
            return i;
    for (size_t i = w->n; i > 0; i--)
        if (w->raw[i - 1] == 0x3002)
            return i;
    return 0;
}

/* Takes the characters out whose text is WINDOW_DROPPED. */
int window_drop(struct window *w)
{
    size_t to = 0;
    while (to < w->n && w->text[to] != WINDOW_DROPPED)
        to++;
    if (to == w->n)
        return E_OK;
    if (!w->has_end) {
        /* from here on the end of a character is not the start of the next */
        if (w->end == NULL && (w->end = malloc((WINDOW_UNITS + 1) * sizeof *w->end)) == NULL)
            return E_MEMORY;
        w->has_end = true;
        for (size_t k = 0; k < w->n; k++)
            w->end[k] = w->offset[k + 1];
    }
    for (size_t i = to; i < w->n; i++)
        if (w->text[i] != WINDOW_DROPPED) {
            w->text[to] = w->text[i];
            w->raw[to] = w->raw[i];
            w->offset[to] = w->offset[i];
            w->end[to] = w->end[i];
            to++;
        }
    w->offset[to] = w->offset[w->n];
    w->n = to;
    w->text[to] = w->raw[to] = 0;
    return E_OK;
}

bool decoder_next(struct decoder *d, struct window *w)
{
    if (d->at >= d->size)
        return false;
    bool toned = false;
    w->base = d->at;
    w->n = 0;
    w->has_end = false;
    while (d->at < d->size && w->n < WINDOW_UNITS) {
        if (d->scheme == SCHEME_UTF8) {
            decode_plain(d, w);
            if (d->at >= d->size || w->n >= WINDOW_UNITS)
                break;
        }
        uint32_t point;
        w->offset[w->n] = (uint32_t)(d->at - w->base);
        int length = next_character(d, &point);
        if (length < 0) {
            d->replaced++;
            length = -length;
        }
        d->at += (size_t)length;
        uint16_t unit = point > 0xFFFF ? (uint16_t)UTF8_REPLACEMENT : (uint16_t)point;
        toned |= may_be_toned(unit);
        w->raw[w->n] = unit;
        w->text[w->n++] = fold_character(unit);
    }
    w->offset[w->n] = (uint32_t)(d->at - w->base);
    size_t cut = d->at < d->size ? cut_of(w) : 0;
    if (cut > 0) {
        d->at = w->base + w->offset[cut];
        w->n = cut;
    }
    w->text[w->n] = w->raw[w->n] = 0;
    if (window_strip_noise(w, toned) != E_OK)
        w->failed = true;
    return true;
}

int decoder_utf8(struct decoder *d, bool line, struct passage_memory *memory, struct passage *passage)
{
    memory->utf8.size = memory->map_size = 0;
    passage->base = d->at;
    size_t from = d->at;
    while (d->at < d->size) {
        uint32_t point;
        char out[4];
        size_t start = d->at - from;
        int length = next_character(d, &point);
        if (length < 0) {
            d->replaced++;
            length = -length;
        }
        d->at += (size_t)length;
        int n = utf8_encode(point, out);
        buffer_add(&memory->utf8, out, (size_t)n);
        if (memory->map_size + 5 > memory->map_capacity) {
            size_t capacity = memory->map_capacity ? memory->map_capacity * 2 : 4096;
            uint32_t *map = reallocarray(memory->map, capacity, sizeof *map);
            if (map == NULL)
                return E_MEMORY;
            memory->map = map;
            memory->map_capacity = capacity;
        }
        for (int k = 0; k < n; k++)
            memory->map[memory->map_size++] = (uint32_t)start;
        if (memory->utf8.failed)
            return E_MEMORY;
        if ((line && point == '\n') || memory->utf8.size > PASSAGE_MOST)
            break;
    }
    if (memory->map == NULL && (memory->map = malloc(sizeof *memory->map)) == NULL)
        return E_MEMORY;
    memory->map[memory->map_size] = (uint32_t)(d->at - from);
    passage->bytes = (const unsigned char *)memory->utf8.bytes;
    passage->size = memory->utf8.size;
    passage->map = memory->map;
    return E_OK;
}

void passage_memory_free(struct passage_memory *memory)
{
    buffer_free(&memory->utf8);
    free(memory->map);
    *memory = (struct passage_memory){0};
}

int window_open(struct window *w)
{
    w->text = malloc((WINDOW_UNITS + 1) * sizeof *w->text);
    w->raw = malloc((WINDOW_UNITS + 1) * sizeof *w->raw);
    w->offset = malloc((WINDOW_UNITS + 1) * sizeof *w->offset);
    return w->text && w->raw && w->offset ? E_OK : E_MEMORY;
}

void window_close(struct window *w)
{
    free(w->text);
    free(w->raw);
    free(w->offset);
    free(w->end);
}

char *units_utf8(const uint16_t *units, size_t n, struct arena *arena)
{
    char *out = arena_alloc(arena, 3 * n + 1);
    if (out == NULL)
        return NULL;
    char *to = out;
    for (size_t i = 0; i < n; i++) {
        uint16_t c = units[i];
        if (c < 0x80) {
            *to++ = (char)c;
        } else if (c >= 0x800 && (c < 0xD800 || c >= 0xE000)) {
            to[0] = (char)(0xE0 | c >> 12);
            to[1] = (char)(0x80 | (c >> 6 & 0x3F));
            to[2] = (char)(0x80 | (c & 0x3F));
            to += 3;
        } else {
            to += utf8_encode(c, to);
        }
    }
    *to = '\0';
    return out;
}

char *window_utf8(const struct window *w, size_t start, size_t end, struct arena *arena)
{
    return units_utf8(w->raw + start, end - start, arena);
}
