/* anova.c — one-way analysis of variance in binary128: means first, then squared distances from them. */
#include "stats/regression.h"

#include "stats/internal.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#define ROUNDING_ONLY 1e-60  /* of the sum of squares: less is rounding */

int stats_anova(const _Float128 *values, const size_t *group, size_t n, size_t groups, struct anova *anova)
{
    *anova = (struct anova){.n = n};
    anova->between_ss = anova->within_ss = anova->total_ss = anova->between_ms = anova->within_ms = anova->f = anova->p =
        anova->residual_sd = anova->eta_squared = anova->omega_squared = NAN;
    _Float128 *mean = calloc(groups + 1, sizeof *mean), all = 0, between = 0, within = 0, squares = 0;
    size_t *count = calloc(groups + 1, sizeof *count);
    int status = E_OK;
    if (mean == NULL || count == NULL) {
        status = E_MEMORY;
        goto done;
    }
    for (size_t i = 0; i < n; i++) {
        if (!(values[i] - values[i] == 0)) {
            status = E_DOMAIN;
            goto done;
        }
        mean[group[i]] += values[i];
        all += values[i];
        squares += values[i] * values[i];
        anova->groups += count[group[i]]++ == 0;
    }
    if (anova->groups < 2 || n <= anova->groups) {
        anova->reason = n == 0 ? REASON_EMPTY : REASON_TOO_FEW;
        goto done;
    }
    all /= n;
    for (size_t g = 0; g < groups; g++)
        if (count[g] > 0) {
            mean[g] /= count[g];
            between += count[g] * (mean[g] - all) * (mean[g] - all);
        }
    for (size_t i = 0; i < n; i++)
        within += (values[i] - mean[group[i]]) * (values[i] - mean[group[i]]);
    if (!(within > (_Float128)ROUNDING_ONLY * squares))
        within = 0;
    if (!(between > (_Float128)ROUNDING_ONLY * squares))
        between = 0;
    anova->df_between = anova->groups - 1;
    anova->df_within = n - anova->groups;
    _Float128 between_ms = between / anova->df_between, within_ms = within / anova->df_within, total = between + within;
    anova->between_ss = (double)between;
    anova->within_ss = (double)within;
    anova->total_ss = (double)total;
    anova->between_ms = (double)between_ms;
    anova->within_ms = (double)within_ms;
    anova->residual_sd = (double)quad_sqrt(within_ms);
    if (total == 0) {
        anova->reason = REASON_CONSTANT;
        goto done;
    }
    anova->eta_squared = (double)(between / total);
    anova->omega_squared = (double)((between - anova->df_between * within_ms) / (total + within_ms));
    if (within == 0) {
        anova->reason = REASON_EXACT_FIT;
        goto done;
    }
    anova->f = (double)(between_ms / within_ms);
    anova->p = gsl_cdf_fdist_Q(anova->f, (double)anova->df_between, (double)anova->df_within);
done:
    free(count);
    free(mean);
    return status;
}
