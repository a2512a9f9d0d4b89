# SPDX-License-Identifier: Apache-2.0
"""Dynamic programming: a knapsack, a common subsequence, a cut rod, a best path."""

from functools import cache

ITEMS = [
    ("tent", 9, 150), ("stove", 4, 80), ("lamp", 1, 35), ("book", 3, 30), ("water", 6, 200),
    ("camera", 5, 100), ("guitar", 11, 110),
]  # fmt: skip


def pack(items, limit):
    """The most valuable choice within a weight: a table by item and weight."""
    best = [[0] * (limit + 1)]
    for _name, weight, value in items:
        row = best[-1][:]
        for room in range(weight, limit + 1):
            row[room] = max(row[room], best[-1][room - weight] + value)
        best.append(row)

    chosen, room = [], limit
    for index in range(len(items), 0, -1):
        if best[index][room] != best[index - 1][room]:
            name, weight, _value = items[index - 1]
            chosen.append(name)
            room -= weight
    return best[-1][limit], chosen[::-1]


def common_subsequence(a, b):
    table = [[""] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            if x == y:
                table[i + 1][j + 1] = table[i][j] + x
            else:
                table[i + 1][j + 1] = max(table[i][j + 1], table[i + 1][j], key=len)
    return table[-1][-1]


@cache
def cut(length, prices):
    """(value, pieces) of the best way to cut a rod, prices by length."""
    options = [(0, ())]
    for piece in range(1, min(length, len(prices)) + 1):
        value, pieces = cut(length - piece, prices)
        options.append((value + prices[piece - 1], (piece, *pieces)))
    return max(options)


def best_sum(numbers):
    """The run of neighbours with the largest sum (Kadane)."""
    best = (numbers[0], 0, 1)
    total = start = 0
    for index, number in enumerate(numbers):
        if total <= 0:
            total, start = 0, index
        total += number
        best = max(best, (total, start, index + 1), key=lambda item: item[0])
    return best[0], numbers[best[1] : best[2]]


def triangle(rows):
    """The largest sum on a way from the top of a triangle to its base."""
    below = rows[-1]
    for row in reversed(rows[:-1]):
        below = [value + max(below[i], below[i + 1]) for i, value in enumerate(row)]
    return below[0]


if __name__ == "__main__":
    for limit in (5, 15, 25):
        value, chosen = pack(ITEMS, limit)
        print(f"{limit:2} kg: worth {value}: {', '.join(chosen)}")
    print(common_subsequence("the quick brown fox", "a thicker brow for x"))
    print(cut(13, (1, 5, 8, 9, 10, 17, 17, 20)))
    print(best_sum([3, -5, 4, -1, 2, 1, -6, 5]))
    print(triangle([[3], [7, 4], [2, 4, 6], [8, 5, 9, 3]]))
