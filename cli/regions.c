/* regions.c — the command that looks places up: codes, names, levels and what lies below. */
#include "cli/output.h"

#include <string.h>

static const struct option options[] = {
    OPTION("level", 'l', "LEVEL", level, "province, prefecture, county, township, village, or the digits of the code"),
    OPTION("region", 'r', "REGION", region, "only what lies below this region: a code, name or path"),
    OUTPUT_OPTIONS,
    HELP_OPTION,
    OPTIONS_END,
};

static const struct column columns[] = {
    {"code", COLUMN_TEXT, 0}, {"name", COLUMN_TEXT, 0}, {"level", COLUMN_TEXT, 0}, {"path", COLUMN_TEXT, 0},
    {"children", COLUMN_INTEGER, 0},
};

static int list_region(struct output *out, region_id id, struct error *error)
{
    char code[REGION_CODE], path[REGION_PATH];
    size_t children = 0;
    region_children(id, &children);
    output_text(out, region_code(id, code));
    output_text(out, region_name(id));
    output_text(out, level_name(region_level(id)));
    output_text(out, region_path(id, path));
    output_integer(out, (int64_t)children);
    return output_row(out, error);
}

static bool wanted(region_id id, int level, region_id below, const char *word)
{
    return (level == 0 || region_level(id) == level) &&
           (below == REGION_NONE || (id != below && region_within(id, below))) &&
           (word == NULL || strstr(region_name(id), word) != NULL);
}

static int run(const struct settings *settings, struct error *error)
{
    const char *word = settings->operand_count > 0 ? settings->operands[0] : NULL;
    struct output *out = NULL;
    region_id below = REGION_NONE, exact = REGION_NONE;
    struct error why = {0};
    struct scope scope;
    size_t count = 0;
    int status = scope_of(settings, &scope, error);  /* checks --level */
    if (status != E_OK)
        return status;
    if (settings->region != NULL)
        below = region_find(scope.region);
    /* without any word the list starts at the top: provinces, or the level just below --region */
    int level = scope.filter.level;
    if (level == 0 && word == NULL && below == REGION_NONE)
        level = 2;
    if (word != NULL && region_resolve(word, &exact, &why) != E_OK)
        exact = REGION_NONE;
    status = output_open(&out, settings, FORMAT_table, columns, sizeof columns / sizeof *columns, error);
    if (status != E_OK)
        return status;
    if (exact != REGION_NONE && wanted(exact, level, below, NULL)) {
        count++;
        status = list_region(out, exact, error);
    } else if (level == 0 && word == NULL) {
        size_t children = 0;
        region_id first = region_children(below, &children);
        for (size_t i = 0; i < children && status == E_OK; i++, count++)
            status = list_region(out, first + (region_id)i, error);
    } else {
        static const int all[] = {2, 4, 6, 9, 12};
        for (size_t l = 0; l < sizeof all / sizeof *all; l++) {
            if (level != 0 && level != all[l])
                continue;
            region_id first = region_first(all[l]);
            size_t regions = region_count(all[l]);
            for (size_t i = 0; i < regions && status == E_OK; i++) {
                if (wanted(first + (region_id)i, level, below, word)) {
                    count++;
                    status = list_region(out, first + (region_id)i, error);
                }
            }
        }
    }
    if (status == E_OK && count == 0) {
        if (word != NULL && exact == REGION_NONE && why.text[0] != '\0')
            status = error_set(error, E_NOTHING, "%s", why.text);
        else
            status = error_set(error, E_NOTHING, "no such regions; loosen --level or --region");
    }
    return output_close(out, status, error);
}

const struct command command_regions = {
    "regions", "[NAME]", 0, 1, "look regions up by code, name or path",
    "NAME finds the region of that code, name, short name, former name or path; otherwise all that have it in their name.\n"
    "Without NAME: the provinces, what lies directly below --region, or all of --level.",
    options, run,
};
