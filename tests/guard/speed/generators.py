# SPDX-License-Identifier: Apache-2.0
"""Generators, closures and itertools."""
import itertools


def numbers(n):
    for i in range(n):
        yield i


def squares(items):
    for item in items:
        yield item * item


def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)


def adder(n):
    return lambda x: x + n


def main():
    total = 0
    for turn in range(15):
        total += sum(x for x in squares(numbers(20000)) if x % 3)
        total += sum(tree(11))
        total += sum(map(adder(3), range(10000)))
        pairs = itertools.islice(itertools.product(range(100), repeat=2), 8000)
        total += sum(a ^ b for a, b in pairs)
    return total
