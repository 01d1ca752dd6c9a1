/* decode.c — bytes to text: finds the encoding, folds characters, remembers the byte each character started at.
 *
 * Requirements:
 *  1. Offsets always point into the bytes as they were read, whatever the encoding.
 *  2. Each character becomes exactly one folded unit (beyond the BMP: U+FFFD), so that positions need no search.
 *  3. Invalid bytes become U+FFFD and are counted.
 *  4. Memory is bounded: a window at a time, cut at a line's end, a sentence's end, or anywhere if there is neither. */
#include "data/extract/document.h"

#include "data/base/utf8.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <uchardet/uchardet.h>

#define PROBE ((size_t)1 << 16)

enum scheme { SCHEME_UTF8, SCHEME_UTF16LE, SCHEME_UTF16BE, SCHEME_GB18030, SCHEME_BIG5, SCHEME_SINGLE };

struct decoder {
    const unsigned char *bytes;
    size_t size, at, replaced;
    enum scheme scheme;
    char name[32];
    iconv_t converter;      /* multi-byte encodings only */
    uint16_t *pairs;        /* cache of two-byte characters: 0 not asked yet */
};

static bool looks_utf8(const unsigned char *bytes, size_t size)
{
    size_t wide = 0, broken = 0;
    for (size_t i = 0; i < size;) {
        uint32_t point;
        int n = utf8_decode(bytes + i, size - i, &point);
        if (n < 0 && size - i < 4)
            break;  /* the probe may have cut a character */
        wide += n > 1;
        broken += n < 0;
        i += (size_t)(n < 0 ? -n : n);
    }
    return broken * 10 <= wide;  /* a few broken bytes do not make a UTF-8 text something else */
}

static enum scheme scheme_of(const char *name)
{
    if (strcasecmp(name, "UTF-8") == 0 || strcasecmp(name, "ASCII") == 0 || strcasecmp(name, "UTF8") == 0)
        return SCHEME_UTF8;
    if (strcasecmp(name, "UTF-16LE") == 0)
        return SCHEME_UTF16LE;
    if (strcasecmp(name, "UTF-16BE") == 0)
        return SCHEME_UTF16BE;
    if (strncasecmp(name, "GB", 2) == 0 || strcasecmp(name, "HZ-GB-2312") == 0)
        return SCHEME_GB18030;
    if (strncasecmp(name, "BIG5", 4) == 0)
        return SCHEME_BIG5;
    return SCHEME_SINGLE;
}

static void detect(struct decoder *d, size_t probe)
{
    const unsigned char *b = d->bytes;
    if (d->size >= 3 && memcmp(b, "\xEF\xBB\xBF", 3) == 0) {
        d->scheme = SCHEME_UTF8;
        d->at = 3;
    } else if (d->size >= 2 && b[0] == 0xFF && b[1] == 0xFE) {
        d->scheme = SCHEME_UTF16LE;
        d->at = 2;
    } else if (d->size >= 2 && b[0] == 0xFE && b[1] == 0xFF) {
        d->scheme = SCHEME_UTF16BE;
        d->at = 2;
    } else if (looks_utf8(b, probe)) {
        d->scheme = SCHEME_UTF8;
    } else {
        d->scheme = SCHEME_GB18030;  /* what is neither UTF-8 nor recognised is most often this */
        uchardet_t detector = uchardet_new();
        if (detector != NULL) {
            if (uchardet_handle_data(detector, (const char *)b, probe) == 0) {
                uchardet_data_end(detector);
                if (scheme_of(uchardet_get_charset(detector)) == SCHEME_BIG5)
                    d->scheme = SCHEME_BIG5;
            }
            uchardet_delete(detector);
        }
    }
}

int decoder_open(struct decoder **decoder, const unsigned char *bytes, size_t size, const char *encoding,
                 const char *source, struct error *error)
{
    static const char *const names[] = {"UTF-8", "UTF-16LE", "UTF-16BE", "GB18030", "BIG5-HKSCS"};
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
            status = error_set(error, E_USAGE, "unknown encoding '%s'; try UTF-8, GB18030, BIG5 or UTF-16LE", encoding);
            goto done;
        }
        iconv_close(test);
    } else {
        detect(d, probe);
    }
    if (d->scheme != SCHEME_UTF16LE && d->scheme != SCHEME_UTF16BE && memchr(bytes, 0, probe) != NULL) {
        status = error_set(error, E_INPUT, "%s: a binary file (it holds NUL bytes); give a text file", source);
        goto done;
    }
    if (d->scheme >= SCHEME_GB18030) {
        const char *name = d->scheme == SCHEME_SINGLE ? encoding : names[d->scheme];
        d->converter = iconv_open("UTF-16LE", name);
        d->pairs = calloc(65536, sizeof *d->pairs);
        if (d->converter == (iconv_t)-1 || d->pairs == NULL) {
            status = error_set(error, E_MEMORY, "%s: no converter for %s", source, name);
            goto done;
        }
        strncpy(d->name, d->scheme == SCHEME_BIG5 ? "BIG5" : name, sizeof d->name - 1);
    } else {
        strcpy(d->name, names[d->scheme]);
    }
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
    if (d->scheme == SCHEME_UTF8)
        return utf8_decode(s, left, point);
    if (d->scheme == SCHEME_UTF16LE || d->scheme == SCHEME_UTF16BE) {
        if (left < 2) {
            *point = UTF8_REPLACEMENT;
            return -1;
        }
        bool big = d->scheme == SCHEME_UTF16BE;
        uint32_t unit = big ? (uint32_t)s[0] << 8 | s[1] : (uint32_t)s[1] << 8 | s[0];
        if (unit >= 0xD800 && unit < 0xE000) {
            *point = UTF8_REPLACEMENT;
            return unit < 0xDC00 && left >= 4 ? 4 : -2;
        }
        *point = unit;
        return 2;
    }
    return multibyte(d, point);
}

bool decoder_next(struct decoder *d, struct window *w)
{
    if (d->at >= d->size)
        return false;
    w->base = d->at;
    w->n = 0;
    size_t line = 0, line_at = 0, stop = 0, stop_at = 0;
    while (d->at < d->size && w->n < WINDOW_UNITS) {
        uint32_t point;
        w->offset[w->n] = (uint32_t)(d->at - w->base);
        int length = next_character(d, &point);
        if (length < 0) {
            d->replaced++;
            length = -length;
        }
        d->at += (size_t)length;
        uint16_t unit = point > 0xFFFF ? (uint16_t)UTF8_REPLACEMENT : (uint16_t)point;
        w->raw[w->n] = unit;
        w->text[w->n++] = fold_character(unit);
        if (unit == '\n') {
            line = w->n;
            line_at = d->at;
        } else if (unit == 0x3002) {
            stop = w->n;
            stop_at = d->at;
        }
    }
    if (d->at < d->size) {
        size_t cut = line > 0 ? line : stop;
        if (cut > 0) {
            d->at = line > 0 ? line_at : stop_at;
            w->n = cut;
        }
    }
    w->offset[w->n] = (uint32_t)(d->at - w->base);
    w->text[w->n] = w->raw[w->n] = 0;
    return true;
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
}

char *units_utf8(const uint16_t *units, size_t n, struct arena *arena)
{
    char *out = arena_alloc(arena, 3 * n + 1);
    if (out == NULL)
        return NULL;
    size_t used = 0;
    for (size_t i = 0; i < n; i++)
        used += (size_t)utf8_encode(units[i], out + used);
    out[used] = '\0';
    return out;
}

char *window_utf8(const struct window *w, size_t start, size_t end, struct arena *arena)
{
    return units_utf8(w->raw + start, end - start, arena);
}
