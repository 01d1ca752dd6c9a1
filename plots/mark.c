/* mark.c — what a mark says: its interval brought into one form, its label, and the note that explains the signs.
 *
 * A figure must not claim more than its source. A lower bound is labelled ≥, an upper one ≤, a range with both ends, a
 * conventional figure 约; nothing is written for what is missing but the word 缺. */
#include "plots/compose.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MANY_MOST 5000       /* so many observations are listed for one sign */

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

bool mark_is_range(const struct mark *mark)
{
    return isfinite(mark->low) && isfinite(mark->high) && mark->low < mark->high && !mark_is_below(mark);
}

bool mark_extent(const struct drawing *drawing, const struct mark *mark, double *low, double *high)
{
    double factor = drawing->scale.factor;
    if (mark_missing(mark))
        return false;
    *low = fmin(mark->value, isfinite(mark->low) && !mark_is_below(mark) ? mark->low : mark->value) / factor;
    *high = fmax(mark->value, isfinite(mark->high) ? mark->high : mark->value) / factor;
    return true;
}

/* ---- colours ---- */

bool highlighted(const struct drawing *drawing, const char *name)
{
    for (size_t i = 0; name != NULL && i < drawing->whole->highlight_count; i++)
        if (strncmp(name, drawing->whole->highlights[i], strlen(drawing->whole->highlights[i])) == 0)
            return true;
    return false;
}

struct colour series_colour(const struct drawing *drawing, size_t series)
{
    const struct theme *theme = drawing->theme;
    return theme->palette[series % theme->palette_count];
}

struct colour mark_colour(const struct drawing *drawing, const struct mark *mark)
{
    size_t series = names_find(&drawing->series, mark->series);
    if (drawing->whole->highlight_count == 0)
        return series_colour(drawing, series == NAME_NONE ? 0 : series);
    if (highlighted(drawing, mark->label) || highlighted(drawing, mark->series))
        return drawing->series.count > 1 && series != NAME_NONE ? series_colour(drawing, series) : drawing->theme->accent;
    return drawing->theme->muted;
}

struct colour text_colour(const struct drawing *drawing, struct colour colour)
{
    if (memcmp(&colour, &drawing->theme->muted, sizeof colour) == 0)
        return drawing->theme->soft;   /* a grey line may be pale, its name may not */
    return colour_mix(colour, drawing->theme->ink, 0.25);
}

/* ---- words ---- */

static const char *copy(struct drawing *drawing, const char *text)
{
    return arena_copy(drawing->arena, text, strlen(text));
}

const char *mark_label(struct drawing *drawing, const struct mark *mark)
{
    char value[NUMBER_LABEL], low[NUMBER_LABEL], high[NUMBER_LABEL], label[4 * NUMBER_LABEL];
    const struct unit_scale *scale = &drawing->scale;
    const char *unit = mark->unit != NULL ? mark->unit : drawing->figure->unit, *about = mark->about ? drawing->words->about : "";
    if (mark_missing(mark))
        return copy(drawing, drawing->words->missing);
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
        const char *to = low[0] == '-' || high[0] == '-' ? drawing->words->to : "–";  /* "-2–-1" cannot be read */
        if (own && drawing->short_labels)
            snprintf(label, sizeof label, "%s%s", about, value);
        else if (own)
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
    const char *unit = mark->unit != NULL ? mark->unit : drawing->figure->unit != NULL ? drawing->figure->unit : "";
    if (value == NULL)
        return NULL;
    bool own_unit = mark_missing(mark) || (unit[0] != '\0' && strstr(value, unit) != NULL);
    const struct words *words = drawing->words;
    const char *state = mark->planned ? words->planned : mark->estimated ? words->estimated : "";
    size_t size = strlen(value) + strlen(label) + strlen(series) + strlen(unit) + 64;
    char *title = arena_alloc(drawing->arena, size);
    if (title != NULL)
        snprintf(title, size, "%s%s%s%s%s%s%s%s%s", series, series[0] != '\0' && label[0] != '\0' ? " " : "", label, words->colon, value,
                 !own_unit && words->english && (unit[0] != '\0' || drawing->scale.prefix[0] != '\0') ? " " : "",
                 own_unit ? "" : drawing->scale.prefix, own_unit ? "" : unit, state);
    return title;
}

const struct mark *mark_of_many(struct drawing *drawing, const char *label, const struct mark *const *marks, size_t count)
{
    struct mark *mark = arena_alloc(drawing->arena, sizeof *mark);
    struct buffer numbers = {0};
    const char *observations = NULL;
    for (size_t i = 0; i < count && count <= MANY_MOST; i++)
        if (marks[i]->observation != NULL)
            buffer_format(&numbers, "%s%s", numbers.size > 0 ? " " : "", marks[i]->observation);
    if (!numbers.failed && numbers.size > 0)
        observations = arena_copy(drawing->arena, numbers.bytes, numbers.size);
    bool failed = mark == NULL || numbers.failed || (numbers.size > 0 && observations == NULL);
    buffer_free(&numbers);
    if (failed)
        return NULL;
    *mark = (struct mark){.label = label, .observation = observations, .value = NAN, .low = NAN, .high = NAN};
    return mark;
}

const char *marks_note(struct drawing *drawing)
{
    bool above = false, below = false, range = false, about = false, planned = false, estimated = false, missing = false;
    const struct words *words = drawing->words;
    char note[1024] = "";
    for (size_t i = 0; i < drawing->whole->mark_count; i++) {
        const struct mark *mark = &drawing->whole->marks[i];
        missing = missing || mark_missing(mark);
        if (mark_missing(mark))
            continue;
        above = above || mark->high == INFINITY;
        below = below || mark_is_below(mark) || mark->low == -INFINITY;
        range = range || mark_is_range(mark);
        about = about || mark->about;
        planned = planned || mark->planned;
        estimated = estimated || mark->estimated;
    }
    enum signs signs = chart_of(drawing->whole->type)->signs;
    bool drawn = signs == SIGNS_DRAWN, written = signs == SIGNS_WRITTEN, counted = signs == SIGNS_COUNTED, bounds = above || below || range;
    if (drawing->whole->arrangement == FIGURE_PERCENT && chart_of(drawing->whole->type)->percent)
        drawn = false;   /* shares have bounds of their own, written on them */
    bool shares = !drawn && signs == SIGNS_DRAWN;
    bool tinted = signs != SIGNS_EDGED && !counted;
    const struct {
        bool used;
        const char *text;
    } parts[] = {
        {drawn && above && below, words->note_both},
        {drawn && above && !below, words->note_above},
        {drawn && below && !above, words->note_below},
        {drawn && range, words->note_range},
        {written && above && below, words->note_both_written},
        {written && above && !below, words->note_above_written},
        {written && below && !above, words->note_below_written},
        {signs == SIGNS_RANKED && bounds, words->note_ranks},
        {signs == SIGNS_EDGED && (bounds || planned || estimated), words->note_edged},
        {counted && (bounds || about || planned || estimated), words->note_counted},
        {shares && (bounds || about || missing), words->note_shares},
        {about && !counted && !shares && signs != SIGNS_RANKED, words->note_about},
        {planned && tinted, words->note_planned},
        {estimated && tinted, words->note_estimated},
        {missing, counted ? words->note_not_counted : words->note_missing},
        {figure_leaves_planned_out(drawing->whole), words->note_mean_actual},
        {drawing->labels_left_out, words->note_unlabelled},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].used) {
            strcat(note, note[0] == '\0' ? words->note : words->semicolon);
            strcat(note, parts[i].text);
        }
    return copy(drawing, note);
}
