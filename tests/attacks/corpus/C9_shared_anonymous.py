# SPDX-License-Identifier: Apache-2.0
"""Shared anonymous memory, which RLIMIT_DATA does not count.

class: C9
effect: the run's shared memory is larger than its limit of memory
always: seccomp refuses it
without the filter the broker samples, for there may be processes
"""
import mmap

m = attempt(mmap.mmap, -1, 512 << 20)
if m:
    for offset in range(0, 512 << 20, 4096):
        m[offset] = 1
