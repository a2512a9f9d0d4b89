# SPDX-License-Identifier: Apache-2.0
"""Source whose constants the compiler works out: large when they are done.

class: C5
effect: the process of anything but the cell ends, or it is larger than its limit
always: compiling happens in the cell, under its limits
"""
for text in ("'x' * 4096 * 4096 * 4096", "(0,) * (1 << 29)", "b'x' * (1 << 31)",
             "2 ** 8 ** 9 ** 2", "[" + "1," * 500000 + "]"):
    try:
        print(len(eval(text)))
    except (MemoryError, TypeError, OverflowError, ValueError) as e:
        print(type(e).__name__)
time.sleep(0.02)
