# SPDX-License-Identifier: Apache-2.0
"""Find clusters of points by k-means, choose their number, and draw them."""

import math
import random
import statistics

CENTRES = [(8, 4), (30, 12), (50, 3)]


def make_points(rng, each=40):
    return [(rng.gauss(x, 3), rng.gauss(y, 1.3)) for x, y in CENTRES for _ in range(each)]


def centre(points):
    return tuple(statistics.fmean(axis) for axis in zip(*points))


def spread_out(rng, points, k):
    """Starting centres far from each other (k-means++)."""
    chosen = [rng.choice(points)]
    while len(chosen) < k:
        weights = [min(math.dist(p, c) for c in chosen) ** 2 for p in points]
        chosen += rng.choices(points, weights)
    return chosen


def k_means(rng, points, k):
    """(centres, clusters, sum of squared distances), once nothing moves any more."""
    centres = spread_out(rng, points, k)
    while True:
        clusters = [[] for _ in range(k)]
        for point in points:
            nearest = min(range(k), key=lambda i: math.dist(point, centres[i]))
            clusters[nearest].append(point)
        moved = [centre(c) if c else centres[i] for i, c in enumerate(clusters)]
        if all(math.dist(a, b) < 1e-9 for a, b in zip(moved, centres)):
            break
        centres = moved
    error = sum(math.dist(p, c) ** 2 for c, group in zip(centres, clusters) for p in group)
    return centres, clusters, error


def best_of(rng, points, k, tries=5):
    return min((k_means(rng, points, k) for _ in range(tries)), key=lambda found: found[2])


def draw(clusters, width=60, height=16):
    grid = [[" "] * width for _ in range(height)]
    for sign, cluster in zip("o+x*", sorted(clusters)):
        for x, y in cluster:
            column, row = round(x), round(y)
            if 0 <= column < width and 0 <= row < height:
                grid[row][column] = sign
    return ["".join(row).rstrip() for row in reversed(grid)]


def main():
    rng = random.Random(2)
    points = make_points(rng)
    for k in range(1, 5):
        print(f"k = {k}: error {best_of(rng, points, k)[2]:8.1f}")
    centres, clusters, _error = best_of(rng, points, 3)
    for (x, y), cluster in sorted(zip(centres, clusters)):
        print(f"{len(cluster)} points around ({x:.1f}, {y:.1f})")
    print(*draw(clusters), sep="\n")


if __name__ == "__main__":
    main()
