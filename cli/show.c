/* show.c — the command that lists observations with what they were read from. */
#include "cli/observation.h"

static const struct option options[] = {
    STORE_OPTION, FILTER_OPTIONS, OUTPUT_OPTIONS, HELP_OPTION, OPTIONS_END,
};

static const struct column columns[] = {
    {"id", COLUMN_INTEGER, COLUMN_DETAIL},      {"region", COLUMN_TEXT, 0},
    {"region_code", COLUMN_TEXT, COLUMN_DETAIL}, {"region_level", COLUMN_TEXT, COLUMN_DETAIL},
    {"indicator", COLUMN_TEXT, 0},              {"indicator_id", COLUMN_TEXT, COLUMN_DETAIL},
    {"indicator_name", COLUMN_TEXT, COLUMN_DETAIL}, {"item", COLUMN_TEXT, 0},
    {"period", COLUMN_TEXT, 0},                 {"value", COLUMN_VALUE, 0},
    {"low", COLUMN_NUMBER, COLUMN_DETAIL},      {"high", COLUMN_NUMBER, COLUMN_DETAIL},
    {"bound", COLUMN_TEXT, COLUMN_DETAIL},      {"unit", COLUMN_TEXT, 0},
    {"per", COLUMN_TEXT, 0},                    {"kind", COLUMN_TEXT, 0},
    {"status", COLUMN_TEXT, 0},                 {"confidence", COLUMN_NUMBER, 0},
    {"document", COLUMN_TEXT, COLUMN_LONG},     {"document_title", COLUMN_TEXT, COLUMN_DETAIL},
    {"published", COLUMN_TEXT, COLUMN_DETAIL},  {"start", COLUMN_INTEGER, COLUMN_DETAIL},
    {"end", COLUMN_INTEGER, COLUMN_DETAIL},     {"quote", COLUMN_TEXT, COLUMN_LONG},
    {"evidence", COLUMN_TEXT, COLUMN_DETAIL},
};

struct listing {
    struct output *out;
    size_t count;
    const char *unit;  /* --unit as typed: its denominator is checked here */
    struct error *error;
};

static int list_row(const struct stored_observation *row, void *context)
{
    struct listing *listing = context;
    struct output *out = listing->out;
    const struct observation *o = &row->observation;
    if (!unit_matches(listing->unit, o))
        return 0;
    listing->count++;
    output_integer(out, row->id);
    output_text(out, o->region_path);
    output_text(out, o->region_code);
    output_text(out, level_name(row->region_level));
    output_text(out, o->indicator);
    output_text(out, o->indicator_id);
    output_text(out, row->label);
    observation_columns(out, o);
    output_text(out, o->source);
    output_text(out, row->document_title);
    output_text(out, row->document_published);
    output_integer(out, (int64_t)o->start);
    output_integer(out, (int64_t)o->end);
    output_text(out, o->quote);
    output_text(out, o->evidence);
    return output_row(out, listing->error);
}

static int run(const struct settings *settings, struct error *error)
{
    struct scope scope;
    struct store *store = NULL;
    struct listing listing = {.unit = settings->unit, .error = error};
    int status;
    if ((status = scope_of(settings, &scope, error)) != E_OK ||
        (status = store_open(&store, settings->store, STORE_READ, error)) != E_OK)
        goto done;
    if ((status = output_open(&listing.out, settings, FORMAT_table, columns, sizeof columns / sizeof *columns, error)) != E_OK)
        goto done;
    status = store_query(store, &scope.filter, list_row, &listing, error);
    if (status == E_OK && listing.count == 0)
        status = nothing_found(store, settings, error);
    status = output_close(listing.out, status, error);
done:
    store_close(store);
    return status;
}

const struct command command_show = {
    "show", NULL, 0, 0, "list observations with what they were read from",
    "Each row is one statement of one document; table and markdown leave the evidence and other columns out, which the\n"
    "other formats have.",
    options, run,
};
