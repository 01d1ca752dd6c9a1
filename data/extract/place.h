/* place.h — the parts that region.c is made of: what the text's mentions say of each place (topic.c), and which place a mention
 * means (place.c). Internal to data/extract. */
#ifndef ZHIBIAO_EXTRACT_PLACE_H
#define ZHIBIAO_EXTRACT_PLACE_H

#include "data/extract/document.h"

#define SUPPORT_SLOTS 4096u

struct support {
    region_id county;                 /* the county with most weight, and that weight */
    unsigned county_weight;
    region_id region[SUPPORT_SLOTS];
    unsigned weight[SUPPORT_SLOTS];   /* mentions of the region and of what lies below it */
    unsigned own[SUPPORT_SLOTS];
    unsigned mentions[SUPPORT_SLOTS];  /* as weight, but each mention counts once, wherever it stands */
    unsigned first[SUPPORT_SLOTS];    /* how many regions were in use when it was named itself first */
    unsigned seen[SUPPORT_SLOTS];     /* the same when it or something below it was named first */
    uint16_t slot[SUPPORT_SLOTS];     /* the slots in use */
    unsigned used, named;
};

/* ---- topic.c ---- */
/* Empties what was used only: most articles name a handful of places. */
void support_clear(struct support *s);
int support_open(struct support **support);
void support_add(struct support *s, region_id id, unsigned weight);
/* Finds the county that most mentions are about. */
void support_rank(struct support *s);
unsigned support_of(const struct support *s, region_id id);
unsigned own_of(const struct support *s, region_id id);
uint16_t last_character(region_id r);
bool same_spelling_is_word(const struct token *token);
/* At how many ends of a name of two characters its character belongs to a word with the one beside it: 小镇安置点 is no 镇安. */
size_t words_across(const struct window *w, const struct token *token);
/* The only region down to a level that a token can mean, or REGION_NONE. */
region_id only_candidate(const struct token *token, int lowest, size_t *count);
/* r or its nearest ancestor that fits a scope word of a level and, where it names one, a type (requirement 5). */
region_id fits_scope(region_id r, int level, uint16_t type);
/* The topic: from the top, as long as one part holds most of the mentions. */
region_id find_topic(const struct support *s);
/* Where 全县 points when no place above it is known: the county whose name the text's products and bodies bear (霍邱龙虾,
 * 霍邱稻虾米). REGION_NONE without a scope word of a county, without such a name, or where two are named as often. */
region_id namesake(const struct scan *s, const struct window *w, region_id topic);
/* The village below the topic that the text is about: named (全村 counts) more often than other villages and what lies above it. */
bool village_topic(const struct scan *s, region_id topic, struct place *village);
/* The lowest region that holds both. */
region_id common_ancestor(region_id a, region_id b);

/* ---- place.c ---- */
bool is_anchor(const struct window *w, const struct token *token, region_id *region);
void resolve_mentions(struct scan *s, const struct window *w, struct support *support, region_id fallback, struct arena *arena);

#endif
