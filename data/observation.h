/* observation.h — one number in a text, as every layer passes it on. */
#ifndef ZHIBIAO_OBSERVATION_H
#define ZHIBIAO_OBSERVATION_H

#include <stddef.h>

#define BOUNDS(X) X(exact) X(about) X(above) X(below) X(range)
#define KINDS(X) X(level) X(mean) X(share) X(growth) X(capacity) X(rank) X(price)
#define STATUSES(X) X(actual) X(planned)
#define REGION_HOWS(X) X(explicit) X(anaphora) X(title) X(default)

enum bound {
#define X(name) BOUND_##name,
    BOUNDS(X)
#undef X
};
enum kind {
#define X(name) KIND_##name,
    KINDS(X)
#undef X
};
enum status {
#define X(name) STATUS_##name,
    STATUSES(X)
#undef X
};
enum region_how {
#define X(name) HOW_##name,
    REGION_HOWS(X)
#undef X
};

/* The names as they are printed and stored; a value outside the enum gives NULL. */
const char *bound_name(enum bound bound);
const char *kind_name(enum kind kind);
const char *status_name(enum status status);
const char *region_how_name(enum region_how how);
/* The inverse: the enum value of a name, or -1 when there is none. */
int bound_parse(const char *name);
int kind_parse(const char *name);
int status_parse(const char *name);
int region_how_parse(const char *name);

#define PER_MAX 3

/* All strings are UTF-8 and belong to whoever made the observation (an extraction's arena, a query's row): copy what
 * must outlive the call that handed it over. NULL pointers and NaN mean "absent". */
struct observation {
    const char *source;           /* the path as the user gave it */
    size_t start, end;            /* byte offsets into the file as it was read, end excluded */
    const char *quote;            /* the number with scale, approximators and unit, as it stands */
    double value;                 /* in plain units: 万 and 亿 multiplied out; correctly rounded decimal */
    double low, high;             /* range ends, NaN unless bound is range */
    enum bound bound;
    const char *unit;             /* canonical unit, or NULL */
    const char *per[PER_MAX];     /* denominators, e.g. 人, 月 */
    size_t per_count;
    const char *region_code;      /* 2, 4, 6, 9 or 12 digits, or NULL when about no place */
    const char *region_name, *region_path;
    enum region_how how;
    const char *period;           /* "2019", "2020-03", "2018/2019", "asof:2020-12-15", or NULL */
    const char *indicator;        /* label, never NULL */
    const char *indicator_id;     /* dictionary id, or NULL */
    const char *item;             /* what it is broken down by, or NULL */
    enum kind kind;
    enum status status;
    double confidence;            /* 0 to 1 */
    const char *evidence;         /* the sentence it stands in, or "row R, column C" of a table */
};

#endif
