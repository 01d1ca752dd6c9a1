/* big5.h — Big5 told from GB18030. Internal to data/extract. */
#ifndef ZHIBIAO_BIG5_H
#define ZHIBIAO_BIG5_H

#include <stdbool.h>
#include <stddef.h>

/* Whether uchardet takes bytes[0..size) for Big5. 0, or -1 when memory ran out. */
int big5_likely(const unsigned char *bytes, size_t size, bool *likely);

#endif
