/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the process's reaction to signals, and for that the only variables of
 * the command line that live longer than a call: a handler gets nothing else. */
#include "cli/run/interrupt.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <unistd.h>

#include <sys/eventfd.h>

#include "base/own.h"
#include "cli/output.h"

static const int taken[] = {SIGINT, SIGTERM, SIGHUP};

static volatile sig_atomic_t n_signals;
static volatile sig_atomic_t event_fd = -1;

/* Async-signal-safe calls only. */
static void
on_signal(int signo)
{
    const int saved = errno;
    const uint64_t one = 1;
    (void)signo; /* all three mean the same */
    if (n_signals > 0) {
        _exit(CLI_EXIT_CANCELLED);
    }
    n_signals = 1;
    if (write((int)event_fd, &one, sizeof one) < 0) {
        _exit(CLI_EXIT_CANCELLED); /* nothing would hear of it */
    }
    errno = saved;
}

static void
taken_set(sigset_t *set)
{
    (void)sigemptyset(set);
    for (size_t i = 0; i < CL_COUNT(taken); i++) {
        (void)sigaddset(set, taken[i]);
    }
}

int
cli_interrupt_begin(struct cli_failure *f)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    taken_set(&action.sa_mask); /* one at a time: n_signals is read and written */

    event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (event_fd < 0) {
        return cl_fail_sys(&f->error, errno, "eventfd");
    }
    for (size_t i = 0; i < CL_COUNT(taken); i++) {
        struct sigaction before;
        if (sigaction(taken[i], NULL, &before) != 0 ||
            (before.sa_handler != SIG_IGN && sigaction(taken[i], &action, NULL) != 0)) {
            return cl_fail_sys(&f->error, errno, "sigaction(%d)", taken[i]);
        }
    }
    return 0;
}

int
cli_interrupt_fd(void)
{
    return (int)event_fd;
}

static void
set_held(int how)
{
    sigset_t set;
    taken_set(&set);
    (void)pthread_sigmask(how, &set, NULL); /* cannot fail: how and set are valid */
}

void
cli_interrupt_hold(void)
{
    set_held(SIG_BLOCK);
}

void
cli_interrupt_release(void)
{
    set_held(SIG_UNBLOCK);
}
