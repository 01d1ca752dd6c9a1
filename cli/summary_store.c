/* summary_store.c — `summary --all --group LEVEL` of a store with millions of figures: read from an index in the order of
 * regions by one thread for each half of them, gathered and described like a large table (summary_fast.c).
 *
 * Only the plain case is read here: one indicator of the dictionary, one kind, one unit, exact figures without items, of one
 * level. With anything else *done stays false and frame_store.c, which knows all rules, takes over. Of several statements on
 * one fact the surest counts; where they differ and none is surer, the rule needs the documents' dates, and that is for
 * frame_store.c too. */
#include "cli/grouped.h"
#include "cli/summary.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define SCANS 2                 /* threads, each with a connection of its own */
#define PERIOD_MOST 64

struct scanner {
    const struct settings *settings;
    struct scan scan;
    const struct filter *filter;
    int level;                  /* of the groups; 0: none */
    struct gather gather;
    size_t group;
    char region[REGION_CODE];   /* of the row before */
    size_t region_size;
    char period[PERIOD_MOST];
    size_t period_size;
    double value, confidence;   /* of the fact before, not yet added */
    bool pending;
    bool unsuited;
    int digits;                 /* of all region codes */
    int status;
};

static bool add_pending(struct scanner *s)
{
    int64_t scaled;
    int scale;
    if (!s->pending)
        return true;
    s->pending = false;
    return gather_decimal(s->value, s->gather.scale, &scaled, &scale) && gather_add(&s->gather, s->group, scaled, scale);
}

static bool new_region(struct scanner *s, const struct scanned *row)
{
    char name[REGION_PATH];
    if ((size_t)row->region_size >= sizeof s->region || (s->digits != 0 && row->region_size != s->digits))
        return false;
    s->digits = row->region_size;
    memcpy(s->region, row->region, (size_t)row->region_size);
    s->region[row->region_size] = '\0';
    s->region_size = (size_t)row->region_size;
    s->period_size = SIZE_MAX;
    if (s->level == 0) {
        s->group = gather_group(&s->gather, "", 0);
    } else {
        if (!frame_region_label(s->region, s->level, name))
            return false;
        s->group = gather_group(&s->gather, name, strlen(name));
    }
    return s->group != GATHER_NONE;
}

static int take(const struct scanned *row, void *context)
{
    struct scanner *s = context;
    bool region = (size_t)row->region_size != s->region_size || memcmp(row->region, s->region, s->region_size) != 0;
    if (row->period_size >= PERIOD_MOST || (row->period_size >= 5 && memcmp(row->period, "asof:", 5) == 0))
        goto unsuited;
    if (!region && s->pending && (size_t)row->period_size == s->period_size &&
        (row->period_size == 0 || memcmp(row->period, s->period, s->period_size) == 0)) {
        if (row->confidence == s->confidence && row->value != s->value)
            goto unsuited;
        if (row->confidence > s->confidence) {
            s->confidence = row->confidence;
            s->value = row->value;
        }
        return E_OK;
    }
    if (!add_pending(s) || (region && !new_region(s, row)))
        goto unsuited;
    if (row->period_size > 0)
        memcpy(s->period, row->period, (size_t)row->period_size);
    s->period_size = (size_t)row->period_size;
    s->value = row->value;
    s->confidence = row->confidence;
    s->pending = true;
    return E_OK;
unsuited:
    s->unsuited = true;
    return E_NOTHING;  /* stops the scan */
}

static void *scan_half(void *context)
{
    struct scanner *s = context;
    struct store *store = NULL;
    struct error error;
    s->region_size = SIZE_MAX;
    s->status = store_open(&store, s->settings->store, STORE_READ, &error);
    if (s->status == E_OK)
        s->status = store_scan(store, &s->scan, take, s, &error);
    if (s->status == E_OK && !add_pending(s))
        s->unsuited = true;
    store_close(store);
    return NULL;
}

/* The code in the middle of all regions that have figures; "" with fewer than two regions. */
static int middle_region(struct store *store, const struct scan *scan, char middle[REGION_CODE], struct error *error)
{
    char (*codes)[REGION_CODE] = NULL;
    size_t count = 0, capacity = 0;
    char next[REGION_CODE], code[REGION_CODE];
    int status;
    middle[0] = '\0';
    snprintf(code, sizeof code, "%s", scan->first);
    while ((status = store_scan_next(store, scan, code, next, error)) == E_OK && next[0] != '\0' && strcmp(next, scan->last) < 0) {
        if (count == capacity) {
            capacity = capacity > 0 ? capacity * 2 : 256;
            char (*larger)[REGION_CODE] = reallocarray(codes, capacity, sizeof *codes);
            if (larger == NULL) {
                status = error_set(error, E_MEMORY, "out of memory");
                break;
            }
            codes = larger;
        }
        memcpy(codes[count++], next, sizeof next);
        memcpy(code, next, sizeof code);
    }
    if (status == E_OK && count >= 2)
        memcpy(middle, codes[count / 2], REGION_CODE);
    free(codes);
    return status;
}

/* What the plain case is not. */
static bool out_of_question(const struct settings *s, const struct indicator *entry)
{
    return s->from != NULL || !s->all || entry == NULL || s->weight != NULL || s->evidence || s->period != NULL || s->item != NULL ||
           s->source != NULL || s->unit != NULL || s->min_confidence != NULL || s->open != NULL ||
           (s->group != NULL && level_parse(s->group) <= 0);
}

int summary_store(struct result *result, const struct settings *settings, const struct summary_options *options, bool *done,
                  struct error *error)
{
    const struct indicator *entry = settings->indicator != NULL ? indicator_find(settings->indicator) : NULL;
    struct scanner scanners[SCANS] = {{0}};
    struct scope scope;
    struct store *store = NULL;
    struct gather *gathers = NULL;
    struct grouped grouped = {0};
    pthread_t other;
    char middle[REGION_CODE], last[REGION_CODE + 1];
    char unit[64], per[128], measure[256];
    bool plain = false, fits = false;
    *done = false;
    if (out_of_question(settings, entry) || scope_of(settings, &scope, NULL) != E_OK ||
        store_open(&store, settings->store, STORE_READ, NULL) != E_OK)
        return E_OK;
    /* codes are digits, and ':' follows '9' */
    snprintf(last, sizeof last, "%s:", scope.region);
    struct scan scan = {.indicator = entry->id, .kind = settings->kind != NULL ? settings->kind : entry->kind,
                        .status = settings->status != NULL ? settings->status : "actual", .first = scope.region, .last = last};
    int status = store_scan_check(store, &scan, &plain, unit, per, error);
    if (status != E_OK || !plain)
        goto done;
    scan.unit = unit[0] != '\0' ? unit : NULL;
    scan.per = per[0] != '\0' ? per : NULL;
    if ((status = middle_region(store, &scan, middle, error)) != E_OK || middle[0] == '\0')
        goto done;
    for (size_t i = 0; i < SCANS; i++) {
        scanners[i].settings = settings;
        scanners[i].scan = scan;
        scanners[i].level = settings->group != NULL ? level_parse(settings->group) : 0;
    }
    scanners[0].scan.last = scanners[1].scan.first = middle;
    bool running = pthread_create(&other, NULL, scan_half, &scanners[1]) == 0;
    scan_half(&scanners[0]);
    if (running)
        pthread_join(other, NULL);
    else
        scan_half(&scanners[1]);
    bool suited = true;
    for (size_t i = 0; i < SCANS; i++)
        suited = suited && scanners[i].status == E_OK && !scanners[i].unsuited && scanners[i].digits == scanners[0].digits;
    /* --level and the region itself: one level only, and the one asked for */
    suited = suited && (scope.filter.level == 0 || scope.filter.level == scanners[0].digits) &&
             (int)strlen(scope.region) < scanners[0].digits;
    gathers = calloc(SCANS, sizeof *gathers);
    for (size_t i = 0; i < SCANS && gathers != NULL; i++) {
        gathers[i] = scanners[i].gather;
        scanners[i].gather = (struct gather){0};
    }
    if (gathers == NULL)
        goto done;
    status = grouped_join(&grouped, gathers, SCANS, &fits, error);
    if (status != E_OK || !suited || !fits)
        goto done;
    snprintf(measure, sizeof measure, "%s%s%s", unit, per[0] != '\0' ? "/" : "", per);
    const struct summary_group about = {
        .variable = entry->chinese, .unit = measure[0] != '\0' ? measure : NULL,
        .additive = (strcmp(scan.kind, "level") == 0 || strcmp(scan.kind, "capacity") == 0) && strcmp(entry->aggregation, "sum") == 0,
    };
    *done = true;
    status = summary_grouped(result, options, &about, &grouped, settings->group != NULL, error);
done:
    for (size_t i = 0; i < SCANS; i++)
        gather_free(&scanners[i].gather);
    grouped_free(&grouped);
    store_close(store);
    return status;
}
