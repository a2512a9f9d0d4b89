/* SPDX-License-Identifier: Apache-2.0 */
/*
 * interrupt.h - Ctrl-C, SIGTERM and SIGHUP while a run is going.
 *
 * The first asks for the run's end: a descriptor becomes readable.  The
 * second ends the process at once, wherever it is; what the library started
 * ends with it.
 */
#ifndef CL_CLI_RUN_INTERRUPT_H
#define CL_CLI_RUN_INTERRUPT_H

#include "cli/failure.h"

/* Begin to take the signals.  Once per process.  A signal that was ignored
 * when cloche started stays ignored. */
int cli_interrupt_begin(struct cli_failure *f);

/* Readable once a signal came.  Lent: do not read it. */
int cli_interrupt_fd(void);

/* Keep the signals from threads that are made between the two calls: they
 * shall arrive in this one. */
void cli_interrupt_hold(void);
void cli_interrupt_release(void);

#endif
