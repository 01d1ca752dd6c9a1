/* lexicon.h — walks the trie that trie.c laid out, and folds characters: the innermost loops of extraction, one table
 * look-up a code unit and two a step, inlined into whoever asks. Belongs to reference.h, which includes it. */
#ifndef ZHIBIAO_LEXICON_H
#define ZHIBIAO_LEXICON_H

/* A state of the lexicon. From state s the code unit of rank r leads to state t = s.base + r when cell[t].check is s
 * (Aoe's double array: one look at one cell a code unit, whatever the number of edges). What a spelling that ends here
 * is stands in the same cell, as that is all that most look-ups want to know. */
struct image_cell {
    uint32_t base, check;
    uint64_t classes;           /* of the spelling's terms, as lexicon_opens says it; 0: none ends here */
};
#define IMAGE_FREE UINT32_MAX   /* check of a cell that is no state */

struct image_spelling {
    uint32_t first, count;      /* the terms of the spelling that ends at a cell */
};

/* Sections of the image (image.h), by the names that compile.c gives them. */
extern const uint16_t reference_section_fold[], reference_section_rank[];
extern const uint64_t reference_section_opens[];
extern const struct image_cell reference_section_cell[];
extern const struct image_spelling reference_section_spelling[];
extern const struct term reference_section_term[];

static inline size_t lexicon_match(const uint16_t *text, size_t size, struct lexicon_hit hits[LEXICON_HITS])
{
    size_t count = 0;
    uint32_t state = 0, base = reference_section_cell[0].base;
    for (size_t i = 0; i < size; i++) {
        uint32_t r = reference_section_rank[text[i]];
        if (r == 0)
            break;
        uint32_t next = base + r;
        const struct image_cell *cell = &reference_section_cell[next];
        if (cell->check != state)
            break;
        state = next;
        base = cell->base;
        if (cell->classes != 0) {
            const struct image_spelling *spelling = &reference_section_spelling[state];
            struct lexicon_hit *hit = &hits[count++];
            hit->classes = cell->classes;
            hit->terms = reference_section_term + spelling->first;
            hit->term_count = spelling->count;
            hit->length = (uint32_t)i + 1;
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
