/* frame.h — the data a statistics command computes on: rows of numeric columns, from the store or from a table.
 *
 * How a command uses it:
 *   1. its option table has FRAME_OPTIONS (and RESULT_OPTIONS of result.h);
 *   2. `struct frame frame = {0}; frame_load(&frame, settings, &wish, error)` with what it needs in `wish`;
 *   3. for each column and each group: `frame_slice(&frame, column, group, &slice, error)` gives dense arrays for the
 *      functions of stats/, missing values still in them as NaN; slice_free;
 *   4. `frame_free`.
 *
 * From the store: one column an indicator (--indicator A,B,C), one row a region (with its newest figure), or a region and
 * period where wish.all_periods. Groups: --group province, prefecture, county, township, period or item.
 * From a table (--from FILE.csv|tsv|-): one column for each name in --value A,B,C; --group, --region, --time and --weight name
 * columns by heading or by number (the first is 1); --group also takes a level of the --region column. */
#ifndef ZHIBIAO_CLI_FRAME_H
#define ZHIBIAO_CLI_FRAME_H

#include "cli/cli.h"
#include "data/observation.h"
#include "stats/stats.h"

#define TABLE_OPTIONS                                                                                               \
    OPTION("from", 0, "FILE", from, "compute on a table (CSV, TSV; - is standard input) instead of the store"),     \
    OPTION("value", 'v', "COLUMN,...", value, "with --from: the columns with the figures, by heading or number"),   \
    OPTION("group", 'g', "COLUMN", group, "a row of results for each value of this column, or for each province, "  \
           "prefecture, county, township or period"),                                                              \
    OPTION("weight", 'w', "COLUMN", weight, "the weights: a column of --from, or an indicator of the store"),       \
    OPTION("time", 't', "COLUMN", time, "with --from: the column with the period"),                                 \
    OPTION("delimiter", 'd', "CHAR", delimiter, "with --from: what separates columns; otherwise it is guessed"),    \
    OPTION("no-header", 0, NULL, no_header, "with --from: the first row is data; columns are 1, 2, 3 …"),           \
    OPTION("encoding", 0, "NAME", encoding, "with --from: UTF-8, GB18030 or BIG5; otherwise it is detected"),       \
    OPTION("open", 0, "PERCENT", open, "a convention for open bounds: 600余 is 600 to 660 with 10%")
#define FRAME_OPTIONS STORE_OPTION, FILTER_OPTIONS, TABLE_OPTIONS

/* What a figure was taken from: an observation of the store, or a cell (id 0, start: its row, end: its column). */
struct evidence {
    int64_t id;
    const char *document;
    size_t start, end;
    const char *quote;
};

struct frame_column {
    const char *name;           /* the heading, or the indicator's label */
    const char *unit;           /* "万元", "公斤/亩"; NULL: none, or a table that names none */
    const struct indicator *entry;  /* the dictionary's, or NULL */
    enum kind kind;             /* from the store; KIND_level for a table */
    bool additive;              /* figures may be added up; true for a table */
    double *value;              /* [rows]; NaN: missing */
    double *low, *high;         /* [rows]: the interval, ends may be infinite; both NULL where every figure is exact */
    bool *conventional;         /* [rows]: the interval rests on a convention (--open, 约); NULL: none does */
    const char **text;          /* [rows]: the figure as a plain ASCII decimal ("-12.50", "1e-3") that rounds to value; NULL
                                   where missing. What needs exactness reads this, not the double. */
    struct evidence **evidence; /* [rows], each evidence_count[row] long; NULL unless settings->evidence */
    size_t *evidence_count;
    size_t missing;
};

struct frame {
    struct arena arena;         /* owns all strings */
    bool from_store;
    const char *path;           /* of the table or the store */
    size_t rows;
    struct frame_column *columns;
    size_t column_count;
    double *weight;             /* [rows], >= 0 or NaN (missing); NULL: no weights */
    const char *weight_name;
    /* [rows] each, or NULL where there is no such column; a single cell may be NULL too */
    const char **group, **region, **region_code, **time;
    double *position;           /* [rows] time as a number: years for a period, else the number; NaN: neither. NULL: no time */
    size_t *group_of;           /* [rows]: index into groups; all 0 without --group */
    const char **groups;        /* in the order of their first row; one group with the name NULL without --group */
    size_t group_count;
    size_t *row_of, *first_of;  /* rows in the order of groups: those of group g are row_of[first_of[g] .. first_of[g + 1]) */
};

#define FRAME_GROUP 1u          /* the command cannot do without --group … */
#define FRAME_REGION 2u
#define FRAME_TIME 4u
#define FRAME_WEIGHT 8u
struct frame_wish {
    size_t least, most;         /* how many columns of values; most 0: any number */
    unsigned needs;             /* FRAME_… that must be there, else E_USAGE */
    bool all_periods;           /* store: a row for each region and period instead of each region's newest */
};

/* Fills *frame (zero-initialised). What cannot be read is named by row, column and what to do: E_INPUT, E_USAGE, E_NOTHING,
 * E_STORE. Also after an error frame_free frees. */
int frame_load(struct frame *frame, const struct settings *settings, const struct frame_wish *wish, struct error *error);
void frame_free(struct frame *frame);

/* One column of one group as dense arrays, rows in the frame's order. */
struct slice {
    size_t n;
    size_t *row;                /* of the frame */
    double *value, *low, *high, *weight;  /* low = high = value where exact; weight NULL: none */
    const char **text;
    bool bounded;               /* some figure is no single value */
    bool conventional;          /* some interval rests on a convention */
};
#define FRAME_ALL SIZE_MAX      /* all groups together */
int frame_slice(const struct frame *frame, size_t column, size_t group, struct slice *slice, struct error *error);
void slice_free(struct slice *slice);

/* "10%" → 0.1; 0 for NULL; E_USAGE unless 0 < p <= 100 %. */
int open_option(const struct settings *settings, double *open, struct error *error);
/* An interval with --open's convention applied: an open end becomes value·(1 ± open); *conventional is set when it was. */
struct interval interval_open(struct interval value, enum bound bound, double open, bool *conventional);

/* Whether the options go together and the command's needs are met; E_USAGE. */
int frame_check(const struct settings *settings, const struct frame_wish *wish, struct error *error);

/* ---- frame_table.c, frame_store.c: the two ways in ---- */
int frame_from_table(struct frame *frame, const struct settings *settings, const struct frame_wish *wish, struct error *error);
int frame_from_store(struct frame *frame, const struct settings *settings, const struct frame_wish *wish, struct error *error);
/* Where a plain table's cells are: one value column, with or without a group column; the strings are in the frame's arena. False:
 * --value, --group or the heading ask for more than that, or have an error, which frame_from_table then tells. */
struct frame_places {
    size_t value, group;        /* column numbers from 0; group SIZE_MAX: none */
    size_t columns;
    size_t first;               /* byte at which the table begins: behind a BOM */
    char delimiter;
    const char *name, *unit;
};
bool frame_table_places(struct frame *frame, const struct settings *settings, const struct input *input, struct frame_places *places);
/* Makes room for `rows` rows in a column: value, text, and with `bounds` low, high, conventional. */
bool frame_column_room(struct frame *frame, struct frame_column *column, size_t rows, bool bounds, bool evidence);
/* The name of the region of a level (2, 4, 6, 9) that a code lies in; NULL when it is above that level. */
const char *frame_region_above(const char *code, int level);
/* The same as a group's label: the name where no other region of the level has it, else the path. False: above that level. */
bool frame_region_label(const char *code, int level, char out[REGION_PATH]);

#endif
