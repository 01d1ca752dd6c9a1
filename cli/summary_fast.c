/* summary_fast.c — `summary` of a table of millions of rows: the bytes are cut at line ends into one piece a thread, each
 * thread gathers its figures by group, and the groups are described by all threads.
 *
 * Only a plain table is read here: UTF-8, no quotes, figures that are plain decimals. With anything else *done stays false,
 * nothing has been printed, and the general reader (frame_table.c) takes over and says what there is to say, so the two never
 * differ in what they accept or refuse. */
#include "cli/grouped.h"
#include "cli/summary.h"
#include "cli/table.h"

#include "stats/exact.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/mman.h>
#include <unistd.h>

#define FAST_FROM ((size_t)1 << 20)   /* smaller tables gain nothing */
#define THREADS_MOST 16
#define RELEASE ((size_t)4 << 20)     /* pages behind the reader are given back in steps of this */
#define CELL_MOST 64                  /* bytes of a figure; longer ones are for the general reader */

struct piece {
    const struct input *input;
    size_t first, last;               /* bytes; whole lines */
    size_t value, group, columns;     /* places of the cells, SIZE_MAX: no group; cells of the heading */
    char delimiter;
    struct gather gather;
    struct arena scratch;
    bool suited;
    pthread_t thread;
};

/* ---- cells ---- */

/* "-123.45": what nearly every figure is. Up to 18 digits, up to 9 decimals. */
static inline bool plain(const unsigned char *p, const unsigned char *end, int64_t *scaled, int *scale)
{
    bool negative = p < end && *p == '-';
    uint64_t value = 0;
    p += negative;
    if (end - p > 18 || p == end)
        return false;
    const unsigned char *first = p, *point = NULL;
    for (; p < end; p++) {
        unsigned digit = *p - (unsigned)'0';
        if (digit <= 9)
            value = value * 10 + digit;
        else if (*p == '.' && point == NULL)
            point = p;
        else
            return false;
    }
    *scale = point != NULL ? (int)(end - point - 1) : 0;
    if ((point != NULL && end - first == 1) || *scale > 9)
        return false;
    *scaled = negative ? -(int64_t)value : (int64_t)value;
    return true;
}

/* Any other cell: missing, or a decimal written otherwise; false: neither. */
static bool other_cell(struct piece *piece, const unsigned char *p, size_t size, bool *missing, int64_t *scaled, int *scale)
{
    char text[CELL_MOST + 1];
    struct cell_figure figure;
    while (size > 0 && (p[0] == ' ' || p[0] == '\t')) {
        p++;
        size--;
    }
    while (size > 0 && (p[size - 1] == ' ' || p[size - 1] == '\t'))
        size--;
    if (size > CELL_MOST || memchr(p, '\0', size) != NULL)
        return false;
    memcpy(text, p, size);
    text[size] = '\0';
    if ((*missing = cell_is_missing(text)))
        return true;
    arena_reset(&piece->scratch);
    if (cell_read(text, &figure, &piece->scratch) != NULL || figure.text == NULL || figure.bound != BOUND_exact || figure.unit != NULL)
        return false;
    return exact_parse(figure.text, strlen(figure.text), scaled, scale);
}

/* A group's name without blanks around it, the ideographic one too. */
static inline void trim(const unsigned char **first, const unsigned char **last)
{
    const unsigned char *p = *first, *end = *last;
    for (;;) {
        if (p < end && (*p == ' ' || *p == '\t'))
            p++;
        else if (end - p >= 3 && memcmp(p, "\u3000", 3) == 0)
            p += 3;
        else if (p < end && (end[-1] == ' ' || end[-1] == '\t'))
            end--;
        else if (end - p >= 3 && memcmp(end - 3, "\u3000", 3) == 0)
            end -= 3;
        else
            break;
    }
    *first = p;
    *last = end;
}

/* ---- rows ---- */

static inline bool take_row(struct piece *piece, const unsigned char *group, const unsigned char *group_end,
                            const unsigned char *value, const unsigned char *value_end)
{
    struct gather *g = &piece->gather;
    if (group < group_end && (*group <= ' ' || *group == 0xE3 || group_end[-1] <= ' ' || group_end[-1] == 0x80))
        trim(&group, &group_end);
    if (group < group_end && *group == '\'')
        return false;      /* perhaps the apostrophe before what looks like a formula, which the general reader takes off */
    size_t at = gather_group(g, (const char *)group, (size_t)(group_end - group));
    if (at == GATHER_NONE)
        return false;
    int64_t scaled;
    int scale;
    bool missing = false;
    if (!plain(value, value_end, &scaled, &scale) &&
        !other_cell(piece, value, (size_t)(value_end - value), &missing, &scaled, &scale))
        return false;
    if (missing) {
        g->groups[at].missing++;
        return true;
    }
    return gather_add(g, at, scaled, scale);
}

/* One line without its end. False: not for this reader. */
static inline bool take_line(struct piece *piece, const unsigned char *line, const unsigned char *end)
{
    const unsigned char *group = line, *group_end = line, *value = end, *value_end = end, *p = line;
    const unsigned char delimiter = (unsigned char)piece->delimiter;
    size_t column = 0;
    for (;;) {
        const unsigned char *cell = p;
        while (p < end && *p != delimiter)
            p++;
        if (column == piece->value) {
            value = cell;
            value_end = p;
        }
        if (column == piece->group) {
            group = cell;
            group_end = p;
        }
        if (column >= piece->columns && p > cell)
            return false;  /* more cells than the heading has: refused, if it is not blank */
        if (p == end)
            break;
        p++;
        column++;
    }
    if (column == 0 && line == end)
        return true;       /* a blank line */
    if (column + 1 < piece->columns || value == value_end || *value <= ' ' || *value == 0xE3) {
        /* cells of blanks only are a blank row too */
        const unsigned char *q = line;
        while (q < end && (*q == delimiter || *q == ' ' || *q == '\t'))
            q++;
        if (q == end)
            return true;
        if (*q == 0xE3)
            return false;
    }
    return take_row(piece, group, group_end, value, value_end);
}

static void *read_piece(void *context)
{
    struct piece *piece = context;
    const unsigned char *bytes = piece->input->bytes, *p = bytes + piece->first, *last = bytes + piece->last, *released = p;
    piece->suited = false;
    while (p < last) {
        size_t left = (size_t)(last - p), step = left < RELEASE ? left : RELEASE;
        const unsigned char *stop = p + step, *end;
        if (memchr(p, '"', step) != NULL || memchr(p, '\0', step) != NULL)
            return NULL;
        for (; p < stop; p = end + 1) {
            end = memchr(p, '\n', (size_t)(last - p));
            if (end == NULL)
                end = last;
            const unsigned char *line_end = end > p && end[-1] == '\r' ? end - 1 : end;
            /* a carriage return alone ends a row as well */
            if (memchr(p, '\r', (size_t)(line_end - p)) != NULL || !take_line(piece, p, line_end))
                return NULL;
        }
        if (p > last)
            p = last;
        /* whole pages that lie behind; a page shared with another piece is read again from the file */
        if (piece->input->mapped && (size_t)(p - released) >= RELEASE) {
            uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), from = ((uintptr_t)released + page - 1) / page * page;
            uintptr_t to = (uintptr_t)p / page * page;
            if (to > from)
                (void)madvise((void *)from, to - from, MADV_DONTNEED);
            released = p;
        }
    }
    piece->suited = true;
    return NULL;
}

static unsigned thread_count(void)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : online > THREADS_MOST ? THREADS_MOST : (unsigned)online;
}

/* ---- describing ---- */

struct describing {
    const struct grouped *grouped;
    const struct summary_options *options;
    struct description *descriptions;
    atomic_size_t next;
    atomic_int status;
};

static void *describe_groups(void *context)
{
    struct describing *d = context;
    size_t room = d->grouped->largest > 0 ? d->grouped->largest : 1;
    int64_t *values = malloc(room * sizeof *values), *scratch = malloc(room * sizeof *scratch);
    if (values == NULL || scratch == NULL)
        atomic_store(&d->status, E_MEMORY);
    for (size_t i; atomic_load(&d->status) == E_OK && (i = atomic_fetch_add(&d->next, 1)) < d->grouped->count;) {
        const struct grouped_part *part = &d->grouped->parts[i];
        struct sample sample = {.n = part->n, .missing = part->missing, .scaled = values, .scale = d->grouped->scale};
        grouped_values(d->grouped, i, values);
        exact_reduce(values, sample.n, &sample.scale);
        if (sample_describe(&sample, &d->options->describe, scratch, &d->descriptions[i]) != E_OK)
            atomic_store(&d->status, E_MEMORY);
    }
    free(values);
    free(scratch);
    return NULL;
}

/* Runs the same work in `threads` threads; the caller's is one of them, so it is done also when no other can be started. */
static void run_threads(void *work(void *), void *const *contexts, unsigned threads)
{
    pthread_t started[THREADS_MOST];
    bool running[THREADS_MOST] = {false};
    for (unsigned i = 1; i < threads; i++)
        running[i] = pthread_create(&started[i], NULL, work, contexts[i]) == 0;
    work(contexts[0]);
    for (unsigned i = 1; i < threads; i++) {
        if (running[i])
            pthread_join(started[i], NULL);
        else
            work(contexts[i]);
    }
}

int summary_grouped(struct result *result, const struct summary_options *o, const struct summary_group *about,
                    const struct grouped *grouped, bool named, struct error *error)
{
    int status = E_OK;
    int64_t *values = NULL;
    struct describing d = {.grouped = grouped, .options = o};
    void *contexts[THREADS_MOST];
    unsigned threads = thread_count();
    d.descriptions = calloc(grouped->count > 0 ? grouped->count : 1, sizeof *d.descriptions);
    values = malloc((grouped->largest > 0 ? grouped->largest : 1) * sizeof *values);
    if (d.descriptions == NULL || values == NULL) {
        status = error_set(error, E_MEMORY, "out of memory");
        goto done;
    }
    for (unsigned i = 0; i < threads; i++)
        contexts[i] = &d;
    run_threads(describe_groups, contexts, threads);
    if (atomic_load(&d.status) != E_OK) {
        status = error_set(error, E_MEMORY, "out of memory");
        goto done;
    }
    result_stream(result);
    bool again = o->quantile_count > 0 || o->resamples > 0;
    for (size_t i = 0; i < grouped->count && status == E_OK; i++) {
        struct summary_group group = *about;
        struct sample sorted = {.n = grouped->parts[i].n, .missing = grouped->parts[i].missing, .scaled = values, .scale = grouped->scale};
        group.group = named ? grouped->parts[i].name : NULL;
        if (again) {
            grouped_values(grouped, i, values);
            exact_reduce(values, sorted.n, &sorted.scale);
            if (sample_sort(&sorted, NULL) != E_OK)
                status = error_set(error, E_MEMORY, "out of memory");
        }
        if (status == E_OK)
            status = summary_add(result, o, &group, &d.descriptions[i], &sorted, error);
    }
done:
    free(d.descriptions);
    free(values);
    return status;
}

/* ---- the table ---- */

/* What cannot be done here at all. */
static bool out_of_question(const struct settings *s)
{
    return s->from == NULL || s->weight != NULL || s->time != NULL || s->region != NULL || s->evidence ||
           (s->encoding != NULL && strcasecmp(s->encoding, "UTF-8") != 0);
}

/* The first byte behind the heading, by its line feed; SIZE_MAX: a carriage return alone has ended it before. */
static size_t behind_heading(const struct input *input, const struct frame_places *places, bool no_header)
{
    size_t at = places->first;
    while (!no_header && at < input->size) {
        const unsigned char *end = memchr(input->bytes + at, '\n', input->size - at);
        size_t next = end != NULL ? (size_t)(end - input->bytes) + 1 : input->size;
        bool blank = true;
        for (size_t i = at; i + 1 < next; i++)
            if (input->bytes[i] == '\r' && input->bytes[i + 1] != '\n')
                return SIZE_MAX;
        for (size_t i = at; i < next && blank; i++)
            blank = strchr(" \t\r\n", input->bytes[i]) != NULL || input->bytes[i] == (unsigned char)places->delimiter;
        at = next;
        if (!blank)
            break;
    }
    return at;
}

int summary_fast(struct result *result, const struct settings *settings, const struct summary_options *options, bool *done,
                 struct error *error)
{
    struct frame frame = {0};
    struct frame_places places;
    struct input input = {0};
    struct gather *gathers = NULL;
    struct grouped grouped = {0};
    struct piece pieces[THREADS_MOST] = {{0}};
    void *contexts[THREADS_MOST];
    unsigned threads = thread_count();
    int status = E_OK;
    *done = false;
    if (out_of_question(settings))
        return E_OK;
    /* what can be read once only is left to the general reader, which may be needed afterwards */
    struct stat about_file;
    if (strcmp(settings->from, "-") == 0 || stat(settings->from, &about_file) != 0 || !S_ISREG(about_file.st_mode))
        return E_OK;
    if (input_open(&input, settings->from, NULL) != E_OK)
        return E_OK;
    if (input.size < FAST_FROM || !frame_table_places(&frame, settings, &input, &places))
        goto done;
    size_t at = behind_heading(&input, &places, settings->no_header);
    if (at == SIZE_MAX)
        goto done;
    for (unsigned i = 0; i < threads; i++) {
        size_t last = i + 1 == threads ? input.size : at + (input.size - at) / (threads - i);
        const unsigned char *end = last < input.size ? memchr(input.bytes + last, '\n', input.size - last) : NULL;
        last = end != NULL ? (size_t)(end - input.bytes) + 1 : input.size;
        pieces[i] = (struct piece){.input = &input, .first = at, .last = last, .value = places.value, .group = places.group,
                                   .columns = places.columns, .delimiter = places.delimiter};
        contexts[i] = &pieces[i];
        at = last;
    }
    run_threads(read_piece, contexts, threads);
    gathers = calloc(threads, sizeof *gathers);
    bool suited = gathers != NULL;
    for (unsigned i = 0; i < threads; i++) {
        arena_free(&pieces[i].scratch);
        suited = suited && pieces[i].suited;
        if (gathers != NULL)
            gathers[i] = pieces[i].gather;
        else
            gather_free(&pieces[i].gather);
    }
    if (gathers == NULL)
        goto done;
    input_close(&input);
    bool fits;
    status = grouped_join(&grouped, gathers, threads, &fits, error);
    if (status != E_OK || !suited || !fits || grouped.count == 0)
        goto done;
    const struct summary_group about = {.variable = places.name, .unit = places.unit, .additive = true};
    *done = true;
    status = summary_grouped(result, options, &about, &grouped, places.group != SIZE_MAX, error);
done:
    grouped_free(&grouped);
    frame_free(&frame);
    input_close(&input);
    return status;
}
