/* store.c — opening and closing the store, and SQLite's errors in the user's words.
 *
 * The file may come from anywhere, so it is opened defensively: nothing in its schema can call functions with side
 * effects or damage the file. WAL lets commands read while another one writes; with synchronous=NORMAL a power failure
 * may undo the last documents, each of them wholly, and never damages the file. */
#include "data/reference/reference.h"
#include "data/store/internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_MILLISECONDS 10000
#define CUT "%s: the store is damaged: its end is missing; restore a copy, or ingest the documents into a new one"
#define CHANGED \
    "%s: page %u of the store is not as zhibiao wrote it: the file is damaged, or another program has written to it; restore a copy, or," \
    " when it was another program, run zhibiao check --reseal"
#define READ_ONLY "%s: the store is read-only; make the file and its folder writable"

int store_refused(sqlite3 *db, const char *path, struct error *error)
{
    struct checksum_state pages;
    if (checksum_get_state(db, &pages) == SQLITE_OK && pages.cut)
        return error_set(error, E_STORE, CUT, path);
    return error_set(error, E_STORE, CHANGED, path, pages.refused);
}

int store_fail(sqlite3 *db, const char *path, const char *doing, struct error *error)
{
    int code = sqlite3_errcode(db);
    if (code == SQLITE_IOERR_DATA)
        return store_refused(db, path, error);
    switch (code & 0xFF) {
    case SQLITE_NOMEM:
        return error_set(error, E_MEMORY, "%s: out of memory", path);
    case SQLITE_NOTADB:
        return error_set(error, E_STORE, "%s: not a database; name another file with --store", path);
    case SQLITE_CORRUPT:
        return error_set(error, E_STORE, "%s: the store is damaged; restore a copy, or ingest the documents into a "
                         "new one", path);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error_set(error, E_STORE, "%s: the store is in use by another program; try again when it is done", path);
    case SQLITE_READONLY:
        return error_set(error, E_STORE, READ_ONLY, path);
    case SQLITE_FULL:
        return error_set(error, E_STORE, "%s: cannot %s the store: the disk is full", path, doing);
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR: {
        int number = sqlite3_system_errno(db);
        return error_set(error, E_STORE, "%s: cannot %s the store: %s", path, doing,
                         number != 0 ? strerror(number) : sqlite3_errmsg(db));
    }
    default:
        return error_set(error, E_STORE, "%s: cannot %s the store: %s", path, doing, sqlite3_errmsg(db));
    }
}

int store_statement(struct store *store, enum statement which, sqlite3_stmt **statement, struct error *error)
{
    static const char *const texts[] = {
#define X(name, sql) [name] = sql,
        STATEMENTS(X)
#undef X
    };
    sqlite3_stmt **kept = &store->statements[which];
    if (*kept == NULL &&
        sqlite3_prepare_v3(store->db, texts[which], -1, SQLITE_PREPARE_PERSISTENT, kept, NULL) != SQLITE_OK)
        return store_fail(store->db, store->path, "use", error);
    sqlite3_reset(*kept);  /* repeats an error that was reported when it happened */
    *statement = *kept;
    return E_OK;
}

/* What SQLite would report as "unable to open database file", said so that the user can act on it. */
static int check_path(const char *path, enum store_mode mode, struct error *error)
{
    struct stat status;
    const char *slash = strrchr(path, '/'), *last = slash != NULL ? slash + 1 : path;
    if (path[0] == '\0')
        return error_set(error, E_STORE, "the store's file name is empty; name a file with --store");
    /* SQLite would make the file "new" of new/ and new/. */
    bool folder = last[0] == '\0' || strcmp(last, ".") == 0 || strcmp(last, "..") == 0;
    if (folder && stat(path, &status) != 0)
        return error_set(error, E_STORE, "%s: a directory's name; name the store's file with --store", path);
    if (stat(path, &status) == 0) {
        if (S_ISDIR(status.st_mode))
            return error_set(error, E_STORE, "%s: a directory; name the store's file in it with --store", path);
        if (!S_ISREG(status.st_mode))
            return error_set(error, E_STORE, "%s: not a regular file; name another file with --store", path);
    } else if (errno == ENOENT && mode == STORE_READ) {
        return error_set(error, E_STORE, "%s: no such store; make one with ingest, or name another with --store", path);
    } else if (errno != ENOENT) {
        return error_set(error, E_STORE, "%s: cannot open the store: %s", path, strerror(errno));
    }
    return E_OK;
}

/* The name that makes SQLite open exactly this file: ":memory:" and "file:x" are files here. With `immutable` a URI
 * that says that nobody writes. malloc'ed; NULL: no memory. */
static char *file_name(const char *path, bool immutable)
{
    const char *folder = path[0] == '/' ? "" : "./";
    size_t size = 3 * strlen(path) + 32;
    char *name = malloc(size);
    if (name == NULL)
        return NULL;
    if (!immutable) {
        snprintf(name, size, "%s%s", folder, path);
        return name;
    }
    size_t n = (size_t)snprintf(name, size, "file:%s", folder);
    for (const unsigned char *c = (const unsigned char *)path; *c != '\0'; c++)
        n += (size_t)snprintf(name + n, size - n, *c == '%' || *c == '?' || *c == '#' ? "%%%02X" : "%c", *c);
    snprintf(name + n, size - n, "?immutable=1");
    return name;
}

/* Where its files cannot be made SQLite tells of a missing one: say what is the matter. */
static int open_failed(const struct store *store, enum store_mode mode, struct error *error)
{
    bool writable = true;
    if (mode == STORE_WRITE && access(store->path, F_OK) == 0) {
        char *folder = strdup(store->path), *slash = folder != NULL ? strrchr(folder, '/') : NULL;
        if (slash != NULL)
            slash[slash == folder] = '\0';
        writable = access(store->path, W_OK) == 0 && access(slash != NULL ? folder : ".", W_OK) == 0;
        free(folder);
    }
    return writable ? store_fail(store->db, store->path, "open", error) : error_set(error, E_STORE, READ_ONLY, store->path);
}

int store_log_empty(const struct store *store, bool *empty, struct error *error)
{
    struct stat about;
    size_t size = strlen(store->path) + sizeof "-wal";
    char *log = malloc(size);
    if (log == NULL)
        return error_set(error, E_MEMORY, "%s: out of memory", store->path);
    snprintf(log, size, "%s-wal", store->path);
    *empty = stat(log, &about) != 0 || about.st_size == 0;
    free(log);
    return E_OK;
}

/* Whether the file has all its pages, or else a log that may hold them: SQLite reads pages that are cut off as empty ones. */
static int check_end(const struct store *store, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    struct stat about;
    bool empty;
    bool good = sqlite3_prepare_v2(store->db, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", -1, &statement,
                                   NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW;
    int64_t size = good ? sqlite3_column_int64(statement, 0) : 0;
    int result = good ? E_OK : store_fail(store->db, store->path, "open", error);
    sqlite3_finalize(statement);
    /* in this order: what a writer moves from the log to the file is in the one or in the other */
    if (result == E_OK)
        result = store_log_empty(store, &empty, error);
    if (result == E_OK && empty && stat(store->path, &about) == 0 && about.st_size < size)
        result = error_set(error, E_STORE, CUT, store->path);
    return result;
}

/* Looks at what was opened; for writing it is brought to what this program writes. */
static int prepare_file(struct store *store, enum store_mode mode, struct error *error)
{
    int version = 0;
    if (store->trusting && checksum_set_mode(store->db, CHECKSUM_TRUST) != SQLITE_OK)
        return store_fail(store->db, store->path, "open", error);
    int result = schema_check(store->db, store->path, mode, schema_migrations, schema_migration_count, &version, error);
    if (result == E_OK)
        result = check_end(store, error);
    if (result != E_OK || mode == STORE_READ)
        return result;
    /* SQLite opens a write-protected file for reading and says so only when asked */
    if (sqlite3_db_readonly(store->db, "main") == 1)
        return error_set(error, E_STORE, READ_ONLY, store->path);
    if (store->trusting || version < CHECKSUM_VERSION)
        result = store_seal(store, store->trusting, error);
    return result == E_OK ? schema_prepare(store->db, store->path, mode, schema_migrations, schema_migration_count, error) : result;
}

static int open_file(struct store *store, enum store_mode mode, bool immutable, struct error *error)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    flags |= mode == STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    flags |= immutable ? SQLITE_OPEN_URI : 0;
    char *name = file_name(store->path, immutable);
    if (name == NULL)
        return error_set(error, E_MEMORY, "%s: out of memory", store->path);
    int opened = checksum_register();
    if (opened == SQLITE_OK)
        opened = sqlite3_open_v2(name, &store->db, flags, CHECKSUM_VFS);
    free(name);
    if (store->db == NULL)
        return error_set(error, E_MEMORY, "%s: out of memory", store->path);
    if (opened != SQLITE_OK)
        return open_failed(store, mode, error);
    sqlite3_busy_timeout(store->db, BUSY_MILLISECONDS);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    int result = prepare_file(store, mode, error);
    return result != E_OK && (sqlite3_errcode(store->db) & 0xFF) == SQLITE_CANTOPEN ? open_failed(store, mode, error) : result;
}

/* Reading a WAL store wants to make its -shm file. In a folder that cannot be written, and with no -wal file beside
 * the store, nobody is writing and the file is complete: it can be read as it stands. */
static bool may_be_read_as_it_stands(const struct store *store)
{
    int code = sqlite3_errcode(store->db) & 0xFF;
    if (code != SQLITE_CANTOPEN && code != SQLITE_READONLY)
        return false;
    size_t size = strlen(store->path) + sizeof "-wal";
    char *wal = malloc(size);
    if (wal == NULL)
        return false;
    snprintf(wal, size, "%s-wal", store->path);
    struct stat status;
    bool absent = stat(wal, &status) != 0 && errno == ENOENT;
    free(wal);
    return absent;
}

static int open_for_writing(struct store *store, struct error *error)
{
    /* these are this connection's; the cache holds what some 100,000 new rows touch. Deleted content is overwritten: otherwise
     * SQLite, where it keeps no log, leaves out pages that are new and free again, and what is in their place has no sum */
    static const char settings[] =
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA secure_delete = ON";
    if (sqlite3_exec(store->db, settings, NULL, NULL, NULL) != SQLITE_OK)
        return store_fail(store->db, store->path, "open", error);
    /* a journal mode that cannot be set now (another process has the file open, or its file system lacks shared memory)
     * is as safe, only slower */
    int wal = sqlite3_exec(store->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    if (wal != SQLITE_OK && (wal & 0xFF) != SQLITE_BUSY && (wal & 0xFF) != SQLITE_LOCKED)
        return store_fail(store->db, store->path, "open", error);
    return E_OK;
}

int store_open_as(struct store **opened, const char *path, enum store_mode mode, bool trusting, struct error *error)
{
    struct store *store = NULL;
    *opened = NULL;
    int result = reference_open(error);
    if (result == E_OK)
        result = check_path(path, mode, error);
    if (result != E_OK)
        goto done;
    store = calloc(1, sizeof *store);
    if (store == NULL || (store->path = strdup(path)) == NULL) {
        result = error_set(error, E_MEMORY, "%s: out of memory", path);
        goto done;
    }
    store->trusting = trusting;
    result = open_file(store, mode, false, error);
    if (result != E_OK && mode == STORE_READ && store->db != NULL && may_be_read_as_it_stands(store)) {
        sqlite3_close(store->db);
        store->db = NULL;
        result = open_file(store, mode, true, error);
    }
    if (result == E_OK && mode == STORE_WRITE)
        result = open_for_writing(store, error);
done:
    if (result == E_OK)
        *opened = store;
    else
        store_close(store);
    return result;
}

int store_open(struct store **opened, const char *path, enum store_mode mode, struct error *error)
{
    return store_open_as(opened, path, mode, false, error);
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    store_document_abort(store);
    for (size_t i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(store->statements[i]);
    sqlite3_close(store->db);
    free(store->path);
    free(store);
}
