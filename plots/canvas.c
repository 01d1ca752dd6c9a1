/* canvas.c — one libplot Plotter behind the marks that charts are made of.
 *
 * Each call below makes exactly one element in SVG, so that canvas_tag can name elements by counting them. PDF is made from
 * the same SVG (pdf.c), since libplot has no driver for it. */
#include "plots/canvas_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
/* libplot never frees the parameters of a Plotter (some 170 bytes a figure), nor some of what its bitmaps take; LeakSanitizer is to report only our leaks. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}
const char *__lsan_default_suppressions(void)
{
    return "leak:_pl_xmalloc\nleak:_pl_mi_xmalloc\n";
}
#endif

#define PNG_BUDGET 24e6      /* large pixels drawn for a PNG: some 100 MB in libplot */
#define PNG_OVERSAMPLING 2  /* texts are filled with 256 levels of grey of their own */
#define SIZE_MAX_PX 200000
#define FLATNESS_PX 0.04
#define DPI_MIN 24
#define DPI_MAX 1200


/* libplot does not look at what writing returns, and a stream of open_memstream does not remember it: a buffer does. */
static ssize_t keep(void *raw, const char *bytes, size_t size)
{
    struct buffer *buffer = raw;
    buffer_add(buffer, bytes, size);
    return buffer->failed ? 0 : (ssize_t)size;
}

int canvas_open(const struct canvas_options *options, struct text *text, struct canvas **result, struct error *error)
{
    static const char *const driver[] = {[FIGURE_SVG] = "svg", [FIGURE_PNG] = "pnm", [FIGURE_PS] = "ps", [FIGURE_PDF] = "svg"};
    enum figure_format format = options->format;
    int code = E_OK;
    char size[128], paper[32];
    double dpi = fmin(DPI_MAX, fmax(DPI_MIN, options->dpi)), zoom = options->zoom;
    struct canvas *canvas = calloc(1, sizeof *canvas);
    *result = NULL;
    if (canvas == NULL)
        return error_set(error, E_MEMORY, "drawing: out of memory");
    canvas->format = format;
    canvas->width = options->width;
    canvas->height = options->height;
    canvas->zoom = zoom;
    canvas->dpi = (unsigned)lround(dpi);
    canvas->outlines = options->outline_text || format == FIGURE_PNG || format == FIGURE_PS;
    canvas->language = options->language;
    canvas->flatness = FLATNESS_PX / fmax(1, zoom * (format == FIGURE_PNG ? dpi / 96 : 1));
    canvas->text = text;
    double columns = round(options->width * zoom * dpi / 96), rows = round(options->height * zoom * dpi / 96);
    if ((code = libplot_load(&canvas->lib, error)) != E_OK)
        goto done;
    if (!(canvas->width >= 1 && canvas->height >= 1 && canvas->width * zoom <= SIZE_MAX_PX && canvas->height * zoom <= SIZE_MAX_PX) ||
        (format == FIGURE_PNG && columns * rows > PNG_BUDGET * 2)) {
        code = error_set(error, E_DOMAIN, "drawing: a figure of %.0f × %.0f px is too large%s", format == FIGURE_PNG ? columns : canvas->width * zoom,
                         format == FIGURE_PNG ? rows : canvas->height * zoom,
                         format == FIGURE_PNG ? " for PNG; write SVG, or choose fewer marks or a lower --dpi" : "; choose fewer marks");
        goto done;
    }
    if (format == FIGURE_PNG) {
        unsigned factor = PNG_OVERSAMPLING;
        while (factor > 1 && columns * rows * factor * factor > PNG_BUDGET)
            factor--;
        snprintf(size, sizeof size, "%.0fx%.0f", columns * factor, rows * factor);
        canvas->reducer = reducer_new((size_t)columns, (size_t)rows, factor);
        canvas->out = canvas->reducer == NULL ? NULL : reducer_stream(canvas->reducer);
    } else {
        snprintf(size, sizeof size, "letter,xsize=%.6fin,ysize=%.6fin,xorigin=0in,yorigin=0in", canvas->width * zoom / 96,
                 canvas->height * zoom / 96);
        canvas->out = fopencookie(&canvas->raw, "w", (cookie_io_functions_t){.write = keep});
    }
    canvas->warnings = open_memstream(&canvas->warning_text, &canvas->warning_size);
    canvas->params = canvas->lib.newplparams();
    if (canvas->out == NULL || canvas->warnings == NULL || canvas->params == NULL) {
        code = error_set(error, E_MEMORY, "drawing: out of memory");
        goto done;
    }
    char long_lines[] = "1000000";
    snprintf(paper, sizeof paper, "#%02x%02x%02x", options->paper.red, options->paper.green, options->paper.blue);
    canvas->lib.setplparam(canvas->params, format == FIGURE_PNG ? "BITMAPSIZE" : "PAGESIZE", size);
    canvas->lib.setplparam(canvas->params, "BG_COLOR", paper);
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
    bool tinted = options->paper.red + options->paper.green + options->paper.blue < 3 * 255;
    /* libplot gives SVG's group the first mark's transform: it is to be that of px; and on paper, its PostScript driver
     * leaves the background out */
    if (format == FIGURE_SVG || format == FIGURE_PDF || (format == FIGURE_PS && tinted)) {
        canvas_tag(canvas, "background", NULL);
        canvas_rect(canvas, 0, 0, canvas->width, canvas->height, options->paper);
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
    buffer_free(&canvas->raw);
    free(canvas->warning_text);
    reducer_free(canvas->reducer);
    free(canvas->tags);
    free(canvas->runs);
    arena_free(&canvas->arena);
    free(canvas);
}

struct tag *canvas_next_tag(struct canvas *canvas)
{
    if (canvas->tag_count > 0 && canvas->tags[canvas->tag_count - 1].element == canvas->element_count)
        return &canvas->tags[canvas->tag_count - 1];
    if (canvas->tag_count == canvas->tag_capacity) {
        size_t capacity = canvas->tag_capacity == 0 ? 64 : canvas->tag_capacity * 2;
        struct tag *tags = reallocarray(canvas->tags, capacity, sizeof *tags);
        if (tags == NULL) {
            canvas->failed = true;
            return NULL;
        }
        canvas->tags = tags;
        canvas->tag_capacity = capacity;
    }
    struct tag *tag = &canvas->tags[canvas->tag_count++];
    *tag = (struct tag){.element = canvas->element_count};
    return tag;
}

void canvas_tag_mark(struct canvas *canvas, const char *class, const char *title, const struct mark *mark)
{
    if (canvas->format != FIGURE_SVG && canvas->format != FIGURE_PDF)
        return;
    struct tag *tag = canvas_next_tag(canvas);
    if (tag == NULL)
        return;
    *tag = (struct tag){.element = canvas->element_count, .class = class, .mark = mark};
    if (title != NULL && canvas->format == FIGURE_SVG && (tag->title = arena_copy(&canvas->arena, title, strlen(title))) == NULL)
        canvas->failed = true;
}

void canvas_tag(struct canvas *canvas, const char *class, const char *title)
{
    canvas_tag_mark(canvas, class, title, NULL);
}

/* ---- marks ---- */

void canvas_pen(struct canvas *canvas, const struct colour *line, double width)
{
    plPlotter *p = canvas->plotter;
    canvas->lib.pentype_r(p, line != NULL);
    if (line != NULL) {
        canvas->lib.pencolor_r(p, line->red * 257, line->green * 257, line->blue * 257);
        canvas->lib.flinewidth_r(p, width);
    }
}

void canvas_brush(struct canvas *canvas, const struct colour *fill)
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

void canvas_end_mark(struct canvas *canvas)
{
    if (canvas->lib.endpath_r(canvas->plotter) < 0)
        canvas->failed = true;
    canvas->element_count++;
}

void canvas_rect(struct canvas *canvas, double x, double y, double width, double height, struct colour fill)
{
    canvas_pen(canvas, NULL, 0);
    canvas_brush(canvas, &fill);
    canvas->lib.fbox_r(canvas->plotter, x, y, x + width, y + height);
    canvas_end_mark(canvas);
}

void canvas_framed_rect(struct canvas *canvas, double x, double y, double width, double height, struct colour fill,
                        struct colour line, double line_width, bool dashed)
{
    double inset = fmin(line_width, fmin(width, height)) / 2;
    canvas_pen(canvas, &line, fmin(line_width, inset * 2));
    canvas_brush(canvas, &fill);
    dashes(canvas, dashed);
    canvas->lib.joinmod_r(canvas->plotter, "miter");   /* sharp corners */
    canvas->lib.fbox_r(canvas->plotter, x + inset, y + inset, x + width - inset, y + height - inset);
    canvas_end_mark(canvas);
    canvas->lib.joinmod_r(canvas->plotter, "round");
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
    canvas_pen(canvas, NULL, 0);
    canvas_brush(canvas, &fill);
    path(canvas, points, count);
    canvas->lib.fcont_r(canvas->plotter, points[0].x, points[0].y);
    canvas_end_mark(canvas);
}

/* libplot's drivers without compound paths leak what they join (canvas_text.c says how much): there, each further ring is
 * reached from the first point of the first and left the same way, and the bridges enclose nothing. */
static void rings_path(struct canvas *canvas, const struct point *points, const size_t *sizes, size_t rings)
{
    const struct point *ring = points;
    bool compound = canvas->format == FIGURE_SVG || canvas->format == FIGURE_PDF;
    for (size_t r = 0; r < rings; ring += sizes[r++]) {
        if (r == 0 || compound)
            canvas->lib.fmove_r(canvas->plotter, ring[0].x, ring[0].y);
        else
            canvas->lib.fcont_r(canvas->plotter, ring[0].x, ring[0].y);
        for (size_t i = 1; i < sizes[r]; i++)
            canvas->lib.fcont_r(canvas->plotter, ring[i].x, ring[i].y);
        canvas->lib.fcont_r(canvas->plotter, ring[0].x, ring[0].y);
        if (compound && rings > 1)
            canvas->lib.endsubpath_r(canvas->plotter);
        else if (r > 0)
            canvas->lib.fcont_r(canvas->plotter, points[0].x, points[0].y);
    }
}

void canvas_region(struct canvas *canvas, const struct point *points, const size_t *sizes, size_t rings, struct colour fill,
                   struct colour line, double line_width, bool dashed)
{
    bool compound = canvas->format == FIGURE_SVG || canvas->format == FIGURE_PDF;
    canvas->lib.fillmod_r(canvas->plotter, "even-odd");
    canvas_pen(canvas, compound ? &line : NULL, line_width);
    canvas_brush(canvas, &fill);
    dashes(canvas, dashed && compound);
    rings_path(canvas, points, sizes, rings);
    canvas_end_mark(canvas);
    dashes(canvas, false);
    canvas->lib.fillmod_r(canvas->plotter, "nonzero-winding");
    for (size_t r = 0; r < rings && !compound; points += sizes[r++]) {
        canvas_pen(canvas, &line, line_width);
        canvas_brush(canvas, NULL);
        dashes(canvas, dashed);
        path(canvas, points, sizes[r]);
        canvas->lib.fcont_r(canvas->plotter, points[0].x, points[0].y);
        canvas_end_mark(canvas);
        dashes(canvas, false);
    }
}

void canvas_polyline(struct canvas *canvas, const struct point *points, size_t count, double line_width,
                     struct colour line, bool dashed)
{
    canvas_pen(canvas, &line, line_width);
    canvas_brush(canvas, NULL);
    dashes(canvas, dashed);
    path(canvas, points, count);
    canvas_end_mark(canvas);
    dashes(canvas, false);
}

void canvas_circle(struct canvas *canvas, double x, double y, double radius, struct colour fill, struct colour line,
                   double line_width)
{
    canvas_pen(canvas, &line, line_width);
    canvas_brush(canvas, &fill);
    canvas->lib.fcircle_r(canvas->plotter, x, y, radius);
    canvas_end_mark(canvas);
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
    if (canvas->raw.failed) {
        code = error_set(error, E_MEMORY, "drawing: out of memory");
        goto done;
    }
    if (!closed || canvas->failed) {
        code = error_set(error, E_OUTPUT, "drawing: libplot failed%s%s", canvas->warning_size > 0 ? ": " : "",
                         canvas->warning_size > 0 ? canvas->warning_text : "");
        goto done;
    }
    struct vector_drawing drawing = {
        .raw = canvas->raw.bytes, .raw_size = canvas->raw.size, .width = canvas->width, .height = canvas->height, .zoom = canvas->zoom,
        .title = title, .description = description, .language = canvas->language, .family = text_family(canvas->text),
        .tags = canvas->tags, .tag_count = canvas->tag_count, .element_count = canvas->element_count, .text = canvas->text,
    };
    if (canvas->format == FIGURE_PNG && canvas_fill_texts(canvas) != E_OK)
        code = error_set(error, E_MEMORY, "drawing: out of memory");
    else if (canvas->format == FIGURE_PNG)
        code = reducer_png(canvas->reducer, canvas->dpi, &out, error);
    else if (!(canvas->format == FIGURE_SVG   ? svg_finish(&drawing, &out)
               : canvas->format == FIGURE_PDF ? pdf_finish(&drawing, &out)
                                              : ps_finish(canvas->raw.bytes, canvas->raw.size, canvas->width * canvas->zoom * 0.75,
                                                          canvas->height * canvas->zoom * 0.75, title, &out)))
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
