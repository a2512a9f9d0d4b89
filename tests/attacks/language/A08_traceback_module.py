# SPDX-License-Identifier: Apache-2.0
"""traceback walks frames for one.

class: A8
effect: a frame
guard: modules builtins
"""
import traceback



def deep(n):
    if n:
        return deep(n - 1)
    return [frame for frame, line in traceback.walk_stack(None)]


for frame in deep(5):
    leak(frame)
