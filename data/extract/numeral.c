/* numeral.c — reads one numeral: Arabic, full-width, Chinese, mixed, with scales, fractions, ranges within itself.
 *
 * Requirements:
 *  1. Exact decimals: digits are collected as an integer and a power of ten and become a double once, correctly rounded.
 *  2. 余 多 几 来 between a numeral and its scale (二百余万, 20多万) make an open lower bound, not another number.
 *  3. Neighbouring Chinese digits are a range (两三个: 2 to 3; 一百五六: 150 to 160), or, four or more or with 〇,
 *     a digit string (二〇一九).
 *  4. A range shares the scale and unit of its end: 3—5万 is 30,000 to 50,000; a range's value is its middle.
 *  5. A digit behind a scale stands for the next lower one: 一万三 = 13,000, 13万2 = 132,000.
 *  6. No backtracking: every character is looked at a bounded number of times. */
#include "data/extract/document.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/base/number.h"

struct decimal {
    uint64_t digits;
    int exponent;
    bool overflow;
};

static int chinese_digit(uint16_t c)
{
    switch (c) {
    case 0x96F6: case 0x3007: case 0x25CB: return 0;   /* 零 〇 ○ */
    case 0x4E00: case 0x58F9: return 1;                /* 一 壹 */
    case 0x4E8C: case 0x8D30: case 0x4E24: case 0x4FE9: return 2;  /* 二 贰 两 俩 */
    case 0x4E09: case 0x53C1: return 3;
    case 0x56DB: case 0x8086: return 4;
    case 0x4E94: case 0x4F0D: return 5;
    case 0x516D: case 0x9646: return 6;
    case 0x4E03: case 0x67D2: return 7;
    case 0x516B: case 0x634C: return 8;
    case 0x4E5D: case 0x7396: return 9;
    default: return -1;
    }
}

static int scale_power(uint16_t c)
{
    switch (c) {
    case 0x5341: case 0x62FE: return 1;  /* 十 拾 */
    case 0x767E: case 0x4F70: return 2;  /* 百 佰 */
    case 0x5343: case 0x4EDF: return 3;  /* 千 仟 */
    case 0x4E07: return 4;               /* 万 */
    case 0x4EBF: return 8;               /* 亿 */
    case 0x5146: return 12;              /* 兆 */
    default: return 0;
    }
}

static bool is_digit(uint16_t c)
{
    return c >= '0' && c <= '9';
}

/* 余 多 来 几: between a numeral and its scale */
static bool is_surplus(uint16_t c)
{
    return c == 0x4F59 || c == 0x591A || c == 0x6765 || c == 0x51E0;
}

bool numeral_starts(uint16_t c)
{
    return is_digit(c) || (c >= 0x3007 && (chinese_digit(c) >= 0 || scale_power(c) > 0 || c == 0x51E0 || c == 0x6570));
}

static double decimal_value(struct decimal d)
{
    /* exact where both parts are doubles without rounding (Clinger 1990); else by way of text */
    static const double powers[] = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (d.overflow)
        return NAN;
    if (d.digits < (uint64_t)1 << 53 && d.exponent >= -22 && d.exponent <= 22)
        return d.exponent < 0 ? (double)d.digits / powers[-d.exponent] : (double)d.digits * powers[d.exponent];
    char text[48];
    double value = NAN;
    int n = snprintf(text, sizeof text, "%llue%d", (unsigned long long)d.digits, d.exponent);
    number_parse(text, (size_t)n, &value);
    return value;
}

static void decimal_digit(struct decimal *d, int digit)
{
    if (d->digits > (UINT64_MAX - 9) / 10)
        d->overflow = true;
    else
        d->digits = d->digits * 10 + (uint64_t)digit;
}

static void decimal_add(struct decimal *a, struct decimal b)
{
    while (a->exponent > b.exponent) {
        if (a->digits > UINT64_MAX / 10) {
            a->overflow = true;
            return;
        }
        a->digits *= 10;
        a->exponent--;
    }
    while (b.exponent > a->exponent) {
        if (b.digits > UINT64_MAX / 10) {
            a->overflow = true;
            return;
        }
        b.digits *= 10;
        b.exponent--;
    }
    a->overflow |= b.overflow || a->digits > UINT64_MAX - b.digits;
    a->digits += b.digits;
}

static size_t skip_space(const uint16_t *t, size_t i, size_t n)
{
    return i < n && (t[i] == ' ' || t[i] == 0x3000 || t[i] == 0xA0) ? i + 1 : i;
}

/* Digits with grouping commas and a point: 1,234.5. Returns the end. */
static size_t arabic(const uint16_t *t, const uint16_t *raw, size_t i, size_t n, struct decimal *d, uint8_t *whole)
{
    size_t lead = 0;
    while (i < n && is_digit(t[i]) && lead < 40) {
        decimal_digit(d, t[i++] - '0');
        lead++;
    }
    *whole = (uint8_t)lead;
    /* a comma groups only before exactly three digits, and only where the first group has at most three */
    while (lead <= 3 && i + 3 < n && (raw[i] == ',' || raw[i] == 0xFF0C) && is_digit(t[i + 1]) && is_digit(t[i + 2]) && is_digit(t[i + 3]) &&
           (i + 4 >= n || !is_digit(t[i + 4])) && (raw[i] == ',' || (raw[i + 1] >= 0xFF10 && raw[i + 1] <= 0xFF19))) {
        for (size_t k = i + 1; k <= i + 3; k++)
            decimal_digit(d, t[k] - '0');
        *whole = (uint8_t)(*whole + 3);
        i += 4;
    }
    if (i + 1 < n && t[i] == '.' && is_digit(t[i + 1])) {
        i++;
        for (size_t k = 0; i < n && is_digit(t[i]) && k < 40; k++) {
            decimal_digit(d, t[i++] - '0');
            d->exponent--;
        }
    }
    return i;
}

/* 千 of 千米, 千克, 千瓦, 千伏 … belongs to the unit. */
static bool prefixes_unit(const uint16_t *t, size_t i, size_t n)
{
    static const uint16_t units[] = {0x7C73, 0x514B, 0x74E6, 0x4F0F, 0x5361, 0x7126, 0x8D6B};
    for (size_t k = 0; i < n && k < sizeof units / sizeof *units; k++)
        if (t[i] == units[k])
            return true;
    return false;
}

/* Scales behind Arabic digits: 万, 万亿, 千万, with 余/多 between. Returns the end. */
static size_t scales(const uint16_t *t, size_t i, size_t n, struct numeral *m, struct decimal *d)
{
    size_t end = i;
    for (;;) {
        size_t k = skip_space(t, end, n), s = k;
        if (k < n && is_surplus(t[k]))
            s = skip_space(t, k + 1, n);
        int power = s < n ? scale_power(t[s]) : 0;
        if (power == 0 || (s > k && power < 3))
            return end;
        /* 十 behind Arabic digits is not a scale (3十 is not written); 百 千 are when a unit or 万 follows */
        if (power == 1 || (power == 3 && prefixes_unit(t, s + 1, n)))
            return end;
        if (s > k)
            m->bound = BOUND_above;
        d->exponent += power;
        m->scaled = true;
        end = s + 1;
    }
}

/* A Chinese numeral from i; fills d (and high when neighbouring digits make a range). Returns the end, i when none. */
static size_t chinese(const uint16_t *t, size_t i, size_t n, struct numeral *m, struct decimal *d, struct decimal *high)
{
    uint64_t total = 0, section = 0, pending = 0, pending_high = 0, part_high = 0;
    int last = 0;              /* power of the last scale */
    bool have = false, zero = false, some = false;
    size_t start = i, digits = 0;
    /* a string of digits without scales: a year, a code (requirement 3) */
    size_t run = i;
    bool has_zero = false;
    while (run < n && run - i < 40 && chinese_digit(t[run]) >= 0 && t[run] != 0x4E24) {
        has_zero |= t[run] == 0x3007 || t[run] == 0x25CB || (t[run] == 0x96F6 && run > i);
        run++;
    }
    if ((run - i >= 4 || (run - i >= 3 && has_zero)) && (run >= n || scale_power(t[run]) == 0)) {
        for (; i < run; i++)
            decimal_digit(d, chinese_digit(t[i]));
        return i;
    }
    for (; i < n && i - start < 40; i++) {
        uint16_t c = t[i];
        if ((c == ' ' || c == 0x3000) && some && i + 1 < n && (chinese_digit(t[i + 1]) >= 0 || scale_power(t[i + 1]) > 0)) {
            /* a blank inside a numeral: 十 余 万 */
            if (scale_power(t[i + 1]) == 0 && have)
                break;
            continue;
        }
        int digit = chinese_digit(c), power = scale_power(c);
        if (digit == 0) {
            if (!some && !(i + 1 < n && t[i + 1] == 0x70B9))
                return start;
            if (have || pending_high)
                break;
            zero = true;
            some = true;
            if (i + 1 >= n || (chinese_digit(t[i + 1]) <= 0 && t[i + 1] != 0x70B9 && t[i + 1] != 0x51E0 && scale_power(t[i + 1]) != 1))
                break;
            if (t[i + 1] == 0x70B9)
                have = true, pending = 0;
            continue;
        }
        if (digit > 0) {
            if (have) {
                /* 两三, 五六, 三五: one range; anything else ends the numeral */
                if (pending_high || !((uint64_t)digit == pending + 1 || (pending == 3 && digit == 5)) || pending == 9)
                    break;
                pending_high = (uint64_t)digit;
                continue;
            }
            pending = (uint64_t)digit;
            have = some = true;
            digits++;
            continue;
        }
        if (power > 0) {
            if (!have && !some) {
                if (power != 1) {
                    m->bare = true;
                }
                pending = 1;
            } else if (!have) {
                /* 万万, 百万: the scale multiplies what is there; 十 behind 零 stands for one ten */
                if (power <= 3)
                    pending = section == 0 && total == 0 ? 1 : power == 1 ? 1 : 0;
                if (power <= 3 && pending == 0)
                    break;
            }
            if (power <= 3) {
                if (last != 0 && last <= power && last < 4)
                    break;  /* 百 behind 十 in one section: another numeral begins */
                uint64_t p = power == 1 ? 10 : power == 2 ? 100 : 1000;
                section += pending * p;
                if (pending_high)
                    part_high = pending_high * p - pending * p;
                last = power;
            } else {
                uint64_t p = power == 4 ? 10000u : power == 8 ? 100000000u : 1000000000000u;
                if (pending_high)
                    part_high = (pending_high - pending);
                uint64_t group = section + (have ? pending : 0);
                if (group == 0 && (total == 0 || last < 4))
                    group = total ? 0 : 1;
                if (group == 0 || (total > 0 && total < p && last >= 4 && section == 0 && !have)) {
                    /* 万亿, 万万: the whole so far is scaled */
                    if (total > UINT64_MAX / p)
                        return start;
                    total = total * p;
                } else if (total > 0 && last >= 4 && total < p) {
                    if (total + group > UINT64_MAX / p)
                        return start;
                    total = (total + group) * p;
                } else {
                    if (group > UINT64_MAX / p || total > UINT64_MAX - group * p)
                        return start;
                    total += group * p;
                }
                part_high *= p;
                section = 0;
                last = power;
            }
            some = m->scaled = true;
            have = zero = false;
            pending = pending_high = 0;
            continue;
        }
        if (is_surplus(c) && i + 1 < n && some) {
            size_t k = skip_space(t, i + 1, n);
            if (k < n && scale_power(t[k]) >= 3) {
                m->bound = BOUND_above;  /* requirement 2 */
                i = k - 1;
                if (!have && section == 0)
                    have = total == 0;
                continue;
            }
            break;
        }
        if (c == 0x70B9 && have && !pending_high && i + 1 < n && chinese_digit(t[i + 1]) >= 0 && last == 0) {
            /* decimals: 三十五点六 comes here through last == 1 below */
        }
        if (c == 0x70B9 && (have || last == 1) && !pending_high && i + 1 < n && chinese_digit(t[i + 1]) >= 0 && t[i + 1] != 0x4E24) {
            d->digits = total + section + (have ? pending : 0);
            size_t k = i + 1;
            for (; k < n && chinese_digit(t[k]) >= 0 && k - i < 16; k++) {
                decimal_digit(d, chinese_digit(t[k]));
                d->exponent--;
            }
            return scales(t, k, n, m, d);
        }
        break;
    }
    if (!some)
        return start;
    size_t end = i;
    while (end > start && (t[end - 1] == ' ' || t[end - 1] == 0x3000))
        end--;
    if (have) {
        /* requirement 5: 一万三, 二百五; not 一百零五, not 十五 */
        uint64_t step = 1;
        if (!zero && last >= 2 && pending_high == 0)
            for (int k = 1; k < (last >= 4 ? 4 : last); k++)
                step *= 10;
        if (last >= 8)
            step = last == 8 ? 10000000 : 100000000000;
        if (zero || last < 2)
            step = 1;
        if (pending_high && last >= 2)
            for (int k = 1; k < (last >= 4 ? 4 : last); k++)
                step *= 10;
        section += pending * step;
        if (pending_high)
            part_high = (pending_high - pending) * step;
    }
    d->digits = total + section;
    if (part_high > 0) {
        *high = *d;
        high->digits += part_high;
    }
    m->digits = 0;
    (void)digits;
    return end;
}

/* One number without range signs. Returns the end, start when there is none. */
static size_t single(const uint16_t *t, const uint16_t *raw, size_t i, size_t n, struct numeral *m, struct decimal *d,
                     struct decimal *high)
{
    size_t start = i;
    if (is_digit(t[i])) {
        i = arabic(t, raw, i, n, d, &m->digits);
        size_t before = i;
        i = scales(t, i, n, m, d);
        if (i == before && i < n && (t[i] == 'k' || t[i] == 'K') && !(i + 1 < n && ((t[i + 1] | 32) >= 'a' && (t[i + 1] | 32) <= 'z'))) {
            d->exponent += 3;
            return i + 1;
        }
        /* 5亿1万4千6百, 13万2 (requirement 5) */
        for (int previous = i > before ? scale_power(t[i - 1]) : 0; previous > 1;) {
            size_t k = skip_space(t, i, n);
            if (k >= n || !is_digit(t[k]))
                break;
            struct decimal more = {0};
            struct numeral sub = {.low = NAN};
            uint8_t whole = 0;
            size_t e = arabic(t, raw, k, n, &more, &whole), s = scales(t, e, n, &sub, &more);
            int power = s > e ? scale_power(t[s - 1]) : 0;
            if (power > 0 && power < previous && sub.bound == BOUND_exact) {
                decimal_add(d, more);
                i = s;
                previous = power;
                continue;
            }
            if (power == 0 && whole == 1 && e == k + 1 && k == i && previous >= 4 && !(e < n && (t[e] == '.' || t[e] == '%' || t[e] == '-'))) {
                more.exponent += previous == 4 ? 3 : previous == 8 ? 7 : 11;
                decimal_add(d, more);
                i = e;
            }
            break;
        }
        return i;
    }
    m->chinese = true;
    i = chinese(t, i, n, m, d, high);
    return i > start ? i : start;
}

static bool range_sign(uint16_t c)
{
    return c == '-' || c == '~' || c == 0x2014 || c == 0x2013 || c == 0x2015 || c == 0x2500 || c == 0x301C || c == 0xFF5E ||
           c == 0x81F3 || c == 0x5230;  /* - ~ — – ― ─ 〜 ～ 至 到 */
}

static bool fill(struct numeral *m, double value)
{
    m->value = value;
    m->low = m->high = NAN;
    return isfinite(value);
}

static bool fill_range(struct numeral *m, struct decimal low, struct decimal high)
{
    /* the middle of two decimals is a decimal: (low + high) × 5 / 10 */
    struct decimal middle = low;
    decimal_add(&middle, high);
    if (middle.digits > UINT64_MAX / 5)
        middle.overflow = true;
    middle.digits *= 5;
    middle.exponent -= 1;
    m->value = decimal_value(middle);
    m->low = decimal_value(low);
    m->high = decimal_value(high);
    m->bound = BOUND_range;
    return isfinite(m->value);
}

bool numeral_scan(const uint16_t *t, const uint16_t *raw, size_t start, size_t n, struct numeral *m)
{
    *m = (struct numeral){.start = (uint32_t)start, .low = NAN, .high = NAN};
    struct decimal d = {0}, high = {0};
    size_t i = start;
    /* 几十, 数百: no more than the scale is known */
    if (t[i] == 0x51E0 || t[i] == 0x6570) {
        if (i + 1 >= n || scale_power(t[i + 1]) == 0)
            return false;
        i++;
        m->bound = BOUND_above;
    }
    if (t[i] == 0x767E && i + 2 < n && t[i + 1] == 0x5206 && t[i + 2] == 0x4E4B) {  /* 百分之 */
        m->ratio = true;
        i += 3;
    } else if (t[i] == 0x5343 && i + 2 < n && t[i + 1] == 0x5206 && t[i + 2] == 0x4E4B) {
        m->ratio = m->permille = true;
        i += 3;
    }
    if (i >= n || !(is_digit(t[i]) || chinese_digit(t[i]) >= 0 || scale_power(t[i]) > 0))
        return false;
    size_t end = single(t, raw, i, n, m, &d, &high);
    if (end == i || d.overflow)
        return false;
    if (i > start)
        m->bare = false;
    m->end = (uint32_t)end;
    if (high.digits > 0)
        return fill_range(m, d, high);
    /* 三分之一, 五分之四 */
    if (!m->ratio && end + 2 < n && t[end] == 0x5206 && t[end + 1] == 0x4E4B &&
        (is_digit(t[end + 2]) || chinese_digit(t[end + 2]) > 0)) {
        struct decimal top = {0};
        struct numeral sub = {.low = NAN};
        size_t e = single(t, raw, end + 2, n, &sub, &top, &high);
        if (e > end + 2 && d.digits > 0) {
            m->end = (uint32_t)e;
            m->ratio = m->scaled = true;
            return fill(m, 100 * decimal_value(top) / decimal_value(d));
        }
    }
    /* 三成, 五成五: tenths */
    if (m->chinese && d.digits <= 10 && d.exponent == 0 && end < n && t[end] == 0x6210 && !m->scaled + (d.digits == 10) &&
        (end + 1 >= n || !(t[end + 1] == 0x4E3A || t[end + 1] == 0x7ACB || t[end + 1] == 0x529F || t[end + 1] == 0x679C || t[end + 1] == 0x54C1 || t[end + 1] == 0x7EE9))) {
        d.exponent++;
        end++;
        if (end < n && chinese_digit(t[end]) > 0) {
            d.exponent--;
            d.digits = d.digits * 10 + (uint64_t)chinese_digit(t[end]);
            end++;
        }
        m->ratio = m->scaled = true;
        m->end = (uint32_t)end;
        return fill(m, decimal_value(d));
    }
    /* A—B万 (requirement 4) */
    if (m->bound == BOUND_exact && end + 1 < n && range_sign(t[end])) {
        size_t k = end + 1;
        while (k < n && range_sign(t[k]) && k - end < 3)
            k++;
        if (k < n && (m->chinese ? chinese_digit(t[k]) > 0 || scale_power(t[k]) > 0 : is_digit(t[k]))) {
            struct decimal to = {0}, none = {0};
            struct numeral sub = {.low = NAN};
            size_t e = single(t, raw, k, n, &sub, &to, &none);
            if (e > k && !to.overflow && none.digits == 0) {
                struct decimal from = d;
                int shared = sub.scaled && !m->chinese ? scale_power(t[e - 1]) : 0;
                struct decimal scaled = from;
                scaled.exponent += shared;
                /* share the scale unless the start already is as large as a start can be */
                if (shared && !m->scaled && decimal_value(scaled) < decimal_value(to))
                    from = scaled;
                if (decimal_value(from) < decimal_value(to)) {
                    m->end = (uint32_t)e;
                    m->scaled |= sub.scaled;
                    return fill_range(m, from, to);
                }
            }
        }
    }
    return fill(m, decimal_value(d));
}
