/* utf8.c — see utf8.h. */
#include "data/base/utf8.h"

#include <stdbool.h>

int utf8_decode(const unsigned char *s, size_t size, uint32_t *point)
{
    unsigned char c = s[0];
    if (c < 0x80) {
        *point = c;
        return 1;
    }
    int need = c >= 0xC2 && c <= 0xDF ? 1 : c >= 0xE0 && c <= 0xEF ? 2 : c >= 0xF0 && c <= 0xF4 ? 3 : 0;
    *point = UTF8_REPLACEMENT;
    if (need == 0)
        return -1;
    /* the second byte's range depends on the lead byte: it is what rules out overlong forms and surrogates */
    unsigned low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    unsigned high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    uint32_t p = need == 1 ? c & 0x1Fu : need == 2 ? c & 0x0Fu : c & 0x07u;
    for (int i = 1; i <= need; i++) {
        if ((size_t)i >= size || s[i] < low || s[i] > high)
            return -i;
        p = p << 6 | (s[i] & 0x3Fu);
        low = 0x80;
        high = 0xBF;
    }
    *point = p;
    return need + 1;
}

int utf8_encode(uint32_t p, char *out)
{
    if (p > 0x10FFFF || (p >= 0xD800 && p <= 0xDFFF))
        p = UTF8_REPLACEMENT;
    if (p < 0x80) {
        out[0] = (char)p;
        return 1;
    }
    if (p < 0x800) {
        out[0] = (char)(0xC0 | p >> 6);
        out[1] = (char)(0x80 | (p & 0x3F));
        return 2;
    }
    if (p < 0x10000) {
        out[0] = (char)(0xE0 | p >> 12);
        out[1] = (char)(0x80 | (p >> 6 & 0x3F));
        out[2] = (char)(0x80 | (p & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | p >> 18);
    out[1] = (char)(0x80 | (p >> 12 & 0x3F));
    out[2] = (char)(0x80 | (p >> 6 & 0x3F));
    out[3] = (char)(0x80 | (p & 0x3F));
    return 4;
}

bool point_is_control(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x61C || point == 0x200E || point == 0x200F ||
           (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF ||
           (point >= 0xE0000 && point <= 0xE007F);
}

int utf8_width(uint32_t point)
{
    bool combining = (point >= 0x300 && point <= 0x36F) || (point >= 0x200B && point <= 0x200F) || (point >= 0xFE00 && point <= 0xFE0F);
    bool wide = (point >= 0x1100 && point <= 0x115F) || (point >= 0x2E80 && point <= 0xA4CF && point != 0x303F) || (point >= 0xAC00 && point <= 0xD7A3) ||
                (point >= 0xF900 && point <= 0xFAFF) || (point >= 0xFE30 && point <= 0xFE6F) || (point >= 0xFF00 && point <= 0xFF60) ||
                (point >= 0xFFE0 && point <= 0xFFE6) || (point >= 0x1F300 && point <= 0x1FAFF) || (point >= 0x20000 && point <= 0x3FFFD);
    return combining ? 0 : wide ? 2 : 1;
}
