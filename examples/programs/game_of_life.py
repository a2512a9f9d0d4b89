# SPDX-License-Identifier: Apache-2.0
"""Conway's game of life on an endless board, kept as a set of live cells."""

from collections import Counter

GLIDER = """
.#.
..#
###
"""
ACORN = """
.#.....
...#...
##..###
"""


def parse(text):
    return {
        (x, y)
        for y, line in enumerate(text.strip().splitlines())
        for x, sign in enumerate(line)
        if sign == "#"
    }


def step(cells):
    neighbours = Counter(
        (x + dx, y + dy)
        for x, y in cells
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
        if (dx, dy) != (0, 0)
    )
    return {cell for cell, n in neighbours.items() if n == 3 or (n == 2 and cell in cells)}


def after(cells, steps):
    for _ in range(steps):
        cells = step(cells)
    return cells


def at_origin(cells):
    left, top = min(x for x, _ in cells), min(y for _, y in cells)
    return {(x - left, y - top) for x, y in cells}


def period(cells, longest=20):
    """After how many steps the pattern is back, perhaps elsewhere; None if it is not."""
    now = cells
    for count in range(1, longest + 1):
        now = step(now)
        if now and at_origin(now) == at_origin(cells):
            return count
    return None


def main():
    glider = parse(GLIDER)
    for generation in (0, 1, 4, 8):
        print(f"generation {generation}")
        cells = after(glider, generation)
        for y in range(6):
            print("".join("#" if (x, y) in cells else "." for x in range(7)))
    shapes = {"block": "##\n##", "blinker": "###", "glider": GLIDER, "toad": ".###\n###."}
    for name, text in shapes.items():
        print(f"{name} comes back after {period(parse(text))}")

    cells = parse(ACORN)
    for generation in range(0, 161, 40):
        width = max(x for x, _ in cells) - min(x for x, _ in cells) + 1
        print(f"acorn after {generation:3}: {len(cells):3} cells, {width} wide")
        cells = after(cells, 40)


if __name__ == "__main__":
    main()
