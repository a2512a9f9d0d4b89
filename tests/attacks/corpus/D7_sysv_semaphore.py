# SPDX-License-Identifier: Apache-2.0
"""Change a System V semaphore of the host.

class: D7
effect: the value of the host's semaphore changed
stopped-by: seccomp, ipc-ns
needs: sysv
"""
n = sysc("semget", T["key"], 1, 0)
print(n)
if n >= 0:
    print(sysc("semop", n, struct.pack("Hhh", 0, 3, 0), 1))
