# SPDX-License-Identifier: Apache-2.0
"""What a generator returned is in its StopIteration.

class: A9
effect: a frame
guard: syntax types
"""
def g():
    yield
    return me.gi_frame


me = g()
next(me)
try:
    next(me)
except StopIteration as e:
    leak(e.value)
