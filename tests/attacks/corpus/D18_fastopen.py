# SPDX-License-Identifier: Apache-2.0
"""Connect by sending: sendto with MSG_FASTOPEN goes past a rule on connect.

class: D18
effect: the canary port is reached
stopped-by: seccomp, net-ns
"""
MSG_FASTOPEN = 0x20000000
s = attempt(socket.socket)
if s:
    attempt(s.sendto, b"here", MSG_FASTOPEN, ("127.0.0.1", T["tcp"]))
    time.sleep(0.05)
