/* compile.h — what the parts of the reference compiler share: the sections as they grow, and how tables are read. */
#ifndef ZHIBIAO_COMPILE_H
#define ZHIBIAO_COMPILE_H

#include "data/base/error.h"
#include "data/base/memory.h"
#include "data/reference/image.h"

#include <stdint.h>

#define ITEM_CLASSES 10
struct compile {
    const char *folder;
    struct error error;
    unsigned __int128 hash;      /* FNV-1a over the names and bytes of all inputs */
    struct buffer section[IMAGE_SECTION_COUNT];
    struct buffer records;       /* assembler text: units, then indicators */
    uint32_t level_first[IMAGE_LEVELS + 1];
    uint32_t unit_count, indicator_count, word_count;
    uint32_t *pool;              /* hash table of offsets into the text section, 0 where free */
    uint32_t pool_size, pool_used;
    struct buffer spelled;       /* struct spelled, in no order yet */
    struct buffer spelled_units; /* their code units */
    uint16_t fold[65536];
    struct buffer items[ITEM_CLASSES];  /* by class: the words of items.tsv, "|" behind each */
};

/* One spelling with one term; trie.c sorts and joins them. */
struct spelled {
    uint32_t first, length;      /* in spelled_units */
    struct term term;
};

/* ---- table.c ---- */
#define COLUMNS_MAX 8
struct table {
    struct compile *compile;
    char path[512];
    size_t line;
    size_t column_count;
    char *column[COLUMNS_MAX];   /* NUL-terminated, valid until the next row */
    char *bytes, *next;
};
/* Opens folder/name and checks that each row has `columns` columns; with a header line when header is not NULL, which
 * it must equal. A missing file is an empty table when `optional`. */
int table_open(struct table *table, struct compile *compile, const char *name, size_t columns, const char *header,
               bool optional);
int table_next(struct table *table, bool *more);   /* skips empty lines and # comments */
void table_close(struct table *table);
/* Sets an error that names the file and line. */
__attribute__((format(printf, 2, 3)))
int table_error(struct table *table, const char *format, ...);
/* Reads a file (through xz -dc when its name ends in .xz) into *bytes, NUL-terminated; the caller frees. */
int file_read(struct compile *compile, const char *name, bool optional, char **bytes, size_t *size);

/* ---- pool.c: strings, spellings, sections ---- */
int text_add(struct compile *compile, const char *text, uint32_t *offset);
/* Folds UTF-8 to UTF-16 code units, at most `limit`; returns their number, 0 when empty, too long or invalid. */
size_t text_fold(const struct compile *compile, const char *text, uint16_t *units, size_t limit);
int term_add(struct compile *compile, const char *spelling, unsigned class, unsigned sub, uint32_t value);
int memory_failed(struct compile *compile);
#define SPELLING_MAX 64

/* ---- one table each ---- */
int compile_fold(struct compile *compile);
int compile_regions(struct compile *compile);
int compile_villages(struct compile *compile);
int compile_aliases(struct compile *compile);
int compile_units(struct compile *compile);
int compile_cues(struct compile *compile);
int compile_items(struct compile *compile);
int compile_vocabulary(struct compile *compile);
int compile_indicators(struct compile *compile);
int compile_lexicon(struct compile *compile);   /* last: joins all terms into the trie */

/* ---- spelling.c: the short names that follow from an official one by rule ---- */
typedef int spelling_sink(void *context, const char *spelling, enum region_form form);
/* level: digits of the code; above: names of the parent and grandparent, which a township's name may repeat. */
int region_spellings(const char *name, int level, const char *const above[2], spelling_sink *sink, void *context);
bool region_is_placeholder(const char *name);

#endif
