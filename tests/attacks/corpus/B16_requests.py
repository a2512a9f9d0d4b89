# SPDX-License-Identifier: Apache-2.0
"""Ask the engine for what only the engine may ask: other cells, plans, descriptors.

class: B16
effect: a descriptor comes back, or another run is hurt
beside: neighbour
always: a cell's channel leads to the broker, which answers nothing on it
"""
s = socket.socket(fileno=os.dup(250))
s.settimeout(0.2)
for kind in (0x40, 0x41, 0x48, 0x49, 0x50, 0x51, 0x58):
    body = struct.pack("<Q", 1) * 8
    attempt(s.send, struct.pack("<IB", 1 + len(body), kind) + body)
got = attempt(s.recvmsg, 4096, 4096)
if got and got[0]:
    gain(f"an answer: {got!r}"[:100])
