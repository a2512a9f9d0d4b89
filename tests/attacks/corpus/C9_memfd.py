# SPDX-License-Identifier: Apache-2.0
"""Memory without a name: files of memfd_create, filled by write.

class: C9
effect: more is in them than their part of the limit of memory
stopped-by: seccomp
"""
for i in range(24):
    fd = attempt(os.memfd_create, str(i))
    if fd is None:
        break
    attempt(os.write, fd, b"x" * (1 << 20))
time.sleep(0.05)
