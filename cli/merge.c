/* merge.c — the command that brings the documents of other stores into the store. */
#include "cli/output.h"

static const struct option options[] = {STORE_OPTION, OUTPUT_OPTIONS, HELP_OPTION, OPTIONS_END};

static const struct column columns[] = {
    {"store", COLUMN_TEXT, COLUMN_LONG}, {"documents", COLUMN_INTEGER, 0}, {"observations", COLUMN_INTEGER, 0},
    {"unchanged", COLUMN_INTEGER, 0},
};

static int run(const struct settings *settings, struct error *error)
{
    struct store *store = NULL;
    struct output *out = NULL;
    enum output_format format;
    int status = output_format_of(settings, FORMAT_table, &format, error);
    if (status == E_OK)
        status = store_open(&store, settings->store, STORE_WRITE, error);
    if (status == E_OK)
        status = output_open(&out, settings, FORMAT_table, columns, sizeof columns / sizeof *columns, error);
    for (size_t i = 0; i < settings->operand_count && status == E_OK; i++) {
        struct merged merged = {0};
        status = store_merge(store, settings->operands[i], &merged, error);
        if (status != E_OK)
            break;
        output_text(out, settings->operands[i]);
        output_integer(out, merged.documents);
        output_integer(out, merged.observations);
        output_integer(out, merged.unchanged);
        status = output_row(out, error);
    }
    status = output_close(out, status, error);
    store_close(store);
    return status;
}

const struct command command_merge = {
    "merge", "STORE...", 1, SIZE_MAX, "add the documents of other stores",
    "Each document comes with its bytes, its current figures and the rules that read them. A document that the store has already\n"
    "(the same bytes) stays as the store reads it and counts as unchanged. Merging twice changes nothing; what was interrupted is\n"
    "run again. The other stores are only read.",
    options, run,
};
