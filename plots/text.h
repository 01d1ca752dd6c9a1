/* text.h — text as glyph outlines: finding fonts, measuring, wrapping. Internal to plots/.
 *
 * Errors are kept: the first one stays in the object and text_status reports it, so that a layout can measure hundreds
 * of strings without a check at each. */
#ifndef ZHIBIAO_PLOTS_TEXT_H
#define ZHIBIAO_PLOTS_TEXT_H

#include "data/base/error.h"
#include "data/base/memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TEXT_EM 2048.0   /* glyph coordinates and advances are in 1/2048 em, y upwards */

struct text;

enum outline_kind { OUTLINE_MOVE, OUTLINE_LINE, OUTLINE_QUADRATIC, OUTLINE_CUBIC };
struct outline {
    enum outline_kind kind;
    float x[3], y[3];    /* as many points as the kind has: the end point comes last */
};
struct glyph {
    double advance;
    const struct outline *outlines;
    size_t count;
};

/* family: NULL for the usual fonts with Chinese. E_FONT when it is not installed or there is none at all. */
int text_open(const char *family, struct text **text, struct error *error);
void text_close(struct text *text);

/* The family measured with and some that stand in for it elsewhere, as SVG and CSS write them. */
const char *text_family(const struct text *text);

/* The outline of a character; for one that no font has, an empty glyph and E_FONT in the status. Lives as long as text. */
const struct glyph *text_glyph(struct text *text, uint32_t point, bool bold);

/* Fills a glyph, mapped by x' = m[0] x + m[2] y + m[4], y' = m[1] x + m[3] y + m[5] from font units to pixels with y upwards;
 * calls span for each run of pixels of a picture of width × height with its coverage, 1 to 255. E_MEMORY. */
typedef void text_span(int x, int y, int length, unsigned char coverage, void *context);
int text_fill(struct text *text, const struct glyph *glyph, const double m[6], int width, int height, text_span *span, void *context);
struct FT_LibraryRec_ *text_library(struct text *text);   /* for text_fill.c */

double text_width(struct text *text, const char *string, double size, bool bold);

/* 0, or the first error since text_open. */
int text_status(const struct text *text, struct error *error);

/* Breaks a string into at most `most` lines of at most `width` px; what is left over is cut with "…". Lines are allocated
 * in the arena and *lines points to them. Returns their number, 0 for an empty string or when memory is out (status). */
size_t text_wrap(struct text *text, struct arena *arena, const char *string, double size, bool bold, double width,
                 size_t most, const char *const **lines);

/* A copy in the arena that can be drawn: control characters and line ends become spaces, broken UTF-8 "?", characters
 * without ink or direction (zero-width, bidi controls, variation selectors) go. NULL when memory is out. */
char *text_clean(struct arena *arena, const char *string);

#endif
