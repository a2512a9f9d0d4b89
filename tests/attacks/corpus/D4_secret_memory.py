# SPDX-License-Identifier: Apache-2.0
"""Memory that the kernel itself cannot see.

class: D4
effect: such a descriptor
stopped-by: seccomp
"""
fd = sysc("memfd_secret", 0)
print(fd)
if fd >= 0 or fd == -errno.EINVAL:
    gain("memfd_secret answers")
