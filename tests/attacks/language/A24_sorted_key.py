# SPDX-License-Identifier: Apache-2.0
"""A key function is called from C.

class: A24
effect: the module builtins
guard: builtins types
"""
import functools

seen = []


class Keep:
    def __init__(self, x):
        seen.append(x)

    def __lt__(self, other):
        return False


read = functools.partial(getattr, print)
sorted(["__self__"], key=lambda n: Keep(read(n)))
leak(seen[0])
