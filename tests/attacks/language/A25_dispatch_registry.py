# SPDX-License-Identifier: Apache-2.0
"""singledispatch shows its registry and the function that it began with.

class: A25
effect: the namespace of functools
guard: types syntax modules
"""
import functools


@functools.singledispatch
def f(x):
    pass


leak(f.dispatch.__globals__)
leak(f.registry[object].__globals__)
