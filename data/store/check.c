/* check.c — whether a store is sound, and which of its figures a person should look at.
 *
 * Faults are what no command of this program writes: damaged pages (those without their checksum are looked for first, and then
 * nothing else: what they hold cannot be read), rows whose document or region is missing, bytes that do
 * not have their digest, spans outside of their document, words that mean nothing. Doubts are figures that are read well and
 * may yet be wrong (a dropped 万 is tenfold and more):
 *  1. conflict: documents state the same fact, and no value satisfies all of them (the view `conflict`);
 *  2. outlier: ten times the median of the same series' other periods or more, or a tenth or less; three periods at least;
 *  3. parent: an additive figure whose part is certainly larger than the whole, for the same period; 约 counts as 5 % either way;
 *  4. share: a percentage of a whole below 0 or above 100. */
#include "data/base/memory.h"
#include "data/base/number.h"
#include "data/base/sha256.h"
#include "data/store/internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DOING "check"
#define PAGES_REPORTED "100"  /* of SQLite's messages about damage */
#define PAGES_MOST 100        /* the same of pages without their checksum */

struct checking {
    struct store *store;
    int (*visit)(const struct trouble *trouble, void *context);
    void *context;
    struct error *error;
    struct buffer text;
    uint32_t pages;         /* of the store as it is read */
    size_t page_size;
};

static const char *column_text(sqlite3_stmt *row, int column)
{
    return (const char *)sqlite3_column_text(row, column);
}

static double column_number(sqlite3_stmt *row, int column)
{
    return sqlite3_column_type(row, column) == SQLITE_NULL ? NAN : sqlite3_column_double(row, column);
}

static int report(struct checking *c, struct trouble trouble)
{
    if (c->text.failed)
        return error_set(c->error, E_MEMORY, "%s: out of memory", c->store->path);
    if (trouble.text == NULL)
        trouble.text = c->text.bytes;
    int result = c->visit(&trouble, c->context);
    buffer_clear(&c->text);
    return result;
}

static void add_number(struct buffer *text, double value)
{
    char digits[NUMBER_TEXT];
    buffer_text(text, number_format(value, digits));
}

/* Runs a constant query and hands its rows to `each`; non-zero stops. */
static int run(struct checking *c, const char *sql, int each(struct checking *c, sqlite3_stmt *row))
{
    sqlite3_stmt *statement = NULL;
    int stepped = SQLITE_DONE, result = E_OK;
    if (sqlite3_prepare_v2(c->store->db, sql, -1, &statement, NULL) != SQLITE_OK)
        result = store_fail(c->store->db, c->store->path, DOING, c->error);
    while (result == E_OK && (stepped = sqlite3_step(statement)) == SQLITE_ROW)
        result = each(c, statement);
    if (result == E_OK && stepped != SQLITE_DONE)
        result = store_fail(c->store->db, c->store->path, DOING, c->error);
    sqlite3_finalize(statement);
    return result;
}

/* ---- faults ---- */

static int on_integrity(struct checking *c, sqlite3_stmt *row)
{
    const char *text = column_text(row, 0);
    if (text != NULL && strcmp(text, "ok") == 0)
        return E_OK;
    return report(c, (struct trouble){.check = "damage", .fault = true, .value = NAN, .text = text != NULL ? text : "damaged"});
}

/* Another command may be writing the page this very moment: then it is right soon. */
static int read_page(struct checking *c, struct checksum_page *page)
{
    int result = SQLITE_OK;
    for (int tries = 0; tries < 3 && result == SQLITE_OK; tries++) {
        if (tries > 0)
            sqlite3_sleep(10 * tries);
        result = checksum_read_page(c->store->db, page);
        if (page->right || page->absent)
            break;
    }
    return result;
}

/* All pages of the file. With a log beside it they may be older than what is read, and of a time before sums: then integrity_check
 * sees those that count. */
static int check_pages(struct checking *c, size_t *wrong)
{
    unsigned char bytes[CHECKSUM_PAGE_MOST];
    struct checksum_page page = {.size = c->page_size, .bytes = bytes};
    const uint32_t lock = (uint32_t)(0x40000000 / c->page_size + 1);  /* SQLite's lock bytes lie there, and it is never written */
    int result = E_OK;
    for (page.number = 1; page.number <= c->pages && result == E_OK; page.number++) {
        if (page.number == lock)
            continue;
        if (read_page(c, &page) != SQLITE_OK) {
            result = error_set(c->error, E_STORE, "%s: cannot " DOING " the store: page %u cannot be read", c->store->path, page.number);
        } else if (!page.right && ++*wrong <= PAGES_MOST) {
            buffer_format(&c->text, page.absent ? "page %u is behind the end of the file"
                                                : "page %u is not as zhibiao wrote it: damaged, or written by another program", page.number);
            result = report(c, (struct trouble){.check = "damage", .fault = true, .value = NAN});
        }
    }
    return result;
}

static int on_size(struct checking *c, sqlite3_stmt *row)
{
    c->pages = (uint32_t)sqlite3_column_int64(row, 0);
    c->page_size = (size_t)sqlite3_column_int64(row, 1);
    return E_OK;
}

static int check_sums(struct checking *c, size_t *wrong)
{
    bool empty = false;
    int result = run(c, "SELECT page_count, page_size FROM pragma_page_count, pragma_page_size", on_size);
    if (result == E_OK)
        result = store_log_empty(c->store, &empty, c->error);
    if (result != E_OK || !empty || c->store->trusting || !store_sealed(c->store))
        return result;
    return c->page_size > 0 ? check_pages(c, wrong) : E_OK;
}

static int on_orphan(struct checking *c, sqlite3_stmt *row)
{
    const char *table = column_text(row, 0), *parent = column_text(row, 2);
    bool observation = table != NULL && strcmp(table, "observation") == 0;
    buffer_format(&c->text, "row %lld of %s names a %s that is not there", (long long)sqlite3_column_int64(row, 1),
                  table != NULL ? table : "?", parent != NULL ? parent : "?");
    return report(c, (struct trouble){.check = "orphan", .fault = true, .value = NAN,
                                      .observation = observation ? sqlite3_column_int64(row, 1) : 0});
}

static int on_document(struct checking *c, sqlite3_stmt *row)
{
    char digest[SHA256_TEXT];
    const void *content = sqlite3_column_blob(row, 3);
    int size = sqlite3_column_bytes(row, 3);
    const char *stored = column_text(row, 1);
    bool right = sqlite3_column_int64(row, 2) == size && stored != NULL && strcmp(stored, sha256_hex(content, (size_t)size, digest)) == 0;
    if (right)
        return E_OK;
    const char *path = column_text(row, 4);
    buffer_format(&c->text, "the stored bytes of %s are not those that were read", path != NULL ? path : "?");
    return report(c, (struct trouble){.check = "digest", .fault = true, .document = sqlite3_column_int64(row, 0), .value = NAN});
}

#define QUOTED(name) ",'" #name "'"
static const char observations_sql[] =
    "SELECT o.id, o.document_id, o.region_path, o.indicator, o.period, o.unit, o.value,"
    " CASE WHEN o.end_byte > d.size THEN 'its span ends behind its document'"
    "  WHEN o.kind NOT IN (''" KINDS(QUOTED) ") THEN 'its kind is none that is known'"
    "  WHEN o.region_how NOT IN (''" REGION_HOWS(QUOTED) ") THEN 'its region_how is none that is known'"
    "  WHEN o.low > o.high THEN 'its range ends before it begins'"
    "  WHEN abs(o.value) > 1.7976931348623157e308 THEN 'its value is infinite' END AS trouble"
    " FROM observation o JOIN document d ON d.id = o.document_id WHERE trouble IS NOT NULL ORDER BY o.id";

static struct trouble trouble_of(sqlite3_stmt *row)
{
    return (struct trouble){.observation = sqlite3_column_int64(row, 0), .document = sqlite3_column_int64(row, 1),
                            .region = column_text(row, 2), .indicator = column_text(row, 3), .period = column_text(row, 4),
                            .unit = column_text(row, 5), .value = column_number(row, 6)};
}

static int on_observation(struct checking *c, sqlite3_stmt *row)
{
    struct trouble trouble = trouble_of(row);
    trouble.check = "row";
    trouble.fault = true;
    trouble.text = column_text(row, 7);
    return report(c, trouble);
}

/* ---- doubts ---- */

#define WHERE_IT_STANDS "id, document_id, region_path, indicator, period, unit, value"

static const char conflict_sql[] =
    "SELECT min(id), min(document_id), region_path, indicator, period, unit, value, min(value), max(value), count(*)"
    " FROM conflict GROUP BY " FACT("") " ORDER BY min(id)";

static int on_conflict(struct checking *c, sqlite3_stmt *row)
{
    struct trouble trouble = trouble_of(row);
    trouble.check = "conflict";
    buffer_format(&c->text, "%d documents disagree: ", sqlite3_column_int(row, 9));
    add_number(&c->text, sqlite3_column_double(row, 7));
    buffer_text(&c->text, " to ");
    add_number(&c->text, sqlite3_column_double(row, 8));
    return report(c, trouble);
}

#define ENDS                                                                                                             \
    " CASE bound WHEN 'below' THEN -9e999 WHEN 'range' THEN COALESCE(low, value) WHEN 'about' THEN value - abs(value) * 0.05" \
    " ELSE value END AS least,"                                                                                          \
    " CASE bound WHEN 'above' THEN 9e999 WHEN 'range' THEN COALESCE(high, value) WHEN 'about' THEN value + abs(value) * 0.05" \
    " ELSE value END AS most"

/* The whole has a code that the part's begins with; a village below its township's code is a part, too. */
static const char parent_sql[] =
    "WITH fact AS MATERIALIZED (SELECT p.*," ENDS " FROM preferred p JOIN indicator i ON i.id = p.indicator_id"
    "  WHERE i.aggregation = 'sum' AND p.kind = 'level' AND p.region_code IS NOT NULL AND p.period IS NOT NULL AND value IS NOT NULL)"
    " SELECT part.id, part.document_id, part.region_path, part.indicator, part.period, part.unit, part.value, whole.value,"
    "  whole.region_path, whole.id"
    " FROM fact whole JOIN fact part ON part.indicator_id = whole.indicator_id AND part.period = whole.period"
    "  AND part.item IS whole.item AND part.unit IS whole.unit AND part.per IS whole.per AND part.status = whole.status"
    " WHERE whole.place IS NULL AND whole.region_level < part.region_level"
    "  AND substr(part.region_code, 1, length(whole.region_code)) = whole.region_code AND part.least > whole.most"
    " ORDER BY part.id, whole.id";

static int on_parent(struct checking *c, sqlite3_stmt *row)
{
    struct trouble trouble = trouble_of(row);
    const char *whole = column_text(row, 8);
    trouble.check = "parent";
    buffer_text(&c->text, "more than ");
    add_number(&c->text, sqlite3_column_double(row, 7));
    buffer_format(&c->text, " of %s, to which it belongs (observation %lld)", whole != NULL ? whole : "?",
                  (long long)sqlite3_column_int64(row, 9));
    return report(c, trouble);
}

static const char share_sql[] =
    "SELECT " WHERE_IT_STANDS " FROM preferred WHERE kind = 'share' AND unit = '%' AND (value < 0 OR value > 100) ORDER BY id";

static int on_share(struct checking *c, sqlite3_stmt *row)
{
    struct trouble trouble = trouble_of(row);
    trouble.check = "share";
    trouble.text = "a share that is none: 0 to 100 % can be";
    return report(c, trouble);
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* sorted[0..n) without sorted[left] */
static double median_of_others(const double *sorted, size_t n, size_t left)
{
    size_t rest = n - 1, low = (rest - 1) / 2, high = rest / 2;
    return (sorted[low + (low >= left)] + sorted[high + (high >= left)]) / 2;
}

#define SERIES "region_code, place, indicator_key, item, unit, per, kind, status"
static const char series_sql[] =
    "SELECT " WHERE_IT_STANDS ", dense_rank() OVER (ORDER BY " SERIES ")"
    " FROM preferred WHERE value > 0 AND period IS NOT NULL AND (region_code IS NOT NULL OR place IS NOT NULL)"
    "  AND kind NOT IN ('growth', 'share', 'rank') ORDER BY " SERIES ", period, id";

static int on_outlier(struct checking *c, sqlite3_stmt *row, const double *sorted, size_t n)
{
    double value = sqlite3_column_double(row, 6);
    const double *place = bsearch(&value, sorted, n, sizeof *sorted, by_value);
    if (place == NULL)
        return E_OK;
    double median = median_of_others(sorted, n, (size_t)(place - sorted));
    if (value < 10 * median && value > median / 10)
        return E_OK;
    struct trouble trouble = trouble_of(row);
    trouble.check = "outlier";
    buffer_text(&c->text, value > median ? "" : "1/");
    add_number(&c->text, round((value > median ? value / median : median / value) * 10) / 10);
    buffer_format(&c->text, "%s the median of its other %zu periods, ", value > median ? " times" : " of", n - 1);
    add_number(&c->text, median);
    return report(c, trouble);
}

/* Two walks over the same rows: one gathers a series' values, one that follows it looks at each of them. */
static int check_outliers(struct checking *c)
{
    sqlite3_stmt *ahead = NULL, *behind = NULL;
    struct buffer values = {0};
    int result = E_OK, more;
    if (sqlite3_prepare_v2(c->store->db, series_sql, -1, &ahead, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(c->store->db, series_sql, -1, &behind, NULL) != SQLITE_OK) {
        result = store_fail(c->store->db, c->store->path, DOING, c->error);
        goto done;
    }
    for (more = sqlite3_step(ahead); more == SQLITE_ROW && result == E_OK;) {
        int64_t series = sqlite3_column_int64(ahead, 7);
        buffer_clear(&values);
        do {
            double value = sqlite3_column_double(ahead, 6);
            buffer_add(&values, &value, sizeof value);
            more = sqlite3_step(ahead);
        } while (more == SQLITE_ROW && sqlite3_column_int64(ahead, 7) == series);
        if (values.failed) {
            result = error_set(c->error, E_MEMORY, "%s: out of memory", c->store->path);
            break;
        }
        double *sorted = (double *)(void *)values.bytes;
        size_t n = values.size / sizeof *sorted;
        qsort(sorted, n, sizeof *sorted, by_value);
        for (size_t i = 0; i < n && result == E_OK; i++) {
            if (sqlite3_step(behind) != SQLITE_ROW)
                result = store_fail(c->store->db, c->store->path, DOING, c->error);
            else if (n >= 3)
                result = on_outlier(c, behind, sorted, n);
        }
    }
    if (result == E_OK && more != SQLITE_DONE)
        result = store_fail(c->store->db, c->store->path, DOING, c->error);
done:
    sqlite3_finalize(ahead);
    sqlite3_finalize(behind);
    buffer_free(&values);
    return result;
}

int store_check(struct store *store, bool figures, int visit(const struct trouble *trouble, void *context), void *context,
                struct error *error)
{
    struct checking c = {store, visit, context, error, {0}, 0, 0};
    size_t wrong = 0;
    /* one transaction: what another command writes meanwhile is not seen by halves */
    if (sqlite3_exec(store->db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
        return store_fail(store->db, store->path, DOING, error);
    int result = check_sums(&c, &wrong);
    if (result != E_OK || wrong > 0)
        goto done;
    result = run(&c, "PRAGMA integrity_check(" PAGES_REPORTED ")", on_integrity);
    if (result == E_OK)
        result = run(&c, "PRAGMA foreign_key_check", on_orphan);
    if (result == E_OK)
        result = run(&c, "SELECT id, sha256, size, content, path FROM document ORDER BY id", on_document);
    if (result == E_OK)
        result = run(&c, observations_sql, on_observation);
    if (result == E_OK && figures)
        result = run(&c, conflict_sql, on_conflict);
    if (result == E_OK && figures)
        result = check_outliers(&c);
    if (result == E_OK && figures)
        result = run(&c, parent_sql, on_parent);
    if (result == E_OK && figures)
        result = run(&c, share_sql, on_share);
done:
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);  /* nothing was written */
    buffer_free(&c.text);
    return result;
}
