/* fuzz_decode.c — any bytes, in any encoding that can be named, become valid UTF-8 whose offsets stay inside the input.
 *
 * The first byte chooses the encoding and how the text is taken: in windows, or by lines. */
#include "data/extract/document.h"
#include "data/reference/reference.h"
#include "tests/fuzz/fuzz.h"

static const char *const encodings[] = {NULL, "UTF-8", "GB18030", "BIG5", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE",
                                        "ISO-8859-1", "GBK", "UTF-16", "SHIFT_JIS"};
#define ENCODING_COUNT (sizeof encodings / sizeof *encodings)

static void by_windows(struct decoder *decoder, size_t size)
{
    struct window window = {0};
    size_t last = 0;
    if (window_open(&window) == E_OK) {
        while (decoder_next(decoder, &window)) {
            MUST(window.n <= WINDOW_UNITS);
            for (size_t i = 0; i < window.n; i++) {
                size_t at = window.base + window.offset[i];
                MUST(at >= last && at <= size);
                last = at;
            }
            MUST(window.text[window.n] == 0);
        }
    }
    window_close(&window);
}

static void by_lines(struct decoder *decoder, size_t size)
{
    struct passage_memory memory = {0};
    struct passage passage;
    for (size_t before = SIZE_MAX; decoder_at(decoder) < size && decoder_at(decoder) != before;) {
        before = decoder_at(decoder);
        if (decoder_utf8(decoder, true, &memory, &passage) != E_OK)
            break;
        for (size_t i = 0; passage.map != NULL && i <= passage.size; i++)
            MUST(passage.base + passage.map[i] <= size);
        for (size_t i = 0; passage.map != NULL && i < passage.size;) {
            uint32_t point;
            int length = utf8_decode(passage.bytes + i, passage.size - i, &point);
            MUST(length > 0);
            i += (size_t)length;
        }
    }
    passage_memory_free(&memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct decoder *decoder = NULL;
    struct error error;
    if (size < 1 || reference_open(&error) != E_OK)
        return 0;
    unsigned choice = *data++;
    size--;
    const char *encoding = encodings[(choice >> 1) % ENCODING_COUNT];
    if (decoder_open(&decoder, data, size, encoding, "fuzz", &error) == E_OK) {
        MUST(decoder_encoding(decoder) != NULL);
        char peek[64];
        MUST(decoder_peek(decoder, peek, sizeof peek) <= sizeof peek);
        if (choice & 1)
            by_lines(decoder, size);
        else
            by_windows(decoder, size);
        MUST(decoder_replaced(decoder) <= size);
    } else {
        must_be_utf8(error.text);
    }
    decoder_close(decoder);
    return 0;
}
