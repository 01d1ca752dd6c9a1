/* jsonl.c — a record of JSON Lines: {id, url, title, published, text}, in any order, other keys left alone.
 *
 * cJSON says whether the line is valid and gives the short fields. It does not say where a string stood, so `title` and
 * `text` are found once more in the line that is known to be valid, and unescaped with the place of every character. */
#include "data/extract/source.h"

#include "data/base/number.h"
#include "data/base/utf8.h"

#include <cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- walking a valid line ---- */

static size_t skip_blank(const unsigned char *s, size_t i, size_t n)
{
    while (i < n && (s[i] == ' ' || s[i] == '\t' || s[i] == '\r' || s[i] == '\n'))
        i++;
    return i;
}

/* Behind the string that opens at s[i]; n where it does not end. */
static size_t skip_string(const unsigned char *s, size_t i, size_t n)
{
    for (i++; i < n; i++) {
        if (s[i] == '\\')
            i++;
        else if (s[i] == '"')
            return i + 1;
    }
    return n;
}

static size_t skip_value(const unsigned char *s, size_t i, size_t n)
{
    size_t depth = 0;
    while (i < n) {
        if (s[i] == '"') {
            i = skip_string(s, i, n);
        } else if (s[i] == '{' || s[i] == '[') {
            depth++;
            i++;
        } else if (s[i] == '}' || s[i] == ']') {
            if (depth == 0)
                return i;  /* the object's own end behind a number or a word */
            depth--;
            i++;
        } else if (depth == 0 && s[i] == ',') {
            return i;
        } else {
            i++;
        }
        if (depth == 0 && i < n && (s[i] == ',' || s[i] == '}'))
            return i;
    }
    return n;
}

/* The first member of that name whose value is a string: where its opening quote stands; n: none. */
static size_t member_string(const unsigned char *s, size_t n, const char *name)
{
    size_t length = strlen(name), i = skip_blank(s, 0, n);
    if (i >= n || s[i] != '{')
        return n;
    for (i = skip_blank(s, i + 1, n); i < n && s[i] == '"';) {
        size_t key = i + 1, end = skip_string(s, i, n);
        i = skip_blank(s, end, n);
        if (i >= n || s[i] != ':')
            return n;
        i = skip_blank(s, i + 1, n);
        if (i < n && end - key == length + 1 && memcmp(s + key, name, length) == 0)
            return s[i] == '"' ? i : n;
        i = skip_blank(s, skip_value(s, i, n), n);
        if (i < n && s[i] == ',')
            i = skip_blank(s, i + 1, n);
    }
    return n;
}

bool record_likely(const struct passage *line)
{
    size_t at = member_string(line->bytes, line->size, "text");
    return at < line->size && skip_string(line->bytes, at, line->size) < line->size;
}

/* ---- unescaping ---- */

static int hex4(const unsigned char *s)
{
    int v = 0;
    for (int i = 0; i < 4; i++) {
        int c = s[i] | 0x20;
        int digit = s[i] >= '0' && s[i] <= '9' ? s[i] - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0)
            return -1;
        v = v * 16 + digit;
    }
    return v;
}

/* The character of the escape at s[i] ("\\"); returns its length. */
static size_t escape(const unsigned char *s, size_t i, size_t n, uint32_t *point)
{
    static const char plain[] = "\"\\/bfnrt", meant[] = "\"\\/ \n\n\n\t";
    *point = UTF8_REPLACEMENT;
    if (i + 1 >= n)
        return 1;
    if (s[i + 1] != 'u') {
        const char *at = strchr(plain, s[i + 1]);
        if (at != NULL && *at != '\0')
            *point = (uint32_t)meant[at - plain];
        return 2;
    }
    int v = i + 6 <= n ? hex4(s + i + 2) : -1;
    if (v < 0)
        return 2;
    if (v >= 0xD800 && v < 0xDC00 && i + 12 <= n && s[i + 6] == '\\' && s[i + 7] == 'u') {
        int low = hex4(s + i + 8);
        if (low >= 0xDC00 && low < 0xE000) {
            *point = 0x10000u + (uint32_t)(v - 0xD800) * 1024 + (uint32_t)(low - 0xDC00);
            return 12;
        }
    }
    if (v != 0 && (v < 0xD800 || v >= 0xE000))
        *point = (uint32_t)v;
    return 6;
}

/* The string whose opening quote is line->bytes[at], every byte of it with its place in the line. */
static int unescape(const struct passage *line, size_t at, struct passage_memory *memory, struct passage *out)
{
    const unsigned char *s = line->bytes;
    size_t n = line->size, i = at + 1, stop = skip_string(s, at, n) - 1;
    memory->utf8.size = memory->map_size = 0;
    if (stop - at + 4 > memory->map_capacity) {
        uint32_t *map = reallocarray(memory->map, stop - at + 4, sizeof *map);
        if (map == NULL)
            return E_MEMORY;
        memory->map = map;
        memory->map_capacity = stop - at + 4;
    }
    while (i < stop) {
        size_t run = i;
        while (run < stop && s[run] != '\\')
            run++;
        buffer_add(&memory->utf8, s + i, run - i);
        for (; i < run; i++)
            memory->map[memory->map_size++] = line->map ? line->map[i] : (uint32_t)i;
        if (i < stop) {
            /* no escape is shorter than its character in UTF-8, so the map has room */
            uint32_t point;
            char utf8[4];
            size_t length = escape(s, i, stop, &point);
            int bytes = utf8_encode(point, utf8);
            if ((size_t)bytes > length)
                bytes = 1, utf8[0] = '?';
            buffer_add(&memory->utf8, utf8, (size_t)bytes);
            for (int k = 0; k < bytes; k++)
                memory->map[memory->map_size++] = line->map ? line->map[i] : (uint32_t)i;
            i += length;
        }
    }
    memory->map[memory->map_size] = line->map ? line->map[stop] : (uint32_t)stop;
    if (memory->utf8.failed)
        return E_MEMORY;
    *out = (struct passage){(const unsigned char *)(memory->utf8.size > 0 ? memory->utf8.bytes : ""), memory->utf8.size, line->base,
                            memory->map};
    return E_OK;
}

void record_memory_free(struct record_memory *memory)
{
    passage_memory_free(&memory->title);
    passage_memory_free(&memory->text);
}

/* ---- the record ---- */

bool date_read(const char *text, char out[11])
{
    for (const char *s = text; *s != '\0'; s++) {
        if (!(s[0] == '1' || s[0] == '2') || strspn(s, "0123456789") < 4 || (s > text && s[-1] >= '0' && s[-1] <= '9'))
            continue;
        unsigned year, month, day;
        char sign[2];
        size_t digits = strspn(s, "0123456789");
        bool found = (digits == 4 && (sscanf(s, "%4u%1[-/.]%2u%*1[-/.]%2u", &year, sign, &month, &day) == 4 ||
                                      sscanf(s, "%4u年%2u月%2u日", &year, &month, &day) == 3)) ||
                     (digits == 8 && sscanf(s, "%4u%2u%2u", &year, &month, &day) == 3);
        if (found && year >= 1900 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31) {
            snprintf(out, 11, "%04u-%02u-%02u", year % 10000, month % 100, day % 100);
            return true;
        }
        s += digits - 1;
    }
    return false;
}

static const char *short_field(const cJSON *object, const char *name, struct arena *arena)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    char number[NUMBER_TEXT];
    const char *text = cJSON_IsString(item)   ? item->valuestring
                       : cJSON_IsNumber(item) ? number_format(item->valuedouble, number)
                                              : NULL;
    return text != NULL && text[0] != '\0' ? arena_copy(arena, text, strlen(text)) : NULL;
}

int record_read(const struct passage *line, struct record_memory *memory, struct record *record, struct arena *arena,
                struct error *error)
{
    int status = E_OK;
    const char *stopped = NULL;
    *record = (struct record){0};
    if (line->size > RECORD_MOST)
        return error_set(error, E_INPUT, "a record of more than %zu MiB; split it", RECORD_MOST >> 20);
    cJSON *object = cJSON_ParseWithLengthOpts((const char *)line->bytes, line->size, &stopped, 0);
    if (object == NULL) {
        size_t at = stopped != NULL ? (size_t)(stopped - (const char *)line->bytes) : 0;
        return error_set(error, E_INPUT, "no valid JSON at byte %zu of the line; correct it or remove the line", at + 1);
    }
    size_t text = member_string(line->bytes, line->size, "text"), title = member_string(line->bytes, line->size, "title");
    if (!cJSON_IsObject(object) || text >= line->size) {
        status = error_set(error, E_INPUT, "no object with a string \"text\"; correct it or remove the line");
        goto done;
    }
    record->id = short_field(object, "id", arena);
    record->url = short_field(object, "url", arena);
    const char *published = short_field(object, "published", arena);
    char date[11];
    if (published != NULL && date_read(published, date))
        record->published = arena_copy(arena, date, strlen(date));
    status = unescape(line, text, &memory->text, &record->text);
    if (status == E_OK && title < line->size)
        status = unescape(line, title, &memory->title, &record->title);
    if (status == E_MEMORY)
        error_set(error, E_MEMORY, "out of memory");
done:
    cJSON_Delete(object);
    return status;
}
