/* documents.c — the command that lists what was ingested. */
#include "cli/output.h"

static const struct option options[] = {
    STORE_OPTION,
    OPTION("source", 0, "TEXT", source, "documents whose path or source has TEXT in it"),
    OUTPUT_OPTIONS,
    HELP_OPTION,
    OPTIONS_END,
};

static const struct column columns[] = {
    {"id", COLUMN_INTEGER, 0},       {"path", COLUMN_TEXT, 0},          {"title", COLUMN_TEXT, COLUMN_LONG},
    {"source", COLUMN_TEXT, COLUMN_DETAIL}, {"published", COLUMN_TEXT, 0}, {"encoding", COLUMN_TEXT, 0},
    {"bytes", COLUMN_INTEGER, 0},    {"observations", COLUMN_INTEGER, 0}, {"sha256", COLUMN_TEXT, COLUMN_DETAIL},
};

struct listing {
    struct output *out;
    size_t count;
    struct error *error;
};

static int list_row(const struct document_row *row, void *context)
{
    struct listing *listing = context;
    struct output *out = listing->out;
    listing->count++;
    output_integer(out, row->id);
    output_text(out, row->path);
    output_text(out, row->title);
    output_text(out, row->source);
    output_text(out, row->published);
    output_text(out, row->encoding);
    output_integer(out, row->size);
    output_integer(out, row->observations);
    output_text(out, row->sha256);
    return output_row(out, listing->error);
}

static int run(const struct settings *settings, struct error *error)
{
    struct store *store = NULL;
    struct listing listing = {.error = error};
    int status = store_open(&store, settings->store, STORE_READ, error);
    if (status != E_OK)
        return status;
    status = output_open(&listing.out, settings, FORMAT_table, columns, sizeof columns / sizeof *columns, error);
    if (status == E_OK)
        status = store_documents(store, settings->source, list_row, &listing, error);
    if (status == E_OK && listing.count == 0 && settings->source != NULL)
        status = error_set(error, E_NOTHING, "no document's path or source has '%s' in it", settings->source);
    else if (status == E_OK && listing.count == 0)
        status = error_set(error, E_NOTHING, "no documents yet; zhibiao ingest adds them");
    status = output_close(listing.out, status, error);
    store_close(store);
    return status;
}

const struct command command_documents = {
    "documents", NULL, 0, 0, "list the documents in the store", NULL, options, run,
};
