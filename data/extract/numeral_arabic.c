/* numeral_arabic.c — Arabic digits as they are written in Chinese texts: grouped, with a point, with an exponent. */
#include "data/extract/numeral.h"

static bool is_letter(uint16_t c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool digits_at(const uint16_t *t, size_t i, size_t n, size_t count)
{
    if (i + count > n)
        return false;
    for (size_t k = i; k < i + count; k++)
        if (!arabic_digit(t[k]))
            return false;
    return true;
}

/* A comma groups only before exactly three digits. A full-width comma is the clause's own mark (100，200户), unless the
 * digits are full-width as well. */
static bool groups(const uint16_t *t, const uint16_t *raw, size_t i, size_t n)
{
    return i < n && (raw[i] == ',' || raw[i] == 0xFF0C) && digits_at(t, i + 1, n, 3) && !digits_at(t, i + 4, n, 1) &&
           (raw[i] == ',' || (raw[i + 1] >= 0xFF10 && raw[i + 1] <= 0xFF19));
}

/* 6 000元, 1 149户: a single blank groups three digits, as journals print it, where no year or longer number stands before it. */
static bool groups_by_blank(const uint16_t *t, size_t i, size_t n)
{
    return i < n && (t[i] == ' ' || t[i] == 0x2009 || t[i] == 0x202F || t[i] == 0xA0) && digits_at(t, i + 1, n, 3) && !digits_at(t, i + 4, n, 1) &&
           i + 4 < n && t[i + 4] >= 0x4E00;
}

/* 1.2e6: at most two digits of exponent, and no letter behind them. */
static size_t exponent(const uint16_t *t, size_t i, size_t n, struct decimal *d)
{
    size_t k = i + 1;
    bool minus = k < n && t[k] == '-';
    int value = 0;
    if (k < n && (t[k] == '-' || t[k] == '+'))
        k++;
    size_t first = k;
    while (k < n && arabic_digit(t[k]) && k - first < 3)
        value = value * 10 + (t[k++] - '0');
    if (k == first || k - first > 2 || (k < n && (is_letter(t[k]) || t[k] == '.')))
        return i;
    d->exponent += minus ? -value : value;
    return k;
}

/* A point before a digit, or the raised one of careless typing (1·8%), which parts dates and numbers of plans everywhere else. */
static bool point(const uint16_t *t, size_t i, size_t n)
{
    if (i + 1 >= n || !arabic_digit(t[i + 1]) || (t[i] != '.' && t[i] != 0xB7))
        return false;
    size_t k = i + 1;
    while (k < n && k - i < 4 && arabic_digit(t[k]))
        k++;
    return t[i] == '.' || (k < n && (t[k] == '%' || t[k] == 0xFF05 || t[k] == 0x4EBF));  /* 亿 */
}

size_t arabic_scan(const uint16_t *t, const uint16_t *raw, size_t i, size_t n, struct part *part)
{
    struct decimal d = {0};
    size_t start = i;
    while (i < n && arabic_digit(t[i]))
        decimal_digit(&d, t[i++] - '0');
    size_t whole = i - start;
    if (whole == 0)
        return start;
    if (whole <= 3)
        for (; groups(t, raw, i, n); i += 4, whole += 3)
            for (size_t k = i + 1; k <= i + 3; k++)
                decimal_digit(&d, t[k] - '0');
    if (whole <= 3 && groups_by_blank(t, i, n) && !(start > 0 && (arabic_digit(t[start - 1]) || t[start - 1] == '.')) &&
        !(start > 1 && t[start - 1] == t[i] && arabic_digit(t[start - 2]))) {
        for (size_t k = i + 1; k <= i + 3; k++)
            decimal_digit(&d, t[k] - '0');
        i += 4;
        whole += 3;
    }
    /* 192.168.1.1, 2020.5.3: a chain of points holds no decimals */
    bool chained = start >= 2 && t[start - 1] == '.' && arabic_digit(t[start - 2]);
    if (!chained && point(t, i, n)) {
        size_t k = i + 1;
        while (k < n && arabic_digit(t[k]))
            k++;
        if (!(k + 1 < n && t[k] == '.' && arabic_digit(t[k + 1]))) {
            for (i++; i < k; i++) {
                decimal_digit(&d, t[i] - '0');
                d.exponent--;
            }
            part->point = true;
        }
    }
    if (i < n && (t[i] | 32) == 'e') {
        size_t e = exponent(t, i, n, &d);
        part->point |= e > i;
        i = e;
    } else if (i < n && (t[i] | 32) == 'k' && !(i + 1 < n && (is_letter(t[i + 1]) || arabic_digit(t[i + 1])))) {
        d.exponent += 3;
        part->point = true;
        i++;
    }
    part->low = part->high = d;
    part->whole = whole < UINT8_MAX ? (uint8_t)whole : UINT8_MAX;
    return i;
}
