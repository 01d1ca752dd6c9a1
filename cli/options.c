/* options.c — reads a command line by a table of options, and prints the table as help.
 *
 * --name VALUE, --name=VALUE, -n VALUE and -nVALUE are the same; options and operands mix; -- ends the options. What
 * cannot be read is named together with the nearest option. A value given twice: the last one counts. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static const struct option *by_name(const struct option *options, const char *name, size_t length)
{
    for (const struct option *o = options; o->name != NULL; o++)
        if (strlen(o->name) == length && memcmp(o->name, name, length) == 0)
            return o;
    return NULL;
}

static const struct option *by_letter(const struct option *options, char letter)
{
    for (const struct option *o = options; o->name != NULL; o++)
        if (o->letter != '\0' && o->letter == letter)
            return o;
    return NULL;
}

static int unknown(const struct option *options, const char *text, const char *command, struct error *error)
{
    struct nearest nearest;
    char hint[320], name[256];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(text, "="), text);
    nearest_start(&nearest, name);
    for (const struct option *o = options; o->name != NULL; o++) {
        char dashed[64];
        snprintf(dashed, sizeof dashed, "--%s", o->name);
        nearest_consider(&nearest, dashed);
    }
    return error_set(error, E_USAGE, "unknown option '%s'%s; see zhibiao %s%s--help", name,
                     nearest_hint(&nearest, hint), command != NULL ? command : "", command != NULL ? " " : "");
}

int options_parse(const struct option *options, int argc, char **argv, bool stop_at_operand, int *next,
                  struct settings *settings, struct error *error)
{
    size_t kept = 0;
    bool ended = false;
    int i = 0;
    for (; i < argc; i++) {
        char *text = argv[i];
        if (ended || text[0] != '-' || text[1] == '\0') {
            if (stop_at_operand)
                break;
            argv[kept++] = text;
            continue;
        }
        if (strcmp(text, "--") == 0) {
            ended = true;
            continue;
        }
        const struct option *option;
        const char *value = NULL;
        if (text[1] == '-') {
            size_t length = strcspn(text + 2, "=");
            option = by_name(options, text + 2, length);
            if (text[2 + length] == '=')
                value = text + 2 + length + 1;
        } else {
            option = by_letter(options, text[1]);
            if (text[2] != '\0')
                value = text + 2;
            if (option != NULL && option->argument == NULL && value != NULL)
                option = NULL;  /* flags are not bundled */
        }
        if (option == NULL)
            return unknown(options, text, settings->command, error);
        void *place = (char *)settings + option->offset;
        if (option->argument == NULL) {
            if (value != NULL)
                return error_set(error, E_USAGE, "option --%s takes no value", option->name);
            *(bool *)place = true;
            continue;
        }
        if (value == NULL) {
            if (i + 1 == argc)
                return error_set(error, E_USAGE, "option --%s needs a value: --%s %s", option->name, option->name,
                                 option->argument);
            value = argv[++i];
        }
        if (value[0] == '\0')
            return error_set(error, E_USAGE, "option --%s needs a value that is not empty: --%s %s", option->name,
                             option->name, option->argument);
        *(const char **)place = value;
    }
    if (next != NULL)
        *next = i;
    settings->operands = argv;
    settings->operand_count = kept;
    return E_OK;
}

void options_help(const struct option *options, FILE *file)
{
    int width = 0;
    for (const struct option *o = options; o->name != NULL; o++) {
        int length = (int)strlen(o->name) + (o->argument != NULL ? (int)strlen(o->argument) + 1 : 0);
        if (length > width)
            width = length;
    }
    for (const struct option *o = options; o->name != NULL; o++) {
        char left[128];
        snprintf(left, sizeof left, "%s%s%s", o->name, o->argument != NULL ? " " : "",
                 o->argument != NULL ? o->argument : "");
        if (o->letter != '\0')
            fprintf(file, "  -%c, --%-*s  %s\n", o->letter, width, left, o->help);
        else
            fprintf(file, "      --%-*s  %s\n", width, left, o->help);
    }
}

bool date_valid(const char *text)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return false;
    for (int i = 0; i < 10; i++)
        if (i != 4 && i != 7 && (text[i] < '0' || text[i] > '9'))
            return false;
    int year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
    int month = (text[5] - '0') * 10 + (text[6] - '0'), day = (text[8] - '0') * 10 + (text[9] - '0');
    if (year < 1 || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && leap);
}
