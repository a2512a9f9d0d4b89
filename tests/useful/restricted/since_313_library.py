# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# since: 3.13
# What the library has had since 3.13.
import base64
import dataclasses
import math
import re
import statistics
import typing
from typing import ReadOnly, TypedDict, TypeIs, TypeVar


@dataclasses.dataclass
class Point:
    x: int
    y: int = 0


class Row(TypedDict):
    id: ReadOnly[int]


@typing.runtime_checkable
class Named(typing.Protocol):
    name: str


def is_text(x: object) -> TypeIs[str]:
    return isinstance(x, str)


print(dataclasses.replace(Point(1), y=5), base64.z85decode(base64.z85encode(b"data")), round(statistics.kde([1, 2, 3], h=1)(2), 4), math.fma(2, 3, 4), 0 <= statistics.kde_random([1, 2], h=0.1, seed=1)() <= 3)
print(is_text(""), Row(id=1), TypeVar("T").has_default(), typing.is_protocol(Named))
try:
    re.compile("(")
except re.PatternError as e:
    print(e)
