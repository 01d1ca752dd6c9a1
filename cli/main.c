/* main.c — the table of commands and the way into them.
 *
 * No locale is ever set, so that numbers have a point and tables align in any environment; what is UTF-8 is read as that by
 * data/base/utf8.h. Standard output is checked once more at the end: a full disk is an error, not a silent loss. */
#include "cli/cli.h"
#include "stats/stats.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const struct command *const commands[] = {
    &command_extract,    &command_explain,   &command_ingest, &command_import,  &command_show, &command_regions,
    &command_indicators, &command_documents, &command_total,  &command_compare, &command_plot, &command_summary,
    &command_inequality, &command_score,    &command_relate, &command_structure, &command_trend,
    &command_check,      &command_backup,   &command_merge,
};
#define COMMAND_COUNT (sizeof commands / sizeof *commands)

static const struct option global_options[] = {
    STORE_OPTION,
    HELP_OPTION,
    OPTION("version", 0, NULL, version, "print the version and end"),
    OPTIONS_END,
};

static void print_help(void)
{
    puts("Usage: zhibiao [--store FILE] COMMAND [OPTION]... [FILE]...\n"
         "Indicator statistics from Chinese text: extract, store, compare, draw.\n"
         "\n"
         "Commands (zhibiao COMMAND --help says more):");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        printf("  %-12s%s\n", commands[i]->name, commands[i]->summary);
    puts("\nOptions:");
    options_help(global_options, stdout);
    puts("\nExit status: 0 done, 1 nothing found, 2 wrong usage, 3 input or store error.");
}

static void print_command_help(const struct command *command)
{
    printf("Usage: zhibiao %s [OPTION]...%s%s\n%c%s.\n", command->name, command->operands != NULL ? " " : "",
           command->operands != NULL ? command->operands : "", command->summary[0] - 'a' + 'A', command->summary + 1);
    if (command->description != NULL)
        printf("\n%s\n", command->description);
    puts("\nOptions:");
    options_help(command->options, stdout);
}

static int find_command(const char *name, const struct command **command, struct error *error)
{
    struct nearest nearest;
    char hint[320];
    nearest_start(&nearest, name);
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            *command = commands[i];
            return E_OK;
        }
        nearest_consider(&nearest, commands[i]->name);
    }
    return error_set(error, E_USAGE, "unknown command '%s'%s; zhibiao --help lists them", name, nearest_hint(&nearest, hint));
}

static int run(int argc, char **argv, const struct command **command, struct error *error)
{
    struct settings settings = {0};
    int next, status = options_parse(global_options, argc - 1, argv + 1, true, &next, &settings, error);
    if (status != E_OK)
        return status;
    next++;
    if (settings.help) {
        print_help();
        return E_OK;
    }
    if (settings.version) {
        puts("zhibiao " ZHIBIAO_VERSION);
        return E_OK;
    }
    if (next >= argc)
        return error_set(error, E_USAGE, "no command given; zhibiao --help lists them");
    if ((status = find_command(argv[next], command, error)) != E_OK)
        return status;
    const char *given = getenv("ZHIBIAO_STORE");
    if (settings.store == NULL)
        settings.store = given != NULL && given[0] != '\0' ? given : "zhibiao.db";
    settings.command = (*command)->name;
    status = options_parse((*command)->options, argc - next - 1, argv + next + 1, false, NULL, &settings, error);
    if (status != E_OK)
        return status;
    if (settings.help) {
        print_command_help(*command);
        return E_OK;
    }
    if (settings.operand_count < (*command)->least)
        return error_set(error, E_USAGE, "needs %s; see zhibiao %s --help", (*command)->operands, (*command)->name);
    if (settings.operand_count > (*command)->most)
        return error_set(error, E_USAGE, "'%s' is one operand too many; see zhibiao %s --help",
                         settings.operands[(*command)->most], (*command)->name);
    if ((status = reference_open(error)) != E_OK)
        return status;
    stats_init();
    return (*command)->run(&settings, error);
}

int main(int argc, char **argv)
{
    struct error error = {0};
    const struct command *command = NULL;
    int status = run(argc, argv, &command, &error);
    const char *name = command != NULL ? command->name : NULL;
    if (status != E_OK && error.text[0] != '\0')
        complain(name, error.text);
    else if (status == E_MEMORY)
        complain(name, error_text(E_MEMORY));
    bool failed = ferror(stdout) != 0;
    errno = 0;
    if (fclose(stdout) != 0 || failed) {
        /* the command has said so already when it was the one that noticed */
        if (status != E_OUTPUT)
            complain_about(name, "standard output cannot be written%s%s; is the disk full?", errno != 0 ? ": " : "",
                           errno != 0 ? strerror(errno) : "");
        status = E_OUTPUT;
    }
    return error_exit_status((enum error_code)status);
}
