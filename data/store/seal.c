/* seal.c — how the pages of a store get their checksums: a new store's, an older one's, one's that another program wrote to.
 *
 * An older store has content where the sums go, so all of its pages are written anew, by VACUUM, in one transaction. That goes
 * through the write-ahead log: what fails leaves the file as it is, where a rollback journal would have to put pages back that
 * have no room for sums. Readers go on meanwhile. */
#include "data/store/internal.h"

#include <string.h>

#define DOING "seal"

/* The first column of a statement's first row: a number, or whether it is this text. */
static int read_row(struct store *store, const char *sql, const char *text, int64_t *number, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    int result = E_OK;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK || sqlite3_step(statement) != SQLITE_ROW) {
        result = store_fail(store->db, store->path, DOING, error);
    } else if (text == NULL) {
        *number = sqlite3_column_int64(statement, 0);
    } else {
        const char *got = (const char *)sqlite3_column_text(statement, 0);
        *number = got != NULL && strcmp(got, text) == 0;
    }
    sqlite3_finalize(statement);
    return result;
}

/* VACUUM with the sums put in. */
static int write_anew(struct store *store, struct error *error)
{
    int64_t logged = 0;
    int result = read_row(store, "PRAGMA journal_mode = WAL", "wal", &logged, error);
    if (result != E_OK)
        return result;
    if (!logged)
        return error_set(error, E_STORE, "%s: the store is older and cannot get its checksums here, where SQLite can keep no log; copy it"
                         " to another file system, run a command there that writes, and copy it back", store->path);
    int done = checksum_set_mode(store->db, CHECKSUM_SEAL);
    if (done == SQLITE_OK)
        done = sqlite3_exec(store->db, "VACUUM", NULL, NULL, NULL);
    if (done != SQLITE_OK)
        result = store_fail(store->db, store->path, DOING, error);
    checksum_set_mode(store->db, CHECKSUM_VERIFY);
    return result;
}

int store_seal(struct store *store, bool again, struct error *error)
{
    struct checksum_state pages;
    int64_t count = 0;
    int reserved = CHECKSUM_RESERVED;
    int result = read_row(store, "PRAGMA page_count", NULL, &count, error);
    if (result != E_OK)
        return result;
    /* gives back how many are reserved now; an empty database takes them at once, others with VACUUM */
    if (checksum_get_state(store->db, &pages) != SQLITE_OK ||
        sqlite3_file_control(store->db, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved) != SQLITE_OK)
        return store_fail(store->db, store->path, DOING, error);
    if (reserved > CHECKSUM_RESERVED)
        return error_set(error, E_STORE, "%s: another program has reserved %d bytes of each page for itself, so that there is no place for"
                         " checksums; ingest the documents into a new store", store->path, reserved);
    return count == 0 || (pages.sealed && !again) ? E_OK : write_anew(store, error);
}

bool store_sealed(struct store *store)
{
    struct checksum_state pages;
    return checksum_get_state(store->db, &pages) == SQLITE_OK && pages.sealed;
}

struct counting {
    int (*visit)(const struct trouble *trouble, void *context);
    void *context;
    size_t faults;
};

static int count_fault(const struct trouble *trouble, void *context)
{
    struct counting *counting = context;
    counting->faults += trouble->fault;
    return counting->visit(trouble, counting->context);
}

int store_reseal(const char *path, int visit(const struct trouble *trouble, void *context), void *context, struct error *error)
{
    struct store *store = NULL;
    struct counting counting = {visit, context, 0};
    int result = store_open_as(&store, path, STORE_READ, true, error);
    if (result == E_OK)
        result = store_check(store, false, count_fault, &counting, error);
    store_close(store);
    store = NULL;
    if (result == E_OK && counting.faults > 0)
        result = error_set(error, E_STORE, "%s: %zu fault%s; the store stays as it is: restore a backup, or ingest the documents into a new"
                           " store", path, counting.faults, counting.faults > 1 ? "s" : "");
    if (result == E_OK)
        result = store_open_as(&store, path, STORE_WRITE, true, error);
    store_close(store);
    return result;
}
