/* pairwise.c — reads a square matrix of comparisons, each entry a number or a fraction, as people write them down: 1/3. */
#include "cli/pairwise.h"

#include "data/base/number.h"

#include <string.h>

static bool read_entry(const char *text, size_t size, double *value)
{
    const char *slash = memchr(text, '/', size);
    double above, below = 1;
    size_t first = slash != NULL ? (size_t)(slash - text) : size;
    if (number_parse(text, first, &above) != 0)
        return false;
    if (slash != NULL && (number_parse(slash + 1, size - first - 1, &below) != 0 || !(below > 0)))
        return false;
    *value = above / below;
    return true;
}

static int read_row(const char *line, size_t size, const char *path, size_t number, size_t row, size_t k, double *matrix,
                    struct error *error)
{
    size_t column = 0;
    for (size_t at = 0; at < size;) {
        size_t start;
        while (at < size && strchr(", \t\r;", line[at]) != NULL)
            at++;
        start = at;
        while (at < size && strchr(", \t\r;", line[at]) == NULL)
            at++;
        if (at == start)
            break;
        if (column == k)
            return error_set(error, E_INPUT, "%s: line %zu: more than %zu entries; there are %zu indicators", path, number, k, k);
        if (!read_entry(line + start, at - start, &matrix[row * k + column]))
            return error_set(error, E_INPUT, "%s: line %zu, entry %zu: '%.*s' is no comparison; write 3, 0.5 or 1/3", path, number,
                             column + 1, (int)(at - start > 40 ? 40 : at - start), line + start);
        column++;
    }
    if (column < k)
        return error_set(error, E_INPUT, "%s: line %zu: %zu entries; there are %zu indicators", path, number, column, k);
    return E_OK;
}

int pairwise_read(const char *path, size_t k, double *matrix, struct error *error)
{
    struct input input;
    size_t row = 0, number = 0;
    int status = input_open(&input, path, error);
    if (status != E_OK)
        return status;
    const char *text = (const char *)input.bytes;
    for (size_t at = 0; at < input.size && status == E_OK;) {
        const char *end = memchr(text + at, '\n', input.size - at);
        size_t size = end != NULL ? (size_t)(end - text) - at : input.size - at;
        const char *line = text + at;
        size_t blank = 0;
        number++;
        at += size + 1;
        while (blank < size && strchr(" \t\r", line[blank]) != NULL)
            blank++;
        if (blank == size || line[blank] == '#')
            continue;
        if (row == k)
            status = error_set(error, E_INPUT, "%s: line %zu: more than %zu rows; there are %zu indicators", path, number, k, k);
        else
            status = read_row(line, size, path, number, row, k, matrix, error);
        row++;
    }
    if (status == E_OK && row < k)
        status = error_set(error, E_INPUT, "%s: %zu rows; there are %zu indicators", path, row, k);
    input_close(&input);
    return status;
}
