# SPDX-License-Identifier: Apache-2.0
"""partialmethod writes the __self__ of a function into a partial, and deepcopy hands out
what it keeps alive.

class: A25
effect: the module of built-ins, out of the dictionary of a partial
guard: types, modules
"""
import copy
import functools


class Getter:
    def __get__(self, instance, owner):
        return print


class Owner:
    method = functools.partialmethod(Getter())


found = []


class Kept:
    def append(self, item):
        found.append(item)


class Memo:
    """Says of the fourth part after print, which is the __self__, that it is copied."""

    since = 0

    def get(self, key, default=None):
        self.since = 0 if key == id(print) else self.since + 1
        return 0 if self.since == 4 else default

    def __setitem__(self, key, value):
        found.append(value)

    def __getitem__(self, key):
        return Kept()


def look(item):
    leak(item)
    if isinstance(item, dict):
        for value in item.values():
            look(value)
    elif isinstance(item, (list, tuple)):
        for value in item:
            look(value)


try:
    copy.deepcopy(Owner().method, Memo())
except TypeError as e:
    print(e)
for item in found:
    look(item)
