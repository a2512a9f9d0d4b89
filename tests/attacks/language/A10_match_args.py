# SPDX-License-Identifier: Apache-2.0
"""The names that positions stand for are texts in the class.

class: A10
effect: one's own namespace
guard: syntax types
"""
import abc


class Any(abc.ABC):
    __match_args__ = ("__globals__",)

    @classmethod
    def __subclasshook__(cls, other):
        return True


def f():
    pass


match f:
    case Any(found):
        leak(found)
