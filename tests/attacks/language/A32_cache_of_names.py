# SPDX-License-Identifier: Apache-2.0
"""A name is asked for until every cache knows it; then a text that says that it equals it.

class: A32
effect: one's own namespace
guard: builtins types
"""
class Name(str):
    __hash__ = str.__hash__

    def __eq__(self, other):
        return other == "__name__" or str.__eq__(self, other)


def f():
    pass


for n in range(3000):
    getattr(f, "__name__")
leak(getattr(f, Name("__globals__")))
