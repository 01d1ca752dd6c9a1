/* fault.c — reads $FAULT, counts, and tells the harness what happened through the descriptor $FAULT_REPORT.
 *
 * There it writes "!" when the fault was made to happen for the first time, and when the program ends by itself the number
 * of calls counted, so that the harness knows where to stop. $FAULT_SECONDS ends a program that hangs (SIGALRM). With
 * $FAULT_UNTIL_EXIT nothing fails any more once main has returned: a program that counts its coverage writes its counts then. */
#include "fault.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct fault fault;

static struct {
    bool counting;
    int report;
    atomic_ulong calls;
    atomic_bool told;
} state = {.report = -1};

void fault_tell(const char *text)
{
    if (state.report >= 0)
        fault_syscall(SYS_write, state.report, (long)text, (long)strlen(text), 0, 0, 0);
}

bool fault_counts(void)
{
    return state.counting;
}

void fault_happened(void)
{
    if (!atomic_exchange(&state.told, true))
        fault_tell("!");
}

bool fault_due(void)
{
    if (!state.counting)
        return false;
    unsigned long call = atomic_fetch_add(&state.calls, 1) + 1;
    bool due = fault.at != 0 && (fault.on ? call >= fault.at : call == fault.at);
    if (due)
        fault_happened();
    return due;
}

__attribute__((constructor)) static void start(void)
{
    const char *spec = getenv("FAULT"), *report = getenv("FAULT_REPORT"), *seconds = getenv("FAULT_SECONDS");
    if (seconds != NULL)
        alarm((unsigned)atoi(seconds));
    if (spec == NULL)
        return;
    char plus = 0;
    int n = sscanf(spec, "%15[a-z]:%lu%c", fault.kind, &fault.at, &plus);
    fault.on = n == 3 && plus == '+';
    state.report = report != NULL ? atoi(report) : -1;
    bool site = n >= 2 && strcmp(fault.kind, "site") == 0;
    if (site)
        site_start();
    if (n < 2 || (!site && strcmp(fault.kind, "alloc") != 0 && !fault_trap())) {
        fprintf(stderr, "fault: '%s' is no fault\n", spec);
        _exit(99);
    }
    state.counting = true;
}

static void end(void);

typedef int main_function(int, char **, char **);
typedef int start_function(main_function *, int, char **, main_function *, void (*)(void), void (*)(void), void *);
static main_function *real_main;

/* What is registered here runs after all that main registers, and before the destructors, where the counts are written. */
static int main_until_exit(int argc, char **argv, char **environment)
{
    atexit(end);
    return real_main(argc, argv, environment);
}

int __libc_start_main(main_function *, int, char **, main_function *, void (*)(void), void (*)(void), void *);
int __libc_start_main(main_function *program, int argc, char **argv, main_function *init, void (*fini)(void),
                      void (*loader_fini)(void), void *stack)
{
    bool counting = state.counting;
    state.counting = false;    /* finding the next one may allocate */
    start_function *next = (start_function *)dlsym(RTLD_NEXT, "__libc_start_main");
    state.counting = counting;
    real_main = program;
    return next(getenv("FAULT_UNTIL_EXIT") != NULL ? main_until_exit : program, argc, argv, init, fini, loader_fini, stack);
}

__attribute__((destructor)) static void end(void)
{
    char text[32];
    if (!state.counting)
        return;
    state.counting = false;
    snprintf(text, sizeof text, "%lu\n", atomic_load(&state.calls));
    fault_tell(text);
}
