/* scales.c — unit scaling, number labels and tick positions: pure functions, no drawing.
 *
 * Chinese readers count in 万 (1e4) and 亿 (1e8), so a figure's numbers are divided by one of them and the unit in its
 * subtitle says so. One scale serves the whole figure: labels of different scale cannot be compared at a glance. */
#include "plots/scales.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define DECIMALS_MAX 12

/* Relative units, and units that carry a scale already, are not scaled again: "12 万%" helps nobody. */
static bool unit_is_fixed(const char *unit)
{
    static const char *const fixed[] = {"%", "％", "‰", "倍", "百分点", "个百分点", "名", "位次", "万", "亿"};
    if (unit == NULL)
        return false;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        bool scaled = i >= sizeof fixed / sizeof *fixed - 2;
        if (scaled ? strncmp(unit, fixed[i], strlen(fixed[i])) == 0 : strcmp(unit, fixed[i]) == 0)
            return true;
    }
    return false;
}

/* Whether all values / factor are written without loss with so many decimals. */
static bool values_exact(const double *values, size_t count, double factor, int decimals)
{
    double power = pow(10, decimals);
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(values[i]))
            continue;
        double shifted = values[i] / factor * power;
        if (fabs(shifted - round(shifted)) > 1e-9 * fmax(1, fabs(shifted)))
            return false;
    }
    return true;
}

void unit_scale_choose(const double *values, size_t count, const char *unit, bool english, struct unit_scale *scale)
{
    *scale = (struct unit_scale){.factor = 1, .english = english};
    double largest = 0;
    for (size_t i = 0; i < count; i++)
        if (isfinite(values[i]))
            largest = fmax(largest, fabs(values[i]));
    const char *prefix = "";
    if (!unit_is_fixed(unit) && english) {
        if (largest >= 1e12)
            scale->factor = 1e12, prefix = "trillion ";
        else if (largest >= 1e9)
            scale->factor = 1e9, prefix = "billion ";
        else if (largest >= 1e6)
            scale->factor = 1e6, prefix = "million ";
    } else if (!unit_is_fixed(unit)) {
        if (largest >= 1e12)
            scale->factor = 1e12, prefix = "万亿";
        else if (largest >= 1e8)
            scale->factor = 1e8, prefix = "亿";
        else if (largest >= 1e5 || (largest >= 1e4 && values_exact(values, count, 1e4, 2)))
            scale->factor = 1e4, prefix = "万";
    }
    snprintf(scale->prefix, sizeof scale->prefix, "%s", prefix);
    if (largest > 0 && largest < 1e-5) {  /* thirteen zeros are not a number that one can read */
        int exponent = 3 * (int)floor(log10(largest) / 3);
        scale->factor = pow(10, exponent);
        if (scale->factor == 0)
            scale->factor = 1;
        else
            snprintf(scale->prefix, sizeof scale->prefix, "×10^%d ", exponent);
    }
    double scaled = largest / scale->factor;
    int most = scaled >= 1e4 ? 0 : 2;   /* five digits are enough for a label */
    if (scaled > 0 && scaled < 1)
        most = (int)fmin(DECIMALS_MAX, fmax(2, 2 - floor(log10(scaled))));   /* three digits of 0.105 */
    while (scale->decimals < most && !values_exact(values, count, scale->factor, scale->decimals))
        scale->decimals++;
}

char *number_grouped(double value, int decimals, char out[NUMBER_LABEL])
{
    char plain[NUMBER_LABEL];
    int length = snprintf(plain, sizeof plain, "%.*f", decimals, fabs(value));
    if (!isfinite(value) || length >= 40) {  /* beyond what the separators have room for */
        snprintf(out, NUMBER_LABEL, "%.4g", value);
        return out;
    }
    size_t used = 0, whole = strcspn(plain, ".,");
    if (value < 0 && strspn(plain, "0.,") < (size_t)length)
        out[used++] = '-';
    for (size_t i = 0; i < (size_t)length; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0)
            out[used++] = ',';
        out[used++] = i == whole ? '.' : plain[i];
    }
    out[used] = '\0';
    return out;
}

char *number_label(double value, const struct unit_scale *scale, const char *unit, char out[NUMBER_LABEL])
{
    double scaled = value / scale->factor;
    if (scaled == 0 || fabs(scaled) >= 0.5 * pow(10, -scale->decimals))
        return number_grouped(scaled, scale->decimals, out);
    /* nothing is left of it in the figure's scale: its own scale, with the unit, says what it is */
    struct unit_scale own;
    unit_scale_choose(&value, 1, unit, scale->english, &own);
    if (own.factor >= 1) {
        number_grouped(value / own.factor, own.decimals, out);
    } else {
        int exponent = (int)floor(log10(fabs(value)));
        snprintf(out, NUMBER_LABEL, "%.2ge%d", value / pow(10, exponent), exponent);
    }
    if (own.factor >= 1 && strlen(out) + strlen(own.prefix) < NUMBER_LABEL)
        strcat(out, own.prefix);
    if (unit != NULL && strlen(out) + strlen(unit) < NUMBER_LABEL)
        strcat(out, unit);
    return out;
}

struct ticks ticks_choose(double low, double high, int wanted)
{
    struct ticks ticks = {.first = low, .step = 1, .count = 1};
    if (!isfinite(low) || !isfinite(high) || !(high > low) || !isfinite(high - low))
        return ticks;
    if (wanted < 2)
        wanted = 2;
    double rough = (high - low) / wanted;
    double power = pow(10, floor(log10(rough)));
    double fraction = rough / power;  /* 1 <= fraction < 10: the geometric middles decide which step is nearest */
    ticks.step = (fraction < 1.5 ? 1 : fraction < 3.5 ? 2 : fraction < 7.5 ? 5 : 10) * power;
    double slack = 1e-9;  /* so that 0.3 counts as a multiple of 0.1 */
    double first = ceil(low / ticks.step - slack), last = floor(high / ticks.step + slack);
    ticks.first = first * ticks.step;
    ticks.count = last >= first ? (int)(last - first) + 1 : 0;
    double digits = -floor(log10(ticks.step) + slack);
    ticks.decimals = digits > 0 ? (int)fmin(digits, DECIMALS_MAX + 3) : 0;
    return ticks;
}

double tick_at(const struct ticks *ticks, int i)
{
    return (round(ticks->first / ticks->step) + i) * ticks->step;
}
