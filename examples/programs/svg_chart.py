# SPDX-License-Identifier: Apache-2.0
"""Draw a line chart as SVG, with axes, a legend and rounded scales."""

import math
from html import escape
from pathlib import Path

WIDTH, HEIGHT, MARGIN = 640, 360, 48
COLOURS = ["#1b6ca8", "#d1495b", "#3a7d44"]
SERIES = {
    "Oslo": [-4, -3, 1, 6, 12, 16, 18, 17, 12, 7, 1, -3],
    "Rome & Ostia": [8, 9, 11, 14, 18, 22, 25, 25, 21, 17, 12, 9],
    "Quito": [15, 15, 15, 15, 15, 15, 14, 15, 15, 15, 15, 15],
}


def nice_step(span, wanted=6):
    """A step of 1, 2 or 5 times a power of ten that gives about so many ticks."""
    rough = span / wanted
    unit = 10 ** math.floor(math.log10(rough))
    return next(factor * unit for factor in (1, 2, 5, 10) if factor * unit >= rough)


def draw(series, labels):
    low = min(map(min, series.values()))
    high = max(map(max, series.values()))
    step = nice_step(high - low)
    bottom, top = math.floor(low / step) * step, math.ceil(high / step) * step

    def x(index):
        return MARGIN + index * (WIDTH - 2 * MARGIN) / (len(labels) - 1)

    def y(value):
        return HEIGHT - MARGIN - (value - bottom) * (HEIGHT - 2 * MARGIN) / (top - bottom)

    yield f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
    yield '     font-family="sans-serif" font-size="12">'
    for tick in range(int(bottom), int(top) + 1, int(step)):
        yield f'<path d="M{MARGIN} {y(tick):.1f}H{WIDTH - MARGIN}" stroke="#ddd"/>'
        place = f'x="{MARGIN - 8}" y="{y(tick) + 4:.1f}"'
        yield f'<text {place} text-anchor="end">{tick}</text>'
    for index, label in enumerate(labels):
        place = f'x="{x(index):.1f}" y="{HEIGHT - 24}"'
        yield f'<text {place} text-anchor="middle">{label}</text>'
    for number, (name, values) in enumerate(series.items()):
        points = " ".join(f"{x(i):.1f},{y(value):.1f}" for i, value in enumerate(values))
        colour = COLOURS[number % len(COLOURS)]
        stroke = f'stroke="{colour}" stroke-width="2"'
        yield f'<polyline points="{points}" fill="none" {stroke}/>'
        place = f'x="{MARGIN + 130 * number}" y="24"'
        yield f'<text {place} fill="{colour}">{escape(name)}</text>'
    yield "</svg>"


def main():
    lines = list(draw(SERIES, "JFMAMJJASOND"))
    Path("temperatures.svg").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"temperatures.svg: {len(lines)} lines, {len(SERIES)} series")


if __name__ == "__main__":
    main()
