/* sources.h — --evidence of the commands that work on series: the figures behind a result, and where each one stands. */
#ifndef ZHIBIAO_CLI_SOURCES_H
#define ZHIBIAO_CLI_SOURCES_H

#include "cli/output.h"
#include "cli/series.h"

int sources_open(struct output **out, const struct settings *settings, struct error *error);
/* A row for each statement that makes up the reading: `of` is the region that the result is about, `role` what the figure is to it. */
int sources_write(struct output *out, const struct series *series, const struct reading *reading, const char *of, const char *role,
                  struct error *error);

#endif
