/* plot.h — a figure description in, a file out. Drawn by GNU libplot; text as glyph outlines (FreeType, fontconfig). */
#ifndef ZHIBIAO_PLOT_H
#define ZHIBIAO_PLOT_H

#include "data/base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* The chart types: name, and what it is. Each one is a file plots/NAME.c that defines `const struct chart chart_NAME`
 * (chart.h); this row is all that has to be added elsewhere. */
#define FIGURE_TYPES(X)                                                       \
    X(BAR, bar, "horizontal bars, sorted, with the value on each")            \
    X(LINE, line, "series over time, named at their ends, broken where data are missing")

enum figure_type {
#define X(constant, name, summary) FIGURE_##constant,
    FIGURE_TYPES(X)
#undef X
    FIGURE_TYPE_COUNT
};

enum figure_format { FIGURE_SVG, FIGURE_PNG, FIGURE_PS };

struct mark {
    const char *label;       /* bar: the category (a region); line: the x label (a period) */
    const char *series;      /* line: the line it belongs to; bar: group, or NULL */
    double x;                /* line: position on the time axis (decimal year); bar: unused */
    double value;            /* NaN or infinite: missing (a gap with a note), unless low and high are both finite */
    double low, high;        /* interval; infinite ends are open (arrow), equal to value when exact; NaN: as value */
    bool about;              /* approximate */
    bool planned;            /* hollow */
};
/* All strings UTF-8; NULL where absent. Control characters and newlines are drawn as spaces, broken UTF-8 as "?". */
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

/* The name ("bar") and the one-line description of a type; NULL for a value outside the enum. */
const char *figure_type_name(enum figure_type type);
const char *figure_type_summary(enum figure_type type);
/* The inverse of figure_type_name: the type, or -1 when there is none of that name. */
int figure_type_parse(const char *name);

/* By a path's ending (.svg .png .ps .eps): 0, or E_USAGE. */
int figure_format_of(const char *path, enum figure_format *format, struct error *error);

/* Draws into memory: *bytes is malloc'ed, the caller frees it. The same figure gives the same bytes, whatever locale or
 * time. E_FONT: no font with the glyphs (the message names the character and the package to install); E_DOMAIN: nothing
 * to draw, or a size that cannot hold the figure; E_MEMORY; E_OUTPUT: libplot failed. On an error *bytes is NULL. */
int figure_draw(const struct figure *figure, enum figure_format format, char **bytes, size_t *size, struct error *error);

#endif
