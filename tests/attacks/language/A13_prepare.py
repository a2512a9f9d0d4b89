# SPDX-License-Identifier: Apache-2.0
"""A metaclass gives the mapping in which a class's body runs, and sees each name that it reads.

class: A13
effect: a function of the interpreter that no name gives
guard: syntax types
"""
class Names(dict):
    def __missing__(self, name):
        if name == "wanted":
            return __build_class__
        raise KeyError(name)


class M(type):
    @classmethod
    def __prepare__(meta, name, bases):
        return Names()


class C(metaclass=M):
    leak(wanted)
