/* indicator.c — which entry of the dictionary the words around a number are a case of.
 *
 * An entry is recognised when every word of one of its alternatives occurs; the longest alternative is the most specific
 * and wins. The unit's dimension and the denominator must fit, so that 帮扶资金 in 元 and 帮扶资金项目 in 个 stay apart. */
#include "data/extract/document.h"

#include <string.h>

#define WORDS_MOST 160
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

struct found {
    uint32_t word;
    bool head;
};

static const struct found *find_word(const struct found *words, size_t count, uint32_t word)
{
    for (size_t i = 0; i < count; i++)
        if (words[i].word == word)
            return &words[i];
    return NULL;
}

int indicator_classify(const struct clue *clue)
{
    struct found words[WORDS_MOST];
    size_t count = 0;
    struct lexicon_hit hits[LEXICON_HITS];
    for (size_t i = 0; i < clue->n; i++) {
        size_t found = lexicon_match(clue->words + i, clue->n - i, hits);
        for (size_t h = 0; h < found; h++)
            for (uint32_t k = 0; k < hits[h].term_count; k++)
                if (hits[h].terms[k].class == TERM_WORD && count < WORDS_MOST && !find_word(words, count, hits[h].terms[k].value))
                    words[count++] = (struct found){hits[h].terms[k].value, i < clue->head};
    }
    int best = -1;
    unsigned most = 0;
    for (size_t i = 0; i < count; i++) {
        size_t alternatives;
        const struct alternative *a = alternatives_of(words[i].word, &alternatives);
        for (; alternatives-- > 0; a++) {
            bool all = true, head = false;
            for (unsigned k = 0; k < a->word_count && all; k++) {
                const struct found *word = find_word(words, count, a->words[k]);
                all = word != NULL;
                head |= all && word->head;
            }
            const struct indicator *entry = indicator_at(a->indicator);
            if (!all || !dimension_fits(entry->dimension, clue->dimension) || !per_fits(entry->per, clue))
                continue;
            /* a month's pay is also a person's: the rarer denominator says more */
            unsigned score = a->length + (head ? HEAD_BONUS : 0) + (strcmp(entry->per, "月") == 0 ? 2 : 0);
            if (score > most || (score == most && (int)a->indicator < best)) {
                best = (int)a->indicator;
                most = score;
            }
        }
    }
    return best;
}
