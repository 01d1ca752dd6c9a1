/* fault.c — reads $FAULT, counts, and tells the harness what happened through the descriptor $FAULT_REPORT.
 *
 * There it writes "!" when the fault was made to happen for the first time, and when the program ends by itself the number
 * of calls counted, so that the harness knows where to stop. $FAULT_SECONDS ends a program that hangs (SIGALRM). */
#include "fault.h"

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

static void tell(const char *text)
{
    if (state.report >= 0)
        fault_syscall(SYS_write, state.report, (long)text, (long)strlen(text), 0, 0, 0);
}

bool fault_due(void)
{
    if (!state.counting)
        return false;
    unsigned long call = atomic_fetch_add(&state.calls, 1) + 1;
    bool due = fault.at != 0 && (fault.on ? call >= fault.at : call == fault.at);
    if (due && !atomic_exchange(&state.told, true))
        tell("!");
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
    if (n < 2 || (strcmp(fault.kind, "alloc") != 0 && !fault_trap())) {
        fprintf(stderr, "fault: '%s' is no fault\n", spec);
        _exit(99);
    }
    state.counting = true;
}

__attribute__((destructor)) static void end(void)
{
    char text[32];
    if (!state.counting)
        return;
    state.counting = false;
    snprintf(text, sizeof text, "%lu\n", atomic_load(&state.calls));
    tell(text);
}
