# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# A generic queue with type hints, out of collections.abc.
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Queue(Generic[T]):
    def __init__(self, items: Iterable[T] = ()) -> None:
        self._items: list[T] = list(items)

    def push(self, item: T) -> None:
        self._items.append(item)

    def __iter__(self) -> Iterator[T]:
        while self._items:
            yield self._items.pop(0)


q: Queue[int] = Queue([1, 2])
q.push(3)
print(list(q), list(Queue[str]("ab")), isinstance([], Iterable), isinstance(iter([]), Iterator))
