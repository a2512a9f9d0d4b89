# SPDX-License-Identifier: Apache-2.0
"""userfaultfd: page faults held open, for races in the kernel.

class: D4
effect: such a descriptor
stopped-by: seccomp
"""
fd = sysc("userfaultfd", 1)
print(fd)
if fd >= 0:
    gain("a userfaultfd")
