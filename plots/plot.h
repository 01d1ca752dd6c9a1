/* plot.h — a figure description in, a file out. Drawn by GNU libplot; text measured with FreeType and fontconfig. */
#ifndef ZHIBIAO_PLOT_H
#define ZHIBIAO_PLOT_H

#include "data/base/error.h"
#include "data/base/memory.h"

#include <stdbool.h>
#include <stddef.h>

/* What a chart is drawn from: which members of its marks count besides value. */
enum figure_shape {
    SHAPE_RANKING,   /* label; series: parts of it */
    SHAPE_COURSE,    /* series over time: x, with the period as label */
    SHAPE_CHANGE,    /* label at the stages that series names, in order */
    SHAPE_PAIRS,     /* label with x and value */
    SHAPE_SPREAD,    /* many labels in the groups that series names */
    SHAPE_TABLE,     /* label × series, each series of its own unit */
    SHAPE_SHARES,    /* label; x: weight, or nothing; series: one curve each */
    SHAPE_SIDES,     /* label with two series */
    SHAPE_PLACES,    /* label or code, joined to a map */
};

/* The chart types: name, shape of its data, and what it is. Each one is a file plots/NAME.c that defines `const struct chart
 * chart_NAME` (chart.h); this row is all that has to be added elsewhere. */
#define FIGURE_TYPES(X)                                                                                              \
    X(BAR, bar, RANKING, "horizontal bars, sorted, with the value on each; series grouped, stacked or as shares")     \
    X(COLUMN, column, RANKING, "vertical bars; series grouped, stacked or as shares")                                 \
    X(DOT, dot, RANKING, "a dot at each value, on an axis that need not start at zero")                               \
    X(LOLLIPOP, lollipop, RANKING, "a dot on a stem from zero")                                                       \
    X(DUMBBELL, dumbbell, CHANGE, "two stages of each region as dots on one line")                                    \
    X(SLOPE, slope, CHANGE, "each region as a line from its first to its last value")                                 \
    X(LINE, line, COURSE, "series over time, named at their ends, broken where data are missing")                \
    X(TREND, trend, COURSE, "series over time with their lines of least squares and their growth a year")             \
    X(AREA, area, COURSE, "amounts over time; series stacked on one another, or as shares")                           \
    X(BUMP, bump, COURSE, "ranks over time")                                                                          \
    X(SCATTER, scatter, PAIRS, "two measures of each region, with fit, confidence band and names")          \
    X(BOX, box, SPREAD, "quartiles, whiskers and outliers of each group")                                             \
    X(STRIP, strip, SPREAD, "every value of each group as a dot")                                                     \
    X(HISTOGRAM, histogram, SPREAD, "how many regions lie in each class of values, with density")                     \
    X(HEATMAP, heatmap, TABLE, "a table of regions by indicators, its cells coloured")                                \
    X(LORENZ, lorenz, SHARES, "Lorenz curve with its Gini coefficient, weighted or not")                              \
    X(PYRAMID, pyramid, SIDES, "two series back to back: population by age and sex")                  \
    X(MAP, map, PLACES, "regions of a map coloured by class (--map FILE)")                                            \
    X(TILE, tile, PLACES, "regions of a map as squares of one size near their places (--map FILE)")

enum figure_type {
#define X(constant, name, shape, summary) FIGURE_##constant,
    FIGURE_TYPES(X)
#undef X
    FIGURE_TYPE_COUNT
};

#define FIGURE_FORMATS(X) X(SVG, svg) X(PNG, png) X(PS, ps) X(PDF, pdf)
enum figure_format {
#define X(constant, name) FIGURE_##constant,
    FIGURE_FORMATS(X)
#undef X
    FIGURE_FORMAT_COUNT
};

/* How several series of one category stand: beside each other, end to end, or end to end as shares of 100 %. */
#define FIGURE_ARRANGEMENTS(X) X(GROUPED, grouped) X(STACKED, stacked) X(PERCENT, percent)
enum figure_arrangement {
#define X(constant, name) FIGURE_##constant,
    FIGURE_ARRANGEMENTS(X)
#undef X
    FIGURE_ARRANGEMENT_COUNT
};

struct mark {
    const char *label;       /* what it is: a region; in a line its period; in a pyramid the group of ages */
    const char *series;      /* what it is of: a line, the part of a stack, the column of a heatmap, the group of a box; or NULL */
    const char *panel;       /* of small multiples; or NULL */
    const char *code;        /* of the region, by which maps are joined; or NULL: by label */
    const char *observation; /* what explains it: numbers of observations, or file:line; or NULL */
    const char *source;      /* its document and date, one line; or NULL */
    const char *unit;        /* where it is not the figure's (heatmap columns); or NULL */
    double x;                /* line, area: decimal year; scatter: its abscissa; lorenz: weight; elsewhere unused */
    double value;            /* NaN or infinite: missing (a gap with a note), unless low and high are both finite */
    double low, high;        /* interval; infinite ends are open (arrow), equal to value when exact; NaN: as value */
    bool about;              /* approximate */
    bool planned;            /* hollow */
    bool estimated;          /* lighter */
};

/* A line across the chart at a value: of the value axis, or of the abscissa of a scatter. */
#define REFERENCE_STATISTICS(X) X(VALUE, value) X(MEAN, mean) X(MEDIAN, median)
struct reference {
    const char *label;       /* NULL: the statistic's name */
    enum {
#define X(constant, name) REFERENCE_##constant,
        REFERENCE_STATISTICS(X)
#undef X
    } statistic;             /* a mean or median is that of the figure's values */
    double value;
    bool abscissa;
};

struct theme;
struct geometry;

/* How a map makes classes; the order is that of stats/classes.h. */
#define FIGURE_CLASSES(X) X(QUANTILE, quantile) X(EQUAL, equal) X(JENKS, jenks)

/* All strings UTF-8; NULL where absent. Control characters and newlines are drawn as spaces, broken UTF-8 as "?". */
struct figure {
    enum figure_type type;
    const char *title, *subtitle, *source_note;
    const char *unit;        /* plain unit: 元, 亩 …; the axis scales it to 万/亿 by itself */
    const char *value_name;  /* of what is measured, for charts with two measures; or NULL */
    const char *x_name, *x_unit;   /* scatter: its abscissa; or NULL */
    const char *language;    /* "zh" or "en"; NULL: by the script of its texts */
    const struct geometry *map;   /* map, tile; or NULL */
    const char *map_path;    /* the file that `map` is read from, which the caller does; or NULL */
    int classes;             /* quantile, equal, jenks */
    double class_count;      /* 0: five */
    const struct mark *marks;
    size_t mark_count;
    enum figure_arrangement arrangement;
    bool keep_order;         /* otherwise sorted by value, largest first */
    const char *const *highlights;   /* labels or series (or how they begin) that stand out from the others */
    size_t highlight_count;
    const struct reference *references;
    size_t reference_count;
    double width, height;    /* in px at 96 dpi; 0: chosen from the content */
    double zoom_most;        /* above 1: what fits is drawn so much larger within width × height; 0 is 1 */
    bool outline_text;       /* glyphs as paths, where text could be selected otherwise */
    double dpi;              /* of a PNG; 0: 96 */
    const char *font;        /* family for fontconfig, or NULL: the theme's */
    const struct theme *theme;   /* NULL: light */
};

enum figure_shape figure_type_shape(enum figure_type type);
/* The name ("bar") and the one-line description of a type; NULL for a value outside the enum. */
const char *figure_type_name(enum figure_type type);
const char *figure_type_summary(enum figure_type type);
/* The inverse of figure_type_name: the type, or -1 when there is none of that name. */
int figure_type_parse(const char *name);

/* By a path's ending (.svg .png .ps .eps .pdf): 0, or E_USAGE. */
int figure_format_of(const char *path, enum figure_format *format, struct error *error);

/* "a4" (a column of a page, 160 mm), "slide" (1280 × 720), "web" (760 px) or WIDTHxHEIGHT in px, into the figure. E_USAGE. */
int figure_size_parse(const char *text, struct figure *figure, struct error *error);
/* The text that figure_size_parse takes for the size of a figure; NULL: it has none. */
#define FIGURE_SIZE_TEXT 32
const char *figure_size_text(const struct figure *figure, char text[FIGURE_SIZE_TEXT]);

/* Draws into memory: *bytes is malloc'ed, the caller frees it. The same figure gives the same bytes, whatever locale or
 * time. E_FONT: no font with the glyphs (the message names the character and the package to install); E_DOMAIN: nothing
 * to draw, or a size that cannot hold the figure; E_MEMORY; E_OUTPUT: libplot failed. On an error *bytes is NULL. */
int figure_draw(const struct figure *figure, enum figure_format format, char **bytes, size_t *size, struct error *error);

/* The same for a terminal of so many columns: bars of block characters, sparklines for series over time. UTF-8 lines are
 * added to *out. E_DOMAIN, E_MEMORY. */
int figure_text(const struct figure *figure, int columns, struct buffer *out, struct error *error);

/* ---- themes (theme.c) ---- */

/* "light" or "dark"; NULL when there is none of that name. */
const struct theme *theme_find(const char *name);
/* A theme from JSON text, as plots/figure.schema.json describes it; in the arena. name is for messages, which give the
 * JSON path. E_INPUT, E_MEMORY. */
int theme_read(const char *json, size_t size, const char *name, struct arena *arena, const struct theme **theme, struct error *error);

/* ---- maps (geometry.c) ---- */

/* Regions from GeoJSON or TopoJSON; in the arena. object: which of a topology's objects, NULL: that with most geometries. E_INPUT, E_MEMORY. */
int geometry_read(const char *json, size_t size, const char *name, const char *object, struct arena *arena, const struct geometry **geometry,
                  struct error *error);

/* ---- figures as JSON (description.c) ---- */

/* A figure from JSON text, as plots/figure.schema.json describes it; everything it points to is in the arena. name is for
 * messages, which give the JSON path ("figure.json: $.data[3].value: …"). E_INPUT, E_MEMORY. */
int figure_read(const char *json, size_t size, const char *name, struct arena *arena, struct figure *figure, struct error *error);
/* The same figure as JSON, which figure_read takes back. E_MEMORY. */
int figure_write(const struct figure *figure, struct buffer *out, struct error *error);

#endif
