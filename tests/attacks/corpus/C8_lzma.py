# SPDX-License-Identifier: Apache-2.0
"""A few kilobytes that unpack to 256 MiB, twice packed.

class: C8
effect: the process is larger than its limit of memory
always: RLIMIT_DATA first, and the broker looks at what is resident every 10 ms
"""
import lzma

packed = lzma.compress(lzma.compress(bytes(16 << 20), preset=0) * 16, preset=0)
try:
    print(len(lzma.decompress(lzma.decompress(packed))))
except MemoryError:
    print("MemoryError")
time.sleep(0.02)
