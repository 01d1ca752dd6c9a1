/* fuzz_number.c — any text as one number: of a decimal, of a sentence, of a table's cell; and periods and labels. */
#include "cli/table.h"
#include "data/base/number.h"
#include "data/extract/extract.h"
#include "tests/fuzz/fuzz.h"

#include <math.h>

static void must_be_short(const char *text, size_t size, double value)
{
    char written[NUMBER_TEXT];
    double again;
    (void)text, (void)size;
    MUST(isfinite(value));
    number_format(value, written);
    MUST(number_parse(written, strlen(written), &again) == 0 && again == value);
}

static void within(size_t start, size_t length, double value, void *context)
{
    MUST(length > 0 && start + length <= *(const size_t *)context);
    MUST(!isnan(value));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error error;
    double value;
    char *text = malloc(size + 1);
    struct arena arena = {0};
    if (text == NULL || size > 4096 || reference_open(&error) != E_OK)
        goto done;
    memcpy(text, data, size);
    text[size] = '\0';
    if (number_parse(text, size, &value) == 0)
        must_be_short(text, size, value);

    struct observation number = {0};
    if (extract_number(text, &number) == 0) {
        MUST(bound_name(number.bound) != NULL);
        must_be_utf8(number.unit);
    }
    struct cell_figure figure;
    const char *cut = strchr(text, '|');
    char *measure = cut != NULL ? text + (cut - text) : NULL;
    if (measure != NULL)
        *measure++ = '\0';
    if (cell_read_measure(text, measure != NULL ? measure : "", &figure, &arena) == NULL) {
        MUST(isfinite(figure.value));
        MUST(bound_name((enum bound)figure.bound) != NULL);
        MUST(figure.text != NULL && number_parse(figure.text, strlen(figure.text), &value) == 0);
    }
    (void)cell_is_missing(text);
    MUST(extract_numerals(text, strlen(text), within, &(size_t){strlen(text)}) == E_OK);

    char period[PERIOD_TEXT], group[PERIOD_TEXT];
    if (period_parse(text, period) == 0) {
        MUST(strlen(period) < PERIOD_TEXT);
        (void)period_end(period);
        (void)period_position(period);
        (void)period_group(period, group);
    }
    must_be_utf8(extract_classify(text, NULL));
    must_be_utf8(extract_simplified(text, &arena));
    must_be_utf8(extract_item(text, &arena));
done:
    arena_free(&arena);
    free(text);
    return 0;
}
