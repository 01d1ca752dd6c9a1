/* suggest.c — finds the known word nearest to a mistyped one: optimal string alignment distance (insert, delete,
 * replace, swap neighbours) over code points, so that one wrong Chinese character counts as one. */
#include "cli/cli.h"

#include "data/base/utf8.h"

#include <stdio.h>
#include <string.h>

#define WORD_MOST 64  /* code points that are compared; longer words are never suggested for */

static size_t code_points(const char *text, uint32_t out[WORD_MOST])
{
    size_t size = strlen(text), n = 0;
    for (size_t i = 0; i < size;) {
        uint32_t point;
        int length = utf8_decode((const unsigned char *)text + i, size - i, &point);
        i += (size_t)(length < 0 ? -length : length);
        if (n == WORD_MOST)
            return WORD_MOST + 1;
        if (point >= 'A' && point <= 'Z')
            point += 'a' - 'A';
        out[n++] = point;
    }
    return n;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t distance_of(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
    size_t rows[3][WORD_MOST + 1];
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[n % 3][m];
}

void nearest_start(struct nearest *nearest, const char *word)
{
    *nearest = (struct nearest){.word = word, .distance = SIZE_MAX};
}

void nearest_consider(struct nearest *nearest, const char *candidate)
{
    uint32_t a[WORD_MOST], b[WORD_MOST];
    size_t n = code_points(nearest->word, a), m = code_points(candidate, b);
    if (n == 0 || n > WORD_MOST || m == 0 || m > WORD_MOST || strlen(candidate) >= sizeof nearest->best)
        return;
    size_t limit = n * 2 / 5 > 1 ? n * 2 / 5 : 1;
    size_t distance = distance_of(a, n, b, m);
    /* the beginning of a word is as good as one slip */
    if (n >= 3 && n < m && memcmp(a, b, n * sizeof *a) == 0)
        distance = 1;
    /* a word that shares nothing is no suggestion, however short */
    if (distance <= limit && distance < (n > m ? n : m) && distance < nearest->distance) {
        nearest->distance = distance;
        memcpy(nearest->best, candidate, strlen(candidate) + 1);
    }
}

const char *nearest_hint(const struct nearest *nearest, char out[320])
{
    out[0] = '\0';
    if (nearest->distance != SIZE_MAX)
        snprintf(out, 320, " (did you mean '%s'?)", nearest->best);
    return out;
}
