# SPDX-License-Identifier: Apache-2.0
"""Displays for ever.

class: B6
effect: the broker grows
always: displays count against limits.result, and their number has a maximum
"""
frame = struct.pack("<IB", 1 + 60000, 0x5D) + b"x" * 60000
while True:
    os.write(250, frame)
