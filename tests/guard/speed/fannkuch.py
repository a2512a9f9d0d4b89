# SPDX-License-Identifier: Apache-2.0
"""Pancakes: the most flips that a permutation takes."""


def flips_of(p):
    q = list(p)
    flips = 0
    while q[0]:
        k = q[0] + 1
        q[:k] = reversed(q[:k])
        flips += 1
    return flips


def permutations(items):
    if len(items) <= 1:
        yield items
        return
    for rest in permutations(items[1:]):
        for i in range(len(items)):
            yield rest[:i] + items[:1] + rest[i:]


def main():
    most = total = 0
    for p in permutations(list(range(8))):
        flips = flips_of(p)
        total += flips
        most = max(most, flips)
    return most, total
