# SPDX-License-Identifier: Apache-2.0
"""System V segments that are filled and detached: in no mapping, so in no measure.

class: C9
effect: segments of more than the limit of memory are there, and attached nowhere
stopped-by: seccomp
"""
total = 0
libc.shmat.restype = ctypes.c_void_p
for i in range(12):
    n = sysc("shmget", 0, 8 << 20, 0o600)
    if n < 0:
        break
    at = libc.shmat(n, None, 0)
    ctypes.memset(at, 1, 8 << 20)
    libc.shmdt(ctypes.c_void_p(at))
    total += 8
if total > 60:
    gain(f"{total} MiB that nothing counts")
