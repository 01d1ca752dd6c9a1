/* explain_chart.c — explain for a chart: the sentences behind its marks.
 *
 * Every mark of an SVG that plot drew carries its label, its series, what it shows, and the numbers of its observations (or
 * the row of a table). They are read back from the file; the sentences come from the store. */
#include "cli/explain.h"
#include "cli/output.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct column columns[] = {
    {"mark", COLUMN_TEXT, 0},          {"observation", COLUMN_TEXT, 0}, {"document", COLUMN_TEXT, 0}, {"published", COLUMN_TEXT, COLUMN_DETAIL},
    {"start", COLUMN_INTEGER, COLUMN_DETAIL}, {"end", COLUMN_INTEGER, COLUMN_DETAIL}, {"quote", COLUMN_TEXT, 0},
    {"evidence", COLUMN_TEXT, COLUMN_LONG},
};

struct shown_mark {
    const char *title, *observations;
};

/* A sentence, once it is found. */
struct wanted {
    long long id;
    bool found;
    const char *document, *published, *quote, *evidence;
    size_t start, end;
};

struct chart_explanation {
    struct arena arena;
    struct shown_mark *marks;
    size_t mark_count, mark_capacity, labelled;
    struct wanted *wanted;       /* ascending by id, once */
    size_t wanted_count, wanted_capacity;
    struct error *error;
};

static int no_memory(struct chart_explanation *e)
{
    return error_set(e->error, E_MEMORY, "out of memory");
}

/* ---- the chart ---- */

/* Text of XML up to a character, with its five entities resolved; in the arena. */
static char *xml_text(struct arena *arena, const char *from, const char *end, char stop)
{
    static const struct {
        const char *entity;
        char character;
    } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    const char *to = memchr(from, stop, (size_t)(end - from));
    if (to == NULL)
        to = end;
    char *text = arena_alloc(arena, (size_t)(to - from) + 1);
    size_t used = 0;
    while (text != NULL && from < to) {
        size_t k = 0;
        while (k < sizeof entities / sizeof *entities && strncmp(from, entities[k].entity, strlen(entities[k].entity)) != 0)
            k++;
        bool entity = *from == '&' && k < sizeof entities / sizeof *entities;
        text[used++] = entity ? entities[k].character : *from;
        from += entity ? strlen(entities[k].entity) : 1;
    }
    return text;
}

/* An attribute of the element in line … end; NULL when it has none, *failed when memory is out. */
static char *attribute(struct arena *arena, const char *line, const char *end, const char *name, bool *failed)
{
    const char *found = memmem(line, (size_t)(end - line), name, strlen(name));
    char *text = found == NULL ? NULL : xml_text(arena, found + strlen(name), end, '"');
    *failed = *failed || (found != NULL && text == NULL);
    return text;
}

static bool matches(const char *name, const char *asked)
{
    return asked == NULL || (name != NULL && strstr(name, asked) != NULL);
}

static int mark_add(struct chart_explanation *e, const char *line, const char *end, const char *asked)
{
    bool failed = false;
    const char *label = attribute(&e->arena, line, end, " data-label=\"", &failed), *series = attribute(&e->arena, line, end, " data-series=\"", &failed);
    const char *title = memmem(line, (size_t)(end - line), "<title>", 7);
    const char *observations = attribute(&e->arena, line, end, " data-observation=\"", &failed);
    if (failed)
        return no_memory(e);
    if (label == NULL && series == NULL)
        return E_OK;
    e->labelled++;
    if (!matches(label, asked) && !matches(series, asked))
        return E_OK;
    if (e->mark_count == e->mark_capacity) {
        size_t capacity = e->mark_capacity == 0 ? 64 : e->mark_capacity * 2;
        struct shown_mark *marks = reallocarray(e->marks, capacity, sizeof *marks);
        if (marks == NULL)
            return no_memory(e);
        e->marks = marks;
        e->mark_capacity = capacity;
    }
    char *shown = title == NULL ? NULL : xml_text(&e->arena, title + 7, end, '<');
    if (title != NULL && shown == NULL)
        return no_memory(e);
    e->marks[e->mark_count++] = (struct shown_mark){shown != NULL ? shown : label, observations};
    return E_OK;
}

static int chart_read(struct chart_explanation *e, const char *path, const char *asked)
{
    struct input input;
    int status = input_open(&input, path, e->error);
    if (status != E_OK)
        return status;
    const char *line = (const char *)input.bytes, *end = line + input.size;
    while (status == E_OK && line < end) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        if (stop == NULL)
            stop = end;
        if (memmem(line, (size_t)(stop - line), " data-", 6) != NULL)
            status = mark_add(e, line, stop, asked);
        line = stop + 1;
    }
    input_close(&input);
    if (status == E_OK && e->labelled == 0)
        status = error_set(e->error, E_INPUT, "%s: no chart of zhibiao plot: none of its marks has a name", path);
    else if (status == E_OK && e->mark_count == 0)
        status = error_set(e->error, E_NOTHING, "%s: no mark has '%s' in its name", path, asked);
    return status;
}

/* ---- the sentences ---- */

static int by_id(const void *a, const void *b)
{
    const struct wanted *p = a, *q = b;
    return (p->id > q->id) - (p->id < q->id);
}

/* "12 15" → the numbers; a row of a table ("FILE:12") is none. */
static int wanted_collect(struct chart_explanation *e)
{
    size_t kept = 0;
    for (size_t i = 0; i < e->mark_count; i++)
        for (const char *at = e->marks[i].observations; at != NULL && *at != '\0';) {
            char *end;
            long long id = strtoll(at, &end, 10);
            if (end == at || (*end != ' ' && *end != '\0'))
                break;
            if (e->wanted_count == e->wanted_capacity) {
                size_t capacity = e->wanted_capacity == 0 ? 64 : e->wanted_capacity * 2;
                struct wanted *wanted = reallocarray(e->wanted, capacity, sizeof *wanted);
                if (wanted == NULL)
                    return no_memory(e);
                e->wanted = wanted;
                e->wanted_capacity = capacity;
            }
            e->wanted[e->wanted_count++] = (struct wanted){.id = id};
            at = end + strspn(end, " ");
        }
    if (e->wanted_count > 0)
        qsort(e->wanted, e->wanted_count, sizeof *e->wanted, by_id);
    for (size_t i = 0; i < e->wanted_count; i++)
        if (i == 0 || e->wanted[i].id != e->wanted[i - 1].id)
            e->wanted[kept++] = e->wanted[i];
    e->wanted_count = kept;
    return E_OK;
}

static int row_found(const struct stored_observation *row, void *context)
{
    struct chart_explanation *e = context;
    struct wanted key = {.id = row->id}, *wanted = bsearch(&key, e->wanted, e->wanted_count, sizeof key, by_id);
    if (wanted == NULL)
        return E_OK;
    const struct observation *o = &row->observation;
    const char *const texts[] = {o->source, row->document_published, o->quote, o->evidence};
    const char **const places[] = {&wanted->document, &wanted->published, &wanted->quote, &wanted->evidence};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i] != NULL && (*places[i] = arena_copy(&e->arena, texts[i], strlen(texts[i]))) == NULL)
            return E_MEMORY;
    wanted->start = o->start;
    wanted->end = o->end;
    wanted->found = true;
    return E_OK;
}

static void write_row(struct output *out, const struct shown_mark *mark, const char *observation, const struct wanted *wanted)
{
    bool found = wanted != NULL && wanted->found;
    output_text(out, mark->title);
    output_text(out, observation);
    output_text(out, found ? wanted->document : NULL);
    output_text(out, found ? wanted->published : NULL);
    if (found) {
        output_integer(out, (int64_t)wanted->start);
        output_integer(out, (int64_t)wanted->end);
    } else {
        output_missing(out);
        output_missing(out);
    }
    output_text(out, found ? wanted->quote : NULL);
    output_text(out, found ? wanted->evidence : wanted != NULL ? "(not in this store any more: another one, or superseded)" : NULL);
}

static int write_mark(struct chart_explanation *e, struct output *out, const struct shown_mark *mark)
{
    const char *at = mark->observations;
    char number[32];
    int status = E_OK;
    if (at == NULL || at[0] == '\0') {
        write_row(out, mark, NULL, NULL);
        return output_row(out, e->error);
    }
    while (status == E_OK && *at != '\0') {
        char *end;
        struct wanted key = {.id = strtoll(at, &end, 10)};
        if (end == at || (*end != ' ' && *end != '\0')) {   /* a row of a table */
            write_row(out, mark, at, NULL);
            return output_row(out, e->error);
        }
        snprintf(number, sizeof number, "%lld", key.id);
        write_row(out, mark, number, bsearch(&key, e->wanted, e->wanted_count, sizeof key, by_id));
        status = output_row(out, e->error);
        at = end + strspn(end, " ");
    }
    return status;
}

int explain_chart(const struct settings *settings, struct error *error)
{
    struct chart_explanation e = {.error = error};
    struct store *store = NULL;
    struct output *out = NULL;
    struct filter any = {0};
    int status = chart_read(&e, settings->operands[0], settings->operand_count > 1 ? settings->operands[1] : NULL);
    if (status == E_OK)
        status = wanted_collect(&e);
    if (status == E_OK && e.wanted_count > 0)
        status = store_open(&store, settings->store, STORE_READ, error);
    if (status == E_OK && e.wanted_count > 0 && (status = store_query(store, &any, row_found, &e, error)) == E_MEMORY)
        no_memory(&e);
    if (status == E_OK)
        status = output_open(&out, settings, FORMAT_table, columns, sizeof columns / sizeof *columns, error);
    for (size_t i = 0; i < e.mark_count && status == E_OK; i++)
        status = write_mark(&e, out, &e.marks[i]);
    status = output_close(out, status, error);
    store_close(store);
    free(e.marks);
    free(e.wanted);
    arena_free(&e.arena);
    return status;
}
