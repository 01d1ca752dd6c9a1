/* store.h — the metrics store: one SQLite file (STRICT tables, foreign keys, WAL, user_version migrations).
 *
 * A document is in wholly, with all its observations, or not at all. Nothing is overwritten: a newer reading of a
 * document supersedes the older one. Every observation keeps the span and sentence it came from. */
#ifndef ZHIBIAO_STORE_H
#define ZHIBIAO_STORE_H

#include "data/base/error.h"
#include "data/observation.h"

#include <stdbool.h>
#include <stdint.h>

struct store;
enum store_mode { STORE_READ, STORE_WRITE /* made when missing */ };

/* Opens a store, migrating an older schema in WRITE mode. E_STORE: missing (READ), no database, newer version, locked. */
int store_open(struct store **store, const char *path, enum store_mode mode, struct error *error);
void store_close(struct store *store);  /* NULL is fine */

/* ---- writing: begin, add …, end; or abort ---- */
struct document {
    const char *path;               /* as the user gave it */
    const char *title, *source, *published, *encoding;  /* may be NULL, but encoding */
    const void *content;            /* the bytes as they were read: offsets point into them */
    size_t size;
    const char *tool_version, *reference_hash;          /* which rules: the run */
};
/* Starts a transaction. *known: the same bytes were ingested before by the same rules: nothing was begun, nothing is
 * to be added. Known bytes under other rules: the old observations will be superseded by those added now. */
int store_document_begin(struct store *store, const struct document *document, bool *known, struct error *error);
int store_observation_add(struct store *store, const struct observation *observation, struct error *error);
int store_document_end(struct store *store, struct error *error);
void store_document_abort(struct store *store);

/* ---- reading ---- */
/* The filters that every command has; NULL or 0 is "any". All values are bound, never pasted into SQL. */
struct filter {
    const char *indicator;  /* dictionary id, or a label or part of one */
    const char *region;     /* code: takes in what lies below */
    int level;              /* digits of the region's code: 2, 4, 6, 9, 12 */
    const char *period;     /* "2019": every period that ends in it; "2019-12", "2018/2019", "asof:…": exactly it */
    const char *kind, *status, *item, *source;  /* source: the document's path or source, or part of it */
    const char *unit;
    double min_confidence; /* 0: any */
    bool preferred;         /* from the view `preferred`: one a region × indicator × item × period × status × kind × per */
};
struct stored_observation {
    struct observation observation;
    int64_t id, document_id;
    const char *document_title, *document_published;
    const char *label;      /* dictionary's Chinese name when there is an id, else the observation's indicator */
    int region_level;       /* 2, 4, 6, 9, 12; 0: about no place. 12 also for a village whose code is its township's */
    const char *place;      /* the part of region_path below region_code (such a village's name), else NULL */
};
/* Rows in a fixed order (region code and place, indicator, period, document, start); none of them superseded. A
 * non-zero return of visit stops and is handed on; strings are valid during the call only. */
int store_query(struct store *store, const struct filter *filter,
                int visit(const struct stored_observation *row, void *context), void *context, struct error *error);

/* ---- reading millions (scan.c): one indicator's figures in the order of regions, from an index alone ---- */
struct scan {
    const char *indicator;  /* dictionary id */
    const char *kind, *status;
    const char *first, *last;  /* region codes: first <= code < last */
};
/* Texts are not NUL-terminated, and valid during the call only; NULL where absent. */
struct scanned {
    const char *region, *period, *unit, *per, *bound;
    int region_size, period_size, unit_size, per_size, bound_size;
    bool place, item;       /* has a place below its code; is broken down by an item */
    double value;           /* NaN: none */
    double confidence;
};
/* Every current statement, those on the same fact one after the other. A non-zero return of visit stops and is handed on. */
int store_scan(struct store *store, const struct scan *scan, int visit(const struct scanned *row, void *context), void *context,
               struct error *error);
/* The first region code after `code` ("" for the first of all) that has figures of scan->indicator, kind and status, in out[13];
 * "" when there is none. */
int store_scan_next(struct store *store, const struct scan *scan, const char *code, char out[13], struct error *error);
/* Whether some current statement of the indicator is of another kind, or of no region. */
int store_scan_mixed(struct store *store, const struct scan *scan, bool *mixed, struct error *error);

struct document_row {
    int64_t id;
    const char *path, *title, *source, *published, *encoding, *sha256;
    int64_t size, observations;
};
int store_documents(struct store *store, const char *source, int visit(const struct document_row *row, void *context),
                    void *context, struct error *error);

/* One row an indicator in use and unit: id or NULL, label, unit, number of observations, regions, documents. */
struct indicator_row {
    const char *id, *label, *unit;
    int64_t observations, regions, documents;
};
int store_indicators(struct store *store, const struct filter *filter,
                     int visit(const struct indicator_row *row, void *context), void *context, struct error *error);

#endif
