# SPDX-License-Identifier: Apache-2.0
"""Writing through /proc/self/mem into a mapping that is read-only, and so in no limit,
makes private pages of it.

class: C9
effect: more memory than the limit
always: RLIMIT_DATA first, and the broker looks at what is resident every 10 ms
"""
at = libc.mmap(None, 256 << 20, 1, 0x4022, -1, 0)
fd = attempt(os.open, "/proc/self/mem", os.O_RDWR)
if fd is not None and at:
    page = b"x" * (1 << 20)
    try:
        for offset in range(0, 256 << 20, 1 << 20):
            os.pwrite(fd, page, at + offset)
    except OSError as e:
        print(offset, e)
    time.sleep(0.02)
