# SPDX-License-Identifier: Apache-2.0
"""Objects with the hashes that classes near int have, among the bases of what is no class:
singledispatch compares them with all subclasses of object, and __eq__ is given each.

class: A14
effect: the class of classes
guard: modules
profile: classroom
"""
import functools


@functools.singledispatch
def f(x):
    pass


found = []


class Same:
    __slots__ = ("hash",)

    def __init__(self, address):
        self.hash = (address >> 4) | ((address & 15) << 60)

    def __hash__(self):
        return self.hash

    def __eq__(self, other):
        found.append(other)
        return False


class Fake:
    def __getattr__(self, name):
        if name == "__mro__":
            return [Same(id(int) + 16 * n) for n in range(-30000, 30000)]
        if name == "__bases__":
            return (object,)
        raise AttributeError(name)


try:
    f.dispatch(Fake())
except TypeError as e:
    print(e)
for cls in found:
    leak(cls)
    if type(cls) is cls:
        leak(getattr(cls, "__subclasses__")(object))
