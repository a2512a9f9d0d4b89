# SPDX-License-Identifier: Apache-2.0
"""So it is by singledispatch, for the annotation of the first parameter.

class: A27
effect: one's own namespace, by code in a text
guard: modules
"""
import functools


@functools.singledispatch
def f(x):
    pass


try:
    @f.register
    def _(x: "leak(f.__globals__)"):
        pass
except TypeError:
    pass
