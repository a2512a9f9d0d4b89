# SPDX-License-Identifier: Apache-2.0
"""iter with a sentinel calls what it is given.

class: A24
effect: one's own namespace
guard: builtins types
"""
import functools


def f():
    pass


leak(next(iter(functools.partial(getattr, f, "__globals__"), None)))
