# SPDX-License-Identifier: Apache-2.0
"""The name of a field becomes text of the __repr__ of each class derived from its own; the
memo of deepcopy makes the library change it.

class: A27
effect: the real import function, named in that text
guard: modules
"""
import copy
from dataclasses import dataclass, field, fields


@dataclass
class Base:
    x: int = field(init=False)


found = []
first = fields(Base)[0]


class Maker:
    def __new__(cls):
        return first


class Memo:
    def __init__(self):
        self.asked = 0

    def get(self, key, default=None):
        if key == id(type(first)):
            return Maker
        self.asked += 1
        return default if self.asked < 2 else (None, {"name": "x[found.append(__import__)]"})

    def __setitem__(self, key, value):
        pass

    def __getitem__(self, key):
        return []


try:
    copy.deepcopy(first, Memo())
except (TypeError, ValueError) as e:
    print(e)


@dataclass(init=False)
class Derived(Base):
    z: int = 2


derived = Derived()
derived.x = [1]
try:
    print(derived)
except TypeError as e:
    print(e)
leak(found[0])
