# SPDX-License-Identifier: Apache-2.0
"""A megabyte that unpacks to 128 MiB.

class: C8
effect: the process is larger than its limit of memory
always: RLIMIT_DATA first, and the broker looks at what is resident every 10 ms
"""
import zlib

packer = zlib.compressobj(1)
packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(128)) + packer.flush()
try:
    big = zlib.decompress(packed)
except MemoryError:
    print("MemoryError")
time.sleep(0.02)
