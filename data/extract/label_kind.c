/* label_kind.c — from the words around a number: denominators, the kind (level, mean, share, growth …), the label's last word. */
#include "data/extract/label.h"

#include <string.h>

/* 产 that is no part of 产业, 产品, 生产, 资产. */
static bool is_yield(const struct words *label)
{
    static const uint16_t behind[] = {0x4E1A, 0x54C1, 0x533A, 0x94FE}, before[] = {0x751F, 0x8D44, 0x519C};
    for (size_t i = 0; i + 1 < label->n; i++) {
        bool yield = label->text[i] == CHAN[0];
        for (size_t k = 0; yield && k < sizeof behind / sizeof *behind; k++)
            yield = label->text[i + 1] != behind[k];
        for (size_t k = 0; yield && i > 0 && k < sizeof before / sizeof *before; k++)
            yield = label->text[i - 1] != before[k];
        if (yield)
            return true;
    }
    return false;
}

void add_suffix(struct words *label, const struct quantity *q, enum kind kind)
{
    const char *d = q->unit->dimension;
    if (kind == KIND_rank) {
        if (!ENDS(label, PAIMING))
            ADD_ONCE(label, WEICI);
    } else if (kind == KIND_growth && is_text(q->unit->name, "位")) {
        ADD_ONCE(label, WEICI);
    } else if (kind == KIND_growth && (is_text(d, "share") || is_text(d, "points") || is_text(d, "multiple"))) {
        if (!ENDS(label, ZENGFU) && !ENDS(label, ZENGSU))
            ADD_ONCE(label, ZENGZHANG);
    } else if (is_text(d, "share") || is_text(d, "permille")) {
        /* 民生支出占一般公共预算支出的比重: what stands before 占 is the share's subject */
        size_t share = 0;
        while (share < label->n && label->text[share] != 0x5360)
            share++;
        if (share > 0 && share + 1 == label->n) {
            words_add(label, &ZHANBI[1], 1);  /* 建档立卡户占 */
        } else if (label->n > LABEL_MOST && share >= 2 && share < label->n) {
            label->n = share;
            words_add(label, ZHANBI, 2);
        } else if (!ENDS(label, LV) && !ENDS(label, BILI) && !ENDS(label, BILV) && !ENDS(label, BIZHONG) && !ENDS(label, ZHISHU) && !ENDS(label, DU) && share == label->n) {
            words_add(label, ZHANBI, 2);
        }
    } else if (is_text(d, "count_household")) {
        if (ENDS(label, HU))
            words_add(label, SHU, 1);
        else if (!HOLDS(label, HUSHU))
            words_add(label, HUSHU, 2);
    } else if (is_text(d, "count_person")) {
        if (ENDS(label, REN))
            words_add(label, SHU, 1);
        else if (!HOLDS(label, RENSHU) && !ENDS(label, ZONGSHU) && !ENDS(label, RENKOU))
            words_add(label, RENSHU, 2);
    } else if (is_text(d, "count_visit")) {
        ADD_ONCE(label, RENCI);
    } else if (is_text(d, "area")) {
        if (!HOLDS(label, MIANJI))
            words_add(label, MIANJI, 2);
    } else if (is_text(d, "length")) {
        if (!HOLDS(label, LICHENG) && !HOLDS(label, CHANGDU) && !ENDS(label, DU) && !ENDS(label, LIANG) &&
            !text_has_cue(label->text, label->n, CUE_measure, -1) && !text_has_cue(label->text, label->n, CUE_standing, -1))
            words_add(label, is_text(q->unit->name, "公里") ? LICHENG : CHANGDU, 2);
    } else if (is_text(d, "money")) {
        if (!text_has_cue(label->text, label->n, CUE_noun, 2) && !text_has_cue(label->text, label->n, CUE_measure, -1) &&
            !ENDS(label, E_) && !ENDS(label, ZHI) && !ENDS(label, JIA))
            words_add(label, JINE, 2);
    } else if (is_text(d, "mass") || is_text(d, "volume")) {
        if (HOLDS(label, XIAOSHOU))
            words_add(label, LIANG, 1);
        else if (!ENDS(label, LIANG) && !ENDS(label, KURONG) && !ENDS(label, DU) && !ENDS(label, NENG) && !HOLDS(label, CHANLIANG) && !ENDS(label, DANCHAN))
            words_add(label, ENDS(label, CHAN) ? LIANG : is_yield(label) ? CHANLIANG : SHULIANG, ENDS(label, CHAN) ? 1 : 2);
    } else if (strncmp(d, "count_", 6) == 0) {
        if (!ENDS(label, SHU) && !ENDS(label, LIANG))
            words_add(label, SHU, 1);
    }
}

void add_code(struct quantity *q, unsigned code)
{
    for (unsigned k = 0; k < q->per_count; k++)
        if (q->per[k] == code)
            return;
    if (q->per_count < PER_MAX)
        q->per[q->per_count++] = (uint8_t)code;
}

/* 平均每月可为村集体增加收入: what a village, a firm or a cooperative earns is nobody's pay. */
static bool is_collective(const uint16_t *t, size_t n)
{
    static const uint16_t words[][2] = {{0x96C6, 0x4F53}, {0x516C, 0x53F8}, {0x4F01, 0x4E1A}, {0x4F5C, 0x793E}, {0x7535, 0x7AD9}};
    for (size_t i = 0; i + 1 < n; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (t[i] == words[k][0] && t[i + 1] == words[k][1])
                return true;
    return false;
}

bool earns(const uint16_t *t, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        if (t[i] == 0x6323 || t[i] == 0x8D5A || (i + 1 < end && ((t[i] == 0x6536 && t[i + 1] == 0x5165) || (t[i] == 0x5DE5 && t[i + 1] == 0x8D44))))
            return true;
    return false;
}

/* 平均收入, 平均工资 of people who are named before it. */
static bool average_pay(const uint16_t *t, size_t start, size_t i, size_t end)
{
    static const uint16_t mean[] = {0x5E73, 0x5747};
    return i + 4 <= end && memcmp(t + i, mean, sizeof mean) == 0 && earns(t, i + 2, i + 4) && text_has_cue(t + start, i - start, CUE_person, -1);
}

/* 一月还能挣2000元, but 一月投资, 一月收入: what January brought. */
static bool january(const uint16_t *t, size_t i, size_t length, size_t end)
{
    bool pay = false;
    for (size_t k = i + length; k < end; k++)
        pay |= t[k] == 0x6323 || t[k] == 0x8D5A;
    return length == 2 && t[i] == 0x4E00 && t[i + 1] == 0x6708 && !pay;
}

/* 一斤西红柿能卖到2.5元 */
static bool sells(const uint16_t *t, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        if (t[i] == 0x5356 || t[i] == 0x552E)  /* 卖 售 */
            return true;
    return false;
}

/* 今 去 前 全 本 当 明 上 or a digit before 年: a year, not a rate. */
static bool dated_year(uint16_t before)
{
    static const uint16_t words[] = {0x4ECA, 0x53BB, 0x524D, 0x5168, 0x672C, 0x5F53, 0x660E, 0x4E0A};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (before == words[i])
            return true;
    return (before >= '0' && before <= '9') || numeral_starts(before);
}

/* 年 or 日 right before a verb says how often it is done, unless it ends a word of its own (近年, 当日, 常年). */
static bool rated(const uint16_t *t, size_t i, size_t end)
{
    static const uint16_t never[] = {0x8FD1, 0x591A, 0x5E38, 0x5F80, 0x5386, 0x65B0, 0x9752, 0x5C11, 0x6210, 0x8001, 0x4E2D, 0x5468, 0x65E9, 0x6BCF, 0x9010,
                                     0x6628, 0x8282, 0x751F, 0x5047, 0x4F5C, 0x6B21, 0x540C, 0x8282, 0x534A, 0x6574, 0x6D77, 0x5439, 0x672C, 0x62A5, 0x4E0A, 0x4E0B};
    if ((t[i] != 0x5E74 && t[i] != 0x65E5) || dated_year(t[i - 1]) || cue_at(t, i + 1, end, CUE_verb, NULL) < 2)
        return false;
    for (size_t k = 0; k < sizeof never / sizeof *never; k++)
        if (t[i - 1] == never[k])
            return false;
    return true;
}

void find_per(const uint16_t *t, size_t start, size_t end, const struct words *behind, struct quantity *q)
{
    if (is_text(q->unit->role, "percent") || q->rank)
        return;
    for (size_t i = start; i < end; i++) {
        int code, noun;
        size_t length = cue_at(t, i, end, CUE_mean, &code);
        if (length > 0 && t[i] == 0x5E74 && i > 0 && dated_year(t[i - 1]))
            continue;  /* 今年产值, 2019年产量 */
        if (length > 1 && t[i] == 0x6751 && i > 0 && (t[i - 1] == 0x5168 || t[i - 1] == 0x8BE5 || t[i - 1] == 0x672C))
            continue;  /* 全村平均海拔 is no mean of villages */
        if (length == 0 && i > 0 && rated(t, i, end))
            add_code(q, t[i] == 0x5E74 ? 6 : 7);  /* 年种植, 日烘干 */
        if (length == 0 && t[i] == 0x5E74 && i > start && t[i - 1] >= 0x4E00 && cue_at(t, i + 1, end, CUE_noun, &noun) > 0 && noun == 2 &&
            cue_at(t, i - 1, end, CUE_time, NULL) == 0)
            add_code(q, 6);  /* 年租金, 年收入 */
        if (length == 0 && t[i] == 0x5E74 && i == start && cue_at(t, i + 1, end, CUE_measure, NULL) >= 2)
            add_code(q, 6);  /* 年径流量 */
        if (length == 0 && average_pay(t, start, i, end))
            add_code(q, 2);  /* 村民的年平均收入 */
        if (length == 0 || january(t, i, length, end))
            continue;
        /* 每人每月 names two; 一年 and 一天 count only right before the number */
        uint16_t c = t[i];
        if (c == 0x4E00 && i + length + 2 < end && !(end - i - length <= 8 && (earns(t, i + length, end) || sells(t, i + length, end))))
            continue;
        /* a month's pay is a worker's */
        bool worker = !is_collective(t + start, end - start);
        if (code == 5 && worker && text_has_cue(t + i, end - i, CUE_noun, 2))
            add_code(q, 2);
        if (code == 5 && worker && (text_has_cue(t + i, end - i, CUE_measure, -1) || earns(t, i, end) || earns(behind->text, 0, behind->n)))
            add_code(q, 2);
        if (length == 4 && c == 0x6BCF && t[i + 1] == 0x4EBA)
            add_code(q, 2);  /* 每人每月 */
        add_code(q, (unsigned)code);
        if (length == 4 && t[i] == 0x6BCF && t[i + 2] == 0x6BCF)
            continue;
        i += length - 1;
    }
}

static bool per_countable(const struct quantity *q)
{
    /* a mean is over things that are counted; 年 and physical units (微克/立方米) make rates */
    for (unsigned i = 0; i < q->per_count; i++)
        if (q->per[i] != 6 && !(q->per[i] >= 9 && q->per[i] <= 11) && q->per[i] != 14 && q->per[i] != 15 && q->per[i] != 19 && q->per[i] != 20 && q->per[i] != 25)
            return true;
    return false;
}

/* 可年产, 年产30万吨的加工项目: what something is built for; a farm's 年产 is what it yields. */
static bool designed(const uint16_t *t, size_t before, size_t end, size_t n)
{
    static const uint16_t things[][2] = {{0x9879, 0x76EE}, {0x4EA7, 0x7EBF}, {0x5DE5, 0x7A0B}, {0x5DE5, 0x5382}, {0x8F66, 0x95F4}, {0x8BBE, 0x5907}, {0x4F01, 0x4E1A}};
    if (t[before] == 0x53EF || t[before] == 0x8BA1)  /* 可 (设)计 */
        return true;
    for (size_t i = end; i < end + 14 && i + 1 < n && cjk(t[i]); i++)
        for (size_t k = 0; k < sizeof things / sizeof *things; k++)
            if (t[i] == things[k][0] && t[i + 1] == things[k][1])
                return true;
    return false;
}

/* 可达, 预计将达, 有望超过 between a word of change and its number. */
static bool reaches(const uint16_t *t, size_t end, size_t start)
{
    static const uint16_t words[] = {0x53EF, 0x8FBE, 0x5230, 0x80FD, 0x5C06, 0x9884, 0x8BA1, 0x6709, 0x671B, 0x7EA6, 0x8FD1, 0x8D85, 0x8FC7};
    for (size_t i = end; i < start; i++) {
        bool known = false;
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            known |= t[i] == words[k];
        if (!known)
            return false;
    }
    return start > end && start - end <= 4;
}

/* Only 了 and blanks may stand between a word of change and its number. */
static bool touches(const uint16_t *t, size_t end, size_t start)
{
    while (start > end && t[start - 1] == ' ')
        start--;
    return end == start || (end + 1 == start && t[end] == 0x4E86);
}

/* Whether text[left..end) ends with the name of a measure: 产量, 面积, 收入. */
static bool measured_before(const uint16_t *t, size_t left, size_t end)
{
    if (end > left && (t[end - 1] == 0x53EF || t[end - 1] == 0x53C8 || t[end - 1] == 0x518D || t[end - 1] == 0x5C06))
        end--;  /* 可 又 再 将 */
    int value;
    for (size_t length = 4; length >= 2; length--)
        if (end >= left + length && (cue_at(t, end - length, end, CUE_measure, NULL) == length ||
                                     (cue_at(t, end - length, end, CUE_noun, &value) == length && value == 2)))
            return true;
    return false;
}

/* 农业机械总动力58万千瓦, 最大负荷: a power that is there, not one that something is built for. */
static bool powers(const uint16_t *t, size_t left, size_t end)
{
    static const uint16_t words[][2] = {{0x52A8, 0x529B}, {0x8D1F, 0x8377}, {0x529F, 0x7387}};
    for (size_t i = left; i + 1 < end; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (memcmp(t + i, words[k], sizeof words[k]) == 0)
                return true;
    return false;
}

enum kind find_kind(const struct label_input *in, const struct quantity *q, size_t left, bool *decline)
{
    const uint16_t *t = in->window->text;
    int value, growth = 0, fall = 0, price = 0, capacity = 0;
    bool near = false;      /* the word of change stands right before the number */
    size_t change_start = left, change_end = 0;  /* where that word stands */
    const bool permille = is_text(q->unit->dimension, "permille");
    const uint64_t change = (uint64_t)1 << CUE_growth | (uint64_t)1 << CUE_decline | (uint64_t)1 << CUE_price | (uint64_t)1 << CUE_capacity | (uint64_t)1 << CUE_share;
    for (size_t i = left; i < q->start;) {
        size_t length = 0, l;
        struct lexicon_hit hits[LEXICON_HITS];
        size_t count = lexicon_opens(t[i]) & change ? lexicon_match(t + i, q->start - i, hits) : 0;
        if (count == 0) {
            i++;
            continue;
        }
        size_t of = cue_in(hits, count, CUE_measure, NULL);
        bool measure = of > 2 && (permille || cue_in(hits, count, CUE_growth, NULL) != of);  /* 增长率 is both; of births and deaths it is a share */
        measure |= cue_in(hits, count, CUE_standing, NULL) > 1;  /* the 降 of 降雨量 is no fall */
        if (!measure && (l = cue_in(hits, count, CUE_growth, &value)) > 0) {
            growth = 1 + value;
            fall = 0;
            length = l;
            near = touches(t, i + l, q->start);
            change_start = i;
            change_end = i + l;
        }
        if (!measure && (l = cue_in(hits, count, CUE_decline, NULL)) > length) {
            fall = 1;
            growth = 0;
            length = l;
            near = touches(t, i + l, q->start);
            change_end = i + l;
        }
        l = cue_in(hits, count, CUE_price, NULL);
        price |= l > 0 && t[i + l] != 0x503C;  /* 销售价值 */
        if (cue_in(hits, count, CUE_capacity, &value) > 0)
            capacity |= value != 1 || designed(t, i > left ? i - 1 : i, q->end, in->window->n);
        l = cue_in(hits, count, CUE_share, NULL);
        if (!measure && (l > 2 || (l == 2 && change_end < i)))
            growth = fall = 0;  /* 对经济增长贡献率; 升入高中比例, but 增长比例 */
        i += length > 0 ? length : 1;
    }
    /* 调减籽粒玉米3.5万亩: these words only ever cut something back, wherever it stands */
    static const uint16_t cuts[][2] = {{0x8C03, 0x51CF}, {0x538B, 0x51CF}, {0x6838, 0x51CF}};
    for (size_t k = 0; fall && change_end >= left + 2 && k < sizeof cuts / sizeof *cuts; k++)
        near |= memcmp(t + change_end - 2, cuts[k], sizeof cuts[k]) == 0;
    /* 减少26万贫困人口: so many were helped */
    static const uint16_t poor[] = {0x8D2B, 0x56F0};
    if (fall && near && q->end + 2 < in->window->n && memcmp(t + q->end, poor, sizeof poor) == 0)
        fall = 0;
    /* 年加工花椒能力1500吨 */
    static const uint16_t ability[] = {0x80FD, 0x529B};
    capacity |= q->start >= left + 2 && memcmp(t + q->start - 2, ability, sizeof ability) == 0;
    *decline = false;
    if (q->rank)
        return KIND_rank;
    /* 较1-5月上升1位, 后移2位: a move among the ranks */
    if (is_text(q->unit->name, "位")) {
        uint16_t first = q->start >= 2 ? t[q->start - 2] : 0;
        *decline = fall || first == 0x540E || first == 0x4E0B;  /* 后移 下滑 */
        return KIND_growth;
    }
    const char *d = q->unit->dimension;
    bool ratio = is_text(d, "share") || is_text(d, "permille") || is_text(d, "multiple");
    bool to = q->start >= 1 && (t[q->start - 1] == 0x5230 || t[q->start - 1] == 0x81F3 || t[q->start - 1] == 0x4E3A || t[q->start - 1] == 0x5728);
    /* 年平均增长率为0.59%: the word is of a rate, whatever stands between */
    bool rate = is_text(d, "share") && change_end > left && (t[change_end - 1] == 0x7387 || t[change_end - 1] == 0x5E45 || t[change_end - 1] == 0x901F);  /* 率 幅 速 */
    if (is_text(d, "points") || (ratio && (growth || fall) && (rate || !(to && q->start - change_end <= 1)))) {
        *decline = fall;
        return KIND_growth;
    }
    if (ratio)
        return is_text(d, "multiple") ? KIND_growth : KIND_share;
    if (is_text(d, "money") && (price || (q->per_count > 0 && (q->per[0] == 9 || q->per[0] == 10 || q->per[0] == 11))))
        return KIND_price;
    /* 增收115万元 is a change, 增加到 and 新增岗位 are not; a counter's 增加 is a count of what was added */
    bool compared = false;
    for (size_t i = left; i < q->start; i++)
        compared |= t[i] == 0x6BD4 || t[i] == 0x8F83;  /* 比上年, 较2019年, 同比 */
    size_t measure_end = change_start;
    for (size_t i = in->token; i-- > in->first && in->scan->tokens[i].end > left;)
        if (in->scan->tokens[i].kind == TOKEN_TIME && in->scan->tokens[i].end == change_start)
            measure_end = in->scan->tokens[i].start;  /* 播种面积25年来增加12万亩 */
    compared |= growth == 2 && measured_before(t, left, measure_end);  /* 产量增加0.96万吨 */
    compared |= growth == 2 && change_start == left && in->before != NULL && in->before->unit == q->unit;  /* 面积560公顷，增加39公顷 */
    /* 增收达到1750元 */
    near |= growth == 1 && change_end > 0 && t[change_end - 1] == 0x6536 && reaches(t, change_end, q->start);
    if (near && (growth == 1 || fall || (growth == 2 && compared)) && (!to || (growth == 1 && t[change_end - 1] == 0x6536))) {
        *decline = fall;
        return KIND_growth;
    }
    if ((capacity && strncmp(d, "money", 5) != 0) || (is_text(d, "power") && !powers(t, left, q->start) && !per_countable(q)))
        return KIND_capacity;
    if (per_countable(q))
        return KIND_mean;
    return KIND_level;
}
