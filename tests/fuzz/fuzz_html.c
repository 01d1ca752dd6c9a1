/* fuzz_html.c — any bytes as a page: its text, tables and the observations in them. */
#include "tests/fuzz/observations.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    extract_any(data, size, "fuzz.html");
    return 0;
}
