# SPDX-License-Identifier: Apache-2.0
"""map calls getattr.

class: A24
effect: one's own namespace
guard: builtins types
"""
def f():
    pass


leak(list(map(getattr, [f], ["__globals__"]))[0])
