/* documents.c — one input → its documents: tells plain text, pages and JSON Lines apart and gives each document to the
 * stages.
 *
 * Plain text streams through windows of bounded size. A page or a record is read whole, so both have a limit that the
 * message names. All buffers stay with the extractor: a million one-line records allocate next to nothing. */
#include "data/extract/extract.h"

#include "data/base/utf8.h"
#include "data/extract/source.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define PEEK 4096u
#define LINES_TRIED 8u  /* JSON Lines may begin with broken records */

int extractor_open(struct extractor **extractor, struct error *error)
{
    struct extractor *x = calloc(1, sizeof *x);
    if (x == NULL || window_open(&x->window) != E_OK) {
        extractor_close(x);
        return error_set(error, E_MEMORY, "out of memory");
    }
    *extractor = x;
    return E_OK;
}

void extractor_close(struct extractor *x)
{
    if (x == NULL)
        return;
    window_close(&x->window);
    scan_free(&x->scan);
    arena_free(&x->strings);
    arena_free(&x->facts);
    text_free(&x->text);
    passage_memory_free(&x->line);
    record_memory_free(&x->record);
    page_free(&x->page);
    page_free(&x->lines);
    free(x);
}

struct run {
    struct extractor *x;
    const struct extract_options *options;
    const unsigned char *bytes;
    size_t size;
    struct decoder *decoder;
    observation_sink *sink;
    document_sink *ended;
    void *context;
    struct error *error;
};

static bool name_ends(const char *name, const char *ending)
{
    size_t n = strlen(name), e = strlen(ending);
    return n >= e && strcasecmp(name + n - e, ending) == 0;
}

/* The next line; without a copy where the file is UTF-8. */
static int next_line(struct run *run, struct passage *line)
{
    struct decoder *d = run->decoder;
    size_t at = decoder_at(d);
    decoder_seek(d, at);  /* what is broken is counted for each line */
    if (!decoder_is_utf8(d))
        return decoder_utf8(d, true, &run->x->line, line);
    const unsigned char *end = memchr(run->bytes + at, '\n', run->size - at);
    size_t length = end != NULL ? (size_t)(end - run->bytes) + 1 - at : run->size - at;
    *line = (struct passage){run->bytes + at, length, at, NULL};
    decoder_seek(d, at + length);
    return E_OK;
}

static bool is_blank_line(const struct passage *line)
{
    for (size_t i = 0; i < line->size; i++)
        if (line->bytes[i] > ' ')
            return false;
    return true;
}

/* One of the first lines is a record, and all before it look as if they had been meant for one. */
static bool is_json_lines(struct run *run, bool *likely)
{
    struct passage line;
    size_t at = decoder_at(run->decoder);
    bool named = name_ends(run->options->source, ".jsonl") || name_ends(run->options->source, ".ndjson");
    int status = E_OK;
    *likely = false;
    for (unsigned tried = 0; tried < LINES_TRIED && decoder_at(run->decoder) < run->size;) {
        if ((status = next_line(run, &line)) != E_OK)
            break;
        if (is_blank_line(&line))
            continue;
        size_t i = 0;
        while (i < line.size && line.bytes[i] <= ' ')
            i++;
        if (line.bytes[i] != '{')
            break;
        tried++;
        *likely = named || record_likely(&line);
        if (*likely)
            break;
    }
    decoder_seek(run->decoder, at);
    return status;
}

/* How much of a document a caller may have to look at again. */
static int finish(struct run *run, struct document_facts *facts, const char *encoding, const struct error *trouble)
{
    facts->encoding = encoding;
    if (run->x->strings.failed || run->x->facts.failed)
        return E_MEMORY;  /* something was left out that is a part of it */
    return run->ended != NULL ? run->ended(facts, trouble, run->context) : E_OK;
}

/* The error of a page or record, with the place that it is about. */
static int located(const char *place, const struct error *why, struct error *error)
{
    return error_set(error, why->code, "%s: %s", place, why->text);
}

/* A page's bytes → x->page; its publication date into *options where it has none. */
static int read_page(struct run *run, const struct passage *passage, struct extract_options *options, size_t *replaced,
                     struct error *why)
{
    struct page *page = &run->x->page;
    if (passage->size > HTML_MOST)
        return error_set(why, E_INPUT, "a HTML page of more than %zu MiB; save the article alone, or as plain text", HTML_MOST >> 20);
    int status = html_parse(passage, page, replaced, why);
    if (status == E_OK)
        status = html_select(page);
    if (status == E_MEMORY)
        error_set(why, E_MEMORY, "out of memory");
    if (status == E_OK && options->published == NULL && page->published[0] != '\0')
        options->published = page->published;
    return status;
}

/* ---- a page ---- */

static int run_page(struct run *run)
{
    struct extract_options options = *run->options;
    struct document_facts facts = {.source = options.source, .place = options.source, .end = run->size};
    struct passage passage = {run->bytes + decoder_at(run->decoder), run->size - decoder_at(run->decoder), decoder_at(run->decoder), NULL};
    struct error why = {0};
    int status = E_OK;
    bool copied = !decoder_is_utf8(run->decoder) && run->size <= 4 * HTML_MOST;
    if (copied)
        status = decoder_utf8(run->decoder, false, &run->x->line, &passage);
    if (status == E_OK)
        status = read_page(run, &passage, &options, &facts.replaced, &why);
    if (status == E_MEMORY)
        return error_set(run->error, E_MEMORY, "%s: out of memory", options.source);
    if (status != E_OK)
        return located(options.source, &why, run->error);
    struct page *page = &run->x->page;
    const struct document_input input = {&options, NULL, &page->text, page};
    status = document_extract(run->x, &input, &facts, run->sink, run->context, run->error);
    if (status != E_OK)
        return status;
    if (copied)
        facts.replaced = decoder_replaced(run->decoder);
    if (page->title_last > page->title_first)
        facts.title = text_utf8(&page->text, page->title_first, page->title_last, &run->x->facts);
    return finish(run, &facts, decoder_encoding(run->decoder), NULL);
}

/* ---- JSON Lines ---- */

static bool same_line(const struct text *text, size_t title, size_t from)
{
    /* the text's first line is the title once more */
    size_t i = 0;
    for (; i < title && from + i < text->n; i++)
        if (text->raw[i] != text->raw[from + i])
            return false;
    return i == title && (from + i == text->n || text->raw[from + i] == '\n' || text->raw[from + i] == '\r');
}

static bool passage_is_page(const struct passage *p)
{
    char peek[PEEK];
    size_t n = p->size < PEEK ? p->size : PEEK;
    for (size_t i = 0; i < n; i++)
        peek[i] = p->bytes[i] < 0x80 ? (char)p->bytes[i] : (char)0x80;
    return html_likely(peek, n, "");
}

static int run_record(struct run *run, const struct passage *line, struct document_facts *facts, struct error *why)
{
    struct extractor *x = run->x;
    struct record record;
    struct extract_options options = *run->options;
    int status = record_read(line, &x->record, &record, &x->facts, why);
    if (status != E_OK)
        return status;
    facts->source = options.source = record.id != NULL ? record.id : record.url != NULL ? record.url : facts->place;
    if (options.published == NULL)
        options.published = record.published;
    struct text *text = &x->text;
    struct document_input input = {&options, NULL, text, NULL};
    text_clear(text, line->base);
    size_t title = 0;
    if (record.title.bytes != NULL) {
        text_passage(text, &record.title, &facts->replaced);
        for (size_t i = 0; i < text->n; i++)
            if (text->raw[i] == '\n')
                text->raw[i] = ' ';
        title = text->n;
        facts->title = text_utf8(text, 0, title, &x->facts);
        text_break(text);
    }
    const char *named = facts->title;
    size_t from = text->n;
    if (passage_is_page(&record.text)) {
        status = read_page(run, &record.text, &options, &facts->replaced, why);
        if (status != E_OK)
            return status;
        x->page.all.base = line->base;
        input.page = &x->page;
        const struct text *inner = &x->page.text;
        text_append(text, inner, 0, inner->n);
    } else {
        text_passage(text, &record.text, &facts->replaced);
    }
    if (title > 0 && same_line(text, title, from)) {
        memmove(text->raw, text->raw + from, (text->n - from) * sizeof *text->raw);
        memmove(text->start, text->start + from, (text->n - from) * sizeof *text->start);
        memmove(text->end, text->end + from, (text->n - from) * sizeof *text->end);
        text->n -= from;
    }
    if (text->failed)
        return error_set(why, E_MEMORY, "out of memory");
    status = document_extract(x, &input, facts, run->sink, run->context, run->error);
    if (named != NULL)
        facts->title = named;
    return status == E_OK ? E_OK : -status;  /* not this record's trouble: everything stops */
}

static int run_json_lines(struct run *run)
{
    struct passage line;
    size_t number = 0;
    int status = E_OK;
    while (status == E_OK && decoder_at(run->decoder) < run->size) {
        char place[4096 + 32];
        struct error why = {0};
        status = next_line(run, &line);
        if (status != E_OK)
            break;
        number++;
        if (is_blank_line(&line))
            continue;
        arena_reset(&run->x->facts);
        snprintf(place, sizeof place, "%.4096s:%zu", run->options->source, number);
        struct document_facts facts = {.source = place, .place = place, .start = line.base, .end = decoder_at(run->decoder)};
        int one = run_record(run, &line, &facts, &why);
        if (one < 0)
            return -one;
        if (one == E_MEMORY)
            return error_set(run->error, E_MEMORY, "%s: out of memory", place);
        struct error trouble = {0};
        if (one != E_OK)
            located(place, &why, &trouble);
        if (!decoder_is_utf8(run->decoder))
            facts.replaced = decoder_replaced(run->decoder);
        status = finish(run, &facts, decoder_encoding(run->decoder), one != E_OK ? &trouble : NULL);
    }
    return status == E_MEMORY && run->error != NULL && run->error->text[0] == '\0'
               ? error_set(run->error, E_MEMORY, "%s: out of memory", run->options->source)
               : status;
}

/* ---- plain text ---- */

static int run_plain(struct run *run)
{
    struct document_facts facts = {.source = run->options->source, .place = run->options->source, .end = run->size};
    const struct document_input input = {run->options, run->decoder, NULL, NULL};
    int status = document_extract(run->x, &input, &facts, run->sink, run->context, run->error);
    facts.replaced = decoder_replaced(run->decoder);
    return status == E_OK ? finish(run, &facts, decoder_encoding(run->decoder), NULL) : status;
}

enum input_kind { INPUT_PLAIN, INPUT_PAGE, INPUT_LINES };

/* Opens the decoder and tells what the input is. */
static int open_run(struct run *run, enum input_kind *kind)
{
    char peek[PEEK];
    bool json = false;
    if (run->error != NULL)
        *run->error = (struct error){0};
    arena_reset(&run->x->facts);
    int status = decoder_open(&run->decoder, run->bytes, run->size, run->options->encoding, run->options->source, run->error);
    if (status != E_OK)
        return status;
    size_t n = decoder_peek(run->decoder, peek, sizeof peek), i = 0;
    while (i < n && peek[i] >= 0 && peek[i] <= ' ')
        i++;
    if (i < n && peek[i] == '{')
        status = is_json_lines(run, &json);
    if (status == E_MEMORY)
        error_set(run->error, E_MEMORY, "%s: out of memory", run->options->source);
    if (status != E_OK) {
        decoder_close(run->decoder);
        run->decoder = NULL;
    }
    *kind = json ? INPUT_LINES : html_likely(peek, n, run->options->source) ? INPUT_PAGE : INPUT_PLAIN;
    return status;
}

int extract_documents(struct extractor *x, const struct extract_options *options, const unsigned char *bytes, size_t size,
                      observation_sink *sink, document_sink *ended, void *context, struct error *error)
{
    struct run run = {x, options, bytes, size, NULL, sink, ended, context, error};
    enum input_kind kind;
    int status = open_run(&run, &kind);
    if (status != E_OK)
        return status;
    status = kind == INPUT_LINES ? run_json_lines(&run) : kind == INPUT_PAGE ? run_page(&run) : run_plain(&run);
    decoder_close(run.decoder);
    return status;
}

/* ---- one plain text, several extractors ---- */

struct extract_share {
    struct run run;
    struct document_input input;
    struct reading reading;
    pthread_mutex_t lock;          /* of the reading and its decoder */
    int status;                    /* of what failed first: nobody takes another window */
    size_t passed;                 /* under the lock, too */
};

int extract_share_open(struct extract_share **share, struct extractor *x, const struct extract_options *options,
                       const unsigned char *bytes, size_t size, struct error *error)
{
    enum input_kind kind;
    *share = NULL;
    struct extract_share *s = calloc(1, sizeof *s);
    if (s == NULL || pthread_mutex_init(&s->lock, NULL) != 0) {
        free(s);
        return error_set(error, E_MEMORY, "%s: out of memory", options->source);
    }
    s->run = (struct run){x, options, bytes, size, NULL, NULL, NULL, NULL, error};
    int status = open_run(&s->run, &kind);
    s->input = (struct document_input){options, s->run.decoder, NULL, NULL};
    if (status == E_OK && kind == INPUT_PLAIN)
        status = reading_open(&s->reading, &s->input, error);
    if (status == E_OK && kind == INPUT_PLAIN)
        *share = s;
    else
        extract_share_close(s);
    return status;
}

void extract_share_close(struct extract_share *s)
{
    if (s == NULL)
        return;
    decoder_close(s->run.decoder);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

int extract_share_next(struct extract_share *s, struct extractor *x, size_t *number, size_t *start, bool *more)
{
    pthread_mutex_lock(&s->lock);
    *more = false;
    if (s->status == E_OK)
        s->status = reading_next(&s->reading, x, more);
    *number = s->reading.windows - 1;
    *start = x->window.base;
    int status = s->status;
    pthread_mutex_unlock(&s->lock);
    return status;
}

int extract_share_finish(struct extract_share *s, struct extractor *x, observation_sink *sink, void *context)
{
    size_t count = 0;
    x->passed = 0;
    int status = reading_finish(&s->reading, x, &count, sink, context);
    if (status == E_OK && (x->strings.failed || x->facts.failed))
        status = E_MEMORY;
    if (status != E_OK || x->passed > 0) {
        pthread_mutex_lock(&s->lock);
        s->passed += x->passed;
        if (status != E_OK)
            s->status = status;
        pthread_mutex_unlock(&s->lock);
    }
    return status;
}

void extract_share_facts(struct extract_share *s, struct extractor *x, struct document_facts *facts)
{
    *facts = (struct document_facts){.source = s->run.options->source, .place = s->run.options->source, .end = s->run.size,
                                     .encoding = decoder_encoding(s->run.decoder), .replaced = decoder_replaced(s->run.decoder), .passed = s->passed};
    reading_facts(&s->reading, x, facts);
}

/* ---- one input, for callers without an extractor ---- */

struct single {
    struct arena *arena;
    struct document_facts facts;
    observation_sink *sink;
    void *context;
    struct error trouble;
};

static int pass_on(const struct observation *observation, void *context)
{
    struct single *single = context;
    return single->sink(observation, single->context);
}

static const char *keep(struct arena *arena, const char *text)
{
    return text != NULL ? arena_copy(arena, text, strlen(text)) : NULL;
}

static int note(const struct document_facts *facts, const struct error *trouble, void *context)
{
    struct single *single = context;
    struct document_facts *known = &single->facts;
    size_t observations = known->observations + facts->observations, replaced = known->replaced + facts->replaced,
           passed = known->passed + facts->passed;
    *known = *facts;
    known->passed = passed;
    known->observations = observations;
    known->replaced = replaced;
    known->source = keep(single->arena, facts->source);
    known->place = keep(single->arena, facts->place);
    known->title = keep(single->arena, facts->title);
    known->published = keep(single->arena, facts->published);
    known->encoding = keep(single->arena, facts->encoding);
    if (trouble != NULL && single->trouble.code == E_OK)
        single->trouble = *trouble;
    return known->source == NULL || known->encoding == NULL ? E_MEMORY : E_OK;
}

int extract_text(const struct extract_options *options, const unsigned char *bytes, size_t size, struct arena *arena,
                 struct document_facts *facts, observation_sink *sink, void *context, struct error *error)
{
    struct extractor *x = NULL;
    struct single single = {.arena = arena, .sink = sink, .context = context};
    int status = extractor_open(&x, error);
    if (status == E_OK)
        status = extract_documents(x, options, bytes, size, pass_on, note, &single, error);
    extractor_close(x);
    if (status == E_OK && facts != NULL)
        *facts = single.facts;
    if (status == E_OK && single.trouble.code != E_OK) {
        if (error != NULL)
            *error = single.trouble;
        status = single.trouble.code;
    }
    return status;
}
