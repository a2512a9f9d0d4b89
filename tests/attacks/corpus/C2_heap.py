# SPDX-License-Identifier: Apache-2.0
"""Ask for memory, and touch it.

class: C2
effect: the process is larger than its limit of memory
always: RLIMIT_DATA first, and the broker looks at what is resident every 10 ms
"""
kept = []
try:
    while len(kept) < 50:
        kept.append(bytearray(b"x") * (4 << 20))
except MemoryError:
    print(len(kept))
time.sleep(0.02)
