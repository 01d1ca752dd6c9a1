/* refs.h — the reference values of stat_refs.tsv (example, statistic, value, source), each to be checked by some test.
 *
 * A test file names the examples of its topic, asks for values with ref(), which marks the row as checked, and closes with
 * refs_assert_all(), which fails when a row of its examples was not asked for. Rows whose statistic says "(wrong)" record
 * a fault of the source and are left out. */
#ifndef ZHIBIAO_TESTS_REFS_H
#define ZHIBIAO_TESTS_REFS_H

#include "tests/stats/close.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reference_row {
    char example[64], statistic[64];
    double value;
    int digits;    /* significant digits given */
    bool checked;
};
struct reference_table {
    struct reference_row rows[256];
    size_t count;
};

static inline void refs_load(struct reference_table *table)
{
    char line[512];
    FILE *file = fopen("tests/stats/stat_refs.tsv", "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    table->count = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        assert_true(table->count < sizeof table->rows / sizeof *table->rows);
        struct reference_row *row = &table->rows[table->count];
        char *example = line, *statistic = strchr(line, '\t');
        assert_non_null(statistic);
        *statistic++ = '\0';
        char *value = strchr(statistic, '\t');
        assert_non_null(value);
        *value++ = '\0';
        value[strcspn(value, "\t\n")] = '\0';
        assert_true(strlen(example) < sizeof row->example && strlen(statistic) < sizeof row->statistic);
        strcpy(row->example, example);
        strcpy(row->statistic, statistic);
        row->value = strtod(value, NULL);
        row->digits = 0;
        bool leading = true;
        for (const char *p = value; *p != '\0' && *p != 'e'; p++) {
            leading = leading && (*p == '0' || *p == '.' || *p == '-');
            row->digits += !leading && *p >= '0' && *p <= '9';
        }
        row->checked = strstr(statistic, "(wrong)") != NULL;
        table->count++;
    }
    fclose(file);
}

static inline double ref(struct reference_table *table, const char *example, const char *statistic)
{
    for (size_t i = 0; i < table->count; i++) {
        struct reference_row *row = &table->rows[i];
        if (strcmp(row->example, example) == 0 && strcmp(row->statistic, statistic) == 0) {
            row->checked = true;
            return row->value;
        }
    }
    fail_msg("stat_refs.tsv has no row %s, %s", example, statistic);
    return NAN;
}

/* `got` agrees to the digits that the row gives: half a unit of the last one, plus the last bits of a double. */
static inline void assert_ref(struct reference_table *table, const char *example, const char *statistic, double got)
{
    double want = ref(table, example, statistic), tolerance = 1e-14 * fabs(want);
    for (size_t i = 0; i < table->count; i++) {
        const struct reference_row *row = &table->rows[i];
        if (strcmp(row->example, example) == 0 && strcmp(row->statistic, statistic) == 0 && want != 0 && isfinite(want) &&
            row->digits < 17) {
            bool whole = row->digits < 15 && want == floor(want);
            if (!whole)
                tolerance += 0.6 * pow(10, floor(log10(fabs(want))) + 1 - (row->digits < 15 ? 15 : row->digits));
        }
    }
    if (!(got == want || fabs(got - want) <= tolerance))
        fail_msg("%s %s: got %.17g, want %.17g", example, statistic, got, want);
}

static inline void refs_assert_all(const struct reference_table *table, const char *const *examples)
{
    for (size_t i = 0; i < table->count; i++)
        for (const char *const *example = examples; *example != NULL; example++)
            if (strcmp(table->rows[i].example, *example) == 0 && !table->rows[i].checked)
                fail_msg("no test checks %s, %s", *example, table->rows[i].statistic);
}

#endif
