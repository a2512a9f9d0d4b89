# SPDX-License-Identifier: Apache-2.0
"""Patterns in patterns walk.

class: A10
effect: the list of all classes
guard: syntax types
"""
match ():
    case object(__class__=object(__base__=object(__subclasses__=found))):
        leak(found())
