# SPDX-License-Identifier: Apache-2.0
"""A mean is made by calling the class of the data; the data here is a class.

class: A24
effect: a metaclass, by type(class) in the library, and the list of all classes
guard: modules
profile: classroom
"""
import statistics
from abc import ABC


class Number:
    def is_finite(self):
        return False

    def __radd__(self, other):
        return self

    def __add__(self, other):
        return self

    def __truediv__(self, other):
        return Abstract


class Abstract(ABC):
    pass


class Plain:
    @staticmethod
    def as_integer_ratio():
        return (Number(), None)


made = statistics.mean([Plain])
leak(made)
leak(getattr(made, "__subclasses__")(object))
