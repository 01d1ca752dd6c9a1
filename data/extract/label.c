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
#include "data/extract/document.h"

#include <string.h>

struct words {
    uint16_t text[LABEL_BASE];
    size_t n;
    bool verb;        /* holds a verb */
};

static void words_add(struct words *to, const uint16_t *text, size_t n)
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

static bool digit(uint16_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_label_character(uint16_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9') || c == 0x3007;
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
    static const uint16_t light[] = {0x4E3A, 0x6709, 0x8FBE, 0x5230, 0x81F3, 0x7EA6, 0x662F, 0x5728, 0x4E86, 0x5171, 0x5DF2, 0x8BA1, 0x5BF9, 0x4ECE, 0x7ED9, 0x5411, 0x6BCF};
    for (size_t i = 0; i < sizeof light / sizeof *light; i++)
        if (c == light[i])
            return true;
    return false;
}

/* 将带动, 拟投资, 计划投资: only the first word is about the plan. */
static void keep_planned(const uint16_t *t, const struct token *token, struct words *out)
{
    uint16_t c = t[token->start];
    size_t length = token->end - token->start;
    size_t skip = c == 0x5C06 || c == 0x62DF || c == 0x53EF ? 1 : length == 4 ? 2 : length;
    static const uint16_t behind[] = {0x540E};  /* 建成后 */
    if (skip < length && t[token->end - 1] != behind[0] && cue_at(t, token->start + skip, token->end, CUE_above, NULL) != length - skip && !(skip + 1 == length && is_light(t[token->end - 1]))) {
        words_add(out, t + token->start + skip, length - skip);
        out->verb = true;
    }
}

/* The length of a village's name up to its 村 where one begins at i, before the token at: places are no words of a label. */
static size_t village_name(const struct label_input *in, size_t at, size_t i)
{
    const struct scan *s = in->scan;
    for (; at < s->token_count && s->tokens[at].start <= i + 6; at++)
        if (s->tokens[at].kind == TOKEN_REGION && s->places[s->tokens[at].index].name_start == i && i > 0)
            return s->tokens[at].start - i;
    return 0;
}

/* The words of text[start..end) that a label keeps (requirement 7). tokens[first..last) cover that stretch. */
static void collect(const struct label_input *in, size_t start, size_t end, struct words *out)
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
        while (at < s->token_count && s->tokens[at].start < i)
            at++;
        if (at < s->token_count && s->tokens[at].start == i && s->tokens[at].kind != TOKEN_BREAK) {
            const struct token *token = &s->tokens[at];
            bool place = token->kind == TOKEN_REGION && s->places[token->index].region != REGION_NONE;
            bool dropped = place || token->kind == TOKEN_TIME || token->kind == TOKEN_QUANTITY || drops(token);
            /* one character is as likely the middle of a word (自来水, 意向): it is dropped only where a word ends */
            bool single = dropped && token->kind == TOKEN_CUE && token->end - token->start == 1 && t[token->start] != 0x7684 && t[token->start] != 0x4E86;
            bool last_light = token->end == end && is_light(t[token->start]);
            if (single && token->end == end && t[token->start] == 0x5730)
                dropped = false;  /* 机动地595亩: the adverb's 地 stands before a verb */
            if (single && !last_light && inside_word(t, start, end, token->start, 1, OPENS_VOCABULARY | OPENS_WORD | OPENS_ITEM))
                dropped = false;
            else if (dropped && token->kind == TOKEN_CUE && !single && inside_word(t, start, end, token->start, token->end - token->start, OPENS_VOCABULARY))
                dropped = false;
            /* 25个贫困地区: what is counted is no scope */
            if (dropped && token->start == s->tokens[in->token].end && token_cue(token, CUE_scope, NULL))
                dropped = false;
            /* 60岁及以上人口: an age, no approximator */
            if (dropped && token->start > start && t[token->start - 1] == 0x53CA && (token_cue(token, CUE_above, NULL) || token_cue(token, CUE_after_above, NULL) || token_cue(token, CUE_after_below, NULL)))
                dropped = false;
            if (dropped) {
                if (token_cue(token, CUE_plan, NULL))
                    keep_planned(t, token, out);
                i = token->end;
                continue;
            }
            if (token->kind == TOKEN_CUE) {
                out->verb |= token_cue(token, CUE_verb, NULL);
                if (depth == 0)
                    words_add(out, t + i, token->end - i);
                i = token->end;
                continue;
            }
        }
        size_t name = village_name(in, at, i);
        if (name > 0) {
            i += name;
            continue;
        }
        uint16_t c = t[i];
        if (c == '(' || c == 0xFF08)
            depth++;
        else if (c == ')' || c == 0xFF09)
            depth -= depth > 0;
        else if (depth == 0 && (is_label_character(c) || (c == '-' && i > start && i + 1 < end && digit(t[i - 1]) && digit(t[i + 1]))))
            words_add(out, t + i, 1);  /* 18-34岁人口 */
        i++;
    }
}

struct stretch {
    size_t left, right;       /* text before: [left, quantity.start); behind: [quantity.end, right) */
    bool chained;             /* a quantity stands right before, in the same clause */
    bool listed;              /* … before a 、 */
    bool of;                  /* the words before begin with 的: they belong to the quantity before them */
    bool bracketed;           /* inside a bracket that an earlier quantity opened */
    size_t left_break;        /* token index of the break on the left */
};

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

static struct stretch find_stretch(const struct label_input *in, const struct token *q)
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
            r.left = token->end;
            r.left_break = i;
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
        if (token->kind == TOKEN_BREAK || token->kind == TOKEN_QUANTITY || token->kind == TOKEN_TIME) {
            r.right = token->start;
            break;
        }
    }
    for (size_t k = q->end; k < r.right; k++)
        if (t[k] == '(' || t[k] == 0xFF08 || t[k] == ')' || t[k] == 0xFF09) {
            if (k == q->end && t[k] != ')' && t[k] != 0xFF09)
                r.right = k;
            break;
        }
    return r;
}

static bool contains_cue(const uint16_t *text, size_t n, enum cue_class class, int wanted)
{
    int value;
    for (size_t i = 0; i < n; i++)
        if (cue_at(text, i, n, class, &value) > 0 && (wanted < 0 || value == wanted))
            return true;
    return false;
}

/* Whether the words that end here name a thing rather than say what it does. */
static bool names_thing(const uint16_t *t, size_t end)
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

/* Splits the words behind a number at the first verb: the noun that is counted, and what it does or undergoes. */
static void split_right(const struct label_input *in, size_t start, size_t end, bool counted, bool person, struct words *noun, struct words *phrase)
{
    const struct scan *s = in->scan;
    size_t at = in->token + 1, cut = end;
    const uint16_t *t = in->window->text;
    bool of = start < end && t[start] == 0x7684, described = false, counted_thing = counted || person;
    /* 25家资产雄厚、前景好的企业: of a list of qualities only what has them is counted */
    for (size_t i = at; i < s->token_count && s->tokens[i].start < end; i++)
        described |= s->tokens[i].kind == TOKEN_BREAK && s->tokens[i].sub == BREAK_PAUSE;
    for (size_t i = end; described && i-- > start + 1;)
        if (t[i] == 0x7684 && end - i > 2) {
            start = i + 1;
            break;
        }
    for (; at < s->token_count && s->tokens[at].start < end; at++) {
        const struct token *token = &s->tokens[at];
        if (token->start >= start && (token_cue(token, CUE_verb, NULL) || (token->kind == TOKEN_CUE && t[token->start] == 0x5230 && token->start > start + 1))) {
            /* 帮扶资金, 培训班, 种植户: a verb that begins a noun is no predicate, nor is one right behind 的 */
            struct lexicon_hit hits[LEXICON_HITS];
            size_t hit = lexicon_match(t + token->start, in->window->n - token->start, hits);
            if (hit > 0 && hits[hit - 1].length > token->end - token->start && names_thing(t, token->start + hits[hit - 1].length))
                continue;
            if (of && token->start <= start + 6)
                continue;
            /* 21家饲草种植企业: the verb describes who does it */
            if (counted && token->kind == TOKEN_CUE && cue_at(t, token->end, end, CUE_actor, NULL) > 0)
                continue;
            if (token->start == start && counted && names_thing(t, end))
                continue;  /* 1辆清运车, 3个养殖场 */
            cut = token->start;
            break;
        }
    }
    /* 养的5头猪被合作社收购: what is done to them is no part of what they are */
    for (size_t i = start + 1; counted && i < end; i++)
        if (t[i] == 0x88AB && cue_at(t, i, end, CUE_stop, NULL) == 1) {
            end = i;
            cut = cut < end ? cut : end;
        }
    /* 村民的缺水问题: the owner is counted, what it owns is the matter */
    for (size_t i = start + 1; i < cut; i++)
        if (t[i] == 0x7684 && i + 1 < end && t[i + 1] == 0x662F) {
            collect(in, start, i, noun);  /* 承包80亩桑果园的是…: what follows says who */
            return;
        } else if (t[i] == 0x7684 && !of) {
            bool owner = contains_cue(t + start, i - start, CUE_person, -1) || contains_cue(t + start, i - start, CUE_noun, 0) ||
                         (counted_thing && i - start >= 2 && i - start <= 5 && names_thing(t, i) && !contains_cue(t + start, i - start, CUE_verb, -1));
            if (!owner) {
                start = i + 1;  /* 已出列的区县: what stands before only describes */
                break;
            }
            collect(in, start, i, noun);
            collect(in, i + 1, end, phrase);
            return;
        }
    /* of several nouns the first is enough: 企业、科研机构、金融单位 */
    size_t stop = cut;
    for (at = in->token + 1; at < s->token_count && s->tokens[at].start < cut; at++)
        if ((s->tokens[at].kind == TOKEN_BREAK && s->tokens[at].start >= start) || (s->tokens[at].start > start + 1 && s->tokens[at].kind == TOKEN_CUE &&
             (t[s->tokens[at].start] == 0x548C || t[s->tokens[at].start] == 0x4E0E || t[s->tokens[at].start] == 0x53CA))) {
            stop = s->tokens[at].start;
            break;
        }
    /* 10余名贫困户正忙着采收: who is counted is named first, whatever follows is what they do */
    size_t who = start;
    for (size_t length = 1; length > 0 && who < stop; who += length) {
        length = cue_at(t, who, stop, CUE_person, NULL);
        if (length == 0)
            length = cue_at(t, who, stop, CUE_noun, NULL);
        if (length < 2)
            length = 0;
    }
    if (who > start && who < stop && cut - who > 6) {
        collect(in, start, who, noun);
        collect(in, who, end, phrase);
        return;
    }
    collect(in, start, stop, noun);
    collect(in, cut, end, phrase);
}

static bool ends_with(const struct words *w, const uint16_t *tail, size_t n)
{
    return w->n >= n && memcmp(w->text + w->n - n, tail, n * sizeof *tail) == 0;
}

static bool holds(const struct words *w, const uint16_t *word, size_t n)
{
    for (size_t i = 0; i + n <= w->n; i++)
        if (memcmp(w->text + i, word, n * sizeof *word) == 0)
            return true;
    return false;
}

static const uint16_t HU[] = {0x6237}, REN[] = {0x4EBA}, SHU[] = {0x6570}, HUSHU[] = {0x6237, 0x6570}, RENSHU[] = {0x4EBA, 0x6570},
                      RENCI[] = {0x4EBA, 0x6B21}, MIANJI[] = {0x9762, 0x79EF}, LICHENG[] = {0x91CC, 0x7A0B},
                      CHANGDU[] = {0x957F, 0x5EA6}, JINE[] = {0x91D1, 0x989D}, RENKOU[] = {0x4EBA, 0x53E3},
                      ZENGZHANG[] = {0x589E, 0x957F, 0x7387}, ZHANBI[] = {0x5360, 0x6BD4}, WEICI[] = {0x4F4D, 0x6B21},
                      CHANLIANG[] = {0x4EA7, 0x91CF}, XIAOSHOU[] = {0x9500, 0x552E}, LIANG[] = {0x91CF}, LV[] = {0x7387},
                      E_[] = {0x989D}, ZHI[] = {0x503C}, SHULIANG[] = {0x6570, 0x91CF}, CHAN[] = {0x4EA7}, TOUZI[] = {0x6295, 0x8D44},
                      DU[] = {0x5EA6}, BILI[] = {0x6BD4, 0x4F8B}, BILV[] = {0x6BD4, 0x7387}, BIZHONG[] = {0x6BD4, 0x91CD}, PAIMING[] = {0x6392, 0x540D}, ZENGFU[] = {0x589E, 0x5E45}, ZENGSU[] = {0x589E, 0x901F};

/* beyond these a label is doubted (confidence.c): characters of words that an entry rests on, of a label, behind the number */
#define THIN_ENTRY 4u
#define SHORT_LABEL 5u
#define FAR_BEHIND 12u
#define ADD_ONCE(words, tail) do { if (!ends_with(words, tail, sizeof(tail) / sizeof *(tail))) words_add(words, tail, sizeof(tail) / sizeof *(tail)); } while (0)
#define HOLDS(words, word) holds(words, word, sizeof(word) / sizeof *(word))
#define ENDS(words, word) ends_with(words, word, sizeof(word) / sizeof *(word))

/* The suffix that says what the number counts or measures. */
static void add_suffix(struct words *label, const struct quantity *q, enum kind kind)
{
    const char *d = q->unit->dimension;
    if (kind == KIND_rank) {
        if (!ENDS(label, PAIMING))
            ADD_ONCE(label, WEICI);
    } else if (kind == KIND_growth && (strcmp(d, "share") == 0 || strcmp(d, "points") == 0 || strcmp(d, "multiple") == 0)) {
        if (!ENDS(label, ZENGFU) && !ENDS(label, ZENGSU))
            ADD_ONCE(label, ZENGZHANG);
    } else if (strcmp(d, "share") == 0 || strcmp(d, "permille") == 0) {
        /* 民生支出占一般公共预算支出的比重: what stands before 占 is the share's subject */
        size_t share = 0;
        while (share < label->n && label->text[share] != 0x5360)
            share++;
        if (share > 0 && share + 1 == label->n) {
            words_add(label, &ZHANBI[1], 1);  /* 建档立卡户占 */
        } else if (label->n > LABEL_MOST && share >= 2 && share < label->n) {
            label->n = share;
            words_add(label, ZHANBI, 2);
        } else if (!ENDS(label, LV) && !ENDS(label, BILI) && !ENDS(label, BILV) && !ENDS(label, BIZHONG) && share == label->n) {
            words_add(label, ZHANBI, 2);
        }
    } else if (strcmp(d, "count_household") == 0) {
        if (ENDS(label, HU))
            words_add(label, SHU, 1);
        else if (!HOLDS(label, HUSHU))
            words_add(label, HUSHU, 2);
    } else if (strcmp(d, "count_person") == 0) {
        if (ENDS(label, REN))
            words_add(label, SHU, 1);
        else if (!HOLDS(label, RENSHU) && !ENDS(label, RENKOU))
            words_add(label, RENSHU, 2);
    } else if (strcmp(d, "count_visit") == 0) {
        ADD_ONCE(label, RENCI);
    } else if (strcmp(d, "area") == 0) {
        if (!HOLDS(label, MIANJI))
            words_add(label, MIANJI, 2);
    } else if (strcmp(d, "length") == 0) {
        if (!HOLDS(label, LICHENG) && !HOLDS(label, CHANGDU) && !ENDS(label, DU) && !ENDS(label, LIANG) &&
            !contains_cue(label->text, label->n, CUE_measure, -1) && !contains_cue(label->text, label->n, CUE_standing, -1))
            words_add(label, strcmp(q->unit->name, "公里") == 0 ? LICHENG : CHANGDU, 2);
    } else if (strcmp(d, "money") == 0) {
        if (!contains_cue(label->text, label->n, CUE_noun, 2) && !contains_cue(label->text, label->n, CUE_measure, -1) &&
            !ENDS(label, E_) && !ENDS(label, ZHI))
            words_add(label, JINE, 2);
    } else if (strcmp(d, "mass") == 0 || strcmp(d, "volume") == 0) {
        if (HOLDS(label, XIAOSHOU))
            words_add(label, LIANG, 1);
        else if (!ENDS(label, LIANG) && !HOLDS(label, CHANLIANG))
            words_add(label, HOLDS(label, CHAN) ? CHANLIANG : SHULIANG, 2);
    } else if (strncmp(d, "count_", 6) == 0) {
        if (!ENDS(label, SHU) && !ENDS(label, LIANG))
            words_add(label, SHU, 1);
    }
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

/* Shortens words from their beginning: at the first verb that leaves few enough, else where a word begins. */
static void cut_front(struct words *w, size_t most)
{
    if (w->n <= most)
        return;
    size_t least = w->n - most, cut = least;
    for (size_t i = least; i + 4 <= w->n && i < least + 5; i++)
        if (cue_at(w->text, i, w->n, CUE_verb, NULL) >= 2) {
            cut = i;
            break;
        }
    if (cut == least)
        while (cut + 4 <= w->n && cut < least + 3 && splits_word(w, cut))
            cut++;
    memmove(w->text, w->text + cut, (w->n - cut) * sizeof *w->text);
    w->n -= cut;
}

static void add_code(struct quantity *q, unsigned code)
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

/* Shortens a counted noun: known words at its beginning are the noun, and what follows them says what became of it (光伏设备装进
 * 农牧民家里); else the end carries the head. */
static void cut_noun(struct words *w, size_t most, bool counted)
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

/* 一个月的收入是3000元, 一年能挣2万元 */
static bool earns(const uint16_t *t, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        if (t[i] == 0x6323 || t[i] == 0x8D5A || (i + 1 < end && ((t[i] == 0x6536 && t[i + 1] == 0x5165) || (t[i] == 0x5DE5 && t[i + 1] == 0x8D44))))
            return true;
    return false;
}

/* 今 去 前 全 本 当 明 or a digit before 年: a year, not a rate. */
static bool dated_year(uint16_t before)
{
    static const uint16_t words[] = {0x4ECA, 0x53BB, 0x524D, 0x5168, 0x672C, 0x5F53, 0x660E};
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

/* Denominators from the words before the number: 户均, 亩产, 年产, 每人每月. */
static void find_per(const uint16_t *t, size_t start, size_t end, struct quantity *q)
{
    if (strcmp(q->unit->role, "percent") == 0 || q->rank)
        return;
    for (size_t i = start; i < end; i++) {
        int code, noun;
        size_t length = cue_at(t, i, end, CUE_mean, &code);
        if (length > 0 && t[i] == 0x5E74 && i > 0 && dated_year(t[i - 1]))
            continue;  /* 今年产值, 2019年产量 */
        if (length == 0 && i > 0 && rated(t, i, end))
            add_code(q, t[i] == 0x5E74 ? 6 : 7);  /* 年种植, 日烘干 */
        if (length == 0 && t[i] == 0x5E74 && i > start && t[i - 1] >= 0x4E00 && cue_at(t, i + 1, end, CUE_noun, &noun) > 0 && noun == 2 &&
            cue_at(t, i - 1, end, CUE_time, NULL) == 0)
            add_code(q, 6);  /* 年租金, 年收入 */
        if (length == 0)
            continue;
        /* 每人每月 names two; 一年 and 一天 count only right before the number */
        uint16_t c = t[i];
        if (c == 0x4E00 && i + length + 2 < end && !(end - i - length <= 8 && earns(t, i + length, end)))
            continue;
        /* a month's pay is a worker's */
        bool worker = !is_collective(t + start, end - start);
        if (code == 5 && worker && contains_cue(t + i, end - i, CUE_noun, 2))
            add_code(q, 2);
        if (code == 5 && worker && contains_cue(t + i, end - i, CUE_measure, -1))
            add_code(q, 2);
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
        if (q->per[i] != 6 && !(q->per[i] >= 9 && q->per[i] <= 11) && q->per[i] != 14 && q->per[i] != 15 && q->per[i] != 19 && q->per[i] != 20)
            return true;
    return false;
}

/* 可年产, 年产30万吨的加工项目: what something is built for; a farm's 年产 is what it yields. */
static bool designed(const uint16_t *t, size_t before, size_t end, size_t n)
{
    static const uint16_t things[][2] = {{0x9879, 0x76EE}, {0x4EA7, 0x7EBF}, {0x5DE5, 0x7A0B}, {0x5DE5, 0x5382}, {0x8F66, 0x95F4}, {0x8BBE, 0x5907}};
    if (t[before] == 0x53EF || t[before] == 0x8BA1)  /* 可 (设)计 */
        return true;
    for (size_t i = end; i < end + 14 && i + 1 < n && cjk(t[i]); i++)
        for (size_t k = 0; k < sizeof things / sizeof *things; k++)
            if (t[i] == things[k][0] && t[i + 1] == things[k][1])
                return true;
    return false;
}

/* Only 了 may stand between a word of change and its number. */
static bool touches(const uint16_t *t, size_t end, size_t start)
{
    return end == start || (end + 1 == start && t[end] == 0x4E86);
}

/* Whether text[left..end) ends with the name of a measure: 产量, 面积, 收入. */
static bool measured_before(const uint16_t *t, size_t left, size_t end)
{
    int value;
    for (size_t length = 4; length >= 2; length--)
        if (end >= left + length && (cue_at(t, end - length, end, CUE_measure, NULL) == length ||
                                     (cue_at(t, end - length, end, CUE_noun, &value) == length && value == 2)))
            return true;
    return false;
}

static enum kind find_kind(const struct label_input *in, const struct quantity *q, size_t left, bool *decline)
{
    const uint16_t *t = in->window->text;
    int value, growth = 0, fall = 0, price = 0, capacity = 0;
    bool near = false;      /* the word of change stands right before the number */
    size_t change_start = left, change_end = 0;  /* where that word stands */
    const uint64_t change = (uint64_t)1 << CUE_growth | (uint64_t)1 << CUE_decline | (uint64_t)1 << CUE_price | (uint64_t)1 << CUE_capacity | (uint64_t)1 << CUE_share;
    for (size_t i = left; i < q->start;) {
        size_t length = 0, l;
        struct lexicon_hit hits[LEXICON_HITS];
        size_t count = lexicon_opens(t[i]) & change ? lexicon_match(t + i, q->start - i, hits) : 0;
        if (count == 0) {
            i++;
            continue;
        }
        bool measure = cue_in(hits, count, CUE_measure, NULL) > 2;
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
        if (!measure && cue_in(hits, count, CUE_share, NULL) > 2)
            growth = fall = 0;  /* 对经济增长贡献率 */
        i += length > 0 ? length : 1;
    }
    *decline = false;
    if (q->rank)
        return KIND_rank;
    const char *d = q->unit->dimension;
    bool ratio = strcmp(d, "share") == 0 || strcmp(d, "permille") == 0 || strcmp(d, "multiple") == 0;
    bool to = q->start >= 1 && (t[q->start - 1] == 0x5230 || t[q->start - 1] == 0x81F3 || t[q->start - 1] == 0x4E3A || t[q->start - 1] == 0x5728);
    if (strcmp(d, "points") == 0 || (ratio && (growth || fall) && !(to && q->start - change_end <= 1))) {
        *decline = fall;
        return KIND_growth;
    }
    if (ratio)
        return strcmp(d, "multiple") == 0 ? KIND_growth : KIND_share;
    if (strcmp(d, "money") == 0 && (price || (q->per_count > 0 && (q->per[0] == 9 || q->per[0] == 10 || q->per[0] == 11))))
        return KIND_price;
    /* 增收115万元 is a change, 增加到 and 新增岗位 are not; a counter's 增加 is a count of what was added */
    bool compared = false;
    for (size_t i = left; i < q->start; i++)
        compared |= t[i] == 0x6BD4 || t[i] == 0x8F83;  /* 比上年, 较2019年, 同比 */
    compared |= growth == 2 && measured_before(t, left, change_start);  /* 产量增加0.96万吨 */
    /* 增收达到1750元 */
    near |= growth == 1 && change_end > 0 && t[change_end - 1] == 0x6536 && q->start > change_end && q->start - change_end <= 2 && t[change_end] == 0x8FBE;
    if (near && (growth == 1 || fall || (growth == 2 && compared)) && (!to || (growth == 1 && t[change_end - 1] == 0x6536))) {
        *decline = fall;
        return KIND_growth;
    }
    if (capacity && strncmp(d, "money", 5) != 0)
        return KIND_capacity;
    if (per_countable(q))
        return KIND_mean;
    return KIND_level;
}

static void find_item(const struct words *w, struct label *label, struct arena *arena)
{
    struct lexicon_hit hits[LEXICON_HITS];
    for (size_t i = 0; i < w->n;) {
        size_t length = 1;
        size_t count = lexicon_opens(w->text[i]) & OPENS_ITEM ? lexicon_match(w->text + i, w->n - i, hits) : 0;
        for (size_t h = count; h-- > 0 && length == 1;)
            for (uint32_t k = 0; k < hits[h].term_count; k++)
                if (hits[h].terms[k].class == TERM_ITEM && hits[h].length >= 2) {
                    label->item = units_utf8(w->text + i, hits[h].length, arena);
                    length = hits[h].length;
                    break;
                }
        i += length;
    }
}

/* The verb that opens a stretch of words: what a list's later members share (种植 in 种植辣椒…、高粱…). */
static size_t leading_verb(const uint16_t *text, size_t n)
{
    size_t used = 0, length;
    while (used < n && (length = cue_at(text, used, n, CUE_verb, NULL)) > 0 && used < 4)
        used += length;
    return used;
}

/* Nothing but words that say what is done or how far it is: 存栏, 新建, 在建. */
static bool states_only(const struct words *w)
{
    static const uint16_t going[] = {0x5728, 0x5EFA};  /* 在建 */
    return (w->n == 2 && memcmp(w->text, going, sizeof going) == 0) || leading_verb(w->text, w->n) == w->n;
}

/* The length of the grades that open words: 国家级, 省市级, 县级以上. */
static size_t leading_grade(const uint16_t *text, size_t n)
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

/* Nothing but the name of a measure: 资金, 价值, 面积. */
static bool names_measure(const struct words *w)
{
    int value;
    return w->n >= 2 && w->n <= 4 &&
           (cue_at(w->text, 0, w->n, CUE_measure, NULL) == w->n || cue_at(w->text, 0, w->n, CUE_mean, NULL) == w->n || (cue_at(w->text, 0, w->n, CUE_noun, &value) == w->n && value == 2));
}

/* The words without those of change and rank: what is left is the subject of a growth rate (requirement 4). */
static struct words without_change(const struct words *w)
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

/* 从27.8%下降至0.9%: the words before the second share only say which way it went. */
static bool to_share(const struct words *w)
{
    return without_change(w).n < 2;
}

/* 75家龙头企业年销售收入18.4亿元: the measure opens the words of the next number. */
static void cut_at_measure(struct words *noun)
{
    for (size_t i = noun->n > 1 && cue_at(noun->text, 0, 1, CUE_noun, NULL) == 1 ? 1 : 2; i + 1 < noun->n; i++)
        if (cue_at(noun->text, i, noun->n, CUE_measure, NULL) >= 2 || cue_at(noun->text, i, noun->n, CUE_mean, NULL) >= 2 ||
            (noun->text[i] == 0x5E74 && cue_at(noun->text, i + 1, noun->n, CUE_measure, NULL) >= 2)) {  /* 年产值 */
            noun->n = i;
            return;
        }
}

/* 37个贫困县义务教育补助资金85亿元: villages and counties are counted, what follows is the next number's. */
static void cut_at_place(struct words *noun)
{
    static const uint16_t places[] = {0x53BF, 0x6751, 0x9547, 0x4E61, 0x7EC4, 0x533A, 0x5E02, 0x793E};  /* 县 村 镇 乡 组 区 市 社 */
    int value;
    size_t length = noun->n > 5 ? cue_at(noun->text, 0, noun->n, CUE_noun, &value) : 0;
    for (size_t i = 0; length > 1 && value == 0 && i < sizeof places / sizeof *places; i++)
        if (noun->text[length - 1] == places[i]) {
            noun->n = length;
            return;
        }
}

/* 49个装机规模14.8兆瓦的电站: what is counted stands behind the 的 of the next number. */
static void noun_behind(const struct label_input *in, struct words *noun)
{
    const struct scan *s = in->scan;
    size_t i = in->token + 1;
    while (i < s->token_count && s->tokens[i].kind != TOKEN_QUANTITY && s->tokens[i].kind != TOKEN_BREAK)
        i++;
    if (i >= s->token_count || s->tokens[i].kind != TOKEN_QUANTITY || in->window->text[s->tokens[i].end] != 0x7684)
        return;
    size_t start = s->tokens[i].end + 1, end = start + 12;
    struct label_input there = *in;
    there.token = i;
    for (size_t k = i + 1; k < s->token_count && s->tokens[k].start < end; k++)
        if (s->tokens[k].start > start + 1 && (s->tokens[k].kind == TOKEN_BREAK || s->tokens[k].kind == TOKEN_QUANTITY || token_cue(&s->tokens[k], CUE_verb, NULL) || token_cue(&s->tokens[k], CUE_negative, NULL)))
            end = s->tokens[k].start;
    noun->n = 0;
    if (end > in->window->n)
        end = in->window->n;
    collect(&there, start, end, noun);
}

static bool ends_at_number(const struct label_input *in, size_t end)
{
    const struct scan *s = in->scan;
    for (size_t i = in->token + 1; i < s->token_count && s->tokens[i].start <= end; i++)
        if (s->tokens[i].start == end)
            return s->tokens[i].kind == TOKEN_QUANTITY;
    return false;
}

/* 390户村民中有贫困户42户: the words of the number begin behind 中有; so do those that the number before them is told by. */
static size_t behind_among(const uint16_t *t, size_t start, size_t end)
{
    for (size_t i = end; i-- > start + 1;)
        if (t[i] == 0x6709 && t[i - 1] == 0x4E2D)
            return i + 1;
    return start;
}

/* Whether something is done in text[start..end): 21个项目完成征地1258户. */
static bool acts_between(const struct label_input *in, size_t start, size_t end)
{
    const struct scan *s = in->scan;
    for (size_t i = in->token; i > in->first && s->tokens[i - 1].start >= start; i--)
        if (s->tokens[i - 1].end <= end && s->tokens[i - 1].end - s->tokens[i - 1].start >= 2 &&
            (token_cue(&s->tokens[i - 1], CUE_verb, NULL) || token_cue(&s->tokens[i - 1], CUE_stop, NULL)))
            return true;
    return false;
}

/* 引进甲公司、乙公司等7家企业, 发展冬枣、黄桃等经果林2.3万亩: where the words begin that sum up a list, or 0. */
static size_t summed_list(const struct label_input *in, size_t start, size_t end)
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
    return sum == end ? sum : 0;
}

/* The verb that a clause opens with (引进 …), which its list of names does not touch. */
static void opening_verb(const struct label_input *in, size_t start, size_t end, struct words *out)
{
    const struct scan *s = in->scan;
    size_t i = in->token;
    while (i > in->first && s->tokens[i - 1].start >= start)
        i--;
    for (; i < in->token && s->tokens[i].end <= end; i++)
        if (token_cue(&s->tokens[i], CUE_verb, NULL) && s->tokens[i].end - s->tokens[i].start > 1) {
            words_add(out, in->window->text + s->tokens[i].start, s->tokens[i].end - s->tokens[i].start);
            out->verb = true;
            return;
        }
}

/* 三次产业结构: its parts are 第一产业, 第二产业 and 第三产业. Other wholes do not say in which order their parts come. */
static void name_part(unsigned part, struct words *w)
{
    static const uint16_t industry[] = {0x4EA7, 0x4E1A}, numbers[] = {0x4E00, 0x4E8C, 0x4E09}, order[] = {0x7B2C};
    if (part > 3 || !holds(w, industry, 2))
        return;
    w->n = 0;
    words_add(w, order, 1);
    words_add(w, &numbers[part - 1], 1);
    words_add(w, industry, 2);
    words_add(w, ZHANBI, 2);
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
    if (tail)
        collect(in, r->tail_start, r->tail_end, out);
}

/* 剩余的31户，62人，全部脱贫: numbers without words have the predicate of the clause behind them. */
static void predicate_behind(const struct label_input *in, struct words *phrase)
{
    const struct scan *s = in->scan;
    size_t start = s->tokens[in->token].end;
    for (size_t i = in->token + 1; i < s->token_count && s->tokens[i].start < start + 30; i++) {
        if (s->tokens[i].kind == TOKEN_QUANTITY) {
            start = s->tokens[i].end;
        } else if (s->tokens[i].kind == TOKEN_BREAK) {
            size_t at = s->tokens[i].start;
            if (at > start) {
                struct label_input there = *in;
                there.token = i - 1;
                collect(&there, start, at, phrase);
            }
            if (phrase->n > 0 || s->tokens[i].sub >= BREAK_SEMICOLON)
                break;
            start = s->tokens[i].end;
        }
    }
    if (phrase->n > 8)
        phrase->n = 0;  /* a sentence of its own */
}

/* Nothing but 投入, 投资, 拿出, 花: the money's purpose is still to come. */
static bool only_spends(const struct words *w)
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

/* 拿出938万元，帮469户人家改造危房; 花260万元实施了78处饮水工程: what the next words, numbers left out, say was done. */
static void purpose_behind(const struct label_input *in, struct words *phrase)
{
    const struct scan *s = in->scan;
    size_t start = s->tokens[in->token].end, clauses = 0, i = in->token + 1;
    for (; i < s->token_count && s->tokens[i].start < start + 40; i++)
        if (s->tokens[i].kind == TOKEN_BREAK) {
            if (s->tokens[i].sub >= BREAK_SEMICOLON || (s->tokens[i].sub == BREAK_CLAUSE && s->tokens[i].start > start && clauses++ > 0))
                break;
            if (s->tokens[i].sub == BREAK_CLAUSE && s->tokens[i].start > start + 1 && phrase->n == 0 && clauses > 0 && s->tokens[i].start - start > 3 &&
                s->tokens[in->token + 1].start != s->tokens[i].start)
                break;  /* the words right behind the number are the purpose */
        } else if (s->tokens[i].kind == TOKEN_QUANTITY && strcmp(s->quantities[s->tokens[i].index].unit->dimension, "money") == 0) {
            break;
        }
    size_t end = i < s->token_count ? s->tokens[i].start : in->window->n;
    if (end > start + 40)
        end = start + 40;
    struct label_input there = *in;
    there.token = i > in->token + 1 ? i - 1 : in->token;
    struct words words = {0};
    collect(&there, start, end, &words);
    if (words.verb && words.n >= 4) {
        cut_front(&words, 12);
        *phrase = words;
    }
}

/* 至 到 为: what it stands before is a state, the word of change before it no part of the name. */
static bool is_arrival(uint16_t c)
{
    return c == 0x81F3 || c == 0x5230 || c == 0x4E3A;
}

static size_t change_at(const struct words *w, size_t i)
{
    size_t growth = cue_at(w->text, i, w->n, CUE_growth, NULL), decline = cue_at(w->text, i, w->n, CUE_decline, NULL);
    return growth > decline ? growth : decline;
}

static void drop_change(struct words *w)
{
    for (size_t back = 3; back >= 1; back--)
        if (back < w->n && change_at(w, w->n - back) == back) {
            w->n -= back;
            return;
        }
}

static bool opens_with_change(const struct words *noun, const struct words *phrase)
{
    const struct words *w = noun->n > 0 ? noun : phrase;
    return w->n > 0 && w->n <= 4 && change_at(w, 0) > 0;
}

/* The length of the words without the measures that end them: of 辣椒总产量 the 辣椒. */
static size_t without_measure(const uint16_t *text, size_t n)
{
    for (size_t i = n < 4 ? 0 : n - 4; i < n; i++)
        if (cue_at(text, i, n, CUE_measure, NULL) == n - i)
            return i;
    return n;
}

/* 粮食总产量…，其中小麦0.42万吨: a part is measured as its whole is; 各项收入…，其中税收收入…: it may say so itself. Completes
 * the part's words and returns true where the whole ends with a measure or with the part's own last word. */
static bool part_of(const struct label *label, struct words *part)
{
    if (part->n >= 2 && label->whole_length >= 2 &&
        memcmp(part->text + part->n - 2, label->whole + label->whole_length - 2, 2 * sizeof *part->text) == 0)
        return true;
    size_t measure = without_measure(label->whole, label->whole_length);
    if (measure == label->whole_length || without_measure(part->text, part->n) < part->n)
        return false;
    words_add(part, label->whole + measure, label->whole_length - measure);
    return true;
}

int label_make(const struct label_input *in, struct quantity *q, struct label *label, struct arena *arena)
{
    static const uint16_t qizhong[] = {0x5176, 0x4E2D};  /* 其中 */
    const struct token *token = &in->scan->tokens[in->token];
    const uint16_t *t = in->window->text;
    struct stretch s = find_stretch(in, token);
    struct words before = {0}, noun = {0}, phrase = {0}, out = {0};
    *label = (struct label){.indicator = -1, .listed = s.listed};
    bool money = strncmp(q->unit->dimension, "money", 5) == 0;
    bool person = strcmp(q->unit->role, "person") == 0 || strcmp(q->unit->role, "household") == 0 || strcmp(q->unit->name, "人") == 0;
    const struct label *previous = in->previous;

    s.left = behind_among(t, s.left, q->start);
    collect(in, s.left, q->start, &before);
    size_t left = s.left;
    bool silent = before.n == 0, part = false;
    struct words member = {0};
    size_t sum = q->member == 0 && q->part == 0 ? summed_list(in, s.left, q->start) : 0;
    if (sum > 0) {
        MARK(label, list_summed);
        struct words verb = {0}, own = {0};
        opening_verb(in, s.left, sum, &verb);
        collect(in, sum, q->start, &own);
        before = verb;
        words_add(&before, own.text, own.n);
        left = sum;
    }
    if (q->part > 0 && in->previous != NULL && in->before != NULL && in->before->part > 0 && before.n < 6) {
        /* 三次产业结构由20:30:50调整为18.5:26.3:55.2: the first number's words are everyone's */
        MARK(label, ratio_shared);
        before = (struct words){0};
        words_add(&before, previous->base, previous->base_length);
    }
    if (q->part > 0)
        name_part(q->part, &before);
    if (q->member > 0) {
        /* requirement 6: 分别种植…、…, then 产量…、… and 增长…、… of the same members */
        MARK(label, member_words);
        struct words own = {0};
        size_t end = in->token;
        while (end > in->first && in->scan->tokens[end - 1].start >= q->opening)
            end--;
        while (in->scan->tokens[end].kind != TOKEN_QUANTITY)
            end++;
        collect(in, q->opening, in->scan->tokens[end].start, &own);
        member_words(in, q, true, &member);
        before = q->led ? member : (struct words){0};
        if (!q->led && own.n > 0 && without_change(&own).n > 1)
            member_words(in, q, false, &before);
        words_add(&before, own.text, own.n);
        left = q->opening;
    }
    /* a chain whose members touch shares what follows the last of them: 320户1325人就业脱贫 */
    size_t behind = q->end;
    if (s.right == q->end && in->token + 1 < in->scan->token_count && in->scan->tokens[in->token + 1].kind == TOKEN_QUANTITY &&
        in->scan->tokens[in->token + 1].start == q->end) {
        MARK(label, chain_behind);
        struct label_input next = *in;
        next.token++;
        struct stretch further = find_stretch(&next, &in->scan->tokens[next.token]);
        collect(&next, in->scan->tokens[next.token].end, further.right, &phrase);
    } else {
        size_t right = s.right;
        for (size_t i = q->end; i + 1 < right; i++)
            if (t[i] == 0x4E2D && t[i + 1] == 0x6709)
                right = i;
        split_right(in, behind, right, strncmp(q->unit->role, "counter", 7) == 0, person, &noun, &phrase);
    }
    /* 25个县投入资金3亿元: the words of the next number are not about this one */
    if (noun.n > 0 && s.right > q->end && ends_at_number(in, s.right)) {
        phrase.n = 0;
        cut_at_measure(&noun);
        cut_at_place(&noun);
        if (names_measure(&noun))
            noun_behind(in, &noun);
    }
    bool among = (q->start - s.left >= 2 && memcmp(t + s.left, qizhong, sizeof qizhong) == 0) ||
                 (s.left >= 3 && memcmp(t + s.left - 3, qizhong, sizeof qizhong) == 0 && s.left_break > in->first);  /* 其中， */
    /* what the numbers behind 其中 are parts of: the last quantity before it */
    if (among && in->level != NULL && (previous == NULL || previous->whole_length == 0)) {
        memcpy(label->whole, in->level->subject, in->level->subject_length * sizeof *label->whole);
        label->whole_length = in->level->subject_length;
        label->whole_unit = in->level->unit;
    } else if (previous != NULL) {
        memcpy(label->whole, previous->whole, previous->whole_length * sizeof *label->whole);
        label->whole_length = previous->whole_length;
        label->whole_unit = previous->whole_unit;
    }
    bool ratio = strcmp(q->unit->role, "percent") == 0 || strcmp(q->unit->role, "multiple") == 0;

    /* requirement 3: what is not repeated */
    const struct token *left_token = in->token > in->first ? token - 1 : NULL;
    if (left_token != NULL && left_token->kind == TOKEN_CUE && left_token > &in->scan->tokens[in->first] && t[left_token->start] == 0x7684)
        left_token--;  /* 的 */
    if (previous != NULL && silent && left_token != NULL && left_token->kind == TOKEN_TIME && in->before->unit == q->unit &&
        in->scan->periods[left_token->index].role == TIME_LOCAL) {
        /* 达到26万元，比2016年的3.2万元翻了三番: the same at another time */
        MARK(label, same_elsewhen);
        words_add(&before, previous->base, previous->base_length);
        noun.n = phrase.n = 0;
    } else if (previous != NULL && in->before->unit == q->unit && before.n >= 2 && before.n <= 3 && before.text[0] == 0x6700) {
        /* 最高海拔3919米，最低580米: the same, at its other end */
        MARK(label, other_extreme);
        size_t skip = previous->subject_length > 2 && previous->subject[0] == 0x6700 ? 2 : 0;
        before.n = 2;
        words_add(&before, previous->subject + skip, previous->subject_length - skip);
    } else if (q->member > 0 || q->part > 0) {
        before.verb = true;
    } else if (previous != NULL && s.bracketed && !ratio) {
        /* 驿站9个(县级1个、镇级7个), but 贫困户681户(种植业的3户10人): the second of a chain has the first one's words */
        MARK(label, bracket_shared);
        struct words own = before;
        bool near = s.chained && own.n == 0;
        before.n = 0;
        words_add(&before, near ? previous->near : previous->base, near ? previous->near_length : previous->base_length);
        words_add(&before, own.text, own.n);
        before.verb = true;
    } else if (s.chained && noun.n > 0 && t[q->end] == 0x7684 && names_measure(&before)) {
        /* 49个装机规模14.8兆瓦的电站: the measure of what stands behind 的 */
        MARK(label, measure_behind);
        struct words own = before;
        before = noun;
        words_add(&before, own.text, own.n);
        before.verb = true;
        noun.n = phrase.n = 0;
    } else if (label->whole_length > 0 && label->whole_unit != NULL && strcmp(label->whole_unit->dimension, q->unit->dimension) == 0 && before.n > 0 && !before.verb && part_of(label, &before)) {
        MARK(label, part_of_whole);
        before.verb = part = true;
    } else if (previous == NULL && among && in->level != NULL && !ratio && !q->rank && money && strcmp(in->level->unit->dimension, "money") == 0 && only_spends(&before)) {
        /* 累计投入资金70亿元。其中，2020年投入30亿元 */
        MARK(label, among);
        before.n = 0;
        words_add(&before, in->level->base, in->level->base_length);
        before.verb = true;
    } else if (previous != NULL && !ratio && !q->rank) {
        if (before.n == 0 && (s.chained || s.listed || (noun.n == 0 && phrase.n == 0))) {
            MARK(label, head_shared);
            memcpy(before.text, previous->base, previous->base_length * sizeof *before.text);
            before.n = previous->base_length;
            before.verb = true;
        } else if ((s.chained && !before.verb && !s.of && !money) || among) {
            label->rules |= among ? RULE_BIT(among) : RULE_BIT(chain_shared);
            struct words own = before;
            /* 涉及11个村3400户: the words between are what the number before counts */
            bool counted = person && in->before != NULL && strncmp(in->before->unit->role, "counter", 7) == 0 && !acts_between(in, s.left, q->start);
            /* 覆盖8个村的贫困户560户: only those in front of 的 are */
            if (counted && own.n >= 4 && HOLDS(&own, HU) && own.text[own.n - 1] == HU[0] && strcmp(q->unit->role, "household") == 0)
                counted = false;  /* 18个乡镇易地扶贫搬迁户4200余户 */
            size_t of = q->start;
            while (of > s.left && t[of - 1] != 0x7684)
                of--;
            if (counted && of > s.left + 1 && of < q->start) {
                own.n = 0;
                collect(in, of, q->start, &own);
                counted = own.n == 0;
            }
            bool replace = (noun.n > 0 || counted) && !among;
            const struct label *base = among && in->level != NULL ? in->level : previous;  /* not the share that came between */
            memcpy(before.text, base->base, base->base_length * sizeof *before.text);
            before.n = base->base_length;
            if (!replace)
                words_add(&before, own.text, own.n);
        } else if (before.n >= 2 && before.n <= 4 && in->before->unit == q->unit && noun.n == 0 && strncmp(q->unit->dimension, "count", 5) == 0 && states_only(&before)) {
            /* 出栏生猪3万头，存栏2万头; 生猪出栏3万头，存栏2万头; 大棚110个，在建97个: the same thing in another state */
            MARK(label, other_state);
            size_t verb = leading_verb(previous->base, previous->base_length), n = previous->base_length;
            bool last = verb == 0 && n > 2 && leading_verb(previous->base + n - 2, 2) == 2;
            struct words own = before;
            if (last || (verb == 0 && own.text[0] == 0x5728)) {
                before.n = 0;
                words_add(&before, previous->base, last ? n - 2 : n);
                words_add(&before, own.text, own.n);
            } else if (verb > 0) {
                words_add(&before, previous->base + verb, n - verb);
            }
            before.verb = true;
        } else if (!before.verb && before.n > 0 && leading_grade(before.text, before.n) == before.n) {
            /* 国家级示范社1家，省级2家: the same of another grade */
            MARK(label, other_grade);
            size_t grade = leading_grade(previous->base, previous->base_length);
            words_add(&before, previous->base + grade, previous->base_length - grade);
            before.verb = true;
        } else if (!before.verb && names_measure(&before) && !earns(before.text, 0, before.n) && !(previous->listed && !s.listed)) {
            /* 油茶苗100万株，价值350万元: the measure of what was named last, unless that was the last of a list */
            MARK(label, measure_of_last);
            struct words own = before;
            memcpy(before.text, previous->base, previous->base_length * sizeof *before.text);
            before.n = without_measure(previous->base, previous->base_length);
            words_add(&before, own.text, own.n);
        } else if (s.listed && !before.verb) {
            size_t verb = leading_verb(previous->base, previous->base_length);
            if (verb > 0) {
                MARK(label, verb_shared);
                struct words own = before;
                before.n = 0;
                words_add(&before, previous->base, verb);
                words_add(&before, own.text, own.n);
                before.verb = true;
            }
        }
    }
    /* the clause before names it when this one has no words of its own */
    if (before.n + noun.n + phrase.n == 0 && previous == NULL && s.left_break > in->first) {
        size_t i = s.left_break, start = in->first > 0 ? in->scan->tokens[in->first - 1].end : 0;
        while (i-- > in->first)
            if (in->scan->tokens[i].kind == TOKEN_BREAK || in->scan->tokens[i].kind == TOKEN_QUANTITY) {
                start = in->scan->tokens[i].end;
                break;
            }
        MARK(label, clause_before);
        collect(in, start, in->scan->tokens[s.left_break].start, &before);
        left = start;
    }
    if (before.n + noun.n + phrase.n == 0) {
        MARK(label, predicate_behind);
        predicate_behind(in, &phrase);
    }
    find_per(t, left, q->start, q);
    if (q->member > 0)
        find_per(before.text, 0, before.n, q);
    if (!ratio && !q->rank && q->start > 0 && is_arrival(t[q->start - 1]))
        drop_change(&before);  /* 从11.4万人减至0.72万人 */
    if (is_arrival(t[s.right > q->end ? s.right - 1 : q->end]) && opens_with_change(&noun, &phrase))
        noun.n = phrase.n = 0;  /* the same words behind the first of the two numbers */
    label->kind = find_kind(in, q, s.left, &label->decline);
    if (ratio && label->kind == KIND_share && q->start > 0 && is_arrival(t[q->start - 1]) && !ENDS(&before, LV) && without_change(&before).n >= 2)
        drop_change(&before);  /* 检出率下降至0.04% */

    /* 由每斤2元涨到12元: the state after the change is the same quantity */
    if (previous != NULL && in->before != NULL && in->before->unit == q->unit && !ratio && noun.n + phrase.n == 0 && q->start > 0 &&
        is_arrival(t[q->start - 1]) && label->kind == KIND_level && without_change(&before).n == 0) {
        before.n = 0;
        words_add(&before, previous->base, previous->base_length);
        silent = true;
    }
    /* 27860元和12140元, 7.9%和12.3%: the second of a pair is what the first is */
    if (previous != NULL && in->before != NULL && silent && noun.n == 0 && (s.chained || s.listed || phrase.n == 0) && in->before->unit == q->unit &&
        (s.chained || s.listed || label->kind == KIND_level)) {
        MARK(label, kind_of_pair);
        label->kind = previous->kind;
        label->decline = previous->decline;
        for (unsigned i = 0; i < in->before->per_count; i++)
            add_code(q, in->before->per[i]);
    }
    /* 按不变价格增长-8.7%，较一季度(-10.8%)回升: a rate in a bracket behind a rate is one of another time */
    if (ratio && silent && s.bracketed && previous != NULL && previous->kind == KIND_growth && label->kind == KIND_share)
        label->kind = KIND_growth;
    bool borrowed = false;
    if (q->rank || ratio || (label->kind == KIND_growth && previous != NULL)) {
        /* requirement 4: strip the words of change; what is left, or what was named last, is the subject */
        struct words own = label->kind == KIND_share && !to_share(&before) ? before : without_change(&before);
        /* 大棚蔬菜60亩，增收8万元: an amount of another dimension is its own */
        bool strange = !ratio && !q->rank && label->kind == KIND_growth && in->before != NULL && before.n > 0 &&
                       strcmp(in->before->unit->dimension, q->unit->dimension) != 0;
        /* 提取20%的公积金、20%的公益金: each has its noun */
        if (ratio && own.n == 0 && s.listed && noun.n > 0 && label->kind == KIND_share && previous != NULL && previous->kind == KIND_share) {
            words_add(&own, previous->base, previous->base_length);
            before = own;
        }
        bool short_words = (own.n < 2 && !strange) || (label->kind == KIND_share && own.n > 0 && own.text[0] == 0x5360);
        if (short_words && previous != NULL) {
            struct words subject = {0};
            label->rules |= q->member > 0 ? RULE_BIT(member_words) : in->partner != NULL ? RULE_BIT(subject_partner) : RULE_BIT(subject_last);
            if (q->member > 0)
                words_add(&subject, member.text, member.n);
            else if (in->partner != NULL)
                words_add(&subject, in->partner->subject, in->partner->subject_length);
            else
                words_add(&subject, previous->subject, previous->subject_length);
            if (label->kind == KIND_share)
                words_add(&subject, own.text, own.n);
            own = subject;
            /* 增幅高于全市1个百分点, 排名第62位: the word that says what of it is compared */
            if (q->rank && HOLDS(&before, PAIMING))
                words_add(&own, PAIMING, 2);
            else if (HOLDS(&before, ZENGFU))
                words_add(&own, ZENGFU, 2);
            else if (HOLDS(&before, ZENGSU))
                words_add(&own, ZENGSU, 2);
            borrowed = true;
        }
        if (q->rank && !borrowed && own.n == 0 && HOLDS(&before, ZENGSU))
            words_add(&own, ZENGSU, 2);
        if (q->rank && !borrowed && own.n > 0 && HOLDS(&before, PAIMING))
            words_add(&own, PAIMING, 2);
        if (ratio || q->rank || borrowed)
            before = own;
    }

    /* requirements 1, 2, 5 */
    if (before.n == noun.n + phrase.n && before.n > 0 && memcmp(before.text, noun.text, noun.n * sizeof *before.text) == 0 &&
        memcmp(before.text + noun.n, phrase.text, phrase.n * sizeof *before.text) == 0)
        noun.n = phrase.n = 0;  /* 119户524人都拿上了…: the chain has it from its first member */
    size_t whole = before.n + phrase.n + noun.n;
    if (label->kind != KIND_share)
        cut_front(&before, 14);
    cut_front(&phrase, 9);
    cut_noun(&noun, 9, strncmp(q->unit->role, "counter", 7) == 0);
    if (money && label->kind == KIND_level && !borrowed && noun.n == 0 && leading_verb(phrase.text, phrase.n) == phrase.n && only_spends(&before))
        purpose_behind(in, &phrase);
    if (borrowed) {
        words_add(&out, before.text, before.n);
    } else if (money && noun.n + phrase.n > 0 && !s.chained) {
        MARK(label, money_bought);
        words_add(&out, noun.text, noun.n);
        words_add(&out, phrase.text, phrase.n);
        words_add(&out, before.text, before.n);
        if (before.n == 0 && !contains_cue(out.text, out.n, CUE_noun, 2) && !contains_cue(out.text, out.n, CUE_measure, -1))
            words_add(&out, TOUZI, 2);
    } else if (noun.n > 0 || (phrase.n > 0 && before.n < 4)) {
        size_t room = LABEL_MOST - 2;
        if (before.n + noun.n + phrase.n > room && noun.n > 0) {
            /* the noun is what is counted: the phrase gives way first, then the words before */
            size_t spare = room > noun.n ? room - noun.n : 0;
            cut_front(&phrase, spare);
            spare -= phrase.n < spare ? phrase.n : spare;
            cut_front(&before, spare);
        }
        words_add(&out, before.text, before.n);
        if (person || noun.n == 0) {
            words_add(&out, noun.text, noun.n);
            words_add(&out, phrase.text, phrase.n);
        } else {
            words_add(&out, phrase.text, phrase.n);
            words_add(&out, noun.text, noun.n);
        }
    } else {
        words_add(&out, before.text, before.n);
    }
    if (before.n + phrase.n + noun.n < whole)
        MARK(label, words_cut);
    label->rules |= (before.n > 0 ? RULE_BIT(words_before) : 0) | (noun.n > 0 ? RULE_BIT(noun_behind) : 0) |
                    (phrase.n > 0 ? RULE_BIT(phrase_behind) : 0);
    /* what later numbers share: the words before, or the phrase when the clause opens with the number */
    struct words base = before.n > 0 ? before : phrase;
    memcpy(label->near, base.text, base.n * sizeof *base.text);
    label->near_length = base.n;
    if (s.bracketed && previous != NULL) {
        base.n = 0;
        words_add(&base, previous->base, previous->base_length);
    }
    memcpy(label->base, base.text, base.n * sizeof *base.text);
    label->base_length = base.n;
    const struct words *subject = borrowed || label->kind == KIND_growth ? &before : &out;
    memcpy(label->subject, subject->text, subject->n * sizeof *subject->text);
    label->subject_length = subject->n;
    label->unit = q->unit;

    /* the dictionary looks at the counted noun, the label's words and the stretch itself */
    uint16_t context[7 * LABEL_BASE];
    const struct words *head = noun.n > 0 && !money ? &noun : &before;
    struct clue clue = {.words = context, .per = q->per, .per_count = q->per_count, .trace = in->trace};
    size_t head_n = head->n < 7 ? head->n : 7;
    memcpy(context, out.text, out.n * sizeof *context);
    clue.n = out.n;
    if (!ends_with(&out, head->text + (head->n - head_n), head_n)) {
        context[clue.n++] = '|';
        memcpy(context + clue.n, head->text + (head->n - head_n), head_n * sizeof *context);
        clue.n += head_n;
    }
    clue.head = clue.n - head_n;
    clue.head_end = clue.n;
    context[clue.n++] = '|';
    if (part) {
        memcpy(context + clue.n, label->whole, label->whole_length * sizeof *context);
        clue.n += label->whole_length;
        context[clue.n++] = '|';
    }
    if (!borrowed) {
        size_t from = q->start - left > 40 ? q->start - 40 : left, own = q->start - from;
        /* often the label's words are just these: they are not read twice */
        if (own != out.n || memcmp(t + from, out.text, own * sizeof *t) != 0) {
            memcpy(context + clue.n, t + from, own * sizeof *context);
            clue.n += own;
            context[clue.n++] = '|';
        }
        size_t more = s.right - q->end < 28 ? s.right - q->end : 28;
        memcpy(context + clue.n, t + q->end, more * sizeof *context);
        clue.n += more;
    }
    clue.dimension = (label->kind == KIND_growth && ratio) || q->rank || (ratio && borrowed) ? NULL : q->unit->dimension;
    unsigned score = 0;
    bool inherited = borrowed && (in->partner != NULL || (previous != NULL && label->kind != KIND_share && q->member == 0));
    if (inherited)
        label->indicator = in->partner != NULL ? in->partner->indicator : previous->indicator;
    else
        label->indicator = indicator_classify(&clue, &score);
    if (label->indicator >= 0) {
        label->rules |= inherited ? RULE_BIT(entry_inherited) : RULE_BIT(entry_found);
        label->id = indicator_at((size_t)label->indicator)->id;
        if (!inherited && score <= THIN_ENTRY)
            MARK(label, entry_thin);
    }
    find_item(&out, label, arena);

    whole = out.n;
    add_suffix(&out, q, label->kind);
    if (out.n > whole)
        MARK(label, unit_completes);
    whole = out.n;
    cut_front(&out, LABEL_MOST);
    if (out.n < whole)
        MARK(label, words_cut);
    label->text = units_utf8(out.text, out.n, arena);
    label->rules |= (q->implied ? RULE_BIT(implied_counter) : 0) | (q->number.chinese ? RULE_BIT(chinese_digits) : 0) |
                    (q->rank ? RULE_BIT(rank_word) : 0) | (q->part > 0 ? RULE_BIT(ratio_part) : 0) |
                    (out.n <= SHORT_LABEL ? RULE_BIT(label_short) : 0) | (s.right >= q->end + FAR_BEHIND ? RULE_BIT(far_behind) : 0) |
                    (q->per_count > 0 ? RULE_BIT(denominator) : 0) | (label->item != NULL ? RULE_BIT(item_named) : 0);
    trace_stretch(in->trace, in->window, in->scan, q, left, s.right);
    return label->text == NULL ? E_MEMORY : E_OK;
}
