/* SPDX-License-Identifier: Apache-2.0 */
/* spawn.h - starting a command in a worker, and ending it with all below it. */
#ifndef CL_CLI_BENCH_SPAWN_H
#define CL_CLI_BENCH_SPAWN_H

#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"

/* A command that was started. */
struct cli_bench_child {
    pid_t pid;
    int out_fd; /* what it prints; -1 once it was read to its end */
};

/*
 * cli_bench_spawn - start a command.
 *
 * argv    argv[0] is looked for in $PATH if it has no slash
 * in_fd   its standard input; -1: empty
 * err_fd  its standard error; -1: nowhere
 *
 * It gets nothing else that is open here.  The caller ends *out.
 */
CL_MUST_CHECK int cli_bench_spawn(const char *const *argv, int in_fd, int err_fd,
                                  struct cli_bench_child *out, struct cloche_error *err);

/* Wait for its end, and fail unless its exit status is 0; err_fd, as given to
 * cli_bench_spawn, is read for the reason. */
CL_MUST_CHECK int cli_bench_reap(struct cli_bench_child *child, int err_fd,
                                 struct cloche_error *err);

/* A file for cli_bench_spawn's err_fd, which the caller closes and may empty
 * between two commands; -1 on failure. */
CL_MUST_CHECK int cli_bench_err_file(struct cloche_error *err);

/*
 * cli_bench_say - run a command once and keep the first line that it prints.
 *
 * line  at most size bytes with the NUL; "" when it printed nothing
 *
 * Fails as cli_bench_reap does.
 */
CL_MUST_CHECK int cli_bench_say(const char *const *argv, char *line, size_t size,
                                struct cloche_error *err);

/*
 * cli_bench_adopt - have what a command leaves behind given to this process.
 * cli_bench_end_all - kill every child of it, and what those leave behind.
 */
void cli_bench_adopt(void);
void cli_bench_end_all(void);

/* Is program in $PATH? */
int cli_bench_is_in_path(const char *program);

#endif
