# SPDX-License-Identifier: Apache-2.0
"""A field of str.format walks over attributes.

class: A5
effect: the text of a namespace
guard: types
"""
def f():
    pass


if "__builtins__" in "{0.__globals__}".format(f):
    leak(leak)
