# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Named tuples match as sequences and as classes.
from collections import namedtuple
from typing import NamedTuple

Point = namedtuple("Point", "x y")


class Size(NamedTuple):
    w: int
    h: int = 1


def area(x):
    match x:
        case Point(x=px, y=py):
            return ("point", px, py)
        case Size(w, h):
            return ("size", w * h)
        case (a, b):
            return ("pair", a, b)


print(area(Point(1, 2)), area(Size(3)), area((5, 6)))
