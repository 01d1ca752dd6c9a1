/* scales.h — from numbers to what a reader sees of them: the unit's 万/亿 scaling, number labels, nice ticks. */
#ifndef ZHIBIAO_PLOTS_SCALES_H
#define ZHIBIAO_PLOTS_SCALES_H

#include <stdbool.h>
#include <stddef.h>

#define NUMBER_LABEL 64

/* How the numbers of one figure are written: value / factor, with so many decimals, the unit preceded by prefix. */
struct unit_scale {
    double factor;
    char prefix[16];   /* "", "万", "亿", "万亿", "million ", or "×10^-9 " for what is too small to be read */
    int decimals;
    bool english;
};

/* Chooses one scale for all values (those that are not finite are skipped): 万 from 1e5 (from 1e4 where two decimals
 * lose nothing), 亿 from 1e8, 万亿 from 1e12. In English million from 1e6,
 * billion from 1e9, trillion from 1e12. Units that are relative (%, ‰, 倍) or scaled already (万元) stay. */
void unit_scale_choose(const double *values, size_t count, const char *unit, bool english, struct unit_scale *scale);

/* "1,234.57": value / factor with the scale's decimals and thousands separators. A value that would round to 0 is
 * written in its own scale and with the unit ("3,200元"), so that no mark reads as nothing. Returns out. */
char *number_label(double value, const struct unit_scale *scale, const char *unit, char out[NUMBER_LABEL]);

/* value with `decimals` decimals and thousands separators, "-0" written "0". Returns out. */
char *number_grouped(double value, int decimals, char out[NUMBER_LABEL]);

/* Multiples of a step of 1, 2 or 5 times a power of ten: first, first + step, … count of them, all within [low, high]. */
struct ticks {
    double first, step;
    int count, decimals;
};
/* About `wanted` ticks (at least 2) for low < high; an empty or broken interval gives the one tick `low`. */
struct ticks ticks_choose(double low, double high, int wanted);
double tick_at(const struct ticks *ticks, int i);   /* free of accumulated rounding */

#endif
