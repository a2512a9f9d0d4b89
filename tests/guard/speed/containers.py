# SPDX-License-Identifier: Apache-2.0
"""Dicts, lists and sets."""
from collections import Counter, defaultdict, deque


def main():
    total = 0
    for turn in range(25):
        groups = defaultdict(list)
        for i in range(8000):
            groups[i % 97].append(i)
        squares = {key: [x * x for x in values] for key, values in groups.items()}
        total += sum(len(values) for values in squares.values())
        counts = Counter(str(i)[0] for i in range(4000))
        total += counts["1"]
        queue = deque(range(500))
        while queue:
            x = queue.popleft()
            if x % 3 == 0:
                queue.append(x + 1)
        seen = {x % 101 for x in range(5000)} & set(range(0, 200, 2))
        total += len(seen)
        grid = [[0] * 40 for row in range(40)]
        for y in range(40):
            for x in range(40):
                grid[y][x] = y * x
        total += sum(map(sum, grid))
    return total
