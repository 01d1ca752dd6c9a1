/* vector.h — makes files of what libplot's SVG and PostScript drivers write. Internal to plots/canvas.c. */
#ifndef ZHIBIAO_PLOTS_VECTOR_H
#define ZHIBIAO_PLOTS_VECTOR_H

#include "data/base/error.h"
#include "data/base/memory.h"
#include "plots/canvas.h"

/* A text that stands in libplot's drawing as a label of one character, to be replaced by what it says. */
struct text_run {
    double x, y, size, degrees, width;   /* x: its start, whatever the anchor was */
    bool bold;
    struct colour colour;
    const char *string;
};

/* What to add to the element-th mark of a drawing, in ascending order of element. */
struct tag {
    size_t element;
    const char *class;           /* NULL: a text without a name */
    const char *title;           /* or NULL */
    const struct mark *mark;     /* or NULL */
    const struct text_run *run;  /* or NULL: the element stays as libplot drew it */
};

/* One drawing of libplot's SVG driver, with what the canvas knows of it. */
struct vector_drawing {
    const char *raw;
    size_t raw_size;
    double width, height, zoom;  /* px; the finished page is zoom times as large */
    const char *title, *description, *language;
    const char *family;          /* of the text, as SVG wants it */
    const struct tag *tags;
    size_t tag_count, element_count;
    struct text *text;
};

/* The line cap that says "this filled path belongs to the one before it" in the raw PostScript: no stroke has it. */
#define PS_CONTINUED "projecting"

/* All return false when the raw text is not what libplot 4.4 writes (then the output is of no use). */
bool svg_finish(const struct vector_drawing *drawing, struct buffer *out);
bool pdf_finish(const struct vector_drawing *drawing, struct buffer *out);
/* page size in pt */
bool ps_finish(const char *raw, size_t raw_size, double width, double height, const char *title, struct buffer *out);

/* The next line of libplot's SVG body: *name its element's name, *attributes the rest up to "/>" or ">". Returns where the
 * line after it starts; NULL: the body has ended (then *name is "</g>") or is broken (*name is NULL). */
struct svg_element {
    const char *name, *name_end, *attributes, *attributes_end;
};
const char *svg_body(const struct vector_drawing *drawing, const char **style, const char **style_end);
const char *svg_element_read(const char *line, const char *end, struct svg_element *element);

#endif
