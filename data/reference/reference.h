/* reference.h — the read-only reference image: regions, units, indicators, cue words, character folding.
 *
 * The image is compiled at build time (compile.c) from the TSV/JSON files beside it and linked into the program's
 * read-only data, so that the kernel maps it page by page and start-up costs nothing. All strings handed out live as
 * long as the program. Lookups never allocate. */
#ifndef ZHIBIAO_REFERENCE_H
#define ZHIBIAO_REFERENCE_H

#include "data/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Checks the linked image (magic, layout version, size) and makes it usable; cheap. */
int reference_open(struct error *error);
/* Hex digest of the files that the image was compiled from: names the rules that made an observation. */
const char *reference_hash(void);

/* ---- regions: provinces, prefectures, counties, townships, villages; ids are dense, ordered by level, then code ---- */
typedef uint32_t region_id;
#define REGION_NONE UINT32_MAX
#define REGION_CODE 13   /* bytes for a code with its NUL */
#define REGION_PATH 256  /* bytes that hold any path with its NUL */

size_t region_count(int level);                    /* level 2, 4, 6, 9, 12 as digits of the code; 0: all */
region_id region_first(int level);
region_id region_find(const char *code);           /* by exact code; REGION_NONE */
region_id region_find_number(uint64_t code, int level);
int region_level(region_id id);                    /* digits of its code: 2, 4, 6, 9, 12 */
char *region_code(region_id id, char out[REGION_CODE]);
const char *region_name(region_id id);             /* official name: 沿河土家族自治县 */
region_id region_parent(region_id id);             /* REGION_NONE above a province */
region_id region_children(region_id id, size_t *count);  /* first child; children are consecutive ids */
bool region_within(region_id id, region_id ancestor);    /* also true for itself */
/* 贵州省/安顺市/紫云苗族布依族自治县; placeholder levels (市辖区, 省直辖县级行政区划) are left out. */
char *region_path(region_id id, char out[REGION_PATH]);
/* A village of a township or county by its name (初都河村, 同心社区; 村委会-like endings are folded away): REGION_NONE
 * when there is none or, within a county, more than one. name: folded UTF-16 code units. */
region_id region_village(region_id within, const uint16_t *name, size_t length);
/* Resolves what a user typed: code, name, short name, alias, old name or path. E_INPUT with a message that lists the
 * candidates when it is ambiguous or unknown. */
int region_resolve(const char *text, region_id *id, struct error *error);

/* ---- units ---- */
struct unit {
    const char *name;        /* canonical: 亩 */
    const char *dimension;   /* area, length, money, count_person … */
    double factor;           /* to the dimension's base unit (a count's factor is 1) */
    const char *role;        /* "measure" (公里, 元), "counter" (个, 条), "percent", "time" … */
};
size_t unit_count(void);
const struct unit *unit_at(size_t index);
const struct unit *unit_find(const char *name);    /* canonical name or alias; NULL */

/* ---- indicators ---- */
struct indicator {
    const char *id, *chinese, *english;
    const char *dimension;     /* unit dimension, "" for any */
    const char *aggregation;   /* sum, mean, none */
    const char *weight;        /* id of the weight indicator of a mean, or "" */
    const char *kind;          /* level, mean, share, price … */
    const char *per;           /* required denominator, or "" */
};
size_t indicator_count(void);
const struct indicator *indicator_at(size_t index);
const struct indicator *indicator_find(const char *id_or_name);  /* id, Chinese name or alias; NULL */

#define WORD_BIT(word) ((uint64_t)1 << ((word) % 64))
/* An indicator is recognised when every word of one of its alternatives occurs. Alternatives are indexed by their
 * first word (the rarest): alternatives_of(word term's value) lists them. */
struct alternative {
    uint64_t bits;             /* WORD_BIT of all its words: most are told apart from what was found by these alone */
    uint32_t indicator;        /* index for indicator_at */
    uint16_t words[4];         /* values of TERM_WORD terms; unused are 0xFFFF */
    uint16_t length;           /* characters in all its words: longer is more specific */
    uint16_t word_count;
};
const struct alternative *alternatives_of(uint32_t word, size_t *count);

/* ---- the lexicon: every term of the tables, found in one pass over folded text ---- */
enum term_class {
    TERM_REGION,   /* value: region_id; sub: enum region_form */
    TERM_UNIT,     /* value: index for unit_at */
    TERM_CUE,      /* value: the number in cues.tsv's third column; sub: enum cue_class */
    TERM_WORD,     /* value: an indicator word, for alternatives_of */
    TERM_ITEM,     /* a product or item of items.tsv; value: index of item class, sub 0 */
    TERM_VOCABULARY,  /* a general word; sub: enum vocabulary */
};
enum vocabulary {
    VOCABULARY_GENERAL,  /* holds a character which is also a cue: 中药材, 地区 */
    VOCABULARY_COMMON,   /* also a place's bare name (资源), or begins with one (惠民生) */
};
enum region_form { FORM_OFFICIAL, FORM_ABBREVIATED /* 沿河县 */, FORM_BARE /* 沿河 */, FORM_FORMER /* 盘县 */ };

/* name in cues.tsv; why it exists is said in that file's header */
#define CUE_CLASSES(X)                                                                                          \
    X(verb) X(plan) X(scope) X(time) X(share) X(growth) X(decline) X(rank) X(mean) X(about)  \
    X(above) X(below) X(after_about) X(after_above) X(after_below) X(stop) X(lead) X(tail) X(idiom) X(person)    \
    X(noun) X(price) X(capacity) X(negative) X(ordinal) X(furniture) X(donor) X(topic) X(measure) X(duration) X(ratio) X(respective) X(standing) X(actor) X(spend) X(abstract)
enum cue_class {
#define X(name) CUE_##name,
    CUE_CLASSES(X)
#undef X
    CUE_CLASS_COUNT
};

struct term {
    uint8_t class, sub;
    uint32_t value;
};
/* The longest chain of terms starting at text[0]: calls visit for each term that matches there, shortest first, with
 * its length in code units. text is folded (fold_character) UTF-16 code units. */
struct lexicon_hit {
    uint64_t classes;          /* of all of them, as lexicon_opens says it */
    const struct term *terms;  /* all terms spelled like this */
    uint32_t term_count, length;
};
#define LEXICON_HITS 24
/* Fills hits (shortest first, LEXICON_HITS at most) and returns their number. */
static inline size_t lexicon_match(const uint16_t *text, size_t size, struct lexicon_hit hits[LEXICON_HITS]);

/* What terms begin with a code unit: one bit a cue class (1 << CUE_verb …), then one each for units, words, items, the
 * vocabulary and regions. Tells at the price of one look-up that nothing of a class can begin here. */
static inline uint64_t lexicon_opens(uint16_t unit);
#define OPENS_UNIT ((uint64_t)1 << CUE_CLASS_COUNT)
#define OPENS_WORD ((uint64_t)1 << (CUE_CLASS_COUNT + 1))
#define OPENS_ITEM ((uint64_t)1 << (CUE_CLASS_COUNT + 2))
#define OPENS_VOCABULARY ((uint64_t)1 << (CUE_CLASS_COUNT + 3))
#define OPENS_REGION ((uint64_t)1 << (CUE_CLASS_COUNT + 4))
#define OPENS_CUE (OPENS_UNIT - 1)  /* a cue of any class */
_Static_assert(CUE_CLASS_COUNT + 5 <= 64, "lexicon_opens has one bit a cue class");

/* Traditional → Simplified, full-width ASCII → ASCII, for one BMP code unit; others are returned as they are. */
static inline uint16_t fold_character(uint16_t unit);

#include "data/reference/lexicon.h"

#endif
