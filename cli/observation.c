/* observation.c — see observation.h. The JSON is written by hand: extraction puts out one object every few dozen bytes
 * of input, so this is the program's hottest output. */
#include "cli/observation.h"

#include "data/base/number.h"

#include <math.h>
#include <string.h>

#define KEY(buffer, text) buffer_add(buffer, text, sizeof text - 1)

/* A name of our own, which needs no escaping. */
static void add_name(struct buffer *buffer, const char *name)
{
    if (name == NULL)
        name = "";  /* no enum has such a value */
    buffer_char(buffer, '"');
    buffer_text(buffer, name);
    buffer_char(buffer, '"');
}

void observation_json(struct buffer *buffer, const struct observation *o, struct observation_repeats *repeats)
{
    KEY(buffer, "{\"source\":");
    buffer_json_repeated(buffer, &repeats->source, o->source);
    KEY(buffer, ",\"start\":");
    buffer_integer(buffer, o->start);
    KEY(buffer, ",\"end\":");
    buffer_integer(buffer, o->end);
    KEY(buffer, ",\"quote\":");
    buffer_json(buffer, o->quote);
    KEY(buffer, ",\"value\":");
    buffer_json_number(buffer, o->value);
    KEY(buffer, ",\"low\":");
    buffer_json_number(buffer, o->low);
    KEY(buffer, ",\"high\":");
    buffer_json_number(buffer, o->high);
    KEY(buffer, ",\"bound\":");
    add_name(buffer, bound_name(o->bound));
    KEY(buffer, ",\"unit\":");
    buffer_json(buffer, o->unit);
    KEY(buffer, ",\"per\":[");
    for (size_t i = 0; i < o->per_count && i < PER_MAX; i++) {
        if (i > 0)
            buffer_char(buffer, ',');
        buffer_json(buffer, o->per[i]);
    }
    KEY(buffer, "],\"region\":");
    if (o->region_name == NULL && o->region_code == NULL) {
        KEY(buffer, "null");
    } else {
        KEY(buffer, "{\"code\":");
        buffer_json(buffer, o->region_code);
        KEY(buffer, ",\"name\":");
        buffer_json(buffer, o->region_name);
        KEY(buffer, ",\"path\":");
        buffer_json_repeated(buffer, &repeats->path, o->region_path);
        KEY(buffer, ",\"how\":");
        add_name(buffer, region_how_name(o->how));
        buffer_char(buffer, '}');
    }
    KEY(buffer, ",\"period\":");
    buffer_json(buffer, o->period);
    KEY(buffer, ",\"indicator\":");
    buffer_json(buffer, o->indicator);
    KEY(buffer, ",\"indicator_id\":");
    buffer_json(buffer, o->indicator_id);
    KEY(buffer, ",\"item\":");
    buffer_json(buffer, o->item);
    KEY(buffer, ",\"kind\":");
    add_name(buffer, kind_name(o->kind));
    KEY(buffer, ",\"status\":");
    add_name(buffer, status_name(o->status));
    KEY(buffer, ",\"confidence\":");
    buffer_json_number(buffer, o->confidence);
    KEY(buffer, ",\"evidence\":");
    buffer_json_repeated(buffer, &repeats->evidence, o->evidence);
    buffer_char(buffer, '}');
}

void observation_repeats_free(struct observation_repeats *repeats)
{
    repeated_free(&repeats->source);
    repeated_free(&repeats->path);
    repeated_free(&repeats->evidence);
}

struct interval observation_interval(const struct observation *o)
{
    /* what is counted, weighed or paid cannot be negative; a growth rate can */
    int nonnegative = o->kind != KIND_growth;
    return interval_of(o->value, o->low, o->high, (enum stats_bound)o->bound, nonnegative);
}

const char *observation_per(const struct observation *o, char out[128])
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < o->per_count && i < PER_MAX; i++) {
        size_t length = o->per[i] != NULL ? strlen(o->per[i]) : 0;
        if (length == 0 || used + length + 2 > 128)
            continue;
        if (used > 0)
            out[used++] = '/';
        memcpy(out + used, o->per[i], length + 1);
        used += length;
    }
    return used > 0 ? out : NULL;
}

void observation_columns(struct output *out, const struct observation *o)
{
    char per[128];
    output_text(out, o->item);
    output_text(out, o->period);
    output_value(out, observation_interval(o), o->bound == BOUND_about);
    output_number(out, o->low);
    output_number(out, o->high);
    output_text(out, bound_name(o->bound));
    output_text(out, o->unit);
    output_text(out, observation_per(o, per));
    output_text(out, kind_name(o->kind));
    output_text(out, status_name(o->status));
    output_number(out, o->confidence);
}

bool unit_matches(const char *unit, const struct observation *o)
{
    const char *slash = unit != NULL ? strchr(unit, '/') : NULL;
    char per[128];
    if (slash == NULL)
        return true;
    const char *own = observation_per(o, per);
    return own != NULL && strcmp(own, slash + 1) == 0;
}

bool observation_copy(struct observation *copy, const struct observation *o, struct arena *arena)
{
    *copy = *o;
    const char **texts[] = {&copy->source, &copy->quote, &copy->unit, &copy->region_code, &copy->region_name,
                            &copy->region_path, &copy->period, &copy->indicator, &copy->indicator_id, &copy->item,
                            &copy->evidence, &copy->per[0], &copy->per[1], &copy->per[2]};
    for (size_t i = o->per_count; i < PER_MAX; i++)
        copy->per[i] = NULL;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (*texts[i] == NULL)
            continue;
        *texts[i] = arena_copy(arena, *texts[i], strlen(*texts[i]));
        if (*texts[i] == NULL)
            return false;
    }
    return true;
}
