/* extract.h — text in, observations out.
 *
 * decode → scan → quantity → region → period → indicator, one file a stage. No output formats, no SQLite. */
#ifndef ZHIBIAO_EXTRACT_H
#define ZHIBIAO_EXTRACT_H

#include "data/base/error.h"
#include "data/base/memory.h"
#include "data/observation.h"

struct extract_options {
    const char *source;       /* named in every observation; not NULL */
    const char *published;    /* YYYY-MM-DD that overrides what the text says, or NULL */
    const char *region;       /* code taken where the text names no place, or NULL */
    const char *encoding;     /* iconv name that overrides detection, or NULL */
};

/* What is known of the document once it was read. Strings belong to the arena given to extract_text. */
struct document_facts {
    const char *title;        /* first line that is one, or NULL */
    const char *published;    /* YYYY-MM-DD, or NULL */
    const char *encoding;     /* "UTF-8", "GB18030", "BIG5" … */
    size_t replaced;          /* invalid byte sequences that became U+FFFD */
    size_t observations;
};

/* Called once an observation, in the order of the text. A non-zero return stops and is handed on. The strings are
 * valid during the call only. */
typedef int observation_sink(const struct observation *observation, void *context);

/* Extracts everything from bytes[0..size). Works through the text in windows, so memory is bounded whatever the size.
 * Returns 0, what the sink returned, or E_INPUT (empty, binary, undecodable) or E_MEMORY with a message. `facts` may be
 * NULL. The same bytes and options always give the same observations. */
int extract_text(const struct extract_options *options, const unsigned char *bytes, size_t size, struct arena *arena,
                 struct document_facts *facts, observation_sink *sink, void *context, struct error *error);

/* The dictionary entry that a label is a case of (a column header, say), for a unit that may be NULL: its id, or NULL. */
const char *extract_classify(const char *label, const char *unit);

/* The label that extract_classify and the extractor read, folded to Simplified UTF-8, in the arena; NULL: no memory. */
char *extract_simplified(const char *text, struct arena *arena);

/* What a label breaks its indicator down by (辣椒 of 辣椒种植面积), by the rule of the extractor: the last item named. In the
 * arena; NULL: none, or no memory. */
char *extract_item(const char *label, struct arena *arena);

/* Reads one number as a table cell or a text holds it ("1,234.5", "３万余", "二百余万", "近2亿元", "12.5%").
 * Returns 0 with value, low, high, bound and the canonical unit (NULL: none; static), or -1 when the whole text is not one. */
int extract_number(const char *text, struct observation *number);

/* Walks all numerals of a UTF-8 text, units or not, as a peer's number recogniser would: calls visit(offset of the
 * first byte, length in bytes, value). For tests against peers. Returns 0 or E_MEMORY. */
int extract_numerals(const char *text, size_t size, void visit(size_t start, size_t length, double value, void *context),
                     void *context);

#endif
