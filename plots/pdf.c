/* pdf.c — a one-page PDF from libplot's SVG, for which libplot has no driver of its own.
 *
 * Each SVG element becomes the same path in PDF's operators (ISO 32000-1, 8.5). Texts become text: the characters of a
 * figure make Type 3 fonts (9.6.5), whose glyphs are the outlines that the layout was measured with, with a ToUnicode map
 * (9.10.3), so that they can be selected and searched and look the same everywhere. Nothing carries a date: the same figure
 * gives the same bytes. */
#include "plots/vector.h"

#include "data/base/utf8.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define FONT_GLYPHS 255          /* codes 1 to 255 */
#define CURVE_ARC 0.5522847498   /* of a quarter of a circle by one cubic */
#define FIRST_GLYPH_OBJECT 6     /* 1 catalog, 2 pages, 3 page, 4 contents, 5 information */

struct pdf {
    const struct vector_drawing *drawing;
    struct buffer *out;
    struct buffer content;
    uint32_t *glyphs;            /* character * 2 + bold, in the order of their codes */
    size_t glyph_count, glyph_capacity;
    size_t *offsets;             /* of objects 1 … in the file */
    size_t object_count, object_capacity;
    bool failed;
};

/* ---- objects ---- */

static void object_start(struct pdf *pdf, size_t number)
{
    if (number >= pdf->object_capacity) {
        size_t capacity = number + 256;
        size_t *offsets = reallocarray(pdf->offsets, capacity, sizeof *offsets);
        if (offsets == NULL) {
            pdf->failed = true;
            return;
        }
        pdf->offsets = offsets;
        pdf->object_capacity = capacity;
    }
    pdf->offsets[number] = pdf->out->size;
    if (number > pdf->object_count)
        pdf->object_count = number;
    buffer_format(pdf->out, "%zu 0 obj\n", number);
}

static void stream_object(struct pdf *pdf, size_t number, const struct buffer *body)
{
    uLongf size = compressBound(body->size);
    unsigned char *packed = malloc(size);
    object_start(pdf, number);
    if (packed == NULL || body->failed || compress2(packed, &size, (const unsigned char *)body->bytes, body->size, 6) != Z_OK) {
        pdf->failed = true;
    } else if (size + 20 < body->size) {
        buffer_format(pdf->out, "<</Length %lu/Filter/FlateDecode>>stream\n", (unsigned long)size);
        buffer_add(pdf->out, packed, size);
    } else {
        buffer_format(pdf->out, "<</Length %zu>>stream\n", body->size);
        buffer_add(pdf->out, body->bytes, body->size);
    }
    buffer_text(pdf->out, "\nendstream\nendobj\n");
    free(packed);
}

/* A string as PDF wants it outside of pages: UTF-16BE in hexadecimal. */
static void add_utf16(struct buffer *out, uint32_t point)
{
    if (point >= 0x10000)
        buffer_format(out, "%04X%04X", 0xD800 + ((point - 0x10000) >> 10), 0xDC00 + ((point - 0x10000) & 0x3FF));
    else
        buffer_format(out, "%04X", (unsigned)point);
}

static void add_text_string(struct buffer *out, const char *text)
{
    size_t length = strlen(text);
    buffer_text(out, "<FEFF");
    for (size_t i = 0; i < length;) {
        uint32_t point;
        i += (size_t)abs(utf8_decode((const unsigned char *)text + i, length - i, &point));
        add_utf16(out, point);
    }
    buffer_char(out, '>');
}

/* ---- attributes of an element ---- */

static const char *attribute(const struct svg_element *element, const char *name)
{
    const char *at = element->attributes;
    size_t size = strlen(name);
    for (; at + size < element->attributes_end; at++)
        if (*at == ' ' && memcmp(at + 1, name, size) == 0)
            return at + 1 + size;
    return NULL;
}

static double number(const struct svg_element *element, const char *name, double otherwise)
{
    const char *at = attribute(element, name);
    return at == NULL ? otherwise : strtod(at, NULL);
}

/* The paint of fill=" or stroke=": libplot writes #rrggbb, or one of HTML's sixteen names. False: none. */
static bool paint(const struct svg_element *element, const char *name, struct colour *colour)
{
    static const struct {
        const char *name;
        struct colour colour;
    } named[] = {
        {"black", {0, 0, 0}}, {"white", {255, 255, 255}}, {"red", {255, 0, 0}}, {"green", {0, 128, 0}}, {"blue", {0, 0, 255}},
        {"yellow", {255, 255, 0}}, {"aqua", {0, 255, 255}}, {"cyan", {0, 255, 255}}, {"fuchsia", {255, 0, 255}},
        {"magenta", {255, 0, 255}}, {"gray", {128, 128, 128}}, {"silver", {192, 192, 192}}, {"maroon", {128, 0, 0}},
        {"purple", {128, 0, 128}}, {"lime", {0, 255, 0}}, {"olive", {128, 128, 0}}, {"navy", {0, 0, 128}}, {"teal", {0, 128, 128}},
    };
    const char *at = attribute(element, name);
    if (at == NULL || strncmp(at, "none\"", 5) == 0)
        return false;
    if (*at == '#') {
        unsigned long value = strtoul(at + 1, NULL, 16);
        *colour = (struct colour){(unsigned char)(value >> 16), (unsigned char)(value >> 8 & 255), (unsigned char)(value & 255)};
        return true;
    }
    *colour = (struct colour){0, 0, 0};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (strncmp(at, named[i].name, strlen(named[i].name)) == 0 && at[strlen(named[i].name)] == '"')
            *colour = named[i].colour;
    return true;
}

static void add_colour(struct buffer *out, struct colour colour, const char *operation)
{
    buffer_format(out, "%.4g %.4g %.4g %s\n", colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0, operation);
}

/* ---- paths ---- */

/* SVG's path data as libplot writes it: M L H V Q C Z, absolute. */
static void add_path(struct buffer *out, const char *d)
{
    double x = 0, y = 0, n[6];
    while (*d != '"' && *d != '\0') {
        char command = *d++;
        int wanted = command == 'M' || command == 'L' ? 2 : command == 'H' || command == 'V' ? 1 : command == 'Q' ? 4 : command == 'C' ? 6 : 0;
        if (command == ' ')
            continue;
        for (int i = 0; i < wanted; i++) {
            char *end;
            while (*d == ',' || *d == ' ')
                d++;
            n[i] = strtod(d, &end);
            d = end;
        }
        switch (command) {
        case 'M': buffer_format(out, "%.6g %.6g m\n", x = n[0], y = n[1]); break;
        case 'L': buffer_format(out, "%.6g %.6g l\n", x = n[0], y = n[1]); break;
        case 'H': buffer_format(out, "%.6g %.6g l\n", x = n[0], y); break;
        case 'V': buffer_format(out, "%.6g %.6g l\n", x, y = n[0]); break;
        case 'Q':   /* the same curve as a cubic */
            buffer_format(out, "%.6g %.6g %.6g %.6g %.6g %.6g c\n", x + 2 * (n[0] - x) / 3, y + 2 * (n[1] - y) / 3,
                          n[2] + 2 * (n[0] - n[2]) / 3, n[3] + 2 * (n[1] - n[3]) / 3, n[2], n[3]);
            x = n[2], y = n[3];
            break;
        case 'C':
            buffer_format(out, "%.6g %.6g %.6g %.6g %.6g %.6g c\n", n[0], n[1], n[2], n[3], n[4], n[5]);
            x = n[4], y = n[5];
            break;
        case 'Z': buffer_text(out, "h\n"); break;
        default: return;
        }
    }
}

static void add_points(struct buffer *out, const char *points, bool closed)
{
    char *end;
    for (bool first = true; points != NULL && *points != '"'; first = false) {
        double x = strtod(points, &end), y = strtod(end + (*end == ','), &end);
        if (end == points)
            break;
        buffer_format(out, "%.6g %.6g %c\n", x, y, first ? 'm' : 'l');
        points = end + strspn(end, " ");
    }
    if (closed)
        buffer_text(out, "h\n");
}

static void add_circle(struct buffer *out, double x, double y, double r)
{
    double k = r * CURVE_ARC;
    buffer_format(out, "%.6g %.6g m\n%.6g %.6g %.6g %.6g %.6g %.6g c\n", x + r, y, x + r, y + k, x + k, y + r, x, y + r);
    buffer_format(out, "%.6g %.6g %.6g %.6g %.6g %.6g c\n", x - k, y + r, x - r, y + k, x - r, y);
    buffer_format(out, "%.6g %.6g %.6g %.6g %.6g %.6g c\n", x - r, y - k, x - k, y - r, x, y - r);
    buffer_format(out, "%.6g %.6g %.6g %.6g %.6g %.6g c\nh\n", x + k, y - r, x + r, y - k, x + r, y);
}

static bool is(const struct svg_element *element, const char *name)
{
    return (size_t)(element->name_end - element->name) == strlen(name) && memcmp(element->name, name, strlen(name)) == 0;
}

/* False: an element that libplot does not write. */
static bool add_element(struct buffer *out, const struct svg_element *e)
{
    struct colour fill, line;
    bool filled = paint(e, "fill=\"", &fill), stroked = paint(e, "stroke=\"", &line);
    const char *transform = attribute(e, "transform=\""), *dashes = attribute(e, "stroke-dasharray=\"");
    if (transform != NULL)
        buffer_text(out, "q\n");
    if (transform != NULL && strncmp(transform, "matrix(", 7) == 0) {
        char *at = (char *)transform + 7;
        for (int i = 0; i < 6; i++)
            buffer_format(out, "%.6g ", strtod(at, &at));
        buffer_text(out, "cm\n");
    } else if (transform != NULL) {   /* translate(x,y) scale(a,b), either of them alone too */
        const char *move = strstr(transform, "translate("), *scale = strstr(transform, "scale(");
        double m[4] = {0, 0, 1, 1};
        char *at;
        if (move != NULL && move < e->attributes_end)
            m[0] = strtod(move + 10, &at), m[1] = *at == ',' ? strtod(at + 1, NULL) : 0;
        if (scale != NULL && scale < e->attributes_end)
            m[2] = strtod(scale + 6, &at), m[3] = *at == ',' ? strtod(at + 1, NULL) : m[2];
        buffer_format(out, "%.6g 0 0 %.6g %.6g %.6g cm\n", m[2], m[3], m[0], m[1]);
    }
    if (filled)
        add_colour(out, fill, "rg");
    if (stroked) {
        add_colour(out, line, "RG");
        buffer_format(out, "%.4g w\n", number(e, "stroke-width=\"", 1));
        if (dashes != NULL && *dashes != 'n')
            buffer_text(out, "[4 3] 0 d\n");
    }
    if (is(e, "<rect"))
        buffer_format(out, "%.6g %.6g %.6g %.6g re\n", number(e, "x=\"", 0), number(e, "y=\"", 0), number(e, "width=\"", 0),
                      number(e, "height=\"", 0));
    else if (is(e, "<circle"))
        add_circle(out, number(e, "cx=\"", 0), number(e, "cy=\"", 0), number(e, "r=\"", 0));
    else if (is(e, "<line"))
        buffer_format(out, "%.6g %.6g m\n%.6g %.6g l\n", number(e, "x1=\"", 0), number(e, "y1=\"", 0), number(e, "x2=\"", 0),
                      number(e, "y2=\"", 0));
    else if (is(e, "<polyline") || is(e, "<polygon"))
        add_points(out, attribute(e, "points=\""), is(e, "<polygon"));
    else if (is(e, "<path"))
        add_path(out, attribute(e, "d=\"") != NULL ? attribute(e, "d=\"") : "");
    else
        return false;
    /* nonzero is what glyphs and most marks say; without a rule SVG's group has even-odd */
    const char *rule = attribute(e, "fill-rule=\"");
    bool nonzero = rule != NULL && *rule == 'n';
    buffer_text(out, filled && stroked ? nonzero ? "B\n" : "B*\n" : filled ? nonzero ? "f\n" : "f*\n" : stroked ? "S\n" : "n\n");
    if (stroked && dashes != NULL && *dashes != 'n')
        buffer_text(out, "[] 0 d\n");
    if (transform != NULL)
        buffer_text(out, "Q\n");
    return true;
}

/* ---- text ---- */

/* The number of a glyph, counted from 0 over all fonts. */
static size_t glyph_number(struct pdf *pdf, uint32_t key)
{
    for (size_t i = 0; i < pdf->glyph_count; i++)   /* some hundred at most in a figure that can be read */
        if (pdf->glyphs[i] == key)
            return i;
    if (pdf->glyph_count == pdf->glyph_capacity) {
        size_t capacity = pdf->glyph_capacity == 0 ? 256 : pdf->glyph_capacity * 2;
        uint32_t *glyphs = reallocarray(pdf->glyphs, capacity, sizeof *glyphs);
        if (glyphs == NULL) {
            pdf->failed = true;
            return 0;
        }
        pdf->glyphs = glyphs;
        pdf->glyph_capacity = capacity;
    }
    pdf->glyphs[pdf->glyph_count] = key;
    return pdf->glyph_count++;
}

static void add_run(struct pdf *pdf, const struct text_run *run)
{
    struct buffer *out = &pdf->content;
    size_t length = strlen(run->string), font = SIZE_MAX;
    double angle = run->degrees * M_PI / 180, c = cos(angle), s = sin(angle);
    add_colour(out, run->colour, "rg");
    buffer_format(out, "BT\n%.6g %.6g %.6g %.6g %.6g %.6g Tm\n", c, -s, -s, -c, run->x, run->y);
    for (size_t i = 0; i < length;) {
        uint32_t point;
        i += (size_t)abs(utf8_decode((const unsigned char *)run->string + i, length - i, &point));
        size_t glyph = glyph_number(pdf, point * 2 + (run->bold ? 1 : 0));
        if (glyph / FONT_GLYPHS != font) {
            if (font != SIZE_MAX)
                buffer_text(out, "> Tj\n");
            font = glyph / FONT_GLYPHS;
            buffer_format(out, "/F%zu %.6g Tf\n<", font, run->size);
        }
        buffer_format(out, "%02X", (unsigned)(glyph % FONT_GLYPHS + 1));
    }
    buffer_text(out, font == SIZE_MAX ? "ET\n" : "> Tj\nET\n");
}

static void glyph_object(struct pdf *pdf, size_t object, uint32_t key)
{
    struct buffer body = {0};
    const struct glyph *glyph = text_glyph(pdf->drawing->text, key / 2, key % 2 == 1);
    double x = 0, y = 0;
    buffer_format(&body, "%.6g 0 -2048 -2048 6144 4096 d1\n", glyph->advance);
    for (size_t i = 0; i < glyph->count; i++) {
        const struct outline *o = &glyph->outlines[i];
        switch (o->kind) {
        case OUTLINE_MOVE: buffer_format(&body, "%.6g %.6g m\n", o->x[0], o->y[0]); break;
        case OUTLINE_LINE: buffer_format(&body, "%.6g %.6g l\n", o->x[0], o->y[0]); break;
        case OUTLINE_QUADRATIC:
            buffer_format(&body, "%.6g %.6g %.6g %.6g %.6g %.6g c\n", x + 2 * (o->x[0] - x) / 3, y + 2 * (o->y[0] - y) / 3,
                          o->x[1] + 2 * (o->x[0] - o->x[1]) / 3, o->y[1] + 2 * (o->y[0] - o->y[1]) / 3, o->x[1], o->y[1]);
            break;
        case OUTLINE_CUBIC:
            buffer_format(&body, "%.6g %.6g %.6g %.6g %.6g %.6g c\n", o->x[0], o->y[0], o->x[1], o->y[1], o->x[2], o->y[2]);
            break;
        }
        int last = o->kind == OUTLINE_CUBIC ? 2 : o->kind == OUTLINE_QUADRATIC ? 1 : 0;
        x = o->x[last];
        y = o->y[last];
    }
    if (glyph->count > 0)
        buffer_text(&body, "f\n");
    stream_object(pdf, object, &body);
    buffer_free(&body);
}

/* Glyphs take the objects from FIRST_GLYPH_OBJECT on; each font two after them, itself and its map to Unicode. */
static void font_objects(struct pdf *pdf, size_t font, size_t object)
{
    size_t first = font * FONT_GLYPHS, n = pdf->glyph_count - first < FONT_GLYPHS ? pdf->glyph_count - first : FONT_GLYPHS;
    struct buffer map = {0};
    object_start(pdf, object);
    buffer_text(pdf->out, "<</Type/Font/Subtype/Type3/FontBBox[-2048 -2048 6144 4096]/FontMatrix[0.00048828125 0 0 0.00048828125 0 0]"
                "/Resources<<>>/CharProcs<<");
    for (size_t i = 0; i < n; i++)
        buffer_format(pdf->out, "/g%zu %zu 0 R", i + 1, FIRST_GLYPH_OBJECT + first + i);
    buffer_text(pdf->out, ">>/Encoding<</Type/Encoding/Differences[1");
    for (size_t i = 0; i < n; i++)
        buffer_format(pdf->out, "/g%zu", i + 1);
    buffer_format(pdf->out, "]>>/FirstChar 1/LastChar %zu/Widths[", n);
    for (size_t i = 0; i < n; i++)
        buffer_format(pdf->out, "%.6g ", text_glyph(pdf->drawing->text, pdf->glyphs[first + i] / 2, pdf->glyphs[first + i] % 2 == 1)->advance);
    buffer_format(pdf->out, "]/ToUnicode %zu 0 R>>\nendobj\n", object + 1);
    buffer_text(&map, "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                "/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n1 begincodespacerange<00><FF>endcodespacerange\n");
    for (size_t i = 0; i < n; i++) {
        if (i % 100 == 0)
            buffer_format(&map, "%zu beginbfchar\n", n - i < 100 ? n - i : (size_t)100);
        buffer_format(&map, "<%02zX><", i + 1);
        add_utf16(&map, pdf->glyphs[first + i] / 2);
        buffer_text(&map, ">\n");
        if (i % 100 == 99 || i + 1 == n)
            buffer_text(&map, "endbfchar\n");
    }
    buffer_text(&map, "endcmap CMapName currentdict/CMap defineresource pop end end\n");
    stream_object(pdf, object + 1, &map);
    buffer_free(&map);
}

/* ---- the file ---- */

static void file_write(struct pdf *pdf)
{
    const struct vector_drawing *d = pdf->drawing;
    size_t fonts = (pdf->glyph_count + FONT_GLYPHS - 1) / FONT_GLYPHS, first_font = FIRST_GLYPH_OBJECT + pdf->glyph_count;
    buffer_text(pdf->out, "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n");
    object_start(pdf, 1);
    buffer_format(pdf->out, "<</Type/Catalog/Pages 2 0 R/Lang(%s)>>\nendobj\n", d->language != NULL ? d->language : "zh");
    object_start(pdf, 2);
    buffer_text(pdf->out, "<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n");
    object_start(pdf, 3);
    buffer_format(pdf->out, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.6g %.6g]/Contents 4 0 R/Resources<</Font<<", d->width * d->zoom * 0.75,
                  d->height * d->zoom * 0.75);
    for (size_t i = 0; i < fonts; i++)
        buffer_format(pdf->out, "/F%zu %zu 0 R", i, first_font + 2 * i);
    buffer_text(pdf->out, ">>>>>>\nendobj\n");
    stream_object(pdf, 4, &pdf->content);
    object_start(pdf, 5);
    buffer_text(pdf->out, "<</Title");
    add_text_string(pdf->out, d->title != NULL ? d->title : "");
    buffer_text(pdf->out, "/Subject");
    add_text_string(pdf->out, d->description != NULL ? d->description : "");
    buffer_text(pdf->out, "/Creator(zhibiao)>>\nendobj\n");
    for (size_t i = 0; i < pdf->glyph_count; i++)
        glyph_object(pdf, FIRST_GLYPH_OBJECT + i, pdf->glyphs[i]);
    for (size_t i = 0; i < fonts; i++)
        font_objects(pdf, i, first_font + 2 * i);
    size_t table = pdf->out->size;
    if (pdf->failed)
        return;
    buffer_format(pdf->out, "xref\n0 %zu\n0000000000 65535 f \n", pdf->object_count + 1);
    for (size_t i = 1; i <= pdf->object_count; i++)
        buffer_format(pdf->out, "%010zu 00000 n \n", pdf->offsets[i]);
    buffer_format(pdf->out, "trailer\n<</Size %zu/Root 1 0 R/Info 5 0 R>>\nstartxref\n%zu\n%%%%EOF\n", pdf->object_count + 1, table);
}

bool pdf_finish(const struct vector_drawing *drawing, struct buffer *out)
{
    struct pdf pdf = {.drawing = drawing, .out = out};
    const char *end = drawing->raw + drawing->raw_size, *style, *style_end, *line = svg_body(drawing, &style, &style_end), *after = NULL;
    struct svg_element element = {0};
    size_t count = 0, next = 0;
    bool good = line != NULL;
    double scale = drawing->zoom * 0.75;
    /* px, y downwards, to pt, y upwards; lines join round */
    buffer_format(&pdf.content, "%.6g 0 0 %.6g 0 %.6g cm\n1 j\n", scale, -scale, drawing->height * scale);
    for (; good && (after = svg_element_read(line, end, &element)) != NULL; line = after, count++) {
        const struct tag *tag = next < drawing->tag_count && drawing->tags[next].element == count ? &drawing->tags[next++] : NULL;
        if (tag != NULL && tag->run != NULL)
            add_run(&pdf, tag->run);
        else
            good = add_element(&pdf.content, &element);
    }
    good = good && element.name != NULL && next == drawing->tag_count && count == drawing->element_count;
    if (good)
        file_write(&pdf);
    if (pdf.failed || pdf.content.failed)
        out->failed = true;
    buffer_free(&pdf.content);
    free(pdf.glyphs);
    free(pdf.offsets);
    return good;
}
