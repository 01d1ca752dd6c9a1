/* explain.c — the command that says why an observation is what it is: the words that were read, the entries of the dictionary
 * that won and lost, where place and time come from, and what the confidence is made of. It prints the trace that the extractor
 * keeps on request; nothing is worked out here. */
#include "cli/explain.h"
#include "cli/observation.h"
#include "data/extract/extract.h"
#include "data/extract/trace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const struct option options[] = {
    OPTION("at", 0, "BYTE", at, "the figure that byte BYTE belongs to; extract prints where each starts"),
    OPTION("nth", 'n', "N", nth, "the Nth figure, counted from 1 in the order that extract prints them"),
    OPTION("quote", 'q', "TEXT", quote, "figures whose quote has TEXT in it"),
    OPTION("published", 0, "YYYY-MM-DD", published, "the publication date, where the text does not say it"),
    OPTION("region", 'r', "REGION", region, "the region of what names none: a code, name or path"),
    OPTION("encoding", 0, "NAME", encoding, "UTF-8, GB18030, BIG5 …; otherwise it is detected"),
    STORE_OPTION,
    OPTION("format", 'f', "FORMAT", format, "table (for people, the usual one here), json or jsonl"),
    OPTION("output", 'o', "FILE", output, "write to FILE, which appears only when it is complete; - is standard output"),
    HELP_OPTION,
    OPTIONS_END,
};

#define WIDTH 12  /* of the headings on the left */
#define NO_NUMBER SIZE_MAX

struct explanation {
    struct trace trace;
    struct observation_repeats repeats;
    struct buffer buffer;
    enum output_format format;
    size_t at, nth;          /* NO_NUMBER: not asked for */
    const char *quote;
    size_t seen, shown;
    FILE *file;
    struct error *error;
};

/* ---- for people ---- */
static void heading(struct buffer *out, const char *name)
{
    buffer_format(out, "  %-*s", WIDTH, name);
}

static void add_quoted(struct buffer *out, const char *text)
{
    buffer_text(out, "“");
    buffer_clean(out, text != NULL ? text : "");
    buffer_text(out, "”");
}

static void add_place(struct buffer *out, const char *separator, const struct trace_span *span)
{
    if (span->text == NULL)
        return;
    buffer_text(out, separator);
    add_quoted(out, span->text);
    buffer_format(out, " at byte %zu", span->start);
}

static void add_rules(struct buffer *out, uint64_t rules, enum aspect aspect)
{
    for (unsigned i = 0; i < RULE_COUNT; i++)
        if ((rules >> i & 1) && rule_aspect((enum rule)i) == aspect)
            buffer_format(out, "  %-*s- %s [%s]\n", WIDTH, "", rule_text((enum rule)i), rule_name((enum rule)i));
}

static void add_value(struct buffer *out, const struct observation *o)
{
    char per[128];
    heading(out, "value");
    value_text(observation_interval(o), o->bound == BOUND_about, out);
    buffer_format(out, " %s", o->unit != NULL ? o->unit : "");
    if (observation_per(o, per) != NULL)
        buffer_format(out, "/%s", per);
    buffer_format(out, " (%s, %s)\n", bound_name(o->bound), kind_name(o->kind));
}

static void add_words(struct buffer *out, const struct trace *t)
{
    if (t->left.text == NULL)
        return;  /* a cell of a table: its headings are no stretch of text */
    heading(out, "words read");
    add_quoted(out, t->left.text);
    buffer_text(out, " before, ");
    add_quoted(out, t->right.text);
    buffer_text(out, " behind\n");
    if (t->word_count > 0)
        heading(out, "terms");
    for (size_t i = 0; i < t->word_count; i++) {
        buffer_text(out, i > 0 ? " · " : "");
        buffer_clean(out, t->words[i].span.text);
        buffer_format(out, " %s", t->words[i].class);
    }
    buffer_text(out, t->word_count > 0 ? "\n" : "");
}

static void add_entries(struct buffer *out, const struct observation *o, const struct trace *t)
{
    heading(out, "entry");
    buffer_text(out, o->indicator_id != NULL ? o->indicator_id : "none");
    if (o->item != NULL) {
        buffer_text(out, ", item ");
        buffer_clean(out, o->item);
    }
    buffer_char(out, '\n');
    add_rules(out, t->rules, ASPECT_entry);
    for (size_t i = 0; i < t->entry_count; i++)
        buffer_format(out, "  %-*s- %s: %s (%u) %s\n", WIDTH, "", t->entries[i].id, t->entries[i].words, t->entries[i].score,
                      entry_fate_text(t->entries[i].fate));
    for (size_t i = 0; i < t->dictionary_count; i++) {
        if (i == 0)
            buffer_format(out, "  %-*s- words of the dictionary:", WIDTH, "");
        buffer_format(out, " %s", t->dictionary[i]);
    }
    buffer_text(out, t->dictionary_count > 0 ? "\n" : "");
}

static void add_confidence(struct buffer *out, const struct observation *o, const struct trace *t)
{
    heading(out, "confidence");
    buffer_format(out, "%.2f\n", o->confidence);
    for (size_t i = 0; i < confidence_term_count; i++) {
        const struct confidence_term *term = &confidence_terms[i];
        if (confidence_term_counts(term, t->rules))
            buffer_format(out, "  %-*s%+5.1f  %s\n", WIDTH, "", term->weight / 10.0, term->why);
    }
}

static void explain_text(struct buffer *out, const struct observation *o, const struct trace *t)
{
    buffer_clean(out, o->source);
    buffer_format(out, ", bytes %zu to %zu: ", o->start, o->end);
    buffer_clean(out, o->quote);
    buffer_char(out, '\n');
    heading(out, t->before != NULL ? "sentence" : "row");
    if (t->before != NULL) {
        buffer_clean(out, t->before);
        buffer_text(out, "【");
        buffer_clean(out, o->quote);
        buffer_text(out, "】");
        buffer_clean(out, t->behind);
    } else {
        buffer_clean(out, o->evidence);
    }
    buffer_char(out, '\n');
    add_value(out, o);
    add_rules(out, t->rules, ASPECT_number);
    add_words(out, t);
    heading(out, "label");
    buffer_clean(out, o->indicator);
    buffer_char(out, '\n');
    add_rules(out, t->rules, ASPECT_label);
    add_entries(out, o, t);
    heading(out, "region");
    if (o->region_path != NULL) {
        buffer_clean(out, o->region_path);
        buffer_format(out, " (%s), %s", o->region_code, region_how_name(o->how));
    } else {
        buffer_text(out, "none");
    }
    add_place(out, ": ", &t->place);
    buffer_char(out, '\n');
    add_rules(out, t->rules, ASPECT_region);
    heading(out, "period");
    buffer_text(out, o->period != NULL ? o->period : "none");
    add_place(out, ": ", &t->time);
    buffer_char(out, '\n');
    add_rules(out, t->rules, ASPECT_period);
    heading(out, "status");
    buffer_text(out, status_name(o->status));
    add_place(out, ": ", &t->plan);
    buffer_char(out, '\n');
    add_rules(out, t->rules, ASPECT_status);
    add_confidence(out, o, t);
}

/* ---- for programs ---- */
static void json_text(struct buffer *out, const char *key, const char *text)
{
    buffer_format(out, "\"%s\":", key);
    buffer_json(out, text);
}

static void json_span(struct buffer *out, const char *key, const struct trace_span *span)
{
    buffer_format(out, ",\"%s\":", key);
    if (span->text == NULL) {
        buffer_text(out, "null");
        return;
    }
    buffer_char(out, '{');
    json_text(out, "text", span->text);
    buffer_format(out, ",\"start\":%zu,\"end\":%zu}", span->start, span->end);
}

static void explain_json(struct buffer *out, const struct observation *o, const struct trace *t, struct observation_repeats *repeats)
{
    buffer_text(out, "{\"observation\":");
    observation_json(out, o, repeats);
    buffer_text(out, ",\"sentence\":{");
    json_text(out, "before", t->before);
    buffer_char(out, ',');
    json_text(out, "behind", t->behind);
    buffer_text(out, "}");
    json_span(out, "left", &t->left);
    json_span(out, "right", &t->right);
    buffer_text(out, ",\"terms\":[");
    for (size_t i = 0; i < t->word_count; i++) {
        buffer_text(out, i > 0 ? ",{" : "{");
        json_text(out, "class", t->words[i].class);
        json_span(out, "span", &t->words[i].span);
        buffer_char(out, '}');
    }
    buffer_text(out, "],\"rules\":[");
    bool first = true;
    for (unsigned i = 0; i < RULE_COUNT; i++)
        if (t->rules >> i & 1) {
            buffer_text(out, first ? "{" : ",{");
            json_text(out, "name", rule_name((enum rule)i));
            buffer_char(out, ',');
            json_text(out, "decides", aspect_name(rule_aspect((enum rule)i)));
            buffer_char(out, ',');
            json_text(out, "text", rule_text((enum rule)i));
            buffer_char(out, '}');
            first = false;
        }
    buffer_text(out, "],\"dictionary\":[");
    for (size_t i = 0; i < t->dictionary_count; i++) {
        buffer_text(out, i > 0 ? "," : "");
        buffer_json(out, t->dictionary[i]);
    }
    buffer_text(out, "],\"entries\":[");
    for (size_t i = 0; i < t->entry_count; i++) {
        buffer_text(out, i > 0 ? ",{" : "{");
        json_text(out, "id", t->entries[i].id);
        buffer_char(out, ',');
        json_text(out, "words", t->entries[i].words);
        buffer_format(out, ",\"score\":%u,", t->entries[i].score);
        json_text(out, "fate", entry_fate_name(t->entries[i].fate));
        buffer_char(out, '}');
    }
    buffer_char(out, ']');
    json_span(out, "place", &t->place);
    json_span(out, "time", &t->time);
    json_span(out, "plan", &t->plan);
    buffer_text(out, ",\"confidence\":[");
    first = true;
    for (size_t i = 0; i < confidence_term_count; i++) {
        const struct confidence_term *term = &confidence_terms[i];
        if (!confidence_term_counts(term, t->rules))
            continue;
        buffer_text(out, first ? "{" : ",{");
        json_text(out, "name", term->name);
        buffer_text(out, ",\"logit\":");
        buffer_json_number(out, term->weight / 10.0);
        buffer_char(out, ',');
        json_text(out, "why", term->why);
        buffer_char(out, '}');
        first = false;
    }
    buffer_text(out, "]}");
}

/* ---- which figures ---- */
static bool asked_for(const struct explanation *e, const struct observation *o)
{
    return (e->nth == NO_NUMBER || e->seen == e->nth) && (e->at == NO_NUMBER || (o->start <= e->at && e->at < o->end)) &&
           (e->quote == NULL || strstr(o->quote, e->quote) != NULL);
}

static int flush(struct explanation *e)
{
    if (e->buffer.failed)
        return error_set(e->error, E_MEMORY, "out of memory");
    if (e->buffer.size > 0 && fwrite(e->buffer.bytes, 1, e->buffer.size, e->file) != e->buffer.size)
        return error_set(e->error, E_OUTPUT, "the output cannot be written: %s", strerror(errno));
    buffer_clear(&e->buffer);
    return E_OK;
}

static int sink(const struct observation *o, void *context)
{
    struct explanation *e = context;
    e->seen++;
    if (!asked_for(e, o))
        return E_OK;
    bool first = e->shown++ == 0;
    if (e->format == FORMAT_table) {
        buffer_text(&e->buffer, first ? "" : "\n");
        explain_text(&e->buffer, o, &e->trace);
    } else {
        if (e->format == FORMAT_json)
            buffer_text(&e->buffer, first ? "[\n" : ",\n");
        explain_json(&e->buffer, o, &e->trace, &e->repeats);
        if (e->format == FORMAT_jsonl)
            buffer_char(&e->buffer, '\n');
    }
    return flush(e);
}

static int read_number(const char *option, const char *text, size_t least, size_t *value, struct error *error)
{
    *value = NO_NUMBER;
    if (text == NULL)
        return E_OK;
    char *end;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 || number < least || number >= NO_NUMBER)
        return error_set(error, E_USAGE, "--%s: '%s' is not a whole number from %zu on", option, text, least);
    *value = (size_t)number;
    return E_OK;
}

static int run(const struct settings *settings, struct error *error)
{
    struct explanation e = {.quote = settings->quote, .error = error};
    struct extract_options extraction;
    struct destination destination = {0};
    struct input input = {0};
    struct arena arena = {0};
    char code[REGION_CODE];
    bool opened = false;
    const char *path = settings->operands[0];
    size_t length = strlen(path);
    int status;
    if (length > 4 && strcasecmp(path + length - 4, ".svg") == 0)
        return explain_chart(settings, error);
    if (settings->operand_count > 1)
        return error_set(error, E_USAGE, "%s: a region goes with a chart (CHART.svg REGION); figures of a text are chosen with --at, --nth or --quote", path);
    if ((status = output_format_of(settings, FORMAT_table, &e.format, error)) != E_OK ||
        (status = extract_settings(settings, &extraction, code, error)) != E_OK ||
        (status = read_number("at", settings->at, 0, &e.at, error)) != E_OK ||
        (status = read_number("nth", settings->nth, 1, &e.nth, error)) != E_OK)
        return status;
    if (e.format != FORMAT_table && e.format != FORMAT_json && e.format != FORMAT_jsonl)
        return error_set(error, E_USAGE, "--format: explain writes table, json or jsonl");
    if ((status = input_open(&input, path, error)) != E_OK)
        return status;
    if ((status = destination_open(&destination, settings->output, error)) != E_OK)
        goto done;
    opened = true;
    e.file = destination.file;
    extraction.source = path;
    extraction.trace = &e.trace;
    status = extract_text(&extraction, input.bytes, input.size, &arena, NULL, sink, &e, error);
    if (status == E_OK && e.format == FORMAT_json) {
        buffer_text(&e.buffer, e.shown > 0 ? "\n]\n" : "[]\n");
        status = flush(&e);
    }
    if (status == E_OK && e.shown == 0)
        status = error_set(error, E_NOTHING, "%s: none of its %zu %s was asked for; zhibiao extract lists them", path, e.seen,
                           e.seen == 1 ? "figure" : "figures");
done:
    if (opened) {
        struct error closing;
        int closed = destination_close(&destination, status == E_OK || status == E_NOTHING, &closing);
        if (status == E_OK && closed != E_OK) {
            status = closed;
            *error = closing;
        }
    }
    input_close(&input);
    buffer_free(&e.buffer);
    observation_repeats_free(&e.repeats);
    arena_free(&arena);
    trace_free(&e.trace);
    return status;
}

const struct command command_explain = {
    "explain", "FILE|CHART.svg [REGION]", 1, 2, "say why a figure became the observation that it is, or what is behind a mark of a chart",
    "Shows, for the figures that --at, --nth or --quote choose (otherwise for all), the words that were read, the rules that\n"
    "fired, the entries of the dictionary that won and lost, where place, time and status come from, and the terms of the\n"
    "confidence. The options must be those that extract had. FILE is whatever extract reads; - is standard input.\n"
    "Of a chart that plot drew, it shows the sentences behind the marks whose name has REGION in it, from --store.",
    options, run,
};
