# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Abstract base classes.
import abc
from abc import ABC, abstractmethod


class Shape(ABC):
    @abstractmethod
    def area(self):
        """How large it is."""

    @property
    @abstractmethod
    def name(self): ...

    def describe(self):
        return f"{self.name}: {self.area():.2f}"


class Square(Shape):
    name = "square"

    def __init__(self, a):
        self.a = a

    def area(self):
        return self.a ** 2


class Circle(Shape):
    def __init__(self, r):
        self.r = r

    @property
    def name(self):
        return "circle"

    def area(self):
        return 3.14159 * self.r ** 2


print([s.describe() for s in (Square(2), Circle(1))], isinstance(Square(1), abc.ABC))
try:
    Shape()
except TypeError:
    print("Shape is abstract")
