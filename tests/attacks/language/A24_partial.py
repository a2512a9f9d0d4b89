# SPDX-License-Identifier: Apache-2.0
"""A partial of getattr reads when called by anything.

class: A24
effect: one's own namespace
guard: builtins types
"""
import functools


def f():
    pass


read = functools.partial(getattr, f)
leak(next(map(read, ["__globals__"])))
