/* period.c — periods as people write them in tables and options, and their order.
 *
 * DESIGN.md's forms: 2019 · 2020-03 · 2020-03-07 · 2018/2019 (both ends included) · asof:2020-12-15 (a date, month or year). */
#include "cli/cli.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct date {
    int year, month, day;  /* 0: not given */
};

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* Reads 1 to `most` digits; the number, or -1. */
static int read_digits(const char **text, int least, int most)
{
    int n = 0, value = 0;
    while (n < most && isdigit((unsigned char)(*text)[n]))
        value = value * 10 + ((*text)[n++] - '0');
    if (n < least)
        return -1;
    *text += n;
    return value;
}

static bool skip(const char **text, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(*text, word, length) != 0)
        return false;
    *text += length;
    return true;
}

/* 2019, 2019年, 2019-03, 2019年3月, 2019-03-07, 2019年3月7日, 2019/3/7 (three parts only), 2019.3 */
static bool read_date(const char **text, struct date *date)
{
    const char *t = *text;
    *date = (struct date){0};
    date->year = read_digits(&t, 4, 4);
    if (date->year < 1000 || isdigit((unsigned char)*t))
        return false;
    bool year_word = skip(&t, "年");
    const char *rest = t;
    char separator = '\0';
    if (!year_word && (*t == '-' || *t == '.' || *t == '/'))
        separator = *t++;
    if (year_word || separator != '\0') {
        const char *before = t;
        int month = read_digits(&t, 1, 2);
        bool usable = month >= 1 && month <= 12 && !isdigit((unsigned char)*t);
        bool day_follows = usable && separator != '\0' && *t == separator;
        /* 2019/2 alone is no date that everyone reads alike */
        if (usable && (separator != '/' || day_follows) && (!year_word || strncmp(t, "月", strlen("月")) == 0)) {
            date->month = month;
            skip(&t, "月");
            const char *month_end = t;
            if (day_follows)
                t++;
            if (day_follows || (year_word && isdigit((unsigned char)*t))) {
                date->day = read_digits(&t, 1, 2);
                if (date->day < 1 || date->day > days_in(date->year, month))
                    return false;
                skip(&t, "日");
            } else {
                t = month_end;
            }
            rest = t;
        } else if (year_word && t != before) {
            return false;
        }
    }
    *text = rest;
    return true;
}

static size_t write_date(const struct date *date, char *out, size_t size)
{
    int n = date->day != 0     ? snprintf(out, size, "%04d-%02d-%02d", date->year, date->month, date->day)
            : date->month != 0 ? snprintf(out, size, "%04d-%02d", date->year, date->month)
                               : snprintf(out, size, "%04d", date->year);
    return (size_t)n;
}

/* Parts of a year that end a text: Q1, 上半年, 一季度 …; fills the months they cover. */
static bool read_part(const char *text, int *first, int *last)
{
    static const struct {
        const char *name;
        int first, last;
    } parts[] = {
        {"Q1", 1, 3},       {"Q2", 4, 6},       {"Q3", 7, 9},       {"Q4", 10, 12},     {"H1", 1, 6},
        {"H2", 7, 12},      {"上半年", 1, 6},   {"下半年", 7, 12},  {"一季度", 1, 3},   {"第一季度", 1, 3},
        {"二季度", 4, 6},   {"第二季度", 4, 6}, {"三季度", 7, 9},   {"第三季度", 7, 9}, {"四季度", 10, 12},
        {"第四季度", 10, 12}, {"前三季度", 1, 9},
    };
    while (*text == '-' || *text == ' ')
        text++;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strcasecmp(text, parts[i].name) == 0) {
            *first = parts[i].first;
            *last = parts[i].last;
            return true;
        }
    }
    return false;
}

int period_parse(const char *text, char out[PERIOD_TEXT])
{
    struct date from, to;
    int first, last;
    size_t used = 0;
    while (isspace((unsigned char)*text))
        text++;
    if (skip(&text, "asof:") || skip(&text, "截至") || skip(&text, "截止")) {
        memcpy(out, "asof:", 6);
        used = 5;
    }
    if (!read_date(&text, &from))
        return -1;
    if (skip(&text, "年末") || skip(&text, "末") || skip(&text, "年底") || skip(&text, "底")) {
        if (used == 0)
            memcpy(out, "asof:", 6);
        used = 5;
        if (from.month == 0)
            from.month = 12;
    }
    used += write_date(&from, out + used, PERIOD_TEXT - used);
    while (isspace((unsigned char)*text))
        text++;
    if (*text == '\0' || strcmp(text, "度") == 0)
        return 0;
    if (used != 4 || from.month != 0) {
        if (used >= 5 && strncmp(out, "asof:", 5) == 0)
            return -1;
    } else if (read_part(text, &first, &last)) {
        snprintf(out, PERIOD_TEXT, "%04d-%02d/%04d-%02d", from.year, first, from.year, last);
        return 0;
    }
    if (!skip(&text, "/") && !skip(&text, "-") && !skip(&text, "—") && !skip(&text, "–") && !skip(&text, "~") &&
        !skip(&text, "至") && !skip(&text, "到"))
        return -1;
    if (!read_date(&text, &to) || *text != '\0')
        return -1;
    out[used++] = '/';
    write_date(&to, out + used, PERIOD_TEXT - used);
    return period_end(out) >= from.year * 10000L + from.month * 100L + from.day ? 0 : -1;
}

/* The last date that a period names. */
static bool last_date(const char *period, struct date *date)
{
    if (period == NULL)
        return false;
    const char *text = period;
    skip(&text, "asof:");
    const char *slash = strchr(text, '/');
    if (slash != NULL)
        text = slash + 1;
    return read_date(&text, date);
}

long period_end(const char *period)
{
    struct date date;
    if (!last_date(period, &date))
        return 0;
    if (date.month == 0)
        date.month = 12;
    if (date.day == 0)
        date.day = days_in(date.year, date.month);
    return date.year * 10000L + date.month * 100L + date.day;
}

double period_position(const char *period)
{
    struct date date;
    if (!last_date(period, &date))
        return NAN;
    if (date.month == 0)
        return date.year;  /* years are named where they stand on the axis: 2019 at 2019 */
    if (date.day == 0)
        date.day = days_in(date.year, date.month);
    double days = date.day;
    for (int month = 1; month < date.month; month++)
        days += days_in(date.year, month);
    return date.year - 1 + days / (days_in(date.year, 2) == 29 ? 366.0 : 365.0);
}

char *period_group(const char *period, char out[PERIOD_TEXT])
{
    out[0] = '\0';
    if (period == NULL)
        return out;
    if (strncmp(period, "asof:", 5) == 0 && strlen(period) >= 9)
        snprintf(out, PERIOD_TEXT, "%.4s", period + 5);
    else
        snprintf(out, PERIOD_TEXT, "%.*s", PERIOD_TEXT - 1, period);
    return out;
}
