# SPDX-License-Identifier: Apache-2.0
"""Send to a UNIX datagram socket by its path without connecting: syslog, a notify socket.

class: D6
effect: the canary's datagram socket is reached
stopped-by: seccomp, private-root
"""
s = attempt(socket.socket, socket.AF_UNIX, socket.SOCK_DGRAM)
if s:
    attempt(s.sendto, b"here", T["paths"]["socket"] + ".d")
