/* score.h — what can be chosen for a composite score. */
#ifndef ZHIBIAO_CLI_SCORE_H
#define ZHIBIAO_CLI_SCORE_H

#include "cli/frame.h"
#include "stats/score.h"

#define INDICATORS_MOST 200

enum show { SHOW_scores, SHOW_weights, SHOW_ranks, SHOW_scaled, SHOW_loadings, SHOW_COUNT };

struct score_options {
    struct score_model model;
    bool negative[INDICATORS_MOST];
    enum weighting weighting;
    double weights[INDICATORS_MOST];  /* of --weights 1,2,3 and --ahp; others come from the data */
    struct ahp ahp;
    struct sensitivity_plan plan;
    enum show show;
};

/* What does not depend on the data; *o zero-initialised. E_USAGE. */
int score_options_read(const struct settings *settings, struct score_options *o, struct error *error);
/* What depends on the columns: their directions, number and given weights. *o must stay where it is. E_USAGE, E_INPUT. */
int score_options_fit(const struct settings *settings, const struct frame *frame, struct score_options *o, struct error *error);

#endif
