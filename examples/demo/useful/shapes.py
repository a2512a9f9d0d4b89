# SPDX-License-Identifier: Apache-2.0
# does: classes, data classes, abstract methods
# prints: Circle 12.57, Square 4.00
import abc
import dataclasses
import math


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self):
        """How much it covers."""


@dataclasses.dataclass
class Circle(Shape):
    radius: float

    def area(self):
        return math.pi * self.radius ** 2


@dataclasses.dataclass
class Square(Shape):
    side: float

    def area(self):
        return self.side ** 2


print(", ".join(f"{type(s).__name__} {s.area():.2f}" for s in (Circle(2), Square(2))))
