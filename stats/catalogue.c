/* catalogue.c — finds the definition of a statistic among the topics' tables, and the text of a reason.
 *
 * A new topic is a file catalogue_TOPIC.c with a table, its declaration in catalogue.h and one row here. */
#include "stats/catalogue.h"

#include "stats/reason.h"

#include <stdbool.h>
#include <string.h>

static const struct definition *const topics[] = {
    definitions_summary,
    definitions_inequality,
    definitions_score,
    definitions_relation,
    definitions_trend,
    definitions_structure,
    definitions_compare,
};

const struct definition *definition_at(size_t index)
{
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++)
        for (const struct definition *d = topics[i]; d->id != NULL; d++)
            if (index-- == 0)
                return d;
    return NULL;
}

/* "p5", "p97.5": a percentile, whichever. */
static bool is_percentile(const char *id)
{
    return id[0] == 'p' && id[1] >= '0' && id[1] <= '9' && id[1 + strspn(id + 1, "0123456789.")] == '\0';
}

/* "atkinson_0.5": a statistic with its parameter; the length of its id without that. */
static size_t plain_length(const char *id)
{
    const char *last = strrchr(id, '_');
    if (last == NULL || last[1] == '\0' || last[1 + strspn(last + 1, "-0123456789.")] != '\0')
        return strlen(id);
    return (size_t)(last - id);
}

const struct definition *definition_find(const char *id)
{
    const struct definition *d;
    if (is_percentile(id))
        id = "percentile";
    size_t length = plain_length(id);
    for (size_t i = 0; (d = definition_at(i)) != NULL; i++)
        if (strcmp(d->id, id) == 0 || (strlen(d->id) == length && memcmp(d->id, id, length) == 0))
            return d;
    return NULL;
}

const char *reason_text(enum reason reason)
{
    static const char *const texts[] = {
#define X(name, text) text,
        STATS_REASONS(X)
#undef X
    };
    return (size_t)reason < sizeof texts / sizeof *texts ? texts[reason] : "";
}
