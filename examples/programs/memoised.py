# SPDX-License-Identifier: Apache-2.0
"""Recursion that remembers: spelling distance, coins, and how deep it may go."""

import sys
from functools import cache, lru_cache


@lru_cache(maxsize=None)
def distance(a, b):
    """The least number of letters added, dropped or changed between two words."""
    if not a or not b:
        return len(a) + len(b)
    if a[0] == b[0]:
        return distance(a[1:], b[1:])
    return 1 + min(distance(a[1:], b), distance(a, b[1:]), distance(a[1:], b[1:]))


@cache
def ways(amount, coins):
    if amount == 0:
        return 1
    if amount < 0 or not coins:
        return 0
    return ways(amount - coins[0], coins) + ways(amount, coins[1:])


@cache
def collatz(n):
    return 0 if n == 1 else 1 + collatz(n // 2 if n % 2 == 0 else 3 * n + 1)


@cache
def ackermann(m, n):
    if m == 0:
        return n + 1
    return ackermann(m - 1, ackermann(m, n - 1) if n else 1)


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


def main():
    for pair in (("kitten", "sitting"), ("saturday", "sunday"), ("recieve", "receive")):
        print(*pair, distance(*pair))
    info = distance.cache_info()
    print(f"of {info.hits + info.misses} calls {info.misses} were worked out")

    print("1 euro in coins:", ways(100, (50, 20, 10, 5, 2, 1)), "ways")
    longest = max(range(1, 3000), key=collatz)
    print(f"below 3000 the longest way to 1 is from {longest}: {collatz(longest)} steps")
    print("ackermann(2, 9) =", ackermann(2, 9))

    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(5000)
    print("deep:", depth(4000))
    sys.setrecursionlimit(limit)
    try:
        depth(10**6)
    except RecursionError as error:
        print("too deep:", str(error).partition(" in ")[0])


if __name__ == "__main__":
    main()
