/* json.c — see json.h. */
#include "plots/json.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#define DEPTH_MAX 12   /* a figure needs four */

const char *json_kind(const cJSON *item)
{
    return cJSON_IsString(item) ? "a text" : cJSON_IsNumber(item) ? "a number" : cJSON_IsBool(item) ? "true or false"
         : cJSON_IsNull(item) ? "null" : cJSON_IsArray(item) ? "an array" : "an object";
}

int json_wrong(struct json_reader *reader, const char *format, ...)
{
    char text[600];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return error_set(reader->error, E_INPUT, "%s: %s: %s", reader->name, reader->path, text);
}

size_t json_enter(struct json_reader *reader, const char *member, int element)
{
    size_t used = strlen(reader->path);
    if (member != NULL)
        snprintf(reader->path + used, sizeof reader->path - used, ".%s", member);
    else
        snprintf(reader->path + used, sizeof reader->path - used, "[%d]", element);
    return used;
}

void json_leave(struct json_reader *reader, size_t mark)
{
    reader->path[mark] = '\0';
}

/* cJSON recurses as deep as the text is nested, and copies what it then refuses: look first. */
static bool too_deep(const char *json, size_t size)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < size; i++) {
        if (quoted) {
            if (json[i] == '\\')
                i++;  /* what is escaped ends no text */
            else
                quoted = json[i] != '"';
        } else if (json[i] == '"') {
            quoted = true;
        } else if (json[i] == '[' || json[i] == '{') {
            if (++depth > DEPTH_MAX)
                return true;
        } else if (json[i] == ']' || json[i] == '}') {
            depth--;
        }
    }
    return false;
}

int json_parse(struct json_reader *reader, const char *json, size_t size, cJSON **root)
{
    const char *end = NULL;
    *root = NULL;
    strcpy(reader->path, "$");
    if (size >= 3 && memcmp(json, "\xEF\xBB\xBF", 3) == 0)
        json += 3, size -= 3;
    if (too_deep(json, size))
        return error_set(reader->error, E_INPUT, "%s: nested deeper than %d levels", reader->name, DEPTH_MAX);
    *root = cJSON_ParseWithLengthOpts(json, size, &end, false);
    if (*root == NULL) {
        size_t line = 1, column = 1;
        for (const char *c = json; end != NULL && c < end && c < json + size; c++, column++)
            if (*c == '\n')
                line++, column = 0;
        return error_set(reader->error, E_INPUT, "%s: line %zu, column %zu: not JSON from here on", reader->name, line, column);
    }
    for (; end < json + size; end++)
        if (*end != ' ' && *end != '\n' && *end != '\t' && *end != '\r' && *end != '\0') {
            cJSON_Delete(*root);
            *root = NULL;
            return error_set(reader->error, E_INPUT, "%s: something stands after the JSON value", reader->name);
        }
    return E_OK;
}

static int field_read(struct json_reader *reader, const cJSON *item, const struct json_field *field, void *base)
{
    char *place = (char *)base + field->offset, list[400] = "";
    double number;
    int choice = 0;
    switch (field->type) {
    case JSON_TEXT:
        if (cJSON_IsNull(item))
            return E_OK;
        if (!cJSON_IsString(item))
            return json_wrong(reader, "a text is wanted here, not %s", json_kind(item));
        *(const char **)(void *)place = arena_copy(reader->arena, item->valuestring, strlen(item->valuestring));
        return *(const char **)(void *)place == NULL ? error_set(reader->error, E_MEMORY, "%s: out of memory", reader->name) : E_OK;
    case JSON_NUMBER:
    case JSON_SIZE:
        number = cJSON_IsNull(item) ? NAN : item->valuedouble;
        if (!cJSON_IsNumber(item) && !(cJSON_IsNull(item) && field->type == JSON_NUMBER))
            return json_wrong(reader, "a number%s is wanted here, not %s", field->type == JSON_NUMBER ? " or null" : "", json_kind(item));
        if (isinf(number))
            return json_wrong(reader, "a number is too large for a double");
        if (field->type == JSON_SIZE && !(number >= 0))
            return json_wrong(reader, "a number of 0 or more is wanted here, not %g", number);
        *(double *)(void *)place = number;
        return E_OK;
    case JSON_FLAG:
        if (!cJSON_IsBool(item))
            return json_wrong(reader, "true or false is wanted here, not %s", json_kind(item));
        *(bool *)place = cJSON_IsTrue(item);
        return E_OK;
    case JSON_CHOICE:
        while (cJSON_IsString(item) && field->choices[choice] != NULL && strcmp(field->choices[choice], item->valuestring) != 0)
            choice++;
        if (cJSON_IsString(item) && field->choices[choice] != NULL) {
            *(int *)(void *)place = choice;
            return E_OK;
        }
        for (choice = 0; field->choices[choice] != NULL; choice++) {
            size_t used = strlen(list);
            snprintf(list + used, sizeof list - used, "%s%s", choice == 0 ? "" : ", ", field->choices[choice]);
        }
        if (cJSON_IsString(item))
            return json_wrong(reader, "one of %s is wanted here, not \"%s\"", list, item->valuestring);
        return json_wrong(reader, "one of %s is wanted here, not %s", list, json_kind(item));
    case JSON_CUSTOM:
        return field->read(reader, item, base);
    }
    return E_OK;
}

int json_read_object(struct json_reader *reader, const cJSON *object, const struct json_field *fields, void *base)
{
    if (!cJSON_IsObject(object))
        return json_wrong(reader, "an object is wanted here, not %s", json_kind(object));
    const cJSON *item;
    cJSON_ArrayForEach(item, object) {
        const struct json_field *field = fields;
        while (field->name != NULL && strcmp(field->name, item->string) != 0)
            field++;
        size_t mark = json_enter(reader, item->string, 0);
        if (field->name == NULL) {
            char list[400] = "";
            for (field = fields; field->name != NULL; field++) {
                size_t used = strlen(list);
                snprintf(list + used, sizeof list - used, "%s%s", used == 0 ? "" : ", ", field->name);
            }
            return json_wrong(reader, "nothing of that name is known here; there are %s", list);
        }
        int code = field_read(reader, item, field, base);
        if (code != E_OK)
            return code;
        json_leave(reader, mark);
    }
    return E_OK;
}
