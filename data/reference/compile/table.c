/* table.c — reads the tables: files of tab-separated lines, checked line by line, hashed as they are read. */
#include "data/reference/compile/compile.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_LIMIT ((size_t)256 << 20)  /* a table larger than this is a mistake */

static void hash_add(struct compile *compile, const void *bytes, size_t size)
{
    const unsigned __int128 prime = (unsigned __int128)1 << 88 | 0x13B;  /* of FNV-1a 128 */
    for (size_t i = 0; i < size; i++)
        compile->hash = (compile->hash ^ ((const unsigned char *)bytes)[i]) * prime;
}

int file_read(struct compile *compile, const char *name, bool optional, char **bytes, size_t *size)
{
    char path[512], command[640];
    struct buffer content = {0};
    FILE *file = NULL;
    size_t ending = strlen(name);
    bool packed = ending > 3 && strcmp(name + ending - 3, ".xz") == 0;
    int code = E_OK;

    snprintf(path, sizeof path, "%s/%s", compile->folder, name);
    file = fopen(path, "rb");
    if (file == NULL && !(optional && errno == ENOENT)) {
        code = error_set(&compile->error, E_INPUT, "%s: %s", path, strerror(errno));
        goto done;
    }
    if (file != NULL && packed) {
        fclose(file);
        if (strchr(path, '\'') != NULL) {
            file = NULL;
            code = error_set(&compile->error, E_INPUT, "%s: a path with ' in it cannot be handed to xz", path);
            goto done;
        }
        snprintf(command, sizeof command, "xz -dc -- '%s'", path);
        file = popen(command, "r");
        if (file == NULL) {
            code = error_set(&compile->error, E_INPUT, "%s: cannot start xz: %s", path, strerror(errno));
            goto done;
        }
    }
    if (file != NULL) {
        char chunk[65536];
        size_t n;
        while ((n = fread(chunk, 1, sizeof chunk, file)) > 0 && content.size < FILE_LIMIT)
            buffer_add(&content, chunk, n);
        if (ferror(file) || content.size >= FILE_LIMIT)
            code = error_set(&compile->error, E_INPUT, "%s: cannot be read, or is too large", path);
    }
    buffer_add(&content, "", 0);
    if (content.failed)
        code = memory_failed(compile);
    else if (code == E_OK && memchr(content.bytes, '\0', content.size) != NULL)
        code = error_set(&compile->error, E_INPUT, "%s: holds a NUL byte: is it a text file?", path);
    hash_add(compile, name, strlen(name) + 1);
    if (code == E_OK)
        hash_add(compile, content.bytes, content.size);
done:
    if (file != NULL && (packed ? pclose(file) : fclose(file)) != 0 && code == E_OK)
        code = error_set(&compile->error, E_INPUT, "%s: xz cannot unpack it (is xz-utils installed?)", path);
    if (code != E_OK) {
        buffer_free(&content);
        return code;
    }
    *bytes = content.bytes;
    *size = content.size;
    return E_OK;
}

int table_error(struct table *table, const char *format, ...)
{
    char text[400];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return error_set(&table->compile->error, E_INPUT, "%s:%zu: %s", table->path, table->line, text);
}

int table_open(struct table *table, struct compile *compile, const char *name, size_t columns, const char *header,
               bool optional)
{
    size_t size;
    *table = (struct table){.compile = compile, .column_count = columns};
    snprintf(table->path, sizeof table->path, "%s/%s", compile->folder, name);
    int code = file_read(compile, name, optional, &table->bytes, &size);
    if (code != E_OK)
        return code;
    table->next = table->bytes;
    if (header != NULL && size > 0) {
        char *end = strchr(table->next, '\n');
        size_t length = end == NULL ? size : (size_t)(end - table->next);
        table->line = 1;
        if (length != strlen(header) || memcmp(table->next, header, length) != 0) {
            char names[128];  /* a tab would not survive in a message */
            snprintf(names, sizeof names, "%s", header);
            for (char *tab; (tab = strchr(names, '\t')) != NULL;)
                *tab = ' ';
            code = table_error(table, "the first line must name the columns, separated by tabs: %s", names);
            table_close(table);
            return code;
        }
        table->next += length + (end != NULL);
    }
    return E_OK;
}

int table_next(struct table *table, bool *more)
{
    *more = false;
    while (*table->next != '\0') {
        char *line = table->next, *end = strchr(line, '\n');
        table->line++;
        table->next = end == NULL ? line + strlen(line) : end + 1;
        if (end != NULL)
            *end = '\0';
        size_t length = strlen(line);
        if (length > 0 && line[length - 1] == '\r')
            return table_error(table, "ends in CR LF: save the file with Unix line ends");
        if (length == 0 || line[0] == '#')
            continue;
        size_t count = 0;
        for (char *p = line; p != NULL && count <= COLUMNS_MAX; count++) {
            char *tab = strchr(p, '\t');
            if (count < COLUMNS_MAX)
                table->column[count] = p;
            if (tab != NULL)
                *tab++ = '\0';
            p = tab;
        }
        if (count != table->column_count)
            return table_error(table, "has %zu columns instead of %zu: separate them by one tab each", count,
                               table->column_count);
        *more = true;
        return E_OK;
    }
    return E_OK;
}

void table_close(struct table *table)
{
    free(table->bytes);
    table->bytes = table->next = NULL;
}
