/* label_share.c — requirement 3 of label.c: what a number of a chain, a list or behind 其中 shares with the one before it. */
#include "data/extract/label.h"

#include <string.h>

/* 粮食总产量…，其中小麦0.42万吨: a part is measured as its whole is; 各项收入…，其中税收收入…: it may say so itself. Completes
 * the part's words and returns true where the whole ends with a measure or with the part's own last word. */
static bool part_of(const struct label *label, struct words *part)
{
    if (part->n >= 2 && label->whole_length >= 2 &&
        memcmp(part->text + part->n - 2, label->whole + label->whole_length - 2, 2 * sizeof *part->text) == 0)
        return true;
    static const uint16_t measures[] = {0x989D, 0x91CF, 0x503C, 0x7387};  /* 零售总额, 其中四季度零售额: 额 量 值 率 */
    for (size_t i = 0; part->n >= 3 && i < sizeof measures / sizeof *measures; i++)
        if (part->text[part->n - 1] == measures[i] && label->whole_length > 0 && label->whole[label->whole_length - 1] == measures[i])
            return true;
    size_t measure = without_measure(label->whole, label->whole_length);
    if (measure == label->whole_length || without_measure(part->text, part->n) < part->n)
        return false;
    words_add(part, label->whole + measure, label->whole_length - measure);
    return true;
}

/* 其中工业增加值: what it is and how it is measured. */
static bool names_own(const struct words *own)
{
    size_t measure = without_measure(own->text, own->n);
    return measure >= 2 && measure < own->n;
}

/* What the numbers behind 其中 are parts of. */
void find_whole(struct making *m)
{
    static const uint16_t qizhong[] = {0x5176, 0x4E2D};  /* 其中 */
    m->among = (m->q->start - m->s.left >= 2 && memcmp(m->t + m->s.left, qizhong, sizeof qizhong) == 0) ||
                 (m->s.left >= 3 && memcmp(m->t + m->s.left - 3, qizhong, sizeof qizhong) == 0 && m->s.left_break > m->in->first);  /* 其中， */
    /* what the numbers behind 其中 are parts of: the last quantity before it */
    if (m->among && m->in->level != NULL && (m->previous == NULL || m->previous->whole_length == 0)) {
        memcpy(m->label->whole, m->in->level->subject, m->in->level->subject_length * sizeof *m->label->whole);
        m->label->whole_length = m->in->level->subject_length;
        m->label->whole_unit = m->in->level->unit;
    } else if (m->previous != NULL) {
        memcpy(m->label->whole, m->previous->whole, m->previous->whole_length * sizeof *m->label->whole);
        m->label->whole_length = m->previous->whole_length;
        m->label->whole_unit = m->previous->whole_unit;
    }
}

/* 修河堤4800米排洪渠11600米: what stands between two of one measure is what the second is of. */
static bool names_next(const struct making *m)
{
    return m->before.n >= 2 && is_measure(m->q->unit) && m->in->before != NULL && m->in->before->unit == m->q->unit && m->noun.n == 0 &&
           without_measure(m->before.text, m->before.n) == m->before.n;
}

/* 总户数5781户(其中农业户5122户): a part of the sum total is named by itself, unless it needs a measure (总产值30亿元，其中种植业…). */
static bool sums_up(const struct making *m, const struct words *whole, const struct words *own)
{
    return !m->money && m->in->before->unit == m->q->unit && whole->n <= 4 && whole->n > 1 && whole->text[0] == 0x603B && own->n >= 2;
}

/* 距德阳市20公里，面积15平方公里: where a place lies says nothing of what it has. */
static bool tells_distance(const struct making *m)
{
    return is_text(m->in->before->unit->dimension, "length") && m->previous->base_length > 0 && m->before.n >= 2 &&
           (m->previous->base[0] == 0x8DDD || m->previous->base[m->previous->base_length - 1] == 0x8DDD || (m->previous->base[0] == 0x76F8 && m->previous->base_length > 1 && m->previous->base[1] == 0x8DDD));
}

/* 每亩可产鲜椒1000斤，预计产量将达到28万斤: a mean before a sum that names itself. */
static bool mean_of_others(const struct making *m)
{
    return m->previous->kind == KIND_mean && m->in->before->per_count > 0 && m->before.n >= 3 && !m->s.listed && !m->money && m->label->kind != KIND_mean &&
           text_has_cue(m->previous->base, m->previous->base_length, CUE_mean, -1) && !text_has_cue(m->before.text, m->before.n, CUE_mean, -1) && m->in->before->unit != m->q->unit;
}

/* 专任教师1567人，其中小学813人，初中479人; 床位1225张，其中县医院499张、卫生院477张: a school or hospital is no person and no bed, so
 * this is one more part of what 其中 divides. */
static bool one_more_part(const struct making *m)
{
    static const uint16_t house[] = {0x5B66, 0x6821, 0x56ED, 0x9662, 0x7AD9, 0x5BA4, 0x6240, 0x80B2, 0x4E2D, 0x4E13, 0x804C};  /* 学 校 园 院 站 室 所 育 中 专 职 */
    bool other = m->person || is_text(m->q->unit->name, "张");
    if (!other || m->among || m->before.n < 2 || m->before.verb || m->noun.n > 0 || m->previous->whole_length == 0 || m->previous->whole_unit != m->q->unit ||
        !(m->previous->rules & RULE_BIT(among)))
        return false;
    for (size_t i = 0; i < sizeof house / sizeof *house; i++)
        if (m->before.text[m->before.n - 1] == house[i])
            return true;
    return false;
}

/* Requirement 3 for an amount: what the number before it in the sentence was told by. */
static void share_with_last(struct making *m)
{
    /* 由8930人上升为15467人: the state after the change */
    if (m->s.chained && !m->among && m->before.n > 0 && m->noun.n == 0 && !m->ratio && m->in->before->unit == m->q->unit && m->previous->kind != KIND_growth && arrives(m) &&
        without_change(&m->before).n == 0) {
        m->before.n = 0;
        m->silent = true;
    }
    if (tells_distance(m) || mean_of_others(m))
        return;
    if (one_more_part(m)) {
        struct words own = m->before;
        MARK(m->label, among);
        m->before.n = 0;
        words_add(&m->before, m->previous->whole, m->previous->whole_length);
        words_add(&m->before, own.text, own.n);
        return;
    }
    if (m->before.n == 0 && (m->s.chained || m->s.listed || (m->noun.n == 0 && m->phrase.n == 0))) {
        MARK(m->label, head_shared);
        memcpy(m->before.text, m->previous->base, m->previous->base_length * sizeof *m->before.text);
        m->before.n = m->previous->base_length;
        m->before.verb = true;
    } else if ((m->s.chained && !m->before.verb && !m->s.of && !m->money && !names_next(m)) || m->among) {
        m->label->rules |= m->among ? RULE_BIT(among) : RULE_BIT(chain_shared);
        struct words own = m->before;
        /* 涉及11个村3400户: the words between are what the number before counts */
        bool counted = m->person && m->in->before != NULL && strncmp(m->in->before->unit->role, "counter", 7) == 0 && !acts_between(m->in, m->s.left, m->q->start);
        /* 覆盖8个村的贫困户560户: only those in front of 的 are */
        if (counted && own.n >= 4 && HOLDS(&own, HU) && own.text[own.n - 1] == HU[0] && is_text(m->q->unit->role, "household"))
            counted = false;  /* 18个乡镇易地扶贫搬迁户4200余户 */
        size_t of = m->q->start;
        while (of > m->s.left && m->t[of - 1] != 0x7684)
            of--;
        if (counted && of > m->s.left + 1 && of < m->q->start) {
            own.n = 0;
            collect(m->in, of, m->q->start, &own);
            counted = own.n == 0;
        }
        bool replace = (m->noun.n > 0 || counted) && !m->among, whole = m->among && ((own.verb && own.n >= 6) || (!m->person && names_own(&own)));
        const struct label *base = m->among && m->in->level != NULL ? m->in->level : m->previous;  /* not the share that came between */
        memcpy(m->before.text, base->base, base->base_length * sizeof *m->before.text);
        m->before.n = base->base_length;
        if (whole || (!replace && sums_up(m, &m->before, &own)))
            m->before.n = 0;  /* 其中资助建卡贫困户学生1.9万人次: it says all of it */
        /* 总产值30亿元，其中种植业10亿元 */
        bool branch = m->money && m->among && m->before.n > 1 && m->before.text[0] == 0x603B && without_measure(m->before.text, m->before.n) == 0 && own.n >= 2 && (!own.verb || own.text[own.n - 1] == 0x4E1A);
        if (branch && without_measure(own.text, own.n) < own.n)
            m->before.n = 0;
        if (branch && m->before.n > 0) {
            words_add(&own, m->before.text, m->before.n);
            m->before = own;
        } else if (!replace) {
            words_add(&m->before, own.text, own.n);
        }
    } else if (m->before.n >= 2 && m->before.n <= 4 && m->in->before->unit == m->q->unit && m->noun.n == 0 && (strncmp(m->q->unit->dimension, "count", 5) == 0 || is_text(m->q->unit->dimension, "length")) && states_only(&m->before) && without_change(&m->before).n > 0) {
        /* 出栏生猪3万头，存栏2万头; 生猪出栏3万头，存栏2万头; 大棚110个，在建97个: the same thing in another state */
        MARK(m->label, other_state);
        size_t verb = leading_verb(m->previous->base, m->previous->base_length), n = m->previous->base_length;
        bool last = verb == 0 && n > 2 && leading_verb(m->previous->base + n - 2, 2) == 2;
        struct words own = m->before;
        if (last || (verb == 0 && own.text[0] == 0x5728)) {
            m->before.n = 0;
            words_add(&m->before, m->previous->base, last ? n - 2 : n);
            words_add(&m->before, own.text, own.n);
        } else if (verb > 0) {
            words_add(&m->before, m->previous->base + verb, n - verb);
        }
        m->before.verb = true;
    } else if (!m->before.verb && m->before.n > 0 && leading_grade(m->before.text, m->before.n) == m->before.n) {
        /* 国家级示范社1家，省级2家: the same of another grade */
        MARK(m->label, other_grade);
        size_t grade = leading_grade(m->previous->base, m->previous->base_length);
        /* 合作社890家，其中国家级示范社5家、省级28家 */
        for (size_t i = 1; grade == 0 && i + 2 < m->previous->base_length; i++) {
            size_t inner = leading_grade(m->previous->base + i, m->previous->base_length - i);
            grade = inner > 0 ? i + inner : 0;
        }
        words_add(&m->before, m->previous->base + grade, m->previous->base_length - grade);
        m->before.verb = true;
    } else if (!m->before.verb && names_measure(&m->before) && !earns(m->before.text, 0, m->before.n) && !(m->previous->listed && !m->s.listed) &&
               !(m->before.text[0] == 0x603B && (m->previous->rules & (RULE_BIT(among) | RULE_BIT(part_of_whole) | RULE_BIT(bracket_shared))))) {
        /* 油茶苗100万株，价值350万元: the measure of what was named last, unless that was the last of a list */
        MARK(m->label, measure_of_last);
        struct words own = m->before;
        /* 小麦面积89万亩，增加422亩；总产量40万吨: of a change what changed is meant */
        struct words between = {0};
        if (clause_between(m, &between) && between.n >= 2 && between.n <= 10 && leading_verb(between.text + between.n - 2, 2) < 2) {
            words_add(&between, own.text, own.n);  /* 无霜期193天，有八大水系，全长209公里 */
            cut_front(&between, LABEL_MOST);
            m->before = between;
            return;
        }
        bool changed = m->previous->kind == KIND_growth && m->previous->base_length < 2;
        const uint16_t *last = changed ? m->previous->subject : m->previous->base;
        size_t kept = without_measure(last, changed ? m->previous->subject_length : m->previous->base_length);
        /* 水稻种植面积5000亩，总产2600吨: what yields is the crop */
        if (kept >= 4 && leading_verb(last + kept - 2, 2) == 2 && m->q->unit != m->in->before->unit)
            kept -= 2;
        /* 每亩可产鲜椒1000斤，产量28万斤: of all of it */
        int every = 6;  /* 年产值: of a year, but of all acres */
        cue_at(own.text, 0, own.n, CUE_mean, &every);
        size_t mean = m->in->before->per_count > 0 && every == 6 ? cue_at(last, 0, kept, CUE_mean, NULL) : 0;
        while (mean > 0 && mean < kept && (last[mean] == 0x53EF || last[mean] == 0x4EA7 || last[mean] == 0x80FD))  /* 可 产 能 */
            mean++;
        last += mean;
        kept -= mean;
        if (kept == 1 && last[0] == 0x603B)
            kept = 0;  /* 总投资2亿元，年产值5亿元 */
        m->before.n = 0;
        if (m->previous->counted)
            words_add(&m->before, m->previous->subject, m->previous->subject_length);  /* 沿江60公里的苹果林带，面积60万亩 */
        else if (leading_verb(last, kept) < kept)  /* 种植面积2万亩，产量3万吨: 种植 is nothing that yields */
            words_add(&m->before, last, kept);
        words_add(&m->before, own.text, own.n);
    } else if ((m->s.listed || m->s.chained) && !m->before.verb) {
        size_t verb = leading_verb(m->previous->base, m->previous->base_length);
        if (verb > 0) {
            MARK(m->label, verb_shared);
            struct words own = m->before;
            m->before.n = 0;
            words_add(&m->before, m->previous->base, verb);
            words_add(&m->before, own.text, own.n);
            m->before.verb = true;
        }
    }
}

/* 人均生产总值27711元，按平均汇率计算为4295美元; 发展产业4837户（2019年为3706户）: the same fact in another money, or at another time. */
static bool restates(const struct making *m)
{
    static const uint16_t rate[] = {0x6C47, 0x7387}, converted[] = {0x6298, 0x5408};  /* 汇率 折合 */
    const struct token *before = m->in->token > m->in->first ? &m->in->scan->tokens[m->in->token - 1] : NULL;
    if (m->previous == NULL || m->noun.n + m->phrase.n > 0 || m->q->member > 0 || m->q->part > 0 || m->ratio || m->q->rank || m->previous->kind == KIND_growth)
        return false;
    if (m->money && strncmp(m->in->before->unit->dimension, "money", 5) == 0 && m->in->before->unit != m->q->unit)
        return words_hold(&m->before, rate, 2) || (m->before.n <= 3 && words_hold(&m->before, converted, 2));
    while (before != NULL && before->kind == TOKEN_CUE && before > &m->in->scan->tokens[m->in->first])
        before--;
    return m->s.bracketed && m->before.n == 0 && m->in->before->unit == m->q->unit && before != NULL && before->kind == TOKEN_TIME && before->start >= m->s.left;
}

/* Requirement 3: what is not repeated. */
void share_head(struct making *m)
{
    if (restates(m)) {
        MARK(m->label, same_elsewhen);
        m->before.n = 0;
        words_add(&m->before, m->previous->subject, m->previous->subject_length);
        m->borrowed = true;
        m->silent = true;
        for (unsigned i = 0; i < m->in->before->per_count; i++)
            add_code(m->q, m->in->before->per[i]);
        return;
    }
    /* requirement 3: what is not repeated */
    const struct token *left_token = m->in->token > m->in->first ? &m->in->scan->tokens[m->in->token - 1] : NULL;
    if (left_token != NULL && left_token->kind == TOKEN_CUE && left_token > &m->in->scan->tokens[m->in->first] && m->t[left_token->start] == 0x7684)
        left_token--;  /* 的 */
    while (left_token != NULL && left_token > &m->in->scan->tokens[m->in->first] && token_cue(left_token, CUE_stop, NULL))
        left_token--;  /* 第六次全国人口普查的 */
    if (m->previous != NULL && m->silent && left_token != NULL && left_token->kind == TOKEN_TIME && m->in->before->unit == m->q->unit &&
        m->in->scan->periods[left_token->index].role == TIME_LOCAL) {
        /* 达到26万元，比2016年的3.2万元翻了三番: the same at another time */
        MARK(m->label, same_elsewhen);
        words_add(&m->before, m->previous->base, m->previous->base_length);
        m->noun.n = m->phrase.n = 0;
    } else if (m->previous != NULL && m->in->before->unit == m->q->unit && m->before.n >= 2 && m->before.n <= 3 && m->before.text[0] == 0x6700) {
        /* 最高海拔3919米，最低580米: the same, at its other end */
        MARK(m->label, other_extreme);
        size_t skip = m->previous->subject_length > 2 && m->previous->subject[0] == 0x6700 ? 2 : 0;
        m->before.n = 2;
        words_add(&m->before, m->previous->subject + skip, m->previous->subject_length - skip);
    } else if (m->q->member > 0 || m->q->part > 0) {
        m->before.verb = true;
    } else if (m->previous != NULL && m->s.bracketed && !m->ratio) {
        if (m->before.n > 2 && m->before.text[0] == 0x542B && m->in->before->unit == m->q->unit)
            words_drop(&m->before, 1);  /* 小学98所(含教学点28所) */
        if (m->before.n >= 2 && m->noun.n == 0 && m->in->before->unit == m->q->unit)
            m->label->item = units_utf8(m->before.text, m->before.n, m->arena);  /* 收入126亿元(县本级99亿元、高新区27亿元): parts of one fact */
        /* 驿站9个(县级1个、镇级7个), but 贫困户681户(种植业的3户10人): the second of a chain has the first one's words */
        MARK(m->label, bracket_shared);
        struct words own = m->before;
        bool near = m->s.chained;
        m->before.n = 0;
        size_t verb = leading_verb(m->previous->base, m->previous->base_length);
        if (own.n > 0 && own.text[0] == 0x542B && m->previous->unit != m->q->unit) {
            /* 公路12公里(含桥梁2座): another thing, made in the same way */
            words_drop(&own, 1);
            words_add(&m->before, m->previous->base, verb);
        } else if (own.n > 0 && m->previous->counted && !m->person && (is_measure(m->q->unit) || m->in->before->unit == m->q->unit))
            words_add(&m->before, m->previous->subject, m->previous->subject_length);  /* 45亩大棚(每户0.8亩) */
        else
            words_add(&m->before, near ? m->previous->near : m->previous->base, near ? m->previous->near_length : m->previous->base_length);
        if (sums_up(m, &m->before, &own))
            m->before.n = 0;
        words_add(&m->before, own.text, own.n);
        m->before.verb = true;
    } else if (m->s.chained && m->noun.n > 0 && m->t[m->q->end] == 0x7684 && names_measure(&m->before)) {
        /* 49个装机规模14.8兆瓦的电站: the measure of what stands behind 的 */
        MARK(m->label, measure_behind);
        struct words own = m->before;
        m->before = m->noun;
        words_add(&m->before, own.text, own.n);
        m->before.verb = true;
        m->noun.n = m->phrase.n = 0;
    } else if (m->label->whole_length > 0 && m->label->whole_unit != NULL && strcmp(m->label->whole_unit->dimension, m->q->unit->dimension) == 0 && m->before.n > 0 &&
               (!m->before.verb || leading_verb(m->before.text + m->before.n - 2, 2) == 2) &&
               without_change(&m->before).n > 1 && part_of(m->label, &m->before)) {
        MARK(m->label, part_of_whole);
        m->before.verb = m->part = true;
    } else if (m->previous == NULL && m->among && m->in->level != NULL && !m->ratio && !m->q->rank && m->money && is_text(m->in->level->unit->dimension, "money") && only_spends(&m->before)) {
        /* 累计投入资金70亿元。其中，2020年投入30亿元 */
        MARK(m->label, among);
        m->before.n = 0;
        words_add(&m->before, m->in->level->base, m->in->level->base_length);
        m->before.verb = true;
    } else if (m->previous != NULL && !m->ratio && !m->q->rank) {
        share_with_last(m);
    }
}
