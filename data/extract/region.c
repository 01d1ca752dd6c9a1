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
#include "data/extract/place.h"

#include <stdlib.h>
#include <string.h>

#define HEADING_MOST 26u
#define PROFILE_MOST 400u  /* characters within which a profile says where its place lies */
#define KIND_MOST 6u       /* characters of 省级贫困村 before a name */

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

/* Whether no token but names lies between two mentions, and no more than a name's length. */
static bool adjoins(const struct scan *s, size_t last, size_t at)
{
    for (size_t i = last + 1; i < at; i++)
        if (s->tokens[i].kind != TOKEN_REGION && s->tokens[i].kind != TOKEN_CUE)
            return false;
    return s->tokens[at].start - s->tokens[last].end <= 5;
}

/* Whether a list sign and, before it, the name of a village that no register has stand before the mention. */
static bool follows_unknown(const struct scan *s, size_t at)
{
    size_t i = at;
    while (i > 0 && s->tokens[i - 1].start >= s->places[s->tokens[at].index].name_start)
        i--;  /* words within the name */
    return i >= 2 && s->tokens[i - 1].kind == TOKEN_BREAK && s->tokens[i - 1].sub == BREAK_PAUSE && s->tokens[i - 2].kind == TOKEN_REGION &&
           s->tokens[i - 2].end == s->tokens[i - 1].start && s->places[s->tokens[i - 2].index].region == REGION_NONE;
}

static bool is_village(const struct place *place)
{
    return place->region != REGION_NONE && (region_level(place->region) == 12 || place->village != NULL);
}

/* Whether a list sign stands right behind a mention, and nothing but names and list signs up to `at`. */
static bool heads_list(const struct scan *s, size_t mention, size_t at)
{
    if (mention + 1 >= at || s->tokens[mention + 1].kind != TOKEN_BREAK || s->tokens[mention + 1].sub != BREAK_PAUSE || s->tokens[mention + 1].start != s->tokens[mention].end)
        return false;
    for (size_t i = mention + 1; i < at; i++)
        if ((s->tokens[i].kind == TOKEN_BREAK && s->tokens[i].sub != BREAK_PAUSE) || s->tokens[i].kind == TOKEN_TIME || token_cue(&s->tokens[i], CUE_verb, NULL))
            return false;
    return s->tokens[at].start - s->tokens[mention].end <= 24;
}

/* 全长207米的皮勒村大桥: the token of the village whose name stands right behind a number and its 的; else 0. */
static size_t village_behind(const struct scan *s, const struct window *w, size_t at)
{
    size_t start = s->tokens[at].end + 1, i = at + 1;
    if (w->text[s->tokens[at].end] != 0x7684)
        return 0;
    while (i < s->token_count && s->tokens[i].start <= start + 5 && s->tokens[i].kind != TOKEN_BREAK &&
           (s->tokens[i].kind != TOKEN_REGION || s->places[s->tokens[i].index].region == REGION_NONE))
        i++;  /* words within the name */
    return i < s->token_count && s->tokens[i].kind == TOKEN_REGION && is_village(&s->places[s->tokens[i].index]) && s->places[s->tokens[i].index].name_start == start ? i : 0;
}

/* Whether 地处 or 位于 opens the sentence. */
static bool opens_lying(const struct window *w, size_t sentence)
{
    const uint16_t *t = w->text;
    while (sentence < w->n && (t[sentence] == ' ' || t[sentence] == 0x3000))
        sentence++;
    return sentence + 1 < w->n && ((t[sentence] == 0x5730 && t[sentence + 1] == 0x5904) || (t[sentence] == 0x4F4D && t[sentence + 1] == 0x4E8E));
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

/* 地处青里村: the same for a village, whose name begins before its token. */
static bool village_lies(const struct window *w, const struct place *place, const struct token *token)
{
    struct token name = *token;
    if (place->name_start > 0)
        name.start = place->name_start;
    return lies_in(w, &name);
}

/* 为了…，修水县投入, 2018年以来，贫困村稻坪村成立: a name opens its clause, behind what kind of place it is at most. */
static bool opens_clause(const struct window *w, size_t name)
{
    static const uint16_t kinds[] = {0x6751, 0x53BF, 0x533A, 0x9547, 0x4E61};  /* 村 县 区 镇 乡 */
    size_t i = name;
    for (size_t k = 0; i > 0 && k < sizeof kinds / sizeof *kinds; k++)
        if (w->text[name - 1] == kinds[k])
            while (i > 0 && name - i < KIND_MOST && cjk(w->text[i - 1]))
                i--;
    return i > 0 && w->text[i - 1] == ',';
}

/* 向我省投入, 在我省实施, 援建我省: what stands before 我 hands on to it. */
static bool gives_to(const struct window *w, size_t start)
{
    static const uint16_t words[] = {0x5411, 0x5728, 0x4E3A, 0x7ED9, 0x5BF9, 0x5EFA, 0x52A9, 0x6765};  /* 向 在 为 给 对 建 助 来 */
    for (size_t i = 0; start > 0 && i < sizeof words / sizeof *words; i++)
        if (w->text[start - 1] == words[i])
            return true;
    return false;
}

/* The other region of that level that the text names, REGION_NONE if it is none or more than one. */
static region_id other_of_level(const struct scan *s, region_id than)
{
    region_id found = REGION_NONE;
    for (size_t i = 0; i < s->place_count; i++) {
        region_id r = s->places[i].region;
        while (r != REGION_NONE && region_level(r) > region_level(than))
            r = region_parent(r);
        if (r == REGION_NONE || r == than || region_level(r) != region_level(than) || r == found)
            continue;
        if (found != REGION_NONE)
            return REGION_NONE;
        found = r;
    }
    return found;
}

/* Requirement 6: one forward pass. A new sentence goes on about the place that the paragraph has as its subject. */
static void attribute(struct scan *s, const struct window *w, region_id topic, enum region_how how)
{
    struct place whole = {.region = topic, .how = how,
                          .rule = topic == REGION_NONE ? RULE_region_none : how == HOW_default ? RULE_region_default : RULE_region_topic};
    struct place village;
    if (topic != REGION_NONE && village_topic(s, topic, &village)) {
        whole.region = village.region;
        whole.village = village.village;
    }
    struct place base = whole;  /* the section's, or the whole text's */
    struct place current = base, focus = base, previous = base;
    struct place outside = base;  /* what held before a bracket opened */
    size_t seen = 0;
    bool inside = false;
    region_id zone = REGION_NONE;
    size_t sentence = 0, last = SIZE_MAX, lies_until = 0;
    struct place village_last = {.region = REGION_NONE};
    region_id theirs = REGION_NONE, ours = REGION_NONE;  /* who helps, as 我省 tells, and who writes */
    bool away = false;
    bool first_place = true;  /* no place was named in this sentence yet */
    bool several = false;  /* places or works were listed in this sentence */
    bool member = false;   /* … with the place named last among them */
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
            several = member = false;
            first_place = true;
        } else if (token->kind == TOKEN_BREAK) {
            if (token->sub == BREAK_SEMICOLON && !inside && (focus.region != REGION_NONE) && region_within(current.region, focus.region))
                current = focus;
            several = token->sub != BREAK_SEMICOLON && (several || token->sub == BREAK_PAUSE);
            member |= last != SIZE_MAX && token->sub == BREAK_PAUSE && s->tokens[last].end == token->start;
        } else if (token->kind == TOKEN_REGION && s->places[token->index].region != REGION_NONE) {
            const struct place *place = &s->places[token->index];
            if ((is_yardstick(w, token) || is_landmark(w, token)) && current.region != REGION_NONE)
                continue;
            if (current.region != REGION_NONE && !region_within(place->region, current.region) && !region_within(current.region, place->region) &&
                topic != REGION_NONE && !region_within(place->region, topic) && is_venue(w, token))
                continue;
            /* 与金寨县有关资金配套, 向县里申请: what lies in it remains the subject */
            uint16_t joint = token->start > 0 ? w->text[token->start - 1] : 0;
            if (place->village == NULL && current.region != REGION_NONE && current.region != place->region && region_within(current.region, place->region) &&
                (joint == 0x4E0E || joint == 0x5411))
                continue;
            /* 隶属于四川省凉山彝族自治州木里藏族自治县: what touches a place that it lies in is one, too */
            if (place->village == NULL && current.region != REGION_NONE && region_within(current.region, place->region) &&
                (is_whereabouts(w, token) || opens_firm(w, token, FORM_BARE) || (lies_until > 0 && token->start == lies_until))) {
                lies_until = token->end;
                continue;
            }
            /* 红土梁村位于红土梁镇: what a profile opens with is what it is about, whatever else is named more often */
            if (topic != REGION_NONE && place->region != topic && region_within(place->region, topic) && region_level(place->region) >= 9 &&
                token->start < PROFILE_MOST && lies_in(w, token))
                base = focus = *place;
            /* a helper that names no object helps the topic */
            if (is_donor(w, token->end) && topic != REGION_NONE && !region_within(place->region, topic)) {
                current = base;
                last = SIZE_MAX;
                continue;
            }
            if (is_destination(w, token->start) || is_journey(w, token) || (away && last != SIZE_MAX && (s->tokens[last].end == token->start || listed_with(s, w, last, i)))) {
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
            /* 柳林镇峡口村、泥阳镇苟庄村: a village of the township that was the list's last */
            if (last != SIZE_MAX && meant.rule == RULE_region_named && current.rule == RULE_region_listed && s->tokens[last].kind == TOKEN_REGION &&
                adjoins(s, last, i) && region_within(place->region, s->places[s->tokens[last].index].region)) {
                current.mention = (uint32_t)i + 1;
                meant = current;
            }
            /* 青竹村、岩背村、小冲村: also where a register lacks those before it */
            if (last == SIZE_MAX && is_village(place) && follows_unknown(s, i))
                meant = (struct place){.region = place->village != NULL ? place->region : region_parent(place->region), .how = HOW_explicit,
                                       .mention = (uint32_t)i + 1, .rule = RULE_region_listed};
            current = meant;
            previous = *place;
            if (is_village(place))
                village_last = *place;
            last = i;
            member = several;
            /* 内丘县供电公司选派…到该村: the body of a county does not make a village's story the county's */
            bool body = base.region != REGION_NONE && base.region != place->region && region_within(base.region, place->region) && is_body(w, token->end);
            /* a helper from another province stays the subject of its own sentence only */
            bool guest = base.region != REGION_NONE && common_ancestor(base.region, place->region) == REGION_NONE;
            /* 为了让移民稳得住，修水县投入…: also the first place of a later clause is its subject */
            size_t name = place->name_start > 0 ? place->name_start : token->start;
            bool opens = first_place && opens_clause(w, name) && w->text[token->end] != 0x7684 && w->text[token->end] != 0x7B49 &&
                         (place->region == topic || !region_within(topic, place->region));
            first_place = false;
            /* 地处河北省张家口市坝上地区的尚义县,: the subject stands behind 的 */
            opens |= token->start > 0 && w->text[token->start - 1] == 0x7684 && token->start - sentence < 30 && w->text[token->end] == ',' && opens_lying(w, sentence);
            /* 乐安县九瀑峡景区地处青里村: what the sentence opened with lies in it, and what follows is about that */
            opens |= meant.rule == RULE_region_named && focus.region != place->region && focus.region != REGION_NONE && region_within(place->region, focus.region) &&
                     is_village(place) && village_lies(w, place, token);
            if ((token->start - sentence < 14 || opens) && !body && !guest)
                focus = current;
        } else if (token_cue(token, CUE_scope, &level)) {
            region_id r = REGION_NONE;
            if (is_yardstick(w, token) || is_landmark(w, token))
                continue;
            if (level == 1) {
                /* 23个中国最美休闲乡村: a title that they bear */
                if (i > 0 && s->tokens[i - 1].kind == TOKEN_QUANTITY && s->tokens[i - 1].end == token->start)
                    continue;
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
                const struct place *meant = is_village(&previous) ? &previous : &village_last;
                if (is_village(meant) && (meant == &previous || topic == REGION_NONE || region_within(meant->region, topic))) {
                    current = *meant;
                    current.how = HOW_anaphora;
                    current.mention = (uint32_t)i + 1;
                    current.rule = RULE_region_scope;
                    if (token->start - sentence < 14)
                        focus = current;
                }
                continue;
            } else {
                r = scope_region(w, token, level, current.region, focus.region, topic, previous.region);
                /* 江苏省向我省投入…: who gives to us is not us, here and from here on */
                if (w->text[token->start] == 0x6211 && r != REGION_NONE) {
                    if (r == current.region && current.rule == RULE_region_named && theirs == REGION_NONE && gives_to(w, token->start)) {
                        theirs = r;
                        ours = other_of_level(s, theirs);
                        if (base.region == theirs && ours != REGION_NONE)
                            base = focus = (struct place){.region = ours, .how = HOW_anaphora, .rule = RULE_region_scope};
                    }
                    if (r == theirs) {
                        r = ours;
                        if (r == REGION_NONE)
                            current = (struct place){.region = REGION_NONE, .mention = (uint32_t)i + 1, .rule = RULE_region_none};
                    }
                }
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
                   (member || s->tokens[last].end == token->start)) {
            /* 牛场村…、湾塘村…等4个项目, 崩龙村等地: what sums up a list is about none of its members */
            if (!region_within(focus.region == REGION_NONE ? topic : focus.region, current.region))
                current = focus;
            else if (!member && s->tokens[last].end == token->start && topic != REGION_NONE && region_within(current.region, topic))
                current = base.region != current.region && base.village == NULL ? base : (struct place){.region = region_parent(current.region), .how = HOW_anaphora, .mention = (uint32_t)i + 1, .rule = RULE_region_summed};
        } else if (token->kind == TOKEN_QUANTITY) {
            /* 三合村、七街、大邢庄、安庄4个社区: a place that heads a list is one of those counted */
            bool counted = last != SIZE_MAX && !away && is_village(&current) && heads_list(s, last, i) && is_text(s->quantities[token->index].unit->name, "个");
            bool within = counted && focus.region != REGION_NONE && focus.region != current.region && region_within(current.region, focus.region);
            size_t named = first_place ? village_behind(s, w, i) : 0;
            if (named > 0) {
                s->where[token->index] = s->places[s->tokens[named].index];
                s->where[token->index].rule = RULE_region_named;
                s->where[token->index].mention = (uint32_t)named + 1;
                last = SIZE_MAX;
                continue;
            }
            s->where[token->index] = !counted ? current : within ? focus
                                     : (struct place){.region = current.village != NULL ? current.region : region_parent(current.region), .how = HOW_explicit,
                                                      .mention = current.mention, .rule = RULE_region_listed};
            if (counted && focus.region == current.region)
                focus = s->where[token->index];
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
        /* 钟祥市融媒体中心: an office names its county; 重庆日报 is no word about Chongqing */
        if (token->term_count > 0 && is_anchor(w, token, &region) && (!is_part_of_name(w, token->end) || (region_level(region) == 6 && token->end - token->start >= 3)))
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
        uint32_t name = next != NULL && next->kind == TOKEN_REGION ? s->places[next->index].name_start : 0;  /* of a village, before its token */
        bool chained = next != NULL && next->kind == TOKEN_REGION && (next->start == token->end || name == token->end) && s->places[next->index].region != REGION_NONE;
        bool elsewhere = is_donor(w, token->end) || is_destination(w, token->start) || is_journey(w, token) || is_neighbour(w, token);
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
