# SPDX-License-Identifier: Apache-2.0
"""Leave what blocks or never ends when it is opened: FIFOs, sockets, devices.

class: B2
effect: the broker waits, or grows
always: only regular files are opened, and never so that opening could block
"""
for i in range(20):
    attempt(os.mkfifo, f"/work/fifo{i}")
s = attempt(socket.socket, socket.AF_UNIX)
if s:
    attempt(s.bind, "/work/socket")
for i, (major, minor) in enumerate(((1, 5), (1, 3), (1, 8), (5, 0))):
    attempt(os.mknod, f"/work/device{i}", 0o20666, os.makedev(major, minor))
