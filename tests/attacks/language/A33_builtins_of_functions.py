# SPDX-License-Identifier: Apache-2.0
"""An attribute that functions have had only since 3.10.

class: A33
effect: the namespace builtins
guard: syntax types
"""
def f():
    pass


leak(f.__builtins__["open"])
