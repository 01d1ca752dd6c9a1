/* canvas_text.c — strings on the canvas: written where the file can hold text, drawn as glyphs where it cannot.
 *
 * libplot's labels are Latin-1 and its fonts have no Chinese. So a text that is to be selected is a libplot label of one
 * letter, which svg_finish and pdf_finish replace by the string; it is measured with the installed font and says so to the
 * reader's software (textLength), so that the layout holds with any other font too. In a PNG the glyphs are filled into the
 * finished picture, on top of everything (text_fill.c). Elsewhere they are filled paths, wound nonzero (glyph contours overlap). In SVG their curves stay curves, in font units under a transform, so that print
 * is sharp. The other drivers would cut every curve into dozens of chords: they get as many as the size of the text asks. */
#include "plots/canvas_internal.h"

#include "data/base/utf8.h"

#include <math.h>
#include <stdlib.h>

/* One contour, from its move to before the next. libplot cuts the first segment of a path into dozens of chords when it
 * is a curve that something else follows, but keeps all curves after a line: so a line of no length comes first. */
static void contour_as_curves(const struct canvas *canvas, const struct outline *o, size_t count, double dx)
{
    plPlotter *p = canvas->plotter;
    double start_x = o->x[0] + dx, start_y = o->y[0], x = start_x, y = start_y;
    canvas->lib.fmove_r(p, x, y);
    if (o[1].kind != OUTLINE_LINE)
        canvas->lib.fcont_r(p, x, y);
    for (size_t i = 1; i < count; i++) {
        int last = o[i].kind - OUTLINE_LINE;
        double ex = o[i].x[last] + dx, ey = o[i].y[last];
        if (o[i].kind == OUTLINE_LINE)
            canvas->lib.fcont_r(p, ex, ey);
        else if (o[i].kind == OUTLINE_QUADRATIC)
            canvas->lib.fbezier2_r(p, x, y, o[i].x[0] + dx, o[i].y[0], ex, ey);
        else
            canvas->lib.fbezier3_r(p, x, y, o[i].x[0] + dx, o[i].y[0], o[i].x[1] + dx, o[i].y[1], ex, ey);
        x = ex;
        y = ey;
    }
    if (x != start_x || y != start_y)
        canvas->lib.fcont_r(p, start_x, start_y);
    canvas->lib.endsubpath_r(p);
}

/* Where a glyph stands: font units in, px out. */
struct placement {
    double x, y, along;          /* of the string's start, in px; from there to the glyph, in font units */
    double right, up;            /* px per font unit along the base line, as the x and y of a direction */
};

static struct point placed(const struct placement *at, double x, double y)
{
    x += at->along;
    return (struct point){at->x + x * at->right - y * at->up, at->y - x * at->up - y * at->right};
}

/* The same in px, cut into chords. libplot's drivers without compound paths join subpaths themselves, but leak every
 * joined path (83 bytes a chord in 2.6). So a glyph is one path here: each contour is reached from the glyph's first point
 * and left the same way, and the bridges enclose nothing. On paper they would show, as PostScript paints each pixel that
 * an area touches, however thin it is: there, each contour is a path, and ps_finish makes one of them. */
static void contour_as_chords(const struct canvas *canvas, const struct outline *o, size_t count, const struct placement *at,
                              const struct point *first)
{
    plPlotter *p = canvas->plotter;
    struct point start = placed(at, o->x[0], o->y[0]);
    double x = start.x, y = start.y;
    if (first == NULL)
        canvas->lib.fmove_r(p, x, y);
    else
        canvas->lib.fcont_r(p, x, y);
    for (size_t i = 1; i < count; i++) {
        double bx[3] = {0}, by[3] = {0};
        int last = o[i].kind - OUTLINE_LINE;
        for (int k = 0; k <= last; k++) {
            struct point at_k = placed(at, o[i].x[k], o[i].y[k]);
            bx[k] = at_k.x;
            by[k] = at_k.y;
        }
        if (last > 0) {
            /* the distance of a quadratic from n chords is |second difference| / (4 n²) at most, and of a cubic alike */
            double bend = hypot(x - 2 * bx[0] + bx[1], y - 2 * by[0] + by[1]) / 4;
            if (last == 2)
                bend = 3 * fmax(bend, hypot(bx[0] - 2 * bx[1] + bx[2], by[0] - 2 * by[1] + by[2]) / 4);
            int n = (int)fmin(64, ceil(sqrt(bend / canvas->flatness)));
            for (int k = 1; k < n; k++) {
                double t = (double)k / n, u = 1 - t;
                if (last == 1)
                    canvas->lib.fcont_r(p, u * u * x + 2 * u * t * bx[0] + t * t * bx[1], u * u * y + 2 * u * t * by[0] + t * t * by[1]);
                else
                    canvas->lib.fcont_r(p, u * u * u * x + 3 * u * u * t * bx[0] + 3 * u * t * t * bx[1] + t * t * t * bx[2],
                               u * u * u * y + 3 * u * u * t * by[0] + 3 * u * t * t * by[1] + t * t * t * by[2]);
            }
        }
        x = bx[last];
        y = by[last];
        canvas->lib.fcont_r(p, x, y);
    }
    if (x != start.x || y != start.y)
        canvas->lib.fcont_r(p, start.x, start.y);
    if (first != NULL)
        canvas->lib.fcont_r(p, first->x, first->y);
}

/* Draws a glyph's contours; false when it has none. Pen, brush and, for curves, the transform are set. */
static bool glyph_draw(struct canvas *canvas, const struct glyph *glyph, const struct placement *at)
{
    bool inked = false;
    struct point start = {0, 0};
    for (size_t first = 0, next; first < glyph->count; first = next) {
        const struct outline *o = glyph->outlines + first;
        next = first + 1;
        while (next < glyph->count && glyph->outlines[next].kind != OUTLINE_MOVE)
            next++;
        if (next - first < 3)
            continue;  /* no area */
        if (canvas->format == FIGURE_SVG || canvas->format == FIGURE_PDF)
            contour_as_curves(canvas, o, next - first, at->along);
        else if (canvas->format == FIGURE_PNG)
            contour_as_chords(canvas, o, next - first, at, inked ? &start : NULL);
        else {
            if (inked) {
                canvas->lib.endpath_r(canvas->plotter);
                canvas->lib.capmod_r(canvas->plotter, PS_CONTINUED);
            }
            contour_as_chords(canvas, o, next - first, at, NULL);
        }
        if (!inked)
            start = placed(at, o->x[0], o->y[0]);
        inked = true;
    }
    return inked;
}

static void text_outline(struct canvas *canvas, const struct text_run *run)
{
    plPlotter *p = canvas->plotter;
    double scale = run->size / TEXT_EM, angle = run->degrees * M_PI / 180;
    struct placement at = {run->x, run->y, 0, scale * cos(angle), scale * sin(angle)};
    size_t length = strlen(run->string);
    bool whole = canvas->format == FIGURE_SVG || canvas->format == FIGURE_PDF;  /* one path for the string, or one a glyph */
    bool inked = false;
    canvas_pen(canvas, NULL, 0);
    canvas_brush(canvas, &run->colour);
    if (whole) {
        canvas->lib.savestate_r(p);
        canvas->lib.fconcat_r(p, at.right, -at.up, -at.up, -at.right, run->x, run->y);
    }
    for (size_t i = 0; i < length;) {
        uint32_t point;
        i += (size_t)abs(utf8_decode((const unsigned char *)run->string + i, length - i, &point));
        const struct glyph *glyph = text_glyph(canvas->text, point, run->bold);
        if (glyph_draw(canvas, glyph, &at)) {
            inked = true;
            if (!whole && canvas->lib.endpath_r(p) < 0)
                canvas->failed = true;
            if (canvas->format == FIGURE_PS)
                canvas->lib.capmod_r(p, "butt");
        }
        at.along += glyph->advance;
    }
    if (inked && whole)
        canvas_end_mark(canvas);
    if (whole)
        canvas->lib.restorestate_r(p);
    if (!inked && canvas->tag_count > 0 && canvas->tags[canvas->tag_count - 1].element == canvas->element_count)
        canvas->tag_count--;   /* nothing drawn: a tag meant for this string must not name the next mark */
}

/* Kept until libplot's picture is there. */
static void text_keep(struct canvas *canvas, const struct text_run *run)
{
    char *string = arena_copy(&canvas->arena, run->string, strlen(run->string));
    if (canvas->run_count == canvas->run_capacity) {
        size_t capacity = canvas->run_capacity == 0 ? 128 : canvas->run_capacity * 2;
        struct text_run *runs = reallocarray(canvas->runs, capacity, sizeof *runs);
        if (runs == NULL) {
            canvas->failed = true;
            return;
        }
        canvas->runs = runs;
        canvas->run_capacity = capacity;
    }
    if (string == NULL) {
        canvas->failed = true;
        return;
    }
    canvas->runs[canvas->run_count] = *run;
    canvas->runs[canvas->run_count++].string = string;
}

struct blending {
    struct reducer *reducer;
    long bottom;                 /* the picture's y runs down, a glyph's up */
    unsigned char colour[3];
};

static void blend_span(int x, int y, int length, unsigned char coverage, void *context)
{
    const struct blending *to = context;
    reducer_blend(to->reducer, x, to->bottom - y, length, to->colour, coverage);
}

int canvas_fill_texts(struct canvas *canvas)
{
    double zoom = canvas->zoom * canvas->dpi / 96;
    int width = (int)lround(canvas->width * zoom), height = (int)lround(canvas->height * zoom), code = E_OK;
    for (size_t r = 0; r < canvas->run_count && code == E_OK; r++) {
        const struct text_run *run = &canvas->runs[r];
        double scale = run->size / TEXT_EM * zoom, angle = run->degrees * M_PI / 180, c = scale * cos(angle), s = scale * sin(angle), along = 0;
        struct blending to = {canvas->reducer, height - 1, {run->colour.red, run->colour.green, run->colour.blue}};
        size_t length = strlen(run->string);
        for (size_t i = 0; i < length && code == E_OK;) {
            uint32_t point;
            i += (size_t)abs(utf8_decode((const unsigned char *)run->string + i, length - i, &point));
            const struct glyph *glyph = text_glyph(canvas->text, point, run->bold);
            double m[6] = {c, s, -s, c, run->x * zoom + along * c, height - run->y * zoom + along * s};
            code = text_fill(canvas->text, glyph, m, width, height, blend_span, &to);
            along += glyph->advance;
        }
    }
    return code;
}

static void text_write(struct canvas *canvas, const struct text_run *run)
{
    struct text_run *kept = arena_alloc(&canvas->arena, sizeof *kept);
    char *string = arena_copy(&canvas->arena, run->string, strlen(run->string));
    struct tag *tag = canvas_next_tag(canvas);
    if (kept == NULL || string == NULL || tag == NULL) {
        canvas->failed = true;
        return;
    }
    *kept = *run;
    kept->string = string;
    tag->run = kept;
    if (tag->mark == NULL)
        tag->title = NULL;   /* the text says it itself */
    canvas->lib.fmove_r(canvas->plotter, run->x, run->y);
    if (canvas->lib.alabel_r(canvas->plotter, 'l', 'x', "@") < 0)
        canvas->failed = true;
    canvas->element_count++;
}

void canvas_text_turned(struct canvas *canvas, double x, double y, enum anchor anchor, double size, bool bold,
                        struct colour colour, const char *string, double degrees)
{
    double width = text_width(canvas->text, string, size, bold), back = anchor == ANCHOR_START ? 0 : anchor == ANCHOR_MIDDLE ? width / 2 : width;
    double angle = degrees * M_PI / 180;
    struct text_run run = {x - back * cos(angle), y + back * sin(angle), size, degrees, width, bold, colour, string};
    if (canvas->format == FIGURE_PNG)
        text_keep(canvas, &run);
    else if (canvas->outlines)
        text_outline(canvas, &run);
    else if (string[strspn(string, " ")] != '\0')
        text_write(canvas, &run);
    else if (canvas->tag_count > 0 && canvas->tags[canvas->tag_count - 1].element == canvas->element_count)
        canvas->tag_count--;
}

void canvas_text(struct canvas *canvas, double x, double y, enum anchor anchor, double size, bool bold,
                 struct colour colour, const char *string)
{
    canvas_text_turned(canvas, x, y, anchor, size, bold, colour, string, 0);
}
