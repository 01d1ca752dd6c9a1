/* ps.c — from libplot's PostScript to a file that stands alone.
 *
 * libplot's PostScript carries the time of day and a bounding box of the ink, and has no compound paths. The driver writes
 * line by line, so the repairs are line by line: a new head, the drawing untouched except for the contours of a glyph
 * brought together, the same tail. */
#include "plots/vector.h"

#include <math.h>
#include <string.h>

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
    for (const char *line = object->points; line < object->points_end;) {
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
            /* the page with its margins, not only the ink */
            buffer_add(out, line, (size_t)(strchr(line, ':') - line));
            buffer_format(out, ": 0 0 %.0f %.0f\n", ceil(width), ceil(height));
            boxed = true;
        } else {
            buffer_add(out, line, (size_t)(stop - line));
        }
        line = stop;
    }
    return boxed;
}
