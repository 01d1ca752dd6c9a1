/* label_stretch.c — the stretch of text that belongs to a number: where it begins and ends, and whether it is one of a list. */
#include "data/extract/label.h"

#include <string.h>

#define INTERRUPTION_MOST 20u  /* characters of a bracket between a number and its noun */

/* Whether text[start..end) holds an opening bracket. Four characters at a time: few texts do, and each number asks. */
static bool opens_bracket(const uint16_t *t, size_t start, size_t end)
{
    const uint64_t each = 0x0001000100010001u, top = 0x8000800080008000u;
    for (; start + 4 <= end; start += 4) {
        uint64_t half, full;
        memcpy(&half, t + start, sizeof half);
        full = half ^ 0xFF08 * each;
        half ^= '(' * each;
        /* a lane that became zero borrows from its top bit */
        if ((((half - each) & ~half) | ((full - each) & ~full)) & top)
            return true;
    }
    for (; start < end; start++)
        if (t[start] == '(' || t[start] == 0xFF08)
            return true;
    return false;
}

/* 645千瓦(其中贫困户165千瓦)集中式光伏: the end of a bracket with a number that stands between a number and its noun; else 0. */
static size_t interrupts(const struct label_input *in, size_t end)
{
    const uint16_t *t = in->window->text;
    size_t close = end;
    bool number = false;
    if (t[end] != '(' && t[end] != 0xFF08)
        return 0;
    while (close < in->window->n && close < end + INTERRUPTION_MOST && t[close] != ')' && t[close] != 0xFF09 && t[close] != '\n') {
        number |= t[close] >= '0' && t[close] <= '9';
        close++;
    }
    return number && close + 1 < in->window->n && (t[close] == ')' || t[close] == 0xFF09) && cjk(t[close + 1]) ? close + 1 : 0;
}

/* 人口：974人 农业人口：900人: the number's key stands before the colon (token at), behind the blank that ends the figure before.
 * Returns that figure's token; `at` where there is none. */
static size_t key_on_line(const struct scan *s, const uint16_t *t, size_t first, size_t at)
{
    size_t i = at;
    if (t[s->tokens[at].start] != ':')
        return at;
    while (i-- > first)
        if (s->tokens[i].kind == TOKEN_QUANTITY)
            return t[s->tokens[i].end] == ' ' || t[s->tokens[i].end] == 0x3000 ? i : at;
        else if (s->tokens[i].kind == TOKEN_BREAK)
            return at;
    return at;
}

struct stretch find_stretch(const struct label_input *in, const struct token *q)
{
    const struct scan *s = in->scan;
    const uint16_t *t = in->window->text;
    struct stretch r = {.left = q->start, .right = q->end, .left_break = in->first};
    size_t i = in->token;
    bool pause = false;
    r.left = s->tokens[in->first].start < q->start ? (in->first > 0 ? s->tokens[in->first - 1].end : 0) : q->start;
    if (in->first == in->token)
        r.left = in->first > 0 ? s->tokens[in->first - 1].end : 0;
    size_t pause_end = 0;
    while (i-- > in->first) {
        const struct token *token = &s->tokens[i];
        if (token->kind == TOKEN_BREAK && token->sub == BREAK_PAUSE) {
            if (!pause)
                pause_end = token->end;
            pause = true;
            continue;
        }
        if (token->kind == TOKEN_BREAK) {
            size_t key = !pause && token->end == q->start ? key_on_line(s, t, in->first, i) : i;
            r.left = s->tokens[key].end;
            r.left_break = key;
            break;
        }
        if (token->kind == TOKEN_QUANTITY) {
            r.left = pause ? pause_end : token->end;
            r.listed = pause;
            r.chained = !pause;
            r.left_break = i;
            break;
        }
    }
    /* 驿站9个(县级1个、镇级7个): inside the bracket the words are parts of what stands before it */
    int depth = 0;
    size_t sentence = in->first > 0 ? s->tokens[in->first - 1].end : 0, open = 0;
    if (q->start - sentence > 200)
        sentence = q->start - 200;  /* a bracket that opens further away opened for something else */
    for (size_t k = opens_bracket(t, sentence, q->start) ? sentence : q->start; k < q->start; k++) {
        if (t[k] == '(' || t[k] == 0xFF08) {
            depth++;
            open = k + 1;
        } else if (t[k] == ')' || t[k] == 0xFF09) {
            depth -= depth > 0;
        }
    }
    r.bracketed = depth > 0;
    if (depth > 0 && open > r.left)
        r.left = open;
    r.of = r.left < q->start && t[r.left] == 0x7684;
    /* behind: to the next break, quantity or time; across 、 only when no number follows before the clause ends */
    r.right = q->end;
    size_t limit = in->window->n < q->end + 28 ? in->window->n : q->end + 28;
    r.right = limit;
    size_t aside = interrupts(in, q->end);
    r.interrupted = aside > 0;
    for (i = in->token + 1; i < s->token_count && s->tokens[i].start < limit; i++) {
        const struct token *token = &s->tokens[i];
        if (token->kind == TOKEN_BREAK && token->sub == BREAK_PAUSE) {
            bool number = false;
            for (size_t k = i + 1; k < s->token_count && s->tokens[k].start < token->end + 14 && !number; k++) {
                if (s->tokens[k].kind == TOKEN_BREAK && s->tokens[k].sub != BREAK_PAUSE)
                    break;
                number = s->tokens[k].kind == TOKEN_QUANTITY;
            }
            if (!number && token->start > q->end)
                continue;
        }
        /* 811座2020年验收不合格的厕所: the time says which ones */
        if (token->kind == TOKEN_TIME && token->start == q->end && in->window->text[token->end] != ',')
            continue;
        if (token->kind == TOKEN_QUANTITY && (stands_apart(t, token->start, token->end) || token->start < aside))
            continue;  /* 99%的较大规模(20户以上)自然村 */
        if (token->kind == TOKEN_BREAK || token->kind == TOKEN_QUANTITY || token->kind == TOKEN_TIME) {
            r.right = token->start;
            break;
        }
    }
    /* 人口：974人 农业人口：900人: behind the blank stands the key of what comes next */
    if ((t[q->end] == ' ' || t[q->end] == 0x3000) && r.right < in->window->n && t[r.right] == ':')
        r.right = q->end;
    bool closes = t[q->end] == ')' || t[q->end] == 0xFF09;
    if (r.bracketed && closes && r.left + 1 < q->start)
        r.right = q->end;  /* 45亩大棚(每户0.8亩)给…: the bracket says all of it */
    else if ((t[q->end] == '(' || t[q->end] == 0xFF08) && r.right > q->end && !r.interrupted)
        r.right = q->end;
    return r;
}

bool ends_at_number(const struct label_input *in, size_t end)
{
    const struct scan *s = in->scan;
    for (size_t i = in->token + 1; i < s->token_count && s->tokens[i].start <= end; i++)
        if (s->tokens[i].start == end)
            return s->tokens[i].kind == TOKEN_QUANTITY;
    return false;
}

size_t behind_among(const uint16_t *t, size_t start, size_t end)
{
    for (size_t i = end; i-- > start + 1;)
        if (t[i] == 0x6709 && t[i - 1] == 0x4E2D)
            return t[i + 1] == 0x673A ? i : i + 1;  /* 其中有机茶 */
    return start;
}

bool acts_between(const struct label_input *in, size_t start, size_t end)
{
    const struct scan *s = in->scan;
    for (size_t i = in->token; i > in->first && s->tokens[i - 1].start >= start; i--)
        if (s->tokens[i - 1].end <= end && s->tokens[i - 1].end - s->tokens[i - 1].start >= 2 &&
            (token_cue(&s->tokens[i - 1], CUE_verb, NULL) || token_cue(&s->tokens[i - 1], CUE_stop, NULL)))
            return true;
    return false;
}

size_t summed_list(const struct label_input *in, size_t start, size_t end)
{
    const struct scan *s = in->scan;
    const uint16_t *t = in->window->text;
    size_t sum = 0, i = in->token;
    for (; i > in->first && s->tokens[i - 1].start >= start; i--) {
        const struct token *token = &s->tokens[i - 1];
        if (sum == 0 && token->kind == TOKEN_CUE && token->end == token->start + 1 && t[token->start] == 0x7B49) {  /* 等 */
            uint16_t next = t[token->end];
            if (next == 0x5730 || next == 0x7EA7 || next == 0x4E8E || next == 0x5019)  /* 等地 等级 等于 等候 */
                return 0;
            sum = token->end;
        } else if (sum > 0 && token->kind == TOKEN_BREAK && token->sub == BREAK_PAUSE) {
            return sum;
        }
    }
    if (sum > 0 || i == in->token)
        return sum == end ? sum : 0;
    /* 松山、光山、温泉4个村: names of what is counted */
    static const uint16_t nouns[] = {0x6751, 0x9547, 0x4E61, 0x53BF, 0x793E};  /* 村 镇 乡 县 社 */
    uint16_t behind = t[s->tokens[in->token].end];
    size_t pause = in->token;
    while (pause > i && !(s->tokens[pause - 1].kind == TOKEN_BREAK && s->tokens[pause - 1].sub == BREAK_PAUSE))
        pause--;
    for (size_t k = 0; pause > i && k < sizeof nouns / sizeof *nouns; k++)
        if (behind == nouns[k] && end - s->tokens[pause - 1].end <= 4)
            return end;
    return 0;
}

void opening_verb(const struct label_input *in, size_t start, size_t end, struct words *out)
{
    const struct scan *s = in->scan;
    size_t i = in->token;
    while (i > in->first && s->tokens[i - 1].start >= start)
        i--;
    for (; i < in->token && s->tokens[i].end <= end; i++) {
        /* 采摘园、…: a word and one character are a name */
        const struct token *next = i + 1 < in->token ? &s->tokens[i + 1] : NULL;
        bool named = next != NULL && next->kind == TOKEN_BREAK && next->sub == BREAK_PAUSE && next->start < s->tokens[i].end + 2;
        if (token_cue(&s->tokens[i], CUE_verb, NULL) && s->tokens[i].end - s->tokens[i].start > 1 && !named) {
            words_add(out, in->window->text + s->tokens[i].start, s->tokens[i].end - s->tokens[i].start);
            out->verb = true;
            return;
        }
    }
}

void last_member(const struct label_input *in, size_t start, size_t end, struct words *out)
{
    const struct scan *s = in->scan;
    size_t from = start;
    for (size_t i = in->token; i > in->first && s->tokens[i - 1].start >= start; i--)
        if (s->tokens[i - 1].kind == TOKEN_BREAK && s->tokens[i - 1].sub == BREAK_PAUSE && s->tokens[i - 1].end < end) {
            from = s->tokens[i - 1].end;
            break;
        }
    struct label_input there = *in;
    collect(&there, from, end - 1, out);
}
