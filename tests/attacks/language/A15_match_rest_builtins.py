# SPDX-License-Identifier: Apache-2.0
"""A star capture binds it in a list, then a list target unpacks it.

class: A15
effect: a module that the imported one had imported
guard: syntax modules
"""
import random

match [random, 1]:
    case [*rest, 1]:
        [__builtins__] = rest


def f():
    return _os


leak(f())
