/* indicator.c — which entry of the dictionary the words around a number are a case of.
 *
 * An entry is recognised when every word of one of its alternatives occurs; the longest alternative is the most specific
 * and wins. The unit's dimension and the denominator must fit, so that 帮扶资金 in 元 and 帮扶资金项目 in 个 stay apart. */
#include "data/extract/document.h"

#include <string.h>

#define WORDS_MOST 160
#define MONTH_BONUS 2u
#define PER_MALUS 2u
#define HEAD_BONUS 3u  /* how many characters elsewhere a word of the counted noun outweighs */

static bool dimension_fits(const char *wanted, const char *have)
{
    /* the image holds each string once */
    if (have == NULL || wanted[0] == '\0' || wanted == have || strcmp(wanted, have) == 0)
        return true;
    if (is_text(wanted, "money"))
        return strncmp(have, "money", 5) == 0;  /* of whatever country */
    if (is_text(wanted, "count_person"))
        return is_text(have, "count_visit");
    if (is_text(wanted, "count_household"))
        return is_text(have, "count_household_visit");
    if (is_text(wanted, "count_any"))
        return strncmp(have, "count_", 6) == 0;
    if (is_text(wanted, "count_animal"))
        return is_text(have, "count_other");  /* 100箱蜂 */
    /* 厕所 are counted in 户, 座 and 间, firms in 户 and 家 */
    if (is_text(wanted, "count"))
        return is_text(have, "count_other") || is_text(have, "count_household");
    if (is_text(wanted, "rate") || is_text(wanted, "share"))
        return is_text(have, "share") || is_text(have, "permille");
    return false;
}

static bool per_fits(const char *wanted, const struct clue *clue)
{
    static const char *const countable[] = {"户", "人", "亩", "村"};
    bool whole = true;
    for (size_t i = 0; i < clue->per_count; i++) {
        const char *have = per_name(clue->per[i]);
        if (strcmp(wanted, have) == 0)
            return true;
        for (size_t k = 0; k < sizeof countable / sizeof *countable; k++)
            whole = whole && strcmp(have, countable[k]) != 0;
    }
    return wanted[0] == '\0' && whole;
}

/* The words of one clue, hashed with open addressing: small, because it is made anew for every number. */
#define SLOTS 256u
#define WORD_MOST 0x7FFEu
_Static_assert(SLOTS > WORDS_MOST + WORDS_MOST / 2, "a word set is at most two thirds full");
struct word_set {
    uint16_t slot[SLOTS];  /* value + 1, and IN_HEAD where it stands in the counted noun; 0 is free */
};
#define IN_HEAD 0x8000u

static inline unsigned slot_of(const struct word_set *set, uint32_t word)
{
    unsigned at = word * 2654435761u >> 16 & (SLOTS - 1);
    while (set->slot[at] != 0 && (set->slot[at] & ~IN_HEAD) != word + 1)
        at = (at + 1) & (SLOTS - 1);
    return at;
}

bool inside_word(const uint16_t *t, size_t start, size_t end, size_t i, size_t length, uint64_t kinds)
{
    struct lexicon_hit hits[LEXICON_HITS];
    for (size_t back = 0; back < 4 && i >= start + back; back++) {
        size_t at = i - back, count = lexicon_opens(t[at]) & kinds ? lexicon_match(t + at, end - at, hits) : 0;
        for (; count > 0 && hits[count - 1].length >= back + length && hits[count - 1].length > length; count--)
            if (hits[count - 1].classes & kinds)
                return true;
    }
    return false;
}

/* Fills the set, and words[] with its values in the order of the clue; returns their number. */
static size_t find_words(const struct clue *clue, struct word_set *found, uint16_t words[WORDS_MOST])
{
    size_t count = 0;
    struct lexicon_hit hits[LEXICON_HITS];
    for (size_t i = 0; i < clue->n; i++) {
        if (!(lexicon_opens(clue->words[i]) & OPENS_WORD))
            continue;
        size_t matches = lexicon_match(clue->words + i, clue->n - i, hits);
        for (size_t h = 0; h < matches; h++) {
            if (!(hits[h].classes & OPENS_WORD))
                continue;
            /* the 村 of 村级 is no village, the 产 of 三次产业 nothing produced */
            if (hits[h].length == 1 && inside_word(clue->words, 0, clue->n, i, 1, OPENS_VOCABULARY | OPENS_WORD))
                continue;
            const struct term *term = hits[h].terms;  /* a spelling is one word at most */
            while (term->class != TERM_WORD)
                term++;
            unsigned slot = slot_of(found, term->value), head = i + hits[h].length > clue->head && i < clue->head_end ? IN_HEAD : 0;
            if (found->slot[slot] == 0) {
                if (count == WORDS_MOST || term->value > WORD_MOST)
                    continue;
                words[count++] = (uint16_t)term->value;
                if (clue->trace != NULL)
                    trace_dictionary(clue->trace, clue->words + i, hits[h].length);
                found->slot[slot] = (uint16_t)(term->value + 1);
            }
            found->slot[slot] |= (uint16_t)head;
        }
        /* what is denied is not there: no 贫困村 in 非贫困村 */
        if ((clue->words[i] == 0x975E || clue->words[i] == 0x672A) && matches > 0 && hits[matches - 1].classes & OPENS_WORD &&
            hits[matches - 1].length > 2)
            i += hits[matches - 1].length - 1;
    }
    return count;
}

/* Those who live there: what a number of households or people counts of which no word says more (787户2644人); else -1. */
static int inhabitants(const struct clue *clue)
{
    for (size_t i = 0; i < clue->n; i++)
        if (clue->words[i] != '|')
            return -1;
    bool households = is_text(clue->dimension, "count_household");
    if (clue->n == 0 || clue->per_count > 0 || (!households && !is_text(clue->dimension, "count_person")))
        return -1;
    const struct indicator *entry = indicator_find(households ? "households" : "population");
    return entry == NULL ? -1 : (int)(entry - indicator_at(0));
}

int indicator_classify(const struct clue *clue, unsigned *score_of_best)
{
    struct word_set found = {{0}};
    uint16_t words[WORDS_MOST];
    size_t count = find_words(clue, &found, words);
    int best = -1;
    unsigned most = 0;
    uint64_t bits = 0;
    for (size_t i = 0; i < count; i++)
        bits |= WORD_BIT(words[i]);
    for (size_t i = 0; i < count; i++) {
        size_t alternatives;
        const struct alternative *a = alternatives_of(words[i], &alternatives);
        unsigned first = found.slot[slot_of(&found, words[i])];
        for (; alternatives-- > 0; a++) {
            if (a->length + HEAD_BONUS + MONTH_BONUS < most)
                break;  /* the longer ones come first */
            if (a->bits & ~bits)
                continue;
            unsigned head = first;
            bool all = true;
            for (unsigned k = 1; k < a->word_count && all; k++) {
                unsigned word = found.slot[slot_of(&found, a->words[k])];
                all = word != 0;
                head |= word;
            }
            if (!all || (clue->strict && !(head & IN_HEAD)))
                continue;
            const struct indicator *entry = indicator_at(a->indicator);
            /* a growth rate or rank may be any quantity's, a mean's too */
            bool measured = dimension_fits(entry->dimension, clue->dimension);
            /* the rate of 食品价格 is of no price of a known measure */
            bool priced = clue->dimension == NULL && entry->per[0] != '\0' && is_text(entry->kind, "price") && !per_fits(entry->per, clue);
            if (!measured || priced || (clue->dimension != NULL && !per_fits(entry->per, clue))) {
                if (clue->trace != NULL)
                    trace_entry(clue->trace, clue, a, a->length, measured ? ENTRY_per : ENTRY_unit);
                continue;
            }
            /* a month's pay is also a person's: the rarer denominator says more. Of a rate of growth or a share the denominator
             * is not known: what is of something comes after what is whole */
            unsigned score = a->length + (head & IN_HEAD ? HEAD_BONUS : 0);
            if (clue->dimension == NULL && entry->per[0] != '\0' && !per_fits(entry->per, clue))
                score -= score > PER_MALUS ? PER_MALUS : score;
            else if (is_text(entry->per, "月"))
                score += MONTH_BONUS;
            if (clue->trace != NULL)
                trace_entry(clue->trace, clue, a, score, ENTRY_shorter);
            if (score > most || (score == most && (int)a->indicator < best)) {
                best = (int)a->indicator;
                most = score;
            }
        }
    }
    if (best < 0 && count == 0 && clue->dimension != NULL)
        best = inhabitants(clue);
    /* 常住人口3129户9258人: what would be the population, were it people, are the households */
    if (best < 0 && count > 0 && clue->dimension != NULL && is_text(clue->dimension, "count_household") && clue->per_count == 0) {
        struct clue people = *clue;
        people.dimension = "count_person";
        people.trace = NULL;
        int whole = indicator_classify(&people, &most);
        const struct indicator *entry = whole >= 0 && is_text(indicator_at((size_t)whole)->id, "population") ? indicator_find("households") : NULL;
        best = entry != NULL ? (int)(entry - indicator_at(0)) : -1;
    }
    if (clue->trace != NULL && best >= 0)
        trace_winner(clue->trace, indicator_at((size_t)best)->id);
    if (score_of_best != NULL)
        *score_of_best = most;
    return best;
}
