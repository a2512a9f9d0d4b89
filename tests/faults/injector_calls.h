/* SPDX-License-Identifier: Apache-2.0 */
/* Which system calls may fail with which errno, and which of them confine. */
#ifndef FAULTS_INJECTOR_CALLS_H
#define FAULTS_INJECTOR_CALLS_H

#include <stdint.h>

/* Two plausible errnos for a call, 0 and 0 for one that cannot fail or whose
 * failure the kernel would not report. */
struct injector_errnos {
    int first, second;
};
struct injector_errnos injector_errnos_of(uint64_t nr);

/* Index of the confining call, -1 for another.  Below INJECTOR_KEYS. */
enum { INJECTOR_KEYS = 64 };
int injector_key_of(uint64_t nr, const uint64_t args[6]);
const char *injector_key_name(int key);

#endif
