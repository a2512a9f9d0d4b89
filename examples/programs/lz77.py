# SPDX-License-Identifier: Apache-2.0
"""Compression by back references, run lengths, and the library's three methods."""

import bz2
import lzma
import zlib
from itertools import groupby

WINDOW, LONGEST = 255, 15


def compress(data):
    """Yield (distance, length, next byte): copy from what was, then add a byte."""
    at = 0
    while at < len(data):
        best_distance = best_length = 0
        for distance in range(1, min(at, WINDOW) + 1):
            length = 0
            while (
                length < LONGEST
                and at + length < len(data) - 1
                and data[at + length - distance] == data[at + length]
            ):
                length += 1
            if length > best_length:
                best_distance, best_length = distance, length
        yield best_distance, best_length, data[at + best_length]
        at += best_length + 1


def decompress(triples):
    data = bytearray()
    for distance, length, byte in triples:
        for _ in range(length):
            data.append(data[-distance])
        data.append(byte)
    return bytes(data)


def run_lengths(text):
    return [(sign, len(list(group))) for sign, group in groupby(text)]


def main():
    data = b"the rain in Spain stays mainly in the plain, in the main; " * 4
    triples = list(compress(data))
    assert decompress(triples) == data
    print(f"{len(data)} bytes became {len(triples)} triples")
    for distance, length, byte in triples[:4] + triples[-4:]:
        copied = f"{length} from {distance} back" if length else "nothing copied"
        print(f"  {copied}, then {chr(byte)!r}")
    print("one byte:", list(compress(b"x")), "| empty:", list(compress(b"")))
    print("runs:", "".join(f"{n}{sign}" for sign, n in run_lengths("WWWWBWWRRR")))

    big = data * 200
    for module in (zlib, bz2, lzma):
        packed = module.compress(big)
        back, much_smaller = module.decompress(packed) == big, len(packed) < len(big) // 50
        print(f"{module.__name__}: {back}, a fiftieth: {much_smaller}")
    stream = zlib.compressobj()
    pieces = [stream.compress(big[i : i + 1000]) for i in range(0, len(big), 1000)]
    print("in pieces:", zlib.decompress(b"".join(pieces) + stream.flush()) == big)
    try:
        zlib.decompress(b"not compressed")
    except zlib.error:
        print("what is not compressed is refused")


if __name__ == "__main__":
    main()
