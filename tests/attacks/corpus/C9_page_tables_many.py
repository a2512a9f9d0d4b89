# SPDX-License-Identifier: Apache-2.0
"""Page tables where processes are granted: the whole tree is summed up then, and what is in
no mapping must be in the sum.

class: C9
effect: the run's page tables are larger than its limit of memory
profile: many
always: the broker's sampling of what the kernel says the processes use
"""
at = libc.mmap(None, 1 << 40, 1, 0x4022, -1, 0)
print(at)
if at and at != ctypes.c_void_p(-1).value:
    libc.madvise(ctypes.c_void_p(at), ctypes.c_size_t(1 << 40), 15)
    for offset in range(0, 1 << 37, 2 << 20):
        ctypes.string_at(at + offset, 1)
