# SPDX-License-Identifier: Apache-2.0
"""As a cell that may share its IPC namespace with its siblings, attach to the memory
segment that the neighbour tries to make.

class: D7
effect: the neighbour's secret is read from a segment that both have
stopped-by: seccomp, ipc-ns
profile: bare
beside: neighbour
"""
n = sysc("shmget", 0x4D454554, 0, 0)
print(n)
if n >= 0:
    libc.shmat.restype = ctypes.c_void_p
    at = libc.shmat(n, None, 0o10000)
    print(ctypes.string_at(at, 64))
    if b"-neighbour" in ctypes.string_at(at, 64):
        gain("the neighbour's segment is read")
