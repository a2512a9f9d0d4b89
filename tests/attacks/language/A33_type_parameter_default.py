# SPDX-License-Identifier: Apache-2.0
"""And its default.

class: A33
effect: one's own namespace
guard: syntax types
since: 3.13
"""
def g():
    pass


def f[T = g.__globals__]():
    pass


leak(f.__type_params__[0].__default__)
