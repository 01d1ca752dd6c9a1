/* utf8.h — code points in and out of UTF-8 (RFC 3629: no surrogates, no overlong forms, nothing above U+10FFFF). */
#ifndef ZHIBIAO_UTF8_H
#define ZHIBIAO_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_REPLACEMENT 0xFFFDu

/* Decodes one character at bytes[0..size), size >= 1. Stores its code point and returns its length in bytes. On an
 * invalid sequence stores UTF8_REPLACEMENT and returns how many bytes make up the broken part, negated. */
int utf8_decode(const unsigned char *bytes, size_t size, uint32_t *point);

/* Writes a code point to out (4 bytes at most) and returns the number of bytes; what is no scalar value is written
 * as U+FFFD. */
int utf8_encode(uint32_t point, char *out);

/* True for what no terminal should get: C0, DEL, C1, bidirectional and line-separator controls, and tag characters. */
bool point_is_control(uint32_t point);

/* How many columns of a terminal it takes: 0 (combining), 1 or 2 (Unicode 15, East Asian Width W and F). */
int utf8_width(uint32_t point);

#endif
