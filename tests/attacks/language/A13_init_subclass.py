# SPDX-License-Identifier: Apache-2.0
"""__init_subclass__ gets each class that derives, keywords included.

class: A13
effect: one's own namespace
guard: syntax types
"""
class Base:
    def __init_subclass__(cls, found=None):
        leak(found)


def f():
    pass


class Child(Base, found=f.__globals__):
    pass
