# SPDX-License-Identifier: Apache-2.0
"""__slots__ makes descriptors, which work on objects of a class that was exchanged.

class: A13
effect: one's own namespace
guard: syntax types
"""
class A:
    __slots__ = ("value",)


def f():
    pass


a = A()
a.value = f
leak(A.value.__get__(a).__globals__)
