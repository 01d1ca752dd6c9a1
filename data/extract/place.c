/* place.c — which place each mention means (requirements 1 to 4 of region.c). */
#include "data/extract/place.h"

#include <string.h>

/* The register's farms, parks and zones stand on the level of townships under names that are also plain words (牛场,
 * 现代农业产业园): what does not end in 镇 乡 街道 办事处 苏木 is no better than a bare name. */
static bool plain_name(region_id r)
{
    uint16_t last = last_character(r);
    return region_level(r) == 9 && last != 0x9547 && last != 0x4E61 && last != 0x9053 && last != 0x5904 && last != 0x6728;
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

/* The register has a place that is called 街道 and nothing else. */
static bool is_generic(const struct window *w, const struct token *token)
{
    return token->end - token->start == 2 && w->text[token->start] == 0x8857 && w->text[token->start + 1] == 0x9053;
}

/* 淇县, 莒县: the first character of a county's name of two ends no other word. */
static bool rare_pair(const struct window *w, const struct token *token)
{
    /* 沛 萧 歙 黟 泾 泗 莒 莘 浚 淇 郏 杞 睢 嵩 蠡 蔚 绛 隰 祁 澧 攸 珙 泸 岷 漳 邱 磁 藤 蒲 陇 眉 徽 沧 魏 */
    static const uint16_t rare[] = {0x6C9B, 0x8427, 0x6B59, 0x9EDF, 0x6CFE, 0x6CD7, 0x8392, 0x8398, 0x6D5A, 0x6DC7, 0x90CF, 0x675E,
                                     0x7762, 0x5D69, 0x8821, 0x851A, 0x7EDB, 0x96B0, 0x7941, 0x6FA7, 0x6538, 0x73D9, 0x6CF8, 0x5CB7,
                                     0x6F33, 0x90B1, 0x78C1, 0x85E4, 0x84B2, 0x9647, 0x7709, 0x5FBD, 0x6CA7, 0x9B4F};
    for (size_t i = 0; token->end - token->start == 2 && w->text[token->end - 1] == 0x53BF && i < sizeof rare / sizeof *rare; i++)
        if (w->text[token->start] == rare[i])
            return true;
    return false;
}

bool is_anchor(const struct window *w, const struct token *token, region_id *region)
{
    size_t count;
    region_id r = only_candidate(token, 9, &count);
    if (r == REGION_NONE || is_generic(w, token))
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
    return token->end - token->start >= 3 || level <= 4 || (level == 6 && (rare_pair(w, token) || (stands_alone(w, token) && is_seat(w, token->end))));
}

size_t words_across(const struct window *w, const struct token *token)
{
    struct lexicon_hit hits[LEXICON_HITS];
    const uint16_t *t = w->text;
    static const uint16_t kinds[] = {0x9547, 0x53BF, 0x4E61, 0x6751, 0x5E02, 0x533A};  /* 镇 县 乡 村 市 区 end a word with what is before them */
    size_t words = 0;
    if (token->end - token->start != 2 || token->start == 0)
        return 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        words += t[token->start] == kinds[i] && cjk(t[token->start - 1]);
    for (size_t side = words; side < 2; side++) {
        size_t count = side == 0 || token->end < w->n ? lexicon_match(t + token->start - 1 + 2 * side, 2, hits) : 0;
        words += count > 0 && hits[count - 1].length == 2 && (hits[count - 1].classes & (OPENS_VOCABULARY | OPENS_WORD | CUE_BIT(CUE_verb) | CUE_BIT(CUE_noun)));
    }
    return words;
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
        if (!ok || (!below_neighbour && words_across(w, token) == 2))
            return -1;
    } else if (token->end - token->start <= 2 && level == 6 && !below_neighbour && !rare_pair(w, token) && ((related == 0 && own == 0 && !opening) || !stands_alone(w, token))) {
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
    for (size_t k = token->index; neighbour_end == 0 && k-- > 0 && at - s->mentions[k] <= 400;) {
        const struct token *named = &s->tokens[s->mentions[k]];
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
        if (cue_at(t, neighbour_end, start, CUE_person, NULL) >= 2 || cue_at(t, neighbour_end, start, CUE_verb, NULL) >= 2)
            return;  /* 杏林镇移民搬迁社区 */
        place->region = scope;
        place->how = HOW_explicit;
        place->village = units_utf8(t + neighbour_end, end - neighbour_end, arena);
        place->name_start = (uint32_t)neighbour_end;
    }
}

/* ，寿县…: a county's name of two characters behind a comma, unless its first one also begins or joins clauses (和县, 成县). */
static bool distinct_pair(const struct window *w, const struct token *token)
{
    static const uint16_t common[] = {0x548C, 0x6210, 0x5F00, 0x9AD8, 0x6587, 0x4E30, 0x5355, 0x53F6, 0x6E29, 0x6613, 0x5E94, 0x8D75};
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (w->text[token->start] == common[i])
            return false;
    return token->end - token->start == 2 && w->text[token->end - 1] == 0x53BF;
}

void resolve_mentions(struct scan *s, const struct window *w, struct support *support, region_id fallback,
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
        bool opening = !named && (before == '\n' || before == 0x3002 || before == 0x3000 || before == ' ' || (before == ',' && distinct_pair(w, token))) && only_candidate(token, 6, &candidates) != REGION_NONE;
        int best = -1, second = -1;
        const struct term *chosen = NULL;
        for (uint16_t k = 0; k < token->term_count; k++) {
            const struct term *term = &token->terms[k];
            if (term->class != TERM_REGION || token->end - token->start < 2 || is_generic(w, token))
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
