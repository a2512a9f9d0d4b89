# SPDX-License-Identifier: Apache-2.0
# profile: page
# Own order, by hand and with total_ordering.
import functools


@functools.total_ordering
class Version:
    def __init__(self, text):
        self.parts = tuple(int(p) for p in text.split("."))

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts

    def __repr__(self):
        return ".".join(str(p) for p in self.parts)


class Card:
    order = "23456789TJQKA"

    def __init__(self, rank):
        self.rank = rank

    def value(self):
        return self.order.index(self.rank)

    def __lt__(self, other):
        return self.value() < other.value()

    def __le__(self, other):
        return self.value() <= other.value()

    def __gt__(self, other):
        return self.value() > other.value()

    def __ge__(self, other):
        return self.value() >= other.value()

    def __ne__(self, other):
        return self.rank != other.rank

    def __str__(self):
        return self.rank


vs = [Version(t) for t in ("1.10", "1.9", "2.0", "1.9.1")]
print(sorted(vs), max(vs), Version("1.0") >= Version("1.0"), vs[0] > vs[1], vs[0] <= vs[1])
hand = [Card(c) for c in "T2AK"]
print(*sorted(hand), min(hand), hand[0] <= hand[1], hand[2] >= hand[3], hand[0] != hand[1])
