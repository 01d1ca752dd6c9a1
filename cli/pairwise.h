/* pairwise.h — reading a matrix of pairwise comparisons (AHP). */
#ifndef ZHIBIAO_CLI_PAIRWISE_H
#define ZHIBIAO_CLI_PAIRWISE_H

#include "cli/cli.h"

/* Reads k rows of k entries (3, 0.5 or 1/3) that are separated by commas, tabs or spaces into matrix[k·k]. Empty lines and lines that
 * begin with # are passed over. E_INPUT with file, row and column. */
int pairwise_read(const char *path, size_t k, double *matrix, struct error *error);

#endif
