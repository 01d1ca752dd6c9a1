/* ingest.c — the command that extracts from files and folders into the store.
 *
 * A document's observations are collected first and then stored in one transaction: its title and publication date are
 * known only at its end, and a document that fails half-way must leave nothing behind. A file is a document, but of JSON
 * Lines each record is one. What fails is named on standard error and the others are still done. */
#include "cli/observation.h"
#include "cli/paths.h"
#include "data/extract/extract.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct option options[] = {
    STORE_OPTION,
    OPTION("published", 0, "YYYY-MM-DD", published, "the publication date, where the texts do not say it"),
    OPTION("region", 'r', "REGION", region, "the region of what names none: a code, name or path"),
    OPTION("encoding", 0, "NAME", encoding, "UTF-8, GB18030, BIG5 …; otherwise it is detected"),
    CONFIDENCE_OPTION,
    OUTPUT_OPTIONS,
    HELP_OPTION,
    OPTIONS_END,
};

static const struct column columns[] = {
    {"state", COLUMN_TEXT, 0}, {"documents", COLUMN_INTEGER, 0}, {"observations", COLUMN_INTEGER, 0},
};

struct batch {
    struct arena arena;
    struct observation *items;
    size_t count, capacity;
};

struct tally {
    int64_t fresh, unchanged, failed, observations;
};

static int collect(const struct observation *observation, void *context)
{
    struct batch *batch = context;
    if (batch->count == batch->capacity) {
        size_t capacity = batch->capacity ? batch->capacity * 2 : 256;
        struct observation *items = reallocarray(batch->items, capacity, sizeof *items);
        if (items == NULL)
            return E_MEMORY;
        batch->items = items;
        batch->capacity = capacity;
    }
    if (!observation_copy(&batch->items[batch->count], observation, &batch->arena))
        return E_MEMORY;
    batch->count++;
    return E_OK;
}

/* What the documents of one file are stored with. */
struct job {
    struct store *store;
    const char *command, *published;  /* of --published, or NULL */
    const struct input *input;
    struct batch *batch;
    struct tally *tally;
    struct error *error;
};

static int collect_for(const struct observation *observation, void *context)
{
    struct job *job = context;
    return collect(observation, job->batch);
}

/* A document with its observations, wholly or not at all. Offsets become offsets into its own bytes. */
static int store_document(struct job *job, const struct document_facts *facts)
{
    struct batch *batch = job->batch;
    const struct document document = {
        .path = facts->place,
        .title = facts->title,
        .source = strcmp(facts->source, facts->place) != 0 ? facts->source : NULL,
        .published = job->published != NULL ? job->published : facts->published,
        .encoding = facts->encoding,
        .content = job->input->bytes + facts->start,
        .size = facts->end - facts->start,
        .tool_version = ZHIBIAO_VERSION,
        .reference_hash = reference_hash(),
    };
    bool known = false;
    int status = store_document_begin(job->store, &document, &known, job->error);
    if (status != E_OK)
        return status;
    if (known) {
        job->tally->unchanged++;
        return E_OK;
    }
    for (size_t i = 0; i < batch->count && status == E_OK; i++) {
        batch->items[i].start -= facts->start;
        batch->items[i].end -= facts->start;
        status = store_observation_add(job->store, &batch->items[i], job->error);
    }
    if (status == E_OK)
        status = store_document_end(job->store, job->error);
    if (status != E_OK) {
        store_document_abort(job->store);
        return status;
    }
    warn_replaced(job->command, facts->place, facts);
    job->tally->fresh++;
    job->tally->observations += (int64_t)batch->count;
    return E_OK;
}

/* A document's own trouble is said and counted, and the others go on; anything else ends the command. */
static int ended(const struct document_facts *facts, const struct error *trouble, void *context)
{
    struct job *job = context;
    int status = trouble != NULL ? E_INPUT : store_document(job, facts);
    if (status == E_INPUT) {
        complain(job->command, trouble != NULL ? trouble->text : job->error->text);
        job->tally->failed++;
        status = E_OK;
    }
    job->batch->count = 0;
    arena_reset(&job->batch->arena);
    return status;
}

/* One file. E_INPUT is this file's trouble, anything else ends the command. */
static int ingest_file(struct job *job, struct extractor *extractor, struct extract_options *extraction, const char *path,
                       struct error *error)
{
    struct input input;
    int status = input_open(&input, path, error);
    if (status != E_OK)
        return status;
    job->input = &input;
    job->error = error;
    job->batch->count = 0;
    arena_reset(&job->batch->arena);
    extraction->source = path;
    status = extract_documents(extractor, extraction, input.bytes, input.size, collect_for, ended, job, error);
    if (status != E_OK && error->text[0] == '\0')
        error_set(error, (enum error_code)status, "%s: %s", path, error_text((enum error_code)status));
    input_close(&input);
    job->input = NULL;
    return status;
}

static void show_progress(size_t done, size_t all)
{
    char bar[41];
    size_t filled = all == 0 ? 40 : done * 40 / all;
    memset(bar, ' ', 40);
    memset(bar, '#', filled);
    bar[40] = '\0';
    fprintf(stderr, "\r[%s] %zu/%zu", bar, done, all);
    if (done == all)
        fputs("\r\033[K", stderr);  /* the bar goes when the work is done */
}

static int report(const struct settings *settings, const struct tally *tally, struct error *error)
{
    struct output *out;
    const struct {
        const char *state;
        int64_t documents, observations;
    } rows[] = {
        {"new", tally->fresh, tally->observations}, {"unchanged", tally->unchanged, 0}, {"failed", tally->failed, 0},
    };
    int status = output_open(&out, settings, FORMAT_table, columns, sizeof columns / sizeof *columns, error);
    for (size_t i = 0; i < sizeof rows / sizeof *rows && status == E_OK; i++) {
        output_text(out, rows[i].state);
        output_integer(out, rows[i].documents);
        output_integer(out, rows[i].observations);
        status = output_row(out, error);
    }
    return output_close(out, status, error);
}

static int run(const struct settings *settings, struct error *error)
{
    struct extract_options extraction;
    struct paths paths = {0};
    struct batch batch = {0};
    struct extractor *extractor = NULL;
    struct tally tally = {0};
    struct store *store = NULL;
    char code[REGION_CODE];
    enum output_format format;
    int status;
    if ((status = output_format_of(settings, FORMAT_table, &format, error)) != E_OK ||
        (status = extract_settings(settings, &extraction, code, error)) != E_OK)
        return status;
    for (size_t i = 0; i < settings->operand_count && status == E_OK; i++) {
        struct stat about;
        char *path = settings->operands[i];
        if (strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISDIR(about.st_mode))
            status = paths_walk(&paths, settings->command, path, &tally.failed);
        else
            status = paths_add(&paths, path);
    }
    if (status != E_OK) {
        error_set(error, E_MEMORY, "out of memory");
        goto done;
    }
    if ((status = store_open(&store, settings->store, STORE_WRITE, error)) != E_OK)
        goto done;
    if ((status = extractor_open(&extractor, error)) != E_OK)
        goto done;
    struct job job = {.store = store, .command = settings->command, .published = extraction.published, .batch = &batch, .tally = &tally};
    bool progress = isatty(STDERR_FILENO) && paths.count > 1;
    for (size_t i = 0; i < paths.count && status == E_OK; i++) {
        struct error why = {0};
        if (progress)
            show_progress(i, paths.count);
        int one = ingest_file(&job, extractor, &extraction, paths.items[i], &why);
        if (one == E_INPUT) {
            if (progress)
                fputs("\r\033[K", stderr);
            complain(settings->command, why.text);
            tally.failed++;
        } else if (one != E_OK) {
            *error = why;
            status = one;
        }
    }
    if (progress)
        show_progress(paths.count, paths.count);
    if (status == E_OK)
        status = report(settings, &tally, error);
    if (status == E_OK && tally.failed > 0)
        status = E_INPUT;
done:
    store_close(store);
    paths_free(&paths);
    free(batch.items);
    arena_free(&batch.arena);
    extractor_close(extractor);
    return status;
}

const struct command command_ingest = {
    "ingest", "FILE|FOLDER...", 1, SIZE_MAX, "extract from files and folders into the store",
    "Files are plain text, HTML pages or JSON Lines, as for extract; a record of JSON Lines is a document of its own.\n"
    "Folders are searched for .txt, .text, .html, .htm, .xhtml, .shtml, .jsonl and .ndjson files, in the order of their names;\n"
    "- is standard input. A document that is in the store already changes nothing.",
    options, run,
};
