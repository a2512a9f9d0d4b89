# SPDX-License-Identifier: Apache-2.0
"""A loop's target binds the same name.

class: A15
effect: a module that the imported one had imported
guard: syntax modules
"""
import contextlib

for __builtins__ in [contextlib]:
    pass


def f():
    return os


leak(f())
