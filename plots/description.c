/* description.c — figures as JSON: one description for the command line, for users' own files and for tests.
 *
 * The tables below are the format; figure.schema.json documents it for editors, and a test keeps the two together. What a
 * reader needs to know of a value stands beside it: "bound" with its one number, or "low" and "high" themselves. */
#include "plots/chart.h"
#include "plots/json.h"

#include "data/base/number.h"
#include "data/base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const TYPE_NAMES[] = {
#define X(constant, name, shape, summary) #name,
    FIGURE_TYPES(X)
#undef X
    NULL,
};
static const char *const ARRANGEMENT_NAMES[] = {
#define X(constant, name) #name,
    FIGURE_ARRANGEMENTS(X)
#undef X
    NULL,
};
static const char *const STATISTIC_NAMES[] = {
#define X(constant, name) #name,
    REFERENCE_STATISTICS(X)
#undef X
    NULL,
};
static const char *const CLASS_NAMES[] = {
#define X(constant, name) #name,
    FIGURE_CLASSES(X)
#undef X
    NULL,
};
static const char *const BOUNDS[] = {"exact", "about", "above", "below", "range", NULL};
enum { BOUND_EXACT, BOUND_ABOUT, BOUND_ABOVE, BOUND_BELOW, BOUND_RANGE };
static const char *const STATUSES[] = {"actual", "planned", "estimated", NULL};
enum { STATUS_ACTUAL, STATUS_PLANNED, STATUS_ESTIMATED };
static const char *const ORDERS[] = {"value", "given", NULL};
static const char *const TEXTS[] = {"text", "outline", NULL};
static const char *const LANGUAGES[] = {"zh", "en", NULL};
static const char *const AXES[] = {"value", "x", NULL};

/* ---- a datum ---- */

struct datum {
    struct mark mark;
    int bound, status;
    bool has_value, has_x;
};

/* "2019" → 2019, "2019-06" → 2018.5, "2019-06-30" about the same, "2019Q2" → 2018.5: where the period ends, as on the time
 * axis of zhibiao plot line. NaN: no such text. */
static double period_position(const char *text)
{
    char *end;
    long year, month = 0, day = 0;
    if (strspn(text, "0123456789") != 4)
        return NAN;
    year = strtol(text, &end, 10);
    if (*end == '\0' || strcmp(end, "年") == 0)
        return (double)year;
    if ((*end == 'Q' || *end == 'q') && end[1] >= '1' && end[1] <= '4' && end[2] == '\0')
        return (double)year - 1 + (end[1] - '0') / 4.0;
    if (*end != '-' || strspn(end + 1, "0123456789") != 2)
        return NAN;
    month = strtol(end + 1, &end, 10);
    if (*end == '-' && strspn(end + 1, "0123456789") == 2)
        day = strtol(end + 1, &end, 10);
    if (*end != '\0' || month < 1 || month > 12 || day > 31)
        return NAN;
    return (double)year - 1 + (day == 0 ? (double)month : (double)month - 1 + (double)day / 31) / 12;
}

static int read_x(struct json_reader *reader, const cJSON *item, void *base)
{
    struct datum *datum = base;
    datum->has_x = true;
    datum->mark.x = cJSON_IsNumber(item) ? item->valuedouble : cJSON_IsString(item) ? period_position(item->valuestring) : NAN;
    if (!isfinite(datum->mark.x) && !cJSON_IsNull(item))
        return json_wrong(reader, "a number or a period such as \"2019\", \"2019-06\" or \"2019Q2\" is wanted here");
    return E_OK;
}
static int read_value(struct json_reader *reader, const cJSON *item, void *base)
{
    struct datum *datum = base;
    if (!cJSON_IsNumber(item) && !cJSON_IsNull(item))
        return json_wrong(reader, "a number or null is wanted here, not %s", json_kind(item));
    if (cJSON_IsNumber(item) && !isfinite(item->valuedouble))
        return json_wrong(reader, "a number is too large for a double");
    datum->mark.value = cJSON_IsNull(item) ? NAN : item->valuedouble;
    datum->has_value = true;
    return E_OK;
}
/* A number (an observation's) or a text. */
static int read_observation(struct json_reader *reader, const cJSON *item, void *base)
{
    char number[NUMBER_TEXT];
    struct datum *datum = base;
    if (cJSON_IsNull(item))
        return E_OK;
    if (!cJSON_IsString(item) && !cJSON_IsNumber(item))
        return json_wrong(reader, "an observation's number or a text is wanted here, not %s", json_kind(item));
    const char *text = cJSON_IsString(item) ? item->valuestring : number_format(item->valuedouble, number);
    datum->mark.observation = arena_copy(reader->arena, text, strlen(text));
    return datum->mark.observation == NULL ? error_set(reader->error, E_MEMORY, "%s: out of memory", reader->name) : E_OK;
}

#define MARK(member) offsetof(struct datum, mark) + offsetof(struct mark, member)
static const struct json_field DATUM_FIELDS[] = {
    {"label", JSON_TEXT, MARK(label), NULL, NULL},
    {"series", JSON_TEXT, MARK(series), NULL, NULL},
    {"panel", JSON_TEXT, MARK(panel), NULL, NULL},
    {"x", JSON_CUSTOM, 0, NULL, read_x},
    {"value", JSON_CUSTOM, 0, NULL, read_value},
    {"low", JSON_NUMBER, MARK(low), NULL, NULL},
    {"high", JSON_NUMBER, MARK(high), NULL, NULL},
    {"bound", JSON_CHOICE, offsetof(struct datum, bound), BOUNDS, NULL},
    {"status", JSON_CHOICE, offsetof(struct datum, status), STATUSES, NULL},
    {"code", JSON_TEXT, MARK(code), NULL, NULL},
    {"unit", JSON_TEXT, MARK(unit), NULL, NULL},
    {"observation", JSON_CUSTOM, 0, NULL, read_observation},
    {"source", JSON_TEXT, MARK(source), NULL, NULL},
    {NULL, JSON_TEXT, 0, NULL, NULL},
};

static int read_datum(struct json_reader *reader, const cJSON *item, struct mark *mark)
{
    struct datum datum = {.mark = {.value = NAN, .low = NAN, .high = NAN, .x = NAN}};
    int code = json_read_object(reader, item, DATUM_FIELDS, &datum);
    if (code != E_OK)
        return code;
    *mark = datum.mark;
    mark->planned = datum.status == STATUS_PLANNED;
    mark->estimated = datum.status == STATUS_ESTIMATED;
    mark->about = datum.bound == BOUND_ABOUT;
    if (datum.bound == BOUND_RANGE && (isnan(mark->low) || isnan(mark->high)))
        return json_wrong(reader, "a range needs \"low\" and \"high\"");
    if (isfinite(mark->low) && isfinite(mark->high) && mark->low > mark->high)
        return json_wrong(reader, "\"low\" is above \"high\"");
    if (isfinite(mark->value) && ((isfinite(mark->low) && mark->low > mark->value) || (isfinite(mark->high) && mark->high < mark->value)))
        return json_wrong(reader, "\"value\" lies outside of \"low\" and \"high\"");
    if (datum.bound == BOUND_ABOVE)
        mark->high = INFINITY;
    if (datum.bound == BOUND_BELOW)
        mark->low = -INFINITY;
    if (!datum.has_x && mark->label != NULL)
        mark->x = period_position(mark->label);
    return E_OK;
}

/* ---- a figure ---- */

struct description {
    struct figure figure;
    int type, arrangement, order, text, language;
    const char *size;
    bool has_type, has_data;
};

static int read_data(struct json_reader *reader, const cJSON *item, void *base)
{
    struct description *description = base;
    const cJSON *element;
    size_t n = 0;
    if (!cJSON_IsArray(item))
        return json_wrong(reader, "an array of objects is wanted here, not %s", json_kind(item));
    size_t count = (size_t)cJSON_GetArraySize(item);
    struct mark *marks = arena_alloc(reader->arena, (count + 1) * sizeof *marks);
    if (marks == NULL)
        return error_set(reader->error, E_MEMORY, "%s: out of memory", reader->name);
    cJSON_ArrayForEach(element, item) {
        size_t mark = json_enter(reader, NULL, (int)n);
        int code = read_datum(reader, element, &marks[n++]);
        if (code != E_OK)
            return code;
        json_leave(reader, mark);
    }
    description->figure.marks = marks;
    description->figure.mark_count = n;
    description->has_data = true;
    return E_OK;
}

static int read_highlight(struct json_reader *reader, const cJSON *item, void *base)
{
    struct description *description = base;
    const cJSON *element;
    size_t n = 0;
    if (!cJSON_IsArray(item))
        return json_wrong(reader, "an array of texts is wanted here, not %s", json_kind(item));
    const char **names = arena_alloc(reader->arena, ((size_t)cJSON_GetArraySize(item) + 1) * sizeof *names);
    cJSON_ArrayForEach(element, item) {
        if (!cJSON_IsString(element))
            return json_wrong(reader, "an array of texts is wanted here; element %zu is %s", n, json_kind(element));
        if (names == NULL || (names[n++] = arena_copy(reader->arena, element->valuestring, strlen(element->valuestring))) == NULL)
            return error_set(reader->error, E_MEMORY, "%s: out of memory", reader->name);
    }
    description->figure.highlights = names;
    description->figure.highlight_count = n;
    return E_OK;
}

struct line_description {
    struct reference line;
    int statistic, axis;
};
static const struct json_field REFERENCE_FIELDS[] = {
    {"label", JSON_TEXT, offsetof(struct line_description, line) + offsetof(struct reference, label), NULL, NULL},
    {"statistic", JSON_CHOICE, offsetof(struct line_description, statistic), STATISTIC_NAMES, NULL},
    {"value", JSON_NUMBER, offsetof(struct line_description, line) + offsetof(struct reference, value), NULL, NULL},
    {"axis", JSON_CHOICE, offsetof(struct line_description, axis), AXES, NULL},
    {NULL, JSON_TEXT, 0, NULL, NULL},
};

static int read_references(struct json_reader *reader, const cJSON *item, void *base)
{
    struct description *description = base;
    const cJSON *element;
    size_t n = 0;
    if (!cJSON_IsArray(item))
        return json_wrong(reader, "an array of objects is wanted here, not %s", json_kind(item));
    struct reference *lines = arena_alloc(reader->arena, ((size_t)cJSON_GetArraySize(item) + 1) * sizeof *lines);
    if (lines == NULL)
        return error_set(reader->error, E_MEMORY, "%s: out of memory", reader->name);
    cJSON_ArrayForEach(element, item) {
        struct line_description line = {.line = {.value = NAN}, .statistic = REFERENCE_VALUE};
        size_t mark = json_enter(reader, NULL, (int)n);
        int code = json_read_object(reader, element, REFERENCE_FIELDS, &line);
        if (code == E_OK && line.statistic == REFERENCE_VALUE && isnan(line.line.value))
            code = json_wrong(reader, "a \"value\" or a \"statistic\" (mean, median) is needed");
        if (code != E_OK)
            return code;
        lines[n] = line.line;
        lines[n].statistic = line.statistic;
        lines[n++].abscissa = line.axis == 1;
        json_leave(reader, mark);
    }
    description->figure.references = lines;
    description->figure.reference_count = n;
    return E_OK;
}

static int read_theme(struct json_reader *reader, const cJSON *item, void *base)
{
    struct description *description = base;
    if (cJSON_IsObject(item))
        return theme_read_item(reader, item, &description->figure.theme);
    if (!cJSON_IsString(item) || (description->figure.theme = theme_find(item->valuestring)) == NULL)
        return json_wrong(reader, "\"light\", \"dark\" or a theme object is wanted here, not %s", cJSON_IsString(item) ? item->valuestring : json_kind(item));
    return E_OK;
}

static int read_size(struct json_reader *reader, const cJSON *item, void *base)
{
    struct description *description = base;
    struct error inner = {0};
    if (!cJSON_IsString(item) || figure_size_parse(item->valuestring, &description->figure, &inner) != E_OK)
        return json_wrong(reader, "%s", cJSON_IsString(item) ? inner.text : "a4, slide, web or WIDTHxHEIGHT is wanted here");
    return E_OK;
}

static int read_schema(struct json_reader *reader, const cJSON *item, void *base)
{
    (void)reader, (void)item, (void)base;   /* for editors */
    return E_OK;
}

#define FIGURE(member) offsetof(struct description, figure) + offsetof(struct figure, member)
static const struct json_field FIGURE_FIELDS[] = {
    {"$schema", JSON_CUSTOM, 0, NULL, read_schema},
    {"type", JSON_CHOICE, offsetof(struct description, type), TYPE_NAMES, NULL},
    {"title", JSON_TEXT, FIGURE(title), NULL, NULL},
    {"subtitle", JSON_TEXT, FIGURE(subtitle), NULL, NULL},
    {"source", JSON_TEXT, FIGURE(source_note), NULL, NULL},
    {"unit", JSON_TEXT, FIGURE(unit), NULL, NULL},
    {"value_name", JSON_TEXT, FIGURE(value_name), NULL, NULL},
    {"x_name", JSON_TEXT, FIGURE(x_name), NULL, NULL},
    {"x_unit", JSON_TEXT, FIGURE(x_unit), NULL, NULL},
    {"language", JSON_CHOICE, offsetof(struct description, language), LANGUAGES, NULL},
    {"arrangement", JSON_CHOICE, offsetof(struct description, arrangement), ARRANGEMENT_NAMES, NULL},
    {"order", JSON_CHOICE, offsetof(struct description, order), ORDERS, NULL},
    {"map", JSON_TEXT, FIGURE(map_path), NULL, NULL},
    {"classes", JSON_CHOICE, FIGURE(classes), CLASS_NAMES, NULL},
    {"class_count", JSON_SIZE, FIGURE(class_count), NULL, NULL},
    {"highlight", JSON_CUSTOM, 0, NULL, read_highlight},
    {"references", JSON_CUSTOM, 0, NULL, read_references},
    {"size", JSON_CUSTOM, 0, NULL, read_size},
    {"text", JSON_CHOICE, offsetof(struct description, text), TEXTS, NULL},
    {"dpi", JSON_SIZE, FIGURE(dpi), NULL, NULL},
    {"font", JSON_TEXT, FIGURE(font), NULL, NULL},
    {"theme", JSON_CUSTOM, 0, NULL, read_theme},
    {"data", JSON_CUSTOM, 0, NULL, read_data},
    {NULL, JSON_TEXT, 0, NULL, NULL},
};

int figure_read(const char *json, size_t size, const char *name, struct arena *arena, struct figure *figure, struct error *error)
{
    struct json_reader reader = {.name = name, .arena = arena, .error = error};
    struct description description = {.type = -1, .language = -1};
    cJSON *root = NULL;
    int code = json_parse(&reader, json, size, &root);
    if (code == E_OK)
        code = json_read_object(&reader, root, FIGURE_FIELDS, &description);
    if (code == E_OK && description.type < 0)
        code = json_wrong(&reader, "\"type\" is missing; zhibiao plot --list shows the types");
    if (code == E_OK && !description.has_data)
        code = json_wrong(&reader, "\"data\" is missing: an array of {\"label\": …, \"value\": …}");
    *figure = description.figure;
    figure->type = (enum figure_type)description.type;
    figure->arrangement = (enum figure_arrangement)description.arrangement;
    figure->keep_order = description.order == 1;
    figure->outline_text = description.text == 1;
    figure->language = description.language < 0 ? NULL : LANGUAGES[description.language];
    cJSON_Delete(root);
    return code;
}

/* ---- writing ---- */

static void add_json_text(struct buffer *out, const char *text)
{
    size_t length = strlen(text);
    buffer_char(out, '"');
    for (size_t i = 0; i < length;) {
        uint32_t point;
        char bytes[5] = "";
        int step = utf8_decode((const unsigned char *)text + i, length - i, &point);
        i += (size_t)abs(step);
        if (point == '"' || point == '\\')
            buffer_format(out, "\\%c", (int)point);
        else if (point < 0x20 || point == 0x7F)
            buffer_format(out, "\\u%04x", (unsigned)point);
        else {
            utf8_encode(point, bytes);
            buffer_text(out, bytes);
        }
    }
    buffer_char(out, '"');
}

static void add_member(struct buffer *out, const char *before, const char *name, const char *text)
{
    if (text == NULL)
        return;
    buffer_format(out, "%s\"%s\": ", before, name);
    add_json_text(out, text);
}

static void add_number_member(struct buffer *out, const char *name, double value)
{
    char number[NUMBER_TEXT];
    buffer_format(out, ", \"%s\": %s", name, number_format(value, number));
}

static void add_mark(struct buffer *out, const struct mark *given, bool with_x)
{
    struct mark mark = *given;
    mark_normalise(&mark);
    size_t start = out->size;
    add_member(out, ", ", "label", mark.label);
    add_member(out, ", ", "series", mark.series);
    add_member(out, ", ", "panel", mark.panel);
    add_member(out, ", ", "code", mark.code);
    if (with_x && isfinite(mark.x) && (mark.label == NULL || period_position(mark.label) != mark.x))
        add_number_member(out, "x", mark.x);
    if (mark_missing(&mark))
        buffer_text(out, ", \"value\": null");
    else
        add_number_member(out, "value", mark.value);
    if (isfinite(mark.low) && mark.low != mark.value)
        add_number_member(out, "low", mark.low);
    if (isfinite(mark.high) && mark.high != mark.value)
        add_number_member(out, "high", mark.high);
    if (mark.high == INFINITY || mark.low == -INFINITY)
        add_member(out, ", ", "bound", mark.high == INFINITY ? "above" : "below");
    else if (mark.about)
        add_member(out, ", ", "bound", "about");
    if (mark.planned || mark.estimated)
        add_member(out, ", ", "status", mark.planned ? "planned" : "estimated");
    add_member(out, ", ", "unit", mark.unit);
    add_member(out, ", ", "observation", mark.observation);
    add_member(out, ", ", "source", mark.source);
    if (!out->failed)   /* the first member has no comma before it */
        memcpy(out->bytes + start, " {", 2);
    buffer_char(out, '}');
}

int figure_write(const struct figure *figure, struct buffer *out, struct error *error)
{
    static const char BEFORE[] = ",\n  ";
    char size[FIGURE_SIZE_TEXT];
    buffer_format(out, "{\n  \"type\": \"%s\"", figure_type_name(figure->type));
    add_member(out, BEFORE, "title", figure->title);
    add_member(out, BEFORE, "subtitle", figure->subtitle);
    add_member(out, BEFORE, "source", figure->source_note);
    add_member(out, BEFORE, "unit", figure->unit);
    add_member(out, BEFORE, "value_name", figure->value_name);
    add_member(out, BEFORE, "x_name", figure->x_name);
    add_member(out, BEFORE, "x_unit", figure->x_unit);
    add_member(out, BEFORE, "language", figure->language);
    if (figure->arrangement != FIGURE_GROUPED)
        add_member(out, BEFORE, "arrangement", ARRANGEMENT_NAMES[figure->arrangement]);
    if (figure->keep_order)
        add_member(out, BEFORE, "order", "given");
    add_member(out, BEFORE, "map", figure->map_path);
    if (figure->classes != 0)
        add_member(out, BEFORE, "classes", CLASS_NAMES[figure->classes]);
    if (figure->class_count > 0)
        buffer_format(out, ",\n  \"class_count\": %.0f", figure->class_count);
    if (figure->highlight_count > 0) {
        buffer_text(out, ",\n  \"highlight\": [");
        for (size_t i = 0; i < figure->highlight_count; i++) {
            buffer_text(out, i == 0 ? "" : ", ");
            add_json_text(out, figure->highlights[i]);
        }
        buffer_char(out, ']');
    }
    for (size_t i = 0; i < figure->reference_count; i++) {
        const struct reference *line = &figure->references[i];
        buffer_text(out, i == 0 ? ",\n  \"references\": [{" : ", {");
        buffer_format(out, "\"axis\": \"%s\"", AXES[line->abscissa]);
        add_member(out, ", ", "label", line->label);
        if (line->statistic != REFERENCE_VALUE)
            add_member(out, ", ", "statistic", STATISTIC_NAMES[line->statistic]);
        else
            add_number_member(out, "value", line->value);
        buffer_text(out, i + 1 == figure->reference_count ? "}]" : "}");
    }
    add_member(out, BEFORE, "size", figure_size_text(figure, size));
    if (figure->outline_text)
        add_member(out, BEFORE, "text", "outline");
    if (figure->dpi > 0)
        buffer_format(out, ",\n  \"dpi\": %.0f", figure->dpi);
    add_member(out, BEFORE, "font", figure->font);
    if (figure->theme != NULL && theme_find(figure->theme->name) == figure->theme)
        add_member(out, BEFORE, "theme", figure->theme->name);
    buffer_text(out, ",\n  \"data\": [\n");
    for (size_t i = 0; i < figure->mark_count; i++) {
        buffer_text(out, i == 0 ? "   " : ",\n   ");
        add_mark(out, &figure->marks[i], figure_uses_x(figure));
    }
    buffer_text(out, "\n  ]\n}\n");
    return out->failed ? error_set(error, E_MEMORY, "writing a figure: out of memory") : E_OK;
}
