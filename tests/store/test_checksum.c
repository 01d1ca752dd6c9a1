/* test_checksum.c — what the sums of pages promise: a page that is not as it was written is refused, wherever it changed, and
 * nothing that is right ever is; older stores, other programs, and the log that both may find. */
#include "tests/store/fixture.h"
#include "data/store/internal.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <signal.h>

#define DOCUMENTS 12

/* ---- pages in memory ---- */

static void fill(unsigned char *page, size_t size, uint32_t seed)
{
    for (size_t i = 0; i < size; i++)
        page[i] = (unsigned char)((seed = seed * 1664525 + 1013904223) >> 24);
}

/* Every bit, every pair of near bits, every number and place: the sum is another one. */
static void sums_differ(void **state)
{
    enum { SIZE = 512, BITS = (SIZE - CHECKSUM_RESERVED) * 8 };
    unsigned char page[65536];
    (void)state;
    for (uint32_t size = 512; size <= sizeof page; size *= 2) {
        fill(page, size, size);
        checksum_seal(page, size, 7);
        assert_true(checksum_right(page, size, 7));
        assert_false(checksum_right(page, size, 8));
        page[size - CHECKSUM_RESERVED - 1] ^= 0x80;
        assert_false(checksum_right(page, size, 7));
    }
    for (int content = 0; content < 3; content++) {
        fill(page, SIZE, (uint32_t)content);
        if (content == 2)
            memset(page, 0, SIZE);
        checksum_seal(page, SIZE, 1);
        for (size_t i = 0; i < BITS; i++) {
            page[i / 8] ^= (unsigned char)(1u << i % 8);
            assert_false(checksum_right(page, SIZE, 1));
            /* the same and the next words of the lane, with the bits where a multiplication would leave a change alone */
            for (size_t j = i + 1; j < i + 1300 && j < BITS; j++) {
                page[j / 8] ^= (unsigned char)(1u << j % 8);
                assert_false(checksum_right(page, SIZE, 1));
                page[j / 8] ^= (unsigned char)(1u << j % 8);
            }
            page[i / 8] ^= (unsigned char)(1u << i % 8);
        }
        assert_true(checksum_right(page, SIZE, 1));
    }
}

static uint32_t word_of(const unsigned char *bytes, bool big)
{
    return big ? (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3]
               : (uint32_t)bytes[3] << 24 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[1] << 8 | bytes[0];
}

/* SQLite's checksum of a log's frame, as its file format describes it. */
static void log_checksum(const unsigned char *page, size_t size, bool big, uint32_t sums[2])
{
    for (size_t i = 0; i < size; i += 8) {
        sums[0] += word_of(page + i, big) + sums[1];
        sums[1] += word_of(page + i + 4, big) + sums[0];
    }
}

static void log_checksum_stays(void **state)
{
    unsigned char page[65536];
    (void)state;
    for (uint32_t turn = 0; turn < 64; turn++) {
        const size_t size = (size_t)512 << turn % 8;
        const bool big = turn % 2 != 0;
        uint32_t before[2] = {turn, ~turn}, after[2] = {turn, ~turn};
        fill(page, size, turn);
        log_checksum(page, size, big, before);
        checksum_seal_frame(page, size, turn + 1, big);
        log_checksum(page, size, big, after);
        assert_memory_equal(before, after, sizeof before);
        assert_true(checksum_right(page, size, turn + 1));
    }
}

/* ---- stores ---- */

struct bytes {
    unsigned char *at;
    size_t size;
};

static struct bytes read_bytes(const char *path)
{
    struct stat about;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &about), 0);
    struct bytes bytes = {malloc((size_t)about.st_size + 1), (size_t)about.st_size};
    assert_non_null(bytes.at);
    assert_int_equal(fread(bytes.at, 1, bytes.size, file), bytes.size);
    assert_int_equal(fclose(file), 0);
    return bytes;
}

static void write_bytes(const char *path, struct bytes bytes)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.at, 1, bytes.size, file), bytes.size);
    assert_int_equal(fclose(file), 0);
}

static const char *beside(const struct fixture *fixture, const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", fixture->folder, name);
    return path;
}

/* DOCUMENTS documents, `first` of them there already; one is longer than a page. */
static void put_documents(struct store *store, int first)
{
    static char content[20000];
    memset(content, 'x', sizeof content - 1);
    for (int i = first; i < first + DOCUMENTS; i++) {
        snprintf(content, 32, "document number %d", i);
        content[strlen(content)] = i % 4 == 0 ? ' ' : '\0';
        const struct document document = document_of(content);
        struct observation observations[20];
        for (int k = 0; k < 20; k++)
            observations[k] = observation_of(i * 100 + k);
        put(store, &document, observations, 20);
    }
}

static void make_store(const struct fixture *fixture)
{
    struct store *store = open_store(fixture, STORE_WRITE);
    put_documents(store, 0);
    store_close(store);
    assert_int_equal(access(beside(fixture, "store.db-wal"), F_OK), -1);
}

struct answer {
    int rows;
    double sum;
};

static int add_row(const struct stored_observation *row, void *context)
{
    struct answer *answer = context;
    answer->rows++;
    answer->sum += row->observation.value;
    return 0;
}

static int ask(const struct fixture *fixture, struct answer *answer, struct error *error)
{
    struct store *store = NULL;
    *answer = (struct answer){0};
    int result = store_open(&store, fixture->path, STORE_READ, error);
    if (result == E_OK)
        result = store_query(store, &(struct filter){0}, add_row, answer, error);
    store_close(store);
    return result;
}

static int on_trouble(const struct trouble *trouble, void *context)
{
    assert_true(trouble->fault);
    char *text = context;
    if (text[0] == '\0')
        snprintf(text, 200, "%s: %s", trouble->check, trouble->text);
    return 0;
}

/* What check says: the first fault, or the error; "" when there is nothing. */
static const char *checked(const struct fixture *fixture)
{
    static char text[256];
    struct store *store = NULL;
    struct error error = {0};
    text[0] = '\0';
    int result = store_open(&store, fixture->path, STORE_READ, &error);
    if (result == E_OK)
        result = store_check(store, false, on_trouble, text, &error);
    store_close(store);
    if (result != E_OK && text[0] == '\0')
        snprintf(text, sizeof text, "%.200s", error.text);
    return text;
}

static void changed(const struct fixture *fixture, uint32_t number, char message[300])
{
    snprintf(message, 300, "%s: page %u of the store is not as zhibiao wrote it: the file is damaged, or another program has written to it;"
             " restore a copy, or, when it was another program, run zhibiao check --reseal", fixture->path, number);
}

/* A changed byte in each page: no other answer, and check names the page. */
static void flips(void **state)
{
    const struct fixture *fixture = *state;
    struct error error = {0};
    struct answer right, answer;
    char message[300], damage[128];
    make_store(fixture);
    assert_done(ask(fixture, &right, &error), &error);
    assert_int_equal(right.rows, DOCUMENTS * 20);
    struct bytes bytes = read_bytes(fixture->path);
    int refused = 0;
    for (uint32_t page = 0; page < bytes.size / 4096; page++) {
        for (size_t k = 0; k < 6; k++) {
            unsigned char *byte = bytes.at + page * 4096 + (k < 3 ? 27 * k : 4096 - CHECKSUM_RESERVED - 1 - 97 * (k - 3));
            if (page == 0 && k == 0)
                continue;  /* "SQLite format 3": no database */
            *byte ^= (unsigned char)(1u << k % 8);
            write_bytes(fixture->path, bytes);
            if (ask(fixture, &answer, &error) == E_OK) {
                assert_memory_equal(&answer, &right, sizeof right);
            } else {
                refused++;
                assert_int_equal(error.code, E_STORE);
            }
            snprintf(damage, sizeof damage, "damage: page %u is not as zhibiao wrote it: damaged, or written by another program", page + 1);
            changed(fixture, page + 1, message);
            const char *said = checked(fixture);
            if (page > 0 && strcmp(said, damage) != 0 && strncmp(said, message, 200) != 0)
                fail_msg("page %u: %s", page + 1, said);
            assert_string_not_equal(said, "");
            *byte ^= (unsigned char)(1u << k % 8);
        }
    }
    assert_true(refused > 60);
    write_bytes(fixture->path, bytes);
    assert_string_equal(checked(fixture), "");
    free(bytes.at);
}

/* The bytes of the header that say that there are sums, and how many pages. */
static void header(void **state)
{
    const struct fixture *fixture = *state;
    static const struct { size_t at; unsigned char value; } changes[] = {{20, 0}, {20, 32}, {28, 1}, {31, 1}, {16, 0x20}, {60, 0x40}};
    struct error error = {0};
    char message[300];
    make_store(fixture);
    struct bytes bytes = read_bytes(fixture->path);
    changed(fixture, 1, message);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        unsigned char kept = bytes.at[changes[i].at];
        bytes.at[changes[i].at] = changes[i].value;
        write_bytes(fixture->path, bytes);
        for (int mode = STORE_READ; mode <= STORE_WRITE; mode++) {
            struct store *store = NULL;
            assert_int_equal(store_open(&store, fixture->path, (enum store_mode)mode, &error), E_STORE);
            assert_string_equal(error.text, message);
        }
        bytes.at[changes[i].at] = kept;
    }
    free(bytes.at);
}

static void swapped(void **state)
{
    const struct fixture *fixture = *state;
    unsigned char kept[4096];
    make_store(fixture);
    struct bytes bytes = read_bytes(fixture->path);
    for (size_t page = 1; page + 1 < bytes.size / 4096; page++) {
        unsigned char *at = bytes.at + page * 4096;
        memcpy(kept, at, 4096);
        memcpy(at, at + 4096, 4096);
        memcpy(at + 4096, kept, 4096);
        write_bytes(fixture->path, bytes);
        assert_non_null(strstr(checked(fixture), "is not as zhibiao wrote it"));
        memcpy(at + 4096, at, 4096);
        memcpy(at, kept, 4096);
    }
    free(bytes.at);
}

/* Cut at each page: refused, also by who writes, also beside a log that has frames. */
static void cut(void **state)
{
    const struct fixture *fixture = *state;
    struct error error = {0};
    make_store(fixture);
    struct bytes bytes = read_bytes(fixture->path);
    for (size_t size = 4096; size < bytes.size; size += 4096) {
        write_bytes(fixture->path, (struct bytes){bytes.at, size});
        for (int mode = STORE_READ; mode <= STORE_WRITE; mode++) {
            struct store *store = NULL;
            assert_int_equal(store_open(&store, fixture->path, (enum store_mode)mode, &error), E_STORE);
            assert_non_null(strstr(error.text, ": the store is damaged"));
        }
    }
    /* what follows the last page is nothing to SQLite */
    bytes.at = realloc(bytes.at, bytes.size + 4096);
    assert_non_null(bytes.at);
    memset(bytes.at + bytes.size, 'x', 4096);
    write_bytes(fixture->path, (struct bytes){bytes.at, bytes.size + 4096});
    assert_string_equal(checked(fixture), "");

    write_bytes(fixture->path, bytes);
    struct store *writer = open_store(fixture, STORE_WRITE);
    struct document document = document_of("a document in the log");
    struct observation o = observation_of(1);
    put(writer, &document, &o, 1);
    assert_int_equal(truncate(fixture->path, (off_t)bytes.size / 2 / 4096 * 4096), 0);
    struct answer answer;
    assert_int_equal(ask(fixture, &answer, &error), E_STORE);
    assert_non_null(strstr(error.text, ": the store is damaged"));
    store_close(writer);
    free(bytes.at);
}

/* ---- the log ---- */

/* A process that stores documents and is killed: its log stays. */
static void leave_log(const struct fixture *fixture, int first)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        put_documents(open_store(fixture, STORE_WRITE), first);
        kill(getpid(), SIGKILL);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    assert_int_equal(access(beside(fixture, "store.db-wal"), F_OK), 0);
}

/* Another program brings the log of a killed one into the file: nothing is written that has no sum. */
static void log_by_others(void **state)
{
    const struct fixture *fixture = *state;
    struct error error = {0};
    struct answer answer;
    make_store(fixture);
    leave_log(fixture, 100);
    assert_int_equal(sql_number(fixture, "SELECT count(*) FROM observation"), 2 * DOCUMENTS * 20);
    assert_int_equal(access(beside(fixture, "store.db-wal"), F_OK), -1);
    assert_string_equal(checked(fixture), "");
    assert_done(ask(fixture, &answer, &error), &error);
    assert_int_equal(answer.rows, 2 * DOCUMENTS * 20);

    /* and a new one's whose first log it is */
    assert_int_equal(unlink(fixture->path), 0);
    leave_log(fixture, 0);
    assert_string_equal(sql_text(fixture, "PRAGMA integrity_check"), "ok");
    assert_string_equal(checked(fixture), "");
}

/* A page that changes in a log in use is refused, by readers and by who would bring it into the file. */
static void log_flips(void **state)
{
    const struct fixture *fixture = *state;
    struct error error = {0};
    struct answer right, answer;
    int refused = 0;
    make_store(fixture);
    struct store *writer = open_store(fixture, STORE_WRITE);
    put_documents(writer, 100);
    assert_done(ask(fixture, &right, &error), &error);
    struct bytes log = read_bytes(beside(fixture, "store.db-wal"));
    for (size_t frame = 32; frame + 24 + 4096 <= log.size; frame += 24 + 4096) {
        FILE *file = fopen(beside(fixture, "store.db-wal"), "r+b");
        assert_non_null(file);
        const long at = (long)(frame + 24 + 4096 - 200);
        assert_int_equal(fseek(file, at, SEEK_SET), 0);
        assert_int_equal(fputc(log.at[at] ^ 4, file), log.at[at] ^ 4);
        assert_int_equal(fflush(file), 0);
        if (ask(fixture, &answer, &error) == E_OK) {
            assert_memory_equal(&answer, &right, sizeof right);
        } else {
            refused++;
            assert_non_null(strstr(error.text, "is not as zhibiao wrote it"));
        }
        if (frame + 2 * (24 + 4096) > log.size)
            assert_int_equal(sqlite3_wal_checkpoint_v2(writer->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL), SQLITE_IOERR_DATA);
        assert_int_equal(fseek(file, at, SEEK_SET), 0);
        assert_int_equal(fputc(log.at[at], file), log.at[at]);
        assert_int_equal(fclose(file), 0);
    }
    assert_true(refused > 5);
    free(log.at);
    store_close(writer);
    assert_string_equal(checked(fixture), "");
}

/* Transactions that do not fit into the cache write pages to the log several times, and are undone. */
static void spilled(void **state)
{
    const struct fixture *fixture = *state;
    struct error error = {0};
    struct store *store = open_store(fixture, STORE_WRITE);
    bool known;
    assert_int_equal(sqlite3_exec(store->db, "PRAGMA cache_size = 10", NULL, NULL, NULL), SQLITE_OK);
    for (int turn = 0; turn < 2; turn++) {
        struct document document = document_of(turn == 0 ? "a document undone" : "a document done");
        assert_done(store_document_begin(store, &document, &known, &error), &error);
        for (int i = 0; i < 3000; i++) {
            struct observation o = observation_of(i);
            assert_done(store_observation_add(store, &o, &error), &error);
        }
        if (turn == 0)
            store_document_abort(store);
        else
            assert_done(store_document_end(store, &error), &error);
        assert_string_equal(checked(fixture), "");
    }
    /* without a log pages that are new and free again have sums, too */
    assert_int_equal(sqlite3_exec(store->db, "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1000; BEGIN; UPDATE document SET content = zeroblob(300000) WHERE id = 1;"
                                  "UPDATE document SET content = x'' WHERE id = 1; COMMIT", NULL, NULL, NULL), SQLITE_OK);
    store_close(store);
    assert_true(sql_number(fixture, "PRAGMA freelist_count") > 60);
    assert_non_null(strstr(checked(fixture), "digest: "));  /* of the emptied document, and no page */
    assert_done(store_backup(fixture->path, beside(fixture, "other.db"), &error), &error);
}

/* ---- older stores, other programs ---- */

/* A store of version 3, as programs wrote it that knew nothing of sums. */
static void make_older(const struct fixture *fixture)
{
    static const char columns[] =
        "document_id, run_id, start_byte, end_byte, quote, value, bound, unit, region_code, region_name, region_path, region_level,"
        " region_how, period, period_year, indicator, kind, status, confidence, evidence";
    sqlite3 *db = NULL;
    struct error error = {0};
    char sql[1200];
    make_store(fixture);
    assert_int_equal(rename(fixture->path, beside(fixture, "other.db")), 0);
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    assert_done(schema_prepare(db, fixture->path, STORE_WRITE, schema_migrations, 3, &error), &error);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    snprintf(sql, sizeof sql,
             "PRAGMA journal_mode = WAL; ATTACH '%s' AS o; INSERT INTO run SELECT * FROM o.run; INSERT INTO document SELECT * FROM o.document;"
             "INSERT INTO region SELECT * FROM o.region; INSERT INTO unit SELECT * FROM o.unit;"
             "INSERT INTO observation(%s) SELECT %s FROM o.observation", beside(fixture, "other.db"), columns, columns);
    sql_run_by(NULL, fixture->path, sql);
    assert_int_equal(sql_number(fixture, "PRAGMA user_version"), 3);
}

static void older(void **state)
{
    const struct fixture *fixture = *state;
    struct error error = {0};
    struct answer before, after;
    char digest[256];
    make_older(fixture);
    static const char all[] = "SELECT sum(length(content)) || max(substr(content, 1, 40)) || count(*) || max(sha256) FROM document";
    snprintf(digest, sizeof digest, "%s", sql_text(fixture, all));
    assert_done(ask(fixture, &before, &error), &error);
    assert_int_equal(before.rows, DOCUMENTS * 20);
    struct store *store = open_store(fixture, STORE_READ);
    assert_false(store_sealed(store));
    /* a reader holds what was written before, in a log that the file has not got yet */
    sql_run_by(NULL, fixture->path, "PRAGMA wal_autocheckpoint = 0; UPDATE observation SET value = value + 1");
    assert_int_equal(sqlite3_exec(store->db, "BEGIN; SELECT count(*) FROM observation", NULL, NULL, NULL), SQLITE_OK);
    /* the file stays what it was while it is read: the log may be lost */
    struct store *writer = open_store(fixture, STORE_WRITE);
    assert_int_equal(sqlite3_wal_checkpoint_v2(writer->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL), SQLITE_OK);
    struct fixture other = *fixture;
    snprintf(other.path, sizeof other.path, "%s/other.db", fixture->folder);
    struct bytes bytes = read_bytes(fixture->path);
    write_bytes(other.path, bytes);
    free(bytes.at);
    store_close(writer);
    struct answer held = {0}, copied;
    assert_done(ask(&other, &copied, &error), &error);
    assert_int_equal(sql_number(&other, "PRAGMA user_version"), 3);
    assert_string_equal(checked(&other), "");
    assert_done(store_query(store, &(struct filter){0}, add_row, &held, &error), &error);
    assert_int_equal(held.rows, before.rows);
    assert_true(held.sum == before.sum + before.rows);
    assert_memory_equal(&copied, &before, sizeof before);
    assert_int_equal(sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    held = (struct answer){0};
    assert_done(store_query(store, &(struct filter){0}, add_row, &held, &error), &error);
    assert_true(store_sealed(store));
    store_close(store);
    assert_done(ask(fixture, &after, &error), &error);
    assert_memory_equal(&after, &held, sizeof after);
    assert_string_equal(sql_text(fixture, all), digest);
    assert_int_equal(sql_number(fixture, "PRAGMA user_version"), 4);
    assert_string_equal(checked(fixture), "");
}

/* There is no room to write an older store anew: it stays as it is, to the byte, and can be read. */
static void older_full(void **state)
{
    const struct fixture *fixture = *state;
    struct error error = {0};
    struct answer before, after;
    struct rlimit limit, small;
    struct store *store = NULL;
    make_older(fixture);
    assert_done(ask(fixture, &before, &error), &error);
    struct bytes bytes = read_bytes(fixture->path);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    struct sigaction ignore = {.sa_handler = SIG_IGN}, kept;
    assert_int_equal(sigaction(SIGXFSZ, &ignore, &kept), 0);
    for (rlim_t size = 4096; size < bytes.size; size *= 2) {
        small = limit;
        small.rlim_cur = size;
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
        int result = store_open(&store, fixture->path, STORE_WRITE, &error);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
        assert_int_equal(result, E_STORE);
        struct bytes now = read_bytes(fixture->path);
        assert_int_equal(now.size, bytes.size);
        assert_memory_equal(now.at, bytes.at, bytes.size);
        free(now.at);
        assert_done(ask(fixture, &after, &error), &error);
        assert_memory_equal(&after, &before, sizeof after);
    }
    assert_int_equal(sigaction(SIGXFSZ, &kept, NULL), 0);
    free(bytes.at);
    store_close(open_store(fixture, STORE_WRITE));
    assert_string_equal(checked(fixture), "");
}

static int no_trouble(const struct trouble *trouble, void *context)
{
    (void)context;
    fail_msg("%s: %s", trouble->check, trouble->text);
    return 0;
}

/* Another program writes: refused; after that what it wrote is read, when the user says so and the store is sound. */
static void other_program(void **state)
{
    const struct fixture *fixture = *state;
    struct error error = {0};
    struct answer right, answer;
    char text[256] = "";
    make_store(fixture);
    assert_done(ask(fixture, &right, &error), &error);
    sql_run_by(NULL, fixture->path, "UPDATE observation SET value = value + 1");
    assert_int_equal(ask(fixture, &answer, &error), E_STORE);
    assert_non_null(strstr(error.text, "when it was another program, run zhibiao check --reseal"));
    assert_done(store_reseal(fixture->path, no_trouble, NULL, &error), &error);
    assert_done(ask(fixture, &answer, &error), &error);
    assert_true(answer.rows == right.rows && answer.sum == right.sum + right.rows);
    assert_string_equal(checked(fixture), "");

    /* what it wrote is still in the log */
    sqlite3 *other = NULL;
    assert_int_equal(sqlite3_open(fixture->path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "UPDATE observation SET value = value - 1", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(ask(fixture, &answer, &error), E_STORE);
    assert_done(store_reseal(fixture->path, no_trouble, NULL, &error), &error);
    assert_done(ask(fixture, &answer, &error), &error);
    assert_memory_equal(&answer, &right, sizeof right);
    assert_int_equal(sqlite3_close(other), SQLITE_OK);
    assert_string_equal(checked(fixture), "");

    /* a store that is not sound stays as it is */
    sql_run_by(NULL, fixture->path, "UPDATE document SET content = x'00' WHERE id = 3");
    struct bytes before = read_bytes(fixture->path);
    assert_int_equal(store_reseal(fixture->path, on_trouble, text, &error), E_STORE);
    assert_string_equal(text, "digest: the stored bytes of bulletin.txt are not those that were read");
    assert_non_null(strstr(error.text, ": 1 fault; the store stays as it is: restore a backup, or ingest the documents into a new store"));
    struct bytes after = read_bytes(fixture->path);
    assert_int_equal(before.size, after.size);
    assert_memory_equal(before.at, after.at, before.size);
    free(before.at);
    free(after.at);
}

/* Backups and merges of sealed stores are sealed, also beside a writer. */
static void copies(void **state)
{
    const struct fixture *fixture = *state;
    struct fixture other = *fixture;
    struct error error = {0};
    struct answer right, answer;
    make_store(fixture);
    struct store *writer = open_store(fixture, STORE_WRITE);
    put_documents(writer, 100);
    assert_done(ask(fixture, &right, &error), &error);
    snprintf(other.path, sizeof other.path, "%s/other.db", fixture->folder);
    assert_done(store_backup(fixture->path, other.path, &error), &error);
    assert_done(ask(&other, &answer, &error), &error);
    assert_memory_equal(&answer, &right, sizeof right);
    assert_string_equal(checked(&other), "");
    /* the copy is in rollback mode: written to, it is sealed as well */
    struct merged merged = {0};
    assert_int_equal(unlink(other.path), 0);
    struct store *into = open_store(&other, STORE_WRITE);
    assert_done(store_merge(into, fixture->path, &merged, &error), &error);
    assert_int_equal(merged.observations, right.rows);
    store_close(into);
    assert_string_equal(checked(&other), "");
    sql_run(other.path, "PRAGMA journal_mode = DELETE; DELETE FROM observation WHERE id % 2 = 0; VACUUM");
    assert_string_equal(checked(&other), "");
    /* a backup of a damaged store says which page of the store it is */
    store_close(writer);
    struct bytes bytes = read_bytes(fixture->path);
    bytes.at[bytes.size - 3000] ^= 1;
    write_bytes(fixture->path, bytes);
    char message[300];
    changed(fixture, (uint32_t)(bytes.size / 4096), message);
    assert_int_equal(unlink(other.path), 0);
    assert_int_equal(store_backup(fixture->path, other.path, &error), E_STORE);
    assert_string_equal(error.text, message);
    free(bytes.at);
}

/* A mapped file's pages would pass nobody. */
static void mapped(void **state)
{
    const struct fixture *fixture = *state;
    make_store(fixture);
    struct bytes bytes = read_bytes(fixture->path);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open_v2(fixture->path, &db, SQLITE_OPEN_READWRITE, CHECKSUM_VFS), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA mmap_size = 100000000; SELECT count(*) FROM document", NULL, NULL, NULL), SQLITE_OK);
    for (size_t page = 1; page < bytes.size / 4096; page++)
        bytes.at[page * 4096 + 4000] ^= 1;
    write_bytes(fixture->path, bytes);
    assert_int_equal(sqlite3_exec(db, "PRAGMA shrink_memory; SELECT sum(length(content)) FROM document", NULL, NULL, NULL), SQLITE_IOERR);
    assert_int_equal(sqlite3_extended_errcode(db), SQLITE_IOERR_DATA);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    free(bytes.at);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_make, fixture_remove)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_differ), cmocka_unit_test(log_checksum_stays), TEST(flips), TEST(header), TEST(swapped), TEST(cut),
        TEST(log_by_others), TEST(log_flips), TEST(spilled), TEST(older), TEST(older_full), TEST(other_program), TEST(copies), TEST(mapped),
    };
    return cmocka_run_group_tests_name("store/checksum", tests, NULL, NULL);
}
