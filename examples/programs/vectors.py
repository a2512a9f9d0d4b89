# SPDX-License-Identifier: Apache-2.0
"""Operators of one's own: vectors that read as in a book."""

import math
from functools import total_ordering


@total_ordering
class Vector:
    """A vector of any dimension; ordered by length."""

    __slots__ = ("_parts",)

    def __init__(self, *parts):
        self._parts = parts

    def __iter__(self):
        return iter(self._parts)

    def __repr__(self):
        return f"Vector({', '.join(f'{part:g}' for part in self)})"

    def __add__(self, other):
        if not isinstance(other, Vector):
            return NotImplemented
        return Vector(*(a + b for a, b in zip(self, other, strict=True)))

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __mul__(self, factor):
        return Vector(*(part * factor for part in self))

    __rmul__ = __mul__

    def __matmul__(self, other):
        return sum(a * b for a, b in zip(self, other, strict=True))

    def __abs__(self):
        return math.hypot(*self)

    def __bool__(self):
        return any(self)

    def __eq__(self, other):
        return isinstance(other, Vector) and self._parts == other._parts

    def __lt__(self, other):
        return abs(self) < abs(other)

    def __hash__(self):
        return hash(self._parts)


if __name__ == "__main__":
    a, b = Vector(3, 4), Vector(-1, 2)
    print(a + b, a - b, 2 * a, a @ b, abs(a), -a, bool(Vector(0, 0)))
    print("shortest:", min(a, b), "| same:", len({a, Vector(3, 4)}), "| at least:", a >= b)
    for act in (lambda: a + 1, lambda: a @ Vector(1, 2, 3)):
        try:
            act()
        except (TypeError, ValueError) as error:
            print("refused:", type(error).__name__)
