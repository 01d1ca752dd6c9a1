/* extract.c — the command that prints what a text says: a pure filter from files to observations. */
#include "cli/observation.h"
#include "cli/team.h"
#include "data/extract/extract.h"

#include <errno.h>
#include <iconv.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FLUSH_AT ((size_t)128 * 1024)

static const struct option options[] = {
    OPTION("published", 0, "YYYY-MM-DD", published, "the publication date, where the text does not say it"),
    OPTION("region", 'r', "REGION", region, "the region of what names none: a code, name or path"),
    OPTION("encoding", 0, "NAME", encoding, "UTF-8, GB18030, BIG5 …; otherwise it is detected"),
    CONFIDENCE_OPTION,
    OPTION("format", 'f', "FORMAT", format, "jsonl (the usual one here), json, csv, tsv, table or markdown"),
    OPTION("output", 'o', "FILE", output, "write to FILE, which appears only when it is complete; - is standard output"),
    OPTION("jobs", 'j', "N", jobs, "work in N threads (1); the output is the same; json and jsonl only, others take one"),
    HELP_OPTION,
    OPTIONS_END,
};

static const struct column columns[] = {
    {"source", COLUMN_TEXT, COLUMN_DETAIL},     {"start", COLUMN_INTEGER, COLUMN_DETAIL},
    {"end", COLUMN_INTEGER, COLUMN_DETAIL},     {"region", COLUMN_TEXT, 0},
    {"region_code", COLUMN_TEXT, COLUMN_DETAIL}, {"region_name", COLUMN_TEXT, COLUMN_DETAIL},
    {"region_how", COLUMN_TEXT, COLUMN_DETAIL}, {"indicator", COLUMN_TEXT, 0},
    {"indicator_id", COLUMN_TEXT, COLUMN_DETAIL}, {"item", COLUMN_TEXT, 0},
    {"period", COLUMN_TEXT, 0},                 {"value", COLUMN_VALUE, 0},
    {"low", COLUMN_NUMBER, COLUMN_DETAIL},      {"high", COLUMN_NUMBER, COLUMN_DETAIL},
    {"bound", COLUMN_TEXT, COLUMN_DETAIL},      {"unit", COLUMN_TEXT, 0},
    {"per", COLUMN_TEXT, 0},                    {"kind", COLUMN_TEXT, 0},
    {"status", COLUMN_TEXT, 0},                 {"confidence", COLUMN_NUMBER, 0},
    {"quote", COLUMN_TEXT, 0},                  {"evidence", COLUMN_TEXT, COLUMN_DETAIL},
};

struct job {
    struct input *input;
    struct destination destination;  /* json and jsonl, written here */
    struct output *output;           /* the other formats */
    struct buffer buffer;
    struct observation_repeats repeats;
    bool array;                      /* json: a comma between objects */
    size_t count;
    const char *command;
    int worst;                       /* E_INPUT when a document could not be read */
    struct error *error;
};

static int flush(struct job *job)
{
    if (job->buffer.failed)
        return error_set(job->error, E_MEMORY, "out of memory");
    if (job->buffer.size > 0 && fwrite(job->buffer.bytes, 1, job->buffer.size, job->destination.file) != job->buffer.size)
        return error_set(job->error, E_OUTPUT, "the output cannot be written: %s", strerror(errno));
    buffer_clear(&job->buffer);
    return E_OK;
}

static int write_columns(struct output *out, const struct observation *o, struct error *error)
{
    output_text(out, o->source);
    output_integer(out, (int64_t)o->start);
    output_integer(out, (int64_t)o->end);
    output_text(out, o->region_path);
    output_text(out, o->region_code);
    output_text(out, o->region_name);
    output_text(out, o->region_name != NULL || o->region_code != NULL ? region_how_name(o->how) : NULL);
    output_text(out, o->indicator);
    output_text(out, o->indicator_id);
    observation_columns(out, o);
    output_text(out, o->quote);
    output_text(out, o->evidence);
    return output_row(out, error);
}

static int sink(const struct observation *observation, void *context)
{
    struct job *job = context;
    job->count++;
    input_release(job->input, observation->start);
    if (job->output != NULL)
        return write_columns(job->output, observation, job->error);
    if (job->array)
        buffer_add(&job->buffer, job->count == 1 ? "[\n" : ",\n", 2);
    observation_json(&job->buffer, observation, &job->repeats);
    if (!job->array)
        buffer_char(&job->buffer, '\n');
    return job->buffer.size >= FLUSH_AT || job->buffer.failed ? flush(job) : E_OK;
}

int extract_settings(const struct settings *settings, struct extract_options *extraction, char code[REGION_CODE],
                     struct error *error)
{
    *extraction = (struct extract_options){.published = settings->published, .encoding = settings->encoding};
    if (settings->published != NULL && !date_valid(settings->published))
        return error_set(error, E_USAGE, "--published: '%s' is not a date; write YYYY-MM-DD", settings->published);
    if (settings->encoding != NULL) {
        iconv_t converter = iconv_open("UTF-8", settings->encoding);
        if (converter == (iconv_t)-1)
            return error_set(error, E_USAGE, "--encoding: unknown encoding '%s'; try UTF-8, GB18030, BIG5 or UTF-16LE",
                             settings->encoding);
        iconv_close(converter);
    }
    int status = min_confidence_of(settings, &extraction->min_confidence, error);
    if (status == E_OK)
        status = region_option(settings, code, error);
    if (status == E_OK && code[0] != '\0')
        extraction->region = code;
    return status;
}

bool replaced_text(const char *path, const struct document_facts *facts, char *text, size_t size)
{
    if (facts->replaced > 0)
        snprintf(text, size, "%s: %zu broken %s in %s text became U+FFFD; name the right one with --encoding", path,
                 facts->replaced, facts->replaced == 1 ? "character" : "characters", facts->encoding);
    return facts->replaced > 0;
}

bool passed_text(const char *path, const struct document_facts *facts, char *text, size_t size)
{
    if (facts->passed > 0)
        snprintf(text, size, "%s: %zu figure%s passed over behind the first %u of one sentence: that is no prose; write tables as HTML or CSV", path,
                 facts->passed, facts->passed == 1 ? "" : "s", SENTENCE_FIGURES);
    return facts->passed > 0;
}

void warn_replaced(const char *command, const char *path, const struct document_facts *facts)
{
    char text[2048];
    if (replaced_text(path, facts, text, sizeof text))
        complain(command, text);
    if (passed_text(path, facts, text, sizeof text))
        complain(command, text);
}

/* One document is done: a file, or a record of one. Its trouble is said, and the others go on. */
static int ended(const struct document_facts *facts, const struct error *trouble, void *context)
{
    struct job *job = context;
    if (trouble != NULL) {
        complain(job->command, trouble->text);
        job->worst = E_INPUT;
    } else {
        warn_replaced(job->command, facts->place, facts);
    }
    input_release(job->input, facts->end);
    return E_OK;
}

static int read_jobs(const struct settings *settings, unsigned *jobs, struct error *error)
{
    *jobs = 1;
    if (settings->jobs == NULL)
        return E_OK;
    char *end;
    errno = 0;
    unsigned long value = strtoul(settings->jobs, &end, 10);
    if (settings->jobs[0] < '0' || settings->jobs[0] > '9' || *end != '\0' || errno != 0 || value < 1 || value > JOBS_MOST)
        return error_set(error, E_USAGE, "--jobs: '%s' is not a number of threads; write 1 to %d", settings->jobs, JOBS_MOST);
    *jobs = (unsigned)value;
    return E_OK;
}

static int run(const struct settings *settings, struct error *error)
{
    struct extract_options extraction;
    struct job job = {.error = error, .command = settings->command};
    struct extractor *extractor = NULL;
    char code[REGION_CODE];
    enum output_format format;
    int status;
    if ((status = output_format_of(settings, FORMAT_jsonl, &format, error)) != E_OK ||
        (status = extract_settings(settings, &extraction, code, error)) != E_OK)
        return status;
    unsigned jobs;
    if ((status = read_jobs(settings, &jobs, error)) != E_OK || (status = extractor_open(&extractor, error)) != E_OK)
        return status;
    if (format == FORMAT_jsonl || format == FORMAT_json)
        status = destination_open(&job.destination, settings->output, error);
    else
        status = output_open(&job.output, settings, FORMAT_table, columns, sizeof columns / sizeof *columns, error);
    job.array = format == FORMAT_json;
    bool team = jobs > 1 && job.output == NULL;
    if (status == E_OK && team)
        status = team_extract(settings, &extraction, jobs, job.destination.file, job.array, &job.worst, error);
    for (size_t i = 0; i < settings->operand_count && status == E_OK && !team; i++) {
        const char *path = settings->operands[i];
        struct input input;
        struct error why = {0};
        int one = input_open(&input, path, &why);
        if (one == E_OK) {
            extraction.source = path;
            job.input = &input;
            job.error = &why;
            one = extract_documents(extractor, &extraction, input.bytes, input.size, sink, ended, &job, &why);
            input_close(&input);
        }
        job.error = error;
        if (one == E_INPUT && settings->operand_count > 1) {
            /* this file's trouble: say so and go on with the others */
            complain(settings->command, why.text);
            job.worst = E_INPUT;
        } else if (one != E_OK) {
            *error = why;
            status = one;
        }
    }
    if (job.output != NULL) {
        status = output_close(job.output, status == E_OK ? job.worst : status, error);
    } else if (job.destination.file != NULL) {
        if (status == E_OK && job.array && !team)
            buffer_text(&job.buffer, job.count == 0 ? "[]\n" : "\n]\n");
        if (status == E_OK)
            status = flush(&job);
        struct error closing;
        int closed = destination_close(&job.destination, status == E_OK, &closing);
        if (status == E_OK && closed != E_OK) {
            status = closed;
            *error = closing;
        }
    }
    buffer_free(&job.buffer);
    observation_repeats_free(&job.repeats);
    extractor_close(extractor);
    return status != E_OK ? status : job.worst;
}

const struct command command_extract = {
    "extract", "FILE...", 1, SIZE_MAX, "print every figure of a text as an observation",
    "FILE is plain text, a HTML page or JSON Lines of {id, url, title, published, text}, told apart by its content, in UTF-8,\n"
    "UTF-16, UTF-32, GB18030 or Big5, Simplified or Traditional; - is standard input. Of a page the article and its tables are\n"
    "read. A record of JSON Lines is a document of its own, its source its id, its url, or FILE:LINE. Plain text may have any\n"
    "size; a page or a record may have 16 MiB. Offsets are bytes of FILE as it is.\n"
    "The output is one JSON object a line; README.md in data/extract/ explains its keys.",
    options, run,
};
