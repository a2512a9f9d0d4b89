# SPDX-License-Identifier: Apache-2.0
"""What a generator waits for may be a generator of the library's.

class: A7
effect: a frame
guard: syntax types
"""
def inner():
    yield 1


def outer():
    yield from inner()


o = outer()
next(o)
leak(o.gi_yieldfrom.gi_frame)
