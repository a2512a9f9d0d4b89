# SPDX-License-Identifier: Apache-2.0
"""format by super() of a subclass.

class: A5
effect: the text of a namespace
guard: types syntax
"""
class Text(str):
    def fill(self, *a):
        return super().format(*a)


def f():
    pass


if "__builtins__" in Text("{0.__globals__}").fill(f):
    leak(leak)
