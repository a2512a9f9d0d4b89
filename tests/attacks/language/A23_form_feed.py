# SPDX-License-Identifier: Apache-2.0
"""A form feed sets the indentation back.

class: A23
effect: one's own namespace
guard: syntax types
"""
def f():
    return 1


leak(f.__globals__)
