# SPDX-License-Identifier: Apache-2.0
"""enum puts functions of its own into each class of flags, and they believe their self.

class: A25
effect: the class of classes, by self.__class__(value) of a class, and the list of all classes
guard: types
profile: classroom
"""
import enum


class Colour(enum.Flag):
    RED = 1


class Value:
    def __or__(self, other):
        return Plain


class Plain:
    _value_ = Value()
    _member_type_ = object


made = Colour.__or__(Plain, Plain)
leak(made)
leak(getattr(made, "__subclasses__")(object))
