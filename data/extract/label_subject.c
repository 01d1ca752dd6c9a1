/* label_subject.c — requirement 4 of label.c: what a rate of growth, a share or a rank is about. */
#include "data/extract/label.h"

#include <string.h>

#define BRANCH_WORDS 14u
#define BRANCH_MOST 6u  /* characters of a branch of the economy: 第一产业, 制造业 */

/* 减至0.72万人, 增加至2024年的16927元: whether the number is what a change has come to. */
bool arrives(const struct making *m)
{
    size_t start = m->q->start;
    const struct token *before = m->in->token > m->in->first ? &m->in->scan->tokens[m->in->token - 1] : NULL;
    if (before != NULL && before->kind == TOKEN_CUE && before->end == start && m->t[before->start] == 0x7684)
        before = m->in->token > m->in->first + 1 ? before - 1 : NULL;
    if (before != NULL && before->kind == TOKEN_TIME && before->end + 1 >= start)
        start = before->start;
    return start > 0 && is_arrival(m->t[start - 1]);
}

/* The two characters of the aim that text[start..end) ends with (预算, 任务数的 …), or NULL. */
static const uint16_t *aim_at(const uint16_t *t, size_t start, size_t end)
{
    static const uint16_t aims[][2] = {{0x9884, 0x7B97}, {0x4EFB, 0x52A1}, {0x76EE, 0x6807}, {0x8BA1, 0x5212}};  /* 预算 任务 目标 计划 */
    end -= end > start && t[end - 1] == 0x7684;
    end -= end > start && t[end - 1] == 0x6570;  /* 的 数 */
    for (size_t k = 0; end >= start + 2 && k < sizeof aims / sizeof *aims; k++)
        if (memcmp(t + end - 2, aims[k], sizeof aims[k]) == 0)
            return aims[k];
    return NULL;
}

const uint16_t *aim_before(const struct making *m)
{
    size_t start = m->q->member > 0 ? m->q->opening : m->s.left, end = m->q->start;
    if (m->q->member > 0) {  /* before the first number of the list */
        size_t i = m->in->token;
        while (i > m->in->first && m->in->scan->tokens[i - 1].start >= start)
            i--;
        while (m->in->scan->tokens[i].kind != TOKEN_QUANTITY)
            i++;
        end = m->in->scan->tokens[i].start;
    }
    /* 占年初预算10065万元的43.2% */
    const struct quantity *last = m->in->before;
    if (m->previous != NULL && m->previous->aim && last != NULL && last->end + 1 == m->q->start && m->t[last->end] == 0x7684)
        return aim_at(m->t, last->start > 8 ? last->start - 8 : 0, last->start);
    return aim_at(m->t, start, end);
}

/* 占年初预算10065万元的43.2%: the aim itself, of what was named before. */
static bool states_aim(struct making *m, const uint16_t *subject, size_t length)
{
    const uint16_t *aim = m->ratio || m->q->rank || m->q->member > 0 || m->previous == NULL || length < 2 || m->t[m->q->end] != 0x7684 ||
                          !arabic_digit(m->t[m->q->end + 1]) ? NULL : aim_before(m);
    if (aim == NULL)
        return false;
    m->before.n = m->noun.n = m->phrase.n = 0;
    words_add(&m->before, subject, length);
    words_add(&m->before, aim, 2);
    m->aims = m->label->aim = true;
    m->label->kind = KIND_level;
    m->label->decline = false;
    MARK(m->label, subject_last);
    return true;
}

/* 年度, 全年, 年初, 调整, 下达, 预期: words of an aim that say not what it is of. */
static bool says_when(const struct words *w)
{
    static const uint16_t words[][2] = {{0x5E74, 0x5EA6}, {0x5168, 0x5E74}, {0x5E74, 0x521D}, {0x8C03, 0x6574}, {0x4E0B, 0x8FBE}, {0x9884, 0x671F}, {0x65E2, 0x5B9A}};
    for (size_t i = 0; i + 1 < w->n; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (memcmp(w->text + i, words[k], sizeof words[k]) == 0)
                return true;
    return w->n < 2;
}

bool clause_between(const struct making *m, struct words *out)
{
    const struct scan *s = m->in->scan;
    size_t i = m->s.left_break;
    if (i <= m->in->first || s->tokens[i].kind != TOKEN_BREAK || s->tokens[i].sub != BREAK_CLAUSE || s->tokens[i].end < m->s.left)
        return false;
    size_t end = s->tokens[i].start, start = end;
    while (i-- > m->in->first && (s->tokens[i].kind != TOKEN_BREAK || s->tokens[i].sub == BREAK_PAUSE))
        if (s->tokens[i].kind == TOKEN_QUANTITY)
            return false;
    start = i + 1 > m->in->first ? s->tokens[i].end : start;
    bool has = start < end && m->t[start] == 0x6709;
    size_t of = end;
    while (of > start && m->t[of - 1] != 0x7684)
        of--;
    if (of > start && of + 2 <= end)
        start = of;  /* 获得的收益 */
    collect(m->in, start, end, out);
    return has;
}

/* 基地1个，获得的收益，八成用于分红: the clause between, which has no number, names what is shared out. */
static void subject_between(struct making *m, struct words *own)
{
    struct words between = {0};
    clause_between(m, &between);
    if (between.n >= 2 && between.n <= 8) {
        *own = between;
        m->before = between;
    }
}

/* 高于, 超, 领先 …: what follows is a yardstick. */
static bool compares_first(const uint16_t *t, size_t i)
{
    static const uint16_t words[][2] = {{0x9AD8, 0x4E8E}, {0x4F4E, 0x4E8E}, {0x5FEB, 0x4E8E}, {0x6162, 0x4E8E}, {0x4F18, 0x4E8E}, {0x9AD8, 0x51FA}, {0x8D85, 0x51FA}, {0x9886, 0x5148}, {0x8D85, 0x8FC7}};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (memcmp(t + i, words[k], sizeof words[k]) == 0)
            return true;
    return t[i] == 0x8D85 || t[i] == 0x6BD4;  /* 超 比 */
}

/* Requirement 4: what a rate of growth, a share or a rank is about. */
void find_subject(struct making *m)
{
    bool outer = m->previous != NULL && !m->s.bracketed && m->previous->outer_length > 0;
    const uint16_t *last_subject = m->previous == NULL ? NULL : outer ? m->previous->outer : m->previous->subject;
    size_t last_length = m->previous == NULL ? 0 : outer ? m->previous->outer_length : m->previous->subject_length;
    if (states_aim(m, last_subject, last_length))
        return;
    if (!m->q->rank && !m->ratio && (m->label->kind != KIND_growth || m->previous == NULL))
        return;
    /* requirement 4: strip the words of change; what is left, or what was named last, is the subject */
    struct words own = m->label->kind == KIND_share && !to_share(&m->before) ? m->before : without_change(&m->before);
    if (is_text(m->q->unit->dimension, "points") && m->previous != NULL && m->previous->unit != NULL && compares_first(m->t, m->s.left))
        own.n = 0;  /* 普及率达94%，高于全国农村10个百分点 */
    static const uint16_t total[] = {0x603B, 0x91CF};  /* 总量位居全市第1位 */
    bool in_total = m->q->rank && m->previous != NULL && own.n == 2 && memcmp(own.text, total, sizeof total) == 0;
    if (in_total)
        own.n = 0;
    /* 大棚蔬菜60亩，增收8万元: an amount of another dimension is its own */
    bool strange = !m->ratio && !m->q->rank && m->label->kind == KIND_growth && m->in->before != NULL && m->before.n > 0 &&
                   strcmp(m->in->before->unit->dimension, m->q->unit->dimension) != 0;
    /* 余额154亿元，同比下降1.1%，减少1.7亿元: the amount of the rate before it */
    if (strange && m->previous != NULL && m->previous->kind == KIND_growth && is_text(m->in->before->unit->role, "percent") && m->in->level != NULL &&
        is_text(m->in->level->unit->dimension, m->q->unit->dimension) && m->previous->subject_length == m->in->level->subject_length &&
        memcmp(m->previous->subject, m->in->level->subject, m->in->level->subject_length * sizeof *m->previous->subject) == 0)
        strange = false;
    /* 提取20%的公积金、20%的公益金: each has its noun */
    if (m->ratio && own.n == 0 && m->s.listed && m->noun.n > 0 && m->label->kind == KIND_share && m->previous != NULL && m->previous->kind == KIND_share && !m->previous->subject_behind) {
        words_add(&own, m->previous->base, m->previous->base_length);
        m->before = own;
    }
    /* 收益的70%归贫困户，30%留村集体: the same whole, but where it goes stands behind each */
    bool apart = m->ratio && m->silent && own.n == 0 && !m->s.listed && !m->s.bracketed && m->label->kind == KIND_share && m->q->member == 0 && m->q->part == 0 &&
                 m->noun.n + m->phrase.n >= 2 && m->t[m->q->end] != 0x7684 && m->previous != NULL && m->previous->kind == KIND_share;
    if (apart) {
        const struct words *where = m->noun.n > 0 ? &m->noun : &m->phrase;
        bool whole = cue_at(where->text, 0, where->n, CUE_person, NULL) > 0;  /* 80%的村通了客车，90%农户用上电 */
        if ((m->previous->rules & RULE_BIT(words_before)) && !m->previous->subject_behind && !whole)
            words_add(&own, m->previous->base, m->previous->base_length);
        m->before = own;
    }
    /* 90%的乡镇、80%以上的人口从事柑橘产业: of whom it is a share stands behind */
    if (m->ratio && own.n < 2 && m->label->kind == KIND_share && m->noun.n > 0 && m->t[m->q->end] == 0x7684) {
        own = m->before = m->noun;
        m->noun.n = 0;
        m->label->subject_behind = true;
    }
    /* 收入126亿元，同比增收9亿元，增长8%: more of what was named; of anything else a gain of its own */
    static const uint16_t gain[] = {0x589E, 0x6536}, loss[] = {0x51CF, 0x6536}, revenue[] = {0x6536, 0x5165}, tax[] = {0x7A0E};
    static const uint16_t more[] = {0x589E, 0x652F}, less[] = {0x51CF, 0x652F}, spent[] = {0x652F, 0x51FA};  /* 增支 减支 支出 */
    const struct label *amount = m->previous != NULL && m->previous->kind != KIND_level ? m->in->level : m->previous;
    bool earned = m->before.n == 2 && (memcmp(m->before.text, gain, sizeof gain) == 0 || memcmp(m->before.text, loss, sizeof loss) == 0);
    bool laid_out = m->before.n == 2 && (memcmp(m->before.text, more, sizeof more) == 0 || memcmp(m->before.text, less, sizeof less) == 0);
    if (m->money && (earned || laid_out) && amount != NULL && strncmp(amount->unit->dimension, "money", 5) == 0) {
        struct words last = {0};
        bool beyond = !m->s.bracketed && amount->outer_length > 0;
        words_add(&last, beyond ? amount->outer : amount->subject, beyond ? amount->outer_length : amount->subject_length);
        if (laid_out ? HOLDS(&last, spent) : HOLDS(&last, revenue) || HOLDS(&last, tax)) {
            m->label->rules |= RULE_BIT(subject_last);
            m->before = last;
            m->borrowed = true;
            m->source = amount;
            return;
        }
    }
    /* 年平均增长率为0.6%: nothing but a rate */
    if (m->ratio && m->label->kind == KIND_growth && m->previous != NULL && ENDS(&own, ZENGZHANG) && own.n <= 5 &&
        (own.n == 3 || cue_at(own.text, 0, own.n, CUE_mean, NULL) == 2 || (own.text[0] == 0x5E73 && own.text[1] == 0x5747)))
        own.n = 0;
    if (m->ratio && own.n == 4 && own.text[1] == 0x5E74 && own.text[2] == 0x5E73 && own.text[3] == 0x5747)
        words_drop(&own, 2);  /* 两年平均下降15.7% */
    bool mean_only = m->ratio && own.n == 2 && (cue_at(own.text, 0, 2, CUE_mean, NULL) == 2 || (own.text[0] == 0x5E73 && own.text[1] == 0x5747));  /* 年均增幅超过10%, 年平均增长率为0.6% */
    if (m->ratio && own.n < 2 && m->label->kind == KIND_share && m->previous != NULL && m->q->member == 0 && !m->s.listed && !apart)
        subject_between(m, &own);
    bool short_words = ((own.n < 2 || mean_only) && !strange && !apart) || (m->label->kind == KIND_share && own.n > 0 && own.text[0] == 0x5360);
    /* 完成调整预算的103.7%: how much of its own target what was named has reached */
    static const uint16_t done[] = {0x5B8C, 0x6210, 0x7387};
    const uint16_t *aim = m->ratio && m->label->kind == KIND_share ? aim_before(m) : NULL;
    if (aim != NULL) {
        struct words reached = own;
        if (reached.n > 2 && reached.text[reached.n - 1] == 0x7684)
            reached.n--;
        if (reached.n >= 2 && memcmp(reached.text + reached.n - 2, aim, 2 * sizeof *aim) == 0)
            reached.n -= 2;
        if (m->q->member == 0 && (says_when(&reached) || m->previous == NULL || m->previous->aim || reached.text[0] == 0x5360)) {
            reached.n = 0;
            if (m->previous != NULL && last_length >= 2) {
                words_add(&reached, last_subject, last_length);
                MARK(m->label, subject_last);
            }
        }
        if (reached.n > 0) {
            if (m->q->member == 0)
                m->label->item = units_utf8(reached.text, reached.n, m->arena);
            m->aims = m->q->member == 0;
            words_add(&reached, aim, 2);
            words_add(&reached, done, 3);
            cut_front(&reached, LABEL_MOST);
            m->before = reached;
            return;
        }
    }
    if (short_words && m->previous != NULL) {
        struct words subject = {0};
        m->label->rules |= m->q->member > 0 ? RULE_BIT(member_words) : m->in->partner != NULL ? RULE_BIT(subject_partner) : RULE_BIT(subject_last);
        if (m->q->member > 0)
            words_add(&subject, m->member.text, m->member.n);
        else if (m->in->partner != NULL)
            words_add(&subject, m->in->partner->subject, m->in->partner->subject_length);
        else
            words_add(&subject, last_subject, last_length);
        if (m->label->kind == KIND_share)
            words_add(&subject, own.text, own.n);
        own = subject;
        if (in_total)
            words_add(&own, total, 2);
        m->aims |= in_total;
        /* 增幅高于全市1个百分点, 排名第62位: the word that says what of it is compared */
        if (m->q->rank && HOLDS(&m->before, PAIMING))
            words_add(&own, PAIMING, 2);
        else if (HOLDS(&m->before, ZENGFU) && !ENDS(&own, ZENGFU) && !ENDS(&own, ZENGSU))
            words_add(&own, ZENGFU, 2);
        else if (HOLDS(&m->before, ZENGSU) && !ENDS(&own, ZENGSU))
            words_add(&own, ZENGSU, 2);
        m->borrowed = true;
    }
    /* 46个乡镇实现污水设施覆盖，覆盖率67%: the rate of what was counted */
    if (m->ratio && !m->borrowed && m->label->kind == KIND_share && own.n == 3 && own.text[2] == LV[0] && m->previous != NULL && m->previous->unit != NULL &&
        strncmp(m->previous->unit->dimension, "count", 5) == 0 && m->previous->kind == KIND_level &&
        last_length >= 2 && m->q->member == 0) {
        size_t n = m->previous->subject_length;
        bool repeated = memcmp(m->previous->subject + n - 2, own.text, 2 * sizeof *own.text) == 0;
        bool opened = n <= 4 && memcmp(m->previous->subject, own.text, 2 * sizeof *own.text) == 0;  /* 死亡人口1.19万人，死亡率 */
        struct words of = {0};
        words_add(&of, m->previous->subject, opened ? 0 : repeated ? n - 2 : n);
        words_add(&of, own.text, own.n);
        cut_front(&of, LABEL_MOST);
        own = of;
    }
    /* 第一产业对经济增长的贡献率为6.6%，拉动GDP增长0.2个百分点: whose pull it is was said before */
    static const uint16_t pull[] = {0x62C9, 0x52A8};
    if (m->ratio && !m->borrowed && m->previous != NULL && own.n > 2 && memcmp(own.text, pull, sizeof pull) == 0) {
        size_t branch = 0;
        while (branch < m->previous->subject_length && branch < BRANCH_MOST && m->previous->subject[branch] != 0x4E1A)  /* 业 */
            branch++;
        struct words puller = {0};
        if (branch < m->previous->subject_length && branch < BRANCH_MOST)
            words_add(&puller, m->previous->subject, branch + 1);
        words_add(&puller, own.text, own.n);
        own = puller;
    }
    if (m->q->rank && !m->borrowed && own.n == 0 && HOLDS(&m->before, ZENGSU))
        words_add(&own, ZENGSU, 2);
    if (m->q->rank && !m->borrowed && own.n > 0 && HOLDS(&m->before, PAIMING))
        words_add(&own, PAIMING, 2);
    if (m->ratio || m->q->rank || m->borrowed)
        m->before = own;
}

/* 固定资产投资增长9.7%。分产业看，第一产业增长129.2%: a branch of what the sentence before was about. */
void break_down(struct making *m)
{
    static const uint16_t added[] = {0x589E, 0x52A0, 0x503C};  /* 增加值 */
    const struct label *above = m->in->above;
    if (above == NULL || m->borrowed || m->noun.n > 0 || m->before.n < 2 || m->before.n > BRANCH_WORDS)
        return;
    bool sector = m->before.n == 4 && m->before.text[0] == 0x7B2C;  /* 第一产业 */
    if (!sector && (without_measure(m->before.text, m->before.n) < m->before.n || m->before.text[0] == 0x5360 || HOLDS(&m->before, BIZHONG)))
        return;  /* a measure of its own; 占比重两成的采矿业 */
    if (m->label->kind != KIND_growth && strcmp(above->unit->dimension, m->q->unit->dimension) != 0)
        return;
    MARK(m->label, part_of_whole);
    m->branch = true;
    m->label->item = units_utf8(m->before.text, m->before.n, m->arena);
    size_t measure = without_measure(above->subject, above->subject_length);
    bool industry = m->before.text[m->before.n - 1] == 0x4E1A;
    if (above->id != NULL && is_text(above->id, "gdp"))
        words_add(&m->before, added, 3);
    else if (industry && measure < above->subject_length)
        words_add(&m->before, above->subject + measure, above->subject_length - measure);
    else
        words_add(&m->before, above->subject, above->subject_length);
}
