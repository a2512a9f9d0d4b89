# SPDX-License-Identifier: Apache-2.0
"""An expression in the specification of an f-string's field.

class: A6
effect: one's own namespace
guard: syntax types
"""
found = []


def f():
    pass


f"{'':{found.append(f.__globals__) or 1}}"
leak(found[0])
