/* plot.h — a figure description in, a file out. Drawn by GNU libplot; text as glyph outlines (FreeType, fontconfig). */
#ifndef ZHIBIAO_PLOT_H
#define ZHIBIAO_PLOT_H

#include "data/base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum figure_type { FIGURE_BAR, FIGURE_LINE };
enum figure_format { FIGURE_SVG, FIGURE_PNG, FIGURE_PS };

struct mark {
    const char *label;       /* bar: the category (a region); line: the x label (a period) */
    const char *series;      /* line: the line it belongs to; bar: group, or NULL */
    double x;                /* line: position on the time axis (decimal year); bar: unused */
    double value;            /* NaN: missing (a gap with a note) */
    double low, high;        /* interval; infinite ends are open (arrow), equal to value when exact */
    bool about;              /* approximate */
    bool planned;            /* hollow */
};
/* All strings UTF-8; NULL where absent. */
struct figure {
    enum figure_type type;
    const char *title, *subtitle, *source_note;
    const char *unit;        /* plain unit: 元, 亩 …; the axis scales it to 万/亿 by itself */
    const struct mark *marks;
    size_t mark_count;
    bool keep_order;         /* bars otherwise sorted by value, largest first */
    double width, height;    /* in px at 96 dpi; 0: chosen from the content */
    const char *font;        /* family for fontconfig, or NULL */
};

/* By a path's ending (.svg .png .ps .eps): 0, or E_USAGE. */
int figure_format_of(const char *path, enum figure_format *format, struct error *error);

/* Draws into memory: *bytes is malloc'ed, the caller frees it. The same figure gives the same bytes. E_FONT: no font with
 * the glyphs (the message names the package to install); E_DOMAIN: nothing to draw. */
int figure_draw(const struct figure *figure, enum figure_format format, char **bytes, size_t *size, struct error *error);

#endif
