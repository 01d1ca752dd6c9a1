/* fuzz_extract.c — any bytes as a plain text or JSON Lines: observations that keep extract.h's promises. */
#include "tests/fuzz/observations.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    extract_any(data, size, size > 0 && data[0] == '{' ? "fuzz.jsonl" : "fuzz.txt");
    return 0;
}
