/* indicators.c — the command that lists the indicator dictionary, or what the store uses of it. */
#include "cli/output.h"

#include <string.h>

static const struct option options[] = {
    OPTION("used", 0, NULL, used, "those that the store has observations of, with their labels and units"),
    STORE_OPTION,
    FILTER_OPTIONS,
    OUTPUT_OPTIONS,
    HELP_OPTION,
    OPTIONS_END,
};

static const struct column dictionary_columns[] = {
    {"id", COLUMN_TEXT, 0},        {"chinese", COLUMN_TEXT, 0},     {"english", COLUMN_TEXT, 0},
    {"kind", COLUMN_TEXT, 0},      {"dimension", COLUMN_TEXT, 0},   {"per", COLUMN_TEXT, 0},
    {"aggregation", COLUMN_TEXT, 0}, {"weight", COLUMN_TEXT, 0},
};

static const struct column used_columns[] = {
    {"id", COLUMN_TEXT, 0},          {"label", COLUMN_TEXT, 0},   {"unit", COLUMN_TEXT, 0},
    {"observations", COLUMN_INTEGER, 0}, {"regions", COLUMN_INTEGER, 0}, {"documents", COLUMN_INTEGER, 0},
};

struct listing {
    struct output *out;
    size_t count;
    const char *word;
    struct error *error;
};

static const char *or_null(const char *text)
{
    return text != NULL && text[0] != '\0' ? text : NULL;
}

static bool matches(const char *word, const char *text)
{
    return word == NULL || (text != NULL && strcasestr(text, word) != NULL);
}

static int list_used(const struct indicator_row *row, void *context)
{
    struct listing *listing = context;
    struct output *out = listing->out;
    if (!matches(listing->word, row->id) && !matches(listing->word, row->label))
        return 0;
    listing->count++;
    output_text(out, row->id);
    output_text(out, row->label);
    output_text(out, row->unit);
    output_integer(out, row->observations);
    output_integer(out, row->regions);
    output_integer(out, row->documents);
    return output_row(out, listing->error);
}

static int list_dictionary(struct listing *listing)
{
    const struct indicator *exact = listing->word != NULL ? indicator_find(listing->word) : NULL;
    int status = E_OK;
    for (size_t i = 0; i < indicator_count() && status == E_OK; i++) {
        const struct indicator *entry = indicator_at(i);
        /* a synonym finds its entry, a part of a name all that have it */
        if (entry != exact && !matches(listing->word, entry->id) && !matches(listing->word, entry->chinese) &&
            !matches(listing->word, entry->english))
            continue;
        listing->count++;
        output_text(listing->out, entry->id);
        output_text(listing->out, entry->chinese);
        output_text(listing->out, or_null(entry->english));
        output_text(listing->out, or_null(entry->kind));
        output_text(listing->out, or_null(entry->dimension));
        output_text(listing->out, or_null(entry->per));
        output_text(listing->out, or_null(entry->aggregation));
        output_text(listing->out, or_null(entry->weight));
        status = output_row(listing->out, listing->error);
    }
    return status;
}

static int not_found(const struct settings *settings, const char *word, struct error *error)
{
    if (word == NULL)
        return error_set(error, E_NOTHING, "the store has no indicators%s", settings->used ? "; zhibiao ingest adds them" : "");
    struct nearest nearest;
    char hint[320];
    nearest_start(&nearest, word);
    for (size_t i = 0; i < indicator_count(); i++) {
        nearest_consider(&nearest, indicator_at(i)->id);
        nearest_consider(&nearest, indicator_at(i)->chinese);
    }
    return error_set(error, E_NOTHING, "no indicator has '%s' in its name%s", word, nearest_hint(&nearest, hint));
}

static int run(const struct settings *settings, struct error *error)
{
    struct store *store = NULL;
    struct scope scope;
    struct listing listing = {.error = error, .word = settings->operand_count > 0 ? settings->operands[0] : NULL};
    int status = scope_of(settings, &scope, error);
    if (status == E_OK && settings->used)
        status = store_open(&store, settings->store, STORE_READ, error);
    if (status != E_OK)
        return status;
    if (settings->used) {
        status = output_open(&listing.out, settings, FORMAT_table, used_columns, sizeof used_columns / sizeof *used_columns,
                             error);
        if (status == E_OK)
            status = store_indicators(store, &scope.filter, list_used, &listing, error);
    } else {
        status = output_open(&listing.out, settings, FORMAT_table, dictionary_columns,
                             sizeof dictionary_columns / sizeof *dictionary_columns, error);
        if (status == E_OK)
            status = list_dictionary(&listing);
    }
    if (status == E_OK && listing.count == 0)
        status = not_found(settings, listing.word, error);
    status = output_close(listing.out, status, error);
    store_close(store);
    return status;
}

const struct command command_indicators = {
    "indicators", "[WORD]", 0, 1, "list the indicator dictionary, or with --used what the store has",
    "WORD: only those with it in their id, Chinese or English name. The filters count with --used only.", options, run,
};
