# SPDX-License-Identifier: Apache-2.0
"""Read what the broker sends: the channel after the job, the descriptors around it, the
parent's ends of the pipes.

class: B16
effect: a frame or a descriptor of the engine's comes to the code
always: the job is the last that is sent; standard input, output and the channel are all
    that is open
"""
s = socket.socket(fileno=os.dup(250))
s.setblocking(False)
got = attempt(s.recvmsg, 65536, 4096)
if got and (got[0] or got[1]):
    gain(f"a frame: {got!r}"[:100])
for fd in (1, 2):
    os.set_blocking(fd, False)
    if attempt(os.read, fd, 100):
        gain(f"what was written to {fd}")
for fd in range(3, 250):
    try:
        os.fstat(fd)
    except OSError:
        continue
    if fd != s.fileno():
        gain(f"descriptor {fd}")
