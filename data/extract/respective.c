/* respective.c — 城镇、农村居民收入分别为31619元、10616元，增长8.4%、10.9%: which number belongs to which member of a list.
 *
 * Requirements:
 *  1. The list stands in the clause before 分别: its members are parted by 、 和 与 及. What the last member has more than
 *     the one before it is long (农村 + 居民收入) is the tail that all share.
 *  2. As many numbers as members in a clause are taken one by one; so are those of the clauses that follow, until one
 *     has another number of them.
 *  3. Members may be places (甲县、乙县分别…) or times (2018年、2019年分别…): then the number is about that place or time.
 *  4. Without a list the numbers before are the members: 事故3起，死亡4人，同比分别下降50%、42.9%.
 *  5. So they are of growth rates without 分别, if as many amounts stand before: 产量540公斤，收入1829元，增长5%和4.5%.
 *  6. 城乡居民收入达到2.3万元和0.8万元: two numbers, joined, of a list of two in one word need no 分别. */
#include "data/extract/document.h"

#include <stdlib.h>
#include <string.h>

#define RESPECTIVE_TOKENS 400u  /* how far around 分别 its numbers are looked for */

static bool joins(const struct window *w, const struct token *token)
{
    uint16_t c = w->text[token->start];
    if (token->kind == TOKEN_BREAK)
        return token->sub == BREAK_PAUSE;
    return token->kind == TOKEN_CUE && token->end == token->start + 1 && (c == 0x548C || c == 0x4E0E || (c == 0x53CA && w->text[token->end] != 0x4EE5));  /* 和 与 及, not 60岁及以上 */
}

/* 城乡居民收入分别为: a list of two in one word. */
static bool town_and_country(const struct window *w, uint32_t start, uint32_t end, struct respective *r)
{
    for (uint32_t i = start; i + 1 < end; i++)
        if (w->text[i] == 0x57CE && w->text[i + 1] == 0x4E61) {
            r->count = 2;
            for (uint32_t k = 0; k < 2; k++)
                r->part[k] = (struct respective_part){i + k, i + k + 1, UINT32_MAX, UINT32_MAX};
            r->tail_start = i + 2;
            r->tail_end = end;
            return true;
        }
    return false;
}

/* Requirement 1: the members before tokens[at]. */
static bool find_members(const struct scan *s, const struct window *w, size_t at, struct respective *r)
{
    size_t first = at;
    while (first > 0) {
        const struct token *before = &s->tokens[first - 1];
        if ((before->kind == TOKEN_BREAK && before->sub != BREAK_PAUSE) || before->kind == TOKEN_QUANTITY)
            break;
        if (s->tokens[at].start - before->end > RESPECTIVE_REACH)
            return false;
        first--;
    }
    uint32_t start = first > 0 ? s->tokens[first - 1].end : 0, end = s->tokens[at].start;
    if (end - start > RESPECTIVE_REACH)
        return false;
    r->count = 0;
    size_t regions = 0, times = 0;
    uint32_t tail = 0;
    /* 休闲农业与乡村旅游接待人次和旅游收入: beside 和, 与 joins what is one member */
    bool with_and = false;
    for (size_t i = first; i < at; i++)
        with_and |= joins(w, &s->tokens[i]) && w->text[s->tokens[i].start] == 0x548C;
    for (size_t i = first; i <= at; i++) {
        const struct token *token = &s->tokens[i];
        if (i == at || (joins(w, token) && !(with_and && w->text[token->start] == 0x4E0E))) {
            if (token->start > start) {
                if (r->count == RESPECTIVE_MOST)
                    return false;
                r->part[r->count].start = start;
                r->part[r->count].end = token->start;
                regions += r->part[r->count].place != UINT32_MAX;
                times += r->part[r->count].time != UINT32_MAX;
                r->count++;
            }
            start = token->end;
        }
        if (i == at)
            break;
        if (r->count < RESPECTIVE_MOST && token->start >= start) {
            if (start == token->start || r->part[r->count].start != start)
                r->part[r->count].place = r->part[r->count].time = UINT32_MAX;
            r->part[r->count].start = start;
            if (token->kind == TOKEN_REGION && s->places[token->index].region != REGION_NONE)
                r->part[r->count].place = (uint32_t)i;
            if (token->kind == TOKEN_TIME)
                r->part[r->count].time = (uint32_t)i;
        }
    }
    if (r->count < 2)
        return town_and_country(w, r->count == 1 ? r->part[0].start : start, end, r);
    /* requirement 3: a place or time in the first member only heads the sentence */
    r->by_place = regions == r->count;
    r->by_time = times == r->count;
    /* 增速较一季度和1-5月分别提高15和2个百分点: what it is compared with */
    const enum time_role role = r->by_time ? s->periods[s->tokens[r->part[0].time].index].role : TIME_POINT;
    if (role == TIME_COMPARED || role == TIME_LOCAL)
        return false;
    struct respective_part *last = &r->part[r->count - 1];
    const struct respective_part *former = &r->part[r->count - 2];
    if (r->by_place || r->by_time) {
        tail = s->tokens[r->by_place ? last->place : last->time].end;
    } else {
        /* the head of the sentence is no part of the first member's length; the last but one member is bare */
        uint32_t from = former->start, length;
        for (size_t i = first; i < at && s->tokens[i].start < former->end; i++)
            if (s->tokens[i].start >= former->start && ((s->tokens[i].kind == TOKEN_REGION && s->places[s->tokens[i].index].region != REGION_NONE) || s->tokens[i].kind == TOKEN_TIME || token_cue(&s->tokens[i], CUE_scope, NULL)))
                from = s->tokens[i].end;
        length = former->end > from ? former->end - from : former->end - former->start;
        tail = length > 0 && last->end - last->start >= length + 2 ? last->start + length : last->end;
    }
    r->tail_start = tail;
    r->tail_end = last->end;
    last->end = tail;
    return true;
}

/* Requirement 2. */
static void number_clauses(struct scan *s, size_t at, uint32_t group, unsigned members)
{
    size_t first = at + 1;
    uint32_t count = 0, opening = s->tokens[at].end;
    for (size_t i = at + 1;; i++) {
        if (i - at > RESPECTIVE_TOKENS)
            return;
        bool ends = i == s->token_count || (s->tokens[i].kind == TOKEN_BREAK && s->tokens[i].sub != BREAK_PAUSE);
        if (!ends) {
            bool quantity = s->tokens[i].kind == TOKEN_QUANTITY;
            if (quantity && s->quantities[s->tokens[i].index].part > 0)
                return;  /* 三大产业的比重为11:38:51 has an order of its own */
            count += quantity;
            continue;
        }
        if (count != members && count > 0)
            return;
        uint8_t member = 0;
        for (size_t k = first; count > 0 && k < i; k++)
            if (s->tokens[k].kind == TOKEN_QUANTITY) {
                struct quantity *q = &s->quantities[s->tokens[k].index];
                q->member = ++member;
                q->group = group;
                q->opening = opening;
                q->led = first == at + 1;
            }
        if (i == s->token_count || s->tokens[i].sub >= BREAK_SEMICOLON)
            return;
        count = 0;
        first = i + 1;
        opening = s->tokens[i].end;
    }
}

/* Requirement 4. */
static void pair_with_former(struct scan *s, size_t at)
{
    size_t first = at, numbers = 0, former = 0;
    while (first > 0 && !(s->tokens[first - 1].kind == TOKEN_BREAK && s->tokens[first - 1].sub != BREAK_PAUSE)) {
        if (at - first > RESPECTIVE_TOKENS)
            return;
        first--;
    }
    /* …元和…元、分别增长: the amounts may stand in the same clause */
    if (at > 0 && s->tokens[at - 1].kind == TOKEN_BREAK)
        first = at;
    for (size_t i = first; i < at; i++)
        if (s->tokens[i].kind == TOKEN_QUANTITY)
            return;
    size_t end = at;
    for (; end < s->token_count && !(s->tokens[end].kind == TOKEN_BREAK && s->tokens[end].sub != BREAK_PAUSE); end++) {
        if (end - at > RESPECTIVE_TOKENS)
            return;
        numbers += s->tokens[end].kind == TOKEN_QUANTITY;
    }
    uint32_t owner[RESPECTIVE_MOST] = {0};
    for (size_t i = first; i-- > 0 && former < numbers && numbers <= RESPECTIVE_MOST;) {
        if (s->tokens[i].kind == TOKEN_BREAK && s->tokens[i].sub >= BREAK_SENTENCE)
            break;
        if (s->tokens[i].kind == TOKEN_QUANTITY)
            owner[former++] = s->tokens[i].index;
    }
    if (numbers < 2 || former != numbers)
        return;
    for (size_t i = at; i < end; i++)
        if (s->tokens[i].kind == TOKEN_QUANTITY)
            s->quantities[s->tokens[i].index].partner = owner[--former] + 1;
}

static bool is_ratio(const struct quantity *q)
{
    return is_text(q->unit->role, "percent");
}

/* Requirement 5: the clause that begins with tokens[first]. */
static void pair_growth(struct scan *s, size_t first)
{
    size_t end = first, rates = 0, change = SIZE_MAX;
    for (; end < s->token_count && !(s->tokens[end].kind == TOKEN_BREAK && s->tokens[end].sub != BREAK_PAUSE); end++) {
        if (token_cue(&s->tokens[end], CUE_respective, NULL))
            return;
        if (s->tokens[end].kind == TOKEN_QUANTITY) {
            if (change == SIZE_MAX || !is_ratio(&s->quantities[s->tokens[end].index]))
                return;
            rates++;
        } else if (token_cue(&s->tokens[end], CUE_growth, NULL) || token_cue(&s->tokens[end], CUE_decline, NULL)) {
            if (change != SIZE_MAX)
                return;  /* 增长5%、下降4%: each has its own word */
            change = end;
        }
    }
    /* the amounts stand in clauses of their own, right before this one */
    size_t amounts = 0, i = first;
    for (; rates >= 2 && i > 0 && amounts < rates; i--) {
        const struct token *token = &s->tokens[i - 1];
        if (token->kind == TOKEN_BREAK && token->sub >= BREAK_SENTENCE)
            break;
        if (token->kind == TOKEN_QUANTITY) {
            if (is_ratio(&s->quantities[token->index]))
                break;
            amounts++;
        }
    }
    if (rates >= 2 && amounts == rates)
        pair_with_former(s, change);
}

/* Requirement 6: the clause that begins with tokens[first] and where the number at tokens[*at] is the first of its two. */
static bool find_pair(const struct scan *s, const struct window *w, size_t first, size_t *at, struct respective *r)
{
    size_t found[2], count = 0;
    for (size_t i = first; i < s->token_count && !(s->tokens[i].kind == TOKEN_BREAK && s->tokens[i].sub != BREAK_PAUSE); i++) {
        if (token_cue(&s->tokens[i], CUE_respective, NULL) && count < 2)
            return false;
        if (s->tokens[i].kind == TOKEN_QUANTITY) {
            if (count == 2 && s->quantities[s->tokens[i].index].unit == s->quantities[s->tokens[found[0]].index].unit)
                return false;
            if (count < 2)
                found[count++] = i;
        }
    }
    if (count < 2 || found[1] != found[0] + 2 || !joins(w, &s->tokens[found[0] + 1]) ||
        s->quantities[s->tokens[found[0]].index].unit != s->quantities[s->tokens[found[1]].index].unit)
        return false;
    uint32_t start = first > 0 ? s->tokens[first - 1].end : 0, end = s->tokens[found[0]].start;
    *at = found[0];
    return end - start <= RESPECTIVE_REACH && town_and_country(w, start, end, r);
}

/* 三次产业对经济增长的贡献率分别为3.3%、75.2%和21.5%: the first, second and third. */
static bool number_industries(struct scan *s, const struct window *w, size_t at)
{
    static const uint16_t industries[] = {0x4EA7, 0x4E1A};
    const uint16_t *t = w->text;
    uint32_t index[3];
    size_t count = 0, start = s->tokens[at].start;
    bool three = false;
    for (size_t back = 4; back <= 24 && back <= start && !three; back++) {
        const uint16_t *p = t + start - back;
        if (p[0] == ',' || p[0] == 0x3002 || p[0] == '\n')
            return false;
        three = p[0] == 0x4E09 && (p[1] == 0x6B21 || p[1] == 0x5927) && memcmp(p + 2, industries, sizeof industries) == 0;  /* 三次 三大 */
    }
    for (size_t i = at + 1; three && i < s->token_count && !(s->tokens[i].kind == TOKEN_BREAK && s->tokens[i].sub != BREAK_PAUSE); i++) {
        if (s->tokens[i].kind != TOKEN_QUANTITY)
            continue;
        if (count == 3 || !is_ratio(&s->quantities[s->tokens[i].index]) || s->quantities[s->tokens[i].index].part > 0)
            return false;
        index[count++] = s->tokens[i].index;
    }
    for (size_t k = 0; count == 3 && k < count; k++)
        s->quantities[index[k]].part = (uint8_t)(k + 1);
    return count == 3;
}

/* Makes room for one more group; false when memory ran out. */
static bool reserve_group(struct scan *s)
{
    if (s->respective_count < s->respective_capacity)
        return true;
    size_t wanted = s->respective_capacity ? 2 * s->respective_capacity : 16;
    struct respective *grown = realloc(s->respectives, wanted * sizeof *grown);
    if (grown == NULL)
        return false;
    s->respectives = grown;
    s->respective_capacity = wanted;
    return true;
}

/* Requirements 5 and 6 for the clause that begins with tokens[first] and has several numbers. */
static int pair_numbers(struct scan *s, const struct window *w, size_t first)
{
    struct respective pair = {0};
    size_t at;
    if (first == 0 || s->tokens[first - 1].sub == BREAK_CLAUSE)
        pair_growth(s, first);
    if (!find_pair(s, w, first, &at, &pair))
        return E_OK;
    if (!reserve_group(s))
        return E_MEMORY;
    for (uint8_t k = 0; k < 2; k++) {
        struct quantity *q = &s->quantities[s->tokens[at + 2u * k].index];
        q->member = (uint8_t)(k + 1);
        q->group = (uint32_t)s->respective_count;
        q->opening = s->tokens[at].start;
        q->led = true;
    }
    pair.word_end = s->tokens[at].start;
    s->respectives[s->respective_count++] = pair;
    return E_OK;
}

int respective_find(struct scan *s, const struct window *w)
{
    size_t clause = 0, numbers = 0;  /* where the clause begins, and its numbers so far */
    s->respective_count = 0;
    for (size_t i = 0; i < s->token_count; i++) {
        const struct token *token = &s->tokens[i];
        if (token->kind == TOKEN_QUANTITY) {
            numbers++;
            continue;
        }
        if (token->kind == TOKEN_BREAK && token->sub != BREAK_PAUSE) {
            if (numbers > 1 && pair_numbers(s, w, clause) != E_OK)
                return E_MEMORY;
            numbers = 0;
            clause = i + 1;
        }
        if (!token_cue(&s->tokens[i], CUE_respective, NULL))
            continue;
        struct respective r = {0};
        for (size_t k = 0; k < RESPECTIVE_MOST; k++)
            r.part[k].place = r.part[k].time = UINT32_MAX;
        if (!find_members(s, w, i, &r)) {
            if (!number_industries(s, w, i))
                pair_with_former(s, i);
            continue;
        }
        r.word_end = s->tokens[i].end;
        if (!reserve_group(s))
            return E_MEMORY;
        s->respectives[s->respective_count] = r;
        number_clauses(s, i, (uint32_t)s->respective_count++, r.count);
    }
    if (numbers > 1 && pair_numbers(s, w, clause) != E_OK)
        return E_MEMORY;
    if (s->respective_count == 0)
        return E_OK;
    for (size_t i = 0; i < s->quantity_count; i++) {
        const struct quantity *q = &s->quantities[i];
        if (q->member > 0 && s->respectives[q->group].by_place) {
            uint32_t mention = s->respectives[q->group].part[q->member - 1].place;
            s->where[i] = s->places[s->tokens[mention].index];
            s->where[i].mention = mention + 1;
            s->where[i].rule = RULE_region_named;
        }
    }
    return E_OK;
}
