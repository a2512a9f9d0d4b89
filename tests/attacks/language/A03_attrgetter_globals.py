# SPDX-License-Identifier: Apache-2.0
"""The same over a function of one's own, the name being put together.

class: A3
effect: one's own namespace
guard: modules types
"""
from operator import attrgetter


def f():
    pass


leak(attrgetter("__glob" "als__")(f))
