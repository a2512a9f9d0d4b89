# SPDX-License-Identifier: Apache-2.0
"""A name put together from parts.

class: A2
effect: one's own namespace
guard: builtins types
"""
def f():
    pass


leak(getattr(f, "__" + "globals" + "__"))
