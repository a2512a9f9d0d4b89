# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Names of typing that are for checkers, for coroutines, and for files.
import typing as t


def c(x: t.Awaitable, y: t.AsyncIterator, z: t.AsyncIterable, w: t.Coroutine, v: t.AsyncGenerator, u: t.AsyncContextManager) -> None: ...
def i(x: t.BinaryIO, y: t.IO[str], z: t.TextIO) -> None: ...
def m(x: t.ParamSpecArgs, y: t.ParamSpecKwargs) -> None: ...


@t.dataclass_transform()
def model(cls):
    return cls


@model
class Leaf:
    @t.no_type_check
    def method(self): ...


@t.overload
def double(x: int) -> int: ...
def double(x):
    return x * 2


print(c(1, 2, 3, 4, 5, 6), i(1, 2, 3), m(1, 2), Leaf().method(), double(4), len(t.get_overloads(double)))
t.clear_overloads()
print(len(t.get_overloads(double)))
