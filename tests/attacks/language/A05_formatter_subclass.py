# SPDX-License-Identifier: Apache-2.0
"""A subclass of it is handed the object that it should format.

class: A5
effect: one's own namespace
guard: modules
"""
from string import Formatter


class Catch(Formatter):
    def format_field(self, value, spec):
        leak(value)
        return ""


def f():
    pass


Catch().vformat("{0.__globals__}", (f,), {})
