/* explain.h — the two things that explain explains. */
#ifndef ZHIBIAO_CLI_EXPLAIN_H
#define ZHIBIAO_CLI_EXPLAIN_H

#include "cli/cli.h"

/* The marks of the SVG operands[0] whose label or series has operands[1] in it (all without it), with their sentences. */
int explain_chart(const struct settings *settings, struct error *error);

#endif
