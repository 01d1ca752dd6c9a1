/* font.h — which font file has a family or a character. Internal to plots/text.c. */
#ifndef ZHIBIAO_PLOTS_FONT_H
#define ZHIBIAO_PLOTS_FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct font_file {
    char path[1024];
    int index;   /* of the face in a collection (.ttc) */
};

struct font_finder;   /* fontconfig's configuration, loaded when first asked */
struct font_finder *font_finder_new(void);
void font_finder_free(struct font_finder *finder);

/* The regular face of an installed family; false when it is not installed. */
bool font_find_family(struct font_finder *finder, const char *family, struct font_file *file);

/* Some scalable sans face that has the character; false when there is none. */
bool font_find_character(struct font_finder *finder, uint32_t point, struct font_file *file);

/* The i-th of the usual files of the preferred families, tried before fontconfig is asked: loading its configuration
 * takes as long as drawing a chart. NULL after the last. */
const struct font_file *font_usual(size_t i);

#endif
