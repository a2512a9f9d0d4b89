/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cloche - the command line.
 *
 * Uses the public headers and base/ only: what it can do, any program can.  The
 * exceptions are `sign` and `verify`, which run nothing and use sign/.
 * It owns the process: descriptors 0 to 2, signals, exit status.  One thread
 * is here; the library has its own.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <cloche/cloche.h>

#include "cli/args.h"
#include "cli/help.h"
#include "cli/lookup.h"
#include "cli/output.h"

/*
 * A program may be started with descriptors 0, 1 or 2 closed.  The next file
 * it opens would then be its standard output, and be written over.  Standard
 * input becomes empty; the others are opened so that writing to them fails.
 */
static int
occupy_stdio(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF &&
            open("/dev/null", O_RDONLY) != fd) {
            return -1;
        }
    }
    return 0;
}

/*
 * A closed pipe shall be an EPIPE to us, so that a run is ended in order.  An
 * empty handler does that, and unlike SIG_IGN is not inherited by what the
 * library executes.
 */
static void
ignore_one_signal(int signo)
{
    (void)signo; /* one signal only comes here */
}

static void
take_sigpipe(void)
{
    struct sigaction action = {.sa_handler = ignore_one_signal};
    (void)sigaction(SIGPIPE, &action, NULL); /* cannot fail: a valid signal */
}

/* End as programs end whose reader went away: the shell sees SIGPIPE. */
static int
end_by_sigpipe(void)
{
    sigset_t only;
    (void)sigemptyset(&only);
    (void)sigaddset(&only, SIGPIPE);
    (void)signal(SIGPIPE, SIG_DFL);
    (void)sigprocmask(SIG_UNBLOCK, &only, NULL);
    (void)raise(SIGPIPE);
    return 128 + SIGPIPE;
}

static int
take_top(void *ctx, enum cli_opt opt, const char *value, struct cli_failure *f)
{
    int *wants_version = ctx;
    if (opt != CLI_OPT_VERSION) {
        return cli_args_unexpected(value, f);
    }
    *wants_version = 1;
    return 0;
}

/* cloche or a group, without a command. */
static int
group_main(struct cli_args *args)
{
    cl_autobuf struct cl_buf text = CL_BUF_INIT(CLI_TEXT_MAX);
    int wants_version = 0;
    const int status = cli_args_parse(args, take_top, &wants_version);

    if (status >= 0) {
        return status;
    }
    if (wants_version) {
        (void)cl_buf_printf(&text, "cloche %s\n", cloche_version());
        return cli_print(&text);
    }
    cli_help_write_short(args->command, &text);
    cli_tell(&text);
    return CLI_EXIT_USAGE;
}

static int
dispatch(const char *const *words, int count)
{
    struct cli_failure failure = CLI_FAILURE_INIT;
    struct cli_args args;

    if (cli_lookup(words, count, &args, &failure) != 0) {
        return cli_failure_report(&failure, cli_args_want_json(words, count));
    }
    return args.command->main != NULL ? args.command->main(&args) : group_main(&args);
}

int
main(int argc, char **argv)
{
    if (occupy_stdio() != 0) {
        return CLI_EXIT_FAILED; /* nowhere to say why */
    }
    take_sigpipe();
    const int used = argc > 0 ? 1 : 0;
    const int status = dispatch((const char *const *)argv + used, argc - used);
    return status == CLI_EXIT_PIPE ? end_by_sigpipe() : status;
}
