# SPDX-License-Identifier: Apache-2.0
"""Memory that waits in sockets: pairs with the largest buffers there may be, filled, and
sent through each other so that they need no descriptor.

class: C9
effect: more than the limit of memory is held in socket buffers, and the stated slack
stopped-by: seccomp
"""
import array

a, b = socket.socketpair()
total = 0
try:
    for _ in range(40):
        kept = []
        for _ in range(10):
            pair = socket.socketpair()
            kept += pair
            for s in pair:
                s.setblocking(False)
                try:
                    s.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 24)
                except OSError:
                    pass
                try:
                    while True:
                        total += s.send(b"x" * 32768)
                except BlockingIOError:
                    pass
        fds = array.array("i", [s.fileno() for s in kept])
        a.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])
        for s in kept:
            s.close()
except OSError as e:
    print(e)
print(total >> 20, "MiB")
if total > 48 << 20:
    gain(f"{total >> 20} MiB in sockets")
