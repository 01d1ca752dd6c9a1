/* scan.c — one pass over the text that turns it into tokens: breaks, time expressions, quantities, places, cue words. */
#include "data/extract/document.h"

#include <stdlib.h>
#include <string.h>

#define COMPARISON_MOST 30u  /* characters from a year to the 相比 of its comparison */
#define ARTICLE_LEAST 300u  /* a 分享到 nearer to the beginning stands above an article, not below it … */
#define SENTENCES_LEAST 2u  /* … unless so many sentences came before it */

/* Grows an array for one more element; NULL leaves the old one in place. */
static bool reserve(void **array, size_t *capacity, size_t count, size_t size)
{
    if (count < *capacity)
        return true;
    size_t wanted = *capacity ? *capacity * 2 : 256;
    void *grown = realloc(*array, wanted * size);
    if (grown == NULL)
        return false;
    *array = grown;
    *capacity = wanted;
    return true;
}

static struct token *add(struct scan *s, enum token_kind kind, size_t start, size_t end)
{
    if (!reserve((void **)&s->tokens, &s->token_capacity, s->token_count, sizeof *s->tokens)) {
        s->failed = true;
        return NULL;
    }
    struct token *token = &s->tokens[s->token_count++];
    *token = (struct token){.start = (uint32_t)start, .end = (uint32_t)end, .kind = (uint8_t)kind};
    return token;
}

/* A mention of a place, which region.c will resolve. */
static struct token *add_place(struct scan *s, size_t start, size_t end)
{
    struct token *token = add(s, TOKEN_REGION, start, end);
    if (token == NULL || !reserve((void **)&s->places, &s->place_capacity, s->place_count, sizeof *s->places) ||
        !reserve((void **)&s->mentions, &s->mention_capacity, s->place_count, sizeof *s->mentions)) {
        s->failed = true;
        return NULL;
    }
    token->index = (uint32_t)s->place_count;
    s->mentions[s->place_count] = (uint32_t)(s->token_count - 1);
    s->places[s->place_count++] = (struct place){.region = REGION_NONE};
    return token;
}

static int break_of(uint16_t c)
{
    switch (c) {
    case '\n': case '\r': return BREAK_LINE;
    case ';': case 0xFF1B: return BREAK_SEMICOLON;
    case 0x3002: case '!': case '?': case 0xFF01: case 0xFF1F: return BREAK_SENTENCE;
    case ',': case ':': case 0xFF0C: case 0xFF1A: case 0x2026: return BREAK_CLAUSE;  /* … */
    case 0x3001: return BREAK_PAUSE;
    default: return -1;
    }
}

/* A line that begins with a furniture word and is short, or is that word alone, ends the article. */
static bool closes_article(const struct window *w, size_t start)
{
    size_t length = cue_at(w->text, start, w->n, CUE_furniture, NULL);
    if (length == 0)
        return false;
    size_t i = start + length;
    while (i < w->n && (w->text[i] == ' ' || w->text[i] == ':' || w->text[i] == 0x3000))
        i++;
    size_t stop = i;
    while (stop < w->n && w->text[stop] != '\n' && stop - i < 30)
        stop++;
    return stop - i < 4 || (start > 0 && w->text[start - 1] == '\n' && stop - i < 30);
}

/* 1. 2、 (3) 一、 at the start of a line number it: skip them. Returns the length. */
static size_t list_number(const struct window *w, size_t i)
{
    const uint16_t *t = w->text;
    size_t k = i, digits = 0;
    bool bracket = t[k] == '(' || t[k] == 0xFF08;
    k += bracket;
    while (k < w->n && digits < 3 && numeral_starts(t[k])) {
        k++;
        digits++;
    }
    if (digits == 0 || k >= w->n)
        return 0;
    if (bracket)
        return t[k] == ')' || t[k] == 0xFF09 ? k + 1 - i : 0;
    if (t[k] == 0x3001)  /* 一、 but 一、二、三产业 */
        return k + 2 < w->n && numeral_starts(t[k + 1]) && t[k + 1] >= 0x4E00 && t[k + 2] == 0x3001 ? 0 : k + 1 - i;
    return t[k] == '.' && !(k + 1 < w->n && t[k + 1] >= '0' && t[k + 1] <= '9') ? k + 1 - i : 0;
}

static bool only_bare(const struct lexicon_hit *hit)
{
    for (uint32_t i = 0; i < hit->term_count; i++)
        if (hit->terms[i].class == TERM_REGION && (hit->terms[i].sub != FORM_BARE || region_level(hit->terms[i].value) <= 4))
            return false;
    return true;
}

/* The terms at i: the longest region term, the longest cue term. Returns the length of the token made, or 0. */
static size_t terms(struct scan *s, const struct window *w, size_t i, const struct lexicon_hit *hits, size_t count)
{
    if (count == 0)
        return 0;
    const struct lexicon_hit *region = NULL, *cue = NULL, *word = NULL;
    size_t general = 0;
    for (size_t h = count; h-- > 0;) {
        uint64_t classes = hits[h].classes;
        if (classes & OPENS_REGION && region == NULL)
            region = &hits[h];
        if (classes & OPENS_CUE && cue == NULL)
            cue = &hits[h];
        if (classes & (OPENS_WORD | OPENS_ITEM) && word == NULL)
            word = &hits[h];
        if (classes & OPENS_VOCABULARY && general == 0)
            general = hits[h].length;
    }
    if (region != NULL && cue != NULL && cue->length == region->length && only_bare(region))
        region = NULL;  /* 计划, 发展: words that are also the short names of townships */
    if (region != NULL && w->text[i] == 0x7B2C && only_bare(region))
        region = NULL;  /* 排名第四: no 第四街道 */
    if (region != NULL) {
        /* 合作社 is longer than 合作: a common word that reaches further wins over a place */
        if ((cue != NULL && cue->length > region->length) || (word != NULL && word->length > region->length) ||
            general > region->length)
            region = NULL;
        /* 合作 as a word of its own is as likely as the place: left to region.c, which asks for support */
    }
    if (region != NULL) {
        struct token *token = add_place(s, i, i + region->length);
        if (token == NULL)
            return 0;
        token->terms = region->terms;
        token->term_count = (uint16_t)region->term_count;
        return region->length;
    }
    /* 国内生产总值: the 国内 is no scope */
    int level = 0;
    if (cue != NULL && word != NULL && word->length > cue->length && cue_in(hits, count, CUE_scope, &level) == cue->length && level == 1)
        return word->length;
    /* 居全市第二位, 排名全省第一: no list's 第二, the numeral is read for itself */
    if (cue != NULL && cue->length > 1 && w->text[i] == 0x7B2C && i > 0 && cjk(w->text[i - 1])) {
        uint16_t next = w->text[i + cue->length];
        if (next == 0x4F4D || next == 0x540D || !cjk(next))
            return 1;
    }
    if (cue != NULL) {
        struct token *token = add(s, TOKEN_CUE, i, i + cue->length);
        if (token == NULL)
            return 0;
        token->classes = cue->classes & OPENS_CUE;
        token->terms = cue->terms;
        token->term_count = (uint16_t)cue->term_count;
        return cue->length;
    }
    if (word == NULL)
        return 0;
    /* 金坪山村: the end of a village's name may be a word (山村) */
    if (word->length > 1 && w->text[i + word->length - 1] == 0x6751) {
        struct token *token = add_place(s, i + word->length - 1, i + word->length);
        if (token != NULL)
            token->sub = (uint8_t)(word->length - 1);
    }
    return word->length;
}

/* Whether the number that ends at i can be part of a time: what follows is a word for one, a mark that joins two dates,
 * or goes on with the number. */
static bool dates(const struct window *w, size_t i)
{
    while (i < w->n && (w->text[i] == ' ' || w->text[i] == 0x3000 || w->text[i] == 0xA0))
        i++;
    uint16_t c = i < w->n ? w->text[i] : 0;
    switch (c) {
    case 0x5E74: case 0x6708: case 0x65E5: case 0x53F7: case 0x5468: case 0x4E2A:  /* 年 月 日 号 周 个 */
    case 0x591A: case 0x4F59: case 0x6765: case 0x53C8:                            /* 多 余 来 又 */
    case '-': case '/': case '.': case '~': case 0x2013: case 0x2014: case 0xFF5E: case 0x81F3: case 0x5230:  /* – — ～ 至 到 */
    case 'e': case 'E': case 'k': case 'K':
        return true;
    default:
        return numeral_starts(c);
    }
}

/* Whether a time expression can begin at i, where a numeral (m, when it is a Chinese one) or any other word stands. */
static bool may_be_time(const struct window *w, size_t i, const struct numeral *m, const struct lexicon_hit *hits, size_t count)
{
    uint16_t c = w->text[i];
    if (c == 0x8FD1 || c == 0x8FD9 || c == 0x8FC7 || c == 0x672A || c == 0x81EA)  /* 近 这 过 未 自 */
        return true;
    for (size_t h = 0; h < count; h++)
        if (hits[h].classes & CUE_BIT(CUE_time))
            return true;
    if (m != NULL)
        return m->end > i && dates(w, m->end);
    size_t digits = i;
    while (arabic_digit(w->text[digits]) && digits - i < 6)
        digits++;
    return digits > i && dates(w, digits);
}

/* 与去年同期相比, 与上年比, 与去年持平: whether the time that ends here is one compared with. */
static bool compared_with(const struct window *w, size_t start, size_t end)
{
    uint16_t before = start > 0 ? w->text[start - 1] : 0;
    if (before != 0x4E0E && before != 0x540C && before != 0x548C && before != 0x8DDF)  /* 与 同 和 跟 */
        return false;
    for (size_t i = end; i < end + COMPARISON_MOST && i + 1 < w->n && cjk(w->text[i]); i++)
        if (w->text[i] == 0x76F8 && w->text[i + 1] == 0x6BD4)
            return true;  /* 与2010年第六次全国人口普查相比 */
    for (size_t i = end; i < end + 6 && i + 1 < w->n && cjk(w->text[i]); i++)
        if (w->text[i] == 0x6BD4 || (w->text[i] == 0x6301 && w->text[i + 1] == 0x5E73) || (w->text[i] == 0x76F8 && w->text[i + 1] == 0x5F53))
            return true;  /* 比 持平 相当 */
    return false;
}

/* 与2010年第六次全国人口普查的703428人相比, 比2010年…的3.32人减少0.71人: a number of then stands in the comparison. */
static bool compared_number(const struct window *w, size_t start, size_t end)
{
    uint16_t before = start > 0 ? w->text[start - 1] : 0;
    bool with = before == 0x4E0E || before == 0x540C || before == 0x8DDF, than = before == 0x6BD4 || before == 0x8F83;  /* 与 同 跟, 比 较 */
    bool number = false;
    for (size_t i = end; (with || than) && i < end + COMPARISON_MOST && i + 1 < w->n; i++) {
        uint16_t c = w->text[i];
        if (c == ',' || c == 0x3002 || c == ';' || c == '\n' || c == 0x3001)
            return false;
        if (with && c == 0x76F8 && w->text[i + 1] == 0x6BD4)
            return number;  /* 相比 */
        bool change = cue_at(w->text, i, w->n, CUE_growth, NULL) > 0 || cue_at(w->text, i, w->n, CUE_decline, NULL) > 0;
        if (than && change)
            return number;
        number |= arabic_digit(c);
    }
    return false;
}

/* 年初预算数, 年初计划, 年初确定的目标: which aim it is, not when something was. */
static bool plans_year(const struct window *w, size_t i)
{
    static const uint16_t aims[][2] = {{0x9884, 0x7B97}, {0x8BA1, 0x5212}, {0x76EE, 0x6807}, {0x786E, 0x5B9A}};  /* 预算 计划 目标 确定 */
    for (size_t k = 0; i + 3 < w->n && w->text[i] == 0x5E74 && w->text[i + 1] == 0x521D && k < sizeof aims / sizeof *aims; k++)
        if (memcmp(w->text + i + 2, aims[k], sizeof aims[k]) == 0)
            return true;
    return false;
}

/* A time expression at i. Returns its length, or 0. */
static size_t time_token(struct scan *s, struct calendar *calendar, const struct window *w, size_t i)
{
    struct period_token period;
    struct date latest = calendar->latest, named = calendar->named;
    size_t length = plans_year(w, i) ? 0 : period_scan(calendar, w, i, &period);
    if (length == 0)
        return 0;
    /* 较2019年, 比上年, 是2015年的…倍: what the number is compared with */
    uint16_t before = i > 0 ? w->text[i - 1] : 0;
    bool of = i + length < w->n && w->text[i + length] == 0x7684;
    if (((of && (before == 0x7531 || before == 0x4ECE || before == 0x6BD4 || before == 0x8F83)) || compared_number(w, i, i + length)) &&
        (period.text[0] != '\0' || period.role == TIME_UNDATED)) {
        period.role = TIME_LOCAL;  /* 由 从 比 较 … 的 */
        calendar->latest = latest;
        calendar->named = named;
    } else if (before == 0x8F83 || before == 0x6BD4 || before == 0x540C || compared_with(w, i, i + length) || (before == 0x662F && i + length < w->n && w->text[i + length] == 0x7684)) {
        period.role = TIME_COMPARED;
        calendar->latest = latest;
        calendar->named = named;
    }
    struct token *token = add(s, TOKEN_TIME, i, i + length);
    if (token == NULL || !reserve((void **)&s->periods, &s->period_capacity, s->period_count, sizeof *s->periods)) {
        s->failed = true;
        return 0;
    }
    token->index = (uint32_t)s->period_count;
    s->periods[s->period_count++] = period;
    return length;
}

/* 1时50分, 8:30, 晚8点: a time of day measures nothing. */
static size_t clock_time(const struct window *w, size_t i)
{
    const uint16_t *t = w->text;
    size_t k = i, digits = 0;
    while (k < w->n && t[k] >= '0' && t[k] <= '9' && digits < 3) {
        k++;
        digits++;
    }
    if (digits == 0 || digits > 2 || k >= w->n || !(t[k] == ':' || t[k] == 0x65F6 || t[k] == 0x70B9))
        return 0;
    size_t minutes = k + 1;
    while (minutes < w->n && t[minutes] >= '0' && t[minutes] <= '9')
        minutes++;
    if (minutes == k + 1)
        return t[k] == ':' ? 0 : k + 1 - i;
    if (t[k] == ':')
        return minutes - k - 1 == 2 ? minutes - i : 0;
    return minutes < w->n && t[minutes] == 0x5206 ? minutes + 1 - i : 0;
}

/* A place whose name begins with a numeral and reaches further than it. */
static bool names_place(const struct numeral *m, const struct lexicon_hit *hits, size_t count)
{
    for (size_t h = count; h-- > 0 && hits[h].length > m->end - m->start;)
        for (uint32_t k = 0; hits[h].classes & OPENS_REGION && k < hits[h].term_count; k++)
            if (hits[h].terms[k].class == TERM_REGION && (hits[h].length >= 3 || hits[h].terms[k].sub != FORM_BARE || region_level(hits[h].terms[k].value) <= 4))
                return true;
    return false;
}

static bool add_quantity(struct scan *s, const struct quantity *quantity)
{
    struct token *token = add(s, TOKEN_QUANTITY, quantity->start, quantity->end);
    if (token == NULL || !reserve((void **)&s->quantities, &s->quantity_capacity, s->quantity_count, sizeof *s->quantities)) {
        s->failed = true;
        return false;
    }
    token->index = (uint32_t)s->quantity_count;
    s->quantities[s->quantity_count++] = *quantity;
    return true;
}

/* 建成糖厂三个、缫丝厂两个; 辖20个村，一个居委会: a small count that goes on with a list of counts is one, if a thing is named. */
static bool continues_counts(const struct scan *s, const struct window *w, const struct quantity *q)
{
    size_t i = s->token_count;
    if (i == 0 || s->tokens[i - 1].kind != TOKEN_BREAK || s->tokens[i - 1].sub > BREAK_CLAUSE || s->tokens[i - 1].end != q->start)
        return false;
    uint64_t opens = q->end < w->n ? lexicon_opens(w->text[q->end]) : 0;
    struct lexicon_hit hits[LEXICON_HITS];
    size_t count = opens & (OPENS_WORD | OPENS_ITEM) ? lexicon_match(w->text + q->end, w->n - q->end, hits) : 0;
    bool thing = count > 0 && hits[count - 1].length >= 2 && (hits[count - 1].classes & (OPENS_WORD | OPENS_ITEM));
    if (!thing && (q->number.value < 2 || s->tokens[i - 1].sub != BREAK_PAUSE))
        return false;
    while (i-- > 0 && q->start - s->tokens[i].end < 60 && !(s->tokens[i].kind == TOKEN_BREAK && s->tokens[i].sub >= BREAK_SEMICOLON))
        if (s->tokens[i].kind == TOKEN_QUANTITY && strcmp(s->quantities[s->tokens[i].index].unit->role, "counter") == 0)
            return true;
    return false;
}

/* 新建文化广场一处, 打机井两眼，…: a small count right behind what was made, at the end of its clause, is one. */
static bool closes_clause(const struct window *w, const struct quantity *q)
{
    const uint16_t *t = w->text;
    uint16_t behind = t[q->end];
    size_t about = cue_at(t, q->end, w->n, CUE_about, NULL);
    if (about == 1 && q->end + 1 < w->n && numeral_starts(t[q->end + 1]))
        behind = ',';  /* 项目两个约56亩 */
    if (q->start < 3 || cjk(behind) || numeral_starts(behind) || strcmp(q->unit->role, "counter") != 0)
        return false;
    bool thing = false;
    for (size_t length = 2; length <= 5 && length < q->start && !thing; length++) {
        struct lexicon_hit hits[LEXICON_HITS];
        size_t count = lexicon_match(t + q->start - length, length, hits);
        thing = count > 0 && hits[count - 1].length == length && (hits[count - 1].classes & (OPENS_WORD | OPENS_ITEM | CUE_BIT(CUE_noun))) &&
                !(hits[count - 1].classes & (CUE_BIT(CUE_verb) | CUE_BIT(CUE_person) | CUE_BIT(CUE_time)));
    }
    static const uint16_t made[] = {0x6709, 0x8BBE, 0x5EFA, 0x4FEE, 0x6253, 0x88C5, 0x529E, 0x7F6E, 0x8D2D, 0x914D};  /* 有 设 建 修 打 装 办 置 购 配 */
    bool verb = false, each = false;
    for (size_t back = 1; thing && back < 40 && back <= q->start; back++) {
        uint16_t c = t[q->start - back];
        if (c == ',' || c == 0x3002 || c == '\n' || c == ';' || c == ':')
            break;
        each |= c == 0x6BCF || c == 0x5404;  /* 每户发放书包一个 */
        verb |= cue_at(t, q->start - back, q->start, CUE_verb, NULL) > 1;
        for (size_t k = 0; k < sizeof made / sizeof *made; k++)
            verb |= c == made[k];
    }
    return verb && !each;
}

/* 产值过500万元的两个: so many keep a limit. */
static bool keeps_limit(const struct scan *s, const struct window *w, const struct quantity *q)
{
    const struct token *last = s->token_count > 0 ? &s->tokens[s->token_count - 1] : NULL;
    if (last != NULL && last->kind == TOKEN_CUE && last->end == q->start && w->text[last->start] == 0x7684)
        last = s->token_count > 1 ? last - 1 : NULL;
    return last != NULL && last->kind == TOKEN_QUANTITY && last->end + 1 == q->start && w->text[last->end] == 0x7684 && !cjk(w->text[q->end]) &&
           is_text(q->unit->name, "个");
}

/* 惠及临潭县三个乡镇的2.4万人: so many of a place's parts. */
static bool counts_parts(const struct scan *s, const struct window *w, const struct quantity *q)
{
    static const uint16_t parts[] = {0x4E61, 0x9547, 0x6751, 0x53BF, 0x793E};
    if (q->number.value < 2 || s->token_count == 0 || s->tokens[s->token_count - 1].kind != TOKEN_REGION || s->tokens[s->token_count - 1].end != q->start)
        return false;
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
        if (w->text[q->end] == parts[k] && is_text(q->unit->name, "个"))
            return true;
    return false;
}

/* A quantity, or a numeral or idiom that is none, at i. Returns the length to skip, or 0. */
static size_t numeral_token(struct scan *s, const struct window *w, size_t i, const struct numeral *m,
                            const struct lexicon_hit *hits, size_t hit_count)
{
    size_t idiom = m != NULL ? cue_in(hits, hit_count, CUE_idiom, NULL) : 0;
    if (cue_in(hits, hit_count, CUE_lead, NULL) > 0)
        return 0;  /* 一是: terms() makes it a token */
    if (m != NULL && names_place(m, hits, hit_count))
        return 0;  /* 四开镇, 七星关区 */
    if (m != NULL && m->end == i)
        return idiom;
    struct quantity parts[RATIO_MOST];
    size_t count, ratio = ratio_scan(w, i, parts, &count);
    for (size_t k = 0; ratio > 0 && k < count; k++)
        add_quantity(s, &parts[k]);
    if (ratio > 0)
        return ratio;
    size_t clock = clock_time(w, i);
    if (clock > 0)
        return clock;
    struct quantity quantity;
    bool accepted;
    size_t length = quantity_scan(w, i, m, &quantity, &accepted);
    bool closing = !accepted && quantity.small && (closes_clause(w, &quantity) || keeps_limit(s, w, &quantity));
    /* an idiom only where the numeral does not reach further: 百姓, but 百余户 */
    if (idiom > 0 && (m->end - m->start < idiom || m->bare) && !closing)
        return idiom;
    if (!accepted && !closing && !(quantity.small && (continues_counts(s, w, &quantity) || counts_parts(s, w, &quantity))))
        return length;
    if (!add_quantity(s, &quantity))
        return 0;
    /* an approximator before it may already be a cue token: the quantity owns it */
    while (s->token_count >= 2 && s->tokens[s->token_count - 2].kind == TOKEN_CUE && s->tokens[s->token_count - 2].start >= quantity.start) {
        s->tokens[s->token_count - 2] = s->tokens[s->token_count - 1];
        s->token_count--;
    }
    return length;
}

/* A line of at most forty characters without a sentence's end heads a section. Its year, if it names one, dates what
 * follows; every line starts again from it (or from the publication) when it completes a date. */
static void heading(struct scan *s, struct calendar *calendar, const struct window *w, size_t start)
{
    const uint16_t *t = w->text;
    size_t end = start;
    bool stop = false;
    while (end < w->n && t[end] != '\n' && end - start <= 42 && !stop) {
        stop = t[end] == 0x3002 || t[end] == ';' || t[end] == '!';
        end++;
    }
    if (end > start + 2 && !stop && end - start <= 40) {
        struct heading h = {.line = (uint32_t)start};
        unsigned years = 0;
        for (size_t i = start; i < end; i++) {
            int value;
            if (cue_at(t, i, end, CUE_topic, &value) > 0) {
                h.planned = value == 1 ? 1 : value == 2 ? -1 : h.planned;
                h.figures |= value == 3;
            }
            /* a year of its own, not the year of a date */
            if (i + 4 < end && t[i] == '2' && t[i + 1] == '0' && arabic_digit(t[i + 2]) && arabic_digit(t[i + 3]) && t[i + 4] == 0x5E74 && (i == start || t[i - 1] < '0' || t[i - 1] > '9') &&
                !(i + 5 < end && t[i + 5] >= '0' && t[i + 5] <= '9') && years++ == 0)
                h.year = (t[i] - '0') * 1000 + (t[i + 1] - '0') * 100 + (t[i + 2] - '0') * 10 + (t[i + 3] - '0');
        }
        if (years > 1)
            h.planned = 0;  /* 2018年工作总结及2019年工作计划: what was done comes first */
        if (h.year > 0)
            calendar->section = (struct date){h.year, 0, 0};
        if (h.year > 0 && h.figures)
            calendar->reported = h.year;
        calendar->ahead = h.planned > 0 || (calendar->ahead && h.planned == 0 && h.year == 0);
        if (h.year > 0 || h.planned != 0 || h.figures) {
            if (reserve((void **)&s->headings, &s->heading_capacity, s->heading_count, sizeof *s->headings))
                s->headings[s->heading_count++] = h;
            else
                s->failed = true;
        }
    }
    calendar->latest = calendar->section.year ? calendar->section : calendar->published;
    if (calendar->reported > 0)
        calendar->named = calendar->latest;
}

/* 村, 社区 or 嘎查 that no longer word holds may end a village's name: region.c reads backwards from it. */
static size_t village_token(struct scan *s, const struct window *w, size_t i)
{
    uint16_t next = i + 1 < w->n ? w->text[i + 1] : 0;
    size_t length = w->text[i] == 0x6751 ? 1 : (w->text[i] == 0x793E && next == 0x533A) || (w->text[i] == 0x560E && next == 0x67E5) ? 2 : 0;  /* 村 社区 嘎查 */
    struct lexicon_hit hits[LEXICON_HITS];
    size_t count = length > 0 ? lexicon_match(w->text + i, w->n - i, hits) : 0;
    if (length == 0)
        return 0;
    /* 村民, 村道 are words of their own; 中海村党支部 is a village's, though the dictionary has 村党支部 */
    /* 大庄村组织101户: not 村组 */
    int level = 0;
    const struct token *before = s->token_count > 0 ? &s->tokens[s->token_count - 1] : NULL;
    bool named = before != NULL && before->kind == TOKEN_REGION && before->end < i && i - before->end <= 5 &&
                 cue_in(hits, count, CUE_scope, &level) == 2 && level == 12;  /* 匹河乡三瓦村里: not 村里 alone */
    bool organises = i + 2 < w->n && w->text[i + 1] == 0x7EC4 && w->text[i + 2] == 0x7EC7;
    for (; count > 0 && !organises && !named && hits[count - 1].length > length; count--)
        for (uint32_t k = 0; k < hits[count - 1].term_count; k++)
            if (hits[count - 1].terms[k].class != TERM_WORD)
                return 0;
    return add_place(s, i, i + length) != NULL ? length : 0;
}

/* The end of the web address whose :// or www. stands at i, else i + 1. */
static size_t address(const struct window *w, size_t i)
{
    static const uint16_t scheme[] = {':', '/', '/'}, host[] = {'w', 'w', 'w', '.'};
    if (!((w->text[i] == ':' && i + 3 < w->n && memcmp(w->text + i, scheme, sizeof scheme) == 0) ||
          (w->text[i] == 'w' && i + 4 < w->n && memcmp(w->text + i, host, sizeof host) == 0)))
        return i + 1;
    while (i < w->n && w->text[i] > ' ' && w->text[i] < 0x7F)
        i++;
    return i;
}

void scan_window(struct scan *s, struct calendar *calendar, const struct window *w)
{
    s->ended = false;
    s->token_count = s->quantity_count = s->period_count = s->place_count = s->heading_count = s->bracket_count = 0;
    const uint16_t *t = w->text;
    size_t n = w->n, sentences = 0;
    bool first = true;  /* only blanks stand between the line's beginning and here */
    for (size_t i = 0; i < n && !s->failed && !s->ended;) {
        uint16_t c = t[i];
        int kind = cjk(c) ? -1 : break_of(c);
        if (kind >= 0) {
            if (c == ':' && address(w, i) > i + 1) {
                i = address(w, i);
                continue;
            }
            struct token *token = add(s, TOKEN_BREAK, i, i + 1);
            if (token != NULL)
                token->sub = (uint8_t)kind;
            sentences += c == 0x3002;
            first = c == '\n';
            i++;
            continue;
        }
        bool numeral = numeral_starts(c);
        if (first) {
            if (i == 0 || t[i - 1] == '\n')
                heading(s, calendar, w, i);
            if ((i > ARTICLE_LEAST || sentences >= SENTENCES_LEAST) && closes_article(w, i)) {
                s->ended = true;
                break;
            }
            size_t number = numeral || c == '(' || c == 0xFF08 ? list_number(w, i) : 0;
            first = c == ' ' || c == '\t' || c == 0x3000;
            if (number > 0) {
                i += number;
                continue;
            }
        }
        if (c < 0x80 && !numeral) {
            if (c == '(' || c == ')') {
                if (reserve((void **)&s->brackets, &s->bracket_capacity, s->bracket_count, sizeof *s->brackets))
                    s->brackets[s->bracket_count++] = (uint32_t)i;
                else
                    s->failed = true;
            }
            i = address(w, i);
            continue;
        }
        struct lexicon_hit hits[LEXICON_HITS];
        size_t count = lexicon_match(t + i, n - i, hits), length = 0;
        struct numeral m, *chinese = NULL;
        if (numeral && c >= 0x80) {
            if (!numeral_scan(t, w->raw, i, n, &m))
                m.start = m.end = (uint32_t)i;
            chinese = &m;
        }
        if (may_be_time(w, i, chinese, hits, count))
            length = time_token(s, calendar, w, i);
        if (length == 0 && (c == 0x6751 || c == 0x793E || c == 0x560E))
            length = village_token(s, w, i);
        if (length == 0 && numeral)
            length = numeral_token(s, w, i, chinese, hits, count);
        if (length == 0)
            length = terms(s, w, i, hits, count);
        i += length > 0 ? length : 1;
    }
}

void scan_free(struct scan *s)
{
    free(s->tokens);
    free(s->quantities);
    free(s->periods);
    free(s->places);
    free(s->mentions);
    free(s->support);
    free(s->where);
    free(s->headings);
    free(s->brackets);
    free(s->respectives);
    *s = (struct scan){0};
}
