/* libxml.h — libxml2's HTML parser, loaded when the first page is read.
 *
 * Linked in the usual way it would be loaded at every start, together with ICU (some 30 MB of tables) and the C++ library:
 * a third of the time that a start takes. Most inputs are plain text. */
#ifndef ZHIBIAO_LIBXML_H
#define ZHIBIAO_LIBXML_H

#include "data/base/error.h"

#include <libxml/HTMLparser.h>
#include <setjmp.h>
#include <stdbool.h>
#include <libxml/parserInternals.h>

/* What html.c calls. */
#define LIBXML_FUNCTIONS(X)                                                                                     \
    X(htmlCreateMemoryParserCtxt) X(htmlCtxtUseOptions) X(htmlParseDocument) X(htmlFreeParserCtxt)              \
    X(xmlSwitchEncoding) X(xmlStopParser) X(xmlByteConsumed) X(xmlMemSetup)

struct libxml {
#define X(name) __typeof__(name) *name;
    LIBXML_FUNCTIONS(X)
#undef X
};

/* Fills *library; the second time costs next to nothing. It stays loaded until the program ends. E_INPUT when it is not
 * installed. */
int libxml_load(struct libxml *library, struct error *error);

/* What becomes of an allocation that fails inside of libxml2: `failed` is set, and with `out` the parser is left by a jump
 * there. It would otherwise go on without what it had no room for, or wait for ever for a parser that does not move. */
struct libxml_memory {
    bool failed;
    jmp_buf *out;
};
/* For this thread, until it is called with NULL. */
void libxml_watch(struct libxml_memory *memory);

#endif
