# SPDX-License-Identifier: Apache-2.0
"""Names are read from dir(), so that none stands in the source.

class: A2
effect: one's own namespace
guard: builtins types
"""
def f():
    pass


for name in dir(f):
    if "lobal" in name:
        leak(getattr(f, name))
leak(vars())
