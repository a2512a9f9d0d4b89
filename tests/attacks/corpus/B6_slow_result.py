# SPDX-License-Identifier: Apache-2.0
"""A result of the largest size that is allowed, announced and sent byte by byte.

class: B6
effect: the broker grows
profile: brief
always: memory grows as bytes come, not by what is announced
"""
os.write(250, struct.pack("<IB", 1 << 20, 0x5E))
while True:
    os.write(250, b"x")
    time.sleep(0.001)
