/* summary.h — what the two ways of `summary` share: the checked options and how a described group becomes findings. */
#ifndef ZHIBIAO_CLI_SUMMARY_H
#define ZHIBIAO_CLI_SUMMARY_H

#include "cli/frame.h"
#include "cli/grouped.h"
#include "cli/result.h"
#include "stats/sample.h"

#define QUANTILES_MOST 32
struct summary_options {
    struct description_options describe;
    double quantiles[QUANTILES_MOST];   /* of --quantiles, 0..1 */
    char names[QUANTILES_MOST][16];     /* "p5" */
    size_t quantile_count;
    size_t resamples;                   /* of --bootstrap; 0: none */
    unsigned long seed;
};

/* What is added to each finding of a group. */
struct summary_group {
    const char *variable, *group, *unit;
    bool additive;
    /* ends of the statistics that have them, where figures have bounds */
    bool bounded, conventional;
    const struct sample *low, *high;    /* sorted, values may be infinite */
};
/* Adds the findings of one described group; `sorted` for the quantiles. */
int summary_add(struct result *result, const struct summary_options *options, const struct summary_group *group,
                const struct description *d, const struct sample *sorted, struct error *error);

/* summary_fast.c: the same from a large plain table, column --value by column --group, in one pass over the bytes with two
 * threads. *done stays false when the table is not plain enough (quotes, figures that are no plain decimals, weights …); the
 * slower way reads it then. */
int summary_fast(struct result *result, const struct settings *settings, const struct summary_options *options, bool *done,
                 struct error *error);
/* summary_store.c: the same from the store, with --all. */
int summary_store(struct result *result, const struct settings *settings, const struct summary_options *options, bool *done,
                  struct error *error);
/* Describes all groups in threads and adds their findings. about: without its group; named: groups have names. */
int summary_grouped(struct result *result, const struct summary_options *o, const struct summary_group *about,
                    const struct grouped *grouped, bool named, struct error *error);

#endif
