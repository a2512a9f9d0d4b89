# SPDX-License-Identifier: Apache-2.0
# profile: page
# Bytes as text, and checksums.
import binascii

print(binascii.hexlify(b"abc"), binascii.unhexlify("616263"), binascii.b2a_hex(b"\x01\x02", ":"), binascii.a2b_hex(b"00ff"))
print(binascii.b2a_base64(b"hi"), binascii.a2b_base64(b"aGk="), binascii.b2a_base64(b"x", newline=False))
print(binascii.b2a_uu(b"data"), binascii.a2b_uu(binascii.b2a_uu(b"data")))
print(binascii.b2a_qp(b"caf\xc3\xa9 ="), binascii.a2b_qp(b"caf=C3=A9"))
print(binascii.crc32(b"hello"), binascii.crc_hqx(b"hello", 0))
for bad in ("abc", "zz"):
    try:
        binascii.unhexlify(bad)
    except binascii.Error as e:
        print("Error:", e)
print(issubclass(binascii.Error, ValueError), issubclass(binascii.Incomplete, Exception))
