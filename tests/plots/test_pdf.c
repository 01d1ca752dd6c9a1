/* PDF: each element that libplot's SVG driver can write, as the path operators of ISO 32000-1; and what is no drawing of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "plots/text.h"
#include "plots/vector.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static struct text *text;

static int open_text(void **state)
{
    struct error error = {0};
    (void)state;
    return text_open(NULL, &text, &error);
}
static int close_text(void **state)
{
    (void)state;
    text_close(text);
    return 0;
}

#define BODY(elements) "<svg>\n<g id=\"content\" transform=\"\" stroke=\"black\" font-style=\"normal\">\n" elements "</g>\n</svg>\n"

/* The page's operators of a drawing with these elements, to be freed; NULL: refused. */
static char *page_of(const char *raw, size_t count, const struct tag *tags, size_t tag_count)
{
    const struct vector_drawing drawing = {.raw = raw, .raw_size = strlen(raw), .width = 100, .height = 100, .zoom = 1, .element_count = count,
                                           .tags = tags, .tag_count = tag_count, .text = text};
    struct buffer out = {0};
    char *page = NULL;
    if (pdf_finish(&drawing, &out)) {
        assert_false(out.failed);
        assert_memory_equal(out.bytes, "%PDF-1.4\n", 9);
        assert_string_equal(out.bytes + out.size - 6, "%%EOF\n");
        char *object = memmem(out.bytes, out.size, "\n4 0 obj\n", 9);
        assert_non_null(object);
        size_t size = strtoul(strstr(object, "/Length ") + 8, NULL, 10);
        const char *stream = strstr(object, "stream\n") + 7;
        page = calloc(1, 100000);
        if (strstr(object, "/FlateDecode") != NULL && strstr(object, "/FlateDecode") < stream) {
            uLongf room = 99999;
            assert_int_equal(uncompress((unsigned char *)page, &room, (const unsigned char *)stream, size), Z_OK);
        } else {
            memcpy(page, stream, size);
        }
    }
    buffer_free(&out);
    return page;
}

static void test_elements(void **state)
{
    (void)state;
    static const struct {
        const char *element, *want;
    } cases[] = {
        {"<rect x=\"1\" y=\"2\" width=\"3\" height=\"4\" fill=\"#ff0000\"/>", "1 0 0 rg\n1 2 3 4 re\nf*\n"},
        {"<rect x=\"1\" y=\"2\" width=\"3\" height=\"4\" fill=\"none\"/>", "1 2 3 4 re\nn\n"},
        {"<line x1=\"1\" y1=\"2\" x2=\"3\" y2=\"4\" stroke=\"blue\" stroke-width=\"2\"/>", "0 0 1 RG\n2 w\n1 2 m\n3 4 l\nS\n"},
        {"<line x1=\"1\" y1=\"2\" x2=\"3\" y2=\"4\" stroke=\"navy\" stroke-dasharray=\"3,2\"/>", "0 0 0.502 RG\n1 w\n[4 3] 0 d\n1 2 m\n3 4 l\nS\n[] 0 d\n"},
        {"<line x1=\"1\" y1=\"2\" x2=\"3\" y2=\"4\" stroke=\"black\" stroke-dasharray=\"none\"/>", "0 0 0 RG\n1 w\n1 2 m\n3 4 l\nS\n"},
        {"<polyline points=\"1,2 3,4 5,6\" stroke=\"red\"/>", "1 0 0 RG\n1 w\n1 2 m\n3 4 l\n5 6 l\nS\n"},
        {"<polygon points=\"1,2 3,4 5,6\" fill=\"white\" stroke=\"red\"/>", "1 1 1 rg\n1 0 0 RG\n1 w\n1 2 m\n3 4 l\n5 6 l\nh\nB*\n"},
        {"<polygon points=\"1,2 3,4 5,6\" fill=\"white\" stroke=\"red\" fill-rule=\"nonzero\"/>", "1 2 m\n3 4 l\n5 6 l\nh\nB\n"},
        {"<polygon points=\"x\" fill=\"unheard-of\"/>", "0 0 0 rg\nh\nf*\n"},
        {"<path d=\"M1,2 L3,4 H5 V6 C1,2 3,4 5,6 Z\" fill=\"lime\" fill-rule=\"nonzero\"/>",
         "0 1 0 rg\n1 2 m\n3 4 l\n5 4 l\n5 6 l\n1 2 3 4 5 6 c\nh\nf\n"},
        {"<path d=\"M0,0 Q3,3 6,0\" stroke=\"black\"/>", "0 0 m\n2 2 4 2 6 0 c\nS\n"},
        {"<path d=\"M1,2 A3,4\" stroke=\"black\"/>", "1 2 m\nS\n"},   /* arcs are not written; what came before stays */
        {"<path stroke=\"black\"/>", "0 0 0 RG\n1 w\nS\n"},
        {"<circle cx=\"5\" cy=\"5\" r=\"0\" fill=\"black\"/>", "5 5 m\n5 5 5 5 5 5 c\n"},
        {"<rect width=\"1\" height=\"1\" transform=\"matrix(1 2 3 4 5 6)\"/>", "q\n1 2 3 4 5 6 cm\n0 0 1 1 re\nn\nQ\n"},
        {"<rect width=\"1\" height=\"1\" transform=\"translate(7,8) scale(2,3)\"/>", "q\n2 0 0 3 7 8 cm\n0 0 1 1 re\nn\nQ\n"},
        {"<rect width=\"1\" height=\"1\" transform=\"translate(7)\"/>", "q\n1 0 0 1 7 0 cm\n"},
        {"<rect width=\"1\" height=\"1\" transform=\"scale(2)\"/>", "q\n2 0 0 2 0 0 cm\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char raw[1024];
        snprintf(raw, sizeof raw, BODY("%s\n"), cases[i].element);
        char *page = page_of(raw, 1, NULL, 0);
        assert_non_null(page);
        if (strstr(page, cases[i].want) == NULL)
            fail_msg("%s: %s", cases[i].element, page);
        free(page);
    }
}

/* What libplot does not write, or other elements than the canvas drew, is refused rather than left out. */
static void test_refused(void **state)
{
    (void)state;
    static const struct tag late[] = {{.element = 5, .class = "bar"}};
    assert_null(page_of("<svg>\n</svg>\n", 0, NULL, 0));
    assert_null(page_of(BODY("<ellipse rx=\"1\"/>\n"), 1, NULL, 0));
    assert_null(page_of(BODY("<rect width=\"1\"/>\n"), 2, NULL, 0));
    assert_null(page_of(BODY("<rect width=\"1\"/>\n"), 1, late, 1));
    assert_null(page_of("<svg>\n<g id=\"content\" stroke=\"black\" font-style=\"normal\">\n<rect width=\"1\"/>\n", 1, NULL, 0));
}

/* A font holds 255 characters: the 256th of a drawing begins another one, also within a string. */
static void test_many_characters(void **state)
{
    (void)state;
    char string[300 * 3 + 1] = "";
    for (unsigned i = 0, used = 0; i < 300; i++)   /* U+4E00 and on */
        used += (unsigned)snprintf(string + used, sizeof string - used, "%c%c%c", 0xE4, 0xB8 + (int)(i >> 6), 0x80 + (int)(i & 63));
    const struct text_run runs[] = {{.x = 1, .y = 2, .size = 10, .string = string}, {.x = 1, .y = 2, .size = 10, .bold = true, .string = "一"},
                                    {.size = 10, .string = ""}};
    const struct tag tags[] = {{.element = 0, .run = &runs[0]}, {.element = 1, .run = &runs[1]}, {.element = 2, .run = &runs[2]}};
    char *page = page_of(BODY("<text x=\"1\">@</text>\n<text x=\"1\">@</text>\n<text x=\"1\">@</text>\n"), 3, tags, 3);
    assert_non_null(page);
    assert_non_null(strstr(page, "/F0 10 Tf\n<010203"));
    assert_non_null(strstr(page, "FEFF> Tj\n/F1 10 Tf\n<010203"));
    assert_non_null(strstr(page, "/F1 10 Tf\n<2E> Tj\nET\n"));   /* bold is a glyph of its own, the 301st */
    assert_non_null(strstr(page, "Tm\nET\n"));                   /* nothing to show */
    free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_elements),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_many_characters),
    };
    return cmocka_run_group_tests_name("plots/pdf", tests, open_text, close_text);
}
