/* output.c — cells in, a table, CSV, TSV, JSON, JSON Lines or Markdown out.
 *
 * CSV follows RFC 4180 but for the line ending, which is a plain newline. A text cell of CSV or TSV that a spreadsheet
 * would take for a formula (it starts with = + - @, a tab or a carriage return) gets a leading apostrophe; numbers are
 * left alone. No format passes control characters on: JSON escapes them, the others replace them. */
#include "cli/output.h"

#include "cli/grid.h"
#include "data/base/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct output {
    struct destination destination;
    enum output_format format;
    const struct column *columns;
    size_t column_count;
    size_t column;            /* of the next cell */
    size_t rows;
    struct buffer row;        /* the row's text; for a table, its cells, each NUL-terminated */
    struct grid grid;
};

static const char *const format_names[] = {
#define X(name) #name,
    OUTPUT_FORMATS(X)
#undef X
};

int output_format_of(const struct settings *settings, enum output_format usual, enum output_format *format,
                     struct error *error)
{
    *format = usual;
    if (settings->format == NULL)
        return E_OK;
    struct nearest nearest;
    nearest_start(&nearest, settings->format);
    for (int i = 0; i < FORMAT_COUNT; i++) {
        if (strcmp(settings->format, format_names[i]) == 0) {
            *format = (enum output_format)i;
            return E_OK;
        }
        nearest_consider(&nearest, format_names[i]);
    }
    char hint[320];
    return error_set(error, E_USAGE, "unknown format '%s'%s; write table, csv, tsv, json, jsonl or markdown", settings->format,
                     nearest_hint(&nearest, hint));
}

static bool for_people(const struct output *output)
{
    return output->format == FORMAT_table || output->format == FORMAT_markdown;
}

static bool shown(const struct output *output, size_t column)
{
    return !(for_people(output) && (output->columns[column].flags & COLUMN_DETAIL));
}

static bool right_aligned(const struct column *column)
{
    return column->type != COLUMN_TEXT;
}

/* A column's key as a heading: spaces for underscores. */
static void add_heading(struct buffer *buffer, const struct column *column)
{
    for (const char *c = column->key; *c != '\0'; c++)
        buffer_char(buffer, *c == '_' ? ' ' : *c);
}

static int table_begin(struct output *output)
{
    int status = E_OK;
    for (size_t i = 0; i < output->column_count && status == E_OK; i++) {
        if (!shown(output, i))
            continue;
        add_heading(&output->row, &output->columns[i]);
        buffer_add(&output->row, "", 1);
        status = grid_column(&output->grid, right_aligned(&output->columns[i]), output->columns[i].flags & COLUMN_LONG);
    }
    if (status == E_OK && !output->row.failed)
        status = grid_cells(&output->grid, output->row.bytes, output->row.size);
    if (output->row.failed)
        status = E_MEMORY;
    buffer_clear(&output->row);
    return status;
}

static void write_headings(struct output *output)
{
    struct buffer *row = &output->row;
    for (size_t i = 0; i < output->column_count; i++) {
        if (!shown(output, i))
            continue;
        if (output->format == FORMAT_markdown) {
            buffer_text(row, "| ");
            add_heading(row, &output->columns[i]);
            buffer_char(row, ' ');
        } else {
            if (i > 0)
                buffer_char(row, output->format == FORMAT_csv ? ',' : '\t');
            buffer_text(row, output->columns[i].key);
        }
    }
    if (output->format == FORMAT_markdown) {
        buffer_text(row, "|\n");
        for (size_t i = 0; i < output->column_count; i++)
            if (shown(output, i))
                buffer_text(row, right_aligned(&output->columns[i]) ? "| ---: " : "| --- ");
        buffer_char(row, '|');
    }
    buffer_char(row, '\n');
}

int output_open(struct output **result, const struct settings *settings, enum output_format usual,
                const struct column *columns, size_t column_count, struct error *error)
{
    int status;
    struct output *output = calloc(1, sizeof *output);
    *result = NULL;
    if (output == NULL)
        return error_set(error, E_MEMORY, "out of memory");
    output->columns = columns;
    output->column_count = column_count;
    status = output_format_of(settings, usual, &output->format, error);
    if (status == E_OK)
        status = destination_open(&output->destination, settings->output, error);
    if (status == E_OK && output->format == FORMAT_table && table_begin(output) != E_OK)
        status = error_set(error, E_MEMORY, "out of memory");
    if (status != E_OK) {
        if (output->destination.file != NULL)
            destination_close(&output->destination, false, NULL);
        grid_free(&output->grid);
        buffer_free(&output->row);
        free(output);
        return status;
    }
    if (output->format == FORMAT_csv || output->format == FORMAT_tsv || output->format == FORMAT_markdown)
        write_headings(output);
    *result = output;
    return E_OK;
}

/* ---- cells ---- */

static void csv_cell(struct buffer *row, const char *text)
{
    struct buffer cell = {0};
    if (formula_like(text))
        buffer_char(&cell, '\'');
    /* line breaks stay: CSV can hold them */
    for (const char *line = text; line != NULL;) {
        const char *end = strchr(line, '\n');
        if (end == NULL) {
            buffer_clean(&cell, line);
            break;
        }
        struct buffer part = {0};
        buffer_add(&part, line, (size_t)(end - line));
        if (part.bytes != NULL)
            buffer_clean(&cell, part.bytes);
        cell.failed |= part.failed;
        buffer_free(&part);
        buffer_char(&cell, '\n');
        line = end + 1;
    }
    if (cell.bytes == NULL || cell.bytes[strcspn(cell.bytes, ",\"\n")] == '\0') {
        buffer_add(row, cell.bytes, cell.size);
    } else {
        buffer_char(row, '"');
        for (size_t i = 0; i < cell.size; i++) {
            if (cell.bytes[i] == '"')
                buffer_char(row, '"');
            buffer_char(row, cell.bytes[i]);
        }
        buffer_char(row, '"');
    }
    row->failed |= cell.failed;
    buffer_free(&cell);
}

static void markdown_cell(struct buffer *row, const char *text)
{
    struct buffer cell = {0};
    buffer_clean(&cell, text);
    buffer_text(row, "| ");
    for (size_t i = 0; i < cell.size; i++) {
        if (cell.bytes[i] == '|' || cell.bytes[i] == '\\')
            buffer_char(row, '\\');
        if (cell.bytes[i] == '<')
            buffer_text(row, "&lt;");
        else
            buffer_char(row, cell.bytes[i]);
    }
    buffer_char(row, ' ');
    row->failed |= cell.failed;
    buffer_free(&cell);
}

/* One cell: text is NULL where it is missing; literal: a number, true in every format as it stands. */
static void cell(struct output *output, const char *text, bool literal)
{
    size_t column = output->column++;
    struct buffer *row = &output->row;
    if (!shown(output, column))
        return;
    switch (output->format) {
    case FORMAT_table:
        buffer_clean(row, text);
        buffer_add(row, "", 1);
        break;
    case FORMAT_markdown:
        markdown_cell(row, text != NULL ? text : "");
        break;
    case FORMAT_csv:
    case FORMAT_tsv:
        if (column > 0)
            buffer_char(row, output->format == FORMAT_csv ? ',' : '\t');
        if (text == NULL)
            break;
        if (literal) {
            buffer_text(row, text);
        } else if (output->format == FORMAT_csv) {
            csv_cell(row, text);
        } else {
            if (formula_like(text))
                buffer_char(row, '\'');
            buffer_clean(row, text);
        }
        break;
    case FORMAT_json:
    case FORMAT_jsonl:
        buffer_char(row, column == 0 ? '{' : ',');
        buffer_json(row, output->columns[column].key);
        buffer_char(row, ':');
        if (literal && text != NULL)
            buffer_text(row, text);
        else
            buffer_json(row, text);
        break;
    case FORMAT_COUNT:
        break;
    }
}

void output_text(struct output *output, const char *text)
{
    cell(output, text, false);
}

void output_missing(struct output *output)
{
    cell(output, NULL, true);
}

void output_integer(struct output *output, int64_t value)
{
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)value);
    cell(output, text, true);
}

double value_rounded(double value)
{
    char text[64];
    double rounded;
    if (!isfinite(value))
        return value;
    int n = snprintf(text, sizeof text, "%.15g", value);
    return n > 0 && number_parse(text, (size_t)n, &rounded) == 0 ? rounded : value;
}

static double short_figure(double value)
{
    char text[NUMBER_TEXT];
    double rounded;
    if (!(fabs(value) < 1e13) || value == floor(value))
        return value_rounded(value);
    int n = snprintf(text, sizeof text, fabs(value) >= 1e4 ? "%.2f" : "%.6g", value);
    return n > 0 && number_parse(text, (size_t)n, &rounded) == 0 ? rounded : value;
}

void output_number(struct output *output, double value)
{
    char text[NUMBER_TEXT];
    if (!isfinite(value))
        cell(output, NULL, true);
    else if (for_people(output) && output->columns[output->column].type == COLUMN_RATIO && fabs(value) < 1e15)
        snprintf(text, sizeof text, "%.4f", value), cell(output, text, true);
    else if (for_people(output) && output->columns[output->column].type == COLUMN_FIGURE)
        cell(output, number_format(short_figure(value), text), true);
    else
        cell(output, number_format(for_people(output) ? value_rounded(value) : value, text), true);
}

/* "近120万元": at most that, and at least nothing. */
static bool only_above_known(struct interval value)
{
    return isinf(value.low) || (value.low == 0 && value.value == value.high);
}

const char *value_bound(struct interval value, bool about)
{
    if (isnan(value.value))
        return NULL;
    if (value.low == value.high)
        return about ? "about" : "exact";
    if (isinf(value.high))
        return isinf(value.low) ? "about" : "above";
    return only_above_known(value) ? "below" : "range";
}

void value_text(struct interval value, bool about, struct buffer *out)
{
    char text[NUMBER_TEXT];
    if (isnan(value.value))
        return;
    if (value.low == value.high || (isinf(value.low) && isinf(value.high))) {
        if (about || value.low != value.high)
            buffer_text(out, "≈");
        buffer_text(out, number_format(value_rounded(value.value), text));
    } else if (isinf(value.high)) {
        buffer_text(out, "≥");
        buffer_text(out, number_format(value_rounded(value.low), text));
    } else if (only_above_known(value)) {
        buffer_text(out, "≤");
        buffer_text(out, number_format(value_rounded(value.high), text));
    } else {
        buffer_text(out, number_format(value_rounded(value.low), text));
        buffer_text(out, "–");
        buffer_text(out, number_format(value_rounded(value.high), text));
    }
}

void output_value(struct output *output, struct interval value, bool about)
{
    if (!for_people(output)) {
        output_number(output, value.value);
        return;
    }
    struct buffer text = {0};
    if (output->columns[output->column].type == COLUMN_FIGURE && !isnan(value.value))
        value = (struct interval){short_figure(value.value), short_figure(value.low), short_figure(value.high)};
    value_text(value, about, &text);
    cell(output, text.bytes, true);
    output->row.failed |= text.failed;
    buffer_free(&text);
}

/* ---- rows ---- */

static int write_row(struct output *output, struct error *error)
{
    if (output->row.failed)
        return error_set(error, E_MEMORY, "out of memory");
    if (output->row.size > 0 && fwrite(output->row.bytes, 1, output->row.size, output->destination.file) != output->row.size)
        return error_set(error, E_OUTPUT, "the output cannot be written; is the disk full?");
    buffer_clear(&output->row);
    return E_OK;
}

int output_row(struct output *output, struct error *error)
{
    output->column = 0;
    output->rows++;
    switch (output->format) {
    case FORMAT_table:
        if (output->row.failed || grid_cells(&output->grid, output->row.bytes, output->row.size) != E_OK)
            return error_set(error, E_MEMORY, "out of memory");
        buffer_clear(&output->row);
        return E_OK;
    case FORMAT_json:
    case FORMAT_jsonl:
        buffer_char(&output->row, '}');
        if (output->format == FORMAT_json && fputs(output->rows == 1 ? "[\n" : ",\n", output->destination.file) == EOF)
            return error_set(error, E_OUTPUT, "the output cannot be written; is the disk full?");
        if (output->format == FORMAT_jsonl)
            buffer_char(&output->row, '\n');
        return write_row(output, error);
    case FORMAT_markdown:
        buffer_text(&output->row, "|\n");
        return write_row(output, error);
    default:
        buffer_char(&output->row, '\n');
        return write_row(output, error);
    }
}

int output_close(struct output *output, int status, struct error *error)
{
    if (output == NULL)
        return status;
    bool keep = status == E_OK || status == E_NOTHING || status == E_INPUT;
    if (keep) {
        int written = E_OK;
        /* headings that no row followed are still to be written; a table without rows is nothing */
        if (output->rows == 0 && output->format != FORMAT_table && output->format != FORMAT_markdown)
            written = write_row(output, error);
        if (output->format == FORMAT_json)
            fputs(output->rows == 0 ? "[]\n" : "\n]\n", output->destination.file);
        if (output->format == FORMAT_table && output->rows > 0) {
            /* only a terminal has a width that long cells must be cut to */
            bool terminal = output->destination.file == stdout && isatty(STDOUT_FILENO);
            written = grid_print(&output->grid, terminal ? (size_t)terminal_width() : 0, output->destination.file);
            if (written != E_OK)
                error_set(error, (enum error_code)written, "the table cannot be written: %s", error_text((enum error_code)written));
        }
        if (written != E_OK)
            status = written;
    }
    struct error closing;
    int closed = destination_close(&output->destination, keep, &closing);
    if (closed != E_OK && keep) {
        if (error != NULL)
            *error = closing;
        status = closed;
    }
    grid_free(&output->grid);
    buffer_free(&output->row);
    free(output);
    return status;
}
