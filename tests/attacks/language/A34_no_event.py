# SPDX-License-Identifier: Apache-2.0
"""Ways to the builtins of which audit hooks hear nothing.

class: A34
effect: the namespace builtins
guard: syntax types
"""
def f():
    pass


leak(f.__globals__["__builtins__"])
leak(print.__self__)
