/* label_words.c — the words of a label: which words of a stretch of text it keeps, what they are, how they are shortened. */
#include "data/extract/label.h"

#include <string.h>

void words_add(struct words *to, const uint16_t *text, size_t n)
{
    /* the end of a Chinese phrase carries its head: what is too long loses its beginning */
    if (n > LABEL_BASE) {
        text += n - LABEL_BASE;
        n = LABEL_BASE;
    }
    if (to->n + n > LABEL_BASE) {
        size_t drop = to->n + n - LABEL_BASE;
        memmove(to->text, to->text + drop, (to->n - drop) * sizeof *to->text);
        to->n -= drop;
    }
    memcpy(to->text + to->n, text, n * sizeof *text);
    to->n += n;
}

void words_drop(struct words *w, size_t n)
{
    memmove(w->text, w->text + n, (w->n - n) * sizeof *w->text);
    w->n -= n;
}

static bool digit(uint16_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_label_character(uint16_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9') || c == 0x3007;
}

/* 每月, 一个月, 一天: what one character says, too; 0 for any other word, and for 一月, which may be January. */
static uint16_t turn_of(const uint16_t *t, size_t i, size_t end, size_t *length)
{
    if ((t[i] != 0x4E00 && t[i] != 0x6BCF) || (*length = cue_at(t, i, end, CUE_mean, NULL)) < 2 || (*length == 2 && t[i] == 0x4E00 && t[i + 1] == 0x6708) || (*length > 2 && t[i + 1] == 0x4EBA))
        return 0;
    uint16_t last = t[i + *length - 1];
    return last == 0x5929 || last == 0x65E5 ? 0x65E5 : last == 0x5E74 || last == 0x6708 ? last : 0;  /* 日 年 月 */
}

static bool drops(const struct token *token)
{
    int value;
    if (token_cue(token, CUE_plan, &value) && value == 1)
        return false;  /* 预算收入, 规划 */
    static const enum cue_class classes[] = {CUE_scope, CUE_stop, CUE_plan, CUE_about, CUE_above, CUE_below, CUE_lead, CUE_negative, CUE_respective, CUE_time};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (token_cue(token, classes[i], NULL))
            return true;
    return false;
}

/* 达, 为, 有 … right before the number carry nothing. */
static bool is_light(uint16_t c)
{
    static const uint16_t light[] = {0x4E3A, 0x6709, 0x8FBE, 0x5230, 0x81F3, 0x662F, 0x5728, 0x4E86, 0x5171, 0x5DF2, 0x8BA1, 0x5BF9, 0x4ECE, 0x7ED9, 0x5411, 0x6BCF, 0x4E8E};
    for (size_t i = 0; i < sizeof light / sizeof *light; i++)
        if (c == light[i])
            return true;
    return false;
}

/* 将带动, 拟投资, 计划投资: only the first word is about the plan. */
static void keep_planned(const uint16_t *t, const struct token *token, struct words *out)
{
    if (token->end - token->start == 3 && t[token->end - 2] == 0x8FBE && t[token->end - 1] == 0x5230)
        return;  /* 将达到 */
    uint16_t c = t[token->start];
    size_t length = token->end - token->start;
    size_t skip = c == 0x5C06 || c == 0x62DF || c == 0x53EF ? 1 : length == 4 ? 2 : length;
    static const uint16_t behind[] = {0x540E};  /* 建成后 */
    if (skip < length && t[token->end - 1] != behind[0] && cue_at(t, token->start + skip, token->end, CUE_above, NULL) != length - skip && !(skip + 1 == length && is_light(t[token->end - 1]))) {
        words_add(out, t + token->start + skip, length - skip);
        out->verb = true;
    }
}

static bool known_word(const uint16_t *t, size_t start, size_t end)
{
    struct lexicon_hit hits[LEXICON_HITS];
    size_t count = lexicon_match(t + start, end - start, hits);
    return count > 0 && hits[count - 1].length == end - start;
}

/* Whether the number counts in 个, as the villages themselves are counted (脱贫村111个). */
static bool in_general(const struct label_input *in)
{
    const struct token *token = &in->scan->tokens[in->token];
    return token->kind != TOKEN_QUANTITY || is_text(in->scan->quantities[token->index].unit->name, "个");
}

/* The length of a village's name up to its 村 where one begins at i, before the token at: places are no words of a label.
 * opens: i begins a stretch or a list's member, where also a name that no register has is one of several (新城村、财源村村民).
 * end: of the stretch, where it may be all of it; or 0. */
static size_t village_name(const struct label_input *in, size_t at, size_t i, bool opens, size_t end)
{
    const struct scan *s = in->scan;
    const uint16_t *t = in->window->text;
    for (; at < s->token_count && s->tokens[at].start <= i + 6; at++) {
        const struct token *token = &s->tokens[at];
        if (token->kind != TOKEN_REGION) {
            opens &= token->kind == TOKEN_CUE;
            continue;
        }
        const struct place *place = &s->places[token->index];
        if (place->name_start == i && i > 0)
            return token->start - i;
        bool unknown = place->region == REGION_NONE && place->village == NULL && t[token->end - 1] == 0x6751;
        bool listed = t[token->end] == 0x3001 || (i > 0 && t[i - 1] == 0x3001 && (t[token->end] == 0x6751 || t[token->end] == 0x7B49));  /* 、 村民 等 */
        listed |= token->end == end && token->end - i >= 3 && !in_general(in) && !known_word(t, i, token->end);  /* 其中胡岗村84座;曹庄村384座 */
        if (opens && unknown && listed && token->start > i && token->start <= i + 4)
            return token->end - i;
    }
    return 0;
}

/* 一个总库容276万立方米的水库: the 一个 of what stands behind the number. The length, or 0. */
static size_t one_length(const uint16_t *t, size_t i, size_t end)
{
    static const uint16_t counters[] = {0x4E2A, 0x5EA7, 0x5904, 0x6761, 0x5BB6};  /* 个 座 处 条 家 */
    for (size_t k = 0; t[i] == 0x4E00 && i + 2 < end && k < sizeof counters / sizeof *counters; k++)
        if (t[i + 1] == counters[k] && t[i + 2] != 0x6708 && t[i + 2] != 0x6751 && t[i + 2] != 0x4EBA)  /* 月 村 人 */
            return 2;
    return 0;
}

/* 丰宁县黑山嘴镇东沟村: a township that no register has, between two places. The length of its name at i, or 0; at: a token before it. */
static size_t unknown_town(const struct label_input *in, size_t at, size_t i)
{
    const struct scan *s = in->scan;
    const uint16_t *t = in->window->text;
    while (at < s->token_count && s->tokens[at].start < i)
        at++;
    for (; at < s->token_count && s->tokens[at].start <= i + 10; at++) {
        const struct token *token = &s->tokens[at];
        const struct place *place = &s->places[token->index];
        if (token->kind != TOKEN_REGION || place->region == REGION_NONE)
            continue;
        size_t name = place->name_start > 0 ? place->name_start : token->start;
        return name >= i + 3 && name <= i + 6 && (t[name - 1] == 0x9547 || t[name - 1] == 0x4E61) ? name - i : 0;
    }
    return 0;
}

/* 较项目实施前, 以乡镇为单位: what it is compared with and how it was counted, not what it is. The length, or 0. */
static size_t aside_length(const uint16_t *t, size_t i, size_t end)
{
    static const uint16_t unit[] = {0x4E3A, 0x5355, 0x4F4D};  /* 为单位 */
    if (t[i] != 0x8F83 && t[i] != 0x4EE5)  /* 较 以 */
        return 0;
    for (size_t k = i + 2; k < i + 10 && k < end && cjk(t[k]); k++)
        if (t[i] == 0x8F83 ? t[k] == 0x524D : k + 3 <= end && memcmp(t + k, unit, sizeof unit) == 0)
            return k + (t[i] == 0x8F83 ? 1 : 3) - i;
    return 0;
}

void collect(const struct label_input *in, size_t start, size_t end, struct words *out)
{
    const struct scan *s = in->scan;
    const uint16_t *t = in->window->text;
    size_t at = in->token, i = start;
    /* tokens are ordered: step back to the first that may lie in the stretch, then forward with the text */
    while (at > 0 && s->tokens[at - 1].start >= start)
        at--;
    while (at < s->token_count && s->tokens[at].start < start)
        at++;
    int depth = 0;
    while (i < end) {
        size_t aside = aside_length(t, i, end) + (out->n == 0 ? one_length(t, i, end) : 0);
        if (aside > 0) {
            i += aside;
            continue;
        }
        size_t turn_length;
        uint16_t often = depth == 0 ? turn_of(t, i, end, &turn_length) : 0;
        if (often != 0 && (t[i] != 0x4E00 || out->n == 0)) {  /* not within 一头牛养一年净赚 */
            words_add(out, &often, 1);
            i += turn_length;
            continue;
        }
        while (at < s->token_count && s->tokens[at].start < i)
            at++;
        size_t name = village_name(in, at, i, i == start || t[i - 1] == 0x3001, i == start ? end : 0);
        if (name > 0) {
            i += name;
            continue;
        }
        if (at < s->token_count && s->tokens[at].start == i && s->tokens[at].kind != TOKEN_BREAK) {
            const struct token *token = &s->tokens[at];
            bool place = token->kind == TOKEN_REGION && s->places[token->index].region != REGION_NONE;
            bool dropped = place || token->kind == TOKEN_TIME || token->kind == TOKEN_QUANTITY || drops(token);
            /* one character is as likely the middle of a word (自来水, 意向): it is dropped only where a word ends */
            bool single = dropped && token->kind == TOKEN_CUE && token->end - token->start == 1 && t[token->start] != 0x7684 && t[token->start] != 0x4E86;
            bool last_light = token->end == end && is_light(t[token->start]);
            if (single && token->end == end && t[token->start] == 0x5730)
                dropped = false;  /* 机动地595亩: the adverb's 地 stands before a verb */
            /* 共建设5个: no 共建 */
            bool sum = single && t[token->start] == 0x5171 && cue_at(t, token->end, end, CUE_verb, NULL) >= 2;
            if (single && !last_light && !sum && inside_word(t, start, end, token->start, 1, OPENS_VOCABULARY | OPENS_WORD | OPENS_ITEM))
                dropped = false;
            else if (dropped && token->kind == TOKEN_CUE && !single && inside_word(t, start, end, token->start, token->end - token->start, OPENS_VOCABULARY))
                dropped = false;
            /* 25个贫困地区: what is counted is no scope */
            if (dropped && token->start == s->tokens[in->token].end && token_cue(token, CUE_scope, NULL))
                dropped = false;
            /* 农村产业园区876个, 监督所1处: what is counted */
            int scope;
            if (dropped && token->end == end && ((token_cue(token, CUE_scope, &scope) && scope == 0) || t[token->start] == 0x6240))
                dropped = false;
            /* 60岁及以上人口: an age, no approximator */
            if (dropped && token->start > start && t[token->start - 1] == 0x53CA && (token_cue(token, CUE_above, NULL) || token_cue(token, CUE_after_above, NULL) || token_cue(token, CUE_after_below, NULL)))
                dropped = false;
            if (dropped) {
                if (place && i > start && t[i - 1] == 0x7684)
                    *out = (struct words){0};  /* 大凉山腹地的昭觉县 */
                if (token_cue(token, CUE_plan, NULL))
                    keep_planned(t, token, out);
                i = token->end + (place ? unknown_town(in, at + 1, token->end) : 0);
                continue;
            }
            if (token->kind == TOKEN_CUE) {
                out->verb |= token_cue(token, CUE_verb, NULL);
                if (depth == 0)  /* a word may reach beyond: 第二、第三产业 are parted within 第三产业 */
                    words_add(out, t + i, (token->end < end ? token->end : end) - i);
                i = token->end;
                continue;
            }
        }
        uint16_t c = t[i];
        if (i == start && (i == 0 || t[i - 1] == '\n') && digit(c)) {
            /* 1.发展现状: a list number at the beginning of a line */
            size_t k = i;
            while (k < end && digit(t[k]))
                k++;
            if (k + 1 < end && (t[k] == '.' || t[k] == 0x3001) && !digit(t[k + 1])) {
                i = k + 1;
                continue;
            }
        }
        if (c == 0x7B2C && i + 2 < end && numeral_starts(t[i + 1])) {
            /* 第三届旅游节, 第二批: which one, not what */
            static const uint16_t turns[] = {0x5C4A, 0x6B21, 0x671F, 0x6279, 0x8F6E, 0x5B63};
            size_t k = i + 1;
            while (k < end && numeral_starts(t[k]))
                k++;
            bool turn = false;
            for (size_t n = 0; k < end && n < sizeof turns / sizeof *turns; n++)
                turn |= t[k] == turns[n];
            if (turn) {
                i = k + 1;
                continue;
            }
        }
        if (c == '[' && i + 2 < end && digit(t[i + 1]) && (t[i + 2] == ']' || (digit(t[i + 2]) && i + 3 < end && t[i + 3] == ']'))) {
            i += t[i + 2] == ']' ? 3 : 4;  /* 常住人口[2]: a footnote's number */
            continue;
        }
        if (c == '(' || c == 0xFF08)
            depth++;
        else if (c == ')' || c == 0xFF09)
            depth -= depth > 0;
        else if (depth == 0 && (is_label_character(c) || (c == '-' && i > start && i + 1 < end && digit(t[i - 1]) && digit(t[i + 1]))))
            words_add(out, t + i, 1);  /* 18-34岁人口 */
        i++;
    }
}

bool text_has_cue(const uint16_t *text, size_t n, enum cue_class class, int wanted)
{
    int value;
    for (size_t i = 0; i < n; i++)
        if (cue_at(text, i, n, class, &value) > 0 && (wanted < 0 || value == wanted))
            return true;
    return false;
}

bool names_thing(const uint16_t *t, size_t end)
{
    static const uint16_t last[] = {0x8F66, 0x73ED, 0x5382, 0x573A, 0x7AD9, 0x70B9, 0x6237, 0x5458, 0x961F, 0x5BA4, 0x6240, 0x673A, 0x7EBF, 0x56ED,
                                    0x533A, 0x5730, 0x4E1A, 0x53F8, 0x793E, 0x76EE, 0x7A0B, 0x5FC3, 0x65BD, 0x95F4, 0x68DA, 0x4F4D, 0x8DEF, 0x6865,
                                    0x6E20, 0x6C60, 0x4E95, 0x5E93, 0x623F, 0x697C, 0x9662, 0x6821, 0x9986, 0x680F, 0x5708, 0x820D, 0x7F51, 0x6751, 0x91D1, 0x8D44, 0x6B3E, 0x8D39, 0x7269, 0x54C1, 0x6599, 0x5177, 0x6750, 0x82D7, 0x79CD, 0x4E66,
                                    0x8005, 0x4EBA, 0x91CF, 0x989D, 0x7387, 0x503C, 0x529B, 0x4F1A, 0x80FD, 0x7532, 0x5955, 0x5C6F, 0x7EC4, 0x9547, 0x4E61, 0x53BF};
    if (end > 1 && t[end - 1] == 0x4E1A && (t[end - 2] == 0x5C31 || t[end - 2] == 0x521B))
        return false;  /* 就业, 创业 */
    for (size_t i = 0; end > 0 && i < sizeof last / sizeof *last; i++)
        if (t[end - 1] == last[i])
            return true;
    return false;
}

bool words_end_with(const struct words *w, const uint16_t *tail, size_t n)
{
    return w->n >= n && memcmp(w->text + w->n - n, tail, n * sizeof *tail) == 0;
}

bool words_hold(const struct words *w, const uint16_t *word, size_t n)
{
    for (size_t i = 0; i + n <= w->n; i++)
        if (memcmp(w->text + i, word, n * sizeof *word) == 0)
            return true;
    return false;
}

/* Whether a word of any table reaches across i. */
static bool splits_word(const struct words *w, size_t i)
{
    struct lexicon_hit hits[LEXICON_HITS];
    for (size_t back = 1; back <= 4 && back <= i; back++) {
        size_t count = lexicon_match(w->text + i - back, w->n - (i - back), hits);
        if (count > 0 && hits[count - 1].length > back)
            return true;
    }
    return false;
}

void cut_front(struct words *w, size_t most)
{
    if (w->n <= most)
        return;
    size_t least = w->n - most, cut = least;
    for (size_t i = least; i + 4 <= w->n && i < least + 5; i++)
        if (cue_at(w->text, i, w->n, CUE_verb, NULL) >= 2) {
            cut = i;
            break;
        }
    if (cut == least) {
        while (cut + 2 < w->n && cut < least + 3 && splits_word(w, cut))
            cut++;
        /* within a long word (建档立卡贫困人口): where a shorter one begins */
        if (cut == least + 3 && splits_word(w, cut))
            for (size_t i = least; i < least + 6 && i + 4 <= w->n; i++) {
                struct lexicon_hit hits[LEXICON_HITS];
                size_t count = lexicon_match(w->text + i, w->n - i, hits);
                if (count > 0 && hits[count - 1].length >= 4) {
                    cut = i;
                    break;
                }
            }
    }
    while (cut > 0 && cut < w->n && digit(w->text[cut - 1]) && digit(w->text[cut]))
        cut++;  /* no part of 2019 */
    memmove(w->text, w->text + cut, (w->n - cut) * sizeof *w->text);
    w->n -= cut;
}

void cut_noun(struct words *w, size_t most, bool counted)
{
    if (w->n <= most)
        return;
    size_t known = 0;
    while (counted && known < w->n) {
        struct lexicon_hit hits[LEXICON_HITS];
        size_t count = lexicon_match(w->text + known, w->n - known, hits);
        while (count > 0 && !(hits[count - 1].length >= 2 && (hits[count - 1].classes & (OPENS_WORD | OPENS_ITEM | OPENS_VOCABULARY))))
            count--;
        if (count == 0)
            break;
        known += hits[count - 1].length;
    }
    if (known >= 4 && known <= most)
        w->n = known;
    else
        cut_front(w, most);
}

size_t leading_verb(const uint16_t *text, size_t n)
{
    size_t used = 0, length;
    while (used < n && (length = cue_at(text, used, n, CUE_verb, NULL)) > 0 && used < 4)
        used += length;
    return used;
}

bool states_only(const struct words *w)
{
    static const uint16_t going[] = {0x5728, 0x5EFA};  /* 在建 */
    return (w->n == 2 && memcmp(w->text, going, sizeof going) == 0) || leading_verb(w->text, w->n) == w->n;
}

size_t leading_grade(const uint16_t *text, size_t n)
{
    static const uint16_t level[] = {0x56FD, 0x5BB6, 0x7701, 0x5E02, 0x5DDE, 0x53BF, 0x533A, 0x4E61, 0x9547, 0x6751, 0x90E8};
    size_t i = 0;
    for (bool found = true; i < n && found && text[i] != 0x7EA7; i += found) {
        found = false;
        for (size_t k = 0; k < sizeof level / sizeof *level; k++)
            found |= text[i] == level[k];
    }
    if (i == 0 || i >= n || text[i] != 0x7EA7)  /* 级 */
        return 0;
    i++;
    if (i + 1 < n && text[i] == 0x4EE5 && text[i + 1] == 0x4E0A)
        i += 2;
    return i;
}

bool is_measure(const struct unit *unit)
{
    static const char *const dimensions[] = {"area", "length", "mass", "volume"};
    for (size_t i = 0; i < sizeof dimensions / sizeof *dimensions; i++)
        if (strcmp(unit->dimension, dimensions[i]) == 0)
            return true;
    return false;
}

bool names_measure(const struct words *w)
{
    int value;
    return w->n >= 2 && w->n <= 4 &&
           (cue_at(w->text, 0, w->n, CUE_measure, NULL) == w->n || cue_at(w->text, 0, w->n, CUE_mean, NULL) == w->n || (cue_at(w->text, 0, w->n, CUE_noun, &value) == w->n && value == 2));
}

struct words without_change(const struct words *w)
{
    struct words out = {0};
    for (size_t i = 0; i < w->n;) {
        size_t growth = cue_at(w->text, i, w->n, CUE_growth, NULL), decline = cue_at(w->text, i, w->n, CUE_decline, NULL),
               drop = cue_at(w->text, i, w->n, CUE_rank, NULL), whole = cue_at(w->text, i, w->n, CUE_measure, NULL);
        drop = growth > drop ? growth : drop;
        drop = decline > drop ? decline : drop;
        if (drop == 0 || whole >= drop || (drop == 1 && inside_word(w->text, 0, w->n, i, 1, OPENS_VOCABULARY | OPENS_WORD | OPENS_ITEM))) {
            words_add(&out, w->text + i, 1);
            drop = 1;
        }
        i += drop;
    }
    return out;
}

bool to_share(const struct words *w)
{
    return without_change(w).n < 2;
}

bool only_spends(const struct words *w)
{
    size_t i = 0;
    while (i < w->n) {
        size_t length = cue_at(w->text, i, w->n, CUE_spend, NULL);
        if (length == 0)
            return false;
        i += length;
    }
    return true;
}

bool is_arrival(uint16_t c)
{
    return c == 0x81F3 || c == 0x5230 || c == 0x4E3A;
}

static size_t change_at(const struct words *w, size_t i)
{
    size_t growth = cue_at(w->text, i, w->n, CUE_growth, NULL), decline = cue_at(w->text, i, w->n, CUE_decline, NULL);
    return growth > decline ? growth : decline;
}

void drop_change(struct words *w)
{
    for (size_t back = 3; back >= 1; back--)
        if (back < w->n && change_at(w, w->n - back) == back) {
            w->n -= back;
            return;
        }
}

bool opens_with_change(const struct words *noun, const struct words *phrase)
{
    const struct words *w = noun->n > 0 ? noun : phrase;
    return w->n > 0 && w->n <= 4 && change_at(w, 0) > 0;
}

size_t without_measure(const uint16_t *text, size_t n)
{
    for (size_t i = n < 4 ? 0 : n - 4; i < n; i++)
        if (cue_at(text, i, n, CUE_measure, NULL) == n - i)
            return i > 1 && text[i - 1] == 0x603B ? i - 1 : i;  /* 总产量 */
    return n;
}
