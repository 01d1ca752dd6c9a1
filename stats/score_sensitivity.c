/* score_sensitivity.c — how ranks change when scaling, weights and uncertain values are drawn anew.
 *
 * M. Saisana, A. Saltelli and S. Tarantola, Uncertainty and sensitivity analysis techniques as tools for the quality assessment
 * of composite indicators, Journal of the Royal Statistical Society A 168 (2005) 307–323; the share of runs in each rank is
 * SMAA's rank acceptability index (R. Lahdelma and P. Salminen, Operations Research 49 (2001) 444–454).
 *
 * Requirement 1: the same seed gives the same answer on every machine (GSL's mt19937, which does not depend on the platform).
 * Requirement 2: weights are drawn from a Dirichlet distribution: each run's weights are positive and add up to 1.
 * Requirement 3: a scaling that the data do not allow (a negative value, a zero where less is better) is never drawn; a run that
 *                the drawn values make impossible is left out and not counted.
 * Requirement 4: best and worst rank include the model's own. */
#include "stats/score.h"
#include "stats/internal.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>

struct space {
    double *x, *scores, *weights, *alpha, *ordered, *merged;
    size_t *ranks, *order;
    gsl_rng *random;
};

static bool space_open(struct space *s, size_t n, size_t k)
{
    s->x = malloc((n * k + 1) * sizeof *s->x);
    s->scores = malloc((n + 1) * sizeof *s->scores);
    s->weights = malloc((k + 1) * sizeof *s->weights);
    s->alpha = malloc((k + 1) * sizeof *s->alpha);
    s->ordered = malloc((n + 1) * sizeof *s->ordered);
    s->merged = malloc((n + 1) * sizeof *s->merged);
    s->ranks = malloc((n + 1) * sizeof *s->ranks);
    s->order = malloc((n + 1) * sizeof *s->order);
    s->random = gsl_rng_alloc(gsl_rng_mt19937);
    return s->x != NULL && s->scores != NULL && s->weights != NULL && s->alpha != NULL && s->ordered != NULL &&
           s->merged != NULL && s->ranks != NULL && s->order != NULL && s->random != NULL;
}

static void space_close(struct space *s)
{
    free(s->x);
    free(s->scores);
    free(s->weights);
    free(s->alpha);
    free(s->ordered);
    free(s->merged);
    free(s->ranks);
    free(s->order);
    gsl_rng_free(s->random);
}

/* Pairs a before b with a < b, by merging: O(n log n). Sorts descending. */
static uint64_t inversions(double *values, double *room, size_t n)
{
    if (n < 2)
        return 0;
    size_t half = n / 2, i = 0, j = half, to = 0;
    uint64_t count = inversions(values, room, half) + inversions(values + half, room, n - half);
    while (i < half || j < n) {
        if (j >= n || (i < half && values[i] >= values[j])) {
            room[to++] = values[i++];
        } else {
            count += half - i;
            room[to++] = values[j++];
        }
    }
    for (size_t m = 0; m < n; m++)
        values[m] = room[m];
    return count;
}

/* The scalings that may be drawn. */
static int usable_scalings(const struct score_model *model, const double *x, size_t n, const double *weights, double *scores,
                           enum scaling *list, size_t *count)
{
    *count = 0;
    for (int s = 0; s < SCALING_none; s++) {
        struct score_model other = *model;
        enum reason reason;
        size_t column;
        other.scaling = (enum scaling)s;
        if (!score_accepts(model->method, other.scaling) || model->scaling == SCALING_none)
            continue;
        int status = stats_score(&other, x, n, weights, scores, &reason, &column);
        if (status != E_OK)
            return status;
        if (reason == REASON_NONE)
            list[(*count)++] = other.scaling;
    }
    return E_OK;
}

static double draw_value(struct interval known, gsl_rng *random)
{
    double u = gsl_rng_uniform(random);  /* also for exact values: a run's other draws do not depend on which are */
    if (!isfinite(known.low) || !isfinite(known.high) || known.low == known.high)
        return known.value;
    return known.low + u * (known.high - known.low);
}

static int by_rank(const void *a, const void *b, void *context)
{
    const size_t *x = a, *y = b, *ranks = context;
    if (ranks[*x] != ranks[*y])
        return ranks[*x] < ranks[*y] ? -1 : 1;
    return (*x > *y) - (*x < *y);
}

static int begin(const struct score_model *model, const struct interval *x, size_t n, const double *weights, struct space *s,
                 struct sensitivity *results)
{
    enum reason reason;
    size_t column;
    for (size_t i = 0; i < n * model->k; i++)
        s->x[i] = x[i].value;
    int status = stats_score(model, s->x, n, weights, s->scores, &reason, &column);
    if (status == E_OK && reason != REASON_NONE)
        status = E_DOMAIN;
    if (status == E_OK)
        status = stats_score_ranks(s->scores, n, s->ranks);
    if (status != E_OK)
        return status;
    for (size_t i = 0; i < n; i++) {
        s->order[i] = i;
        results[i] = (struct sensitivity){.rank = s->ranks[i], .best = s->ranks[i], .worst = s->ranks[i], .low = s->scores[i],
                                          .high = s->scores[i], .next = n, .reversal = NAN};
    }
    qsort_r(s->order, n, sizeof *s->order, by_rank, s->ranks);
    for (size_t i = 0; i + 1 < n; i++) {
        results[s->order[i]].next = s->order[i + 1];
        results[s->order[i]].reversal = 0;
    }
    return E_OK;
}

static int record(struct space *s, size_t n, bool same_scaling, struct sensitivity *results, uint32_t *counts,
                  double *reversed)
{
    int status = stats_score_ranks(s->scores, n, s->ranks);
    if (status != E_OK)
        return status;
    for (size_t i = 0; i < n; i++) {
        struct sensitivity *r = &results[i];
        size_t rank = s->ranks[i];
        r->best = rank < r->best ? rank : r->best;
        r->worst = rank > r->worst ? rank : r->worst;
        r->mean_rank += (double)rank;
        r->same += rank == r->rank;
        if (same_scaling) {
            r->low = fmin(r->low, s->scores[i]);
            r->high = fmax(r->high, s->scores[i]);
        }
        if (r->next < n)
            r->reversal += s->scores[r->next] > s->scores[i];
        if (counts != NULL)
            counts[i * n + rank - 1]++;
        s->ordered[i] = s->scores[s->order[i]];
    }
    if (n > 1)
        *reversed += (double)inversions(s->ordered, s->merged, n) / ((double)n * (double)(n - 1) / 2);
    return E_OK;
}

int stats_score_sensitivity(const struct score_model *model, const struct interval *x, size_t n, const double *weights,
                            const struct sensitivity_plan *plan, struct sensitivity *results, uint32_t *counts,
                            double *reversed, size_t *runs)
{
    struct space s = {0};
    enum scaling scalings[SCALING_COUNT];
    size_t usable = 0, k = model->k, column;
    enum reason reason;
    *reversed = 0;
    *runs = 0;
    int status = space_open(&s, n, k) ? begin(model, x, n, weights, &s, results) : E_MEMORY;
    if (status == E_OK && plan->scalings)
        status = usable_scalings(model, s.x, n, weights, s.scores, scalings, &usable);
    if (status != E_OK)
        goto done;
    gsl_rng_set(s.random, plan->seed);
    for (size_t i = 0; counts != NULL && i < n * n; i++)
        counts[i] = 0;
    for (size_t j = 0; j < k; j++) {
        s.weights[j] = weights[j];
        s.alpha[j] = plan->concentration > 0 ? fmax(plan->concentration * weights[j], 1e-3) : 1;
    }
    for (size_t run = 0; run < plan->runs; run++) {
        struct score_model drawn = *model;
        if (usable > 0)
            drawn.scaling = scalings[gsl_rng_uniform_int(s.random, usable)];
        if (plan->weights)
            gsl_ran_dirichlet(s.random, k, s.alpha, s.weights);
        for (size_t i = 0; plan->bounds && i < n * k; i++)
            s.x[i] = draw_value(x[i], s.random);
        if ((status = stats_score(&drawn, s.x, n, s.weights, s.scores, &reason, &column)) != E_OK)
            goto done;
        if (reason != REASON_NONE)
            continue;
        if ((status = record(&s, n, drawn.scaling == model->scaling, results, counts, reversed)) != E_OK)
            goto done;
        ++*runs;
    }
    for (size_t i = 0; i < n; i++) {
        double share = *runs > 0 ? 1 / (double)*runs : NAN;
        results[i].mean_rank *= share;
        results[i].same *= share;
        results[i].reversal *= share;
    }
    *reversed = *runs > 0 ? *reversed / (double)*runs : NAN;
done:
    space_close(&s);
    return status;
}
