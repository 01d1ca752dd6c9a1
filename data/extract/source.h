/* source.h — what stands between a file's bytes and the windows that the stages read: pages, records, mapped text.
 * Internal to data/extract. */
#ifndef ZHIBIAO_SOURCE_H
#define ZHIBIAO_SOURCE_H

#include "data/extract/document.h"
#include "data/extract/extract.h"

/* ---- text.c: text whose characters are not the file's bytes one by one ---- */
struct text {
    uint16_t *raw;
    uint32_t *start, *end;  /* each character's bytes, from base; empty for what the file does not say (a line's end) */
    size_t n, capacity, base;
    bool toned;             /* has letters with tone marks */
    bool failed;            /* out of memory */
};
void text_clear(struct text *text, size_t base);
void text_free(struct text *text);
void text_add(struct text *text, uint16_t unit, uint32_t start, uint32_t end);
/* Appends from[first..last). */
void text_append(struct text *text, const struct text *from, size_t first, size_t last);
/* A line's end that is not in the file; none at the beginning and none behind another. */
void text_break(struct text *text);
/* Appends a passage that has the text's base; counts in *replaced what is no UTF-8. */
void text_passage(struct text *text, const struct passage *passage, size_t *replaced);
/* The next window from *at on, cut at a line's end where there is one. false: no more text. */
bool text_window(const struct text *text, size_t *at, struct window *window);
/* raw[first..last) without blanks at its ends, as UTF-8. */
char *text_utf8(const struct text *text, size_t first, size_t last, struct arena *arena);
/* Letters with tone marks: where there are none, nothing can be a reading in brackets. */
static inline bool may_be_toned(uint32_t unit)
{
    return (unit >= 0xE0 && unit < 0x250) || unit == 0x1E3F;
}

/* ---- jsonl.c: one record of JSON Lines ---- */
#define RECORD_MOST ((size_t)16 << 20)  /* bytes of one record */

struct record {
    const char *id, *url, *published;   /* in the arena, or NULL; published only when it begins with a date: YYYY-MM-DD */
    struct passage title, text;         /* unescaped; bytes NULL: not there */
};
struct record_memory {
    struct passage_memory title, text;
};
/* Whether a line is a JSON object with a string "text". */
bool record_likely(const struct passage *line);
/* Reads a line. E_INPUT with the bare reason, or E_MEMORY. */
int record_read(const struct passage *line, struct record_memory *memory, struct record *record, struct arena *arena,
                struct error *error);
void record_memory_free(struct record_memory *memory);
/* The first YYYY-MM-DD, YYYY/M/D, YYYY.M.D or YYYY年M月D日 of a text, as YYYY-MM-DD; false: none. */
bool date_read(const char *text, char out[11]);

/* ---- html.c, html_mask.c: a page's characters and elements ---- */
#define HTML_MOST ((size_t)16 << 20)    /* bytes of one page */
#define HTML_DEPTH_MOST 256             /* elements inside one another */
#define HTML_NODES_MOST ((size_t)1000000)  /* elements of one page */

enum element {
    ELEMENT_OTHER, ELEMENT_BLOCK, ELEMENT_ROOT, ELEMENT_PARAGRAPH, ELEMENT_ARTICLE, ELEMENT_LINK, ELEMENT_LIST, ELEMENT_ITEM, ELEMENT_HEADING,
    ELEMENT_TITLE, ELEMENT_TOP /* h1 */, ELEMENT_TABLE, ELEMENT_CAPTION, ELEMENT_HEAD_ROWS, ELEMENT_ROW, ELEMENT_CELL, ELEMENT_HEAD_CELL,
    ELEMENT_FURNITURE /* nav, footer, forms' parts */, ELEMENT_DROPPED /* rt, rp, option: never text */, ELEMENT_BREAK, ELEMENT_RAISED,
    ELEMENT_TIME
};
struct node {
    uint32_t parent, next;       /* nodes[i + 1 .. next) lie inside */
    uint32_t first, last;        /* its characters in page.all */
    uint32_t own, own_links, own_marks;  /* of a block: characters that stand in no block inside it, those of them in links,
                                            sentence marks among them */
    uint32_t characters, links, link_count;  /* of all that it holds */
    uint32_t good;               /* characters in blocks that read like text */
    uint16_t columns, rows;      /* of a cell */
    uint8_t element;
    bool block, favoured, furniture, hidden;  /* favoured, furniture: what its class and id say */
};
struct page {
    struct text all;             /* every visible character, blocks on lines of their own */
    struct text text;            /* the title, who wrote it when, the article */
    struct node *nodes;
    size_t count, capacity;
    uint32_t *tables;            /* nodes of tables with figures, their characters left out of `text` */
    size_t table_count, table_capacity;
    size_t title_first, title_last;  /* in `text` */
    char published[11];          /* YYYY-MM-DD of <meta> or <time>; "" */
    bool failed;                 /* out of memory */
};
/* Whether bytes decoded to `peek` (non-ASCII as 0x80), of a file of that name, are a page. */
bool html_likely(const char *peek, size_t size, const char *name);
/* Fills page->all and nodes. E_INPUT where a limit is passed, with the bare reason; E_MEMORY. */
int html_parse(const struct passage *passage, struct page *page, size_t *replaced, struct error *error);
/* Overwrites with blanks what would cost time and holds no text: scripts, styles, comments, all but the first attributes. */
void html_mask(unsigned char *bytes, size_t size);
/* html_main.c: fills page->text and page->tables. */
int html_select(struct page *page);
void page_free(struct page *page);

/* ---- documents.c: what one extraction after the other works in ---- */
struct extractor {
    struct window window;
    struct scan scan;
    struct arena strings;          /* one window's */
    struct arena facts;            /* one document's */
    struct text text;
    struct passage_memory line;
    struct record_memory record;
    struct page page;
    struct page lines;             /* the tables among the window's lines */
    /* what the window at hand knows of those before it */
    struct calendar calendar;
    region_id topic;
    bool resolved;                 /* its places are already */
    size_t passed;                 /* figures passed over (extract.h) */
};
/* ---- table.c: a table's figures ---- */
struct table_setting {
    const struct extract_options *options;
    const struct calendar *calendar;
    region_id topic, fallback;
    observation_sink *sink;
    void *context;
};
/* Hands every figure of the table to the sink; *count is raised. 0, E_MEMORY or what the sink returned. */
int table_extract(const struct page *page, uint32_t table, const struct table_setting *setting, struct extractor *x,
                  size_t *count);
/* table_lines.c: finds the tables in a plain text's window, makes them nodes of `page` and takes their lines out of the window.
 * E_MEMORY */
int window_tables(struct window *window, struct page *page);
/* Whether a table holds figures with headings (true) or only places text on the page. */
bool table_has_figures(const struct page *page, uint32_t table);

/* ---- extract.c ---- */
struct document_input {
    const struct extract_options *options;
    struct decoder *decoder;       /* the windows come from it, or, when it is NULL, */
    const struct text *text;       /* from here */
    const struct page *page;       /* its tables, or NULL */
};
/* A document on its way through: what one window hands on to the next, and nothing else. reading_next() and its state are
 * for one thread at a time; reading_finish() of different windows, each in an extractor of its own, may run beside it. */
struct reading {
    const struct document_input *input;
    struct calendar calendar;
    region_id topic, fallback;
    struct period_token opening;   /* the span that the opening names; "" when none */
    size_t opening_at;             /* the byte where it stands, if it dates only what follows; else 0 */
    bool report;                   /* of figures, about the period that it opens with */
    const char *title;
    size_t windows, at;
};
int reading_open(struct reading *reading, const struct document_input *input, struct error *error);
/* Decodes and scans the next window. */
int reading_next(struct reading *reading, struct extractor *x, bool *more);
/* Its observations to the sink; *count is raised by their number. */
int reading_finish(const struct reading *reading, struct extractor *x, size_t *count, observation_sink *sink, void *context);
void reading_facts(const struct reading *reading, struct extractor *x, struct document_facts *facts);
int document_extract(struct extractor *x, const struct document_input *input, struct document_facts *facts,
                     observation_sink *sink, void *context, struct error *error);

#endif
