# SPDX-License-Identifier: Apache-2.0
"""heapq.merge goes on with the __self__ of an iterator's __next__, which may be any
function: here one that belongs to a cache of classes.

class: A25
effect: the class of classes, out of the cache of a function
guard: types, modules
profile: classroom
"""
import functools
import heapq


@functools.singledispatch
def f(x):
    pass


class Plain:
    pass


class Values:
    __next__ = f._clear_cache

    def __iter__(self):
        return self


merged = heapq.merge(Values())
next(merged)
f(Plain)
for found in merged:
    leak(found)
    leak(getattr(found, "__subclasses__")(object))
