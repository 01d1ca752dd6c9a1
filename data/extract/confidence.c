#include "data/extract/trace.h"

#define R(name) RULE_BIT(name)
const struct confidence_term confidence_terms[] = {
    {"base", 0, true, 20, "a figure with nothing for or against it"},
    {"no_entry", R(entry_found) | R(entry_inherited), true, -5, "its words make no entry of the dictionary"},
    {"item", R(item_named), false, 5, "it names what it is broken down by"},
    {"words_behind", R(noun_behind) | R(phrase_behind), false, -5, "words behind the number had to name it"},
    {"no_words", R(words_before), true, -5, "no words before the number name it"},
    {"shared", R(chain_shared) | R(chain_behind) | R(head_shared) | R(member_words) | R(ratio_shared) | R(part_of_whole), false, -3,
     "it shares words with other numbers"},
    {"cut", R(words_cut), false, -8, "words had to be left out"},
    {"mean", R(denominator), false, -8, "it is a mean, a rate or a price, and the denominator may be another"},
    {"numeral", R(chinese_digits) | R(implied_counter), false, -5, "Chinese digits or no counter: it may count nothing"},
    {"place_pointed", R(region_scope), false, 5, "a scope word right there points to its place"},
    {"place_kept", R(region_kept) , false, -3, "its place was named in an earlier sentence"},
    {"place_topic", R(region_topic) | R(region_default) , false, -3, "its place is the article's"},
    {"time_here", R(period_sentence) , false, 5, "its sentence says when"},
    {"time_far", R(period_opening) | R(period_unplanned) | R(period_beside), false, -8, "its time is the one that the opening names"},
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
