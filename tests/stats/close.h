/* close.h — comparing floating-point results in the statistics' tests. */
#ifndef ZHIBIAO_TESTS_CLOSE_H
#define ZHIBIAO_TESTS_CLOSE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* NaN equals NaN, infinities equal themselves, else |got - want| <= tolerance·|want|. */
static inline void assert_rel(double got, double want, double tolerance)
{
    if (isnan(want) && isnan(got))
        return;
    if (got == want || fabs(got - want) <= tolerance * fabs(want))
        return;
    fail_msg("got %.17g, want %.17g", got, want);
}

/* A small fixed pseudo-random sequence (Knuth's MMIX constants), so that property tests repeat exactly. */
static inline double random_next(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) / 9007199254740992.0;
}

#endif
