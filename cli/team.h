/* team.h — `extract --jobs N`: several threads, the same bytes. */
#ifndef ZHIBIAO_CLI_TEAM_H
#define ZHIBIAO_CLI_TEAM_H

#include "cli/cli.h"
#include "data/extract/extract.h"

#define JOBS_MOST 64

/* Extracts the settings' operands with up to `jobs` threads and writes JSON to `file`: one object a line, or an array. Each
 * file is a unit of work or, of a single plain text, each window. *worst becomes E_INPUT when an input could not be read. */
int team_extract(const struct settings *settings, const struct extract_options *extraction, unsigned jobs, FILE *file,
                 bool array, int *worst, struct error *error);

#endif
