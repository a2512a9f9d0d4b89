# SPDX-License-Identifier: Apache-2.0
"""So it does where the class of flags is made by a call.

class: A25
effect: the class of classes, and the list of all classes
guard: types
profile: classroom
"""
import enum

Colour = enum.Flag("Colour", "RED GREEN")


class Value:
    def __or__(self, other):
        return Plain


class Plain:
    _value_ = Value()
    _member_type_ = object


made = Colour.__or__(Plain, Plain)
leak(made)
leak(getattr(made, "__subclasses__")(object))
