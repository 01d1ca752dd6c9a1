/* series.c — from statements to figures: one indicator, one kind, one unit, one figure a region, period and status.
 *
 * 1. The store's `preferred` rule leaves one statement of each fact: two articles on the same fact count once.
 * 2. Kinds never mix: without --kind the dictionary's kind counts, or else the commonest.
 * 3. Units of one dimension are converted to the commonest; several dimensions or denominators are refused.
 * 4. Where a region has an overall figure, its items are left aside; where it has items only (辣椒, 白茶), they are added up
 *    if the indicator may be, and otherwise refused. */
#include "cli/series.h"

#include "cli/frame.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct statement {
    struct observation observation;
    const char *key, *label, *document_title, *published;
    int level;
    char per[128];
    const struct unit *unit;
    struct interval value;  /* in the series' unit, once that is known */
    bool conventional;
    int64_t id;
};

struct statements {
    struct arena *arena;
    struct statement *items;
    size_t count, capacity;
    const char *unit_option;
    size_t placeless;
};

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static int order(const char *a, const char *b)
{
    return a == NULL || b == NULL ? (a != NULL) - (b != NULL) : strcmp(a, b);
}

static const char *figures(size_t n)
{
    return n == 1 ? "figure" : "figures";
}

/* ---- 1: collecting ---- */

/* A region's key in the arena; NULL when memory ran out. The caller has made sure that there is a code or a path. */
static const char *region_key(struct arena *arena, const struct stored_observation *row)
{
    const char *code = row->observation.region_code;
    if (code == NULL)
        return arena_copy(arena, row->observation.region_path, strlen(row->observation.region_path));
    if (row->place == NULL)
        return arena_copy(arena, code, strlen(code));
    size_t length = strlen(code);
    char *key = arena_alloc(arena, length + strlen(row->place) + 2);
    if (key != NULL) {
        memcpy(key, code, length);
        key[length] = '/';
        strcpy(key + length + 1, row->place);
    }
    return key;
}

static bool statement_fill(struct statement *statement, const struct stored_observation *row, struct arena *arena)
{
    const struct observation *o = &row->observation;
    *statement = (struct statement){.level = row->region_level, .id = row->id};
    if (!observation_copy(&statement->observation, o, arena))
        return false;
    observation_per(o, statement->per);
    statement->unit = o->unit != NULL ? unit_find(o->unit) : NULL;
    statement->key = region_key(arena, row);
    const char *label = row->label != NULL ? row->label : o->indicator;
    statement->label = arena_copy(arena, label, strlen(label));
    const char *const texts[] = {row->document_title, row->document_published};
    const char **places[] = {&statement->document_title, &statement->published};
    for (size_t i = 0; i < 2; i++)
        if (texts[i] != NULL && (*places[i] = arena_copy(arena, texts[i], strlen(texts[i]))) == NULL)
            return false;
    return statement->key != NULL && statement->label != NULL;
}

static int collect(const struct stored_observation *row, void *context)
{
    struct statements *all = context;
    if (!unit_matches(all->unit_option, &row->observation))
        return E_OK;
    if (row->observation.region_code == NULL && row->observation.region_path == NULL) {
        all->placeless++;
        return E_OK;
    }
    if (all->count == all->capacity) {
        size_t capacity = all->capacity ? all->capacity * 2 : 256;
        struct statement *items = reallocarray(all->items, capacity, sizeof *items);
        if (items == NULL)
            return E_MEMORY;
        all->items = items;
        all->capacity = capacity;
    }
    if (!statement_fill(&all->items[all->count], row, all->arena))
        return E_MEMORY;
    all->count++;
    return E_OK;
}

/* ---- lists of alternatives, for messages ---- */

struct choice {
    const char *text;
    size_t count;
};
struct choices {
    struct choice items[32];
    size_t count;
};

/* Counts text among the alternatives; more than there is room for are not listed. */
static void choices_add(struct choices *choices, const char *text)
{
    for (size_t i = 0; i < choices->count; i++) {
        if (same(choices->items[i].text, text)) {
            choices->items[i].count++;
            return;
        }
    }
    if (choices->count < sizeof choices->items / sizeof *choices->items)
        choices->items[choices->count++] = (struct choice){text, 1};
}

static const struct choice *commonest(const struct choices *choices)
{
    const struct choice *best = &choices->items[0];
    for (size_t i = 1; i < choices->count; i++)
        if (choices->items[i].count > best->count)
            best = &choices->items[i];
    return best;
}

static const char *choices_text(const struct choices *choices, const char *none, char out[512])
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < choices->count && i < 6 && used < 400; i++)
        used += (size_t)snprintf(out + used, 512 - used, "%s%.60s", i > 0 ? ", " : "",
                                 choices->items[i].text != NULL ? choices->items[i].text : none);
    if (choices->count > 6)
        snprintf(out + used, 512 - used, " …");
    return out;
}

/* ---- 2: one indicator, one kind ---- */

static void keep(struct statements *all, bool wanted(const struct statement *, const void *), const void *context)
{
    size_t kept = 0;
    for (size_t i = 0; i < all->count; i++)
        if (wanted(&all->items[i], context))
            all->items[kept++] = all->items[i];
    all->count = kept;
}

static int check_indicator(struct series *series, const struct statements *all, const struct settings *settings,
                           struct error *error)
{
    struct choices choices = {0};
    char list[512];
    for (size_t i = 0; i < all->count; i++)
        choices_add(&choices, all->items[i].label);
    if (choices.count > 1)
        return error_set(error, E_USAGE, "'%s' fits several indicators (%s); name one of them with --indicator",
                         settings->indicator, choices_text(&choices, "", list));
    series->label = all->items[0].label;
    const char *id = all->items[0].observation.indicator_id;
    series->entry = id != NULL ? indicator_find(id) : NULL;
    return E_OK;
}

static bool is_kind(const struct statement *statement, const void *kind)
{
    return statement->observation.kind == *(const enum kind *)kind;
}

static void choose_kind(struct series *series, struct statements *all, const struct settings *settings)
{
    struct choices choices = {0};
    for (size_t i = 0; i < all->count; i++)
        choices_add(&choices, kind_name(all->items[i].observation.kind));
    const char *kind = commonest(&choices)->text;
    for (size_t i = 0; i < choices.count; i++)
        if (series->entry != NULL && same(choices.items[i].text, series->entry->kind))
            kind = choices.items[i].text;
    series->kind = (enum kind)kind_parse(kind);
    size_t before = all->count;
    keep(all, is_kind, &series->kind);
    if (all->count < before && !series->quiet)
        complain_about(settings->command, "note: %zu %s of another kind than %s left out; --kind chooses one",
                       before - all->count, figures(before - all->count), kind);
    series->additive = (series->kind == KIND_level || series->kind == KIND_capacity) &&
                       (series->entry == NULL || strcmp(series->entry->aggregation, "sum") == 0);
}

/* ---- 3: one unit ---- */

static const char *dimension_of(const struct statement *statement)
{
    if (statement->unit != NULL && statement->unit->dimension[0] != '\0')
        return statement->unit->dimension;
    return statement->observation.unit;  /* a unit that the table lacks goes with itself only */
}

static int choose_unit(struct series *series, struct statements *all, struct error *error)
{
    struct choices units = {0}, measures = {0};
    char list[512];
    for (size_t i = 0; i < all->count; i++) {
        const struct statement *s = &all->items[i];
        choices_add(&units, s->observation.unit);
        /* what cannot be converted: dimension and denominators together, shown by the first unit that has them */
        size_t j = 0;
        while (j < i && !(same(dimension_of(&all->items[j]), dimension_of(s)) && strcmp(all->items[j].per, s->per) == 0))
            j++;
        if (j < i)
            continue;
        char *name = arena_alloc(&series->arena, 256);
        if (name == NULL)
            return error_set(error, E_MEMORY, "out of memory");
        snprintf(name, 256, "%s%s%s", s->observation.unit != NULL ? s->observation.unit : "no unit",
                 s->per[0] != '\0' ? "/" : "", s->per);
        choices_add(&measures, name);
    }
    if (measures.count > 1)
        return error_set(error, E_USAGE, "%s is given in units that cannot be compared (%s); choose one with --unit",
                         series->label, choices_text(&measures, "", list));
    series->unit = commonest(&units)->text;
    series->per = all->items[0].per[0] != '\0'
                      ? arena_copy(&series->arena, all->items[0].per, strlen(all->items[0].per)) : NULL;
    return E_OK;
}

/* Whether a statement can be read in the series' unit; if so its value is set. */
static bool convert(struct statement *statement, const struct series *series)
{
    statement->value = interval_open(observation_interval(&statement->observation), statement->observation.bound, series->open,
                                     &statement->conventional);
    if (!same(statement->per[0] != '\0' ? statement->per : NULL, series->per))
        return false;
    if (same(statement->observation.unit, series->unit))
        return true;
    const struct unit *common = series->unit != NULL ? unit_find(series->unit) : NULL;
    if (statement->unit == NULL || common == NULL || strcmp(statement->unit->dimension, common->dimension) != 0 ||
        !(statement->unit->factor > 0) || !(common->factor > 0))
        return false;
    struct interval scaled = interval_scale(statement->value, statement->unit->factor / common->factor);
    statement->value = (struct interval){value_rounded(scaled.value), value_rounded(scaled.low), value_rounded(scaled.high)};
    return true;
}

/* ---- 4: one figure a region, period and status ---- */

/* Region, period, status; within these the items, those without one first, the surest statement first. */
static int by_place(const void *a, const void *b)
{
    const struct statement *x = a, *y = b;
    int c = strcmp(x->key, y->key);
    if (c == 0)
        c = order(x->observation.period, y->observation.period);
    if (c == 0)
        c = (int)x->observation.status - (int)y->observation.status;
    if (c == 0)
        c = order(x->observation.item, y->observation.item);
    if (c == 0)
        c = (x->observation.confidence < y->observation.confidence) - (x->observation.confidence > y->observation.confidence);
    return c != 0 ? c : (x->observation.start > y->observation.start) - (x->observation.start < y->observation.start);
}

static bool same_place(const struct statement *a, const struct statement *b, bool by_item)
{
    return strcmp(a->key, b->key) == 0 && same(a->observation.period, b->observation.period) &&
           a->observation.status == b->observation.status && (!by_item || same(a->observation.item, b->observation.item));
}

static struct reading_source source_of(const struct statement *s)
{
    return (struct reading_source){s->id, s->observation.source, s->observation.quote, s->observation.start, s->observation.end};
}

static int merge(struct reading *reading, const struct statement *group, size_t n, struct series *series,
                 struct error *error)
{
    const struct statement *first = &group[0];
    const struct observation *o = &first->observation;
    *reading = (struct reading){
        .key = first->key, .region_code = o->region_code, .region_name = o->region_name, .region_path = o->region_path,
        .level = first->level, .period = o->period, .status = o->status, .item = o->item,
        .group = series->by_item ? o->item : NULL, .value = first->value,
        .about = o->bound == BOUND_about, .parts = 1, .document = o->source, .document_title = first->document_title,
        .published = first->published, .conventional = first->conventional,
    };
    size_t most = 1;
    for (size_t i = 1; i < n && o->item != NULL; i++)
        most += !same(group[i].observation.item, group[i - 1].observation.item);
    reading->sources = arena_alloc(&series->arena, most * sizeof *reading->sources);
    if (reading->sources == NULL)
        return error_set(error, E_MEMORY, "out of memory");
    reading->sources[0] = source_of(first);
    if (o->item == NULL)
        return E_OK;
    struct choices items = {0};
    for (size_t i = 0; i < n; i++) {
        const struct statement *s = &group[i];
        choices_add(&items, s->observation.item);
        if (i == 0 || same(s->observation.item, group[i - 1].observation.item))
            continue;
        reading->value = interval_add(reading->value, s->value);
        reading->about |= s->observation.bound == BOUND_about;
        reading->conventional |= s->conventional;
        reading->item = NULL;
        reading->sources[reading->parts++] = source_of(s);
    }
    char list[512];
    if (reading->parts > 1 && !series->additive)
        return error_set(error, E_USAGE, "%s of %s is given for several items (%s) and cannot be added up; choose one with "
                         "--item", series->label, o->region_name != NULL ? o->region_name : first->key,
                         choices_text(&items, "", list));
    return E_OK;
}

static int by_reading(const void *a, const void *b)
{
    const struct reading *x = a, *y = b;
    int c = strcmp(x->key, y->key);
    if (c == 0)
        c = order(x->period, y->period);
    if (c == 0)
        c = (int)x->status - (int)y->status;
    return c != 0 ? c : order(x->group, y->group);
}

struct counting {
    struct series *series;
    const char *unit_option;
    struct arena scratch;
};

/* Counts one statement, preferred or not, as evidence of its reading. */
static int count_evidence(const struct stored_observation *row, void *context)
{
    struct counting *counting = context;
    struct statement statement;
    int status = E_OK;
    if ((row->observation.region_code == NULL && row->observation.region_path == NULL) ||
        !unit_matches(counting->unit_option, &row->observation))
        return E_OK;
    if (!statement_fill(&statement, row, &counting->scratch)) {
        status = E_MEMORY;
    } else if (convert(&statement, counting->series)) {
        const struct observation *o = &row->observation;
        struct reading key = {.key = statement.key, .period = o->period, .status = o->status,
                              .group = counting->series->by_item ? o->item : NULL};
        struct reading *reading = bsearch(&key, counting->series->readings, counting->series->count, sizeof key, by_reading);
        if (reading != NULL) {
            reading->evidence++;
            /* only the same thing can contradict it: no other item, no sum of items */
            if (reading->parts == 1 && same(reading->item, o->item) &&
                (statement.value.low > reading->value.high || statement.value.high < reading->value.low))
                reading->conflicts++;
        }
    }
    arena_reset(&counting->scratch);
    return status;
}

int series_load(struct series *series, struct store *store, const struct settings *settings, const struct filter *filter,
                struct error *error)
{
    struct statements all = {.arena = &series->arena, .unit_option = settings->unit};
    struct counting counting = {.series = series, .unit_option = settings->unit};
    struct filter wanted = *filter;
    size_t before, kept = 0;
    int status;
    wanted.preferred = true;
    if ((status = store_query(store, &wanted, collect, &all, error)) != E_OK)
        goto done;
    if (all.count == 0) {
        status = all.placeless > 0 ? error_set(error, E_NOTHING, "the observations of '%s' are about no known place; ingest "
                                               "with --region, or see zhibiao show --indicator '%s'", settings->indicator,
                                               settings->indicator)
                                   : nothing_found(store, settings, error);
        goto done;
    }
    if ((status = check_indicator(series, &all, settings, error)) != E_OK)
        goto done;
    choose_kind(series, &all, settings);
    if ((status = choose_unit(series, &all, error)) != E_OK)
        goto done;
    before = all.count;
    for (size_t i = 0; i < all.count; i++)
        if (convert(&all.items[i], series))
            all.items[kept++] = all.items[i];
    all.count = kept;
    if (kept < before && !series->quiet)
        complain_about(settings->command, "note: %zu %s in units that cannot be converted to %s left out", before - kept,
                       figures(before - kept), series->unit != NULL ? series->unit : "plain numbers");
    if (all.placeless > 0 && !series->quiet)
        complain_about(settings->command, "note: %zu %s about no known place left out", all.placeless, figures(all.placeless));
    qsort(all.items, all.count, sizeof *all.items, by_place);
    series->readings = calloc(all.count > 0 ? all.count : 1, sizeof *series->readings);
    if (series->readings == NULL) {
        status = error_set(error, E_MEMORY, "out of memory");
        goto done;
    }
    for (size_t i = 0, n; i < all.count; i += n) {
        for (n = 1; i + n < all.count && same_place(&all.items[i], &all.items[i + n], series->by_item);)
            n++;
        if ((status = merge(&series->readings[series->count++], &all.items[i], n, series, error)) != E_OK)
            goto done;
    }
    wanted.preferred = false;
    wanted.kind = kind_name(series->kind);
    status = store_query(store, &wanted, count_evidence, &counting, error);
done:
    if (status == E_MEMORY && error->text[0] == '\0')
        error_set(error, E_MEMORY, "out of memory");
    free(all.items);
    arena_free(&counting.scratch);
    return status;
}

void series_free(struct series *series)
{
    free(series->readings);
    arena_free(&series->arena);
    *series = (struct series){0};
}

const char *series_unit(const struct series *series, char out[128])
{
    if (series->unit == NULL && series->per == NULL)
        return NULL;
    snprintf(out, 128, "%s%s%s", series->unit != NULL ? series->unit : "", series->per != NULL ? "/" : "",
             series->per != NULL ? series->per : "");
    return out;
}

bool reading_newer(const struct reading *a, const struct reading *b)
{
    long x = period_end(a->period), y = period_end(b->period);
    if (x != y)
        return x > y;
    return a->period != NULL && b->period != NULL && strlen(a->period) < strlen(b->period);
}

int series_select(struct series *series, const struct settings *settings, int level, const char *above, bool newest)
{
    size_t regions[13] = {0}, kept = 0, elsewhere = 0;
    for (size_t i = 0; i < series->count; i++) {
        const struct reading *r = &series->readings[i];
        bool first = i == 0 || strcmp(series->readings[i - 1].key, r->key) != 0;
        if (first && r->level > 0 && r->level <= 12 && !(above != NULL && strcmp(r->key, above) == 0))
            regions[r->level]++;
    }
    for (int l = 2; l <= 12 && level == 0; l++) {
        size_t most = 0;
        for (int other = 2; other <= 12; other++)
            most = regions[other] > most ? regions[other] : most;
        if (most > 0 && regions[l] == most)
            level = l;
    }
    for (size_t i = 0; i < series->count; i++) {
        const struct reading *r = &series->readings[i];
        if (above != NULL && strcmp(r->key, above) == 0)
            continue;
        if (r->level != level) {
            elsewhere++;
            continue;
        }
        if (newest && kept > 0 && strcmp(series->readings[kept - 1].key, r->key) == 0) {
            if (reading_newer(r, &series->readings[kept - 1]))
                series->readings[kept - 1] = *r;
        } else {
            series->readings[kept++] = *r;
        }
    }
    series->count = kept;
    if (elsewhere > 0 && settings->level == NULL && kept > 0 && !series->quiet)
        complain_about(settings->command, "note: %zu %s of other levels than %s left out; --level chooses one", elsewhere,
                       figures(elsewhere), level_name(level));
    return kept > 0 ? level : 0;
}
