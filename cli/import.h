/* import.h — what the files of `import` share: the columns of a table and what is being read. */
#ifndef ZHIBIAO_CLI_IMPORT_H
#define ZHIBIAO_CLI_IMPORT_H

#include "cli/observation.h"
#include "cli/table.h"

struct cJSON;

#define IMPORT_ROLES(X) X(region) X(indicator) X(period) X(value) X(unit) X(item) X(kind) X(status)
enum import_role {
#define X(name) ROLE_##name,
    IMPORT_ROLES(X)
#undef X
    ROLE_COUNT
};
const char *role_name(enum import_role role);

/* A column of figures. What it does not say itself (NULL, "") comes from the row's other columns, or from the options. */
struct import_column {
    size_t column;                 /* from 0 */
    const char *label, *unit, *item, *kind, *status;
    char period[PERIOD_TEXT];
};

struct import {
    const struct settings *settings;
    const char *path, *region;     /* region: code of --region, or NULL */
    struct arena arena, row_arena; /* of the table, and of the row at hand */
    const struct cJSON *map;       /* of --map, or NULL */
    bool has_heading;
    size_t roles[ROLE_COUNT];      /* column + 1; 0: none */
    struct import_column *figures;
    size_t figure_count, heading_count;
    struct store *store;           /* a document has begun in it */
    size_t count, rows;            /* figures stored; rows below the heading */
    struct error *error;
};

/* "PATH: row R, column C: …", E_INPUT. column counts from 1. */
__attribute__((format(printf, 4, 5)))
int import_bad(const struct import *import, size_t row, size_t column, const char *format, ...);

/* import_heading.c: finds what each column is, by --map, by its name, or by what its heading says. */
int import_heading(struct import *import, const struct table_row *row);
/* --map's file, checked before any table is read: E_INPUT with a message. path NULL: *map is NULL. cJSON_Delete frees it. */
int import_map_read(const char *path, struct cJSON **map, struct error *error);

/* import_row.c: stores the figures of a row. */
int import_row(struct import *import, const struct table_row *row);

#endif
