# SPDX-License-Identifier: Apache-2.0
"""Connect to an abstract UNIX socket, which has no file and no mode.

class: D6
effect: the canary's abstract socket is reached
stopped-by: seccomp, landlock, net-ns
"""
s = attempt(socket.socket, socket.AF_UNIX)
if s:
    attempt(s.connect, "\0" + T["abstract"])
