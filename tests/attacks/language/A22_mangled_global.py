# SPDX-License-Identifier: Apache-2.0
"""A global name is mangled, too: what the source calls __x is _C__x elsewhere.

class: A22
effect: one's own namespace
guard: syntax types
"""
def f():
    pass


_C__found = f.__globals__


class C:
    def look(self):
        return __found


leak(C().look())
