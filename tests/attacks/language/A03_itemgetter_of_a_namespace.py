# SPDX-License-Identifier: Apache-2.0
"""itemgetter over what attrgetter found.

class: A3
effect: the namespace builtins
guard: modules types
"""
from operator import attrgetter, itemgetter


def f():
    pass


leak(itemgetter("__builtins__")(attrgetter("__globals__")(f)))
