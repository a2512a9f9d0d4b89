# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# What zlib takes where nothing is said.
import zlib

print(zlib.DEF_BUF_SIZE, zlib.DEF_MEM_LEVEL, zlib.decompress(zlib.compress(b"x"), bufsize=zlib.DEF_BUF_SIZE))
