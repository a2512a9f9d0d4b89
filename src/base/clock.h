/* SPDX-License-Identifier: Apache-2.0 */
/* Time, in nanoseconds. */
#ifndef CL_BASE_CLOCK_H
#define CL_BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

#define CL_NS_PER_S 1000000000ull
#define CL_NS_PER_MS 1000000ull

/* CLOCK_MONOTONIC: for intervals only. */
static inline uint64_t
cl_clock_now_ns(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC,
                        &t); /* cannot fail with a valid clock and pointer */
    return (uint64_t)t.tv_sec * CL_NS_PER_S + (uint64_t)t.tv_nsec;
}

#endif
