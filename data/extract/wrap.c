/* wrap.c — texts taken from print: lines that were cut at a width are joined again, so that a sentence, and a number (5 ⏎ 703人),
 * is whole.
 *
 * A text is of that kind when most of its long lines end without a sentence's end, and at nearly the same width. What a
 * page appends to its lines (。js8) does not hide that a sentence has ended. */
#include "data/extract/document.h"

#include <stdlib.h>

#define WRAP_LINES 64u      /* lines looked at to find out whether a text was wrapped in print, */
#define WRAP_REACH 8000u    /* and characters */
#define WRAP_LEAST 40u      /* half characters of a line that counts */
#define WRAP_RAGGED 10u     /* how much shorter than the widest a cut line may be */

/* How wide text[start..end) is printed, in half characters. */
static unsigned printed_width(const uint16_t *t, size_t start, size_t end)
{
    unsigned width = 0;
    for (size_t i = start; i < end; i++)
        width += t[i] < 0x80 ? 1 : 2;
    return width;
}

static bool is_alphanumeric(uint16_t c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Whether the line that ends at `end` (> 0) ends a sentence. */
static bool ends_sentence(const uint16_t *t, size_t end)
{
    size_t i = end;
    while (i > 1 && end - i < 4 && is_alphanumeric(t[i - 1]))
        i--;
    uint16_t c = i < end && !is_alphanumeric(t[i - 1]) ? t[i - 1] : t[end - 1];
    return c == 0x3002 || c == ';' || c == ':' || c == '!' || c == '?' || c == 0x201D || c == ')' || c == 0xFF1B || c == 0x2026;
}

static unsigned wrap_width(const struct window *w)
{
    const uint16_t *t = w->text;
    unsigned widths[WRAP_LINES], count = 0, open = 0, most = 0, width = 0;
    size_t start = 0;
    for (size_t i = 0; i <= w->n && count < WRAP_LINES && i < WRAP_REACH; i++) {
        if (i < w->n && t[i] != '\n')
            continue;
        unsigned printed = i > start + 500 ? 0 : printed_width(t, start, i);
        if (printed >= WRAP_LEAST) {
            count++;
            if (!ends_sentence(t, i))
                widths[open++] = printed;
        }
        start = i + 1;
    }
    /* the width that most lines come near to: a long title is no measure */
    for (unsigned i = 0; i < open; i++) {
        unsigned alike = 0;
        for (unsigned k = 0; k < open; k++)
            alike += widths[k] <= widths[i] && widths[k] + WRAP_RAGGED >= widths[i];
        if (alike > most || (alike == most && widths[i] > width)) {
            most = alike;
            width = widths[i];
        }
    }
    return open >= 4 && 2 * open >= count && 3 * most >= 2 * open ? width : 0;
}

/* Whether the line that ends at i goes on in the next one. */
static bool soft_break(const struct window *w, size_t i, unsigned width)
{
    const uint16_t *t = w->text;
    if (i == 0 || i + 1 >= w->n || ends_sentence(t, i) || t[i + 1] <= ' ' || t[i + 1] == 0x3000)
        return false;
    size_t start = i;
    while (start > 0 && t[start - 1] != '\n' && t[start - 1] != WINDOW_DROPPED && i - start <= width + 2)
        start--;
    unsigned printed = printed_width(t, start, i);
    return printed + WRAP_RAGGED >= width && printed <= width + 2;
}

int window_join_lines(struct window *w)
{
    unsigned width = wrap_width(w);
    if (width == 0)
        return E_OK;
    for (size_t i = 0; i < w->n; i++)
        if (w->text[i] == '\n')
            w->text[i] = soft_break(w, i, width) ? WINDOW_DROPPED : '\n';
    return window_drop(w);
}
