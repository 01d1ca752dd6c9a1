/* numeral.c — numerals as a text holds them: a number (numeral_chinese.c, numeral_arabic.c), and what turns one or two of
 * them into a fraction, tenths or a range.
 *
 * Requirements:
 *  1. Exact decimals: digits and powers of ten are kept apart and become a double once, correctly rounded.
 *  2. A range shares the scale of its end where that leaves it ascending: 3—5万 is 30,000 to 50,000, 3000—5万 is not;
 *     its value is its middle. Telephone numbers and chains (010-8888, 138-1234-5678) are no ranges.
 *  3. Fractions, tenths, discounts and halves are percentages (ratio): 五分之一 is 20, 三成半 35, 八折 80, 半数 50;
 *     with 又 before the fraction they are plain numbers (三又二分之一 is 3.5).
 *  4. 几 and 数 before a scale say no more than the scale: 数百 is 100 or more.
 *  5. A mark is read only when a number follows it: of 100万，2019年 or 得分之后 nothing is swallowed. */
#include "data/extract/numeral.h"

#include <math.h>

#define YI 0x4E00u
#define BAN 0x534Au    /* 半 */
#define CHENG 0x6210u  /* 成 */
#define ZHE 0x6298u    /* 折 */
#define JI 0x51E0u     /* 几 */
#define SHU 0x6570u    /* 数 */

bool numeral_negative(const uint16_t *t, size_t start)
{
    static const uint16_t words[] = {0x80A9, 0x62C5, 0x80CC, 0x81EA, 0x51CF, 0x80DC, 0x62B1, 0x8F9C, 0x6B3A, 0};
    if (start == 0 || !(t[start - 1] == '-' || t[start - 1] == 0x2212 || t[start - 1] == 0x8D1F))
        return false;
    uint16_t c = start >= 2 ? t[start - 2] : ' ';
    if (t[start - 1] == 0x8D1F) {  /* 肩负 担负 背负 自负 减负 胜负 抱负 辜负 欺负 */
        for (const uint16_t *word = words; *word != 0; word++)
            if (c == *word)
                return false;
        return true;
    }
    /* a hyphen behind a word, a unit or another number joins it to what follows */
    return c == ' ' || c == '\t' || c == '\n' || c == 0x3000 || c == '(' || c == 0xFF08 || c == ':' || c == ',' || c == 0xFF0C ||
           c == 0x3001 || c == '|' || (c >= 0x4E00 && c < 0xA000 && !numeral_starts(c));
}

static uint16_t at(const uint16_t *t, size_t i, size_t n)
{
    return i < n ? t[i] : 0;
}

static bool one_of(uint16_t c, const uint16_t *set)
{
    for (; *set != 0; set++)
        if (*set == c)
            return true;
    return false;
}

/* Over a range mark at i; i where there is none or no number follows it. */
static size_t range_mark(const uint16_t *t, size_t i, size_t n)
{
    /* - ~ — – ― ─ 〜 ～ 至 到 */
    static const uint16_t marks[] = {'-', '~', 0x2014, 0x2013, 0x2015, 0x2500, 0x301C, 0xFF5E, 0x81F3, 0x5230, 0};
    size_t k = i;
    while (k < n && k - i < 3 && one_of(t[k], marks))
        k++;
    uint16_t c = at(t, k, n);
    return arabic_digit(c) || chinese_digit(c) > 0 || scale_power(c) > 0 ? k : i;
}

/* Over 分之 at i, to the number behind it; i where there is none. */
static size_t fraction_mark(const uint16_t *t, size_t i, size_t n)
{
    size_t k = skip_blanks(t, i, n);
    if (at(t, k, n) != 0x5206)
        return i;
    k = skip_blanks(t, k + 1, n);
    if (at(t, k, n) != 0x4E4B)
        return i;
    k = skip_blanks(t, k + 1, n);
    uint16_t c = at(t, k, n);
    return arabic_digit(c) || chinese_digit(c) >= 0 || scale_power(c) > 0 || (c == JI && scale_power(at(t, k + 1, n)) > 0) ? k : i;
}

static bool fill(struct numeral *m, double low, double high, double middle)
{
    m->value = middle;
    m->low = m->high = NAN;
    if (low < high) {
        m->low = low;
        m->high = high;
        m->bound = BOUND_range;
    }
    return isfinite(middle);
}

static bool fill_decimals(struct numeral *m, struct decimal low, struct decimal high)
{
    if (low.digits == high.digits && low.exponent == high.exponent) {
        double value = decimal_value(low);
        return fill(m, value, value, value);
    }
    return fill(m, decimal_value(low), decimal_value(high), decimal_value(decimal_middle(low, high)));
}

/* 百分之三, 三分之一, 百分之三到百分之五: `below` is the denominator, k the numerator's place. Returns the end, or 0. */
static size_t fraction(const uint16_t *t, const uint16_t *raw, size_t k, size_t n, const struct part *below, struct numeral *m)
{
    struct part above, to;
    bool open = at(t, k, n) == JI;  /* 百分之几十 */
    size_t end = part_scan(t, raw, k + open, n, &above);
    if (end == k + open || below->low.digits == 0 || below->range)
        return 0;
    m->ratio = m->scaled = true;
    m->permille = below->bare && below->low.digits == 1000;
    m->bound = open ? BOUND_above : above.bound;
    struct decimal whole = below->low, high = above.high;
    if (m->permille)
        whole.exponent = -1;
    size_t second = range_mark(t, end, n);
    if (second > end && !above.range) {
        struct part again;
        size_t e = part_scan(t, raw, second, n, &again), numerator = fraction_mark(t, e, n);
        if (e > second && numerator > e) {
            e = again.low.digits == below->low.digits ? part_scan(t, raw, numerator, n, &to) : numerator;
            second = numerator;
        } else {
            to = again;
        }
        if (e > second && !to.range && decimal_value(above.low) < decimal_value(to.low)) {
            high = to.low;
            end = e;
        }
    }
    double middle = decimal_percent(decimal_middle(above.low, high), whole);
    return fill(m, decimal_percent(above.low, whole), decimal_percent(high, whole), middle) ? end : 0;
}

/* 三又二分之一: behind the whole number, at 又. Returns the end, or 0. */
static size_t mixed_fraction(const uint16_t *t, const uint16_t *raw, size_t end, size_t n, const struct part *whole, struct numeral *m)
{
    struct part below, above;
    size_t k = skip_blanks(t, end, n);
    if (at(t, k, n) != 0x53C8 || whole->range)
        return 0;
    k = skip_blanks(t, k + 1, n);
    size_t e = k < n ? part_scan(t, raw, k, n, &below) : k, numerator = e > k ? fraction_mark(t, e, n) : e;
    if (numerator == e || below.low.digits == 0)
        return 0;
    e = part_scan(t, raw, numerator, n, &above);
    if (e == numerator)
        return 0;
    double value = decimal_value(whole->low) + decimal_value(above.low) / decimal_value(below.low);
    m->scaled = true;
    return fill(m, value, value, value) ? e : 0;
}

/* 2/3: short whole numbers that are part of no date, page or ratio chain. Returns the end, or 0. */
static size_t slash_fraction(const uint16_t *t, const uint16_t *raw, size_t start, size_t end, size_t n, const struct part *above,
                             struct numeral *m)
{
    static const uint16_t dates[] = {0x5E74, 0x6708, 0x65E5, 0x53F7, '/', '.', '-', ':', '%', 0};  /* 年 月 日 号 */
    struct part below;
    uint16_t before = start > 0 ? t[start - 1] : 0;
    if (!above->arabic || above->scaled || above->point || above->whole > 4 || at(t, end, n) != '/' || !arabic_digit(at(t, end + 1, n)) ||
        before == '/' || before == '.' || before == ':')
        return 0;
    size_t e = part_scan(t, raw, end + 1, n, &below);
    if (below.scaled || below.point || below.whole > 4 || below.low.digits == 0 || one_of(at(t, e, n), dates) ||
        ((at(t, e, n) | 32) >= 'a' && (at(t, e, n) | 32) <= 'z'))
        return 0;
    double value = decimal_percent(above->low, below.low);
    m->ratio = m->scaled = m->slash = true;
    return fill(m, value, value, value) ? e : 0;
}

/* The decimals of A—B, with the scale that they share (requirement 2). Returns the end, or `end` when it is no range. */
static size_t range(const uint16_t *t, const uint16_t *raw, size_t start, size_t end, size_t n, struct part *from)
{
    struct part to;
    size_t k = range_mark(t, end, n);
    if (k == end || from->range || from->bound != BOUND_exact)
        return end;
    bool telephone = from->arabic && from->whole > 1 && t[start] == '0';
    bool chained = start >= 2 && t[start - 1] == '-' && arabic_digit(t[start - 2]);
    if (telephone || chained || from->arabic != arabic_digit(t[k]))
        return end;
    size_t e = part_scan(t, raw, k, n, &to);
    if (e == k || to.range || (at(t, e, n) == '-' && arabic_digit(at(t, e + 1, n))) || fraction_mark(t, e, n) > e)
        return end;
    struct decimal low = from->low, shared = low;
    shared.exponent += to.power;
    /* 三到五百 shares, 一到二十 does not; 五十到六十万 shares, 五千万到一亿 does not */
    bool may = from->arabic ? !from->scaled : to.power >= 4 ? from->power < 4 : to.power >= 2 && !from->scaled;
    if (may && decimal_value(shared) < decimal_value(to.low))
        low = shared;
    if (decimal_value(low) >= decimal_value(to.low))
        return end;
    from->low = low;
    from->high = to.low;
    from->range = true;
    from->scaled |= to.scaled;
    from->bound = to.bound == BOUND_exact ? BOUND_range : to.bound;
    return e;
}

/* 三成, 七成六, 三成半; 八折, 9.5折. Returns the end with the decimals as percentages, or `end`. */
static size_t tenths(const uint16_t *t, size_t end, size_t n, struct part *p)
{
    /* 成为 成立 成功 成果 成品 成绩 成员 成人 成年 成本 成分 成份 成就 成长 成都 成交 成活 成型 成熟 成套 成群 成片 成排 成行 成家 成县 成市
     * 成材 成林 成虫 成效 */
    static const uint16_t become[] = {0x4E3A, 0x7ACB, 0x529F, 0x679C, 0x54C1, 0x7EE9, 0x5458, 0x4EBA, 0x5E74, 0x672C, 0x5206,
                                      0x4EFD, 0x5C31, 0x957F, 0x90FD, 0x4EA4, 0x6D3B, 0x578B, 0x719F, 0x5957, 0x7FA4, 0x7247,
                                      0x6392, 0x884C, 0x5BB6, 0x53BF, 0x5E02, 0x6750, 0x6797, 0x866B, 0x6548, 0};
    /* 折合 折股 折算 折叠 折旧 折射 折断 折线 折返 折页 */
    static const uint16_t fold[] = {0x5408, 0x80A1, 0x7B97, 0x53E0, 0x65E7, 0x5C04, 0x65AD, 0x7EBF, 0x8FD4, 0x9875, 0};
    size_t k = skip_blanks(t, end, n);
    uint16_t c = at(t, k, n), next = at(t, k + 1, n);
    if (c != CHENG && c != ZHE)
        return end;
    double high = decimal_value(p->high);
    if (p->bare || p->bound == BOUND_above || p->bound == BOUND_about || p->low.digits == 0)
        return end;
    if (c == CHENG && high <= 10 && p->whole <= 2 && !one_of(next, become)) {
        p->low.exponent++;
        p->high.exponent++;
        end = k + 1;
        size_t digit = skip_blanks(t, end, n);
        int value = at(t, digit, n) == BAN ? 5 : chinese_digit(at(t, digit, n));
        /* 七成六; behind a blank only where a word cannot begin with it */
        if (value > 0 && !p->range && !p->point && (digit == end || at(t, digit + 1, n) < 0x3400)) {
            p->low = p->high = (struct decimal){p->low.digits * 10 + (uint64_t)value, 0};
            end = digit + 1;
        }
        return end;
    }
    if (c == ZHE && high < 100 && high != 10 && p->whole <= 2 && !one_of(next, fold) && (high < 10 || (!p->point && !p->range))) {
        p->low.exponent += high < 10;
        p->high.exponent += high < 10;
        return k + 1;
    }
    return end;
}

/* Two digits before 折: 九九折, 三 八 折. Returns the end, or i. */
static size_t discount(const uint16_t *t, size_t i, size_t n, struct decimal *d)
{
    int first = chinese_digit(at(t, i, n));
    size_t k = skip_blanks(t, i + 1, n);
    int second = first > 0 ? chinese_digit(at(t, k, n)) : 0;
    size_t e = second > 0 ? skip_blanks(t, k + 1, n) : n;
    if (second <= 0 || second == first + 1 || at(t, e, n) != ZHE)
        return i;
    *d = (struct decimal){(uint64_t)(first * 10 + second), 0};
    return e + 1;
}

/* 半数, 一半, 半成, 半折, 半百; 半 itself is bare (近半, 过半). Returns the end, or i. */
static size_t half(const uint16_t *t, size_t i, size_t n, struct numeral *m, struct decimal *d)
{
    /* 半年 半个 半小时 半天 半月 半日 半世 半辈 半生 半夜 半途 半路 半岛 半径 半导 半山 半亩 半斤 … need a unit of their own */
    static const uint16_t ends[] = {0, ',', ';', ':', '.', ')', 0x3002, 0x3001, 0xFF0C, 0xFF1B, 0xFF09, '\n', 0x7684};
    bool one = t[i] == YI;
    size_t k = i + one;
    uint16_t next = at(t, k + 1, n);
    if (at(t, k, n) != BAN)
        return i;
    *d = (struct decimal){50, 0};
    m->chinese = m->scaled = true;
    if (!one && scale_power(next) == 2)
        return k + 2;
    m->ratio = true;
    if (one)
        return k + 1;
    if (next == SHU)
        return k + 2;
    if (next == ZHE)
        return k + 2;
    if (next == CHENG && at(t, k + 2, n) != 0x54C1) {
        d->digits = 5;
        return k + 2;
    }
    for (size_t e = 0; e < sizeof ends / sizeof *ends; e++)
        if (next == ends[e]) {
            m->bare = true;
            return k + 1;
        }
    return i;
}

bool numeral_scan(const uint16_t *t, const uint16_t *raw, size_t start, size_t n, struct numeral *m)
{
    *m = (struct numeral){.start = (uint32_t)start, .low = NAN, .high = NAN};
    struct decimal d;
    size_t i = start, end;
    if (start >= n)
        return false;
    if (t[i] == BAN || (t[i] == YI && at(t, i + 1, n) == BAN)) {
        end = half(t, i, n, m, &d);
        m->end = (uint32_t)end;
        return end > i && fill_decimals(m, d, d);
    }
    bool open = t[i] == JI || t[i] == SHU;  /* requirement 4 */
    if (open && (i + 1 >= n || scale_power(t[i + 1]) == 0))
        return false;
    i += open;
    if (!numeral_starts(t[i]))
        return false;
    if ((end = discount(t, i, n, &d)) > i) {
        m->chinese = m->scaled = m->ratio = true;
        m->end = (uint32_t)end;
        return fill_decimals(m, d, d);
    }
    struct part p;
    end = part_scan(t, raw, i, n, &p);
    if (end == i)
        return false;
    /* .5 without a digit before the point */
    if (p.arabic && !p.point && i > 0 && t[i - 1] == '.' && p.low.exponent == 0 &&
        (i < 2 || t[i - 2] == ' ' || t[i - 2] == '-' || t[i - 2] == '(' || t[i - 2] == '\n')) {
        p.low.exponent = p.high.exponent = -(int)p.whole;
        m->start--;
    }
    m->chinese = !p.arabic;
    m->digits = p.whole;
    m->scaled = p.scaled;
    m->bare = p.bare && !open;
    m->bound = open ? BOUND_above : p.bound;
    size_t mark = fraction_mark(t, end, n), e;
    if (mark > end && open)
        return false;  /* 人数百分之五 */
    if ((mark > end && (e = fraction(t, raw, mark, n, &p, m)) > 0) || (e = mixed_fraction(t, raw, end, n, &p, m)) > 0 ||
        (e = slash_fraction(t, raw, i, end, n, &p, m)) > 0) {
        m->end = (uint32_t)e;
        m->bare = false;
        return true;
    }
    if (!open && !p.bare)
        end = range(t, raw, i, end, n, &p);
    m->scaled = p.scaled;
    if (!open && (e = tenths(t, end, n, &p)) > end) {
        m->ratio = m->scaled = true;
        end = e;
    }
    m->end = (uint32_t)end;
    return fill_decimals(m, p.low, p.high);
}
