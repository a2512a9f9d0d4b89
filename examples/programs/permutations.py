# SPDX-License-Identifier: Apache-2.0
"""Arrangements by recursion: permutations, subsets, partitions, brackets, anagrams."""

from collections import defaultdict
from itertools import permutations as from_library

WORDS = (
    "listen silent enlist tinsel google elbow below bowel state taste night thing".split()
)


def permutations(items):
    if not items:
        yield ()
    for index, item in enumerate(items):
        for rest in permutations(items[:index] + items[index + 1 :]):
            yield (item, *rest)


def subsets(items):
    if not items:
        return [()]
    without = subsets(items[1:])
    return without + [(items[0], *subset) for subset in without]


def partitions(number, largest=None):
    """Ways to write a number as a sum, each from the largest part down."""
    if number == 0:
        yield ()
        return
    for part in range(min(number, largest or number), 0, -1):
        for rest in partitions(number - part, part):
            yield (part, *rest)


def brackets(pairs, opened=0, text=""):
    if pairs == 0 and opened == 0:
        yield text
    if pairs:
        yield from brackets(pairs - 1, opened + 1, text + "(")
    if opened:
        yield from brackets(pairs, opened - 1, text + ")")


def next_permutation(items):
    """The next one in dictionary order, or None after the last."""
    items = list(items)
    rises = [i for i in range(len(items) - 1) if items[i] < items[i + 1]]
    if not rises:
        return None
    i = rises[-1]
    j = max(j for j in range(i + 1, len(items)) if items[j] > items[i])
    items[i], items[j] = items[j], items[i]
    return items[: i + 1] + items[:i:-1]


def main():
    print(*("".join(p) for p in permutations("abc")))
    assert list(permutations([1, 2, 3, 4])) == list(from_library([1, 2, 3, 4]))
    print(sorted(subsets((1, 2, 3)), key=lambda subset: (len(subset), subset)))
    print(*("+".join(map(str, p)) for p in partitions(5)))
    print(*brackets(3))
    print(next_permutation([1, 3, 5, 4, 2]), next_permutation([3, 2, 1]))

    groups = defaultdict(list)
    for word in WORDS:
        groups["".join(sorted(word))].append(word)
    for words in groups.values():
        if len(words) > 1:
            print(" = ".join(words))


if __name__ == "__main__":
    main()
