/* syscall.c — the N-th system call of a kind fails.
 *
 * The kernel itself hands the calls over: a seccomp filter turns each call of the kind into SIGSYS, whose handler counts it
 * and either gives it a failing result or makes it from the one place that the filter lets pass. So also the calls that
 * the C library makes inside of stdio, and those of SQLite that is linked in, are reached. */
#include "fault.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
__asm__(".text\n.globl fault_syscall\n.type fault_syscall,@function\nfault_syscall:\n"
        "movq %rdi,%rax\nmovq %rsi,%rdi\nmovq %rdx,%rsi\nmovq %rcx,%rdx\nmovq %r8,%r10\nmovq %r9,%r8\n"
        "movq 8(%rsp),%r9\nsyscall\n.globl fault_passed\nfault_passed:\nret\n");
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
__asm__(".text\n.globl fault_syscall\n.type fault_syscall,@function\nfault_syscall:\n"
        "mov x8,x0\nmov x0,x1\nmov x1,x2\nmov x2,x3\nmov x3,x4\nmov x4,x5\nmov x5,x6\nsvc #0\n"
        ".globl fault_passed\nfault_passed:\nret\n");
#else
#error "tests/faults: only x86-64 and aarch64"
#endif
extern const char fault_passed[];

#define CALLS_MOST 8
static const struct kind {
    const char *name;
    int error;                /* what the failing call says; 0: it does half of what was asked */
    long calls[CALLS_MOST];   /* -1 ends the list */
} kinds[] = {
    {"read", EIO, {SYS_read, SYS_pread64, SYS_readv, -1}},
    {"write", ENOSPC, {SYS_write, SYS_pwrite64, SYS_writev, -1}},
    {"short", 0, {SYS_write, SYS_pwrite64, -1}},
    {"sync", EIO, {SYS_fsync, SYS_fdatasync, SYS_msync, -1}},
    {"truncate", ENOSPC, {SYS_ftruncate, SYS_fallocate, -1}},
    {"map", ENOMEM, {SYS_mmap, SYS_mremap, SYS_brk, -1}},
    {"lock", EIO, {SYS_fcntl, SYS_flock, -1}},
    {"seek", EIO, {SYS_lseek, -1}},
    {"folder", EIO, {SYS_getdents64, -1}},
#if defined(__x86_64__)
    {"open", EMFILE, {SYS_open, SYS_openat, SYS_creat, -1}},
    {"rename", EIO, {SYS_rename, SYS_renameat, SYS_renameat2, SYS_link, SYS_linkat, -1}},
    {"unlink", EIO, {SYS_unlink, SYS_unlinkat, -1}},
    {"stat", EIO, {SYS_stat, SYS_fstat, SYS_lstat, SYS_newfstatat, SYS_statx, SYS_access, SYS_faccessat, -1}},
#else
    {"open", EMFILE, {SYS_openat, -1}},
    {"rename", EIO, {SYS_renameat, SYS_renameat2, SYS_linkat, -1}},
    {"unlink", EIO, {SYS_unlinkat, -1}},
    {"stat", EIO, {SYS_fstat, SYS_newfstatat, SYS_statx, SYS_faccessat, -1}},
#endif
};
static const struct kind *chosen;

static void trapped(int signal, siginfo_t *info, void *context)
{
    (void)signal;
    ucontext_t *at = context;
#if defined(__x86_64__)
    greg_t *r = at->uc_mcontext.gregs, *result = &r[REG_RAX];
    long a[] = {r[REG_RDI], r[REG_RSI], r[REG_RDX], r[REG_R10], r[REG_R8], r[REG_R9]};
#else
    unsigned long long *r = at->uc_mcontext.regs, *result = &r[0];
    long a[] = {(long)r[0], (long)r[1], (long)r[2], (long)r[3], (long)r[4], (long)r[5]};
#endif
    /* without standard error there would be no message to look for */
    bool message = chosen->calls[0] == SYS_write && a[0] == 2;
    /* nor can giving a lock back fail, which SQLite would wait for */
    bool other = chosen->calls[0] == SYS_fcntl && !(a[1] == F_SETLK && ((struct flock *)a[2])->l_type != F_UNLCK);
    if (!message && !other && fault_due()) {
        if (chosen->error != 0) {
            /* brk says what it left unchanged, all others a negative error number */
            *result = info->si_syscall == SYS_brk ? fault_syscall(SYS_brk, 0, 0, 0, 0, 0, 0) : -chosen->error;
            return;
        }
        a[2] -= a[2] / 2;
    }
    *result = fault_syscall(info->si_syscall, a[0], a[1], a[2], a[3], a[4], a[5]);
}

bool fault_trap(void)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, fault.kind) == 0)
            chosen = &kinds[i];
    if (chosen == NULL)
        return false;
    struct sigaction action = {.sa_sigaction = trapped, .sa_flags = SA_SIGINFO | SA_NODEFER};
    if (sigaction(SIGSYS, &action, NULL) != 0)
        return false;
    uint64_t passed = (uint64_t)(uintptr_t)fault_passed;
    unsigned count = 0;
    while (count < CALLS_MOST && chosen->calls[count] >= 0)
        count++;
    const unsigned at = offsetof(struct seccomp_data, instruction_pointer);
    struct sock_filter filter[8 + CALLS_MOST + 2] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 0, (uint8_t)(count + 5)),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, at),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)passed, 0, 2),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, at + 4),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(passed >> 32), (uint8_t)(count + 1), 0),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    };
    unsigned n = 7;
    for (unsigned i = 0; i < count; i++)
        filter[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)chosen->calls[i],
                                                   (uint8_t)(count - i), 0);
    filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
    struct sock_fprog program = {.len = (unsigned short)n, .filter = filter};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}
