/* stack.c — parts end to end, in bar, column and area: their sum, their shares of it, and the parts that are not known.
 *
 * The sum carries the bounds of its parts on (interval addition). A share has bounds of its own: it is least when the part is at its
 * lower and all others at their upper ends, and largest the other way round; so one part of 980余 makes its own share a lower
 * bound and those of all others upper ones, and a part that is missing makes all others' shares upper bounds. */
#include "plots/chart.h"

#include <math.h>
#include <stdio.h>

struct mark stack_sum(const struct mark *const *parts, size_t count)
{
    struct mark sum = {.value = NAN, .low = NAN, .high = NAN};
    for (size_t s = 0; s < count; s++) {
        const struct mark *mark = parts[s];
        if (mark == NULL || mark_missing(mark))
            continue;
        if (mark_missing(&sum))
            sum.value = sum.low = sum.high = 0;
        sum.value += mark->value;
        sum.low += mark->low;
        sum.high += mark->high;
        sum.about = sum.about || mark->about;
    }
    return sum;
}

double stack_mean(const struct mark *const *parts, size_t count)
{
    size_t n = 0;
    for (size_t s = 0; s < count; s++)
        n += parts[s] != NULL && !mark_missing(parts[s]);
    return stack_sum(parts, count).value / (double)n;
}

const char *stack_share(struct drawing *drawing, const struct mark *const *parts, size_t count, size_t which)
{
    const struct mark *own = parts[which];
    double others_low = 0, others_high = 0, sum = stack_sum(parts, count).value;
    bool least_only = own->high == INFINITY, most_only = mark_is_below(own) || own->low == -INFINITY;
    for (size_t s = 0; s < count; s++) {
        const struct mark *other = parts[s];
        if (s == which || other == NULL)
            continue;
        if (mark_missing(other)) {   /* some amount: the share is this at most */
            most_only = true;
            continue;
        }
        most_only = most_only || other->high == INFINITY;
        least_only = least_only || mark_is_below(other) || other->low == -INFINITY;
        others_low += fmax(0, other->low);
        others_high += other->high;
    }
    double low = fmax(0, own->low), high = own->high, value = sum > 0 ? own->value / sum * 100 : 0;
    double least = low + others_high > 0 ? low / (low + others_high) * 100 : 0;
    double most = isfinite(high) && high + others_low > 0 ? high / (high + others_low) * 100 : 0;
    char *text = arena_alloc(drawing->arena, 64);
    if (text == NULL)
        return NULL;
    if (least_only && most_only)
        snprintf(text, 64, "%s%.0f", drawing->words->about, value);
    else if (least_only || most_only)
        snprintf(text, 64, "%s%.0f", least_only ? "≥" : "≤", least_only ? least : most);
    else if (round(least) != round(most))
        snprintf(text, 64, "%.0f–%.0f", least, most);
    else
        snprintf(text, 64, "%s%.0f", own->about ? drawing->words->about : "", value);
    return text;
}

bool stack_complete(const struct mark *const *parts, size_t count)
{
    for (size_t s = 0; s < count; s++)
        if (parts[s] != NULL && mark_missing(parts[s]))
            return false;
    return true;
}

const char *stack_missing(struct drawing *drawing, const struct mark *const *parts, size_t count)
{
    struct buffer text = {0};
    size_t n = 0;
    for (size_t s = 0; s < count; s++)
        if (parts[s] != NULL && mark_missing(parts[s])) {
            buffer_text(&text, n > 0 ? drawing->words->comma : drawing->words->missing);
            buffer_format(&text, "%s%s", n == 0 && drawing->words->english ? ": " : "", drawing->series.items[s]);
            n++;
        }
    const char *kept = text.failed ? NULL : n == 0 || n == count ? "" : arena_copy(drawing->arena, text.bytes, text.size);
    buffer_free(&text);
    return kept;
}

int stack_check(struct drawing *drawing)
{
    for (size_t i = 0; drawing->figure->arrangement != FIGURE_GROUPED && i < drawing->figure->mark_count; i++) {
        const struct mark *mark = &drawing->figure->marks[i];
        if (!mark_missing(mark) && mark->value < 0)
            return error_set(drawing->error, E_DOMAIN, "%s: a stack cannot hold the negative value %g; draw the series grouped",
                             mark->label != NULL ? mark->label : "", mark->value);
    }
    return E_OK;
}
