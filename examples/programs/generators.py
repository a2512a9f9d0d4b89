# SPDX-License-Identifier: Apache-2.0
"""Generators: a pipeline over lines, values sent in, and delegation."""

import sys
from itertools import count, islice


def numbers(lines):
    for line in lines:
        line = line.partition("#")[0].strip()
        if line:
            yield from map(float, line.split())


def moving_average(values, size):
    window = []
    for value in values:
        window.append(value)
        if len(window) > size:
            window.pop(0)
        if len(window) == size:
            yield sum(window) / size


def batches(values, size):
    values = iter(values)
    while batch := list(islice(values, size)):
        yield batch


def running_extremes():
    """Send a value in, get the least and the greatest so far."""
    low = high = yield
    while True:
        value = yield low, high
        low, high = min(low, value), max(high, value)


def flatten(tree):
    for item in tree:
        yield from flatten(item) if isinstance(item, list) else [item]


def countdown(n):
    try:
        while n:
            yield n
            n -= 1
        return "lift-off"
    finally:
        print("(cleaned up)")


def report():
    result = yield from countdown(2)
    yield result


def main():
    values = list(numbers(sys.stdin))
    print("values:", *(f"{value:g}" for value in values))
    print("smooth:", *(f"{value:.2f}" for value in moving_average(values, 3)))
    print("batches:", list(batches(map(int, values), 4)))
    extremes = running_extremes()
    next(extremes)
    print("extremes:", *(extremes.send(value) for value in values[:4]))
    print("flat:", list(flatten([1, [2, [3, [], [4]]], 5])))
    print("report:", list(report()))

    unfinished = countdown(5)
    print(next(unfinished), next(unfinished))
    unfinished.close()
    squares = (n * n for n in count(3))  # endless, and lazy
    print(
        "lazy:", next(squares), next(squares), sum(n for n in range(10**6) if n % 3 == 0)
    )


if __name__ == "__main__":
    main()
