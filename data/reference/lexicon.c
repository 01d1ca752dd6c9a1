/* lexicon.c — walks the trie that trie.c laid out, and folds characters. The innermost loop of extraction: one table
 * look-up a code unit, and two a step. */
#include "data/reference/image.h"

size_t lexicon_match(const uint16_t *text, size_t size, struct lexicon_hit hits[LEXICON_HITS])
{
    const uint16_t *rank = image_rank();
    const struct image_cell *cell = image_cell();
    size_t count = 0;
    uint32_t state = 0;
    for (size_t i = 0; i < size; i++) {
        uint32_t r = rank[text[i]];
        if (r == 0)
            break;
        uint32_t next = (cell[state].base & IMAGE_BASE) + r;
        if (cell[next].check != state)
            break;
        state = next;
        if (cell[state].base & IMAGE_ENDS) {
            const uint32_t *first = image_spelling() + image_cell_spelling()[state];
            hits[count].length = (uint32_t)i + 1;
            hits[count].terms = image_term() + first[0];
            hits[count].term_count = first[1] - first[0];
            if (++count == LEXICON_HITS)
                break;
        }
    }
    return count;
}

uint64_t lexicon_opens(uint16_t unit)
{
    return image_opens()[unit];
}

uint16_t fold_character(uint16_t unit)
{
    return image_fold()[unit];
}
