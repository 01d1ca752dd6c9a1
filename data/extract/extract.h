/* extract.h — text in, observations out.
 *
 * decode → scan → quantity → region → period → indicator, one file a stage. No output formats, no SQLite. */
#ifndef ZHIBIAO_EXTRACT_H
#define ZHIBIAO_EXTRACT_H

#include "data/base/error.h"
#include "data/base/memory.h"
#include "data/observation.h"

struct trace;

struct extract_options {
    const char *source;       /* named in every observation; not NULL */
    const char *published;    /* YYYY-MM-DD that overrides what the text says, or NULL */
    const char *region;       /* code taken where the text names no place, or NULL */
    const char *encoding;     /* iconv name that overrides detection, or NULL */
    double min_confidence;    /* observations below it are not handed to the sink; 0: all are */
    struct trace *trace;      /* filled anew for each observation handed to the sink (trace.h), or NULL; one thread only */
};

/* What is known of a document once it was read. A file is one document, but JSON Lines are one a record. */
#define SENTENCE_FIGURES 500u
struct document_facts {
    const char *source;       /* its name: of the options, or a record's id, url or FILE:LINE */
    const char *place;        /* where it was read: the options' source, or a record's FILE:LINE */
    size_t start, end;        /* its bytes in the file */
    const char *title;        /* what the input calls its title, else the first line that is one, or NULL */
    const char *published;    /* YYYY-MM-DD, or NULL */
    const char *encoding;     /* "UTF-8", "GB18030", "BIG5" … */
    size_t replaced;          /* invalid byte sequences that became U+FFFD */
    size_t passed;            /* figures passed over behind the first SENTENCE_FIGURES of one sentence: that is no prose */
    size_t observations;
};

/* Called once an observation, in the order of the text. A non-zero return stops and is handed on. The strings are
 * valid during the call only. */
typedef int observation_sink(const struct observation *observation, void *context);

/* Called at the end of each document, behind its observations. `trouble` (else NULL) says why it could not be read: then
 * the facts have its source, place, start and end only, and the documents behind it are still read. A non-zero return stops
 * and is handed on. */
typedef int document_sink(const struct document_facts *facts, const struct error *trouble, void *context);

/* Holds the buffers of one extraction for the next: many small documents cost no more than their text. */
struct extractor;
int extractor_open(struct extractor **extractor, struct error *error);
void extractor_close(struct extractor *extractor);  /* NULL is fine */

/* Extracts everything from bytes[0..size): plain text, a HTML page or JSON Lines, told apart by content and, where that
 * leaves doubt, by the ending of options->source. Plain text goes through in windows, so memory is bounded whatever the
 * size; pages and records have limits, which the messages name. `ended` and `error` may be NULL. The facts' strings are valid
 * during the call. Returns 0, what a sink returned, or, for trouble with the input as a whole, E_INPUT (empty, binary, too
 * large a page), E_USAGE (unknown encoding) or E_MEMORY with a message. The same bytes and options always give the same. */
int extract_documents(struct extractor *extractor, const struct extract_options *options, const unsigned char *bytes,
                      size_t size, observation_sink *sink, document_sink *ended, void *context, struct error *error);

/* One plain text for several threads, each with an extractor of its own: extract_share_next() takes the next window (number
 * 0, 1, …; `start`: its first byte) and extract_share_finish() gives its observations to the sink. Windows come out as they do
 * in one thread, so that their outputs, put together by number, are the same bytes. *share stays NULL, without an error,
 * where the input is no plain text: extract_documents() reads it. The options must outlive the share. */
struct extract_share;
int extract_share_open(struct extract_share **share, struct extractor *extractor, const struct extract_options *options,
                       const unsigned char *bytes, size_t size, struct error *error);
int extract_share_next(struct extract_share *share, struct extractor *extractor, size_t *number, size_t *start, bool *more);
int extract_share_finish(struct extract_share *share, struct extractor *extractor, observation_sink *sink, void *context);
/* When all is done. */
void extract_share_facts(struct extract_share *share, struct extractor *extractor, struct document_facts *facts);
void extract_share_close(struct extract_share *share);

/* The same for callers with one input. `facts` (may be NULL) are of the last document, with the observations and
 * replacements of all, their strings in the arena. A document in trouble makes it E_INPUT at the end, with its message. */
int extract_text(const struct extract_options *options, const unsigned char *bytes, size_t size, struct arena *arena,
                 struct document_facts *facts, observation_sink *sink, void *context, struct error *error);

/* The dictionary entry that a label is a case of (a column header, say), for a unit that may be NULL: its id, or NULL. A label of
 * more than 2,048 bytes is a case of none. */
const char *extract_classify(const char *label, const char *unit);

/* The label that extract_classify and the extractor read, folded to Simplified UTF-8, in the arena; NULL: no memory. */
char *extract_simplified(const char *text, struct arena *arena);

/* What a label breaks its indicator down by (辣椒 of 辣椒种植面积), by the rule of the extractor: the last item named. In the
 * arena; NULL: none, or no memory (arena->failed). */
char *extract_item(const char *label, struct arena *arena);

/* Reads one number as a table cell or a text holds it ("1,234.5", "３万余", "二百余万", "近2亿元", "12.5%").
 * Returns 0 with value, low, high, bound and the canonical unit (NULL: none; static), or -1 when the whole text is not one. */
int extract_number(const char *text, struct observation *number);

/* Walks all numerals of a UTF-8 text, units or not, as a peer's number recogniser would: calls visit(offset of the
 * first byte, length in bytes, value). For tests against peers. Returns 0 or E_MEMORY. */
int extract_numerals(const char *text, size_t size, void visit(size_t start, size_t length, double value, void *context),
                     void *context);

#endif
