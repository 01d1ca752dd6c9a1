/* output.h — one writer for every command and format.
 *
 * A command states its columns and then gives one cell after the other, row by row. table and markdown are for people:
 * they leave the columns marked COLUMN_DETAIL out, round ratios to four decimals and numbers to 15 digits; all other formats have
 * every column and full precision. Missing values are null in JSON and empty elsewhere. */
#ifndef ZHIBIAO_CLI_OUTPUT_H
#define ZHIBIAO_CLI_OUTPUT_H

#include "cli/cli.h"
#include "stats/stats.h"

enum column_type {
    COLUMN_TEXT,
    COLUMN_INTEGER,
    COLUMN_NUMBER,
    COLUMN_RATIO,   /* a derived number: four decimals where people read it */
    COLUMN_FIGURE,  /* a statistic of any size: six significant digits where people read it, two decimals from 10,000 on */
    COLUMN_VALUE,   /* a figure with its bound: "≥600" where people read it, the plain number elsewhere */
};
#define COLUMN_DETAIL 1u  /* not in table and markdown */
#define COLUMN_LONG 2u    /* may be cut to fit the terminal */

struct column {
    const char *key;         /* a word of JSON; table headings have spaces for its underscores */
    enum column_type type;
    unsigned flags;
};

/* table, csv, tsv, json, jsonl, markdown */
#define OUTPUT_FORMATS(X) X(table) X(csv) X(tsv) X(json) X(jsonl) X(markdown)
enum output_format {
#define X(name) FORMAT_##name,
    OUTPUT_FORMATS(X)
#undef X
    FORMAT_COUNT
};
/* The format that --format names, else `usual`; E_USAGE for an unknown one. */
int output_format_of(const struct settings *settings, enum output_format usual, enum output_format *format,
                     struct error *error);

struct output;
int output_open(struct output **output, const struct settings *settings, enum output_format usual,
                const struct column *columns, size_t column_count, struct error *error);
void output_text(struct output *output, const char *text);
void output_integer(struct output *output, int64_t value);
void output_number(struct output *output, double value);
void output_value(struct output *output, struct interval value, bool about);
void output_missing(struct output *output);
/* Ends the row: every column has had its cell. E_OUTPUT or E_MEMORY. */
int output_row(struct output *output, struct error *error);
/* Finishes and closes; the file of -o is kept when status is E_OK, E_NOTHING or E_INPUT (some inputs failed, the rest is
 * there). Returns status, or the error of writing when that was E_OK. NULL is fine. */
int output_close(struct output *output, int status, struct error *error);

/* Rounded to 15 significant digits, which every decimal of a report survives and the noise of binary arithmetic (14.999…98)
 * does not. */
double value_rounded(double value);
/* "≥600", "≈980", "230–250", "12" */
void value_text(struct interval value, bool about, struct buffer *out);
/* "exact", "about", "above", "below" or "range": the name of an interval's bound; NULL for a missing value. */
const char *value_bound(struct interval value, bool about);

#endif
