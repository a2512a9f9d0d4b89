/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the workers: a forked process and a SOCK_SEQPACKET pair for each.
 *
 * A worker is in a process group of its own, so that Ctrl-C reaches the
 * command alone; it ends when its channel is closed, also by the command's
 * death.  One that does not is killed with its group.
 */
#include "cli/bench/worker.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <sys/socket.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/own.h"
#include "cli/run/interrupt.h"

enum { END_MS = 3000 };

struct ask {
    enum cli_bench_op op;
    uint64_t amount;
};

struct answer {
    int status; /* 0, 1 not here, -1 failed */
    struct cli_bench_figures figures;
    struct cloche_error err;
};

/* ---- in the worker ----------------------------------------------------- */

/* The first n of the processors that we may use. */
static int
keep_cpus(unsigned n, struct cloche_error *err)
{
    cpu_set_t all;
    cpu_set_t kept;
    if (n == 0) {
        return 0;
    }
    if (sched_getaffinity(0, sizeof all, &all) != 0) {
        return cl_fail_sys(err, errno, "read the processors");
    }
    CPU_ZERO(&kept);
    for (int cpu = 0; cpu < CPU_SETSIZE && n > 0; cpu++) {
        if (CPU_ISSET(cpu, &all)) {
            CPU_SET(cpu, &kept);
            n--;
        }
    }
    return sched_setaffinity(0, sizeof kept, &kept) == 0
               ? 0
               : cl_fail_sys(err, errno, "keep to some processors");
}

static int
tell(int fd, const struct answer *answer)
{
    return send(fd, answer, sizeof *answer, MSG_NOSIGNAL) == (ssize_t)sizeof *answer ? 0
                                                                                     : -1;
}

static int
do_round(const struct cli_bench_kind *kind, void *state, const struct ask *ask,
         struct answer *answer)
{
    switch (ask->op) {
    case CLI_BENCH_ONCE: return kind->once(state, &answer->figures, &answer->err);
    case CLI_BENCH_DURING:
        return kind->during(state, ask->amount, &answer->figures, &answer->err);
    case CLI_BENCH_TIMES:
        return kind->times(state, ask->amount, &answer->figures, &answer->err);
    }
    return cl_fail(&answer->err, CLOCHE_EINTERNAL, "no such round");
}

static void
serve(const struct cli_bench_subject *subject, int fd)
{
    void *state = NULL;
    struct ask ask;
    struct answer answer = {.status = 0};

    answer.status = keep_cpus(subject->cpus, &answer.err);
    if (answer.status == 0) {
        answer.status = subject->kind->open(subject, fd, &state, &answer.err);
    }
    while (tell(fd, &answer) == 0 && answer.status == 0 &&
           recv(fd, &ask, sizeof ask, 0) == (ssize_t)sizeof ask) {
        answer = (struct answer){.status = 0};
        answer.status = do_round(subject->kind, state, &ask, &answer);
    }
    if (state != NULL) {
        subject->kind->close(state);
    }
}

/* ---- in the command ---------------------------------------------------- */

static void
end(struct cli_bench_worker *w)
{
    if (w->pid == 0) {
        return;
    }
    cl_drop_fd(&w->fd); /* it hears of that */
    for (int waited = 0; waitpid(w->pid, NULL, WNOHANG) == 0; waited++) {
        if (waited == END_MS) {
            (void)kill(-w->pid, SIGKILL);
            (void)waitpid(w->pid, NULL, 0);
            break;
        }
        (void)poll(NULL, 0, 1);
    }
    w->pid = 0;
}

/* Returns 0; 1 when a signal came first. */
static int
await_answer(struct cli_bench_worker *w, struct answer *answer)
{
    for (;;) {
        struct pollfd p[2] = {{.fd = w->fd, .events = POLLIN},
                              {.fd = cli_interrupt_fd(), .events = POLLIN}};
        if (poll(p, 2, -1) < 0 && errno != EINTR) {
            return 1;
        }
        if (p[1].revents != 0) {
            return 1;
        }
        if (p[0].revents != 0) {
            break;
        }
    }
    if (recv(w->fd, answer, sizeof *answer, 0) != (ssize_t)sizeof *answer) {
        answer->status = cl_fail(&answer->err, CLOCHE_ESYS, "its process ended");
    }
    if (answer->status != 0) {
        w->has_failed = answer->status < 0;
        (void)snprintf(w->absent, sizeof w->absent, "%s", answer->err.msg);
        end(w);
    }
    return 0;
}

static int
start(struct cli_bench_worker *w, const struct cli_bench_worker *others, size_t n_others,
      struct cloche_error *err)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
        return cl_fail_sys(err, errno, "make a worker's channel");
    }
    const pid_t pid = fork();
    if (pid < 0) {
        const int sys = errno;
        (void)close(ends[0]);
        (void)close(ends[1]);
        return cl_fail_sys(err, sys, "fork");
    }
    if (pid == 0) {
        (void)setpgid(0, 0); /* both sides say it, whoever is first */
        (void)close(ends[0]);
        for (size_t i = 0; i < n_others; i++) {
            cl_own_close(&(int){others[i].fd}); /* else they would not hear our end */
        }
        serve(w->subject, ends[1]);
        _exit(0);
    }
    (void)setpgid(pid, pid);
    (void)close(ends[1]);
    w->pid = pid;
    w->fd = ends[0];
    return 0;
}

int
cli_bench_workers_start(struct cli_bench_worker *workers,
                        const struct cli_bench_subject *subjects, size_t n,
                        struct cloche_error *err)
{
    int rc = 0;
    for (size_t i = 0; i < n; i++) {
        workers[i] = (struct cli_bench_worker){.subject = &subjects[i], .fd = -1};
    }
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct answer answer;
        rc = start(&workers[i], workers, i, err);
        if (rc == 0) {
            rc = await_answer(&workers[i], &answer);
        }
    }
    return rc;
}

int
cli_bench_worker_ask(struct cli_bench_worker *w, enum cli_bench_op op, uint64_t amount,
                     struct cloche_error *err)
{
    struct answer answer = {.status = 0};
    const struct ask ask = {.op = op, .amount = amount};
    const uint64_t start_ns = cl_clock_now_ns();

    if (w->pid == 0) {
        return 0;
    }
    /* A worker that died is seen by its answer that does not come. */
    (void)send(w->fd, &ask, sizeof ask, MSG_NOSIGNAL);
    if (await_answer(w, &answer) != 0) {
        return 1;
    }
    w->spent_ns += cl_clock_now_ns() - start_ns;
    for (int i = 0; answer.status == 0 && i < CLI_BENCH_VALUES; i++) {
        if (cli_bench_sample_add(&w->sample[i], answer.figures.value[i], err) != 0) {
            return -1;
        }
    }
    return 0;
}

void
cli_bench_workers_end(struct cli_bench_worker *workers, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        cl_drop_fd(&workers[i].fd); /* all hear of it before any is waited for */
    }
    for (size_t i = 0; i < n; i++) {
        end(&workers[i]);
        for (int k = 0; k < CLI_BENCH_VALUES; k++) {
            cli_bench_sample_fini(&workers[i].sample[k]);
        }
    }
}
