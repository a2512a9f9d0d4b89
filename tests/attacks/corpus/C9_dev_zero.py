# SPDX-License-Identifier: Apache-2.0
"""Memory that is nobody's: a shared mapping of /dev/zero is anonymous memory that the
filter on mmap does not see.

class: C9
effect: the run's shared memory is larger than its limit of memory
always: Landlock gives no writing to /dev/zero, and behind it the broker samples what
    of a process is shared
"""
import mmap

fd = attempt(os.open, "/dev/zero", os.O_RDWR)
if fd is not None:
    m = attempt(mmap.mmap, fd, 256 << 20)
    if m:
        for offset in range(0, 256 << 20, 4096):
            m[offset] = 1
