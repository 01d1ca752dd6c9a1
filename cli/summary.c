/* summary.c — the command that describes the distribution of an indicator or a column, whole or by group. */
#include "cli/frame.h"
#include "cli/result.h"

#include <math.h>

static const struct option options[] = {
    FRAME_OPTIONS, RESULT_OPTIONS, HELP_OPTION, OPTIONS_END,
};

static int add(struct result *result, const struct frame_column *column, const char *group, const char *id, double value,
               enum reason reason, size_t n, struct error *error)
{
    const struct finding finding = {.key = {.variable = column->name, .group = group}, .statistic = id, .value = value, .n = n,
                                    .unit = column->unit, .reason = reason};
    return result_add(result, &finding, error);
}

static int describe(struct result *result, const struct frame *frame, size_t column, size_t group, struct error *error)
{
    const struct frame_column *c = &frame->columns[column];
    const char *name = frame->groups[group];
    struct slice slice;
    struct summary s;
    int status = frame_slice(frame, column, group, &slice, error);
    if (status != E_OK)
        return status;
    status = stats_summary(slice.value, slice.n, &s);
    slice_free(&slice);
    if (status != E_OK)
        return error_set(error, (enum error_code)status, "%s: %s", c->name, error_text((enum error_code)status));
    enum reason empty = s.n == 0 ? REASON_EMPTY : REASON_NONE;
    if ((status = add(result, c, name, "n", (double)s.n, REASON_NONE, s.n, error)) != E_OK ||
        (status = add(result, c, name, "missing", (double)s.missing, REASON_NONE, s.n, error)) != E_OK ||
        (status = add(result, c, name, "sum", s.sum, empty, s.n, error)) != E_OK ||
        (status = add(result, c, name, "mean", s.mean, empty, s.n, error)) != E_OK ||
        (status = add(result, c, name, "sd", s.sd, s.n < 2 ? REASON_TOO_FEW : REASON_NONE, s.n, error)) != E_OK)
        return status;
    return status;
}

static int run(const struct settings *settings, struct error *error)
{
    static const struct frame_wish wish = {.least = 1};
    struct frame frame = {0};
    struct result *result = NULL;
    int status = result_open(&result, settings, LAYOUT_WIDE, error);
    if (status == E_OK)
        status = frame_load(&frame, settings, &wish, error);
    for (size_t column = 0; column < frame.column_count && status == E_OK; column++)
        for (size_t group = 0; group < frame.group_count && status == E_OK; group++)
            status = describe(result, &frame, column, group, error);
    if (status == E_OK)
        status = result_print(result, &frame, error);
    result_free(result);
    frame_free(&frame);
    return status;
}

const struct command command_summary = {
    "summary", NULL, 0, 0, "describe the distribution of an indicator or a column",
    "Of an indicator of the store (--indicator) or of columns of a table (--from FILE --value COLUMN), as a whole or by\n"
    "--group. Missing values are left out and counted.",
    options, run,
};
