# SPDX-License-Identifier: Apache-2.0
"""And by singledispatchmethod.

class: A27
effect: open, by code in a text
guard: modules
"""
import functools


class C:
    @functools.singledispatchmethod
    def f(self, x):
        pass

    try:
        @f.register
        def _(self, x: "leak(__builtins__.open)"):
            pass
    except TypeError:
        pass
