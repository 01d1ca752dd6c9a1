/* html_mask.c — makes a page harmless before it is parsed, without moving a byte.
 *
 * Scripts, styles and comments hold no text, and a parser's way through damaged ones costs time; a tag with a hundred
 * thousand attributes costs the square of that. Both are overwritten with blanks, so every offset stays what it was:
 *  1. what lies between <script>, <style> and their ends, and between <!-- and -->;
 *  2. declarations and processing instructions;
 *  3. all but the first ATTRIBUTES_MOST attributes of a tag;
 *  4. control characters, which no page may hold.
 * One pass; whatever has no end ends at the next '>'. */
#include "data/extract/source.h"

#include <string.h>
#include <strings.h>

#define ATTRIBUTES_MOST 40u

static void blank(unsigned char *bytes, size_t from, size_t to)
{
    memset(bytes + from, ' ', to - from);
}

/* Where needle begins at or behind `from`; size: nowhere. */
static size_t find(const unsigned char *bytes, size_t from, size_t size, const char *needle)
{
    const unsigned char *at = memmem(bytes + from, size - from, needle, strlen(needle));
    return at != NULL ? (size_t)(at - bytes) : size;
}

/* Where "</name" stands at or behind `from`, whatever its case. */
static size_t find_end_tag(const unsigned char *bytes, size_t from, size_t size, const char *name)
{
    size_t length = strlen(name);
    while (from < size) {
        const unsigned char *at = memchr(bytes + from, '<', size - from);
        if (at == NULL)
            return size;
        from = (size_t)(at - bytes);
        if (from + 2 + length <= size && at[1] == '/' && strncasecmp((const char *)at + 2, name, length) == 0)
            return from;
        from++;
    }
    return size;
}

static bool is_letter(unsigned char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Over a tag that opens at `from`: behind its '>'. Attributes beyond the limit become blanks. */
static size_t over_tag(unsigned char *bytes, size_t from, size_t size)
{
    size_t i = from + 1, attributes = 0, cut = 0;
    bool between = false;  /* an attribute may begin here */
    while (i < size && bytes[i] != '>') {
        unsigned char c = bytes[i];
        if (c == '"' || c == '\'') {
            const unsigned char *close = between || bytes[i - 1] == '=' || bytes[i - 1] == ' ' ? memchr(bytes + i + 1, c, size - i - 1) : NULL;
            i = close != NULL ? (size_t)(close - bytes) + 1 : i + 1;
            between = true;
        } else if (c <= ' ' || c == '/') {
            between = true;
            i++;
        } else {
            if (between && c != '=' && ++attributes > ATTRIBUTES_MOST && cut == 0)
                cut = i;
            between = c == '=' ? between : false;
            i++;
        }
    }
    if (cut > 0)
        blank(bytes, cut, i < size ? i : size);
    return i < size ? i + 1 : size;
}

void html_mask(unsigned char *bytes, size_t size)
{
    static const char *const raw[] = {"script", "style"};
    bool comments_end = true;
    for (size_t i = 0; i < size; i++)
        if (bytes[i] < ' ' && bytes[i] != '\n' && bytes[i] != '\t')
            bytes[i] = ' ';
    for (size_t i = 0; i < size;) {
        const unsigned char *open = memchr(bytes + i, '<', size - i);
        if (open == NULL)
            break;
        i = (size_t)(open - bytes);
        if (size - i >= 4 && memcmp(open, "<!--", 4) == 0) {
            size_t end = comments_end ? find(bytes, i + 4, size, "-->") : size;
            comments_end = end < size;
            if (comments_end) {
                blank(bytes, i + 4, end);
                i = end + 3;
                continue;
            }
        }
        if (i + 1 < size && (open[1] == '!' || open[1] == '?')) {
            const unsigned char *close = memchr(open, '>', size - i);
            size_t end = close != NULL ? (size_t)(close - bytes) + 1 : size;
            blank(bytes, i, end);
            i = end;
        } else if (i + 1 < size && is_letter(open[1])) {
            size_t behind = over_tag(bytes, i, size);
            for (size_t k = 0; k < sizeof raw / sizeof *raw; k++) {
                size_t length = strlen(raw[k]);
                if (i + 1 + length < size && strncasecmp((const char *)bytes + i + 1, raw[k], length) == 0 && !is_letter(bytes[i + 1 + length])) {
                    size_t end = find_end_tag(bytes, behind, size, raw[k]);
                    blank(bytes, behind, end);
                    behind = end;
                }
            }
            i = behind;
        } else {
            i++;
        }
    }
}
