/* test_base.c — data/base: error texts, arena, buffer, UTF-8, numbers. */
#include "data/base/error.h"
#include "data/base/memory.h"
#include "data/base/number.h"
#include "data/base/utf8.h"

#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- error.c ---- */

static void error_is_formatted(void **state)
{
    (void)state;
    struct error error;
    assert_int_equal(error_set(&error, E_INPUT, "%s:%d: 不是数字", "表.csv", 7), E_INPUT);
    assert_int_equal(error.code, E_INPUT);
    assert_string_equal(error.text, "表.csv:7: 不是数字");
    assert_int_equal(error_set(NULL, E_STORE, "nobody listens"), E_STORE);
}

static void error_masks_control_bytes(void **state)
{
    (void)state;
    struct error error;
    error_set(&error, E_INPUT, "a%sb", "\x1b[31m\n\t\x7f");
    assert_string_equal(error.text, "a?[31m???b");
}

static void error_is_cut_between_characters(void **state)
{
    (void)state;
    struct error error;
    char text[3000];
    for (size_t lead = 0; lead < 4; lead++) {
        memset(text, 'a', lead);
        for (size_t i = 0; i < 900; i++)
            memcpy(text + lead + 3 * i, "县", 3);
        text[lead + 2700] = '\0';
        error_set(&error, E_INPUT, "%s", text);
        size_t length = strlen(error.text);
        assert_true(length < sizeof error.text && length > sizeof error.text - 8);
        for (size_t i = 0; i < length;) {
            uint32_t point;
            int n = utf8_decode((unsigned char *)error.text + i, length - i, &point);
            assert_true(n > 0);
            i += (size_t)n;
        }
    }
}

static void error_codes_have_status_and_text(void **state)
{
    (void)state;
    assert_int_equal(error_exit_status(E_OK), 0);
    assert_int_equal(error_exit_status(E_NOTHING), 1);
    assert_int_equal(error_exit_status(E_USAGE), 2);
    assert_int_equal(error_exit_status(E_INPUT), 3);
    assert_int_equal(error_exit_status(E_MEMORY), 3);
    assert_int_equal(error_exit_status((enum error_code)999), 3);
    assert_string_equal(error_text(E_MEMORY), "out of memory");
    assert_string_equal(error_text((enum error_code)999), "unknown error");
}

/* ---- memory.c ---- */

static void arena_gives_aligned_zeroed_memory(void **state)
{
    (void)state;
    struct arena arena = {0};
    unsigned char *first = NULL;
    for (size_t round = 0; round < 3; round++) {
        for (size_t size = 0; size < 300; size++) {
            unsigned char *p = arena_alloc(&arena, size);
            assert_non_null(p);
            assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(p[i], 0);
            memset(p, 0xAB, size);
            if (first == NULL)
                first = p;
        }
        arena_reset(&arena);
    }
    assert_non_null(first);
    arena_free(&arena);
    assert_null(arena.blocks);
}

static void arena_takes_large_pieces_and_refuses_absurd_ones(void **state)
{
    (void)state;
    struct arena arena = {0};
    char *large = arena_alloc(&arena, 1 << 20), *small = arena_alloc(&arena, 1);
    assert_non_null(large);
    assert_non_null(small);
    memset(large, 1, 1 << 20);
    assert_null(arena_alloc(&arena, SIZE_MAX));
    assert_null(arena_alloc(&arena, SIZE_MAX / 2 + 1));
    arena_reset(&arena);
    arena_reset(&arena);
    assert_non_null(arena_alloc(&arena, 8));
    arena_free(&arena);
    arena_free(&arena);
}

static void arena_copies_text(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_string_equal(arena_copy(&arena, "紫云县", 6), "紫云");
    assert_string_equal(arena_copy(&arena, NULL, 0), "");
    arena_free(&arena);
}

static void buffer_grows_and_stays_terminated(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    for (int i = 0; i < 2000; i++)
        buffer_format(&buffer, "%d,", i % 10);
    assert_int_equal(buffer.size, 4000);
    assert_int_equal(buffer.bytes[4000], '\0');
    assert_memory_equal(buffer.bytes + 3996, "8,9,", 4);
    buffer_clear(&buffer);
    assert_string_equal(buffer.bytes, "");
    buffer_text(&buffer, "一");
    buffer_char(&buffer, '2');
    buffer_add(&buffer, "\0x", 2);
    buffer_add(&buffer, NULL, 0);
    assert_int_equal(buffer.size, 6);
    assert_memory_equal(buffer.bytes, "一2\0x", 7);
    assert_false(buffer.failed);
    buffer_free(&buffer);
    assert_null(buffer.bytes);
    buffer_clear(&buffer);
    buffer_free(&buffer);
}

static void buffer_remembers_failure(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    buffer_text(&buffer, "kept");
    volatile size_t huge = SIZE_MAX - 2;  /* volatile: the compiler would warn of it */
    buffer_add(&buffer, "x", huge);
    assert_true(buffer.failed);
    buffer_text(&buffer, " lost");
    buffer_format(&buffer, "%d", 1);
    assert_string_equal(buffer.bytes, "kept");
    buffer_clear(&buffer);
    assert_false(buffer.failed);
    buffer_free(&buffer);
}

/* ---- utf8.c ---- */

static void utf8_round_trips_every_scalar_value(void **state)
{
    (void)state;
    for (uint32_t p = 0; p <= 0x10FFFF; p++) {
        if (p >= 0xD800 && p <= 0xDFFF)
            continue;
        char bytes[4];
        uint32_t back;
        int n = utf8_encode(p, bytes);
        if (n != utf8_decode((unsigned char *)bytes, (size_t)n, &back) || back != p)
            fail_msg("U+%04X", p);
        for (int cut = 1; cut < n; cut++)
            if (utf8_decode((unsigned char *)bytes, (size_t)cut, &back) != -cut || back != UTF8_REPLACEMENT)
                fail_msg("U+%04X cut to %d bytes", p, cut);
    }
}

static void utf8_rejects_what_is_no_character(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        int broken;
    } cases[] = {
        {"\x80", -1}, {"\xBF", -1}, {"\xC0\x80", -1}, {"\xC1\xBF", -1}, {"\xE0\x80\x80", -1}, {"\xE0\x9F\xBF", -1},
        {"\xED\xA0\x80", -1}, {"\xED\xBF\xBF", -1}, {"\xF0\x80\x80\x80", -1}, {"\xF0\x8F\xBF\xBF", -1},
        {"\xF4\x90\x80\x80", -1}, {"\xF5\x80\x80\x80", -1}, {"\xFF", -1}, {"\xFE", -1}, {"\xE5\x8E", -2},
        {"\xE5\x8Ex", -2}, {"\xF0\x9F\x98x", -3}, {"\xC3(", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t point = 0;
        assert_int_equal(utf8_decode((const unsigned char *)cases[i].bytes, strlen(cases[i].bytes), &point),
                         cases[i].broken);
        assert_int_equal(point, UTF8_REPLACEMENT);
    }
}

static void utf8_encodes_no_surrogate(void **state)
{
    (void)state;
    static const uint32_t points[] = {0xD800, 0xDFFF, 0x110000, UINT32_MAX};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        char bytes[4];
        assert_int_equal(utf8_encode(points[i], bytes), 3);
        assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
    }
}

/* ---- number.c ---- */

static const struct {
    double value;
    const char *text;
} numbers[] = {
    {0, "0"}, {-0.0, "0"}, {1, "1"}, {-1, "-1"}, {10, "10"}, {23860000, "23860000"}, {129.73, "129.73"}, {-0.5, "-0.5"},
    {0.1, "0.1"}, {1e-7, "0.0000001"}, {1234567.891, "1234567.891"}, {666.6666666666667, "666.6666666666667"},
    {5e-324, NULL}, {1.7976931348623157e308, NULL}, {0.30000000000000004, "0.30000000000000004"},
    {9007199254740993.0, "9007199254740992"}, {1e21, "1000000000000000000000"}, {1.0 / 3, "0.3333333333333333"},
    {NAN, "NaN"}, {INFINITY, "Infinity"}, {-INFINITY, "-Infinity"}, {100, "100"}, {0.05, "0.05"},
};

static void number_is_written_plainly(void **state)
{
    (void)state;
    char text[NUMBER_TEXT];
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        assert_ptr_equal(number_format(numbers[i].value, text), text);
        assert_true(strlen(text) < NUMBER_TEXT);
        if (numbers[i].text != NULL)
            assert_string_equal(text, numbers[i].text);
        assert_null(strchr(text, 'e'));
    }
}

static void number_reads_back_what_was_written(void **state)
{
    (void)state;
    uint64_t seed = 42;
    char text[NUMBER_TEXT];
    for (int i = 0; i < 20000; i++) {
        double value, back;
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        uint64_t bits = seed ^ seed >> 29;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value) || fabs(value) < 1e-300)
            continue;
        number_format(value, text);
        assert_int_equal(number_parse(text, strlen(text), &back), 0);
        assert_memory_equal(&value, &back, sizeof value);
    }
}

static void number_parse_takes_decimals_only(void **state)
{
    (void)state;
    static const char *const good[] = {"0", "-12.5", "1e6", "+3", ".5", "5.", "1E-3"};
    static const double values[] = {0, -12.5, 1e6, 3, 0.5, 5, 1e-3};
    static const char *const bad[] = {"", " 1", "1 ", "1,5", "0x10", "inf", "nan", "1e999", "--1", "1.2.3", "e5", "十", "-"};
    double value = 7;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_int_equal(number_parse(good[i], strlen(good[i]), &value), 0);
        assert_true(value == values[i]);
    }
    value = 7;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (number_parse(bad[i], strlen(bad[i]), &value) != -1)
            fail_msg("\"%s\" was read as a number", bad[i]);
    assert_int_equal(number_parse("1\0002", 3, &value), -1);
    char longest[500];
    memset(longest, '1', sizeof longest);
    assert_int_equal(number_parse(longest, sizeof longest, &value), -1);
    assert_int_equal(number_parse("123456", 3, &value), 0);
    assert_true(value == 123);
}

/* A library may have called setlocale; numbers keep their point. Skipped where no such locale is installed. */
static void number_ignores_the_locale(void **state)
{
    (void)state;
    static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE", "fr_FR"};
    const char *set = NULL;
    for (size_t i = 0; i < 4 && set == NULL; i++)
        set = setlocale(LC_NUMERIC, locales[i]);
    if (set == NULL)
        skip();
    char text[NUMBER_TEXT];
    double value;
    assert_string_equal(number_format(129.73, text), "129.73");
    assert_int_equal(number_parse("129.73", 6, &value), 0);
    assert_true(value == 129.73);
    assert_int_equal(number_parse("129,73", 6, &value), -1);
    setlocale(LC_NUMERIC, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(error_is_formatted),
        cmocka_unit_test(error_masks_control_bytes),
        cmocka_unit_test(error_is_cut_between_characters),
        cmocka_unit_test(error_codes_have_status_and_text),
        cmocka_unit_test(arena_gives_aligned_zeroed_memory),
        cmocka_unit_test(arena_takes_large_pieces_and_refuses_absurd_ones),
        cmocka_unit_test(arena_copies_text),
        cmocka_unit_test(buffer_grows_and_stays_terminated),
        cmocka_unit_test(buffer_remembers_failure),
        cmocka_unit_test(utf8_round_trips_every_scalar_value),
        cmocka_unit_test(utf8_rejects_what_is_no_character),
        cmocka_unit_test(utf8_encodes_no_surrogate),
        cmocka_unit_test(number_is_written_plainly),
        cmocka_unit_test(number_reads_back_what_was_written),
        cmocka_unit_test(number_parse_takes_decimals_only),
        cmocka_unit_test(number_ignores_the_locale),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
