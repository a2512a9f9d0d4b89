/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the switch.  Only attacks whose file says "bare: yes" come here: they
 * harm nothing but our canaries. */
#include "cli/demo/bare.h"

#ifdef CLOCHE_ABLATION
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/wait.h>

#include "base/own.h"

extern char **environ;

enum { LOOK_MS = 3 };

int
cli_demo_bare_is_on(void)
{
    return getenv("CLOCHE_DEMO_BARE") != NULL;
}

const char *
cli_demo_layers_off(void)
{
    const char *off = getenv("CLOCHE_ABLATE");
    return cli_demo_bare_is_on() ? "all" : off != NULL ? off : "";
}

/* Read until the end, and look. */
static void
gather(int fd, struct cli_demo_watch *watch, struct cl_buf *out)
{
    char piece[4096];
    for (;;) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        const int n_ready = poll(&p, 1, LOOK_MS);
        cli_demo_watch_look(watch);
        if (n_ready == 1) {
            const ssize_t n = read(fd, piece, sizeof piece);
            if (n <= 0) {
                return;
            }
            (void)cl_buf_add(out, piece, (size_t)n); /* what does not fit is not needed */
        }
    }
}

static int
spawn(char *code, char *told, int output, pid_t *pid)
{
    char python[] = "/usr/bin/python3";
    char isolated[] = "-I";
    char command[] = "-c";
    char *const argv[] = {python, isolated, command, code, told, NULL};
    posix_spawn_file_actions_t actions;

    int sys = posix_spawn_file_actions_init(&actions);
    if (sys != 0) {
        return sys;
    }
    sys = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    if (sys == 0) {
        sys = posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
                                               O_WRONLY, 0);
    }
    if (sys == 0) {
        sys = posix_spawn(pid, python, &actions, NULL, argv, environ);
    }
    (void)posix_spawn_file_actions_destroy(&actions); /* cannot fail */
    return sys;
}

int
cli_demo_bare_run(const struct cl_buf *code, const char *told, struct cli_demo_watch *watch,
                  struct cl_buf *out, struct cli_failure *f)
{
    cl_autobuf struct cl_buf copy = CL_BUF_INIT(1 << 20);
    cl_autoclose int reader = -1;
    cl_autoclose int writer = -1;
    int ends[2];
    pid_t pid = 0;

    (void)cl_buf_add(&copy, code->data, code->len); /* sticky */
    cl_autofree char *text = cl_buf_take_str(&copy);
    cl_autofree char *argument = strdup(told);
    if (text == NULL || argument == NULL) {
        return cl_fail_nomem(&f->error);
    }
    if (pipe2(ends, O_CLOEXEC) < 0) {
        return cl_fail_sys(&f->error, errno, "pipe");
    }
    reader = ends[0];
    writer = ends[1];
    const int sys = spawn(text, argument, writer, &pid);
    if (sys != 0) {
        return cl_fail_sys(&f->error, sys, "start /usr/bin/python3");
    }
    cl_drop_fd(&writer);
    gather(reader, watch, out);
    (void)waitpid(pid, NULL, 0); /* how it ended is not what is judged */
    return 0;
}

#else /* a release */

int
cli_demo_bare_is_on(void)
{
    return 0;
}

const char *
cli_demo_layers_off(void)
{
    return "";
}

int
cli_demo_bare_run(const struct cl_buf *code, const char *told, struct cli_demo_watch *watch,
                  struct cl_buf *out, struct cli_failure *f)
{
    (void)code, (void)told, (void)watch, (void)out; /* nobody calls it: the switch is off */
    return cl_fail(&f->error, CLOCHE_EINTERNAL, "this build runs nothing without a cell");
}
#endif
