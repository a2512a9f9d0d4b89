# SPDX-License-Identifier: Apache-2.0
"""The target of with binds the same name.

class: A15
effect: a module that the imported one had imported
guard: syntax modules
"""
import contextlib

with contextlib.nullcontext(contextlib) as __builtins__:
    pass


def f():
    return sys


leak(f())
