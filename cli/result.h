/* result.h — what a statistics command found, and how it is printed.
 *
 * A command adds one finding after the other and prints them at the end: one row a finding (long), or one row a key with a
 * column for each statistic (wide). --explain adds what each statistic is (stats/catalogue.h), --evidence lists the figures
 * behind the result instead. Every statistic id must be in the catalogue. */
#ifndef ZHIBIAO_CLI_RESULT_H
#define ZHIBIAO_CLI_RESULT_H

#include "cli/frame.h"
#include "cli/output.h"
#include "stats/reason.h"

#define RESULT_OPTIONS                                                                                               \
    OPTION("statistics", 's', "ID,...", statistics, "only these statistics"),                                        \
    OPTION("layout", 0, "LAYOUT", layout, "long: a row for each figure; wide: a column for each statistic"),         \
    OPTION("explain", 0, NULL, explain, "with each statistic its definition, formula and source"),                   \
    OPTION("evidence", 0, NULL, evidence, "list the figures behind the result instead: where each one stands"),      \
    OUTPUT_OPTIONS

/* What a finding is about; NULL where it does not apply. */
struct result_key {
    const char *variable;    /* the column or indicator */
    const char *group;
    const char *region, *region_code;
    const char *period;
    const char *term;        /* what else: a coefficient's name, the other variable, a component */
};

#define RESULT_INTERVALS(X) X(none) X(guaranteed) X(conventional) X(confidence) X(sensitivity)
enum result_interval {
#define X(name) INTERVAL_##name,
    RESULT_INTERVALS(X)
#undef X
};

struct finding {
    struct result_key key;
    const char *statistic;   /* id in the catalogue */
    double value;            /* NaN: undefined, and `reason` or `note` says why */
    double low, high;        /* with an interval */
    enum result_interval interval;  /* none: low and high are not printed */
    const char *text;        /* a finding in words ("certain"), instead of a value */
    const char *unit;        /* or NULL */
    size_t n;                /* the values it was computed from */
    enum reason reason;
    const char *note;        /* what else must be said; or NULL */
};

struct result;
enum result_layout { LAYOUT_LONG, LAYOUT_WIDE };
/* `usual`: the layout without --layout. E_USAGE for an unknown statistic or layout. */
int result_open(struct result **result, const struct settings *settings, enum result_layout usual, struct error *error);
/* Copies the finding, its strings included. A statistic that --statistics does not name is passed over. */
int result_add(struct result *result, const struct finding *finding, struct error *error);
/* Whether --statistics wants it: what is costly need not be computed otherwise. */
bool result_wants(const struct result *result, const char *statistic);
/* In tables for people, wide layout: only these columns unless --statistics says otherwise. NULL-terminated, static. */
void result_headline(struct result *result, const char *const *statistics);
/* A promise that each key has the same statistics, in the same order, and intervals always or never: then wide rows of machine
 * formats are written as they come, so that a million groups need no more memory than a thousand. */
void result_stream(struct result *result);
/* Prints all of it, or with --evidence the frame's figures (NULL: none). E_NOTHING when there is no finding. */
int result_print(struct result *result, const struct frame *frame, struct error *error);
void result_free(struct result *result);

/* --explain of a command whose columns are fixed: the definitions of these (NULL-terminated) as a table. */
int result_explain(const struct settings *settings, const char *const *ids, struct error *error);

#endif
