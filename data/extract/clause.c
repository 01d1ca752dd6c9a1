/* clause.c — what the words of a sentence make of its figures: standing facts, limits that are no figures, breakdowns, dates. */
#include "data/extract/document.h"

#define STANDING_REACH 24u  /* characters before the number in which a standing fact is named */
#define BREAKDOWN_MOST 14u  /* characters of 按消费类型分, and its comma */
#define LIMIT_REACH 16u     /* from a limit to the number of what keeps it */

/* Whether a bracket holds nothing but the number. */
bool stands_apart(const uint16_t *t, size_t start, size_t end)
{
    return start > 0 && (t[start - 1] == '(' || t[start - 1] == 0xFF08) && (t[end] == ')' || t[end] == 0xFF09);
}

/* Whether the words of the quantity's clause tell of a standing fact. */
bool standing_fact(const struct scan *s, const struct window *w, size_t first, size_t at)
{
    size_t end = s->tokens[at].start, start = first > 0 ? s->tokens[first - 1].end : 0;
    for (size_t i = at; i-- > first;)
        if (s->tokens[i].kind == TOKEN_QUANTITY || (s->tokens[i].kind == TOKEN_BREAK && s->tokens[i].sub != BREAK_PAUSE)) {
            start = s->tokens[i].end;
            break;
        }
    for (size_t i = end - start > STANDING_REACH ? end - STANDING_REACH : start; i < end; i++)
        if (cue_at(w->text, i, end, CUE_standing, NULL) > 0)
            return true;
    return false;
}

/* 300万元以上的已竣工项目: only 的 and 已 between the limit and a verb. */
static bool attributive(const uint16_t *t, size_t from, size_t verb)
{
    return verb > from && t[from] == 0x7684 && (verb == from + 1 || (verb == from + 2 && t[from + 1] == 0x5DF2));
}

/* 3000万元以上工业项目75个, 50头以上的养殖户12户: from which size on things are counted is a limit, no figure. */
bool is_limit(const struct scan *s, const struct window *w, size_t at, size_t last)
{
    const uint16_t *t = w->text;
    const struct quantity *q = &s->quantities[s->tokens[at].index];
    size_t i = at + 1;
    if (stands_apart(t, q->start, q->end) && q->end + 1 < w->n && cjk(t[q->end + 1]) && (q->number.bound == BOUND_above || q->number.bound == BOUND_below))
        return true;  /* 较大规模(20户以上)自然村 */
    /* 2万亩25度以上的坡耕地 */
    if (at > 0 && s->tokens[at - 1].kind == TOKEN_QUANTITY && s->tokens[at - 1].end == q->start && q->number.bound == BOUND_above &&
        (t[q->end] == 0x7684 || (cjk(t[q->end]) && strncmp(q->unit->dimension, "money", 5) == 0 &&
                                 is_text(s->quantities[s->tokens[at - 1].index].unit->role, "counter"))))
        return true;  /* 10条超10亿元产业链 */
    while (i < last && s->tokens[i].kind == TOKEN_CUE && s->tokens[i].end <= q->end + 1)
        i++;  /* 的 */
    if ((q->number.bound == BOUND_above || q->number.bound == BOUND_below) && t[q->end] == 0x7684 && i < last && s->tokens[i].kind == TOKEN_QUANTITY &&
        s->tokens[i].start == q->end + 1 && is_text(s->quantities[s->tokens[i].index].unit->name, "个"))
        return true;  /* 产值过500万元的两个 */
    if (q->number.bound != BOUND_above || strncmp(q->unit->dimension, "count_person", 12) == 0 || strncmp(q->unit->dimension, "count_household", 15) == 0 || t[q->end - 1] != 0x4E0A || t[q->end - 2] != 0x4EE5)
        return false;  /* 以上 */
    for (; i < last && s->tokens[i].kind != TOKEN_QUANTITY; i++)
        if (s->tokens[i].kind == TOKEN_BREAK || s->tokens[i].start - q->end > LIMIT_REACH ||
            (token_cue(&s->tokens[i], CUE_verb, NULL) && !attributive(t, q->end, s->tokens[i].start) &&  /* 种植大户, 养殖场 are no verbs */
             !inside_word(t, q->end, w->n, s->tokens[i].start, s->tokens[i].end - s->tokens[i].start, OPENS_WORD | OPENS_VOCABULARY)))
            return false;
    const char *role = i < last ? s->quantities[s->tokens[i].index].unit->role : "";
    return i < last && s->tokens[i].start >= q->end + 2 && s->tokens[i].start - q->end <= LIMIT_REACH &&
           (strncmp(role, "counter", 7) == 0 || is_text(role, "household"));
}

/* 分产业看, 按经营地分, 从行业看: the sentence that begins here breaks down what the one before it was about. */
bool breaks_down(const struct window *w, size_t begin, size_t end)
{
    const uint16_t *t = w->text;
    if (end - begin < 4 || (t[begin] != 0x5206 && t[begin] != 0x6309 && t[begin] != 0x4ECE))
        return false;
    for (size_t i = begin + 2; i < end && i < begin + BREAKDOWN_MOST; i++)
        if (t[i] == ',')
            return t[i - 1] == 0x770B || t[i - 1] == 0x5206 || (t[i - 1] == 0x5212 && t[begin] == 0x6309);  /* 看 分 划 */
    return false;
}

/* Whether the sentence names a date of its own before the quantity (全年 is none). */
bool dated_before(const struct scan *s, size_t first, size_t at)
{
    for (size_t i = first; i < at; i++)
        if (s->tokens[i].kind == TOKEN_TIME && s->tokens[i].end - s->tokens[i].start > 2 && s->periods[s->tokens[i].index].role != TIME_COMPARED)
            return true;
    return false;
}
