/* text.c — text on its way out: cleaned for terminals and tables, escaped for JSON, and the one line of a diagnostic. */
#include "cli/cli.h"

#include "data/base/number.h"
#include "data/base/utf8.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define REPLACEMENT "\xEF\xBF\xBD"  /* U+FFFD */

/* The end of the longest run from `start` that can be copied as it is: most text is, so this loop is what it costs. */
static size_t plain_run(const unsigned char *bytes, size_t start, size_t size, bool json)
{
    size_t i = start;
    while (i < size) {
        unsigned char c = bytes[i];
        if (c < 0x80) {
            if (c < 0x20 || c == 0x7F || (json && (c == '"' || c == '\\')))
                break;
            i++;
            continue;
        }
        /* U+3000 to U+9FFF, nearly all of Chinese text: no control among them, and valid when the two bytes follow */
        if (c >= 0xE3 && c <= 0xE9 && size - i >= 3 && (((bytes[i + 1] ^ 0x80) | (bytes[i + 2] ^ 0x80)) & 0xC0) == 0) {
            i += 3;
            continue;
        }
        uint32_t point;
        int length = utf8_decode(bytes + i, size - i, &point);
        if (length < 0 || point_is_control(point))
            break;
        i += (size_t)length;
    }
    return i;
}

bool formula_like(const char *text)
{
    const char *p = text + strspn(text, "'");
    return *p != '\0' && (strchr("=+-@\t\r", *p) != NULL || (p > text && *p == ' '));
}

void buffer_clean(struct buffer *buffer, const char *text)
{
    if (text == NULL)
        return;
    const unsigned char *bytes = (const unsigned char *)text;
    size_t size = strlen(text);
    for (size_t i = 0; i < size;) {
        size_t end = plain_run(bytes, i, size, false);
        buffer_add(buffer, text + i, end - i);
        i = end;
        if (i == size)
            break;
        uint32_t point;
        int length = utf8_decode(bytes + i, size - i, &point);
        if (point == '\n' || point == '\r' || point == '\t')
            buffer_char(buffer, ' ');
        else
            buffer_text(buffer, REPLACEMENT);
        i += (size_t)(length < 0 ? -length : length);
    }
}

void buffer_json(struct buffer *buffer, const char *text)
{
    if (text == NULL) {
        buffer_add(buffer, "null", 4);
        return;
    }
    const unsigned char *bytes = (const unsigned char *)text;
    size_t size = strlen(text);
    buffer_char(buffer, '"');
    for (size_t i = 0; i < size;) {
        size_t end = plain_run(bytes, i, size, true);
        buffer_add(buffer, text + i, end - i);
        i = end;
        if (i == size)
            break;
        uint32_t point;
        int length = utf8_decode(bytes + i, size - i, &point);
        if (length < 0) {
            buffer_text(buffer, REPLACEMENT);
            length = -length;
        } else if (point == '"' || point == '\\') {
            buffer_char(buffer, '\\');
            buffer_char(buffer, (char)point);
        } else if (point == '\n' || point == '\t') {
            buffer_text(buffer, point == '\n' ? "\\n" : "\\t");
        } else if (point > 0xFFFF) {
            uint32_t rest = point - 0x10000;
            buffer_format(buffer, "\\u%04x\\u%04x", (unsigned)(0xD800 + (rest >> 10)), (unsigned)(0xDC00 + (rest & 0x3FF)));
        } else {
            buffer_format(buffer, "\\u%04x", (unsigned)point);
        }
        i += (size_t)length;
    }
    buffer_char(buffer, '"');
}

void buffer_json_repeated(struct buffer *buffer, struct repeated *last, const char *text)
{
    size_t size = text != NULL ? strlen(text) : 0;
    if (size == 0) {
        buffer_json(buffer, text);
        return;
    }
    if (last->text.size != size || memcmp(last->text.bytes, text, size) != 0) {
        buffer_clear(&last->text);
        buffer_clear(&last->json);
        buffer_json(&last->json, text);
        buffer_add(&last->text, text, size);
        if (last->text.failed || last->json.failed) {
            buffer_clear(&last->text);
            buffer_json(buffer, text);
            return;
        }
    }
    buffer_add(buffer, last->json.bytes, last->json.size);
}

void repeated_free(struct repeated *last)
{
    buffer_free(&last->text);
    buffer_free(&last->json);
}

void buffer_integer(struct buffer *buffer, uint64_t value)
{
    char digits[24];
    size_t i = sizeof digits;
    do {
        digits[--i] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    buffer_add(buffer, digits + i, sizeof digits - i);
}

/* Most figures are whole numbers or hundredths: n/100 correctly rounded is what "n/100" in digits reads back as, so its
 * shortest form needs no search. */
static bool add_simple(struct buffer *buffer, double value)
{
    if (!(value >= 0 && value < 1e13))
        return false;
    uint64_t hundredths = (uint64_t)(value * 100 + 0.5);
    if ((double)hundredths / 100 != value)
        return false;
    buffer_integer(buffer, hundredths / 100);
    unsigned rest = (unsigned)(hundredths % 100);
    if (rest != 0) {
        const char decimals[] = {'.', (char)('0' + rest / 10), (char)('0' + rest % 10)};
        buffer_add(buffer, decimals, rest % 10 != 0 ? 3 : 2);
    }
    return true;
}

void buffer_json_number(struct buffer *buffer, double value)
{
    char text[NUMBER_TEXT];
    if (add_simple(buffer, value))
        return;
    buffer_text(buffer, isfinite(value) ? number_format(value, text) : "null");
}

void complain(const char *command, const char *text)
{
    struct buffer line = {0};
    buffer_text(&line, "zhibiao");
    if (command != NULL) {
        buffer_char(&line, ' ');
        buffer_clean(&line, command);
    }
    buffer_text(&line, ": ");
    buffer_clean(&line, text);
    buffer_char(&line, '\n');
    /* nothing can be done about a diagnostic that cannot be written; the exit status still tells */
    if (line.failed)
        fputs("zhibiao: out of memory\n", stderr);
    else
        fwrite(line.bytes, 1, line.size, stderr);
    buffer_free(&line);
}

void complain_about(const char *command, const char *format, ...)
{
    char text[2048];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    complain(command, n < 0 ? format : text);
}

int terminal_width(void)
{
    struct winsize size;
    const char *given = getenv("COLUMNS");
    int columns = 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        columns = size.ws_col;
    if (columns <= 0 && given != NULL)
        columns = atoi(given);
    return columns >= 20 && columns <= 1000 ? columns : 80;
}
