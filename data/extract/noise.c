/* noise.c — what is laid over a text without being part of it: readings behind characters, a forum's markup, doubled stops.
 *
 * Both are looked for only in a window that shows enough of them, counted in one cheap pass: no single bracket makes one. */
#include "data/extract/document.h"

#include <string.h>

#define READINGS_LEAST 5u  /* readings without a tone mark, and tags, that a window must show */
#define TAGS_LEAST 4u
#define COMMAS_LEAST 4u    /* doubled stops */
#define TAG_MOST 64u       /* characters of a tag */
#define BLOCK 4096u

static bool small_letter(uint16_t c)
{
    return (uint16_t)(c - 'a') < 26;
}

/* How many brackets open before a small letter: (sheng), and [b, [/b; how many commas stand before another stop: ,, ,。
 * In 16-bit sums of short blocks, so that a compiler makes eight comparisons at a time: every text is read for this. */
static void count_openings(const struct window *w, size_t *round, size_t *square, size_t *commas)
{
    *round = *square = *commas = 0;
    for (size_t from = 0; from < w->n; from += BLOCK) {
        const uint16_t *t = w->raw + from;
        size_t n = w->n - from < BLOCK ? w->n - from : BLOCK;
        uint16_t r = 0, s = 0, d = 0;
        for (size_t i = 0; i < n; i++) {
            uint16_t c = t[i], next = t[i + 1], letter = (uint16_t)(next - 'a') < 26;
            uint16_t stop = (next == ',') | (next == 0xFF0C) | (next == 0x3001) | (next == 0x3002);
            r = (uint16_t)(r + ((c == '(') & letter));
            s = (uint16_t)(s + ((c == '[') & (letter | (next == '/'))));
            d = (uint16_t)(d + (((c == ',') | (c == 0xFF0C)) & stop));
        }
        *round += r;
        *square += s;
        *commas += d;
    }
}

/* The length of the tag that opens at i, or 0; *block: it begins or ends a paragraph or a row. */
static size_t tag_length(const struct window *w, size_t i, bool *block)
{
    static const struct {
        char name[11];
        bool block;
    } tags[] = {{"align", true},  {"b", false},    {"backcolor", false}, {"center", true},   {"code", true},  {"color", false}, {"email", false},
                {"float", false}, {"font", false}, {"hr", true},         {"i", false},       {"img", false},  {"indent", true}, {"justify", true},
                {"left", true},   {"list", true},  {"p", true},          {"quote", true},    {"right", true}, {"s", false},     {"size", false},
                {"table", true},  {"td", false},   {"th", false},        {"tr", true},       {"u", false},    {"url", false}};
    char name[sizeof tags[0].name];
    size_t k = i + 1, n = 0;
    k += w->raw[k] == '/';
    while (n + 1 < sizeof name && small_letter(w->raw[k]))
        name[n++] = (char)w->raw[k++];
    name[n] = '\0';
    if (w->raw[k] == '=')
        while (k < w->n && k - i < TAG_MOST && w->raw[k] != ']' && w->raw[k] != '\n')
            k++;
    for (size_t t = 0; w->raw[k] == ']' && t < sizeof tags / sizeof *tags; t++)
        if (strcmp(name, tags[t].name) == 0) {
            *block = tags[t].block;
            return k + 1 - i;
        }
    return 0;
}

static void mark_tags(struct window *w)
{
    for (size_t i = 0; i < w->n;) {
        bool block;
        size_t length = w->raw[i] == '[' ? tag_length(w, i, &block) : 0;
        for (size_t k = 0; k < length; k++)
            w->text[i + k] = WINDOW_DROPPED;
        if (length > 0 && block)
            w->text[i + length - 1] = w->raw[i + length - 1] = '\n';
        i += length > 0 ? length : 1;
    }
}

static void mark_readings(struct window *w, bool toneless)
{
    size_t behind = 0;  /* where a reading has just ended: the next may repeat it */
    for (size_t i = 0; i < w->n;) {
        size_t length = w->raw[i] == '(' || w->raw[i] == 0xFF08 ? pinyin_length(w->raw, i, w->n, toneless) : 0;
        if (length == 0 && behind == i && i > 0)
            length = pinyin_repeated(w->raw, i, w->n);
        for (size_t k = 0; k < length; k++)
            w->text[i + k] = WINDOW_DROPPED;
        i += length > 0 ? length : 1;
        behind = length > 0 ? i : 0;
    }
}

int window_strip_noise(struct window *w, bool toned)
{
    size_t round, square, commas, readings = 0;
    count_openings(w, &round, &square, &commas);
    for (size_t i = 0; round >= READINGS_LEAST && i < w->n && readings < READINGS_LEAST; i++)
        readings += w->raw[i] == '(' && pinyin_length(w->raw, i, w->n, true) > 0;
    bool toneless = readings >= READINGS_LEAST;
    if (toned || toneless)
        mark_readings(w, toneless);
    if (square >= TAGS_LEAST)
        mark_tags(w);
    for (size_t i = 0; commas >= COMMAS_LEAST && i + 1 < w->n; i++) {
        uint16_t next = w->raw[i + 1];
        if ((w->raw[i] == ',' || w->raw[i] == 0xFF0C) && (next == ',' || next == 0xFF0C || next == 0x3001 || next == 0x3002))
            w->text[i] = WINDOW_DROPPED;
    }
    return toned || toneless || square >= TAGS_LEAST || commas >= COMMAS_LEAST ? window_drop(w) : E_OK;
}
