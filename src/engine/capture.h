/* SPDX-License-Identifier: Apache-2.0 */
/* What a run wrote to its two streams, up to a limit, and in which order. */
#ifndef CL_ENGINE_CAPTURE_H
#define CL_ENGINE_CAPTURE_H

#include <stdint.h>

#include "base/buf.h"

/* A stretch of bytes of one stream. */
struct cl_stretch {
    uint8_t stream; /* enum cloche_stream */
    uint64_t bytes;
};

enum { CL_CAPTURE_MAX_STRETCHES = 4096 };

struct cl_capture {
    uint64_t limit;    /* of both streams together */
    int is_discarding; /* count, do not keep */
    struct cl_buf kept[2];
    uint64_t total[2];        /* written, kept or not */
    uint64_t passed[2];       /* within the limit: kept, or handed to the caller */
    struct cl_stretch *order; /* as it came */
    uint32_t n_order;
    int is_order_lost;
    int has_failed; /* there was no memory to keep it in */
};

void cl_capture_init(struct cl_capture *c, uint64_t limit, int is_discarding);
void cl_capture_fini(struct cl_capture *c);

/*
 * cl_capture_add - take len bytes of a stream.
 *
 * Returns how many of them are within the limit (they were kept); fewer than
 * len means that the limit is passed, or that it has failed.
 */
size_t cl_capture_add(struct cl_capture *c, int stream, const void *data, size_t len);

/* Replace the order of arrival by the one that the cell noted, if that can be
 * true: it must add up to exactly what came. */
void cl_capture_set_order(struct cl_capture *c, const struct cl_stretch *order,
                          uint32_t count);

#endif
