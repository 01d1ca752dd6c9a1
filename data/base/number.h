/* number.h — numbers as text, independent of the locale. */
#ifndef ZHIBIAO_NUMBER_H
#define ZHIBIAO_NUMBER_H

#include <stddef.h>

#define NUMBER_TEXT 352  /* enough for any double written without an exponent */

/* Writes the shortest decimal that reads back as the same double, without an exponent (23860000, 129.73, -0.5) and
 * returns out. NaN is written "NaN", infinities "Infinity" and "-Infinity"; -0 is written "0". */
char *number_format(double value, char out[NUMBER_TEXT]);

/* Reads a decimal ("-12.5", "1e6") at text[0..size), whole. Always with a point, whatever the locale. Returns 0 and
 * the correctly rounded value, or -1 when the text is not a finite decimal number. */
int number_parse(const char *text, size_t size, double *value);

#endif
