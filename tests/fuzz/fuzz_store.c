/* fuzz_store.c — any bytes as a store's file: refused, or read, and never written past a damaged place without a message.
 *
 * Every reading command's queries run, then a document is written. Pages that have room for sums get right ones first, or the sums
 * would keep the fuzzer from all that lies behind them; then the bytes as they are, which are refused at once, are read and
 * sealed anew. The file lies in memory (/dev/shm) where there is one. */
#include "data/store/checksum.h"
#include "data/store/store.h"
#include "tests/fuzz/fuzz.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <unistd.h>

static int on_observation(const struct stored_observation *row, void *context)
{
    (void)context;
    return row->id == INT64_MIN;
}
static int on_document(const struct document_row *row, void *context)
{
    (void)context;
    return row->id == INT64_MIN;
}
static int on_indicator(const struct indicator_row *row, void *context)
{
    (void)context;
    return row->observations == INT64_MIN;
}

static void read_all(const char *path, enum store_mode mode)
{
    struct error error = {0};
    struct store *store = NULL;
    if (store_open(&store, path, mode, &error) != E_OK) {
        MUST(store == NULL && error.text[0] != '\0');
        return;
    }
    const struct filter any = {0}, best = {.preferred = true}, narrow = {.indicator = "面积", .region = "52", .level = 6, .period = "2020"};
    (void)store_query(store, &any, on_observation, NULL, &error);
    (void)store_query(store, &best, on_observation, NULL, &error);
    (void)store_query(store, &narrow, on_observation, NULL, &error);
    (void)store_documents(store, NULL, on_document, NULL, &error);
    (void)store_indicators(store, &any, on_indicator, NULL, &error);
    if (mode == STORE_WRITE) {
        const struct document document = {.path = "a.txt", .encoding = "UTF-8", .content = "x", .size = 1, .tool_version = "1",
                                          .reference_hash = "h"};
        bool known;
        if (store_document_begin(store, &document, &known, &error) == E_OK && !known)
            (void)store_document_end(store, &error);
    }
    store_close(store);
}

static int on_trouble(const struct trouble *trouble, void *context)
{
    (void)context;
    must_be_utf8(trouble->check);
    return 0;
}

/* Whether these bytes are the file now, with right sums where its pages have room for them. */
static bool make_file(const char *path, const uint8_t *data, size_t size, bool sums)
{
    size_t page = size > 100 ? (size_t)data[16] << 8 | (size_t)data[17] << 16 : 0;
    const bool room = sums && page >= 512 && page <= CHECKSUM_PAGE_MOST && (page & (page - 1)) == 0 && data[20] == CHECKSUM_RESERVED;
    uint8_t *bytes = malloc(size + 1);
    FILE *file = fopen(path, "wb");
    if (bytes != NULL && size > 0)
        memcpy(bytes, data, size);
    for (size_t i = 0; bytes != NULL && room && i + page <= size; i += page)
        checksum_seal(bytes + i, page, (uint32_t)(i / page + 1));
    bool written = bytes != NULL && file != NULL && fwrite(bytes, 1, size, file) == size;
    if (file != NULL && fclose(file) != 0)
        written = false;
    free(bytes);
    return written;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char folder[64] = "/dev/shm/zhibiao-fuzz.XXXXXX", path[96], side[128];
    static const char *const sides[] = {"-wal", "-shm", "-journal"};
    if (access("/dev/shm", W_OK) != 0)
        memcpy(folder, "/tmp/zhibiao-fuzz.XXXXXX", sizeof "/tmp/zhibiao-fuzz.XXXXXX");
    if (mkdtemp(folder) == NULL)
        return 0;
    snprintf(path, sizeof path, "%s/s.db", folder);
    struct error error = {0};
    if (make_file(path, data, size, true)) {
        read_all(path, STORE_READ);
        read_all(path, STORE_WRITE);
    }
    if (make_file(path, data, size, false)) {
        read_all(path, STORE_READ);
        MUST(store_reseal(path, on_trouble, NULL, &error) == E_OK || error.text[0] != '\0');
    }
    unlink(path);
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        snprintf(side, sizeof side, "%s%s", path, sides[i]);
        unlink(side);
    }
    rmdir(folder);
    return 0;
}
