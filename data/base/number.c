/* number.c — see number.h. The program never calls setlocale for LC_NUMERIC, but a library may: a foreign decimal sign
 * is mended here rather than trusted. */
#include "data/base/number.h"

#include <ctype.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double parse_c(const char *text, char **end)
{
    char local[512];
    const char *point = localeconv()->decimal_point;
    if (strcmp(point, ".") == 0)
        return strtod(text, end);
    size_t used = 0;
    const char *p = text;
    for (; *p != '\0' && used + strlen(point) + 1 < sizeof local; p++) {
        if (*p == '.') {
            memcpy(local + used, point, strlen(point));
            used += strlen(point);
        } else {
            local[used++] = *p;
        }
    }
    local[used] = '\0';
    char *stop;
    double value = strtod(local, &stop);
    *end = *stop == '\0' ? (char *)p : (char *)text;
    return value;
}

char *number_format(double value, char out[NUMBER_TEXT])
{
    if (isnan(value))
        return strcpy(out, "NaN");
    if (isinf(value))
        return strcpy(out, value > 0 ? "Infinity" : "-Infinity");
    if (value == 0)
        return strcpy(out, "0");
    if (fabs(value) < 1e15 && value == (double)(long long)value) {
        /* most figures are whole: their digits are exact */
        snprintf(out, NUMBER_TEXT, "%lld", (long long)value);
        return out;
    }
    char shortest[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(shortest, sizeof shortest, "%.*e", digits - 1, value);
        char *comma = strchr(shortest, ',');
        if (comma != NULL)
            *comma = '.';
        char *end;
        if (parse_c(shortest, &end) == value)
            break;
    }
    /* shortest is [-]d.ddde±xx: move the point by hand, which is exact */
    char digits[24] = "";
    int count = 0;
    const char *p = shortest;
    char *o = out;
    if (*p == '-')
        *o++ = *p++;
    for (; *p != 'e'; p++)
        if (isdigit((unsigned char)*p))
            digits[count++] = *p;
    int exponent = atoi(p + 1);
    while (count > 1 && digits[count - 1] == '0')
        count--;
    if (exponent < 0) {
        *o++ = '0';
        *o++ = '.';
        for (int i = -1; i > exponent; i--)
            *o++ = '0';
        for (int i = 0; i < count; i++)
            *o++ = digits[i];
    } else {
        for (int i = 0; i <= exponent || i < count; i++) {
            if (i == exponent + 1)
                *o++ = '.';
            *o++ = i < count ? digits[i] : '0';
        }
    }
    *o = '\0';
    return out;
}

int number_parse(const char *text, size_t size, double *value)
{
    char copy[400];
    if (size == 0 || size >= sizeof copy)
        return -1;
    for (size_t i = 0; i < size; i++)
        if (strchr("0123456789+-.eE", text[i]) == NULL || text[i] == '\0')
            return -1;
    memcpy(copy, text, size);
    copy[size] = '\0';
    char *end;
    double v = parse_c(copy, &end);
    if (*end != '\0' || !isfinite(v))
        return -1;
    *value = v;
    return 0;
}
