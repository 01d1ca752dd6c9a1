/* encoding.c — which encoding the bytes are in.
 *
 * Requirements, first that applies:
 *  1. a byte order mark: UTF-8, UTF-16 or UTF-32 of either order;
 *  2. no mark: UTF-32 and UTF-16 by where their zero bytes stand and by what the units would be (Chinese characters,
 *     their punctuation and ASCII nine times in ten) — where there are zero bytes, or the bytes are no UTF-8;
 *  3. UTF-8 where nearly everything is well-formed;
 *  4. the charset that an HTML page declares, when it is a Chinese one: pages that say UTF-8 and are not go on to 5;
 *  5. Big5 where uchardet says so, else GB18030, which takes in GBK and GB 2312. */
#include "data/extract/encoding.h"

#include "data/base/error.h"
#include "data/base/utf8.h"
#include "data/extract/big5.h"

#include <string.h>
#include <strings.h>

#define DECLARED_WITHIN ((size_t)4096)
#define UNITS_LOOKED_AT ((size_t)4096)

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

enum scheme scheme_of(const char *name)
{
    static const struct {
        const char *name;
        enum scheme scheme;
    } names[] = {{"UTF-8", SCHEME_UTF8},       {"UTF8", SCHEME_UTF8},         {"ASCII", SCHEME_UTF8},       {"US-ASCII", SCHEME_UTF8},
                 {"UTF-16LE", SCHEME_UTF16LE}, {"UTF-16BE", SCHEME_UTF16BE},  {"UTF-16", SCHEME_UTF16LE},   {"UCS-2", SCHEME_UTF16LE},
                 {"UTF-32LE", SCHEME_UTF32LE}, {"UTF-32BE", SCHEME_UTF32BE},  {"UTF-32", SCHEME_UTF32LE},   {"HZ-GB-2312", SCHEME_GB18030}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(name, names[i].name) == 0)
            return names[i].scheme;
    if (strncasecmp(name, "GB", 2) == 0)
        return SCHEME_GB18030;
    if (strncasecmp(name, "BIG5", 4) == 0)
        return SCHEME_BIG5;
    return SCHEME_SINGLE;
}

const char *scheme_name(enum scheme scheme)
{
    static const char *const names[] = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "GB18030", "BIG5", NULL};
    return names[scheme];
}

static uint32_t unit_at_width(const unsigned char *b, size_t width, bool big)
{
    uint32_t unit = 0;
    for (size_t k = 0; k < width; k++)
        unit = unit << 8 | b[big ? k : width - 1 - k];
    return unit;
}

uint32_t wide_unit(enum scheme scheme, const unsigned char *bytes)
{
    bool big = scheme == SCHEME_UTF16BE || scheme == SCHEME_UTF32BE;
    return unit_at_width(bytes, scheme == SCHEME_UTF16LE || scheme == SCHEME_UTF16BE ? 2 : 4, big);
}

/* Whether a text about counties would have this character. */
static bool expected(uint32_t c)
{
    return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\r' || c == '\t' || (c >= 0x4E00 && c <= 0x9FFF) ||
           (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x2010 && c <= 0x2030) || c == 0xB7 || c == 0xA0;
}

static bool looks_wide(const unsigned char *bytes, size_t size, enum scheme scheme)
{
    size_t width = scheme == SCHEME_UTF16LE || scheme == SCHEME_UTF16BE ? 2 : 4, units = size / width, good = 0, common = 0;
    if (units < 2)
        return false;
    if (units > UNITS_LOOKED_AT)
        units = UNITS_LOOKED_AT;
    for (size_t i = 0; i < units; i++) {
        uint32_t c = wide_unit(scheme, bytes + i * width);
        good += expected(c);
        common += c == '\n' || c == ' ' || (c >= '0' && c <= '9') || c == 0x3002 || c == 0xFF0C || c == 0x3001 || c == 0x7684;
    }
    /* two bytes of anything are often a Chinese character; a text also has what no text is without */
    return good * 10 >= units * 9 && common > units / 100;
}

/* charset=… of a page's first bytes: a Chinese scheme, or SCHEME_UTF8 where it says nothing of use. */
static enum scheme declared(const unsigned char *bytes, size_t size)
{
    static const char word[] = "charset=";
    size_t n = size < DECLARED_WITHIN ? size : DECLARED_WITHIN;
    for (size_t i = 0; i + sizeof word < n; i++) {
        if (strncasecmp((const char *)bytes + i, word, sizeof word - 1) != 0)
            continue;
        char name[32] = "";
        size_t k = 0;
        for (i += sizeof word - 1; i < n && k + 1 < sizeof name; i++) {
            unsigned char c = bytes[i];
            if (k == 0 && (c == '"' || c == '\'' || c == ' '))
                continue;
            if (!((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && !(c >= '0' && c <= '9') && c != '-' && c != '_')
                break;
            name[k++] = (char)c;
        }
        enum scheme scheme = scheme_of(name);
        if (scheme == SCHEME_GB18030 || scheme == SCHEME_BIG5)
            return scheme;
    }
    return SCHEME_UTF8;
}

static bool opens_with_tag(const unsigned char *bytes, size_t size)
{
    size_t i = 0;
    while (i < size && bytes[i] <= ' ')
        i++;
    return i < size && bytes[i] == '<';
}

enum scheme encoding_mark(const unsigned char *b, size_t size, size_t *mark)
{
    static const struct {
        char bytes[5];
        size_t length;
        enum scheme scheme;
    } marks[] = {{"\xFF\xFE\0\0", 4, SCHEME_UTF32LE}, {"\0\0\xFE\xFF", 4, SCHEME_UTF32BE}, {"\xEF\xBB\xBF", 3, SCHEME_UTF8},
                 {"\xFF\xFE", 2, SCHEME_UTF16LE},     {"\xFE\xFF", 2, SCHEME_UTF16BE},      {"\x84\x31\x95\x33", 4, SCHEME_GB18030}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (size >= marks[i].length && memcmp(b, marks[i].bytes, marks[i].length) == 0) {
            *mark = marks[i].length;
            return marks[i].scheme;
        }
    *mark = 0;
    return SCHEME_SINGLE;
}

int encoding_detect(const unsigned char *b, size_t probe, enum scheme *found, size_t *mark)
{
    bool big5;
    *found = encoding_mark(b, probe, mark);
    if (*mark > 0)
        return E_OK;
    bool utf8 = looks_utf8(b, probe);
    if (!utf8 || memchr(b, 0, probe) != NULL)
        for (*found = SCHEME_UTF16LE; *found <= SCHEME_UTF32BE; ++*found)
            if (looks_wide(b, probe, *found))
                return E_OK;
    *found = SCHEME_UTF8;
    if (utf8 || (opens_with_tag(b, probe) && (*found = declared(b, probe)) != SCHEME_UTF8))
        return E_OK;
    if (big5_likely(b, probe, &big5) != 0)
        return E_MEMORY;
    *found = big5 ? SCHEME_BIG5 : SCHEME_GB18030;
    return E_OK;
}
