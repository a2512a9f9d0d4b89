# SPDX-License-Identifier: Apache-2.0
"""A finaliser in a cycle runs whenever the collector does, in the midst of anything.

class: A29
effect: code runs inside an operation of the interpreter
guard: syntax
"""
class Last:
    def __init__(self):
        self.me = self

    def __del__(self):
        leak(leak)


Last()
for _ in range(3):
    garbage = [[] for _ in range(5000)]
    for g in garbage:
        g.append(g)
    del garbage, g
