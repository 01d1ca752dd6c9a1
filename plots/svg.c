/* svg.c — from libplot's SVG to a file that stands alone.
 *
 * libplot's SVG says ISO-8859-1, measures in inches, maps everything to a unit square and knows no names. It is written
 * line by line, one element a line, so the repairs are line by line: a new head, the drawing untouched except for the names
 * that canvas_tag gave and the strings that stand for libplot's labels, the same tail. */
#include "plots/vector.h"

#include "data/base/utf8.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void add_escaped(struct buffer *out, const char *text)
{
    size_t plain;
    for (; *text != '\0'; text++) {
        if ((plain = strcspn(text, "&<>\"")) > 0) {
            buffer_add(out, text, plain);
            text += plain - 1;
            continue;
        }
        buffer_text(out, *text == '&' ? "&amp;" : *text == '<' ? "&lt;" : *text == '>' ? "&gt;" : "&quot;");
    }
}

static void add_attribute(struct buffer *out, const char *name, const char *value)
{
    if (value == NULL)
        return;
    buffer_format(out, " %s=\"", name);
    add_escaped(out, value);
    buffer_char(out, '"');
}

/* A number with two decimals at most, without zeros at its end: quicker than printf, and enough for px. */
static void add_number(struct buffer *out, double value)
{
    char digits[24];
    int used = sizeof digits;
    long long hundredths = llround(fabs(value) * 100);
    if (!(fabs(value) < 1e12)) {
        buffer_format(out, "%.6g", value);
        return;
    }
    if (value < 0 && hundredths > 0)
        buffer_char(out, '-');
    long long whole = hundredths / 100, rest = hundredths % 100;
    if (rest != 0) {
        if (rest % 10 != 0)
            digits[--used] = (char)('0' + rest % 10);
        digits[--used] = (char)('0' + rest / 10);
        digits[--used] = '.';
    }
    do
        digits[--used] = (char)('0' + whole % 10);
    while ((whole /= 10) > 0);
    buffer_add(out, digits + used, sizeof digits - (size_t)used);
}

static void add_numbered(struct buffer *out, const char *name, double value)
{
    buffer_char(out, ' ');
    buffer_text(out, name);
    buffer_add(out, "=\"", 2);
    add_number(out, value);
    buffer_char(out, '"');
}

static const char *find(const char *text, const char *end, const char *what)
{
    return memmem(text, (size_t)(end - text), what, strlen(what));
}

const char *svg_body(const struct vector_drawing *drawing, const char **style, const char **style_end)
{
    const char *end = drawing->raw + drawing->raw_size;
    const char *group = find(drawing->raw, end, "<g id=\"content\"");
    *style = group == NULL ? NULL : find(group, end, " stroke=");
    *style_end = *style == NULL ? NULL : find(*style, end, " font-style=");
    const char *line = *style_end == NULL ? NULL : find(*style_end, end, ">\n");
    return line == NULL ? NULL : line + 2;
}

const char *svg_element_read(const char *line, const char *end, struct svg_element *element)
{
    const char *stop = line < end ? memchr(line, '\n', (size_t)(end - line)) : NULL;
    *element = (struct svg_element){.name = stop == NULL ? NULL : line};
    if (stop == NULL || stop - line < 4 || (size_t)(stop - line) >= SIZE_MAX / 2 || strncmp(line, "</g>", 4) == 0)
        return NULL;
    element->name_end = line;
    while (element->name_end < stop && *element->name_end != ' ')
        element->name_end++;
    element->attributes = element->name_end;
    element->attributes_end = stop - 1;   /* before ">" or, of a text, wherever it ends */
    if (stop[-2] == '/')
        element->attributes_end--;
    while (element->attributes_end > element->attributes && element->attributes_end[-1] == ' ')
        element->attributes_end--;
    return stop + 1;
}

static void add_tag_attributes(struct buffer *out, const struct tag *tag)
{
    add_attribute(out, "class", tag->class);
    if (tag->mark == NULL)
        return;
    add_attribute(out, "data-label", tag->mark->label);
    add_attribute(out, "data-series", tag->mark->series);
    add_attribute(out, "data-panel", tag->mark->panel);
    add_attribute(out, "data-observation", tag->mark->observation);
}

static void add_run(struct buffer *out, const struct tag *tag)
{
    const struct text_run *run = tag->run;
    uint32_t point;
    size_t length = strlen(run->string);
    buffer_text(out, "<text");
    add_tag_attributes(out, tag);
    add_numbered(out, "x", run->x);
    add_numbered(out, "y", run->y);
    add_numbered(out, "font-size", run->size);
    buffer_format(out, " stroke=\"none\" fill=\"#%02x%02x%02x\"", run->colour.red, run->colour.green, run->colour.blue);
    if (run->bold)
        buffer_text(out, " font-weight=\"bold\"");
    if (run->degrees != 0) {
        buffer_format(out, " transform=\"rotate(");
        add_number(out, -run->degrees);
        buffer_char(out, ' ');
        add_number(out, run->x);
        buffer_char(out, ' ');
        add_number(out, run->y);
        buffer_text(out, ")\"");
    }
    if (length > 0 && (size_t)abs(utf8_decode((const unsigned char *)run->string, length, &point)) < length) {
        add_numbered(out, "textLength", run->width);   /* of more than one character: there is something to adjust */
        buffer_text(out, " lengthAdjust=\"spacingAndGlyphs\"");
    }
    buffer_char(out, '>');
    if (tag->title != NULL) {
        buffer_text(out, "<title>");
        add_escaped(out, tag->title);
        buffer_text(out, "</title>");
    }
    add_escaped(out, run->string);
    buffer_text(out, "</text>\n");
}

static void add_named(struct buffer *out, const struct tag *tag, const struct svg_element *element)
{
    const char *source = tag->mark != NULL ? tag->mark->source : NULL;
    buffer_add(out, element->name, (size_t)(element->name_end - element->name));
    add_tag_attributes(out, tag);
    buffer_add(out, element->attributes, (size_t)(element->attributes_end - element->attributes));
    if (tag->title == NULL && source == NULL) {
        buffer_text(out, "/>\n");
        return;
    }
    buffer_char(out, '>');
    if (tag->title != NULL) {
        buffer_text(out, "<title>");
        add_escaped(out, tag->title);
        buffer_text(out, "</title>");
    }
    if (source != NULL) {
        buffer_text(out, "<desc>");
        add_escaped(out, source);
        buffer_text(out, "</desc>");
    }
    buffer_text(out, "</");
    buffer_add(out, element->name + 1, (size_t)(element->name_end - element->name - 1));
    buffer_text(out, ">\n");
}

static void add_head(struct buffer *out, const struct vector_drawing *drawing, const char *style, size_t style_size)
{
    buffer_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\"");
    add_numbered(out, "width", drawing->width * drawing->zoom);
    add_numbered(out, "height", drawing->height * drawing->zoom);
    buffer_text(out, " viewBox=\"0 0 ");
    add_number(out, drawing->width);
    buffer_char(out, ' ');
    add_number(out, drawing->height);
    buffer_char(out, '"');
    add_attribute(out, "xml:lang", drawing->language);
    buffer_text(out, " role=\"img\">\n<title>");
    add_escaped(out, drawing->title != NULL ? drawing->title : "");
    buffer_text(out, "</title>\n");
    if (drawing->description != NULL && drawing->description[0] != '\0') {
        buffer_text(out, "<desc>");
        add_escaped(out, drawing->description);
        buffer_text(out, "</desc>\n");
    }
    buffer_text(out, "<g");  /* without libplot's map to the unit square */
    buffer_add(out, style, style_size);
    add_attribute(out, "font-family", drawing->family);
    buffer_text(out, ">\n");
}

bool svg_finish(const struct vector_drawing *drawing, struct buffer *out)
{
    const char *end = drawing->raw + drawing->raw_size, *style, *style_end, *line = svg_body(drawing, &style, &style_end), *after;
    struct svg_element element;
    size_t count = 0, next = 0;
    if (line == NULL)
        return false;
    add_head(out, drawing, style, (size_t)(style_end - style));
    for (; (after = svg_element_read(line, end, &element)) != NULL; line = after, count++) {
        const struct tag *tag = next < drawing->tag_count && drawing->tags[next].element == count ? &drawing->tags[next++] : NULL;
        bool label = strncmp(element.name, "<text ", 6) == 0;
        if (label != (tag != NULL && tag->run != NULL))
            return false;
        if (label)
            add_run(out, tag);
        else if (tag != NULL && after[-3] == '/')
            add_named(out, tag, &element);
        else
            buffer_add(out, line, (size_t)(after - line));
    }
    buffer_text(out, "</g>\n</svg>\n");
    return element.name != NULL && next == drawing->tag_count && count == drawing->element_count;
}
