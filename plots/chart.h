/* chart.h — what a chart type is given and what it must do. Internal to plots/: one file a type (see FIGURE_TYPES). */
#ifndef ZHIBIAO_PLOTS_CHART_H
#define ZHIBIAO_PLOTS_CHART_H

#include "plots/canvas.h"
#include "plots/plot.h"
#include "plots/scales.h"
#include "plots/text.h"

struct box {
    double x, y, width, height;
};

/* Colours and sizes of a figure, in one place. */
#define PALETTE_SIZE 7
struct theme {
    struct colour paper, ink, soft, faint, grid, zero;   /* ink: titles and labels; soft: subtitles; faint: axis, notes */
    struct colour palette[PALETTE_SIZE];
    double title_size, subtitle_size, note_size, tick_size;
};
extern const struct theme theme_light;
/* a share of `over` laid on `under` */
struct colour colour_mix(struct colour under, struct colour over, double share);

/* Everything that layout and draw may use. The figure's strings are cleaned and its marks normalised (mark_normalise). */
struct drawing {
    const struct figure *figure;
    const struct theme *theme;
    struct unit_scale scale;
    struct text *text;
    struct arena *arena;
    struct canvas *canvas;   /* NULL during layout */
    struct error *error;
};

struct chart {
    /* Decides whatever depends on the width of the panel. *height is what the user wants of the panel, or 0; it becomes
     * what the panel takes. *plan (in the arena) is handed on to draw. */
    int (*layout)(struct drawing *drawing, double width, double *height, void **plan);
    int (*draw)(struct drawing *drawing, const void *plan, struct box panel);
};
#define X(constant, name, summary) extern const struct chart chart_##name;
FIGURE_TYPES(X)
#undef X

/* ---- marks (mark.c) ---- */

/* Afterwards value is finite, or NaN for missing; low <= value <= high, infinite only when that end is open. */
void mark_normalise(struct mark *mark);
bool mark_missing(const struct mark *mark);
/* Known only to be at most `high`: low is open, or is the 0 that quantities cannot go below. */
bool mark_is_below(const struct mark *mark);
/* "约1,234.57", "≥600", "3.2–3.8", "缺" in the figure's scaled unit; in the arena, NULL when memory is out. */
const char *mark_label(struct drawing *drawing, const struct mark *mark);
/* "沿河县 2019：≥600万元": what an SVG viewer shows over the mark. */
const char *mark_title(struct drawing *drawing, const struct mark *mark);
/* Explains those signs that the marks of the figure use ("≥ 和箭头：…；缺：…"); "" when they use none. */
const char *marks_note(struct drawing *drawing);

/* ---- placing labels (place.c) ---- */

/* Centres for n labels, as near to the wishes (ascending) as least squares can, so that none overlaps the next and all lie
 * within [top, bottom], when that can hold them. */
void labels_spread(const double *wishes, const double *heights, double *centres, size_t n, double top, double bottom);
bool boxes_overlap(struct box a, struct box b);
bool box_meets_segment(struct box box, struct point a, struct point b);

#endif
