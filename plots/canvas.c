/* canvas.c — one libplot Plotter behind the marks that charts are made of.
 *
 * Each call below makes exactly one element in SVG, so that canvas_tag can name elements by counting them. Text goes out
 * as filled paths, wound nonzero (glyph contours overlap). In SVG its curves stay curves, in font units under
 * a transform, so that print is sharp. The other drivers would cut every curve into dozens of chords: they get as many as
 * the size of the text asks for. */
#include "plots/canvas.h"

#include "data/base/utf8.h"
#include "plots/libplot.h"
#include "plots/png.h"
#include "plots/vector.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
/* libplot never frees the parameters of a Plotter (some 170 bytes a figure); LeakSanitizer is to report only our leaks. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}
const char *__lsan_default_suppressions(void)
{
    return "leak:_pl_xmalloc\n";
}
#endif

#define PNG_BUDGET 24e6      /* large pixels drawn for a PNG: some 100 MB in libplot */
#define PNG_OVERSAMPLING 3
#define SIZE_MAX_PX 200000
#define FLATNESS_PX 0.04     /* how far a chord may stay from its curve */

struct canvas {
    enum figure_format format;
    double width, height;
    struct text *text;
    struct arena arena;          /* titles of tags */
    struct libplot lib;
    plPlotterParams *params;
    plPlotter *plotter;
    FILE *out, *warnings;
    char *raw, *warning_text;
    size_t raw_size, warning_size;
    struct reducer *reducer;
    struct tag *tags;
    size_t tag_count, tag_capacity, element_count;
    bool opened, failed;         /* failed: a libplot call, or memory */
};

int canvas_open(enum figure_format format, double width, double height, struct text *text, struct canvas **result,
                struct error *error)
{
    static const char *const driver[] = {[FIGURE_SVG] = "svg", [FIGURE_PNG] = "pnm", [FIGURE_PS] = "ps"};
    int code = E_OK;
    char size[128];
    struct canvas *canvas = calloc(1, sizeof *canvas);
    *result = NULL;
    if (canvas == NULL)
        return error_set(error, E_MEMORY, "drawing: out of memory");
    canvas->format = format;
    canvas->width = round(width);
    canvas->height = round(height);
    canvas->text = text;
    if ((code = libplot_load(&canvas->lib, error)) != E_OK)
        goto done;
    if (canvas->width < 1 || canvas->height < 1 || canvas->width > SIZE_MAX_PX || canvas->height > SIZE_MAX_PX ||
        (format == FIGURE_PNG && canvas->width * canvas->height > PNG_BUDGET * 2)) {
        code = error_set(error, E_DOMAIN, "drawing: a figure of %.0f × %.0f px is too large%s", canvas->width, canvas->height,
                         format == FIGURE_PNG ? " for PNG; write SVG, or choose fewer marks" : "; choose fewer marks");
        goto done;
    }
    if (format == FIGURE_PNG) {
        unsigned factor = PNG_OVERSAMPLING;
        while (factor > 1 && canvas->width * canvas->height * factor * factor > PNG_BUDGET)
            factor--;
        snprintf(size, sizeof size, "%.0fx%.0f", canvas->width * factor, canvas->height * factor);
        canvas->reducer = reducer_new((size_t)canvas->width, (size_t)canvas->height, factor);
        canvas->out = canvas->reducer == NULL ? NULL : reducer_stream(canvas->reducer);
    } else {
        snprintf(size, sizeof size, "letter,xsize=%.6fin,ysize=%.6fin,xorigin=0in,yorigin=0in", canvas->width / 96, canvas->height / 96);
        canvas->out = open_memstream(&canvas->raw, &canvas->raw_size);
    }
    canvas->warnings = open_memstream(&canvas->warning_text, &canvas->warning_size);
    canvas->params = canvas->lib.newplparams();
    if (canvas->out == NULL || canvas->warnings == NULL || canvas->params == NULL) {
        code = error_set(error, E_MEMORY, "drawing: out of memory");
        goto done;
    }
    char white[] = "white", long_lines[] = "1000000";
    canvas->lib.setplparam(canvas->params, format == FIGURE_PNG ? "BITMAPSIZE" : "PAGESIZE", size);
    canvas->lib.setplparam(canvas->params, "BG_COLOR", white);
    canvas->lib.setplparam(canvas->params, "MAX_LINE_LENGTH", long_lines);  /* else a long line becomes several elements */
    canvas->plotter = canvas->lib.newpl_r(driver[format], NULL, canvas->out, canvas->warnings, canvas->params);
    if (canvas->plotter == NULL || canvas->lib.openpl_r(canvas->plotter) < 0) {
        code = error_set(error, E_OUTPUT, "drawing: libplot has no %s driver", driver[format]);
        goto done;
    }
    canvas->opened = true;
    canvas->lib.fspace_r(canvas->plotter, 0, canvas->height, canvas->width, 0);
    canvas->lib.fillmod_r(canvas->plotter, "nonzero-winding");
    canvas->lib.joinmod_r(canvas->plotter, "round");
    canvas->lib.capmod_r(canvas->plotter, "butt");
    if (format == FIGURE_SVG) {  /* libplot gives the group the first mark's transform: it is to be that of px */
        canvas_tag(canvas, "background", NULL);
        canvas_rect(canvas, 0, 0, canvas->width, canvas->height, (struct colour){255, 255, 255});
    }
done:
    if (code != E_OK)
        canvas_close(canvas);
    else
        *result = canvas;
    return code;
}

void canvas_close(struct canvas *canvas)
{
    if (canvas == NULL)
        return;
    if (canvas->opened)
        canvas->lib.closepl_r(canvas->plotter);
    if (canvas->plotter != NULL)
        canvas->lib.deletepl_r(canvas->plotter);
    if (canvas->params != NULL)
        canvas->lib.deleteplparams(canvas->params);
    if (canvas->out != NULL)
        fclose(canvas->out);
    if (canvas->warnings != NULL)
        fclose(canvas->warnings);
    free(canvas->raw);
    free(canvas->warning_text);
    reducer_free(canvas->reducer);
    free(canvas->tags);
    arena_free(&canvas->arena);
    free(canvas);
}

void canvas_tag(struct canvas *canvas, const char *class, const char *title)
{
    if (canvas->format != FIGURE_SVG)
        return;
    if (canvas->tag_count == canvas->tag_capacity) {
        size_t capacity = canvas->tag_capacity == 0 ? 64 : canvas->tag_capacity * 2;
        struct tag *tags = realloc(canvas->tags, capacity * sizeof *tags);
        if (tags == NULL) {
            canvas->failed = true;
            return;
        }
        canvas->tags = tags;
        canvas->tag_capacity = capacity;
    }
    struct tag *tag = &canvas->tags[canvas->tag_count];
    *tag = (struct tag){canvas->element_count, class, NULL};
    if (title != NULL && (tag->title = arena_copy(&canvas->arena, title, strlen(title))) == NULL)
        canvas->failed = true;
    canvas->tag_count++;
}

/* ---- marks ---- */

static void pen(struct canvas *canvas, const struct colour *line, double width)
{
    plPlotter *p = canvas->plotter;
    canvas->lib.pentype_r(p, line != NULL);
    if (line != NULL) {
        canvas->lib.pencolor_r(p, line->red * 257, line->green * 257, line->blue * 257);
        canvas->lib.flinewidth_r(p, width);
    }
}

static void brush(struct canvas *canvas, const struct colour *fill)
{
    plPlotter *p = canvas->plotter;
    canvas->lib.filltype_r(p, fill != NULL);
    if (fill != NULL)
        canvas->lib.fillcolor_r(p, fill->red * 257, fill->green * 257, fill->blue * 257);
}

static void dashes(struct canvas *canvas, bool dashed)
{
    static const double pattern[] = {4, 3};
    if (dashed)
        canvas->lib.flinedash_r(canvas->plotter, 2, pattern, 0);
    else
        canvas->lib.flinedash_r(canvas->plotter, 0, pattern, 0);
}

static void end_mark(struct canvas *canvas)
{
    if (canvas->lib.endpath_r(canvas->plotter) < 0)
        canvas->failed = true;
    canvas->element_count++;
}

void canvas_rect(struct canvas *canvas, double x, double y, double width, double height, struct colour fill)
{
    pen(canvas, NULL, 0);
    brush(canvas, &fill);
    canvas->lib.fbox_r(canvas->plotter, x, y, x + width, y + height);
    end_mark(canvas);
}

void canvas_framed_rect(struct canvas *canvas, double x, double y, double width, double height, struct colour fill,
                        struct colour line, double line_width, bool dashed)
{
    double inset = fmin(line_width, fmin(width, height)) / 2;
    pen(canvas, &line, fmin(line_width, inset * 2));
    brush(canvas, &fill);
    dashes(canvas, dashed);
    canvas->lib.fbox_r(canvas->plotter, x + inset, y + inset, x + width - inset, y + height - inset);
    end_mark(canvas);
    dashes(canvas, false);
}

static void path(struct canvas *canvas, const struct point *points, size_t count)
{
    canvas->lib.fmove_r(canvas->plotter, points[0].x, points[0].y);
    for (size_t i = 1; i < count; i++)
        canvas->lib.fcont_r(canvas->plotter, points[i].x, points[i].y);
}

void canvas_polygon(struct canvas *canvas, const struct point *points, size_t count, struct colour fill)
{
    pen(canvas, NULL, 0);
    brush(canvas, &fill);
    path(canvas, points, count);
    canvas->lib.fcont_r(canvas->plotter, points[0].x, points[0].y);
    end_mark(canvas);
}

void canvas_polyline(struct canvas *canvas, const struct point *points, size_t count, double line_width,
                     struct colour line, bool dashed)
{
    pen(canvas, &line, line_width);
    brush(canvas, NULL);
    dashes(canvas, dashed);
    path(canvas, points, count);
    end_mark(canvas);
    dashes(canvas, false);
}

void canvas_circle(struct canvas *canvas, double x, double y, double radius, struct colour fill, struct colour line,
                   double line_width)
{
    pen(canvas, &line, line_width);
    brush(canvas, &fill);
    canvas->lib.fcircle_r(canvas->plotter, x, y, radius);
    end_mark(canvas);
}

/* ---- text ---- */

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

/* The same in px, cut into chords. libplot's drivers without compound paths join subpaths themselves, but leak every
 * joined path (83 bytes a chord in 2.6). So a glyph is one path here: each contour is reached from the glyph's first point
 * and left the same way, and the bridges enclose nothing. On paper they would show, as PostScript paints each pixel that
 * an area touches, however thin it is: there, each contour is a path, and ps_finish makes one of them. */
static void contour_as_chords(const struct canvas *canvas, const struct outline *o, size_t count, double ox, double oy, double scale,
                              const struct point *first)
{
    plPlotter *p = canvas->plotter;
    double x = ox + o->x[0] * scale, y = oy - o->y[0] * scale, start_x = x, start_y = y;
    if (first == NULL)
        canvas->lib.fmove_r(p, x, y);
    else
        canvas->lib.fcont_r(p, x, y);
    for (size_t i = 1; i < count; i++) {
        double bx[3], by[3];
        int last = o[i].kind - OUTLINE_LINE;
        for (int k = 0; k <= last; k++) {
            bx[k] = ox + o[i].x[k] * scale;
            by[k] = oy - o[i].y[k] * scale;
        }
        if (last > 0) {
            /* the distance of a quadratic from n chords is |second difference| / (4 n²) at most, and of a cubic alike */
            double bend = hypot(x - 2 * bx[0] + bx[1], y - 2 * by[0] + by[1]) / 4;
            if (last == 2)
                bend = 3 * fmax(bend, hypot(bx[0] - 2 * bx[1] + bx[2], by[0] - 2 * by[1] + by[2]) / 4);
            int n = (int)fmin(64, ceil(sqrt(bend / FLATNESS_PX)));
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
    if (x != start_x || y != start_y)
        canvas->lib.fcont_r(p, start_x, start_y);
    if (first != NULL)
        canvas->lib.fcont_r(p, first->x, first->y);
}

/* Draws a glyph's contours; false when it has none. Pen, brush and, for curves, the transform are set. */
static bool glyph_draw(struct canvas *canvas, const struct glyph *glyph, double at, double x, double y, double scale)
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
        if (canvas->format == FIGURE_SVG)
            contour_as_curves(canvas, o, next - first, at);
        else if (canvas->format == FIGURE_PNG)
            contour_as_chords(canvas, o, next - first, x + at * scale, y, scale, inked ? &start : NULL);
        else {
            if (inked) {
                canvas->lib.endpath_r(canvas->plotter);
                canvas->lib.capmod_r(canvas->plotter, PS_CONTINUED);
            }
            contour_as_chords(canvas, o, next - first, x + at * scale, y, scale, NULL);
        }
        if (!inked)
            start = (struct point){x + (at + (double)o->x[0]) * scale, y - o->y[0] * scale};
        inked = true;
    }
    return inked;
}

void canvas_text(struct canvas *canvas, double x, double y, enum anchor anchor, double size, bool bold,
                 struct colour colour, const char *string)
{
    plPlotter *p = canvas->plotter;
    double scale = size / TEXT_EM, at = 0;
    size_t length = strlen(string);
    bool whole = canvas->format == FIGURE_SVG, inked = false;  /* one path for the string, or one a glyph */
    if (anchor != ANCHOR_START)
        x -= text_width(canvas->text, string, size, bold) / (anchor == ANCHOR_MIDDLE ? 2 : 1);
    pen(canvas, NULL, 0);
    brush(canvas, &colour);
    if (whole) {
        canvas->lib.savestate_r(p);
        canvas->lib.fconcat_r(p, scale, 0, 0, -scale, x, y);
    }
    for (size_t i = 0; i < length;) {
        uint32_t point;
        i += (size_t)abs(utf8_decode((const unsigned char *)string + i, length - i, &point));
        const struct glyph *glyph = text_glyph(canvas->text, point, bold);
        if (glyph_draw(canvas, glyph, at, x, y, scale)) {
            inked = true;
            if (!whole && canvas->lib.endpath_r(p) < 0)
                canvas->failed = true;
            if (canvas->format == FIGURE_PS)
                canvas->lib.capmod_r(p, "butt");
        }
        at += glyph->advance;
    }
    if (inked && whole)
        end_mark(canvas);
    if (whole)
        canvas->lib.restorestate_r(p);
    if (!inked && canvas->tag_count > 0 && canvas->tags[canvas->tag_count - 1].element == canvas->element_count)
        canvas->tag_count--;   /* nothing drawn: a tag meant for this string must not name the next mark */
}

/* ---- the file ---- */

int canvas_finish(struct canvas *canvas, const char *title, const char *description, char **bytes, size_t *size,
                  struct error *error)
{
    int code = E_OK;
    struct buffer out = {0};
    bool closed = canvas->lib.closepl_r(canvas->plotter) >= 0;
    canvas->opened = false;
    closed = canvas->lib.deletepl_r(canvas->plotter) >= 0 && closed;
    canvas->plotter = NULL;
    closed = fclose(canvas->out) == 0 && closed;
    canvas->out = NULL;
    fflush(canvas->warnings);
    *bytes = NULL;
    *size = 0;
    if (!closed || canvas->failed) {
        code = error_set(error, E_OUTPUT, "drawing: libplot failed%s%s", canvas->warning_size > 0 ? ": " : "",
                         canvas->warning_size > 0 ? canvas->warning_text : "");
        goto done;
    }
    if (canvas->format == FIGURE_PNG)
        code = reducer_png(canvas->reducer, &out, error);
    else if (!(canvas->format == FIGURE_SVG
                   ? svg_finish(canvas->raw, canvas->raw_size, canvas->width, canvas->height, title, description,
                                canvas->tags, canvas->tag_count, canvas->element_count, &out)
                   : ps_finish(canvas->raw, canvas->raw_size, canvas->width, canvas->height, title, &out)))
        code = error_set(error, E_OUTPUT, "drawing: libplot wrote something other than version 4.4 does");
    if (code == E_OK && (out.failed || out.bytes == NULL))
        code = error_set(error, E_MEMORY, "drawing: out of memory");
done:
    if (code != E_OK) {
        buffer_free(&out);
    } else {
        *bytes = out.bytes;
        *size = out.size;
    }
    return code;
}
