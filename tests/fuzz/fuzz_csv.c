/* fuzz_csv.c — any bytes as a table: cells that are valid UTF-8, in their order, inside the file. */
#include "cli/table.h"
#include "tests/fuzz/fuzz.h"

struct seen {
    size_t size, row, end;
};

static int visit(const struct table_row *row, void *context)
{
    struct seen *seen = context;
    struct arena arena = {0};
    MUST(row->number > seen->row);
    seen->row = row->number;
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct cell *cell = &row->cells[i];
        struct cell_figure figure;
        MUST(cell->start <= cell->end && cell->end <= seen->size && cell->start >= seen->end);
        seen->end = cell->end;
        must_be_utf8(cell->text);
        if (!cell_is_missing(cell->text))
            (void)cell_read(cell->text, &figure, &arena);
    }
    arena_free(&arena);
    return E_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const encodings[] = {NULL, NULL, "UTF-8", "GB18030", "BIG5", "UTF-16LE", "ISO-8859-1", "none"};
    struct error error = {0};
    if (size < 1 || reference_open(&error) != E_OK)
        return 0;
    const struct table_format format = {encodings[data[0] % 8], (data[0] & 8) ? ';' : '\0'};
    const char *encoding;
    struct seen seen = {.size = size - 1};
    if (table_read(data + 1, size - 1, "fuzz.csv", &format, &encoding, visit, &seen, &error) != E_OK) {
        MUST(error.text[0] != '\0');
        must_be_utf8(error.text);
    }
    return 0;
}
