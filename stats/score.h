/* score.h — composite indices: several indicators of n objects made comparable, weighted, and put together; and how far the
 * resulting order depends on choices that could have been made differently.
 *
 * Matrices are row by row: x[i·k + j] is indicator j of object i; all values must be there (a caller leaves incomplete objects
 * out). Functions return E_OK also where something is undefined: *reason says why, and what was to be filled is NaN. */
#ifndef ZHIBIAO_STATS_SCORE_H
#define ZHIBIAO_STATS_SCORE_H

#include "stats/reason.h"
#include "stats/stats.h"

#include <stdbool.h>
#include <stdint.h>

/* How an indicator is made comparable; afterwards more is better. A constant indicator becomes 1/2 (minmax), 0 (zscore). */
#define SCALINGS(X)                                                                                        \
    X(minmax)  /* (x - min)/(max - min), negative: (max - x)/(max - min), into [ε, 1 - ε] */               \
    X(zscore)  /* (x - mean)/sd(n - 1), negative: with the opposite sign */                                \
    X(vector)  /* x/√Σx², negative: with the opposite sign */                                              \
    X(max)     /* x/max, negative: min/x; needs x >= 0, negative: x > 0 */                                 \
    X(sum)     /* x/Σx, negative: (1/x)/Σ(1/x); needs the same */                                          \
    X(rank)    /* (n - r)/(n - 1) with mid-ranks r */                                                      \
    X(none)    /* as it is, negative: with the opposite sign */
enum scaling {
#define X(name) SCALING_##name,
    SCALINGS(X)
#undef X
    SCALING_COUNT
};

#define WEIGHTINGS(X) X(equal) X(given) X(entropy) X(critic) X(deviation) X(ahp)
enum weighting {
#define X(name) WEIGHTING_##name,
    WEIGHTINGS(X)
#undef X
    WEIGHTING_COUNT
};

#define SCORE_METHODS(X)                                                                                   \
    X(sum)        /* Σ w z */                                                                              \
    X(geometric)  /* Π z^w, z > 0 */                                                                       \
    X(topsis)     /* d⁻/(d⁺ + d⁻), distances to the worst and best weighted values */                      \
    X(coupling)   /* √(C Σ w z), C = k (Π z)^(1/k)/Σ z */                                                  \
    X(pca)        /* components with a variance of at least 1, weighted by it */
enum score_method {
#define X(name) SCORE_##name,
    SCORE_METHODS(X)
#undef X
    SCORE_COUNT
};

struct score_model {
    size_t k;                  /* indicators */
    const bool *negative;      /* [k]: less is better; NULL: none */
    enum scaling scaling;
    double epsilon;            /* of minmax, 0 <= ε < 1/2; it changes results, so a caller prints it */
    enum score_method method;
};

const char *scaling_name(enum scaling scaling);
const char *weighting_name(enum weighting weighting);
const char *score_method_name(enum score_method method);

/* Whether a method is defined on a scaling: geometric and coupling need positive values, pca brings its own. */
bool score_accepts(enum score_method method, enum scaling scaling);

/* scaled: [n·k]. *column: the indicator that is to blame for a reason. */
int stats_scale(const struct score_model *model, const double *x, size_t n, double *scaled, enum reason *reason, size_t *column);

/* weights: [k], sum 1. entropy: Shannon's, on min-max values in [ε, 1 - ε]: e = -Σ p ln p / ln n, w ∝ 1 - e. critic: w ∝ σ Σ(1 - r)
 * on min-max values (Diakoulaki et al. 1995). deviation: w ∝ σ of the min-max values. A constant indicator weighs 0. equal: 1/k. `given`
 * and `ahp` are not computed here. CONSTANT: all indicators are; TOO_FEW: n < 2. */
int stats_score_weights(enum weighting weighting, const struct score_model *model, const double *x, size_t n, double *weights,
                        enum reason *reason);

/* scores: [n]; weights: [k], >= 0, sum 1 (pca reads none). */
int stats_score(const struct score_model *model, const double *x, size_t n, const double *weights, double *scores,
                enum reason *reason, size_t *column);

/* Coupling degree C, comprehensive level T = Σ w u and coordination degree D of k subsystems u >= 0; Σ u = 0: undefined. */
struct coupling {
    double degree, level, coordination;
    enum reason reason;
};
struct coupling stats_coupling(const double *u, const double *weights, size_t k);

/* Weights from a matrix of pairwise comparisons (Saaty 1977): the principal eigenvector, its eigenvalue, consistency index
 * (λ - k)/(k - 1) and ratio CI/RI(k), 0 for k < 3. Rows and columns: k, 1 <= k <= AHP_MOST. NOT_POSITIVE: an entry is not > 0; UNDEFINED: a_ij·a_ji
 * is not 1 (within `tolerance`), at *row, *column. */
#define AHP_MOST 15
struct ahp {
    double lambda, index, ratio;
    enum reason reason;
    size_t row, column;
};
int stats_ahp(const double *matrix, size_t k, double tolerance, double *weights, struct ahp *ahp);

/* Principal components of the correlation matrix: variances [k] descending, loadings [k·k] (loadings[j·k + c]: indicator j on
 * component c; each column has length 1 and a sum >= 0), scores [n·k] or NULL. TOO_FEW: n < 2; CONSTANT: *column is. */
int stats_pca(const double *x, size_t n, size_t k, double *variances, double *loadings, double *scores, enum reason *reason,
              size_t *column);

/* How the ranks change when choices change: `runs` times everything named is drawn anew, the rest stays as in the model.
 * Deterministic for a seed. */
struct sensitivity_plan {
    size_t runs;
    unsigned long seed;
    bool scalings;             /* one of those that the method accepts and the data allow, each as likely */
    bool weights;              /* Dirichlet: (1, …, 1), all weights equally likely, or concentration·w_j */
    double concentration;      /* 0: (1, …, 1) */
    bool bounds;               /* each value uniform between its ends; an open end: the value itself */
};
struct sensitivity {
    size_t rank, best, worst;  /* ranks by the model, and the extremes over model and runs; 1 is the largest score */
    double mean_rank;          /* over the runs */
    double same;               /* share of runs with the model's rank */
    double low, high;          /* scores over the runs that use the model's scaling; equal to the score without such runs */
    double reversal;           /* share of runs in which the object next in the model's order is above it; NaN for the last */
    size_t next;               /* that object; n for the last */
};
/* counts: [n·n] or NULL: counts[i·n + r - 1] is the number of runs in which object i had rank r. reversed: mean share of all pairs
 * whose order is the opposite of the model's. runs: those that could be carried out. */
int stats_score_sensitivity(const struct score_model *model, const struct interval *x, size_t n, const double *weights,
                            const struct sensitivity_plan *plan, struct sensitivity *results, uint32_t *counts,
                            double *reversed, size_t *runs);

/* Competition ranks (1224) of n scores, largest first. ranks: [n]. E_MEMORY. */
int stats_score_ranks(const double *scores, size_t n, size_t *ranks);

#endif
