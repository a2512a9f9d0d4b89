# SPDX-License-Identifier: Apache-2.0
"""A cached property shows its function.

class: A25
effect: one's own namespace
guard: types syntax
"""
import functools


class C:
    @functools.cached_property
    def p(self):
        return 1


leak(C.p.func.__globals__)
