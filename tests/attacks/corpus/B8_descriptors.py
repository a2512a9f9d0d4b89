# SPDX-License-Identifier: Apache-2.0
"""Send descriptors to the broker, many with each frame.

class: B8
effect: the broker has more descriptors open
always: from a running cell the broker receives no descriptors, and the kernel closes
    what comes
"""
import array

s = socket.socket(fileno=os.dup(250))
rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0] * 100))]
text = b"x"
for i in range(300):
    frame = struct.pack("<IBIII", 1 + 12 + len(text), 0x5B, 13, 1, len(text)) + text
    s.sendmsg([frame], rights)
