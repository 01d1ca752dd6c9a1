/* indicator.c — which entry of the dictionary the words around a number are a case of.
 *
 * An entry is recognised when every word of one of its alternatives occurs; the longest alternative is the most specific
 * and wins. The unit's dimension and the denominator must fit, so that 帮扶资金 in 元 and 帮扶资金项目 in 个 stay apart. */
#include "data/extract/document.h"

#include <string.h>

#define WORDS_MOST 160

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

static bool per_fits(const char *wanted, const char *have)
{
    static const char *const countable[] = {"户", "人", "亩", "村"};
    if (wanted[0] != '\0')
        return have != NULL && strcmp(wanted, have) == 0;
    for (size_t i = 0; have != NULL && i < sizeof countable / sizeof *countable; i++)
        if (strcmp(have, countable[i]) == 0)
            return false;
    return true;
}

static bool has(const uint32_t *words, size_t count, uint32_t word)
{
    for (size_t i = 0; i < count; i++)
        if (words[i] == word)
            return true;
    return false;
}

int indicator_classify(const uint16_t *text, size_t n, const char *dimension, const char *per)
{
    uint32_t words[WORDS_MOST];
    size_t count = 0;
    struct lexicon_hit hits[LEXICON_HITS];
    for (size_t i = 0; i < n; i++) {
        size_t found = lexicon_match(text + i, n - i, hits);
        for (size_t h = 0; h < found; h++)
            for (uint32_t k = 0; k < hits[h].term_count; k++)
                if (hits[h].terms[k].class == TERM_WORD && count < WORDS_MOST && !has(words, count, hits[h].terms[k].value))
                    words[count++] = hits[h].terms[k].value;
    }
    int best = -1;
    unsigned length = 0;
    for (size_t i = 0; i < count; i++) {
        size_t alternatives;
        const struct alternative *a = alternatives_of(words[i], &alternatives);
        for (; alternatives-- > 0; a++) {
            bool all = true;
            for (unsigned k = 0; k < a->word_count && all; k++)
                all = has(words, count, a->words[k]);
            const struct indicator *entry = indicator_at(a->indicator);
            if (!all || !dimension_fits(entry->dimension, dimension) || !per_fits(entry->per, per))
                continue;
            if (a->length > length || (a->length == length && (int)a->indicator < best)) {
                best = (int)a->indicator;
                length = a->length;
            }
        }
    }
    return best;
}
