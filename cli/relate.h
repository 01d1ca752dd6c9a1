/* relate.h — what the methods of `relate` share: rows of several columns, complete, as decimals in binary128. */
#ifndef ZHIBIAO_CLI_RELATE_H
#define ZHIBIAO_CLI_RELATE_H

#include "cli/result.h"

struct relation_options {
    double confidence;
    size_t degree;               /* of the polynomial in the second column; 1: none */
    bool intercept;
    const char *adjust;          /* holm, bh or none */
};

/* The rows of a group in which none of the columns is missing. */
struct complete {
    size_t n, left_out, columns;
    _Float128 *quad;             /* [columns][n] */
    double *value;               /* the same as doubles */
    size_t *row;                 /* of the frame */
};
/* group: FRAME_ALL or a group of the frame. */
int complete_of(const struct frame *frame, size_t group, struct complete *complete, struct error *error);
void complete_free(struct complete *complete);
/* "2 rows without all columns left out", or NULL. */
const char *complete_note(const struct complete *complete, char *text, size_t size);

struct relation {
    const struct settings *settings;
    const struct frame *frame;
    const struct relation_options *options;
    struct result *result;
};
/* A method: its name, what it is, how many columns it takes, whether --group names its samples. */
struct relation_method {
    const char *name, *summary;
    size_t least, most;
    bool samples;
    int (*run)(const struct relation *relation, size_t group, struct error *error);
};
extern const struct relation_method relation_fits[], relation_tests[];  /* end with a NULL name */

#endif
