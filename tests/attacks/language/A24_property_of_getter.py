# SPDX-License-Identifier: Apache-2.0
"""A property calls a C function with the object.

class: A24
effect: one's own namespace
guard: modules types
"""
import operator


def f():
    pass


class C:
    inner = f
    look = property(operator.attrgetter("inner.__func__.__globals__"))


leak(C().look)
