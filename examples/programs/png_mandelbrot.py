# SPDX-License-Identifier: Apache-2.0
"""Draw the Mandelbrot set into a PNG file, written by hand, and read it back."""

import colorsys
import struct
import zlib
from pathlib import Path

SIGNATURE = b"\x89PNG\r\n\x1a\n"
WIDTH, HEIGHT, STEPS = 120, 80, 60
ONE = 1 << 24  # fixed point: the picture is the same on every processor


def escape_time(cx, cy):
    """Steps until z*z + c leaves the circle of radius 2, with c = (cx + cy i) / ONE."""
    x = y = 0
    for step in range(STEPS):
        x, y = (x * x - y * y) // ONE + cx, 2 * x * y // ONE + cy
        if x * x + y * y > 4 * ONE * ONE:
            return step
    return STEPS


def colour(step):
    if step == STEPS:
        return bytes(3)
    share = step / STEPS
    return bytes(
        int(255 * p) for p in colorsys.hsv_to_rgb(0.6 + share, 0.8, 0.4 + 0.6 * share)
    )


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def write_png(path, rows):
    """Rows of RGB bytes, as an image of 8 bits a sample without a filter."""
    header = struct.pack(">IIBBBBB", len(rows[0]) // 3, len(rows), 8, 2, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    Path(path).write_bytes(SIGNATURE + chunks)


def read_chunks(path):
    data = Path(path).read_bytes()
    at = len(SIGNATURE)
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        body = data[at + 4 : at + 8 + length]
        (crc,) = struct.unpack_from(">I", data, at + 8 + length)
        yield body[:4].decode(), body[4:], crc == zlib.crc32(body)
        at += length + 12


def main():
    unit = ONE // (10 * WIDTH)
    real = [(32 * x - 22 * WIDTH) * unit for x in range(WIDTH)]
    imaginary = [(36 * y - 18 * HEIGHT) * unit for y in range(HEIGHT)]
    steps = [[escape_time(x, y) for x in real] for y in imaginary]
    rows = [b"".join(map(colour, row)) for row in steps]
    write_png("mandelbrot.png", rows)

    for kind, data, is_sound in read_chunks("mandelbrot.png"):
        print(kind, "sound" if is_sound else "damaged", end="")
        if kind == "IHDR":
            print(":", *struct.unpack(">IIBBBBB", data), end="")
        if kind == "IDAT":
            print(":", len(zlib.decompress(data)), "bytes of pixels", end="")
        print()
    for row in steps[2:-2:5]:
        signs = (" .:-=+*#%@"[min(9, step * 10 // STEPS)] for step in row[::2])
        print("".join(signs).rstrip())


if __name__ == "__main__":
    main()
