/* composition.c — puts the rows of a frame into a table of periods, regions and parts.
 *
 * A table may be wide (a row a region, a column a part) or long (a row a region and part: --group names the part). In the store
 * the parts are several indicators, or the items of one (--group item). */
#include "cli/composition.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* The place of text in the list, which grows by it where it is new. */
static size_t place_of(const char **list, size_t *count, const char *text, size_t hint)
{
    if (hint < *count && same(list[hint], text))
        return hint;
    for (size_t i = 0; i < *count; i++)
        if (same(list[i], text))
            return i;
    list[*count] = text;
    return (*count)++;
}

struct interval *composition_cell(const struct composition *c, size_t time, size_t region, size_t industry)
{
    return &c->cell[(time * c->regions + region) * c->industries + industry];
}

static int no_memory(struct error *error)
{
    return error_set(error, E_MEMORY, "out of memory");
}

/* Sorts the times by their position, which the frame knows row by row. */
static void sort_times(struct composition *c, const struct frame *frame)
{
    for (size_t i = 1; i < c->times; i++) {
        for (size_t j = i; j > 0; j--) {
            double before = NAN, after = NAN;
            for (size_t row = 0; row < frame->rows; row++) {
                if (same(frame->time[row], c->time[j - 1]))
                    before = frame->position[row];
                if (same(frame->time[row], c->time[j]))
                    after = frame->position[row];
            }
            if (!(before > after) && !(isnan(before) && !isnan(after)))
                break;
            const char *swap = c->time[j];
            c->time[j] = c->time[j - 1];
            c->time[j - 1] = swap;
        }
    }
}

static struct interval value_at(const struct frame_column *column, size_t row)
{
    struct interval known = {column->value[row], column->value[row], column->value[row]};
    if (column->low != NULL)
        known = (struct interval){column->value[row], column->low[row], column->high[row]};
    return known;
}

int composition_of(const struct frame *frame, const struct settings *settings, bool by_time, struct composition *c, struct error *error)
{
    int status = E_OK;
    bool by_group = settings->group != NULL;
    size_t *rows = NULL, nameless = 0;
    *c = (struct composition){0};
    if (by_group && frame->column_count > 1)
        return error_set(error, E_USAGE, "the parts are either several columns or the groups of one; --group goes with one");
    if (!by_group && frame->column_count < 2)
        return error_set(error, E_USAGE, "what are the parts? name several %s, or %s", frame->from_store ? "indicators" : "columns",
                         frame->from_store ? "--group item" : "with --group the column that names them");
    size_t room = frame->rows + 1, parts = by_group ? room : frame->column_count;
    c->region = calloc(room, sizeof *c->region);
    c->region_code = calloc(room, sizeof *c->region_code);
    c->time = calloc(room, sizeof *c->time);
    c->industry = calloc(parts, sizeof *c->industry);
    rows = calloc(room, 3 * sizeof *rows);
    if (c->region == NULL || c->region_code == NULL || c->time == NULL || c->industry == NULL || rows == NULL) {
        status = no_memory(error);
        goto done;
    }
    for (size_t i = 0; i < frame->rows; i++) {
        const char *region = frame->region != NULL ? frame->region[i] : NULL;
        size_t *place = &rows[3 * i], before = c->regions;
        place[0] = SIZE_MAX;
        if (by_group && frame->group[i] == NULL) {
            nameless++;  /* in the store: the whole of which the items are parts */
            continue;
        }
        place[0] = place_of(c->region, &c->regions, region, i > 0 && rows[3 * (i - 1)] != SIZE_MAX ? rows[3 * (i - 1)] : 0);
        if (c->regions > before)
            c->region_code[place[0]] = frame->region_code != NULL ? frame->region_code[i] : NULL;
        place[1] = by_group ? place_of(c->industry, &c->industries, frame->group[i], 0) : 0;
        place[2] = place_of(c->time, &c->times, by_time && frame->time != NULL ? frame->time[i] : NULL, 0);
    }
    for (size_t j = 0; !by_group && j < frame->column_count; j++)
        c->industry[c->industries++] = frame->columns[j].name;
    if (nameless > 0)
        complain_about(settings->command, "note: %zu row%s without a part left out", nameless, nameless == 1 ? "" : "s");
    if (by_time && frame->time != NULL) {
        sort_times(c, frame);
        for (size_t i = 0; i < frame->rows; i++)
            if (rows[3 * i] != SIZE_MAX)
                rows[3 * i + 2] = place_of(c->time, &c->times, frame->time[i], 0);
    }
    size_t cells = c->times * c->regions * c->industries;
    c->cell = calloc(cells + 1, sizeof *c->cell);
    if (c->cell == NULL) {
        status = no_memory(error);
        goto done;
    }
    for (size_t i = 0; i < cells; i++)
        c->cell[i] = (struct interval){NAN, NAN, NAN};
    for (size_t i = 0; i < frame->rows; i++) {
        if (rows[3 * i] == SIZE_MAX)
            continue;
        for (size_t j = 0; j < frame->column_count; j++) {
            size_t industry = by_group ? rows[3 * i + 1] : j;
            struct interval *cell = composition_cell(c, rows[3 * i + 2], rows[3 * i], industry), known = value_at(&frame->columns[j], i);
            if (!isnan(cell->value) && !isnan(known.value)) {
                status = error_set(error, E_INPUT, "%s%s%s%s%s is there twice; --region, --group and --time name the columns that tell rows apart", c->region[rows[3 * i]] != NULL ? c->region[rows[3 * i]] : "",
                                   c->region[rows[3 * i]] != NULL ? ", " : "", c->industry[industry], frame->time != NULL && by_time ? ", " : "",
                                   frame->time == NULL || !by_time ? "" : frame->time[i] != NULL ? frame->time[i] : "without a period");
                goto done;
            }
            if (isnan(known.value))
                continue;
            *cell = known;
            c->bounded |= known.low < known.high;
            c->conventional |= frame->columns[j].conventional != NULL && frame->columns[j].conventional[i];
        }
    }
    for (size_t i = 0; i < cells; i++)
        c->missing += isnan(c->cell[i].value);
done:
    free(rows);
    return status;
}

void composition_free(struct composition *c)
{
    free(c->region);
    free(c->region_code);
    free(c->industry);
    free(c->time);
    free(c->cell);
    *c = (struct composition){0};
}

int composition_region(const struct composition *c, const char *name, size_t *region, struct error *error)
{
    struct nearest nearest;
    char hint[320];
    nearest_start(&nearest, name);
    for (size_t i = 0; i < c->regions; i++) {
        if (same(c->region[i], name) || same(c->region_code[i], name)) {
            *region = i;
            return E_OK;
        }
        if (c->region[i] != NULL)
            nearest_consider(&nearest, c->region[i]);
    }
    return error_set(error, E_USAGE, "--reference: '%s' is none of the regions%s", name, nearest_hint(&nearest, hint));
}

/* The row with that time; SIZE_MAX: none. "2019年" finds 2019. */
static size_t find_time(const struct frame *frame, const char *text, size_t length)
{
    char wanted[64], period[PERIOD_TEXT], other[PERIOD_TEXT];
    snprintf(wanted, sizeof wanted, "%.*s", (int)length, text);
    bool is_period = period_parse(wanted, period) == 0;
    for (size_t i = 0; i < frame->rows; i++) {
        if (frame->time[i] == NULL)
            continue;
        if (strcmp(frame->time[i], wanted) == 0 ||
            (is_period && period_parse(frame->time[i], other) == 0 && strcmp(period, other) == 0))
            return i;
    }
    return SIZE_MAX;
}

int composition_between(const struct frame *frame, const char *between, size_t *rows_from, size_t *rows_to, const char *times[2],
                        struct error *error)
{
    *rows_from = *rows_to = SIZE_MAX;
    if (frame->time == NULL)
        return error_set(error, E_USAGE, "needs --time, the column with the periods");
    if (between != NULL) {
        const char *comma = strchr(between, ',');
        if (comma == NULL || strchr(comma + 1, ',') != NULL)
            return error_set(error, E_USAGE, "--between '%s': write two periods with a comma, such as 2015,2020", between);
        *rows_from = find_time(frame, between, (size_t)(comma - between));
        *rows_to = find_time(frame, comma + 1, strlen(comma + 1));
        if (*rows_from == SIZE_MAX || *rows_to == SIZE_MAX)
            return error_set(error, E_USAGE, "--between: there are no figures of %.*s",
                             (int)(*rows_from == SIZE_MAX ? (size_t)(comma - between) : strlen(comma + 1)),
                             *rows_from == SIZE_MAX ? between : comma + 1);
    } else {
        for (size_t i = 0; i < frame->rows; i++) {
            if (frame->time[i] == NULL || isnan(frame->position[i]))
                continue;
            if (*rows_from == SIZE_MAX || frame->position[i] < frame->position[*rows_from])
                *rows_from = i;
            if (*rows_to == SIZE_MAX || frame->position[i] > frame->position[*rows_to])
                *rows_to = i;
        }
    }
    if (*rows_from == SIZE_MAX || *rows_to == SIZE_MAX || same(frame->time[*rows_from], frame->time[*rows_to]))
        return error_set(error, E_USAGE, "needs figures of two periods%s%s", *rows_from != SIZE_MAX ? "; all are of " : "",
                         *rows_from != SIZE_MAX ? frame->time[*rows_from] : "");
    times[0] = frame->time[*rows_from];
    times[1] = frame->time[*rows_to];
    return E_OK;
}
