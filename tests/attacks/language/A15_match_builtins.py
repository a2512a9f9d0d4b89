# SPDX-License-Identifier: Apache-2.0
"""A capture of match binds the same name.

class: A15
effect: a module that the imported one had imported
guard: syntax modules
"""
import random

match [random]:
    case [__builtins__]:
        pass


def f():
    return _os


leak(f())
