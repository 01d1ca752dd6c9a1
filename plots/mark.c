/* mark.c — what a mark says: its interval brought into one form, its label, and the note that explains the signs.
 *
 * A figure must not claim more than its source. A lower bound is labelled ≥, an upper one ≤, a range with both ends, a
 * conventional figure 约; nothing is written for what is missing but the word 缺. */
#include "plots/chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void mark_normalise(struct mark *mark)
{
    if (!isfinite(mark->value)) {
        mark->value = isfinite(mark->low) && isfinite(mark->high) ? mark->low / 2 + mark->high / 2
                    : isfinite(mark->low) && mark->high == INFINITY ? mark->low
                    : isfinite(mark->high) && mark->low == -INFINITY ? mark->high : NAN;
        if (isnan(mark->value)) {
            mark->low = mark->high = NAN;
            return;
        }
    }
    if (isnan(mark->low))
        mark->low = mark->value;
    if (isnan(mark->high))
        mark->high = mark->value;
    if (mark->low > mark->high) {
        double swap = mark->low;
        mark->low = mark->high;
        mark->high = swap;
    }
    mark->low = fmin(mark->low, mark->value);
    mark->high = fmax(mark->high, mark->value);
}

bool mark_missing(const struct mark *mark)
{
    return isnan(mark->value);
}

bool mark_is_below(const struct mark *mark)
{
    return mark->high == mark->value && (mark->low == -INFINITY || (mark->low == 0 && mark->value > 0));
}

static const char *copy(struct drawing *drawing, const char *text)
{
    return arena_copy(drawing->arena, text, strlen(text));
}

const char *mark_label(struct drawing *drawing, const struct mark *mark)
{
    char value[NUMBER_LABEL], low[NUMBER_LABEL], high[NUMBER_LABEL], label[4 * NUMBER_LABEL];
    const struct unit_scale *scale = &drawing->scale;
    const char *unit = drawing->figure->unit, *about = mark->about ? "约" : "";
    if (mark_missing(mark))
        return copy(drawing, "缺");
    number_label(mark->value, scale, unit, value);
    if (mark->high == INFINITY && mark->low == -INFINITY) {
        snprintf(label, sizeof label, "%s%s", about, value);
    } else if (mark->high == INFINITY) {
        snprintf(label, sizeof label, "≥%s%s", about, number_label(mark->low, scale, unit, low));
    } else if (mark_is_below(mark)) {
        snprintf(label, sizeof label, "≤%s%s", about, value);
    } else if (mark->low == -INFINITY) {
        snprintf(label, sizeof label, "≤%s%s", about, number_label(mark->high, scale, unit, high));
    } else if (mark->low < mark->high) {
        number_label(mark->low, scale, unit, low);
        number_label(mark->high, scale, unit, high);
        double middle = mark->low / 2 + mark->high / 2;
        bool own = mark->value != mark->low && mark->value != mark->high &&
                   fabs(mark->value - middle) > 1e-9 * fabs(middle);
        const char *to = low[0] == '-' || high[0] == '-' ? " 至 " : "–";  /* "-2–-1" cannot be read */
        if (own)
            snprintf(label, sizeof label, "%s%s (%s%s%s)", about, value, low, to, high);
        else
            snprintf(label, sizeof label, "%s%s%s%s", about, low, to, high);
    } else {
        snprintf(label, sizeof label, "%s%s", about, value);
    }
    return copy(drawing, label);
}

const char *mark_title(struct drawing *drawing, const struct mark *mark)
{
    const char *value = mark_label(drawing, mark);
    const char *label = mark->label != NULL ? mark->label : "", *series = mark->series != NULL ? mark->series : "";
    const char *unit = drawing->figure->unit != NULL ? drawing->figure->unit : "";
    if (value == NULL)
        return NULL;
    bool own_unit = mark_missing(mark) || (unit[0] != '\0' && strstr(value, unit) != NULL);
    size_t size = strlen(value) + strlen(label) + strlen(series) + strlen(unit) + 64;
    char *title = arena_alloc(drawing->arena, size);
    if (title != NULL)
        snprintf(title, size, "%s%s%s：%s%s%s%s", series, series[0] != '\0' && label[0] != '\0' ? " " : "", label, value,
                 own_unit ? "" : drawing->scale.prefix, own_unit ? "" : unit, mark->planned ? "（计划）" : "");
    return title;
}

const char *marks_note(struct drawing *drawing)
{
    bool above = false, below = false, range = false, about = false, planned = false, missing = false;
    char note[512] = "";
    for (size_t i = 0; i < drawing->figure->mark_count; i++) {
        const struct mark *mark = &drawing->figure->marks[i];
        missing = missing || mark_missing(mark);
        if (mark_missing(mark))
            continue;
        above = above || mark->high == INFINITY;
        below = below || mark_is_below(mark) || mark->low == -INFINITY;
        range = range || (isfinite(mark->low) && isfinite(mark->high) && mark->low < mark->high && !mark_is_below(mark));
        about = about || mark->about;
        planned = planned || mark->planned;
    }
    const struct {
        bool used;
        const char *text;
    } parts[] = {
        {above && below, "≥、≤ 与箭头：只知下限、只知上限"},
        {above && !below, "≥ 与箭头：只知下限"},
        {below && !above, "≤ 与箭头：只知上限"},
        {range, "须线：上下限"},
        {about, "约：概数"},
        {planned, "空心：计划数"},
        {missing, "缺：无数据"},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].used) {
            strcat(note, note[0] == '\0' ? "说明：" : "；");
            strcat(note, parts[i].text);
        }
    return copy(drawing, note);
}
