/* places.c — see places.h. */
#include "plots/places.h"

#include "stats/classes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define KEY_SIZE 11.5
#define KEY_LINE 18.0
#define SWATCH 26.0
#define SWATCH_HEIGHT 11.0
#define KEY_GAP 14.0

/* "1,200–2,400 (3)": the values of class k with how many regions it has. What the values are leaves no doubt where a region on a
 * limit belongs; only classes of equal width are known by their limits. */
static const char *class_text(struct drawing *drawing, const struct places_plan *plan, size_t k)
{
    char low[NUMBER_LABEL], high[NUMBER_LABEL], *text = arena_alloc(drawing->arena, 3 * NUMBER_LABEL);
    if (text == NULL)
        return NULL;
    bool equal = drawing->whole->classes == CLASSES_EQUAL;
    number_grouped(equal ? plan->limits[k] : plan->lows[k], drawing->scale.decimals, low);
    number_grouped(equal ? plan->limits[k + 1] : plan->highs[k], drawing->scale.decimals, high);
    bool single = strcmp(low, high) == 0;
    const char *to = low[0] == '-' || high[0] == '-' ? drawing->words->to : "–";
    snprintf(text, 3 * NUMBER_LABEL, "%s%s%s (%zu)", low, single ? "" : to, single ? "" : high, plan->members[k]);
    return text;
}

static const char *missing_text(struct drawing *drawing, const struct places_plan *plan)
{
    char *text = arena_alloc(drawing->arena, 64);
    if (text != NULL)
        snprintf(text, 64, "%s (%zu)", drawing->words->missing, plan->missing);
    return text;
}

static int join(struct drawing *drawing, struct places_plan *plan)
{
    const struct geometry *map = drawing->whole->map;
    const struct figure *figure = drawing->figure;
    size_t matched = 0;
    for (size_t i = 0; i < figure->mark_count; i++) {
        size_t place = geometry_find(map, &figure->marks[i]);
        if (place == NAME_NONE) {
            plan->unmatched++;
            continue;
        }
        plan->marks[place] = &figure->marks[i];
        matched++;
    }
    if (matched == 0)
        return error_set(drawing->error, E_DOMAIN, "none of the %zu regions is on the map: the data have \"%.60s\"%s%.20s, the map has \"%.60s\" (by code or name)",
                         figure->mark_count, figure->marks[0].label != NULL ? figure->marks[0].label : "", figure->marks[0].code != NULL ? ", code " : "",
                         figure->marks[0].code != NULL ? figure->marks[0].code : "", map->keys.count > 0 ? map->keys.items[0] : "");
    return E_OK;
}

static int classify(struct drawing *drawing, struct places_plan *plan)
{
    const struct geometry *map = drawing->whole->map;
    const struct figure *whole = drawing->whole;
    double *values = arena_alloc(drawing->arena, whole->mark_count * sizeof *values), limits[CLASSES_MOST + 1];
    if (values == NULL)
        return out_of_memory(drawing);
    for (size_t i = 0; i < whole->mark_count; i++)   /* of all panels: one colour means one thing */
        values[i] = whole->marks[i].value / drawing->scale.factor;
    size_t wanted = whole->class_count > 0 ? (size_t)fmin(CLASSES_MOST, whole->class_count) : 5;
    int code = classes_limits(values, whole->mark_count, wanted, (enum class_method)whole->classes, limits, &plan->class_count);
    if (code != E_OK)
        return code == E_MEMORY ? out_of_memory(drawing) : error_set(drawing->error, E_DOMAIN, "nothing to draw: no region has a value");
    memcpy(plan->limits, limits, sizeof limits);
    for (size_t k = 0; k < plan->class_count; k++) {
        plan->lows[k] = INFINITY;
        plan->highs[k] = -INFINITY;
    }
    for (size_t i = 0; i < whole->mark_count; i++)
        if (isfinite(values[i])) {
            size_t k = class_of(plan->limits, plan->class_count, values[i]);
            plan->lows[k] = fmin(plan->lows[k], values[i]);
            plan->highs[k] = fmax(plan->highs[k], values[i]);
        }
    for (size_t i = 0; i < map->count; i++) {
        const struct mark *mark = plan->marks[i];
        if (mark == NULL || mark_missing(mark))
            plan->missing++;
        else
            plan->members[class_of(plan->limits, plan->class_count, mark->value / drawing->scale.factor)]++;
        plan->titles[i] = mark != NULL ? mark_title(drawing, mark) : map->places[i].name;
        if (plan->titles[i] == NULL)
            return out_of_memory(drawing);
    }
    return E_OK;
}

/* Swatches with their limits, side by side, wrapped where they do not fit; measured or, with a canvas, drawn. */
static double key_run(struct drawing *drawing, const struct places_plan *plan, double x, double y, double width)
{
    double at = 0, line = 0;
    for (size_t k = 0; k <= plan->class_count; k++) {
        bool missing = k == plan->class_count;
        if (missing && plan->missing == 0)
            break;
        const char *text = missing ? missing_text(drawing, plan) : class_text(drawing, plan, k);
        if (text == NULL)
            return NAN;
        double needed = SWATCH + 5 + text_width(drawing->text, text, KEY_SIZE, false);
        if (at > 0 && at + needed > width) {
            at = 0;
            line += KEY_LINE;
        }
        if (drawing->canvas != NULL) {
            struct colour colour = missing ? drawing->theme->paper : theme_ramp(drawing->theme, plan->class_count == 1 ? 0.5 : 0.04 + 0.92 * (double)k / (double)(plan->class_count - 1));
            canvas_tag(drawing->canvas, "key", text);
            canvas_framed_rect(drawing->canvas, x + at, y + line + 2, SWATCH, SWATCH_HEIGHT, colour, missing ? drawing->theme->faint : colour, 0.75, missing);
            canvas_tag(drawing->canvas, "key-name", text);
            canvas_text(drawing->canvas, x + at + SWATCH + 5, y + line + 2 + SWATCH_HEIGHT / 2 + KEY_SIZE * 0.36, ANCHOR_START, KEY_SIZE, false, drawing->theme->ink, text);
        }
        at += needed + KEY_GAP;
    }
    return line + KEY_LINE + 8;
}

int places_layout(struct drawing *drawing, double width, struct places_plan **result)
{
    const struct geometry *map = drawing->whole->map;
    struct places_plan *plan = arena_alloc(drawing->arena, sizeof *plan);
    if (map == NULL)
        return error_set(drawing->error, E_DOMAIN, "needs a map: --map FILE with GeoJSON or TopoJSON");
    if (plan == NULL || (plan->marks = arena_alloc(drawing->arena, map->count * sizeof *plan->marks)) == NULL ||
        (plan->titles = arena_alloc(drawing->arena, map->count * sizeof *plan->titles)) == NULL)
        return out_of_memory(drawing);
    int code = join(drawing, plan);
    if (code == E_OK)
        code = classify(drawing, plan);
    if (code != E_OK)
        return code;
    plan->swatch = width;
    plan->key_height = key_run(drawing, plan, 0, 0, width);
    *result = plan;
    return isnan(plan->key_height) ? out_of_memory(drawing) : E_OK;
}

void places_key_draw(struct drawing *drawing, const struct places_plan *plan, double x, double y)
{
    key_run(drawing, plan, x, y, plan->swatch);
}

struct colour places_colour(struct drawing *drawing, const struct places_plan *plan, const struct mark *mark)
{
    if (mark == NULL || mark_missing(mark))
        return colour_mix(drawing->theme->paper, drawing->theme->ink, 0.06);
    size_t k = class_of(plan->limits, plan->class_count, mark->value / drawing->scale.factor);
    return theme_ramp(drawing->theme, plan->class_count == 1 ? 0.5 : 0.04 + 0.92 * (double)k / (double)(plan->class_count - 1));
}

/* How the classes were made, and what of the data the map does not have. */
const char *places_note(struct drawing *drawing)
{
    const struct words *words = drawing->words;
    const char *method = drawing->whole->classes == CLASSES_EQUAL ? words->classes_equal : drawing->whole->classes == CLASSES_JENKS ? words->classes_jenks : words->classes_quantile;
    size_t unmatched = 0, size = strlen(method) + 160;
    char *text = arena_alloc(drawing->arena, size);
    for (size_t i = 0; drawing->whole->map != NULL && i < drawing->whole->mark_count; i++)
        unmatched += geometry_find(drawing->whole->map, &drawing->whole->marks[i]) == NAME_NONE;
    if (text != NULL && unmatched == 0)
        snprintf(text, size, "%s", method);
    else if (text != NULL)
        snprintf(text, size, words->english ? "%s; %zu of %zu regions are not on the map" : "%s；%zu 个地区（共 %zu 个）不在地图上", method, unmatched, drawing->whole->mark_count);
    return text;
}
