/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filtered cell|trusted|zygote OPTION[,OPTION...] PROGRAM [ARG...]
 *
 * Runs a program under a filter, to see what it misses.  Options are named as
 * in CL_SECCOMP_*, in small letters; "none" for none.  The one exec of PROGRAM
 * is let through by a few instructions before the filter, by the address of
 * its path in this process; no listener: what is explained is an errno, what
 * ends is SIGSYS.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/own.h"
#include "kernel/seccomp.h"

static const struct {
    const char *name;
    unsigned option;
} options[] = {
    {"none", 0},
    {"processes", CL_SECCOMP_PROCESSES},
    {"threads", CL_SECCOMP_THREADS},
    {"unix", CL_SECCOMP_UNIX},
    {"no_namespaces", CL_SECCOMP_NO_NAMESPACES},
    {"shared_mounts", CL_SECCOMP_SHARED_MOUNTS},
    {"files", CL_SECCOMP_FILES},
    {"sanitizer", CL_SECCOMP_SANITIZER},
    {"inet", CL_SECCOMP_INET},
};

static int
parse_options(char *text, unsigned *out)
{
    for (char *word = strtok(text, ","); word != NULL; word = strtok(NULL, ",")) {
        size_t i = 0;
        while (i < CL_COUNT(options) && strcmp(options[i].name, word) != 0) {
            i++;
        }
        if (i == CL_COUNT(options)) {
            (void)fprintf(stderr, "filtered: no option '%s'\n", word);
            return -1;
        }
        *out |= options[i].option;
    }
    return 0;
}

static int
parse_kind(const char *text, enum cl_seccomp_kind *out)
{
    if (strcmp(text, "cell") == 0) {
        *out = CL_SECCOMP_CELL;
    } else if (strcmp(text, "trusted") == 0) {
        *out = CL_SECCOMP_TRUSTED;
    } else if (strcmp(text, "zygote") == 0) {
        *out = CL_SECCOMP_ZYGOTE;
    } else {
        (void)fprintf(stderr, "filtered: '%s' is not cell, trusted or zygote\n", text);
        return -1;
    }
    return 0;
}

/* if (nr == execve && args[0] == path) allow; else the filter */
static int
put_exception(struct cl_buf *out, const char *path)
{
    uint64_t address = (uintptr_t)path;
    unsigned first = offsetof(struct seccomp_data, args);
    const struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_execve, 0, 5),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, first),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)address, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, first + 4),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(address >> 32), 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    return cl_buf_add(out, code, sizeof code);
}

int
main(int argc, char **argv)
{
    enum cl_seccomp_kind kind;
    unsigned wanted = 0;
    if (argc < 4) {
        (void)fprintf(stderr,
                      "usage: filtered cell|trusted|zygote OPTIONS PROGRAM [ARG...]\n");
        return 2;
    }
    if (parse_kind(argv[1], &kind) != 0 || parse_options(argv[2], &wanted) != 0) {
        return 2;
    }
    cl_autobuf struct cl_buf filter =
        CL_BUF_INIT(BPF_MAXINSNS * sizeof(struct sock_filter));
    struct cloche_error err;
    if (put_exception(&filter, argv[3]) != 0 ||
        cl_seccomp_build(kind, wanted, &filter, &err) != 0 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        cl_seccomp_install(filter.data, filter.len, NULL, &err) != 0) {
        (void)fprintf(stderr, "filtered: %s\n", err.msg);
        return 2;
    }
    (void)execve(argv[3], argv + 3, environ);
    (void)fprintf(stderr, "filtered: %s: %s\n", argv[3], strerror(errno));
    return 2;
}
