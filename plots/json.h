/* json.h — JSON objects read into structs by a table, with errors that name the JSON path. Internal to plots/. */
#ifndef ZHIBIAO_PLOTS_JSON_H
#define ZHIBIAO_PLOTS_JSON_H

#include "data/base/error.h"
#include "data/base/memory.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

struct json_reader {
    const char *name;            /* of the file, for messages */
    struct arena *arena;         /* strings are copied into it */
    struct error *error;
    char path[512];              /* "$.data[3].value" */
};

enum json_type {
    JSON_TEXT,                   /* const char *; null leaves it as it is */
    JSON_NUMBER,                 /* double; null: NaN */
    JSON_SIZE,                   /* double, 0 or more */
    JSON_FLAG,                   /* bool */
    JSON_CHOICE,                 /* int: the index of the text among .choices */
    JSON_CUSTOM,                 /* whatever .read makes of it */
};
struct json_field {
    const char *name;
    enum json_type type;
    size_t offset;
    const char *const *choices;  /* ends with NULL */
    int (*read)(struct json_reader *reader, const cJSON *item, void *base);
};

/* Parses; *root is to be freed with cJSON_Delete. E_INPUT names line and column of what is no JSON. */
int json_parse(struct json_reader *reader, const char *json, size_t size, cJSON **root);
/* Reads the members of an object; fields end with a NULL name. A member that no field names is an error. */
int json_read_object(struct json_reader *reader, const cJSON *object, const struct json_field *fields, void *base);
/* "NAME: PATH: …"; E_INPUT. */
__attribute__((format(printf, 2, 3)))
int json_wrong(struct json_reader *reader, const char *format, ...);
const char *json_kind(const cJSON *item);   /* "a text", "an array" … */
/* For what lies in a member or element: extends the path, and gives what json_leave needs to shorten it again. */
size_t json_enter(struct json_reader *reader, const char *member, int element);
void json_leave(struct json_reader *reader, size_t mark);


/* theme.c: the theme that an object describes, on top of the built-in one that its "base" names. */
struct theme;
int theme_read_item(struct json_reader *reader, const cJSON *item, const struct theme **theme);

#endif
