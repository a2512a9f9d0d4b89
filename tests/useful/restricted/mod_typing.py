# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Types in annotations.
import typing
from typing import Any, Callable, ClassVar, Final, Generic, Iterable, Iterator, Literal, NamedTuple, NewType, Optional, Protocol, Self, TypedDict, TypeVar, Union, cast, overload, runtime_checkable

T = TypeVar("T")
UserId = NewType("UserId", int)
Mode = Literal["r", "w"]
LIMIT: Final = 10


class Stack(Generic[T]):
    def __init__(self) -> None:
        self.items: list[T] = []

    def push(self, item: T) -> Self:
        self.items.append(item)
        return self

    def pop(self) -> T:
        return self.items.pop()


class Point(NamedTuple):
    """A place."""

    x: float
    y: float = 0.0

    def length(self) -> float:
        return (self.x ** 2 + self.y ** 2) ** 0.5


class Movie(TypedDict, total=False):
    title: str
    year: int


@runtime_checkable
class Named(Protocol):
    name: str


class Cat:
    name = "Tom"
    count: ClassVar[int] = 0


@overload
def double(x: int) -> int: ...
@overload
def double(x: str) -> str: ...
def double(x):
    return x * 2


def apply(f: Callable[[int], T], values: Iterable[int], default: Optional[T] = None) -> Iterator[T]:
    for v in values:
        yield f(v)


print(Stack[int]().push(1).push(2).pop(), Point(3, 4).length(), Point(1)._replace(y=2), Movie(title="x", year=1), UserId(5) + 1, double("ab"), double(4))
print(list(apply(str, [1, 2])), isinstance(Cat(), Named), isinstance(3, Named), cast(int, "7"), Union[int, str], Optional[int], list[int], dict[str, Any], Mode, typing.TYPE_CHECKING, LIMIT)
