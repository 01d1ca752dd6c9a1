/* backup.c — the command that copies the store while it may be in use. */
#include "cli/cli.h"

static const struct option options[] = {STORE_OPTION, HELP_OPTION, OPTIONS_END};

static int run(const struct settings *settings, struct error *error)
{
    return store_backup(settings->store, settings->operands[0], error);
}

const struct command command_backup = {
    "backup", "FILE", 1, 1, "copy the store to a new file, also while others write to it",
    "FILE appears only when the copy is complete, checked and on the disk; a file that is there is never overwritten.\n"
    "The copy is a store: name it with --store, or put it back with cp while no command uses the store.",
    options, run,
};
