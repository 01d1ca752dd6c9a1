/* chart.h — what a chart type is given and what it must do. Internal to plots/: one file a type (see FIGURE_TYPES). */
#ifndef ZHIBIAO_PLOTS_CHART_H
#define ZHIBIAO_PLOTS_CHART_H

#include "plots/canvas.h"
#include "plots/names.h"
#include "plots/plot.h"
#include "plots/scales.h"
#include "plots/text.h"
#include "plots/words.h"

struct box {
    double x, y, width, height;
};

/* ---- themes (theme.c) ---- */

#define PALETTE_MAX 12
#define RAMP_MAX 9
/* Colours and sizes of a figure, in one place. */
struct theme {
    const char *name, *font;     /* font: a family, or NULL for the usual ones */
    struct colour paper, ink, soft, faint, grid, zero;   /* ink: titles and labels; soft: subtitles; faint: axis, notes */
    struct colour muted, accent; /* where some marks are highlighted: the others, and those */
    struct colour palette[PALETTE_MAX];
    struct colour ramp[RAMP_MAX];    /* from the lowest to the highest value */
    size_t palette_count, ramp_count;
    double title_size, subtitle_size, note_size, tick_size, label_size;   /* px */
};
/* a share of `over` laid on `under` */
struct colour colour_mix(struct colour under, struct colour over, double share);
/* At share 0 … 1 of the theme's ramp. */
struct colour theme_ramp(const struct theme *theme, double share);
/* Black or white, whichever reads better on it (WCAG 2 relative luminance). */
struct colour colour_on(struct colour ground);

/* What the panels of small multiples must agree on. Layout runs twice for them: the first time each panel states its own
 * needs, the second time it finds the largest of all. One panel finds its own. */
struct shared {
    double need[8];              /* by the chart's own enum; larger wins */
    bool used[8];
};
/* Joins a need and returns the largest known so far. */
double shared_need(struct shared *shared, int which, double need);

/* Everything that layout and draw may use. The figure's strings are cleaned and its marks normalised (mark_normalise). */
struct drawing {
    const struct figure *figure; /* of this panel: its marks only */
    const struct figure *whole;  /* with all marks */
    const struct theme *theme;
    const struct words *words;
    struct names series;         /* of the whole figure: their order decides their colours */
    struct unit_scale scale, x_scale;
    struct shared shared;
    struct text *text;
    struct arena *arena;
    struct canvas *canvas;       /* NULL during layout */
    struct error *error;
    bool labels_left_out;        /* layout: some names do not fit; the note says so */
    bool labels_cut;             /* layout: names at line ends are cut or left out: fewer panels in a row would help */
    bool short_labels;           /* layout: no room for a value's own range beside it */
};

/* How a type shows that a figure is less than exact; the note explains no sign that is not there. */
enum signs {
    SIGNS_DRAWN,                 /* arrow, whisker, hollow, lighter */
    SIGNS_WRITTEN,               /* ≥, ≤ and ranges in the labels; hollow, lighter */
    SIGNS_EDGED,                 /* a dashed edge */
    SIGNS_RANKED,                /* a whisker over the ranks that are possible; hollow, lighter */
    SIGNS_COUNTED,               /* none: marks are not drawn one by one */
};

struct chart {
    /* Decides whatever depends on the width of the panel. *height is what the user wants of the panel, or 0; it becomes
     * what the panel takes. *plan (in the arena) is handed on to draw. */
    int (*layout)(struct drawing *drawing, double width, double *height, void **plan);
    int (*draw)(struct drawing *drawing, const void *plan, struct box panel);
    const char *(*note)(struct drawing *drawing);   /* what this type has to explain, or NULL */
    double usual_width;          /* px of a figure of one panel for which no width is given; 0: the usual one */
    enum signs signs;
    bool content_height;         /* its height follows from the number of marks, not from its width */
    bool own_scales;             /* values of the marks are not of one unit: each column has its own */
    bool percent;                /* takes the arrangement percent, whose axis is in % */
    bool uses_x;                 /* mark.x counts */
    bool no_unit;                /* the unit is not in the subtitle: it stands at the axes, or nothing is shown in it */
};
#define X(constant, name, shape, summary) extern const struct chart chart_##name;
FIGURE_TYPES(X)
#undef X

int out_of_memory(struct drawing *drawing);   /* E_MEMORY with its message */
/* For qsort: the largest key first, NaN last, equal keys in their order. */
int order_before(double key, size_t order, double other_key, size_t other_order);
bool figure_uses_x(const struct figure *figure);

/* ---- stacks (stack.c): parts has an entry a series, NULL where there is none of it ---- */

struct mark stack_sum(const struct mark *const *parts, size_t count);   /* with its bounds; missing when all are */
double stack_mean(const struct mark *const *parts, size_t count);       /* of those that are known; NaN: none */
/* "57", "≥31", "30–34": per cent of the sum. In the arena, NULL without memory. */
const char *stack_share(struct drawing *drawing, const struct mark *const *parts, size_t count, size_t which);
/* "缺白茶、食用菌": the parts that a stack is without; "" when it has all. In the arena, NULL without memory. */
const char *stack_missing(struct drawing *drawing, const struct mark *const *parts, size_t count);
bool stack_complete(const struct mark *const *parts, size_t count);     /* no part is missing */
int stack_check(struct drawing *drawing);     /* E_DOMAIN when a stack would hold a negative part */

/* ---- marks (mark.c) ---- */

/* Afterwards value is finite, or NaN for missing; low <= value <= high, infinite only when that end is open. */
void mark_normalise(struct mark *mark);
bool mark_missing(const struct mark *mark);
/* Known only to be at most `high`: low is open, or is the 0 that quantities cannot go below. */
bool mark_is_below(const struct mark *mark);
bool mark_is_range(const struct mark *mark);   /* both ends known and apart */
/* "约1,234.57", "≥600", "3.2–3.8", "缺" in the figure's scaled unit; in the arena, NULL when memory is out. */
const char *mark_label(struct drawing *drawing, const struct mark *mark);
/* "沿河县 2019：≥600万元": what an SVG viewer shows over the mark. */
const char *mark_title(struct drawing *drawing, const struct mark *mark);
/* What a sign stands for that shows many marks at once (a box, a class): the label, and all their observations. In the arena, NULL
 * without memory. */
const struct mark *mark_of_many(struct drawing *drawing, const char *label, const struct mark *const *marks, size_t count);
/* Explains those signs that the marks of the figure use ("≥ 和箭头：…；缺：…"); "" when they use none. */
const char *marks_note(struct drawing *drawing);
/* The ends of what is drawn of a mark in the scaled unit: its value and its known bounds. False: missing. */
bool mark_extent(const struct drawing *drawing, const struct mark *mark, double *low, double *high);

/* ---- colours of marks and series ---- */

bool highlighted(const struct drawing *drawing, const char *name);
/* Of a mark: its series' colour, or accent and muted where some are highlighted. */
struct colour mark_colour(const struct drawing *drawing, const struct mark *mark);
struct colour series_colour(const struct drawing *drawing, size_t series);
/* Darker than a line in that colour (lighter on dark paper), so that thin strokes can be read. */
struct colour text_colour(const struct drawing *drawing, struct colour colour);

/* ---- glyphs (glyph.c): the same honest signs in every chart ---- */

/* A bar as a rectangle: solid, hollow (planned), light (estimated), or light and dashed (only an upper bound is known). */
void glyph_bar(struct drawing *drawing, const struct mark *mark, struct box box, struct colour colour);
/* A dot: solid, hollow or light. */
void glyph_dot(struct drawing *drawing, const struct mark *mark, struct point at, double radius, struct colour colour);
#define ARROW 15.0           /* room for an arrow outside a mark */
/* A shaft with a head, from the mark on in a direction (one of dx, dy is ±1, the other 0). */
void glyph_arrow(struct drawing *drawing, struct point from, double dx, double dy, double length, struct colour colour);
/* From one end to the other, with caps; the two points differ in one coordinate. */
void glyph_whisker(struct drawing *drawing, struct point from, struct point to, double cap, struct colour colour);

/* ---- a key for series that cannot be named on the marks (key.c) ---- */

struct key;
/* NULL in *key and no height when there is one series only. */
int key_layout(struct drawing *drawing, double width, struct key **key, double *height);
void key_draw(struct drawing *drawing, const struct key *key, double x, double y);

/* ---- axes (axis.c) ---- */

struct axis {
    double low, high;            /* scaled unit; low < high */
    struct ticks ticks;
    double from, to;             /* px of low and high, set before drawing */
};
/* An axis over low … high with about one tick in `spacing` px of `length`. zero: reaches to 0 at least. nice: its ends are
 * ticks. A broken or empty interval is widened. */
struct axis axis_choose(double low, double high, double length, double spacing, bool zero, bool nice);
double axis_at(const struct axis *axis, double value);
double axis_label_width(struct drawing *drawing, const struct axis *axis);
/* Grid lines and labels; left: of a vertical axis, labels end at x; below: of a horizontal one, its labels' baseline y. */
void axis_draw_left(struct drawing *drawing, const struct axis *axis, double labels_x, double from, double to);
void axis_draw_below(struct drawing *drawing, const struct axis *axis, double labels_y, double from, double to);
/* Every so many-th tick can be labelled without touching the next; px: between two ticks. At least 1. */
int ticks_stride(struct drawing *drawing, const struct ticks *ticks, double px, double size);
/* The figure's reference lines that this axis can show, ascending. */
struct reference_line {
    const char *label;
    double value;                /* scaled unit */
};
bool figure_leaves_planned_out(const struct figure *figure);   /* a mean or median is drawn, of the actual figures only */
int references_of(struct drawing *drawing, bool abscissa, struct reference_line **lines, size_t *count);

/* ---- placing labels (place.c) ---- */

/* Centres for n labels, as near to the wishes (ascending) as least squares can, so that none overlaps the next and all lie
 * within [top, bottom], when that can hold them. */
void labels_spread(const double *wishes, const double *heights, double *centres, size_t n, double top, double bottom);
bool boxes_overlap(struct box a, struct box b);
bool box_meets_segment(struct box box, struct point a, struct point b);

/* What labels must not cover: boxes and segments, in cells so that many can be asked about quickly. */
struct obstacles;
struct obstacles *obstacles_new(struct drawing *drawing, struct box area);
bool obstacles_add_box(struct obstacles *obstacles, struct box box);          /* false: no memory */
bool obstacles_add_segment(struct obstacles *obstacles, struct point a, struct point b);
bool obstacles_allow(const struct obstacles *obstacles, struct box box);       /* within the area and nothing met */

#endif
