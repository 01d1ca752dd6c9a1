/* error.c — one place where messages are formatted, so that no text from outside reaches a terminal raw. */
#include "data/base/error.h"

#include "data/base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    int status;
    const char *text;
} codes[] = {
#define X(name, status, text) {status, text},
    ERROR_CODES(X)
#undef X
};

/* In place: each broken sequence and each character that could steer a terminal becomes one '?'. */
static void clean(char *text)
{
    size_t size = strlen(text), used = 0;
    for (size_t i = 0; i < size;) {
        uint32_t point;
        int length = utf8_decode((const unsigned char *)text + i, size - i, &point);
        size_t step = (size_t)abs(length);
        if (length < 0 || point_is_control(point)) {
            text[used++] = '?';
        } else {
            memmove(text + used, text + i, step);
            used += step;
        }
        i += step;
    }
    text[used] = '\0';
}

int (error_set)(struct error *error, enum error_code code, const char *format, ...)
{
    if (error == NULL)
        return (int)code;
    error->code = code;
    va_list args;
    va_start(args, format);
    int n = vsnprintf(error->text, sizeof error->text, format, args);
    va_end(args);
    if (n < 0)
        error->text[0] = '\0';
    size_t length = strlen(error->text);
    if (n >= (int)sizeof error->text) {
        /* do not leave half a character behind: step back over continuation bytes and their lead byte */
        while (length > 0 && ((unsigned char)error->text[length - 1] & 0xC0) == 0x80)
            length--;
        if (length > 0 && (unsigned char)error->text[length - 1] >= 0xC0)
            length--;
        error->text[length] = '\0';
    }
    clean(error->text);
    return (int)code;
}

int error_exit_status(enum error_code code)
{
    return (size_t)code < sizeof codes / sizeof *codes ? codes[code].status : 3;
}

const char *error_text(enum error_code code)
{
    return (size_t)code < sizeof codes / sizeof *codes ? codes[code].text : "unknown error";
}
