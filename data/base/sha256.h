/* sha256.h — the digest that names a document by its bytes (FIPS 180-4). */
#ifndef ZHIBIAO_SHA256_H
#define ZHIBIAO_SHA256_H

#include <stddef.h>

#define SHA256_TEXT 65  /* bytes for the hexadecimal digest with its NUL */

/* Writes the lower-case hexadecimal SHA-256 of bytes[0..size) and returns out. bytes may be NULL when size is 0. */
char *sha256_hex(const void *bytes, size_t size, char out[SHA256_TEXT]);

#endif
