/* topic.c — how much of a text speaks of each place, and which place that makes the topic. */
#include "data/extract/place.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define PROVINCES_NONE 4u  /* so many named equally often: none of them is the topic */
#define NAMED_OFTEN 2u
#define VILLAGE_LEAST 3u  /* how often a text names the village that it is about */

void support_clear(struct support *s)
{
    for (unsigned i = 0; i < s->used; i++) {
        s->region[s->slot[i]] = REGION_NONE;
        s->weight[s->slot[i]] = s->own[s->slot[i]] = s->mentions[s->slot[i]] = 0;
    }
    s->used = s->named = 0;
}

int support_open(struct support **support)
{
    if (*support == NULL) {
        *support = calloc(1, sizeof **support);
        if (*support == NULL)
            return E_MEMORY;
        memset((*support)->region, 0xFF, sizeof (*support)->region);
    }
    support_clear(*support);
    return E_OK;
}

static unsigned slot_of(const struct support *s, region_id id)
{
    unsigned h = (unsigned)(id * 2654435761u) % SUPPORT_SLOTS;
    while (s->region[h] != id && s->region[h] != REGION_NONE)
        h = (h + 1) % SUPPORT_SLOTS;
    return h;
}

void support_add(struct support *s, region_id id, unsigned weight)
{
    for (region_id r = id; r != REGION_NONE; r = region_parent(r)) {
        unsigned h = slot_of(s, r);
        if (s->region[h] == REGION_NONE) {
            if (s->used > SUPPORT_SLOTS / 2)
                return;  /* a text that names thousands of places has no topic to be lost */
            s->slot[s->used++] = (uint16_t)h;
            s->region[h] = r;
            s->first[h] = UINT_MAX;
            s->seen[h] = s->named;
        }
        if (r == id && s->first[h] == UINT_MAX)
            s->first[h] = s->named++;
        s->weight[h] += weight;
        s->mentions[h]++;
        if (r == id)
            s->own[h] += weight;
    }
}

void support_rank(struct support *s)
{
    s->county = REGION_NONE;
    s->county_weight = 0;
    for (unsigned i = 0; i < s->used; i++) {
        unsigned h = s->slot[i];
        if (region_level(s->region[h]) == 6 &&
            (s->weight[h] > s->county_weight || (s->weight[h] == s->county_weight && s->region[h] < s->county))) {
            s->county = s->region[h];
            s->county_weight = s->weight[h];
        }
    }
}

unsigned support_of(const struct support *s, region_id id)
{
    unsigned h = slot_of(s, id);
    return s->region[h] == id ? s->weight[h] : 0;
}

unsigned own_of(const struct support *s, region_id id)
{
    unsigned h = slot_of(s, id);
    return s->region[h] == id ? s->own[h] : 0;
}

uint16_t last_character(region_id r)
{
    const char *name = region_name(r);
    size_t length = strlen(name);
    if (length < 3)
        return 0;
    const unsigned char *b = (const unsigned char *)name + length - 3;
    return (uint16_t)((b[0] & 0x0F) << 12 | (b[1] & 0x3F) << 6 | (b[2] & 0x3F));
}

bool same_spelling_is_word(const struct token *token)
{
    for (uint16_t i = 0; i < token->term_count; i++)
        if (token->terms[i].class == TERM_WORD || token->terms[i].class == TERM_CUE || token->terms[i].class == TERM_ITEM ||
            (token->terms[i].class == TERM_VOCABULARY && token->terms[i].sub == VOCABULARY_COMMON))
            return true;
    return false;
}

region_id only_candidate(const struct token *token, int lowest, size_t *count)
{
    region_id found = REGION_NONE;
    *count = 0;
    for (uint16_t i = 0; i < token->term_count; i++) {
        const struct term *term = &token->terms[i];
        if (term->class != TERM_REGION || term->value == found || region_level(term->value) > lowest)
            continue;
        ++*count;
        found = term->value;
    }
    return *count == 1 ? found : REGION_NONE;
}

region_id fits_scope(region_id r, int level, uint16_t type)
{
    for (; r != REGION_NONE; r = region_parent(r)) {
        int here = region_level(r);
        uint16_t last = last_character(r);
        bool levels = here == level || (level == 4 && here == 6 && last == 0x5E02);
        /* only 省 市 县 区 旗 州 盟 镇 乡 村 name a type; 域 内 里 do not */
        bool typed = type == 0x7701 || type == 0x5E02 || type == 0x53BF || type == 0x533A || type == 0x65D7 || type == 0x5DDE ||
                     type == 0x76DF || type == 0x9547 || type == 0x4E61;
        if (levels && (!typed || last == type || (level == 2 && here == 2)))
            return r;
    }
    return REGION_NONE;
}

region_id find_topic(const struct support *s)
{
    region_id best = REGION_NONE;
    unsigned weight = 0;
    for (unsigned i = 0; i < s->used; i++) {
        unsigned h = s->slot[i];
        if (region_level(s->region[h]) == 2 && (s->weight[h] > weight || (s->weight[h] == weight && s->region[h] < best))) {
            best = s->region[h];
            weight = s->weight[h];
        }
    }
    /* 浙江、贵州、江苏各占7个: a text about all of them */
    unsigned equal = 0;
    for (unsigned i = 0; i < s->used; i++)
        equal += region_level(s->region[s->slot[i]]) == 2 && s->weight[s->slot[i]] == weight;
    if (equal >= PROVINCES_NONE)
        return REGION_NONE;
    while (best != REGION_NONE) {
        region_id next = REGION_NONE;
        unsigned most = 0;
        for (unsigned i = 0; i < s->used; i++) {
            unsigned h = s->slot[i];
            if (region_parent(s->region[h]) == best && (s->weight[h] > most || (s->weight[h] == most && s->region[h] < next))) {
                next = s->region[h];
                most = s->weight[h];
            }
        }
        /* of two that weigh the same the one named first: 日照市莒县…, 日照市 */
        unsigned whole = support_of(s, best);
        bool rivals = next != REGION_NONE && region_level(next) <= 6 && 2 * most == whole && own_of(s, best) == 0;  /* 平乡县、魏县 */
        if (next == REGION_NONE || rivals || 2 * most < whole || (2 * most == whole && s->seen[slot_of(s, next)] > s->first[slot_of(s, best)]))
            break;
        /* 修水县黄沙镇…安置点, then 修水县 again and again: one mention is an example */
        if (s->mentions[slot_of(s, next)] == 1 && s->mentions[slot_of(s, best)] > NAMED_OFTEN && own_of(s, best) >= NAMED_OFTEN)
            break;
        best = next;
    }
    return best;
}

/* 来源:保康融媒网: who tells of 全县. */
static bool is_source(const struct window *w, size_t start)
{
    static const uint16_t source[] = {0x6765, 0x6E90};
    return start >= 3 && memcmp(w->text + start - 3, source, sizeof source) == 0;
}

region_id namesake(const struct scan *s, const struct window *w, region_id topic)
{
    region_id best = REGION_NONE, second = REGION_NONE;
    uint16_t type = 0;
    unsigned count = 0, rival = 0;
    for (size_t i = 0; i < s->token_count && type == 0; i++) {
        int level;
        if (token_cue(&s->tokens[i], CUE_scope, &level) && level == 6)
            type = w->text[s->tokens[i].end - 1];
    }
    for (size_t i = 0; i < s->place_count && type != 0; i++) {
        const struct token *token = &s->tokens[s->mentions[i]];
        size_t candidates;
        region_id r = token->end - token->start >= 2 && !same_spelling_is_word(token) && words_across(w, token) == 0 ? only_candidate(token, 6, &candidates) : REGION_NONE;
        if (r == REGION_NONE || fits_scope(r, 6, type) != r || (topic != REGION_NONE && !region_within(r, topic)))
            continue;
        const unsigned weight = is_source(w, token->start) ? 3 : 1;
        if (r == best) {
            count += weight;
        } else if (r == second) {
            rival += weight;
        } else if (count == 0 || rival == 0) {
            *(count == 0 ? &best : &second) = r;
            *(count == 0 ? &count : &rival) += weight;
        }
        if (rival > count) {
            region_id r1 = best;
            best = second;
            second = r1;
            unsigned n = count;
            count = rival;
            rival = n;
        }
    }
    return count > rival ? best : REGION_NONE;
}

static bool is_village(const struct place *p)
{
    return p->region != REGION_NONE && (p->village != NULL || region_level(p->region) == 12);
}

static bool same_village(const struct place *a, const struct place *b)
{
    return a->region == b->region && (a->village == NULL) == (b->village == NULL) && (a->village == NULL || strcmp(a->village, b->village) == 0);
}

bool village_topic(const struct scan *s, region_id topic, struct place *village)
{
    const struct place *best = NULL;
    unsigned lead = 0, own = 0, others = 0, above = 0;
    /* the only one that can be named more often than all others */
    for (size_t i = 0; i < s->place_count; i++) {
        const struct place *p = &s->places[i];
        if (!is_village(p) || !region_within(p->region, topic))
            continue;
        if (lead == 0)
            best = p;
        lead += best == p || same_village(best, p) ? 1u : -1u;
    }
    if (best == NULL)
        return false;
    for (size_t i = 0; i < s->token_count; i++) {
        const struct token *token = &s->tokens[i];
        int level;
        if (token_cue(token, CUE_scope, &level)) {
            own += level == 12;
            above += level == 6 || level == 9;
        }
        if (token->kind != TOKEN_REGION || s->places[token->index].region == REGION_NONE)
            continue;
        const struct place *p = &s->places[token->index];
        const struct token *next = i + 1 < s->token_count && token[1].kind == TOKEN_REGION ? token + 1 : NULL;
        uint32_t name = next == NULL ? 0 : s->places[next->index].name_start > 0 ? s->places[next->index].name_start : next->start;
        if (is_village(p) && same_village(p, best))
            own++;
        else if (is_village(p))
            others++;
        else if (region_within(p->region, topic) && !(next != NULL && name == token->end))
            above++;  /* not the 雷家店镇 of 雷家店镇板船山村 */
    }
    *village = *best;
    return own >= VILLAGE_LEAST && own > above && own >= 2 * others;
}

region_id common_ancestor(region_id a, region_id b)
{
    while (a != REGION_NONE && !region_within(b, a))
        a = region_parent(a);
    return a;
}
