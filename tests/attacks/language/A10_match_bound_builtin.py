# SPDX-License-Identifier: Apache-2.0
"""A builtin matched by what it is bound to; public names, no underscore in sight.

class: A10
effect: a module
guard: syntax types
"""
import functools


class Box(functools.partial):
    pass


p = Box(print)
match p:
    case functools.partial(func=object(__self__=found)):
        leak(found)
