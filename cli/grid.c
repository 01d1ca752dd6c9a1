/* grid.c — see grid.h. All cells are kept, because the last one may be the widest. */
#include "cli/grid.h"

#include "data/base/error.h"
#include "data/base/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define SHRINK_TO 8   /* columns of the terminal: a cell is not cut shorter */

int grid_column(struct grid *grid, bool right, bool may_shrink)
{
    struct grid_column *columns = reallocarray(grid->columns, grid->column_count + 1, sizeof *columns);
    if (columns == NULL)
        return E_MEMORY;
    columns[grid->column_count++] = (struct grid_column){right, may_shrink};
    grid->columns = columns;
    return E_OK;
}

int grid_cells(struct grid *grid, const char *cells, size_t size)
{
    buffer_add(&grid->cells, cells, size);
    return grid->cells.failed ? E_MEMORY : E_OK;
}

/* The width of a text and, when that is more than `most`, in *fits the bytes of it that leave room for "…". */
static size_t text_width(const char *text, size_t size, size_t most, size_t *fits)
{
    size_t width = 0, i = 0;
    bool fitting = true;
    *fits = 0;
    while (i < size) {
        uint32_t point;
        int length = utf8_decode((const unsigned char *)text + i, size - i, &point);
        width += (size_t)utf8_width(point);
        fitting = fitting && width + 1 <= most;
        i += (size_t)(length < 0 ? -length : length);
        if (fitting)
            *fits = i;
    }
    return width;
}

/* Takes from the widest column that may shrink, until all fit. */
static void shrink(const struct grid *grid, size_t *widths, size_t most)
{
    size_t all = grid->column_count - 1;
    for (size_t i = 0; i < grid->column_count; i++)
        all += widths[i];
    for (; all > most; all--) {
        size_t widest = SIZE_MAX;
        for (size_t i = 0; i < grid->column_count; i++)
            if (grid->columns[i].may_shrink && widths[i] > SHRINK_TO && (widest == SIZE_MAX || widths[i] > widths[widest]))
                widest = i;
        if (widest == SIZE_MAX)
            return;
        widths[widest]--;
    }
}

static void add_cell(struct buffer *line, const char *text, size_t size, size_t width, bool right, bool last)
{
    size_t fits, wide = text_width(text, size, width, &fits);
    bool cut = wide > width;
    if (cut)
        wide = text_width(text, fits, SIZE_MAX, &(size_t){0}) + 1;
    size_t blanks = width > wide ? width - wide : 0;
    for (size_t i = 0; right && i < blanks; i++)
        buffer_char(line, ' ');
    buffer_add(line, text, cut ? fits : size);
    if (cut)
        buffer_text(line, "…");
    for (size_t i = 0; !right && i < blanks; i++)
        buffer_char(line, ' ');
    buffer_char(line, ' ');
    if (last) {
        /* no blanks at the end of a line */
        while (line->size > 0 && line->bytes[line->size - 1] == ' ')
            line->size--;
        buffer_char(line, '\n');
    }
}

int grid_print(const struct grid *grid, size_t width, FILE *file)
{
    struct buffer line = {0};
    int status = E_OK;
    const char *end = grid->cells.bytes + grid->cells.size;
    size_t *widths = calloc(grid->column_count + 1, sizeof *widths), column = 0, unused;
    if (widths == NULL)
        return E_MEMORY;
    for (const char *text = grid->cells.bytes; text < end; column = (column + 1) % grid->column_count) {
        size_t size = strlen(text), wide = text_width(text, size, SIZE_MAX, &unused);
        widths[column] = wide > widths[column] ? wide : widths[column];
        text += size + 1;
    }
    if (width > 0)
        shrink(grid, widths, width);
    for (const char *text = grid->cells.bytes; text < end && status == E_OK;) {
        buffer_clear(&line);
        for (size_t i = 0; i < grid->column_count && text < end; i++) {
            size_t size = strlen(text);
            add_cell(&line, text, size, widths[i], grid->columns[i].right, i + 1 == grid->column_count);
            text += size + 1;
        }
        if (line.failed)
            status = E_MEMORY;
        else if (fwrite(line.bytes, 1, line.size, file) != line.size)
            status = E_OUTPUT;
    }
    buffer_free(&line);
    free(widths);
    return status;
}

void grid_free(struct grid *grid)
{
    free(grid->columns);
    buffer_free(&grid->cells);
    *grid = (struct grid){0};
}
