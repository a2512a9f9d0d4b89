/* SPDX-License-Identifier: Apache-2.0 */
/* A classic BPF machine as seccomp has it, to ask a filter without a kernel. */
#ifndef CL_TESTS_SECCOMP_SIMULATOR_H
#define CL_TESTS_SECCOMP_SIMULATOR_H

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>

struct simulator {
    const struct sock_filter *code;
    size_t n;
    size_t steps; /* instructions of the last run */
};

/* What a program may look like, as the kernel checks it: known instructions,
 * jumps forward and inside, loads aligned and inside, a return at the end.
 * NULL, or what is wrong. */
const char *simulator_check(const struct simulator *s);

/* The value that the filter returns for this call. */
uint32_t simulator_run(struct simulator *s, const struct seccomp_data *data);

/* Of two stacked filters' values, the one that counts: the newer wins a draw. */
uint32_t simulator_stack(uint32_t older, uint32_t newer);

/* "allow", "errno 1", "notify": static storage, overwritten by the next call
 * but three. */
const char *simulator_name(uint32_t value);

#endif
