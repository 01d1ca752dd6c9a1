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
/* A store is used by one thread at a time; several threads open it several times. */

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
    const char *indicator;     /* dictionary id */
    const char *kind, *status;
    const char *unit, *per;    /* NULL: none */
    const char *first, *last;  /* region codes: first <= code < last */
};
/* Whether all current statements of an indicator and status are of the scan's kind, plain (exact, without item or place below
 * the region), of some region, and in one unit, which unit[64] and per[128] then hold ("": none). */
int store_scan_check(struct store *store, const struct scan *scan, bool *plain, char unit[64], char per[128], struct error *error);
/* Texts are not NUL-terminated, and valid during the call only; period NULL: none. */
struct scanned {
    const char *region, *period;
    int region_size, period_size;
    double value, confidence;
};
/* Every plain figure, those of one region and period one after the other. A non-zero return of visit stops and is handed on. */
int store_scan(struct store *store, const struct scan *scan, int visit(const struct scanned *row, void *context), void *context,
               struct error *error);
/* The first region code after `code` ("" for the first of all) that has plain figures, in out[13]; "" when there is none. */
int store_scan_next(struct store *store, const struct scan *scan, const char *code, char out[13], struct error *error);

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

/* ---- care (check.c, seal.c, backup.c, merge.c) ---- */
struct trouble {
    const char *check;      /* damage, orphan, digest, row; conflict, outlier, parent, share */
    bool fault;             /* the store is not sound; otherwise a figure that a person should look at */
    int64_t observation, document;  /* 0: of none */
    const char *region, *indicator, *period, *unit;  /* NULL where there is none */
    double value;           /* NaN: none */
    const char *text;       /* what is wrong, one line */
};
/* Looks for faults and, with `figures`, for doubtful figures; check.c says by which rules. Strings are valid during the call
 * only; a non-zero return of visit stops and is handed on. E_STORE where the file is too damaged to be read on. */
int store_check(struct store *store, bool figures, int visit(const struct trouble *trouble, void *context), void *context,
                struct error *error);

/* Copies a store to a new file while others read and write it. `to` is there only when the copy is complete, checked and on
 * the disk; a file of that name is never overwritten. E_STORE, E_OUTPUT, E_MEMORY. */
int store_backup(const char *path, const char *to, struct error *error);

/* Whether the pages of the store have checksums; stores of versions before 4 have none until they are opened for writing. */
bool store_sealed(struct store *store);

/* Gives every page its checksum anew, where another program than this one wrote to the store: what the pages say is trusted, when
 * store_check finds no faults in it, which are handed to visit otherwise. E_STORE, E_MEMORY: the store is as it was. */
int store_reseal(const char *path, int visit(const struct trouble *trouble, void *context), void *context, struct error *error);

struct merged {
    int64_t documents, observations, unchanged;  /* unchanged: documents that the store had already */
};
/* Adds the documents of another store, each with its current observations and the rules that read them; one transaction a
 * document, so that what was interrupted can be run again. A document that the store has (the same bytes) stays as it is there,
 * by whatever rules it was read. E_STORE, E_MEMORY; *merged says how far it came. */
int store_merge(struct store *store, const char *other, struct merged *merged, struct error *error);

#endif
