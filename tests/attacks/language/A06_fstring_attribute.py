# SPDX-License-Identifier: Apache-2.0
"""The expression in an f-string is an expression.

class: A6
effect: one's own namespace
guard: syntax types
"""
def f():
    pass


f"{(got := f.__globals__)!r:.1}"
leak(got)
