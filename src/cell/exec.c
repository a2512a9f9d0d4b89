/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns what is executed as the zygote, and by which descriptors.
 *
 * Where the distribution's python3 is one program that exports its C API, that
 * is executed, with cloche-zygote.so as an object for the dynamic loader to
 * load first (cell/program.c takes over in it).  Else cloche-zygote, which is
 * linked to libpython.
 *
 * The loader wants a path.  In the plan's root is none, and one beside this
 * program would be looked up anew each time, after an upgrade too.  So it gets
 * "./6" in /proc/self/fd of the host's /proc, as the current directory: the very
 * file that was opened, whatever the root has at /proc.
 */
#include "cell/exec.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/own.h"
#include "cell/program.h"
#include "cloche_python.h" /* generated: CLOCHE_ZYGOTE_FILE */
#include "kernel/abi.h"

static int
fail_open(struct cloche_error *err, const char *what)
{
    int is_missing = errno == ENOENT || errno == EACCES || errno == ENOTDIR;
    return cl_fail_sys_as(err, is_missing ? CLOCHE_EHOST : CLOCHE_ESYS, errno, "open %s",
                          what);
}

int
cl_exec_find(struct cl_exec *x, struct cloche_error *err)
{
    char path[4096];
    if (x->zygote >= 0) {
        return 0;
    }
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 32);
    char *slash = NULL;
    if (n > 0) {
        path[n] = '\0';
        slash = strrchr(path, '/');
    }
    if (slash == NULL) {
        return cl_fail_sys(err, n < 0 ? errno : ENOENT, "read /proc/self/exe");
    }
    (void)snprintf(slash + 1, 32, "%s", CLOCHE_ZYGOTE_FILE); /* 32 bytes were kept free */
    x->zygote = open(path, O_PATH | O_CLOEXEC);
    /* Without the path: the engine looks into what it is told for words. */
    return x->zygote >= 0 ? 0
                          : fail_open(err, CLOCHE_ZYGOTE_FILE
                                      " beside cloche-launcher (is cloche "
                                      "installed, or CLOCHE_HELPER_DIR right?)");
}

static int
move_up(int *fd, int from_fd, struct cloche_error *err)
{
    int higher = fcntl(*fd, F_DUPFD_CLOEXEC, from_fd);
    if (higher < 0) { /* what is said to be invalid is the number, beyond RLIMIT_NOFILE */
        return cl_fail_sys(err, errno == EINVAL ? EMFILE : errno, "arrange descriptors");
    }
    (void)close(*fd); /* the copy holds it */
    *fd = higher;
    return 0;
}

#if CLOCHE_PYTHON_IS_PROGRAM

/* Opened for each zygote: after an upgrade of Python, the program that goes
 * with the standard library that is there. */
static int
open_python(struct cl_exec *x, struct cloche_error *err)
{
    x->program = open(CLOCHE_PYTHON_EXECUTABLE, O_PATH | O_CLOEXEC);
    if (x->program < 0) {
        return fail_open(err, CLOCHE_PYTHON_EXECUTABLE
                         " (install the Python that cloche was built with)");
    }
    x->descriptors = open("/proc/self/fd", O_PATH | O_DIRECTORY | O_CLOEXEC);
    return x->descriptors < 0 ? cl_fail_sys(err, errno, "open /proc/self/fd") : 0;
}

int
cl_exec_prepare(struct cl_exec *x, int from_fd, struct cloche_error *err)
{
    return open_python(x, err) < 0 || move_up(&x->zygote, from_fd, err) < 0 ||
                   move_up(&x->program, from_fd, err) < 0 ||
                   move_up(&x->descriptors, from_fd, err) < 0
               ? -1
               : 0;
}

/* One variable for the loader: ours, then what the plan may have there. */
static char *
preload_variable(const char *of_plan)
{
    char *text = NULL;
    int n = asprintf(&text, CL_PROGRAM_PRELOAD CL_PROGRAM_OBJECT_PATH "%s%s",
                     of_plan == NULL ? "" : ":", of_plan == NULL ? "" : of_plan);
    return n < 0 ? NULL : text;
}

int
cl_exec_zygote(const struct cl_exec *x, const struct cl_plan *plan,
               struct cloche_error *err)
{
    const size_t prefix = sizeof CL_PROGRAM_PRELOAD - 1;
    const char *of_plan = NULL;
    size_t count = 0;
    cl_autofree char **env = calloc(plan->env.count + 3, sizeof *env);
    if (env == NULL) {
        return cl_fail_nomem(err);
    }
    for (uint32_t i = 0; i < plan->env.count; i++) {
        if (strncmp(plan->env.item[i], CL_PROGRAM_PRELOAD, prefix) == 0) {
            of_plan = plan->env.item[i] + prefix;
        } else {
            env[count++] = plan->env.item[i];
        }
    }
    cl_autofree char *preload = preload_variable(of_plan);
    if (preload == NULL) {
        return cl_fail_nomem(err);
    }
    char bind[] = CL_PROGRAM_BIND;
    env[count++] = bind;
    env[count] = preload;
    /* Not closed at exec: it is the loader that opens it. */
    if (dup2(x->zygote, CL_PROGRAM_OBJECT_FD) < 0 || fchdir(x->descriptors) < 0) {
        return cl_fail_sys(err, errno, "enter /proc/self/fd");
    }
    char name[] = "cloche-zygote";
    char argument[] = CL_PROGRAM_ARGUMENT;
    char *argv[] = {name, argument, NULL};
    (void)syscall(SYS_execveat, x->program, "", argv, env,
                  AT_EMPTY_PATH); /* returns on failure */
    return cl_fail_sys(err, errno, "execute '%s'", CLOCHE_PYTHON_EXECUTABLE);
}

#else

int
cl_exec_prepare(struct cl_exec *x, int from_fd, struct cloche_error *err)
{
    return move_up(&x->zygote, from_fd, err);
}

int
cl_exec_zygote(const struct cl_exec *x, const struct cl_plan *plan,
               struct cloche_error *err)
{
    cl_autofree char **env = calloc(plan->env.count + 1, sizeof *env);
    if (env == NULL) {
        return cl_fail_nomem(err);
    }
    for (uint32_t i = 0; i < plan->env.count; i++) {
        env[i] = plan->env.item[i];
    }
    char name[] = "cloche-zygote";
    char *argv[] = {name, NULL};
    (void)syscall(SYS_execveat, x->zygote, "", argv, env,
                  AT_EMPTY_PATH); /* returns on failure */
    return cl_fail_sys(err, errno, "execute cloche-zygote");
}

#endif
