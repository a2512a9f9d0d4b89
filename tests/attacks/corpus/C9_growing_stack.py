# SPDX-License-Identifier: Apache-2.0
"""A mapping that grows down is booked as stack, whatever its size.

class: C9
effect: more memory than the limit
stopped-by: seccomp
"""
at = libc.mmap(None, 4096, 3, 0x122, -1, 0)
print(at)
if at and at != ctypes.c_void_p(-1).value:
    gain("a mapping that RLIMIT_DATA does not count")
