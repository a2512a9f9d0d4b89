# SPDX-License-Identifier: Apache-2.0
"""Memory that is not in any mapping: page tables. A large mapping that is only read costs
nothing that RLIMIT_DATA counts, and each page of it that is touched, eight bytes of the
kernel's.

class: C9
effect: the run's page tables are larger than its limit of memory
always: the broker's sampling of what the kernel says the process uses
"""
at = libc.mmap(None, 1 << 40, 1, 0x4022, -1, 0)
print(at)
if at and at != ctypes.c_void_p(-1).value:
    libc.madvise(ctypes.c_void_p(at), ctypes.c_size_t(1 << 40), 15)
    for offset in range(0, 1 << 37, 2 << 20):
        ctypes.string_at(at + offset, 1)
