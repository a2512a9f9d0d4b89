# SPDX-License-Identifier: Apache-2.0
"""A bound format is called by map.

class: A5
effect: the text of a namespace
guard: types
"""
def f():
    pass


for text in map("{0.__globals__}".format, [f]):
    if "__builtins__" in text:
        leak(leak)
