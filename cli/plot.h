/* plot.h — where the figure of zhibiao plot comes from: the store, a table, or a JSON description. */
#ifndef ZHIBIAO_CLI_PLOT_H
#define ZHIBIAO_CLI_PLOT_H

#include "cli/series.h"
#include "plots/plot.h"

#define SERIES_MOST 12  /* indicators of one chart */

/* A figure and what its pointers point to. Zero-initialise it; plot_data_free frees it. */
struct plot_data {
    struct figure figure;
    struct arena arena;
    struct series series[SERIES_MOST];
    size_t series_count;
    struct mark *marks;
    size_t mark_count, mark_capacity;
};
void plot_data_free(struct plot_data *data);
/* Room for one mark more, filled by the caller; NULL: no memory. */
struct mark *plot_data_mark(struct plot_data *data);
/* A copy in the data's arena; NULL for NULL or when memory is out. */
const char *plot_data_copy(struct plot_data *data, const char *text);

/* Each fills data->figure but for what options say of any figure (title, size, theme …); data->figure.type is set before. */
int plot_from_store(struct plot_data *data, const struct settings *settings, struct error *error);
int plot_from_table(struct plot_data *data, const struct settings *settings, struct error *error);

/* plot_columns.c: a column that zhibiao's own commands write, by its heading; NULL: none of them. */
struct statistic_column {
    const char *name, *chinese, *english;
    const char *unit;            /* instead of the table's; NULL: none */
    double factor;               /* into that unit */
};
const struct statistic_column *statistic_column_find(const char *name);

/* ---- plot_words.c ---- */

bool plot_english(const struct settings *settings);
bool plot_splits_by(const struct settings *settings, const char *word);   /* --group or --panel is this word of theirs */
bool plot_listed(const char *const *names, size_t count, const char *name);
/* "标题（2020-01-08）" of the document that a reading is from. */
void plot_add_document(struct buffer *out, const struct reading *reading, bool in_english);
/* The label that a series has on the chart: its indicator in the chart's language, with the item that all its figures are of. */
int plot_name_series(struct series *series, const struct settings *settings);
/* Title, subtitle, source note and unit of a figure whose series are loaded. E_MEMORY. */
int plot_make_words(struct plot_data *data, const struct settings *settings, const struct scope *scope, int level);

/* The parts of "a,b,c", blanks around them removed, in the arena. E_MEMORY. */
int plot_split(struct plot_data *data, const char *text, const char ***parts, size_t *count);

#endif
