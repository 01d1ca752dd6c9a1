/* region.c — which place each mention means, and which place each number is about.
 *
 * A name is decided by the discourse. Requirements:
 *  1. A mention of an unambiguous official name is an anchor; anchors support their ancestors and relatives.
 *  2. A bare name (沿河, 合作) is a place only with support: its official form elsewhere, its parent just before it, or
 *     its parent among the anchors when it is no common word.
 *  3. Of several places of one name the best supported is meant; with no support none is.
 *  4. A name followed by 日报, 大学, 红茶 … names an institution or a product.
 *  5. 全镇, 该县, 我市: the place of that type in the sentence, the topic, or last named.
 *  6. A number is about the place last named in its sentence, then in its paragraph, then the article's topic. A place
 *     that helps another (广州对口帮扶 …) does not become the topic. */
#include "data/extract/document.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define SUPPORT_SLOTS 4096u

struct support {
    region_id county;                 /* the county with most weight, and that weight */
    unsigned county_weight;
    region_id region[SUPPORT_SLOTS];
    unsigned weight[SUPPORT_SLOTS];   /* mentions of the region and of what lies below it */
    unsigned own[SUPPORT_SLOTS];
    unsigned first[SUPPORT_SLOTS];    /* how many regions were in use when it was named itself first */
    uint16_t slot[SUPPORT_SLOTS];     /* the slots in use */
    unsigned used, named;
};

/* Empties what was used only: most articles name a handful of places. */
static void support_clear(struct support *s)
{
    for (unsigned i = 0; i < s->used; i++) {
        s->region[s->slot[i]] = REGION_NONE;
        s->weight[s->slot[i]] = s->own[s->slot[i]] = 0;
    }
    s->used = s->named = 0;
}

static int support_open(struct support **support)
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

static void support_add(struct support *s, region_id id, unsigned weight)
{
    for (region_id r = id; r != REGION_NONE; r = region_parent(r)) {
        unsigned h = slot_of(s, r);
        if (s->region[h] == REGION_NONE) {
            if (s->used > SUPPORT_SLOTS / 2)
                return;  /* a text that names thousands of places has no topic to be lost */
            s->slot[s->used++] = (uint16_t)h;
            s->region[h] = r;
            s->first[h] = UINT_MAX;
        }
        if (r == id && s->first[h] == UINT_MAX)
            s->first[h] = s->named++;
        s->weight[h] += weight;
        if (r == id)
            s->own[h] += weight;
    }
}

/* Finds the county that most mentions are about. */
static void support_rank(struct support *s)
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

static unsigned support_of(const struct support *s, region_id id)
{
    unsigned h = slot_of(s, id);
    return s->region[h] == id ? s->weight[h] : 0;
}

static unsigned own_of(const struct support *s, region_id id)
{
    unsigned h = slot_of(s, id);
    return s->region[h] == id ? s->own[h] : 0;
}

static uint16_t last_character(region_id r)
{
    const char *name = region_name(r);
    size_t length = strlen(name);
    if (length < 3)
        return 0;
    const unsigned char *b = (const unsigned char *)name + length - 3;
    return (uint16_t)((b[0] & 0x0F) << 12 | (b[1] & 0x3F) << 6 | (b[2] & 0x3F));
}

/* The register's farms, parks and zones stand on the level of townships under names that are also plain words (牛场,
 * 现代农业产业园): what does not end in 镇 乡 街道 办事处 苏木 is no better than a bare name. */
static bool plain_name(region_id r)
{
    uint16_t last = last_character(r);
    return region_level(r) == 9 && last != 0x9547 && last != 0x4E61 && last != 0x9053 && last != 0x5904 && last != 0x6728;
}

static bool same_spelling_is_word(const struct token *token)
{
    for (uint16_t i = 0; i < token->term_count; i++)
        if (token->terms[i].class == TERM_WORD || token->terms[i].class == TERM_CUE || token->terms[i].class == TERM_ITEM)
            return true;
    return false;
}

/* The only region down to a level that a token can mean, or REGION_NONE. */
static region_id only_candidate(const struct token *token, int lowest, size_t *count)
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

/* 陇县人民政府, 和县位于: behind a name of two characters a word that only a place has. */
static bool is_seat(const struct window *w, size_t end)
{
    static const uint16_t words[][2] = {{0x4EBA, 0x6C11}, {0x4F4D, 0x4E8E}, {0x5730, 0x5904}, {0x7EDF, 0x8BA1}, {0x56FD, 0x6C11}, {0x653F, 0x5E9C}};
    for (size_t i = 0; end + 1 < w->n && i < sizeof words / sizeof *words; i++)
        if (memcmp(w->text + end, words[i], sizeof words[i]) == 0)
            return true;
    return false;
}

static bool is_anchor(const struct window *w, const struct token *token, region_id *region)
{
    size_t count;
    region_id r = only_candidate(token, 9, &count);
    if (r == REGION_NONE)
        return false;
    *region = r;
    int level = region_level(r);
    bool bare = true;
    for (uint16_t i = 0; i < token->term_count; i++)
        if (token->terms[i].class == TERM_REGION && token->terms[i].sub != FORM_BARE)
            bare = false;
    if (plain_name(r))
        return false;
    if (bare)
        return level == 2 || (level == 4 && !same_spelling_is_word(token) && (token->start == 0 || w->text[token->start - 1] == '\n'));
    return token->end - token->start >= 3 || level <= 4 || (level == 6 && stands_alone(w, token) && is_seat(w, token->end));
}

/* How well a candidate fits what is known; negative: not acceptable. */
static int fitness(const struct window *w, const struct token *token, const struct term *term, const struct support *support, region_id neighbour,
                   region_id last, region_id fallback, bool opening)
{
    region_id r = term->value;
    int level = region_level(r), score = term->sub == FORM_OFFICIAL ? 30 : term->sub == FORM_ABBREVIATED ? 28 : term->sub == FORM_FORMER ? 20 : 0;
    bool below_neighbour = neighbour != REGION_NONE && neighbour != r && region_within(r, neighbour);
    unsigned own = own_of(support, r);
    int related = 0;
    for (region_id a = region_parent(r); a != REGION_NONE; a = region_parent(a))
        if (support_of(support, a) > 0)
            related += region_level(a) == 6 ? 20 : region_level(a) == 4 ? 12 : 8;
    if (fallback != REGION_NONE && (region_within(r, fallback) || region_within(fallback, r)))
        related += 15;
    score += (own > 0 ? 40 + (int)(own < 20 ? own : 20) : 0) + (below_neighbour ? 50 : 0) + related;
    if (last != REGION_NONE && region_parent(r) != REGION_NONE && (region_within(r, last) || region_parent(r) == region_parent(last)))
        score += 6;
    bool common = same_spelling_is_word(token);
    if (plain_name(r)) {
        if (!below_neighbour && support_of(support, region_parent(r)) == 0)
            return -1;
    } else if (term->sub == FORM_BARE) {
        bool ok = below_neighbour || (own > 0 && level < 9) || (own > 1) ||
                  (level == 2 && !common) || (level == 4 && related > 0) ||
                  (level == 6 && !common && (related >= 12 || opening));
        if (!ok)
            return -1;
    } else if (token->end - token->start <= 2 && level == 6 && !below_neighbour && ((related == 0 && own == 0 && !opening) || !stands_alone(w, token))) {
        return -1;  /* 和县, 成县: two characters that also stand inside other phrases */
    } else if (level == 9 && !below_neighbour && support->county != REGION_NONE && region_parent(r) != support->county &&
               support_of(support, region_parent(r)) <= own && support->county_weight > own + 1) {
        return -1;  /* a township of a county that nothing else speaks of: one of the same name, which the register lacks */
    }
    return score;
}

/* The village whose name ends at token `at`: in the register below `within`, or written right behind a place's name. */
static void resolve_village(struct scan *s, const struct window *w, size_t at, region_id within, size_t neighbour_end,
                            struct arena *arena)
{
    const struct token *token = &s->tokens[at];
    struct place *place = &s->places[token->index];
    const uint16_t *t = w->text;
    size_t end = token->end, start = token->term_count == 0 ? token->start : end - 1;
    region_id scope = within;
    while (scope != REGION_NONE && region_level(scope) > 9)
        scope = region_parent(scope);
    bool known = scope != REGION_NONE && region_level(scope) >= 6;
    /* named with its township before, in the register or not */
    for (size_t i = at, steps = 0; neighbour_end == 0 && i-- > 0 && steps < 400; steps++) {
        if (s->tokens[i].kind != TOKEN_REGION)
            continue;
        const struct token *named = &s->tokens[i];
        const struct place *former = &s->places[named->index];
        if (former->name_start == 0 || former->region == REGION_NONE)
            continue;
        size_t length = named->end - former->name_start;
        if (length <= end && length > token->sub + 1u && memcmp(t + former->name_start, t + end - length, length * sizeof *t) == 0) {
            *place = *former;
            place->name_start = (uint32_t)(end - length);
            return;
        }
    }
    /* in the township that was named last, else, unless the name stands right behind that, elsewhere in its county */
    static const uint16_t joins[] = {0x548C, 0x4E0E, 0x53CA, 0x3001};
    bool joined = neighbour_end != 0 && neighbour_end < start && t[neighbour_end - 1] == 0x6751;
    bool comma = false;
    size_t word = token->term_count == 0 ? token->sub : 0;
    for (size_t k = 0; joined && k < sizeof joins / sizeof *joins; k++)
        comma |= t[neighbour_end] == joins[k];
    region_id scopes[2] = {scope, REGION_NONE};
    if (known && region_level(scope) == 9 && (neighbour_end == 0 || comma))
        scopes[1] = region_parent(scope);
    for (size_t k = 0; known && k < 2 && scopes[k] != REGION_NONE; k++)
        for (size_t length = 6; length >= 1 + k && length > word; length--) {
            if (start < length || (neighbour_end > start - length && neighbour_end <= start))
                continue;
            bool name = true;
            for (size_t i = start - length; i < start; i++)
                name = name && cjk(t[i]);
            if (!name)
                continue;
            region_id r = region_village(scopes[k], t + start - length, end - start + length);
            if (r != REGION_NONE) {
                place->region = r;
                place->how = HOW_explicit;
                place->name_start = (uint32_t)(start - length);
                return;
            }
        }
    /* 凉江村和金坪山村: behind another village's */
    if (word > 0)
        return;
    if (known && comma)
        neighbour_end++;
    /* a name of two to five characters right behind a township's or county's */
    if (known && neighbour_end != 0 && neighbour_end < start && start - neighbour_end >= 2 && start - neighbour_end <= 5) {
        for (size_t i = neighbour_end; i < start; i++)
            if (!cjk(t[i]))
                return;
        static const uint16_t never[] = {0x7684, 0x5404, 0x5E2E, 0x9547, 0x4E61, 0x548C, 0x6240, 0x5168, 0x5728, 0x4E2A, 0x8D2B, 0x884C, 0x6709, 0x5171};
        for (size_t i = neighbour_end; i < start; i++)
            for (size_t k = 0; k < sizeof never / sizeof *never; k++)
                if (t[i] == never[k])
                    return;
        place->region = scope;
        place->how = HOW_explicit;
        place->village = units_utf8(t + neighbour_end, end - neighbour_end, arena);
        place->name_start = (uint32_t)neighbour_end;
    }
}

/* r or its nearest ancestor that fits a scope word of a level and, where it names one, a type (requirement 5). */
static region_id fits_scope(region_id r, int level, uint16_t type)
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

/* The topic: from the top, as long as one part holds most of the mentions. */
static region_id find_topic(const struct support *s)
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
        if (next == REGION_NONE || 2 * most < whole || (2 * most == whole && s->first[slot_of(s, next)] > s->first[slot_of(s, best)]))
            break;
        best = next;
    }
    return best;
}

/* Where 全县 points when no place above it is known: the county whose name the text's products and bodies bear (霍邱龙虾,
 * 霍邱稻虾米). REGION_NONE without a scope word of a county, without such a name, or where two are named as often. */
static region_id namesake(const struct scan *s, const struct window *w, region_id topic)
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
        region_id r = token->end - token->start >= 2 && !same_spelling_is_word(token) ? only_candidate(token, 6, &candidates) : REGION_NONE;
        if (r == REGION_NONE || fits_scope(r, 6, type) != r || (topic != REGION_NONE && !region_within(r, topic)))
            continue;
        if (r == best) {
            count++;
        } else if (r == second) {
            rival++;
        } else if (count == 0 || rival == 0) {
            *(count == 0 ? &best : &second) = r;
            ++*(count == 0 ? &count : &rival);
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

static void resolve_mentions(struct scan *s, const struct window *w, struct support *support, region_id fallback,
                             struct arena *arena)
{
    region_id neighbour = REGION_NONE, last = REGION_NONE, parent_of_village = REGION_NONE;
    size_t neighbour_end = 0;
    for (size_t i = 0; i < s->token_count; i++) {
        struct token *token = &s->tokens[i];
        if (token->kind == TOKEN_BREAK && token->sub == BREAK_LINE)
            parent_of_village = REGION_NONE;
        if (token->kind != TOKEN_REGION)
            continue;
        struct place *place = &s->places[token->index];
        region_id adjacent = neighbour_end == token->start && neighbour_end > 0 ? neighbour : REGION_NONE;
        /* a name that opens a line or sentence is its subject, if it can mean one place only */
        uint16_t before = token->start > 0 ? w->text[token->start - 1] : '\n';
        size_t candidates;
        uint16_t behind = w->text[token->end];
        bool named = behind == 0x6751 || behind == 0x9547 || behind == 0x4E61 || behind == 0x793E || behind == 0x8857;  /* 西山村, 金寨镇 */
        bool opening = !named && (before == '\n' || before == 0x3002 || before == 0x3000 || before == ' ') && only_candidate(token, 6, &candidates) != REGION_NONE;
        int best = -1, second = -1;
        const struct term *chosen = NULL;
        for (uint16_t k = 0; k < token->term_count; k++) {
            const struct term *term = &token->terms[k];
            if (term->class != TERM_REGION)
                continue;
            int score = fitness(w, token, term, support, adjacent, last, fallback, opening);
            if (score > best) {
                if (chosen == NULL || chosen->value != term->value)
                    second = best;
                best = score;
                chosen = term;
            } else if (score > second && (chosen == NULL || chosen->value != term->value)) {
                second = score;
            }
        }
        /* a village's name, also one that ends like another place's: 马邓村 where there is a 邓村 */
        bool unknown = chosen == NULL || best < 0 || (best == second && region_level(chosen->value) > 4);
        if (token->term_count == 0 || (unknown && w->text[token->end - 1] == 0x6751)) {
            bool near = neighbour_end > 0 && neighbour_end <= token->start && token->start - neighbour_end <= 5;
            region_id within = near ? neighbour : parent_of_village != REGION_NONE ? parent_of_village : last;
            resolve_village(s, w, i, within, near ? neighbour_end : 0, arena);
            if (place->region != REGION_NONE) {
                neighbour = place->region;
                neighbour_end = token->end;
            }
            continue;
        }
        if (unknown || (is_part_of_name(w, token->end) && adjacent == REGION_NONE) || opens_firm(w, token, (enum region_form)chosen->sub))
            continue;
        place->region = chosen->value;
        place->how = HOW_explicit;
        neighbour = last = place->region;
        neighbour_end = token->end;
        if (region_level(last) >= 6)
            parent_of_village = last;
    }
}

static bool titled(const struct window *w, size_t start)
{
    /* within the first lines, and in one that is short: a title, a subtitle */
    if (start > 1000)
        return false;
    size_t lines = 0;
    for (size_t i = 0; i < start; i++)
        if (w->text[i] == '\n' && ++lines >= 6)
            return false;
    size_t end = start, begin = start;
    while (begin > 0 && w->text[begin - 1] != '\n' && end - begin < 60)
        begin--;
    while (end < w->n && w->text[end] != '\n' && end - begin < 60)
        end++;
    return end - begin < 60;
}

/* The lowest region that holds both. */
static region_id common_ancestor(region_id a, region_id b)
{
    while (a != REGION_NONE && !region_within(b, a))
        a = region_parent(a);
    return a;
}

/* Whether only a list sign and names lie between two mentions: 四大寨乡…小学、宗地乡…小学. */
static bool listed_with(const struct scan *s, const struct window *w, size_t last, size_t at)
{
    bool pause = false;
    for (size_t i = last + 1; i < at; i++) {
        const struct token *token = &s->tokens[i];
        if (token->kind == TOKEN_BREAK && token->sub != BREAK_PAUSE)
            return false;
        if (token->kind == TOKEN_QUANTITY || token->kind == TOKEN_TIME)
            return false;
        pause |= token->kind == TOKEN_BREAK;
    }
    if (pause)
        return true;
    size_t start = s->tokens[last].end, end = s->tokens[at].start;
    uint32_t name = s->places[s->tokens[at].index].name_start;  /* a village's name lies between */
    if (name > start)
        end = name;
    else if (s->tokens[at].term_count == 0)
        end = end > start + 3 ? end - 3 : end;
    bool joined = end > start && end - start <= 3;
    for (size_t i = start; joined && i < end; i++) {
        uint16_t c = w->text[i];
        joined = i > start + 1 || c == 0x548C || c == 0x4E0E || c == 0x53CA || c == 0x4EE5;  /* 和 与 及 以及 */
    }
    return joined;
}

/* Where a scope word points, given the place named last in the sentence, its subject, the topic and the place named last
 * (requirement 5). */
static region_id scope_region(const struct window *w, const struct token *token, int level, region_id current,
                              region_id focus, region_id topic, region_id previous)
{
    bool recent = w->text[token->start] == 0x8BE5;  /* 该 */
    uint16_t type = w->text[token->end - 1];
    const region_id order[4] = {recent ? previous : current, recent ? current : focus, recent ? focus : topic, recent ? topic : previous};
    region_id r = REGION_NONE;
    for (size_t k = 0; k < 4 && r == REGION_NONE; k++)
        r = fits_scope(order[k], level, type);
    return r;
}

#define HEADING_MOST 26u

/* Whether the line behind tokens[at] (its break) is a heading of one place (第一站‖震湖乡毛坪村, 二、坝坪镇): then *place is it. Any
 * other heading gives -1: what follows is about the topic again. */
static int section_place(const struct scan *s, const struct window *w, size_t at, region_id topic, struct place *place)
{
    size_t start = s->tokens[at].end, end = start, found = 0, behind = 0;
    while (end < w->n && w->text[end] != '\n' && end - start <= HEADING_MOST)
        end++;
    if (end == start || end - start > HEADING_MOST)
        return 0;
    for (size_t i = at + 1; i < s->token_count && s->tokens[i].start < end; i++) {
        const struct token *token = &s->tokens[i];
        if (token->kind == TOKEN_QUANTITY || token->kind == TOKEN_TIME || (token->kind == TOKEN_BREAK && token->sub != BREAK_PAUSE))
            return 0;
        if (token->kind == TOKEN_REGION && s->places[token->index].region != REGION_NONE) {
            const struct place *named = &s->places[token->index];
            if (found > 0 && !region_within(named->region, place->region))
                return 0;
            *place = *named;
            behind = end - token->end;
            found += token->end - (named->name_start > 0 ? named->name_start : token->start);
        }
    }
    if (found == 0)
        return cjk(w->text[end - 1]) ? -1 : 0;
    place->how = HOW_title;
    if (behind > 0 || end - start > found + 6)
        return -1;  /* a headline says more */
    return (topic == REGION_NONE || region_within(place->region, topic)) && (place->region != topic || place->village != NULL) ? 1 : 0;
}

/* Requirement 6: one forward pass. A new sentence goes on about the place that the paragraph has as its subject. */
static void attribute(struct scan *s, const struct window *w, region_id topic, enum region_how how)
{
    const struct place whole = {.region = topic, .how = how,
                                .rule = topic == REGION_NONE ? RULE_region_none : how == HOW_default ? RULE_region_default : RULE_region_topic};
    struct place base = whole;  /* the section's, or the whole text's */
    struct place current = base, focus = base, previous = base;
    struct place outside = base;  /* what held before a bracket opened */
    size_t seen = 0;
    bool inside = false;
    region_id zone = REGION_NONE;
    size_t sentence = 0, last = SIZE_MAX;
    bool away = false;
    bool first_place = true;  /* no place was named in this sentence yet */
    bool several = false;  /* places or works were listed in this sentence */
    for (size_t i = 0; i < s->token_count; i++) {
        const struct token *token = &s->tokens[i];
        int level;
        /* (含市级8个、嘉定区区级3个): a place in a bracket holds inside it only */
        for (; seen < s->bracket_count && s->brackets[seen] < token->start; seen++) {
            if (w->text[s->brackets[seen]] == '(' && !inside) {
                outside = current;
                inside = true;
            } else if (w->text[s->brackets[seen]] == ')' && inside) {
                current = outside;
                inside = false;
            }
        }
        if (token->kind == TOKEN_BREAK && token->sub >= BREAK_SENTENCE) {
            inside = false;
            if (token->sub == BREAK_LINE) {
                struct place named;
                int section = section_place(s, w, i, topic, &named);
                if (section != 0)
                    base = section > 0 ? named : whole;
                focus = base;
            }
            current = focus;
            sentence = token->end;
            last = SIZE_MAX;
            several = false;
            first_place = true;
        } else if (token->kind == TOKEN_BREAK) {
            several |= token->sub == BREAK_PAUSE;
        } else if (token->kind == TOKEN_REGION && s->places[token->index].region != REGION_NONE) {
            const struct place *place = &s->places[token->index];
            if ((is_yardstick(w, token) || is_landmark(w, token)) && current.region != REGION_NONE)
                continue;
            if (current.region != REGION_NONE && !region_within(place->region, current.region) && !region_within(current.region, place->region) &&
                topic != REGION_NONE && !region_within(place->region, topic) && is_venue(w, token))
                continue;
            if (place->village == NULL && current.region != REGION_NONE && region_within(current.region, place->region) &&
                (is_whereabouts(w, token) || opens_firm(w, token, FORM_BARE)))
                continue;
            /* a helper that names no object helps the topic */
            if (is_donor(w, token->end) && topic != REGION_NONE && !region_within(place->region, topic)) {
                current = base;
                last = SIZE_MAX;
                continue;
            }
            if (is_destination(w, token->start) || is_journey(w, token) || (away && last != SIZE_MAX && listed_with(s, w, last, i))) {
                away = true;  /* 销往北京、上海等地: where things go, not what the figures are about */
                last = i;
                continue;
            }
            away = false;
            struct place meant = *place;
            meant.rule = RULE_region_named;
            meant.mention = (uint32_t)i + 1;
            if (last != SIZE_MAX && listed_with(s, w, last, i)) {
                region_id before = s->places[s->tokens[last].index].region;
                bool apart = !region_within(place->region, before) && !region_within(before, place->region);
                if (apart || place->village != NULL || s->places[s->tokens[last].index].village != NULL) {
                    region_id both = common_ancestor(current.region != REGION_NONE && last != SIZE_MAX ? current.region : before, place->region);
                    if (both != REGION_NONE)
                        meant = (struct place){.region = both, .how = HOW_explicit, .mention = (uint32_t)i + 1, .rule = RULE_region_listed};
                }
            }
            current = meant;
            previous = *place;
            last = i;
            /* 内丘县供电公司选派…到该村: the body of a county does not make a village's story the county's */
            bool body = base.region != REGION_NONE && region_within(base.region, place->region) && is_body(w, token->end);
            /* a helper from another province stays the subject of its own sentence only */
            bool guest = base.region != REGION_NONE && common_ancestor(base.region, place->region) == REGION_NONE;
            /* 为了让移民稳得住，修水县投入…: also the first place of a later clause is its subject */
            size_t name = place->name_start > 0 ? place->name_start : token->start;
            bool opens = first_place && name > 0 && w->text[name - 1] == ',' && w->text[token->end] != 0x7684 && w->text[token->end] != 0x7B49 &&
                         (place->region == topic || !region_within(topic, place->region));
            first_place = false;
            if ((token->start - sentence < 14 || opens) && !body && !guest)
                focus = current;
        } else if (token_cue(token, CUE_scope, &level)) {
            region_id r = REGION_NONE;
            if (is_yardstick(w, token) || is_landmark(w, token))
                continue;
            if (level == 1) {
                current = (struct place){.region = REGION_NONE, .mention = (uint32_t)i + 1, .rule = RULE_region_none};
                last = SIZE_MAX;
                continue;
            }
            if (level == 0) {
                if (i > 0 && s->tokens[i - 1].kind == TOKEN_REGION && s->tokens[i - 1].end == token->start)
                    zone = s->places[s->tokens[i - 1].index].region;
                r = zone;
            } else if (level == 13) {
                /* 这家合作社, 该公司, 这里: where the text was */
                if (previous.region != REGION_NONE && (topic == REGION_NONE || region_within(previous.region, topic))) {
                    current = previous;
                    current.how = HOW_anaphora;
                    current.mention = (uint32_t)i + 1;
                    current.rule = RULE_region_scope;
                    if (token->start - sentence < 14)
                        focus = current;
                }
                continue;
            } else if (level == 12) {
                if (previous.region != REGION_NONE && (region_level(previous.region) == 12 || previous.village != NULL)) {
                    current = previous;
                    current.how = HOW_anaphora;
                    current.mention = (uint32_t)i + 1;
                    current.rule = RULE_region_scope;
                }
                continue;
            } else {
                r = scope_region(w, token, level, current.region, focus.region, topic, previous.region);
            }
            /* 下龙村属我县七个极贫村之一 */
            if (r != REGION_NONE && current.region != REGION_NONE && (current.region != r || current.village != NULL) && region_within(current.region, r) &&
                is_whereabouts(w, token))
                continue;
            if (r != REGION_NONE) {
                current = (struct place){.region = r, .how = HOW_anaphora, .mention = (uint32_t)i + 1, .rule = RULE_region_scope};
                last = SIZE_MAX;
                if (token->start - sentence < 14)
                    focus = current;
            }
        } else if (token->kind == TOKEN_CUE && w->text[token->start] == 0x7B49 && last != SIZE_MAX && !away &&
                   (several || s->tokens[last].end == token->start)) {
            /* 牛场村…、湾塘村…等4个项目, 崩龙村等地: what sums up a list is about none of its members */
            if (!region_within(focus.region == REGION_NONE ? topic : focus.region, current.region))
                current = focus;
            else if (s->tokens[last].end == token->start && topic != REGION_NONE && region_within(current.region, topic))
                current = base.region != current.region && base.village == NULL ? base : (struct place){.region = region_parent(current.region), .how = HOW_anaphora, .mention = (uint32_t)i + 1, .rule = RULE_region_summed};
        } else if (token->kind == TOKEN_QUANTITY) {
            s->where[token->index] = current;
            last = SIZE_MAX;
        }
    }
}

int regions_resolve(struct scan *s, const struct window *w, region_id *topic, region_id fallback, struct arena *arena)
{
    if (support_open(&s->support) != E_OK)
        return E_MEMORY;
    struct support *support = s->support;
    for (size_t i = 0; i < s->place_count; i++) {
        region_id region;
        const struct token *token = &s->tokens[s->mentions[i]];
        if (token->term_count > 0 && is_anchor(w, token, &region) && !is_part_of_name(w, token->end))
            support_add(support, region, 1);
    }
    support_rank(support);
    resolve_mentions(s, w, support, fallback, arena);

    /* the topic is counted over what the mentions turned out to mean, donors left out */
    support_clear(support);
    for (size_t i = 0; i < s->place_count; i++) {
        region_id r = s->places[i].region;
        if (r == REGION_NONE)
            continue;
        while (region_level(r) > 9)
            r = region_parent(r);
        size_t at = s->mentions[i];
        const struct token *token = &s->tokens[at], *next = at + 1 < s->token_count ? &s->tokens[at + 1] : NULL;
        bool chained = next != NULL && next->kind == TOKEN_REGION && next->start == token->end && s->places[next->index].region != REGION_NONE;
        bool elsewhere = is_donor(w, token->end) || is_destination(w, token->start) || is_journey(w, token);
        if (!chained && !elsewhere)
            support_add(support, r, titled(w, token->start) ? 4 : 1);
    }
    if (fallback != REGION_NONE)
        *topic = fallback;
    region_id found = find_topic(support);
    if (fallback == REGION_NONE && (found == REGION_NONE || region_level(found) < 6)) {
        region_id named = namesake(s, w, found);
        if (named != REGION_NONE)
            found = named;
    }
    bool by_default = found == REGION_NONE && fallback != REGION_NONE;
    if (found != REGION_NONE && (*topic == REGION_NONE || fallback != REGION_NONE))
        *topic = found;

    if (s->quantity_count > s->where_capacity) {
        struct place *grown = realloc(s->where, s->quantity_count * sizeof *grown);
        if (grown == NULL)
            return E_MEMORY;
        s->where = grown;
        s->where_capacity = s->quantity_count;
    }
    attribute(s, w, *topic, by_default ? HOW_default : HOW_title);
    return E_OK;
}
