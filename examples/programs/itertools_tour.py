# SPDX-License-Identifier: Apache-2.0
"""itertools, functools and operator, each with something to do."""

import operator
from functools import cmp_to_key, reduce

from itertools import (
    accumulate, chain, combinations, compress, cycle, dropwhile, groupby, islice, pairwise,
    product, starmap, takewhile, tee, zip_longest,
)  # fmt: skip

STAFF = [
    {"name": "Ana", "team": "red", "hours": 38},
    {"name": "Bo", "team": "blue", "hours": 20},
    {"name": "Cy", "team": "red", "hours": 41},
    {"name": "Di", "team": "blue", "hours": 35},
]


def primes():
    """Every prime, by a filter for each one found so far."""
    found = []
    for number in chain([2], range(3, 10**6, 2)):
        if all(number % p for p in takewhile(lambda p: p * p <= number, found)):
            found.append(number)
            yield number


def version_order(a, b):
    """Compare versions number by number; a missing one counts as 0."""
    numbers = (map(int, text.split(".")) for text in (a, b))
    for x, y in zip_longest(*numbers, fillvalue=0):
        if x != y:
            return -1 if x < y else 1
    return 0


def main():
    by_team = operator.itemgetter("team")
    for team, members in groupby(sorted(STAFF, key=by_team), by_team):
        hours = [member["hours"] for member in members]
        print(f"{team}: {sum(hours)} hours, running {list(accumulate(hours))}")

    print("meetings:", [f"{a}+{b}" for a, b in combinations("ABCD", 2)])
    pairs = product(range(1, 7), repeat=2)
    print("dice with 10:", sum(a + b == 10 for a, b in pairs), "of 36")
    print("rises:", [b - a for a, b in pairwise([3, 7, 12, 10])])
    print("chosen:", list(compress("abcdef", cycle([1, 0, 0]))))
    lines = ["# a", "# b", "c", "# d"]
    print("body:", list(dropwhile(lambda line: line.startswith("#"), lines)))
    print("primes:", *islice(primes(), 10), "... the 500th:", *islice(primes(), 499, 500))
    print("powers:", list(starmap(pow, [(2, 5), (3, 2), (10, 3)])))
    first, second = tee(iter("xyz"))
    print("twice:", "".join(chain(first, second)))
    print("largest so far:", list(accumulate([3, 1, 4, 1, 5, 9, 2], max)))
    print("versions:", sorted(["1.10", "1.9.3", "1.9", "2"], key=cmp_to_key(version_order)))
    print("composed:", reduce(lambda f, g: lambda x: g(f(x)), [abs, str, len])(-12345))
    print("method:", list(map(operator.methodcaller("center", 5, "*"), ["a", "bcd"])))
    table = list(zip_longest(*[iter(range(7))] * 3, fillvalue="-"))
    print("in threes:", table)


if __name__ == "__main__":
    main()
