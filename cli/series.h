/* series.h — the figures of one indicator, one for each region, period and status, ready to be compared or added. */
#ifndef ZHIBIAO_CLI_SERIES_H
#define ZHIBIAO_CLI_SERIES_H

#include "cli/observation.h"

/* The statement that a reading, or one part of it, is. */
struct reading_source {
    int64_t id;                 /* of the observation */
    const char *document, *quote;
    size_t start, end;          /* bytes in the document */
};
struct reading {
    const char *key;            /* what tells regions apart: the code, with the name of a place that has none */
    const char *region_code, *region_name, *region_path;
    int level;                  /* 2, 4, 6, 9, 12 */
    const char *period;         /* or NULL */
    enum status status;
    const char *item;           /* of its only part, or NULL */
    const char *group;          /* by_item: the item; else NULL */
    struct interval value;      /* in the series' unit */
    bool about;
    bool conventional;          /* the interval rests on a convention: --open, or 约 taken as it stands */
    struct reading_source *sources;  /* [parts] */
    size_t parts;               /* items that were added up: 1 for a plain figure */
    size_t evidence;            /* statements of all documents on it */
    size_t conflicts;           /* those of them that no value could reconcile with it */
    const char *document, *document_title, *published;
};

struct series {
    struct arena arena;         /* owns all strings */
    double open;                /* set before loading: --open's convention (frame.h); 0: none */
    bool by_item;               /* set before loading: items are readings of their own instead of being added up */
    bool quiet;                 /* set before loading: what is left out is not said, for it was said before */
    struct reading *readings;   /* by region, period, status, group */
    size_t count;
    const char *label;          /* the indicator's Chinese name, or its label */
    const struct indicator *entry;  /* NULL: not in the dictionary */
    enum kind kind;
    const char *unit, *per;     /* the common unit; NULL: none */
    bool additive;              /* figures of this indicator may be added up */
};

/* Loads what passes the filter, which must name one indicator: of duplicate statements the preferred one, in one unit, of
 * one kind. Items of a region are added up where the indicator allows it. What was left out and why is said on standard
 * error. E_NOTHING or E_USAGE with a message when there is nothing, or no single indicator, unit or item. */
int series_load(struct series *series, struct store *store, const struct settings *settings, const struct filter *filter,
                struct error *error);
void series_free(struct series *series);

/* series_table.c: a column of a table (frame.h, with --region) as a series, each --group an item. */
struct frame;
int series_from_frame(struct series *series, const struct frame *frame, size_t column, const struct settings *settings,
                      struct error *error);

/* "公斤/亩"; NULL when there is no unit. */
const char *series_unit(const struct series *series, char out[128]);

/* Which comes first: of a region's figures the newest, of equally new ones that of the whole year. */
bool reading_newer(const struct reading *a, const struct reading *b);

/* Keeps the readings of one level (0: of the level that has most regions) other than the region `above` itself, and of
 * each region the newest one only where `newest`. Says what was left out. Returns the level, 0 when nothing is left. */
int series_select(struct series *series, const struct settings *settings, int level, const char *above, bool newest);

/* compare.c: loads what compare ranks and plot draws; filter->status becomes actual where it was open. */
int compare_load(struct series *series, struct store *store, const struct settings *settings, struct filter *filter,
                 bool newest, int *level, struct error *error);

#endif
