/* quantity.c — a numeral becomes a quantity with approximators, unit and denominator; or turns out to measure nothing.
 *
 * Requirements (what is not a quantity):
 *  1. names and slogans: a numeral joined to a letter, '+', '·' or '[', inside 《》, Chinese inside short quotation marks; web
 *     addresses are no text at all (scan.c);
 *     Nor is what a rate is counted by (每10万人);
 *  2. ordinals (第三), unless they are ranks (居第3位); durations and ages, unless a noun asks for them (优良天数338天);
 *  3. small Chinese counts with a generic counter (三个, 五大) unless something was made or given just before, or they
 *     go on with a list of counts (scan.c);
 *  4. a bare scale (万亩茶园) without an approximator before it or 余 behind it. */
#include "data/extract/document.h"

#include "data/base/number.h"
#include "data/extract/numeral.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const per_names[] = {NULL, "户", "人", "亩", "村", "月", "年", "天", "个", "斤", "公斤", "吨", "头", "株",
                                        "平方米", "立方米", "镇", "只", "件", "公顷", "公里", "袋", "箱", "小时", "县", "平方公里",
                                        "百人", "千人", "万人", "10万人", "百户"};

const char *per_name(unsigned code)
{
    return code < sizeof per_names / sizeof *per_names ? per_names[code] : NULL;
}

static unsigned per_code(const char *name)
{
    for (unsigned i = 1; i < sizeof per_names / sizeof *per_names; i++)
        if (strcmp(per_names[i], name) == 0)
            return i;
    return 0;
}

size_t cue_match(const uint16_t *text, size_t start, size_t n, enum cue_class class, int *value)
{
    struct lexicon_hit hits[LEXICON_HITS];
    return cue_in(hits, lexicon_match(text + start, n - start, hits), class, value);
}

static bool is_letter(uint16_t c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static size_t unit_at_text(const uint16_t *text, size_t start, size_t n, const struct unit **unit)
{
    struct lexicon_hit hits[LEXICON_HITS];
    if (start >= n || !(lexicon_opens(text[start]) & OPENS_UNIT))
        return 0;
    size_t count = lexicon_match(text + start, n - start, hits), noun = 0;
    for (size_t h = count; h-- > 0;) {
        if (hits[h].classes & OPENS_UNIT) {
            /* 部门, 方面, 家庭, 项目: the word is longer than the unit it begins with */
            if (noun > hits[h].length && hits[h].length == 1)
                return 0;
            const struct term *term = hits[h].terms;
            while (term->class != TERM_UNIT)
                term++;
            if (is_letter(text[start + hits[h].length - 1]) && start + hits[h].length < n && is_letter(text[start + hits[h].length]))
                return 0;  /* 9ti */
            *unit = unit_at(term->value);
            return hits[h].length;
        }
        if (hits[h].classes & (CUE_BIT(CUE_noun) | CUE_BIT(CUE_person)) && noun == 0)
            noun = hits[h].length;
    }
    return 0;
}

/* Of the units that text[start] can be, the one of that name; else `other`. */
static const struct unit *unit_named(const uint16_t *text, size_t start, size_t n, const char *name, const struct unit *other)
{
    struct lexicon_hit hits[LEXICON_HITS];
    for (size_t h = lexicon_match(text + start, n - start, hits); h-- > 0;)
        for (uint32_t k = 0; k < hits[h].term_count; k++)
            if (hits[h].terms[k].class == TERM_UNIT && strcmp(unit_at(hits[h].terms[k].value)->name, name) == 0)
                return unit_at(hits[h].terms[k].value);
    return other;
}

/* Whether an approximator of one character is the end of a word: 签约30个项目, 附近3个村, 镇上50户. */
static bool ends_word(uint16_t before, uint16_t last)
{
    /* 附近 最近 靠近 就近 通过 经过 不过 节约 签约 预约 制约 租约 续约 解约 履约 违约 契约 集约 条约 公约 纽约 赶超 反超 镇上 乡上 村上 县上 */
    static const uint16_t words[][2] = {
        {0x9644, 0x8FD1}, {0x6700, 0x8FD1}, {0x9760, 0x8FD1}, {0x5C31, 0x8FD1}, {0x901A, 0x8FC7}, {0x7ECF, 0x8FC7},
        {0x4E0D, 0x8FC7}, {0x8282, 0x7EA6}, {0x7B7E, 0x7EA6}, {0x9884, 0x7EA6}, {0x5236, 0x7EA6}, {0x79DF, 0x7EA6},
        {0x7EED, 0x7EA6}, {0x89E3, 0x7EA6}, {0x5C65, 0x7EA6}, {0x8FDD, 0x7EA6}, {0x5951, 0x7EA6}, {0x96C6, 0x7EA6},
        {0x6761, 0x7EA6}, {0x516C, 0x7EA6}, {0x7EBD, 0x7EA6}, {0x8D76, 0x8D85}, {0x53CD, 0x8D85}, {0x9547, 0x4E0A},
        {0x4E61, 0x4E0A}, {0x6751, 0x4E0A}, {0x53BF, 0x4E0A},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i][0] == before && words[i][1] == last)
            return true;
    return false;
}

/* An approximator that ends exactly at `end`: its length and what it says. */
static size_t approximator_before(const uint16_t *t, size_t end, enum bound *bound)
{
    static const struct {
        enum cue_class class;
        enum bound bound;
    } kinds[] = {{CUE_about, BOUND_about}, {CUE_above, BOUND_above}, {CUE_below, BOUND_below}};
    size_t limit = end < 4 ? end : 4;
    for (size_t length = limit; length > 0; length--) {
        if (!(lexicon_opens(t[end - length]) & (CUE_BIT(CUE_about) | CUE_BIT(CUE_above) | CUE_BIT(CUE_below))))
            continue;
        struct lexicon_hit hits[LEXICON_HITS];
        size_t count = lexicon_match(t + end - length, length, hits);
        for (size_t k = 0; count > 0 && hits[count - 1].length == length && k < sizeof kinds / sizeof *kinds; k++)
            if (hits[count - 1].classes & CUE_BIT(kinds[k].class)) {
                if (length == 1 && end >= 2 && ends_word(t[end - 2], t[end - 1]))
                    return 0;
                *bound = kinds[k].bound;
                return length;
            }
    }
    return 0;
}

/* Whether [start, end) stands in 《》 or, for Chinese numerals, between short quotation marks (requirement 1). */
static bool in_name(const uint16_t *t, size_t start, size_t end, size_t n, bool chinese)
{
    for (size_t i = start, steps = 0; i-- > 0 && steps < 40; steps++) {
        if (t[i] == 0x300B || t[i] == '\n')
            break;
        if (t[i] == 0x300A)
            return true;
    }
    /* “4类重点对象” */
    if (!chinese && start > 0 && (t[start - 1] == 0x201C || t[start - 1] == 0x300C) && end < n && cjk(t[end])) {
        for (size_t i = end; i < end + 8 && i < n; i++)
            if (t[i] == 0x201D || t[i] == 0x300D)
                return true;
            else if (!cjk(t[i]))
                return false;
    }
    if (!chinese)
        return false;
    size_t open = start;
    for (size_t steps = 0; open-- > 0 && steps < 12; steps++) {
        uint16_t c = t[open];
        if (c == 0x201D || c == 0x300D || c == 0x300F || c == '\n' || c == 0x3002)
            return false;
        if (c == 0x201C || c == 0x300C || c == 0x300E) {
            for (size_t i = end; i < n && i - open < 16; i++)
                if (t[i] == 0x201D || t[i] == 0x300D || t[i] == 0x300F)
                    return true;
            return false;
        }
    }
    return false;
}

/* 热度:37℃, 浏览量 3862次: what a page says of itself. */
static bool counts_visits(const uint16_t *t, size_t start)
{
    while (start > 0 && (t[start - 1] == ':' || t[start - 1] == ' ' || t[start - 1] == 0x3000))
        start--;
    for (size_t length = 2; length <= 4 && length <= start; length++)
        if (cue_at(t, start - length, start, CUE_furniture, NULL) == length)
            return true;
    return false;
}

static void add_per(struct quantity *q, unsigned code)
{
    if (code == 0)
        return;
    for (unsigned i = 0; i < q->per_count; i++)
        if (q->per[i] == code)
            return;
    if (q->per_count < PER_MAX)
        q->per[q->per_count++] = (uint8_t)code;
}

/* 元/亩, 微克/立方米, 元每公斤 */
static size_t denominator(const uint16_t *t, size_t i, size_t n, struct quantity *q)
{
    while (i < n && (t[i] == '/' || t[i] == 0x6BCF)) {
        const struct unit *unit = NULL;
        size_t k = skip_blanks(t, i + 1, n);
        /* 一亩: the article */
        size_t length = unit_at_text(t, k, n, &unit);
        if (length == 0)
            break;
        unsigned code = per_code(unit->name);
        if (code == 0 && !is_text(unit->name, "个") && t[i] != '/')
            break;
        add_per(q, code);
        i = k + length;
    }
    return i;
}

/* 列全国100个高产县市61位: 列 opens the clause's predicate. */
static bool listed_rank(const uint16_t *t, size_t end)
{
    for (size_t back = 2; back <= 20 && back <= end; back++) {
        uint16_t c = t[end - back];
        if (c == ',' || c == 0x3002 || c == '\n' || c == 0x3001)
            return false;
        if (c == 0x5217)  /* 列 */
            return back == end || !(t[end - back - 1] >= 0x4E00 && t[end - back - 1] <= 0x9FFF);
    }
    return false;
}

/* 居, 排名 … before 第: 居第3位, 居全市第1位, 排名全省前列第 */
static bool rank_before(const uint16_t *t, size_t end)
{
    for (size_t back = 1; back <= 16 && back <= end; back++) {
        uint16_t c = t[end - back];
        if (c == ',' || c == 0x3002 || c == '\n' || c == 0x3001)
            return false;
        size_t length = cue_at(t, end - back, end, CUE_rank, NULL);
        /* 居民, 系列: no word of rank; further off only 列 … 61位 and the like */
        if (length > 0 && !inside_word(t, end > 20 ? end - 20 : 0, end, end - back, length, OPENS_VOCABULARY | OPENS_WORD))
            return back <= 8 || length > 1 || c == 0x5217;
    }
    return false;
}

/* 排名由41位上升到37位: both ends of a move, named by what stands before its first. */
static bool rank_moves(const uint16_t *t, size_t start)
{
    static const uint16_t words[][2] = {{0x6392, 0x540D}, {0x4F4D, 0x6B21}, {0x540D, 0x6B21}, {0x6392, 0x4F4D}};  /* 排名 位次 名次 排位 */
    static const uint16_t between[] = {0x7531, 0x4ECE, 0x7B2C, 0x4F4D, 0x540D, 0x5230, 0x81F3, 0x4E3A, 0x4E0A, 0x4E0B, 0x5347, 0x524D, 0x79FB, 0x8DC3, 0x63D0, 0x8FDB, 0x964D, 0x540E, 0x9000, 0x7684, 0x5E74, 0x53BB, 0x4ECA};
    for (size_t back = 1; back <= 24 && back <= start; back++) {
        uint16_t c = t[start - back];
        for (size_t k = 0; back >= 2 && k < sizeof words / sizeof *words; k++)
            if (memcmp(t + start - back, words[k], sizeof words[k]) == 0)
                return back > 2;  /* 由 or 从 between */
        bool known = (c >= '0' && c <= '9') || c == 0x540D || c == 0x6B21;
        for (size_t k = 0; k < sizeof between / sizeof *between; k++)
            known |= c == between[k];
        if (!known)
            return false;
    }
    return false;
}

/* 较1-5月上升1位, 前移3位: so many places among the ranks. */
static bool moves_places(const uint16_t *t, size_t start)
{
    static const uint16_t words[][2] = {{0x4E0A, 0x5347}, {0x4E0B, 0x964D}, {0x524D, 0x79FB}, {0x540E, 0x79FB}, {0x63D0, 0x5347}, {0x4E0B, 0x6ED1}, {0x524D, 0x8FDB}, {0x8DC3, 0x5347}, {0x540E, 0x9000}, {0x63D0, 0x9AD8}, {0x8FDB, 0x4F4D}, {0x5347, 0x81F3}};
    start -= start > 0 && t[start - 1] == 0x4E86;  /* 了 */
    for (size_t k = 0; start >= 2 && k < sizeof words / sizeof *words; k++)
        if (memcmp(t + start - 2, words[k], sizeof words[k]) == 0)
            return true;
    return false;
}

/* 优良天数338天, 无霜期平均280天: within its clause a noun whose figure is a duration. */
static bool duration_before(const uint16_t *t, size_t end)
{
    size_t reach = end > 0 && (t[end - 1] == 0x81F3 || t[end - 1] == 0x5230 || t[end - 1] == 0x4E3A) ? 16 : 10;  /* 由9.08年提高至9.91年 */
    for (size_t back = 1; back <= reach && back <= end; back++) {
        uint16_t c = t[end - back];
        if (c == ',' || c == 0x3002 || c == '\n' || c == 0x3001 || c == ';')
            return false;
        if (cue_at(t, end - back, end, CUE_duration, NULL) > 0)
            return true;
    }
    return false;
}

static bool is_percent(const struct unit *unit)
{
    return unit != NULL && (is_text(unit->role, "percent") || is_text(unit->role, "multiple"));
}

/* 余 多 来 几, and 把 behind 百 or 千, between a number and its unit or noun: 百余户, 千把人, 三成多. *end is the place
 * behind it. */
static bool surplus_at(const uint16_t *t, size_t i, size_t n, const struct numeral *m, size_t *end)
{
    const struct unit *unit = NULL;
    bool ratio = m->ratio;
    if (i >= n || !(t[i] == 0x4F59 || t[i] == 0x591A || t[i] == 0x6765 || t[i] == 0x51E0 || (t[i] == 0x628A && m->bare)))
        return false;
    size_t k = skip_blanks(t, i + 1, n);
    /* a table's cell may end with it: 3万余 */
    if (ratio ? t[i] == 0x6765 : k < n && unit_at_text(t, k, n, &unit) == 0 && cue_at(t, k, n, CUE_noun, NULL) == 0 && cue_at(t, k, n, CUE_person, NULL) == 0)
        return false;
    *end = ratio ? i + 1 : k;
    return true;
}

/* A fraction that no 分之 marks: 2/3的农户, 占1/2以上, 占农户的一半. Elsewhere 1/2 numbers a part and 一半 is a way to speak. */
static bool share_around(const uint16_t *t, size_t start, size_t end, size_t n, enum bound bound)
{
    static const uint16_t verbs[] = {0x5360, 0x8FBE, 0x8FC7, 0x4E3A, 0x7684, 0x5230};  /* 占 达 过 为 的 到 */
    if (bound != BOUND_exact || (end < n && t[end] == 0x7684) || cue_at(t, end, n, CUE_after_above, NULL) > 0)
        return true;
    for (size_t i = 0; start > 0 && i < sizeof verbs / sizeof *verbs; i++)
        if (t[start - 1] == verbs[i])
            return true;
    return start >= 2 && t[start - 1] == 0x6709 && t[start - 2] == 0x5360;  /* 占有 */
}

/* (low + high) / 2 of two decimals, as a decimal of fifteen digits: the middle of 2.2 and 2.4 is 2.3. */
static double middle(double low, double high)
{
    char text[40];
    double value = (low + high) / 2;
    int length = snprintf(text, sizeof text, "%.15g", value);
    if (length > 0 && number_parse(text, (size_t)length, &value) != 0)
        value = (low + high) / 2;
    return value;
}

static bool made_before(const uint16_t *t, size_t start)
{
    /* 建起两座冷库, 买回两台烘干机 */
    static const uint16_t done[] = {0x8D77, 0x56DE, 0x597D, 0x4E0B, 0x51FA}, deeds[] = {0x5EFA, 0x4E70, 0x4FEE, 0x6253, 0x76D6, 0x8D2D, 0x67B6, 0x79CD, 0x529E};
    for (size_t k = 0; start >= 2 && k < sizeof done / sizeof *done; k++)
        for (size_t j = 0; t[start - 1] == done[k] && j < sizeof deeds / sizeof *deeds; j++)
            if (t[start - 2] == deeds[j])
                return true;
    for (size_t length = 4; length >= 2; length--)
        if (start >= length && cue_at(t, start - length, start, CUE_verb, NULL) == length)
            return true;
    return start >= 1 && t[start - 1] == 0x4E86;  /* 了 */
}

/* 指数, 总指数为, 指数达, 性别比为 right before a number. */
static bool index_before(const uint16_t *t, size_t start)
{
    static const uint16_t word[] = {0x6307, 0x6570}, sexes[] = {0x6027, 0x522B, 0x6BD4};
    if (start > 0 && (t[start - 1] == 0x4E3A || t[start - 1] == 0x8FBE || t[start - 1] == 0x662F))
        start--;
    return (start >= 2 && memcmp(t + start - 2, word, sizeof word) == 0) || (start >= 3 && memcmp(t + start - 3, sexes, sizeof sexes) == 0);
}

/* 2 g& I within ~ , $ {2 g& I: characters that a forum strews in against copying. */
static bool garbled(const uint16_t *t, size_t start, size_t end, size_t n)
{
    static const char signs[] = "~$^{}\\`&@!?;";
    size_t found = 0, from = start, to = end;
    while (from > 0 && start - from < 24 && t[from - 1] >= ' ' && t[from - 1] < 0x7F)
        from--;
    while (to < n && to - end < 24 && t[to] >= ' ' && t[to] < 0x7F)
        to++;
    for (size_t i = from; i < to; i++)
        found += strchr(signs, (char)t[i]) != NULL;
    return found >= 3;
}

/* 年平均气温17.4度: degrees of warmth, not of an angle or a watt-hour. */
static bool warm(const uint16_t *t, size_t start)
{
    for (size_t back = 1; back <= 8 && back <= start && cjk(t[start - back]); back++)
        if (t[start - back] == 0x6E29)
            return true;
    return false;
}

/* A number of people or households without a counter: behind 的 至 到 为 达, and its sentence speaks of 人数, 人口 or 户数. */
static bool counted_before(const uint16_t *t, size_t start, size_t end, size_t n, int *noun)
{
    static const uint16_t before[] = {0x7684, 0x81F3, 0x5230, 0x4E3A, 0x8FBE};
    bool stands = start > 1 && t[start - 1] == 0x6B21 && t[start - 2] == 0x4EBA;  /* 人次突破2亿 */
    for (size_t i = 0; start > 0 && i < sizeof before / sizeof *before; i++)
        stands |= t[start - 1] == before[i];
    static const uint16_t nouns[][2] = {{0x4EBA, 0x53E3}, {0x4EBA, 0x6570}, {0x6237, 0x6570}};
    for (size_t i = 0; start > 2 && i < sizeof nouns / sizeof *nouns; i++)
        stands |= memcmp(t + start - 2, nouns[i], sizeof nouns[i]) == 0;  /* 人口46万, */
    if (!stands || (end < n && (t[end] == 0x5206 || t[end] == 0x4E4B)))
        return false;
    for (size_t back = 2; back <= 48 && back <= start; back++) {
        const uint16_t *w = t + start - back;
        if (w[0] == 0x3002 || w[0] == '\n' || w[0] == ';')
            return false;
        if (w[0] == 0x4EBA && w[1] == 0x6B21) {  /* 接待人次突破2亿 */
            *noun = 4;
            return true;
        }
        if (w[1] == 0x6570 && (w[0] == 0x4EBA || w[0] == 0x751F)) {  /* 人数 (学)生数 */
            *noun = 1;
            return true;
        }
        if ((w[0] == 0x4EBA && w[1] == 0x53E3) || (w[0] == 0x6237 && w[1] == 0x6570)) {
            *noun = w[0] == 0x4EBA ? 1 : 3;
            return true;
        }
    }
    return false;
}

size_t ratio_scan(const struct window *w, size_t start, struct quantity parts[RATIO_MOST], size_t *count)
{
    const uint16_t *t = w->text;
    size_t i = start, length = 0;
    double sum = 0;
    *count = 0;
    /* most numbers are none of a ratio: what stands behind their digits says so at once */
    while (i < w->n && i - start < 16 && (arabic_digit(t[i]) || t[i] == '.'))
        i++;
    if (i == start || i >= w->n || (t[i] != ':' && t[i] != 0x2236))
        return 0;
    i = start;
    for (size_t back = 1; back <= 40 && back <= start && length == 0; back++) {
        if (t[start - back] == ',' || t[start - back] == 0x3002 || t[start - back] == '\n')
            return 0;
        length = cue_at(t, start - back, start, CUE_ratio, NULL);
    }
    if (length == 0)
        return 0;
    for (;;) {
        struct quantity *q = &parts[*count];
        memset(q, 0, sizeof *q);
        if (i >= w->n || !numeral_starts(t[i]) || !numeral_scan(t, w->raw, i, w->n, &q->number) || q->number.chinese ||
            q->number.scaled || q->number.bound != BOUND_exact)
            return 0;
        q->start = q->number.start;
        q->end = q->number.end;
        q->unit = unit_find("%");
        q->part = (uint8_t)++*count;
        sum += q->number.value;
        i = q->end;
        if (i >= w->n || (t[i] != ':' && t[i] != 0x2236))
            break;
        i++;
        if (*count == RATIO_MOST)
            return 0;
    }
    return *count >= 2 && fabs(sum - 100) <= 1 ? i - start : 0;
}

/* 分别拉动1.74、3.22、4.0个百分点: the unit that stands behind the last number of such a list only (the others may have its 个).
 * i: behind the first number. */
static const struct unit *listed_unit(const struct window *w, size_t start, size_t i, size_t *gap)
{
    const uint16_t *t = w->text;
    bool respective = false;
    for (size_t back = 2; back <= 40 && back <= start && !respective; back++) {
        if (t[start - back] == ',' || t[start - back] == 0x3002 || t[start - back] == '\n')
            return NULL;
        respective = cue_at(t, start - back, start, CUE_respective, NULL) > 0;
    }
    *gap = i < w->n && t[i] == 0x4E2A;  /* 个 */
    i += *gap;
    for (unsigned members = 0; respective && members < 8 && i + 1 < w->n; members++) {
        struct numeral m;
        if (t[i] != 0x3001 && t[i] != ',' && t[i] != 0x548C && t[i] != 0x4E0E && t[i] != 0x53CA)  /* 、 和 与 及 */
            return NULL;
        i++;
        i += t[i] == '-' || t[i] == 0x8D1F;
        if (i >= w->n || !numeral_starts(t[i]) || !numeral_scan(t, w->raw, i, w->n, &m) || m.chinese)
            return NULL;
        const struct unit *unit = NULL;
        size_t length = unit_at_text(t, m.end, w->n, &unit);
        if (length > 0 && !is_text(unit->name, "个"))
            return unit;
        i = m.end + length;
    }
    return NULL;
}

/* 5‰人口变动抽样调查, 1%抽样: a survey is named after its sampling fraction. */
static bool names_sample(const uint16_t *t, size_t i, size_t n)
{
    for (size_t end = i + 14; i < end && i + 1 < n && cjk(t[i]); i++)
        if (t[i] == 0x62BD && t[i + 1] == 0x6837)
            return true;
    return false;
}

/* A measure that is the name of a place: 五里村, 七里河, 三里屯. */
static bool names_place_here(const uint16_t *t, size_t i, size_t n)
{
    static const uint16_t ends[] = {0x6751, 0x9547, 0x4E61, 0x8857, 0x5C6F, 0x5E84, 0x5E97, 0x94FA, 0x5821, 0x6865, 0x6C9F, 0x5761, 0x58A9, 0x8425, 0x793E,
                                    0x6CB3, 0x5C97, 0x5858, 0x576A, 0x6E7E, 0x5BE8, 0x5DF7};
    for (size_t k = 0; i < n && k < sizeof ends / sizeof *ends; k++)
        if (t[i] == ends[k])
            return true;
    return i > 0 && i < n && t[i - 1] == 0x65B9 && t[i] == 0x9762;  /* 九方面 */
}

/* 2座及以上公厕: how many each has at least. */
static bool at_least(const uint16_t *t, size_t i, size_t n)
{
    static const uint16_t above[] = {0x4EE5, 0x4E0A};
    return i + 3 < n && (t[i] == 0x53CA || t[i] == 0x6216) && memcmp(t + i + 1, above, sizeof above) == 0 && cjk(t[i + 3]);  /* 及 或 */
}

/* 自然村, 较大自然村, 的村寨, 村民小组 right behind. */
static bool names_villages(const uint16_t *t, size_t i, size_t n)
{
    for (size_t k = i; k < i + 5 && k < n && cjk(t[k]); k++)
        if (t[k] == 0x6751 || t[k] == 0x5BE8)  /* 村 寨 */
            return !(k + 1 < n && t[k + 1] == 0x6C11 && !(k + 2 < n && t[k + 2] == 0x5C0F));  /* 村民, but 村民小组 */
    return false;
}

/* Whether the noun phrase behind a counter names nothing that is counted. */
static bool counts_nothing(const uint16_t *t, size_t i, size_t n)
{
    int value;
    for (size_t k = i; k < i + 5 && k + 1 < n && cjk(t[k]); k++)
        if (cue_at(t, k, n, CUE_abstract, &value) > 0 && (value == 0 || k == i))  /* 六个统一, but 6个村统一采购 */
            return k == i || cue_at(t, i, k, CUE_verb, NULL) == 0 || k == i + 2;
    return false;
}

/* 24亩多田, 8里多路, but not 30亩多种…, 3户多余 */
static bool surplus_behind(const uint16_t *t, size_t i, size_t n, const struct unit *unit)
{
    static const uint16_t words[] = {0x4F59, 0x79CD, 0x6837, 0x5143, 0x529F, 0x5E74, 0x65B9, 0x6B21, 0x540D, 0x5C11, 0x6570, 0x4E2A, 0x5904, 0x7EA7, 0x54C1};
    static const char *const dimensions[] = {"area", "length", "mass", "volume", "money"};
    bool measured = false;
    for (size_t k = 0; k < sizeof dimensions / sizeof *dimensions; k++)
        measured |= strcmp(unit->dimension, dimensions[k]) == 0;
    for (size_t k = 0; measured && i < n && k < sizeof words / sizeof *words; k++)
        if (t[i] == words[k])
            return false;
    return measured && i < n && cjk(t[i]);
}

/* 按6:4分成, 1:3配套: the second term of a ratio of two small numbers. */
static bool ends_ratio(const uint16_t *t, size_t start, const struct numeral *m)
{
    size_t digits = 0;
    if (start < 2 || (t[start - 1] != ':' && t[start - 1] != 0x2236) || m->chinese || m->scaled || m->value >= 100)
        return false;
    while (digits < 3 && digits + 1 < start && t[start - 2 - digits] >= '0' && t[start - 2 - digits] <= '9')
        digits++;
    return digits == 1 || digits == 2;
}

size_t quantity_scan(const struct window *w, size_t start, const struct numeral *known, struct quantity *q, bool *accepted)
{
    const uint16_t *t = w->text;
    size_t n = w->n;
    *accepted = false;
    memset(q, 0, sizeof *q);
    if (known != NULL)
        q->number = *known;
    else if (!numeral_scan(t, w->raw, start, n, &q->number))
        return 0;
    struct numeral *m = &q->number;
    size_t end = m->end, consumed = end - start;
    enum bound bound = m->bound;

    /* requirement 1 */
    uint16_t before = start > 0 ? t[start - 1] : 0, after = end < n ? t[end] : 0;
    if (before == '+' || after == '+' || ((before == 0xB7 || after == 0xB7 || before == 0x2022 || after == 0x2022)) ||
        (is_letter(before) && !(start >= 2 && t[start - 2] >= 0x4E00)) || (before == '.' && start > 1 && t[start - 2] >= '0' && t[start - 2] <= '9'))
        return consumed;
    if (before == '[' || (before == 0x6BCF && !m->chinese) || in_name(t, start, end, n, m->chinese) || counts_visits(t, start) || ends_ratio(t, start, m))
        return consumed;

    /* approximators before the number are part of the quote when they touch it */
    size_t from = start;
    enum bound said = BOUND_exact;
    size_t length = approximator_before(t, start, &said);
    if (length == 1 && t[start - 1] == 0x4E0A && !m->chinese && !m->bare)
        length = 0;  /* 在此基础上99.2%的村通公路; 上万, 上百 */
    if (length > 0 && !(m->bound == BOUND_range)) {
        from = start - length;
        bound = said;
    }
    bool ordinal = start > 0 && t[start - 1] == 0x7B2C;
    /* 自然增长率-3.6‰, 为负3.6 */
    bool negative = numeral_negative(t, m->start) && length == 0 && isnan(m->low);
    size_t i = skip_blanks(t, end, n);
    int value;
    uint16_t between = i < n ? t[i] : 0;
    bool surplus = bound != BOUND_range && surplus_at(t, i, n, m, &i);
    if (surplus) {
        if (bound == BOUND_exact)
            bound = between == 0x6765 || between == 0x628A ? BOUND_about : BOUND_above;  /* 来 把 */
        end = i;
    }
    if (m->bare && length == 0 && !surplus) {
        if (!(start > 0 && (t[start - 1] == 0x4E0A || t[start - 1] == 0x6210)) || made_before(t, start))  /* 上万, 成百, but 建成万人供水工程 */
            return consumed;  /* requirement 4 */
        from = start - 1;
        bound = BOUND_above;
    }
    bool had_unit = false;
    if ((m->slash || (m->ratio && t[start] == 0x4E00 && t[m->end - 1] == 0x534A)) && !share_around(t, start, m->end, n, bound))
        return consumed;
    if (m->ratio) {
        q->unit = unit_find(m->permille ? "‰" : "%");
        i = end;
        had_unit = true;
    } else {
        length = unit_at_text(t, i, n, &q->unit);
        if (length > 0 && is_letter(t[i]) && garbled(t, start, i, n))
            return consumed;
        if (length == 1 && t[i] == 0x5757 && i + 1 < n && cjk(t[i + 1]) && !(t[i + 1] == 0x591A && !(i + 2 < n && cjk(t[i + 2])))) {
            /* 12块光伏板; 3块， and 3块多 are money */
            q->unit = unit_named(t, i, n, "块", q->unit);
        }
        if (length > 0) {
            i += length;
            end = i;
            had_unit = true;
        }
    }
    /* 元人民币, and the unit's own surplus: 3公里多, 2386万元余 */
    if (had_unit && q->unit != NULL && is_text(q->unit->dimension, "money") && i + 2 < n && t[i] == 0x4EBA && t[i + 1] == 0x6C11 && t[i + 2] == 0x5E01)
        end = i = i + 3;

    /* ranges with the unit on both ends: 2万元至3万元, 10%-15% */
    if (had_unit && q->unit != NULL && bound == BOUND_exact && i + 1 < n &&
        (t[i] == '-' || t[i] == '~' || t[i] == 0x2014 || t[i] == 0x81F3 || t[i] == 0x5230 || t[i] == 0x2013 || t[i] == 0xFF5E)) {
        size_t k = i + 1;
        while (k < n && t[k] == 0x2014 && k - i < 3)
            k++;
        struct numeral to;
        const struct unit *unit = NULL;
        if (k < n && numeral_starts(t[k]) && numeral_scan(t, w->raw, k, n, &to) && isnan(to.low) && to.value > m->value) {
            size_t l = unit_at_text(t, to.end, n, &unit);
            if (unit == q->unit) {
                m->low = m->value;
                m->high = to.value;
                m->value = middle(m->low, m->high);
                m->scaled |= to.scaled;
                bound = BOUND_range;
                end = i = to.end + l;
            }
        }
    }
    if (!m->ratio && !m->chinese && bound == BOUND_exact && (!had_unit || is_text(q->unit->name, "个"))) {
        size_t gap = 0;
        const struct unit *unit = listed_unit(w, start, m->end, &gap);
        if (unit != NULL) {
            q->unit = unit;
            end = i = m->end + gap;
            had_unit = true;
        }
    }
    bool counter_missing = false;
    if (!had_unit && ordinal && m->chinese && !m->scaled && (i >= n || !cjk(t[i])) && rank_before(t, start - 1)) {
        q->unit = unit_find("位");  /* 排名全省第一 */
        had_unit = true;
    }
    /* 居民消费价格指数为101.8: a number without a unit, near the 100 of the base */
    if (!had_unit && !ordinal && !m->chinese && !m->scaled && isnan(m->low) && m->value >= 50 && m->value < 200 && (i >= n || !cjk(t[i])) && index_before(t, from)) {
        q->unit = unit_find("指数");
        had_unit = true;
    }
    if (!had_unit) {
        /* a counter that the noun implies: 11乡镇, 近24万农民, 600万启动资金 */
        size_t k = i;
        int noun_value = 0;
        size_t noun = cue_at(t, k, n, CUE_noun, &noun_value);
        if (noun == 0 && cue_at(t, k, n, CUE_person, NULL) > 0) {
            noun = 1;
            noun_value = 1;
        }
        /* 皮拉勒乡9村有村民430户: behind a township's name a village's number */
        if (noun == 1 && k < n && t[k] == 0x6751 && from > 1 && (t[from - 1] == 0x4E61 || t[from - 1] == 0x9547) && cjk(t[from - 2]) && !m->chinese && bound == BOUND_exact &&
            k + 1 < n && (t[k + 1] == 0x6709 || t[k + 1] == 0x6751 || t[k + 1] == 0x7684))
            noun = 0;
        /* 东部4市通过…: who, not how many */
        if (noun == 1 && noun_value == 0 && from > 0 && t[from - 1] == 0x90E8)
            noun = 0;
        bool money_before = false;
        if (noun == 0 && m->scaled && !m->chinese) {
            for (size_t back = 2; back <= 4 && back <= from && !money_before; back++)
                money_before = cue_at(t, from - back, from, CUE_noun, &noun_value) == back && noun_value == 2;
        }
        /* 学生人数，已由2019年5月底的29万减少至2万: the noun before says whom the number counts */
        if (noun == 0 && m->scaled && !m->chinese && !ordinal && counted_before(t, from, k, n, &noun_value))
            noun = 1;
        if ((noun > 0 && !ordinal && (!m->chinese || m->scaled) && (noun_value != 0 || m->digits <= 4)) || money_before) {
            q->unit = unit_find(money_before || noun_value == 2 ? "元" : noun_value == 1 ? "人" : noun_value == 3 ? "户" : noun_value == 4 ? "人次" : "个");
            q->implied = counter_missing = true;
        }
    }
    if (had_unit && !m->ratio)
        i = denominator(t, i, n, q);
    if (q->per_count > 0)
        end = i;
    /* 以上 左右 以内 behind */
    size_t tail = 0;
    if ((tail = cue_at(t, i, n, CUE_after_about, &value)) > 0 && had_unit) {
        bound = BOUND_about;
        end = i + tail;
    } else if ((tail = cue_at(t, i, n, CUE_after_above, &value)) > 0 && had_unit) {
        uint16_t c = t[i + tail];
        bool single_word = tail == 1 && !(c != 0 && t[i] == 0x591A && surplus_behind(t, i + 1, n, q->unit));
        /* 多 and 起 behind the unit only where the phrase ends: 3公里多， not 3户多余 */
        if (!single_word || (c == ',' || c == 0x3002 || c == 0x3001 || c == ';' || c == 0x7684)) {
            if (bound != BOUND_range)
                bound = BOUND_above;
            end = i + tail;
        }
    } else if ((tail = cue_at(t, i, n, CUE_after_below, &value)) > 0 && had_unit && q->unit != NULL && !is_text(q->unit->role, "time")) {
        if (bound != BOUND_range)
            bound = BOUND_below;
        end = i + tail;
    }
    m->bound = bound;
    /* 合作社-3个: a hyphen, not a sign */
    if (negative && !(before == '-' && start >= 2 && t[start - 2] >= 0x4E00 && q->unit != NULL && strncmp(q->unit->dimension, "count", 5) == 0)) {
        m->value = -m->value;
        m->start--;
    }
    from = m->start < from ? m->start : from;
    q->start = (uint32_t)from;
    q->end = (uint32_t)(end > m->end ? end : m->end);
    if (counter_missing)
        q->end = (uint32_t)end;
    consumed = (q->end > start ? q->end : m->end) - start;
    if (q->unit == NULL || !isfinite(m->value))
        return m->end - start;

    /* units that are not observations by themselves */
    const char *role = q->unit->role;
    /* 35千伏变电站: what kind of thing it is, not an amount */
    if (is_text(role, "attribute") && i < n && cjk(t[i]))
        return consumed;
    if (is_text(q->unit->name, "度") && warm(t, from))
        q->unit = unit_find("℃");
    if (is_text(role, "time") && !duration_before(t, from))
        return consumed;  /* requirement 2 */
    if (is_text(role, "rank_or_person")) {
        size_t back = start - ordinal;
        bool ranked = ordinal || (back >= 1 && cue_at(t, back - 1, back, CUE_rank, NULL) == 1) ||
                      (back >= 2 && cue_at(t, back - 2, back, CUE_rank, NULL) == 2) || (!ordinal && !m->scaled && m->value < 3000 && is_text(q->unit->name, "位") && (listed_rank(t, start) || rank_moves(t, start)));
        if (ordinal)
            q->start = (uint32_t)back;
        bool places = !ranked && !m->scaled && m->value < 3000 && is_text(q->unit->name, "位") && moves_places(t, from) && !(i < n && cjk(t[i]));
        if (places)
            return *accepted = true, consumed;
        if (ranked)
            q->rank = true;
        else
            q->unit = unit_find("人");
        if (!ranked && m->chinese && !m->scaled && m->value < 10)
            return consumed;
    } else if (ordinal) {
        size_t back = start - 1;
        bool ranked = rank_before(t, back);
        if (!ranked || !is_text(q->unit->name, "人"))
            return consumed;
        q->unit = unit_find("位");
        q->rank = true;
    }
    bool counter = is_text(role, "counter") || is_text(role, "counter_weak");
    bool weak = is_text(role, "counter_weak") || is_text(role, "measure_weak");
    if (m->chinese && !m->scaled && !is_percent(q->unit)) {
        if (weak)
            return consumed;
        q->small = counter && m->value >= 1 && m->value == floor(m->value) && m->value < 10 && isnan(m->low) && bound == BOUND_exact;
        if ((m->value == 1 && !q->rank) || (q->small && !made_before(t, start)))
            return consumed;  /* requirement 3 */
        q->small = false;
    }
    if (m->chinese && m->scaled && m->value == 10 && counter && !made_before(t, start) && bound == BOUND_exact)
        return consumed;
    if (weak && m->chinese)
        return consumed;
    if (is_percent(q->unit) && names_sample(t, i, n))
        return consumed;
    /* 国内增值税(50%部分)3.06亿元: which part of a tax is meant */
    if (is_percent(q->unit) && (before == '(' || before == 0xFF08) && i + 2 < n && t[i] == 0x90E8 && t[i + 1] == 0x5206 && (t[i + 2] == ')' || t[i + 2] == 0xFF09))
        return consumed;
    /* 5栋二单元, 3栋201室: an address */
    if (is_text(q->unit->name, "栋") && m->value < 100 && i < n && (arabic_digit(t[i]) || (numeral_starts(t[i]) && i + 1 < n && t[i + 1] == 0x5355)))
        return consumed;
    /* 30户以上自然村通硬化路: which villages */
    if (is_text(role, "household") && bound == BOUND_above && q->end >= 2 && t[q->end - 2] == 0x4EE5 && names_villages(t, q->end, n))
        return consumed;
    /* 挡鱼村6组村民: which of the village's groups */
    if (is_text(q->unit->name, "组") && m->value < 100 && bound == BOUND_exact && (before == 0x6751 || before == 0x533A))
        return consumed;
    /* 五里村, 八里镇; 三个方面, 9个运营环节 */
    if ((m->chinese && !counter && m->value < 100 && i == end && names_place_here(t, i, n)) || (counter && counts_nothing(t, i, n)) || (counter && at_least(t, i, n)))
        return consumed;
    /* list numbers at the start of a line: 1. 2、 */
    if (q->implied && before == '\n')
        return consumed;
    *accepted = true;
    return consumed;
}
