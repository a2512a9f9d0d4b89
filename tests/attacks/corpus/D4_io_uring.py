# SPDX-License-Identifier: Apache-2.0
"""io_uring: system calls that no filter sees.

class: D4
effect: a ring
always: the filter answers that there is none, and without it RLIMIT_MEMLOCK, which is 0
    in any cell, leaves no memory for a ring
"""
fd = sysc("io_uring_setup", 4, ctypes.create_string_buffer(120))
print(fd)
if fd >= 0:
    gain("a ring")
