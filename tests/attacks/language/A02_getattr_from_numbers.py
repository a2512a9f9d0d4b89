# SPDX-License-Identifier: Apache-2.0
"""A name from character codes.

class: A2
effect: one's own namespace
guard: builtins types
"""
def f():
    pass


leak(getattr(f, "".join(map(chr, [95, 95, 103, 108, 111, 98, 97, 108, 115, 95, 95]))))
