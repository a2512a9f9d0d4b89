# SPDX-License-Identifier: Apache-2.0
"""Attach to a System V memory segment of the host by its key.

class: D7
effect: the content of the host's segment is read
stopped-by: seccomp, ipc-ns
needs: sysv
"""
n = sysc("shmget", T["key"], 0, 0)
print(n)
if n >= 0:
    libc.shmat.restype = ctypes.c_void_p
    at = libc.shmat(n, None, 0o10000)
    print(ctypes.string_at(at, 64))
