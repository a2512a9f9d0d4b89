# SPDX-License-Identifier: Apache-2.0
"""string.Formatter gives the object of a field, not its text.

class: A5
effect: one's own namespace
guard: modules
"""
import string


def f():
    pass


leak(string.Formatter().get_field("0.__globals__", (f,), {})[0])
