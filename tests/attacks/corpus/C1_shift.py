# SPDX-License-Identifier: Apache-2.0
"""One shift that makes a gigabyte.

class: C1
effect: the process is larger than its limit of memory
always: RLIMIT_DATA first, and the broker looks at what is resident every 10 ms
"""
try:
    print((1 << (1 << 33)).bit_length())
except (MemoryError, OverflowError) as e:
    print(repr(e))
time.sleep(0.02)
