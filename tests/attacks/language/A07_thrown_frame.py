# SPDX-License-Identifier: Apache-2.0
"""An error thrown into a generator comes back with the generator's frame.

class: A7
effect: a frame
guard: syntax types
"""
def g():
    yield


it = g()
next(it)
try:
    it.throw(ValueError())
except ValueError as e:
    leak(e.__traceback__.tb_next.tb_frame)
