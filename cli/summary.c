/* summary.c — the command that describes the distribution of an indicator or a column, whole or by group.
 *
 * Where figures have bounds, the statistics that grow with each value (sum, mean, quantiles …) have them too: computed from
 * the lower ends and from the upper ends, they enclose what the true figures would give. */
#include "cli/summary.h"

#include "data/base/number.h"
#include "stats/internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct option options[] = {
    FRAME_OPTIONS,
    OPTION("all", 'a', NULL, all, "from the store: every period's figures, not only each region's newest"),
    OPTION("quantile-type", 0, "1|6|7|8", quantile_type, "how quantiles are interpolated (Hyndman and Fan; 7 otherwise)"),
    OPTION("quantiles", 0, "P,...", quantiles, "further quantiles, such as 5%,95% or 0.05,0.95"),
    OPTION("confidence", 0, "PERCENT", confidence, "of the intervals of the mean (95% otherwise)"),
    OPTION("trim", 0, "PERCENT", trim, "cut off at each end for the trimmed mean (10% otherwise)"),
    OPTION("bootstrap", 0, "N", bootstrap, "also a bootstrap interval of the mean, from N resamples"),
    OPTION("seed", 0, "N", seed, "of the bootstrap's random numbers (1 otherwise)"),
    RESULT_OPTIONS,
    HELP_OPTION,
    OPTIONS_END,
};

static const char *const headline[] = {"n", "missing", "sum", "mean", "weighted_mean", "sd", "cv", "min", "median", "max", NULL};

/* ---- options ---- */

static bool read_share(const char *text, size_t length, double *share)
{
    bool percent = length > 1 && text[length - 1] == '%';
    if (number_parse(text, percent ? length - 1 : length, share) != 0)
        return false;
    if (percent)
        *share /= 100;
    return *share >= 0 && *share <= 1;
}

static bool read_count(const char *text, unsigned long most, unsigned long *count)
{
    char *end;
    if (text[0] < '0' || text[0] > '9')
        return false;
    *count = strtoul(text, &end, 10);
    return *end == '\0' && *count <= most;
}

static int read_quantiles(const char *list, struct summary_options *o, struct error *error)
{
    for (const char *p = list; *p != '\0';) {
        size_t length = strcspn(p, ",");
        double q;
        if (o->quantile_count == QUANTILES_MOST)
            return error_set(error, E_USAGE, "--quantiles: more than %d", QUANTILES_MOST);
        if (!read_share(p, length, &q))
            return error_set(error, E_USAGE, "--quantiles '%.*s': write a share between 0 and 1, or a percentage", (int)length, p);
        o->quantiles[o->quantile_count] = q;
        snprintf(o->names[o->quantile_count], sizeof *o->names, "p%.8g", q * 100);
        o->quantile_count++;
        p += length;
        p += *p == ',';
    }
    return E_OK;
}

static int read_options(const struct settings *settings, struct summary_options *o, struct error *error)
{
    unsigned long count = 0;
    *o = (struct summary_options){.describe = {.quantile_type = 7, .confidence = 0.95, .trim = 0.1}, .seed = 1};
    if (settings->quantile_type != NULL) {
        o->describe.quantile_type = read_count(settings->quantile_type, 9, &count) ? (int)count : 0;
        if (!quantile_type_known(o->describe.quantile_type))
            return error_set(error, E_USAGE, "--quantile-type '%s': write 1, 6, 7 or 8", settings->quantile_type);
    }
    if (settings->confidence != NULL && !(read_share(settings->confidence, strlen(settings->confidence), &o->describe.confidence) &&
                                          o->describe.confidence > 0 && o->describe.confidence < 1))
        return error_set(error, E_USAGE, "--confidence '%s': write a percentage between 0%% and 100%%", settings->confidence);
    if (settings->trim != NULL && !(read_share(settings->trim, strlen(settings->trim), &o->describe.trim) && o->describe.trim <= 0.5))
        return error_set(error, E_USAGE, "--trim '%s': write a percentage from 0%% to 50%%", settings->trim);
    if (settings->bootstrap != NULL && !read_count(settings->bootstrap, 1000000, &o->resamples))
        return error_set(error, E_USAGE, "--bootstrap '%s': write how many resamples, 1000 say, up to 1000000", settings->bootstrap);
    if (settings->seed != NULL && !read_count(settings->seed, 4294967295ul, &o->seed))
        return error_set(error, E_USAGE, "--seed '%s': write a whole number", settings->seed);
    return settings->quantiles != NULL ? read_quantiles(settings->quantiles, o, error) : E_OK;
}

/* ---- findings ---- */

/* The ends of a statistic that grows with each value. */
static double end_of(const struct sample *ends, const char *id, double quantile, const struct summary_options *o)
{
    double sum = stats_sum(ends->value, ends->n);
    if (ends->n > 0 && (isinf(ends->value[0]) || isinf(ends->value[ends->n - 1])))
        sum = isinf(ends->value[0]) ? ends->value[0] : ends->value[ends->n - 1];
    if (strcmp(id, "sum") == 0)
        return sum;
    if (strcmp(id, "mean") == 0)
        return sum / (double)ends->n;
    if (strcmp(id, "trimmed_mean") == 0) {
        size_t cut = (size_t)floor((double)ends->n * o->describe.trim + 1e-9);
        if (2 * cut >= ends->n)
            return sample_quantile(ends, 0.5, 7);
        double first = ends->value[cut], last = ends->value[ends->n - cut - 1];
        if (isinf(first) || isinf(last))
            return isinf(first) ? first : last;
        return stats_sum(ends->value + cut, ends->n - 2 * cut) / (double)(ends->n - 2 * cut);
    }
    return sample_quantile(ends, quantile, o->describe.quantile_type);
}

static void set_ends(struct finding *f, const struct summary_options *o, const struct summary_group *group, double quantile)
{
    if (!group->bounded || isnan(f->value))
        return;
    f->low = fmin(f->value, end_of(group->low, f->statistic, quantile, o));
    f->high = fmax(f->value, end_of(group->high, f->statistic, quantile, o));
    f->interval = group->conventional ? INTERVAL_conventional : INTERVAL_guaranteed;
    if (isinf(f->low) || isinf(f->high))
        f->note = isinf(f->low) ? isinf(f->high) ? "open at both ends" : "no lower bound" : "no upper bound";
}

/* Statistics with ends, and the quantile that they are; −1: none. */
static double monotone(const char *id, bool *is)
{
    static const struct {
        const char *id;
        double quantile;
    } all[] = {{"sum", -1}, {"mean", -1}, {"trimmed_mean", -1}, {"min", 0}, {"q1", 0.25}, {"median", 0.5}, {"q3", 0.75}, {"max", 1}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        *is = strcmp(all[i].id, id) == 0;
        if (*is)
            return all[i].quantile;
    }
    return -1;
}

/* No unit: pure numbers; the unit's square would only confuse. */
static bool has_unit(const char *id)
{
    static const char *const without[] = {"n", "missing", "cv", "skewness", "kurtosis", "autocorrelation", "variance"};
    for (size_t i = 0; i < sizeof without / sizeof *without; i++)
        if (strcmp(without[i], id) == 0)
            return false;
    return true;
}

int summary_add(struct result *result, const struct summary_options *o, const struct summary_group *group,
                const struct description *d, const struct sample *sorted, struct error *error)
{
    char note[64];
    struct finding f = {.key = {.variable = group->variable, .group = group->group}, .n = d->n};
    int status;
    f.statistic = "n";
    f.value = (double)d->n;
    if ((status = result_add(result, &f, error)) != E_OK)
        return status;
    f.statistic = "missing";
    f.value = (double)d->missing;
    if ((status = result_add(result, &f, error)) != E_OK)
        return status;
    for (int i = 0; i < DESCRIPTION_COUNT; i++) {
        bool is_monotone;
        double quantile;
        f = (struct finding){.key = f.key, .n = d->n, .statistic = description_name((enum description_id)i), .value = d->value[i],
                             .reason = d->reason[i]};
        f.unit = has_unit(f.statistic) ? group->unit : NULL;
        if (i == DESCRIPTION_sum && !group->additive) {
            f.value = NAN;
            f.reason = REASON_NOT_ADDITIVE;
        }
        if (i == DESCRIPTION_mode && d->modes > 1 && d->reason[i] == REASON_NONE) {
            snprintf(note, sizeof note, "%zu values occur %zu times each", d->modes, d->mode_count);
            f.note = note;
        }
        quantile = monotone(f.statistic, &is_monotone);
        if (is_monotone)
            set_ends(&f, o, group, quantile);
        if ((status = result_add(result, &f, error)) != E_OK)
            return status;
    }
    for (size_t i = 0; i < o->quantile_count; i++) {
        f = (struct finding){.key = f.key, .n = d->n, .statistic = o->names[i], .unit = group->unit};
        f.value = sample_quantile(sorted, o->quantiles[i], o->describe.quantile_type);
        f.reason = d->n == 0 ? REASON_EMPTY : REASON_NONE;
        set_ends(&f, o, group, o->quantiles[i]);
        if ((status = result_add(result, &f, error)) != E_OK)
            return status;
    }
    f = (struct finding){.key = f.key, .n = d->n, .statistic = "mean_ci", .unit = group->unit, .value = d->value[DESCRIPTION_mean],
                         .low = d->mean_low, .high = d->mean_high, .interval = INTERVAL_confidence,
                         .reason = d->reason[DESCRIPTION_sd]};
    if (f.reason != REASON_NONE)
        f.value = NAN;
    if ((status = result_add(result, &f, error)) != E_OK || o->resamples == 0)
        return status;
    f.statistic = "mean_ci_bootstrap";
    if (bootstrap_mean(sorted, o->resamples, o->seed, o->describe.confidence, &f.low, &f.high, &f.reason) != E_OK)
        return error_set(error, E_MEMORY, "out of memory");
    if (f.reason != REASON_NONE)
        f.value = NAN;
    return result_add(result, &f, error);
}

/* ---- a group of a frame ---- */

/* The ends that are there, sorted, infinite ones too. */
static int ends_of(const double *value, const double *ends, size_t n, struct sample *sample)
{
    *sample = (struct sample){.owned = true};
    sample->value = calloc(n > 0 ? n : 1, sizeof *sample->value);
    if (sample->value == NULL)
        return E_MEMORY;
    for (size_t i = 0; i < n; i++)
        if (!isnan(value[i]))
            sample->value[sample->n++] = ends[i];
    return sample_sort(sample, NULL);
}

static int add_weighted(struct result *result, const struct slice *slice, const struct summary_group *group, struct error *error)
{
    struct finding f = {.key = {.variable = group->variable, .group = group->group}, .statistic = "weighted_mean",
                        .unit = group->unit};
    char note[80];
    size_t missing, n;
    enum reason reason;
    f.value = weighted_mean(slice->value, slice->weight, slice->n, &f.n, &missing, &f.reason);
    if (missing > 0) {
        snprintf(note, sizeof note, "%zu row%s without value or weight left out", missing, missing == 1 ? "" : "s");
        f.note = note;
    }
    if (group->bounded && f.reason == REASON_NONE) {
        size_t left;
        bool open_low = false, open_high = false;
        for (size_t i = 0; i < slice->n; i++) {
            if (isnan(slice->value[i]) || !(slice->weight[i] > 0))
                continue;
            open_low |= isinf(slice->low[i]);
            open_high |= isinf(slice->high[i]);
        }
        f.low = open_low ? -INFINITY : fmin(f.value, weighted_mean(slice->low, slice->weight, slice->n, &n, &left, &reason));
        f.high = open_high ? INFINITY : fmax(f.value, weighted_mean(slice->high, slice->weight, slice->n, &n, &left, &reason));
        f.interval = group->conventional ? INTERVAL_conventional : INTERVAL_guaranteed;
    }
    return result_add(result, &f, error);
}

static int describe(struct result *result, const struct frame *frame, size_t column, size_t group,
                    const struct summary_options *o, struct error *error)
{
    const struct frame_column *c = &frame->columns[column];
    struct summary_group about = {.variable = c->name, .group = frame->groups[group], .unit = c->unit, .additive = c->additive};
    struct slice slice;
    struct sample sample = {0}, low = {0}, high = {0};
    struct description d;
    int status = frame_slice(frame, column, group, &slice, error);
    if (status != E_OK)
        return status;
    about.bounded = c->low != NULL;  /* one group's figures may be exact: it has bounds all the same, like the others */
    about.conventional = slice.conventional;
    about.low = &low;
    about.high = &high;
    status = sample_of(slice.value, slice.text, slice.n, &sample);
    if (status == E_OK && about.bounded && (status = ends_of(slice.value, slice.low, slice.n, &low)) == E_OK)
        status = ends_of(slice.value, slice.high, slice.n, &high);
    if (status == E_OK)
        status = sample_describe(&sample, &o->describe, NULL, &d);
    if (status != E_OK)
        error_set(error, (enum error_code)status, "%s: %s", c->name, error_text((enum error_code)status));
    if (status == E_OK)
        status = summary_add(result, o, &about, &d, &sample, error);
    if (status == E_OK && slice.weight != NULL)
        status = add_weighted(result, &slice, &about, error);
    sample_free(&sample);
    sample_free(&low);
    sample_free(&high);
    slice_free(&slice);
    return status;
}

static int run(const struct settings *settings, struct error *error)
{
    const struct frame_wish wish = {.least = 1, .all_periods = settings->all};
    struct summary_options o;
    struct frame frame = {0};
    struct result *result = NULL;
    int status = read_options(settings, &o, error);
    if (status == E_OK)
        status = result_open(&result, settings, LAYOUT_WIDE, error);
    if (status != E_OK)
        goto done;
    result_headline(result, headline);
    bool done = false;
    status = summary_fast(result, settings, &o, &done, error);
    if (status == E_OK && !done)
        status = summary_store(result, settings, &o, &done, error);
    if (status != E_OK || done) {
        status = status == E_OK ? result_print(result, NULL, error) : status;
        goto done;
    }
    if ((status = frame_load(&frame, settings, &wish, error)) != E_OK)
        goto done;
    for (size_t column = 0; column < frame.column_count && status == E_OK; column++)
        for (size_t group = 0; group < frame.group_count && status == E_OK; group++)
            status = describe(result, &frame, column, group, &o, error);
    if (status == E_OK)
        status = result_print(result, &frame, error);
done:
    result_free(result);
    frame_free(&frame);
    return status;
}

const struct command command_summary = {
    "summary", NULL, 0, 0, "describe the distribution of an indicator or a column",
    "Of an indicator of the store (--indicator) or of columns of a table (--from FILE --value COLUMN), as a whole or by\n"
    "--group: n, missing, sum, mean, weighted_mean (--weight), sd, variance, se, cv, min, q1, median, q3, max, iqr, mad,\n"
    "skewness, kurtosis, trimmed_mean, mode, autocorrelation, mean_ci. Decimals are added exactly. Missing values are left\n"
    "out and counted; what is undefined has a note. Tables for people show the commonest of these; --statistics and\n"
    "--layout long show others. Figures with bounds (600余) give sum, mean and quantiles with bounds.",
    options, run,
};
