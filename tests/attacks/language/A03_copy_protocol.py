# SPDX-License-Identifier: Apache-2.0
"""copy asks objects for attributes by name, and calls what it gets.

class: A3
effect: one's own namespace
guard: modules types
"""
import copy


def f():
    pass


class C:
    __copy__ = lambda self: f.__globals__


leak(copy.copy(C()))
