# SPDX-License-Identifier: Apache-2.0
"""Send a datagram to a service on the host's loopback, which Landlock does not know.

class: D18
effect: the canary's UDP port is reached
stopped-by: seccomp, net-ns
"""
s = attempt(socket.socket, socket.AF_INET, socket.SOCK_DGRAM)
if s:
    attempt(s.sendto, b"here", ("127.0.0.1", T["udp"]))
