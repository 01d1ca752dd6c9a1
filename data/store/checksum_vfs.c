/* checksum_vfs.c — SQLite's way to a store's files, with a look at the sums of the pages that pass.
 *
 * The VFS is the default one but for two kinds of files: the database and its write-ahead log. What SQLite reads and writes of
 * these is whole pages and small headers:
 *  - the log is a header of 32 bytes and frames of 24 bytes (first the page's number) and a page;
 *  - a page of the database starts at a multiple of its size. While there is a log its pages come from there as they are: they
 *    have their sums or, from the time before the store was sealed, content in that place.
 * The pager writes from memory that is its own. The sum is put into it there, so that pages in the cache, and copies of them in
 * a rollback journal, have right sums, too.
 * Whether pages have sums is what page 1 says: the header of the file has the number of reserved bytes (at 20), user_version
 * (at 60) and application_id (at 68). A version that has sums and no room for them is damage as well.
 *
 * Pages that lie in a mapped file pass nobody: a sealed store is never mapped. */
#include "data/store/checksum.h"

#include <pthread.h>
#include <string.h>

#define LOG_HEADER 32
#define FRAME_HEADER 24
#define OP_MODE 0x7A6801   /* of sqlite3_file_control; numbers above 100 are the application's */
#define OP_STATE 0x7A6802
#define OP_PAGE 0x7A6803

/* An open database or log; the default VFS's own file follows it in memory. */
struct file {
    sqlite3_file methods;
    struct file *database;   /* itself, or of a log the database that it belongs to: the members below are used there */
    bool log;                /* there is one */
    enum checksum_mode mode;
    bool room;               /* page 1 says: a store, and with room for sums */
    bool due;                /* page 1 says: a store that has sums */
    uint32_t refused;
    bool cut;
};

static inline sqlite3_file *real(sqlite3_file *file)
{
    return (sqlite3_file *)(void *)((struct file *)(void *)file + 1);
}

static inline struct file *own(sqlite3_file *file)
{
    return (struct file *)(void *)file;
}

static inline uint32_t big_endian(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Whether a read or write is a page by its size and place. */
static inline bool is_page(const struct file *file, int size, sqlite3_int64 offset)
{
    if (size < 512 || size > CHECKSUM_PAGE_MOST || (size & (size - 1)) != 0)
        return false;
    if (file->database == file)
        return (offset & (size - 1)) == 0;
    const sqlite3_int64 place = offset - LOG_HEADER - FRAME_HEADER;
    return place >= 0 && place % (size + FRAME_HEADER) == 0;
}

/* The number of a page; that of a log is in its frame's header, which is written before the page. */
static int page_number(sqlite3_file *file, int size, sqlite3_int64 offset, uint32_t *number)
{
    unsigned char bytes[4];
    if (own(file)->database == own(file)) {
        *number = (uint32_t)(offset / size + 1);
        return SQLITE_OK;
    }
    int result = real(file)->pMethods->xRead(real(file), bytes, sizeof bytes, offset - FRAME_HEADER);
    *number = big_endian(bytes);
    return result;
}

/* What page 1 says of all pages. */
static void look_at_header(struct file *database, const unsigned char *page)
{
    bool store = memcmp(page, "SQLite format 3", 16) == 0 && big_endian(page + 68) == CHECKSUM_APPLICATION;
    database->room = store && page[20] == CHECKSUM_RESERVED;
    database->due = database->room || (store && big_endian(page + 60) >= CHECKSUM_VERSION);
}

/* ---- files ---- */

static int file_close(sqlite3_file *file)
{
    if (own(file)->database != own(file))
        own(file)->database->log = false;
    return real(file)->pMethods->xClose(real(file));
}

static int file_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset)
{
    struct file *database = own(file)->database;
    int result = real(file)->pMethods->xRead(real(file), bytes, size, offset);
    if ((result != SQLITE_OK && result != SQLITE_IOERR_SHORT_READ) || !is_page(own(file), size, offset))
        return result;
    uint32_t number;
    int found = page_number(file, size, offset, &number);
    if (found != SQLITE_OK)
        return found;
    if (number == 1)
        look_at_header(database, bytes);
    if (database->mode != CHECKSUM_VERIFY || !database->due)
        return result;
    /* SQLite takes what is cut off for zeros */
    if (result == SQLITE_OK && database->room && checksum_right(bytes, (size_t)size, number))
        return SQLITE_OK;
    database->refused = number;
    database->cut = result != SQLITE_OK;
    return SQLITE_IOERR_DATA;
}

/* Puts the sum into a page that is about to be written. */
static int seal(sqlite3_file *file, unsigned char *page, int size, sqlite3_int64 offset)
{
    struct file *database = own(file)->database;
    const bool in_log = own(file) != database;
    unsigned char magic[4];
    uint32_t number;
    int result = page_number(file, size, offset, &number);
    if (result != SQLITE_OK)
        return result;
    if (number == 1)
        look_at_header(database, page);
    if (!database->room && (!in_log || database->mode != CHECKSUM_SEAL))
        return SQLITE_OK;
    if (!in_log) {
        checksum_seal(page, (size_t)size, number);
        return SQLITE_OK;
    }
    /* the last bit of the log's first word is its byte order */
    result = real(file)->pMethods->xRead(real(file), magic, sizeof magic, 0);
    if (result == SQLITE_OK)
        checksum_seal_frame(page, (size_t)size, number, (magic[3] & 1) != 0);
    return result;
}

static int file_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
{
    const bool from_log = own(file)->database == own(file) && own(file)->log;
    int result = SQLITE_OK;
    if (!from_log && is_page(own(file), size, offset))
        result = seal(file, (void *)bytes, size, offset);
    return result == SQLITE_OK ? real(file)->pMethods->xWrite(real(file), bytes, size, offset) : result;
}

/* Beside what SQLite does meanwhile: the mode does not count. */
static int read_page(sqlite3_file *file, struct checksum_page *page)
{
    const sqlite3_int64 offset = (sqlite3_int64)page->size * (page->number - 1);
    int result = real(file)->pMethods->xRead(real(file), page->bytes, (int)page->size, offset);
    page->absent = result == SQLITE_IOERR_SHORT_READ;
    page->right = result == SQLITE_OK && checksum_right(page->bytes, page->size, page->number);
    return page->absent ? SQLITE_OK : result;
}

static int file_control(sqlite3_file *file, int op, void *argument)
{
    struct file *database = own(file)->database;
    switch (op) {
    case OP_MODE:
        database->mode = *(const enum checksum_mode *)argument;
        return SQLITE_OK;
    case OP_STATE:
        *(struct checksum_state *)argument = (struct checksum_state){database->room, database->refused, database->cut};
        return SQLITE_OK;
    case OP_PAGE:
        return read_page(file, argument);
    default:
        return real(file)->pMethods->xFileControl(real(file), op, argument);
    }
}

static int file_fetch(sqlite3_file *file, sqlite3_int64 offset, int size, void **page)
{
    const struct file *database = own(file)->database;
    *page = NULL;  /* SQLite reads it then */
    return database->due || database->mode == CHECKSUM_SEAL ? SQLITE_OK : real(file)->pMethods->xFetch(real(file), offset, size, page);
}

static int file_characteristics(sqlite3_file *file)
{
    int bits = real(file)->pMethods->xDeviceCharacteristics(real(file));
#ifdef SQLITE_IOCAP_SUBPAGE_READ
    bits &= ~SQLITE_IOCAP_SUBPAGE_READ;  /* part of a page has no sum */
#endif
    return bits;
}

/* The others only hand on. */
#define HAND_ON(name, method, parameters, ...)                             \
    static int name parameters                                             \
    {                                                                      \
        return real(file)->pMethods->method(real(file), ##__VA_ARGS__);    \
    }
HAND_ON(file_truncate, xTruncate, (sqlite3_file *file, sqlite3_int64 size), size)
HAND_ON(file_sync, xSync, (sqlite3_file *file, int flags), flags)
HAND_ON(file_size, xFileSize, (sqlite3_file *file, sqlite3_int64 *size), size)
HAND_ON(file_lock, xLock, (sqlite3_file *file, int lock), lock)
HAND_ON(file_unlock, xUnlock, (sqlite3_file *file, int lock), lock)
HAND_ON(file_reserved, xCheckReservedLock, (sqlite3_file *file, int *reserved), reserved)
HAND_ON(file_sector, xSectorSize, (sqlite3_file *file))
HAND_ON(file_shm_map, xShmMap, (sqlite3_file *file, int part, int size, int extend, void volatile **map), part, size, extend, map)
HAND_ON(file_shm_lock, xShmLock, (sqlite3_file *file, int offset, int count, int flags), offset, count, flags)
HAND_ON(file_shm_unmap, xShmUnmap, (sqlite3_file *file, int remove), remove)
HAND_ON(file_unfetch, xUnfetch, (sqlite3_file *file, sqlite3_int64 offset, void *page), offset, page)

static void file_shm_barrier(sqlite3_file *file)
{
    real(file)->pMethods->xShmBarrier(real(file));
}

/* Version 3, as the files of the default VFS of Unix have it. */
static const sqlite3_io_methods file_methods = {
    3, file_close, file_read, file_write, file_truncate, file_sync, file_size, file_lock, file_unlock, file_reserved, file_control,
    file_sector, file_characteristics, file_shm_map, file_shm_lock, file_shm_barrier, file_shm_unmap, file_fetch, file_unfetch,
};

/* ---- the VFS ---- */

struct shim {
    sqlite3_vfs vfs;
    sqlite3_vfs *below;
};

static int vfs_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *flags_out)
{
    sqlite3_vfs *below = ((struct shim *)(void *)vfs)->below;
    if ((flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) == 0)
        return below->xOpen(below, name, file, flags, flags_out);
    struct file *opened = own(file);
    *opened = (struct file){0};
    opened->database = (flags & SQLITE_OPEN_WAL) != 0 ? own(sqlite3_database_file_object(name)) : opened;
    memset(real(file), 0, (size_t)below->szOsFile);
    int result = below->xOpen(below, name, real(file), flags, flags_out);
    /* SQLite closes what has methods, also when it could not be opened */
    opened->methods.pMethods = real(file)->pMethods != NULL ? &file_methods : NULL;
    if (result == SQLITE_OK && opened->database != opened)
        opened->database->log = true;
    return result;
}

int checksum_register(void)
{
    static pthread_mutex_t once = PTHREAD_MUTEX_INITIALIZER;
    static struct shim shim;  /* SQLite's from then on: its list of VFSs goes through it */
    int result = sqlite3_initialize();
    if (result != SQLITE_OK)
        return result;
    pthread_mutex_lock(&once);
    sqlite3_vfs *below = sqlite3_vfs_find(NULL);
    if (below == NULL) {
        result = SQLITE_ERROR;
    } else if (sqlite3_vfs_find(CHECKSUM_VFS) == NULL) {
        shim = (struct shim){*below, below};  /* all of its functions, which get their data from it */
        shim.vfs.pNext = NULL;
        shim.vfs.zName = CHECKSUM_VFS;
        shim.vfs.szOsFile = (int)sizeof(struct file) + below->szOsFile;
        shim.vfs.xOpen = vfs_open;
        result = sqlite3_vfs_register(&shim.vfs, 0);
    }
    pthread_mutex_unlock(&once);
    return result;
}

int checksum_set_mode(sqlite3 *db, enum checksum_mode mode)
{
    return sqlite3_file_control(db, "main", OP_MODE, &mode);
}

int checksum_get_state(sqlite3 *db, struct checksum_state *state)
{
    *state = (struct checksum_state){0};
    return sqlite3_file_control(db, "main", OP_STATE, state);
}

int checksum_read_page(sqlite3 *db, struct checksum_page *page)
{
    return sqlite3_file_control(db, "main", OP_PAGE, page);
}
