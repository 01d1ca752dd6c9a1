/* canvas.h — the few marks that charts are made of, drawn through one GNU libplot Plotter. Internal to plots/.
 *
 * Coordinates are px at 96 dpi, x to the right, y down. As with text.h the first error is kept until canvas_finish. */
#ifndef ZHIBIAO_PLOTS_CANVAS_H
#define ZHIBIAO_PLOTS_CANVAS_H

#include "plots/plot.h"
#include "plots/text.h"

struct colour {
    unsigned char red, green, blue;
};
struct point {
    double x, y;
};
enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

struct canvas_options {
    enum figure_format format;
    double width, height;        /* px */
    double zoom;                 /* of the finished file: 1.5 makes a page 1.5 times as large as width × height */
    double dpi;                  /* of a PNG; 96: a px is a pixel */
    bool outline_text;           /* SVG and PDF: glyphs as paths instead of text that can be selected */
    struct colour paper;
    const char *language;        /* of the texts, for readers' software: "zh" or "en" */
};

struct canvas;

/* text must outlive the canvas. */
int canvas_open(const struct canvas_options *options, struct text *text, struct canvas **canvas, struct error *error);
void canvas_close(struct canvas *canvas);   /* NULL is fine */

/* Names the next mark: SVG gets class="…" and, unless title is NULL, a <title> child (a tooltip, and what tests read).
 * The class must be a literal; the title is copied. */
void canvas_tag(struct canvas *canvas, const char *class, const char *title);
/* The same for what shows a datum: SVG gets its label, series and observation as data-… attributes and its source as a
 * <desc> child. The mark's strings must outlive the canvas. */
void canvas_tag_mark(struct canvas *canvas, const char *class, const char *title, const struct mark *mark);

void canvas_rect(struct canvas *canvas, double x, double y, double width, double height, struct colour fill);
/* A filled rectangle with a line along the inside of its edge. */
void canvas_framed_rect(struct canvas *canvas, double x, double y, double width, double height, struct colour fill,
                        struct colour line, double line_width, bool dashed);
void canvas_polygon(struct canvas *canvas, const struct point *points, size_t count, struct colour fill);
/* Rings of sizes[0], sizes[1] … points one after the other, filled even-odd, with a line along them. In a PNG or PostScript the
 * line is drawn ring by ring. */
void canvas_region(struct canvas *canvas, const struct point *points, const size_t *sizes, size_t rings, struct colour fill,
                   struct colour line, double line_width, bool dashed);
void canvas_polyline(struct canvas *canvas, const struct point *points, size_t count, double line_width,
                     struct colour line, bool dashed);
void canvas_circle(struct canvas *canvas, double x, double y, double radius, struct colour fill, struct colour line,
                   double line_width);
/* y is the baseline. */
void canvas_text(struct canvas *canvas, double x, double y, enum anchor anchor, double size, bool bold,
                 struct colour colour, const char *string);
/* The same turned counterclockwise about (x, y) by so many degrees: 90 reads upwards. */
void canvas_text_turned(struct canvas *canvas, double x, double y, enum anchor anchor, double size, bool bold,
                        struct colour colour, const char *string, double degrees);

/* Ends the drawing and hands over the file: *bytes is malloc'ed, the caller frees it. title and description may be NULL. */
int canvas_finish(struct canvas *canvas, const char *title, const char *description, char **bytes, size_t *size,
                  struct error *error);

#endif
