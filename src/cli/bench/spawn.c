/* SPDX-License-Identifier: Apache-2.0 */
/* Owns how commands are started.  posix_spawn: it copies no page tables, so
 * that a command costs the same whoever starts it. */
#include "cli/bench/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "base/own.h"

extern char **environ; // NOLINT(readability-redundant-declaration): POSIX says so

static int
open_null(void)
{
    return open("/dev/null", O_RDWR | O_CLOEXEC);
}

int
cli_bench_spawn(const char *const *argv, int in_fd, int err_fd, struct cli_bench_child *out,
                struct cloche_error *err)
{
    cl_autoclose int null_fd = in_fd < 0 || err_fd < 0 ? open_null() : -1;
    posix_spawn_file_actions_t actions;
    int ends[2];
    pid_t pid = 0;

    if (pipe2(ends, O_CLOEXEC) != 0) {
        return cl_fail_sys(err, errno, "make a pipe");
    }
    cl_autoclose int theirs = ends[1];
    int sys = posix_spawn_file_actions_init(&actions);
    if (sys == 0) {
        /* These fail for want of memory only, and posix_spawn then does less. */
        (void)posix_spawn_file_actions_adddup2(&actions, in_fd < 0 ? null_fd : in_fd, 0);
        (void)posix_spawn_file_actions_adddup2(&actions, theirs, 1);
        (void)posix_spawn_file_actions_adddup2(&actions, err_fd < 0 ? null_fd : err_fd, 2);
        sys = posix_spawnp(&pid, argv[0], &actions, NULL, (char *const *)(uintptr_t)argv,
                           environ);
        (void)posix_spawn_file_actions_destroy(&actions);
    }
    if (sys != 0) {
        (void)close(ends[0]);
        return cl_fail_sys(err, sys, "start '%s'", argv[0]);
    }
    *out = (struct cli_bench_child){.pid = pid, .out_fd = ends[0]};
    return 0;
}

/* The last line that a command wrote to standard error. */
static const char *
last_words(int err_fd, char *text, size_t size)
{
    const off_t end = err_fd < 0 ? 0 : lseek(err_fd, 0, SEEK_END);
    const off_t from = end > (off_t)size - 1 ? end - (off_t)size + 1 : 0;
    ssize_t n = end <= 0 ? 0 : pread(err_fd, text, size - 1, from);
    while (n > 0 && text[n - 1] == '\n') {
        n--;
    }
    text[n > 0 ? n : 0] = '\0';
    const char *line = strrchr(text, '\n');
    return line == NULL ? text : line + 1;
}

int
cli_bench_reap(struct cli_bench_child *child, int err_fd, struct cloche_error *err)
{
    char text[200];
    int status = 0;
    pid_t got;

    cl_drop_fd(&child->out_fd);
    do {
        got = waitpid(child->pid, &status, 0);
    } while (got < 0 && errno == EINTR);
    child->pid = 0;
    if (got < 0) {
        return cl_fail_sys(err, errno, "wait for it");
    }
    if (status == 0) {
        return 0;
    }
    const char *said = last_words(err_fd, text, sizeof text);
    return cl_fail(err, CLOCHE_ESYS, "it ended with %s %d%s%s",
                   WIFSIGNALED(status) ? "signal" : "status",
                   WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
                   said[0] == '\0' ? "" : ": ", said);
}

/* All of it is read, so that it does not end for a closed pipe. */
static int
read_line(int fd, char *line, size_t size, struct cloche_error *err)
{
    char rest[4096];
    size_t len = 0;
    for (;;) {
        const int has_room = len + 1 < size;
        const ssize_t n =
            has_room ? read(fd, line + len, size - 1 - len) : read(fd, rest, sizeof rest);
        if (n < 0 && errno != EINTR) {
            return cl_fail_sys(err, errno, "read what it prints");
        }
        if (n == 0) {
            break;
        }
        len += has_room && n > 0 ? (size_t)n : 0;
    }
    line[len] = '\0';
    line[strcspn(line, "\n")] = '\0';
    return 0;
}

int
cli_bench_err_file(struct cloche_error *err)
{
    cl_autoclose int fd = memfd_create("cloche-bench-stderr", MFD_CLOEXEC);
    /* Appending: after it was emptied too, it has no hole at its beginning. */
    return fd >= 0 && fcntl(fd, F_SETFL, O_APPEND) == 0
               ? cl_take_fd(&fd)
               : cl_fail_sys(err, errno, "make its standard error");
}

int
cli_bench_say(const char *const *argv, char *line, size_t size, struct cloche_error *err)
{
    cl_autoclose int err_fd = cli_bench_err_file(err);
    struct cli_bench_child child;
    if (err_fd < 0 || cli_bench_spawn(argv, -1, err_fd, &child, err) != 0) {
        return -1;
    }
    const int rc = read_line(child.out_fd, line, size, err);
    return cli_bench_reap(&child, err_fd, rc == 0 ? err : NULL) != 0 ? -1 : rc;
}

void
cli_bench_adopt(void)
{
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); /* cannot fail */
}

/* Kill the children that there are now. */
static void
kill_children(void)
{
    cl_autofclose FILE *f = fopen("/proc/thread-self/children", "re");
    long pid = 0;
    while (f != NULL && fscanf(f, "%ld", &pid) == 1) {
        (void)kill((pid_t)pid, SIGKILL); /* it may have ended */
    }
}

void
cli_bench_end_all(void)
{
    do {
        kill_children();
    } while (waitpid(-1, NULL, 0) > 0 || errno == EINTR);
}

int
cli_bench_is_in_path(const char *program)
{
    const char *path = getenv("PATH");
    char file[4096];
    for (const char *at = path; at != NULL && *at != '\0';) {
        const size_t len = strcspn(at, ":");
        (void)snprintf(file, sizeof file, "%.*s/%s", (int)len, at, program);
        if (access(file, X_OK) == 0) {
            return 1;
        }
        at += len + (at[len] == ':');
    }
    return 0;
}
