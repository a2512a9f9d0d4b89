# SPDX-License-Identifier: Apache-2.0
"""io_uring: system calls that no filter sees.

class: D4
effect: a ring
stopped-by: seccomp, rlimits
needs: io_uring
"""
fd = sysc("io_uring_setup", 4, ctypes.create_string_buffer(120))
print(fd)
if fd >= 0:
    gain("a ring")
