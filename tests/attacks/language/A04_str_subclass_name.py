# SPDX-License-Identifier: Apache-2.0
"""A subclass of str whose comparisons lie is given as a name.

class: A4
effect: one's own namespace
guard: builtins types
"""
class Name(str):
    __hash__ = str.__hash__

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def startswith(self, *a):
        return False


def f():
    pass


leak(getattr(f, Name("__globals__")))
