# SPDX-License-Identifier: Apache-2.0
"""A subclass of str that inherits format.

class: A4
effect: the text of a namespace
guard: types
"""
class Text(str):
    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


def f():
    pass


text = Text("{0.__globals__}").format(f)
if "__builtins__" in str(text):
    leak(leak)
