/* sources.c — prints the figures behind a result: value, unit, observation, document, bytes and quote. */
#include "cli/sources.h"

static const struct column columns[] = {
    {"of", COLUMN_TEXT, 0},     {"role", COLUMN_TEXT, 0},                {"region", COLUMN_TEXT, 0},
    {"indicator", COLUMN_TEXT, COLUMN_DETAIL},
    {"item", COLUMN_TEXT, 0},   {"period", COLUMN_TEXT, 0},              {"status", COLUMN_TEXT, 0},
    {"value", COLUMN_VALUE, 0}, {"low", COLUMN_NUMBER, COLUMN_DETAIL},   {"high", COLUMN_NUMBER, COLUMN_DETAIL},
    {"unit", COLUMN_TEXT, 0},   {"observation", COLUMN_INTEGER, 0},      {"document", COLUMN_TEXT, 0},
    {"start", COLUMN_INTEGER, 0}, {"end", COLUMN_INTEGER, COLUMN_DETAIL}, {"quote", COLUMN_TEXT, 0},
};

int sources_open(struct output **out, const struct settings *settings, struct error *error)
{
    return output_open(out, settings, FORMAT_table, columns, sizeof columns / sizeof *columns, error);
}

int sources_write(struct output *out, const struct series *series, const struct reading *r, const char *of, const char *role,
                  struct error *error)
{
    char unit[128];
    int status = E_OK;
    for (size_t i = 0; i < r->parts && status == E_OK; i++) {
        const struct reading_source *source = &r->sources[i];
        output_text(out, of);
        output_text(out, role);
        output_text(out, r->region_path != NULL ? r->region_path : r->region_name);
        output_text(out, series->label);
        output_text(out, r->group != NULL ? r->group : r->item);
        output_text(out, r->period);
        output_text(out, status_name(r->status));
        output_value(out, r->value, r->about);
        output_number(out, r->value.low);
        output_number(out, r->value.high);
        output_text(out, series_unit(series, unit));
        if (source->id > 0)
            output_integer(out, source->id);
        else
            output_missing(out);
        output_text(out, source->document);
        output_integer(out, (int64_t)source->start);
        output_integer(out, (int64_t)source->end);
        output_text(out, source->quote);
        status = output_row(out, error);
    }
    return status;
}
