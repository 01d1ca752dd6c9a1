/* canvas_internal.h — what canvas.c and canvas_text.c share. */
#ifndef ZHIBIAO_PLOTS_CANVAS_INTERNAL_H
#define ZHIBIAO_PLOTS_CANVAS_INTERNAL_H

#include "plots/canvas.h"
#include "plots/libplot.h"
#include "plots/png.h"
#include "plots/vector.h"

struct canvas {
    enum figure_format format;
    double width, height, zoom;
    double flatness;             /* px: how far a chord may stay from its curve */
    bool outlines;               /* text is drawn, not written */
    const char *language;
    struct text *text;
    struct arena arena;          /* titles and texts of tags */
    struct libplot lib;
    plPlotterParams *params;
    plPlotter *plotter;
    FILE *out, *warnings;
    struct buffer raw;           /* what libplot wrote */
    char *warning_text;
    size_t warning_size;
    struct reducer *reducer;
    struct text_run *runs;       /* of a PNG: filled into the picture when it is there */
    size_t run_count, run_capacity;
    unsigned dpi;
    struct tag *tags;
    size_t tag_count, tag_capacity, element_count;
    bool opened, failed;         /* failed: a libplot call, or memory */
};

/* Pen and brush of the next mark; NULL: none. */
void canvas_pen(struct canvas *canvas, const struct colour *line, double width);
void canvas_brush(struct canvas *canvas, const struct colour *fill);
void canvas_end_mark(struct canvas *canvas);
/* The tag of the element that comes next: a new one, or the one that canvas_tag has just made. NULL: no memory. */
struct tag *canvas_next_tag(struct canvas *canvas);

/* canvas_text.c: the texts of a PNG, into its pixels. E_MEMORY. */
int canvas_fill_texts(struct canvas *canvas);

#endif
