/* cli.h — what the commands share: the settings that options fill, the option and command tables, and small helpers.
 *
 * Adding a command is one row in main.c's table, one file with its option table and run function, one test. */
#ifndef ZHIBIAO_CLI_H
#define ZHIBIAO_CLI_H

#include "data/base/error.h"
#include "data/base/memory.h"
#include "data/base/utf8.h"
#include "data/reference/reference.h"
#include "data/store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Everything that options can set, for all commands; NULL or false where not given. */
struct settings {
    const char *command;     /* its name, for messages */
    const char *store;       /* path, after $ZHIBIAO_STORE and the default */
    const char *output, *format;
    const char *indicator, *region, *level, *period, *kind, *status, *item, *source, *unit;
    const char *published, *encoding, *jobs, *min_confidence, *confidence;
    const char *at, *nth, *quote;
    const char *title, *subtitle, *note, *size;
    /* statistics: where the figures are, and how results are shown */
    const char *from, *value, *group, *weight, *time, *delimiter, *open, *statistics, *layout, *map;
    const char *quantile_type, *quantiles, *trim, *bootstrap, *seed;
    const char *epsilon, *alpha, *kolm, *method, *weights, *scaling, *negative, *ahp, *runs, *vary, *concentration, *show, *between;
    const char *degree, *adjust, *per, *base;
    bool totals, tree, lorenz, no_intercept, convergence;
    /* charts */
    const char *panel, *x, *highlight, *reference, *theme, *text, *dpi, *font, *arrange, *order, *language, *object, *classes;
    bool no_header, explain, evidence, all;
    bool used, list, integrity, reseal, help, version;
    char **operands;
    size_t operand_count;
};

/* A row of an option table; the table ends with a row whose name is NULL. */
struct option {
    const char *name;        /* without dashes */
    char letter;             /* short form, or '\0' */
    const char *argument;    /* what to write for its value in the help; NULL: a flag */
    const char *help;
    size_t offset;           /* of its const char * (a flag's bool) in struct settings */
};
#define OPTION(name, letter, argument, field, help) {name, letter, argument, help, offsetof(struct settings, field)}
#define OPTIONS_END {NULL, 0, NULL, NULL, 0}

#define STORE_OPTION OPTION("store", 0, "FILE", store, "the store (else $ZHIBIAO_STORE, else ./zhibiao.db)")
#define HELP_OPTION OPTION("help", 'h', NULL, help, "print this help and end")
#define OUTPUT_OPTIONS                                                                                       \
    OPTION("format", 'f', "FORMAT", format, "table, csv, tsv, json, jsonl or markdown"),                      \
    OPTION("output", 'o', "FILE", output, "write to FILE, which appears only when it is complete; - is standard output")
/* the filters of every command that reads the store */
#define FILTER_OPTIONS                                                                                        \
    OPTION("indicator", 'i', "ID|NAME", indicator, "an indicator's id, or a label or part of one"),           \
    OPTION("region", 'r', "REGION", region, "a code, name or path; takes in what lies below"),               \
    OPTION("level", 'l', "LEVEL", level, "province, prefecture, county, township, village, or the digits of the code"), \
    OPTION("period", 'p', "PERIOD", period, "2019 (all that ends in it), 2019-12, 2018/2019 or asof:2019-12-31"), \
    OPTION("kind", 'k', "KIND", kind, "level, mean, share, growth, capacity, rank or price"),                 \
    OPTION("status", 0, "STATUS", status, "actual or planned"),                                               \
    OPTION("item", 0, "ITEM", item, "what the indicator is broken down by, such as 辣椒"),                    \
    OPTION("source", 0, "TEXT", source, "documents whose path or source has TEXT in it"),                     \
    OPTION("unit", 'u', "UNIT", unit, "a unit, or unit/denominator such as 公斤/亩"),                        \
    CONFIDENCE_OPTION

/* of these and of the commands that extract */
#define CONFIDENCE_OPTION \
    OPTION("min-confidence", 0, "0..1", min_confidence, "only what is at least so sure (data/extract/README.md)")

struct command {
    const char *name;
    const char *operands;        /* for the usage line: "FILE..." */
    size_t least, most;          /* how many operands it takes */
    const char *summary;         /* one line */
    const char *description;     /* a paragraph for its help, or NULL */
    const struct option *options;
    /* Returns an error code; a message in *error (text not empty) is printed by main. */
    int (*run)(const struct settings *settings, struct error *error);
};
extern const struct command command_extract, command_ingest, command_import, command_show, command_regions,
    command_indicators, command_documents, command_explain, command_total, command_compare, command_plot,
    command_summary, command_inequality, command_score, command_structure, command_relate, command_trend,
    command_check, command_backup, command_merge;

/* ---- options.c ---- */
/* Parses argv[0..argc) by the table; operands are collected in argv's order into settings->operands (argv's memory,
 * rearranged). stop_at_operand: stop before the first operand and return its index through *next. */
int options_parse(const struct option *options, int argc, char **argv, bool stop_at_operand, int *next,
                  struct settings *settings, struct error *error);
void options_help(const struct option *options, FILE *file);
/* Checks YYYY-MM-DD, also that the day exists. */
bool date_valid(const char *text);

/* ---- suggest.c: the candidate nearest to a word, for "did you mean" ---- */
struct nearest {
    const char *word;
    size_t distance;         /* of the best so far; SIZE_MAX: none is near */
    char best[256];
};
void nearest_start(struct nearest *nearest, const char *word);
void nearest_consider(struct nearest *nearest, const char *candidate);
/* " (did you mean 'X'?)" or "", in out[]. */
const char *nearest_hint(const struct nearest *nearest, char out[320]);

/* ---- text.c ---- */
/* Prints one line "zhibiao COMMAND: text" on standard error, control characters replaced. */
void complain(const char *command, const char *text);
__attribute__((format(printf, 2, 3)))
void complain_about(const char *command, const char *format, ...);
/* text with what no terminal should get (point_is_control) and broken UTF-8 replaced by U+FFFD and line breaks and tabs by a space. */
void buffer_clean(struct buffer *buffer, const char *text);
/* Whether a spreadsheet may take a text for a formula: it starts with = + - @, a tab or a carriage return, apostrophes before it
 * or not. CSV and TSV are written with an apostrophe more before such texts, and read with one less: the text comes back. */
bool formula_like(const char *text);
/* text as a JSON string with its quotes; control characters become \u escapes; NULL: null. */
void buffer_json(struct buffer *buffer, const char *text);
/* The same for texts that mostly come several times in a row (a sentence with several figures): the last one and its JSON
 * are kept. Zero-initialise it; what fails to be kept is escaped anew. */
struct repeated {
    struct buffer text, json;
};
void buffer_json_repeated(struct buffer *buffer, struct repeated *last, const char *text);
void repeated_free(struct repeated *last);
void buffer_integer(struct buffer *buffer, uint64_t value);
void buffer_json_number(struct buffer *buffer, double value);  /* NaN and infinities: null */

/* ---- input.c: a whole file's bytes ---- */
struct input {
    const unsigned char *bytes;
    size_t size;
    bool mapped;
    size_t released;         /* bytes whose pages were given back */
};
/* path "-" is standard input. E_INPUT with a message that starts with the path. */
int input_open(struct input *input, const char *path, struct error *error);
void input_close(struct input *input);
/* The bytes before `position` will hardly be read again: keeps the memory of a huge file bounded. */
void input_release(struct input *input, size_t position);

#define PERIOD_TEXT 32  /* bytes for a period with its NUL */

/* ---- destination.c: standard output, or a file that appears only when complete ---- */
struct destination {
    FILE *file;
    char *path, *temporary;  /* NULL for standard output; temporary: its name until it is complete, where it has one */
    bool whole;              /* appears only when complete; not so devices and pipes */
    bool again;      /* set after opening: what can be made again at any time is not synced, which costs more than a chart */
};
int destination_open(struct destination *destination, const char *path, struct error *error);
int destination_close(struct destination *destination, bool keep, struct error *error);

/* ---- filters.c ---- */
/* A filter together with the memory of what was normalised for it. */
struct scope {
    struct filter filter;
    char region[REGION_CODE];   /* "" when not given */
    char period[PERIOD_TEXT];
};
/* --min-confidence, 0 when it is not there; E_USAGE with a message. */
int min_confidence_of(const struct settings *settings, double *least, struct error *error);

/* Turns settings into a filter, every value checked; E_USAGE with a message. */
int scope_of(const struct settings *settings, struct scope *scope, struct error *error);
/* The code of --region; "" when not given. */
int region_option(const struct settings *settings, char out[REGION_CODE], struct error *error);
/* "county" → 6, "6" → 6; 0 for NULL; -1: none of them. */
int level_parse(const char *text);
const char *level_name(int level);
/* When a query found nothing: E_NOTHING, or E_USAGE with a suggestion when the store knows no such indicator. */
int nothing_found(struct store *store, const struct settings *settings, struct error *error);

/* ---- text.c ---- */
/* Columns of the terminal; where there is none $COLUMNS, or 80. */
int terminal_width(void);

/* ---- extract.c, also for ingest ---- */
struct extract_options;
struct document_facts;
/* --published, --encoding and --region, checked; code: memory for extraction->region. */
int extract_settings(const struct settings *settings, struct extract_options *extraction, char code[REGION_CODE],
                     struct error *error);
/* One line on standard error when the text had broken characters. */
void warn_replaced(const char *command, const char *path, const struct document_facts *facts);
/* What it says, in text[]; false: nothing. */
bool replaced_text(const char *path, const struct document_facts *facts, char *text, size_t size);
/* The same of figures that were passed over. */
bool passed_text(const char *path, const struct document_facts *facts, char *text, size_t size);

/* ---- period.c ---- */
/* Normalises what people write (2019年, 2019-2020, 2019年3月, 2019Q1) to DESIGN.md's form; -1 when it is none. */
int period_parse(const char *text, char out[PERIOD_TEXT]);
/* Its last day as yyyymmdd; 0 for NULL or what cannot be read. */
long period_end(const char *period);
/* Its place on a time axis in years: where it ends, 2019 for a year and its last day, 2018.25 for the end of March 2019; NaN for NULL. */
double period_position(const char *period);
/* How it is grouped when figures are added: "2019" for a year and for every date in it, else itself; "" for NULL. */
char *period_group(const char *period, char out[PERIOD_TEXT]);

#endif
