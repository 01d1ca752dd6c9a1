/* label_behind.c — what the words behind a number say: the noun that is counted, what is done with it, what money is for. */
#include "data/extract/label.h"

#include <string.h>

void split_right(const struct label_input *in, size_t start, size_t end, bool counted, bool person, struct words *noun, struct words *phrase)
{
    const struct scan *s = in->scan;
    /* 700亩山场的补贴: the land is measured, whatever it brings */
    bool area = is_text(s->quantities[s->tokens[in->token].index].unit->dimension, "area");
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
        if (token->start > start + 1 && t[token->start] == 0x6BCF && token_cue(token, CUE_mean, NULL)) {
            cut = end = token->start;  /* 77个贫困户每年创收: what each of them has is no part of what they are */
            break;
        }
        if (token->start > start && token->end == token->start + 2 && t[token->start] == 0x8FDB && t[token->start + 1] == 0x884C) {
            cut = token->start;  /* 3000亩土地进行集体经营 */
            break;
        }
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
            /* 1.4万户农村改厕户: what ends in 户 is whom the households are */
            bool household = false;
            for (size_t k = token->end; person && k < token->end + 3 && k < end && cjk(t[k]); k++)
                household |= t[k] == 0x6237;
            if (household)
                continue;
            if (token->start == start && counted && names_thing(t, end))
                continue;  /* 1辆清运车, 3个养殖场 */
            cut = token->start;
            break;
        }
    }
    /* 64个村有农家游项目: what they have is no part of what they are */
    if (counted) {
        size_t length = cue_at(t, start, end, CUE_noun, NULL);
        if (length > 0 && start + length < cut && (t[start + length] == 0x6709 || t[start + length] == 0x5747 || t[start + length] == 0x90FD || t[start + length] == 0x5305))
            cut = start + length;
    }
    /* 养的5头猪被合作社收购: what is done to them is no part of what they are */
    for (size_t i = start + 1; counted && i < end; i++)
        if ((t[i] == 0x88AB && cue_at(t, i, end, CUE_stop, NULL) == 1) || (t[i] == 0x4E4B && i + 1 < end && t[i + 1] == 0x4E00)) {  /* 之一 */
            end = i;
            cut = cut < end ? cut : end;
        }
    /* 村民的缺水问题: the owner is counted, what it owns is the matter */
    for (size_t i = start + 1; i < cut; i++)
        if (t[i] == 0x7684 && i + 1 < end && t[i + 1] == 0x662F) {
            collect(in, start, i, noun);  /* 承包80亩桑果园的是…: what follows says who */
            return;
        } else if (t[i] == 0x7684 && !of) {
            bool owner = text_has_cue(t + start, i - start, CUE_person, -1) || text_has_cue(t + start, i - start, CUE_noun, 0) ||
                         ((counted_thing || area) && i - start >= 2 && i - start <= 5 && names_thing(t, i) && !text_has_cue(t + start, i - start, CUE_verb, -1));
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

void cut_at_measure(struct words *noun)
{
    for (size_t i = noun->n > 1 && cue_at(noun->text, 0, 1, CUE_noun, NULL) == 1 ? 1 : 2; i + 1 < noun->n; i++)
        if (cue_at(noun->text, i, noun->n, CUE_measure, NULL) >= 2 || cue_at(noun->text, i, noun->n, CUE_mean, NULL) >= 2 ||
            (noun->text[i] == 0x5E74 && cue_at(noun->text, i + 1, noun->n, CUE_measure, NULL) >= 2)) {  /* 年产值 */
            noun->n = i;
            return;
        }
}

void cut_at_place(struct words *noun)
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

void noun_behind(const struct label_input *in, struct words *noun)
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

void predicate_behind(const struct label_input *in, struct words *phrase)
{
    const struct scan *s = in->scan;
    size_t start = s->tokens[in->token].end;
    const size_t limit = start + 100;
    for (size_t i = in->token + 1; i < s->token_count && s->tokens[i].start < start + 30 && s->tokens[i].start < limit; i++) {
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

void purpose_behind(const struct label_input *in, struct words *phrase)
{
    const struct scan *s = in->scan;
    size_t start = s->tokens[in->token].end, clauses = 0, i = in->token + 1, clause = SIZE_MAX;
    for (; i < s->token_count && s->tokens[i].start < start + 40; i++)
        if (s->tokens[i].kind == TOKEN_BREAK) {
            if (s->tokens[i].sub >= BREAK_SEMICOLON || (s->tokens[i].sub == BREAK_CLAUSE && s->tokens[i].start > start && clauses++ > 0))
                break;
            if (s->tokens[i].sub == BREAK_CLAUSE && s->tokens[i].start > start + 1 && phrase->n == 0 && clauses > 0 && s->tokens[i].start - start > 3 &&
                s->tokens[in->token + 1].start != s->tokens[i].start)
                break;  /* the words right behind the number are the purpose */
            clause = i;
        } else if (s->tokens[i].kind == TOKEN_QUANTITY && is_text(s->quantities[s->tokens[i].index].unit->dimension, "money")) {
            if (clause != SIZE_MAX)
                i = clause;  /* 总投资101亿元，平均投资规模超过1亿元: the words of another sum */
            break;
        }
    size_t end = i < s->token_count ? s->tokens[i].start : in->window->n;
    if (end > start + 40)
        end = start + 40;
    struct label_input there = *in;
    there.token = i > in->token + 1 ? i - 1 : in->token;
    struct words words = {0};
    collect(&there, start, end, &words);
    /* 投资1.9亿元，受益移民2万户: whom it reaches was not bought */
    static const uint16_t reach[][2] = {{0x53D7, 0x76CA}, {0x60E0, 0x53CA}, {0x8986, 0x76D6}, {0x6D89, 0x53CA}};
    for (size_t k = 0; words.n >= 2 && k < sizeof reach / sizeof *reach; k++)
        if (memcmp(words.text, reach[k], sizeof reach[k]) == 0)
            return;
    if (words.verb && words.n >= 4) {
        cut_front(&words, 12);
        *phrase = words;
    }
}
