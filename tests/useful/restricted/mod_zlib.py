# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Compression.
import zlib

data = b"banana " * 50
packed = zlib.compress(data, level=9)
print(len(packed) < 40, zlib.decompress(packed) == data, zlib.crc32(b"hello"), zlib.adler32(b"hello"))
c = zlib.compressobj(zlib.Z_BEST_COMPRESSION, zlib.DEFLATED, zlib.MAX_WBITS, 8, zlib.Z_DEFAULT_STRATEGY)
stream = c.compress(data) + c.flush(zlib.Z_SYNC_FLUSH) + c.flush()
d = zlib.decompressobj()
first = d.decompress(stream, 10)
print(first, (first + d.decompress(d.unconsumed_tail) + d.flush()) == data, d.eof, d.unused_data)
print(zlib.Z_BEST_SPEED, zlib.Z_DEFAULT_COMPRESSION, zlib.Z_NO_COMPRESSION, zlib.Z_FINISH, zlib.Z_NO_FLUSH, zlib.Z_FULL_FLUSH, zlib.Z_PARTIAL_FLUSH, zlib.Z_BLOCK, zlib.Z_TREES, zlib.Z_FILTERED, zlib.Z_FIXED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE, zlib.ZLIB_VERSION == zlib.ZLIB_RUNTIME_VERSION or True)
try:
    zlib.decompress(b"nonsense")
except zlib.error as e:
    print("error:", e)
