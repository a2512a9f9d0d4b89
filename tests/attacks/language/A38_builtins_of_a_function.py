# SPDX-License-Identifier: Apache-2.0
"""A function knows its builtins.

class: A38
effect: the namespace builtins
guard: syntax types
"""
def f():
    pass


leak(f.__builtins__["eval"])
