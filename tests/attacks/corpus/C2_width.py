# SPDX-License-Identifier: Apache-2.0
"""A width in a format: a line of a gigabyte.

class: C2
effect: the process is larger than its limit of memory
always: RLIMIT_DATA first, and the broker looks at what is resident every 10 ms
"""
for act in (lambda: f"{1:>{1 << 30}}", lambda: "%1000000000d" % 1, lambda: "x".zfill(1 << 30)):
    try:
        print(len(act()))
    except (MemoryError, OverflowError, ValueError) as e:
        print(repr(e))
time.sleep(0.02)
