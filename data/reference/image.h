/* image.h — the layout of the reference image, which compile.c writes and reference.c, region.c and lexicon.h read.
 *
 * One header, then sections, each aligned to 8 bytes; all numbers in the byte order of the machine that builds. Offsets
 * stand in place of pointers, so the image lies in read-only data and is mapped without a single relocation. Only the
 * units' and indicators' records, which reference.h hands out as structs with pointers, are assembled beside it. */
#ifndef ZHIBIAO_IMAGE_H
#define ZHIBIAO_IMAGE_H

#include "data/reference/reference.h"

#define IMAGE_MAGIC "zhibiao"  /* with its NUL: 8 bytes */
#define IMAGE_LAYOUT 3         /* raised when a section's meaning changes */
#define IMAGE_LEVELS 5
#define IMAGE_HASH 33          /* 32 hex digits and NUL */

/* name, type of its elements, what they are */
#define IMAGE_SECTIONS(X)                                                             \
    X(code, uint32_t)            /* of each region above the villages, by id */       \
    X(name, uint32_t)            /* of each region, villages too: offset in text */   \
    X(parent, uint32_t)          /* of each region above the villages */              \
    X(first_child, uint32_t)     /* of each region above the villages, and one past the last */ \
    X(village_number, uint16_t)  /* the last three digits of each village's code */   \
    X(village_key, uint16_t)     /* village_key() of each village's name */           \
    X(fold, uint16_t)            /* fold_character, by code unit */                   \
    X(opens, uint64_t)           /* lexicon_opens, by code unit */                    \
    X(rank, uint16_t)            /* lexicon: code unit to edge number, 0: in no term */ \
    X(cell, struct image_cell)   /* lexicon: the double array */                      \
    X(spelling, struct image_spelling) /* lexicon: of each cell, the terms that end there */ \
    X(term, struct term)                                                              \
    X(word, uint32_t)            /* first alternative of each word, and one past the last */ \
    X(alternative, struct alternative)                                                \
    X(unit_name, struct image_name)       /* sorted by text */                        \
    X(indicator_name, struct image_name)  /* sorted by text */                        \
    X(text, char)                /* NUL-terminated UTF-8 strings */

enum image_section {
#define X(name, type) IMAGE_##name,
    IMAGE_SECTIONS(X)
#undef X
    IMAGE_SECTION_COUNT
};

struct image_name {
    uint32_t text, index;
};

struct image_header {
    char magic[8];
    uint32_t layout, section_count;
    uint64_t size;
    uint32_t level_first[IMAGE_LEVELS + 1];  /* first id of each level, then the number of all regions */
    uint32_t unit_count, indicator_count;
    char hash[IMAGE_HASH + 7];
    struct {
        uint64_t offset, bytes;
    } section[IMAGE_SECTION_COUNT];
};

/* Laid out by image.S. The records belong to the image; they stand apart because they hold pointers. */
extern const unsigned char reference_image[], reference_image_end[];
extern const struct unit reference_units[];
extern const struct indicator reference_indicators[];

#define IMAGE_HEADER ((const struct image_header *)(const void *)reference_image)
/* Where each section begins is known when the program is linked: compile.c names the place. */
#define X(name, type)                               \
    extern const type reference_section_##name[];   \
    static inline const type *image_##name(void)    \
    {                                               \
        return reference_section_##name;            \
    }
IMAGE_SECTIONS(X)
#undef X

/* What kind of village a name's ending tells of. */
enum village_kind { VILLAGE_ANY, VILLAGE_VILLAGE, VILLAGE_COMMUNITY, VILLAGE_GACHA };
/* The length of name[0..length) (folded code units) without 村, 社区, 嘎查 and the committees' endings, which texts use
 * freely for one another; 1 at least. */
size_t village_stem(const uint16_t *name, size_t length, enum village_kind *kind);
/* A 16-bit hash of a stem: tells most villages apart without touching their names. */
uint16_t village_key(const uint16_t *stem, size_t length);

#endif
