# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# since: 3.12
# Type parameters and aliases, as written since 3.12.
type Pair[T] = tuple[T, T]


def first[T](items: list[T], default: T | None = None) -> T | None:
    return items[0] if items else default


class Box[T: (int, str)]:
    def __init__(self, value: T) -> None:
        self.value = value

    def map[**P](self, f, *args: P.args) -> "Box[T]":
        return Box(f(self.value, *args))


def many[*Ts](*values: *Ts) -> tuple[*Ts]:
    return values


p: Pair[int] = (1, 2)
print(first([3]), first([], "x"), Box(2).map(pow, 3).value, many(1, "a"), p)
