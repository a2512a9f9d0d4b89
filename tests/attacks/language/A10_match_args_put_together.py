# SPDX-License-Identifier: Apache-2.0
"""The same, the texts being put together, and the class made to fit by register.

class: A10
effect: a frame
guard: syntax types
"""
from abc import ABC


class Frames(ABC):
    __match_args__ = tuple("gi" + c + "frame" for c in "_")


def g():
    yield


it = g()
Frames.register(type(it))
match it:
    case Frames(found):
        leak(found)
