/* SPDX-License-Identifier: Apache-2.0 */
/* facts.h - what the figures are figures of: machine, kernel, versions. */
#ifndef CL_CLI_BENCH_FACTS_H
#define CL_CLI_BENCH_FACTS_H

#include "base/buf.h"

void cli_bench_facts_text(uint64_t rounds, struct cl_buf *out);

/* Members of an object, without its braces. */
void cli_bench_facts_json(uint64_t rounds, struct cl_buf *out);

#endif
