/* table.h — a CSV or TSV file as rows of UTF-8 cells that know their bytes in the file. */
#ifndef ZHIBIAO_CLI_TABLE_H
#define ZHIBIAO_CLI_TABLE_H

#include "cli/cli.h"

struct cell {
    const char *text;     /* UTF-8, blanks around it removed; never NULL */
    size_t start, end;    /* bytes in the file as it was read, end excluded */
};
struct table_row {
    size_t number;        /* as a spreadsheet counts: the heading is row 1 */
    size_t cell_count;
    const struct cell *cells;
};

struct table_format {
    const char *encoding;   /* NULL: detected */
    char delimiter;         /* '\0': the one that the heading has most of */
};
/* Calls visit for each row that is not blank; a non-zero return stops and is handed on. Cells are valid during the call
 * only, but for those of the first row, which stay until table_read returns. E_INPUT with a message for what is no table:
 * empty, binary, wrong quotes, undecodable. *encoding: its static name. path: for messages. */
int table_read(const unsigned char *bytes, size_t size, const char *path, const struct table_format *format,
               const char **encoding, int visit(const struct table_row *row, void *context), void *context,
               struct error *error);

/* The separator that a table's first line has most of: ',', ';' or a tab. */
unsigned char table_separator(const unsigned char *bytes, size_t size);

/* ---- cells.c: what a cell says, for import and for --from ---- */

/* Whether a cell says that there is no figure: empty, -, …, NA, NaN, null, 缺, 空, 无 … */
bool cell_is_missing(const char *text);

struct cell_figure {
    double value, low, high;   /* low, high: NaN unless bound is range */
    int bound;                 /* enum bound */
    const char *unit;          /* canonical unit in the cell itself ("3万元": 元), static; NULL: none */
    const char *text;          /* the value as a plain ASCII decimal, in the arena */
};
/* Reads "1,234.5", "-1.5e-3", "１２", "3.5万", "600余", "3-5万元", "12.5%". NULL: read; else why not, static, such as "is not a
 * number". E_MEMORY is told by figure->text == NULL with a NULL result. */
const char *cell_read(const char *text, struct cell_figure *figure, struct arena *arena);
/* The same of a cell in a column of `measure` ("万元", "": none): the scale is multiplied out exactly, and figure->unit is the
 * cell's own unit or the measure's; NULL where the measure is no unit. */
const char *cell_read_measure(const char *text, const char *measure, struct cell_figure *figure, struct arena *arena);

/* '\t' for "\\t", "tab" or "\t", else the one character; '\0' for NULL. E_USAGE for anything longer, quotes and digits. */
int delimiter_option(const struct settings *settings, char *delimiter, struct error *error);

#endif
