/* heading.c — see heading.h.
 *
 * 1. In brackets at the end, or behind a slash, colon, comma, underscore or blank, a text is a unit if a number in front of it
 *    would have one. A text in brackets that is none belongs to the name (产值(现价)); one that begins with a scale (万圆) is
 *    refused, since leaving it out would be wrong by that scale.
 * 2. Without a mark only what begins with 万 or 亿 or is a per cent sign is a unit behind a name of two characters or more,
 *    or any unit whose front is an indicator of the dictionary while the whole is not (粮食产量吨, but not 户数户).
 * 3. A year is four digits from 1900 to 2099 in front of 年 and a name, or with or without 年 alone. */
#include "cli/heading.h"

#include "data/extract/extract.h"

#include <string.h>

bool unit_known(const char *text)
{
    char number[160];
    struct observation o = {0};
    size_t per = strcspn(text, "/");
    int n = snprintf(number, sizeof number, "1%.*s", (int)per, text);
    if (per == 0 || n < 0 || (size_t)n >= sizeof number)
        return false;
    return extract_number(number, &o) == 0 && o.unit != NULL;
}

static bool begins_with_scale(const char *text)
{
    static const char *const scales[] = {"万", "亿", "萬", "億", "百", "千"};
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
        if (strncmp(text, scales[i], strlen(scales[i])) == 0)
            return true;
    return false;
}

/* Requirement 1: text of a length as a unit, "单位：" in front of it left out. */
static const char *unit_in(const char *text, size_t length, struct arena *arena, bool *failed)
{
    static const char *const fronts[] = {"单位", "單位", "：", ":", " "};
    for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++) {
        size_t front = strlen(fronts[i]);
        if (length >= front && memcmp(text, fronts[i], front) == 0) {
            text += front;
            length -= front;
        }
    }
    char *copy = arena_copy(arena, text, length);
    *failed = *failed || copy == NULL;
    return copy;
}

static void cut_blanks(char *label)
{
    size_t n = strlen(label);
    while (n > 0 && (label[n - 1] == ' ' || label[n - 1] == '\t'))
        label[--n] = '\0';
}

static int brackets(char *label, struct arena *arena, struct heading *heading, const char **unknown)
{
    static const char *const openings[] = {"(", "（", "[", "【"}, *const closings[] = {")", "）", "]", "】"};
    size_t n = strlen(label);
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        size_t open = strlen(openings[i]), close = strlen(closings[i]);
        if (n < open + close || memcmp(label + n - close, closings[i], close) != 0)
            continue;
        for (size_t at = n - close; at-- > 0;) {
            if (strncmp(label + at, openings[i], open) != 0)
                continue;
            bool failed = false;
            const char *unit = unit_in(label + at + open, n - close - at - open, arena, &failed);
            if (failed)
                return E_MEMORY;
            if (unit_known(unit)) {
                heading->unit = unit;
                label[at] = '\0';
                cut_blanks(label);
            } else if (begins_with_scale(unit)) {
                *unknown = unit;
                return E_INPUT;
            }
            return E_OK;
        }
    }
    return E_OK;
}

static int separated(char *label, struct arena *arena, struct heading *heading)
{
    static const char *const marks[] = {"/", "：", ":", "，", ",", "_", " ", "-"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        /* the first one: "产量/公斤/亩" */
        char *mark = strstr(label, marks[i]);
        if (mark == NULL || mark == label)
            continue;
        bool failed = false;
        const char *behind = mark + strlen(marks[i]), *unit = unit_in(behind, strlen(behind), arena, &failed);
        if (failed)
            return E_MEMORY;
        if (unit_known(unit)) {
            heading->unit = unit;
            *mark = '\0';
            cut_blanks(label);
            return E_OK;
        }
    }
    return E_OK;
}

/* Requirement 2. */
static int glued(char *label, struct arena *arena, struct heading *heading)
{
    if (indicator_find(label) != NULL)
        return E_OK;
    size_t n = strlen(label);
    for (size_t at = 1; at < n; at++) {
        if (((unsigned char)label[at] & 0xC0) == 0x80)
            continue;
        bool percent = strcmp(label + at, "%") == 0 || strcmp(label + at, "％") == 0;
        if ((!percent && at < 6) || !unit_known(label + at))
            continue;
        char kept = label[at];
        label[at] = '\0';
        bool known = indicator_find(label) != NULL;
        label[at] = kept;
        if (percent || known || strncmp(label + at, "万", 3) == 0 || strncmp(label + at, "亿", 3) == 0) {
            heading->unit = arena_copy(arena, label + at, n - at);
            label[at] = '\0';
            return heading->unit != NULL ? E_OK : E_MEMORY;
        }
    }
    return E_OK;
}

/* Requirement 3. */
static char *year(char *label, struct heading *heading)
{
    if (strspn(label, "0123456789") != 4 || !(memcmp(label, "19", 2) == 0 || memcmp(label, "20", 2) == 0))
        return label;
    bool marked = strncmp(label + 4, "年", strlen("年")) == 0;
    char *behind = label + 4 + (marked ? strlen("年") : 0);
    if (strcmp(behind, "度") == 0)
        behind += strlen("度");
    if (!marked && *behind != '\0')
        return label;
    memcpy(heading->period, label, 4);
    heading->period[4] = '\0';
    return behind;
}

int heading_read(const char *text, struct arena *arena, struct heading *heading, const char **unknown)
{
    *heading = (struct heading){0};
    char *label = arena_copy(arena, text, strlen(text));
    int status = label == NULL ? E_MEMORY : brackets(label, arena, heading, unknown);
    if (status == E_OK && heading->unit == NULL)
        status = separated(label, arena, heading);
    if (status == E_OK && heading->unit == NULL)
        status = glued(label, arena, heading);
    if (status == E_OK)
        heading->label = year(label, heading);
    return status;
}
