/* import_heading.c — which column of a table is what.
 *
 * 1. --map FILE.json says it: {"辖区": "region", "税收": "budget_revenue", "备注": null, "产值": {"indicator": "gdp", "unit": "亿元",
 *    "period": "2019", "item": "…", "kind": "level", "status": "planned"}}. A heading that the table lacks is an error.
 * 2. Else a heading that is one of the names below has that role.
 * 3. Else, where there is no value column: a year is a column of that year's figures; anything else is an indicator, with the
 *    unit and the year that its heading gives (heading.h). Beside an indicator column only years are figures, and what else
 *    there is, is left out with a note. */
#include "cli/heading.h"
#include "cli/import.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

/* What a heading may be called. */
static const struct {
    const char *name;
    enum import_role role;
} names[] = {
    {"region", ROLE_region},  {"code", ROLE_region},      {"area", ROLE_region},    {"地区", ROLE_region},
    {"区域", ROLE_region},    {"行政区", ROLE_region},    {"行政区划", ROLE_region}, {"县", ROLE_region},
    {"区县", ROLE_region},    {"县区", ROLE_region},      {"县市", ROLE_region},    {"县(市、区)", ROLE_region},
    {"县（市、区）", ROLE_region}, {"县市区", ROLE_region}, {"乡镇", ROLE_region},   {"镇", ROLE_region},
    {"市州", ROLE_region},    {"省份", ROLE_region},      {"省市", ROLE_region},    {"村", ROLE_region},
    {"行政村", ROLE_region},  {"行政区划代码", ROLE_region}, {"indicator", ROLE_indicator},
    {"指标", ROLE_indicator}, {"指标名称", ROLE_indicator}, {"项目", ROLE_indicator}, {"period", ROLE_period},
    {"year", ROLE_period},    {"date", ROLE_period},      {"时期", ROLE_period},    {"年份", ROLE_period},
    {"年度", ROLE_period},    {"年", ROLE_period},        {"时间", ROLE_period},    {"日期", ROLE_period},
    {"value", ROLE_value},    {"数值", ROLE_value},       {"值", ROLE_value},       {"数据", ROLE_value},
    {"unit", ROLE_unit},      {"单位", ROLE_unit},        {"计量单位", ROLE_unit},  {"item", ROLE_item},
    {"品种", ROLE_item},      {"分组", ROLE_item},        {"类别", ROLE_item},      {"kind", ROLE_kind},
    {"status", ROLE_status},  {"状态", ROLE_status},
};

const char *role_name(enum import_role role)
{
    static const char *const texts[] = {
#define X(name) #name,
        IMPORT_ROLES(X)
#undef X
    };
    return texts[role];
}

static int role_parse(const char *text)
{
    for (int i = 0; i < ROLE_COUNT; i++)
        if (strcmp(text, role_name((enum import_role)i)) == 0)
            return i;
    return -1;
}

static int no_memory(const struct import *import)
{
    return error_set(import->error, E_MEMORY, "%s: out of memory", import->path);
}

/* ---- --map ---- */

static const char *const map_keys[] = {"indicator", "unit", "period", "item", "kind", "status"};

static int check_entry(const char *path, const cJSON *entry, struct error *error)
{
    char period[PERIOD_TEXT];
    if (cJSON_IsNull(entry) || (cJSON_IsString(entry) && entry->valuestring[0] != '\0'))
        return E_OK;
    if (!cJSON_IsObject(entry))
        return error_set(error, E_INPUT, "%s: \"%s\": write a role or indicator (\"region\", \"gdp\"), an object, or null", path,
                         entry->string);
    for (const cJSON *part = entry->child; part != NULL; part = part->next) {
        struct nearest nearest;
        char hint[320];
        bool known = false;
        nearest_start(&nearest, part->string);
        for (size_t i = 0; i < sizeof map_keys / sizeof *map_keys; i++) {
            known |= strcmp(part->string, map_keys[i]) == 0;
            nearest_consider(&nearest, map_keys[i]);
        }
        if (!known)
            return error_set(error, E_INPUT, "%s: \"%s\": unknown key \"%s\"%s; write indicator, unit, period, item, kind or status",
                             path, entry->string, part->string, nearest_hint(&nearest, hint));
        if (!cJSON_IsString(part) || part->valuestring[0] == '\0')
            return error_set(error, E_INPUT, "%s: \"%s\": \"%s\" must be a text that is not empty", path, entry->string, part->string);
        const char *value = part->valuestring;
        if (strcmp(part->string, "unit") == 0 && !unit_known(value))
            return error_set(error, E_INPUT, "%s: \"%s\": unknown unit \"%s\"", path, entry->string, value);
        if (strcmp(part->string, "period") == 0 && period_parse(value, period) != 0)
            return error_set(error, E_INPUT, "%s: \"%s\": \"%s\" is no period; write 2019, 2019-12, 2018/2019 or asof:2019-12-31",
                             path, entry->string, value);
        if (strcmp(part->string, "kind") == 0 && kind_parse(value) < 0)
            return error_set(error, E_INPUT, "%s: \"%s\": unknown kind \"%s\"", path, entry->string, value);
        if (strcmp(part->string, "status") == 0 && status_parse(value) < 0)
            return error_set(error, E_INPUT, "%s: \"%s\": unknown status \"%s\"; write actual or planned", path, entry->string, value);
    }
    return E_OK;
}

int import_map_read(const char *path, struct cJSON **map, struct error *error)
{
    struct input input = {0};
    const char *end = NULL;
    *map = NULL;
    if (path == NULL)
        return E_OK;
    int status = input_open(&input, path, error);
    if (status != E_OK)
        return status;
    *map = cJSON_ParseWithLengthOpts((const char *)input.bytes, input.size, &end, 0);
    if (*map == NULL) {
        size_t line = 1;
        for (const char *p = (const char *)input.bytes; end != NULL && p < end; p++)
            line += *p == '\n';
        status = error_set(error, E_INPUT, "%s: line %zu: not JSON; write {\"heading\": \"region\", \"heading\": \"gdp\"}", path, line);
    } else if (!cJSON_IsObject(*map)) {
        status = error_set(error, E_INPUT, "%s: not an object; write {\"heading\": \"region\", \"heading\": \"gdp\"}", path);
    }
    for (const cJSON *entry = status == E_OK ? (*map)->child : NULL; entry != NULL && status == E_OK; entry = entry->next)
        status = check_entry(path, entry, error);
    input_close(&input);
    return status;
}

/* ---- columns ---- */

static int add_role(struct import *import, const struct table_row *row, size_t column, enum import_role role)
{
    if (import->roles[role] != 0)
        return import_bad(import, row->number, column + 1, "a second column for the same thing ('%s'); remove or rename one",
                          row->cells[column].text);
    import->roles[role] = column + 1;
    return E_OK;
}

/* A column of figures as its heading says it. */
static int add_figures(struct import *import, const struct table_row *row, size_t column, bool label)
{
    struct import_column *figures = &import->figures[import->figure_count];
    struct heading heading;
    const char *unknown = NULL;
    int status = heading_read(row->cells[column].text, &import->arena, &heading, &unknown);
    if (status == E_INPUT)
        return import_bad(import, row->number, column + 1, "unknown unit '%s' in the heading '%s'", unknown, row->cells[column].text);
    if (status != E_OK)
        return no_memory(import);
    if (label && heading.label[0] == '\0' && heading.period[0] == '\0')
        return import_bad(import, row->number, column + 1, "the heading '%s' names no indicator", row->cells[column].text);
    *figures = (struct import_column){.column = column, .unit = heading.unit};
    if (label && heading.label[0] != '\0')
        figures->label = heading.label;
    memcpy(figures->period, heading.period, sizeof figures->period);
    import->figure_count++;
    return E_OK;
}

static int add_mapped(struct import *import, const struct table_row *row, size_t column, const cJSON *entry)
{
    int role = cJSON_IsString(entry) ? role_parse(entry->valuestring) : -1;
    if (cJSON_IsNull(entry))
        return E_OK;
    if (role >= 0)
        return add_role(import, row, column, (enum import_role)role);
    size_t at = import->figure_count;
    int status = add_figures(import, row, column, false);
    if (status != E_OK)
        return status;
    struct import_column *figures = &import->figures[at];
    const struct {
        const char *key, **place;
    } parts[] = {{"indicator", &figures->label}, {"unit", &figures->unit}, {"item", &figures->item}, {"kind", &figures->kind},
                 {"status", &figures->status}};
    if (cJSON_IsString(entry)) {
        figures->label = arena_copy(&import->arena, entry->valuestring, strlen(entry->valuestring));
        return figures->label != NULL ? E_OK : no_memory(import);
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const cJSON *part = cJSON_GetObjectItemCaseSensitive(entry, parts[i].key);
        if (part != NULL && (*parts[i].place = arena_copy(&import->arena, part->valuestring, strlen(part->valuestring))) == NULL)
            return no_memory(import);
    }
    const cJSON *period = cJSON_GetObjectItemCaseSensitive(entry, "period");
    if (period != NULL)
        (void)period_parse(period->valuestring, figures->period);
    return E_OK;
}

/* A heading of --map that the table does not have is most likely misspelt. */
static int check_map(const struct import *import, const struct table_row *row, const cJSON *map)
{
    for (const cJSON *entry = map != NULL ? map->child : NULL; entry != NULL; entry = entry->next) {
        struct nearest nearest;
        char hint[320];
        bool there = false;
        nearest_start(&nearest, entry->string);
        for (size_t i = 0; i < row->cell_count; i++) {
            there |= strcmp(row->cells[i].text, entry->string) == 0;
            nearest_consider(&nearest, row->cells[i].text);
        }
        if (!there)
            return error_set(import->error, E_INPUT, "%s: row %zu: no heading '%s', which --map names%s", import->path, row->number,
                             entry->string, nearest_hint(&nearest, hint));
    }
    return E_OK;
}

static bool is_year(const char *text)
{
    size_t n = strspn(text, "0123456789");
    return n == 4 && (memcmp(text, "19", 2) == 0 || memcmp(text, "20", 2) == 0) &&
           (text[4] == '\0' || strcmp(text + 4, "年") == 0 || strcmp(text + 4, "年度") == 0);
}

/* Requirement 3. */
static int add_others(struct import *import, const struct table_row *row, const bool *named)
{
    struct buffer left = {0};
    int status = E_OK;
    size_t years = 0, mapped = import->figure_count;
    bool indicators = import->roles[ROLE_indicator] == 0 && import->settings->indicator == NULL;
    for (size_t i = 0; i < row->cell_count && status == E_OK; i++) {
        if (named[i] || row->cells[i].text[0] == '\0')
            continue;
        bool figures = is_year(row->cells[i].text);
        years += figures;
        if (figures || (indicators && mapped == 0))
            status = add_figures(import, row, i, true);
        else
            buffer_format(&left, "%s%s", left.size > 0 ? ", " : "", row->cells[i].text);
    }
    if (status == E_OK && years > 0 && indicators)
        status = error_set(import->error, E_INPUT, "%s: row %zu: columns of years, and nothing says of what; name the indicator with "
                           "--indicator, or in a column 指标", import->path, row->number);
    if (status == E_OK && left.size > 0 && import->figure_count > 0)
        complain_about(import->settings->command, "note: %s: columns left out: %s", import->path, left.bytes);
    buffer_free(&left);
    return status;
}

static int check_columns(const struct import *import, const struct table_row *row)
{
    bool value = import->roles[ROLE_value] != 0, years = false;
    const char *given = import->settings->indicator;
    if (value && import->roles[ROLE_indicator] == 0 && given == NULL)
        return error_set(import->error, E_INPUT, "%s: row %zu: no column for the indicator; name one indicator or 指标", import->path,
                         row->number);
    for (size_t i = 0; i < import->figure_count; i++)
        years |= import->figures[i].label == NULL;
    if (years && import->roles[ROLE_indicator] == 0 && given == NULL)
        return error_set(import->error, E_INPUT, "%s: row %zu: columns of years, and nothing says of what; name the indicator with "
                         "--indicator, or in a column 指标", import->path, row->number);
    if (value || import->figure_count > 0)
        return E_OK;
    if (import->roles[ROLE_indicator] != 0)
        return error_set(import->error, E_INPUT, "%s: row %zu: no column for the value; name one value or 数值", import->path,
                         row->number);
    return error_set(import->error, E_INPUT, "%s: row %zu: no column for the value; name one value or 数值, or give each "
                     "indicator a column with its unit: 茶叶面积(亩)", import->path, row->number);
}

int import_heading(struct import *import, const struct table_row *row)
{
    int status;
    import->heading_count = row->cell_count;
    import->figures = calloc(row->cell_count, sizeof *import->figures);
    bool *named = arena_alloc(&import->arena, row->cell_count);
    if (import->figures == NULL || named == NULL)
        return no_memory(import);
    if ((status = check_map(import, row, import->map)) != E_OK)
        return status;
    for (size_t i = 0; i < row->cell_count && status == E_OK; i++) {
        const cJSON *entry = import->map != NULL ? cJSON_GetObjectItemCaseSensitive(import->map, row->cells[i].text) : NULL;
        named[i] = entry != NULL;
        if (entry != NULL)
            status = add_mapped(import, row, i, entry);
    }
    for (size_t i = 0; i < row->cell_count && status == E_OK; i++) {
        for (size_t j = 0; j < sizeof names / sizeof *names && !named[i] && status == E_OK; j++) {
            if (strcasecmp(row->cells[i].text, names[j].name) != 0)
                continue;
            /* what --map names comes first */
            if (import->map == NULL || import->roles[names[j].role] == 0)
                status = add_role(import, row, i, names[j].role);
            named[i] = true;
        }
    }
    if (status != E_OK)
        return status;
    if (import->roles[ROLE_region] == 0 && import->region == NULL)
        return error_set(import->error, E_INPUT, "%s: row %zu: no column for the region; name one region, 地区 or 县区, or give "
                         "the region of all rows with --region", import->path, row->number);
    if (import->roles[ROLE_value] == 0 && (status = add_others(import, row, named)) != E_OK)
        return status;
    return check_columns(import, row);
}
