/* observations.h — what holds of every observation, whatever the text. For the targets that extract. */
#ifndef ZHIBIAO_TESTS_FUZZ_OBSERVATIONS_H
#define ZHIBIAO_TESTS_FUZZ_OBSERVATIONS_H

#include "data/extract/extract.h"
#include "tests/fuzz/fuzz.h"

#include <math.h>

/* A sink; the context is the input's size. */
static inline int must_be_sound(const struct observation *o, void *context)
{
    const size_t *size = context;
    MUST(o->start <= o->end && o->end <= *size);
    MUST(o->indicator != NULL && o->evidence != NULL);
    MUST(!isinf(o->value));
    MUST(o->confidence >= 0 && o->confidence <= 1);
    MUST(bound_name(o->bound) != NULL && kind_name(o->kind) != NULL && status_name(o->status) != NULL);
    MUST(o->bound != BOUND_range || !(o->low > o->high));
    MUST(o->per_count <= PER_MAX);
    const char *const texts[] = {o->source, o->quote, o->unit, o->region_code, o->region_name, o->region_path, o->period,
                                 o->indicator, o->indicator_id, o->item, o->evidence};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        must_be_utf8(texts[i]);
    for (size_t i = 0; i < o->per_count; i++)
        must_be_utf8(o->per[i]);
    return 0;
}

static inline void extract_any(const uint8_t *data, size_t size, const char *source)
{
    struct arena arena = {0};
    struct document_facts facts;
    struct error error = {0};
    const struct extract_options options = {.source = source};
    int status = extract_text(&options, data, size, &arena, &facts, must_be_sound, &size, &error);
    if (status != E_OK) {
        MUST(error.text[0] != '\0');
        must_be_utf8(error.text);
    } else {
        MUST(facts.replaced <= size);
        must_be_utf8(facts.title);
        must_be_utf8(facts.published);
    }
    arena_free(&arena);
}

#endif
