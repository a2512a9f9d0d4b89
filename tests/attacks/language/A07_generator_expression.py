# SPDX-License-Identifier: Apache-2.0
"""A generator expression is one too, found by a name put together.

class: A7
effect: a frame
guard: builtins types
"""
g = (x for x in (1, 2))
leak(getattr(g, "gi" + "_" + "frame"))
