/* png.h — anti-aliasing by averaging, and PNG files. Internal to plots/canvas.c. */
#ifndef ZHIBIAO_PLOTS_PNG_H
#define ZHIBIAO_PLOTS_PNG_H

#include "data/base/error.h"
#include "data/base/memory.h"

#include <stddef.h>
#include <stdio.h>

/* A sink for libplot's PNM driver: averages blocks of factor × factor pixels while they are written. */
struct reducer;
struct reducer *reducer_new(size_t width, size_t height, unsigned factor);   /* of the reduced picture; NULL: no memory */
FILE *reducer_stream(struct reducer *reducer);     /* to be closed before the pixels are used; NULL: no memory */
void reducer_free(struct reducer *reducer);

/* After the stream was closed: lays a colour over a run of pixels with a coverage of 1 to 255. What lies outside is left. */
void reducer_blend(struct reducer *reducer, long x, long y, long length, const unsigned char colour[3], unsigned coverage);

/* The whole picture as a PNG file of so many pixels to the inch, the same pixels giving the same bytes. E_OUTPUT when the stream was not a complete PNM
 * picture of the expected size. */
int reducer_png(const struct reducer *reducer, unsigned dpi, struct buffer *out, struct error *error);

#endif
