# SPDX-License-Identifier: Apache-2.0
"""Send into a System V message queue of the host.

class: D7
effect: a message arrives in the host's queue
stopped-by: seccomp, ipc-ns
needs: sysv
"""
n = sysc("msgget", T["key"], 0)
print(n)
if n >= 0:
    print(sysc("msgsnd", n, struct.pack("l8s", 1, b"here"), 8, 0o4000))
