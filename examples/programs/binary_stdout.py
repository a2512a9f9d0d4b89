# SPDX-License-Identifier: Apache-2.0
"""Write a picture in the binary PPM format to standard output."""

import sys
from array import array

WIDTH, HEIGHT = 8, 4


def pixels():
    """A gradient from red to blue, brighter downwards."""
    for y in range(HEIGHT):
        for x in range(WIDTH):
            blue = 255 * x // (WIDTH - 1)
            yield from (255 - blue, 64 * y, blue)


def main():
    picture = array("B", pixels())
    out = sys.stdout.buffer
    out.write(b"P6\n%d %d\n255\n" % (WIDTH, HEIGHT))
    out.write(picture.tobytes())
    out.flush()
    print(f"{len(picture)} bytes of pixels", file=sys.stderr)


if __name__ == "__main__":
    main()
