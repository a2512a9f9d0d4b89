# SPDX-License-Identifier: Apache-2.0
"""What an object reduces to has the values of its slots, which the library sets in what the
class's __new__ gave: by the memo, any names in any object.

class: A26
effect: code of one's own in place of __getattribute__
guard: modules
"""
import copy


class Target:
    pass


class Maker:
    def __new__(cls):
        return Target


class Source:
    __slots__ = ("a",)


def canary(self, name):
    leak(leak)


class Memo:
    def __init__(self):
        self.asked = 0

    def get(self, key, default=None):
        if key == id(Source):
            return Maker
        self.asked += 1
        return default if self.asked < 2 else (None, {"__getattribute__": canary})

    def __setitem__(self, key, value):
        pass

    def __getitem__(self, key):
        return []


source = Source()
source.a = 1
try:
    copy.deepcopy(source, Memo())
except TypeError as e:
    print(e)
print(getattr(Target(), "name", None))
