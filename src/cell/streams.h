/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sys.stdout and sys.stderr of a cell: ordinary text streams on descriptors 1
 * and 2, line-buffered, whose raw layer also notes in which order the two were
 * written, so that the broker can put two pipes back into one order.
 */
#ifndef CL_CELL_STREAMS_H
#define CL_CELL_STREAMS_H

#include "base/buf.h"
#include "base/error.h"

/* Replace sys.stdout, sys.stderr and their dunder twins.  In the zygote. */
CL_MUST_CHECK int cl_streams_install(struct cloche_error *err);

/* Go once through a write to both, and forget it.  In the zygote, whose
 * standard streams lead nowhere. */
void cl_streams_warm_up(void);

/* Go the way of a write, writing nothing: what it touches is the cell's own then. */
void cl_streams_rehearse(void);

/* Flush both; errors are the code's own loss. */
void cl_streams_flush(void);

/* The order so far: u32 count, then u8 stream and u64 bytes each. */
void cl_streams_put_order(struct cl_buf *b);

#endif
