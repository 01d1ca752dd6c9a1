/* png.c — from libplot's bitmap to an anti-aliased PNG.
 *
 * libplot's own PNG driver has no anti-aliasing. So the figure is drawn several times larger with the PNM driver, whose
 * bytes are averaged down as they arrive (the large picture is never held as a file), and libpng writes the result. The
 * PNM driver chooses P4, P5 or P6 by the colours used; all three are read. */
#include "plots/png.h"

#include <png.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define HEADER_MAX 512
#define FACTOR_MAX 8

struct reducer {
    size_t width, height;        /* of the reduced picture */
    unsigned factor;
    unsigned channels;           /* of the PNM: 3 (P6), 1 (P5), 0 while it is a bitmap (P4) */
    bool started, broken;
    char header[HEADER_MAX];
    size_t header_size;
    unsigned char *row, *before; /* one row of the large picture, being filled; the one before it */
    size_t row_bytes, row_filled;
    uint16_t *across;            /* width * 3: sums along the row */
    uint16_t *sums;              /* width * 3: sums of `factor` rows */
    unsigned char average[255 * FACTOR_MAX * FACTOR_MAX + 1];   /* of a sum: cheaper than two million divisions */
    size_t rows_done;            /* of the large picture */
    unsigned char *pixels;       /* width * height * 3 */
};

struct reducer *reducer_new(size_t width, size_t height, unsigned factor)
{
    struct reducer *reducer = calloc(1, sizeof *reducer);
    if (reducer == NULL)
        return NULL;
    reducer->width = width;
    reducer->height = height;
    reducer->factor = factor < 1 ? 1 : factor > FACTOR_MAX ? FACTOR_MAX : factor;
    factor = reducer->factor;
    for (unsigned sum = 0, area = factor * factor; sum <= 255 * area; sum++)
        reducer->average[sum] = (unsigned char)((sum + area / 2) / area);
    reducer->row = malloc(width * factor * 3);
    reducer->before = malloc(width * factor * 3);
    reducer->across = malloc(width * 3 * sizeof *reducer->across);
    reducer->sums = calloc(width * 3, sizeof *reducer->sums);
    reducer->pixels = malloc(width * height * 3);
    if (reducer->row == NULL || reducer->before == NULL || reducer->across == NULL || reducer->sums == NULL ||
        reducer->pixels == NULL) {
        reducer_free(reducer);
        return NULL;
    }
    return reducer;
}

void reducer_free(struct reducer *reducer)
{
    if (reducer == NULL)
        return;
    free(reducer->row);
    free(reducer->before);
    free(reducer->across);
    free(reducer->sums);
    free(reducer->pixels);
    free(reducer);
}

/* Reads "P6 # comment\n W H 255\n" once it is complete: the position after it, or 0 while it is not. */
static size_t header_parse(struct reducer *reducer)
{
    const char *h = reducer->header;
    size_t i = 2, count = 0, wanted = reducer->header_size > 1 && h[1] == '4' ? 2 : 3;
    unsigned long numbers[3] = {0, 0, 255};
    if (reducer->header_size < 3)
        return 0;
    if (h[0] != 'P' || h[1] < '4' || h[1] > '6') {
        reducer->broken = true;
        return 0;
    }
    while (count < wanted) {
        while (i < reducer->header_size && (h[i] == ' ' || h[i] == '\n' || h[i] == '\t' || h[i] == '#'))
            if (h[i] == '#')
                while (i < reducer->header_size && h[i] != '\n')
                    i++;
            else
                i++;
        size_t start = i;
        while (i < reducer->header_size && h[i] >= '0' && h[i] <= '9' && numbers[count] < 100000000) {
            if (i == start)
                numbers[count] = 0;
            numbers[count] = numbers[count] * 10 + (unsigned long)(h[i++] - '0');
        }
        if (i >= reducer->header_size)
            return 0;
        if (i == start) {
            reducer->broken = true;
            return 0;
        }
        count++;
    }
    reducer->channels = h[1] == '6' ? 3 : h[1] == '5' ? 1 : 0;
    size_t columns = reducer->width * reducer->factor;
    reducer->row_bytes = reducer->channels == 0 ? (columns + 7) / 8 : columns * reducer->channels;
    reducer->broken = numbers[0] != columns || numbers[1] != reducer->height * reducer->factor || numbers[2] != 255;
    return i + 1;
}

/* Inlined with a constant factor, so that the inner loop is unrolled: this sees every pixel of the large picture. */
static inline void gather_rgb(uint16_t *sums, const unsigned char *row, size_t width, unsigned factor)
{
    for (size_t x = 0; x < width; x++, sums += 3) {
        unsigned red = 0, green = 0, blue = 0;
        for (unsigned k = 0; k < factor; k++, row += 3) {
            red += row[0];
            green += row[1];
            blue += row[2];
        }
        sums[0] = (uint16_t)red;
        sums[1] = (uint16_t)green;
        sums[2] = (uint16_t)blue;
    }
}

/* The sums of `factor` neighbours along one large row. */
static void row_gather(struct reducer *r)
{
    uint16_t *sums = r->across;
    const unsigned char *row = r->row;
    if (r->channels == 3 && r->factor == 3) {
        gather_rgb(sums, row, r->width, 3);
        return;
    }
    if (r->channels == 3) {
        gather_rgb(sums, row, r->width, r->factor);
        return;
    }
    for (size_t x = 0, i = 0; x < r->width; x++, sums += 3) {
        unsigned sum = 0;
        for (unsigned k = 0; k < r->factor; k++, i++)
            sum += r->channels == 1 ? row[i] : row[i / 8] >> (7 - i % 8) & 1 ? 0 : 255;  /* P4: 1 is black */
        sums[0] = sums[1] = sums[2] = (uint16_t)sum;
    }
}

/* Takes in one large row; after `factor` of them writes a reduced row. Most rows of a chart repeat the one before. */
static void row_add(struct reducer *r)
{
    size_t n = r->width * 3;
    if (r->rows_done == 0 || memcmp(r->row, r->before, r->row_bytes) != 0)
        row_gather(r);
    unsigned char *swap = r->before;
    r->before = r->row;
    r->row = swap;
    for (size_t i = 0; i < n; i++)
        r->sums[i] = (uint16_t)(r->sums[i] + r->across[i]);
    r->rows_done++;
    if (r->rows_done % r->factor != 0)
        return;
    unsigned char *out = r->pixels + (r->rows_done / r->factor - 1) * n;
    for (size_t i = 0; i < n; i++)
        out[i] = r->average[r->sums[i]];
    memset(r->sums, 0, n * sizeof *r->sums);
}

static ssize_t reducer_write(void *cookie, const char *bytes, size_t size)
{
    struct reducer *r = cookie;
    size_t i = 0;
    if (!r->started) {
        size_t before = r->header_size, take = size < HEADER_MAX - before ? size : HEADER_MAX - before;
        memcpy(r->header + before, bytes, take);
        r->header_size += take;
        size_t end = header_parse(r);
        if (end == 0) {
            r->broken = r->broken || r->header_size == HEADER_MAX;
            return (ssize_t)size;
        }
        r->started = true;
        i = end - before;
    }
    while (!r->broken && i < size && r->rows_done < r->height * r->factor) {
        size_t take = r->row_bytes - r->row_filled;
        if (take > size - i)
            take = size - i;
        memcpy(r->row + r->row_filled, bytes + i, take);
        r->row_filled += take;
        i += take;
        if (r->row_filled == r->row_bytes) {
            row_add(r);
            r->row_filled = 0;
        }
    }
    return (ssize_t)size;
}

FILE *reducer_stream(struct reducer *reducer)
{
    FILE *stream = fopencookie(reducer, "w", (cookie_io_functions_t){.write = reducer_write});
    if (stream != NULL)
        setvbuf(stream, NULL, _IOFBF, 1 << 16);  /* fewer calls; without it the picture is the same */
    return stream;
}

void reducer_blend(struct reducer *r, long x, long y, long length, const unsigned char colour[3], unsigned coverage)
{
    long end = x + length < (long)r->width ? x + length : (long)r->width;
    if (y < 0 || y >= (long)r->height)
        return;
    for (x = x < 0 ? 0 : x; x < end; x++) {
        unsigned char *pixel = r->pixels + ((size_t)y * r->width + (size_t)x) * 3;
        for (int i = 0; i < 3; i++)
            pixel[i] = (unsigned char)((pixel[i] * (255 - coverage) + colour[i] * coverage + 127) / 255);
    }
}

/* ---- writing ---- */

static void png_to_buffer(png_structp png, png_bytep bytes, png_size_t size)
{
    buffer_add(png_get_io_ptr(png), bytes, size);
}
static void png_no_flush(png_structp png) { (void)png; }
static void png_quiet(png_structp png, png_const_charp message) { (void)png, (void)message; }

/* Apart from reducer_png because of setjmp: after libpng jumps back here, no local variable may be relied on. */
static bool pixels_write(png_structp png, png_infop info, const struct reducer *reducer, unsigned dpi, struct buffer *out)
{
    png_uint_32 per_metre = (png_uint_32)(dpi / 0.0254 + 0.5);
    if (setjmp(png_jmpbuf(png)))
        return false;
    png_set_write_fn(png, out, png_to_buffer, png_no_flush);
    png_set_IHDR(png, info, (png_uint_32)reducer->width, (png_uint_32)reducer->height, 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP);  /* charts repeat from row to row */
    png_set_compression_level(png, 1);   /* 8 % larger than 6, in a third of the time */
    png_write_info(png, info);
    for (size_t y = 0; y < reducer->height; y++)
        png_write_row(png, reducer->pixels + y * reducer->width * 3);
    png_write_end(png, NULL);
    return true;
}

int reducer_png(const struct reducer *reducer, unsigned dpi, struct buffer *out, struct error *error)
{
    int code = E_OK;
    png_infop info = NULL;
    png_structp png = NULL;
    if (reducer->broken || reducer->rows_done != reducer->height * reducer->factor)
        return error_set(error, E_OUTPUT, "drawing PNG: libplot's bitmap is incomplete");
    png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, png_quiet);
    if (png == NULL || (info = png_create_info_struct(png)) == NULL)
        code = error_set(error, E_MEMORY, "writing PNG: out of memory");
    else if (!pixels_write(png, info, reducer, dpi, out))
        code = error_set(error, E_OUTPUT, "writing PNG: libpng failed");
    else if (out->failed)
        code = error_set(error, E_MEMORY, "writing PNG: out of memory");
    png_destroy_write_struct(&png, &info);
    return code;
}
