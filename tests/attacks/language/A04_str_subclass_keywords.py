# SPDX-License-Identifier: Apache-2.0
"""Names of keyword arguments that are no plain texts.

class: A4
effect: one's own namespace
guard: builtins types
"""
class Name(str):
    __hash__ = str.__hash__

    def isidentifier(self):
        return True

    def __eq__(self, other):
        return str.__eq__(self, other)


def f():
    pass


def read(**names):
    return [getattr(f, n) for n in names]


leak(read(**{Name("__globals__"): 1})[0])
