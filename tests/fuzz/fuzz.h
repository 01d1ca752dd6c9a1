/* fuzz.h — what every target of this folder is: one function that reads any bytes without harm. */
#ifndef ZHIBIAO_TESTS_FUZZ_H
#define ZHIBIAO_TESTS_FUZZ_H

#include "data/base/utf8.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the process, as a sanitizer would, when a promise of a header is broken. */
#define MUST(condition)                                                                          \
    do {                                                                                         \
        if (!(condition)) {                                                                      \
            fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #condition);      \
            abort();                                                                             \
        }                                                                                        \
    } while (0)

/* Every text that leaves a reader is valid UTF-8. NULL is fine. */
static inline void must_be_utf8(const char *text)
{
    size_t size = text != NULL ? strlen(text) : 0;
    for (size_t i = 0; i < size;) {
        uint32_t point;
        int length = utf8_decode((const unsigned char *)text + i, size - i, &point);
        MUST(length > 0);
        i += (size_t)length;
    }
}

#endif
