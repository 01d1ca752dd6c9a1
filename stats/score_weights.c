/* score_weights.c — weights of indicators: from the data (entropy, CRITIC, deviation) or from pairwise comparisons (AHP).
 *
 * Sources: C. Shannon (1948) and M. Zeleny, Multiple Criteria Decision Making (1982), chapter 7, for entropy weights; D.
 * Diakoulaki, G. Mavrotas and L. Papayannakis, Determining objective weights in multiple criteria problems: the CRITIC method,
 * Computers & Operations Research 22 (1995) 763–770; T. Saaty, A scaling method for priorities in hierarchical structures,
 * Journal of Mathematical Psychology 15 (1977) 234–281, with the random indices of Saaty (1980) up to 10 and of Alonso and
 * Lamata (2006) beyond.
 *
 * Requirement 1: a constant indicator has no information: it weighs 0, and takes no part in CRITIC's correlations.
 * Requirement 2: weights add up to 1. */
#include "stats/score.h"
#include "stats/internal.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_constant(const double *column, size_t k, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (column[i * k] != column[0])
            return false;
    return true;
}

/* 1 - e of one scaled column. */
static double divergence(const double *column, size_t k, size_t n)
{
    struct compensated sum = {0, 0}, entropy = {0, 0};
    for (size_t i = 0; i < n; i++)
        compensated_add(&sum, column[i * k]);
    for (size_t i = 0; i < n; i++) {
        double p = column[i * k] / compensated_sum(&sum);
        if (p > 0)
            compensated_add(&entropy, -p * log(p));
    }
    return fmax(0, 1 - compensated_sum(&entropy) / log((double)n));
}

/* σ_j Σ_l (1 - r_jl), or σ_j alone. */
static double contrast(const double *scaled, size_t k, size_t n, size_t j, bool conflict)
{
    double sd = gsl_stats_sd(scaled + j, k, n), sum = 0;
    if (!conflict)
        return sd;
    for (size_t l = 0; l < k; l++)
        if (l != j && !is_constant(scaled + l, k, n))
            sum += 1 - gsl_stats_correlation(scaled + j, k, scaled + l, k, n);
    return sd * sum;
}

int stats_score_weights(enum weighting weighting, const struct score_model *model, const double *x, size_t n, double *weights,
                        enum reason *reason)
{
    size_t k = model->k, column;
    /* entropy depends on ε, the spread of min-max values does not */
    struct score_model minmax = {k, model->negative, SCALING_minmax, weighting == WEIGHTING_entropy ? model->epsilon : 0, SCORE_sum};
    double *scaled = malloc((n * k + 1) * sizeof *scaled);
    int status = scaled == NULL ? E_MEMORY : E_OK;
    *reason = k == 0 ? REASON_EMPTY : weighting != WEIGHTING_equal && n < 2 ? REASON_TOO_FEW : REASON_NONE;
    if (status == E_OK && *reason == REASON_NONE && weighting != WEIGHTING_equal)
        status = stats_scale(&minmax, x, n, scaled, reason, &column);
    if (status != E_OK || *reason != REASON_NONE)
        goto done;
    double sum = 0;
    for (size_t j = 0; j < k; j++) {
        bool constant = is_constant(x + j, k, n);
        if (weighting == WEIGHTING_entropy)
            weights[j] = constant ? 0 : divergence(scaled + j, k, n);
        else if (weighting == WEIGHTING_critic || weighting == WEIGHTING_deviation)
            weights[j] = constant ? 0 : contrast(scaled, k, n, j, weighting == WEIGHTING_critic);
        else
            weights[j] = 1;
        sum += weights[j];
    }
    /* two indicators that always agree have no conflict: then only their spread is left to go by */
    if (weighting == WEIGHTING_critic && !(sum > 1e-12)) {
        sum = 0;
        for (size_t j = 0; j < k; j++)
            sum += weights[j] = is_constant(x + j, k, n) ? 0 : contrast(scaled, k, n, j, false);
    }
    if (!(sum > 0))
        *reason = REASON_CONSTANT;
    for (size_t j = 0; j < k && *reason == REASON_NONE; j++)
        weights[j] /= sum;
done:
    if (status == E_OK && *reason != REASON_NONE)
        for (size_t j = 0; j < k; j++)
            weights[j] = NAN;
    free(scaled);
    return status;
}

/* ---- AHP ---- */

static const double random_index[AHP_MOST + 1] = {0,    0,    0,    0.58, 0.90,   1.12,   1.24,   1.32,
                                                  1.41, 1.45, 1.49, 1.51, 1.5365, 1.5551, 1.5713, 1.5838};

int stats_ahp(const double *matrix, size_t k, double tolerance, double *weights, struct ahp *ahp)
{
    double next[AHP_MOST];
    *ahp = (struct ahp){.lambda = NAN, .index = NAN, .ratio = NAN};
    for (size_t i = 0; i < k; i++)
        weights[i] = NAN;
    if (k == 0 || k > AHP_MOST) {
        ahp->reason = k == 0 ? REASON_EMPTY : REASON_UNDEFINED;
        return E_OK;
    }
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < k; j++) {
            ahp->row = i;
            ahp->column = j;
            if (!(matrix[i * k + j] > 0) || isinf(matrix[i * k + j])) {
                ahp->reason = REASON_NOT_POSITIVE;
                return E_OK;
            }
            if (j <= i && fabs(matrix[i * k + j] * matrix[j * k + i] - 1) > tolerance) {
                ahp->reason = REASON_UNDEFINED;
                return E_OK;
            }
        }
    }
    /* power iteration: a positive matrix has one largest eigenvalue, with a positive vector (Perron) */
    for (size_t i = 0; i < k; i++)
        weights[i] = 1 / (double)k;
    double change = 1;
    for (int step = 0; step < 10000 && change > 1e-17; step++) {
        double sum = 0;
        change = 0;
        for (size_t i = 0; i < k; i++) {
            next[i] = 0;
            for (size_t j = 0; j < k; j++)
                next[i] += matrix[i * k + j] * weights[j];
            sum += next[i];
        }
        for (size_t i = 0; i < k; i++) {
            change = fmax(change, fabs(next[i] / sum - weights[i]));
            weights[i] = next[i] / sum;
        }
        ahp->lambda = sum;  /* Σ Aw with Σ w = 1 */
        if (change < 1e-16 && step > 20)
            break;
    }
    if (change > 1e-9) {
        ahp->reason = REASON_NOT_CONVERGED;
        return E_OK;
    }
    /* λ - k without cancellation: (1/k) Σ_{i<j} (e - 1)²/e with e = a_ij w_j/w_i, the inconsistency of each pair */
    double excess = 0;
    for (size_t i = 0; i < k; i++)
        for (size_t j = i + 1; j < k; j++) {
            double error = matrix[i * k + j] * weights[j] / weights[i];
            excess += (error - 1) * (error - 1) / error;
        }
    excess /= (double)k;
    ahp->lambda = (double)k + excess;
    ahp->index = k > 1 ? excess / (double)(k - 1) : 0;
    ahp->ratio = random_index[k] > 0 ? ahp->index / random_index[k] : 0;
    return E_OK;
}
