/* merge.c — the documents of one store go into another.
 *
 * A document is its bytes: the same digest is the same document, and the store's own reading of it stays. All others come with
 * their bytes, their current observations in the order in which they were stored, and the run that read them, so that every
 * figure can still be traced. What was superseded in the other store stays there. */
#include "data/store/internal.h"

#include <string.h>

#define DOING "read"

static const char documents_sql[] =
    "SELECT d.id, d.sha256, d.path, d.title, d.source, d.published, d.encoding, d.content, r.tool_version, r.reference_hash"
    " FROM document d JOIN run r ON r.id = d.run_id ORDER BY d.id";

struct merging {
    struct store *store;
    struct merged *merged;
    struct error *error;
};

static int on_observation(const struct stored_observation *row, void *context)
{
    struct merging *m = context;
    int result = store_observation_add(m->store, &row->observation, m->error);
    m->merged->observations += result == E_OK;
    return result;
}

static const char *text(sqlite3_stmt *row, int column)
{
    return (const char *)sqlite3_column_text(row, column);
}

static int has_document(struct store *store, const char *sha256, bool *has, struct error *error)
{
    sqlite3_stmt *find;
    int result = store_statement(store, DOCUMENT_FIND, &find, error);
    if (result != E_OK)
        return result;
    int stepped = sqlite3_bind_text(find, 1, sha256, -1, SQLITE_STATIC) == SQLITE_OK ? sqlite3_step(find) : SQLITE_ERROR;
    *has = stepped == SQLITE_ROW;
    if (stepped != SQLITE_ROW && stepped != SQLITE_DONE)
        result = store_fail(store->db, store->path, DOING, error);
    sqlite3_reset(find);
    sqlite3_clear_bindings(find);
    return result;
}

static int merge_document(struct merging *m, struct store *other, sqlite3_stmt *row)
{
    bool known = false;
    const char *sha256 = text(row, 1), *path = text(row, 2), *encoding = text(row, 6), *version = text(row, 8), *hash = text(row, 9);
    if (sha256 == NULL || path == NULL || encoding == NULL || version == NULL || hash == NULL)
        return error_set(m->error, E_STORE, "%s: a document of the store cannot be read", other->path);
    int result = has_document(m->store, sha256, &known, m->error);
    if (result != E_OK || known) {
        m->merged->unchanged += known;
        return result;
    }
    const struct document document = {.path = path, .title = text(row, 3), .source = text(row, 4), .published = text(row, 5),
                                      .encoding = encoding, .content = sqlite3_column_blob(row, 7),
                                      .size = (size_t)sqlite3_column_bytes(row, 7), .tool_version = version, .reference_hash = hash};
    const int64_t before = m->merged->observations;
    result = store_document_begin(m->store, &document, &known, m->error);
    if (result == E_OK && known) {
        m->merged->unchanged++;  /* another program was faster */
        return E_OK;
    }
    if (result == E_OK)
        result = store_document_observations(other, sqlite3_column_int64(row, 0), on_observation, m, m->error);
    if (result == E_OK)
        result = store_document_end(m->store, m->error);
    if (result == E_OK) {
        m->merged->documents++;
    } else {
        store_document_abort(m->store);
        m->merged->observations = before;
    }
    return result;
}

int store_merge(struct store *store, const char *other_path, struct merged *merged, struct error *error)
{
    struct store *other = NULL;
    sqlite3_stmt *documents = NULL;
    struct merging m = {store, merged, error};
    int stepped = SQLITE_DONE, result = store_open(&other, other_path, STORE_READ, error);
    if (result != E_OK)
        goto done;
    /* one state of the other store, whatever is written to it meanwhile */
    if (sqlite3_exec(other->db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(other->db, documents_sql, -1, &documents, NULL) != SQLITE_OK)
        result = store_fail(other->db, other->path, DOING, error);
    while (result == E_OK && (stepped = sqlite3_step(documents)) == SQLITE_ROW)
        result = merge_document(&m, other, documents);
    if (result == E_OK && stepped != SQLITE_DONE)
        result = store_fail(other->db, other->path, DOING, error);
done:
    sqlite3_finalize(documents);
    store_close(other);
    return result;
}
