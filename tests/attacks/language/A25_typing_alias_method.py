# SPDX-License-Identifier: Apache-2.0
"""An alias of typing reads the attributes of its class for whoever asks, so that a method
comes as the function that it is.

class: A25
effect: the class of classes, by self.__class__(self) of a class, and the list of all classes
guard: types
profile: classroom
"""
import typing


class Plain:
    pass


made = typing.Counter[int].copy(Plain)
leak(made)
leak(getattr(made, "__subclasses__")(object))
