# SPDX-License-Identifier: Apache-2.0
"""A frame that says it is four gigabytes long.

class: B6
effect: the broker grows, or the next run fails
always: the length is checked against the type's maximum before anything is allocated
"""
os.write(250, struct.pack("<IB", 0xFFFFFFFF, 0x5E) + b"x" * 4096)
time.sleep(0.3)
