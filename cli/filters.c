/* filters.c — the common filters, checked before any query, and what to say when nothing passes them. */
#include "cli/cli.h"
#include "data/base/number.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    int digits;
} levels[] = {
    {"province", 2}, {"prefecture", 4}, {"county", 6}, {"township", 9}, {"village", 12},
};
#define LEVEL_COUNT (sizeof levels / sizeof *levels)

int level_parse(const char *text)
{
    if (text == NULL)
        return 0;
    for (size_t i = 0; i < LEVEL_COUNT; i++) {
        char digits[8];
        snprintf(digits, sizeof digits, "%d", levels[i].digits);
        if (strcmp(text, levels[i].name) == 0 || strcmp(text, digits) == 0)
            return levels[i].digits;
    }
    return -1;
}

const char *level_name(int level)
{
    for (size_t i = 0; i < LEVEL_COUNT; i++)
        if (levels[i].digits == level)
            return levels[i].name;
    return NULL;
}

int region_option(const struct settings *settings, char out[REGION_CODE], struct error *error)
{
    out[0] = '\0';
    if (settings->region == NULL)
        return E_OK;
    region_id id;
    struct error why = {0};
    int status = region_resolve(settings->region, &id, &why);
    if (status != E_OK)
        return error_set(error, E_USAGE, "--region: %s", why.text);
    region_code(id, out);
    return E_OK;
}

/* A value that must be one of an enum's names. */
static int check_name(const char *option, const char *text, const char *name_at(int index), struct error *error)
{
    struct nearest nearest;
    char hint[320], list[256] = "";
    if (text == NULL)
        return E_OK;
    nearest_start(&nearest, text);
    const char *name;
    for (int i = 0; (name = name_at(i)) != NULL; i++) {
        if (strcmp(text, name) == 0)
            return E_OK;
        nearest_consider(&nearest, name);
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", i == 0 ? "" : name_at(i + 1) != NULL ? ", " : " or ", name_at(i));
    }
    return error_set(error, E_USAGE, "unknown %s '%s'%s; write %s", option, text, nearest_hint(&nearest, hint), list);
}

static const char *kind_at(int index)
{
    return kind_name((enum kind)index);
}

static const char *status_at(int index)
{
    return status_name((enum status)index);
}

static const char *level_at(int index)
{
    return (size_t)index < LEVEL_COUNT ? levels[index].name : NULL;
}

/* The denominator of "公斤/亩" is not the store's to filter by: series.c compares it. */
static int check_unit(const char *text, struct error *error)
{
    if (text == NULL)
        return E_OK;
    char name[128];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(text, "/"), text);
    if (unit_find(name) != NULL)
        return E_OK;
    struct nearest nearest;
    char hint[320];
    nearest_start(&nearest, name);
    for (size_t i = 0; i < unit_count(); i++)
        nearest_consider(&nearest, unit_at(i)->name);
    return error_set(error, E_USAGE, "unknown unit '%s'%s", name, nearest_hint(&nearest, hint));
}

int min_confidence_of(const struct settings *settings, double *least, struct error *error)
{
    *least = 0;
    const char *text = settings->min_confidence;
    if (text != NULL && (number_parse(text, strlen(text), least) != 0 || *least < 0 || *least > 1))
        return error_set(error, E_USAGE, "--min-confidence: '%s' is no share from 0 to 1; write 0.9, say", text);
    return E_OK;
}

int scope_of(const struct settings *settings, struct scope *scope, struct error *error)
{
    struct filter *filter = &scope->filter;
    *scope = (struct scope){.filter = {
        .indicator = settings->indicator,
        .kind = settings->kind,
        .status = settings->status,
        .item = settings->item,
        .source = settings->source,
    }};
    int status = region_option(settings, scope->region, error);
    if (status != E_OK)
        return status;
    if (scope->region[0] != '\0')
        filter->region = scope->region;
    filter->level = level_parse(settings->level);
    if (filter->level < 0)
        return check_name("level", settings->level, level_at, error);
    if ((status = min_confidence_of(settings, &filter->min_confidence, error)) != E_OK ||
        (status = check_name("kind", settings->kind, kind_at, error)) != E_OK ||
        (status = check_name("status", settings->status, status_at, error)) != E_OK ||
        (status = check_unit(settings->unit, error)) != E_OK)
        return status;
    if (settings->unit != NULL) {
        char name[128];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(settings->unit, "/"), settings->unit);
        filter->unit = unit_find(name)->name;
    }
    if (settings->period != NULL) {
        if (period_parse(settings->period, scope->period) != 0)
            return error_set(error, E_USAGE, "unknown period '%s'; write 2019, 2019-12, 2018/2019 or asof:2019-12-31",
                             settings->period);
        filter->period = scope->period;
    }
    return E_OK;
}

struct hint_context {
    struct nearest nearest;
    bool known;
};

static int consider_indicator(const struct indicator_row *row, void *context)
{
    struct hint_context *hint = context;
    if (row->label != NULL) {
        nearest_consider(&hint->nearest, row->label);
        if (strstr(row->label, hint->nearest.word) != NULL)
            hint->known = true;
    }
    return 0;
}

int nothing_found(struct store *store, const struct settings *settings, struct error *error)
{
    if (settings->indicator == NULL)
        return error_set(error, E_NOTHING, "nothing found; loosen the filters, or see what zhibiao documents lists");
    struct hint_context hint = {.known = indicator_find(settings->indicator) != NULL};
    nearest_start(&hint.nearest, settings->indicator);
    struct filter all = {0};
    int status = store_indicators(store, &all, consider_indicator, &hint, error);
    if (status != E_OK)
        return status;
    if (hint.known)
        return error_set(error, E_NOTHING, "no observation of '%s' passes the filters; loosen them, or see what "
                         "zhibiao show --indicator '%s' lists", settings->indicator, settings->indicator);
    for (size_t i = 0; i < indicator_count(); i++) {
        nearest_consider(&hint.nearest, indicator_at(i)->chinese);
        nearest_consider(&hint.nearest, indicator_at(i)->id);
    }
    char text[320];
    return error_set(error, E_USAGE, "unknown indicator '%s'%s; zhibiao indicators lists them", settings->indicator,
                     nearest_hint(&hint.nearest, text));
}
