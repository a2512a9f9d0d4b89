/* SPDX-License-Identifier: Apache-2.0 */
/* sample.h - figures of many rounds, and what they come to. */
#ifndef CL_CLI_BENCH_SAMPLE_H
#define CL_CLI_BENCH_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct cli_bench_sample {
    uint64_t *value;
    size_t n;
    size_t cap;
};

void cli_bench_sample_fini(struct cli_bench_sample *s);

CL_MUST_CHECK int cli_bench_sample_add(struct cli_bench_sample *s, uint64_t value,
                                       struct cloche_error *err);

/* The value that so many per cent are not above: 50 is the median.  Sorts.  0
 * when there is none. */
uint64_t cli_bench_sample_at(struct cli_bench_sample *s, unsigned percent);

uint64_t cli_bench_sample_sum(const struct cli_bench_sample *s);

#endif
