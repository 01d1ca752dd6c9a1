/* encoding.h — the encodings a file can be in, and how one is found. Internal to data/extract. */
#ifndef ZHIBIAO_ENCODING_H
#define ZHIBIAO_ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* SCHEME_SINGLE: whatever else iconv knows, a byte a character */
enum scheme {
    SCHEME_UTF8, SCHEME_UTF16LE, SCHEME_UTF16BE, SCHEME_UTF32LE, SCHEME_UTF32BE, SCHEME_GB18030, SCHEME_BIG5, SCHEME_SINGLE
};

/* The scheme that an encoding's name means; SCHEME_SINGLE for what has no scheme of its own. */
enum scheme scheme_of(const char *name);
const char *scheme_name(enum scheme scheme);  /* NULL for SCHEME_SINGLE */

/* By the byte order mark, *mark bytes long (0: there is none, and the result means nothing). */
enum scheme encoding_mark(const unsigned char *bytes, size_t size, size_t *mark);
/* By mark or content of bytes[0..probe). E_OK or E_MEMORY. */
int encoding_detect(const unsigned char *bytes, size_t probe, enum scheme *found, size_t *mark);

/* The unit at bytes[0..2) or [0..4) of a UTF-16 or UTF-32 scheme. */
uint32_t wide_unit(enum scheme scheme, const unsigned char *bytes);

#endif
