# SPDX-License-Identifier: Apache-2.0
"""Abstract base classes: shapes that must know their area, and a collection."""

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence


class Shape(ABC):
    @property
    @abstractmethod
    def area(self):
        """The area in square units."""

    @abstractmethod
    def scaled(self, factor):
        """A shape of the same kind with every length times the factor."""

    def __lt__(self, other):
        return self.area < other.area

    def __str__(self):
        return f"{type(self).__name__.lower()} of {self.area:.2f}"


class Circle(Shape):
    def __init__(self, radius):
        self.radius = radius

    @property
    def area(self):
        return math.pi * self.radius**2

    def scaled(self, factor):
        return Circle(self.radius * factor)


class Polygon(Shape):
    def __init__(self, *corners):
        self.corners = corners

    @property
    def area(self):
        pairs = zip(self.corners, self.corners[1:] + self.corners[:1])
        return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2

    def scaled(self, factor):
        return type(self)(*((x * factor, y * factor) for x, y in self.corners))


class Gallery(Sequence):
    """A sequence from two methods: the base class gives the rest."""

    def __init__(self, *shapes):
        self._shapes = sorted(shapes)

    def __getitem__(self, index):
        return self._shapes[index]

    def __len__(self):
        return len(self._shapes)


def main():
    triangle = Polygon((0, 0), (4, 0), (0, 3))
    square = Polygon((0, 0), (2, 0), (2, 2), (0, 2))
    gallery = Gallery(square, Circle(1), triangle, Circle(2))
    print(*gallery, sep=", ")
    print("doubled:", *(shape.scaled(2) for shape in gallery), sep=" ")
    print("largest:", gallery[-1], "| square at", gallery.index(square), square in gallery)
    print("backwards:", *(type(shape).__name__ for shape in reversed(gallery)))
    try:
        Shape()
    except TypeError as error:
        print("refused:", "abstract" in str(error), "area" in str(error))


if __name__ == "__main__":
    main()
