# SPDX-License-Identifier: Apache-2.0
"""An object that says it is a text, by a property called __class__.

class: A14
effect: a check of types believed an object about itself
guard: syntax types
"""
class Fake:
    __class__ = property(lambda self: str)


if isinstance(Fake(), str):
    leak(leak)
