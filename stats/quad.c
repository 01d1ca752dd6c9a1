/* quad.c — reads decimals as binary128. */
#include "stats/quad.h"

#include <stdlib.h>

#define DIGITS_MOST 34
#define EXPONENT_MOST 4000

static _Float128 ten_to(int power)
{
    _Float128 value = 1, square = 10;
    for (; power > 0; power >>= 1, square *= square)
        if (power & 1)
            value *= square;
    return value;
}

bool quad_parse(const char *text, size_t size, _Float128 *value)
{
    size_t i = 0, digits = 0;
    int exponent = 0;
    bool negative = false, point = false, any = false;
    _Float128 whole = 0;
    if (i < size && (text[i] == '-' || text[i] == '+'))
        negative = text[i++] == '-';
    for (; i < size && ((text[i] >= '0' && text[i] <= '9') || (text[i] == '.' && !point)); i++) {
        if (text[i] == '.') {
            point = true;
            continue;
        }
        any = true;
        if (digits < DIGITS_MOST) {
            whole = whole * 10 + (text[i] - '0');
            digits += whole != 0;
            exponent -= point;
        } else {
            exponent += !point;
        }
    }
    if (i < size && (text[i] == 'e' || text[i] == 'E')) {
        char *end;
        long power = strtol(text + i + 1, &end, 10);
        if (end == text + i + 1 || power > EXPONENT_MOST || power < -EXPONENT_MOST)
            return false;
        exponent += (int)power;
        i = (size_t)(end - text);
    }
    if (!any || i != size)
        return false;
    /* one multiplication or division by an exact power of ten up to 10^48: one rounding */
    *value = exponent >= 0 ? whole * ten_to(exponent) : whole / ten_to(-exponent);
    if (negative)
        *value = -*value;
    return true;
}
