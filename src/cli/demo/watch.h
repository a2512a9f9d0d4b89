/* SPDX-License-Identifier: Apache-2.0 */
/*
 * watch.h - what an attack costs the host, seen from outside: how many
 * processes there are below this one, how much memory one takes, how this
 * process itself does.  Looked at every few milliseconds.
 */
#ifndef CL_CLI_DEMO_WATCH_H
#define CL_CLI_DEMO_WATCH_H

#include <stdint.h>
#include <sys/types.h>

#include <cloche/cloche.h>

#include "cli/demo/effects.h"

enum { CLI_DEMO_PIDS_MAX = 1024 };

/* A process, which its number alone does not name for long. */
struct cli_demo_process {
    pid_t pid;
    uint64_t born; /* in the kernel's ticks */
};

struct cli_demo_watch {
    pid_t except; /* a child that is none of it; 0 for none */
    size_t n_before, n_most;
    uint64_t kb_before, kb_most; /* of the largest process: anonymous and shared memory */
    uint64_t own_kb_before;
    size_t own_fds_before;
    struct cli_demo_process seen[CLI_DEMO_PIDS_MAX]; /* everybody, once */
    size_t n_seen, n_old;                            /* the first n_old were there before */
};

/* Take what there is as the usual. */
void cli_demo_watch_begin(struct cli_demo_watch *watch, pid_t except);

/* Look once. */
void cli_demo_watch_look(struct cli_demo_watch *watch);

/* The run is over: tell what was too much, and who of the seen is still there
 * and none of the engine's.  May wait some seconds for
 * the kernel to end them and the engine to tidy up. */
void cli_demo_watch_end(struct cli_demo_watch *watch, struct cloche_engine *engine,
                        struct cli_demo_effects *effects);

#endif
