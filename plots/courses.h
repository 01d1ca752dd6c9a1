/* courses.h — values over time or in stages: what line, area, slope and bump have in common. Internal to plots/. */
#ifndef ZHIBIAO_PLOTS_COURSES_H
#define ZHIBIAO_PLOTS_COURSES_H

#include "plots/chart.h"

struct course_point {
    const struct mark *mark;
    size_t order;
    double x, y;             /* px, once drawn */
};

struct course {
    const char *name;
    size_t series;           /* its index among the figure's series */
    struct course_point *points;   /* ascending in time */
    size_t count;
    const struct course_point *first, *last;   /* those that are not missing, or NULL */
    double usual;            /* median distance of its points in time */
    struct colour colour;
};

struct courses {
    struct course *list;
    size_t count;
    struct course_point *by_time;  /* all points, for the labels of the axis */
    size_t point_count;
    double x_low, x_high;
};

/* The needs of panels with a value axis (struct shared). */
enum { NEED_NAME, NEED_TICK, NEED_LOW, NEED_HIGH, NEED_X_LOW, NEED_X_HIGH, NEED_OTHER };

/* Sorts the marks into series in the order in which their names first appear, each by time. Marks without a time cannot be
 * drawn; E_DOMAIN when no mark has both a time and a value. */
int courses_read(struct drawing *drawing, struct courses *courses);
/* Whether the line ends before point i: a value is missing, or it is further away than 1.5 times the usual distance. */
bool course_breaks(const struct course *course, size_t i);
double course_x(const struct courses *courses, struct box area, double x);
/* Labels of the times below the area, as many as stand side by side within the panel. */
void time_axis_draw(struct drawing *drawing, const struct courses *courses, struct box area, struct box panel);

/* ---- line.c, which trend.c adds to ---- */

int line_layout(struct drawing *drawing, double width, double *height, void **plan);
int line_draw(struct drawing *drawing, const void *plan, struct box panel);
/* trend.c: "10,026（+9.8%/年）" for the end of a course that has a last point; in the arena, NULL without memory. */
const char *trend_text(struct drawing *drawing, const struct course *course);
int trend_draw_fit(struct drawing *drawing, const struct course *course, const struct courses *courses, const struct axis *axis, struct box area);

/* ---- names at the ends of lines (ends.c) ---- */

#define END_SIZE 13.0
struct end {
    const char *name;
    const struct mark *mark;     /* its value stands with the name; NULL: the name alone */
    const char *text;            /* instead of the value; or NULL */
    struct colour colour;
    double weight;               /* where not all fit, the heaviest are shown */
    const char **lines;
    size_t line_count;           /* 0: not shown */
    double x, y;                 /* px of what is named, set before drawing */
};
struct ends {
    struct end *list;
    size_t count;
    double width, height;        /* of the widest; of all */
};
/* Wraps the names into `room` px; height: what there is, or 0 for any. What does not fit has no lines afterwards, and
 * drawing->labels_left_out is set. */
int ends_layout(struct drawing *drawing, struct ends *ends, double room, double height);
/* Where not all lines are named, or there are more than colours can tell apart: those without a name become grey, the named
 * ones one colour; unless the figure highlights some. shown: per course, whether it has a name. */
void courses_fade(struct drawing *drawing, struct courses *courses, const bool *shown);
/* At x (their start; with `left` their end), apart from each other between top and bottom; a thin line leads to those that
 * had to move. */
int ends_draw(struct drawing *drawing, const struct ends *ends, double x, bool left, double top, double bottom);

#endif
