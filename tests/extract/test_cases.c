/* test_cases.c — runs the extraction cases of tests/extract/cases against extract_text.
 *
 * A case file is plain text, one phenomenon a case, so that anyone can add to it without reading C:
 *
 *     # comment
 *     == name of the case                       unique over all files
 *     @ published=2021-06-03 region=520425      optional, as are both keys
 *     < a line of the text                      "<" alone is an empty line
 *     = quote=600余户 | value=600 | unit=户     one expected observation, in the order of the text
 *
 * Fields of an expected observation, of which all but the quote may be left out; only those given are compared:
 *     quote      the observation's quote, exactly; "quote?" marks an observation that may be missing or differ
 *     value low high bound unit item id kind status
 *     region     code; a closing * also allows the villages below it
 *     period
 *     per        denominators with commas between, in any order; "none" for none
 *     head       words with commas between, all of which the label must contain
 * "null" stands for an absent unit, item, id, region or period; "||" between values allows either (of quotes, the
 * text must hold the first).
 *
 * A quote is looked for behind the one of the line before, and never inside a longer number. Requirements:
 * 1. Each expected observation is there, with every field given; 2. no other observation is there, unless it
 * overlaps one marked optional; 3. every observation's quote is what stands at its offsets.
 *
 * known-failures.txt lists the names of the cases that fail today. A failing case that is not listed and a listed one
 * that passes both fail the suite, so the list stays exact. `test_cases --list` prints the names of all that fail,
 * `test_cases --all` what is wrong with each, `test_cases --all NAME` with those whose name contains NAME. */
#include "data/extract/extract.h"
#include "data/reference/reference.h"

#include <dirent.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>

#define FOLDER "tests/extract/cases"
#define FILES_MAX 128
#define EXPECTED_MAX 64
#define OBSERVED_MAX 256
#define FIELDS_MAX 20

struct field {
    char *name, *value;
};
struct expected {
    struct field fields[FIELDS_MAX];
    size_t field_count;
    char *quote, *quotes; /* the first alternative, which the text must hold, and all of them */
    bool optional;
    size_t start, end; /* where the quote stands in the text */
    const struct observation *match;
};
/* All strings point into the file's buffer, but for the text, which is put together from its lines. */
struct test_case {
    const char *file, *name, *published, *region;
    size_t line;
    struct buffer text;
    struct expected expected[EXPECTED_MAX];
    size_t expected_count;
    struct observation observed[OBSERVED_MAX];
    size_t observed_count;
    struct arena arena;
    struct buffer report;
};
struct tally {
    size_t run, passed, new_failures, fixed;
};

/* How the program was called, and the known failures; read once, before the tests. */
static struct {
    char *names[FILES_MAX];
    size_t count;
    char *known;
    bool list, all;
    const char *only;
} suite;

static char *read_file(const char *path)
{
    FILE *stream = fopen(path, "rb");
    struct buffer bytes = {0};
    char chunk[4096];
    size_t got;

    if (stream == NULL)
        return NULL;
    while ((got = fread(chunk, 1, sizeof chunk, stream)) > 0)
        buffer_add(&bytes, chunk, got);
    if (ferror(stream) || bytes.failed)
        buffer_free(&bytes);
    else
        buffer_char(&bytes, '\n');
    fclose(stream);
    return bytes.bytes;
}

static bool is_known(const char *name)
{
    size_t length = strlen(name);

    for (const char *line = suite.known; line != NULL && *line != '\0';) {
        size_t size = strcspn(line, "\n");
        if (size == length && memcmp(line, name, size) == 0)
            return true;
        line += size + (line[size] == '\n');
    }
    return false;
}

static char *trimmed(char *text)
{
    size_t size;

    text += strspn(text, " ");
    for (size = strlen(text); size > 0 && text[size - 1] == ' '; size--)
        text[size - 1] = '\0';
    return text;
}

/* Cuts "name=value" at its first '='; false when there is none. */
static bool cut_field(char *text, struct field *field)
{
    char *equals = strchr(text, '=');

    if (equals == NULL)
        return false;
    *equals = '\0';
    field->name = trimmed(text);
    field->value = trimmed(equals + 1);
    return true;
}

static bool parse_expected(char *line, struct expected *expected)
{
    static const char *const known[] = {"quote", "quote?", "value",  "low",    "high", "bound", "unit",  "per",
                                        "region", "period", "head",  "kind", "status", "id",    "item",  "label"};

    *expected = (struct expected){0};
    for (char *next = line; next != NULL;) {
        struct field *field = &expected->fields[expected->field_count];
        char *bar = strstr(next, " | ");
        bool found = false;
        char *text = next;

        if (bar != NULL)
            *bar = '\0';
        next = bar == NULL ? NULL : bar + 3;
        if (expected->field_count == FIELDS_MAX || !cut_field(text, field))
            return false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            found = found || strcmp(field->name, known[i]) == 0;
        if (!found)
            return false;
        if (strncmp(field->name, "quote", 5) == 0) {
            expected->quotes = field->value;
            expected->optional = field->name[5] == '?';
        } else {
            expected->field_count++;
        }
    }
    return expected->quotes != NULL && *expected->quotes != '\0';
}

static bool parse_settings(char *line, struct test_case *test)
{
    for (char *save = NULL, *word = strtok_r(line, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save)) {
        struct field field;
        if (!cut_field(word, &field))
            return false;
        if (strcmp(field.name, "published") == 0)
            test->published = field.value;
        else if (strcmp(field.name, "region") == 0)
            test->region = field.value;
        else
            return false;
    }
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The first place behind `from` where the quote stands and is not the middle of a longer number. */
static bool locate(struct test_case *test, struct expected *expected, size_t from)
{
    const char *text = test->text.bytes;
    const char *bar = strstr(expected->quotes, "||");
    size_t length = bar == NULL ? strlen(expected->quotes) : (size_t)(bar - expected->quotes);

    expected->quote = arena_copy(&test->arena, expected->quotes, length);
    if (expected->quote == NULL)
        return false;
    for (const char *at = strstr(text + from, expected->quote); at != NULL; at = strstr(at + 1, expected->quote)) {
        char before = at > text ? at[-1] : ' ', after = at[length];
        bool inside = is_digit(at[0]) && (is_digit(before) || before == '.' || before == ',');
        if (inside || (is_digit(at[length - 1]) && is_digit(after)))
            continue;
        expected->start = (size_t)(at - text);
        expected->end = expected->start + length;
        return true;
    }
    return false;
}

static int keep(const struct observation *observation, void *context)
{
    struct test_case *test = context;
    struct observation *copy;
    const char **strings[] = {NULL, NULL, NULL, NULL, NULL, NULL, NULL};

    if (test->observed_count == OBSERVED_MAX)
        return E_MEMORY;
    copy = &test->observed[test->observed_count++];
    *copy = *observation;
    strings[0] = &copy->quote;
    strings[1] = &copy->unit;
    strings[2] = &copy->region_code;
    strings[3] = &copy->period;
    strings[4] = &copy->indicator;
    strings[5] = &copy->indicator_id;
    strings[6] = &copy->item;
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        const char *text = *strings[i];
        if (text != NULL && (*strings[i] = arena_copy(&test->arena, text, strlen(text))) == NULL)
            return E_MEMORY;
    }
    for (size_t i = 0; i < copy->per_count; i++)
        if ((copy->per[i] = arena_copy(&test->arena, copy->per[i], strlen(copy->per[i]))) == NULL)
            return E_MEMORY;
    return 0;
}

/* Does `got` equal one of the values between "||"? A closing * on a value also takes 12-digit codes that begin so. */
static bool one_of(const char *wanted, const char *got)
{
    const char *bar;

    for (const char *value = wanted; value != NULL; value = bar == NULL ? NULL : bar + 2) {
        size_t length;
        bar = strstr(value, "||");
        length = bar == NULL ? strlen(value) : (size_t)(bar - value);
        if (got == NULL) {
            if (length == 4 && memcmp(value, "null", 4) == 0)
                return true;
            continue;
        }
        if (length == strlen(got) && memcmp(value, got, length) == 0)
            return true;
        if (length > 0 && value[length - 1] == '*' && strncmp(value, got, length - 1) == 0 &&
            (got[length - 1] == '\0' || strlen(got) == 12))
            return true;
    }
    return false;
}

static bool near_to(const char *wanted, double got)
{
    double value = strtod(wanted, NULL);

    return fabs(value - got) <= 1e-9 * fmax(1, fabs(value));
}

/* Does every word between commas occur in the text? */
static bool has_words(const char *words, const char *text)
{
    while (*words != '\0') {
        size_t length = strcspn(words, ",");
        char word[128];
        if (length >= sizeof word)
            return false;
        memcpy(word, words, length);
        word[length] = '\0';
        if (strstr(text, word) == NULL)
            return false;
        words += length + (words[length] == ',');
    }
    return true;
}

static bool same_per(const char *wanted, const struct observation *got)
{
    size_t count = 0;

    if (strcmp(wanted, "none") == 0)
        return got->per_count == 0;
    for (const char *word = wanted; *word != '\0';) {
        size_t length = strcspn(word, ",");
        bool found = false;
        for (size_t i = 0; i < got->per_count; i++)
            found = found || (strlen(got->per[i]) == length && memcmp(got->per[i], word, length) == 0);
        if (!found)
            return false;
        count++;
        word += length + (word[length] == ',');
    }
    return count == got->per_count;
}

static void append_per(struct buffer *out, const struct observation *got)
{
    for (size_t i = 0; i < got->per_count; i++)
        buffer_format(out, "%s%s", i > 0 ? "," : "", got->per[i]);
    if (got->per_count == 0)
        buffer_text(out, "none");
}

/* Compares one field; when it differs, says so in the report. */
static bool compare_field(const struct field *field, const struct observation *got, struct buffer *report)
{
    const char *name = field->name, *text = NULL;
    bool same, number = false;
    double value = 0;

    if (strcmp(name, "per") == 0) {
        same = same_per(field->value, got);
        if (!same) {
            buffer_format(report, "    %s: per is ", got->quote);
            append_per(report, got);
            buffer_format(report, ", not %s\n", field->value);
        }
        return same;
    }
    if (strcmp(name, "head") == 0) {
        same = has_words(field->value, got->indicator);
        if (!same)
            buffer_format(report, "    %s: label %s lacks %s\n", got->quote, got->indicator, field->value);
        return same;
    }
    if (strcmp(name, "value") == 0)
        number = true, value = got->value;
    else if (strcmp(name, "low") == 0)
        number = true, value = got->low;
    else if (strcmp(name, "high") == 0)
        number = true, value = got->high;
    else if (strcmp(name, "bound") == 0)
        text = bound_name(got->bound);
    else if (strcmp(name, "label") == 0)
        text = got->indicator;
    else if (strcmp(name, "kind") == 0)
        text = kind_name(got->kind);
    else if (strcmp(name, "status") == 0)
        text = status_name(got->status);
    else if (strcmp(name, "unit") == 0)
        text = got->unit;
    else if (strcmp(name, "region") == 0)
        text = got->region_code;
    else if (strcmp(name, "period") == 0)
        text = got->period;
    else if (strcmp(name, "id") == 0)
        text = got->indicator_id;
    else if (strcmp(name, "item") == 0)
        text = got->item;
    same = number ? near_to(field->value, value) : one_of(field->value, text);
    if (!same && number)
        buffer_format(report, "    %s: %s is %.15g, not %s\n", got->quote, name, value, field->value);
    else if (!same)
        buffer_format(report, "    %s: %s is %s, not %s\n", got->quote, name, text == NULL ? "null" : text, field->value);
    return same;
}

static bool overlaps(const struct expected *expected, const struct observation *got)
{
    return got->start < expected->end && expected->start < got->end;
}

/* Requirement 1 for one expected observation. */
static bool find_expected(struct test_case *test, struct expected *expected, bool *used)
{
    bool good = true;

    for (size_t i = 0; i < test->observed_count && expected->match == NULL; i++) {
        if (used[i] || !overlaps(expected, &test->observed[i]))
            continue;
        used[i] = true;
        expected->match = &test->observed[i];
    }
    if (expected->match == NULL) {
        if (!expected->optional)
            buffer_format(&test->report, "    %s: not found\n", expected->quote);
        return expected->optional;
    }
    if (!one_of(expected->quotes, expected->match->quote)) {
        buffer_format(&test->report, "    %s: the quote is %s\n", expected->quote, expected->match->quote);
        good = false;
    }
    for (size_t i = 0; i < expected->field_count; i++)
        good = compare_field(&expected->fields[i], expected->match, &test->report) && good;
    return good || expected->optional;
}

/* Requirements 2 and 3. */
static bool check_observed(struct test_case *test, const bool *used)
{
    bool good = true;

    for (size_t i = 0; i < test->observed_count; i++) {
        const struct observation *got = &test->observed[i];
        size_t length = strlen(got->quote);
        bool excused = used[i];

        for (size_t j = 0; j < test->expected_count && !excused; j++)
            excused = test->expected[j].optional && overlaps(&test->expected[j], got);
        if (!excused) {
            buffer_format(&test->report, "    %s: not expected (%s)\n", got->quote, got->indicator);
            good = false;
        }
        if (got->end > test->text.size || got->end - got->start != length ||
            memcmp(test->text.bytes + got->start, got->quote, length) != 0) {
            buffer_format(&test->report, "    %s: is not what stands at %zu–%zu\n", got->quote, got->start, got->end);
            good = false;
        }
    }
    return good;
}

static bool run_case(struct test_case *test)
{
    struct extract_options options = {.source = test->name, .published = test->published, .region = test->region};
    struct error error = {0};
    bool used[OBSERVED_MAX] = {false}, good = true;
    size_t from = 0;

    for (size_t i = 0; i < test->expected_count; i++) {
        if (!locate(test, &test->expected[i], from))
            fail_msg("%s:%zu: %s: the text lacks the quote %s", test->file, test->line, test->name,
                     test->expected[i].quotes);
        from = test->expected[i].end;
    }
    if (extract_text(&options, (const unsigned char *)test->text.bytes, test->text.size, &test->arena, NULL, keep, test,
                     &error) != 0)
        fail_msg("%s:%zu: %s: %s", test->file, test->line, test->name, error.text);
    for (size_t i = 0; i < test->expected_count; i++)
        good = find_expected(test, &test->expected[i], used) && good;
    return check_observed(test, used) && good;
}

/* Runs a case that was read, compares the outcome with the list and counts it. */
static void finish_case(struct test_case *test, struct tally *tally)
{
    bool good, known;

    if (test->name == NULL || (suite.only != NULL && strstr(test->name, suite.only) == NULL))
        return;
    if (test->text.size == 0)
        fail_msg("%s:%zu: %s has no text", test->file, test->line, test->name);
    good = run_case(test);
    known = is_known(test->name);
    tally->run++;
    tally->passed += good;
    tally->new_failures += !good && !known;
    tally->fixed += good && known;
    if (suite.list) {
        if (!good)
            printf("%s\n", test->name);
    } else if (!good && (suite.all || !known)) {
        printf("  fails: %s (%s:%zu)\n%s", test->name, test->file, test->line, test->report.bytes);
    } else if (good && known) {
        printf("  passes, but is listed in known-failures.txt: %s (%s:%zu)\n", test->name, test->file, test->line);
    }
}

static void clear_case(struct test_case *test)
{
    buffer_free(&test->text);
    buffer_free(&test->report);
    arena_free(&test->arena);
    memset(test, 0, sizeof *test);
}

static void run_file(void **state)
{
    const char *name = *state;
    char path[512];
    char *content = NULL;
    struct test_case *test = calloc(1, sizeof *test);
    struct tally tally = {0};
    size_t number = 0;

    assert_non_null(test);
    snprintf(path, sizeof path, FOLDER "/%s", name);
    content = read_file(path);
    assert_non_null(content);
    for (char *line = content, *next; *line != '\0'; line = next) {
        size_t size = strcspn(line, "\n");
        bool good = true;

        next = line + size + 1;
        line[size] = '\0';
        number++;
        if (strncmp(line, "== ", 3) == 0) {
            finish_case(test, &tally);
            clear_case(test);
            test->file = name;
            test->name = trimmed(line + 3);
            test->line = number;
        } else if (line[0] == '#' || line[0] == '\0') {
            continue;
        } else if (test->name == NULL) {
            good = false;
        } else if (line[0] == '<') {
            if (test->text.size > 0)
                buffer_char(&test->text, '\n');
            buffer_text(&test->text, line[1] == ' ' ? line + 2 : line + 1);
            good = !test->text.failed;
        } else if (strncmp(line, "@ ", 2) == 0) {
            good = parse_settings(line + 2, test);
        } else if (strncmp(line, "= ", 2) == 0 && test->expected_count < EXPECTED_MAX) {
            good = parse_expected(line + 2, &test->expected[test->expected_count++]);
        } else {
            good = false;
        }
        if (!good)
            fail_msg("%s:%zu: cannot be read as a line of a case", name, number);
    }
    finish_case(test, &tally);
    clear_case(test);
    free(test);
    free(content);
    if (suite.list)
        return;
    printf("  %s: %zu of %zu cases pass\n", name, tally.passed, tally.run);
    if (!suite.all && tally.new_failures + tally.fixed > 0)
        fail_msg("%zu cases fail that passed, %zu pass that are listed as failing", tally.new_failures, tally.fixed);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int list_files(void)
{
    DIR *folder = opendir(FOLDER);

    if (folder == NULL) {
        fprintf(stderr, "test_cases: %s cannot be opened; run it from the top of the repository\n", FOLDER);
        return -1;
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL && suite.count < FILES_MAX;) {
        size_t length = strlen(entry->d_name);
        if (length > 6 && strcmp(entry->d_name + length - 6, ".cases") == 0) {
            if ((suite.names[suite.count] = strdup(entry->d_name)) == NULL)
                break;
            suite.count++;
        }
    }
    closedir(folder);
    qsort(suite.names, suite.count, sizeof *suite.names, by_name);
    return suite.count > 0 ? 0 : -1;
}

int main(int argc, char **argv)
{
    struct CMUnitTest tests[FILES_MAX];
    struct error error = {0};
    int failed = 1;

    suite.list = argc > 1 && strcmp(argv[1], "--list") == 0;
    suite.all = argc > 1 && strcmp(argv[1], "--all") == 0;
    suite.only = argc > 2 ? argv[2] : NULL;
    if (list_files() != 0)
        return 1;
    if (reference_open(&error) != 0) {
        fprintf(stderr, "test_cases: %s\n", error.text);
        goto done;
    }
    suite.known = read_file(FOLDER "/known-failures.txt");
    for (size_t i = 0; i < suite.count; i++)
        tests[i] = (struct CMUnitTest){.name = suite.names[i], .test_func = run_file, .initial_state = suite.names[i]};
    if (suite.list) { /* names only, so that the output can become the list */
        failed = 0;
        for (size_t i = 0; i < suite.count; i++) {
            void *state = suite.names[i];
            run_file(&state);
        }
    } else {
        failed = _cmocka_run_group_tests("extraction cases", tests, suite.count, NULL, NULL);
    }
done:
    for (size_t i = 0; i < suite.count; i++)
        free(suite.names[i]);
    free(suite.known);
    return failed;
}
