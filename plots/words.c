/* words.c — see words.h. */
#include "plots/words.h"

#include "data/base/memory.h"

#include <stdio.h>
#include <string.h>

const struct words words_chinese = {
    .english = false,
#define X(name, zh, en) .name = zh,
    WORDS(X)
#undef X
};
const struct words words_english = {
    .english = true,
#define X(name, zh, en) .name = en,
    WORDS(X)
#undef X
};

static const struct {
    const char *chinese, *english, *one;   /* one: behind "per" */
} UNITS[] = {
    {"元", "yuan", "yuan"}, {"美元", "US dollars", "US dollar"}, {"人", "people", "person"}, {"人次", "attendances", "attendance"},
    {"户", "households", "household"}, {"亩", "mu", "mu"}, {"公顷", "hectares", "hectare"}, {"平方米", "m²", "m²"},
    {"平方公里", "km²", "km²"}, {"平方千米", "km²", "km²"}, {"公里", "km", "km"}, {"千米", "km", "km"}, {"米", "m", "m"},
    {"公斤", "kg", "kg"}, {"千克", "kg", "kg"}, {"斤", "jin", "jin"}, {"吨", "tonnes", "tonne"}, {"立方米", "m³", "m³"},
    {"千瓦时", "kWh", "kWh"}, {"千瓦", "kW", "kW"}, {"头", "head", "head"}, {"只", "head", "head"}, {"羽", "birds", "bird"},
    {"株", "plants", "plant"}, {"家", "firms", "firm"}, {"所", "schools", "school"}, {"床", "beds", "bed"}, {"辆", "vehicles", "vehicle"},
    {"套", "sets", "set"}, {"年", "years", "year"}, {"月", "months", "month"}, {"天", "days", "day"}, {"倍", "times", "time"},
    {"个百分点", "percentage points", "percentage point"}, {"百分点", "percentage points", "percentage point"},
};

/* One unit of so many bytes; NULL: not known. */
static const char *unit_english(const char *unit, size_t length, bool one)
{
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++)
        if (strlen(UNITS[i].chinese) == length && strncmp(UNITS[i].chinese, unit, length) == 0)
            return one ? UNITS[i].one : UNITS[i].english;
    return NULL;
}

const char *words_unit(struct arena *arena, const struct words *words, const char *unit)
{
    if (unit == NULL || !words->english)
        return unit;
    size_t length = strcspn(unit, "/"), below = unit[length] == '/' ? strlen(unit + length + 1) : 0;
    const char *upper = unit_english(unit, length, false), *lower = below > 0 ? unit_english(unit + length + 1, below, true) : "";
    if (upper == NULL || lower == NULL)
        return unit;
    size_t size = strlen(upper) + strlen(lower) + 8;
    char *text = arena_alloc(arena, size);
    if (text != NULL)
        snprintf(text, size, "%s%s%s", upper, lower[0] != '\0' ? " per " : "", lower);
    return text;
}
