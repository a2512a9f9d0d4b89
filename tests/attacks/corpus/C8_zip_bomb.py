# SPDX-License-Identifier: Apache-2.0
"""A quarter of a megabyte that unpacks to 256 MiB.

class: C8
effect: the process is larger than its limit of memory
always: RLIMIT_DATA first, and the broker looks at what is resident every 10 ms
"""
import zlib

packer = zlib.compressobj(1, zlib.DEFLATED, -15)
block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
try:
    big = zlib.decompress(block * 256 + packer.flush(), -15)
except MemoryError:
    print("MemoryError")
time.sleep(0.02)
