# SPDX-License-Identifier: Apache-2.0
"""The cells of a library function's closure can be read and written.

class: A16
effect: a cell
guard: syntax types modules
"""
import functools


@functools.singledispatch
def f(x):
    pass


for cell in f.register.__closure__:
    leak(cell)
