/* sample.h — a variable's values without the missing ones, exact where they are decimals, and what describes them. */
#ifndef ZHIBIAO_STATS_SAMPLE_H
#define ZHIBIAO_STATS_SAMPLE_H

#include "stats/reason.h"
#include "stats/stats.h"

#include <stdbool.h>
#include <stdint.h>

/* One of the two arrays is there. Order statistics need it sorted; moments take it in the order of the rows. */
struct sample {
    size_t n, missing;
    int64_t *scaled;   /* [n] values × 10^scale, exact; or NULL and */
    double *value;     /* [n] doubles: decimals too long or too far apart for 64 bits */
    int scale;
    bool owned;        /* sample_free frees the array */
};

/* From n rows, NaN values are missing. text may be NULL, and text[i] is the decimal of value[i], which then counts instead of
 * the double. E_DOMAIN: an infinite value; E_MEMORY. sample_free frees. */
int sample_of(const double *value, const char *const *text, size_t n, struct sample *sample);
void sample_free(struct sample *sample);

/* Ascending, in O(n) for integers of a narrow range. scratch: room for n of the same size, or NULL (allocated). */
int sample_sort(struct sample *sample, int64_t *scratch);

/* The quantile of order p (0..1) of a sorted sample, NaN when it is empty. Hyndman and Fan's types: 1 the inverse of the
 * empirical distribution, 6 (n + 1)p, 7 (n − 1)p + 1, 8 (n + 1/3)p + 1/3; interpolated exactly, rounded once. */
double sample_quantile(const struct sample *sorted, double p, int type);
bool quantile_type_known(int type);

#define DESCRIPTION_STATISTICS(X)                                                                              \
    X(sum) X(mean) X(sd) X(variance) X(se) X(cv) X(min) X(q1) X(median) X(q3) X(max) X(iqr) X(mad)             \
    X(skewness) X(kurtosis) X(trimmed_mean) X(mode) X(autocorrelation)
enum description_id {
#define X(name) DESCRIPTION_##name,
    DESCRIPTION_STATISTICS(X)
#undef X
    DESCRIPTION_COUNT
};
const char *description_name(enum description_id id);

struct description_options {
    int quantile_type;   /* 1, 6, 7, 8 */
    double confidence;   /* of mean_low..mean_high: 0.95 */
    double trim;         /* share cut off at each end for the trimmed mean: 0.1 */
};
/* A value is NaN where its reason is not REASON_NONE, and only there. */
struct description {
    size_t n, missing;
    double value[DESCRIPTION_COUNT];
    enum reason reason[DESCRIPTION_COUNT];
    double mean_low, mean_high;  /* Student's t interval of the mean; reason: that of sd */
    size_t mode_count, modes;    /* how often the mode occurs, and how many values occur as often (the least is given) */
};
/* Sorts the sample. scratch as for sample_sort. E_MEMORY only: what is undefined has a reason. */
int sample_describe(struct sample *sample, const struct description_options *options, int64_t *scratch,
                    struct description *description);

/* Σwx / Σw over the rows that have both; weights >= 0. *n, *missing: rows used and not. */
double weighted_mean(const double *value, const double *weight, size_t rows, size_t *n, size_t *missing, enum reason *reason);

/* Percentile bootstrap interval of the mean: `resamples` means of n draws with replacement (GSL's mt19937 from `seed`, the same
 * on every machine), type 7 quantiles at (1 ∓ confidence)/2. E_MEMORY; fewer than 2 values: NaN with *reason. */
int bootstrap_mean(const struct sample *sample, size_t resamples, unsigned long seed, double confidence, double *low,
                   double *high, enum reason *reason);

#endif
