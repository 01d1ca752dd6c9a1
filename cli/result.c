/* result.c — keeps what a statistics command found and prints it, long or wide, with its explanation or its evidence.
 *
 * Columns are decided when everything is known: a key column (group, region …) is there when any finding has it, interval
 * columns when any finding has an interval, so that no reader and no script meets columns that are always empty. */
#include "cli/result.h"

#include "stats/catalogue.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct wide_print;
struct result {
    const struct settings *settings;
    struct arena arena, texts;  /* texts: of the findings */
    enum result_layout layout;
    bool streaming;
    struct wide_print *print;   /* rows have been written */
    struct finding *findings;
    size_t count, capacity;
    char **wanted;              /* of --statistics; in the arena */
    size_t wanted_count;
    const char *const *headline;
};

static int no_memory(struct error *error)
{
    return error_set(error, E_MEMORY, "out of memory");
}

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* ---- options ---- */

static int read_wanted(struct result *result, struct error *error)
{
    const char *list = result->settings->statistics;
    if (list == NULL)
        return E_OK;
    size_t room = 1;
    for (const char *p = list; *p != '\0'; p++)
        room += *p == ',';
    result->wanted = arena_alloc(&result->arena, room * sizeof *result->wanted);
    if (result->wanted == NULL)
        return no_memory(error);
    while (*list != '\0') {
        size_t length = strcspn(list, ",");
        char *id = arena_copy(&result->arena, list, length);
        if (id == NULL)
            return no_memory(error);
        if (length > 0 && definition_find(id) == NULL) {
            struct nearest nearest;
            char hint[320];
            nearest_start(&nearest, id);
            const struct definition *d;
            for (size_t i = 0; (d = definition_at(i)) != NULL; i++)
                nearest_consider(&nearest, d->id);
            return error_set(error, E_USAGE, "--statistics: unknown statistic '%s'%s", id, nearest_hint(&nearest, hint));
        }
        if (length > 0)
            result->wanted[result->wanted_count++] = id;
        list += length;
        list += *list == ',';
    }
    return E_OK;
}

int result_open(struct result **out, const struct settings *settings, enum result_layout usual, struct error *error)
{
    enum output_format format;
    struct result *result = calloc(1, sizeof *result);
    *out = result;
    if (result == NULL)
        return no_memory(error);
    result->settings = settings;
    result->layout = usual;
    if (settings->layout != NULL && strcmp(settings->layout, "long") == 0)
        result->layout = LAYOUT_LONG;
    else if (settings->layout != NULL && strcmp(settings->layout, "wide") == 0)
        result->layout = LAYOUT_WIDE;
    else if (settings->layout != NULL)
        return error_set(error, E_USAGE, "unknown layout '%s'; write long or wide", settings->layout);
    if (settings->explain)
        result->layout = LAYOUT_LONG;  /* an explanation belongs to one statistic */
    int status = output_format_of(settings, FORMAT_table, &format, error);
    return status == E_OK ? read_wanted(result, error) : status;
}

void result_headline(struct result *result, const char *const *statistics)
{
    result->headline = statistics;
}

bool result_wants(const struct result *result, const char *statistic)
{
    if (result->wanted_count == 0)
        return true;
    for (size_t i = 0; i < result->wanted_count; i++) {
        /* "atkinson" is "atkinson_0.5" and "atkinson_1", whatever its parameters */
        size_t length = strlen(result->wanted[i]);
        if (strncmp(result->wanted[i], statistic, length) == 0 &&
            (statistic[length] == '\0' || (statistic[length] == '_' && strchr("-0123456789", statistic[length + 1]) != NULL &&
                                           statistic[length + 1] != '\0')))
            return true;
    }
    return false;
}

/* ---- findings ---- */

/* A copy of text, or that of the finding before, which mostly has the same. */
static const char *keep(struct result *result, const char *text, const char *before, bool *good)
{
    if (text == NULL || same(text, before))
        return text == NULL ? NULL : before;
    const char *copy = arena_copy(&result->texts, text, strlen(text));
    *good = *good && copy != NULL;
    return copy;
}

static bool same_key(const struct result_key *a, const struct result_key *b);
static int stream(struct result *result, struct error *error);
#define STREAM_AT ((size_t)100000)  /* findings that are held before rows are written */

int result_add(struct result *result, const struct finding *finding, struct error *error)
{
    if (!result_wants(result, finding->statistic))
        return E_OK;
    if (result->streaming && result->count >= STREAM_AT &&
        !same_key(&result->findings[result->count - 1].key, &finding->key)) {
        int status = stream(result, error);
        if (status != E_OK)
            return status;
    }
    if (result->count == result->capacity) {
        size_t capacity = result->capacity > 0 ? result->capacity * 2 : 256;
        struct finding *findings = reallocarray(result->findings, capacity, sizeof *findings);
        if (findings == NULL)
            return no_memory(error);
        result->findings = findings;
        result->capacity = capacity;
    }
    static const struct finding none = {0};
    const struct finding *last = result->count > 0 ? &result->findings[result->count - 1] : &none;
    struct finding *f = &result->findings[result->count];
    bool good = true;
    *f = *finding;
    f->key.variable = keep(result, finding->key.variable, last->key.variable, &good);
    f->key.group = keep(result, finding->key.group, last->key.group, &good);
    f->key.region = keep(result, finding->key.region, last->key.region, &good);
    f->key.region_code = keep(result, finding->key.region_code, last->key.region_code, &good);
    f->key.period = keep(result, finding->key.period, last->key.period, &good);
    f->key.term = keep(result, finding->key.term, last->key.term, &good);
    f->statistic = keep(result, finding->statistic, last->statistic, &good);
    f->text = keep(result, finding->text, last->text, &good);
    f->unit = keep(result, finding->unit, last->unit, &good);
    f->note = keep(result, finding->note, last->note, &good);
    if (!good)
        return no_memory(error);
    /* no silent NaN: what is not finite has a reason */
    if (!isfinite(f->value) && f->text == NULL && f->reason == REASON_NONE && f->note == NULL)
        f->reason = isnan(f->value) ? REASON_UNDEFINED : REASON_OVERFLOW;
    result->count++;
    return E_OK;
}

/* ---- printing ---- */

static const char *key_part(const struct result_key *key, size_t part)
{
    const char *const parts[] = {key->variable, key->group, key->region, key->region_code, key->period, key->term};
    return parts[part];
}
#define KEY_PARTS 6
static const struct column key_columns[KEY_PARTS] = {
    {"variable", COLUMN_TEXT, 0},                {"group", COLUMN_TEXT, 0},  {"region", COLUMN_TEXT, 0},
    {"region_code", COLUMN_TEXT, COLUMN_DETAIL}, {"period", COLUMN_TEXT, 0}, {"term", COLUMN_TEXT, 0},
};

static const char *interval_name(enum result_interval interval)
{
    static const char *const names[] = {
#define X(name) #name,
        RESULT_INTERVALS(X)
#undef X
    };
    return interval == INTERVAL_none ? NULL : names[interval];
}

/* Reason and note in one text; NULL: nothing to say. */
static const char *note_of(const struct finding *f, struct buffer *buffer)
{
    buffer->size = 0;  /* that it failed once stays */
    if (f->reason != REASON_NONE)
        buffer_text(buffer, reason_text(f->reason));
    if (f->note != NULL)
        buffer_format(buffer, "%s%s", buffer->size > 0 ? "; " : "", f->note);
    return buffer->size > 0 ? buffer->bytes : NULL;
}

/* Which key columns are printed. variable goes without saying where there is only one, group where none is. */
static void used_keys(const struct result *result, bool used[KEY_PARTS])
{
    for (size_t part = 0; part < KEY_PARTS; part++) {
        used[part] = false;
        for (size_t i = 0; i < result->count && !used[part]; i++)
            used[part] = key_part(&result->findings[i].key, part) != NULL;
    }
}

static int print_long(const struct result *result, struct error *error)
{
    bool used[KEY_PARTS], bounds = false, units = false, notes = false, texts = false, counts = false;
    struct column columns[KEY_PARTS + 12];
    size_t count = 0;
    struct output *out = NULL;
    struct buffer note = {0};
    bool explain = result->settings->explain;
    used_keys(result, used);
    for (size_t i = 0; i < result->count; i++) {
        const struct finding *f = &result->findings[i];
        bounds |= f->interval != INTERVAL_none;
        units |= f->unit != NULL;
        notes |= note_of(f, &note) != NULL;
        texts |= f->text != NULL;
        counts |= f->n > 0;
    }
    for (size_t i = 0; i < KEY_PARTS; i++)
        if (used[i])
            columns[count++] = key_columns[i];
    columns[count++] = (struct column){"statistic", COLUMN_TEXT, 0};
    columns[count++] = (struct column){"value", COLUMN_FIGURE, 0};
    if (texts)
        columns[count++] = (struct column){"text", COLUMN_TEXT, 0};
    if (bounds) {
        columns[count++] = (struct column){"low", COLUMN_FIGURE, 0};
        columns[count++] = (struct column){"high", COLUMN_FIGURE, 0};
        columns[count++] = (struct column){"interval", COLUMN_TEXT, 0};
    }
    if (units)
        columns[count++] = (struct column){"unit", COLUMN_TEXT, 0};
    if (counts)
        columns[count++] = (struct column){"n", COLUMN_INTEGER, COLUMN_DETAIL};
    if (notes)
        columns[count++] = (struct column){"note", COLUMN_TEXT, 0};
    if (explain) {
        columns[count++] = (struct column){"name", COLUMN_TEXT, 0};
        columns[count++] = (struct column){"definition", COLUMN_TEXT, COLUMN_LONG};
        columns[count++] = (struct column){"formula", COLUMN_TEXT, COLUMN_LONG};
        columns[count++] = (struct column){"source", COLUMN_TEXT, COLUMN_LONG};
    }
    int status = output_open(&out, result->settings, FORMAT_table, columns, count, error);
    for (size_t i = 0; i < result->count && status == E_OK; i++) {
        const struct finding *f = &result->findings[i];
        for (size_t part = 0; part < KEY_PARTS; part++)
            if (used[part])
                output_text(out, key_part(&f->key, part));
        output_text(out, f->statistic);
        output_number(out, f->value);
        if (texts)
            output_text(out, f->text);
        if (bounds) {
            output_number(out, f->interval != INTERVAL_none ? f->low : NAN);
            output_number(out, f->interval != INTERVAL_none ? f->high : NAN);
            output_text(out, interval_name(f->interval));
        }
        if (units)
            output_text(out, f->unit);
        if (counts && f->n > 0)
            output_integer(out, (int64_t)f->n);
        else if (counts)
            output_missing(out);
        if (notes)
            output_text(out, note_of(f, &note));
        if (explain) {
            const struct definition *d = definition_find(f->statistic);
            char name[256];
            snprintf(name, sizeof name, "%s %s", d != NULL ? d->chinese : "", d != NULL ? d->english : "");
            output_text(out, d != NULL ? name : NULL);
            output_text(out, d != NULL ? d->definition : NULL);
            output_text(out, d != NULL ? d->formula : NULL);
            output_text(out, d != NULL ? d->source : NULL);
        }
        status = output_row(out, error);
    }
    if (status == E_OK && note.failed)
        status = no_memory(error);
    buffer_free(&note);
    return output_close(out, status, error);
}

/* ---- wide ---- */

struct wide {
    const char **statistics;   /* in the order of their first finding */
    bool *bounds;              /* whether any finding of it has an interval */
    size_t count;
};

static bool same_key(const struct result_key *a, const struct result_key *b)
{
    for (size_t part = 0; part < KEY_PARTS; part++)
        if (!same(key_part(a, part), key_part(b, part)))
            return false;
    return true;
}

static size_t statistic_index(const struct wide *wide, const char *statistic, size_t hint)
{
    if (hint < wide->count && same(wide->statistics[hint], statistic))
        return hint;
    for (size_t i = 0; i < wide->count; i++)
        if (same(wide->statistics[i], statistic))
            return i;
    return wide->count;
}

static bool in_headline(const struct result *result, const char *statistic)
{
    if (result->headline == NULL || result->wanted_count > 0)
        return true;
    for (size_t i = 0; result->headline[i] != NULL; i++)
        if (strcmp(result->headline[i], statistic) == 0)
            return true;
    return false;
}

static char *joined(struct arena *arena, const char *a, const char *b)
{
    size_t length = strlen(a);
    char *text = arena_alloc(arena, length + strlen(b) + 1);
    if (text != NULL) {
        memcpy(text, a, length);
        strcpy(text + length, b);
    }
    return text;
}

static int wide_columns(struct result *result, const struct wide *wide, const bool used[KEY_PARTS], bool units, bool notes,
                        struct column *columns, size_t *count)
{
    size_t n = 0;
    for (size_t i = 0; i < KEY_PARTS; i++)
        if (used[i])
            columns[n++] = key_columns[i];
    for (size_t i = 0; i < wide->count; i++) {
        const char *id = wide->statistics[i];
        unsigned detail = in_headline(result, id) ? 0 : COLUMN_DETAIL;
        columns[n++] = (struct column){id, COLUMN_FIGURE, detail};
        if (!wide->bounds[i])
            continue;
        columns[n++] = (struct column){joined(&result->arena, id, "_low"), COLUMN_FIGURE, COLUMN_DETAIL};
        columns[n++] = (struct column){joined(&result->arena, id, "_high"), COLUMN_FIGURE, COLUMN_DETAIL};
        columns[n++] = (struct column){joined(&result->arena, id, "_interval"), COLUMN_TEXT, COLUMN_DETAIL};
        if (columns[n - 1].key == NULL || columns[n - 2].key == NULL || columns[n - 3].key == NULL)
            return E_MEMORY;
    }
    if (units)
        columns[n++] = (struct column){"unit", COLUMN_TEXT, 0};
    if (notes)
        columns[n++] = (struct column){"note", COLUMN_TEXT, 0};
    *count = n;
    return E_OK;
}

static bool same_note(const struct finding *a, const struct finding *b)
{
    return a->reason == b->reason && same(a->note, b->note);
}

/* "sd, se: too few values; mode: …": statistics with the same note share it. For people only of the columns they see. */
static void wide_notes(const struct result *result, size_t first, size_t last, bool people, struct buffer *note)
{
    struct buffer one = {0};
    const struct finding *findings = result->findings;
    buffer_clear(note);
    for (size_t i = first; i < last; i++) {
        const struct finding *f = &findings[i];
        bool again = false;
        if ((f->reason == REASON_NONE && f->note == NULL) || (people && !in_headline(result, f->statistic)))
            continue;
        for (size_t j = first; j < i && !again; j++)
            again = same_note(&findings[j], f) && !(people && !in_headline(result, findings[j].statistic));
        if (again)
            continue;
        if (note->size > 0)
            buffer_text(note, "; ");
        buffer_text(note, f->statistic);
        for (size_t j = i + 1; j < last; j++) {
            if (same_note(&findings[j], f) && !(people && !in_headline(result, findings[j].statistic))) {
                buffer_text(note, ", ");
                buffer_text(note, findings[j].statistic);
            }
        }
        const char *said = note_of(f, &one);
        buffer_text(note, ": ");
        buffer_text(note, said != NULL ? said : "");
    }
    note->failed |= one.failed;
    buffer_free(&one);
}

static void wide_row(struct output *out, const struct result *result, const struct wide *wide, const bool used[KEY_PARTS],
                     size_t first, size_t last, const struct finding **cells, bool units, bool notes, bool people,
                     struct buffer *note)
{
    const char *unit = NULL;
    for (size_t i = 0; i < wide->count; i++)
        cells[i] = NULL;
    for (size_t i = first; i < last; i++) {
        const struct finding *f = &result->findings[i];
        size_t at = statistic_index(wide, f->statistic, i - first);
        if (at < wide->count)  /* result_stream's promise: always */
            cells[at] = f;
        if (unit == NULL)
            unit = f->unit;
    }
    for (size_t part = 0; part < KEY_PARTS; part++)
        if (used[part])
            output_text(out, key_part(&result->findings[first].key, part));
    for (size_t i = 0; i < wide->count; i++) {
        const struct finding *f = cells[i];
        bool interval = f != NULL && f->interval != INTERVAL_none && !isnan(f->value);
        if (f != NULL && f->text != NULL)
            output_text(out, f->text);
        else if (interval && f->interval != INTERVAL_confidence && f->interval != INTERVAL_sensitivity)
            output_value(out, (struct interval){f->value, f->low, f->high}, false);
        else
            output_number(out, f != NULL ? f->value : NAN);
        if (!wide->bounds[i])
            continue;
        output_number(out, interval ? f->low : NAN);
        output_number(out, interval ? f->high : NAN);
        output_text(out, interval ? interval_name(f->interval) : NULL);
    }
    if (units)
        output_text(out, unit);
    if (notes) {
        wide_notes(result, first, last, people, note);
        output_text(out, note->size > 0 ? note->bytes : NULL);
    }
}

/* All that printing wide rows needs, from the first row to the last. */
struct wide_print {
    struct wide wide;
    struct column *columns;
    const struct finding **cells;
    struct output *out;
    struct buffer note;
    bool used[KEY_PARTS], units, notes, people;
};

static void wide_free(struct wide_print *p)
{
    free(p->wide.statistics);
    free(p->wide.bounds);
    free(p->columns);
    free(p->cells);
    buffer_free(&p->note);
    free(p);
}

static bool add_statistic(struct wide *wide, size_t *capacity, const char *statistic)
{
    if (wide->count == *capacity) {
        const char **statistics = reallocarray(wide->statistics, *capacity * 2, sizeof *statistics);
        if (statistics != NULL)
            wide->statistics = statistics;
        bool *bounds = reallocarray(wide->bounds, *capacity * 2, sizeof *bounds);
        if (bounds != NULL)
            wide->bounds = bounds;
        if (statistics == NULL || bounds == NULL)
            return false;
        *capacity *= 2;
    }
    wide->bounds[wide->count] = false;
    wide->statistics[wide->count++] = statistic;
    return true;
}

/* Decides the columns from the findings that are there and opens the output; more: others will follow. E_OK: *out, which wide_end ends. */
static int wide_begin(struct result *result, bool more, struct wide_print **out, struct error *error)
{
    enum output_format format = FORMAT_table;
    struct wide_print *p = calloc(1, sizeof *p);
    size_t count = 0, capacity = 64;
    int status = E_MEMORY;
    if (p == NULL)
        goto done;
    output_format_of(result->settings, FORMAT_table, &format, NULL);
    p->people = format == FORMAT_table || format == FORMAT_markdown;
    p->notes = more;  /* there may be one among the rows to come */
    used_keys(result, p->used);
    p->wide.statistics = calloc(capacity, sizeof *p->wide.statistics);
    p->wide.bounds = calloc(capacity, sizeof *p->wide.bounds);
    if (p->wide.statistics == NULL || p->wide.bounds == NULL)
        goto done;
    for (size_t i = 0, first = 0; i < result->count; i++) {
        const struct finding *f = &result->findings[i];
        if (i > 0 && !same_key(&result->findings[i - 1].key, &f->key))
            first = i;
        size_t at = statistic_index(&p->wide, f->statistic, i - first);
        if (at == p->wide.count) {
            /* the findings' own strings go when they have been written */
            const char *name = arena_copy(&result->arena, f->statistic, strlen(f->statistic));
            if (name == NULL || !add_statistic(&p->wide, &capacity, name))
                goto done;
        }
        p->wide.bounds[at] |= f->interval != INTERVAL_none;
        p->units |= f->unit != NULL;
        p->notes |= !(p->people && !in_headline(result, f->statistic)) && note_of(f, &p->note) != NULL;
    }
    if (p->note.failed)
        goto done;
    p->columns = calloc(KEY_PARTS + p->wide.count * 4 + 2, sizeof *p->columns);
    p->cells = calloc(p->wide.count > 0 ? p->wide.count : 1, sizeof *p->cells);
    if (p->columns == NULL || p->cells == NULL ||
        wide_columns(result, &p->wide, p->used, p->units, p->notes, p->columns, &count) != E_OK)
        goto done;
    status = output_open(&p->out, result->settings, FORMAT_table, p->columns, count, error);
done:
    if (status == E_MEMORY)
        no_memory(error);
    if (status != E_OK && p != NULL)
        wide_free(p);
    else
        *out = p;
    return status;
}

static int wide_write(struct wide_print *p, struct result *result, struct error *error)
{
    int status = E_OK;
    for (size_t first = 0, last; first < result->count && status == E_OK; first = last) {
        for (last = first + 1; last < result->count && same_key(&result->findings[first].key, &result->findings[last].key);)
            last++;
        wide_row(p->out, result, &p->wide, p->used, first, last, p->cells, p->units, p->notes, p->people, &p->note);
        status = p->note.failed ? no_memory(error) : output_row(p->out, error);
    }
    return status;
}

static int wide_end(struct wide_print *p, int status, struct error *error)
{
    status = output_close(p->out, status, error);
    wide_free(p);
    return status;
}

static int print_wide(struct result *result, struct error *error)
{
    int status = result->print == NULL ? wide_begin(result, false, &result->print, error) : E_OK;
    if (status != E_OK)
        return status;
    status = wide_write(result->print, result, error);
    status = wide_end(result->print, status, error);
    result->print = NULL;
    return status;
}

/* With a promise of result_stream: writes what is complete. The finding to come has another key. */
static int stream(struct result *result, struct error *error)
{
    int status = result->print == NULL ? wide_begin(result, true, &result->print, error) : E_OK;
    if (status == E_OK)
        status = wide_write(result->print, result, error);
    result->count = 0;
    arena_reset(&result->texts);
    return status;
}

void result_stream(struct result *result)
{
    enum output_format format = FORMAT_table;
    output_format_of(result->settings, FORMAT_table, &format, NULL);
    /* a table for people is laid out when all of it is known */
    result->streaming = result->layout == LAYOUT_WIDE && !result->settings->evidence && format != FORMAT_table &&
                        format != FORMAT_markdown;
}

/* ---- evidence ---- */

static int print_evidence(const struct result *result, const struct frame *frame, struct error *error)
{
    static const struct column store_columns[] = {
        {"variable", COLUMN_TEXT, 0}, {"group", COLUMN_TEXT, 0}, {"region", COLUMN_TEXT, 0}, {"period", COLUMN_TEXT, 0},
        {"value", COLUMN_NUMBER, 0},  {"low", COLUMN_NUMBER, COLUMN_DETAIL}, {"high", COLUMN_NUMBER, COLUMN_DETAIL},
        {"unit", COLUMN_TEXT, 0},     {"observation", COLUMN_INTEGER, 0}, {"document", COLUMN_TEXT, 0},
        {"start", COLUMN_INTEGER, 0}, {"end", COLUMN_INTEGER, COLUMN_DETAIL}, {"quote", COLUMN_TEXT, 0},
    };
    static const struct column table_columns[] = {
        {"variable", COLUMN_TEXT, 0}, {"group", COLUMN_TEXT, 0}, {"region", COLUMN_TEXT, 0}, {"period", COLUMN_TEXT, 0},
        {"value", COLUMN_NUMBER, 0},  {"low", COLUMN_NUMBER, COLUMN_DETAIL}, {"high", COLUMN_NUMBER, COLUMN_DETAIL},
        {"unit", COLUMN_TEXT, 0},     {"document", COLUMN_TEXT, 0}, {"row", COLUMN_INTEGER, 0}, {"column", COLUMN_INTEGER, 0},
        {"quote", COLUMN_TEXT, 0},
    };
    struct output *out = NULL;
    int status = frame->from_store
                     ? output_open(&out, result->settings, FORMAT_table, store_columns, sizeof store_columns / sizeof *store_columns, error)
                     : output_open(&out, result->settings, FORMAT_table, table_columns, sizeof table_columns / sizeof *table_columns, error);
    for (size_t i = 0; i < frame->column_count && status == E_OK; i++) {
        const struct frame_column *c = &frame->columns[i];
        for (size_t row = 0; row < frame->rows && status == E_OK; row++) {
            for (size_t j = 0; j < c->evidence_count[row] && status == E_OK; j++) {
                const struct evidence *e = &c->evidence[row][j];
                output_text(out, c->name);
                output_text(out, frame->groups[frame->group_of[row]]);
                output_text(out, frame->region != NULL ? frame->region[row] : NULL);
                output_text(out, frame->time != NULL ? frame->time[row] : NULL);
                output_number(out, c->value[row]);
                output_number(out, c->low != NULL ? c->low[row] : c->value[row]);
                output_number(out, c->high != NULL ? c->high[row] : c->value[row]);
                output_text(out, c->unit);
                if (frame->from_store)
                    output_integer(out, e->id);
                output_text(out, e->document);
                output_integer(out, (int64_t)e->start);
                output_integer(out, (int64_t)e->end);
                output_text(out, e->quote);
                status = output_row(out, error);
            }
        }
    }
    return output_close(out, status, error);
}

int result_print(struct result *result, const struct frame *frame, struct error *error)
{
    if (result->settings->evidence && frame != NULL)
        return print_evidence(result, frame, error);
    if (result->count == 0 && result->print == NULL)
        return error_set(error, E_NOTHING, "nothing to show: no statistic of --statistics is one of this command's");
    return result->layout == LAYOUT_LONG ? print_long(result, error) : print_wide(result, error);
}

void result_free(struct result *result)
{
    if (result == NULL)
        return;
    if (result->print != NULL)
        (void)wide_end(result->print, E_INTERRUPTED, NULL);  /* something failed: no half of a file is kept */
    free(result->findings);
    arena_free(&result->texts);
    arena_free(&result->arena);
    free(result);
}

int result_explain(const struct settings *settings, const char *const *ids, struct error *error)
{
    static const struct column columns[] = {
        {"statistic", COLUMN_TEXT, 0},          {"name", COLUMN_TEXT, 0},          {"chinese", COLUMN_TEXT, 0},
        {"definition", COLUMN_TEXT, COLUMN_LONG}, {"formula", COLUMN_TEXT, COLUMN_LONG}, {"source", COLUMN_TEXT, COLUMN_LONG},
    };
    struct output *out = NULL;
    int status = output_open(&out, settings, FORMAT_table, columns, sizeof columns / sizeof *columns, error);
    for (size_t i = 0; ids[i] != NULL && status == E_OK; i++) {
        const struct definition *d = definition_find(ids[i]);
        output_text(out, ids[i]);
        output_text(out, d != NULL ? d->english : NULL);
        output_text(out, d != NULL ? d->chinese : NULL);
        output_text(out, d != NULL ? d->definition : NULL);
        output_text(out, d != NULL ? d->formula : NULL);
        output_text(out, d != NULL ? d->source : NULL);
        status = output_row(out, error);
    }
    return output_close(out, status, error);
}
