/* frame.c — what frames from the store and from tables have in common: memory, groups, slices, the open convention. */
#include "cli/frame.h"
#include "cli/grouped.h"

#include "data/base/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int open_option(const struct settings *settings, double *open, struct error *error)
{
    *open = 0;
    if (settings->open == NULL)
        return E_OK;
    size_t length = strlen(settings->open);
    bool percent = length > 1 && settings->open[length - 1] == '%';
    double value;
    if (number_parse(settings->open, percent ? length - 1 : length, &value) != 0 || !(value > 0) ||
        value > (percent ? 100 : 1))
        return error_set(error, E_USAGE, "--open '%s': write a percentage above 0%% and up to 100%%, such as 10%%", settings->open);
    *open = percent ? value / 100 : value;
    return E_OK;
}

struct interval interval_open(struct interval value, enum bound bound, double open, bool *conventional)
{
    if (bound == BOUND_about)
        *conventional = true;  /* 约600 as 600 is a convention too */
    if (open <= 0 || isnan(value.value) || bound == BOUND_exact || bound == BOUND_range)
        return value;
    double margin = fabs(value.value) * open;
    if (bound != BOUND_below && (isinf(value.high) || bound == BOUND_about)) {
        value.high = value.value + margin;
        *conventional = true;
    }
    if (bound != BOUND_above) {
        value.low = value.value - margin;
        *conventional = true;
    }
    return value;
}

const char *frame_region_above(const char *code, int level)
{
    char cut[REGION_CODE];
    if (code == NULL || (int)strlen(code) < level || level >= REGION_CODE)
        return NULL;
    snprintf(cut, sizeof cut, "%.*s", level, code);
    region_id id = region_find(cut);
    return id != REGION_NONE ? region_name(id) : NULL;
}

bool frame_region_label(const char *code, int level, char out[REGION_PATH])
{
    static const char *const placeholders[] = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"};
    char cut[REGION_CODE];
    const char *name = frame_region_above(code, level);
    if (name == NULL)
        return false;
    bool shared = level > 4;  /* 鼓楼区 is in four cities */
    for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++)
        shared |= strcmp(name, placeholders[i]) == 0;
    snprintf(cut, sizeof cut, "%.*s", level, code);
    if (shared)
        region_path(region_find(cut), out);
    else
        snprintf(out, REGION_PATH, "%s", name);
    return true;
}

bool frame_column_room(struct frame *frame, struct frame_column *column, size_t rows, bool bounds, bool evidence)
{
    (void)frame;
    struct {
        void **array;
        size_t size;
        bool wanted;
    } arrays[] = {
        {(void **)&column->value, sizeof *column->value, true},
        {(void **)&column->text, sizeof *column->text, true},
        {(void **)&column->low, sizeof *column->low, bounds},
        {(void **)&column->high, sizeof *column->high, bounds},
        {(void **)&column->conventional, sizeof *column->conventional, bounds},
        {(void **)&column->evidence, sizeof *column->evidence, evidence},
        {(void **)&column->evidence_count, sizeof *column->evidence_count, evidence},
    };
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
        if (!arrays[i].wanted)
            continue;
        void *larger = reallocarray(*arrays[i].array, rows > 0 ? rows : 1, arrays[i].size);
        if (larger == NULL)
            return false;
        *arrays[i].array = larger;
    }
    return true;
}

/* ---- groups ---- */

/* The rows of each group, one group after the other. */
static bool list_rows(struct frame *frame)
{
    frame->row_of = calloc(frame->rows > 0 ? frame->rows : 1, sizeof *frame->row_of);
    frame->first_of = calloc(frame->group_count + 2, sizeof *frame->first_of);
    if (frame->row_of == NULL || frame->first_of == NULL)
        return false;
    for (size_t i = 0; i < frame->rows; i++)
        frame->first_of[frame->group_of[i] + 2]++;
    for (size_t i = 2; i < frame->group_count + 2; i++)
        frame->first_of[i] += frame->first_of[i - 1];
    for (size_t i = 0; i < frame->rows; i++)
        frame->row_of[frame->first_of[frame->group_of[i] + 1]++] = i;
    return true;
}

/* Fills groups and group_of from the group column: groups in the order of their first rows. */
static int make_groups(struct frame *frame, struct error *error)
{
    int status = E_MEMORY;
    struct gather names = {0};  /* only tells names apart */
    size_t capacity = 1;
    frame->group_of = calloc(frame->rows > 0 ? frame->rows : 1, sizeof *frame->group_of);
    frame->groups = calloc(capacity, sizeof *frame->groups);
    if (frame->group_of == NULL || frame->groups == NULL)
        goto done;
    if (frame->group == NULL)
        frame->group_count = 1;
    for (size_t i = 0; i < frame->rows && frame->group != NULL; i++) {
        const char *name = frame->group[i] != NULL ? frame->group[i] : "";
        size_t at = gather_group(&names, name, strlen(name));
        if (at == GATHER_NONE)
            goto done;
        if (at == capacity) {
            const char **larger = reallocarray(frame->groups, capacity * 2, sizeof *larger);
            if (larger == NULL)
                goto done;
            frame->groups = larger;
            capacity *= 2;
        }
        if (at == frame->group_count)
            frame->groups[frame->group_count++] = frame->group[i];
        frame->group_of[i] = at;
    }
    status = list_rows(frame) ? E_OK : E_MEMORY;
done:
    gather_free(&names);
    return status == E_OK ? E_OK : error_set(error, E_MEMORY, "out of memory");
}

/* ---- loading ---- */

int frame_check(const struct settings *settings, const struct frame_wish *wish, struct error *error)
{
    const struct {
        unsigned flag;
        bool there;
        const char *option;
    } needs[] = {
        {FRAME_GROUP, settings->group != NULL, "--group"},
        {FRAME_REGION, settings->from == NULL || settings->region != NULL, "--region, the column with the regions"},
        {FRAME_TIME, settings->from == NULL || settings->time != NULL, "--time, the column with the periods"},
        {FRAME_WEIGHT, settings->weight != NULL, "--weight"},
    };
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++)
        if ((wish->needs & needs[i].flag) && !needs[i].there)
            return error_set(error, E_USAGE, "needs %s", needs[i].option);
    const struct {
        const char *given, *option;
    } table_only[] = {{settings->value, "value"}, {settings->time, "time"}, {settings->delimiter, "delimiter"},
                      {settings->encoding, "encoding"}, {settings->no_header ? "" : NULL, "no-header"}};
    for (size_t i = 0; settings->from == NULL && i < sizeof table_only / sizeof *table_only; i++)
        if (table_only[i].given != NULL)
            return error_set(error, E_USAGE, "--%s goes with --from FILE only; the store has --indicator", table_only[i].option);
    const struct {
        const char *given, *option;
    } store_only[] = {{settings->indicator, "indicator"}, {settings->period, "period"}, {settings->kind, "kind"},
                      {settings->status, "status"}, {settings->item, "item"}, {settings->source, "source"},
                      {settings->unit, "unit"}, {settings->level, "level"}};
    for (size_t i = 0; settings->from != NULL && i < sizeof store_only / sizeof *store_only; i++)
        if (store_only[i].given != NULL)
            return error_set(error, E_USAGE, "--%s filters the store and does not go with --from", store_only[i].option);
    return E_OK;
}

int frame_load(struct frame *frame, const struct settings *settings, const struct frame_wish *wish, struct error *error)
{
    int status = frame_check(settings, wish, error);
    if (status == E_OK)
        status = settings->from != NULL ? frame_from_table(frame, settings, wish, error)
                                        : frame_from_store(frame, settings, wish, error);
    if (status == E_OK)
        status = make_groups(frame, error);
    for (size_t i = 0; i < frame->column_count && status == E_OK; i++) {
        frame->columns[i].missing = 0;
        for (size_t row = 0; row < frame->rows; row++)
            frame->columns[i].missing += isnan(frame->columns[i].value[row]);
    }
    if (status == E_OK && frame->time != NULL) {
        frame->position = calloc(frame->rows > 0 ? frame->rows : 1, sizeof *frame->position);
        if (frame->position == NULL)
            return error_set(error, E_MEMORY, "out of memory");
        for (size_t i = 0; i < frame->rows; i++) {
            char period[PERIOD_TEXT];
            const char *time = frame->time[i];
            frame->position[i] = NAN;
            if (time == NULL)
                continue;
            if (period_parse(time, period) == 0)
                frame->position[i] = period_position(period);
            else if (number_parse(time, strlen(time), &frame->position[i]) != 0)
                frame->position[i] = NAN;
        }
    }
    return status;
}

void frame_free(struct frame *frame)
{
    for (size_t i = 0; i < frame->column_count; i++) {
        struct frame_column *c = &frame->columns[i];
        free(c->value);
        free(c->low);
        free(c->high);
        free(c->conventional);
        free(c->text);
        free(c->evidence);
        free(c->evidence_count);
    }
    free(frame->columns);
    free(frame->weight);
    free(frame->group);
    free(frame->region);
    free(frame->region_code);
    free(frame->time);
    free(frame->position);
    free(frame->group_of);
    free(frame->groups);
    free(frame->row_of);
    free(frame->first_of);
    arena_free(&frame->arena);
    *frame = (struct frame){0};
}

/* ---- slices ---- */

int frame_slice(const struct frame *frame, size_t column, size_t group, struct slice *slice, struct error *error)
{
    const struct frame_column *c = &frame->columns[column];
    const bool all = group == FRAME_ALL;
    size_t n = all ? frame->rows : frame->first_of[group + 1] - frame->first_of[group];
    *slice = (struct slice){0};
    size_t room = n > 0 ? n : 1;
    slice->row = calloc(room, sizeof *slice->row);
    slice->value = calloc(room, sizeof *slice->value);
    slice->low = calloc(room, sizeof *slice->low);
    slice->high = calloc(room, sizeof *slice->high);
    slice->text = calloc(room, sizeof *slice->text);
    slice->weight = frame->weight != NULL ? calloc(room, sizeof *slice->weight) : NULL;
    if (slice->row == NULL || slice->value == NULL || slice->low == NULL || slice->high == NULL || slice->text == NULL ||
        (frame->weight != NULL && slice->weight == NULL)) {
        slice_free(slice);
        return error_set(error, E_MEMORY, "out of memory");
    }
    for (size_t at = 0; at < n; at++) {
        size_t i = all ? at : frame->row_of[frame->first_of[group] + at];
        slice->n++;
        slice->row[at] = i;
        slice->value[at] = c->value[i];
        slice->low[at] = c->low != NULL ? c->low[i] : c->value[i];
        slice->high[at] = c->high != NULL ? c->high[i] : c->value[i];
        slice->text[at] = c->text[i];
        slice->bounded |= slice->low[at] < slice->high[at];
        slice->conventional |= c->conventional != NULL && c->conventional[i];
        if (slice->weight != NULL)
            slice->weight[at] = frame->weight[i];
    }
    return E_OK;
}

void slice_free(struct slice *slice)
{
    free(slice->row);
    free(slice->value);
    free(slice->low);
    free(slice->high);
    free(slice->weight);
    free(slice->text);
    *slice = (struct slice){0};
}
