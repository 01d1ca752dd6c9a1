/* terminal.c — a quick look without a picture: bars of Unicode block elements, and sparklines for series over time.
 *
 * Wide characters take two cells (Unicode 15, East Asian Width W and F), so that columns of Chinese names line up. The signs
 * are those of the pictures: → and ← for an open bound, ░ for planned, ▒ for estimated, the word for what is missing. */
#include "plots/terminal.h"

#include "data/base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define NAME_CELLS 24
#define BAR_LEAST 8
#define LINES_MOST 4000

static int text_cells(const char *text)
{
    size_t length = strlen(text);
    int cells = 0;
    for (size_t i = 0; i < length;) {
        uint32_t point;
        i += (size_t)abs(utf8_decode((const unsigned char *)text + i, length - i, &point));
        cells += utf8_width(point);
    }
    return cells;
}

/* The text in exactly so many cells: cut with "…", or spaces before or after it. */
static void add_cells(struct buffer *out, const char *text, int cells, bool right)
{
    size_t length = strlen(text), end = 0;
    int whole = text_cells(text), used = 0;
    for (int i = whole; right && i < cells; i++)
        buffer_char(out, ' ');
    while (end < length) {
        uint32_t point;
        size_t step = (size_t)abs(utf8_decode((const unsigned char *)text + end, length - end, &point));
        if (used + utf8_width(point) > (whole > cells ? cells - 1 : cells))
            break;
        used += utf8_width(point);
        end += step;
    }
    buffer_add(out, text, end);
    if (end < length) {
        buffer_text(out, "…");
        used++;
    }
    for (; !right && used < cells; used++)
        buffer_char(out, ' ');
    for (int i = whole > cells ? used : cells; right && i < cells; i++)
        buffer_char(out, ' ');
}

static void add_times(struct buffer *out, const char *text, int times)
{
    for (int i = 0; i < times; i++)
        buffer_text(out, text);
}

/* ---- bars ---- */

struct terminal_row {
    const struct mark *mark;
    const char *name, *label;
    size_t order;
};

static int row_before(const void *a, const void *b)
{
    const struct terminal_row *p = a, *q = b;
    return order_before(p->mark->value, p->order, q->mark->value, q->order);
}

/* length in cells, to an eighth. Hollow and tinted ones have whole cells only. */
static void add_bar(struct buffer *out, const struct mark *mark, double length)
{
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int whole = (int)length, rest = (int)((length - whole) * 8);
    if (mark->planned || mark->estimated || mark_is_below(mark)) {
        add_times(out, mark->planned ? "░" : "▒", (int)lround(length));
    } else {
        add_times(out, "█", whole);
        buffer_text(out, eighths[rest]);
    }
    if (mark->high == INFINITY)
        buffer_text(out, "→");
    if (mark_is_below(mark))
        buffer_text(out, "←");
}

static const char *full_name(struct drawing *drawing, const struct mark *mark)
{
    const char *const parts[] = {mark->panel, mark->label, mark->series};
    struct buffer name = {0};
    buffer_text(&name, "");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i] != NULL)
            buffer_format(&name, "%s%s", name.size > 0 ? " " : "", parts[i]);
    const char *kept = name.failed ? NULL : arena_copy(drawing->arena, name.bytes, name.size);
    buffer_free(&name);
    return kept;
}

static int bars_draw(struct drawing *drawing, int columns, struct buffer *out)
{
    const struct figure *figure = drawing->figure;
    size_t n = figure->mark_count;
    struct terminal_row *rows = arena_alloc(drawing->arena, n * sizeof *rows);
    double low = 0, high = 0;
    int names = 0, labels = 0;
    if (rows == NULL)
        return out_of_memory(drawing);
    for (size_t i = 0; i < n; i++) {
        const struct mark *mark = &figure->marks[i];
        rows[i] = (struct terminal_row){mark, full_name(drawing, mark), mark_label(drawing, mark), i};
        if (rows[i].name == NULL || rows[i].label == NULL)
            return out_of_memory(drawing);
        names = text_cells(rows[i].name) > names ? text_cells(rows[i].name) : names;
        labels = text_cells(rows[i].label) > labels ? text_cells(rows[i].label) : labels;
        if (!mark_missing(mark)) {
            low = fmin(low, mark->value);
            high = fmax(high, mark->value);
        }
    }
    if (!figure->keep_order)
        qsort(rows, n, sizeof *rows, row_before);
    names = names > NAME_CELLS ? NAME_CELLS : names;
    int room = columns - names - labels - 4;
    room = room < BAR_LEAST ? BAR_LEAST : room;
    double scale = high > low ? room / (high - low) : 0;
    int zero = (int)ceil(-low * scale);   /* cells left of it */
    for (size_t i = 0; i < n && i < LINES_MOST; i++) {
        const struct terminal_row *row = &rows[i];
        add_cells(out, row->name, names, true);
        buffer_char(out, ' ');
        if (mark_missing(row->mark)) {
            add_times(out, " ", zero);
            buffer_format(out, "│ %s\n", row->label);
        } else if (row->mark->value < 0) {
            int length = (int)lround(-row->mark->value * scale);
            add_times(out, " ", zero - length);
            add_times(out, row->mark->planned ? "░" : "█", length);
            buffer_format(out, "│ %s\n", row->label);
        } else {
            add_times(out, " ", zero);
            buffer_text(out, "│");
            add_bar(out, row->mark, row->mark->value * scale);
            buffer_format(out, " %s\n", row->label);
        }
    }
    if (n > LINES_MOST)
        buffer_format(out, "… %zu\n", n - LINES_MOST);
    return E_OK;
}

/* ---- sparklines ---- */

static int by_time(const void *a, const void *b)
{
    const struct mark *const *p = a, *const *q = b;
    if ((*p)->x != (*q)->x)
        return (*p)->x < (*q)->x ? -1 : 1;
    return *p < *q ? -1 : *p > *q;
}

/* One line a series: its name, its course from its least to its largest value, the first and the last. */
static int sparks_draw(struct drawing *drawing, struct buffer *out)
{
    static const char *const levels[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const struct figure *figure = drawing->figure;
    const struct mark **sorted = arena_alloc(drawing->arena, figure->mark_count * sizeof *sorted);
    int names = 0;
    if (sorted == NULL)
        return out_of_memory(drawing);
    for (size_t s = 0; s < drawing->series.count; s++)
        names = text_cells(drawing->series.items[s]) > names ? text_cells(drawing->series.items[s]) : names;
    names = names > NAME_CELLS ? NAME_CELLS : names;
    for (size_t s = 0; s < drawing->series.count; s++) {
        size_t n = 0, first = NAME_NONE, last = 0;
        double low = INFINITY, high = -INFINITY;
        for (size_t i = 0; i < figure->mark_count; i++)
            if (names_find(&drawing->series, figure->marks[i].series) == s && isfinite(figure->marks[i].x))
                sorted[n++] = &figure->marks[i];
        qsort(sorted, n, sizeof *sorted, by_time);
        add_cells(out, drawing->series.items[s], names, false);
        buffer_char(out, ' ');
        for (size_t i = 0; i < n; i++) {
            if (mark_missing(sorted[i]))
                continue;
            first = first == NAME_NONE ? i : first;
            last = i;
            low = fmin(low, sorted[i]->value);
            high = fmax(high, sorted[i]->value);
        }
        for (size_t i = 0; i < n; i++) {
            double share = high > low ? (sorted[i]->value - low) / (high - low) : 0.5;
            buffer_text(out, mark_missing(sorted[i]) ? "·" : levels[(int)fmin(7, share * 8)]);
        }
        if (first != NAME_NONE) {
            const char *a = mark_label(drawing, sorted[first]), *b = mark_label(drawing, sorted[last]);
            if (a == NULL || b == NULL)
                return out_of_memory(drawing);
            buffer_format(out, " %s %s … %s %s", sorted[first]->label != NULL ? sorted[first]->label : "", a, sorted[last]->label != NULL ? sorted[last]->label : "", b);
        }
        buffer_char(out, '\n');
    }
    return E_OK;
}

int terminal_draw(struct drawing *drawing, enum figure_shape shape, int columns, struct buffer *out)
{
    const struct figure *figure = drawing->figure;
    const struct words *words = drawing->words;
    const char *unit = figure->unit != NULL ? figure->unit : "", *note = marks_note(drawing);
    if (figure->title != NULL)
        buffer_format(out, "%s\n", figure->title);
    if (figure->subtitle != NULL || unit[0] != '\0')
        buffer_format(out, "%s%s%s%s%s\n", figure->subtitle != NULL ? figure->subtitle : "", figure->subtitle != NULL && unit[0] != '\0' ? "　" : "",
                      unit[0] != '\0' ? words->unit : "", unit[0] != '\0' ? drawing->scale.prefix : "", unit);
    int code = shape == SHAPE_COURSE ? sparks_draw(drawing, out) : bars_draw(drawing, columns, out);
    if (code == E_OK && figure->source_note != NULL)
        buffer_format(out, "%s%s\n", strstr(figure->source_note, "来源") != NULL ? "" : words->source, figure->source_note);
    if (code == E_OK && (note == NULL || out->failed || drawing->arena->failed))
        code = out_of_memory(drawing);
    return code;
}
