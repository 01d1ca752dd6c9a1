/* theme.c — colours and sizes, two built-in themes and those that users write in JSON.
 *
 * Series colours are Okabe and Ito's (2008), told apart by colour-blind readers too; on light paper their yellow is left
 * out, because neither a line nor text in it can be read on white. The ramp is viridis (Smith and van der Walt 2015), which
 * grows evenly in lightness; on light paper it runs from light to dark, so that more is more ink. */
#include "plots/chart.h"
#include "plots/json.h"

#include <math.h>
#include <stdlib.h>

#define VIRIDIS_LIGHT_FIRST {253, 231, 37}, {181, 222, 43}, {110, 206, 88}, {53, 183, 121}, {31, 158, 137}, {38, 130, 142}, {49, 104, 142}, {62, 73, 137}, {72, 40, 120}
#define VIRIDIS_DARK_FIRST {72, 40, 120}, {62, 73, 137}, {49, 104, 142}, {38, 130, 142}, {31, 158, 137}, {53, 183, 121}, {110, 206, 88}, {181, 222, 43}, {253, 231, 37}
#define SIZES .title_size = 21, .subtitle_size = 13.5, .note_size = 11.5, .tick_size = 12, .label_size = 12.5

static const struct theme THEMES[] = {
    {
        .name = "light",
        .paper = {255, 255, 255}, .ink = {26, 26, 26}, .soft = {85, 85, 85}, .faint = {115, 115, 115}, .grid = {228, 228, 228},
        .zero = {70, 70, 70}, .muted = {178, 184, 190}, .accent = {0, 114, 178},
        .palette = {{0, 114, 178}, {213, 94, 0}, {0, 158, 115}, {204, 121, 167}, {230, 159, 0}, {86, 180, 233}, {60, 60, 60}},
        .palette_count = 7,
        .ramp = {VIRIDIS_LIGHT_FIRST}, .ramp_count = 9,
        SIZES,
    },
    {
        .name = "dark",
        .paper = {24, 28, 34}, .ink = {240, 240, 240}, .soft = {190, 194, 200}, .faint = {150, 156, 164}, .grid = {52, 58, 66},
        .zero = {170, 176, 184}, .muted = {88, 96, 106}, .accent = {86, 180, 233},
        .palette = {{86, 180, 233}, {230, 159, 0}, {0, 178, 130}, {214, 137, 180}, {240, 228, 66}, {232, 119, 34}, {200, 204, 210}},
        .palette_count = 7,
        .ramp = {VIRIDIS_DARK_FIRST}, .ramp_count = 9,
        SIZES,
    },
};

const struct theme *theme_find(const char *name)
{
    for (size_t i = 0; i < sizeof THEMES / sizeof *THEMES; i++)
        if (strcmp(THEMES[i].name, name) == 0)
            return &THEMES[i];
    return NULL;
}

struct colour colour_mix(struct colour under, struct colour over, double share)
{
    return (struct colour){
        (unsigned char)lround(under.red + (over.red - under.red) * share),
        (unsigned char)lround(under.green + (over.green - under.green) * share),
        (unsigned char)lround(under.blue + (over.blue - under.blue) * share),
    };
}

struct colour theme_ramp(const struct theme *theme, double share)
{
    double at = fmin(1, fmax(0, share)) * (double)(theme->ramp_count - 1);
    size_t i = (size_t)fmin(floor(at), (double)theme->ramp_count - 1);
    return i + 1 >= theme->ramp_count ? theme->ramp[i] : colour_mix(theme->ramp[i], theme->ramp[i + 1], at - (double)i);
}

static double luminance(struct colour colour)
{
    double channel[3] = {colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0};
    for (int i = 0; i < 3; i++)
        channel[i] = channel[i] <= 0.04045 ? channel[i] / 12.92 : pow((channel[i] + 0.055) / 1.055, 2.4);
    return 0.2126 * channel[0] + 0.7152 * channel[1] + 0.0722 * channel[2];
}

struct colour colour_on(struct colour ground)
{
    /* the contrast with white is 1.05 / (l + 0.05), with black (l + 0.05) / 0.05: equal at 0.179 */
    return luminance(ground) > 0.179 ? (struct colour){20, 20, 20} : (struct colour){255, 255, 255};
}

/* ---- JSON ---- */

static bool colour_parse(const char *text, struct colour *colour)
{
    char *end;
    if (text[0] != '#' || strlen(text) != 7 || strspn(text + 1, "0123456789abcdefABCDEF") != 6)
        return false;
    unsigned long value = strtoul(text + 1, &end, 16);
    *colour = (struct colour){(unsigned char)(value >> 16), (unsigned char)(value >> 8 & 255), (unsigned char)(value & 255)};
    return true;
}

static int read_colour(struct json_reader *reader, const cJSON *item, struct colour *colour)
{
    if (!cJSON_IsString(item) || !colour_parse(item->valuestring, colour))
        return json_wrong(reader, "a colour such as \"#0072b2\" is wanted here, not %s", cJSON_IsString(item) ? item->valuestring : json_kind(item));
    return E_OK;
}

static int read_colours(struct json_reader *reader, const cJSON *item, struct colour *colours, size_t *count, size_t least, size_t most)
{
    if (!cJSON_IsArray(item) || (size_t)cJSON_GetArraySize(item) < least || (size_t)cJSON_GetArraySize(item) > most)
        return json_wrong(reader, "an array of %zu to %zu colours is wanted here", least, most);
    const cJSON *element;
    *count = 0;
    cJSON_ArrayForEach(element, item) {
        size_t mark = json_enter(reader, NULL, (int)*count);
        int code = read_colour(reader, element, &colours[(*count)++]);
        if (code != E_OK)
            return code;
        json_leave(reader, mark);
    }
    return E_OK;
}

#define COLOUR_FIELD(field)                                                                        \
    static int read_##field(struct json_reader *reader, const cJSON *item, void *base)             \
    {                                                                                              \
        return read_colour(reader, item, &((struct theme *)base)->field);                          \
    }
COLOUR_FIELD(paper) COLOUR_FIELD(ink) COLOUR_FIELD(soft) COLOUR_FIELD(faint) COLOUR_FIELD(grid) COLOUR_FIELD(zero)
COLOUR_FIELD(muted) COLOUR_FIELD(accent)

static int read_palette(struct json_reader *reader, const cJSON *item, void *base)
{
    struct theme *theme = base;
    return read_colours(reader, item, theme->palette, &theme->palette_count, 1, PALETTE_MAX);
}
static int read_ramp(struct json_reader *reader, const cJSON *item, void *base)
{
    struct theme *theme = base;
    return read_colours(reader, item, theme->ramp, &theme->ramp_count, 2, RAMP_MAX);
}
static int read_base(struct json_reader *reader, const cJSON *item, void *base)
{
    (void)base;   /* it was read before the others, whose values it must not undo */
    if (!cJSON_IsString(item) || theme_find(item->valuestring) == NULL)
        return json_wrong(reader, "\"light\" or \"dark\" is wanted here");
    return E_OK;
}

static const struct json_field FIELDS[] = {
    {"name", JSON_TEXT, offsetof(struct theme, name), NULL, NULL},
    {"base", JSON_CUSTOM, 0, NULL, read_base},
    {"font", JSON_TEXT, offsetof(struct theme, font), NULL, NULL},
#define X(field) {#field, JSON_CUSTOM, 0, NULL, read_##field},
    X(paper) X(ink) X(soft) X(faint) X(grid) X(zero) X(muted) X(accent) X(palette) X(ramp)
#undef X
#define X(field) {#field, JSON_SIZE, offsetof(struct theme, field), NULL, NULL},
    X(title_size) X(subtitle_size) X(note_size) X(tick_size) X(label_size)
#undef X
    {NULL, JSON_TEXT, 0, NULL, NULL},
};

int theme_read_item(struct json_reader *reader, const cJSON *item, const struct theme **result)
{
    struct theme *theme = arena_alloc(reader->arena, sizeof *theme);
    const cJSON *base = cJSON_GetObjectItemCaseSensitive(item, "base");
    if (theme == NULL)
        return error_set(reader->error, E_MEMORY, "%s: out of memory", reader->name);
    *theme = THEMES[0];
    if (cJSON_IsString(base) && theme_find(base->valuestring) != NULL)
        *theme = *theme_find(base->valuestring);
    int code = json_read_object(reader, item, FIELDS, theme);
    double *sizes[] = {&theme->title_size, &theme->subtitle_size, &theme->note_size, &theme->tick_size, &theme->label_size};
    for (size_t i = 0; code == E_OK && i < sizeof sizes / sizeof *sizes; i++)
        if (*sizes[i] < 5 || *sizes[i] > 80)
            code = json_wrong(reader, "sizes are in px, from 5 to 80; %g is none", *sizes[i]);
    *result = theme;
    return code;
}

int theme_read(const char *json, size_t size, const char *name, struct arena *arena, const struct theme **theme, struct error *error)
{
    struct json_reader reader = {.name = name, .arena = arena, .error = error};
    cJSON *root = NULL;
    int code = json_parse(&reader, json, size, &root);
    if (code == E_OK)
        code = theme_read_item(&reader, root, theme);
    cJSON_Delete(root);
    return code;
}
