/* plan.c — whether a word of planning says that what follows is planned: 计划 is also a noun, 目标 also a heading, and what was
 * planned may have been done since. */
#include "data/extract/document.h"

#define ANNOUNCEMENT_MOST 60u

/* 帮扶计划， 计划生育, 计划的, 行动计划: 计划 as a noun. */
bool plan_is_noun(const struct scan *s, const struct window *w, size_t at)
{
    static const uint16_t behind[] = {0x7684, 0x548C, 0x53CA, 0x4E0E, 0x751F, 0x5916, 0x4E66, 0x5355, 0x6307, 0x7B49, 0x4E2D, 0x5185, 0x4E0A};
    static const uint16_t compound[][2] = {{0x884C, 0x52A8}, {0x5DE5, 0x4F5C}, {0x9879, 0x76EE}, {0x5E74, 0x5EA6}, {0x53D1, 0x5C55}, {0x751F, 0x4EA7},
                                           {0x6276, 0x8D2B}, {0x642C, 0x8FC1}, {0x57F9, 0x8BAD}, {0x6295, 0x8D44}};
    const uint16_t *t = w->text;
    size_t start = s->tokens[at].start;
    for (size_t i = 0; start >= 2 && i < sizeof compound / sizeof *compound; i++)
        if (memcmp(t + start - 2, compound[i], sizeof compound[i]) == 0)
            return true;  /* 三年行动计划涉及 */
    uint16_t next = t[s->tokens[at].end];
    /* 1482个计划退出贫困村, 50万计划脱贫人口: which ones, not what will be */
    if (start > 0 && (numeral_starts(t[start - 1]) || (at > 0 && s->tokens[at - 1].kind == TOKEN_QUANTITY && s->tokens[at - 1].end == start)))
        return true;
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
        if (next == behind[i])
            return true;
    return next < 0x4E00 && !(next >= '0' && next <= '9');
}

/* 目标 and 规划 are plans only where something is planned right behind them: a verb, a date, a number. */
bool plan_opens(const struct scan *s, const struct window *w, size_t at)
{
    static const uint16_t openers[] = {0x662F, 0x4E3A, 0x7528, 0x5728, 0x5230, 0x4E8E, 0x5C06, 0x5EFA, 0x6295, 0x65B0, 0x603B, 0x5F15, 0x4ECE};
    size_t end = s->tokens[at].end;
    /* 争取到位资金3亿元, 争取上级资金: what was obtained; 争取到2025年 is a plan */
    static const uint16_t obtained[] = {0x5230, 0x4E0A, 0x5404, 0x4E2D, 0x56FD, 0x7701, 0x9879, 0x8D44, 0x4E13, 0x4E86, 0x5165};
    bool sought = end > 0 && w->text[end - 1] == 0x53D6;  /* 取 */
    for (size_t i = 0; sought && i < sizeof obtained / sizeof *obtained; i++)
        if (w->text[end] == obtained[i] && !(i == 0 && (numeral_starts(w->text[end + 1]) || (at + 1 < s->token_count && s->tokens[at + 1].kind == TOKEN_TIME))))
            return false;
    for (size_t i = end; sought && i < end + 5 && i < w->n; i++)
        if (w->text[i] == 0x4E86)
            return false;  /* 争取实施了 */
    if (at + 1 < s->token_count && s->tokens[at + 1].start == end) {
        const struct token *next = &s->tokens[at + 1];
        if (next->kind == TOKEN_TIME || next->kind == TOKEN_QUANTITY || token_cue(next, CUE_verb, NULL) || token_cue(next, CUE_measure, NULL) || token_cue(next, CUE_plan, NULL))
            return true;
    }
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
        if (w->text[end] == openers[i])
            return true;
    return false;
}

/* 确保播种面积不低于62万亩: made sure of in advance, as what is merely secured is not. */
bool plan_floor(const struct scan *s, const struct window *w, size_t at, size_t last)
{
    static const uint16_t floors[][3] = {{0x4E0D, 0x4F4E, 0x4E8E}, {0x4E0D, 0x5C11, 0x4E8E}};  /* 不低于 不少于 */
    for (size_t i = at + 1; i < last && !(s->tokens[i].kind == TOKEN_BREAK && s->tokens[i].sub != BREAK_PAUSE); i++)
        for (size_t k = 0; s->tokens[i].kind == TOKEN_QUANTITY && k < sizeof floors / sizeof *floors; k++)
            if (memcmp(w->text + s->tokens[i].start, floors[k], sizeof floors[k]) == 0)
                return true;
    return false;
}

/* 目标是, 目标: behind a heading's word: what is aimed at follows. */
bool plan_announces(const struct window *w, const struct token *token)
{
    uint16_t next = w->text[token->end];
    return next == ':' || next == 0x662F || next == 0x4E3A;  /* 是 为 */
}

/* 户均增收1万元以上的目标: the number behind which it stands is what is aimed at. */
bool names_aim(const struct window *w, size_t end)
{
    static const uint16_t target[] = {0x76EE, 0x6807};  /* 目标 */
    const uint16_t *t = w->text;
    size_t i = end < w->n && t[end] == 0x7684 ? end + 1 : end;
    for (size_t skip = 0; skip <= 2 && i + skip + 2 < w->n && i > end; skip += 2)
        if (memcmp(t + i + skip, target, sizeof target) == 0)
            return true;  /* 的奋斗目标 */
    return false;
}

/* 先后, 陆续, 已 right before a word of planning: what was planned was done. */
bool plan_begun(const struct window *w, const struct token *token)
{
    static const uint16_t words[][2] = {{0x5148, 0x540E}, {0x9646, 0x7EED}, {0x76F8, 0x7EE7}, {0x5DF2, 0x7ECF}, {0x7D2F, 0x8BA1}, {0x5171, 0x8BA1}};
    const uint16_t *t = w->text;
    if (token->start >= 1 && t[token->start - 1] == 0x5DF2)  /* 已 */
        return true;
    for (size_t i = 0; token->start >= 2 && i < sizeof words / sizeof *words; i++)
        if (memcmp(t + token->start - 2, words[i], sizeof words[i]) == 0)
            return true;
    return false;
}

/* 为实现上述目标，重点做好以下工作： what follows is planned. */
bool announces_work(const struct window *w, size_t begin, size_t end)
{
    static const uint16_t aims[][2] = {{0x4E0A, 0x8FF0}, {0x4EE5, 0x4E0A}, {0x8FD9, 0x4E9B}}, target[] = {0x76EE, 0x6807};
    const uint16_t *t = w->text;
    if (end - begin > ANNOUNCEMENT_MOST || end < begin + 6 || t[end - 1] != ':')
        return false;
    for (size_t i = begin; i + 4 <= end; i++)
        for (size_t k = 0; k < sizeof aims / sizeof *aims; k++)
            if (memcmp(t + i, aims[k], sizeof aims[k]) == 0 && memcmp(t + i + 2, target, sizeof target) == 0)
                return true;
    return false;
}
