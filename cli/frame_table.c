/* frame_table.c — a frame from a CSV or TSV file: `--from FILE`.
 *
 * 1. Columns are named by heading (letter case does not matter where only one fits) or by number, the first being 1.
 * 2. Without --value the only column whose first figure can be read and that has no other role is the one.
 * 3. A cell of a value column is a figure, a mark of a missing one, or an error with its row and column.
 * 4. Weights are figures that are not negative. */
#include "cli/frame.h"
#include "cli/heading.h"
#include "cli/table.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define UNNAMED SIZE_MAX

struct loader {
    struct frame *frame;
    const struct settings *settings;
    const struct frame_wish *wish;
    const char *path;
    bool headed;                /* the first row was seen */
    char **headings;            /* in the frame's arena */
    const char **labels, **units;  /* of the headings: 产值 and 亿元 of 产值(亿元) */
    size_t heading_count;
    size_t *columns;            /* of each frame column: its place in the table */
    size_t group, region, time, weight;  /* places, UNNAMED: none */
    int group_level;            /* --group is a level of the region column */
    bool guess;                 /* requirement 2: the value column is still to be found */
    size_t capacity;
    struct error *error;
};

static int no_memory(struct loader *loader)
{
    return error_set(loader->error, E_MEMORY, "%s: out of memory", loader->path);
}

/* ---- the heading ---- */

/* The place of a column, or UNNAMED. */
static size_t find_column(const struct loader *loader, const char *name, size_t length)
{
    size_t found = UNNAMED, folded = 0;
    for (size_t i = 0; i < loader->heading_count; i++)
        if (strlen(loader->headings[i]) == length && memcmp(loader->headings[i], name, length) == 0)
            return i;
    for (size_t i = 0; i < loader->heading_count; i++) {
        if (strlen(loader->headings[i]) == length && strncasecmp(loader->headings[i], name, length) == 0) {
            found = i;
            folded++;
        }
    }
    if (folded == 1)
        return found;
    /* 产值 is 产值(亿元), where only one fits */
    folded = 0;
    for (size_t i = 0; i < loader->heading_count; i++) {
        if (strlen(loader->labels[i]) == length && memcmp(loader->labels[i], name, length) == 0) {
            found = i;
            folded++;
        }
    }
    if (folded == 1)
        return found;
    size_t number = 0;
    for (size_t i = 0; i < length; i++) {
        if (name[i] < '0' || name[i] > '9' || number > loader->heading_count)
            return UNNAMED;
        number = number * 10 + (size_t)(name[i] - '0');
    }
    return number >= 1 && number <= loader->heading_count ? number - 1 : UNNAMED;
}

static int unknown_column(struct loader *loader, const char *option, const char *name, size_t length)
{
    char wanted[256], list[512] = "", hint[320];
    struct nearest nearest;
    size_t used = 0;
    snprintf(wanted, sizeof wanted, "%.*s", (int)(length < 255 ? length : 255), name);
    nearest_start(&nearest, wanted);
    for (size_t i = 0; i < loader->heading_count; i++) {
        nearest_consider(&nearest, loader->headings[i]);
        if (used < 400)
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%.60s", i > 0 ? ", " : "", loader->headings[i]);
    }
    return error_set(loader->error, E_USAGE, "%s: %s: no column '%s'%s; there are: %s%s", loader->path, option, wanted,
                     nearest_hint(&nearest, hint), list, used >= 400 ? " …" : "");
}

static int find_role(struct loader *loader, const char *option, const char *name, size_t *place)
{
    *place = UNNAMED;
    if (name == NULL)
        return E_OK;
    *place = find_column(loader, name, strlen(name));
    return *place != UNNAMED ? E_OK : unknown_column(loader, option, name, strlen(name));
}

static int add_column(struct loader *loader, size_t place)
{
    struct frame *frame = loader->frame;
    struct frame_column *columns = reallocarray(frame->columns, frame->column_count + 1, sizeof *columns);
    if (columns == NULL)
        return no_memory(loader);
    frame->columns = columns;
    size_t *places = reallocarray(loader->columns, frame->column_count + 1, sizeof *places);
    if (places == NULL)
        return no_memory(loader);
    loader->columns = places;
    places[frame->column_count] = place;
    columns[frame->column_count++] = (struct frame_column){
        .name = loader->headings[place], .unit = loader->units[place], .kind = KIND_level, .additive = true};
    return E_OK;
}

static int find_values(struct loader *loader)
{
    const char *list = loader->settings->value;
    if (list == NULL) {
        loader->guess = true;
        return E_OK;
    }
    while (list[0] != '\0') {
        /* a heading may hold a comma itself: the longest name that is one counts */
        size_t length = strlen(list), place = UNNAMED;
        for (;;) {
            place = find_column(loader, list, length);
            if (place != UNNAMED)
                break;
            size_t shorter = length;
            while (shorter > 0 && list[shorter - 1] != ',')
                shorter--;
            if (shorter == 0)
                return unknown_column(loader, "--value", list, strcspn(list, ","));
            length = shorter - 1;
        }
        int status = add_column(loader, place);
        if (status != E_OK)
            return status;
        list += length;
        list += *list == ',';
    }
    return E_OK;
}

static int check_count(struct loader *loader)
{
    size_t n = loader->frame->column_count;
    const struct frame_wish *wish = loader->wish;
    if (n < wish->least)
        return error_set(loader->error, E_USAGE, "needs %zu columns in --value A,B,…; %zu named", wish->least, n);
    if (wish->most > 0 && n > wish->most)
        return error_set(loader->error, E_USAGE, "takes %zu column%s in --value; %zu named", wish->most, wish->most == 1 ? "" : "s", n);
    return E_OK;
}

static int read_headings(struct loader *loader, const struct table_row *row)
{
    const struct settings *s = loader->settings;
    struct arena *arena = &loader->frame->arena;
    int status;
    loader->headings = arena_alloc(arena, row->cell_count * sizeof *loader->headings);
    loader->labels = arena_alloc(arena, row->cell_count * sizeof *loader->labels);
    loader->units = arena_alloc(arena, row->cell_count * sizeof *loader->units);
    if (loader->headings == NULL || loader->labels == NULL || loader->units == NULL)
        return no_memory(loader);
    loader->heading_count = row->cell_count;
    for (size_t i = 0; i < row->cell_count; i++) {
        char number[24];
        snprintf(number, sizeof number, "%zu", i + 1);
        const char *text = s->no_header ? number : row->cells[i].text;
        struct heading heading;
        const char *unknown;
        if ((loader->headings[i] = arena_copy(arena, text, strlen(text))) == NULL)
            return no_memory(loader);
        loader->labels[i] = loader->headings[i];
        if (s->no_header)
            continue;
        int read = heading_read(text, arena, &heading, &unknown);
        if (read == E_MEMORY)
            return no_memory(loader);
        /* the year of "2019年产值" stays in the name; an unknown unit is only printed, so it does no harm */
        loader->units[i] = read == E_OK ? heading.unit : NULL;
        if (read == E_OK && heading.unit != NULL && heading.period[0] == '\0')
            loader->labels[i] = heading.label;
    }
    if ((status = find_role(loader, "--region", s->region, &loader->region)) != E_OK ||
        (status = find_role(loader, "--time", s->time, &loader->time)) != E_OK ||
        (status = find_role(loader, "--weight", s->weight, &loader->weight)) != E_OK)
        return status;
    if (loader->weight != UNNAMED)
        loader->frame->weight_name = loader->headings[loader->weight];
    loader->group = UNNAMED;
    if (s->group != NULL && (loader->group = find_column(loader, s->group, strlen(s->group))) == UNNAMED) {
        int level = level_parse(s->group);
        if (level <= 0)
            return unknown_column(loader, "--group", s->group, strlen(s->group));
        if (loader->region == UNNAMED)
            return error_set(loader->error, E_USAGE, "--group %s needs --region, the column with the regions", s->group);
        loader->group_level = level;
    }
    if ((status = find_values(loader)) != E_OK)
        return status;
    if (!loader->guess)
        status = check_count(loader);
    return status;
}

/* Requirement 2, on the first row of data. */
static int guess_value(struct loader *loader, const struct table_row *row)
{
    size_t found = UNNAMED, candidates = 0;
    struct cell_figure figure;
    loader->guess = false;
    for (size_t i = 0; i < loader->heading_count && i < row->cell_count; i++) {
        if (i == loader->group || i == loader->region || i == loader->time || i == loader->weight)
            continue;
        if (!cell_is_missing(row->cells[i].text) && cell_read(row->cells[i].text, &figure, &loader->frame->arena) == NULL) {
            found = i;
            candidates++;
        }
    }
    if (candidates != 1 || loader->wish->least > 1)
        return error_set(loader->error, E_USAGE, "%s: %s; name the columns with the figures: --value COLUMN,…", loader->path,
                         candidates == 0 ? "no column with figures" : "several columns with figures");
    int status = add_column(loader, found);
    return status == E_OK ? check_count(loader) : status;
}

/* ---- rows ---- */

static bool grow(struct loader *loader)
{
    struct frame *f = loader->frame;
    size_t capacity = loader->capacity > 0 ? loader->capacity * 2 : 1024;
    bool evidence = loader->settings->evidence, good = true;
    for (size_t i = 0; i < f->column_count; i++)
        good = good && frame_column_room(f, &f->columns[i], capacity, f->columns[i].low != NULL, evidence);
    const struct {
        bool wanted;
        void **array;
        size_t size;
    } others[] = {
        {loader->group != UNNAMED || loader->group_level > 0, (void **)&f->group, sizeof *f->group},
        {loader->region != UNNAMED, (void **)&f->region, sizeof *f->region},
        {loader->region != UNNAMED, (void **)&f->region_code, sizeof *f->region_code},
        {loader->time != UNNAMED, (void **)&f->time, sizeof *f->time},
        {loader->weight != UNNAMED, (void **)&f->weight, sizeof *f->weight},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others && good; i++) {
        void *larger = others[i].wanted ? reallocarray(*others[i].array, capacity, others[i].size) : NULL;
        if (larger != NULL)
            *others[i].array = larger;
        good = !others[i].wanted || larger != NULL;
    }
    loader->capacity = capacity;
    return good;
}

__attribute__((format(printf, 4, 5)))
static int bad(struct loader *loader, const struct table_row *row, size_t place, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return error_set(loader->error, E_INPUT, "%s: row %zu, column %zu (%s): %s", loader->path, row->number, place + 1,
                     loader->headings[place], n < 0 ? format : text);
}

static const char *cell_text(const struct table_row *row, size_t place)
{
    return place < row->cell_count ? row->cells[place].text : "";
}

/* The first bound in a column: the rows before were exact. */
static bool start_bounds(struct loader *loader, struct frame_column *column)
{
    if (column->low != NULL)
        return true;
    if (!frame_column_room(loader->frame, column, loader->capacity, true, false))
        return false;
    for (size_t i = 0; i < loader->frame->rows; i++) {
        column->low[i] = column->high[i] = column->value[i];
        column->conventional[i] = false;
    }
    return true;
}

static int read_figure(struct loader *loader, const struct table_row *row, struct frame_column *column, size_t place, double open)
{
    size_t at = loader->frame->rows;
    const char *text = cell_text(row, place);
    struct cell_figure figure = {.value = NAN, .low = NAN, .high = NAN, .bound = BOUND_exact};
    if (!cell_is_missing(text)) {
        const char *why = cell_read(text, &figure, &loader->frame->arena);
        if (why != NULL)
            return bad(loader, row, place, "'%s' %s; correct it or leave the cell empty", text, why);
        if (figure.text == NULL)
            return no_memory(loader);
        if (figure.unit != NULL && column->unit != NULL && strcmp(figure.unit, column->unit) != 0)
            return bad(loader, row, place, "'%s' is in %s and the column in %s; write the column in one unit", text, figure.unit,
                       column->unit);
        if (figure.unit != NULL && column->unit == NULL)
            column->unit = figure.unit;
    }
    column->value[at] = figure.value;
    column->text[at] = figure.text;
    if (figure.bound != BOUND_exact && !start_bounds(loader, column))
        return no_memory(loader);
    if (column->low != NULL) {
        bool conventional = false;
        struct interval value = interval_of(figure.value, figure.low, figure.high, (enum stats_bound)figure.bound, 1);
        value = interval_open(value, (enum bound)figure.bound, open, &conventional);
        column->low[at] = value.low;
        column->high[at] = value.high;
        column->conventional[at] = conventional;
    }
    if (column->evidence != NULL) {
        struct evidence *e = arena_alloc(&loader->frame->arena, sizeof *e);
        if (e == NULL || (e->quote = arena_copy(&loader->frame->arena, text, strlen(text))) == NULL)
            return no_memory(loader);
        e->document = loader->path;
        e->start = row->number;
        e->end = place + 1;
        column->evidence[at] = e;
        column->evidence_count[at] = 1;
    }
    return E_OK;
}

static int read_weight(struct loader *loader, const struct table_row *row)
{
    const char *text = cell_text(row, loader->weight);
    struct cell_figure figure = {.value = NAN};
    if (!cell_is_missing(text)) {
        const char *why = cell_read(text, &figure, &loader->frame->arena);
        if (why == NULL && figure.value < 0)
            why = "is negative, and no weight can be";
        if (why != NULL)
            return bad(loader, row, loader->weight, "'%s' %s; correct it or leave the cell empty", text, why);
    }
    loader->frame->weight[loader->frame->rows] = figure.value;
    return E_OK;
}

/* A text of the row in the arena, the same as in the row before without a copy; missing: NULL. */
static int keep_text(struct loader *loader, const char *text, const char **texts)
{
    size_t at = loader->frame->rows;
    texts[at] = NULL;
    if (text[0] == '\0')
        return E_OK;
    if (at > 0 && texts[at - 1] != NULL && strcmp(texts[at - 1], text) == 0)
        texts[at] = texts[at - 1];
    else if ((texts[at] = arena_copy(&loader->frame->arena, text, strlen(text))) == NULL)
        return no_memory(loader);
    return E_OK;
}

static int read_places(struct loader *loader, const struct table_row *row)
{
    struct frame *f = loader->frame;
    size_t at = f->rows;
    int status = E_OK;
    if (loader->region != UNNAMED) {
        region_id id;
        char code[REGION_CODE];
        const char *text = cell_text(row, loader->region);
        if ((status = keep_text(loader, text, f->region)) != E_OK)
            return status;
        f->region_code[at] = NULL;
        if (at > 0 && f->region[at] != NULL && f->region[at] == f->region[at - 1])
            f->region_code[at] = f->region_code[at - 1];
        else if (text[0] != '\0' && region_resolve(text, &id, NULL) == E_OK) {
            region_code(id, code);
            if ((f->region_code[at] = arena_copy(&f->arena, code, strlen(code))) == NULL)
                return no_memory(loader);
        }
    }
    if (loader->time != UNNAMED && (status = keep_text(loader, cell_text(row, loader->time), f->time)) != E_OK)
        return status;
    if (loader->group != UNNAMED)
        return keep_text(loader, cell_text(row, loader->group), f->group);
    if (loader->group_level > 0) {
        char label[REGION_PATH];
        if (frame_region_label(f->region_code[at], loader->group_level, label))
            return keep_text(loader, label, f->group);
        return bad(loader, row, loader->region, "'%s' is no region below a known %s; name it by its code or path",
                   cell_text(row, loader->region), level_name(loader->group_level));
    }
    return E_OK;
}

static int read_row(const struct table_row *row, void *context)
{
    struct loader *loader = context;
    struct frame *f = loader->frame;
    double open;
    int status;
    if (!loader->headed) {
        loader->headed = true;
        if ((status = read_headings(loader, row)) != E_OK || !loader->settings->no_header)
            return status;
    }
    if (loader->guess && (status = guess_value(loader, row)) != E_OK)
        return status;
    for (size_t i = loader->heading_count; i < row->cell_count; i++)
        if (row->cells[i].text[0] != '\0')
            return error_set(loader->error, E_INPUT, "%s: row %zu, column %zu: the heading has %zu columns only; is a comma in a "
                             "number not quoted?", loader->path, row->number, i + 1, loader->heading_count);
    if ((status = open_option(loader->settings, &open, loader->error)) != E_OK)
        return status;
    if (f->rows == loader->capacity && !grow(loader))
        return no_memory(loader);
    for (size_t i = 0; i < f->column_count && status == E_OK; i++)
        status = read_figure(loader, row, &f->columns[i], loader->columns[i], open);
    if (status == E_OK && loader->weight != UNNAMED)
        status = read_weight(loader, row);
    if (status == E_OK)
        status = read_places(loader, row);
    if (status == E_OK)
        f->rows++;
    return status;
}

int frame_from_table(struct frame *frame, const struct settings *settings, const struct frame_wish *wish, struct error *error)
{
    struct loader loader = {.frame = frame, .settings = settings, .wish = wish, .path = settings->from, .error = error};
    struct table_format format = {.encoding = settings->encoding};
    struct input input;
    const char *encoding;
    double open;
    int status;
    frame->path = settings->from;
    if ((status = delimiter_option(settings, &format.delimiter, error)) != E_OK ||
        (status = open_option(settings, &open, error)) != E_OK || (status = input_open(&input, settings->from, error)) != E_OK)
        return status;
    status = table_read(input.bytes, input.size, settings->from, &format, &encoding, read_row, &loader, error);
    if (status == E_OK && frame->rows == 0)
        status = error_set(error, E_INPUT, "%s: no row below the heading", settings->from);
    free(loader.columns);
    input_close(&input);
    return status;
}

/* ---- the places alone ---- */

#define HEAD_MOST ((size_t)1 << 16)

/* The first rows are enough; E_NOTHING stops the reading and is no failure. */
static int read_places_only(const struct table_row *row, void *context)
{
    struct loader *loader = context;
    int status = E_OK;
    if (!loader->headed) {
        loader->headed = true;
        if ((status = read_headings(loader, row)) != E_OK)
            return status;
        if (!loader->settings->no_header && loader->guess)
            return E_OK;
    }
    if (loader->guess)
        status = guess_value(loader, row);
    return status == E_OK ? E_NOTHING : status;
}

bool frame_table_places(struct frame *frame, const struct settings *settings, const struct input *input, struct frame_places *places)
{
    static const struct frame_wish wish = {.least = 1};
    struct error error;
    struct loader loader = {.frame = frame, .settings = settings, .wish = &wish, .path = settings->from, .error = &error};
    struct table_format format = {.encoding = "UTF-8"};
    const char *encoding;
    double open;
    size_t size = input->size < HEAD_MOST ? input->size : HEAD_MOST;
    if (frame_check(settings, &wish, &error) != E_OK || delimiter_option(settings, &format.delimiter, &error) != E_OK ||
        open_option(settings, &open, &error) != E_OK)
        return false;
    while (size > 0 && input->bytes[size - 1] != '\n')
        size--;
    bool found = size > 0 && memchr(input->bytes, '"', size) == NULL &&
                 table_read(input->bytes, size, settings->from, &format, &encoding, read_places_only, &loader, &error) == E_NOTHING &&
                 frame->column_count == 1 && loader.group_level == 0;
    if (found) {
        size_t first = memcmp(input->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
        *places = (struct frame_places){
            .value = loader.columns[0], .group = loader.group, .columns = loader.heading_count, .first = first,
            .delimiter = format.delimiter != '\0' ? format.delimiter : (char)table_separator(input->bytes + first, size - first),
            .name = frame->columns[0].name, .unit = frame->columns[0].unit,
        };
    }
    free(loader.columns);
    return found;
}
