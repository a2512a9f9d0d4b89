# SPDX-License-Identifier: Apache-2.0
"""Denials for ever, each another one.

class: B6
effect: the broker grows, or the run outlasts its limits
profile: brief
always: denials are counted, and kept up to a maximum
"""
n = 0
while True:
    frames = b""
    for _ in range(200):
        n += 1
        text = b"/path/%d" % n + b"x" * 900
        frames += struct.pack("<IBIII", 1 + 12 + len(text), 0x5B, 13, 1, len(text)) + text
    os.write(250, frames)
