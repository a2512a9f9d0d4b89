# SPDX-License-Identifier: Apache-2.0
"""Types that say what a thing can do: protocols, generics, named tuples, typed dicts."""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, NamedTuple, Protocol, TypedDict, TypeVar
from typing import get_type_hints, runtime_checkable

T = TypeVar("T")
K = TypeVar("K")


@runtime_checkable
class Speaks(Protocol):
    def speak(self) -> str:
        ...


class Dog:
    def speak(self) -> str:
        return "woof"


class Robot:
    def __init__(self, words: list[str]) -> None:
        self.words = words

    def speak(self) -> str:
        return " ".join(self.words)


class Stone:
    pass


class Point(NamedTuple):
    x: int
    y: int = 0


class Movie(TypedDict, total=False):
    title: str
    year: int


class Stack(Generic[T]):
    def __init__(self) -> None:
        self._items: list[T] = []

    def push(self, item: T) -> "Stack[T]":
        self._items.append(item)
        return self

    def pop(self) -> T:
        return self._items.pop()

    def __iter__(self) -> Iterator[T]:
        return reversed(self._items)


def group(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    groups: dict[K, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def paint(colour: str, *, times: int = 1) -> str:
    return colour * times


if __name__ == "__main__":
    for thing in (Dog(), Robot(["beep", "beep"]), Stone()):
        can = isinstance(thing, Speaks)
        print(type(thing).__name__, "speaks:", thing.speak() if can else "not at all")
    print(*Stack[int]().push(1).push(2).push(3), "|", Stack[str]().push("top").pop())
    print(group(["kiwi", "fig", "plum", "nut"], key=len))
    print(Point(3), Point(1, 2)._replace(y=5))
    movie: Movie = {"title": "Rain", "year": 1962}
    print(movie, sorted(get_type_hints(Movie)), get_type_hints(paint)["times"].__name__)
    print(paint("red", times=2))
