# SPDX-License-Identifier: Apache-2.0
"""format taken from the class.

class: A5
effect: the text of a namespace
guard: types
"""
def f():
    pass


if "__builtins__" in str.format("{f.__globals__}", f=f):
    leak(leak)
