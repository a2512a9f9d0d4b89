# SPDX-License-Identifier: Apache-2.0
"""The globals of one's own function hold the builtins.

class: A1
effect: one's own namespace with __builtins__ in it
guard: syntax types
"""
def f():
    pass


leak(f.__globals__)
