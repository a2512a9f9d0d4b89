# SPDX-License-Identifier: Apache-2.0
"""The specification of a field holds a field, which walks; the object gets its text.

class: A5
effect: the text of a namespace
guard: types
"""
class Spec:
    def __format__(self, spec):
        return spec


def f():
    pass


if "builtins" in "{0:{1.__globals__[__builtins__].__name__}}".format(Spec(), f):
    leak(leak)
