# SPDX-License-Identifier: Apache-2.0
"""What the caller had: its environment, its open files, its groups, its keyring, its
terminal.

class: D8
effect: the caller's secret in the environment or in an open file is read, or a
    descriptor beside the four
always: the environment and the descriptors of a cell are made from nothing, there is no
    switch by which they could stay
"""
print(dict(os.environ))
attempt(read_file, "/proc/self/environ", 65536)
for fd in range(1024):
    try:
        os.fstat(fd)
    except OSError:
        continue
    if fd not in (0, 1, 2, 250):
        gain(f"descriptor {fd}")
    if fd in (0,):
        attempt(os.pread, fd, 100, 0)
if os.getgroups() not in ([], [65534]) and T["uid"] == 0:
    gain(f"groups {os.getgroups()}")
