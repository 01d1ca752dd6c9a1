/* confidence.c — how sure an observation is: a logistic sum over the rules that made it (trace.h).
 *
 * What it stands for: the share of observations like this one of which region, year, label, kind and status are all right, as
 * annotated texts show it. The README in this folder has the numbers, tests/extract/confidence.py prints them and fits the weights:
 * ten terms, whose signs are given by their reasons and whose sizes the texts give. Integers only, so every machine agrees. */
#include "data/extract/trace.h"

#define R(name) RULE_BIT(name)
const struct confidence_term confidence_terms[] = {
    {"base", 0, true, 33, "a figure with nothing for or against it"},
    {"no_entry", R(entry_found) | R(entry_inherited), true, -9, "its words make no entry of the dictionary"},
    {"thin_entry", R(entry_thin), false, -3, "the entry rests on few words"},
    {"item", R(item_named), false, 7, "it names what it is broken down by"},
    {"short_label", R(label_short), false, -6, "few words name it"},
    {"cut", R(words_cut), false, -8, "words had to be left out"},
    {"far_behind", R(far_behind), false, -7, "much had to be read behind the number"},
    {"mean", R(denominator), false, -11, "it is a mean, a rate or a price, and the denominator may be another"},
    {"numeral", R(chinese_digits) | R(implied_counter), false, -5, "Chinese digits or no counter: it may count nothing"},
    {"short_sentence", R(sentence_short), false, -5, "its sentence is short and leans on what was said before"},
    {"undated", R(period_none) | R(period_paragraph), false, -5, "its sentence does not say when"},
};
#undef R
const size_t confidence_term_count = sizeof confidence_terms / sizeof *confidence_terms;

bool confidence_term_counts(const struct confidence_term *term, uint64_t rules)
{
    return ((rules & term->rules) != 0) != term->absent;
}

/* 100 / (1 + exp(-tenths / 10)), rounded, for 0 to 49 tenths; the other half mirrors it. */
static const unsigned char logistic[] = {
    50, 52, 55, 57, 60, 62, 65, 67, 69, 71, 73, 75, 77, 79, 80, 82, 83, 85, 86, 87, 88, 89, 90, 91, 92,
    92, 93, 94, 94, 95, 95, 96, 96, 96, 97, 97, 97, 98, 98, 98, 98, 98, 99, 99, 99, 99, 99, 99, 99, 99};

double confidence_of(uint64_t rules)
{
    int tenths = 0;
    for (size_t i = 0; i < confidence_term_count; i++)
        if (confidence_term_counts(&confidence_terms[i], rules))
            tenths += confidence_terms[i].weight;
    int most = (int)(sizeof logistic) - 1, size = tenths < 0 ? -tenths : tenths;
    int percent = logistic[size < most ? size : most];
    return (tenths < 0 ? 100 - percent : percent) / 100.0;
}
