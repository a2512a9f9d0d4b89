# SPDX-License-Identifier: Apache-2.0
"""Sockets of families that no namespace divides, or that have been a way into the kernel.

class: D6
effect: such a socket
stopped-by: seccomp
"""
for family in range(1, 46):
    if family != socket.AF_UNIX:
        try:
            socket.socket(family, socket.SOCK_DGRAM)
            gain(f"a socket of family {family}")
        except OSError:
            pass
