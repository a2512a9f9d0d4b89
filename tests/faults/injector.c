/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tracer: one thread, one loop over waitpid.  Every tracee stops at the
 * begin and at the end of each of its system calls.
 *
 * Which process is which follows from how it came about:
 *
 *     BROKER --vfork, exec--> LAUNCHER --clone3--> SETUP --exec--> ZYGOTE
 *     ZYGOTE --clone--> INIT, --clone3--> CELL; what a CELL forks is nobody's
 *
 * A call is failed by making getpid in its place, which every filter allows,
 * and putting the errno where its result is.
 */
#include "injector.h"

#include <elf.h>
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "injector_calls.h"

#if defined(__x86_64__)
#include <sys/reg.h>
#endif

enum { MAX_TRACEES = 512, MARK = 24301 };

struct shared {
    atomic_int role;  /* whose call is to fail */
    atomic_uint left; /* calls of it until then; 0: none */
    atomic_int which;
    atomic_uint count[INJECTOR_ROLES];
    atomic_int has_failed;
    atomic_int learns;
    atomic_uint marks;
    atomic_int is_missing;
    char what[64];
    char missing[128];
};

struct tracee {
    pid_t pid; /* 0: free */
    enum injector_role role;
    int is_counted;
    int is_held; /* stopped before its parent's event told what it is */
    int result;  /* the call under way is to return this; 0: its own */
    uint64_t nr;
    uint64_t args[6];
    pid_t parent;
    unsigned done[INJECTOR_KEYS];
};

static struct shared *shared;
static struct tracee tracees[MAX_TRACEES];
static unsigned usual_cell[INJECTOR_KEYS];
static unsigned usual_zygote[INJECTOR_KEYS];

static struct tracee *
find(pid_t pid)
{
    for (size_t i = 0; i < MAX_TRACEES; i++) {
        if (tracees[i].pid == pid) {
            return &tracees[i];
        }
    }
    return NULL;
}

static struct tracee *
find_or_add(pid_t pid)
{
    struct tracee *t = find(pid);
    if (t == NULL) {
        t = find(0);
        if (t == NULL) {
            fprintf(stderr, "injector: more than %d tracees\n", MAX_TRACEES);
            exit(255);
        }
        *t = (struct tracee){.pid = pid, .is_held = 1};
    }
    return t;
}

static void
go_on(pid_t pid, int sig)
{
    /* ESRCH: killed meanwhile; its end is told by waitpid. */
    (void)ptrace(PTRACE_SYSCALL, pid, NULL, (void *)(intptr_t)sig);
}

/* ---- registers ---------------------------------------------------------- */

static void
replace_call(pid_t pid, long nr)
{
#if defined(__x86_64__)
    (void)ptrace(PTRACE_POKEUSER, pid, (void *)(8l * ORIG_RAX), (void *)nr);
#elif defined(__aarch64__)
    int value = (int)nr;
    struct iovec iov = {.iov_base = &value, .iov_len = sizeof value};
    (void)ptrace(PTRACE_SETREGSET, pid, (void *)(intptr_t)NT_ARM_SYSTEM_CALL, &iov);
#else
#error "x86-64 and arm64"
#endif
}

static void
replace_result(pid_t pid, long result)
{
#if defined(__x86_64__)
    (void)ptrace(PTRACE_POKEUSER, pid, (void *)(8l * RAX), (void *)result);
#elif defined(__aarch64__)
    struct user_regs_struct regs;
    struct iovec iov = {.iov_base = &regs, .iov_len = sizeof regs};
    if (ptrace(PTRACE_GETREGSET, pid, (void *)(intptr_t)NT_PRSTATUS, &iov) == 0) {
        regs.regs[0] = (unsigned long long)result;
        (void)ptrace(PTRACE_SETREGSET, pid, (void *)(intptr_t)NT_PRSTATUS, &iov);
    }
#endif
}

/* ---- what is counted ---------------------------------------------------- */

static void
compare(const struct tracee *t, const unsigned usual[INJECTOR_KEYS])
{
    for (int key = 0; key < INJECTOR_KEYS; key++) {
        if (t->done[key] < usual[key] && !atomic_load(&shared->is_missing)) {
            (void)snprintf(shared->missing, sizeof shared->missing,
                           "%s: %s succeeded %u times, not %u", injector_role_name(t->role),
                           injector_key_name(key), t->done[key], usual[key]);
            atomic_store(&shared->is_missing, 1);
        }
    }
}

/* A cell that has its job made its mark. */
static void
take_mark(const struct tracee *cell)
{
    const struct tracee *zygote = find(cell->parent);
    if (atomic_exchange(&shared->learns, 0) && zygote != NULL) {
        memcpy(usual_cell, cell->done, sizeof usual_cell);
        memcpy(usual_zygote, zygote->done, sizeof usual_zygote);
    }
    compare(cell, usual_cell);
    if (zygote != NULL) {
        compare(zygote, usual_zygote);
    }
    atomic_fetch_add(&shared->marks, 1);
}

static void
begin_call(struct tracee *t, const struct __ptrace_syscall_info *info)
{
    t->nr = info->entry.nr;
    for (int i = 0; i < 6; i++) {
        t->args[i] = info->entry.args[i];
    }
    if (t->role == INJECTOR_CELL && t->nr == SYS_lseek && t->args[0] == MARK) {
        take_mark(t);
    }
    if (t->role == INJECTOR_CELL && t->nr == SYS_recvmsg) {
        t->is_counted = 0; /* waits for its job: from here on it is the code */
    }
    struct injector_errnos errnos = injector_errnos_of(t->nr);
    if (!t->is_counted || errnos.first == 0) {
        return;
    }
    atomic_fetch_add(&shared->count[t->role], 1);
    if (atomic_load(&shared->left) > 0 && atomic_load(&shared->role) == (int)t->role &&
        atomic_fetch_sub(&shared->left, 1) == 1) {
        int error = atomic_load(&shared->which) == 0 ? errnos.first : errnos.second;
        t->result = -error;
        (void)snprintf(shared->what, sizeof shared->what, "call %llu: %s",
                       (unsigned long long)t->nr, strerrorname_np(error));
        atomic_store(&shared->has_failed, 1);
        replace_call(t->pid, SYS_getpid);
    }
}

static void
end_call(struct tracee *t, const struct __ptrace_syscall_info *info)
{
    if (t->result != 0) {
        replace_result(t->pid, t->result);
        t->result = 0;
        return;
    }
    int key = injector_key_of(t->nr, t->args);
    if (key >= 0 && !info->exit.is_error) {
        t->done[key]++;
    }
}

/* ---- the loop ------------------------------------------------------------ */

/* What a process that t just made is. */
static void
adopt(const struct tracee *t, pid_t pid)
{
    struct tracee *child = find_or_add(pid);
    child->parent = t->pid;
    child->is_counted = t->is_counted || t->role == INJECTOR_LAUNCHER;
    child->role = t->role;
    if (t->role == INJECTOR_LAUNCHER) {
        child->role = INJECTOR_SETUP;
    } else if (t->role == INJECTOR_ZYGOTE) {
        child->role = t->nr == SYS_clone ? INJECTOR_INIT : INJECTOR_CELL;
    } else if (t->role == INJECTOR_CELL) {
        child->is_counted = 0;
    }
    child->is_held = 0;
}

static void
has_execed(struct tracee *t)
{
    if (t->role == INJECTOR_SETUP) {
        t->role = INJECTOR_ZYGOTE;
    } else if (t->role == INJECTOR_BROKER) {
        t->role = INJECTOR_LAUNCHER;
    }
}

static void
handle_stop(struct tracee *t, int status)
{
    int sig = WSTOPSIG(status);
    int event = status >> 16;
    unsigned long pid = 0;
    struct __ptrace_syscall_info info;
    if (sig == (SIGTRAP | 0x80)) {
        if (ptrace(PTRACE_GET_SYSCALL_INFO, t->pid, (void *)sizeof info, &info) > 0) {
            if (info.op == PTRACE_SYSCALL_INFO_ENTRY) {
                begin_call(t, &info);
            } else if (info.op == PTRACE_SYSCALL_INFO_EXIT) {
                end_call(t, &info);
            }
        }
        go_on(t->pid, 0);
    } else if (event == PTRACE_EVENT_FORK || event == PTRACE_EVENT_VFORK ||
               event == PTRACE_EVENT_CLONE) {
        if (ptrace(PTRACE_GETEVENTMSG, t->pid, NULL, &pid) == 0) {
            struct tracee *child = find((pid_t)pid);
            int waits = child != NULL && child->is_held;
            adopt(t, (pid_t)pid);
            if (waits) {
                go_on((pid_t)pid, 0);
            }
        }
        go_on(t->pid, 0);
    } else if (event == PTRACE_EVENT_EXEC) {
        has_execed(t);
        go_on(t->pid, 0);
    } else {
        go_on(t->pid, event == 0 ? sig : 0);
    }
}

static int
trace(pid_t first)
{
    int result = 255;
    for (;;) {
        int status = 0;
        pid_t pid = waitpid(-1, &status, __WALL);
        if (pid < 0 && errno == EINTR) {
            continue;
        }
        if (pid < 0) {
            return result; /* nobody is left */
        }
        struct tracee *t = find(pid);
        if (WIFSTOPPED(status)) {
            if (t == NULL) {
                (void)find_or_add(pid); /* held, until it is known what it is */
                continue;
            }
            handle_stop(t, status);
            continue;
        }
        if (t != NULL) {
            t->pid = 0;
        }
        if (pid == first && WIFEXITED(status)) {
            result = WEXITSTATUS(status);
        }
    }
}

int
injector_run(int (*test)(void *ctx), void *ctx)
{
    const long options = PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK |
                         PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC;
    int go[2];
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                  -1, 0);
    if (shared == MAP_FAILED || pipe(go) < 0) {
        return 255;
    }
    pid_t pid = fork();
    if (pid == 0) {
        char byte;
        (void)close(go[1]);
        if (read(go[0], &byte, 1) != 1) {
            _exit(255);
        }
        (void)close(go[0]);
        _exit(test(ctx));
    }
    (void)close(go[0]);
    if (pid < 0 || ptrace(PTRACE_SEIZE, pid, NULL, (void *)options) < 0 ||
        ptrace(PTRACE_INTERRUPT, pid, NULL, NULL) < 0) {
        perror("injector: trace");
        return 255;
    }
    struct tracee *t = find_or_add(pid);
    *t = (struct tracee){.pid = pid, .role = INJECTOR_BROKER, .is_counted = 1};
    if (write(go[1], "g", 1) != 1) {
        return 255;
    }
    (void)close(go[1]);
    return trace(pid);
}

/* ---- in the child -------------------------------------------------------- */

void
injector_arm(enum injector_role role, unsigned at, int which)
{
    for (int i = 0; i < INJECTOR_ROLES; i++) {
        atomic_store(&shared->count[i], 0);
    }
    atomic_store(&shared->has_failed, 0);
    atomic_store(&shared->role, (int)role);
    atomic_store(&shared->which, which);
    atomic_store(&shared->left, at);
}

int
injector_disarm(void)
{
    atomic_store(&shared->left, 0);
    return atomic_load(&shared->has_failed);
}

const char *
injector_what(void)
{
    return shared->what;
}

unsigned
injector_count(enum injector_role role)
{
    return atomic_load(&shared->count[role]);
}

void
injector_learn(void)
{
    atomic_store(&shared->learns, 1);
}

unsigned
injector_marks(void)
{
    return atomic_load(&shared->marks);
}

const char *
injector_missing(void)
{
    return atomic_load(&shared->is_missing) ? shared->missing : "";
}

const char *
injector_role_name(enum injector_role role)
{
    static const char *const names[] = {"broker", "launcher", "setup",
                                        "zygote", "init",     "cell"};
    return names[role];
}
