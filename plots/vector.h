/* vector.h — makes files of what libplot's SVG and PostScript drivers write. Internal to plots/canvas.c. */
#ifndef ZHIBIAO_PLOTS_VECTOR_H
#define ZHIBIAO_PLOTS_VECTOR_H

#include "data/base/memory.h"

#include <stdbool.h>
#include <stddef.h>

/* What to add to the element-th mark of a drawing, in ascending order of element. */
struct tag {
    size_t element;
    const char *class;
    const char *title;   /* or NULL */
};

/* The line cap that says "this filled path belongs to the one before it" in the raw PostScript: no stroke has it. */
#define PS_CONTINUED "projecting"

/* Both return false when the raw text is not what libplot 4.4 writes (then the output is of no use). */
bool svg_finish(const char *raw, size_t raw_size, double width, double height, const char *title, const char *description,
                const struct tag *tags, size_t tag_count, size_t element_count, struct buffer *out);
bool ps_finish(const char *raw, size_t raw_size, double width, double height, const char *title, struct buffer *out);

#endif
