# SPDX-License-Identifier: Apache-2.0
# class: D6
# tries: 44 other families: packet, netlink, vsock
for family in range(2, 46):
    try:
        socket.socket(family, socket.SOCK_DGRAM)
        reached(f"a socket of family {family}")
    except OSError as e:
        last = e.errno
refused(last, "socket")
