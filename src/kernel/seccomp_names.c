/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls for people: "socket(AF_INET, SOCK_STREAM)", "clone(SIGCHLD)".
 *
 * Owns the names of arguments by which calls are refused; a call that is not
 * here prints as its bare name.  Pure: no state, any thread.  The numbers come
 * from a hostile process and are printed, never followed.
 */
#include "kernel/seccomp_table.h"

#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "base/own.h"

struct symbol {
    uint32_t value;
    const char *name;
};

#define S(x)                                                                               \
    {                                                                                      \
        (uint32_t)(x), #x                                                                  \
    }

static const struct symbol families[] = {
    S(AF_UNIX), S(AF_INET),    S(AF_INET6), S(AF_NETLINK),   S(AF_PACKET),
    S(AF_ALG),  S(AF_VSOCK),   S(AF_CAN),   S(AF_BLUETOOTH), S(AF_TIPC),
    S(AF_RDS),  S(AF_KEY),     S(AF_XDP),   S(AF_SMC),       S(AF_KCM),
    S(AF_IB),   S(AF_QIPCRTR), S(AF_NFC),   S(AF_APPLETALK), S(AF_X25),
};
static const struct symbol types[] = {
    S(SOCK_STREAM),    S(SOCK_DGRAM), S(SOCK_RAW),    S(SOCK_RDM),
    S(SOCK_SEQPACKET), S(SOCK_DCCP),  S(SOCK_PACKET),
};
static const struct symbol signals[] = {
    S(SIGHUP),  S(SIGINT),  S(SIGQUIT), S(SIGILL),  S(SIGTRAP), S(SIGABRT), S(SIGBUS),
    S(SIGFPE),  S(SIGKILL), S(SIGUSR1), S(SIGSEGV), S(SIGUSR2), S(SIGPIPE), S(SIGALRM),
    S(SIGTERM), S(SIGCHLD), S(SIGCONT), S(SIGSTOP), S(SIGTSTP), S(SIGTTIN), S(SIGTTOU),
    S(SIGURG),  S(SIGXCPU), S(SIGXFSZ), S(SIGPROF), S(SIGIO),   S(SIGSYS),
};
/* The flags that tell what is being made; the rest is bookkeeping. */
static const struct symbol clone_flags[] = {
    S(CLONE_THREAD), S(CLONE_VFORK),     S(CLONE_PARENT),  S(CLONE_PTRACE),
    S(CLONE_NEWNS),  S(CLONE_NEWCGROUP), S(CLONE_NEWUTS),  S(CLONE_NEWIPC),
    S(CLONE_NEWPID), S(CLONE_NEWNET),    S(CLONE_NEWUSER), S(CLONE_UNTRACED),
};
static const struct symbol map_flags[] = {
    S(MAP_SHARED),
    S(MAP_ANONYMOUS),
    S(MAP_GROWSDOWN),
    S(MAP_HUGETLB),
};
static const struct symbol message_flags[] = {S(MSG_FASTOPEN)};
static const struct symbol ioctls[] = {S(TIOCSTI), S(TIOCLINUX)};
static const struct symbol prctls[] = {S(PR_SET_SECCOMP)};
static const struct symbol node_types[] = {
    S(S_IFCHR), S(S_IFBLK), S(S_IFREG), S(S_IFIFO), S(S_IFSOCK),
};
static const struct symbol seccomp_operations[] = {
    S(SECCOMP_SET_MODE_STRICT),
    S(SECCOMP_SET_MODE_FILTER),
    S(SECCOMP_GET_ACTION_AVAIL),
    S(SECCOMP_GET_NOTIF_SIZES),
};
static const struct symbol ptrace_requests[] = {
    S(PTRACE_TRACEME),
    S(PTRACE_ATTACH),
    S(PTRACE_SEIZE),
};

enum how {
    NOTHING,
    ONE_OF,   /* a name, or the number */
    UNLESS_0, /* the same, and 0 is not worth saying */
    SOME_OF,  /* names joined by |; bits that have none are not worth saying */
    OCTAL,
};

struct format {
    const char *call;
    struct {
        enum how how;
        unsigned arg;
        uint32_t mask;
        const struct symbol *symbols;
        size_t n;
    } part[2];
};

#define PART(how, arg, mask, symbols)                                                      \
    {                                                                                      \
        how, arg, mask, symbols, CL_COUNT(symbols)                                         \
    }
#define ALL 0xffffffffu

/* The type without SOCK_CLOEXEC and SOCK_NONBLOCK, as the kernel reads it. */
#define SOCKET PART(ONE_OF, 0, ALL, families), PART(ONE_OF, 1, 0xf, types)
#define MODE(arg)                                                                          \
    {                                                                                      \
        OCTAL, arg, 07777, NULL, 0                                                         \
    }

static const struct format formats[] = {
    {"socket", {SOCKET}},
    {"socketpair", {SOCKET}},
    {"clone",
     {PART(SOME_OF, 0, ~(uint32_t)CSIGNAL, clone_flags),
      PART(UNLESS_0, 0, CSIGNAL, signals)}},
    {"unshare", {PART(SOME_OF, 0, ALL, clone_flags)}},
    {"setns", {PART(SOME_OF, 1, ALL, clone_flags)}},
    {"mmap", {PART(SOME_OF, 3, ALL, map_flags)}},
    {"ioctl", {PART(ONE_OF, 1, ALL, ioctls)}},
    {"prctl", {PART(ONE_OF, 0, ALL, prctls)}},
    {"seccomp", {PART(ONE_OF, 0, ALL, seccomp_operations)}},
    {"ptrace", {PART(ONE_OF, 0, ALL, ptrace_requests)}},
    {"kill", {PART(ONE_OF, 1, ALL, signals)}},
    {"tkill", {PART(ONE_OF, 1, ALL, signals)}},
    {"tgkill", {PART(ONE_OF, 2, ALL, signals)}},
    {"rt_sigqueueinfo", {PART(ONE_OF, 1, ALL, signals)}},
    {"rt_tgsigqueueinfo", {PART(ONE_OF, 2, ALL, signals)}},
    {"pidfd_send_signal", {PART(ONE_OF, 1, ALL, signals)}},
    {"sendto", {PART(SOME_OF, 3, ALL, message_flags)}},
    {"sendmsg", {PART(SOME_OF, 2, ALL, message_flags)}},
    {"sendmmsg", {PART(SOME_OF, 3, ALL, message_flags)}},
    {"mknod", {PART(ONE_OF, 1, S_IFMT, node_types), MODE(1)}},
    {"mknodat", {PART(ONE_OF, 2, S_IFMT, node_types), MODE(2)}},
    {"chmod", {MODE(1)}},
    {"fchmod", {MODE(1)}},
    {"fchmodat", {MODE(2)}},
    {"fchmodat2", {MODE(2)}},
    {"creat", {MODE(1)}},
    {"open", {MODE(2)}},
    {"openat", {MODE(3)}},
};

struct text {
    char *out;
    size_t len;
};

__attribute__((format(printf, 2, 3))) static void
add(struct text *t, const char *fmt, ...)
{
    if (t->len >= CL_SECCOMP_NAME - 1) {
        return; /* cut: a name is for people */
    }
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(t->out + t->len, CL_SECCOMP_NAME - t->len, fmt, ap);
    va_end(ap);
    if (n > 0) {
        t->len += (size_t)n;
    }
}

static void
add_one_of(struct text *t, uint32_t value, const struct symbol *symbols, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (symbols[i].value == value) {
            add(t, "%s", symbols[i].name);
            return;
        }
    }
    if (value < 4096) {
        add(t, "%u", value);
    } else {
        add(t, "0x%x", value);
    }
}

static void
add_some_of(struct text *t, uint32_t value, const struct symbol *symbols, size_t n)
{
    const char *separator = "";
    for (size_t i = 0; i < n; i++) {
        if ((value & symbols[i].value) == symbols[i].value) {
            add(t, "%s%s", separator, symbols[i].name);
            separator = "|";
        }
    }
}

static void
add_argument(struct text *t, const struct format *f, int i, const uint64_t args[6])
{
    uint32_t value = (uint32_t)args[f->part[i].arg] & f->part[i].mask;
    switch (f->part[i].how) {
    case NOTHING: return;
    case UNLESS_0:
        if (value == 0) {
            return;
        }
        add_one_of(t, value, f->part[i].symbols, f->part[i].n);
        return;
    case ONE_OF: add_one_of(t, value, f->part[i].symbols, f->part[i].n); return;
    case SOME_OF: add_some_of(t, value, f->part[i].symbols, f->part[i].n); return;
    case OCTAL: add(t, "%#o", value); return;
    }
}

static void
add_arguments(struct text *t, const struct format *f, const uint64_t args[6])
{
    const char *before = "(";
    for (int i = 0; i < 2; i++) {
        char one[CL_SECCOMP_NAME] = "";
        struct text argument = {one, 0};
        add_argument(&argument, f, i, args);
        if (one[0] != '\0') {
            add(t, "%s%s", before, one);
            before = ", ";
        }
    }
    if (before[0] == ',') {
        add(t, ")");
    }
}

void
cl_seccomp_print_call(const char *name, const uint64_t args[6], char out[CL_SECCOMP_NAME])
{
    struct text t = {out, 0};
    out[0] = '\0';
    add(&t, "%s", name);
    for (size_t i = 0; i < CL_COUNT(formats); i++) {
        if (strcmp(formats[i].call, name) == 0) {
            add_arguments(&t, &formats[i], args);
            return;
        }
    }
}
