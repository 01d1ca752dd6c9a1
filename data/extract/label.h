/* label.h — the parts that label.c is made of. Internal to data/extract: nobody else includes it.
 *
 * Words are folded UTF-16 units of the window's text. Functions that take `in` look at the scan's tokens around in->token. */
#ifndef ZHIBIAO_EXTRACT_LABEL_H
#define ZHIBIAO_EXTRACT_LABEL_H

#include "data/extract/document.h"

struct words {
    uint16_t text[LABEL_BASE];
    size_t n;
    bool verb;        /* holds a verb */
};

struct stretch {
    size_t left, right;       /* text before: [left, quantity.start); behind: [quantity.end, right) */
    bool chained;             /* a quantity stands right before, in the same clause */
    bool listed;              /* … before a 、 */
    bool of;                  /* the words before begin with 的: they belong to the quantity before them */
    bool bracketed;           /* inside a bracket that an earlier quantity opened */
    bool interrupted;         /* a bracket with a number stands between it and its noun */
    size_t left_break;        /* token index of the break on the left */
};

/* ---- label_words.c ---- */
void words_drop(struct words *w, size_t n);  /* its first n characters */
void words_add(struct words *to, const uint16_t *text, size_t n);
/* The words of text[start..end) that a label keeps (requirement 7). tokens[first..last) cover that stretch. */
void collect(const struct label_input *in, size_t start, size_t end, struct words *out);
bool text_has_cue(const uint16_t *text, size_t n, enum cue_class class, int wanted);
/* Whether the words that end here name a thing rather than say what it does. */
bool names_thing(const uint16_t *t, size_t end);
bool words_end_with(const struct words *w, const uint16_t *tail, size_t n);
bool words_hold(const struct words *w, const uint16_t *word, size_t n);
/* Shortens words from their beginning: at the first verb that leaves few enough, else where a word begins. */
void cut_front(struct words *w, size_t most);
/* Shortens a counted noun: known words at its beginning are the noun, and what follows them says what became of it (光伏设备装进
 * 农牧民家里); else the end carries the head. */
void cut_noun(struct words *w, size_t most, bool counted);
/* The verb that opens a stretch of words: what a list's later members share (种植 in 种植辣椒…、高粱…). */
size_t leading_verb(const uint16_t *text, size_t n);
/* Nothing but words that say what is done or how far it is: 存栏, 新建, 在建. */
bool states_only(const struct words *w);
/* The length of the grades that open words: 国家级, 省市级, 县级以上. */
size_t leading_grade(const uint16_t *text, size_t n);
/* Nothing but the name of a measure: 资金, 价值, 面积. */
bool is_measure(const struct unit *unit);  /* of an area, a length, a mass or a volume */
bool names_measure(const struct words *w);
/* The words without those of change and rank: what is left is the subject of a growth rate (requirement 4). */
struct words without_change(const struct words *w);
/* 从27.8%下降至0.9%: the words before the second share only say which way it went. */
bool to_share(const struct words *w);
/* Nothing but 投入, 投资, 拿出, 花: the money's purpose is still to come. */
bool only_spends(const struct words *w);
/* 至 到 为: what it stands before is a state, the word of change before it no part of the name. */
bool is_arrival(uint16_t c);
void drop_change(struct words *w);
bool opens_with_change(const struct words *noun, const struct words *phrase);
/* The length of the words without the measures that end them: of 辣椒总产量 the 辣椒. */
size_t without_measure(const uint16_t *text, size_t n);

/* ---- label_stretch.c ---- */
struct stretch find_stretch(const struct label_input *in, const struct token *q);
bool ends_at_number(const struct label_input *in, size_t end);
/* 390户村民中有贫困户42户: the words of the number begin behind 中有; so do those that the number before them is told by. */
size_t behind_among(const uint16_t *t, size_t start, size_t end);
/* Whether something is done in text[start..end): 21个项目完成征地1258户. */
bool acts_between(const struct label_input *in, size_t start, size_t end);
/* 引进甲公司、乙公司等7家企业, 发展冬枣、黄桃等经果林2.3万亩: where the words begin that sum up a list, or 0. */
size_t summed_list(const struct label_input *in, size_t start, size_t end);
/* The verb that a clause opens with (引进 …), which its list of names does not touch. */
/* The words of the last member of the list that ends with the 等 before `end`. */
void last_member(const struct label_input *in, size_t start, size_t end, struct words *out);
void opening_verb(const struct label_input *in, size_t start, size_t end, struct words *out);

/* ---- label_behind.c ---- */
/* Splits the words behind a number at the first verb: the noun that is counted, and what it does or undergoes. */
void split_right(const struct label_input *in, size_t start, size_t end, bool counted, bool person, struct words *noun, struct words *phrase);
/* 75家龙头企业年销售收入18.4亿元: the measure opens the words of the next number. */
void cut_at_measure(struct words *noun);
/* 37个贫困县义务教育补助资金85亿元: villages and counties are counted, what follows is the next number's. */
void cut_at_place(struct words *noun);
/* 49个装机规模14.8兆瓦的电站: what is counted stands behind the 的 of the next number. */
void noun_behind(const struct label_input *in, struct words *noun);
/* 剩余的31户，62人，全部脱贫: numbers without words have the predicate of the clause behind them. */
void predicate_behind(const struct label_input *in, struct words *phrase);
/* 拿出938万元，帮469户人家改造危房; 花260万元实施了78处饮水工程: what the next words, numbers left out, say was done. */
void purpose_behind(const struct label_input *in, struct words *phrase);

/* ---- label_kind.c ---- */
/* The suffix that says what the number counts or measures. */
void add_suffix(struct words *label, const struct quantity *q, enum kind kind);
void add_code(struct quantity *q, unsigned code);
/* 一个月的收入是3000元, 一年能挣2万元 */
bool earns(const uint16_t *t, size_t start, size_t end);
/* Denominators from the words before the number: 户均, 亩产, 年产, 每人每月; those behind may say that it is pay. */
void find_per(const uint16_t *t, size_t start, size_t end, const struct words *behind, struct quantity *q);
enum kind find_kind(const struct label_input *in, const struct quantity *q, size_t left, bool *decline);

/* One label being made. */
struct making {
    const struct label_input *in;
    struct quantity *q;
    struct label *label;
    struct arena *arena;
    const uint16_t *t;               /* the window's text */
    const struct label *previous;    /* in->previous */
    struct stretch s;
    struct words before, noun, phrase;  /* what stands before the number; the noun behind it; what that does or undergoes */
    struct words example;            /* the last of a list that the number sums up, if nothing else says what it counts */
    struct words member;             /* of a list with 分别, the member that the number belongs to */
    struct words out;                /* the label */
    uint16_t extent;                 /* 宽 长 高 深 厚 right before the number; or 0 */
    size_t left;                     /* where the words begin that the label was made of */
    bool money, person, ratio;       /* what the unit measures */
    bool silent;                     /* no words stand before the number */
    bool part;                       /* of the whole in label->whole */
    bool among;                      /* behind 其中 */
    bool borrowed;                   /* the subject is what was named last */
    const struct label *source;      /* whose entry is inherited; NULL: the number's before */
    bool branch;                     /* of in->above; label->item names it */
    bool aims;              /* of an aim or of how much of it was reached: what follows is about what was aimed at */
};

/* ---- label_share.c ---- */
/* What the numbers behind 其中 are parts of. */
void find_whole(struct making *making);
/* Requirement 3: what is not repeated. */
void share_head(struct making *making);

/* ---- label_subject.c ---- */
/* 减至0.72万人, 增加至2024年的16927元: whether the number is what a change has come to. */
bool arrives(const struct making *making);
/* 完成年度任务的120%: the two characters of the aim (预算, 任务, 目标, 计划) that the number is of, or NULL. */
const uint16_t *aim_before(const struct making *making);
/* The words of the clause between this number's and the last number, if it has no number of its own. true: 有 opens it. */
bool clause_between(const struct making *making, struct words *out);
/* Requirement 4: what a rate of growth, a share or a rank is about. */
void find_subject(struct making *making);
/* 分产业看，第一产业增长129.2%: a branch of what the sentence before was about. */
void break_down(struct making *making);

static const uint16_t HU[] = {0x6237}, REN[] = {0x4EBA}, SHU[] = {0x6570}, HUSHU[] = {0x6237, 0x6570}, RENSHU[] = {0x4EBA, 0x6570}, ZONGSHU[] = {0x603B, 0x6570}, KURONG[] = {0x5E93, 0x5BB9}, JIA[] = {0x4EF7}, NENG[] = {0x80FD},
                      RENCI[] = {0x4EBA, 0x6B21}, MIANJI[] = {0x9762, 0x79EF}, LICHENG[] = {0x91CC, 0x7A0B},
                      CHANGDU[] = {0x957F, 0x5EA6}, JINE[] = {0x91D1, 0x989D}, RENKOU[] = {0x4EBA, 0x53E3},
                      ZENGZHANG[] = {0x589E, 0x957F, 0x7387}, ZHANBI[] = {0x5360, 0x6BD4}, WEICI[] = {0x4F4D, 0x6B21},
                      CHANLIANG[] = {0x4EA7, 0x91CF}, XIAOSHOU[] = {0x9500, 0x552E}, LIANG[] = {0x91CF}, LV[] = {0x7387},
                      E_[] = {0x989D}, ZHI[] = {0x503C}, SHULIANG[] = {0x6570, 0x91CF}, CHAN[] = {0x4EA7}, DANCHAN[] = {0x5355, 0x4EA7}, TOUZI[] = {0x6295, 0x8D44},
                      DU[] = {0x5EA6}, BILI[] = {0x6BD4, 0x4F8B}, BILV[] = {0x6BD4, 0x7387}, BIZHONG[] = {0x6BD4, 0x91CD}, ZHISHU[] = {0x6307, 0x6570}, PAIMING[] = {0x6392, 0x540D}, ZENGFU[] = {0x589E, 0x5E45}, ZENGSU[] = {0x589E, 0x901F};

/* beyond these a label is doubted (confidence.c): characters of words that an entry rests on, of a label, behind the number */
#define ADD_ONCE(words, tail) do { if (!words_end_with(words, tail, sizeof(tail) / sizeof *(tail))) words_add(words, tail, sizeof(tail) / sizeof *(tail)); } while (0)
#define HOLDS(words, word) words_hold(words, word, sizeof(word) / sizeof *(word))
#define ENDS(words, word) words_end_with(words, word, sizeof(word) / sizeof *(word))

#endif
