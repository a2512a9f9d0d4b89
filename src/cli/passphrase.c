/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the terminal while a passphrase is typed: its echo is off, and signals
 * that would end the process are held until it is on again.
 */
#include "cli/passphrase.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/own.h"
#include "cli/output.h"

static const int held[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

/* A handler gets nothing else; there is one passphrase at a time. */
static volatile sig_atomic_t pending;

static void
on_signal(int signo)
{
    pending = signo;
}

void
cli_passphrase_wipe(struct cli_passphrase *passphrase)
{
    explicit_bzero(passphrase, sizeof *passphrase);
}

/*
 * Wait until there is something to read.  Signals are blocked but for this
 * call: one that comes just before it is not overlooked, as one before read()
 * would be.  -1 when one of ours came.
 */
static int
await_input(int fd, const sigset_t *open_mask)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    while (ppoll(&p, 1, NULL, open_mask) < 0) {
        if (errno != EINTR || pending != 0) {
            return -1;
        }
    }
    return 0;
}

/*
 * One byte at a time: what follows the line is somebody else's.  open_mask is
 * for await_input; NULL: no signal is taken, and there is nothing to wait for.
 */
static int
read_line(int fd, const sigset_t *open_mask, struct cli_passphrase *out,
          struct cli_failure *f)
{
    out->len = 0;
    for (;;) {
        char c = '\0';
        if (open_mask != NULL && await_input(fd, open_mask) < 0) {
            return cl_fail_sys_as(&f->error, CLOCHE_EINPUT, errno, "read the passphrase");
        }
        const ssize_t n = read(fd, &c, 1);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return cl_fail_sys_as(&f->error, CLOCHE_EINPUT, errno, "read the passphrase");
        }
        if (n == 0 && out->len == 0) {
            return cli_fail(f, NULL, "a line with the passphrase",
                            "there is no passphrase: the input ended");
        }
        if (n == 0 || c == '\n') {
            const int has_cr = out->len > 0 && out->text[out->len - 1] == '\r';
            out->len -= has_cr ? 1 : 0;
            return 0;
        }
        if (out->len == sizeof out->text) {
            return cli_fail(f, NULL, NULL, "the passphrase is longer than %zu bytes",
                            sizeof out->text - 1);
        }
        out->text[out->len++] = c;
    }
}

static void
ask(const char *prompt)
{
    cl_autobuf struct cl_buf text = CL_BUF_INIT(100);
    (void)cl_buf_add_str(&text, prompt); /* shorter */
    cli_tell(&text);
}

/* With echo off; the handlers are in place, and their signals are blocked. */
static int
read_hidden(int fd, const char *prompt, const sigset_t *open_mask,
            struct cli_passphrase *out, struct cli_failure *f)
{
    struct termios before;
    if (tcgetattr(fd, &before) != 0) {
        return cl_fail_sys(&f->error, errno, "the terminal");
    }
    struct termios hidden = before;
    hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
    hidden.c_lflag |= ICANON | ISIG;
    /* The echo is off before it is asked: what is typed at once is not shown. */
    if (tcsetattr(fd, TCSAFLUSH, &hidden) != 0) {
        return cl_fail_sys(&f->error, errno, "the terminal");
    }
    ask(prompt);
    const int rc = read_line(fd, open_mask, out, f);
    (void)tcsetattr(fd, TCSAFLUSH, &before); /* as it was a moment ago */
    ask("\n");
    return rc;
}

static int
read_from_terminal(int fd, const char *prompt, struct cli_passphrase *out,
                   struct cli_failure *f)
{
    struct sigaction before[CL_COUNT(held)];
    struct sigaction action = {.sa_handler = on_signal};
    sigset_t blocked;
    sigset_t open_mask;
    pending = 0;
    (void)sigemptyset(&blocked);
    for (size_t i = 0; i < CL_COUNT(held); i++) {
        (void)sigaddset(&blocked, held[i]);
    }
    (void)sigprocmask(SIG_BLOCK, &blocked, &open_mask); /* a valid way to change it */
    for (size_t i = 0; i < CL_COUNT(held); i++) {
        (void)sigaction(held[i], NULL, &before[i]); /* a valid signal, as all of these */
        if (before[i].sa_handler != SIG_IGN) {
            (void)sigaction(held[i], &action, NULL);
        }
    }
    const int rc = read_hidden(fd, prompt, &open_mask, out, f);
    for (size_t i = 0; i < CL_COUNT(held); i++) {
        (void)sigaction(held[i], &before[i], NULL);
    }
    (void)sigprocmask(SIG_SETMASK, &open_mask, NULL); /* one that came late acts now */
    if (pending != 0) {
        (void)raise(pending);
    }
    return rc;
}

static int
read_twice(int fd, struct cli_passphrase *out, struct cli_failure *f)
{
    struct cli_passphrase again;
    if (read_from_terminal(fd, "New passphrase: ", out, f) != 0) {
        return -1;
    }
    int rc = read_from_terminal(fd, "The same again: ", &again, f);
    if (rc == 0 &&
        (again.len != out->len || memcmp(again.text, out->text, out->len) != 0)) {
        rc = cli_fail(f, NULL, NULL, "the two passphrases differ");
    }
    cli_passphrase_wipe(&again);
    return rc;
}

int
cli_passphrase_read(int fd, int is_new, struct cli_passphrase *out, struct cli_failure *f)
{
    const int from = fd >= 0 ? fd : STDIN_FILENO;
    if (!isatty(from)) {
        return read_line(from, NULL, out, f);
    }
    return is_new ? read_twice(from, out, f)
                  : read_from_terminal(from, "Passphrase: ", out, f);
}
