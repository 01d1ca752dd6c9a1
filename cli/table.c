/* table.c — reads CSV and TSV with libcsv.
 *
 * The bytes are parsed as they are and each cell is decoded by itself: no byte of a GB18030 or Big5 character after its first
 * is a comma, tab, quote or newline, so cells keep their exact place in the file. The parser is fed byte by byte
 * because it does not say where a cell began. */
#include "cli/table.h"

#include "data/base/utf8.h"

#include <csv.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <uchardet.h>

#define CELLS_MOST 4096
#define DETECT_MOST ((size_t)1 << 20)

struct reader {
    struct arena heading, arena;   /* the first row's cells, and the current row's */
    struct cell *cells;
    size_t cell_count;
    size_t row;                    /* of the row that is being read */
    size_t position, cell_start;   /* in the file */
    bool fired;                    /* the current byte ended a row */
    const char *path;
    iconv_t converter;             /* (iconv_t)-1: UTF-8 */
    int (*visit)(const struct table_row *, void *);
    void *context;
    int status;
    struct error *error;
};

static bool is_utf8(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size;) {
        uint32_t point;
        int length = bytes[i] < 0x80 ? 1 : utf8_decode(bytes + i, size - i, &point);
        if (length < 0)
            return false;
        i += (size_t)length;
    }
    return true;
}

/* Tables are short of the prose that detectors learn from: what is no UTF-8 and not clearly Big5 is GB18030. */
static const char *detect(const unsigned char *bytes, size_t size)
{
    const char *name = "GB18030";
    if (is_utf8(bytes, size))
        return "UTF-8";
    uchardet_t detector = uchardet_new();
    if (detector == NULL)
        return name;
    if (uchardet_handle_data(detector, (const char *)bytes, size < DETECT_MOST ? size : DETECT_MOST) == 0) {
        uchardet_data_end(detector);
        if (strcasecmp(uchardet_get_charset(detector), "BIG5") == 0)
            name = "BIG5";
    }
    uchardet_delete(detector);
    return name;
}

unsigned char table_separator(const unsigned char *bytes, size_t size)
{
    size_t commas = 0, tabs = 0, semicolons = 0;
    for (size_t i = 0; i < size && bytes[i] != '\n' && bytes[i] != '\r'; i++) {
        commas += bytes[i] == ',';
        tabs += bytes[i] == '\t';
        semicolons += bytes[i] == ';';
    }
    if (tabs > commas && tabs >= semicolons)
        return '\t';
    return semicolons > commas ? ';' : ',';
}

/* A cell's text: decoded, with blanks (also the ideographic space) cut off at both ends. NULL: failed. */
static const char *decode(struct reader *reader, const char *bytes, size_t size)
{
    struct arena *arena = reader->row == 1 ? &reader->heading : &reader->arena;
    char *text;
    if (reader->converter == (iconv_t)-1) {
        text = arena_copy(arena, bytes, size);
    } else {
        size_t room = size * 4 + 4;  /* no GB18030 or Big5 byte gives more than three bytes of UTF-8 */
        text = arena_alloc(arena, room);
        if (text != NULL) {
            char *in = (char *)(uintptr_t)bytes, *out = text;
            size_t left = size, free_bytes = room - 1;
            iconv(reader->converter, NULL, NULL, NULL, NULL);
            if (iconv(reader->converter, &in, &left, &out, &free_bytes) == (size_t)-1) {
                reader->status = error_set(reader->error, E_INPUT, "%s: row %zu, column %zu: broken characters; name the right "
                                           "encoding with --encoding", reader->path, reader->row, reader->cell_count + 1);
                return NULL;
            }
            *out = '\0';
        }
    }
    if (text == NULL) {
        reader->status = error_set(reader->error, E_MEMORY, "%s: out of memory", reader->path);
        return NULL;
    }
    for (size_t n; (n = strspn(text, " \t")) > 0 || (strncmp(text, "\u3000", 3) == 0 && (n = 3)); text += n)
        ;
    for (size_t n = strlen(text); n > 0;) {
        if (text[n - 1] == ' ' || text[n - 1] == '\t')
            n--;
        else if (n >= 3 && memcmp(text + n - 3, "\u3000", 3) == 0)
            n -= 3;
        else
            break;
        text[n] = '\0';
    }
    return text + (text[0] == '\'' && formula_like(text));  /* what was put before it, by this program or a spreadsheet */
}

static void on_cell(void *bytes, size_t size, void *context)
{
    struct reader *reader = context;
    if (reader->status != E_OK)
        return;
    if (reader->cell_count == CELLS_MOST) {
        reader->status = error_set(reader->error, E_INPUT, "%s: row %zu has more than %d columns; is it a table?", reader->path,
                                   reader->row, CELLS_MOST);
        return;
    }
    const char *text = decode(reader, bytes != NULL ? bytes : "", bytes != NULL ? size : 0);
    if (text == NULL)
        return;
    reader->cells[reader->cell_count++] = (struct cell){text, reader->cell_start, reader->position};
    reader->cell_start = reader->position + 1;
}

static void on_row(int end, void *context)
{
    (void)end;
    struct reader *reader = context;
    reader->fired = true;
    bool blank = true;
    for (size_t i = 0; i < reader->cell_count && blank; i++)
        blank = reader->cells[i].text[0] == '\0';
    if (reader->status == E_OK && !blank) {
        const struct table_row row = {reader->row, reader->cell_count, reader->cells};
        reader->status = reader->visit(&row, reader->context);
    }
    reader->cell_count = 0;
    reader->cell_start = reader->position + 1;
    reader->row++;
    arena_reset(&reader->arena);
}

static int parse(struct reader *reader, struct csv_parser *parser, const unsigned char *bytes, size_t size, size_t first)
{
    bool quoted = false, return_ended = false;
    reader->cell_start = first;
    for (reader->position = first; reader->position < size && reader->status == E_OK; reader->position++) {
        unsigned char c = bytes[reader->position];
        reader->fired = false;
        if (csv_parse(parser, &bytes[reader->position], 1, on_cell, on_row, reader) != 1)
            return error_set(reader->error, E_INPUT, "%s: row %zu: %s; check the quotes", reader->path, reader->row,
                             csv_error(parser) == CSV_EPARSE ? "a quote in the middle of a cell" : csv_strerror(csv_error(parser)));
        if (c == '"')
            quoted = !quoted;
        /* the parser passes blank lines over in silence, but a spreadsheet counts them */
        if (c == '\n' && !reader->fired && !quoted && !return_ended)
            reader->row++;
        if (c == '\n' || c == '\r')
            reader->cell_start = quoted ? reader->cell_start : reader->position + 1;
        return_ended = c == '\r' && reader->fired;
    }
    if (reader->status == E_OK && csv_fini(parser, on_cell, on_row, reader) != 0)
        return error_set(reader->error, E_INPUT, "%s: row %zu: a quote is opened and never closed", reader->path, reader->row);
    return reader->status;
}

int table_read(const unsigned char *bytes, size_t size, const char *path, const struct table_format *format,
               const char **encoding, int visit(const struct table_row *row, void *context), void *context,
               struct error *error)
{
    struct reader reader = {.row = 1, .path = path, .converter = (iconv_t)-1, .visit = visit, .context = context, .error = error};
    struct csv_parser parser;
    bool parsing = false;
    size_t first = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    int status = E_OK;
    if (size == first)
        return error_set(error, E_INPUT, "%s: the file is empty; give a table with a heading", path);
    if (size >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0))
        return error_set(error, E_INPUT, "%s: a table in UTF-16; save it as UTF-8", path);
    if (size >= 4 && memcmp(bytes, "PK\x03\x04", 4) == 0)
        return error_set(error, E_INPUT, "%s: a spreadsheet, not a CSV file; save it as CSV (UTF-8)", path);
    if (memchr(bytes, '\0', size) != NULL)
        return error_set(error, E_INPUT, "%s: a binary file (it holds NUL bytes); give a CSV file", path);
    *encoding = format->encoding != NULL ? format->encoding : detect(bytes, size);
    if (strcasecmp(*encoding, "UTF-8") == 0) {
        if (!is_utf8(bytes, size))
            return error_set(error, E_INPUT, "%s: not valid UTF-8; name the right encoding with --encoding", path);
    } else if ((reader.converter = iconv_open("UTF-8", *encoding)) == (iconv_t)-1) {
        return error_set(error, E_USAGE, "--encoding: unknown encoding '%s'; try UTF-8, GB18030 or BIG5", *encoding);
    }
    reader.cells = calloc(CELLS_MOST, sizeof *reader.cells);
    parsing = reader.cells != NULL && csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) == 0;
    if (!parsing) {
        status = error_set(error, E_MEMORY, "%s: out of memory", path);
        goto done;
    }
    csv_set_delim(&parser, format->delimiter != '\0' ? (unsigned char)format->delimiter : table_separator(bytes + first, size - first));
    status = parse(&reader, &parser, bytes, size, first);
done:
    if (parsing)
        csv_free(&parser);
    if (reader.converter != (iconv_t)-1)
        iconv_close(reader.converter);
    free(reader.cells);
    arena_free(&reader.heading);
    arena_free(&reader.arena);
    return status;
}
