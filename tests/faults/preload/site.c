/* site.c — allocations by the place they come from: the innermost callers of malloc inside of the program, as one number.
 *
 * Counting allocations reaches the places that allocate often, again and again. By place each of them fails once. The number
 * is made of addresses relative to where the program was loaded, so it is the same in every run of one build. */
#include "fault.h"

#include <link.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unwind.h>

#define CALLERS 5            /* the arena and the copy of a text lie between malloc and who is of interest */
#define PLACES (1u << 16)    /* of the table of those seen: a power of two */

static uintptr_t program_start, program_end;
static atomic_ulong seen[PLACES];
static atomic_bool begun;
/* not from the loader's own allocator, which would come here again */
static __thread bool inside __attribute__((tls_model("initial-exec")));

struct walk {
    uint64_t hash;
    int callers;
    uintptr_t at[CALLERS];   /* relative */
};

static int program_bounds(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size, (void)data;
    program_start = info->dlpi_addr;
    for (int i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_LOAD && info->dlpi_addr + info->dlpi_phdr[i].p_vaddr + info->dlpi_phdr[i].p_memsz > program_end)
            program_end = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr + info->dlpi_phdr[i].p_memsz;
    return 1;    /* the program is the first */
}

void site_start(void)
{
    dl_iterate_phdr(program_bounds, NULL);
}

static _Unwind_Reason_Code caller(struct _Unwind_Context *context, void *data)
{
    struct walk *walk = data;
    uintptr_t at = _Unwind_GetIP(context);
    if (at < program_start || at >= program_end)
        return _URC_NO_REASON;
    walk->at[walk->callers] = at - program_start;
    walk->hash = (walk->hash ^ (at - program_start)) * 0x9E3779B97F4A7C15u;
    walk->hash ^= walk->hash >> 29;
    return ++walk->callers == CALLERS ? _URC_END_OF_STACK : _URC_NO_REASON;
}

/* For whoever looks into a finding. */
static void say_where(const struct walk *walk)
{
    if (getenv("FAULT_WHERE") == NULL)
        return;
    fputs("addr2line -fpe PROGRAM", stderr);
    for (int i = 0; i < walk->callers; i++)
        fprintf(stderr, " %#lx", (unsigned long)walk->at[i] - 1);   /* a return address: the call is before it */
    fputc('\n', stderr);
}

/* True: this place was not seen before. A full table forgets, which only lists a place twice. */
static bool add(uint64_t hash)
{
    for (unsigned i = 0; i < 64; i++) {
        unsigned long none = 0;
        atomic_ulong *place = &seen[(hash + i) & (PLACES - 1)];
        if (atomic_compare_exchange_strong(place, &none, hash))
            return true;
        if (none == hash)
            return false;
    }
    return true;
}

bool site_due(void)
{
    if (inside || !fault_counts())
        return false;
    if (fault.on && atomic_load(&begun))
        return true;
    inside = true;
    struct walk walk = {0};
    _Unwind_Backtrace(caller, &walk);
    bool due = walk.callers > 0 && fault.at != 0 && walk.hash == fault.at && !atomic_exchange(&begun, true);
    if (due) {
        fault_happened();
        say_where(&walk);
    }
    if (walk.callers > 0 && fault.at == 0 && add(walk.hash)) {
        char text[32];
        snprintf(text, sizeof text, "%llu\n", (unsigned long long)walk.hash);
        fault_tell(text);
    }
    inside = false;
    return due;
}
