# SPDX-License-Identifier: Apache-2.0
"""Meet another run of the same zygote in a System V segment.

class: D7
effect: what the neighbour left in the segment is read
stopped-by: seccomp, ipc-ns
beside: neighbour
stopped-by-root: seccomp, ipc-ns
"""
n = sysc("shmget", 0x4D454554, 0, 0)
print(n)
if n >= 0:
    libc.shmat.restype = ctypes.c_void_p
    print(ctypes.string_at(libc.shmat(n, None, 0o10000), 64))
