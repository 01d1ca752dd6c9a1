/* decimal.h — decimals as they are read: an integer and a power of ten, so that 129.73万 becomes exactly 1297300. */
#ifndef ZHIBIAO_DECIMAL_H
#define ZHIBIAO_DECIMAL_H

#include <stdint.h>

struct decimal {
    uint64_t digits;
    int exponent;
};

/* Appends a digit; behind the nineteenth a digit only counts as a place. */
void decimal_digit(struct decimal *d, int digit);
/* The nearest double; always finite: exponents are cut at ±280. */
double decimal_value(struct decimal d);
/* (a + b) / 2: exact, but for places beyond the nineteenth. */
struct decimal decimal_middle(struct decimal a, struct decimal b);
/* 100 × a / b for b > 0: a fraction as a percentage, exact where b is a power of ten. */
double decimal_percent(struct decimal a, struct decimal b);

#endif
