/* check.c — the command that says whether the store is sound, and which figures a person should look at. */
#include "cli/output.h"

static const struct option options[] = {
    STORE_OPTION,
    OPTION("integrity", 0, NULL, integrity, "only whether the store is sound; the figures are not looked at"),
    OPTION("reseal", 0, NULL, reseal, "trust what another program wrote: when the store is sound, give every page its checksum anew"),
    OUTPUT_OPTIONS,
    HELP_OPTION,
    OPTIONS_END,
};

static const struct column columns[] = {
    {"severity", COLUMN_TEXT, 0},   {"check", COLUMN_TEXT, 0},    {"observation", COLUMN_INTEGER, 0},
    {"document", COLUMN_INTEGER, COLUMN_DETAIL}, {"region", COLUMN_TEXT, 0}, {"indicator", COLUMN_TEXT, 0},
    {"period", COLUMN_TEXT, 0},     {"value", COLUMN_NUMBER, 0},  {"unit", COLUMN_TEXT, 0},
    {"trouble", COLUMN_TEXT, 0},
};

struct listing {
    struct output *out;
    size_t faults, doubts;
    struct error *error;
};

static void id_cell(struct output *out, int64_t id)
{
    if (id != 0)
        output_integer(out, id);
    else
        output_missing(out);
}

static int list_row(const struct trouble *trouble, void *context)
{
    struct listing *listing = context;
    struct output *out = listing->out;
    listing->faults += trouble->fault;
    listing->doubts += !trouble->fault;
    output_text(out, trouble->fault ? "fault" : "doubt");
    output_text(out, trouble->check);
    id_cell(out, trouble->observation);
    id_cell(out, trouble->document);
    output_text(out, trouble->region);
    output_text(out, trouble->indicator);
    output_text(out, trouble->period);
    output_number(out, trouble->value);
    output_text(out, trouble->unit);
    output_text(out, trouble->text);
    return output_row(out, listing->error);
}

static int run(const struct settings *settings, struct error *error)
{
    struct store *store = NULL;
    struct listing listing = {.error = error};
    bool figures = !settings->integrity && !settings->reseal;
    int status = settings->reseal ? E_OK : store_open(&store, settings->store, STORE_READ, error);
    if (status != E_OK)
        return status;
    status = output_open(&listing.out, settings, FORMAT_table, columns, sizeof columns / sizeof *columns, error);
    if (status == E_OK)
        status = settings->reseal ? store_reseal(settings->store, list_row, &listing, error)
                                  : store_check(store, figures, list_row, &listing, error);
    if (status == E_OK && listing.faults > 0)
        status = error_set(error, E_STORE, "%s: %zu fault%s; restore a backup, or ingest the documents into a new store", settings->store,
                           listing.faults, listing.faults > 1 ? "s" : "");
    else if (status == E_OK && listing.doubts > 0)
        status = error_set(error, E_NOTHING, "%s: sound; %zu figure%s to look at", settings->store, listing.doubts,
                           listing.doubts > 1 ? "s" : "");
    else if (status == E_OK)
        complain_about(settings->command, "%s: sound%s%s", settings->store, settings->reseal ? "; every page has its checksum anew" : "",
                       figures ? ", no doubtful figures" : "");
    if ((status == E_OK || status == E_NOTHING) && store != NULL && !store_sealed(store))
        complain_about(settings->command, "%s: its pages have no checksums yet: an older zhibiao made it; the next command that writes adds"
                       " them, and so does check --reseal", settings->store);
    /* what was found is kept, also when it is a fault */
    bool found = status == E_STORE && listing.faults > 0;
    int closed = output_close(listing.out, found ? E_OK : status, error);
    store_close(store);
    return found && closed == E_OK ? E_STORE : closed;
}

const struct command command_check = {
    "check", NULL, 0, 0, "say whether the store is sound, and which figures to look at",
    "Faults: damage (of the file), orphan (a row whose document, region, unit or indicator is missing), digest (stored bytes that\n"
    "are not those that were read), row (a span, range or word that cannot be). Doubts: conflict (documents disagree), outlier\n"
    "(ten times the median of the region's other periods, or a tenth; of three periods at least), parent (a part larger than the\n"
    "whole that it belongs to, the same period), share (a percentage of a whole outside 0 to 100).\n"
    "Every page of a store has a checksum. A page that has not its own is not read: the disk damaged it, or another program wrote\n"
    "to the store. Where it was another program, --reseal looks for all other faults and, when there is none, gives every page its\n"
    "checksum anew; what the pages say is trusted then, so do it only when you know who wrote. It needs free disk for two copies of the\n"
    "store: one among the temporary files, one beside it.\n"
    "Exit status: 0 nothing was found, 1 there are doubts only, 3 there are faults or the store cannot be read.",
    options, run,
};
