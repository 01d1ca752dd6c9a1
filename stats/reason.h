/* reason.h — why a statistic has no value: what stands beside every NaN, so that none is silent. */
#ifndef ZHIBIAO_STATS_REASON_H
#define ZHIBIAO_STATS_REASON_H

/* name, what is printed as the note of a result without a value */
#define STATS_REASONS(X)                                                            \
    X(NONE, "")                                                                     \
    X(EMPTY, "no values")                                                           \
    X(TOO_FEW, "too few values")                                                    \
    X(CONSTANT, "all values are equal")                                             \
    X(NOT_POSITIVE, "a value is zero or negative")                                  \
    X(NEGATIVE, "a value is negative")                                              \
    X(ZERO_SUM, "the values add up to zero")                                        \
    X(MEAN_NOT_POSITIVE, "the mean is not positive")                                \
    X(ZERO_BASE, "the base is zero")                                                \
    X(NEGATIVE_BASE, "the base is negative")                                        \
    X(NOT_ADDITIVE, "means, shares, rates and prices are not added up")             \
    X(NO_WEIGHTS, "no weights given")                                               \
    X(ZERO_WEIGHTS, "the weights add up to zero")                                   \
    X(WEIGHTED, "not defined with weights: it counts rows")                         \
    X(NO_MODE, "no value occurs more than once")                                    \
    X(SINGULAR, "the columns depend on one another: the design is singular")        \
    X(MORE_COLUMNS, "not more rows than columns to estimate")                       \
    X(OPEN_BOUNDS, "a bound is open; --open states a convention")                   \
    X(BOUND_NEGATIVE, "a bound goes below zero, where it is not defined")           \
    X(EXACT_FIT, "the fit is exact: no residual is left to test against")           \
    X(NOT_CONVERGED, "the iteration did not converge")                              \
    X(OVERFLOW, "too large for a double")                                           \
    X(UNDEFINED, "not defined for these values")

enum reason {
#define X(name, text) REASON_##name,
    STATS_REASONS(X)
#undef X
};

/* The text of a reason; "" for REASON_NONE; never NULL. */
const char *reason_text(enum reason reason);

#endif
