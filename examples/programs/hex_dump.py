# SPDX-License-Identifier: Apache-2.0
"""Bytes seen in many ways: a hex dump, records with struct, text encodings."""

import base64
import binascii
import quopri
import struct
from array import array

RECORD = struct.Struct("<4sHf?x")


def hex_dump(data, width=16):
    for start in range(0, len(data), width):
        row = data[start : start + width]
        text = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
        yield f"{start:08x}  {row.hex(' '):<{3 * width - 1}}  |{text}|"


def varint(number):
    """A whole number in groups of seven bits, the lowest first."""
    out = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        out.append(low | (0x80 if number else 0))
        if not number:
            return bytes(out)


def read_varint(data):
    return sum((byte & 0x7F) << (7 * place) for place, byte in enumerate(data))


def base58(data, alphabet="123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"):
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = alphabet[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def main():
    rows = [(b"salt", 500, 1.25, True), (b"rye", 42, -0.5, False)]
    packed = b"".join(RECORD.pack(*row) for row in rows)
    print(*hex_dump(packed), sep="\n")
    for name, count, price, fresh in RECORD.iter_unpack(packed):
        print(name.rstrip(b"\0").decode(), count, price, fresh)

    data = "Zürich: 3 €".encode()
    print(base64.b64encode(data).decode(), base64.b32encode(data[:5]).decode())
    print(base64.b85encode(data).decode(), base58(b"\0\0cloche"))
    print(quopri.encodestring(data).decode(), binascii.hexlify(data[:4], "-").decode())
    print(f"crc {binascii.crc32(data):08x}", varint(127).hex(), varint(2**35).hex())
    print(read_varint(varint(123456789)), bytes.fromhex("de ad be ef").hex(":"))

    for encoding in ("utf-8", "utf-16-le", "latin-1", "cp1252", "ascii"):
        try:
            print(f"{encoding:10}", "ü€".encode(encoding).hex(" "))
        except UnicodeEncodeError as error:
            print(f"{encoding:10} cannot hold {error.object[error.start]!r}")
    for handler in ("replace", "backslashreplace"):
        print(f"{handler}:", b"caf\xe9".decode("utf-8", handler))

    buffer = bytearray(b"0123456789")
    view = memoryview(buffer)[2:6]
    view[:2] = b"AB"
    numbers = array("I", [1, 2, 3])
    numbers.extend(range(4, 6))
    print(buffer.decode(), view.tobytes(), sum(numbers), numbers.itemsize * len(numbers))
    print(b"ABCDE".translate(bytes.maketrans(b"AE", b"ae")), b"a,b,,c".split(b","))


if __name__ == "__main__":
    main()
