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

/* Calls visit for each row that is not blank; a non-zero return stops and is handed on. Cells are valid during the call
 * only, but for those of the first row, which stay until table_read returns. E_INPUT with a message for what is no table:
 * empty, binary, wrong quotes, undecodable. *encoding: its static name. path: for messages. */
int table_read(const unsigned char *bytes, size_t size, const char *path, const char *encoding_option,
               const char **encoding, int visit(const struct table_row *row, void *context), void *context,
               struct error *error);

#endif
