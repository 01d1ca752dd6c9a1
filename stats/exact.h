/* exact.h — decimals kept as what they are: whole numbers over a power of ten, added without any rounding.
 *
 * 10000000.2 is no double; a standard deviation of such values from doubles has half its digits wrong (NIST StRD NumAcc4).
 * Here a column of decimals becomes 64-bit whole numbers at a common scale (value × 10^scale); their sum, sum of squares
 * and sum of neighbours' products are exact integers of up to 320 bits, and each result is rounded once. */
#ifndef ZHIBIAO_STATS_EXACT_H
#define ZHIBIAO_STATS_EXACT_H

#include "data/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EXACT_MOST INT64_C(1000000000000000000)  /* largest magnitude of a scaled value: 10^18 */
#define EXACT_SCALE_MOST 18

/* Reads a plain decimal ("-12.50", "1.5e3", "+7", ".5") as digits / 10^scale, 0 <= scale <= EXACT_SCALE_MOST. False: not one, or
 * one that does not fit in EXACT_MOST. */
bool exact_parse(const char *text, size_t size, int64_t *digits, int *scale);

/* digits · 10^power, false when it would exceed EXACT_MOST. */
bool exact_rescale(int64_t *digits, int power);

/* Scales n decimals to their largest scale. text[i] NULL: left out; *count: how many were put in scaled[]. E_DOMAIN: they do
 * not fit together, and binary128 is to be used (sample.h does). */
int exact_column(const char *const *text, size_t n, int64_t *scaled, size_t *count, int *scale);

/* Takes the trailing zeros that all values share off, down to scale 0: the same figures give the same integers, and so the
 * same last digit of every result, however they were written. */
void exact_reduce(int64_t *scaled, size_t n, int *scale);

/* value / 10^scale, correctly rounded but for ties at the nineteenth digit. */
double exact_value(int64_t scaled, int scale);

/* n values scaled[] / 10^scale, in the order in which they came (for the autocorrelation). */
struct exact_moments {
    double sum, mean;        /* NaN for n = 0 */
    double variance, sd;     /* with n - 1; NaN for n < 2 */
    double autocorrelation;  /* Σ(x_i − m)(x_{i+1} − m) / Σ(x_i − m)², NaN for n < 2 or constant values */
    double skewness, kurtosis; /* adjusted (G1, G2); NaN for n < 3, n < 4, or constant values */
    bool constant;
};
void exact_moments(const int64_t *scaled, size_t n, int scale, struct exact_moments *moments);

#endif
