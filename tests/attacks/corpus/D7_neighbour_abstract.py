# SPDX-License-Identifier: Apache-2.0
"""Meet another run of the same zygote in an abstract socket: they share a network
namespace where there are no processes.

class: D7
effect: the neighbour's socket is reached
stopped-by: seccomp, landlock
beside: neighbour
"""
s = attempt(socket.socket, socket.AF_UNIX)
if s:
    attempt(s.connect, "\0meet-here")
