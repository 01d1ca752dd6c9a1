/* observation.h — an observation as it is printed: DESIGN.md's JSON object, and as columns. */
#ifndef ZHIBIAO_CLI_OBSERVATION_H
#define ZHIBIAO_CLI_OBSERVATION_H

#include "cli/output.h"
#include "data/observation.h"

/* One line of JSON without the newline, keys in DESIGN.md's order. `repeats`, zero-initialised, is kept from one to the next:
 * neighbours have the source, the place and the sentence in common. */
struct observation_repeats {
    struct repeated source, path, evidence;
};
void observation_json(struct buffer *buffer, const struct observation *observation, struct observation_repeats *repeats);
void observation_repeats_free(struct observation_repeats *repeats);

/* The guaranteed interval of an observation, and whether it is approximate. */
struct interval observation_interval(const struct observation *observation);

/* The denominators joined by '/'; NULL when there are none. */
const char *observation_per(const struct observation *observation, char out[128]);

/* Puts what it says into a row: item, period, value, low, high, bound, unit, per, kind, status, confidence. */
void observation_columns(struct output *out, const struct observation *observation);

/* Whether --unit (NULL: any; "公斤" any denominator; "公斤/亩" exactly this one) lets an observation through. */
bool unit_matches(const char *unit, const struct observation *observation);

/* A copy of an observation whose strings belong to the arena; false when memory ran out. */
bool observation_copy(struct observation *copy, const struct observation *observation, struct arena *arena);

#endif
