/* fuzz_figure.c — any bytes as a figure's JSON or a theme: what is read can be written, read again and drawn as text. */
#include "plots/plot.h"
#include "tests/fuzz/fuzz.h"

static void must_return(const struct figure *figure)
{
    struct buffer first = {0}, second = {0};
    struct arena arena = {0};
    struct figure again;
    struct error error = {0};
    if (figure_write(figure, &first, &error) == E_OK) {
        MUST(figure_read(first.bytes, first.size, "again", &arena, &again, &error) == E_OK);
        MUST(figure_write(&again, &second, &error) == E_OK);
        MUST(first.size == second.size && memcmp(first.bytes, second.bytes, first.size) == 0);
    }
    arena_free(&arena);
    buffer_free(&first);
    buffer_free(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct figure figure;
    const struct theme *theme;
    struct error error = {0};
    struct buffer drawn = {0};
    if (figure_read((const char *)data, size, "fuzz.json", &arena, &figure, &error) == E_OK) {
        must_return(&figure);
        if (figure.mark_count < 200 && figure_text(&figure, 80, &drawn, &error) == E_OK && drawn.bytes != NULL)
            must_be_utf8(drawn.bytes);
        if (figure.mark_count < 30) {
            char *bytes = NULL;
            size_t length = 0;
            if (figure_draw(&figure, FIGURE_SVG, &bytes, &length, &error) != E_OK)
                MUST(bytes == NULL && error.text[0] != '\0');
            free(bytes);
        }
    } else {
        MUST(error.text[0] != '\0');
        must_be_utf8(error.text);
    }
    (void)theme_read((const char *)data, size, "fuzz.json", &arena, &theme, &error);
    buffer_free(&drawn);
    arena_free(&arena);
    return 0;
}
