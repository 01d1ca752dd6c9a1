/* label.c — the words around a quantity become a label, a dictionary entry, an item and a kind.
 *
 * Requirements (how Chinese prose attaches numbers to words):
 *  1. 改造危房400余户: what stands before the number in its clause names it; a suffix for the unit completes the label.
 *  2. 带动600余户贫困群众增收: a noun behind the number names it, with the verb before and the verb phrase behind.
 *  3. 安置群众88户352人; 辣椒2000亩、高粱3000亩: numbers of a chain or list share the words they do not repeat.
 *  4. 收入1.9万元，增长6.4%，居第3位: growth, share and rank are about what was named last.
 *  5. 投资150万元的机田井, 投资30万元用于整治撂荒地, 投入4100万元，新修公路…: money is named by what it bought.
 *  6. 城镇、农村居民收入分别为…元、…元: each number has its own member of the list (respective.c).
 *  7. Time, place, particles and approximators are not part of a label; 16 characters are enough. */
#include "data/extract/label.h"

#include <string.h>

#define THIN_ENTRY 4u
#define SHORT_LABEL 5u
#define FAR_BEHIND 12u

/* Whether the entry's own name has the item: of 第一产业增加值 第一产业 is no item. */
static bool inherent(const struct label *label)
{
    return label->item != NULL && label->indicator >= 0 && strstr(indicator_at((size_t)label->indicator)->chinese, label->item) != NULL;
}

/* 涉农资金: no 农资. Whether a word of the dictionary begins before the item and ends behind it. */
static bool across_item(const struct words *w, size_t i, size_t length)
{
    struct lexicon_hit hits[LEXICON_HITS];
    for (size_t back = 1; back <= 3 && back <= i; back++) {
        size_t count = lexicon_opens(w->text[i - back]) & OPENS_WORD ? lexicon_match(w->text + i - back, w->n - i + back, hits) : 0;
        while (count > 0 && !(hits[count - 1].classes & OPENS_WORD))
            count--;
        if (count > 0 && hits[count - 1].length > back + length)
            return true;
    }
    return false;
}

static void find_item(const struct words *w, struct label *label, struct arena *arena)
{
    struct lexicon_hit hits[LEXICON_HITS];
    for (size_t i = 0; i < w->n;) {
        size_t length = 1;
        size_t count = lexicon_opens(w->text[i]) & OPENS_ITEM ? lexicon_match(w->text + i, w->n - i, hits) : 0;
        for (size_t h = count; h-- > 0 && length == 1;)
            for (uint32_t k = 0; k < hits[h].term_count; k++)
                if (hits[h].terms[k].class == TERM_ITEM && hits[h].length >= 2 && !inside_word(w->text, 0, w->n, i, hits[h].length, OPENS_VOCABULARY) &&
                    !across_item(w, i, hits[h].length)) {
                    label->item = units_utf8(w->text + i, hits[h].length, arena);
                    length = hits[h].length;
                    break;
                }
        i += length;
    }
}

/* 三次产业结构: its parts are 第一产业, 第二产业 and 第三产业. Other wholes do not say in which order their parts come. */
static void name_part(unsigned part, struct words *w)
{
    static const uint16_t industry[] = {0x4EA7, 0x4E1A}, numbers[] = {0x4E00, 0x4E8C, 0x4E09}, order[] = {0x7B2C};
    if (part > 3 || !words_hold(w, industry, 2))
        return;
    size_t behind = 2;
    while (memcmp(w->text + behind - 2, industry, sizeof industry) != 0)
        behind++;
    /* 三次产业对经济增长贡献率: the rate of each */
    struct words rate = {0};
    if (ENDS(w, LV))
        words_add(&rate, w->text + behind, w->n - behind);
    else
        words_add(&rate, ZHANBI, 2);
    w->n = 0;
    words_add(w, order, 1);
    words_add(w, &numbers[part - 1], 1);
    words_add(w, industry, 2);
    words_add(w, rate.text, rate.n);
}

/* Requirement 6: the words of the member that the quantity belongs to, with what all members share or alone. */
static void member_words(const struct label_input *in, const struct quantity *q, bool tail, struct words *out)
{
    const struct respective *r = &in->scan->respectives[q->group];
    const struct respective_part *part = &r->part[q->member - 1];
    static const uint16_t order[] = {0x7B2C};
    struct words own = {0};
    collect(in, part->start, part->end, &own);
    if (own.n == 1 && own.text[0] >= 0x4E00 && numeral_starts(own.text[0]))
        words_add(out, order, 1);  /* 第一、二、三产业 */
    static const uint16_t town[] = {0x57CE, 0x9547}, country[] = {0x519C, 0x6751};
    if (own.n == 1 && own.text[0] == town[0])
        words_add(out, town, 2);  /* 城乡: 城镇, 农村 */
    else if (own.n == 1 && own.text[0] == 0x4E61)
        words_add(out, country, 2);
    else
        words_add(out, own.text, own.n);
    static const uint16_t industry[] = {0x4EA7, 0x4E1A};
    if (tail)
        collect(in, r->tail_start, r->tail_end, out);
    else if (((own.n == 1 && numeral_starts(own.text[0])) || (own.n == 2 && own.text[0] == order[0] && numeral_starts(own.text[1]))) && memcmp(in->window->text + r->tail_start, industry, sizeof industry) == 0)
        words_add(out, industry, 2);  /* 第一、二、三产业比重分别为…，贡献率分别为… */
}

/* 宽4.5米, 长3160米: the direction that is measured, unless it ends a word (全长, 加宽, 海拔最高). */
static uint16_t extent_of(const struct words *before)
{
    static const uint16_t extents[] = {0x5BBD, 0x957F, 0x9AD8, 0x6DF1, 0x539A};
    static const uint16_t words[] = {0x5168, 0x603B, 0x5468, 0x8EAB, 0x6700, 0x589E, 0x5EF6, 0x62D3, 0x52A0, 0x62C9, 0x63D0, 0x5347, 0x7279, 0x751F, 0x4E13, 0x6210};
    uint16_t last = before->n > 0 ? before->text[before->n - 1] : 0, former = before->n > 1 ? before->text[before->n - 2] : 0;
    bool found = false;
    for (size_t i = 0; i < sizeof extents / sizeof *extents; i++)
        found |= last == extents[i];
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        found &= former != words[i];
    return found ? last : 0;
}

/* Requirements 1 and 6: the words before the number. */
static void read_before(struct making *m)
{
    m->s.left = behind_among(m->t, m->s.left, m->q->start);
    collect(m->in, m->s.left, m->q->start, &m->before);
    m->left = m->s.left;
    if (is_text(m->q->unit->dimension, "length") && (m->extent = extent_of(&m->before)) != 0) {
        m->before.n--;
        m->before.verb &= m->before.n > 0;
    }
    m->silent = m->before.n == 0;
    size_t sum = m->q->member == 0 && m->q->part == 0 ? summed_list(m->in, m->s.left, m->q->start) : 0;
    if (sum > 0) {
        MARK(m->label, list_summed);
        struct words verb = {0}, own = {0};
        opening_verb(m->in, m->s.left, sum, &verb);
        collect(m->in, sum, m->q->start, &own);
        if (own.n == 0)
            last_member(m->in, m->s.left, sum, &m->example);  /* 采摘园、垂钓园等90余处 */
        m->before = verb;
        words_add(&m->before, own.text, own.n);
        m->left = sum;
    }
    if (m->q->part > 0 && m->in->previous != NULL && m->in->before != NULL && m->in->before->part > 0 && m->before.n < 6) {
        /* 三次产业结构由20:30:50调整为18.5:26.3:55.2: the first number's words are everyone's */
        MARK(m->label, ratio_shared);
        m->before = (struct words){0};
        words_add(&m->before, m->previous->base, m->previous->base_length);
    }
    if (m->q->part > 0)
        name_part(m->q->part, &m->before);
    if (m->q->member > 0) {
        /* requirement 6: 分别种植…、…, then 产量…、… and 增长…、… of the same members */
        MARK(m->label, member_words);
        struct words own = {0};
        size_t end = m->in->token;
        while (end > m->in->first && m->in->scan->tokens[end - 1].start >= m->q->opening)
            end--;
        while (m->in->scan->tokens[end].kind != TOKEN_QUANTITY)
            end++;
        collect(m->in, m->q->opening, m->in->scan->tokens[end].start, &own);
        member_words(m->in, m->q, true, &m->member);
        m->before = m->q->led ? m->member : (struct words){0};
        if (!m->q->led && own.n > 0 && without_change(&own).n > 1)
            member_words(m->in, m->q, false, &m->before);
        words_add(&m->before, own.text, own.n);
        m->left = m->q->opening;
    }
}

/* Whether the next number stands at `start` and has that unit. */
static bool same_unit_at(const struct label_input *in, size_t start, const struct unit *unit)
{
    const struct scan *s = in->scan;
    for (size_t i = in->token + 1; i < s->token_count && s->tokens[i].start <= start; i++)
        if (s->tokens[i].start == start && s->tokens[i].kind == TOKEN_QUANTITY)
            return s->quantities[s->tokens[i].index].unit == unit;
    return false;
}

/* Requirement 2: the words behind it. */
static void read_behind(struct making *m)
{
    /* a chain whose members touch shares what follows the last of them: 320户1325人就业脱贫 */
    size_t behind = m->q->end;
    if (m->s.right == m->q->end && m->in->token + 1 < m->in->scan->token_count && m->in->scan->tokens[m->in->token + 1].kind == TOKEN_QUANTITY &&
        m->in->scan->tokens[m->in->token + 1].start == m->q->end) {
        MARK(m->label, chain_behind);
        struct label_input next = *m->in;
        next.token++;
        struct stretch further = find_stretch(&next, &m->in->scan->tokens[next.token]);
        collect(&next, m->in->scan->tokens[next.token].end, further.right, &m->phrase);
    } else {
        size_t right = m->s.right;
        for (size_t i = m->q->end; i + 1 < right; i++)
            if (m->t[i] == 0x4E2D && m->t[i + 1] == 0x6709)
                right = i;
        split_right(m->in, behind, right, strncmp(m->q->unit->role, "counter", 7) == 0, m->person, &m->noun, &m->phrase);
    }
    /* 宽5米长1500米的主街: what has the next extent has this one */
    const struct scan *s = m->in->scan;
    size_t next = m->in->token + 1;
    while (m->extent != 0 && next < s->token_count && s->tokens[next].kind != TOKEN_QUANTITY && s->tokens[next].start < m->q->end + 4)
        next++;
    if (m->extent != 0 && leading_verb(m->before.text, m->before.n) == m->before.n && next < s->token_count && s->tokens[next].kind == TOKEN_QUANTITY && s->tokens[next].start < m->q->end + 4) {
        MARK(m->label, chain_behind);
        struct label_input there = *m->in;
        there.token = next;
        struct stretch further = find_stretch(&there, &s->tokens[next]);
        m->noun = m->phrase = (struct words){0};
        split_right(&there, s->tokens[next].end, further.right, false, false, &m->noun, &m->phrase);
        return;
    }
    /* 播种面积169万亩和总产量65万吨; a title's 接待游客1.5亿人次 同比增长19.7% */
    uint16_t joint = m->s.right > m->q->end ? m->t[m->q->end] : 0;
    const struct words *other = m->noun.n > 0 ? &m->noun : &m->phrase;
    if (ends_at_number(m->in, m->s.right) &&
        (opens_with_change(&m->noun, &m->phrase) || ((joint == 0x548C || joint == 0x4E0E || joint == 0x53CA) && without_measure(other->text, other->n) < other->n)))
        m->noun.n = m->phrase.n = 0;
    /* 闲置土地900亩及自然资源入股; 修河堤4800米排洪渠11600米: what was measured is named in front */
    bool measured = is_measure(m->q->unit) && m->before.n >= 2 && leading_verb(m->before.text + m->before.n - 2, 2) < 2;
    if (measured && (joint == 0x548C || joint == 0x4E0E || joint == 0x53CA || (m->noun.n > 0 && same_unit_at(m->in, m->s.right, m->q->unit))))
        m->noun.n = m->phrase.n = 0;
    /* 25个县投入资金3亿元: the words of the next number are not about this one */
    if (m->noun.n > 0 && m->s.right > m->q->end && ends_at_number(m->in, m->s.right)) {
        const struct words did = m->phrase;
        m->phrase.n = 0;
        cut_at_measure(&m->noun);
        cut_at_place(&m->noun);
        if (names_measure(&m->noun))
            noun_behind(m->in, &m->noun);
        /* 54户贫困户207人实现脱贫: what the people of the households did, these did */
        while (next < s->token_count && s->tokens[next].start < m->s.right)
            next++;
        const struct token *other_token = &s->tokens[next];
        /* 77户农户获得了483万元的贷款: what they got is what they are counted for */
        if (m->person && did.n > 0 && did.n <= 4 && next < s->token_count && other_token->kind == TOKEN_QUANTITY && other_token->start == m->s.right &&
            strncmp(s->quantities[other_token->index].unit->dimension, "money", 5) == 0 && m->t[other_token->end] == 0x7684) {
            struct words got = {0};
            noun_behind(m->in, &got);
            m->phrase = did;
            words_add(&m->phrase, got.text, got.n);
        }
        if (is_text(m->q->unit->role, "household") && next < s->token_count && other_token->kind == TOKEN_QUANTITY && other_token->start == m->s.right &&
            is_text(s->quantities[other_token->index].unit->dimension, "count_person")) {
            MARK(m->label, chain_behind);
            struct label_input there = *m->in;
            there.token = next;
            struct stretch further = find_stretch(&there, other_token);
            struct words whom = {0};
            split_right(&there, other_token->end, further.right, true, true, &whom, &m->phrase);
        }
    }
}

/* 工程总投资, 计划总投资: words for the cost of something that they do not name. */
static bool is_total_cost(const struct words *w)
{
    static const uint16_t total[] = {0x603B, 0x6295, 0x8D44};  /* 总投资 */
    if (w->n < 3 || w->n > 7 || memcmp(w->text + w->n - 3, total, sizeof total) != 0)
        return false;
    return w->n == 3 || (w->n == 5 && (cue_at(w->text, 0, w->n, CUE_plan, NULL) > 0 || cue_at(w->text, 0, w->n, CUE_noun, NULL) == 2 || names_thing(w->text, 2)));
}

/* 场镇道路改造工程：工程总投资350万元: what stands before the sign says what it is the cost of. */
static void name_cost(struct making *m)
{
    const struct scan *s = m->in->scan;
    if (!m->money || m->previous != NULL || m->s.left_break <= m->in->first || !is_total_cost(&m->before))
        return;
    size_t i = m->s.left_break, start = m->in->first > 0 ? s->tokens[m->in->first - 1].end : 0, end = s->tokens[i].start;
    while (i-- > m->in->first)
        if (s->tokens[i].kind == TOKEN_QUANTITY)
            return;
        else if (s->tokens[i].kind == TOKEN_BREAK && s->tokens[i].sub != BREAK_PAUSE)
            start = start > s->tokens[i].end ? start : s->tokens[i].end;
    struct words name = {0};
    collect(m->in, start, end, &name);
    if (name.n < 4 || !names_thing(name.text, name.n))
        return;
    MARK(m->label, clause_before);
    words_add(&name, m->before.text + m->before.n - 3, 3);
    cut_front(&name, LABEL_MOST);
    m->before = name;
    m->left = start;
}

/* A number without words of its own: the clause before it names it, or the predicate of the one behind. */
static void look_around(struct making *m)
{
    name_cost(m);
    if (m->extent != 0 && m->before.n == 2 && m->before.text[1] == 0x957F)
        m->before.n = 0;  /* 全长3公里，宽4.5米 of nothing that was named */
    else if (m->extent != 0 && m->before.n > 2 && m->before.text[m->before.n - 1] == 0x957F)
        m->before.n -= m->before.text[m->before.n - 2] == 0x5168 || m->before.text[m->before.n - 2] == 0x603B ? 2 : 1;  /* 道路全长3公里，宽4.5米 */
    /* the clause before names it when this one has no words of its own */
    if (m->before.n + m->noun.n + m->phrase.n == 0 && m->previous == NULL && m->s.left_break > m->in->first) {
        size_t i = m->s.left_break, start = m->in->first > 0 ? m->in->scan->tokens[m->in->first - 1].end : 0;
        while (i-- > m->in->first)
            if (m->in->scan->tokens[i].kind == TOKEN_BREAK || m->in->scan->tokens[i].kind == TOKEN_QUANTITY) {
                start = m->in->scan->tokens[i].end;
                break;
            }
        MARK(m->label, clause_before);
        collect(m->in, start, m->in->scan->tokens[m->s.left_break].start, &m->before);
        m->left = start;
    }
    if (m->before.n + m->noun.n + m->phrase.n == 0) {
        MARK(m->label, predicate_behind);
        predicate_behind(m->in, &m->phrase);
    }
}

/* The denominators and the kind; requirement 7 for words of change. */
static void find_measure(struct making *m)
{
    if (!m->borrowed)  /* 按年平均汇率计算: what is said of the rate is not said of the fact */
        find_per(m->t, m->left, m->q->start, m->noun.n > 0 ? &m->noun : &m->phrase, m->q);
    if (m->q->member > 0)
        find_per(m->before.text, 0, m->before.n, &m->phrase, m->q);
    if (!m->ratio && !m->q->rank && arrives(m))
        drop_change(&m->before);  /* 从11.4万人减至0.72万人 */
    if (is_arrival(m->t[m->s.right > m->q->end ? m->s.right - 1 : m->q->end]) && opens_with_change(&m->noun, &m->phrase))
        m->noun.n = m->phrase.n = 0;  /* the same words behind the first of the two numbers */
    m->label->kind = find_kind(m->in, m->q, m->s.left, &m->label->decline);
    if (m->label->kind == KIND_growth && is_text(m->q->unit->name, "位") && m->before.n <= 4)
        m->before.n = 0;  /* 前移, 上升: of whose rank was said before */
    if (m->ratio && m->q->member > 0 && m->label->kind == KIND_growth && aim_before(m) != NULL)
        m->label->kind = KIND_share;  /* 新增就业…分别完成目标的188% */
    if (m->ratio && m->label->kind == KIND_share && arrives(m) && !ENDS(&m->before, LV) && without_change(&m->before).n >= 2)
        drop_change(&m->before);  /* 检出率下降至0.04% */

    /* 由每斤2元涨到12元: the state after the change is the same quantity */
    if (m->previous != NULL && m->in->before != NULL && m->in->before->unit == m->q->unit && !m->ratio && m->noun.n + m->phrase.n == 0 && arrives(m) && m->label->kind == KIND_level && without_change(&m->before).n == 0) {
        m->before.n = 0;
        words_add(&m->before, m->previous->base, m->previous->base_length);
        m->silent = true;
    }
    /* 27860元和12140元, 7.9%和12.3%: the second of a pair is what the first is */
    if (m->previous != NULL && m->in->before != NULL && m->silent && m->noun.n == 0 && (m->s.chained || m->s.listed || m->phrase.n == 0) && m->in->before->unit == m->q->unit &&
        (m->s.chained || m->s.listed || m->label->kind == KIND_level)) {
        MARK(m->label, kind_of_pair);
        m->label->kind = m->previous->kind;
        m->label->decline = m->previous->decline;
        for (unsigned i = 0; i < m->in->before->per_count; i++)
            add_code(m->q, m->in->before->per[i]);
    }
    /* 每个村配备2名保洁员和1辆清运车: what is joined is so much for each, too */
    uint16_t joint = m->q->start > 0 ? m->t[m->q->start - 1] : 0;
    if ((m->s.chained || m->s.listed) && m->noun.n > 0 && m->previous != NULL && m->previous->kind == KIND_mean && m->in->before != NULL && m->q->per_count == 0 &&
        (joint == 0x548C || joint == 0x3001) && m->label->kind == KIND_level) {
        m->label->kind = KIND_mean;
        for (unsigned i = 0; i < m->in->before->per_count; i++)
            add_code(m->q, m->in->before->per[i]);
    }
    /* 按不变价格增长-8.7%，较一季度(-10.8%)回升: a rate in a bracket behind a rate is one of another time */
    if (m->ratio && m->silent && m->s.bracketed && m->previous != NULL && m->previous->kind == KIND_growth && m->label->kind == KIND_share)
        m->label->kind = KIND_growth;
}

/* 贫困人口66人全部脱贫, 按收益的20%分红: a short predicate behind a number whose words before it have none. */
static bool told_behind(const struct making *m)
{
    return m->phrase.verb && m->phrase.n >= 2 && m->phrase.n <= 4 && m->before.n + m->phrase.n <= LABEL_MOST - 2 &&
           ((m->person && !m->before.verb && !m->money) || (m->ratio && m->label->kind == KIND_share && !m->borrowed));
}

/* 为村集体带来, 实现 …: a verb whose object stands behind the number. */
static bool brings(const struct words *w)
{
    static const uint16_t verbs[][2] = {{0x5E26, 0x6765}, {0x589E, 0x52A0}, {0x521B, 0x9020}, {0x83B7, 0x5F97}, {0x4EA7, 0x751F}, {0x83B7, 0x53D6}};
    for (size_t k = 0; w->n > 2 && k < sizeof verbs / sizeof *verbs; k++)
        if (memcmp(w->text + w->n - 2, verbs[k], sizeof verbs[k]) == 0)
            return true;
    return false;
}

/* 干花椒以50元/公斤的价格销往乐山: what is done at the price is no part of its name. */
static void name_price(struct making *m)
{
    static const uint16_t price[] = {0x4EF7, 0x683C};  /* 价格 */
    if (m->label->kind != KIND_price || m->t[m->q->end] != 0x7684 || memcmp(m->t + m->q->end + 1, price, sizeof price) != 0)
        return;
    m->noun.n = m->phrase.n = 0;
    words_add(&m->before, price, 2);
}

/* 辖6个村，2086户，8277人; 住户218户，593人: so many people live there. */
static void name_people(struct making *m)
{
    static const uint16_t rules[] = {0x8F96}, live[] = {0x4F4F, 0x6237};  /* 辖, 住户 */
    const struct quantity *last = m->in->before;
    bool bare = m->before.n <= 2 && (words_end_with(&m->before, rules, 1) || words_end_with(&m->before, live, 2));
    if (is_text(m->q->unit->dimension, "count_person") && bare && m->noun.n + m->phrase.n == 0 && last != NULL && is_text(last->unit->dimension, "count_household")) {
        m->before.n = 0;
        words_add(&m->before, RENKOU, 2);
    }
}

/* Requirements 1, 2, 5: the words in the order of a label. */
static void compose(struct making *m)
{
    name_people(m);
    name_price(m);
    /* requirements 1, 2, 5 */
    if (m->before.n == m->noun.n + m->phrase.n && m->before.n > 0 && memcmp(m->before.text, m->noun.text, m->noun.n * sizeof *m->before.text) == 0 &&
        memcmp(m->before.text + m->noun.n, m->phrase.text, m->phrase.n * sizeof *m->before.text) == 0)
        m->noun.n = m->phrase.n = 0;  /* 119户524人都拿上了…: the chain has it from its first member */
    size_t whole = m->before.n + m->phrase.n + m->noun.n;
    if (m->label->kind != KIND_share)
        cut_front(&m->before, 14);
    cut_front(&m->phrase, 9);
    cut_noun(&m->noun, 9, strncmp(m->q->unit->role, "counter", 7) == 0);
    if (m->money && m->label->kind == KIND_level && !m->borrowed && m->noun.n == 0 && leading_verb(m->phrase.text, m->phrase.n) == m->phrase.n && only_spends(&m->before) && !is_total_cost(&m->before))
        purpose_behind(m->in, &m->phrase);
    if (m->borrowed) {
        words_add(&m->out, m->before.text, m->before.n);
    } else if (m->money && m->noun.n + m->phrase.n > 0 && !m->s.chained) {
        static const uint16_t gain[] = {0x589E, 0x6536};  /* 增收 */
        MARK(m->label, money_bought);
        /* 一个月有2500元收入: 月收入 */
        size_t turn = m->before.n > 0 && (m->before.text[0] == 0x5E74 || m->before.text[0] == 0x6708 || m->before.text[0] == 0x65E5) &&
                      leading_verb(m->before.text + 1, m->before.n - 1) == m->before.n - 1;
        /* 每年为村集体带来10万元收入 */
        bool brought = m->noun.n + m->phrase.n == 2 && brings(&m->before);
        if (brought) {
            words_add(&m->out, m->before.text + turn, m->before.n - turn);
            m->before.n = turn = 0;
        }
        words_add(&m->out, m->before.text, turn);
        words_add(&m->out, m->noun.text, m->noun.n);
        words_add(&m->out, m->phrase.text, m->phrase.n);
        words_add(&m->out, m->before.text + turn, m->before.n - turn);
        if (m->before.n == 0 && !brought && !text_has_cue(m->out.text, m->out.n, CUE_noun, 2) && !text_has_cue(m->out.text, m->out.n, CUE_measure, -1) && !words_end_with(&m->out, gain, 2))
            words_add(&m->out, TOUZI, 2);
    } else if (m->noun.n > 0 || (m->phrase.n > 0 && (m->before.n < 4 || m->label->subject_behind || told_behind(m)))) {
        size_t room = LABEL_MOST - 2;
        if (m->before.n + m->noun.n + m->phrase.n > room && m->noun.n > 0) {
            /* the noun is what is counted: the phrase gives way first, then the words before */
            size_t spare = room > m->noun.n ? room - m->noun.n : 0;
            cut_front(&m->phrase, spare);
            spare -= m->phrase.n < spare ? m->phrase.n : spare;
            cut_front(&m->before, spare);
        }
        size_t verb = leading_verb(m->before.text, m->before.n);
        if (m->noun.n > 0 && m->t[m->q->end] == 0x7684 && !m->person && m->phrase.n == 0 && m->before.n > verb && without_measure(m->before.text, m->before.n) == verb) {
            /* 建成总库容276万立方米的水库: the measure is the thing's */
            words_add(&m->out, m->before.text, verb);
            words_add(&m->out, m->noun.text, m->noun.n);
            words_add(&m->out, m->before.text + verb, m->before.n - verb);
            m->before.n = m->noun.n = 0;
        }
        words_add(&m->out, m->before.text, m->before.n);
        if (m->person || m->noun.n == 0) {
            words_add(&m->out, m->noun.text, m->noun.n);
            words_add(&m->out, m->phrase.text, m->phrase.n);
        } else {
            words_add(&m->out, m->phrase.text, m->phrase.n);
            words_add(&m->out, m->noun.text, m->noun.n);
        }
    } else {
        words_add(&m->out, m->before.text, m->before.n);
    }
    if (m->before.n + m->phrase.n + m->noun.n < whole)
        MARK(m->label, words_cut);
    m->label->rules |= (m->before.n > 0 ? RULE_BIT(words_before) : 0) | (m->noun.n > 0 ? RULE_BIT(noun_behind) : 0) |
                    (m->phrase.n > 0 ? RULE_BIT(phrase_behind) : 0);
}

/* What later numbers of the sentence share. */
static void remember(struct making *m)
{
    /* what later numbers share: the words before, or the phrase when the clause opens with the number */
    struct words base = m->before.n > 0 ? m->before : m->phrase;
    memcpy(m->label->near, base.text, base.n * sizeof *base.text);
    m->label->near_length = base.n;
    if (m->s.bracketed && m->previous != NULL) {
        base.n = 0;
        words_add(&base, m->previous->base, m->previous->base_length);
    }
    memcpy(m->label->base, base.text, base.n * sizeof *base.text);
    m->label->base_length = base.n;
    if (m->aims && m->previous != NULL) {
        /* 收入4348万元，占预算10065万元的43%，下降6%: what follows is about the income */
        base.n = 0;
        words_add(&base, m->previous->base, m->previous->base_length);
        memcpy(m->label->base, base.text, base.n * sizeof *base.text);
        m->label->base_length = base.n;
        memcpy(m->label->subject, m->previous->subject, m->previous->subject_length * sizeof *m->label->subject);
        m->label->subject_length = m->previous->subject_length;
        m->label->unit = m->q->unit;
        return;
    }
    const struct words *subject = m->borrowed || m->label->kind == KIND_growth ? &m->before : &m->out;
    memcpy(m->label->subject, subject->text, subject->n * sizeof *subject->text);
    m->label->subject_length = subject->n;
    /* what the bracket stands behind is what goes on behind it */
    if (m->s.bracketed && m->previous != NULL) {
        bool again = m->previous->outer_length > 0;
        m->label->outer_length = again ? m->previous->outer_length : m->previous->subject_length;
        memcpy(m->label->outer, again ? m->previous->outer : m->previous->subject, m->label->outer_length * sizeof *m->label->outer);
    }
    m->label->unit = m->q->unit;
    m->label->counted = m->noun.n > 0;
}

/* The entry of the dictionary. */
static void classify(struct making *m)
{
    if (m->extent != 0 && m->extent != 0x957F)
        return;  /* no entry is of a width or a depth */
    /* the dictionary looks at the counted noun, the label's words and the stretch itself */
    uint16_t context[7 * LABEL_BASE];
    const struct words *head = m->noun.n > 0 && !m->money ? &m->noun : &m->before;
    struct clue clue = {.words = context, .strict = m->noun.n > 0 && is_text(m->q->unit->role, "counter") && !is_text(m->q->unit->name, "个"),
                        .per = m->q->per, .per_count = m->q->per_count, .trace = m->in->trace};
    size_t head_n = head->n < 7 ? head->n : 7;
    memcpy(context, m->out.text, m->out.n * sizeof *context);
    clue.n = m->out.n;
    if (!words_end_with(&m->out, head->text + (head->n - head_n), head_n)) {
        context[clue.n++] = '|';
        memcpy(context + clue.n, head->text + (head->n - head_n), head_n * sizeof *context);
        clue.n += head_n;
    }
    clue.head = clue.n - head_n;
    clue.head_end = clue.n;
    context[clue.n++] = '|';
    /* 其中工业增加值: a part that has a measure of its own is not looked up by its whole's words */
    if (m->part && without_measure(m->out.text, m->out.n) == m->out.n) {
        memcpy(context + clue.n, m->label->whole, m->label->whole_length * sizeof *context);
        clue.n += m->label->whole_length;
        context[clue.n++] = '|';
    }
    if (!m->borrowed) {
        size_t from = m->q->start - m->left > 40 ? m->q->start - 40 : m->left, own = m->q->start - from;
        /* often the label's words are just these: they are not read twice */
        if (own != m->out.n || memcmp(m->t + from, m->out.text, own * sizeof *m->t) != 0) {
            memcpy(context + clue.n, m->t + from, own * sizeof *context);
            clue.n += own;
            context[clue.n++] = '|';
        }
        size_t more = m->s.right - m->q->end < 28 ? m->s.right - m->q->end : 28;
        /* 养的5头猪被合作社收购: what becomes of a thing that is counted does not say what it is */
        if (m->noun.n > 0 && is_text(m->q->unit->role, "counter") && !is_text(m->q->unit->name, "个"))
            more = 0;
        memcpy(context + clue.n, m->t + m->q->end, more * sizeof *context);
        clue.n += more;
    }
    clue.dimension = m->q->unit->dimension;
    if (is_text(clue.dimension, "count_other") && head_n > 0 && head->text[head->n - 1] == HU[0])
        clue.dimension = "count_household";  /* 77个贫困户 */
    if ((m->label->kind == KIND_growth && m->ratio) || m->q->rank || (m->ratio && m->borrowed))
        clue.dimension = NULL;
    unsigned score = 0;
    bool inherited = (m->branch && !is_text(m->in->above->id != NULL ? m->in->above->id : "", "gdp")) ||
                     (m->borrowed && (m->in->partner != NULL || (m->previous != NULL && m->label->kind != KIND_share && m->q->member == 0)));
    if (inherited && m->branch)
        m->label->indicator = m->in->above->indicator;
    else if (inherited)
        m->label->indicator = m->in->partner != NULL ? m->in->partner->indicator : m->source != NULL ? m->source->indicator : m->previous->about;
    else
        m->label->indicator = indicator_classify(&clue, &score);
    /* 电力、燃气生产和供应业下降2.5%: a branch of the economy is none of the things that its name is made of */
    if (!inherited && m->ratio && m->label->kind == KIND_growth && m->out.n > 2 && m->out.text[m->out.n - 1] == 0x4E1A && score <= THIN_ENTRY + 3)
        m->label->indicator = -1;
    /* 占收入的45%: a mean that rests on one word is not what it is a share of */
    if (!inherited && m->ratio && m->label->kind == KIND_share && m->label->indicator >= 0 && score <= THIN_ENTRY && indicator_at((size_t)m->label->indicator)->per[0] != '\0')
        m->label->indicator = -1;
    /* 面积15平方公里: of the place itself */
    static const uint16_t total[] = {0x603B, 0x9762, 0x79EF};
    if (m->label->indicator < 0 && !inherited && is_text(m->q->unit->name, "平方公里") && m->out.n == 2 && memcmp(m->out.text, total + 1, 2 * sizeof *total) == 0) {
        clue.words = total;
        clue.n = clue.head_end = 3;
        clue.head = 0;
        m->label->indicator = indicator_classify(&clue, &score);
    }
    if (m->label->aim)
        m->label->indicator = -1;  /* a budget is no income yet */
    m->label->about = m->aims && m->previous != NULL ? m->previous->about : m->label->indicator;
    if (m->label->indicator >= 0) {
        m->label->rules |= inherited ? RULE_BIT(entry_inherited) : RULE_BIT(entry_found);
        m->label->id = indicator_at((size_t)m->label->indicator)->id;
        if (!inherited && score <= THIN_ENTRY)
            MARK(m->label, entry_thin);
    }
}

/* The item, the last word, the text. */
static void finish(struct making *m)
{
    static const uint16_t degree[] = {0x5EA6};
    if (m->label->item == NULL)
        find_item(&m->out, m->label, m->arena);
    if (m->label->item == NULL && m->borrowed && m->q->member == 0 && m->previous != NULL && m->label->indicator == m->previous->about && m->previous->indicator == m->previous->about && (m->s.bracketed || m->previous->outer_length == 0))
        m->label->item = m->previous->item;  /* 城镇17亿元，增长4.9% */
    if (inherent(m->label))
        m->label->item = NULL;

    size_t whole = m->out.n;
    if (m->extent != 0) {
        words_add(&m->out, &m->extent, 1);
        words_add(&m->out, degree, 1);
    } else {
        add_suffix(&m->out, m->q, m->label->kind);
    }
    if (m->out.n > whole)
        MARK(m->label, unit_completes);
    whole = m->out.n;
    cut_front(&m->out, LABEL_MOST);
    if (m->out.n < whole)
        MARK(m->label, words_cut);
    m->label->text = units_utf8(m->out.text, m->out.n, m->arena);
    m->label->rules |= (m->q->implied ? RULE_BIT(implied_counter) : 0) | (m->q->number.chinese ? RULE_BIT(chinese_digits) : 0) |
                    (m->q->rank ? RULE_BIT(rank_word) : 0) | (m->q->part > 0 ? RULE_BIT(ratio_part) : 0) |
                    (m->out.n <= SHORT_LABEL ? RULE_BIT(label_short) : 0) | (m->s.right >= m->q->end + FAR_BEHIND ? RULE_BIT(far_behind) : 0) |
                    (m->q->per_count > 0 ? RULE_BIT(denominator) : 0) | (m->label->item != NULL ? RULE_BIT(item_named) : 0);
    trace_stretch(m->in->trace, m->in->window, m->in->scan, m->q, m->left, m->s.right);
}

int label_make(const struct label_input *in, struct quantity *q, struct label *label, struct arena *arena)
{
    struct making making = {.in = in, .q = q, .label = label, .arena = arena, .t = in->window->text, .previous = in->previous,
                            .s = find_stretch(in, &in->scan->tokens[in->token])};
    struct making *m = &making;
    *label = (struct label){.indicator = -1, .about = -1, .listed = m->s.listed};
    m->money = strncmp(q->unit->dimension, "money", 5) == 0;
    m->person = is_text(q->unit->role, "person") || is_text(q->unit->role, "household") || is_text(q->unit->name, "人");
    m->ratio = is_text(q->unit->role, "percent") || is_text(q->unit->role, "multiple");
    read_before(m);
    read_behind(m);
    if (m->noun.n == 0)
        words_add(&m->before, m->example.text, m->example.n);
    find_whole(m);
    share_head(m);
    look_around(m);
    find_measure(m);
    find_subject(m);
    break_down(m);
    compose(m);
    remember(m);
    classify(m);
    finish(m);
    return label->text == NULL ? E_MEMORY : E_OK;
}
