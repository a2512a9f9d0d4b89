# SPDX-License-Identifier: Apache-2.0
"""So is the bound of a type parameter.

class: A33
effect: one's own namespace
guard: syntax types
since: 3.12
"""
def f[T: f.__globals__]():
    pass


leak(f.__type_params__[0].__bound__)
