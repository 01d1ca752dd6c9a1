/* text_fill.c — glyphs as grey coverage, for pictures made of pixels: FreeType's own scan converter with 256 levels, which
 * small text needs more than anything else in a chart. */
#include "plots/text.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include <math.h>
#include <stdlib.h>

struct span_sink {
    text_span *span;
    void *context;
};

static void take_spans(int y, int count, const FT_Span *spans, void *user)
{
    const struct span_sink *sink = user;
    for (int i = 0; i < count; i++)
        sink->span(spans[i].x, y, spans[i].len, spans[i].coverage, sink->context);
}

static FT_Vector at(const double m[6], float x, float y)
{
    return (FT_Vector){lround((m[0] * (double)x + m[2] * (double)y + m[4]) * 64), lround((m[1] * (double)x + m[3] * (double)y + m[5]) * 64)};
}

int text_fill(struct text *text, const struct glyph *glyph, const double m[6], int width, int height, text_span *span, void *context)
{
    size_t points = 0, contours = 0;
    struct span_sink sink = {span, context};
    for (size_t i = 0; i < glyph->count; i++) {
        points += glyph->outlines[i].kind == OUTLINE_CUBIC ? 3 : glyph->outlines[i].kind == OUTLINE_QUADRATIC ? 2 : 1;
        contours += glyph->outlines[i].kind == OUTLINE_MOVE;
    }
    if (points == 0 || points > 32767 || contours > 32767)
        return E_OK;
    FT_Vector *list = malloc(points * (sizeof *list + 1) + contours * sizeof(short));
    if (list == NULL)
        return E_MEMORY;
    short *ends = (short *)(void *)(list + points);
    char *tags = (char *)(ends + contours);
    size_t n = 0, c = 0;
    for (size_t i = 0; i < glyph->count; i++) {
        const struct outline *o = &glyph->outlines[i];
        int last = o->kind == OUTLINE_CUBIC ? 2 : o->kind == OUTLINE_QUADRATIC ? 1 : 0;
        if (o->kind == OUTLINE_MOVE && n > 0)
            ends[c++] = (short)(n - 1);
        for (int k = 0; k <= last; k++, n++) {
            list[n] = at(m, o->x[k], o->y[k]);
            tags[n] = k == last ? FT_CURVE_TAG_ON : o->kind == OUTLINE_CUBIC ? FT_CURVE_TAG_CUBIC : FT_CURVE_TAG_CONIC;
        }
    }
    ends[c++] = (short)(n - 1);
    FT_Outline outline = {.n_contours = (short)c, .n_points = (short)n, .points = list, .tags = tags, .contours = ends, .flags = FT_OUTLINE_NONE};
    FT_Raster_Params params = {.flags = FT_RASTER_FLAG_AA | FT_RASTER_FLAG_DIRECT | FT_RASTER_FLAG_CLIP, .gray_spans = take_spans, .user = &sink,
                               .clip_box = {0, 0, width, height}};
    int code = FT_Outline_Render(text_library(text), &outline, &params) == 0 ? E_OK : E_MEMORY;
    free(list);
    return code;
}
