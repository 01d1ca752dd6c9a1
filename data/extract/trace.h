/* trace.h — why an observation is what it is.
 *
 * Every decision that shapes an observation has a name here and one sentence that says what it was. The stages mark the names
 * where they decide, in all runs: a bit costs nothing, and the confidence is made from the same bits. What takes time — the words
 * read, the entries of the dictionary that lost — is kept only where extract_options.trace is set. */
#ifndef ZHIBIAO_TRACE_H
#define ZHIBIAO_TRACE_H

#include "data/base/memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ASPECTS(X) X(number) X(label) X(entry) X(region) X(period) X(status)
enum aspect {
#define X(name) ASPECT_##name,
    ASPECTS(X)
#undef X
    ASPECT_COUNT
};

/* name, the aspect that it decides, and what it says */
#define RULES(X)                                                                                                             \
    X(implied_counter, number, "the number has no counter: the noun beside it implies one")                                  \
    X(chinese_digits, number, "the number is written in Chinese digits")                                                     \
    X(rank_word, number, "第 or a word of rank makes it a place in an order")                                                \
    X(ratio_part, number, "it is a part of a ratio such as 18:26:56, whose parts add up to 100")                             \
    X(denominator, number, "a denominator (户均, 亩产, 元/公斤) makes it a mean, a rate or a price")                         \
    X(sentence_short, number, "its sentence has fewer than forty characters")                                                \
    X(words_before, label, "the words before the number in its clause name it")                                              \
    X(noun_behind, label, "the noun behind the number is what it counts")                                                    \
    X(phrase_behind, label, "the words behind the number say what is done with it or what it does")                          \
    X(list_summed, label, "等 sums up a list before the number: only the words behind it name the number")                   \
    X(ratio_shared, label, "the parts of this ratio have the words of the ratio before it")                                  \
    X(member_words, label, "a list with 分别 gives each number a member of its own")                                         \
    X(chain_behind, label, "numbers that touch share the words behind the last of them")                                     \
    X(same_elsewhen, label, "the same as the number before it, at another time")                                             \
    X(other_extreme, label, "最高 and 最低 of one thing: the words of the first serve both")                                 \
    X(bracket_shared, label, "inside a bracket the words are parts of what stands before it")                                \
    X(part_of_whole, label, "behind 其中 a part is measured as its whole is")                                                \
    X(among, label, "其中: the number is part of what was named before")                                                     \
    X(head_shared, label, "a number without words of its own has those of the number before it")                             \
    X(chain_shared, label, "numbers that follow each other in a clause share its first words")                               \
    X(measure_of_last, label, "a bare measure (资金, 价值) is of what was named last")                                       \
    X(measure_behind, label, "a measure before 的 (装机规模 … 的电站) is of what stands behind it")                                  \
    X(other_state, label, "the same thing in another state (存栏, 在建)")                                                        \
    X(other_grade, label, "the same thing of another grade (国家级, 省级)")                                                       \
    X(verb_shared, label, "the members of a list share the verb that opens it")                                              \
    X(clause_before, label, "the clause of the number has no words: the one before it names it")                             \
    X(predicate_behind, label, "the number has no words: the predicate of the clause behind it names it")                    \
    X(subject_last, label, "growth, share or rank of what was named last")                                                   \
    X(subject_partner, label, "分别 gives this growth rate to an amount before it")                                          \
    X(kind_of_pair, label, "the second number of a pair is of the kind of the first")                                        \
    X(money_bought, label, "money is named by what it bought")                                                               \
    X(far_behind, label, "twelve characters or more behind the number were read")                                            \
    X(label_short, label, "the label has five characters or fewer")                                                          \
    X(words_cut, label, "the words were too many: the first ones were left out")                                             \
    X(unit_completes, label, "the unit's own noun (户数, 面积, 金额 …) completes the label")                                 \
    X(table_cell, label, "the headings of its row and column name a cell of a table")                                        \
    X(entry_found, entry, "all words of an alternative of this entry were found, and unit and denominator fit")              \
    X(entry_thin, entry, "the entry rests on four characters or fewer")                                                      \
    X(entry_inherited, entry, "the entry is that of the number whose growth, share or rank this is")                         \
    X(item_named, entry, "the label names a product or another item that the figure is broken down by")                      \
    X(region_named, region, "the place named last")                                                                          \
    X(region_kept, region, "an earlier sentence of the paragraph says so, and this one goes on about it")                    \
    X(region_scope, region, "a word such as 全镇, 该县, 我市, 这里 points back to it")                                             \
    X(region_listed, region, "several places are listed: the lowest region that holds them all")                             \
    X(region_summed, region, "等 sums up a list of places: what holds the last of them")                                      \
    X(region_topic, region, "no place is named before: the place that the article is about")                                 \
    X(region_default, region, "the text names no place: the one that --region gives")                                        \
    X(region_none, region, "a scope word (全国, 各县) or the lack of any place leaves it without one")                       \
    X(period_sentence, period, "the time named last in the sentence")                                                        \
    X(period_paragraph, period, "the time that an earlier sentence of the paragraph names")                                  \
    X(period_beside, period, "a time right beside the number dates it alone")                                                \
    X(period_member, period, "a list of times with 分别 gives each number its own")                                          \
    X(period_section, period, "the year of the section's heading")                                                           \
    X(period_opening, period, "the period that the opening of the article names")                                            \
    X(period_standing, period, "a standing fact (海拔, 无霜期): no time of the text is its own")                             \
    X(period_vague, period, "the time named last (近年来, 过去) dates nothing")                                              \
    X(period_unplanned, period, "the plan names no date, and the date of writing is not the plan's")                         \
    X(period_none, period, "nothing dates it")                                                                               \
    X(status_word, status, "a word of planning stands before it")                                                            \
    X(status_future, status, "the time named lies in the future")                                                            \
    X(status_section, status, "the section's heading says that what follows is planned")                                     \
    X(status_done, status, "nothing says that it is only planned")
enum rule {
#define X(name, aspect, text) RULE_##name,
    RULES(X)
#undef X
    RULE_COUNT
};
_Static_assert(RULE_COUNT <= 64, "an observation's rules are a set of 64 bits");
#define RULE_BIT(name) ((uint64_t)1 << RULE_##name)

const char *rule_name(enum rule rule);
const char *rule_text(enum rule rule);
enum aspect rule_aspect(enum rule rule);
const char *aspect_name(enum aspect aspect);

/* ---- confidence.c ---- */
/* A term of the confidence: it counts when any of its rules fired (absent: when none did). */
struct confidence_term {
    const char *name;
    uint64_t rules;
    bool absent;
    int weight;              /* tenths of a logit */
    const char *why;
};
extern const struct confidence_term confidence_terms[];
extern const size_t confidence_term_count;
bool confidence_term_counts(const struct confidence_term *term, uint64_t rules);
/* 0.01 to 0.99, in hundredths: how likely region, year, label, kind and status are all right. */
double confidence_of(uint64_t rules);

/* ---- what is kept on request; all strings are UTF-8 in `strings`, valid until the next observation ---- */
#define TRACE_WORDS 48
#define TRACE_ENTRIES 8

struct trace_span {
    const char *text;        /* NULL: there is none */
    size_t start, end;       /* bytes of the file */
};
struct trace_word {
    struct trace_span span;
    const char *class;       /* "verb", "place", "time", … ; several with ", " between */
};
#define ENTRY_FATES(X) X(won, "wins") X(shorter, "says less") X(unit, "is measured in another unit") X(per, "has another denominator")
enum entry_fate {
#define X(name, text) ENTRY_##name,
    ENTRY_FATES(X)
#undef X
};
const char *entry_fate_name(enum entry_fate fate);
const char *entry_fate_text(enum entry_fate fate);
struct trace_entry {
    const char *id, *words;  /* "种植+面积" */
    unsigned score;          /* characters in the words, more where they name what is counted */
    enum entry_fate fate;
};
struct trace {
    struct arena strings;
    uint64_t rules;                            /* RULE_BIT() of all that fired */
    const char *before, *behind;               /* the sentence around the number, a part of it when it is long */
    struct trace_span left, right;             /* the words beside the number that were read */
    struct trace_word words[TRACE_WORDS];      /* the terms in them */
    size_t word_count;
    const char *dictionary[TRACE_WORDS];       /* words of the dictionary found in the label and around it */
    size_t dictionary_count;
    struct trace_entry entries[TRACE_ENTRIES]; /* the best first */
    size_t entry_count;
    struct trace_span place, time, plan;       /* the mention, the time expression, the word of planning */
    bool failed;                               /* out of memory */
};
void trace_free(struct trace *trace);

#endif
