/* vector.c — from libplot's SVG and PostScript to files that stand alone.
 *
 * libplot's SVG says ISO-8859-1, measures in inches, maps everything to a unit square and knows no names; its PostScript
 * carries the time of day and a bounding box of the ink, and has no compound paths. Both drivers write line by line, so the
 * repairs are line by line: a new head, the drawing untouched except for the names that canvas_tag gave and the contours
 * of a glyph brought together, the same tail. */
#include "plots/vector.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static void add_escaped(struct buffer *out, const char *text)
{
    for (; *text != '\0'; text++)
        switch (*text) {
        case '&': buffer_text(out, "&amp;"); break;
        case '<': buffer_text(out, "&lt;"); break;
        case '>': buffer_text(out, "&gt;"); break;
        case '"': buffer_text(out, "&quot;"); break;
        default: buffer_char(out, *text);
        }
}

static const char *find(const char *text, const char *end, const char *what)
{
    return memmem(text, (size_t)(end - text), what, strlen(what));
}

bool svg_finish(const char *raw, size_t raw_size, double width, double height, const char *title, const char *description,
                const struct tag *tags, size_t tag_count, size_t element_count, struct buffer *out)
{
    const char *end = raw + raw_size;
    const char *group = find(raw, end, "<g id=\"content\"");
    const char *style = group == NULL ? NULL : find(group, end, " stroke=");
    const char *style_end = style == NULL ? NULL : find(style, end, " font-style=");
    const char *line = style_end == NULL ? NULL : find(style_end, end, ">\n");
    if (line == NULL)
        return false;
    line += 2;
    buffer_format(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" "
                  "width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n<title>", width, height, width, height);
    add_escaped(out, title != NULL ? title : "");
    buffer_text(out, "</title>\n");
    if (description != NULL && description[0] != '\0') {
        buffer_text(out, "<desc>");
        add_escaped(out, description);
        buffer_text(out, "</desc>\n");
    }
    buffer_text(out, "<g");  /* without libplot's map to the unit square */
    buffer_add(out, style, (size_t)(style_end - style));
    buffer_text(out, ">\n");
    size_t element = 0, next = 0;
    while (line < end && strncmp(line, "</g>", 4) != 0) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        const char *name_end = line;
        if (stop == NULL)
            return false;
        while (name_end < stop && *name_end != ' ')
            name_end++;
        if (next < tag_count && tags[next].element == element && stop - line > 3 && strncmp(stop - 2, "/>", 2) == 0) {
            buffer_add(out, line, (size_t)(name_end - line));
            buffer_format(out, " class=\"%s\"", tags[next].class);
            const char *body_end = stop - 2;
            while (body_end > name_end && body_end[-1] == ' ')
                body_end--;
            buffer_add(out, name_end, (size_t)(body_end - name_end));
            if (tags[next].title != NULL) {
                buffer_text(out, "><title>");
                add_escaped(out, tags[next].title);
                buffer_text(out, "</title></");
                buffer_add(out, line + 1, (size_t)(name_end - line - 1));
                buffer_text(out, ">\n");
            } else {
                buffer_text(out, "/>\n");
            }
            next++;
        } else {
            buffer_add(out, line, (size_t)(stop + 1 - line));
        }
        element++;
        line = stop + 1;
    }
    buffer_text(out, "</g>\n</svg>\n");
    return line < end && next == tag_count && element == element_count;
}

static const char *line_after(const char *line, const char *end)
{
    const char *stop = memchr(line, '\n', (size_t)(end - line));
    return stop == NULL ? end : stop + 1;
}

static bool starts(const char *line, const char *end, const char *with)
{
    size_t size = strlen(with);
    return (size_t)(end - line) >= size && memcmp(line, with, size) == 0;
}

/* One object of the PostScript driver: "Begin %I Poly", attributes, "%I 3", 3 lines of "x y", "3 Poly", "End". */
struct ps_object {
    const char *start, *points, *points_end, *end;   /* points: NULL when it is no list of points */
    bool continued;
};

static struct ps_object object_read(const char *line, const char *end)
{
    struct ps_object object = {.start = line};
    bool path = starts(line, end, "Begin %I Poly") || starts(line, end, "Begin %I MLine");
    for (line = line_after(line, end); line < end && !starts(line, end, "End"); line = line_after(line, end)) {
        if (starts(line, end, "2 setlinecap"))
            object.continued = true;
        if (path && object.points == NULL && starts(line, end, "%I ") && line[3] >= '0' && line[3] <= '9')
            object.points = object.points_end = line_after(line, end);
        else if (object.points != NULL && line_after(line_after(line, end), end) < end && !starts(line_after(line, end), end, "End"))
            object.points_end = line_after(line, end);
    }
    object.end = line_after(line, end);
    return object;
}

static void add_contour(struct buffer *out, const struct ps_object *object)
{
    const char *operation = " M\n";
    for (const char *line = object->points; line != NULL && line < object->points_end;) {
        const char *next = line_after(line, object->points_end);
        buffer_add(out, line, (size_t)(next - 1 - line));
        buffer_text(out, operation);
        operation = " L\n";
        line = next;
    }
    buffer_text(out, "H\n");
}

/* Writes an object, together with those that continue it; returns where the next one may stand. */
static const char *object_write(struct buffer *out, const char *line, const char *end)
{
    struct ps_object object = object_read(line, end);
    const char *next = object.end, *gap = next;
    bool joined = false;
    while (object.points != NULL) {
        while (gap < end && *gap == '\n')
            gap++;
        if (!starts(gap, end, "Begin %I "))
            break;
        struct ps_object more = object_read(gap, end);
        if (!more.continued)
            break;
        if (!joined) {
            buffer_add(out, object.start, (size_t)(object.points - object.start));
            buffer_text(out, "newpath\n");
            add_contour(out, &object);
        }
        joined = true;
        add_contour(out, &more);
        gap = next = more.end;
    }
    if (joined)
        buffer_text(out, "ifill\nEnd\n");
    else
        buffer_add(out, object.start, (size_t)(object.end - object.start));
    return next;
}

bool ps_finish(const char *raw, size_t raw_size, double width, double height, const char *title, struct buffer *out)
{
    const char *end = raw + raw_size, *line = raw;
    bool plain = title != NULL && title[0] != '\0', boxed = false;
    for (const char *c = title; plain && *c != '\0'; c++)
        plain = *c >= ' ' && *c <= '~';  /* the head promises Clean7Bit */
    if (!starts(raw, end, "%!PS"))
        return false;
    while (line < end) {
        const char *stop = line_after(line, end);
        if (starts(line, end, "Begin %I ")) {
            line = object_write(out, line, end);
            continue;
        }
        if (starts(line, end, "%%CreationDate:")) {
            /* the same figure is to give the same bytes */
        } else if (starts(line, end, "/none null def")) {  /* the head of libplot's procedures */
            buffer_add(out, line, (size_t)(stop - line));
            buffer_text(out, "/M { moveto } def\n/L { lineto } def\n/H { closepath } def\n");
        } else if (starts(line, end, "%%Title:")) {
            buffer_format(out, "%%%%Title: %s\n", plain ? title : "figure");
        } else if (starts(line, end, "%%BoundingBox: ") || starts(line, end, "%%PageBoundingBox: ")) {
            /* the page with its margins, not only the ink; 72 pt to 96 px */
            buffer_add(out, line, (size_t)(strchr(line, ':') - line));
            buffer_format(out, ": 0 0 %.0f %.0f\n", ceil(width * 0.75), ceil(height * 0.75));
            boxed = true;
        } else {
            buffer_add(out, line, (size_t)(stop - line));
        }
        line = stop;
    }
    return boxed;
}
