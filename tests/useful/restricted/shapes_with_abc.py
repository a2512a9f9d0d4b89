# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Shapes, with dataclasses and an abstract base.
import math
from abc import ABC, abstractmethod
from dataclasses import dataclass


class Shape(ABC):
    @property
    @abstractmethod
    def area(self) -> float: ...

    def __lt__(self, other: "Shape") -> bool:
        return self.area < other.area


@dataclass
class Circle(Shape):
    r: float

    @property
    def area(self) -> float:
        return math.pi * self.r ** 2


@dataclass
class Rectangle(Shape):
    w: float
    h: float

    @property
    def area(self) -> float:
        return self.w * self.h


shapes = [Circle(1), Rectangle(2, 3), Rectangle(1, 1)]
for s in sorted(shapes):
    print(s, f"{s.area:.2f}")
