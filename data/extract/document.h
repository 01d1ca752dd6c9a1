/* document.h — what the stages of one extraction hand on to each other. Internal to data/extract. */
#ifndef ZHIBIAO_DOCUMENT_H
#define ZHIBIAO_DOCUMENT_H

#include "data/base/error.h"
#include "data/base/memory.h"
#include "data/extract/digits.h"
#include "data/extract/trace.h"
#include "data/observation.h"
#include "data/reference/reference.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* ---- decode.c: bytes → folded UTF-16 units, one a character, with the byte each one starts at ---- */
#define WINDOW_UNITS ((size_t)1 << 20)

struct window {
    uint16_t *text;    /* folded: Simplified, ASCII forms; [n] is 0 */
    uint16_t *raw;     /* as it stands */
    uint32_t *offset;  /* n + 1 byte offsets from `base` */
    uint32_t *end;     /* has_end: where each character's own bytes end; else that is where the next one starts */
    size_t n, base;
    bool has_end;      /* the text is not the file's bytes one by one: markup, escapes or readings lie between */
    bool failed;       /* out of memory */
};
/* The byte behind text[i - 1], i > 0. */
static inline size_t window_end(const struct window *window, size_t i)
{
    return window->base + (window->has_end && i > 0 ? window->end[i - 1] : window->offset[i]);
}
struct decoder;
int decoder_open(struct decoder **decoder, const unsigned char *bytes, size_t size, const char *encoding,
                 const char *source, struct error *error);
void decoder_close(struct decoder *decoder);
const char *decoder_encoding(const struct decoder *decoder);
size_t decoder_replaced(const struct decoder *decoder);
/* Fills the next window, cut at a line's end where there is one. false: no more text. */
bool decoder_next(struct decoder *decoder, struct window *window);
size_t decoder_at(const struct decoder *decoder);
bool decoder_is_utf8(const struct decoder *decoder);
void decoder_seek(struct decoder *decoder, size_t at);  /* also forgets what was replaced */
/* The next characters without moving on: ASCII as it is, others as 0x80. Returns how many. */
size_t decoder_peek(struct decoder *decoder, char *out, size_t room);
int window_open(struct window *window);
#define WINDOW_DROPPED 0xFFFF  /* no character: what is to be left out of a window's text */
int window_drop(struct window *window);
/* noise.c: leaves out readings (toned: some character looks like one) and a forum's markup. E_MEMORY */
int window_strip_noise(struct window *window, bool toned);
/* wrap.c: leaves out the ends of lines that only the width of a page put there. E_MEMORY */
int window_join_lines(struct window *window);
void window_close(struct window *window);
/* raw[start..end) as UTF-8 in the arena; NULL: out of memory. */
char *window_utf8(const struct window *window, size_t start, size_t end, struct arena *arena);
char *units_utf8(const uint16_t *units, size_t n, struct arena *arena);

/* A part of the file as valid or nearly valid UTF-8. */
#define PASSAGE_MOST ((size_t)256 << 20)
struct passage {
    const unsigned char *bytes;
    size_t size, base;
    const uint32_t *map;  /* size + 1: where each byte's character stands in the file, from base; NULL: they are the file's */
};
struct passage_memory {
    struct buffer utf8;
    uint32_t *map;
    size_t map_size, map_capacity;
};
/* Decodes up to and with the end of the line, or all that is left, but not much more than PASSAGE_MOST. Repairs what is
 * broken. E_MEMORY */
int decoder_utf8(struct decoder *decoder, bool line, struct passage_memory *memory, struct passage *passage);
void passage_memory_free(struct passage_memory *memory);

/* ---- pinyin.c ---- */
/* The length of a reading in brackets at raw[i], behind the characters that it reads; 0: it is none. */
size_t pinyin_length(const uint16_t *raw, size_t i, size_t n, bool toneless);
size_t pinyin_repeated(const uint16_t *raw, size_t i, size_t n);  /* of a bracket that says what the one before it says */

/* ---- numeral.c: a hand-written reader of numerals ---- */
struct numeral {
    uint32_t start, end;
    double value, low, high;  /* low and high: NaN unless it is a range in itself (两三, 3—5万) */
    enum bound bound;
    bool chinese;             /* written with Chinese digits only */
    bool scaled;              /* carries 十 百 千 万 亿 behind digits, or a fraction */
    bool ratio;               /* already a percentage (百分之三十, 三成, 三分之一) */
    bool permille;
    bool bare;                /* a scale without a digit (百, 万): a number only behind an approximator */
    bool slash;               /* a ratio written 2/3: one only where the words around it say so */
    uint8_t digits;           /* Arabic digits before the point */
};
/* Reads the numeral at text[start], without a sign: false where there is none. It may reach one back: .5 */
bool numeral_scan(const uint16_t *text, const uint16_t *raw, size_t start, size_t n, struct numeral *numeral);
/* Whether the character before text[start] is a minus sign or 负 that belongs to the numeral there. */
bool numeral_negative(const uint16_t *text, size_t start);

/* strcmp() == 0 without a call where the first bytes differ, as they mostly do: roles and dimensions are asked for at every number. */
static inline bool is_text(const char *text, const char *wanted)
{
    return text[0] == wanted[0] && strcmp(text, wanted) == 0;
}

/* ---- period.c ---- */
struct date {
    int year, month, day;  /* 0: not known */
};
enum time_role { TIME_POINT, TIME_ASOF, TIME_CUMULATIVE, TIME_UNDATED, TIME_SPAN /* up to the publication */, TIME_FUTURE,
                 TIME_COMPARED /* 较2019年: not what the number is about */,
                 TIME_LOCAL /* 由2014年的32.6%降至0.8%: dates the next number only */ };
struct period_token {
    enum time_role role;
    char text[64];         /* as it is printed; "" for undated */
};
struct calendar {
    struct date published;  /* from the options or the text */
    bool given;             /* a real publication date, not the latest date that the text names */
    struct date section;    /* the year that the section's heading names, or 0 */
    bool ahead;             /* that section is about plans: 过去的一年 is the year before */
    int reported;           /* the year of a communiqué's title: its 今年, whenever it was published; or 0 */
    struct date named;      /* the last year that the text names, for 当年 */
    struct date latest;     /* the last explicit date read: gives 当年 and a bare month their year */
};
/* 1956年改称…, 1984年恢复乡名: whether the history of a place's name and bounds stands behind a year, at text[i]. */
bool renamed_behind(const uint16_t *text, size_t i, size_t n);
void calendar_find(struct calendar *calendar, const struct window *window, const char *published);
/* Reads a time expression at start; 0 where there is none, else its length. */
size_t period_scan(struct calendar *calendar, const struct window *window, size_t start, struct period_token *period);

/* ---- scan.c: one pass that finds every term ---- */
enum token_kind { TOKEN_BREAK, TOKEN_CUE, TOKEN_REGION, TOKEN_TIME, TOKEN_QUANTITY };
enum break_kind { BREAK_PAUSE /* 、 */, BREAK_CLAUSE /* ， ： */, BREAK_SEMICOLON, BREAK_SENTENCE, BREAK_LINE };

struct quantity {
    struct numeral number;
    uint32_t start, end;           /* with approximators and unit */
    const struct unit *unit;       /* NULL: none */
    uint8_t per[PER_MAX], per_count;  /* codes of per_name() */
    uint8_t part;                  /* 1, 2, 3: the place of a share in 18.5:26.3:55.2; 0: none of these */
    uint8_t member;                /* 1, 2 …: of the list in scan->respectives[group]; 0: of none */
    bool led;                      /* … and 分别 stands in its clause */
    uint32_t partner;              /* 事故3起，死亡4人，同比分别下降50%、42.9%: index + 1 of the quantity it belongs to, or 0 */
    uint32_t group, opening;       /* opening: where the words begin that all numbers of its clause share */
    bool implied;                  /* the counter is not in the text */
    bool rank;
    bool small;                    /* turned down only because it is a small Chinese count: 三个 */
};
struct token {
    uint32_t start, end;
    uint8_t kind, sub;             /* sub: break_kind; a village's: the characters before 村 that are a word with it */
    uint16_t term_count;
    uint32_t index;                /* of the quantity, period or place */
    const struct term *terms;      /* cue and region tokens */
    uint64_t classes;              /* a cue token's: CUE_BIT() of each of its classes; 0 for the other kinds */
};
struct place {                     /* a mention of a region, resolved by region.c */
    region_id region;              /* REGION_NONE: not a place after all */
    enum region_how how;
    const char *village;           /* a village the register does not have, or NULL */
    uint32_t name_start;           /* where a village's name begins, which no token holds; else 0 */
    uint32_t mention;              /* of a quantity's place: the token + 1 that names it or points to it, or 0 */
    uint8_t rule;                  /* … and the enum rule that chose it */
};
#define RESPECTIVE_MOST 8
#define RESPECTIVE_REACH 120u      /* characters of a list before 分别 */
struct respective {                /* 城镇、农村居民收入分别为… */
    struct respective_part {
        uint32_t start, end;       /* the member's own words: 城镇, 农村 */
        uint32_t place, time;      /* the token that is its place or time, or UINT32_MAX */
    } part[RESPECTIVE_MOST];
    uint32_t tail_start, tail_end; /* what all share: 居民收入 */
    uint32_t word_end;             /* behind 分别 */
    uint8_t count;
    bool by_place, by_time;
};
struct scan {
    struct respective *respectives;
    size_t respective_count, respective_capacity;
    struct token *tokens;
    struct quantity *quantities;
    struct period_token *periods;
    struct place *places;
    uint32_t *mentions;            /* of each place: its token */
    struct support *support;       /* region.c's, kept for the next window */
    struct place *where;           /* of each quantity: the place it is about */
    size_t where_capacity;
    size_t token_count, token_capacity, quantity_count, quantity_capacity, period_count, period_capacity, place_count,
        place_capacity, mention_capacity;
    uint32_t *brackets;            /* where round brackets stand */
    size_t bracket_count, bracket_capacity;
    struct heading {               /* a short line that names a time or says whether what follows is planned */
        uint32_t line;             /* its first character */
        int8_t planned;            /* 1: planned, -1: done, 0: says nothing */
        bool figures;              /* a communiqué: its year is that of every figure */
        int year;                  /* 0: none */
    } *headings;
    size_t heading_count, heading_capacity;
    bool ended;                    /* page furniture closed the article */
    bool failed;                   /* out of memory */
};
void scan_window(struct scan *scan, struct calendar *calendar, const struct window *window);
void scan_free(struct scan *scan);
const char *per_name(unsigned code);

/* ---- cues: asked for at nearly every character, so the answer no costs one look at a set of bits ---- */
#define CUE_BIT(class) ((uint64_t)1 << (class))
static inline int cue_value(const struct term *terms, size_t count, enum cue_class class)
{
    for (size_t i = 0; i < count; i++)
        if (terms[i].class == TERM_CUE && terms[i].sub == class)
            return (int)terms[i].value;
    return 0;
}
/* true when the cue token has that class; *value gets its value when not NULL. */
static inline bool token_cue(const struct token *token, enum cue_class class, int *value)
{
    if (!(token->classes >> class & 1))
        return false;
    if (value != NULL)
        *value = cue_value(token->terms, token->term_count, class);
    return true;
}
/* The longest cue of a class among the hits of one place: its length, 0 when there is none. */
static inline size_t cue_in(const struct lexicon_hit *hits, size_t count, enum cue_class class, int *value)
{
    while (count-- > 0)
        if (hits[count].classes >> class & 1) {
            if (value != NULL)
                *value = cue_value(hits[count].terms, hits[count].term_count, class);
            return hits[count].length;
        }
    return 0;
}
/* The same for the place text[start]. */
size_t cue_match(const uint16_t *text, size_t start, size_t n, enum cue_class class, int *value);
static inline size_t cue_at(const uint16_t *text, size_t start, size_t n, enum cue_class class, int *value)
{
    return start < n && lexicon_opens(text[start]) >> class & 1 ? cue_match(text, start, n, class, value) : 0;
}

/* ---- quantity.c: a numeral with its approximators, unit and denominator; or not a quantity at all ---- */
/* Returns the length consumed at start (0: no numeral here). *accepted tells whether it is an observation. known: what
 * numeral_scan() found at start; NULL: not asked yet. */
size_t quantity_scan(const struct window *window, size_t start, const struct numeral *known, struct quantity *quantity, bool *accepted);

/* Reads the parts of a whole, 18.5:26.3:55.2, behind a word such as 结构 or 比: each becomes a share in %. Returns the
 * length of all, or 0 where there is no such list; the parts must add up to 100. */
#define RATIO_MOST 6
size_t ratio_scan(const struct window *window, size_t start, struct quantity parts[RATIO_MOST], size_t *count);

/* ---- region.c: which place each mention means, and which place each number is about ---- */
/* Resolves scan->places and fills scan->where, one a quantity. *topic is the place that the article is about: found from
 * the first window that names places, kept for the later ones; `fallback` (--region, or REGION_NONE) where there is none. */
int regions_resolve(struct scan *scan, const struct window *window, region_id *topic, region_id fallback,
                    struct arena *arena);

/* ---- mention.c: what the mention of a place is to the figures beside it ---- */
static inline bool cjk(uint16_t c)
{
    return c >= 0x4E00 && c <= 0x9FFF;
}
bool is_part_of_name(const struct window *window, size_t end);
bool is_donor(const struct window *window, size_t end);
bool opens_firm(const struct window *window, const struct token *token, enum region_form form);
bool is_journey(const struct window *window, const struct token *token);
bool is_destination(const struct window *window, size_t start);
bool is_yardstick(const struct window *window, const struct token *token);
bool is_neighbour(const struct window *window, const struct token *token);
bool is_landmark(const struct window *window, const struct token *token);
bool lies_in(const struct window *w, const struct token *token);
bool is_whereabouts(const struct window *window, const struct token *token);
bool is_venue(const struct window *window, const struct token *token);
bool is_body(const struct window *window, size_t end);
bool stands_alone(const struct window *window, const struct token *token);

/* ---- respective.c: which number belongs to which member of a list ---- */
/* Fills scan->respectives, numbers the quantities that they share out and moves those of places there. 0 or E_MEMORY. */
int respective_find(struct scan *scan, const struct window *window);

/* ---- label.c: the words around a quantity → indicator, item, kind, status ---- */
#define LABEL_MOST 16   /* characters of a label, as a rule */
#define LABEL_BASE 40
struct label {
    uint16_t base[LABEL_BASE];  /* the words before the number that a later number of the chain shares */
    size_t base_length;
    uint16_t near[LABEL_BASE];  /* the same for a number that follows at once; differs inside a bracket */
    size_t near_length;
    uint16_t subject[LABEL_BASE];  /* what a growth rate or rank that follows is about */
    size_t subject_length;
    uint16_t outer[LABEL_BASE];    /* of a number in a bracket: the subject of what stands before the bracket; outer_length 0: none */
    size_t outer_length;
    uint16_t whole[LABEL_BASE];    /* what the numbers behind 其中 are parts of; whole_length 0: no such number came before */
    size_t whole_length;
    const struct unit *unit, *whole_unit;
    const char *text;           /* UTF-8, in the arena */
    const char *id, *item;
    int indicator;              /* dictionary index, or -1 */
    int about;                  /* of the subject: not that of 完成预算的43% but of what was to be reached */
    bool aim;                   /* the number is the aim itself: 预算10065万元 in 占预算10065万元的43% */
    enum kind kind;
    bool decline;               /* the value is to be negated */
    bool counted;               /* a noun behind the number names it */
    bool subject_behind;        /* a share whose whole stands behind it: 90%的农户用上… */
    bool listed;                /* a later member of a list: 白茶1.5万斤 in 绿茶90万斤、白茶1.5万斤 */
    uint64_t rules;             /* RULE_BIT() of what made it so */
};
struct label_input {
    const struct quantity *before;  /* the quantity that `previous` labels, or NULL */
    const struct window *window;
    const struct scan *scan;
    size_t first;               /* token index where the sentence begins */
    size_t token;               /* of the quantity */
    const struct label *previous;  /* of the quantity before it in the sentence, or NULL */
    const struct label *level;     /* of the last amount before it in the paragraph, or NULL */
    const struct label *partner;   /* of the quantity that 分别 gives this one to, or NULL */
    const struct label *above;     /* what the sentence breaks down (分产业看, …), or NULL */
    struct trace *trace;           /* or NULL */
};
/* Fills *label, and the quantity's denominators; 0 or E_MEMORY. */
int label_make(const struct label_input *input, struct quantity *quantity, struct label *label, struct arena *arena);

/* Whether a longer word covers the word of `length` characters at i, within text[start..end): 总人口, 中药材, 规模以上. Then it
 * is no word of its own. kinds: OPENS_VOCABULARY, OPENS_WORD, OPENS_ITEM. */
bool inside_word(const uint16_t *text, size_t start, size_t end, size_t i, size_t length, uint64_t kinds);

/* What indicator_classify reads. */
struct clue {
    const uint16_t *words;
    size_t n;
    size_t head, head_end;     /* words[head..head_end) name what is counted: an entry that speaks of it comes first */
    bool strict;               /* an entry must speak of it: 100箱蜂 are no cooperatives */
    const char *dimension;     /* of the unit; NULL: any */
    const uint8_t *per;        /* codes for per_name() */
    size_t per_count;
    struct trace *trace;       /* or NULL */
};
/* The dictionary entry whose words all stand among the clue's, most specific first, that fits dimension and denominators:
 * index for indicator_at, or -1. *score (may be NULL) is how many characters of words it rests on, more where they name what
 * is counted. */
int indicator_classify(const struct clue *clue, unsigned *score);

/* ---- plan.c: tokens[at] is a word of planning ---- */
/* 帮扶计划, 计划的: the noun. */
bool plan_is_noun(const struct scan *scan, const struct window *window, size_t at);
/* 目标 and 规划 with a verb, a date or a number right behind. */
bool plan_opens(const struct scan *scan, const struct window *window, size_t at);
/* 确保…不低于: a floor in the same clause, before tokens[last]. */
bool plan_floor(const struct scan *scan, const struct window *window, size_t at, size_t last);
/* 目标是, 目标：. */
bool plan_announces(const struct window *window, const struct token *token);
/* 先后, 已 before it: what was planned was done. */
bool plan_begun(const struct window *window, const struct token *token);
bool names_aim(const struct window *w, size_t end);
/* 为实现上述目标，重点做好以下工作： text[begin..end) announces plans. */
bool announces_work(const struct window *window, size_t begin, size_t end);

/* ---- clause.c: tokens[at] is a quantity of the sentence that begins with tokens[first] and ends before tokens[last] ---- */
/* Whether the words of its clause tell of a standing fact (海拔, 无霜期). */
bool standing_fact(const struct scan *scan, const struct window *window, size_t first, size_t at);
/* 3000万元以上工业项目75个: from which size on things are counted. */
bool stands_apart(const uint16_t *text, size_t start, size_t end);
bool is_limit(const struct scan *scan, const struct window *window, size_t at, size_t last);
/* 分产业看, …: whether the sentence text[begin..end) breaks down what the one before it was about. */
bool breaks_down(const struct window *window, size_t begin, size_t end);
/* Whether the sentence names a date of its own before the quantity (全年 is none). */
bool dated_before(const struct scan *scan, size_t first, size_t at);

/* ---- trace.c: what is kept of the way to an observation; those that callers do not guard do nothing when the trace is NULL ---- */
#define MARK(label, name) ((label)->rules |= RULE_BIT(name))
/* Forgets the observation before. */
void trace_start(struct trace *trace);
/* The words beside the number: [left, quantity->start) and [quantity->end, right), and the terms in them. */
void trace_stretch(struct trace *trace, const struct window *window, const struct scan *scan, const struct quantity *quantity,
                   size_t left, size_t right);
/* A word of the dictionary that the clue holds. */
void trace_dictionary(struct trace *trace, const uint16_t *word, size_t length);
/* An alternative all of whose words were found. */
void trace_entry(struct trace *trace, const struct clue *clue, const struct alternative *alternative, unsigned score,
                 enum entry_fate fate);
/* The entry that won. */
void trace_winner(struct trace *trace, const char *id);
/* Fills *span from [start, end). */
void trace_token(struct trace *trace, struct trace_span *span, const struct window *window, size_t start, size_t end);
/* The sentence around the number, from start to end. */
void trace_sentence(struct trace *trace, const struct window *window, const struct quantity *quantity, size_t start,
                    size_t end);

#endif
