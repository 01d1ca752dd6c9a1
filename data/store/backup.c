/* backup.c — a copy of a store that is in use, by SQLite's online backup.
 *
 * The pages go to a temporary file beside the new one. It is checked, synced, and given its name by a call that fails where
 * that name is taken: what is there under the name is a whole store, or nothing. */
#include "data/store/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMPORARY ".XXXXXX"
#define WAITS_MOST 100        /* of 100 ms, for a store that another program has locked */

static int cannot(const char *path, struct error *error)
{
    if (errno == EEXIST)
        return error_set(error, E_OUTPUT, "%s: is there already, and a backup overwrites nothing; name another file", path);
    const char *advice = errno == ENOSPC || errno == EDQUOT    ? "; free some space and run it again"
                         : errno == ENOENT || errno == ENOTDIR ? "; make its folder first"
                         : errno == EACCES || errno == EROFS   ? "; choose a folder that you may write to"
                                                               : "";
    return error_set(error, E_OUTPUT, "%s: the backup cannot be written: %s%s", path, strerror(errno), advice);
}

static int copy_pages(struct store *store, sqlite3 *copy, const char *name, struct error *error)
{
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", store->db, "main");
    if (backup == NULL)
        return store_fail(copy, name, "back up to", error);
    int stepped = SQLITE_BUSY;
    for (int waits = 0; waits < WAITS_MOST && (stepped == SQLITE_BUSY || stepped == SQLITE_LOCKED); waits++) {
        if (waits > 0)
            sqlite3_sleep(100);
        stepped = sqlite3_backup_step(backup, -1);  /* all at once: one state of the store, and writers go on beside it */
    }
    int finished = sqlite3_backup_finish(backup);
    if (stepped == SQLITE_DONE && finished == SQLITE_OK)
        return E_OK;
    /* the copy's connection has the error of either side; which page it was the store's knows */
    return stepped == SQLITE_IOERR_DATA ? store_refused(store->db, store->path, error) : store_fail(copy, name, "back up to", error);
}

/* One file without -wal and -shm beside it, and sound. */
static int settle(sqlite3 *copy, const char *name, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    int result = E_OK;
    if (sqlite3_exec(copy, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(copy, "PRAGMA integrity_check(1)", -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW)
        result = store_fail(copy, name, "check", error);
    else if (strcmp((const char *)sqlite3_column_text(statement, 0), "ok") != 0)
        result = error_set(error, E_STORE, "%s: the copy is damaged, as the store is or the disk: %s", name,
                           (const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    return result;
}

static int sync_path(const char *path, int flags)
{
    int file = open(path, flags | O_CLOEXEC);
    if (file < 0)
        return -1;
    int synced = fsync(file), why = errno;
    if (close(file) != 0 && synced == 0)
        return -1;
    errno = why;
    return synced;
}

/* The folder that a path lies in, so that its new name is on the disk, too. Folders that cannot be synced need not be. */
static void sync_folder(const char *path)
{
    char *folder = strdup(path);
    if (folder == NULL)
        return;
    char *slash = strrchr(folder, '/');
    if (slash != NULL)
        slash[slash == folder] = '\0';
    (void)sync_path(slash != NULL ? folder : ".", O_RDONLY | O_DIRECTORY);
    free(folder);
}

/* Gives the file its name, if that is free. */
static int name_file(const char *temporary, const char *to)
{
    if (renameat2(AT_FDCWD, temporary, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    /* a file system that cannot do both at once */
    if (access(to, F_OK) == 0) {
        errno = EEXIST;
        return -1;
    }
    return rename(temporary, to);
}

/* With what SQLite may have made beside it. name: room for the longest of their names, so that no memory is needed. */
static void remove_file(const char *temporary, char *name)
{
    static const char *const endings[] = {"", "-journal", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        strcpy(name, temporary);
        strcat(name, endings[i]);
        unlink(name);
    }
}

int store_backup(const char *path, const char *to, struct error *error)
{
    struct store *store = NULL;
    sqlite3 *copy = NULL;
    struct stat about;
    char *temporary = NULL, *name = NULL;
    bool made = false;
    size_t length = strlen(to);
    int result = store_open(&store, path, STORE_READ, error);
    if (result != E_OK)
        goto done;
    if (length == 0 || strcmp(to, "-") == 0) {
        result = error_set(error, E_USAGE, "'%s': name a file for the backup", to);
        goto done;
    }
    if (lstat(to, &about) == 0) {
        errno = EEXIST;
        result = cannot(to, error);
        goto done;
    }
    temporary = malloc(length + sizeof TEMPORARY);
    name = malloc(length + sizeof TEMPORARY + sizeof "-journal");
    if (temporary == NULL || name == NULL) {
        result = error_set(error, E_MEMORY, "%s: out of memory", to);
        goto done;
    }
    memcpy(temporary, to, length);
    memcpy(temporary + length, TEMPORARY, sizeof TEMPORARY);
    int file = mkostemp(temporary, O_CLOEXEC);
    if (file < 0) {
        result = cannot(to, error);
        goto done;
    }
    made = true;
    /* as private or public as the store */
    bool good = stat(path, &about) == 0 && fchmod(file, about.st_mode & 0777) == 0;
    if (close(file) != 0 || !good) {
        result = cannot(to, error);
        goto done;
    }
    /* "file:x" is a file's name here */
    snprintf(name, length + sizeof TEMPORARY + 2, "%s%s", temporary[0] == '/' ? "" : "./", temporary);
    if (sqlite3_open_v2(name, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, CHECKSUM_VFS) != SQLITE_OK) {
        result = copy != NULL ? store_fail(copy, to, "back up to", error) : error_set(error, E_MEMORY, "%s: out of memory", to);
        goto done;
    }
    result = copy_pages(store, copy, to, error);
    if (result == E_OK)
        result = settle(copy, to, error);
    if (sqlite3_close(copy) != SQLITE_OK && result == E_OK)
        result = error_set(error, E_OUTPUT, "%s: the backup cannot be closed", to);
    copy = NULL;
    if (result == E_OK && (sync_path(temporary, O_RDWR) != 0 || name_file(temporary, to) != 0))
        result = cannot(to, error);
    if (result == E_OK) {
        made = false;
        sync_folder(to);
    }
done:
    sqlite3_close(copy);
    if (made)
        remove_file(temporary, name);
    free(temporary);
    free(name);
    store_close(store);
    return result;
}
