/* fault.h — what the parts of the preloaded library share. See README.md in tests/faults. */
#ifndef ZHIBIAO_FAULT_H
#define ZHIBIAO_FAULT_H

#include <stdbool.h>

/* Which calls are counted, and which of them are made to fail: FAULT=KIND:N fails the N-th, KIND:N+ all from it on.
 * FAULT=site:N fails the first allocation from the place that has this number (site.c), site:0 lists the numbers. */
struct fault {
    char kind[16];
    unsigned long at;
    bool on;           /* and all that follow */
};
extern struct fault fault;

/* Counts one call; true: it is to fail. */
bool fault_due(void);
/* Whether calls count now: after start, and until exit where that is asked for. */
bool fault_counts(void);
/* Says that the fault was made to happen. */
void fault_happened(void);
/* Writes to $FAULT_REPORT. */
void fault_tell(const char *text);
/* Allocations by place: finds the program in memory; true: this allocation is to fail. */
void site_start(void);
bool site_due(void);
/* A system call that the filter lets through. */
long fault_syscall(long number, long a, long b, long c, long d, long e, long f);
/* Has the system calls of fault.kind counted; false: there is no such kind. */
bool fault_trap(void);

#endif
