/* plot.c — the command that draws: from the store, from a table, or from a figure described in JSON. */
#include "cli/plot.h"
#include "data/base/number.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct option options[] = {
    OPTION("output", 'o', "FILE", output, "the chart: FILE.svg, .png, .pdf, .eps or .ps; FILE.json is its description"),
    OPTION("format", 'f', "FORMAT", format, "svg, png, pdf, ps, json, or text (bars and sparklines in the terminal)"),
    OPTION("list", 0, NULL, list, "list the chart types and end"),
    OPTION("from", 0, "FILE.csv", from, "draw a table (- is standard input) instead of what the store has"),
    OPTION("value", 0, "COLUMN", value, "of --from: the values; several, separated by commas, are series"),
    OPTION("group", 0, "COLUMN", group, "of --from: the series; of the store: period, item or above (the region above)"),
    OPTION("time", 0, "COLUMN", time, "of --from: the period"),
    OPTION("x", 0, "COLUMN|ID", x, "scatter: the abscissa, a column of --from or a second indicator"),
    OPTION("weight", 0, "COLUMN|ID", weight, "lorenz: what regions weigh, such as their population"),
    OPTION("panel", 0, "COLUMN", panel, "small multiples: a column of --from; of the store: period, item, above or indicator"),
    OPTION("delimiter", 'd', "CHAR", delimiter, "of --from: what separates columns; otherwise it is guessed"),
    OPTION("encoding", 0, "NAME", encoding, "of --from: UTF-8, GB18030 or BIG5; otherwise it is detected"),
    OPTION("arrange", 0, "HOW", arrange, "several series of a bar: grouped, stacked or percent"),
    OPTION("map", 0, "FILE", map, "map, tile: regions as GeoJSON or TopoJSON, joined by code or name"),
    OPTION("object", 0, "NAME", object, "of a TopoJSON with several objects; otherwise the one with most regions"),
    OPTION("classes", 0, "HOW[:N]", classes, "of a map: quantile, equal or jenks, and how many (quantile:5)"),
    OPTION("order", 0, "HOW", order, "value (the largest first) or given"),
    OPTION("highlight", 0, "NAMES", highlight, "regions or series that stand out, separated by commas; how a name begins is enough"),
    OPTION("reference", 0, "LINES", reference, "lines across: mean, median, parent, NUMBER or LABEL=NUMBER, separated by commas"),
    OPTION("title", 't', "TEXT", title, "instead of the indicator's name"),
    OPTION("subtitle", 0, "TEXT", subtitle, "instead of the region and period"),
    OPTION("note", 0, "TEXT", note, "instead of the note on the sources"),
    OPTION("language", 0, "zh|en", language, "of the chart's own words; otherwise that of its texts"),
    OPTION("size", 0, "SIZE", size, "a4 (160 mm wide), slide (1280x720), web, or WIDTHxHEIGHT in px"),
    OPTION("dpi", 0, "N", dpi, "pixels of a PNG to the inch; 96 unless given, 300 for print"),
    OPTION("theme", 0, "NAME|FILE", theme, "light, dark, or a JSON file"),
    OPTION("font", 0, "FAMILY", font, "instead of the usual fonts with Chinese; fc-list : family lists those installed"),
    OPTION("text", 0, "HOW", text, "text (can be selected) or outline (the same everywhere), in SVG and PDF"),
    STORE_OPTION,
    FILTER_OPTIONS,
    HELP_OPTION,
    OPTIONS_END,
};

/* ---- data ---- */

void plot_data_free(struct plot_data *data)
{
    for (size_t i = 0; i < data->series_count; i++)
        series_free(&data->series[i]);
    free(data->marks);
    arena_free(&data->arena);
    *data = (struct plot_data){0};
}

struct mark *plot_data_mark(struct plot_data *data)
{
    if (data->mark_count == data->mark_capacity) {
        size_t capacity = data->mark_capacity == 0 ? 256 : data->mark_capacity * 2;
        struct mark *marks = reallocarray(data->marks, capacity, sizeof *marks);
        if (marks == NULL)
            return NULL;
        data->marks = marks;
        data->mark_capacity = capacity;
    }
    struct mark *mark = &data->marks[data->mark_count++];
    *mark = (struct mark){.value = NAN, .low = NAN, .high = NAN, .x = NAN};
    return mark;
}

const char *plot_data_copy(struct plot_data *data, const char *text)
{
    return text == NULL ? NULL : arena_copy(&data->arena, text, strlen(text));
}

int plot_split(struct plot_data *data, const char *text, const char ***parts, size_t *count)
{
    size_t most = 1;
    for (const char *c = text; *c != '\0'; c++)
        most += *c == ',';
    *count = 0;
    *parts = arena_alloc(&data->arena, most * sizeof **parts);
    while (*parts != NULL) {
        size_t length = strcspn(text, ","), from = strspn(text, " "), to = length;
        while (to > from && text[to - 1] == ' ')
            to--;
        if (to > from && ((*parts)[(*count)++] = arena_copy(&data->arena, text + from, to - from)) == NULL)
            break;
        if (text[length] == '\0')
            return E_OK;
        text += length + 1;
    }
    return E_MEMORY;
}

/* ---- options that hold for any figure ---- */

static int parse_type(const char *name, enum figure_type *type, struct error *error)
{
    struct nearest nearest;
    char hint[320];
    int found = figure_type_parse(name);
    if (found >= 0) {
        *type = (enum figure_type)found;
        return E_OK;
    }
    nearest_start(&nearest, name);
    for (int i = 0; i < FIGURE_TYPE_COUNT; i++)
        nearest_consider(&nearest, figure_type_name((enum figure_type)i));
    return error_set(error, E_USAGE, "unknown chart '%s'%s; zhibiao plot --list shows them, and a figure's description ends in .json", name,
                     nearest_hint(&nearest, hint));
}

static int list_types(struct error *error)
{
    for (int i = 0; i < FIGURE_TYPE_COUNT; i++)
        printf("%-12s%s\n", figure_type_name((enum figure_type)i), figure_type_summary((enum figure_type)i));
    return fflush(stdout) == 0 ? E_OK : error_set(error, E_OUTPUT, "standard output cannot be written: %s; is the disk full?", strerror(errno));
}

/* The index of a word among some; -1 for NULL. E_USAGE lists them. */
static int parse_choice(const char *option, const char *text, const char *const *words, size_t count, int *choice, struct error *error)
{
    char list[256] = "";
    *choice = -1;
    if (text == NULL)
        return E_OK;
    for (size_t i = 0; i < count; i++) {
        size_t used = strlen(list);
        if (strcmp(words[i], text) == 0) {
            *choice = (int)i;
            return E_OK;
        }
        snprintf(list + used, sizeof list - used, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " or ", words[i]);
    }
    return error_set(error, E_USAGE, "--%s: '%s' is none of its words; write %s", option, text, list);
}

static int parse_theme(struct plot_data *data, const char *name, struct error *error)
{
    struct input input;
    size_t length = strlen(name);
    if ((data->figure.theme = theme_find(name)) != NULL)
        return E_OK;
    if (length < 6 || strcmp(name + length - 5, ".json") != 0)
        return error_set(error, E_USAGE, "--theme: '%s' is no theme; write light, dark or FILE.json", name);
    int status = input_open(&input, name, error);
    if (status != E_OK)
        return status;
    status = theme_read((const char *)input.bytes, input.size, name, &data->arena, &data->figure.theme, error);
    input_close(&input);
    return status;
}

/* "mean,median,全市=12300": parent was replaced by its value before. */
static int parse_references(struct plot_data *data, const char *text, struct error *error)
{
    const char **parts;
    size_t count;
    if (plot_split(data, text, &parts, &count) != E_OK)
        return error_set(error, E_MEMORY, "out of memory");
    size_t had = data->figure.reference_count;
    struct reference *lines = arena_alloc(&data->arena, (had + count + 1) * sizeof *lines);
    if (lines == NULL)
        return error_set(error, E_MEMORY, "out of memory");
    if (had > 0)
        memcpy(lines, data->figure.references, had * sizeof *lines);
    for (size_t i = 0; i < count; i++) {
        const char *equals = strrchr(parts[i], '='), *number = equals != NULL ? equals + 1 : parts[i];
        struct reference *line = &lines[had];
        *line = (struct reference){.statistic = REFERENCE_VALUE};
        if (strcmp(parts[i], "parent") == 0)
            continue;
        if (strcmp(parts[i], "mean") == 0)
            line->statistic = REFERENCE_MEAN;
        else if (strcmp(parts[i], "median") == 0)
            line->statistic = REFERENCE_MEDIAN;
        else if (number_parse(number, strlen(number), &line->value) != 0)
            return error_set(error, E_USAGE, "--reference: '%s' is no line; write mean, median, parent, NUMBER or LABEL=NUMBER", parts[i]);
        if (equals != NULL && (line->label = arena_copy(&data->arena, parts[i], (size_t)(equals - parts[i]))) == NULL)
            return error_set(error, E_MEMORY, "out of memory");
        had++;
    }
    data->figure.references = lines;
    data->figure.reference_count = had;
    return E_OK;
}

/* "jenks:7" */
static int parse_classes(struct figure *figure, const char *text, struct error *error)
{
    static const char *const methods[] = {"quantile", "equal", "jenks"};
    size_t length = strcspn(text, ":");
    for (int i = 0; i < 3; i++)
        if (strlen(methods[i]) == length && strncmp(methods[i], text, length) == 0) {
            figure->classes = i;
            figure->class_count = text[length] == ':' ? strtod(text + length + 1, NULL) : 0;
            if (text[length] == '\0' || (figure->class_count >= 2 && figure->class_count <= 9 && strlen(text + length) == 2))
                return E_OK;
        }
    return error_set(error, E_USAGE, "--classes: '%s' is none of its words; write quantile, equal or jenks, and perhaps a number from 2 to 9: jenks:7", text);
}

static int apply_options(struct plot_data *data, const struct settings *settings, struct error *error)
{
    static const char *const arrangements[] = {"grouped", "stacked", "percent"}, *const orders[] = {"value", "given"},
                            *const texts[] = {"text", "outline"}, *const languages[] = {"zh", "en"};
    struct figure *figure = &data->figure;
    int arrange, order, text, language, status;
    double dpi;
    char *end;
    if ((status = parse_choice("arrange", settings->arrange, arrangements, 3, &arrange, error)) != E_OK ||
        (status = parse_choice("order", settings->order, orders, 2, &order, error)) != E_OK ||
        (status = parse_choice("text", settings->text, texts, 2, &text, error)) != E_OK ||
        (status = parse_choice("language", settings->language, languages, 2, &language, error)) != E_OK)
        return status;
    if (arrange >= 0)
        figure->arrangement = (enum figure_arrangement)arrange;
    if (order >= 0)
        figure->keep_order = order == 1;
    if (text >= 0)
        figure->outline_text = text == 1;
    if (language >= 0)
        figure->language = languages[language];
    if (settings->dpi != NULL) {
        dpi = strtod(settings->dpi, &end);
        if (*end != '\0' || !(dpi >= 24 && dpi <= 1200))
            return error_set(error, E_USAGE, "--dpi: '%s' is no number from 24 to 1200", settings->dpi);
        figure->dpi = dpi;
    }
    if (settings->size != NULL && (status = figure_size_parse(settings->size, figure, error)) != E_OK) {
        char why[sizeof error->text];
        snprintf(why, sizeof why, "%s", error->text);
        return error_set(error, (enum error_code)status, "--size: %s", why);
    }
    if (settings->theme != NULL && (status = parse_theme(data, settings->theme, error)) != E_OK)
        return status;
    if (settings->reference != NULL && (status = parse_references(data, settings->reference, error)) != E_OK)
        return status;
    if (settings->highlight != NULL) {
        const char **names;
        if (plot_split(data, settings->highlight, &names, &figure->highlight_count) != E_OK)
            return error_set(error, E_MEMORY, "out of memory");
        figure->highlights = names;
    }
    if (settings->classes != NULL && (status = parse_classes(figure, settings->classes, error)) != E_OK)
        return status;
    if (settings->title != NULL)
        figure->title = settings->title;
    if (settings->subtitle != NULL)
        figure->subtitle = settings->subtitle;
    if (settings->note != NULL)
        figure->source_note = settings->note;
    if (settings->font != NULL)
        figure->font = settings->font;
    return E_OK;
}

/* The map that --map or the description names; a path in a description is seen from its folder. */
static int load_map(struct plot_data *data, const struct settings *settings, const char *description, struct error *error)
{
    struct input input;
    struct buffer path = {0};
    const char *slash = description == NULL ? NULL : strrchr(description, '/'), *name = data->figure.map_path;
    int status;
    if (settings->map != NULL)
        buffer_text(&path, data->figure.map_path = settings->map);
    else if (name != NULL)
        buffer_format(&path, "%.*s%s", slash != NULL && name[0] != '/' ? (int)(slash + 1 - description) : 0, slash != NULL ? description : "", name);
    if (path.bytes == NULL)
        return path.failed ? error_set(error, E_MEMORY, "out of memory") : E_OK;
    if ((status = input_open(&input, path.bytes, error)) == E_OK) {
        status = geometry_read((const char *)input.bytes, input.size, path.bytes, settings->object, &data->arena, &data->figure.map, error);
        input_close(&input);
    }
    buffer_free(&path);
    return status;
}

/* A name that no mark has is a slip of the pen that the chart would hide. */
static void warn_unmatched(const struct plot_data *data, const struct settings *settings)
{
    for (size_t i = 0; i < data->figure.highlight_count; i++) {
        const char *name = data->figure.highlights[i];
        bool found = false;
        for (size_t k = 0; k < data->figure.mark_count && !found; k++) {
            const struct mark *mark = &data->figure.marks[k];
            found = (mark->label != NULL && strncmp(mark->label, name, strlen(name)) == 0) ||
                    (mark->series != NULL && strncmp(mark->series, name, strlen(name)) == 0);
        }
        if (!found)
            complain_about(settings->command, "note: --highlight: no mark is called '%s'", name);
    }
}

/* ---- sources and destination ---- */

static int read_description(struct plot_data *data, const char *path, struct error *error)
{
    struct input input;
    int status = input_open(&input, path, error);
    if (status != E_OK)
        return status;
    status = figure_read((const char *)input.bytes, input.size, path, &data->arena, &data->figure, error);
    input_close(&input);
    return status;
}

static bool ends_in(const char *text, const char *ending)
{
    size_t a = strlen(text), b = strlen(ending);
    return a > b && strcasecmp(text + a - b, ending) == 0;
}

enum output_kind { OUTPUT_PICTURE, OUTPUT_JSON, OUTPUT_TEXT };

static int output_kind(const struct settings *settings, enum figure_format *format, enum output_kind *kind, struct error *error)
{
    static const char *const formats[] = {"svg", "png", "ps", "pdf", "eps", "json", "text"};
    int choice, status = parse_choice("format", settings->format, formats, 7, &choice, error);
    const char *output = choice < 0 && settings->output != NULL ? settings->output : "";
    *kind = choice == 5 || ends_in(output, ".json") ? OUTPUT_JSON : choice == 6 || ends_in(output, ".txt") ? OUTPUT_TEXT : OUTPUT_PICTURE;
    if (status != E_OK || *kind != OUTPUT_PICTURE)
        return status;
    if (choice >= 0) {
        *format = choice == 4 ? FIGURE_PS : (enum figure_format)choice;
        return E_OK;
    }
    if (settings->output == NULL)
        return error_set(error, E_USAGE, "needs -o FILE.svg, .png, .pdf, .eps or .ps; or --format, which writes to standard output");
    return figure_format_of(settings->output, format, error);
}

static int write_chart(const char *path, const char *bytes, size_t size, struct error *error)
{
    struct destination destination;
    int status = destination_open(&destination, path, error);
    if (status != E_OK)
        return status;
    destination.again = true;
    fwrite(bytes, 1, size, destination.file);   /* what fails stays in the stream, and closing says why */
    return destination_close(&destination, true, error);
}

static int run(const struct settings *settings, struct error *error)
{
    struct plot_data data = {0};
    struct buffer lines = {0};
    enum figure_format format = FIGURE_SVG;
    enum output_kind kind;
    char *bytes = NULL;
    size_t size = 0;
    int status;
    if (settings->list)
        return list_types(error);
    if (settings->operand_count == 0)
        return error_set(error, E_USAGE, "needs a chart type or a figure's description; zhibiao plot --list shows the types");
    const char *what = settings->operands[0];
    bool described = strcmp(what, "-") == 0 || ends_in(what, ".json");
    if ((!described && (status = parse_type(what, &data.figure.type, error)) != E_OK) ||
        (status = output_kind(settings, &format, &kind, error)) != E_OK)
        return status;
    /* a wrong option is told before anything is read; whether it counts is decided again below */
    status = apply_options(&data, settings, error);
    data.figure = (struct figure){.type = data.figure.type};
    if (status != E_OK)
        goto done;
    status = described                ? read_description(&data, what, error)
             : settings->from != NULL ? plot_from_table(&data, settings, error)
                                      : plot_from_store(&data, settings, error);
    if (status == E_OK && !described) {
        data.figure.marks = data.marks;
        data.figure.mark_count = data.mark_count;
    }
    if (status == E_OK)
        status = apply_options(&data, settings, error);
    if (status == E_OK)
        status = load_map(&data, settings, described ? what : NULL, error);
    if (status == E_OK && data.arena.failed)   /* a copy that is NULL looks like a text that is not there */
        status = error_set(error, E_MEMORY, "out of memory");
    if (status != E_OK)
        goto done;
    warn_unmatched(&data, settings);
    status = kind == OUTPUT_JSON   ? figure_write(&data.figure, &lines, error)
             : kind == OUTPUT_TEXT ? figure_text(&data.figure, terminal_width(), &lines, error)
                                   : figure_draw(&data.figure, format, &bytes, &size, error);
    if (status == E_OK && kind == OUTPUT_PICTURE)
        status = write_chart(settings->output, bytes, size, error);
    else if (status == E_OK)
        status = write_chart(settings->output, lines.bytes, lines.size, error);
done:
    free(bytes);
    buffer_free(&lines);
    plot_data_free(&data);
    return status;
}

const struct command command_plot = {
    "plot", "TYPE|FIGURE.json", 0, 1, "draw a chart of an indicator, a table or a described figure",
    "TYPE is one of those that --list shows. The data come from the store (--indicator and the other filters), from a table\n"
    "(--from, whose columns --region, --value, --group, --time, --x, --weight and --panel name), or from FIGURE.json (plots/\n"
    "figure.schema.json describes it; - is standard input; -o FILE.json writes one). bar, dot and the like draw what zhibiao\n"
    "compare ranks; line and the like the years of --region where it has figures of its own, else those of the regions below it.\n"
    "--indicator A,B takes several indicators. The signs: arrow, an open bound; whisker, a range; hollow, planned; lighter,\n"
    "estimated. Each mark of an SVG carries the numbers of its observations: zhibiao explain CHART.svg REGION.",
    options, run,
};
