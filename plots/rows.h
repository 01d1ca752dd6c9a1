/* rows.h — charts of one row a category: names on the left, values to the right, one scale. Internal to plots/.
 *
 * bar, dot, lollipop, dumbbell, box, strip and pyramid are rows; each states what its rows need and draws one. */
#ifndef ZHIBIAO_PLOTS_ROWS_H
#define ZHIBIAO_PLOTS_ROWS_H

#include "plots/chart.h"

/* Something drawn in a row: from … to in the scaled unit, with so many px of signs and labels beyond its ends. */
struct row_ink {
    double from, to, left, right;
};

struct row {
    const char *name;
    const struct mark **marks;   /* one a series, NULL where the row has none of it */
    const char *const *lines;    /* the name, wrapped */
    size_t line_count, order;
    double key;                  /* sorted by it, largest first; NaN last */
    double pitch;
    struct row_ink *inks;        /* room for series + 1 */
    size_t ink_count;
    size_t first, count;         /* strip, box: a run of the chart's own list */
};

struct rows {
    struct row *rows;
    size_t count, series_count;
    double size, thickness;      /* of labels; of the ink of a whole row */
    double low, high;            /* of the data with the zero, if the axis has it; scaled unit */
    double label_width, left, scale;   /* px: names with their gap; from there to `low`; px per scaled unit */
    size_t columns, per_column;
    double column_width;
    double pitch_least;          /* px of a row that its chart asks for where no height is given, or 0 */
    bool repeat_axis;
    struct key *key;
    double key_height;
    struct reference_line *references;
    size_t reference_count;
    double reference_height;
    double axis_x;               /* while drawing: px of `low` in this column */
};

struct row_style {
    const char *what;            /* "bars", for messages */
    bool zero;                   /* the axis reaches to zero */
    bool key;                    /* series are named in a key */
    bool named;                  /* rows have names (a single unnamed row has none) */
    bool hide_axis;              /* each value is written: no axis where there are few rows */
    double thickest;             /* px: of a row's ink */
    double sub_least;            /* px that each series needs of a row's height, 0: they share one line */
    double (*key_of)(struct drawing *drawing, const struct row *row);
    /* Fills row->inks at the text size rows->size. */
    int (*measure)(struct drawing *drawing, struct rows *rows, struct row *row);
    int (*draw)(struct drawing *drawing, const struct rows *rows, const struct row *row, double middle);
};

/* Groups the figure's marks into rows by their label. */
int rows_by_label(struct drawing *drawing, struct rows *rows);
/* Orders, measures and fits; *height as in struct chart. */
int rows_layout(struct drawing *drawing, struct rows *rows, const struct row_style *style, double width, double *height);
int rows_draw(struct drawing *drawing, struct rows *rows, const struct row_style *style, struct box panel);
double row_at(const struct rows *rows, double value);   /* px of a value in the scaled unit */
/* A label with the paper behind it, so that the grid does not cross the digits; middle: its centre. */
void row_label(struct drawing *drawing, const char *class, double x, double middle, enum anchor anchor, double size,
               struct colour colour, const char *label);

#endif
