# SPDX-License-Identifier: Apache-2.0
"""A running generator sees the frames beneath its own.

class: A7
effect: a frame
guard: syntax types
"""
def g():
    yield me.gi_frame.f_back


me = g()
leak(next(me))
