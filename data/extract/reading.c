/* reading.c — the extractor's parts for callers that have no article: a table's cell, a column's heading, a test. */
#include "data/extract/extract.h"

#include "data/base/utf8.h"
#include "data/extract/document.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define READ_MOST 2048  /* bytes: what is longer is neither a label nor a number */

/* A window with room of its own, so that a number is never taken for none because memory ran out. */
struct short_window {
    struct window window;
    uint16_t text[READ_MOST + 1], raw[READ_MOST + 1];
    uint32_t offset[READ_MOST + 1];
};

/* UTF-8 → folded and raw units, with the byte offset of each, in a window that has room for `size` of them. */
static void fill(const char *text, size_t size, struct window *w)
{
    for (size_t i = 0; i < size;) {
        uint32_t point;
        int length = utf8_decode((const unsigned char *)text + i, size - i, &point);
        uint16_t unit = point > 0xFFFF ? (uint16_t)UTF8_REPLACEMENT : (uint16_t)point;
        w->offset[w->n] = (uint32_t)i;
        w->raw[w->n] = unit;
        w->text[w->n++] = fold_character(unit);
        i += (size_t)(length < 0 ? -length : length);
    }
    w->offset[w->n] = (uint32_t)size;
    w->text[w->n] = w->raw[w->n] = 0;
}

/* The caller closes the window. */
static int open_text(const char *text, size_t size, struct window *w)
{
    w->text = calloc(size + 1, sizeof *w->text);
    w->raw = calloc(size + 1, sizeof *w->raw);
    w->offset = calloc(size + 1, sizeof *w->offset);
    if (w->text == NULL || w->raw == NULL || w->offset == NULL)
        return E_MEMORY;
    fill(text, size, w);
    return E_OK;
}

/* false: too long. */
static bool open_short(const char *text, struct short_window *s)
{
    size_t size = strlen(text);
    s->window = (struct window){.text = s->text, .raw = s->raw, .offset = s->offset};
    if (size > READ_MOST)
        return false;
    fill(text, size, &s->window);
    return true;
}

const char *extract_classify(const char *label, const char *unit)
{
    struct short_window s;
    const char *id = NULL;
    if (open_short(label, &s)) {
        const struct window w = s.window;
        const struct unit *u = unit != NULL ? unit_find(unit) : NULL;
        static const struct {
            uint16_t mark[2];
            uint8_t per;
        } means[] = {{{0x4EBA, 0x5747}, 2}, {{0x6237, 0x5747}, 1}, {{0x4EA9, 0x5747}, 3}, {{0x6751, 0x5747}, 4}};
        struct clue clue = {.words = w.text, .n = w.n, .head_end = w.n, .dimension = u != NULL ? u->dimension : NULL};
        int index = indicator_classify(&clue, NULL);
        for (size_t k = 0; k < sizeof means / sizeof *means; k++)
            for (size_t i = 0; i + 2 <= w.n; i++)
                if (memcmp(w.text + i, means[k].mark, sizeof means[k].mark) == 0) {
                    clue.per = &means[k].per;
                    clue.per_count = 1;
                    int mean = indicator_classify(&clue, NULL);
                    index = mean >= 0 ? mean : index;
                }
        if (index >= 0)
            id = indicator_at((size_t)index)->id;
    }
    return id;
}

char *extract_item(const char *label, struct arena *arena)
{
    struct short_window s;
    struct lexicon_hit hits[LEXICON_HITS];
    size_t start = 0, size = 0;
    if (!open_short(label, &s))
        return NULL;
    const struct window *w = &s.window;
    for (size_t i = 0; i < w->n;) {
        size_t count = lexicon_match(w->text + i, w->n - i, hits), length = 1;
        for (size_t h = count; h-- > 0 && length == 1;)
            for (uint32_t k = 0; k < hits[h].term_count; k++)
                if (hits[h].terms[k].class == TERM_ITEM && hits[h].length >= 2) {
                    length = size = hits[h].length;
                    start = i;
                    break;
                }
        i += length;
    }
    return size > 0 ? window_utf8(w, start, start + size, arena) : NULL;
}

char *extract_simplified(const char *text, struct arena *arena)
{
    struct window w = {0};
    char *out = open_text(text, strlen(text), &w) == E_OK ? units_utf8(w.text, w.n, arena) : NULL;
    window_close(&w);
    return out;
}

int extract_number(const char *text, struct observation *o)
{
    struct short_window s;
    memset(o, 0, sizeof *o);
    o->low = o->high = NAN;
    if (!open_short(text, &s))
        return -1;
    struct window w = s.window;
    size_t start = 0, end = w.n;
    while (start < end && (w.text[start] <= ' ' || w.text[start] == 0x3000))
        start++;
    while (end > start && (w.text[end - 1] <= ' ' || w.text[end - 1] == 0x3000))
        end--;
    size_t at = start;
    /* signs and approximators come first: 近2亿元 */
    while (at < end && at < start + 4 && !numeral_starts(w.text[at]))
        at++;
    w.n = end;
    w.text[end] = 0;
    struct quantity q;
    bool accepted;
    if (at >= end || quantity_scan(&w, at, NULL, &q, &accepted) == 0 || !isfinite(q.number.value))
        return -1;
    /* what was turned down before its extent was known has the numeral's */
    size_t last = q.end > 0 ? q.end : q.number.end;
    size_t from = q.end > 0 ? q.start : q.number.start;
    if (from > start || last < end)
        return -1;
    o->value = q.number.value;
    o->low = q.number.low;
    o->high = q.number.high;
    o->bound = q.number.bound;
    o->unit = q.unit != NULL ? q.unit->name : NULL;
    for (unsigned i = 0; i < q.per_count; i++)
        o->per[i] = per_name(q.per[i]);
    o->per_count = q.per_count;
    return 0;
}

int extract_numerals(const char *text, size_t size, void visit(size_t, size_t, double, void *), void *context)
{
    struct window w = {0};
    int status = open_text(text, size, &w);
    for (size_t i = 0; status == E_OK && i < w.n;) {
        struct numeral m;
        if (numeral_starts(w.text[i]) && numeral_scan(w.text, w.raw, i, w.n, &m)) {
            bool negative = numeral_negative(w.text, m.start);
            size_t start = w.offset[m.start - negative];
            if (!m.bare)
                visit(start, w.offset[m.end] - start, negative ? -m.value : m.value, context);
            i = m.end;
        } else {
            i++;
        }
    }
    window_close(&w);
    return status;
}
