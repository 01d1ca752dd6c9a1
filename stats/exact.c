/* exact.c — sums of decimals as integers.
 *
 * Requirement 1: T = Σx and Q = Σx² of whole numbers x with |x| <= 10^18 are exact: T in 128 bits (2^60 · 2^64), Q in 192.
 * Requirement 2: variance · n(n − 1) = nQ − T², an integer of at most 256 bits, computed exactly, so nothing cancels.
 * Requirement 3: with P = Σx_i x_{i+1}, first value a and last value z,
 *                n² Σ(x_i − m)(x_{i+1} − m) = n²P − nT(2T − a − z) + (n − 1)T²,
 *                an integer of less than 320 bits.
 * Requirement 4: one conversion to binary128 (113 bits), one division, one square root, one rounding to double.
 * Skewness and kurtosis, the adjusted Fisher–Pearson coefficients G1 and G2 (D. N. Joanes and C. A. Gill, Comparing measures
 * of sample skewness and kurtosis, The Statistician 47 (1998) 183–189), are sums of powers of (n·x − T) / (n·sd), each
 * deviation exact before its one rounding. */
#include "stats/exact.h"

#include "stats/internal.h"

#include <math.h>

typedef __int128 int128;
typedef unsigned __int128 uint128;

static const int64_t powers[EXACT_SCALE_MOST + 1] = {
    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000,
    10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000, 1000000000000000000,
};

bool exact_rescale(int64_t *digits, int power)
{
    if (power < 0 || (power > EXACT_SCALE_MOST && *digits != 0))
        return false;
    if (*digits == 0)
        return true;
    if (*digits > EXACT_MOST / powers[power] || *digits < -(EXACT_MOST / powers[power]))
        return false;
    *digits *= powers[power];
    return true;
}

bool exact_parse(const char *text, size_t size, int64_t *digits, int *scale)
{
    size_t i = 0;
    bool negative = false, any = false, point = false;
    int64_t value = 0;
    long places = 0, exponent = 0;
    if (i < size && (text[i] == '-' || text[i] == '+'))
        negative = text[i++] == '-';
    for (; i < size; i++) {
        if (text[i] == '.' && !point) {
            point = true;
            continue;
        }
        unsigned digit = (unsigned)(text[i] - '0');
        if (digit > 9)
            break;
        if (value > (EXACT_MOST - (int64_t)digit) / 10)
            return false;
        value = value * 10 + (int64_t)digit;
        places += point;
        any = true;
    }
    if (!any)
        return false;
    if (i < size && (text[i] == 'e' || text[i] == 'E')) {
        bool below = false, some = false;
        if (++i < size && (text[i] == '-' || text[i] == '+'))
            below = text[i++] == '-';
        for (; i < size && text[i] >= '0' && text[i] <= '9' && exponent < 10000; i++, some = true)
            exponent = exponent * 10 + (text[i] - '0');
        if (!some)
            return false;
        exponent = below ? -exponent : exponent;
    }
    if (i != size)
        return false;
    places -= exponent;
    /* a value's own trailing zeros need no scale */
    while (places > EXACT_SCALE_MOST && value % 10 == 0 && value != 0) {
        value /= 10;
        places--;
    }
    if (value == 0)
        places = places < 0 ? 0 : places > EXACT_SCALE_MOST ? EXACT_SCALE_MOST : places;
    if (places > EXACT_SCALE_MOST || places < -EXACT_SCALE_MOST)
        return false;
    if (places < 0 && !exact_rescale(&value, (int)-places))
        return false;
    *digits = negative ? -value : value;
    *scale = places < 0 ? 0 : (int)places;
    return true;
}

int exact_column(const char *const *text, size_t n, int64_t *scaled, size_t *count, int *scale)
{
    int common = 0;
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        int own;
        size_t length = 0;
        if (text[i] == NULL)
            continue;
        while (text[i][length] != '\0')
            length++;
        if (!exact_parse(text[i], length, &scaled[used], &own))
            return E_DOMAIN;
        if (own > common) {
            for (size_t j = 0; j < used; j++)
                if (!exact_rescale(&scaled[j], own - common))
                    return E_DOMAIN;
            common = own;
        } else if (!exact_rescale(&scaled[used], common - own)) {
            return E_DOMAIN;
        }
        used++;
    }
    *count = used;
    *scale = common;
    return E_OK;
}

void exact_reduce(int64_t *scaled, size_t n, int *scale)
{
    int spare = *scale;
    for (size_t i = 0; i < n && spare > 0; i++)
        while (spare > 0 && scaled[i] % powers[spare] != 0)
            spare--;
    for (size_t i = 0; i < n && spare > 0; i++)
        scaled[i] /= powers[spare];
    *scale -= spare;
}

double exact_value(int64_t scaled, int scale)
{
    /* both are exact doubles: one rounding */
    if (scaled < (INT64_C(1) << 53) && scaled > -(INT64_C(1) << 53))
        return (double)scaled / (double)powers[scale];
    return (double)((long double)scaled / (long double)powers[scale]);
}

/* ---- integers of 320 bits in two's complement: what overflows is cut off, and nothing here does ---- */

#define LIMBS 5
struct wide {
    uint64_t limb[LIMBS];  /* least first */
};

static struct wide wide_of(int128 value)
{
    uint64_t sign = value < 0 ? UINT64_MAX : 0;
    return (struct wide){{(uint64_t)value, (uint64_t)((uint128)value >> 64), sign, sign, sign}};
}

static struct wide wide_add(struct wide a, struct wide b)
{
    uint128 carry = 0;
    for (int i = 0; i < LIMBS; i++) {
        carry += (uint128)a.limb[i] + b.limb[i];
        a.limb[i] = (uint64_t)carry;
        carry >>= 64;
    }
    return a;
}

static struct wide wide_negative(struct wide a)
{
    for (int i = 0; i < LIMBS; i++)
        a.limb[i] = ~a.limb[i];
    return wide_add(a, wide_of(1));
}

static struct wide wide_product(struct wide a, struct wide b)
{
    struct wide product = {{0}};
    for (int i = 0; i < LIMBS; i++) {
        uint64_t carry = 0;
        for (int j = 0; i + j < LIMBS; j++) {
            uint128 term = (uint128)a.limb[i] * b.limb[j] + product.limb[i + j] + carry;
            product.limb[i + j] = (uint64_t)term;
            carry = (uint64_t)(term >> 64);
        }
    }
    return product;
}

/* Nearest binary128 within one rounding of each limb: 2^-112. */
static _Float128 wide_value(struct wide a)
{
    bool negative = a.limb[LIMBS - 1] >> 63;
    _Float128 value = 0;
    if (negative)
        a = wide_negative(a);
    for (int i = LIMBS - 1; i >= 0; i--)
        value = value * 18446744073709551616.0 + a.limb[i];
    return negative ? -value : value;
}

/* A sum of 128-bit products: 192 bits. */
struct products {
    uint128 low;
    int64_t high;
};

static void add_product(struct products *sum, int64_t a, int64_t b)
{
    int128 product = (int128)a * b;
    sum->low += (uint128)product;
    sum->high += (sum->low < (uint128)product) - (product < 0);
}

static struct wide products_wide(const struct products *sum)
{
    uint64_t sign = sum->high < 0 ? UINT64_MAX : 0;
    return (struct wide){{(uint64_t)sum->low, (uint64_t)(sum->low >> 64), (uint64_t)sum->high, sign, sign}};
}

/* ---- moments ---- */

_Float128 quad_sqrt(_Float128 value)
{
    if (value <= 0)
        return 0;
    _Float128 root = sqrtl((long double)value);
    for (int i = 0; i < 2; i++)
        root = (root + value / root) / 2;
    return root;
}

void adjusted_shape(double cubes, double fourths, double n, double *skewness, double *kurtosis)
{
    /* z has the sd with n − 1, the definition the one with n */
    if (n >= 3)
        *skewness = n / ((n - 1) * (n - 2)) * cubes;
    if (n >= 4)
        *kurtosis = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * fourths - 3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3));
}

static void shape(const int64_t *scaled, size_t n, int128 sum, _Float128 sd, struct exact_moments *m)
{
    struct compensated cubes = {0, 0}, fourths = {0, 0};
    double unit = (double)(1 / (sd * n));
    /* T and n·x share a power of two at most; one conversion a deviation */
    for (size_t i = 0; i < n; i++) {
        double z = (double)((int128)scaled[i] * (int128)n - sum) * unit, square = z * z;
        compensated_add(&cubes, square * z);
        compensated_add(&fourths, square * square);
    }
    adjusted_shape(compensated_sum(&cubes), compensated_sum(&fourths), (double)n, &m->skewness, &m->kurtosis);
}

void exact_moments(const int64_t *scaled, size_t n, int scale, struct exact_moments *m)
{
    int128 sum = 0;
    struct products squares = {0, 0}, neighbours = {0, 0};
    *m = (struct exact_moments){NAN, NAN, NAN, NAN, NAN, NAN, NAN, false};
    if (n == 0)
        return;
    for (size_t i = 0; i < n; i++) {
        sum += scaled[i];
        add_product(&squares, scaled[i], scaled[i]);
        if (i > 0)
            add_product(&neighbours, scaled[i - 1], scaled[i]);
    }
    _Float128 ten = powers[scale], count = n;
    m->sum = (double)((_Float128)sum / ten);
    m->mean = (double)((_Float128)sum / (count * ten));
    if (n < 2)
        return;
    struct wide size = wide_of((int128)n), total = wide_of(sum), square = wide_product(total, total);
    struct wide spread = wide_add(wide_product(size, products_wide(&squares)), wide_negative(square));
    _Float128 deviations = wide_value(spread);  /* n Σ(x − mean)², scaled by 10^2s */
    m->constant = deviations == 0;
    _Float128 variance = deviations / (count * (count - 1)), sd = quad_sqrt(variance);
    m->variance = (double)(variance / (ten * ten));
    m->sd = (double)(sd / ten);
    if (m->constant)
        return;
    struct wide ends = wide_of(2 * sum - scaled[0] - scaled[n - 1]);
    const struct wide lagged = wide_product(wide_product(size, size), products_wide(&neighbours));
    const struct wide crossed = wide_negative(wide_product(wide_product(size, total), ends));
    const struct wide covariance = wide_add(wide_add(lagged, crossed), wide_product(wide_of((int128)n - 1), square));
    m->autocorrelation = (double)(wide_value(covariance) / (count * deviations));
    shape(scaled, n, sum, sd, m);
}
