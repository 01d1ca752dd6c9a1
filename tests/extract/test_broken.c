/* test_broken.c — texts that are cut, damaged or hostile: valid UTF-8 comes out, offsets stay inside, what was replaced is
 * counted, and no page or record takes long.
 *
 * MUTATIONS says how many damaged copies are tried: 100,000 in check-slow, a sample of them in check. */
#include "cli/table.h"
#include "data/reference/reference.h"
#include "tests/fuzz/observations.h"

#include <dirent.h>
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <time.h>

#include <cmocka.h>

#define SAMPLES "data/samples"
#define MUTATIONS_IN_CHECK 4000
#define SECOND_MOST 1.0   /* processor time that one hostile input may take; a sanitizer gets ten times as much */
#if defined(__SANITIZE_ADDRESS__) || !defined(__OPTIMIZE__)
#define PATIENCE (10 * SECOND_MOST)
#else
#define PATIENCE SECOND_MOST
#endif

struct file {
    unsigned char *bytes;
    size_t size;
    char name[64];
};

static struct file samples[32];
static size_t sample_count;

static int read_samples(void **state)
{
    (void)state;
    DIR *folder = opendir(SAMPLES);
    if (folder == NULL)
        return -1;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char path[400];
        const char *ending = strrchr(entry->d_name, '.');
        if (ending == NULL || (strcmp(ending, ".txt") != 0 && strcmp(ending, ".csv") != 0))
            continue;
        struct file *sample = &samples[sample_count++];
        snprintf(sample->name, sizeof sample->name, "%.63s", entry->d_name);
        snprintf(path, sizeof path, SAMPLES "/%s", entry->d_name);
        FILE *file = fopen(path, "rb");
        if (file == NULL || (sample->bytes = malloc(65536)) == NULL)
            return -1;
        sample->size = fread(sample->bytes, 1, 65536, file);
        fclose(file);
    }
    closedir(folder);
    return sample_count >= 10 ? 0 : -1;
}

static int free_samples(void **state)
{
    (void)state;
    for (size_t i = 0; i < sample_count; i++)
        free(samples[i].bytes);
    return 0;
}

static bool is_table(const struct file *file)
{
    return strstr(file->name, ".csv") != NULL;
}

static int must_be_cells(const struct table_row *row, void *context)
{
    (void)context;
    for (size_t i = 0; i < row->cell_count; i++)
        must_be_utf8(row->cells[i].text);
    return E_OK;
}

/* Through the reader that the file's ending calls for. Aborts where a promise is broken. */
static void read_as(const struct file *like, const unsigned char *bytes, size_t size)
{
    if (!is_table(like)) {
        extract_any(bytes, size, like->name);
        return;
    }
    const struct table_format format = {0};
    const char *encoding;
    struct error error = {0};
    if (table_read(bytes, size, like->name, &format, &encoding, must_be_cells, NULL, &error) != E_OK)
        must_be_utf8(error.text);
}

static void test_cut_at_each_byte(void **state)
{
    (void)state;
    size_t cuts = 0;
    for (size_t i = 0; i < sample_count; i++) {
        /* the large table repeats itself: its first lines hold all that there is */
        size_t most = samples[i].size < 4000 ? samples[i].size : 4000;
        for (size_t cut = 0; cut <= most; cut++, cuts++) {
            /* a copy of its own, so that a sanitizer sees what is read behind it */
            unsigned char *part = malloc(cut + 1);
            assert_non_null(part);
            memcpy(part, samples[i].bytes, cut);
            unsigned char *tight = realloc(part, cut > 0 ? cut : 1);
            read_as(&samples[i], tight, cut);
            free(tight);
        }
    }
    print_message("%zu cuts of %zu samples\n", cuts, sample_count);
}

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* Bits, bytes, stretches, and pieces that are known to hurt. */
static size_t mutate(unsigned char *bytes, size_t size, size_t room, uint64_t *seed)
{
    static const struct {
        const char *bytes;
        size_t size;
    } pieces[] = {
        {"\0", 1}, {"\xC0\xAF", 2}, {"\xED\xA0\x80", 3}, {"\xF4\x90\x80\x80", 4}, {"\xFF\xFE", 2}, {"\xEF\xBB\xBF", 3},
        {"\xE2\x80\xAE", 3}, {"\x1B[2J", 4}, {"\"", 1}, {"<table><tr><td>", 15}, {"{\"text\":\"", 9}, {"\xE4\xB8\x87", 3},
        {"999999999999999999", 18}, {"\xE4\xBA\xBF\xE4\xBA\xBF", 6}, {"\r", 1}, {"\xE5\xB9\xB4", 3}, {"\x81\x30\x81\x30", 4},
    };
    size_t times = 1 + next_random(seed) % 8;
    for (size_t t = 0; t < times && size > 8; t++) {
        size_t at = next_random(seed) % size, length = 1 + next_random(seed) % 40;
        length = at + length > size ? size - at : length;
        switch (next_random(seed) % 5) {
        case 0:
            bytes[at] ^= (unsigned char)(1u << next_random(seed) % 8);
            break;
        case 1:
            bytes[at] = (unsigned char)next_random(seed);
            break;
        case 2:
            memmove(bytes + at, bytes + at + length, size - at - length);
            size -= length;
            break;
        case 3:
            if (size + length <= room) {
                memmove(bytes + at + length, bytes + at, size - at);
                size += length;
            }
            break;
        default: {
            size_t piece = next_random(seed) % (sizeof pieces / sizeof *pieces);
            if (size + pieces[piece].size <= room) {
                memmove(bytes + at + pieces[piece].size, bytes + at, size - at);
                memcpy(bytes + at, pieces[piece].bytes, pieces[piece].size);
                size += pieces[piece].size;
            }
        }
        }
    }
    return size;
}

static void test_mutations(void **state)
{
    (void)state;
    const char *wanted = getenv("MUTATIONS");
    size_t count = wanted != NULL ? strtoul(wanted, NULL, 10) : MUTATIONS_IN_CHECK;
    uint64_t seed = 20201228;
    enum { ROOM = 8192 };
    unsigned char *bytes = malloc(ROOM);
    assert_non_null(bytes);
    for (size_t i = 0; i < count; i++) {
        const struct file *sample = &samples[i % sample_count];
        size_t size = sample->size < ROOM / 2 ? sample->size : ROOM / 2;
        memcpy(bytes, sample->bytes, size);
        size = mutate(bytes, size, ROOM, &seed);
        unsigned char *tight = malloc(size > 0 ? size : 1);
        assert_non_null(tight);
        memcpy(tight, bytes, size);
        read_as(sample, tight, size);
        free(tight);
    }
    free(bytes);
    print_message("%zu mutations\n", count);
}

struct kept {
    size_t count, end;
    double value[16];
    char evidence[400];
};

static int keep(const struct observation *o, void *context)
{
    struct kept *kept = context;
    if (kept->count < 16)
        kept->value[kept->count] = o->value;
    kept->count++;
    snprintf(kept->evidence, sizeof kept->evidence, "%s", o->evidence);
    must_be_utf8(o->evidence);
    return 0;
}

static int take(const void *bytes, size_t size, const char *encoding, struct kept *kept, size_t *replaced, struct error *error)
{
    struct arena arena = {0};
    struct document_facts facts = {0};
    const struct extract_options options = {.source = "t.txt", .encoding = encoding};
    *kept = (struct kept){0};
    int status = extract_text(&options, bytes, size, &arena, &facts, keep, kept, error);
    *replaced = facts.replaced;
    arena_free(&arena);
    return status;
}

#define BEFORE "\xe5\x85\xa8\xe9\x95\x87\xe7\xa7\x8d\xe6\xa4\x8d\xe8\xbe\xa3\xe6\xa4\x92" /* 全镇种植辣椒 */
#define AFTER "4600\xe4\xba\xa9\xe3\x80\x82\n"                                           /* 4600亩。 */

static void test_each_replacement_is_counted(void **state)
{
    (void)state;
    /* RFC 3629 and the Unicode Standard's table 3-8: one replacement for each longest part that could have begun a character */
    static const struct {
        const char *name, *bytes;
        size_t replaced;
    } broken[] = {
        {"nothing", "", 0},
        {"a lone continuation", "\x80", 1},
        {"an overlong solidus", "\xC0\xAF", 2},
        {"an overlong of three bytes", "\xE0\x80\xAF", 3},
        {"a surrogate", "\xED\xA0\x80", 3},
        {"above the last plane", "\xF4\x90\x80\x80", 4},
        {"bytes that never occur", "\xFE\xFF", 2},
        {"half a character", "\xE4\xBA", 1},
        {"half a character of four bytes", "\xF0\x9F\x98", 1},
        {"two halves", "\xE4\xBA\xE4\xBA", 2},
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        char text[128];
        struct kept kept;
        struct error error = {0};
        size_t replaced;
        int n = snprintf(text, sizeof text, "%s%s%s%s", BEFORE, broken[i].bytes, "\xef\xbc\x8c" BEFORE, AFTER);
        assert_int_equal(take(text, (size_t)n, "UTF-8", &kept, &replaced, &error), E_OK);
        if (replaced != broken[i].replaced)
            fail_msg("%s: %zu replaced", broken[i].name, replaced);
        assert_int_equal(kept.count, 1);
        assert_true(kept.value[0] == 4600);
        if (broken[i].replaced > 0)
            assert_non_null(strstr(kept.evidence, "\xEF\xBF\xBD"));
    }
}

static void test_nul_bytes(void **state)
{
    (void)state;
    static const char text[] = BEFORE "\0" BEFORE AFTER;
    struct kept kept;
    struct error error = {0};
    size_t replaced;
    assert_int_equal(take(text, sizeof text - 1, NULL, &kept, &replaced, &error), E_INPUT);
    assert_non_null(strstr(error.text, "NUL"));
    assert_int_equal(kept.count, 0);
}

/* Without a mark, in both orders: found by what such texts look like, and read whole. */
static void test_utf16_without_mark(void **state)
{
    (void)state;
    static const char *const names[] = {"UTF-16LE", "UTF-16BE"};
    const char text[] = BEFORE AFTER BEFORE AFTER;
    for (size_t i = 0; i < 2; i++) {
        char wide[512];
        iconv_t converter = iconv_open(names[i], "UTF-8");
        assert_true(converter != (iconv_t)-1);
        char *in = (char *)(uintptr_t)text, *out = wide;
        size_t left = sizeof text - 1, room = sizeof wide;
        assert_true(iconv(converter, &in, &left, &out, &room) == 0);
        iconv_close(converter);
        struct kept kept;
        struct error error = {0};
        size_t replaced, size = sizeof wide - room;
        assert_int_equal(take(wide, size, NULL, &kept, &replaced, &error), E_OK);
        assert_int_equal(kept.count, 2);
        assert_int_equal(replaced, 0);
        /* a lone surrogate, and half a unit at the end */
        wide[i == 0 ? 1 : 0] = (char)0xD8;
        wide[i == 0 ? 0 : 1] = 0x01;
        assert_int_equal(take(wide, size - 1, names[i], &kept, &replaced, &error), E_OK);
        assert_int_equal(replaced, 2);
        assert_int_equal(kept.count, 2);
    }
}

/* ---- hostile pages and records: under a second of processor time ---- */

static void repeat(struct buffer *buffer, const char *text, size_t times)
{
    for (size_t i = 0; i < times; i++)
        buffer_text(buffer, text);
}

static int timed(const char *source, const struct buffer *text, struct kept *kept, struct error *error)
{
    assert_false(text->failed);
    struct arena arena = {0};
    struct document_facts facts = {0};
    const struct extract_options options = {.source = source};
    *kept = (struct kept){0};
    *error = (struct error){0};
    clock_t begun = clock();
    int status = extract_text(&options, (const unsigned char *)text->bytes, text->size, &arena, &facts, keep, kept, error);
    double seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
    arena_free(&arena);
    if (seconds > PATIENCE)
        fail_msg("%s: %zu bytes took %.2f s", source, text->size, seconds);
    return status;
}

static void test_hostile_pages(void **state)
{
    (void)state;
    static const char *const nested[] = {"<div>", "<b>", "<p>", "<table>", "<table><tr><td>", "<a href=x>", "<ul><li>", "<font>", "<span class=nav>",
                                         "<script>", "<!--", "<", "<![CDATA[", "<?x ", "</div>", "<svg><math>", "<form><select><option>"};
    struct buffer page = {0};
    struct kept kept;
    struct error error;
    for (size_t i = 0; i < sizeof nested / sizeof *nested; i++) {
        buffer_clear(&page);
        buffer_text(&page, "<!DOCTYPE html><html><body><p>" BEFORE AFTER "</p>");
        repeat(&page, nested[i], 100000);
        buffer_text(&page, BEFORE AFTER);
        int status = timed("nested.html", &page, &kept, &error);
        assert_true(status == E_OK || status == E_INPUT);
        assert_true(status == E_OK || error.text[0] != '\0');
    }
    /* attributes of a megabyte: names, values, and many of them */
    static const char *const attributes[] = {"x", "class=nav ", "a=\"b\" ", "&amp;", "&#20013;", "\xE4\xBA\xA9", "=", "'", "id=\"q\" id='r' "};
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        buffer_clear(&page);
        buffer_text(&page, "<!DOCTYPE html><html><body><p ");
        repeat(&page, attributes[i], 1000000 / strlen(attributes[i]));
        buffer_text(&page, "><p>" BEFORE AFTER "</p>");
        int status = timed("attributes.html", &page, &kept, &error);
        assert_true(status == E_OK || status == E_INPUT || status == E_NOTHING);
    }
    buffer_free(&page);
}

/* Entities that a document type defines are not expanded, and nothing outside of the page is read. */
static void test_entities_are_not_expanded(void **state)
{
    (void)state;
    struct buffer page = {0};
    struct kept kept;
    struct error error;
    buffer_text(&page, "<?xml version=\"1.0\"?><!DOCTYPE html SYSTEM \"file:///etc/passwd\" [<!ENTITY a \"" BEFORE AFTER "\">"
                       "<!ENTITY f SYSTEM \"file:///etc/passwd\">");
    for (char c = 'b'; c < 'k'; c++)
        buffer_format(&page, "<!ENTITY %c \"&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;\">", c, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1,
                      c - 1, c - 1, c - 1);
    buffer_text(&page, "]><html><body><p>&j;&f;</p><p>" BEFORE AFTER "</p><img src=\"http://127.0.0.1:9/x\"><iframe src=\"file:///etc/passwd\">"
                       "</iframe></body></html>");
    assert_int_equal(timed("entities.html", &page, &kept, &error), E_OK);
    assert_true(kept.count <= 2);
    assert_null(strstr(kept.evidence, "root:"));
    buffer_free(&page);
}

static void test_hostile_records(void **state)
{
    (void)state;
    struct buffer record = {0};
    struct kept kept;
    struct error error;
    /* deep: refused by a limit, or read without going down */
    buffer_text(&record, "{\"deep\":");
    repeat(&record, "[", 100000);
    repeat(&record, "]", 100000);
    buffer_text(&record, ",\"text\":\"" BEFORE "4600\xe4\xba\xa9\"}\n{\"text\":\"" BEFORE "4600\xe4\xba\xa9\"}\n");
    int status = timed("deep.jsonl", &record, &kept, &error);
    assert_true(status == E_OK || status == E_INPUT);
    assert_true(kept.count >= 1);
    /* the same key a hundred thousand times */
    buffer_clear(&record);
    buffer_char(&record, '{');
    repeat(&record, "\"text\":\"" BEFORE "4600\xe4\xba\xa9\",", 100000);
    buffer_text(&record, "\"text\":\"" BEFORE "4600\xe4\xba\xa9\"}\n");
    status = timed("twice.jsonl", &record, &kept, &error);
    assert_true(status == E_OK || status == E_INPUT);
    assert_true(kept.count <= 1);
    /* a number of a megabyte, beside the text and in it */
    buffer_clear(&record);
    buffer_text(&record, "{\"n\":1");
    repeat(&record, "0", 1000000);
    buffer_text(&record, ",\"text\":\"" BEFORE "9");
    repeat(&record, "9", 1000000);
    buffer_text(&record, "\xe4\xba\xa9\"}\n");
    status = timed("number.jsonl", &record, &kept, &error);
    assert_true(status == E_OK || status == E_INPUT);
    for (size_t i = 0; i < kept.count && i < 16; i++)
        assert_true(isfinite(kept.value[i]));
    buffer_free(&record);
}

/* Runs of one character that numerals, places and periods are made of: linear time. */
static void test_hostile_prose(void **state)
{
    (void)state;
    static const char *const units[] = {"9", "一", "万", "亿", "二百", "1,", "1.", "1-", "1—", "第", "年", "2019年", "余", "分之", "（", "全镇", "县",
                                        "亩", "12万元、", "和", "\n", "  ", "1/", "%", "个"};
    struct buffer text = {0};
    struct kept kept;
    struct error error;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        buffer_clear(&text);
        repeat(&text, units[i], 200000 / strlen(units[i]));
        int status = timed(units[i], &text, &kept, &error);
        assert_true(status == E_OK || status == E_INPUT || status == E_NOTHING);
    }
    buffer_free(&text);
}

int main(void)
{
    struct error error;
    if (reference_open(&error) != E_OK)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cut_at_each_byte), cmocka_unit_test(test_mutations),
        cmocka_unit_test(test_each_replacement_is_counted), cmocka_unit_test(test_nul_bytes),
        cmocka_unit_test(test_utf16_without_mark), cmocka_unit_test(test_hostile_pages),
        cmocka_unit_test(test_entities_are_not_expanded), cmocka_unit_test(test_hostile_records),
        cmocka_unit_test(test_hostile_prose),
    };
    return cmocka_run_group_tests(tests, read_samples, free_samples);
}
