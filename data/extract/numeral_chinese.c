/* numeral_chinese.c — one number with scales: 三千零五万, 二百五, 两三百, 5亿1万4千, 20多万, 二〇一九, 三十五点六.
 *
 * Requirements:
 *  1. Groups of at most four places stand before 万 亿 兆; a scale that is not smaller than the one before it
 *     multiplies all that stands before it (万亿, 一万五千亿).
 *  2. A digit at the end counts in the place below the last scale (二百五, 13万2), unless 零 stands before it.
 *  3. Two neighbouring digits are a range (两三百, 一百五六); so is 三五. Three or more digits, or two of which one is
 *     zero, are a string of digits (二〇一九).
 *  4. 余 多 来 几 before 万 or 亿, and 几 before any scale, leave the value below them open.
 *  5. Arabic digits go on behind a scale only where nothing else can be meant: 100万2个 is 100万 and 2个, 5万2019年 is 5万.
 *  6. A unit that begins with a scale is a unit: 千瓦, 兆帕, 百分点.
 *  7. Nothing is read twice, but for a look at what follows a piece, of at most a numeral's length. */
#include "data/extract/numeral.h"

#define PIECES_MAX 64  /* characters of one numeral with scales; the longest sensible one has some forty */

#define DIGIT(unit, value) [DIGIT_SLOT(unit)] = {unit, value, 0, true}
#define SCALE(unit, power) [DIGIT_SLOT(unit)] = {unit, -1, power, true}
const struct digit digit_table[DIGIT_SLOTS] = {
    [DIGIT_SLOT(0)] = {0xFFFF, -1, 0, false},  /* what stands behind a text's end is no digit */
    DIGIT(0x96F6, 0), DIGIT(0x3007, 0), [DIGIT_SLOT(0x25CB)] = {0x25CB, 0, 0, false},  /* 零 〇 ○ */
    DIGIT(0x4E00, 1), DIGIT(0x58F9, 1),                                        /* 一 壹 */
    DIGIT(0x4E8C, 2), DIGIT(0x8D30, 2), DIGIT(0x4E24, 2), DIGIT(0x4FE9, 2),    /* 二 贰 两 俩 */
    DIGIT(0x4E09, 3), DIGIT(0x53C1, 3), DIGIT(0x56DB, 4), DIGIT(0x8086, 4),    /* 三 叁 四 肆 */
    DIGIT(0x4E94, 5), DIGIT(0x4F0D, 5), DIGIT(0x516D, 6), DIGIT(0x9646, 6),    /* 五 伍 六 陆 */
    DIGIT(0x4E03, 7), DIGIT(0x67D2, 7), DIGIT(0x516B, 8), DIGIT(0x634C, 8),    /* 七 柒 八 捌 */
    DIGIT(0x4E5D, 9), DIGIT(0x7396, 9),                                        /* 九 玖 */
    SCALE(0x5341, 1), SCALE(0x62FE, 1), SCALE(0x767E, 2), SCALE(0x4F70, 2),    /* 十 拾 百 佰 */
    SCALE(0x5343, 3), SCALE(0x4EDF, 3), SCALE(0x4E07, 4), SCALE(0x4EBF, 8),    /* 千 仟 万 亿 */
    SCALE(0x5146, 12),                                                         /* 兆 */
    SCALE(0x51E0, 0), SCALE(0x6570, 0), SCALE(0x534A, 0),                      /* 几 数 半: only open a numeral */
};

size_t skip_blanks(const uint16_t *t, size_t i, size_t n)
{
    size_t k = i;
    while (k < n && k - i < NUMERAL_BLANKS && (t[k] == ' ' || t[k] == 0x3000 || t[k] == 0xA0))
        k++;
    return k;
}

struct reader {
    const uint16_t *t, *raw;
    size_t n;
    struct part *part;
    uint64_t total, section, pending;  /* above the last 万 or 亿; since then; the digit that waits for its scale */
    uint64_t spread, gap;              /* how much higher a range's end is: of what has its scale, and of pending */
    int big, small;                    /* the last of 万 亿 兆, and of 十 百 千 since then: powers, 0 for none */
    bool waiting;                      /* pending holds a digit */
    bool zero;                         /* 零 was read since the last scale */
    bool plain;                        /* pending counts as it stands (requirement 2) */
    bool some, digit;                  /* anything, any digit or 十, was read */
};

static uint64_t power_of_ten(int power)
{
    uint64_t value = 1;
    while (power-- > 0)
        value *= 10;
    return value;
}

static bool one_of(uint16_t c, const uint16_t *set)
{
    for (; *set != 0; set++)
        if (*set == c)
            return true;
    return false;
}

static uint16_t at(const struct reader *r, size_t i)
{
    return i < r->n ? r->t[i] : 0;
}

/* The scale at i, or 0; a unit's first character is none (requirement 6). */
static int scale_at(const struct reader *r, size_t i)
{
    static const uint16_t units[] = {0x74E6, 0x4F0F, 0x5E15, 0x7126, 0x5361, 0x8D6B, 0};  /* 瓦 伏 帕 焦 卡 赫 */
    static const uint16_t measures[] = {0x514B, 0x7C73, 0};                             /* 克 米 */
    static const uint16_t money[] = {0x5143, 0x7F8E, 0x65E5, 0x97E9, 0x53F0, 0x65B0, 0};  /* 元 美 日 韩 台 新 */
    int power = i < r->n ? scale_power(r->t[i]) : 0;
    uint16_t next = at(r, i + 1);
    switch (power) {
    case 1: return r->part->arabic ? 0 : 1;  /* nobody writes 3十 */
    case 2: return next == 0x5206 && (at(r, i + 2) == 0x70B9 || at(r, i + 2) == 0x6BD4) ? 0 : 2;  /* 分点 分比 */
    case 3: return one_of(next, units) || (r->part->arabic && one_of(next, measures)) ? 0 : 3;
    case 12:
        return chinese_digit(next) >= 0 || arabic_digit(next) || scale_power(next) > 0 || one_of(next, money) ? 12 : 0;
    default: return power;
    }
}

/* The place that a digit without a scale would have below the last one (requirement 2). */
static uint64_t place_below(const struct reader *r)
{
    int last = r->small != 0 ? r->small : r->big;
    if (r->zero || r->plain || last < 2)
        return 1;
    return power_of_ten(last - 1);
}

static bool settle_pending(struct reader *r)
{
    uint64_t place = place_below(r), value;
    if (r->waiting && (__builtin_mul_overflow(r->pending, place, &value) || __builtin_add_overflow(r->section, value, &r->section)))
        return false;
    r->spread += r->gap * place;
    r->pending = r->gap = 0;
    r->waiting = r->zero = r->plain = false;
    return true;
}

/* 十 百 千. Returns false where another numeral begins. */
static bool small_scale(struct reader *r, int power)
{
    uint64_t value;
    if (r->small != 0 && power >= r->small)
        return false;
    if (!r->waiting) {
        if (r->some && !(r->zero && power == 1))
            return false;
        r->pending = 1;
        r->part->bare = power != 1;
        r->digit |= power == 1;
    }
    if (__builtin_mul_overflow(r->pending, power_of_ten(power), &value) || __builtin_add_overflow(r->section, value, &r->section))
        return false;
    r->spread += r->gap * power_of_ten(power);
    r->small = power;
    r->part->power = r->part->arabic ? r->part->power + power : power;
    return true;
}

/* 万 亿 兆 (requirement 1) */
static bool big_scale(struct reader *r, int power)
{
    struct reader before = *r;
    uint64_t p = power_of_ten(power), group, total;
    r->plain |= r->small == 0;  /* 2亿3000万: the digits fill the group by themselves */
    bool overflow = !settle_pending(r);
    group = r->section;
    if (!r->some) {
        group = 1;
        r->part->bare = true;
    }
    if (r->big == 0 || r->big <= power)
        overflow |= __builtin_add_overflow(r->total, group, &total) || __builtin_mul_overflow(total, p, &total);
    else
        overflow |= __builtin_mul_overflow(group, p, &total) || __builtin_add_overflow(r->total, total, &total);
    overflow |= __builtin_mul_overflow(r->spread, p, &r->spread) || (group == 0 && r->big > power);
    if (overflow) {
        *r = before;
        return false;
    }
    r->total = total;
    r->section = 0;
    r->small = 0;
    r->big = power;
    r->part->power = (r->part->arabic || r->part->power >= 4 ? r->part->power : 0) + power;
    return true;
}

static bool take_scale(struct reader *r, int power)
{
    if (!(power <= 3 ? small_scale(r, power) : big_scale(r, power)))
        return false;
    r->pending = r->gap = 0;
    r->waiting = r->zero = r->plain = false;
    r->some = r->part->scaled = true;
    return true;
}

/* 零 between places: something must follow that it can keep apart. */
static bool take_zero(struct reader *r, size_t i)
{
    size_t next = skip_blanks(r->t, i + 1, r->n);
    uint16_t c = at(r, next);
    if (!r->some || r->waiting || r->zero || r->spread > 0)
        return false;
    if (!(r->part->arabic ? arabic_digit(c) : chinese_digit(c) > 0 || scale_power(c) == 1) &&
        !(c == 0x51E0 && scale_at(r, skip_blanks(r->t, next + 1, r->n)) > 0))
        return false;
    r->zero = true;
    return true;
}

static bool take_digit(struct reader *r, int digit, bool blank)
{
    if (r->spread > 0 || (r->part->bare && r->big > 0))  /* 万一 */
        return false;
    if (r->waiting) {
        bool neighbours = (uint64_t)digit == r->pending + 1 || (r->pending == 3 && digit == 5);
        if (blank || r->gap > 0 || !neighbours)
            return false;
        r->gap = (uint64_t)digit - r->pending;  /* requirement 3 */
        return true;
    }
    r->pending = (uint64_t)digit;
    r->waiting = r->some = r->digit = true;
    r->part->bare = false;
    r->part->power = 0;
    return true;
}

/* Arabic digits behind a scale (requirement 5). Returns their end, or i. */
static size_t take_arabic(struct reader *r, size_t i, bool blank)
{
    static const uint16_t closing[] = {0x5143, 0x5757, 0x4F59, 0x591A, 0x5DE6, 0x4EA9, 0};  /* 元 块 余 多 左 亩 */
    struct part more = {.arabic = true};
    int last = r->small != 0 ? r->small : r->big;
    if (r->waiting || r->spread > 0 || last == 0)
        return i;
    size_t end = arabic_scan(r->t, r->raw, i, r->n, &more);
    if (more.point || more.low.exponent != 0 || more.whole > 8 || more.low.digits >= power_of_ten(last))
        return i;
    int power = scale_at(r, skip_blanks(r->t, end, r->n));
    uint16_t next = at(r, end);
    bool fills = more.whole == last || r->zero;
    if (power > 0) {
        /* 1万4千 goes on below; 2千零30万 closes the group that 2千 opened */
        bool below = power < last && more.low.digits < power_of_ten(last - power);
        if (!below && !(power >= 4 && r->small != 0 && fills))
            return i;
    } else if (blank || next == 0x5E74 || next == '.' || next == '%' || next == '-' || next == ':' || next == '/') {
        return i;
    } else if (!fills && !(more.whole == 1 && more.low.digits > 0 && last >= 3 && (next < 0x3400 || one_of(next, closing)))) {
        return i;
    }
    r->plain = fills && power == 0;
    r->pending = more.low.digits;
    r->waiting = true;
    r->part->power = 0;
    return end;
}

/* 余 多 来 几 inside the number (requirement 4). Returns the end of what was read, or i. */
static size_t take_surplus(struct reader *r, size_t i)
{
    uint16_t c = at(r, i);
    if (!(c == 0x4F59 || c == 0x591A || c == 0x6765 || c == 0x51E0) || !r->some || r->spread > 0 || r->gap > 0)
        return i;
    size_t next = skip_blanks(r->t, i + 1, r->n);
    int power = scale_at(r, next), last = r->small != 0 ? r->small : r->big;
    bool within = c == 0x51E0 && power > 0 && power <= 3 && !r->waiting && power < last;  /* 一千几百 */
    if (!within && power < 4)
        return i;
    r->part->bound = c == 0x6765 ? BOUND_about : BOUND_above;
    r->part->bare = r->zero = false;
    if (!within)
        return i + 1;
    r->small = power;
    return next + 1;
}

/* Scales behind a decimal: 4.78万亿, 三点五余万. */
static size_t scale_decimal(struct reader *r, size_t i)
{
    for (;;) {
        size_t k = skip_blanks(r->t, i, r->n);
        uint16_t c = at(r, k);
        bool surplus = c == 0x4F59 || c == 0x591A;
        size_t s = surplus ? skip_blanks(r->t, k + 1, r->n) : k;
        int power = scale_at(r, s);
        if (power < (surplus ? 4 : 2) || r->part->low.exponent > 100)
            return i;
        if (surplus)
            r->part->bound = BOUND_above;
        r->part->low.exponent += power;
        r->part->high = r->part->low;
        r->part->power += power;
        r->part->scaled = true;
        i = s + 1;
    }
}

/* 点 and the digits behind it: 三十五点六, 二十六 点三三. Returns the end, or i. */
static size_t take_point(struct reader *r, size_t i)
{
    size_t k = skip_blanks(r->t, i + 1, r->n), first = k;
    if (at(r, i) != 0x70B9 || !r->digit || r->spread > 0 || r->gap > 0)
        return i;
    while (k < r->n && k - first < 20 && chinese_digit(r->t[k]) >= 0 && r->t[k] != 0x4E24)
        k++;
    /* 三点两个, 八点三十分, 八点五分 */
    if (k == first || scale_power(at(r, k)) == 1 || (at(r, k) == 0x5206 && at(r, k + 1) != 0x4E4B))
        return i;
    if (!settle_pending(r) || __builtin_add_overflow(r->total, r->section, &r->part->low.digits))
        return i;
    for (size_t digit = first; digit < k; digit++) {
        decimal_digit(&r->part->low, chinese_digit(r->t[digit]));
        r->part->low.exponent--;
    }
    r->part->high = r->part->low;
    r->part->point = true;
    r->part->power = 0;
    return scale_decimal(r, k);
}

/* Requirement 3: the end of a string of digits from i, or i. */
static size_t digit_string(struct reader *r, size_t i)
{
    size_t end = i;
    bool zero = false;
    while (end < r->n && chinese_digit(r->t[end]) >= 0 && r->t[end] != 0x4E24) {
        zero |= chinese_digit(r->t[end]) == 0;
        end++;
    }
    int power = scale_power(at(r, end));
    if (end - i < (zero ? 2 : 3) || (power > 0 && power < 4) || (power > 0 && !zero))
        return i;
    for (size_t k = i; k < end; k++)
        decimal_digit(&r->part->low, chinese_digit(r->t[k]));
    r->part->high = r->part->low;
    return scale_decimal(r, end);
}

size_t part_scan(const uint16_t *t, const uint16_t *raw, size_t i, size_t n, struct part *part)
{
    *part = (struct part){.arabic = i < n && arabic_digit(t[i])};
    struct reader r = {.t = t, .raw = raw, .n = n, .part = part};
    size_t start = i, end = i, solid = i;  /* solid: the end without a 零 that nothing followed */
    if (part->arabic) {
        end = arabic_scan(t, raw, i, n, part);
        if (part->point || part->low.exponent != 0)
            return scale_decimal(&r, end);
        r.pending = part->low.digits;
        r.waiting = r.some = r.digit = true;
        solid = end;
    } else if (chinese_digit(at(&r, i)) == 0 && at(&r, skip_blanks(t, i + 1, n)) == 0x70B9) {
        r.waiting = r.some = r.digit = true;  /* 零点五 */
        end = take_point(&r, skip_blanks(t, i + 1, n));
        return part->point ? end : start;
    } else if ((end = digit_string(&r, i)) > i) {
        return end;
    }
    while (end - start < PIECES_MAX) {
        size_t k = skip_blanks(t, end, n), next = k;
        if (k >= n || (k > end && !r.some))
            break;
        int digit = chinese_digit(t[k]), power = scale_at(&r, k);
        if (digit == 0)
            next += take_zero(&r, k);
        else if (digit > 0 && !part->arabic)
            next += take_digit(&r, digit, k > end);
        else if (part->arabic && arabic_digit(t[k]))
            next = take_arabic(&r, k, k > end);
        else if (power > 0)
            next += take_scale(&r, power);
        else if ((next = take_surplus(&r, k)) == k && !part->arabic && (next = take_point(&r, k)) > k)
            return next;
        if (next == k)
            break;
        end = next;
        solid = r.zero && !r.waiting ? solid : end;
    }
    end = solid;
    if (!r.some || !settle_pending(&r))
        return start;
    uint64_t high;
    if (__builtin_add_overflow(r.total, r.section, &part->low.digits) || __builtin_add_overflow(part->low.digits, r.spread, &high))
        return start;
    part->high = (struct decimal){high, 0};
    part->range = r.spread > 0;
    return end;
}
