/* rollup.c — see rollup.h.
 *
 * 1. The parts of a region are the topmost figures below it: a figure counts unless a region between has one too. So parents
 *    and children are never added together, and a county without a figure is stood in for by its townships.
 * 2. With a level only the figures of that level are parts.
 * 3. Coverage: a region with a figure is covered wholly; one without by the mean coverage of the regions right below it, each
 *    counting alike. Of one level: how many of its regions have a figure. */
#include "cli/rollup.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct interval missing = {NAN, NAN, NAN};
static const int levels[] = {2, 4, 6, 9, 12};
#define LEVELS (sizeof levels / sizeof *levels)

static int order_items(const char *a, const char *b)
{
    return a == NULL || b == NULL ? (a != NULL) - (b != NULL) : strcmp(a, b);
}

static int by_group(const void *a, const void *b)
{
    const struct rollup_group *x = a, *y = b;
    int c = order_items(x->item, y->item);
    if (c != 0)
        return c;
    long p = period_end(x->period[0] != '\0' ? x->period : NULL), q = period_end(y->period[0] != '\0' ? y->period : NULL);
    if (p != q)
        return p < q ? -1 : 1;
    c = strcmp(x->period, y->period);
    return c != 0 ? c : (int)x->status - (int)y->status;
}

size_t rollup_groups(const struct series *series, struct rollup_group *groups)
{
    size_t count = 0;
    for (size_t i = 0; i < series->count; i++) {
        groups[i] = (struct rollup_group){.status = series->readings[i].status, .item = series->readings[i].group};
        period_group(series->readings[i].period, groups[i].period);
    }
    qsort(groups, series->count, sizeof *groups, by_group);
    for (size_t i = 0; i < series->count; i++)
        if (count == 0 || by_group(&groups[count - 1], &groups[i]) != 0)
            groups[count++] = groups[i];
    return count;
}

size_t rollup_choose(const struct series *series, const struct rollup_group *group, const struct reading **chosen)
{
    size_t n = 0;
    for (size_t i = 0; i < series->count; i++) {
        const struct reading *r = &series->readings[i];
        char period[PERIOD_TEXT];
        if (r->status != group->status || order_items(r->group, group->item) != 0 || isnan(r->value.value) ||
            strcmp(period_group(r->period, period), group->period) != 0)
            continue;
        /* readings are sorted by region: several dates in the year leave the newest one */
        if (n > 0 && strcmp(chosen[n - 1]->key, r->key) == 0) {
            if (reading_newer(r, chosen[n - 1]))
                chosen[n - 1] = r;
        } else {
            chosen[n++] = r;
        }
    }
    return n;
}

bool rollup_below(const struct reading *reading, const char *code)
{
    size_t length = strlen(code);
    return strncmp(reading->key, code, length) == 0 && reading->key[length] != '\0';
}

/* The figure of the region with this code, or NULL. Keys are sorted. */
static const struct reading *figure_of(const struct reading *const *chosen, size_t count, const char *code, size_t length)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int c = strncmp(chosen[middle]->key, code, length);
        if (c == 0 && chosen[middle]->key[length] != '\0')
            c = 1;
        if (c == 0)
            return chosen[middle];
        if (c < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Whether a region between `code` and the reading's has a figure too. */
static bool covered_above(const struct reading *const *chosen, size_t count, const struct reading *reading, const char *code)
{
    size_t own = strlen(reading->key), above = strlen(code);
    for (size_t i = 0; i < LEVELS; i++) {
        size_t length = (size_t)levels[i];
        if (length > above && length < own && figure_of(chosen, count, reading->key, length) != NULL)
            return true;
    }
    return false;
}

/* Regions of a level below a region; 0 when the register has none of that level. */
static size_t regions_below(const char *code, int level)
{
    size_t count = region_count(level), below = 0;
    region_id first = region_first(level), above = region_find(code);
    if (code[0] == '\0')
        return count;
    for (size_t i = 0; i < count; i++)
        below += region_within(first + (region_id)i, above);
    return below;
}

/* Requirement 3. first..last: the figures below the region, sorted. */
static double coverage_of(const struct reading *const *chosen, size_t count, region_id region, size_t first, size_t last)
{
    size_t children = 0;
    region_id child = region == REGION_NONE ? region_first(2) : region_children(region, &children);
    char code[REGION_CODE];
    double covered = 0;
    if (region == REGION_NONE)
        children = region_count(2);
    if (children == 0)
        return NAN;
    for (size_t i = 0; i < children && first < last; i++, child++) {
        region_code(child, code);
        size_t length = strlen(code), end = first;
        while (end < last && strncmp(chosen[end]->key, code, length) < 0)
            end++;
        first = end;
        while (end < last && strncmp(chosen[end]->key, code, length) == 0)
            end++;
        if (end > first && figure_of(chosen, count, code, length) != NULL) {
            covered += 1;
        } else if (end > first) {
            double part = coverage_of(chosen, count, child, first, end);
            covered += isnan(part) ? 0 : part;
        }
        first = end;
    }
    return covered / (double)children;
}

static struct interval subtract(struct interval a, struct interval b)
{
    return interval_add(a, interval_scale(b, -1));
}

int rollup_add(const struct reading *const *chosen, size_t count, const char *code, int level, const struct reading **parts,
               struct interval *values, struct rollup_row *row, const char *label, struct error *error)
{
    size_t n = 0, first = count, last = 0;
    *row = (struct rollup_row){.reported = missing, .sum = missing, .difference = missing, .coverage = NAN};
    row->own = code[0] != '\0' ? figure_of(chosen, count, code, strlen(code)) : NULL;
    for (size_t i = 0; i < count; i++) {
        const struct reading *r = chosen[i];
        if (!rollup_below(r, code))
            continue;
        first = i < first ? i : first;
        last = i + 1;
        if (level != 0 ? r->level != level : covered_above(chosen, count, r, code))
            continue;
        values[n] = r->value;
        parts[n++] = r;
        row->evidence += r->evidence;
        row->sum_about |= r->about;
        row->conventional |= r->conventional;
        for (size_t j = 0; j < LEVELS; j++)
            row->levels |= r->level == levels[j] ? 1 << j : 0;
    }
    row->regions = n;
    for (size_t j = 0; j < LEVELS; j++)
        if (row->levels == 1 << j)
            row->level = levels[j];
    if (row->own != NULL) {
        row->has_reported = true;
        row->reported = row->own->value;
        row->reported_about = row->own->about;
        row->evidence += row->own->evidence;
        row->conventional |= row->own->conventional;
    }
    if (n == 0)
        return E_OK;
    struct total total;
    int status = stats_total(values, n, &total);
    if (status != E_OK)
        return error_set(error, (enum error_code)status, "%s: the figures cannot be added up: %s", label,
                         error_text((enum error_code)status));
    row->sum = total.sum;
    if (row->level != 0)
        row->of = regions_below(code, row->level);
    if (level != 0)
        row->coverage = row->of > 0 ? (double)n / (double)row->of : NAN;
    else
        row->coverage = coverage_of(chosen, count, code[0] != '\0' ? region_find(code) : REGION_NONE, first, last);
    if (row->has_reported)
        row->difference = subtract(row->reported, row->sum);
    return E_OK;
}
