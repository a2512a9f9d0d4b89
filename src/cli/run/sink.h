/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sink.h - writes a run's output to our own standard output and error.
 *
 * Writing may take for ever; so while it waits it listens for an interrupt,
 * and cancels the run then.  After that it waits for a reader that makes no
 * progress no longer than a second.
 */
#ifndef CL_CLI_RUN_SINK_H
#define CL_CLI_RUN_SINK_H

#include <cloche/cloche.h>

#include "cli/visible.h"

struct cli_sink_stream {
    int fd;
    int is_terminal;
    int is_filtered;    /* control sequences are made visible */
    int sys;            /* why nothing more is written: an errno, or 0 */
    unsigned char last; /* the last byte written; '\n' before the first */
    struct cli_visible visible;
};

struct cli_sink {
    struct cli_sink_stream out, err;
    unsigned char last;     /* of both */
    struct cloche_run *run; /* lent: to be cancelled by an interrupt */
    int is_cancelled;
};

/* is_raw: terminals get everything unchanged, as pipes always do. */
void cli_sink_init(struct cli_sink *sink, int is_raw, struct cloche_run *run);

/* Write what belongs to a stream.  The first failure stays in the stream's
 * sys, and what comes after it is dropped. */
void cli_sink_write(struct cli_sink *sink, enum cloche_stream stream, const void *data,
                    size_t len);

/* Write what was held back in the middle of a character. */
void cli_sink_end(struct cli_sink *sink);

/* Begin a new line on standard error unless there is one. */
void cli_sink_fresh_line(struct cli_sink *sink);

/* Cancel the run.  A second call does nothing. */
void cli_sink_cancel(struct cli_sink *sink);

#endif
