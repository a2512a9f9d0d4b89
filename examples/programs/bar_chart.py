# SPDX-License-Identifier: Apache-2.0
"""Charts in text: bars with eighths of a block, a sparkline, a scatter plot."""

import math

EIGHTHS = " ▏▎▍▌▋▊▉█"
LEVELS = "▁▂▃▄▅▆▇█"
RAINFALL = {"Bergen": 2250, "Genoa": 1072, "Vienna": 651, "Madrid": 421, "Cairo": 18}


def bar(value, top, width=30):
    eighths = round(value / top * width * 8)
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()


def sparkline(values):
    low, high = min(values), max(values)
    return "".join(LEVELS[int((v - low) / (high - low) * 7)] for v in values)


def scatter(points, width, height):
    """Lines of text with a point for each pair; the axes go through the least values."""
    xs, ys = zip(*points)
    grid = [[" "] * width for _ in range(height)]
    for x, y in points:
        column = round((x - min(xs)) / (max(xs) - min(xs)) * (width - 1))
        row = round((y - min(ys)) / (max(ys) - min(ys)) * (height - 1))
        grid[height - 1 - row][column] = "•"
    for row in grid:
        yield "│" + "".join(row).rstrip()
    yield "└" + "─" * width


def main():
    print("Rain in a year, mm")
    for city, value in RAINFALL.items():
        print(f"{city:>8} {bar(value, max(RAINFALL.values()))} {value}")
    print("\nA damped wave")
    wave = [math.exp(-t / 20) * math.cos(t / 3) for t in range(60)]
    print(sparkline(wave))
    print()
    for line in scatter([(t, math.sin(t / 5)) for t in range(64)], 64, 9):
        print(line)


if __name__ == "__main__":
    main()
