# SPDX-License-Identifier: Apache-2.0
"""One that is another text each time it is asked.

class: A4
effect: one's own namespace
guard: builtins types
"""
class Name(str):
    asked = 0

    def __str__(self):
        Name.asked += 1
        return "harmless" if Name.asked < 2 else "__globals__"

    lower = strip = casefold = __str__


def f():
    pass


leak(getattr(f, Name("__globals__")))
