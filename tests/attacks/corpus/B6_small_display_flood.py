# SPDX-License-Identifier: Apache-2.0
"""Empty displays for ever: what costs the broker is their number.

class: B6
effect: the broker grows
always: displays count against limits.result, and their number has a maximum
"""
frame = struct.pack("<IB", 2, 0x5D) + b"x"
while True:
    os.write(250, frame * 1000)
