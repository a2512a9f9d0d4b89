# SPDX-License-Identifier: Apache-2.0
"""A TCP connection to a service on the host's loopback.

class: D18
effect: the canary port on 127.0.0.1 is reached
stopped-by: seccomp, landlock, net-ns
"""
attempt(lambda: socket.create_connection(("127.0.0.1", T["tcp"]), 1))
