/* plot_table.c — figures from a CSV or TSV file: which column is what, and what a cell says.
 *
 * Columns are named by options, or found by what headings are usually called. Several value columns are series, named by
 * their headings ("茶叶面积(亩)" gives the unit too). A cell may say what a source says: 600余, ≥600, 约600, 230—250, 计划600.
 * Every mark knows its row: "FILE:12". */
#include "cli/plot.h"
#include "cli/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum role { ROLE_LABEL, ROLE_GROUP, ROLE_TIME, ROLE_X, ROLE_WEIGHT, ROLE_PANEL, ROLE_UNIT, ROLE_LOW, ROLE_HIGH, ROLE_BOUND, ROLE_STATUS,
            ROLE_OBSERVATION, ROLE_SOURCE, ROLE_CODE, ROLE_VALUE, ROLE_COUNT };

/* What a heading may be called where no option names the column. */
static const struct {
    const char *name;
    enum role role;
} HEADINGS[] = {
    {"region", ROLE_LABEL}, {"label", ROLE_LABEL}, {"name", ROLE_LABEL}, {"地区", ROLE_LABEL}, {"区域", ROLE_LABEL}, {"名称", ROLE_LABEL},
    {"县", ROLE_LABEL}, {"县区", ROLE_LABEL}, {"区县", ROLE_LABEL}, {"乡镇", ROLE_LABEL}, {"series", ROLE_GROUP}, {"group", ROLE_GROUP},
    {"分组", ROLE_GROUP}, {"系列", ROLE_GROUP}, {"类别", ROLE_GROUP}, {"period", ROLE_TIME}, {"year", ROLE_TIME}, {"date", ROLE_TIME},
    {"年份", ROLE_TIME}, {"年度", ROLE_TIME}, {"年", ROLE_TIME}, {"时间", ROLE_TIME}, {"x", ROLE_X}, {"weight", ROLE_WEIGHT},
    {"权重", ROLE_WEIGHT}, {"panel", ROLE_PANEL}, {"unit", ROLE_UNIT}, {"单位", ROLE_UNIT}, {"low", ROLE_LOW}, {"high", ROLE_HIGH},
    {"bound", ROLE_BOUND}, {"status", ROLE_STATUS}, {"状态", ROLE_STATUS}, {"observation", ROLE_OBSERVATION}, {"source", ROLE_SOURCE},
    {"来源", ROLE_SOURCE}, {"code", ROLE_CODE}, {"region_code", ROLE_CODE}, {"代码", ROLE_CODE}, {"id", ROLE_CODE}, {"fips", ROLE_CODE}, {"value", ROLE_VALUE}, {"数值", ROLE_VALUE}, {"值", ROLE_VALUE},
};

struct value_column {
    size_t column, low, high;    /* low, high: columns + 1 of its bounds, such as growth_low of growth; 0: none */
    const char *name, *unit;
    const struct statistic_column *statistic;   /* or NULL */
    bool others;                 /* the columns unit, low, high, bound and status tell of another one, called value */
};

struct reader {
    struct plot_data *data;
    const struct settings *settings;
    const char *path;
    bool has_heading;
    size_t roles[ROLE_COUNT];    /* column + 1; 0: none */
    struct value_column *values;
    size_t value_count;
    size_t subject_column;       /* + 1: what zhibiao's own tables are about; 0: none */
    const char *subject;         /* what all rows are about; NULL: none yet, "": various things */
    struct error *error;
};

static int no_memory(struct reader *reader)
{
    return error_set(reader->error, E_MEMORY, "%s: out of memory", reader->path);
}

/* ---- the heading ---- */

/* The column that an option names: by its heading, or by its number. */
static int find_column(struct reader *reader, const struct table_row *heading, const char *option, const char *name, size_t *column)
{
    struct nearest nearest;
    char hint[320], *end;
    for (size_t i = 0; i < heading->cell_count; i++)
        if (strcmp(heading->cells[i].text, name) == 0) {
            *column = i;
            return E_OK;
        }
    unsigned long number = strtoul(name, &end, 10);
    if (*end == '\0' && end != name && number >= 1 && number <= heading->cell_count) {
        *column = number - 1;
        return E_OK;
    }
    nearest_start(&nearest, name);
    for (size_t i = 0; i < heading->cell_count; i++)
        nearest_consider(&nearest, heading->cells[i].text);
    return error_set(reader->error, E_USAGE, "--%s: %s has no column '%s'%s", option, reader->path, name, nearest_hint(&nearest, hint));
}

/* "茶叶面积(亩)" → name and unit. */
static int add_value_column(struct reader *reader, const struct table_row *heading, size_t column)
{
    static const char *const openings[] = {"(", "（", "["}, *const closings[] = {")", "）", "]"};
    struct value_column *value = &reader->values[reader->value_count++];
    char *name = arena_copy(&reader->data->arena, heading->cells[column].text, strlen(heading->cells[column].text));
    if (name == NULL)
        return no_memory(reader);
    *value = (struct value_column){.column = column, .name = name, .statistic = statistic_column_find(name)};
    size_t length = strlen(name);
    for (size_t i = 0; i < heading->cell_count; i++) {
        const char *text = heading->cells[i].text;
        if (strncmp(text, name, length) != 0 || i == column)
            continue;
        value->low = strcmp(text + length, "_low") == 0 ? i + 1 : value->low;
        value->high = strcmp(text + length, "_high") == 0 ? i + 1 : value->high;
    }
    value->others = reader->roles[ROLE_VALUE] != 0 && reader->roles[ROLE_VALUE] != column + 1;
    for (size_t i = 0; i < 3; i++) {
        char *open = strstr(name, openings[i]), *unit = open != NULL ? open + strlen(openings[i]) : NULL;
        char *close = unit != NULL ? strstr(unit, closings[i]) : NULL;
        if (close != NULL && close[strlen(closings[i])] == '\0') {
            *open = *close = '\0';
            value->unit = unit;
            break;
        }
    }
    return E_OK;
}

/* Whether a column is something already. */
static bool is_taken(const struct reader *reader, size_t column)
{
    bool taken = false;
    for (int r = 0; r < ROLE_COUNT; r++)
        taken = taken || reader->roles[r] == column + 1;
    for (size_t i = 0; i < reader->value_count; i++)
        taken = taken || reader->values[i].column == column;
    return taken;
}

/* Whether an option has said what a column is: its heading does not count then. */
static bool is_named(const struct reader *reader, size_t column, const size_t roles[ROLE_COUNT])
{
    bool named = false;
    for (int r = 0; r < ROLE_COUNT; r++)
        named = named || (roles[r] == column + 1 && reader->roles[r] == column + 1);
    return named;
}

static int read_heading(struct reader *reader, const struct table_row *row)
{
    const struct settings *s = reader->settings;
    const struct {
        const char *option, *name;
        enum role role;
    } named[] = {{"region", s->region, ROLE_LABEL}, {"group", s->group, ROLE_GROUP}, {"time", s->time, ROLE_TIME}, {"x", s->x, ROLE_X},
                 {"weight", s->weight, ROLE_WEIGHT}, {"panel", s->panel, ROLE_PANEL}};
    const char **values = NULL;
    size_t count = 0, column, named_roles[ROLE_COUNT];
    int status;
    reader->values = arena_alloc(&reader->data->arena, (row->cell_count + 1) * sizeof *reader->values);
    if (reader->values == NULL)
        return no_memory(reader);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (named[i].name == NULL)
            continue;
        if ((status = find_column(reader, row, named[i].option, named[i].name, &column)) != E_OK)
            return status;
        reader->roles[named[i].role] = column + 1;
    }
    memcpy(named_roles, reader->roles, sizeof named_roles);
    for (size_t i = 0; i < row->cell_count; i++)
        for (size_t k = 0; k < sizeof HEADINGS / sizeof *HEADINGS; k++)
            if (strcasecmp(row->cells[i].text, HEADINGS[k].name) == 0 && reader->roles[HEADINGS[k].role] == 0 && !is_named(reader, i, named_roles))
                reader->roles[HEADINGS[k].role] = i + 1;
    for (size_t i = 0; i < row->cell_count; i++)
        if (strcmp(row->cells[i].text, "variable") == 0 || strcmp(row->cells[i].text, "indicator") == 0)
            reader->subject_column = i + 1;
    if (s->value != NULL) {
        if (plot_split(reader->data, s->value, &values, &count) != E_OK)
            return no_memory(reader);
        for (size_t i = 0; i < count; i++)
            if ((status = find_column(reader, row, "value", values[i], &column)) != E_OK ||
                (status = reader->value_count == row->cell_count ? E_OK : add_value_column(reader, row, column)) != E_OK)
                return status;
    } else if (reader->roles[ROLE_VALUE] > 0 && (status = add_value_column(reader, row, reader->roles[ROLE_VALUE] - 1)) != E_OK) {
        return status;
    }
    /* a name stands in front of its values; then the wide form: what is nothing else is values */
    if (reader->roles[ROLE_LABEL] == 0 && !is_taken(reader, 0) && row->cell_count > 1)
        reader->roles[ROLE_LABEL] = 1;
    bool wide = reader->value_count == 0;
    for (size_t i = 0; i < row->cell_count && wide; i++)
        if (!is_taken(reader, i) && (status = add_value_column(reader, row, i)) != E_OK)
            return status;
    if (reader->value_count == 0)
        return error_set(reader->error, E_USAGE, "%s: no column is called value; name the one with the values with --value COLUMN", reader->path);
    return E_OK;
}

/* ---- cells ---- */

static bool take(const char **text, const char *word)
{
    size_t n = strlen(word);
    if (strncmp(*text, word, n) != 0)
        return false;
    *text += n;
    return true;
}

/* What a cell says: a sign of its own ("≥600", "计划600"), then whatever a table's figure may be. NULL: read, a missing one
 * leaves the mark as it is; else why not. */
static const char *read_cell(const char *text, struct mark *mark, const char **unit, struct arena *arena)
{
    struct cell_figure figure;
    if (cell_is_missing(text))
        return NULL;
    mark->planned = take(&text, "计划") || mark->planned;
    mark->estimated = take(&text, "预计") || take(&text, "估计") || mark->estimated;
    bool above = take(&text, "≥") || take(&text, ">="), below = !above && (take(&text, "≤") || take(&text, "<="));
    const char *why = cell_read(text, &figure, arena);
    if (why != NULL)
        return why;
    mark->value = mark->low = mark->high = figure.value;
    mark->about = figure.bound == BOUND_about;
    if (figure.bound == BOUND_range) {
        mark->low = figure.low;
        mark->high = figure.high;
    }
    if (above || figure.bound == BOUND_above)
        mark->high = INFINITY;
    if (below || figure.bound == BOUND_below)
        mark->low = -INFINITY;
    if (figure.unit != NULL)
        *unit = figure.unit;
    return NULL;
}

static const char *cell_of(const struct reader *reader, const struct table_row *row, enum role role)
{
    size_t column = reader->roles[role];
    return column == 0 || column > row->cell_count || row->cells[column - 1].text[0] == '\0' ? NULL : row->cells[column - 1].text;
}

/* column: counted from 1, 0: none. */
static int read_number(struct reader *reader, const struct table_row *row, size_t column, double *value)
{
    const char *text = column == 0 || column > row->cell_count || row->cells[column - 1].text[0] == '\0' ? NULL : row->cells[column - 1].text;
    struct cell_figure figure = {.value = NAN};
    const char *why = text == NULL || cell_is_missing(text) ? NULL : cell_read(text, &figure, &reader->data->arena);
    if (why != NULL)
        return error_set(reader->error, E_INPUT, "%s: row %zu, column %zu: '%.80s' %s", reader->path, row->number, column, text, why);
    if (text != NULL && !cell_is_missing(text))
        *value = figure.value;
    return E_OK;
}

static int read_states(struct reader *reader, const struct table_row *row, const struct value_column *column, struct mark *mark)
{
    const char *bound = column->others || column->low > 0 ? NULL : cell_of(reader, row, ROLE_BOUND), *state = cell_of(reader, row, ROLE_STATUS);
    size_t low = column->low > 0 ? column->low : column->others ? 0 : reader->roles[ROLE_LOW];
    size_t high = column->high > 0 ? column->high : column->others ? 0 : reader->roles[ROLE_HIGH];
    int status;
    if ((status = read_number(reader, row, low, &mark->low)) != E_OK || (status = read_number(reader, row, high, &mark->high)) != E_OK)
        return status;
    mark->planned = mark->planned || (state != NULL && (strcmp(state, "planned") == 0 || strcmp(state, "计划") == 0));
    mark->estimated = mark->estimated || (state != NULL && (strcmp(state, "estimated") == 0 || strcmp(state, "估计") == 0));
    if (bound == NULL)
        return E_OK;
    mark->about = mark->about || strcmp(bound, "about") == 0;
    if (strcmp(bound, "above") == 0)
        mark->high = INFINITY;
    if (strcmp(bound, "below") == 0)
        mark->low = -INFINITY;
    return E_OK;
}

/* zhibiao's own tables name regions by their paths ("贵州省/铜仁市/碧江区"): a chart has room for their names. */
static const char *last_of_path(const struct reader *reader, const struct table_row *row, const char *label)
{
    const char *slash = label == NULL || cell_of(reader, row, ROLE_CODE) == NULL ? NULL : strrchr(label, '/');
    return slash == NULL || slash[1] == '\0' ? label : slash + 1;
}

static const char *column_name(const struct reader *reader, const struct value_column *column)
{
    bool english = reader->settings->language != NULL && strcmp(reader->settings->language, "en") == 0;
    return column->statistic == NULL ? column->name : english ? column->statistic->english : column->statistic->chinese;
}

static int read_value(struct reader *reader, const struct table_row *row, const struct value_column *column)
{
    struct plot_data *data = reader->data;
    struct mark *mark = plot_data_mark(data);
    enum figure_shape shape = figure_type_shape(data->figure.type);
    char place[64];
    const char *text = column->column < row->cell_count ? row->cells[column->column].text : "", *time = cell_of(reader, row, ROLE_TIME);
    int status;
    if (mark == NULL)
        return no_memory(reader);
    const char *cell_unit = NULL, *why = read_cell(text, mark, &cell_unit, &data->arena);
    if (why != NULL)
        return error_set(reader->error, E_INPUT, "%s: row %zu, column %zu: '%.80s' %s", reader->path, row->number, column->column + 1, text, why);
    if ((status = read_states(reader, row, column, mark)) != E_OK)
        return status;
    if (column->statistic != NULL) {
        mark->value *= column->statistic->factor;
        mark->low *= column->statistic->factor;
        mark->high *= column->statistic->factor;
    }
    const char *label = last_of_path(reader, row, cell_of(reader, row, ROLE_LABEL)), *group = cell_of(reader, row, ROLE_GROUP);
    if (group == NULL && reader->value_count > 1)
        group = column_name(reader, column);
    if (shape == SHAPE_COURSE && time != NULL) {   /* a line is what the region is, its points are periods */
        group = group == NULL ? label : group;
        label = time;
    } else if (group == NULL) {
        group = time;
    }
    const char *unit = cell_unit != NULL ? cell_unit : column->unit != NULL ? column->unit : column->statistic != NULL ? column->statistic->unit
                     : column->others ? NULL : cell_of(reader, row, ROLE_UNIT);
    snprintf(place, sizeof place, ":%zu", row->number);
    const char *const texts[] = {label, group, cell_of(reader, row, ROLE_PANEL), cell_of(reader, row, ROLE_SOURCE), unit, cell_of(reader, row, ROLE_OBSERVATION), cell_of(reader, row, ROLE_CODE)};
    const char **const places[] = {&mark->label, &mark->series, &mark->panel, &mark->source, &mark->unit, &mark->observation, &mark->code};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i] != NULL && (*places[i] = plot_data_copy(data, texts[i])) == NULL)
            return no_memory(reader);
    if (mark->observation == NULL) {
        char *where = arena_alloc(&data->arena, strlen(reader->path) + strlen(place) + 1);
        if (where == NULL)
            return no_memory(reader);
        strcpy(where, reader->path);
        strcat(where, place);
        mark->observation = where;
    }
    char period[PERIOD_TEXT];
    if (time != NULL && period_parse(time, period) == 0)
        mark->x = period_position(period);
    if ((status = read_number(reader, row, reader->roles[ROLE_X], &mark->x)) != E_OK)
        return status;
    return shape == SHAPE_SHARES ? read_number(reader, row, reader->roles[ROLE_WEIGHT], &mark->x) : E_OK;
}

static int read_row(const struct table_row *row, void *context)
{
    struct reader *reader = context;
    int status = E_OK;
    if (!reader->has_heading) {
        reader->has_heading = true;
        return read_heading(reader, row);
    }
    size_t column = reader->subject_column;
    const char *subject = column == 0 || column > row->cell_count ? "" : row->cells[column - 1].text;
    if (reader->subject == NULL && (reader->subject = plot_data_copy(reader->data, subject)) == NULL)
        return no_memory(reader);
    if (strcmp(reader->subject, subject) != 0)
        reader->subject = "";
    for (size_t i = 0; i < reader->value_count && status == E_OK; i++)
        status = read_value(reader, row, &reader->values[i]);
    return status;
}

/* The unit of all marks, where they agree; a heatmap keeps each its own. */
static int common_unit(struct reader *reader)
{
    struct plot_data *data = reader->data;
    const char *unit = data->mark_count > 0 ? data->marks[0].unit : NULL;
    if (figure_type_shape(data->figure.type) == SHAPE_TABLE)
        return E_OK;
    for (size_t i = 0; i < data->mark_count; i++) {
        const char *own = data->marks[i].unit;
        if ((own == NULL) != (unit == NULL) || (own != NULL && strcmp(own, unit) != 0))
            return error_set(reader->error, E_USAGE, "%s: the values are in %s and in %s, which cannot share one axis; draw a heatmap, or choose a column with --value",
                             reader->path, unit == NULL ? "no unit" : unit, own == NULL ? "no unit" : own);
        data->marks[i].unit = NULL;
    }
    data->figure.unit = unit;
    return E_OK;
}

int plot_from_table(struct plot_data *data, const struct settings *settings, struct error *error)
{
    struct reader reader = {.data = data, .settings = settings, .path = settings->from, .error = error};
    struct input input;
    struct table_format format = {.encoding = settings->encoding};
    const char *encoding;
    int status = delimiter_option(settings, &format.delimiter, error);
    if (status != E_OK || (status = input_open(&input, settings->from, error)) != E_OK)
        return status;
    status = table_read(input.bytes, input.size, settings->from, &format, &encoding, read_row, &reader, error);
    input_close(&input);
    if (status == E_MEMORY && error->text[0] == '\0')
        error_set(error, E_MEMORY, "%s: out of memory", settings->from);
    if (status == E_OK)
        status = common_unit(&reader);
    if (status == E_OK && settings->unit != NULL)
        data->figure.unit = settings->unit;
    if (status == E_OK && reader.value_count == 1 && data->figure.title == NULL)
        data->figure.title = column_name(&reader, &reader.values[0]);
    if (status == E_OK && reader.subject != NULL && reader.subject[0] != '\0' && reader.values[0].statistic != NULL)
        data->figure.subtitle = reader.subject;
    if (status == E_OK && figure_type_shape(data->figure.type) == SHAPE_PAIRS)
        data->figure.value_name = column_name(&reader, &reader.values[0]);
    if (status == E_OK && settings->x != NULL)
        data->figure.x_name = settings->x;
    if (status == E_OK && reader.roles[ROLE_SOURCE] == 0 && strcmp(settings->from, "-") != 0) {
        const char *slash = strrchr(settings->from, '/');
        data->figure.source_note = slash != NULL ? slash + 1 : settings->from;
    }
    return status;
}
