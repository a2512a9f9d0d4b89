# SPDX-License-Identifier: Apache-2.0
# profile: page
# Binary records.
import struct

packed = struct.pack("<IhB3s?", 70000, -2, 255, b"abc", True)
print(packed, struct.calcsize("<IhB3s?"), struct.unpack("<IhB3s?", packed))
point = struct.Struct("!dd")
print(point.size, point.format, point.unpack(point.pack(1.5, -2.5)))
buffer = bytearray(8)
struct.pack_into(">HH", buffer, 2, 1, 2)
print(bytes(buffer), struct.unpack_from(">H", buffer, 2), list(struct.iter_unpack("<H", b"\x01\x00\x02\x00")))
point.pack_into(bytearray(16), 0, 1, 2)
print(point.unpack_from(bytes(16)), list(point.iter_unpack(bytes(16))))
try:
    struct.unpack("<I", b"ab")
except struct.error as e:
    print("error:", e)
