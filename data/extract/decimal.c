/* decimal.c — decimals as an integer and a power of ten, turned into a double once, correctly rounded.
 *
 * Multiplying a double by 10,000 for 万 would round twice (129.73 × 10,000 is 1297299.9999999998): digits and powers of
 * ten are kept apart until the numeral has ended. */
#include "data/extract/decimal.h"

#include "data/base/number.h"

#include <math.h>
#include <stdio.h>

#define EXPONENT_MOST 280  /* a million digits in a row are some finite number: nothing rereads them from the second on */

void decimal_digit(struct decimal *d, int digit)
{
    if (d->digits > (UINT64_MAX - 9) / 10)
        d->exponent++;
    else
        d->digits = d->digits * 10 + (uint64_t)digit;
}

double decimal_value(struct decimal d)
{
    /* one rounding only where both parts are doubles without rounding (Clinger 1990); else by way of text */
    static const double powers[] = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    d.exponent = d.exponent > EXPONENT_MOST ? EXPONENT_MOST : d.exponent < -EXPONENT_MOST ? -EXPONENT_MOST : d.exponent;
    if (d.digits < (uint64_t)1 << 53 && d.exponent >= -22 && d.exponent <= 22)
        return d.exponent < 0 ? (double)d.digits / powers[-d.exponent] : (double)d.digits * powers[d.exponent];
    /* a whole number of at most 127 bits is converted, and rounded, in one step */
    unsigned __int128 whole = d.digits;
    int scale = d.exponent;
    for (; scale > 0 && whole < (unsigned __int128)1 << 123; scale--)
        whole *= 10;
    if (scale == 0)
        return (double)whole;
    char text[48];
    double value = NAN;
    int n = snprintf(text, sizeof text, "%llue%d", (unsigned long long)d.digits, d.exponent);
    if (number_parse(text, (size_t)n, &value) != 0)
        return NAN;
    return value;
}

static void drop_place(struct decimal *d)
{
    d->digits /= 10;
    d->exponent++;
}

struct decimal decimal_middle(struct decimal a, struct decimal b)
{
    struct decimal *coarse = a.exponent > b.exponent ? &a : &b, *fine = coarse == &a ? &b : &a, sum;
    while (coarse->exponent > fine->exponent && !__builtin_mul_overflow(coarse->digits, (uint64_t)10, &sum.digits)) {
        coarse->digits = sum.digits;
        coarse->exponent--;
    }
    while (fine->exponent < coarse->exponent)
        drop_place(fine);
    /* (a + b) × 5 / 10 */
    while (__builtin_add_overflow(a.digits, b.digits, &sum.digits) || __builtin_mul_overflow(sum.digits, (uint64_t)5, &sum.digits)) {
        drop_place(&a);
        drop_place(&b);
    }
    sum.exponent = a.exponent - 1;
    return sum;
}

double decimal_percent(struct decimal a, struct decimal b)
{
    while (b.digits > 1 && b.digits % 10 == 0) {
        b.digits /= 10;
        b.exponent++;
    }
    if (b.digits == 1)
        return decimal_value((struct decimal){a.digits, a.exponent - b.exponent + 2});
    a.exponent += 2;
    return decimal_value(a) / decimal_value(b);
}
