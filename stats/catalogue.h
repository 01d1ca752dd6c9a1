/* catalogue.h — what every statistic is: its names, definition, formula and source, as --explain prints them.
 *
 * One table a topic (catalogue_TOPIC.c), named in catalogue.c. A statistic that a command prints and that has no entry
 * here fails the tests. */
#ifndef ZHIBIAO_STATS_CATALOGUE_H
#define ZHIBIAO_STATS_CATALOGUE_H

#include <stddef.h>

struct definition {
    const char *id;          /* the key in every output: "gini" */
    const char *english, *chinese;
    const char *definition;  /* what it says, and what it does with missing, zero and negative values and small n */
    const char *formula;     /* plain text: "Σx/n" */
    const char *source;      /* who defined it: author, title, year, page */
};

/* A topic's table ends with a row whose id is NULL. */
extern const struct definition definitions_summary[], definitions_inequality[], definitions_score[], definitions_structure[], definitions_relation[], definitions_trend[], definitions_compare[];

/* The entry of a statistic; NULL when there is none. */
const struct definition *definition_find(const char *id);
/* All of them, one after the other: index 0, 1, …; NULL behind the last. */
const struct definition *definition_at(size_t index);

#endif
