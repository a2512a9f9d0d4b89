# SPDX-License-Identifier: Apache-2.0
"""Objects that come back from their finalisers, and weak references that call back.

class: C17
effect: the run lasts longer than limits.wall
profile: brief
always: the broker's own clock
"""
import gc
import weakref

alive = []


class Lazarus:
    def __init__(self):
        self.self = self
        weakref.finalize(self, Lazarus)

    def __del__(self):
        alive.append(self)
        alive.append(Lazarus())


while True:
    Lazarus()
    gc.collect()
    del alive[100:]
