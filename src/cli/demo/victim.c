/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the child that attacks aim at.
 *
 *     cloche ──fork── victim: a session of its own, so that Ctrl-C on the
 *        │  "?"  ──▶            terminal is no signal to it; every signal that
 *        ◀── answer             can be caught is counted
 *
 * The child makes calls that are safe after a fork in a process with threads,
 * for a victim that was hurt is replaced while the library's thread runs.
 */
#include "cli/demo/victim.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* A healthy process answers at once; this is for a busy machine. */
enum { ANSWER_MS = 5000 };

struct answer {
    int n_signals;
    int is_whole; /* its memory is as it was */
    int nice;
};

static char memory[CLI_DEMO_SECRET_SIZE];
static char memory_was[CLI_DEMO_SECRET_SIZE];
static volatile sig_atomic_t n_signals;

const void *
cli_demo_victim_address(void)
{
    return memory;
}

static void
on_signal(int signo)
{
    (void)signo; /* any of them is one too many */
    n_signals = n_signals + 1;
}

static void
count_signals(void)
{
    struct sigaction count = {.sa_handler = on_signal};
    sigset_t none;
    for (int signo = 1; signo < NSIG; signo++) {
        if (signo != SIGSEGV && signo != SIGBUS && signo != SIGILL && signo != SIGFPE) {
            (void)sigaction(signo, &count, NULL); /* not for those that cannot be caught */
        }
    }
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL); /* cannot fail: valid arguments */
}

/* No other descriptor: the library's end by their being closed everywhere. */
static void
close_all_but(int a, int b)
{
    const int low = a < b ? a : b;
    const int high = a < b ? b : a;
    (void)syscall(SYS_close_range, 3, low - 1, 0); /* nothing to close is no failure */
    (void)syscall(SYS_close_range, low + 1, high - 1, 0);
    (void)syscall(SYS_close_range, high + 1, ~0u, 0);
}

static _Noreturn void
live(int channel, int secret_fd, pid_t parent)
{
    char question;

    (void)setsid(); /* cannot fail: a new process leads no group */
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    close_all_but(channel, secret_fd);
    count_signals();
    while (getppid() == parent) {
        const ssize_t n = read(channel, &question, 1);
        if (n == 0 || (n < 0 && errno != EINTR)) {
            break;
        }
        const struct answer answer = {
            .n_signals = n_signals,
            .is_whole = memcmp(memory, memory_was, sizeof memory) == 0,
            .nice = getpriority(PRIO_PROCESS, 0),
        };
        if (n > 0 && write(channel, &answer, sizeof answer) != (ssize_t)sizeof answer) {
            break;
        }
    }
    _exit(0);
}

int
cli_demo_victim_start(struct cli_demo_victim *victim, const char *secret, int secret_fd,
                      struct cli_failure *f)
{
    int ends[2];
    const pid_t parent = getpid();

    (void)strncpy(memory, secret, sizeof memory - 1); /* its last byte is always 0 */
    memcpy(memory_was, memory, sizeof memory);
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0) {
        return cl_fail_sys(&f->error, errno, "socketpair");
    }
    const pid_t pid = fork();
    if (pid < 0) {
        const int sys = errno;
        (void)close(ends[0]);
        (void)close(ends[1]);
        return cl_fail_sys(&f->error, sys, "fork");
    }
    if (pid == 0) {
        live(ends[1], secret_fd, parent);
    }
    (void)close(ends[1]);
    *victim = (struct cli_demo_victim){pid, ends[0], secret_fd};
    return 0;
}

enum ask { ANSWERED, GONE, SILENT };

static enum ask
ask(const struct cli_demo_victim *victim, struct answer *answer)
{
    struct pollfd ready = {.fd = victim->channel, .events = POLLIN};

    if (send(victim->channel, "?", 1, MSG_NOSIGNAL) != 1) {
        return GONE;
    }
    if (poll(&ready, 1, ANSWER_MS) != 1) {
        return SILENT;
    }
    return recv(victim->channel, answer, sizeof *answer, MSG_WAITALL) ==
                   (ssize_t)sizeof *answer
               ? ANSWERED
               : GONE;
}

void
cli_demo_victim_look(struct cli_demo_victim *victim, struct cli_demo_effects *effects)
{
    struct answer answer;
    struct cli_failure ignored = CLI_FAILURE_INIT;
    const size_t before = effects->count;

    if (victim->pid == 0) {
        return; /* it could not be replaced, and that was told */
    }
    const enum ask asked = ask(victim, &answer);
    if (asked != ANSWERED) {
        cli_demo_effect(effects, "a process of the host was %s",
                        asked == GONE ? "killed" : "stopped");
    } else if (!answer.is_whole) {
        cli_demo_effect(effects, "the memory of a process of the host was changed");
    } else if (answer.n_signals > 0) {
        cli_demo_effect(effects, "a process of the host was signalled");
    } else if (answer.nice != getpriority(PRIO_PROCESS, 0)) {
        cli_demo_effect(effects, "a process of the host was slowed down");
    }
    if (effects->count > before) {
        const int secret_fd = victim->secret_fd;
        cli_demo_victim_end(victim);
        if (cli_demo_victim_start(victim, memory_was, secret_fd, &ignored) != 0) {
            cli_demo_effect(effects, "no other could be started: %s", ignored.error.msg);
        }
    }
}

void
cli_demo_victim_end(struct cli_demo_victim *victim)
{
    if (victim->pid > 0) {
        (void)kill(victim->pid, SIGKILL); /* it may be dead already */
        (void)waitpid(victim->pid, NULL, 0);
        victim->pid = 0;
    }
    if (victim->channel >= 0) {
        (void)close(victim->channel);
        victim->channel = -1;
    }
}
