/* indicator.c — which entry of the dictionary the words around a number are a case of.
 *
 * An entry is recognised when every word of one of its alternatives occurs; the longest alternative is the most specific
 * and wins. The unit's dimension and the denominator must fit, so that 帮扶资金 in 元 and 帮扶资金项目 in 个 stay apart. */
#include "data/extract/document.h"

#include <string.h>

#define WORDS_MOST 160
#define MONTH_BONUS 2u
#define HEAD_BONUS 3u  /* how many characters elsewhere a word of the counted noun outweighs */

static bool dimension_fits(const char *wanted, const char *have)
{
    if (have == NULL || wanted[0] == '\0' || strcmp(wanted, have) == 0)
        return true;
    if (strcmp(wanted, "count_person") == 0)
        return strcmp(have, "count_visit") == 0;
    if (strcmp(wanted, "count_household") == 0)
        return strcmp(have, "count_household_visit") == 0;
    if (strcmp(wanted, "rate") == 0 || strcmp(wanted, "share") == 0)
        return strcmp(have, "share") == 0 || strcmp(have, "permille") == 0;
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
#define SLOTS 512u
_Static_assert(SLOTS > 2 * WORDS_MOST, "a word set is at most half full");
struct word_set {
    uint16_t word[SLOTS];  /* value + 1; 0 is free */
    bool head[SLOTS];      /* stands in the counted noun */
};

static unsigned slot_of(const struct word_set *set, uint32_t word)
{
    unsigned slot = word * 2654435761u >> 16 & (SLOTS - 1);
    while (set->word[slot] != 0 && set->word[slot] != word + 1)
        slot = (slot + 1) & (SLOTS - 1);
    return slot;
}

bool inside_word(const uint16_t *t, size_t start, size_t end, size_t i, size_t length, uint64_t kinds)
{
    struct lexicon_hit hits[LEXICON_HITS];
    for (size_t back = 0; back < 4 && i >= start + back; back++) {
        size_t at = i - back, count = lexicon_opens(t[at]) & kinds ? lexicon_match(t + at, end - at, hits) : 0;
        for (; count > 0 && hits[count - 1].length >= back + length && hits[count - 1].length > length; count--)
            for (uint32_t k = 0; k < hits[count - 1].term_count; k++) {
                unsigned class = hits[count - 1].terms[k].class;
                if (((kinds & OPENS_VOCABULARY) && class == TERM_VOCABULARY) || ((kinds & OPENS_WORD) && class == TERM_WORD) ||
                    ((kinds & OPENS_ITEM) && class == TERM_ITEM))
                    return true;
            }
    }
    return false;
}

int indicator_classify(const struct clue *clue)
{
    struct word_set found = {{0}, {0}};
    uint32_t words[WORDS_MOST];
    size_t count = 0;
    struct lexicon_hit hits[LEXICON_HITS];
    for (size_t i = 0; i < clue->n; i++) {
        if (!(lexicon_opens(clue->words[i]) & OPENS_WORD))
            continue;
        size_t matches = lexicon_match(clue->words + i, clue->n - i, hits);
        for (size_t h = 0; h < matches; h++) {
            /* the 村 of 村级 is no village */
            if (hits[h].length == 1 && inside_word(clue->words, 0, clue->n, i, 1, OPENS_VOCABULARY))
                continue;
            for (uint32_t k = 0; k < hits[h].term_count; k++) {
                const struct term *term = &hits[h].terms[k];
                if (term->class != TERM_WORD || count == WORDS_MOST)
                    continue;
                unsigned slot = slot_of(&found, term->value);
                if (found.word[slot] != 0)
                    continue;
                words[count++] = term->value;
                found.word[slot] = (uint16_t)(term->value + 1);
                found.head[slot] = i < clue->head;
            }
        }
    }
    int best = -1;
    unsigned most = 0;
    for (size_t i = 0; i < count; i++) {
        size_t alternatives;
        const struct alternative *a = alternatives_of(words[i], &alternatives);
        for (; alternatives-- > 0; a++) {
            if (a->length + HEAD_BONUS + MONTH_BONUS < most)
                break;  /* the longer ones come first */
            bool all = true, counted = false;
            for (unsigned k = 0; k < a->word_count && all; k++) {
                unsigned slot = slot_of(&found, a->words[k]);
                all = found.word[slot] != 0;
                counted |= found.head[slot];
            }
            if (!all)
                continue;
            const struct indicator *entry = indicator_at(a->indicator);
            /* a growth rate or rank may be any quantity's, a mean's too */
            if (!dimension_fits(entry->dimension, clue->dimension) || (clue->dimension != NULL && !per_fits(entry->per, clue)))
                continue;
            /* a month's pay is also a person's: the rarer denominator says more */
            unsigned score = a->length + (counted ? HEAD_BONUS : 0) + (strcmp(entry->per, "月") == 0 ? MONTH_BONUS : 0);
            if (score > most || (score == most && (int)a->indicator < best)) {
                best = (int)a->indicator;
                most = score;
            }
        }
    }
    return best;
}
