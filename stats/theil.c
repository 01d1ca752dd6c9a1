/* theil.c — what part of Theil's T and L lies between groups, at every level of a tree, and what part within them.
 *
 * With the shares of weight w_g and of value s_g of each node of the tree, and the node's parent G,
 *     T = Σ_levels Σ_g s_g ln((s_g/w_g)/(s_G/w_G)),    L = Σ_levels Σ_g w_g ln((s_G/w_G)/(s_g/w_g)),
 * where the rows themselves are the last level and the whole (s = w = 1) is the parent of the first. (F. Bourguignon,
 * Decomposable income inequality measures, Econometrica 47 (1979) 901–920; A. Shorrocks, Econometrica 48 (1980) 613–625, applied
 * at each node.) Each level's sum is computed on its own, not as a difference, so that a small component keeps its digits.
 *
 * Requirement 1: rows that are missing or of weight 0 are left out at every level.
 * Requirement 2: Σ components = total, up to rounding.
 * Requirement 3: a node whose share of value is 0 contributes 0 to T, and makes L undefined. */
#include "stats/distribution.h"
#include "stats/internal.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* The share of weight and value of a node, or of a row. */
struct node {
    double weight, value;
};

/* s ln(r/R), written so that nearly equal means keep their digits: Σ s ln q = Σ (s ln q - w' (q - 1)) as Σ over a parent's
 * children of w_g (r_g - R) is 0. With q = r/R: s = w q R. */
static void add_terms(struct compensated *t, struct compensated *l, struct node node, struct node parent)
{
    double parent_ratio = parent.value / parent.weight;
    double difference = (node.value / node.weight - parent_ratio) / parent_ratio;
    double scale = node.weight * parent_ratio;
    if (node.value == 0)
        compensated_add(t, scale);
    else
        compensated_add(t, scale * ((1 + difference) * log1p(difference) - difference));
    if (l != NULL)
        compensated_add(l, node.weight * (difference - log1p(difference)));
}

/* Shares of each row, NaN weight for those left out; sets total's counts and reasons. */
static int rows_of(const double *values, const double *weights, size_t n, struct node *rows, struct theil_total *total)
{
    double largest = 0, heaviest = 0;
    bool zero = false;
    for (size_t i = 0; i < n; i++) {
        double weight = weights != NULL ? weights[i] : 1;
        rows[i] = (struct node){NAN, NAN};
        if (isnan(values[i]) || isnan(weight)) {
            total->missing++;
            continue;
        }
        if (isinf(values[i]) || isinf(weight) || weight < 0)
            return E_DOMAIN;
        if (weight == 0) {
            total->zero_weight++;
            continue;
        }
        if (values[i] < 0)
            total->reason_t = total->reason_l = REASON_NEGATIVE;
        zero |= values[i] == 0;
        largest = fmax(largest, values[i]);
        heaviest = fmax(heaviest, weight);
        rows[i] = (struct node){weight, values[i]};
        total->n++;
    }
    if (total->n == 0)
        total->reason_t = total->reason_l = total->zero_weight > 0 ? REASON_ZERO_WEIGHTS : REASON_EMPTY;
    else if (total->reason_t == REASON_NONE && largest == 0)
        total->reason_t = total->reason_l = REASON_ZERO_SUM;
    else if (total->reason_l == REASON_NONE && zero)
        total->reason_l = REASON_NOT_POSITIVE;
    if (total->reason_t != REASON_NONE)
        return E_OK;
    struct compensated weight = {0, 0}, value = {0, 0};
    for (size_t i = 0; i < n; i++) {
        if (isnan(rows[i].weight))
            continue;
        rows[i].weight /= heaviest;
        rows[i].value = rows[i].value / largest * rows[i].weight;
        compensated_add(&weight, rows[i].weight);
        compensated_add(&value, rows[i].value);
    }
    for (size_t i = 0; i < n; i++) {
        rows[i].weight /= compensated_sum(&weight);
        rows[i].value /= compensated_sum(&value);
    }
    return E_OK;
}

/* Adds the rows up into the nodes of one level. E_DOMAIN: a group's number out of range. */
static int nodes_of(const struct node *rows, size_t n, const size_t *group, size_t groups, struct node *nodes)
{
    struct compensated (*sums)[2] = calloc(groups ? groups : 1, sizeof *sums);
    if (sums == NULL)
        return E_MEMORY;
    int status = E_OK;
    for (size_t i = 0; i < n; i++) {
        if (isnan(rows[i].weight))
            continue;
        if (group[i] >= groups) {
            status = E_DOMAIN;
            break;
        }
        compensated_add(&sums[group[i]][0], rows[i].weight);
        compensated_add(&sums[group[i]][1], rows[i].value);
    }
    for (size_t g = 0; g < groups; g++)
        nodes[g] = (struct node){compensated_sum(&sums[g][0]), compensated_sum(&sums[g][1])};
    free(sums);
    return status;
}

/* The component of one level: its nodes (the rows themselves for group == NULL) inside those of the level above. */
static struct theil_split component(const struct node *rows, size_t n, const size_t *group, const struct node *nodes,
                                    const size_t *above, const struct node *parents, size_t groups, bool *seen, bool with_l)
{
    struct compensated t = {0, 0}, l = {0, 0};
    if (group != NULL)
        for (size_t g = 0; g < groups; g++)
            seen[g] = false;
    for (size_t i = 0; i < n; i++) {
        if (isnan(rows[i].weight) || (group != NULL && seen[group[i]]))
            continue;
        if (group != NULL)
            seen[group[i]] = true;
        struct node parent = above != NULL ? parents[above[i]] : (struct node){1, 1};
        if (parent.value > 0)
            add_terms(&t, with_l ? &l : NULL, group != NULL ? nodes[group[i]] : rows[i], parent);
    }
    return (struct theil_split){compensated_sum(&t), with_l ? compensated_sum(&l) : NAN};
}

int stats_theil_split(const double *values, const double *weights, size_t n, const size_t *const *group,
                      const size_t *groups, size_t levels, struct theil_split *components, struct theil_total *total)
{
    int status = E_OK;
    size_t most = 1;
    *total = (struct theil_total){.t = NAN, .l = NAN};
    for (size_t k = 0; k <= levels; k++)
        components[k] = (struct theil_split){NAN, NAN};
    for (size_t k = 0; k < levels; k++)
        most = groups[k] > most ? groups[k] : most;
    struct node *rows = n < SIZE_MAX / sizeof *rows ? malloc((n ? n : 1) * sizeof *rows) : NULL;
    struct node *nodes = calloc(most, 2 * sizeof *nodes);
    bool *seen = calloc(most, sizeof *seen);
    if (rows == NULL || nodes == NULL || seen == NULL) {
        status = E_MEMORY;
        goto done;
    }
    status = rows_of(values, weights, n, rows, total);
    if (status != E_OK || total->reason_t != REASON_NONE)
        goto done;
    bool with_l = total->reason_l == REASON_NONE;
    struct compensated t = {0, 0}, l = {0, 0};
    struct node *here = nodes, *parents = nodes + most;
    const size_t *above = NULL;
    for (size_t k = 0; k <= levels; k++) {
        const size_t *level = k < levels ? group[k] : NULL;
        if (level != NULL && (status = nodes_of(rows, n, level, groups[k], here)) != E_OK)
            goto done;
        components[k] = component(rows, n, level, here, above, parents, level != NULL ? groups[k] : 0, seen, with_l);
        compensated_add(&t, components[k].t);
        compensated_add(&l, components[k].l);
        struct node *swap = parents;
        parents = here;
        here = swap;
        above = level;
    }
    total->t = compensated_sum(&t);
    total->l = with_l ? compensated_sum(&l) : NAN;
done:
    free(rows);
    free(nodes);
    free(seen);
    return status;
}

int stats_theil_groups(const double *values, const double *weights, size_t n, const size_t *group, size_t groups,
                       struct theil_group *results)
{
    int status = E_OK;
    struct theil_total total = {0};
    struct node *rows = n < SIZE_MAX / sizeof *rows ? malloc((n ? n : 1) * sizeof *rows) : NULL;
    struct node *nodes = calloc(groups ? groups : 1, sizeof *nodes);
    struct compensated (*sums)[2] = calloc(groups ? groups : 1, sizeof *sums);
    bool *zero = calloc(groups ? groups : 1, sizeof *zero);
    if (rows == NULL || nodes == NULL || sums == NULL || zero == NULL) {
        status = E_MEMORY;
        goto done;
    }
    for (size_t g = 0; g < groups; g++)
        results[g] = (struct theil_group){0, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    status = rows_of(values, weights, n, rows, &total);
    if (status != E_OK || total.reason_t != REASON_NONE)
        goto done;
    if ((status = nodes_of(rows, n, group, groups, nodes)) != E_OK)
        goto done;
    double scale = NAN;  /* value per unit of weight of a row whose two shares are known gives back the values' unit */
    for (size_t i = 0; i < n && isnan(scale); i++)
        if (!isnan(rows[i].weight) && rows[i].value > 0)
            scale = values[i] / (rows[i].value / rows[i].weight);
    for (size_t i = 0; i < n; i++) {
        if (isnan(rows[i].weight))
            continue;
        size_t g = group[i];
        results[g].n++;
        zero[g] |= rows[i].value == 0;
        if (nodes[g].value > 0)
            add_terms(&sums[g][0], rows[i].value > 0 ? &sums[g][1] : NULL, rows[i], nodes[g]);
    }
    for (size_t g = 0; g < groups; g++) {
        struct theil_group *r = &results[g];
        if (r->n == 0)
            continue;
        r->weight_share = nodes[g].weight;
        r->value_share = nodes[g].value;
        r->mean = nodes[g].value / nodes[g].weight * scale;
        r->contribution_t = compensated_sum(&sums[g][0]);
        if (nodes[g].value > 0)
            r->t = r->contribution_t / nodes[g].value;
        if (!zero[g]) {
            r->contribution_l = compensated_sum(&sums[g][1]);
            r->l = r->contribution_l / nodes[g].weight;
        }
    }
done:
    free(rows);
    free(nodes);
    free(sums);
    free(zero);
    return status;
}
