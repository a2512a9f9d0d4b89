# SPDX-License-Identifier: Apache-2.0
"""A package talks on the zygote's own channel: forged answers, garbage, the end.

class: A39
effect: the caller crashes, hangs or grows
where: package
always: what a zygote may say is checked by the message table, and a process that it
    names must be its child
"""
for kind in (0x40, 0x41, 0x42, 0x48, 0x49, 0x4A, 0x4B, 0x4C, 0x4D, 0x58):
    body = b"\xff" * 40
    try:
        os.write(3, struct.pack("<IB", 1 + len(body), kind) + body)
    except OSError as e:
        print(e)
