/* lexicon.h — walks the trie that trie.c laid out, and folds characters: the innermost loops of extraction, one table
 * look-up a code unit and two a step, inlined into whoever asks. Belongs to reference.h, which includes it. */
#ifndef ZHIBIAO_LEXICON_H
#define ZHIBIAO_LEXICON_H

/* A state of the lexicon. From state s the code unit of rank r leads to state t = (s.base & IMAGE_BASE) + r when
 * cell[t].check is s (Aoe's double array: one look at one cell a code unit, whatever the number of edges). */
struct image_cell {
    uint32_t base, check;
};
#define IMAGE_ENDS 0x80000000u  /* a spelling ends here */
#define IMAGE_BASE 0x7FFFFFFFu
#define IMAGE_FREE UINT32_MAX   /* check of a cell that is no state */

struct image_spelling {
    uint64_t classes;           /* of its terms, as lexicon_opens says it */
    uint32_t first, count;      /* its terms */
};

/* Sections of the image (image.h), by the names that compile.c gives them. */
extern const uint16_t reference_section_fold[], reference_section_rank[];
extern const uint64_t reference_section_opens[];
extern const struct image_cell reference_section_cell[];
extern const uint32_t reference_section_cell_spelling[];
extern const struct image_spelling reference_section_spelling[];
extern const struct term reference_section_term[];

static inline size_t lexicon_match(const uint16_t *text, size_t size, struct lexicon_hit hits[LEXICON_HITS])
{
    size_t count = 0;
    uint32_t state = 0;
    for (size_t i = 0; i < size; i++) {
        uint32_t r = reference_section_rank[text[i]];
        if (r == 0)
            break;
        uint32_t next = (reference_section_cell[state].base & IMAGE_BASE) + r;
        struct image_cell cell = reference_section_cell[next];
        if (cell.check != state)
            break;
        state = next;
        if (cell.base & IMAGE_ENDS) {
            const struct image_spelling *spelling = &reference_section_spelling[reference_section_cell_spelling[state]];
            hits[count++] = (struct lexicon_hit){spelling->classes, reference_section_term + spelling->first, spelling->count,
                                                 (uint32_t)i + 1};
            if (count == LEXICON_HITS)
                break;
        }
    }
    return count;
}

static inline uint64_t lexicon_opens(uint16_t unit)
{
    return reference_section_opens[unit];
}

static inline uint16_t fold_character(uint16_t unit)
{
    return reference_section_fold[unit];
}

#endif
