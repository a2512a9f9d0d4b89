# SPDX-License-Identifier: Apache-2.0
"""A storm of finalisers and cycles when the run ends.

class: C17
effect: the run lasts longer than limits.wall
profile: brief
always: the broker's own clock
"""
class Again:
    def __init__(self):
        self.self = self

    def __del__(self):
        Again()
        Again()


Again()
import gc
while True:
    gc.collect()
