# SPDX-License-Identifier: Apache-2.0
"""ExitStack hands the traceback to callbacks.

class: A8
effect: a frame
guard: syntax types modules
"""
import contextlib


def look(kind, value, trace):
    leak(trace.tb_frame)
    return True


with contextlib.ExitStack() as stack:
    stack.push(look)
    1 / 0
